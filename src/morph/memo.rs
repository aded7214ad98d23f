//! The words that a thread read last, and what came of them: running text repeats its words, and finding one again costs
//! a tenth of reading it.
//!
//! Each thread has a table of a fixed size, made when it reads its first word. A word has one place in it, by its
//! letters, and takes it from the word that was there; it is compared letter by letter, so that what is found is always
//! what reading the word again would give. Nothing is shared between threads and nothing grows.

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use super::outcome::{Kind, Outcome};

/// Words that a thread keeps: more would find little more of running text, and would not fit the second-level cache.
const SLOTS: usize = 1 << 15;
/// Letters of the longest word that is kept.
const MAX_LETTERS: usize = 21;

/// Tells readers of words apart, engines and taggers, so that what one made of a word is not taken for another's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ReaderId(Option<NonZeroU32>);

impl ReaderId {
    /// A number that no reader has had; after four billion of them none, and words are no longer kept.
    pub(crate) fn fresh() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| last.checked_add(1));
        Self(last.ok().and_then(|last| NonZeroU32::new(last.wrapping_add(1))))
    }
}

/// A word and what came of it. 32 bytes, so that two fit a line of the cache.
#[derive(Clone, Copy)]
struct Slot {
    reader: Option<NonZeroU32>,
    /// The record of an entry, the verb of a compound, or the end of a number.
    number: u32,
    kind: u8,
    start: u8,
    end: u8,
    letters: [u8; MAX_LETTERS],
}

const PART: u8 = 0;
const ENTRY: u8 = 1;
const ORDINAL: u8 = 2;
const ORDINAL_NUMBER: u8 = 3;
const COMPOUND: u8 = 4;

impl Slot {
    const EMPTY: Self = Self { reader: None, number: 0, kind: PART, start: 0, end: 0, letters: [0; MAX_LETTERS] };

    fn new(reader: NonZeroU32, letters: [u8; MAX_LETTERS], outcome: Outcome) -> Self {
        let (kind, number) = match outcome.kind {
            Kind::Part => (PART, 0),
            Kind::Entry(record) => (ENTRY, record),
            Kind::Ordinal(record) => (ORDINAL, record),
            Kind::OrdinalNumber(end) => (ORDINAL_NUMBER, u32::from(end)),
            Kind::Compound(verb) => (COMPOUND, u32::from(verb)),
        };
        Self { reader: Some(reader), number, kind, start: outcome.start, end: outcome.end, letters }
    }

    fn outcome(&self) -> Outcome {
        let byte = u8::try_from(self.number).unwrap_or(u8::MAX);
        let kind = match self.kind {
            ENTRY => Kind::Entry(self.number),
            ORDINAL => Kind::Ordinal(self.number),
            ORDINAL_NUMBER => Kind::OrdinalNumber(byte),
            COMPOUND => Kind::Compound(byte),
            _ => Kind::Part,
        };
        Outcome { kind, start: self.start, end: self.end }
    }
}

thread_local! {
    static WORDS: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

/// The place of a word: its letters as three numbers, mixed by multiplications.
fn place(reader: NonZeroU32, letters: &[u8; MAX_LETTERS]) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number: u64, &byte| number << 8 | u64::from(byte));
    let (first, rest) = letters.split_at(8);
    let (second, third) = rest.split_at(8);
    let reader = u64::from(reader.get()) << 56;
    let mixed =
        (number(first).wrapping_mul(ODD) ^ number(second)).rotate_left(29).wrapping_mul(ODD) ^ number(third) ^ reader;
    usize::try_from(mixed.wrapping_mul(ODD) >> 32).unwrap_or(0) % SLOTS
}

/// The letters of a word, one byte each: those of the Arabic block up to [`MAX_LETTERS`], and nothing else.
fn letters_of(word: &str) -> Option<[u8; MAX_LETTERS]> {
    let bytes = word.as_bytes();
    if bytes.len() % 2 != 0 || bytes.len() > 2 * MAX_LETTERS {
        return None;
    }
    let mut letters = [0; MAX_LETTERS];
    let mut fits = true;
    for (slot, letter) in letters.iter_mut().zip(bytes.chunks_exact(2)) {
        if let &[lead, last] = letter {
            *slot = lead << 6 | last & 0x3F;
            // U+0600, which would be 0, is no letter.
            fits &= lead & 0xFC == 0xD8 && *slot != 0;
        }
    }
    fits.then_some(letters)
}

/// What the reader made of `word`; `read` where that is not known any more. `None` where `read` makes nothing of it.
pub(super) fn recall(reader: ReaderId, word: &str, read: impl FnOnce() -> Option<Outcome>) -> Option<Outcome> {
    let (Some(reader), Some(letters)) = (reader.0, letters_of(word)) else { return read() };
    let place = place(reader, &letters);
    let known = WORDS.try_with(|words| {
        let words = words.try_borrow().ok()?;
        let slot = words.get(place)?;
        (slot.reader == Some(reader) && slot.letters == letters).then(|| slot.outcome())
    });
    if let Ok(Some(outcome)) = known {
        return Some(outcome);
    }
    let outcome = read()?;
    // A thread that ends keeps no words; that is all that can fail.
    let _ended = WORDS.try_with(|words| {
        if let Ok(mut words) = words.try_borrow_mut() {
            if words.is_empty() {
                *words = vec![Slot::EMPTY; SLOTS];
            }
            if let Some(slot) = words.get_mut(place) {
                *slot = Slot::new(reader, letters, outcome);
            }
        }
    });
    Some(outcome)
}

/// Whether something holds of `word`; `read` where that is not known any more.
pub(crate) fn recall_whether(reader: ReaderId, word: &str, read: impl FnOnce() -> bool) -> bool {
    let yes = Outcome::part(1, 1);
    recall(reader, word, || Some(if read() { yes } else { Outcome::part(0, 0) })) == Some(yes)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_word_is_read_once_by_each_engine() {
        let (first, second) = (ReaderId::fresh(), ReaderId::fresh());
        let reads = Cell::new(0);
        let ask = |engine, word: &str, outcome| {
            recall(engine, word, || {
                reads.set(reads.get() + 1);
                Some(outcome)
            })
        };
        for kind in [Kind::Part, Kind::Entry(7), Kind::Ordinal(70_000), Kind::OrdinalNumber(4), Kind::Compound(1)] {
            let outcome = Outcome { kind, start: 2, end: 6 };
            let engine = ReaderId::fresh();
            assert_eq!(
                (ask(engine, "شار", outcome), ask(engine, "شار", Outcome::part(0, 0))),
                (Some(outcome), Some(outcome))
            );
        }
        assert_eq!(reads.take(), 5);
        for engine in [first, second, second] {
            ask(engine, "کوردستان", Outcome::part(0, 2));
        }
        assert_eq!(reads.take(), 2);
        // What is no row of letters is read each time.
        for word in ["abc", "PDKی", &"ب".repeat(MAX_LETTERS + 1), "\u{600}ب", "شار\u{200C}"] {
            ask(first, word, Outcome::part(0, 2));
            ask(first, word, Outcome::part(0, 2));
            assert_eq!(reads.take(), 2, "{word}");
        }
        assert_eq!(recall(first, "نییە", || None), None);
    }

    #[test]
    fn slots_are_half_a_line_of_the_cache() {
        assert_eq!(size_of::<Slot>(), 32);
    }

    #[test]
    fn words_that_share_a_place_drive_each_other_out() {
        let engine = ReaderId::fresh();
        let words: Vec<String> = (0..4 * SLOTS).map(|at| crate::key::decode(&digits(at))).collect();
        for round in 0..2 {
            for (at, word) in words.iter().enumerate() {
                let outcome = Outcome::new(Kind::Entry(u32::try_from(at).unwrap()), 0, 0);
                assert_eq!(recall(engine, word, || Some(outcome)), Some(outcome), "{word} in round {round}");
            }
        }
    }

    /// A word of letters that stands for the number.
    fn digits(mut number: usize) -> Vec<u8> {
        let mut word = vec![crate::key::code_of('ب')];
        while number > 0 {
            word.push(0x80 + u8::try_from(number % 30).unwrap());
            number /= 30;
        }
        word
    }
}
