//! Morphology: what a word is made of. The lexicon says which stems there are, the grammar of `data/morph/` what may
//! stand before and behind each; [`search`] finds the ways to read a word with both.

mod analysis;
mod analyzer;
mod chains;
mod context;
mod endings;
mod generator;
mod grammar;
mod guess;
mod lemmatizer;
mod light_stemmer;
mod memo;
mod outcome;
mod phrase;
mod search;
mod sound;
mod split;
mod stem_forms;
mod stemmer;
mod unimorph;

pub use analysis::{Analyses, Analysis, AnalysisSource, Segment};
pub use analyzer::Analyzer;
pub use generator::{Form, Generator};
pub use lemmatizer::{Lemmas, Lemmatizer};
pub use light_stemmer::LightStemmer;
pub(crate) use memo::{ReaderId, recall_whether};
pub(crate) use phrase::{Standing, name_end};
pub(crate) use split::Following;
pub(crate) use stem_forms::StemForms;
pub use stemmer::Stemmer;

use crate::key;
use crate::lexicon::{Cursor, Lexicon, LexiconEntry, PartOfSpeech};
use grammar::{Class, Grammar};
use outcome::Kind;
pub(crate) use outcome::Outcome;
use search::Search;
use sound::SoundClass;

pub(crate) use search::{MAX_CODES, MAX_PIECES, Next, OPEN_VOWELS, Path, Place, Reading, Text, Word, Written};

/// What it costs to read a word in another spelling, in hundredths.
const RESPELLING_COST: u16 = 200;
/// What the rest of such a reading may cost.
const RESPELLING_MOST: u16 = 258;
/// What a preposition that is written on to the word adds to that.
const PROCLITIC_COST: u16 = 300;
/// Letters that a word, and the stem found in it, must have to be read in another spelling.
const MIN_RESPELLED: usize = 3;
/// Codes behind a letter of an ending within which the next ending begins: a form, and the sound that it depends on.
const REACH: usize = grammar::MAX_FORM + 4;
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
    id: memo::ReaderId,
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
            id: memo::ReaderId::fresh(),
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
        let written = self.written(codes);
        let seen = self.lexical(&written, 0, &mut visit_and(&mut found, &mut visit));
        let mut seen_behind = 0;
        if !found {
            seen_behind = self.proclitic(&written, 0, &mut visit_and(&mut found, &mut visit));
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
        let mut tried = |proclitic: bool, seen: usize| {
            self.respelled(word, &written, seen, |word| {
                let mut found = false;
                let most = RESPELLING_MOST + if proclitic { PROCLITIC_COST } else { 0 };
                let mut visit = |reading: &Reading<'a>, limit: &mut u16| plausible(&mut found, reading, limit, most);
                if proclitic {
                    self.proclitic(word, RESPELLING_COST, &mut visit);
                } else {
                    self.lexical(word, RESPELLING_COST, &mut visit);
                }
                found
            })
        };
        tried(false, seen).or_else(|| tried(true, seen_behind))
    }

    /// A word with the chains of endings that can close it.
    pub(crate) fn written<'w>(&self, codes: &'w [u8]) -> Written<'w> {
        Written::new(codes, self.grammar)
    }

    /// The readings by lexicon and grammar of the codes as they are; `cost` is added to each. Gives the number of codes
    /// that were looked at to find stems.
    fn lexical<'a>(&'a self, word: &Written<'_>, cost: u16, visit: &mut impl FnMut(&Reading<'a>, &mut u16)) -> usize {
        let root = Cursor::root(self.lexicon.fst());
        let visit = |reading: &Reading<'a>, _: &[u8], limit: &mut u16| visit(reading, limit);
        let mut search = self.search(word, visit);
        search.lexical(root, 0, Place::default(), None, Path::new(cost));
        search.seen
    }

    /// The first other spelling of the word that `wanted` accepts: `data/morph/respellings.tsv`. `seen` tells how many
    /// codes were looked at when stems of the word as it stands were sought: what is spelt otherwise behind them makes
    /// no other stem.
    fn respelled(
        &self,
        word: &Word,
        written: &Written<'_>,
        seen: usize,
        mut wanted: impl FnMut(&Written<'_>) -> bool,
    ) -> Option<Word> {
        let codes = word.codes();
        if codes.len() < MIN_RESPELLED {
            return None;
        }
        self.grammar.respellings.iter().find_map(|respelling| {
            let (from, to) = (respelling.from.as_slice(), respelling.to.as_slice());
            let end = if respelling.in_endings { codes.len() } else { codes.len().min(seen) };
            (1..end).find_map(|at| {
                let rest = codes.get(at..)?;
                // Two such letters in a row are spelt in full already.
                let doubled = || codes.get(at - 1) == from.first() || rest.get(from.len()) == from.last();
                if rest.first() != from.first() || !rest.starts_with(from) || doubled() {
                    return None;
                }
                // It is in an ending then, and an ending must follow not far behind, or nothing.
                if at >= seen && !(at + from.len()..=at + REACH).any(|at| written.is_open_from(at)) {
                    return None;
                }
                let word = word.replaced(at, from.len(), to)?;
                let written = self.written(word.codes());
                let hopeful = at < seen || (0..=seen).any(|at| written.is_open_from(at));
                (hopeful && wanted(&written)).then_some(word)
            })
        })
    }

    fn search<'a, T: Text, V: FnMut(&Reading<'a>, &[u8], &mut u16)>(
        &'a self,
        text: T,
        visit: V,
    ) -> Search<'a, 'a, D, T, V> {
        let Self { grammar, lexicon, classes, .. } = self;
        Search { grammar, lexicon, classes, text, limit: u16::MAX, visit, seen: 0 }
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
        let written = self.written(codes);
        let mut found = false;
        for class in [SoundClass::C, SoundClass::A] {
            if !found {
                let told = |reading: &Reading<'a>, _: &[u8], limit: &mut u16| {
                    found = true;
                    visit(reading, limit);
                };
                self.search(&written, told).ending(self.number, Place::same(digits), Some(class), &reading);
            }
        }
    }

    /// A preposition written on to a noun or name: لەشەڕەکەدا. Gives the number of codes that were looked at to find
    /// stems.
    fn proclitic<'a>(&'a self, word: &Written<'_>, cost: u16, visit: &mut impl FnMut(&Reading<'a>, &mut u16)) -> usize {
        let mut seen = 0;
        for preposition in &self.grammar.proclitics {
            seen = seen.max(preposition.len());
            let Some(rest) = word.codes.strip_prefix(preposition.as_slice()) else { continue };
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
                let mut search = self.search(word, told);
                search.lexical(root, at, Place::same(at), None, path);
                seen = seen.max(search.seen);
            }
        }
        seen
    }

    /// A path that begins with the preposition.
    fn proclitic_path(&self, form: &[u8], cost: u16) -> Option<Path> {
        let mut path = None;
        let visit = |reading: &Reading<'_>, _: &[u8], _: &mut u16| path = Some(reading.path);
        let start = self.grammar.state("ROOT");
        let reading = Reading { path: Path::new(cost), entry: None, features: 0 };
        self.search(&self.written(form), visit).ending(start, Place::default(), None, &reading);
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

    /// What a reading of the word comes to.
    fn outcome(&self, word: &Word, reading: &Reading<'_>) -> Outcome {
        let place = |at: u8| word.offset(usize::from(at));
        let known = reading.path.known();
        let ordinal = reading.path.morphs().iter().find(|placed| {
            self.grammar.morph(placed.morph).is_some_and(|morph| matches!(morph.name.as_str(), "ORD" | "ORD2"))
        });
        match (reading.entry, ordinal) {
            (Some(entry), None) => Outcome::new(Kind::Entry(entry.record), 0, 0),
            (Some(entry), Some(ordinal)) => {
                let start = known.first().map_or(0, |known| place(known.start));
                Outcome::new(Kind::Ordinal(entry.record), start, place(ordinal.end))
            }
            // The stem as it stands in the word: a number.
            (None, ordinal) => {
                let whole = (0, word.offset(word.codes().len()));
                let (start, end) = known.last().map_or(whole, |known| (place(known.start), place(known.end)));
                ordinal.map_or(Outcome::part(start, end), |ordinal| {
                    let digits = u8::try_from(end).unwrap_or(u8::MAX);
                    Outcome::new(Kind::OrdinalNumber(digits), start, place(ordinal.end))
                })
            }
        }
    }

    /// What `word` comes to: by its best reading, or, where lexicon and grammar do not explain it, by what can be cut
    /// from it. `None` where it is empty or too long to be read.
    pub(crate) fn best_outcome(&self, word: &str) -> Option<Outcome> {
        memo::recall(self.id, word, || {
            let word = Word::new(word)?;
            Some(match self.best(&word) {
                Some((reading, respelled)) => self.outcome(respelled.as_ref().unwrap_or(&word), &reading),
                None => self.guess(&word),
            })
        })
    }

    /// The cheapest chain of nominal endings that takes the word from code `at` to its end; for names, which need not
    /// be in the lexicon. `None` where the rest is no such chain.
    pub(crate) fn name_ending(&self, word: &Written<'_>, at: usize) -> Option<u16> {
        /// Endings that would cut into names, and those of some dialects only.
        const NOT_ON_NAMES: [&str; 9] =
            ["OBL.M", "OBL.F", "VOC.M", "VOC.F", "VOC.PL", "INDF.S", "LINK", "PL.GEL", "COP.2SG"];
        if !word.is_open(at, self.name) {
            return None;
        }
        let mut best = None;
        let visit = |reading: &Reading<'_>, _: &[u8], limit: &mut u16| {
            if !self.has_morph(&reading.path, |name| NOT_ON_NAMES.contains(&name)) {
                *limit = reading.path.cost;
                best = Some(reading.path.cost);
            }
        };
        let reading = bare(0, at, 0)?;
        self.search(word, visit).ending(self.name, Place::same(at), None, &reading);
        best
    }

    /// What the cheapest reading of the word as an ordinary one costs, in hundredths; names do not count, nor do other
    /// spellings.
    pub(crate) fn ordinary_cost(&self, word: &Word) -> Option<u16> {
        let mut best: Option<u16> = None;
        self.lexical(&self.written(word.codes()), 0, &mut |reading: &Reading<'_>, limit: &mut u16| {
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
