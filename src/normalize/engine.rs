//! The rules, one after another, over one segment of text: exact, and slow only where text needs mending.
//!
//! A segment runs to the next space or line break; no rule of `minimal` or `standard` looks further. Each stage is one
//! linear pass from one list of characters to another. A character carries the bytes of the segment that it came from,
//! which is all that the alignment needs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::rules::{Control, Rules};
use super::{Digits, FinalHeh, Options, Profile};
use crate::letters::{
    TATWEEL, ZWJ, ZWNJ, digit_value, is_digit, is_haraka, is_joiner, is_latin_mark, is_letter, is_mark,
    is_presentation_letter,
};

/// One character of the result and the bytes of the segment that it was made from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Item {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Vowel letters after which a heh can only be the consonant: ە never follows them without a glide.
const fn is_open_vowel(c: char) -> bool {
    matches!(c, 'ا' | 'ۆ' | 'ێ' | 'ە')
}

/// Letters before which a word-initial وو is only a spelling of و.
fn takes_single_waw(c: char) -> bool {
    "ئبپتجچحخدرڕزژسشعغفڤقکگلڵمن".contains(c)
}

fn letter_at(items: &[Item], at: usize) -> bool {
    items.get(at).is_some_and(|item| is_letter(item.c))
}

fn char_at(items: &[Item], at: usize) -> Option<char> {
    items.get(at).map(|item| item.c)
}

/// Takes the bytes `start..end`, which hold something deleted, into the letter before it.
fn extend_last(out: &mut [Item], start: usize, end: usize) {
    if let Some(last) = out.last_mut().filter(|last| last.end == start && is_letter(last.c)) {
        last.end = end;
    }
}

/// The two lists that the stages write to in turn; kept from segment to segment so that they are allocated once.
#[derive(Debug, Default)]
pub(super) struct Engine {
    items: Vec<Item>,
    other: Vec<Item>,
}

impl Engine {
    /// Runs the rules that `options` switch on over `segment`.
    pub(super) fn run(&mut self, segment: &str, rules: &Rules, options: Options) -> &[Item] {
        self.items.clear();
        self.items.extend(segment.char_indices().map(|(at, c)| Item { c, start: at, end: at + c.len_utf8() }));
        self.stage(|items, out| controls(items, out, rules));
        self.stage(stored_non_joiners);
        self.stage(presentation_forms);
        self.stage(variation_selectors);
        self.stage(joiner_hygiene);
        self.stage(compose);
        if options.profile == Profile::Standard {
            self.stage(|items, out| visible_marks(items, out, rules));
            if options.on.legacy_marks {
                self.stage(|items, out| legacy_marks(items, out, rules));
            }
            self.stage(delete_marks);
            self.stage(|items, out| letter_identity(items, out, rules));
            self.stage(optional_breaks);
            self.stage(|items, out| joiner_runs(items, out, options.on.split_conjunction));
            self.stage(|items, out| alef_madda(items, out, options.on.lam_alef));
            self.stage(|items, out| final_heh(items, out, rules, options.final_heh));
            self.stage(|items, out| initial_letters(items, out, rules, options));
            self.stage(joiner_hygiene);
            self.stage(compose);
        }
        if options.digits != Digits::Keep {
            digits(&mut self.items, options.digits);
        }
        &self.items
    }

    fn stage(&mut self, rule: impl FnOnce(&[Item], &mut Vec<Item>)) {
        self.other.clear();
        rule(&self.items, &mut self.other);
        std::mem::swap(&mut self.items, &mut self.other);
    }
}

/// M1 to M3 and M4a: line ends, controls, spaces, invisible format characters.
fn controls(items: &[Item], out: &mut Vec<Item>, rules: &Rules) {
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        at += 1;
        match rules.control(item.c) {
            Some(Control::Delete) => {}
            Some(Control::Space) => out.push(Item { c: ' ', ..item }),
            Some(Control::Newline) => {
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
fn joiner_hygiene(items: &[Item], out: &mut Vec<Item>) {
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
        let from = out.len();
        let letters = word.iter().filter(|item| is_letter(item.c)).count();
        if letters >= 2 && word.iter().any(|item| is_haraka(item.c)) {
            replace_legacy(word, out, rules);
            if !out.iter().skip(from).any(|item| is_haraka(item.c)) {
                continue;
            }
            out.truncate(from);
        }
        out.extend_from_slice(word);
    }
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

/// S5: each run of joiners, by the characters on both sides of it.
fn joiner_runs(items: &[Item], out: &mut Vec<Item>, split_conjunction: bool) {
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
        } else if split_conjunction
            && left_letter
            && right == Some('و')
            && holds(ZWNJ)
            && !char_at(items, at + 1).is_some_and(|c| is_letter(c) || is_joiner(c))
        {
            out.push(Item { c: ' ', start: item.start, end });
        } else if left_letter || right_letter {
            drop_run(out);
        } else if holds(TATWEEL) {
            out.push(Item { c: '-', start: item.start, end });
        } else {
            out.extend_from_slice(joiners);
        }
    }
}

/// S6: alef with madda, and the lam-alef forms that stand for ڵا and ڵ in old documents.
fn alef_madda(items: &[Item], out: &mut Vec<Item>, lam_alef: bool) {
    for (at, &item) in items.iter().enumerate() {
        let initial = !at.checked_sub(1).is_some_and(|before| letter_at(items, before));
        let after_lam = out.last().is_some_and(|last| last.c == 'ل');
        match item.c {
            'آ' if initial => out.extend(['ئ', 'ا'].map(|c| Item { c, ..item })),
            'آ' => {
                // ال at the beginning of a word is the Arabic article, as in الآن.
                let article = out.len().checked_sub(2).and_then(|at| char_at(out, at)) == Some('ا')
                    && !out.len().checked_sub(3).is_some_and(|at| letter_at(out, at));
                if let Some(last) = out.last_mut().filter(|_| lam_alef && after_lam && !article) {
                    last.c = 'ڵ';
                }
                out.push(Item { c: 'ا', ..item });
            }
            'أ' if lam_alef && after_lam && !letter_at(items, at + 1) => {
                let after_letter = out.len().checked_sub(2).is_some_and(|at| letter_at(out, at));
                match out.last_mut() {
                    Some(last) if after_letter => {
                        last.c = 'ڵ';
                        last.end = item.end;
                    }
                    _ => out.push(item),
                }
            }
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

/// S8: ڕ and و at the beginning of a word.
fn initial_letters(items: &[Item], out: &mut Vec<Item>, rules: &Rules, options: Options) {
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        let initial = !at.checked_sub(1).is_some_and(|before| letter_at(items, before));
        if initial && options.on.initial_r && item.c == 'ر' && letter_at(items, at + 1) {
            out.push(Item { c: 'ڕ', ..item });
        } else if initial
            && options.on.initial_w
            && item.c == 'و'
            && char_at(items, at + 1) == Some('و')
            && char_at(items, at + 2).is_some_and(takes_single_waw)
        {
            let word: String =
                items.iter().skip(at).take_while(|item| is_letter(item.c)).take(8).map(|item| item.c).collect();
            let second = items.get(at + 1).map_or(item.end, |second| second.end);
            if rules.keeps_initial_waw(&word) {
                out.push(item);
            } else {
                out.push(Item { end: second, ..item });
                at += 1;
            }
        } else {
            out.push(item);
        }
        at += 1;
    }
}

/// S9: one system of digits.
fn digits(items: &mut [Item], digits: Digits) {
    let write = |item: &mut Item, zero: char| {
        if let Some(value) = digit_value(item.c) {
            item.c = char::from_u32(zero as u32 + u32::from(value)).unwrap_or(item.c);
        }
    };
    match digits {
        Digits::Keep => {}
        Digits::ArabicIndic => items.iter_mut().for_each(|item| write(item, '٠')),
        Digits::Extended => items.iter_mut().for_each(|item| write(item, '۰')),
        Digits::Ascii => items.iter_mut().for_each(|item| write(item, '0')),
        Digits::Unify => {
            for run in items.chunk_by_mut(|a, b| is_digit(a.c) && is_digit(b.c)) {
                if !run.iter().all(|item| item.c.is_ascii_digit()) {
                    for item in run {
                        write(item, '٠');
                    }
                }
            }
        }
    }
}
