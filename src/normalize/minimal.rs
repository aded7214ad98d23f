//! Rules M1 to M7: hygiene of Unicode, for any text of the Arabic script.
//!
//! No rule looks beyond the next space or line break.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::engine::{Engine, Item, char_at};
use super::rule::{Rule, RuleSet};
use super::rules::{Control, Rules};
use crate::letters::{TATWEEL, ZWJ, ZWNJ, is_joiner, is_latin_mark, is_letter, is_mark, is_presentation_letter};

/// Runs those of the rules that are `on`.
pub(super) fn run(engine: &mut Engine, rules: &Rules, on: RuleSet) {
    for rule in [Rule::LineEnds, Rule::Controls, Rule::Spaces] {
        if on.contains(rule) {
            engine.stage(rule, |items, out| controls(items, out, rules, rule));
        }
    }
    if on.contains(Rule::Invisible) {
        engine.stage(Rule::Invisible, |items, out| controls(items, out, rules, Rule::Invisible));
        engine.stage(Rule::Invisible, stored_non_joiners);
    }
    if on.contains(Rule::PresentationForms) {
        engine.stage(Rule::PresentationForms, presentation_forms);
    }
    if on.contains(Rule::Invisible) {
        engine.stage(Rule::Invisible, variation_selectors);
    }
    close(engine, on);
}

/// The last two rules, which later rules may have given work again.
pub(super) fn close(engine: &mut Engine, on: RuleSet) {
    if on.contains(Rule::StrayJoiners) {
        engine.stage(Rule::StrayJoiners, stray_joiners);
    }
    if on.contains(Rule::Composition) {
        engine.stage(Rule::Composition, compose);
    }
}

/// M1 to M4a: line ends, controls, spaces, invisible format characters; those that the table gives to `rule`.
fn controls(items: &[Item], out: &mut Vec<Item>, rules: &Rules, rule: Rule) {
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        at += 1;
        match rules.control(item.c).filter(|&(of, _)| of == rule) {
            Some((_, Control::Delete)) => {}
            Some((_, Control::Space)) => out.push(Item { c: ' ', ..item }),
            Some((_, Control::Newline)) => {
                let mut end = item.end;
                if item.c == '\r' && char_at(items, at) == Some('\n') {
                    end += 1;
                    at += 1;
                }
                out.push(Item { c: '\n', start: item.start, end });
            }
            None => out.push(item),
        }
    }
}

/// M4b and M4c: U+200B and U+FEFF after ه and before a letter were a non-joiner in some editors; elsewhere they go.
fn stored_non_joiners(items: &[Item], out: &mut Vec<Item>) {
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        if !matches!(item.c, '\u{200B}' | '\u{FEFF}') {
            out.push(item);
            at += 1;
            continue;
        }
        let run = items.iter().skip(at).take_while(|item| matches!(item.c, '\u{200B}' | '\u{FEFF}')).count();
        let next = char_at(items, at + run);
        let end = items.get(at + run - 1).map_or(item.end, |last| last.end);
        let after_heh = out.last().is_some_and(|last| matches!(last.c, 'ه' | '\u{FEE9}' | '\u{FEEA}'));
        if after_heh && next.is_some_and(|c| is_letter(c) || is_presentation_letter(c)) {
            out.push(Item { c: ZWNJ, start: item.start, end });
        }
        at += run;
    }
}

/// M5: presentation forms and ligatures. The shape of a heh tells whether it was the vowel.
fn presentation_forms(items: &[Item], out: &mut Vec<Item>) {
    for (at, &item) in items.iter().enumerate() {
        let next = char_at(items, at + 1);
        let before_letter = next.is_some_and(|c| is_letter(c) || is_presentation_letter(c));
        let mut heh = |joiner: Option<char>| {
            out.push(Item { c: 'ه', ..item });
            out.extend(joiner.map(|c| Item { c, ..item }));
        };
        match item.c {
            '\u{FEE9}' | '\u{FEEA}' => heh(before_letter.then_some(ZWNJ)),
            '\u{FEEB}' | '\u{FEEC}' => {
                let joined = before_letter || next.is_some_and(|c| is_joiner(c) || is_mark(c));
                heh((!joined).then_some(ZWJ));
            }
            c if is_presentation_letter(c) || matches!(c, '\u{FE70}'..='\u{FE7F}') => {
                let carried = matches!(c, '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}' | '\u{FCF2}'..='\u{FCF4}');
                let decomposed = std::iter::once(c).nfkc().enumerate();
                let decomposed = decomposed.filter(|&(i, to)| !(carried && i == 0 && matches!(to, ' ' | TATWEEL)));
                out.extend(decomposed.map(|(_, c)| Item { c, ..item }));
            }
            _ => out.push(item),
        }
    }
}

/// M6: a non-joiner stays between two letters of the Arabic script and between characters of other scripts; runs of a
/// joiner become one.
fn stray_joiners(items: &[Item], out: &mut Vec<Item>) {
    let in_word = |c: char| is_letter(c) || is_mark(c) || c == TATWEEL;
    let mut base = None;
    // Whether the last character or a mark on it is of the Arabic script; composition may reorder the marks.
    let mut arabic = false;
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        let run = items.iter().skip(at).take_while(|next| item.c == ZWNJ && next.c == ZWNJ).count();
        at += run.max(1);
        if item.c == ZWNJ {
            let (last, next) = (out.last().map(|item| item.c), char_at(items, at));
            let other_script = |c: Option<char>| c.is_some_and(|c| !in_word(c) && !c.is_whitespace());
            let before_base = next.is_some_and(|c| canonical_combining_class(c) == 0);
            let between_letters = base.is_some_and(is_letter) && next.is_some_and(is_letter);
            let between_others = !arabic && before_base && other_script(last) && other_script(next);
            if !between_letters && !between_others {
                continue;
            }
        } else if item.c == ZWJ && out.last().is_some_and(|last| last.c == ZWJ) {
            continue;
        }
        if !is_mark(item.c) {
            base = Some(item.c);
        }
        arabic = in_word(item.c) || arabic && canonical_combining_class(item.c) != 0;
        out.push(item);
    }
}

/// M4d: Arabic letters and marks have no variants that a selector could choose. Joiners and marks that may go later
/// do not shield one.
fn variation_selectors(items: &[Item], out: &mut Vec<Item>) {
    let mut after_letter = false;
    for &item in items {
        if matches!(item.c, '\u{FE00}'..='\u{FE0F}') {
            if after_letter {
                continue;
            }
        } else if !is_joiner(item.c) && !is_latin_mark(item.c) {
            after_letter = is_letter(item.c) || is_mark(item.c);
        }
        out.push(item);
    }
}

/// M7: canonical composition, done for each cluster that is not composed already.
fn compose(items: &[Item], out: &mut Vec<Item>) {
    let begins_cluster = |c: char| {
        c.is_ascii() || (canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) != IsNormalized::Maybe)
    };
    let mut rest = items;
    while let Some((first, tail)) = rest.split_first() {
        let len = 1 + tail.iter().take_while(|item| !begins_cluster(item.c)).count();
        let (cluster, next) = rest.split_at(len);
        rest = next;
        let chars = || cluster.iter().map(|item| item.c);
        if is_nfc_quick(chars()) == IsNormalized::Yes {
            out.extend_from_slice(cluster);
            continue;
        }
        let from = out.len();
        let end = cluster.last().map_or(first.end, |last| last.end);
        out.extend(chars().nfc().map(|c| Item { c, start: first.start, end }));
        // Nothing changed after all: keep the finer ranges.
        if out.iter().skip(from).map(|item| item.c).eq(chars()) {
            out.truncate(from);
            out.extend_from_slice(cluster);
        }
    }
}
