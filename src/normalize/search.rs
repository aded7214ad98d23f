//! Rules F1 to F9: what differs between two spellings of the same word, or between two keyboards, is folded away. For
//! keys of an index and for queries; words fall together on purpose, and no reader should see the result.
//!
//! The order matters: letters come before numbers, for a letter that goes may have parted digits; and before the final
//! ه, for ئۆه is ئوه by then.

use unicode_normalization::UnicodeNormalization;

use super::editorial::blanks;
use super::engine::{Engine, Item, char_at, extend_last};
use super::rule::{Rule, RuleSet};
use super::rules::{Rules, fold};
use crate::letters::{TATWEEL, ZWJ, ZWNJ, digit_value, is_digit, is_latin_mark, is_letter, is_mark};

/// Letters of which two in a row are one long vowel, or one and a glide.
pub(super) const fn is_doubled_vowel(c: char) -> bool {
    matches!(c, 'و' | 'ی' | 'ا' | 'ە')
}

/// Letters that are not repeated for effect alone: وو is a letter of its own, and ییی is right in ناڕەزایییەکی.
pub(super) fn is_repeatable(c: char) -> bool {
    is_letter(c) && !matches!(c, 'و' | 'ی')
}

/// Runs those of the rules that are `on`.
pub(super) fn run(engine: &mut Engine, rules: &Rules, on: RuleSet) {
    let mut stage = |rule: Rule, stage: &dyn Fn(&[Item], &mut Vec<Item>)| {
        if on.contains(rule) {
            engine.stage(rule, stage);
        }
    };
    stage(Rule::FoldJoiners, &delete_joiners);
    stage(Rule::FoldCase, &|items, out| small_letters(items, out, rules));
    stage(Rule::FoldLetters, &fold_letters);
    stage(Rule::FoldLongVowels, &|items, out| repeated(items, out, 2, is_doubled_vowel));
    stage(Rule::FoldRepeated, &|items, out| repeated(items, out, 3, is_repeatable));
    stage(Rule::FoldNumbers, &numbers);
    stage(Rule::FoldFinalHeh, &final_heh);
    stage(Rule::FoldPunctuation, &|items, out| punctuation(items, out, rules));
    stage(Rule::FoldBlanks, &blanks);
}

/// F1: joiners.
fn delete_joiners(items: &[Item], out: &mut Vec<Item>) {
    for &item in items {
        if matches!(item.c, ZWNJ | ZWJ) {
            extend_last(out, item.start, item.end);
        } else {
            out.push(item);
        }
    }
}

/// F2 for one character: appends it to `out` without its case and its accents.
///
/// Lower, upper and lower case again are full case folding but for the choice of the case that Cherokee is folded to.
pub(super) fn fold_case(c: char, rules: &Rules, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let once = |c: char| {
        let folded = c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
        folded.nfd().filter(|&c| !is_latin_mark(c))
    };
    for c in once(c).flat_map(once) {
        match rules.sign(Rule::FoldCase, c) {
            Some(to) => out.push_str(to),
            None => out.push(c),
        }
    }
}

/// Whether F2 lets the character be: Arabic script has no case, and its marks are those of other rules.
pub(super) fn has_no_case(c: char) -> bool {
    is_letter(c) || is_mark(c) || c == TATWEEL
}

/// F2: small letters without accents.
fn small_letters(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    let mut folded = String::new();
    for &item in items {
        if has_no_case(item.c) {
            out.push(item);
            continue;
        }
        folded.clear();
        fold_case(item.c, rules, &mut folded);
        out.extend(folded.chars().map(|c| Item { c, ..item }));
        if folded.is_empty() {
            // An accent belongs to the letter that it stands on.
            if let Some(last) = out.last_mut().filter(|last| last.end == item.start && last.c.is_alphabetic()) {
                last.end = item.end;
            }
        }
    }
}

/// F3: letters on which keyboards and habits differ.
fn fold_letters(items: &[Item], out: &mut Vec<Item>) {
    for &item in items {
        match fold(item.c) {
            Some(c) => out.push(Item { c, ..item }),
            None => extend_last(out, item.start, item.end),
        }
    }
}

/// F4 and F5: runs of at least `least` of one of the letters become one.
fn repeated(items: &[Item], out: &mut Vec<Item>, least: usize, letters: impl Fn(char) -> bool) {
    for run in items.chunk_by(|a, b| a.c == b.c) {
        match (run.first(), run.last()) {
            (Some(first), Some(last)) if run.len() >= least && letters(first.c) => {
                out.push(Item { end: last.end, ..*first });
            }
            _ => out.extend_from_slice(run),
        }
    }
}

/// F6: ASCII digits and a full stop for the decimal mark; thousands are not parted.
fn numbers(items: &[Item], out: &mut Vec<Item>) {
    let digit = |at: usize| char_at(items, at).is_some_and(is_digit);
    for (at, &item) in items.iter().enumerate() {
        let after_digit = at.checked_sub(1).is_some_and(digit);
        let thousands = || after_digit && (1..=3).all(|next| digit(at + next)) && !digit(at + 4);
        let c = match item.c {
            '٬' | ',' | '،' if thousands() => continue,
            '٫' | '،' if after_digit && digit(at + 1) => '.',
            '٪' => '%',
            c => digit_value(c).map_or(c, |value| char::from(b'0' + value)),
        };
        out.push(Item { c, ..item });
    }
}

/// F7: one way to write ه at the end of a word, without exceptions, so that فقیه and فقیە fall together.
fn final_heh(items: &[Item], out: &mut Vec<Item>) {
    // Whether the word so far is made of ه alone.
    let mut only_heh = true;
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        at += 1;
        let tatweel = items.get(at).filter(|next| next.c == TATWEEL);
        let next = char_at(items, at + usize::from(tatweel.is_some()));
        if item.c != 'ه' || next.is_some_and(is_letter) {
            only_heh = !is_letter(item.c) || only_heh && item.c == 'ه';
            out.push(item);
            continue;
        }
        let consonant = only_heh || out.last().is_some_and(|last| matches!(last.c, 'ا' | 'ە'));
        let end = tatweel.map_or(item.end, |tatweel| tatweel.end);
        out.push(Item { c: if consonant { 'ه' } else { 'ە' }, start: item.start, end });
        at += usize::from(tatweel.is_some());
        only_heh = true;
    }
}

/// F8: punctuation of ASCII.
fn punctuation(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    for &item in items {
        match rules.sign(Rule::FoldPunctuation, item.c) {
            Some(to) => out.extend(to.chars().map(|c| Item { c, ..item })),
            None => out.push(item),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::rules::rules;

    #[test]
    fn folding_case_twice_is_folding_it_once() {
        let fold = |text: &str| {
            let mut out = String::new();
            text.chars().for_each(|c| fold_case(c, rules(), &mut out));
            out
        };
        for c in '\0'..=char::MAX {
            let once = fold(&c.to_string());
            let composed: String = once.nfc().collect();
            assert_eq!(fold(&composed).nfc().collect::<String>(), composed, "U+{:04X}", c as u32);
            assert!(once.len() <= 3 * c.len_utf8());
        }
        assert_eq!(fold("ÎİıŁóẞŉΣς\u{0345}"), "iiilossʼnσσι");
    }
}
