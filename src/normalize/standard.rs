//! Rules S1 to S9: the letters and the spelling of Kurdish.
//!
//! No rule looks beyond the next space or line break.

use super::engine::{Engine, Item, char_at, extend_last, letter_at};
use super::links::Links;
use super::rule::Rule;
use super::rules::Rules;
use super::{Digits, FinalHeh, Options};
use crate::letters::{
    TATWEEL, ZWJ, ZWNJ, digit_value, is_digit, is_haraka, is_joiner, is_latin_mark, is_letter, is_mark,
};

/// Vowel letters after which a heh can only be the consonant: ە never follows them without a glide.
pub(super) const fn is_open_vowel(c: char) -> bool {
    matches!(c, 'ا' | 'ۆ' | 'ێ' | 'ە')
}

/// Letters before which a word-initial وو is only a spelling of و.
pub(super) fn takes_single_waw(c: char) -> bool {
    "ئبپتجچحخدرڕزژسشعغفڤقکگلڵمن".contains(c)
}

/// Runs those of the rules that are on.
pub(super) fn run(engine: &mut Engine, rules: &Rules, options: Options) {
    let mut stage = |rule: Rule, stage: &dyn Fn(&[Item], &mut Vec<Item>)| {
        if options.rules.contains(rule) {
            engine.stage(rule, stage);
        }
    };
    stage(Rule::MarkedLetters, &|items, out| visible_marks(items, out, rules));
    stage(Rule::LegacyMarks, &|items, out| legacy_marks(items, out, rules));
    stage(Rule::VowelSigns, &delete_marks);
    stage(Rule::Letters, &|items, out| letter_identity(items, out, rules));
    stage(Rule::Joiners, &optional_breaks);
    stage(Rule::TiedConjunction, &tied_conjunction);
    stage(Rule::Joiners, &joiner_runs);
    stage(Rule::LamAlef, &lam_alef);
    stage(Rule::AlefMadda, &alef_madda);
    stage(Rule::FinalHeh, &|items, out| final_heh(items, out, rules, options.final_heh));
    stage(Rule::InitialReh, &initial_reh);
    stage(Rule::InitialWaw, &|items, out| initial_waw(items, out, rules));
    stage(Rule::Digits, &|items, out| digits(items, out, options.digits));
}

/// S1: base letter and visible mark; then marks of the Latin kind go from Arabic letters.
fn visible_marks(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    let mut at = 0;
    let mut after_letter = false;
    while let Some(&item) = items.get(at) {
        at += 1;
        // Only after a letter: counting from each mark of a run would take quadratic time.
        let marked = |mark: &&Item| is_letter(item.c) && (is_mark(mark.c) || is_latin_mark(mark.c));
        let run = items.iter().skip(at).take_while(marked).count();
        let marks = items.get(at..at + run).unwrap_or_default();
        let letter = if marks.is_empty() {
            None
        } else {
            rules.visible_mark(item.c, |mark| marks.iter().any(|item| item.c == mark))
        };
        if let Some(letter) = letter {
            let end = marks.last().map_or(item.end, |last| last.end);
            out.extend(letter.chars().map(|c| Item { c, start: item.start, end }));
            at += run;
            after_letter = true;
        } else if is_latin_mark(item.c) && after_letter {
            extend_last(out, item.start, item.end);
        } else {
            after_letter = is_letter(item.c) || is_mark(item.c) || is_joiner(item.c) || item.c == '¬';
            out.push(item);
        }
    }
}

/// S2: vowel signs that a converter of an old font left on a letter. Only in words that keep no other vowel sign, so
/// that vocalised Arabic is left to S3.
fn legacy_marks(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    let in_word = |item: &Item| is_letter(item.c) || is_mark(item.c) || is_joiner(item.c);
    let mut rest = items;
    while let Some(&first) = rest.first() {
        let len = rest.iter().take_while(|item| in_word(item)).count();
        if len == 0 {
            out.push(first);
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let (word, next) = rest.split_at(len);
        rest = next;
        if !legacy_word(word, out, rules) {
            out.extend_from_slice(word);
        }
    }
}

/// Whether every vowel sign of the word is one that a converter left, of which there is at least one. Then the word
/// without them goes to `out`.
pub(super) fn legacy_word(word: &[Item], out: &mut Vec<Item>, rules: &Rules) -> bool {
    let from = out.len();
    let letters = word.iter().filter(|item| is_letter(item.c)).count();
    if letters >= 2 && word.iter().any(|item| is_haraka(item.c)) {
        replace_legacy(word, out, rules);
        if !out.iter().skip(from).any(|item| is_haraka(item.c)) {
            return true;
        }
        out.truncate(from);
    }
    false
}

fn replace_legacy(word: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    let mut at = 0;
    while let Some(&item) = word.get(at) {
        let run = |from: usize, base: char| {
            let marks = word.iter().skip(from).take_while(|mark| rules.legacy_mark(base, mark.c).is_some());
            let len = marks.count();
            let end = len.checked_sub(1).and_then(|last| word.get(from + last)).map(|last| last.end);
            end.map(|end| (len, end))
        };
        // لا carries the sign of its ل on the alef.
        let signed = word.get(at + 2).is_some_and(|mark| matches!(mark.c, '\u{064B}' | '\u{064E}'));
        if let Some(alef) = word.get(at + 1).filter(|alef| item.c == 'ل' && alef.c == 'ا' && signed) {
            let marks = word.iter().skip(at + 2).take_while(|mark| matches!(mark.c, '\u{064B}' | '\u{064E}')).count();
            let end = word.get(at + 1 + marks).map_or(alef.end, |last| last.end);
            out.push(Item { c: 'ڵ', ..item });
            out.push(Item { c: 'ا', start: alef.start, end });
            at += 2 + marks;
            continue;
        }
        at += 1;
        match run(at, item.c) {
            Some((len, end)) => {
                let mark = word.get(at).and_then(|mark| rules.legacy_mark(item.c, mark.c)).unwrap_or_default();
                out.extend(mark.chars().map(|c| Item { c, start: item.start, end }));
                at += len;
            }
            None => out.push(item),
        }
    }
}

/// S3: Kurdish has no optional vowel signs.
fn delete_marks(items: &[Item], out: &mut Vec<Item>) {
    for &item in items {
        if is_mark(item.c) {
            extend_last(out, item.start, item.end);
        } else {
            out.push(item);
        }
    }
}

/// S4: letters of other keyboards; ھ is /h/, which at a word's end needs a tatweel to say so.
fn letter_identity(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    for (at, &item) in items.iter().enumerate() {
        if item.c == 'ھ' {
            let next = items.iter().skip(at + 1).map(|item| item.c).find(|&c| !is_joiner(c));
            out.push(Item { c: 'ه', ..item });
            if !next.is_some_and(is_letter) {
                out.push(Item { c: TATWEEL, ..item });
            }
        } else if let Some(to) = rules.letter(item.c) {
            out.extend(to.chars().map(|c| Item { c, ..item }));
        } else {
            out.push(item);
        }
    }
}

/// S5, first part: the optional break of a word processor, U+00AC between letters, is a non-joiner.
fn optional_breaks(items: &[Item], out: &mut Vec<Item>) {
    let joint = |c: char| is_joiner(c) || c == '¬';
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        if joint(item.c) {
            let run = items.iter().skip(at).take_while(|item| joint(item.c)).count();
            let joints = items.get(at..at + run).unwrap_or_default();
            let after_letter = out.last().is_some_and(|last| is_letter(last.c));
            if after_letter && letter_at(items, at + run) && joints.iter().any(|item| item.c == '¬') {
                let end = joints.last().map_or(item.end, |last| last.end);
                out.push(Item { c: ZWNJ, start: item.start, end });
            } else {
                out.extend_from_slice(joints);
            }
            at += run;
        } else {
            out.push(item);
            at += 1;
        }
    }
}

/// S5a: a non-joiner between a word and a final و stands for the space before the conjunction. After ه it is the vowel
/// that the non-joiner writes, and after a vowel that joins to nothing it is no more than a habit: ناو, ئەو, بوو.
fn tied_conjunction(items: &[Item], out: &mut Vec<Item>) {
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        let run = items.iter().skip(at).take_while(|item| is_joiner(item.c)).count();
        let joiners = items.get(at..at + run).unwrap_or_default();
        at += run.max(1);
        let mut before = out.iter().rev().map(|item| item.c);
        let after_word = match before.next() {
            // After a vowel و is a consonant, and another و no part of the word: ئاو و هەوا.
            Some('و') => before.next().is_some_and(is_open_vowel),
            Some(c) => is_letter(c) && c != 'ه' && !is_open_vowel(c),
            None => false,
        };
        let conjunction =
            char_at(items, at) == Some('و') && !char_at(items, at + 1).is_some_and(|c| is_letter(c) || is_joiner(c));
        match joiners.last() {
            None => out.push(item),
            Some(last) if after_word && conjunction && joiners.iter().any(|item| item.c == ZWNJ) => {
                out.push(Item { c: ' ', start: item.start, end: last.end });
            }
            Some(_) => out.extend_from_slice(joiners),
        }
    }
}

/// S5: each run of joiners, by the characters on both sides of it.
fn joiner_runs(items: &[Item], out: &mut Vec<Item>) {
    let mut at = 0;
    // A tatweel that belongs to no letter before it is part of the letter after it.
    let mut lead = None;
    while let Some(&item) = items.get(at) {
        if !is_joiner(item.c) {
            out.push(Item { start: lead.take().unwrap_or(item.start), ..item });
            at += 1;
            continue;
        }
        let run = items.iter().skip(at).take_while(|item| is_joiner(item.c)).count();
        let joiners = items.get(at..at + run).unwrap_or_default();
        at += run;
        let end = joiners.last().map_or(item.end, |last| last.end);
        let holds = |joiner: char| joiners.iter().any(|item| item.c == joiner);
        let left = out.last().map(|last| last.c);
        let right = char_at(items, at);
        let left_letter = left.is_some_and(is_letter);
        let right_letter = right.is_some_and(is_letter);
        let mut drop_run = |out: &mut Vec<Item>| {
            if holds(TATWEEL) {
                if left_letter {
                    extend_last(out, item.start, end);
                } else {
                    lead = Some(item.start);
                }
            }
        };
        if left == Some('ه') && right_letter && holds(ZWNJ) {
            let before = out.len().checked_sub(2).and_then(|at| char_at(out, at));
            if let Some(last) = out.last_mut().filter(|_| !before.is_some_and(is_open_vowel)) {
                last.c = 'ە';
                last.end = end;
            }
        } else if left == Some('ه') && right_letter {
            drop_run(out);
        } else if left == Some('ه') {
            if holds(TATWEEL) || holds(ZWJ) {
                out.push(Item { c: TATWEEL, start: item.start, end });
            }
        } else if left_letter || right_letter {
            drop_run(out);
        } else if holds(TATWEEL) {
            out.push(Item { c: '-', start: item.start, end });
        } else {
            out.extend_from_slice(joiners);
        }
    }
}

/// S6a: the lam-alef forms that stand for ڵا and ڵ in old documents.
fn lam_alef(items: &[Item], out: &mut Vec<Item>) {
    for (at, &item) in items.iter().enumerate() {
        let after_lam = out.last().is_some_and(|last| last.c == 'ل');
        let before_lam = |out: &[Item], c: Option<char>| out.len().checked_sub(2).and_then(|at| char_at(out, at)) == c;
        if item.c == 'آ' && after_lam {
            // ال at the beginning of a word is the Arabic article, as in الآن.
            let article = before_lam(out, Some('ا')) && !out.len().checked_sub(3).is_some_and(|at| letter_at(out, at));
            if let Some(last) = out.last_mut().filter(|_| !article) {
                last.c = 'ڵ';
            }
            out.push(Item { c: if article { 'آ' } else { 'ا' }, ..item });
        } else if item.c == 'أ' && after_lam && !letter_at(items, at + 1) {
            let after_letter = out.len().checked_sub(2).is_some_and(|at| letter_at(out, at));
            match out.last_mut() {
                Some(last) if after_letter => {
                    last.c = 'ڵ';
                    last.end = item.end;
                }
                _ => out.push(item),
            }
        } else {
            out.push(item);
        }
    }
}

/// S6: alef with madda.
fn alef_madda(items: &[Item], out: &mut Vec<Item>) {
    for (at, &item) in items.iter().enumerate() {
        let initial = !at.checked_sub(1).is_some_and(|before| letter_at(items, before));
        match item.c {
            'آ' if initial => out.extend(['ئ', 'ا'].map(|c| Item { c, ..item })),
            'آ' => out.push(Item { c: 'ا', ..item }),
            _ => out.push(item),
        }
    }
}

/// S7: ه at a word's end is the vowel ە unless the spelling or the list says otherwise.
fn final_heh(items: &[Item], out: &mut Vec<Item>, rules: &Rules, policy: FinalHeh) {
    let mut word = String::new();
    for (at, &item) in items.iter().enumerate() {
        if item.c == TATWEEL && out.last().is_some_and(|last| last.c == 'ه') && !letter_at(items, at + 1) {
            // The tatweel of an explicit final /h/: needed only where the spelling leaves a doubt.
            let only_heh = out.iter().rev().take_while(|item| is_letter(item.c)).all(|item| item.c == 'ه');
            if !only_heh && consonant_heh(out, &mut word, rules, policy) {
                extend_last(out, item.start, item.end);
            } else {
                out.push(item);
            }
            continue;
        }
        out.push(item);
        let word_final = item.c == 'ه' && !letter_at(items, at + 1) && char_at(items, at + 1) != Some(TATWEEL);
        if word_final && policy != FinalHeh::AlwaysConsonant && !consonant_heh(out, &mut word, rules, policy) {
            if let Some(last) = out.last_mut() {
                last.c = 'ە';
            }
        }
    }
}

/// Whether the ه at the end of `out` is read as the consonant without a tatweel.
fn consonant_heh(out: &[Item], word: &mut String, rules: &Rules, policy: FinalHeh) -> bool {
    let letters = out.iter().rev().take_while(|item| is_letter(item.c));
    let len = letters.clone().count();
    if letters.clone().all(|item| item.c == 'ه') {
        return true;
    }
    let before = letters.clone().nth(1).map(|item| item.c);
    word.clear();
    word.extend(out.iter().skip(out.len() - len).map(|item| item.c));
    match policy {
        FinalHeh::AlwaysVowel => word.ends_with("لله"),
        FinalHeh::Phonotactic | FinalHeh::AlwaysConsonant => {
            before.is_some_and(is_open_vowel) || rules.ends_in_consonant_heh(word)
        }
    }
}

/// S8: ر at the beginning of a word.
fn initial_reh(items: &[Item], out: &mut Vec<Item>) {
    for (at, &item) in items.iter().enumerate() {
        let initial = !at.checked_sub(1).is_some_and(|before| letter_at(items, before));
        let flap = initial && item.c == 'ر' && letter_at(items, at + 1);
        out.push(Item { c: if flap { 'ڕ' } else { item.c }, ..item });
    }
}

/// S8a: وو at the beginning of a word.
fn initial_waw(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        let initial = !at.checked_sub(1).is_some_and(|before| letter_at(items, before));
        let doubled = initial
            && item.c == 'و'
            && char_at(items, at + 1) == Some('و')
            && char_at(items, at + 2).is_some_and(takes_single_waw);
        at += 1;
        if !doubled {
            out.push(item);
            continue;
        }
        let letters = items.iter().skip(at - 1).take_while(|item| is_letter(item.c));
        let word: String = letters.take(8).map(|item| item.c).collect();
        match items.get(at).filter(|_| !rules.keeps_initial_waw(&word)) {
            Some(second) => {
                out.push(Item { end: second.end, ..item });
                at += 1;
            }
            None => out.push(item),
        }
    }
}

/// Whether a character ties what stands on both sides of it into one Latin word, link or address. An ellipsis does as the
/// three full stops do that E4 makes one of: twice would not be once if it did not.
fn in_latin_word(c: char) -> bool {
    c.is_ascii_graphic() && !"()[]{}<>\",;".contains(c) || c == '…'
}

/// S9: one system of digits. A number that mixes systems is brought into one, wherever it stands; the ASCII digits of a
/// Latin word or a link are part of it (H2O, COVID-19) and stay.
fn digits(items: &[Item], out: &mut Vec<Item>, digits: Digits) {
    out.extend_from_slice(items);
    let write = |items: &mut [Item], zero: char| {
        for item in items {
            if let Some(value) = digit_value(item.c) {
                item.c = char::from_u32(zero as u32 + u32::from(value)).unwrap_or(item.c);
            }
        }
    };
    let zero = match digits {
        Digits::Keep => return,
        Digits::Ascii => {
            write(out, '0');
            return;
        }
        Digits::Unify | Digits::ArabicIndic => '٠',
        Digits::Extended => '۰',
    };
    for number in out.chunk_by_mut(|a, b| is_digit(a.c) && is_digit(b.c)) {
        if !number.iter().all(|item| item.c.is_ascii_digit()) {
            write(number, zero);
        }
    }
    if digits == Digits::Unify {
        return;
    }
    let links = Links::of(items);
    let mut from = 0;
    for word in out.chunk_by_mut(|a, b| in_latin_word(a.c) && in_latin_word(b.c)) {
        let len = word.len();
        // A link may go on over characters that are none of a Latin word.
        if !word.iter().any(|item| item.c.is_ascii_alphabetic()) && !links.hold(from) {
            write(word, zero);
        }
        from += len;
    }
}
