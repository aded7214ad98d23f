//! A word as it may have been meant, for the search of its readings.

use super::confusions::{ConfusionSet, Confusions, When, Where};
use crate::key::code_of;
use crate::morph::{MAX_CODES, Next, Place, Text};

/// Ways in which a reading may go on at one place, at most; the table never offers as many.
const MAX_WAYS: usize = 16;

/// Letters that may be a vowel at the beginning of a word, after ئ.
const VOWELS: [u8; 4] = [code_of('ا'), WAW, YEH, code_of('ە')];
/// Letters that are always a vowel.
const OPEN: [u8; 4] = [code_of('ا'), code_of('ە'), code_of('ۆ'), code_of('ێ')];
const WAW: u8 = code_of('و');
const YEH: u8 = code_of('ی');

/// Letters of a word in which none is thought to be left out before another word has shown it.
const SHORT: usize = 3;

/// How many times less a confusion costs that other words have borne out.
const PROVEN: u16 = 6;

/// A written word, read through a set of confusions.
#[derive(Clone, Copy)]
pub(super) struct Intended<'w> {
    written: &'w [u8],
    confusions: &'static Confusions,
    open: ConfusionSet,
    /// Those of `open` that other words of the text have borne out: they cost less.
    proven: ConfusionSet,
    /// The reading so far.
    meant: [u8; MAX_CODES],
    /// Those of `open` that the last [`Intended::used`] went through.
    used: ConfusionSet,
}

impl<'w> Intended<'w> {
    pub(super) fn new(written: &'w [u8], confusions: &'static Confusions, open: ConfusionSet) -> Self {
        Self {
            written,
            confusions,
            open,
            proven: ConfusionSet::default(),
            meant: [0; MAX_CODES],
            used: ConfusionSet::default(),
        }
    }

    /// The same word where `proven` have been borne out.
    pub(super) const fn with_proven(self, proven: ConfusionSet) -> Self {
        Self { proven, ..self }
    }

    /// The word with the proven letters of other alphabets made Kurdish, for a word that nothing else is known of.
    pub(super) fn transcribed(&self) -> Vec<u8> {
        let transcribe = |&code: &u8| {
            let list = self.confusions.written_as(code).iter().copied();
            let all = list.filter(|&at| self.proven.contains(at)).filter_map(|at| self.confusions.all.get(at));
            all.into_iter().find(|confusion| confusion.when == When::Foreign).map_or(code, |confusion| confusion.letter)
        };
        self.written.iter().map(transcribe).collect()
    }

    /// The confusions through which the written word becomes `meant`.
    pub(super) fn used(mut self, meant: &[u8]) -> ConfusionSet {
        self.follow(meant, Place::default());
        self.used
    }

    /// The ways that lead on from `place`, the letter as it stands first.
    fn ways(&self, place: Place) -> Ways {
        let mut ways = Ways::default();
        let written = self.written.get(place.written..).unwrap_or_default();
        if let Some(&code) = written.first() {
            ways.push(
                Next { code, place: Place { at: place.at + 1, written: place.written + 1 }, cost: 0 },
                usize::MAX,
            );
        }
        let list = |code: u8| self.confusions.written_as(code).iter().copied();
        let substituted = written.first().into_iter().flat_map(|&code| list(code));
        for at in substituted.chain(self.confusions.left_out().iter().copied()) {
            let Some(confusion) = self.confusions.all.get(at).filter(|_| self.open.contains(at)) else { continue };
            // In a short word a letter could be left out anywhere.
            let rash = self.written.len() <= SHORT
                && confusion.written.is_empty()
                && confusion.when == When::Absent
                && !self.proven.contains(at);
            if !rash && written.starts_with(&confusion.written) && self.stands(confusion.place, confusion.letter, place)
            {
                let place = Place { at: place.at + 1, written: place.written + confusion.written.len() };
                let cost = if self.proven.contains(at) { confusion.cost / PROVEN } else { confusion.cost };
                ways.push(Next { code: confusion.letter, place, cost }, at);
            }
        }
        ways
    }

    /// Whether a letter meant at `place` stands where its confusion may.
    fn stands(&self, expected: Where, letter: u8, place: Place) -> bool {
        if place.at >= MAX_CODES {
            return false;
        }
        let before = place.at.checked_sub(1).and_then(|at| self.meant.get(at)).copied();
        match expected {
            Where::Any => true,
            Where::Initial => place.at == 0,
            Where::Vowel => place.at == 0 && self.written.first().is_some_and(|code| VOWELS.contains(code)),
            Where::Late => place.at > 0,
            // The letter before was left out, so nothing that is written has been read.
            Where::Second => place.at == 1 && place.written == 0,
            Where::Inside => place.written > 0 && place.written < self.written.len(),
            Where::AfterVowel => before.is_some_and(|code| OPEN.contains(&code)),
            Where::Double => {
                let earlier = place.at.checked_sub(2).and_then(|at| self.meant.get(at)).copied();
                // ی may come three times: سەرەتایییەکان.
                let fits = earlier.is_some_and(|code| !OPEN.contains(&code) && (code != WAW || letter != WAW));
                fits && before == Some(letter) && place.written < self.written.len()
            }
        }
    }
}

/// The ways from one place, and the confusion of each.
#[derive(Default)]
pub(super) struct Ways {
    found: [Option<(Next, usize)>; MAX_WAYS],
    len: usize,
    at: usize,
}

impl Ways {
    fn push(&mut self, next: Next, confusion: usize) {
        if let Some(slot) = self.found.get_mut(self.len) {
            *slot = Some((next, confusion));
            self.len += 1;
        }
    }
}

impl Iterator for Ways {
    type Item = (Next, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.found.get(self.at).copied().flatten();
        self.at += 1;
        next
    }
}

impl<'w> Text for Intended<'w> {
    fn read(&self, place: Place) -> &[u8] {
        self.meant.get(..place.at).unwrap_or_default()
    }

    fn left(&self, place: Place) -> usize {
        self.written.len() - place.written
    }

    fn next(&self, place: Place) -> impl Iterator<Item = Next> + use<'w> {
        self.ways(place).map(|(next, _)| next)
    }

    fn take(&mut self, next: Next) {
        if let Some(slot) = next.place.at.checked_sub(1).and_then(|at| self.meant.get_mut(at)) {
            *slot = next.code;
        }
    }

    fn follow(&mut self, form: &[u8], place: Place) -> Option<(Place, u16)> {
        let (mut place, mut cost) = (place, 0);
        for &code in form {
            // As it stands where that will do, else by the first confusion that fits.
            let (next, confusion) = self.ways(place).find(|(next, _)| next.code == code)?;
            self.take(next);
            if confusion < usize::MAX {
                self.used.insert(confusion);
            }
            (place, cost) = (next.place, cost + next.cost);
        }
        Some((place, cost))
    }
}
