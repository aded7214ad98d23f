//! One line of text: what its words were meant to be, and whether the line as a whole bears it out.
//!
//! A keyboard that lacks a letter lacks it in every word. So a confusion is thought of only where the line never has the
//! letter that was meant, words that nobody knows are the witnesses, and one way of writing a letter is believed over
//! the others by the number of words that it explains. The line is changed only where that is likelier than a line of
//! clean text with as many unknown words that happen to be one letter from a known one.

use super::confusions::{ConfusionSet, Confusions, When};
use super::intended::Intended;
use crate::key::code_of;
use crate::lexicon::PartOfSpeech;
use crate::morph::{Engine, Word};

/// Codes of the longest word that is restored.
const MAX_WRITTEN: usize = 32;
/// The most that a reading of what was meant may cost.
const MAX_COST: u16 = 400;
/// What a word of the grammar costs less than others.
const CLOSED_SAVES: u16 = 60;
/// What a proper noun costs more: names are many, short, and close to everything.
const NAME_COST: u16 = 40;

/// The evidence, in hundredths of a natural logarithm of a likelihood ratio.
///
/// In clean text one word in a hundred or so is unknown and yet close to a known one; in text from a keyboard without
/// the letter it is one in five, so that each such word counts ln 20 for it.
const WITNESS: i32 = 300;
/// Each other word counts against it: ln of 0.8.
const OTHER_WORD: i32 = -19;
/// The same with the most that clean text can explain, one in five lines being written on such a keyboard.
const PRIOR: i32 = -140;
/// What a text tells that also had letters of another keyboard.
const FOREIGN: i32 = 200;

/// What a word may have been meant as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Meant {
    pub(super) codes: Vec<u8>,
    pub(super) cost: u16,
    pub(super) used: ConfusionSet,
}

/// A word of the line.
#[derive(Debug)]
struct Spot {
    word: Word,
    /// What it costs to read the word as it stands.
    known: Option<u16>,
    meant: Option<Meant>,
}

/// The words of a line, in order.
#[derive(Debug)]
pub(super) struct Line {
    spots: Vec<Spot>,
    /// How often each code stands in the line, where its place says something.
    present: [u32; 256],
    letters: u32,
    /// Whether the line, before the letters were made Kurdish, had letters of another keyboard.
    foreign: bool,
}

impl Line {
    pub(super) fn new(foreign: bool) -> Self {
        Self { spots: Vec::new(), present: [0; 256], letters: 0, foreign }
    }

    /// Adds a word; one that is too long to be restored counts all the same.
    pub(super) fn push(&mut self, text: &str) -> bool {
        let Some(word) = Word::new(text).filter(|word| word.codes().len() <= MAX_WRITTEN) else { return false };
        let codes = word.codes();
        for (at, &code) in codes.iter().enumerate() {
            // The normalizer writes ڕ at the beginning and ە at the end by itself.
            let written_for = code == code_of('ڕ') && at == 0 || code == code_of('ە') && at + 1 == codes.len();
            if let Some(count) = self.present.get_mut(usize::from(code)).filter(|_| !written_for) {
                *count += 1;
            }
        }
        self.letters = self.letters.saturating_add(u32::try_from(codes.len()).unwrap_or(u32::MAX));
        self.spots.push(Spot { word, known: None, meant: None });
        true
    }

    fn count(&self, code: u8) -> u32 {
        self.present.get(usize::from(code)).copied().unwrap_or(0)
    }

    /// Decides what each word was meant as; `None` for those that stay.
    pub(super) fn decide<D: AsRef<[u8]>>(mut self, engine: &Engine<D>) -> Vec<Option<Meant>> {
        let table = Confusions::embedded();
        let mut open = ConfusionSet::default();
        for (at, confusion) in table.all.iter().enumerate() {
            let thinkable = match confusion.when {
                When::Absent => self.count(confusion.letter) == 0,
                When::Foreign => true,
                When::Always => self.foreign,
            };
            if thinkable {
                open.insert(at);
            }
        }
        for spot in &mut self.spots {
            spot.known = engine.known_cost(&spot.word);
            if spot.known.is_none() {
                spot.meant = meant(engine, Intended::new(spot.word.codes(), table, open), MAX_COST);
            }
        }
        let support = self.support(table);
        let score = self.score(table, &support);
        if score <= 0 {
            return self.spots.iter().map(|_| None).collect();
        }
        let (settled, proven) = self.settle(table, open, &support);
        for spot in &mut self.spots {
            let word = Intended::new(spot.word.codes(), table, settled).with_proven(proven);
            spot.meant = match spot.known {
                None => meant(engine, word, MAX_COST),
                Some(_) => {
                    let word = Intended::new(spot.word.codes(), table, proven).with_proven(proven);
                    let exact =
                        meant(engine, Intended::new(spot.word.codes(), table, ConfusionSet::default()), MAX_COST);
                    let exact_cost = exact.as_ref().map_or(MAX_COST, |exact| exact.cost);
                    let final_yeh = |meant: &Meant| {
                        let (old, new) = (spot.word.codes(), &meant.codes);
                        old.len() == new.len()
                            && old.split_last().map(|(_, rest)| rest) == new.split_last().map(|(_, rest)| rest)
                            && meant.cost + 60 > exact_cost.saturating_sub(100)
                    };
                    meant(engine, word, exact_cost.saturating_add(80)).filter(|meant| {
                        meant.codes != spot.word.codes()
                            && meant.cost <= exact_cost.saturating_add(15)
                            && !final_yeh(meant)
                    })
                }
            };
        }
        self.spots.into_iter().map(|spot| spot.meant).collect()
    }

    /// One way of writing a letter only, the one that explains most; and what is borne out.
    fn settle(&self, table: &Confusions, open: ConfusionSet, support: &[u32]) -> (ConfusionSet, ConfusionSet) {
        let (mut settled, mut proven) = (open, ConfusionSet::default());
        let count = |at: usize| support.get(at).copied().unwrap_or(0);
        for (at, confusion) in table.all.iter().enumerate().filter(|(at, _)| open.contains(*at)) {
            if confusion.when == When::Always {
                continue;
            }
            let mut rivals = table.all.iter().enumerate().filter(|(other, rival)| {
                rival.letter == confusion.letter && rival.when == confusion.when && count(*other) > 2 * count(at)
            });
            if confusion.when == When::Absent && rivals.next().is_some() {
                settled.remove(at);
                continue;
            }
            let absent = self.letters * confusion.share / 10;
            if count(at) >= 2 || count(at) == 1 && absent >= 200 {
                proven.insert(at);
            }
        }
        (settled, proven)
    }

    /// How many unknown words each confusion explains.
    fn support(&self, table: &Confusions) -> Vec<u32> {
        let mut support = vec![0; table.all.len()];
        for at in self.spots.iter().filter_map(|spot| spot.meant.as_ref()).flat_map(|meant| meant.used.iter()) {
            if let Some(count) = support.get_mut(at) {
                *count += 1;
            }
        }
        support
    }

    fn score(&self, table: &Confusions, support: &[u32]) -> i32 {
        let telling = |at: usize| table.all.get(at).is_some_and(|confusion| confusion.when != When::Always);
        let witnesses =
            self.spots.iter().filter(|spot| spot.meant.as_ref().is_some_and(|meant| meant.used.iter().any(telling)));
        let witnesses = i32::try_from(witnesses.count()).unwrap_or(i32::MAX / 1000);
        let words = i32::try_from(self.spots.len()).unwrap_or(i32::MAX / 1000);
        // What it would take for clean text never to have the letter.
        let mut absent: i32 = 0;
        let mut counted = [false; 256];
        for (at, confusion) in table.all.iter().enumerate() {
            let supported = support.get(at).is_some_and(|&count| count > 0);
            if let Some(counted) = counted.get_mut(usize::from(confusion.letter)) {
                if supported && confusion.when == When::Absent && !*counted {
                    *counted = true;
                    absent += i32::try_from(self.letters * confusion.share / 10).unwrap_or(0).min(1000);
                }
            }
        }
        witnesses * WITNESS
            + words * OTHER_WORD
            + std::env::var("PRIOR").map_or(PRIOR, |p| p.parse().unwrap())
            + absent
            + if self.foreign { FOREIGN } else { 0 }
    }
}

/// What the word may have been meant as, of what costs at most `limit`: the cheapest.
fn meant<D: AsRef<[u8]>>(engine: &Engine<D>, word: Intended<'_>, limit: u16) -> Option<Meant> {
    let mut best: Option<(u16, Vec<u8>)> = None;
    engine.intended(word, limit, |reading, meant, limit| {
        let cost = reading.path.cost + reading.entry.map_or(0, |entry| weight(entry.pos()));
        if cost <= limit.saturating_add(CLOSED_SAVES) && best.as_ref().is_none_or(|best| cost < best.0) {
            best = Some((cost, meant.to_vec()));
            *limit = cost;
        }
    });
    best.map(|(cost, codes)| {
        let used = word.used(&codes);
        Meant { codes, cost, used }
    })
}

/// What a word costs by its part of speech: words of the grammar are a third of all text.
fn weight(pos: PartOfSpeech) -> u16 {
    use PartOfSpeech::{
        Adposition, Adverb, Conjunction, Determiner, Interjection, Numeral, Particle, Pronoun, ProperNoun, Subordinator,
    };
    match pos {
        Adposition | Conjunction | Subordinator | Determiner | Pronoun | Particle | Adverb | Numeral => 0,
        Interjection | ProperNoun => CLOSED_SAVES + NAME_COST,
        _ => CLOSED_SAVES,
    }
}
