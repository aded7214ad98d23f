//! Morphology: what a word is made of. The lexicon says which stems there are, the grammar of `data/morph/` what may
//! stand before and behind each; [`search`] finds the ways to read a word with both.

mod analysis;
mod analyzer;
mod generator;
mod grammar;
mod guess;
mod lemmatizer;
mod search;
mod sound;
mod split;
mod stem_forms;
mod stemmer;

use std::borrow::Cow;

pub use analysis::{Analyses, Analysis, AnalysisSource, Segment};
pub use analyzer::Analyzer;
pub use generator::{Form, Generator};
pub use lemmatizer::Lemmatizer;
pub(crate) use split::Following;
pub(crate) use stem_forms::StemForms;
pub use stemmer::Stemmer;

use crate::key;
use crate::lexicon::{Cursor, Lexicon, LexiconEntry, PartOfSpeech};
use grammar::{Class, Grammar};
use search::Search;
use sound::SoundClass;

pub(crate) use search::{MAX_CODES, MAX_PIECES, Next, OPEN_VOWELS, Path, Place, Reading, Text, Word};

/// What it costs to read a word in another spelling, in hundredths.
const RESPELLING_COST: u16 = 200;
/// What the rest of such a reading may cost.
const RESPELLING_MOST: u16 = 250;
/// What a preposition that is written on to the word adds to that.
const PROCLITIC_COST: u16 = 300;
/// Letters that a word, and the stem found in it, must have to be read in another spelling.
const MIN_RESPELLED: usize = 3;
/// Letters that a word must have behind a preposition that is written on to it.
const PROCLITIC_REST: usize = 3;

/// A lexicon and the grammar, ready to read words: what the analyzer, the stemmer, the lemmatizer and the tagger share.
#[derive(Debug)]
pub(crate) struct Engine<D> {
    lexicon: Lexicon<D>,
    grammar: &'static Grammar,
    /// What the grammar makes of each class that the lexicon names.
    classes: Vec<Option<Class>>,
    /// States that the code begins from.
    number: grammar::State,
    name: grammar::State,
    free: grammar::State,
    part: grammar::State,
}

#[cfg(feature = "compiled_data")]
impl Engine<&'static [u8]> {
    /// The engine over the embedded lexicon.
    pub(crate) fn embedded() -> std::sync::Arc<Self> {
        static ENGINE: once_cell::sync::Lazy<std::sync::Arc<Engine<&'static [u8]>>> =
            once_cell::sync::Lazy::new(|| std::sync::Arc::new(Engine::new(Lexicon::embedded().clone())));
        std::sync::Arc::clone(&ENGINE)
    }
}

impl<D: AsRef<[u8]>> Engine<D> {
    pub(crate) fn new(lexicon: Lexicon<D>) -> Self {
        let grammar = Grammar::embedded();
        let classes = lexicon.classes().iter().map(|name| grammar.class(name)).collect();
        Self {
            classes,
            grammar,
            number: grammar.state("NUM"),
            name: grammar.state("PN"),
            free: grammar.state("N1"),
            part: grammar.state("V1"),
            lexicon,
        }
    }

    pub(crate) fn lexicon(&self) -> &Lexicon<D> {
        &self.lexicon
    }

    /// Tells `visit` of every reading by lexicon and grammar that costs at most the limit that it is handed, and may
    /// lower. Where there is none, of those with a preposition cut off; where there is none either, of those of the
    /// first other spelling that has any, which is returned.
    fn readings<'a>(&'a self, word: &Word, mut visit: impl FnMut(&Reading<'a>, &mut u16)) -> Option<Word> {
        let codes = word.codes();
        let mut found = false;
        if codes.first().is_some_and(|&code| is_digit_code(code)) {
            self.number(codes, &mut visit);
            return None;
        }
        self.lexical(codes, 0, &mut visit_and(&mut found, &mut visit));
        if !found {
            self.proclitic(codes, 0, &mut visit_and(&mut found, &mut visit));
        }
        if found {
            return None;
        }
        // A short stem, or a long chain behind it, proves nothing of another spelling.
        let mut plausible = |found: &mut bool, reading: &Reading<'a>, limit: &mut u16, most: u16| {
            let stem = reading.path.known().last().map_or(0, |known| usize::from(known.end - known.start));
            if stem >= MIN_RESPELLED && reading.path.cost <= RESPELLING_COST + most {
                *found = true;
                visit(reading, limit);
            }
        };
        let mut tried = |proclitic: bool| {
            self.respelled(word, |word| {
                let mut found = false;
                let codes = word.codes();
                if proclitic {
                    let most = RESPELLING_MOST + PROCLITIC_COST;
                    self.proclitic(codes, RESPELLING_COST, &mut |reading: &Reading<'a>, limit: &mut u16| {
                        plausible(&mut found, reading, limit, most);
                    });
                } else {
                    self.lexical(codes, RESPELLING_COST, &mut |reading: &Reading<'a>, limit: &mut u16| {
                        plausible(&mut found, reading, limit, RESPELLING_MOST);
                    });
                }
                found
            })
        };
        tried(false).or_else(|| tried(true))
    }

    /// The readings by lexicon and grammar of the codes as they are; `cost` is added to each.
    fn lexical<'a>(&'a self, codes: &[u8], cost: u16, visit: &mut impl FnMut(&Reading<'a>, &mut u16)) {
        let root = Cursor::root(self.lexicon.fst());
        let visit = |reading: &Reading<'a>, _: &[u8], limit: &mut u16| visit(reading, limit);
        self.search(codes, visit).lexical(root, 0, Place::default(), None, Path::new(cost));
    }

    /// The first other spelling of the word that `wanted` accepts: `data/morph/respellings.tsv`.
    fn respelled(&self, word: &Word, mut wanted: impl FnMut(&Word) -> bool) -> Option<Word> {
        let codes = word.codes();
        if codes.len() < MIN_RESPELLED {
            return None;
        }
        self.grammar.respellings.iter().find_map(|(from, to)| {
            (1..codes.len()).find_map(|at| {
                let doubled = codes.get(at - 1) == from.first() || codes.get(at + from.len()) == from.last();
                let here = codes.get(at..)?.starts_with(from) && !doubled;
                here.then(|| word.replaced(at, from.len(), to)).flatten().filter(|word| wanted(word))
            })
        })
    }

    fn search<'a, T: Text, V: FnMut(&Reading<'a>, &[u8], &mut u16)>(
        &'a self,
        text: T,
        visit: V,
    ) -> Search<'a, 'a, D, T, V> {
        let Self { grammar, lexicon, classes, .. } = self;
        Search { grammar, lexicon, classes, text, limit: u16::MAX, visit }
    }

    /// Readings of a word as it may have been meant; `visit` is told what was.
    pub(crate) fn intended<'a>(
        &'a self,
        text: impl Text,
        limit: u16,
        visit: impl FnMut(&Reading<'a>, &[u8], &mut u16),
    ) {
        let mut search = self.search(text, visit);
        search.limit = limit;
        search.lexical(Cursor::root(self.lexicon.fst()), 0, Place::default(), None, Path::new(0));
    }

    /// Whether the word as it stands can be read, if only as two words written together.
    pub(crate) fn is_known(&self, word: &Word) -> bool {
        matches!(self.best(word), Some((_, None)))
    }

    /// A number in digits with what is written on to it. How the number sounds is not known: first as after a
    /// consonant, then as after ا.
    fn number<'a>(&'a self, codes: &[u8], visit: &mut impl FnMut(&Reading<'a>, &mut u16)) {
        let inside = |code: u8| is_digit_code(code) || matches!(code, b'.' | b',' | b'/' | b':' | b'-');
        let digits = codes.iter().take_while(|&&code| inside(code)).count();
        let Some(reading) = bare(0, digits, 0) else { return };
        let mut found = false;
        for class in [SoundClass::C, SoundClass::A] {
            if !found {
                let told = |reading: &Reading<'a>, _: &[u8], limit: &mut u16| {
                    found = true;
                    visit(reading, limit);
                };
                self.search(codes, told).ending(self.number, Place::same(digits), Some(class), &reading);
            }
        }
    }

    /// A preposition written on to a noun or name: لەشەڕەکەدا.
    fn proclitic<'a>(&'a self, codes: &[u8], cost: u16, visit: &mut impl FnMut(&Reading<'a>, &mut u16)) {
        for preposition in &self.grammar.proclitics {
            let Some(rest) = codes.strip_prefix(preposition.as_slice()) else { continue };
            if rest.len() < PROCLITIC_REST {
                continue;
            }
            let at = preposition.len();
            let nominal = |pos: PartOfSpeech| {
                use PartOfSpeech::{Adjective, Noun, Numeral, Pronoun, ProperNoun};
                matches!(pos, Noun | ProperNoun | Adjective | Numeral | Pronoun)
            };
            let told = |reading: &Reading<'a>, _: &[u8], limit: &mut u16| {
                let stem = reading.path.known().last().map_or(0, |known| usize::from(known.end - known.start));
                let verbal = reading.path.stem_class.is_some();
                if stem >= PROCLITIC_REST && !verbal && reading.entry.is_some_and(|entry| nominal(entry.pos)) {
                    visit(reading, limit);
                }
            };
            let root = Cursor::root(self.lexicon.fst());
            if let Some(path) = self.proclitic_path(preposition, cost) {
                self.search(codes, told).lexical(root, at, Place::same(at), None, path);
            }
        }
    }

    /// A path that begins with the preposition.
    fn proclitic_path(&self, form: &[u8], cost: u16) -> Option<Path> {
        let mut path = None;
        let visit = |reading: &Reading<'_>, _: &[u8], _: &mut u16| path = Some(reading.path);
        let start = self.grammar.state("ROOT");
        let reading = Reading { path: Path::new(cost), entry: None, features: 0 };
        self.search(form, visit).ending(start, Place::default(), None, &reading);
        path
    }

    /// The best reading by lexicon and grammar, and the other spelling that it is one of. Allocates nothing.
    fn best<'a>(&'a self, word: &Word) -> Option<(Reading<'a>, Option<Word>)> {
        let mut best: Option<Reading<'a>> = None;
        let respelled = self.readings(word, |reading, limit| {
            if best.as_ref().is_none_or(|best| reading.rank() < best.rank()) {
                *limit = reading.path.cost;
                best = Some(*reading);
            }
        });
        best.map(|best| (best, respelled))
    }

    fn has_morph(&self, path: &Path, wanted: impl Fn(&str) -> bool) -> bool {
        path.morphs().iter().any(|placed| self.grammar.morph(placed.morph).is_some_and(|morph| wanted(&morph.name)))
    }

    /// The part of speech of the word as it stands.
    fn pos(&self, entry: &LexiconEntry<'_>, path: &Path) -> PartOfSpeech {
        if path.stem_class.is_some() {
            if self.has_morph(path, |name| name == "INF") {
                return PartOfSpeech::Noun;
            }
            if self.has_morph(path, |name| name == "PTCP") {
                return PartOfSpeech::Adjective;
            }
        }
        entry.pos
    }

    /// The dictionary form of a reading.
    fn lemma<'a>(&self, text: &'a str, word: &Word, reading: &Reading<'a>) -> Cow<'a, str> {
        match reading.entry {
            Some(entry) => Cow::Borrowed(entry.lemma),
            None => self.surface(text, word, reading),
        }
    }

    /// The stem for an index: the lemma, but for ordinals and fused prepositions.
    fn stem<'a>(&self, text: &'a str, word: &Word, reading: &Reading<'a>) -> Cow<'a, str> {
        let ordinal = reading.path.morphs().iter().find(|placed| {
            self.grammar.morph(placed.morph).is_some_and(|morph| matches!(morph.name.as_str(), "ORD" | "ORD2"))
        });
        if let Some(ordinal) = ordinal {
            let start = reading.path.known().first().map_or(0, |known| word.offset(usize::from(known.start)));
            let end = word.offset(usize::from(ordinal.end));
            let form = text.get(start..end).unwrap_or(text);
            // یەکەمین goes with یەکەم.
            return Cow::Borrowed(form.strip_suffix("ین").unwrap_or(form));
        }
        match reading.entry {
            Some(entry) => Cow::Borrowed(entry.lemma.split_once('+').map_or(entry.lemma, |(_, second)| second)),
            None => self.surface(text, word, reading),
        }
    }

    /// The stem as it stands in the word.
    #[expect(clippy::unused_self, reason = "beside `lemma` and `stem`, which need it")]
    fn surface<'a>(&self, text: &'a str, word: &Word, reading: &Reading<'a>) -> Cow<'a, str> {
        let stem = reading.path.known().last();
        let range = stem.map(|known| word.offset(usize::from(known.start))..word.offset(usize::from(known.end)));
        Cow::Borrowed(range.and_then(|range| text.get(range)).unwrap_or(text))
    }

    /// The cheapest chain of nominal endings that takes the word from code `at` to its end; for names, which need not
    /// be in the lexicon. `None` where the rest is no such chain.
    pub(crate) fn name_ending(&self, word: &Word, at: usize) -> Option<u16> {
        /// Endings that would cut into names, and those of some dialects only.
        const NOT_ON_NAMES: [&str; 9] =
            ["OBL.M", "OBL.F", "VOC.M", "VOC.F", "VOC.PL", "INDF.S", "LINK", "PL.GEL", "COP.2SG"];
        let mut best = None;
        let visit = |reading: &Reading<'_>, _: &[u8], limit: &mut u16| {
            if !self.has_morph(&reading.path, |name| NOT_ON_NAMES.contains(&name)) {
                *limit = reading.path.cost;
                best = Some(reading.path.cost);
            }
        };
        let reading = bare(0, at, 0)?;
        self.search(word.codes(), visit).ending(self.name, Place::same(at), None, &reading);
        best
    }

    /// What the cheapest reading of the word as an ordinary one costs, in hundredths; names do not count, nor do other
    /// spellings.
    pub(crate) fn ordinary_cost(&self, word: &Word) -> Option<u16> {
        let mut best: Option<u16> = None;
        self.lexical(word.codes(), 0, &mut |reading: &Reading<'_>, limit: &mut u16| {
            if reading.entry.is_some_and(|entry| entry.pos != PartOfSpeech::ProperNoun) {
                *limit = reading.path.cost;
                best = Some(reading.path.cost);
            }
        });
        best
    }

    /// Whether the word itself, with no ending cut, is an ordinary word of the lexicon: no name.
    pub(crate) fn is_ordinary(&self, word: &str) -> bool {
        self.lexicon.lookup(word).any(|entry| entry.pos != PartOfSpeech::ProperNoun)
    }
}

/// A visitor that also notes that it was called.
fn visit_and<'f, 'a, V: FnMut(&Reading<'a>, &mut u16)>(
    found: &'f mut bool,
    visit: &'f mut V,
) -> impl FnMut(&Reading<'a>, &mut u16) + use<'f, 'a, V> {
    |reading, limit| {
        *found = true;
        visit(reading, limit);
    }
}

/// A reading whose stem, not in the lexicon, takes the codes `start..end`.
fn bare<'a>(start: usize, end: usize, cost: u16) -> Option<Reading<'a>> {
    let mut path = Path::new(cost);
    path.push_known(start, end).then_some(Reading { path, entry: None, features: 0 })
}

fn is_digit_code(code: u8) -> bool {
    const ZERO: u8 = key::code_of('٠');
    const NINE: u8 = key::code_of('٩');
    code.is_ascii_digit() || (ZERO..=NINE).contains(&code)
}
