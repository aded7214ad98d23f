//! Mends a word byte by byte where that is enough: letters of other keyboards, ه and a non-joiner, ه at the end, ر and
//! وو at the beginning, digits.
//!
//! The result is that of the engine, which a property test holds it against. A word that holds anything else, a mark or
//! a tatweel or a presentation form, is left to the engine.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::rule::{Rule, RuleSet};
use super::rules::{Rules, rules};
use super::scan::{is_control, is_plain};
use super::standard::{is_open_vowel, takes_single_waw};
use super::words::is_boundary;
use super::{Digits, FinalHeh, Options};
use crate::letters::{digit_value, is_letter};

/// What a character of the Arabic block is to this file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    /// A letter that no rule asks for.
    Letter,
    /// ا, ۆ, ێ or ە, after which ه is the consonant.
    Open,
    /// ل, after which آ and أ have a meaning of their own.
    Lam,
    /// ر.
    Reh,
    /// و.
    Waw,
    /// ه, or a letter that always stands for it.
    Heh,
    /// ھ, which is the consonant at the end of a word too.
    KnottedHeh,
    /// آ.
    AlefMadda,
    /// أ.
    AlefHamza,
    /// A letter that is replaced whatever its context.
    Mapped,
    /// A digit that is not of ASCII.
    Digit,
    /// A digit of ASCII.
    AsciiDigit,
    /// Punctuation, a space.
    Sign,
    /// What only the engine can deal with.
    Hard,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            'ل' => Self::Lam,
            'ه' => Self::Heh,
            'ھ' => Self::KnottedHeh,
            'ر' => Self::Reh,
            'و' => Self::Waw,
            'آ' => Self::AlefMadda,
            'أ' => Self::AlefHamza,
            c if is_open_vowel(c) => Self::Open,
            c if is_letter(c) => Self::Letter,
            _ => Self::Sign,
        }
    }

    fn is_letter(self) -> bool {
        self <= Self::Mapped
    }
}

/// What becomes of a character of the Arabic block.
#[derive(Clone, Copy, Debug)]
struct Target {
    /// What it is replaced by whatever its context; empty where it stays.
    to: &'static str,
    /// The kind of the last character of that.
    kind: Kind,
}

/// The kind of `c`, and what becomes of it.
fn classify(c: char, rules: &'static Rules, digits: Digits) -> (Kind, Target) {
    let stays = |kind| (kind, Target { to: "", kind });
    if let Some(value) = digit_value(c) {
        let all = match digits {
            Digits::Keep => "",
            Digits::Unify | Digits::ArabicIndic => "٠١٢٣٤٥٦٧٨٩",
            Digits::Extended => "۰۱۲۳۴۵۶۷۸۹",
            Digits::Ascii => "0123456789",
        };
        let to = all.char_indices().nth(usize::from(value)).and_then(|(at, to)| all.get(at..at + to.len_utf8()));
        let to = to.filter(|to| !to.starts_with(c)).unwrap_or_default();
        return (Kind::Digit, Target { to, kind: Kind::Digit });
    }
    let inert = |c: char| canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes;
    if !inert(c) {
        return stays(Kind::Hard);
    }
    if c == 'ھ' {
        return (Kind::KnottedHeh, Target { to: "ه", kind: Kind::Letter });
    }
    if let Some(to) = rules.letter(c).filter(|_| is_letter(c)) {
        let mut kinds = to.chars().map(|c| if inert(c) { Kind::of(c) } else { Kind::Hard });
        return match (kinds.next(), kinds.next(), kinds.next()) {
            (Some(kind @ (Kind::Letter | Kind::Open | Kind::Lam)), None, _)
            | (Some(Kind::Letter | Kind::Open), Some(kind @ (Kind::Letter | Kind::Open)), None) => {
                (Kind::Mapped, Target { to, kind })
            }
            (Some(Kind::Heh), None, _) => (Kind::Heh, Target { to, kind: Kind::Letter }),
            _ => stays(Kind::Hard),
        };
    }
    stays(if rules.always_changes(c) && !matches!(c, 'آ' | 'أ') { Kind::Hard } else { Kind::of(c) })
}

/// What stands after a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Next {
    Letter(Kind),
    NoLetter,
    NonJoiner,
    Unclear,
}

/// A part of a text and what it becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Replacement {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) to: &'static str,
}

/// The replacements in a segment; kept from one to the next so that the list is allocated once.
#[derive(Debug, Default)]
pub(super) struct Replacements {
    list: Vec<Replacement>,
    /// A word as it is spelled after rule S6.
    word: String,
}

impl Replacements {
    /// In the order of the text.
    pub(super) fn as_slice(&self) -> &[Replacement] {
        &self.list
    }

    fn push(&mut self, start: usize, end: usize, to: &'static str) {
        self.list.push(Replacement { start, end, to });
    }

    /// The word with a ه after it.
    fn spell(&mut self, text: &str, word: Word, end: usize) -> &str {
        self.word.clear();
        // The word may have begun before the place where its mending did.
        let before = text.get(..word.start).unwrap_or_default();
        let mut from = before.trim_end_matches(is_letter).len();
        for replacement in self.list.iter().skip(word.first) {
            self.word.push_str(text.get(from..replacement.start).unwrap_or_default());
            self.word.push_str(replacement.to);
            from = replacement.end;
        }
        self.word.push_str(text.get(from..end).unwrap_or_default());
        self.word.push('ه');
        &self.word
    }
}

/// A run of letters.
#[derive(Clone, Copy)]
struct Word {
    /// Where its mending begins.
    start: usize,
    /// The first replacement in it but for those of rules S8 and S8a, which run after the rules that ask for the word.
    first: usize,
}

/// The tables of a set of rules.
#[derive(Clone)]
pub(super) struct Quick {
    kinds: Box<[Kind; 256]>,
    targets: Box<[Target; 256]>,
    on: RuleSet,
    final_heh: FinalHeh,
    /// Whether digits of ASCII stay unless they are mixed with others.
    keeps_ascii_digits: bool,
    /// The letters after وو with which a name begins that keeps it.
    after_kept_waw: Vec<char>,
}

/// The place of a character in the tables.
const fn index(lead: u8, low: u8) -> usize {
    (lead << 6 | low & 0x3F) as usize
}

impl Quick {
    /// `None` where rules are off without which a word changes in other ways.
    pub(super) fn new(options: Options) -> Option<Self> {
        let needed = [Rule::StrayJoiners, Rule::Letters, Rule::Joiners];
        if needed.iter().any(|&rule| !options.rules.contains(rule)) {
            return None;
        }
        let rules = rules();
        let mut kinds = Box::new([Kind::Hard; 256]);
        let mut targets = Box::new([Target { to: "", kind: Kind::Hard }; 256]);
        for (c, (kind, target)) in ('\u{600}'..='\u{6FF}').zip(kinds.iter_mut().zip(targets.iter_mut())) {
            (*kind, *target) = classify(c, rules, options.digits());
        }
        Some(Self {
            kinds,
            targets,
            on: options.rules,
            final_heh: options.final_heh,
            keeps_ascii_digits: !matches!(options.digits(), Digits::ArabicIndic | Digits::Extended),
            after_kept_waw: rules.kept_initial_waw().filter_map(|prefix| prefix.chars().nth(2)).collect(),
        })
    }

    fn kind(&self, lead: u8, low: u8) -> Kind {
        self.kinds.get(index(lead, low)).copied().unwrap_or(Kind::Hard)
    }

    fn target(&self, bytes: &[u8], at: usize) -> Target {
        let target = match (bytes.get(at), bytes.get(at + 1)) {
            (Some(&lead), Some(&low)) => self.targets.get(index(lead, low)),
            _ => None,
        };
        target.copied().unwrap_or(Target { to: "", kind: Kind::Hard })
    }

    fn next(&self, bytes: &[u8], at: usize) -> Next {
        let byte = |by: usize| bytes.get(at + by).copied().unwrap_or(0);
        match byte(0) {
            0..0x80 => Next::NoLetter,
            lead @ 0xD8..=0xDB => match self.kind(lead, byte(1)) {
                Kind::Hard => Next::Unclear,
                kind if kind.is_letter() => Next::Letter(kind),
                _ => Next::NoLetter,
            },
            0xC2 if matches!(byte(1), 0xAB | 0xBB) => Next::NoLetter,
            0xE2 if byte(1) == 0x80 => match byte(2) {
                0x8C => Next::NonJoiner,
                0x90..=0xA7 => Next::NoLetter,
                _ => Next::Unclear,
            },
            _ => Next::Unclear,
        }
    }

    /// Where to begin for a word that is clean up to what ends at `found`, and the kind of the character before that;
    /// `from` is the beginning of the text or follows a space or a line break.
    fn begin(&self, text: &str, from: usize, found: usize) -> Option<(usize, Kind)> {
        // What the scan finds is four bytes long at most.
        let near = (from..=found.saturating_sub(4).max(from)).rev().find(|&at| text.is_char_boundary(at))?;
        let bytes = text.as_bytes();
        if let Some(space) = bytes.get(near..found)?.iter().rposition(|&byte| is_boundary(byte)) {
            return Some((near + space + 1, Kind::Sign));
        }
        let kind = match bytes.get(from..near)? {
            [.., lead @ 0xD8..=0xDB, low] => match self.kind(*lead, *low) {
                Kind::Heh => Kind::Letter,
                kind @ (Kind::Letter | Kind::Open | Kind::Lam | Kind::Reh | Kind::Waw | Kind::Digit | Kind::Sign) => {
                    kind
                }
                _ => return None,
            },
            [.., b'0'..=b'9'] => Kind::AsciiDigit,
            [] | [.., 0..0x80] => Kind::Sign,
            _ if text.get(..near)?.chars().next_back().is_some_and(is_letter) => return None,
            _ => Kind::Sign,
        };
        Some((near, kind))
    }

    /// Finds what is to be replaced in the word that is clean up to what ends at `found`, and where the word ends, after
    /// the next space or line break; `from` is the beginning of the text or follows one. `None` where only the engine
    /// can tell.
    pub(super) fn mend(&self, text: &str, from: usize, found: usize, out: &mut Replacements) -> Option<usize> {
        out.list.clear();
        let bytes = text.as_bytes();
        // `before` is the kind of the last character of the result.
        let (mut at, mut before) = self.begin(text, from, found)?;
        let mut word = Word { start: at, first: 0 };
        while let Some(&lead) = bytes.get(at) {
            if matches!(lead, 0xD8..=0xDB) {
                let kind = self.kind(lead, bytes.get(at + 1).copied().unwrap_or(0));
                // Most letters ask for nothing.
                if kind <= Kind::Lam || kind <= Kind::Waw && before.is_letter() {
                    before = kind;
                    at += 2;
                    continue;
                }
                (before, at) = self.letter(text, at, kind, before, &mut word, out)?;
                if before.is_letter() {
                    continue;
                }
            } else if lead < 0x80 {
                at += 1;
                if is_boundary(lead) {
                    break;
                }
                if is_control(lead) {
                    return None;
                }
                let digit = lead.is_ascii_digit();
                if digit && (before == Kind::Digit || !self.keeps_ascii_digits) {
                    return None;
                }
                before = if digit { Kind::AsciiDigit } else { Kind::Sign };
            } else {
                match self.next(bytes, at) {
                    Next::NonJoiner if before.is_letter() => {
                        self.check_non_joiner(bytes, at)?;
                        out.push(at, at + 3, "");
                        at += 3;
                        continue;
                    }
                    Next::NonJoiner | Next::Letter(_) => return None,
                    Next::NoLetter | Next::Unclear => {
                        let c = text.get(at..)?.chars().next()?;
                        // A selector chooses between shapes of a picture.
                        let selector = matches!(c, '\u{FE00}'..='\u{FE0F}') && !before.is_letter();
                        if !selector && !is_plain(c, true) || is_letter(c) {
                            return None;
                        }
                        before = Kind::Sign;
                        at += c.len_utf8();
                    }
                }
            }
            word = Word { start: at, first: out.list.len() };
        }
        Some(at)
    }

    /// Deals with a character of the Arabic block that asks for something; gives the kind of the last character of the
    /// result and where to go on.
    fn letter(
        &self,
        text: &str,
        at: usize,
        kind: Kind,
        before: Kind,
        word: &mut Word,
        out: &mut Replacements,
    ) -> Option<(Kind, usize)> {
        let bytes = text.as_bytes();
        let initial = !before.is_letter();
        match kind {
            Kind::Heh | Kind::KnottedHeh => return self.heh(text, at, kind, before, *word, out),
            Kind::Mapped => {
                let Target { to, kind } = self.target(bytes, at);
                out.push(at, at + 2, to);
                return Some((kind, at + 2));
            }
            Kind::Reh if initial && self.on.contains(Rule::InitialReh) => match self.next(bytes, at + 2) {
                Next::Letter(_) => {
                    out.push(at, at + 2, "ڕ");
                    word.first = out.list.len();
                }
                Next::NoLetter => {}
                Next::NonJoiner | Next::Unclear => return None,
            },
            Kind::Waw if initial && self.on.contains(Rule::InitialWaw) => {
                if self.is_doubled_waw(text, at)? {
                    out.push(at, at + 4, "و");
                    word.first = out.list.len();
                    return Some((kind, at + 4));
                }
            }
            Kind::Letter | Kind::Open | Kind::Lam | Kind::Reh | Kind::Waw | Kind::Sign => {}
            Kind::AlefHamza | Kind::AlefMadda if before == Kind::Lam => return None,
            Kind::AlefMadda if self.on.contains(Rule::AlefMadda) => {
                out.push(at, at + 2, if initial { "ئا" } else { "ا" });
            }
            Kind::AlefHamza | Kind::AlefMadda => return Some((Kind::Letter, at + 2)),
            Kind::Digit => {
                let to = self.target(bytes, at).to;
                if before == Kind::AsciiDigit {
                    return None;
                }
                if !to.is_empty() {
                    out.push(at, at + 2, to);
                }
            }
            Kind::AsciiDigit | Kind::Hard => return None,
        }
        Some((kind, at + 2))
    }

    /// Rules S4, S5 and S7 for a letter that stands for ه.
    fn heh(
        &self,
        text: &str,
        at: usize,
        kind: Kind,
        before: Kind,
        word: Word,
        out: &mut Replacements,
    ) -> Option<(Kind, usize)> {
        let bytes = text.as_bytes();
        let next = self.next(bytes, at + 2);
        let joined = next == Next::NonJoiner;
        match if joined { self.next(bytes, at + 5) } else { next } {
            Next::Letter(_) if joined && before != Kind::Open => {
                out.push(at, at + 5, "ە");
                return Some((Kind::Open, at + 5));
            }
            Next::Letter(_) => {}
            Next::NoLetter if kind == Kind::KnottedHeh => return None,
            Next::NoLetter => {
                if self.ends_in_vowel(text, at, before, word, out) {
                    out.push(at, at + 2, "ە");
                    return Some((Kind::Open, at + 2));
                }
            }
            Next::NonJoiner | Next::Unclear => return None,
        }
        let to = self.target(bytes, at).to;
        if !to.is_empty() {
            out.push(at, at + 2, to);
        }
        if joined {
            out.push(at + 2, at + 5, "");
        }
        Some((Kind::Letter, if joined { at + 5 } else { at + 2 }))
    }

    /// Whether the non-joiner at `at`, which follows a letter, just goes.
    fn check_non_joiner(&self, bytes: &[u8], at: usize) -> Option<()> {
        let goes = match self.next(bytes, at + 3) {
            // A tied conjunction, unless the word goes on.
            Next::Letter(Kind::Waw) => matches!(self.next(bytes, at + 5), Next::Letter(_)),
            Next::Letter(_) | Next::NoLetter => true,
            Next::NonJoiner | Next::Unclear => false,
        };
        goes.then_some(())
    }

    /// Whether the و at `at` begins a وو that stands for one; `None` where that is not plain.
    fn is_doubled_waw(&self, text: &str, at: usize) -> Option<bool> {
        let bytes = text.as_bytes();
        match self.next(bytes, at + 2) {
            Next::Letter(Kind::Waw) => {}
            Next::Letter(_) | Next::NoLetter => return Some(false),
            Next::NonJoiner | Next::Unclear => return None,
        }
        match self.next(bytes, at + 4) {
            Next::Letter(_) => {}
            Next::NoLetter => return Some(false),
            Next::NonJoiner | Next::Unclear => return None,
        }
        let c = text.get(at + 4..)?.chars().next()?;
        let c = self.target(bytes, at + 4).to.chars().next().unwrap_or(c);
        if !takes_single_waw(c) {
            return Some(false);
        }
        (!self.after_kept_waw.contains(&c)).then_some(true)
    }

    /// Rule S7: whether the ه at `at`, which ends `word`, is the vowel.
    fn ends_in_vowel(&self, text: &str, at: usize, before: Kind, word: Word, out: &mut Replacements) -> bool {
        let open = matches!(before, Kind::Open | Kind::AlefMadda);
        if !self.on.contains(Rule::FinalHeh)
            || self.final_heh == FinalHeh::AlwaysConsonant
            || self.final_heh == FinalHeh::Phonotactic && open
        {
            return false;
        }
        let word = out.spell(text, word, at);
        let consonant = word.chars().all(|c| c == 'ه')
            || match self.final_heh {
                FinalHeh::AlwaysVowel => word.ends_with("لله"),
                FinalHeh::Phonotactic | FinalHeh::AlwaysConsonant => rules().ends_in_consonant_heh(word),
            };
        !consonant
    }
}
