//! A word as it may have been meant, for the search of its readings.

use std::cmp::Reverse;

use super::confusions::{Confusion, ConfusionSet, Confusions, When, Where};
use crate::key::code_of;
use crate::morph::{MAX_CODES, Next, OPEN_VOWELS, Place, Text};

/// Letters that may be a vowel at the beginning of a word, after ئ.
const VOWELS: [u8; 4] = [code_of('ا'), WAW, YEH, code_of('ە')];
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
}

impl<'w> Intended<'w> {
    pub(super) fn new(written: &'w [u8], confusions: &'static Confusions, open: ConfusionSet) -> Self {
        Self { written, confusions, open, proven: ConfusionSet::default(), meant: [0; MAX_CODES] }
    }

    /// The same word where `proven` have been borne out.
    pub(super) const fn with_proven(self, proven: ConfusionSet) -> Self {
        Self { proven, ..self }
    }

    /// The word with the proven letters of other alphabets made Kurdish, for a word that nothing else is known of, and
    /// the confusions that this undoes.
    pub(super) fn transcribed(&self) -> (Vec<u8>, ConfusionSet) {
        let (mut codes, mut used) = (Vec::new(), ConfusionSet::default());
        let mut place = Place::default();
        while let Some(exact) = self.exact(place) {
            let proven = self.fitting(self.confusions.written_as(exact.code).intersection(self.proven), place);
            let foreign = proven.iter().find_map(|at| {
                let confusion = self.confusions.all.get(at).filter(|confusion| confusion.when == When::Foreign)?;
                Some((at, confusion.next(place, true)))
            });
            let next = foreign.map_or(exact, |(at, next)| {
                used.insert(at);
                next
            });
            codes.push(next.code);
            place = next.place;
        }
        (codes, used)
    }

    /// The confusions through which the written word becomes `meant`, in the cheapest way.
    pub(super) fn used(mut self, meant: &[u8]) -> ConfusionSet {
        for (slot, &code) in self.meant.iter_mut().zip(meant) {
            *slot = code;
        }
        // For each number of written codes that have been read, the cost of the cheapest way there and its confusions.
        let start = |written: usize| (written == 0).then_some((0, ConfusionSet::default()));
        let mut ways: Vec<Option<(u16, ConfusionSet)>> = (0..=self.written.len()).map(start).collect();
        for (at, &code) in meant.iter().enumerate() {
            let mut on = vec![None; ways.len()];
            let mut arrive = |next: Next, cost: u16, used: ConfusionSet| {
                let cost = cost.saturating_add(next.cost);
                if let Some(way) = on.get_mut(next.place.written) {
                    if way.is_none_or(|(least, _)| cost < least) {
                        *way = Some((cost, used));
                    }
                }
            };
            for (written, way) in ways.iter().enumerate() {
                let &Some((cost, used)) = way else { continue };
                let place = Place { at, written };
                if let Some(exact) = self.exact(place).filter(|exact| exact.code == code) {
                    arrive(exact, cost, used);
                }
                for confusion in self.fitting(self.confusions.meant_as(code), place).iter() {
                    if let Some(hidden) = self.confusions.all.get(confusion) {
                        let mut used = used;
                        used.insert(confusion);
                        arrive(hidden.next(place, self.proven.contains(confusion)), cost, used);
                    }
                }
            }
            ways = on;
        }
        ways.pop().flatten().map_or_else(ConfusionSet::default, |(_, used)| used)
    }

    /// The letter at `place` as it stands.
    fn exact(&self, Place { at, written }: Place) -> Option<Next> {
        let &code = self.written.get(written)?;
        Some(Next { code, place: Place { at: at + 1, written: written + 1 }, cost: 0 })
    }

    /// How the letter `code` may be hidden at `place`: by as much of what is written as possible, since what it leaves
    /// would hardly go on the word: ێ is hidden by both letters of یئ. Of two such ways, by the cheaper.
    fn hidden(&self, code: u8, place: Place) -> Option<Next> {
        let fitting = self.fitting(self.confusions.meant_as(code), place);
        let next = |at: usize| Some(self.confusions.all.get(at)?.next(place, self.proven.contains(at)));
        fitting.iter().filter_map(next).min_by_key(|next| (Reverse(next.place.written), next.cost))
    }

    /// Those of `confusions` that may hide a letter at `place`.
    fn fitting(&self, confusions: ConfusionSet, place: Place) -> ConfusionSet {
        let mut fitting = self.open.intersection(confusions);
        for at in fitting.iter() {
            if !self.confusions.all.get(at).is_some_and(|confusion| self.fits(at, confusion, place)) {
                fitting.remove(at);
            }
        }
        fitting
    }

    fn fits(&self, at: usize, confusion: &Confusion, place: Place) -> bool {
        // In a short word a letter could be left out anywhere.
        let rash = self.written.len() <= SHORT
            && confusion.written.is_empty()
            && confusion.when == When::Absent
            && !self.proven.contains(at);
        let rest = self.written.get(place.written..).unwrap_or_default();
        let follows = match confusion.written.as_slice() {
            [] => true,
            &[code] => rest.first() == Some(&code),
            written => rest.starts_with(written),
        };
        !rash && follows && self.stands(confusion.place, confusion.letter, place)
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
            // At the end the second و is the conjunction: ئاوو هەوا.
            Where::AfterVowel => {
                before.is_some_and(|code| OPEN_VOWELS.contains(&code)) && place.written + 2 < self.written.len()
            }
            Where::Double => {
                let earlier = place.at.checked_sub(2).and_then(|at| self.meant.get(at)).copied();
                // ی may come three times: سەرەتایییەکان.
                let fits = earlier.is_some_and(|code| !OPEN_VOWELS.contains(&code) && (code != WAW || letter != WAW));
                fits && before == Some(letter) && place.written < self.written.len()
            }
        }
    }
}

/// The ways that lead on from a place: the letter as it stands, then those that it may hide.
pub(super) struct Ways {
    confusions: &'static Confusions,
    exact: Option<Next>,
    hidden: ConfusionSet,
    proven: ConfusionSet,
    place: Place,
}

impl Iterator for Ways {
    type Item = Next;

    fn next(&mut self) -> Option<Next> {
        if let Some(exact) = self.exact.take() {
            return Some(exact);
        }
        let confusion = self.hidden.pop()?;
        self.confusions.all.get(confusion).map(|hidden| hidden.next(self.place, self.proven.contains(confusion)))
    }
}

impl Confusion {
    /// The step over this confusion at `place`.
    fn next(&self, place: Place, proven: bool) -> Next {
        let place = Place { at: place.at + 1, written: place.written + self.written.len() };
        Next { code: self.letter, place, cost: if proven { self.cost / PROVEN } else { self.cost } }
    }
}

impl Text for Intended<'_> {
    type Ways = Ways;

    fn read(&self, place: Place) -> &[u8] {
        self.meant.get(..place.at).unwrap_or_default()
    }

    fn left(&self, place: Place) -> usize {
        self.written.len() - place.written
    }

    fn next(&self, place: Place) -> Ways {
        let exact = self.exact(place);
        let substituted = exact.map_or_else(ConfusionSet::default, |exact| self.confusions.written_as(exact.code));
        let hidden = self.fitting(substituted.union(self.confusions.left_out()), place);
        Ways { confusions: self.confusions, exact, hidden, proven: self.proven, place }
    }

    fn take(&mut self, next: Next) {
        if let Some(slot) = next.place.at.checked_sub(1).and_then(|at| self.meant.get_mut(at)) {
            *slot = next.code;
        }
    }

    fn follow(&mut self, form: &[u8], place: Place) -> Option<(Place, u16)> {
        let (mut place, mut cost) = (place, 0);
        for &code in form {
            let next = match self.exact(place).filter(|exact| exact.code == code) {
                Some(exact) => exact,
                None => self.hidden(code, place)?,
            };
            self.take(next);
            (place, cost) = (next.place, cost + next.cost);
        }
        Some((place, cost))
    }
}
