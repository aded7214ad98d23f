//! One stretch of text, a line as a rule: what its words were meant to be, and whether the stretch bears it out.
//!
//! A keyboard that lacks a letter lacks it in every word. So a confusion is thought of only where the stretch never has
//! the letter that was meant, words that nobody can read are the witnesses, and one way of writing a letter is believed
//! over the others by the number of words that it explains. The stretch is changed only where that is likelier than
//! clean text in which as many words happen to be close to likelier ones.

use super::confusions::{Confusion, ConfusionSet, Confusions, When};
use super::intended::Intended;
use super::other_languages::is_of_another_language;
use crate::Span;
use crate::key::code_of;
use crate::lexicon::PartOfSpeech;
use crate::morph::{Engine, Text, Word};
use crate::normalize::{Rule, RuleSet};

/// Codes of the longest word that is restored.
const MAX_WRITTEN: usize = 32;
/// Pieces that a broken word is put together from, at most.
const MAX_PIECES: usize = 5;
/// The most that a reading of what was meant may cost.
const MAX_COST: u16 = 300;
/// What a word of the grammar costs less than others.
const CLOSED_SAVES: u16 = 60;
/// What a proper noun costs more: names are many, short, and close to everything.
const NAME_COST: u16 = 120;
/// What a word that nobody can read costs; one that reads only as two words written together costs hardly less.
const UNKNOWN: u16 = 650;
const READ_AS_TWO: u16 = 450;
/// What a meant word may cost more than the same letters as they stand, where the letter is proven to be missing.
const MARGIN: u16 = 10;
/// What each word of a line costs where broken words are put together, so that fewer and longer words win.
const BROKEN_COST: u32 = 150;
/// How much less a line has to cost with its broken words put together.
const BROKEN_SAVES: u32 = 400;

/// The evidence is a logarithm of a likelihood ratio, in hundredths: what a word costs less as it was meant than as it
/// stands speaks for the keyboard, above this. Clean text has words that happen to be close to a likelier one too.
const CHANCE: u16 = 80;
/// Each word speaks against it: the logarithm of 0.8, one word in five being touched where a letter is missing.
const EACH_WORD: i32 = -19;
/// Each letter that would have to be missing speaks against it.
const EACH_LETTER: i32 = -120;
/// What is thought of a stretch before it is read: one in a hundred and fifty lacks a letter.
const PRIOR: i32 = -330;
/// What a stretch tells that also had letters of another keyboard.
const FOREIGN: i32 = 200;

/// What a word may have been meant as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Meant {
    pub(super) codes: Vec<u8>,
    pub(super) cost: u16,
    pub(super) used: ConfusionSet,
    pos: Option<PartOfSpeech>,
}

impl Meant {
    /// Names are spelled as their bearers do, with وو or without.
    fn is_name(&self) -> bool {
        self.pos == Some(PartOfSpeech::ProperNoun)
    }
}

/// A word of the stretch.
#[derive(Debug)]
struct Spot {
    span: Span,
    /// Its codes; of a broken word, without the spaces.
    word: Word,
    broken: bool,
    /// What it costs to read the word as it stands; at least [`READ_AS_TWO`] where it cannot be read.
    exact: u16,
    /// What it may have been meant as, where that is another word.
    meant: Option<Meant>,
}

impl Spot {
    const fn is_known(&self) -> bool {
        self.exact < READ_AS_TWO
    }

    /// Whether a known word was rather meant as `meant`.
    fn is_better(&self, meant: &Meant) -> bool {
        // ی at the end is an ending that everything takes.
        let stem = self.word.codes().strip_suffix(&[code_of('ی')]);
        let only_yeh = stem.is_some_and(|stem| meant.codes.len() == stem.len() + 1 && meant.codes.starts_with(stem));
        meant.cost <= self.exact.saturating_add(MARGIN) && !only_yeh
    }

    /// What the word tells for a keyboard that lacks letters.
    fn evidence(&self) -> i32 {
        let saved = self.meant.as_ref().map_or(0, |meant| self.exact.saturating_sub(meant.cost));
        i32::from(saved.saturating_sub(CHANCE))
    }
}

/// A change to make.
#[derive(Debug)]
pub(super) struct Restored {
    pub(super) span: Span,
    pub(super) codes: Vec<u8>,
    pub(super) rules: RuleSet,
}

/// The words of a stretch, in order.
#[derive(Debug)]
pub(super) struct Stretch {
    spots: Vec<Spot>,
    /// How often each code stands in the stretch, where its place says something.
    present: [u32; 256],
    letters: u32,
    /// Words that no Kurdish text has.
    strange: usize,
    /// Whether the text, before its letters were made Kurdish, had letters of another keyboard here.
    foreign: bool,
    on: RuleSet,
}

impl Stretch {
    pub(super) fn new(foreign: bool, on: RuleSet) -> Self {
        Self { spots: Vec::new(), present: [0; 256], letters: 0, strange: 0, foreign, on }
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.spots.len()
    }

    /// Whether words written on to one another are parted: clean text writes them so out of habit.
    pub(super) fn parts_words(&self) -> bool {
        self.foreign && self.on.contains(Rule::WrittenOnWords) && !self.is_of_another_language()
    }

    /// Adds a word, but for one that is too long to be restored, or has a letter of several codes: ã, ڣ. A part of such
    /// a letter looks like a letter of its own, and replaced by another it would make a third.
    pub(super) fn push(&mut self, span: Span, text: &str) {
        self.strange += usize::from(is_of_another_language(text));
        let fits = |word: &Word| word.codes().len() <= MAX_WRITTEN && word.codes().len() == text.chars().count();
        if let Some(word) = Word::new(text).filter(fits) {
            self.count_in(&word);
            self.spots.push(Spot { span, word, broken: false, exact: UNKNOWN, meant: None });
        }
    }

    fn count_in(&mut self, word: &Word) {
        let codes = word.codes();
        for (at, &code) in codes.iter().enumerate() {
            // The normalizer writes ڕ at the beginning and ە at the end by itself.
            let written_for = code == code_of('ڕ') && at == 0 || code == AE && at + 1 == codes.len();
            if let Some(count) = self.present.get_mut(usize::from(code)).filter(|_| !written_for) {
                *count += 1;
            }
        }
        self.letters = self.letters.saturating_add(u32::try_from(codes.len()).unwrap_or(u32::MAX));
    }

    /// Whether the stretch is rather Arabic or Persian than Kurdish: every fifth word is of one of them.
    fn is_of_another_language(&self) -> bool {
        self.strange > 0 && self.strange * 5 >= self.spots.len()
    }

    fn has(&self, code: u8) -> bool {
        self.present.get(usize::from(code)).is_some_and(|&count| count > 0)
    }

    /// Decides what to change. `text` is what the spans point into.
    pub(super) fn decide<D: AsRef<[u8]>>(mut self, text: &str, engine: &Engine<D>) -> Vec<Restored> {
        if self.is_of_another_language() {
            return Vec::new();
        }
        if self.on.contains(Rule::BrokenWords) {
            self.mend_broken(text, engine);
        }
        let table = Confusions::embedded();
        let open = self.open(table);
        for spot in &mut self.spots {
            spot.exact = match cheapest(engine, &engine.written(spot.word.codes()), u16::MAX) {
                Some((cost, ..)) => cost.min(READ_AS_TWO - 1),
                None if engine.is_known(&spot.word) => READ_AS_TWO,
                None => UNKNOWN,
            };
        }
        self.think(engine, table, open, |spot| !spot.is_known());
        let open = self.drop_rivals(engine, table, open);
        // Known words are worth a thought only where they can tip the scales.
        let most = |spot: &Spot| if spot.is_known() { i32::from(spot.exact.saturating_sub(CHANCE)) } else { 0 };
        let hope = self.spots.iter().map(most).fold(0, i32::saturating_add);
        let mut score = self.score(table);
        if score <= 0 && score.saturating_add(hope) > 0 {
            self.think(engine, table, open, |spot| spot.is_known() && spot.exact > CHANCE);
            score = self.score(table);
        }
        if score > 0 {
            self.settle(engine, table, open);
            // A preposition does not end a line: بو at the end is hardly بۆ.
            if let Some(last) = self.spots.last_mut() {
                last.meant = last.meant.take().filter(|meant| meant.pos != Some(PartOfSpeech::Adposition));
            }
        } else {
            // A doubled letter needs no missing key, and a letter of another alphabet tells by itself.
            // Yet a word that is likelier with a missing letter is left alone.
            let certain = Self::certain(table, open);
            if !certain.is_empty() {
                self.think(engine, table, open, Spot::is_known);
            }
            for spot in &mut self.spots {
                let sure = |meant: &Meant| !meant.is_name() && meant.cost < spot.exact && meant.used.is_subset(certain);
                spot.meant = spot.meant.take().filter(sure);
            }
        }
        self.spots.into_iter().filter_map(|spot| spot.restored(table)).collect()
    }

    /// The confusions that may be thought of.
    fn open(&self, table: &Confusions) -> ConfusionSet {
        let thinkable = |confusion: &Confusion| match confusion.when {
            When::Absent => self.on.contains(Rule::MissingLetters) && !self.has(confusion.letter),
            When::Foreign => self.on.contains(Rule::MissingLetters),
            When::Always => self.on.contains(confusion.rule) && self.foreign,
        };
        let mut open = ConfusionSet::default();
        for (at, _) in table.all.iter().enumerate().filter(|(_, confusion)| thinkable(confusion)) {
            open.insert(at);
        }
        open
    }

    /// Those of `open` that say nothing of missing letters.
    fn certain(table: &Confusions, open: ConfusionSet) -> ConfusionSet {
        let mut certain = open;
        let missing = |confusion: &Confusion| {
            confusion.when == When::Absent || confusion.when == When::Always && confusion.rule == Rule::MissingLetters
        };
        for (at, _) in table.all.iter().enumerate().filter(|(_, confusion)| missing(confusion)) {
            certain.remove(at);
        }
        certain
    }

    /// Finds what the words with `which` may have been meant as.
    fn think<D: AsRef<[u8]>>(
        &mut self,
        engine: &Engine<D>,
        table: &'static Confusions,
        open: ConfusionSet,
        which: impl Fn(&Spot) -> bool,
    ) {
        for spot in self.spots.iter_mut().filter(|spot| which(spot)) {
            let codes = spot.word.codes();
            spot.meant =
                readings(engine, Intended::new(codes, table, open), MAX_COST).filter(|meant| meant.codes != codes);
        }
    }

    /// One way of writing each letter: the one that explains most. A letter that was left out needs two words to show it,
    /// or a long text from another keyboard.
    fn drop_rivals<D: AsRef<[u8]>>(
        &mut self,
        engine: &Engine<D>,
        table: &'static Confusions,
        open: ConfusionSet,
    ) -> ConfusionSet {
        let support = self.support(table);
        let mut kept = open;
        for ((at, confusion), &count) in table.all.iter().enumerate().zip(&support) {
            let rival = |(rival, more): (&Confusion, &u32)| {
                rival.letter == confusion.letter && rival.when == When::Absent && *more > count
            };
            let long = self.foreign && self.letters.saturating_mul(confusion.share) >= 1_000;
            let lonely = confusion.written.is_empty() && count < 2 && !long;
            if confusion.when == When::Absent && (lonely || table.all.iter().zip(&support).any(rival)) {
                kept.remove(at);
            }
        }
        let gone =
            |spot: &Spot| spot.meant.as_ref().is_some_and(|meant| meant.used.iter().any(|at| !kept.contains(at)));
        self.think(engine, table, kept, gone);
        kept
    }

    /// How many words each confusion explains that are hard to explain otherwise.
    fn support(&self, table: &Confusions) -> Vec<u32> {
        let mut support = vec![0; table.all.len()];
        let telling = self.spots.iter().filter(|spot| spot.evidence() > 0);
        for at in telling.filter_map(|spot| spot.meant.as_ref()).flat_map(|meant| meant.used.iter()) {
            if let Some(count) = support.get_mut(at) {
                *count += 1;
            }
        }
        support
    }

    /// What speaks for a keyboard that lacks letters, and against it.
    fn score(&self, table: &Confusions) -> i32 {
        let telling = |at: usize| table.all.get(at).is_some_and(|confusion| confusion.when != When::Always);
        let witness = |spot: &&Spot| spot.meant.as_ref().is_some_and(|meant| meant.used.iter().any(telling));
        let evidence = self.spots.iter().filter(witness).map(Spot::evidence).fold(0, i32::saturating_add);
        let words = i32::try_from(self.spots.len()).unwrap_or(i32::MAX);
        // Clean text would hardly do without a letter for so long: the logarithm of that probability.
        let mut missing: i32 = 0;
        let mut letters = Vec::new();
        for (confusion, count) in table.all.iter().zip(self.support(table)) {
            if count > 0 && confusion.when == When::Absent && !letters.contains(&confusion.letter) {
                letters.push(confusion.letter);
                let expected = self.letters.saturating_mul(confusion.share) / 10;
                missing += i32::try_from(expected.min(1_000)).unwrap_or(0) + EACH_LETTER;
            }
        }
        let foreign = if self.foreign { FOREIGN } else { 0 };
        evidence.saturating_add(missing + foreign + PRIOR).saturating_add(words.saturating_mul(EACH_WORD))
    }

    /// Decides again on the ground of what has been borne out.
    fn settle<D: AsRef<[u8]>>(&mut self, engine: &Engine<D>, table: &'static Confusions, open: ConfusionSet) {
        let mut proven = ConfusionSet::default();
        for ((at, confusion), count) in table.all.iter().enumerate().zip(self.support(table)) {
            let long = self.letters.saturating_mul(confusion.share) >= 2_000;
            if confusion.when != When::Always && open.contains(at) && (count >= 2 || count == 1 && long) {
                proven.insert(at);
            }
        }
        let certain = Self::certain(table, open);
        let mut doubled = ConfusionSet::default();
        for (at, _) in table.all.iter().enumerate().filter(|(_, confusion)| confusion.rule == Rule::DoubledLetters) {
            doubled.insert(at);
        }
        for spot in &mut self.spots {
            let codes = spot.word.codes();
            let known = spot.is_known();
            let word =
                Intended::new(codes, table, if known { proven.union(certain) } else { open }).with_proven(proven);
            let meant = readings(engine, word, MAX_COST);
            let transcribed = || {
                let (codes, used) = word.transcribed();
                Meant { codes, cost: UNKNOWN, used, pos: None }
            };
            spot.meant = match meant {
                Some(meant) => Some(meant).filter(|meant| !known || spot.is_better(meant)),
                None if known => None,
                None => Some(transcribed()),
            }
            .filter(|meant| meant.codes != codes && !(meant.is_name() && meant.used.is_subset(doubled)));
        }
    }

    /// Puts words together that were typed with ه and a space for the vowel: the normalizer has made ە of the ه.
    fn mend_broken<D: AsRef<[u8]>>(&mut self, text: &str, engine: &Engine<D>) {
        let opens = |spot: &Spot| matches!(spot.word.codes(), [.., AE] | [HEH, .., HEH]);
        let touches = |pair: &[Spot]| match pair {
            [left, right] => opens(left) && text.get(left.span.end()..right.span.start()) == Some(" "),
            _ => false,
        };
        if !self.foreign || self.has(AE) || self.spots.windows(2).filter(|pair| touches(pair)).count() < 2 {
            return;
        }
        let table = Confusions::embedded();
        let open = self.open(table);
        // Pieces that make no word are no better together than apart.
        let cost = |word: &Word, pieces: usize| {
            let word = Intended::new(word.codes(), table, open);
            let each = u32::from(UNKNOWN) + BROKEN_COST;
            let apart = each.saturating_mul(u32::try_from(pieces).unwrap_or(u32::MAX));
            readings(engine, word, MAX_COST).map_or(apart, |meant| u32::from(meant.cost) + BROKEN_COST)
        };
        // The cheapest way to cut the stretch up to each word, and where its last word begins.
        let mut best: Vec<(u32, usize)> = vec![(0, 0)];
        let mut apart = 0;
        for end in 1..=self.spots.len() {
            let mut cheapest = (u32::MAX, end - 1);
            for start in (end.saturating_sub(MAX_PIECES)..end).rev() {
                let pieces = self.spots.get(start..end).unwrap_or_default();
                if pieces.len() > 1 && !pieces.windows(2).take(1).all(touches) {
                    break;
                }
                let before = best.get(start).map_or(u32::MAX, |&(cost, _)| cost);
                let Some(word) = joined(pieces) else { break };
                let here = cost(&word, pieces.len());
                if pieces.len() == 1 {
                    apart += here;
                }
                cheapest = cheapest.min((before.saturating_add(here), start));
            }
            best.push(cheapest);
        }
        if best.last().is_none_or(|&(cost, _)| cost.saturating_add(BROKEN_SAVES) > apart) {
            return;
        }
        let mut mended = Vec::new();
        let mut end = self.spots.len();
        while let Some(&(_, start)) = best.get(end).filter(|_| end > 0) {
            let pieces = self.spots.get(start..end).unwrap_or_default();
            if let (Some(first), Some(last), Some(word)) = (pieces.first(), pieces.last(), joined(pieces)) {
                let span = Span::new(first.span.start(), last.span.end());
                mended.push(Spot { span, word, broken: pieces.len() > 1, exact: UNKNOWN, meant: None });
            }
            end = start;
        }
        mended.reverse();
        self.spots = mended;
        (self.present, self.letters) = ([0; 256], 0);
        let words: Vec<Word> = self.spots.iter().map(|spot| spot.word.clone()).collect();
        for word in &words {
            self.count_in(word);
        }
    }
}

const AE: u8 = code_of('ە');
const HEH: u8 = code_of('ه');

/// The word that the pieces make: ه at the end of a piece is the vowel, and a piece inside the word begins with no ڕ
/// but by the normalizer's hand.
fn joined(pieces: &[Spot]) -> Option<Word> {
    let mut text = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let begin = text.len();
        text.extend_from_slice(piece.word.codes());
        if let Some(first) = text.get_mut(begin).filter(|first| at > 0 && **first == code_of('ڕ')) {
            *first = code_of('ر');
        }
        if let Some(last) = text.last_mut().filter(|last| **last == HEH && at + 1 < pieces.len()) {
            *last = AE;
        }
    }
    (text.len() <= MAX_WRITTEN).then(|| Word::new(&crate::key::decode(&text))).flatten()
}

impl Spot {
    /// The change that the word needs.
    fn restored(self, table: &Confusions) -> Option<Restored> {
        let broken = if self.broken { RuleSet::from_iter([Rule::BrokenWords]) } else { RuleSet::default() };
        match self.meant {
            Some(meant) => {
                let rules = meant.used.iter().filter_map(|at| table.all.get(at)).map(|confusion| confusion.rule);
                Some(Restored { span: self.span, codes: meant.codes, rules: rules.collect::<RuleSet>().union(broken) })
            }
            None if self.broken => Some(Restored { span: self.span, codes: self.word.codes().to_vec(), rules: broken }),
            None => None,
        }
    }
}

/// What the word was meant as by its cheapest reading, of those that cost at most `limit`.
fn readings<D: AsRef<[u8]>>(engine: &Engine<D>, word: Intended<'_>, limit: u16) -> Option<Meant> {
    cheapest(engine, word, limit).map(|(cost, codes, pos)| {
        let used = word.used(&codes);
        Meant { codes, cost, used, pos }
    })
}

/// The cost of a reading, its codes, and the part of speech of its lemma, where it has one.
type Cheapest = (u16, Vec<u8>, Option<PartOfSpeech>);

/// The cheapest reading of the word.
fn cheapest<D: AsRef<[u8]>>(engine: &Engine<D>, word: impl Text, limit: u16) -> Option<Cheapest> {
    let mut best: Option<Cheapest> = None;
    engine.intended(word, limit, |reading, meant, limit| {
        let pos = reading.entry.map(|entry| entry.pos());
        let cost = reading.path.cost.saturating_add(pos.map_or(CLOSED_SAVES, weight));
        match &mut best {
            // Of two that cost the same the first stays: the order of the table of confusions decides.
            Some((least, ..)) if cost >= *least => return,
            Some((least, codes, of)) => {
                (*least, *of) = (cost, pos);
                codes.clear();
                codes.extend_from_slice(meant);
            }
            None => best = Some((cost, meant.to_vec(), pos)),
        }
        *limit = cost.min(*limit);
    });
    best
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
