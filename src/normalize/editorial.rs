//! Rules E1 to E6: punctuation and spaces as a publisher sets them.
//!
//! No rule looks beyond the line. Nothing is put after », `)` or `"`: Kurdish suffixes are written on to them
//! (`«هاووڵاتی»یەوە`). Links keep every character.

use super::engine::{Engine, Item, char_at};
use super::links::Links;
use super::protect::PROTECTED;
use super::rule::{Rule, RuleSet};
use super::rules::Rules;
use crate::letters::{TATWEEL, is_digit, is_letter, is_mark};

/// What punctuation may follow: a letter and what stands on it, the tatweel of a final ه, or a part of the text that is
/// left alone.
pub(super) fn ends_word(c: char) -> bool {
    is_letter(c) || is_mark(c) || matches!(c, TATWEEL | PROTECTED)
}

/// A space or a tab.
pub(super) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// A bracket or quotation mark that opens.
pub(super) const fn opens(c: char) -> bool {
    matches!(c, '«' | '(' | '[')
}

/// Runs those of the rules that are `on`.
pub(super) fn run(engine: &mut Engine, rules: &Rules, on: RuleSet) {
    let mut stage = |rule: Rule, stage: &dyn Fn(&[Item], &mut Vec<Item>)| {
        if on.contains(rule) {
            engine.stage(rule, stage);
        }
    };
    stage(Rule::Blanks, &blanks);
    stage(Rule::DoubledBrackets, &doubled_brackets);
    stage(Rule::ArabicPunctuation, &|items, out| arabic_punctuation(items, out, rules));
    stage(Rule::RepeatedPunctuation, &repeated_punctuation);
    stage(Rule::SpaceAtPunctuation, &space_at_punctuation);
    stage(Rule::SpaceAtBrackets, &space_at_brackets);
}

/// E1 and F9: a run of blanks is one space, and none at the ends of a line.
pub(super) fn blanks(items: &[Item], out: &mut Vec<Item>) {
    let mut rest = items;
    while let Some((&first, tail)) = rest.split_first() {
        let len = rest.iter().take_while(|item| is_blank(item.c)).count();
        let Some(last) = len.checked_sub(1).and_then(|last| rest.get(last)) else {
            out.push(first);
            rest = tail;
            continue;
        };
        rest = rest.get(len..).unwrap_or_default();
        let at_start = out.last().is_none_or(|item| item.c == '\n');
        let at_end = rest.first().is_none_or(|item| item.c == '\n');
        if !at_start && !at_end {
            out.push(Item { c: ' ', start: first.start, end: last.end });
        }
    }
}

/// E2: `((` and the `))` that closes it are quotation marks. Two brackets that close different ones are no pair.
fn doubled_brackets(items: &[Item], out: &mut Vec<Item>) {
    let links = Links::of(items);
    let next = |at: usize| {
        let blanks = items.iter().skip(at + 1).take_while(|item| is_blank(item.c)).count();
        at + 1 + blanks
    };
    // For each opening bracket the place of the one that closes it.
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut open = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|&(at, _)| !links.hold(at)) {
        match item.c {
            '(' => open.push(at),
            ')' => pairs.extend(open.pop().map(|from| (from, at))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    // What two brackets in a row become.
    let mut doubled = Vec::new();
    let mut rest = pairs.as_slice();
    while let Some((&(open, close), tail)) = rest.split_first() {
        rest = tail;
        if let Some(&(inner, inner_close)) = tail.first() {
            if next(open) == inner && next(inner_close) == close {
                doubled.extend([(open, inner, '«'), (inner_close, close, '»')]);
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    doubled.sort_unstable();
    let mut at = 0;
    for (first, last, c) in doubled {
        out.extend_from_slice(items.get(at..first).unwrap_or_default());
        if let (Some(first), Some(last)) = (items.get(first), items.get(last)) {
            out.push(Item { c, start: first.start, end: last.end });
        }
        at = last + 1;
    }
    out.extend_from_slice(items.get(at..).unwrap_or_default());
}

/// E3: the marks that Arabic script has of its own, after a letter or a letter and a blank.
fn arabic_punctuation(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    let links = Links::of(items);
    for (at, &item) in items.iter().enumerate() {
        let Some(to) = rules.sign(Rule::ArabicPunctuation, item.c).filter(|_| !links.hold(at)) else {
            out.push(item);
            continue;
        };
        let mut before = out.iter().rev().map(|item| item.c);
        let last = before.next();
        let after_word = last.is_some_and(|c| ends_word(c) || is_blank(c) && before.next().is_some_and(ends_word));
        let before_end = char_at(items, at + 1).is_none_or(|next| {
            next == '\n' || is_blank(next) || ends_word(next) || item.c == '?' && "!?؟\"»)".contains(next)
        });
        if after_word && before_end {
            out.extend(to.chars().map(|c| Item { c, ..item }));
        } else {
            out.push(item);
        }
    }
}

/// E4: repeated marks.
fn repeated_punctuation(items: &[Item], out: &mut Vec<Item>) {
    let links = Links::of(items);
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        let run = |same: &str| {
            let run = items.iter().enumerate().skip(at + 1);
            1 + run.take_while(|&(at, item)| same.contains(item.c) && !links.hold(at)).count()
        };
        let (len, c) = match item.c {
            _ if links.hold(at) => (1, item.c),
            '؟' => (run("؟?"), item.c),
            '!' => (run("!"), item.c),
            '،' => (run("،"), item.c),
            '؛' => (run("؛"), item.c),
            '…' => (run("…."), item.c),
            '.' => match run(".") {
                stops @ ..3 => {
                    out.extend_from_slice(items.get(at..at + stops).unwrap_or_default());
                    at += stops;
                    continue;
                }
                _ => (run("…."), '…'),
            },
            _ => (1, item.c),
        };
        let end = items.get(at + len - 1).map_or(item.end, |last| last.end);
        out.push(Item { c, start: item.start, end });
        at += len;
    }
}

/// E5: no blank before a mark, one after it where a letter follows. A full stop between single letters is that of an
/// abbreviation, and a colon before a bracket that of a smiling face.
fn space_at_punctuation(items: &[Item], out: &mut Vec<Item>) {
    let links = Links::of(items);
    let end = |c: Option<char>| c.is_none_or(|c| c == '\n' || is_blank(c));
    let word = |c: Option<char>| c.is_some_and(ends_word);
    let anchors = |c: char| ends_word(c) || is_digit(c) || "%٪»)]\"".contains(c);
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        let blanks = items.iter().skip(at).take_while(|item| is_blank(item.c)).count();
        if blanks > 0 {
            let (mark, next) = (char_at(items, at + blanks), char_at(items, at + blanks + 1));
            let closes = !links.hold(at + blanks)
                && match mark {
                    Some('،' | '؛' | '؟' | '!' | '»' | ')' | ']') => true,
                    Some('.') => end(next),
                    Some(':') => end(next) || word(next) || next.is_some_and(|c| is_digit(c) || "«\"".contains(c)),
                    _ => false,
                };
            if !closes || !out.last().is_some_and(|last| anchors(last.c)) {
                out.extend_from_slice(items.get(at..at + blanks).unwrap_or_default());
            }
            at += blanks;
            continue;
        }
        let before = out.last().map(|item| item.c);
        out.push(item);
        at += 1;
        if links.hold(at - 1) {
            continue;
        }
        let next = char_at(items, at);
        let parts = match item.c {
            '،' | '؛' | '؟' | '!' => word(next),
            ':' => word(before) && word(next),
            '.' => {
                let long = |c: Option<char>, more: Option<char>| word(c) && (c == Some(PROTECTED) || word(more));
                let earlier = out.len().checked_sub(3).and_then(|at| char_at(out, at));
                long(before, earlier) && long(next, char_at(items, at + 1))
            }
            _ => false,
        };
        if parts {
            out.push(Item { c: ' ', ..item });
        }
    }
}

/// E6: a blank before an opening bracket after a letter or a comma, and none after it.
fn space_at_brackets(items: &[Item], out: &mut Vec<Item>) {
    let links = Links::of(items);
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        at += 1;
        if !opens(item.c) || links.hold(at - 1) {
            out.push(item);
            continue;
        }
        if out.last().is_some_and(|last| ends_word(last.c) || matches!(last.c, '،' | '؛' | '؟')) {
            out.push(Item { c: ' ', ..item });
        }
        out.push(item);
        at += items.iter().skip(at).take_while(|item| is_blank(item.c)).count();
    }
}
