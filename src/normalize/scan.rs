//! The fast path: finds the next place where a rule might apply, at one table look-up a character.
//!
//! It may report a place where nothing changes after all, for the engine decides; it may never pass over one where
//! something does. A property test holds it against the engine.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::rule::Rule;
use super::rules::rules;
use super::{Digits, FinalHeh, Options, skim};
use crate::letters::{digit_value, is_letter};

/// What the scan needs to know of a character of the Arabic block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    /// Nothing can happen here; not a letter.
    Other,
    /// A letter that no rule changes.
    Letter,
    /// ر, which changes at the beginning of a word.
    Reh,
    /// و, of which two change at the beginning of a word.
    Waw,
    /// ه, which changes at the end of a word.
    Heh,
    /// A digit from ٠ to ٩, which changes a number in ASCII digits that it stands in.
    Digit,
    /// Some rule changes it.
    Dirty,
}

#[derive(Clone)]
pub(super) struct Scanner {
    arabic: Box<[Class; 256]>,
    standard: bool,
    digits: Digits,
}

impl Scanner {
    pub(super) fn new(options: Options) -> Self {
        let mut arabic = Box::new([Class::Other; 256]);
        for (low, class) in (0x600..0x700).zip(arabic.iter_mut()) {
            if let Some(c) = char::from_u32(low) {
                *class = classify(c, options);
            }
        }
        Self { arabic, standard: options.is_standard(), digits: options.digits() }
    }

    /// The offset of the first character at or after `from` that the engine has to look at.
    ///
    /// `from` is the beginning of the text or follows a space or a line break.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut at = from;
        // Whether the character before `at` is a letter, and whether it is a vowel that ه follows only as a consonant.
        let (mut letter, mut open) = (false, false);
        let mut ascii_digit = false;
        let mut arabic_digit = false;
        while let Some(&lead) = bytes.get(at) {
            if lead < 0x80 {
                let digit = lead.is_ascii_digit();
                if is_control(lead) || digit && arabic_digit {
                    return Some(at);
                }
                if digit && self.digits != Digits::Keep && self.digits != Digits::Unify && self.digits != Digits::Ascii
                {
                    return Some(at);
                }
                (letter, open, ascii_digit, arabic_digit) = (false, false, digit, false);
                at += 1;
                continue;
            }
            if !matches!(lead, 0xD8..=0xDB) {
                let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0');
                if !is_plain(c, self.standard) {
                    return Some(at);
                }
                (letter, open, ascii_digit, arabic_digit) = (is_letter(c), false, false, false);
                at += c.len_utf8();
                continue;
            }
            let low = bytes.get(at + 1).map_or(0, |&low| low & 0x3F);
            let index = usize::from((lead & 3) << 6 | low);
            let class = self.arabic.get(index).copied().unwrap_or(Class::Dirty);
            match class {
                Class::Letter => {
                    (letter, open) = (true, matches!(index, 0x27 | 0xC6 | 0xCE | 0xD5));
                    (ascii_digit, arabic_digit) = (false, false);
                }
                Class::Other => (letter, open, ascii_digit, arabic_digit) = (false, false, false, false),
                Class::Dirty => return Some(at),
                Class::Digit => {
                    if ascii_digit {
                        return Some(at);
                    }
                    (letter, open, ascii_digit, arabic_digit) = (false, false, false, true);
                }
                Class::Reh | Class::Waw | Class::Heh => {
                    let next = self.class_at(bytes, at + 2);
                    let before_letter = match next {
                        Some(Class::Letter | Class::Reh | Class::Waw | Class::Heh) => Some(true),
                        Some(Class::Other | Class::Digit) => Some(false),
                        Some(Class::Dirty) | None => None,
                    };
                    let changes = match class {
                        Class::Reh => !letter && before_letter != Some(false),
                        Class::Waw => !letter && next == Some(Class::Waw),
                        _ => !open && before_letter != Some(true),
                    };
                    if changes {
                        return Some(at);
                    }
                    (letter, open, ascii_digit, arabic_digit) = (true, false, false, false);
                }
            }
            at += 2;
        }
        None
    }

    /// The class of the character at `at`; `None` where only a closer look would tell.
    fn class_at(&self, bytes: &[u8], at: usize) -> Option<Class> {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(lead @ 0xD8..=0xDB), Some(low)) => {
                let index = usize::from((lead & 3) << 6 | low & 0x3F);
                self.arabic.get(index).copied()
            }
            (Some(0..0x80) | None, _) => Some(Class::Other),
            _ => None,
        }
    }

    /// Whether the comparisons of [`skim`] fit the rules.
    pub(super) fn can_be_skimmed(&self) -> bool {
        let class = |c: char| (c as usize).checked_sub(0x600).and_then(|index| self.arabic.get(index));
        let changes = |c: char| class(c).is_none_or(|&class| class == Class::Dirty);
        let is_letter = |c: char| !matches!(class(c), Some(Class::Other | Class::Digit));
        !matches!(self.digits, Digits::ArabicIndic | Digits::Extended) && skim::fits(changes, is_letter)
    }
}

/// Whether a byte of ASCII is a control other than tab and line feed.
pub(super) const fn is_control(byte: u8) -> bool {
    byte < 0x20 && byte != b'\t' && byte != b'\n' || byte == 0x7F
}

/// Whether no rule can change a character outside ASCII and the Arabic block; `standard` where rules above those of
/// `Profile::Minimal` are on.
pub(super) fn is_plain(c: char, standard: bool) -> bool {
    match c {
        // Quotation marks, dashes, the ellipsis, bullets: what news is full of. The letters of Kurmanji and of most other
        // Latin alphabets. Pictures.
        '«'
        | '»'
        | '\u{C0}'..='\u{24F}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{2500}'..='\u{27BF}'
        | '\u{1F000}'..='\u{1FAFF}' => true,
        '¬' => !standard,
        _ => is_plain_by_tables(c),
    }
}

fn is_plain_by_tables(c: char) -> bool {
    !rules().always_changes(c)
        && canonical_combining_class(c) == 0
        && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

fn classify(c: char, options: Options) -> Class {
    let standard = options.is_standard();
    if digit_value(c).is_some() {
        let changed = match options.digits() {
            Digits::Keep => return Class::Other,
            Digits::Unify | Digits::ArabicIndic => !('٠'..='٩').contains(&c),
            Digits::Extended => !('۰'..='۹').contains(&c),
            Digits::Ascii => true,
        };
        return if changed { Class::Dirty } else { Class::Digit };
    }
    if canonical_combining_class(c) != 0 || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes {
        return Class::Dirty;
    }
    if standard && rules().always_changes(c) || rules().control(c).is_some() {
        return Class::Dirty;
    }
    match c {
        'ر' if options.rules.contains(Rule::InitialReh) => Class::Reh,
        'و' if options.rules.contains(Rule::InitialWaw) => Class::Waw,
        'ه' if options.rules.contains(Rule::FinalHeh) => match options.final_heh {
            FinalHeh::AlwaysVowel => Class::Dirty,
            FinalHeh::Phonotactic => Class::Heh,
            FinalHeh::AlwaysConsonant => Class::Letter,
        },
        _ if is_letter(c) => Class::Letter,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_called_plain_without_the_tables_are_plain_by_the_tables() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| c != '¬') {
            assert_eq!(is_plain(c, true), is_plain_by_tables(c), "U+{:04X}", c as u32);
        }
    }
}
