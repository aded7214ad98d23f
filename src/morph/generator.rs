//! The forms of a word: the grammar walked the other way.
//!
//! The search that reads words is told to accept any morph around one stem, so that what is generated and what is
//! analysed cannot differ.

use std::sync::Arc;

use super::analysis::{Analysis, AnalysisSource};
use super::grammar::{InParadigm, Morph};
use super::search::{MAX_CODES, Next, Path, Place, Reading, Text, Word};
use super::{Analyzer, Engine};
use crate::key;
use crate::lexicon::{Cursor, Lexicon, MAX_SLOT, PartOfSpeech};

/// Makes the forms of a lemma: the inverse of [`Analyzer`].
///
/// Cheap to clone; `Send + Sync`. Each call looks through the whole lexicon for the stems of the lemma, which takes some
/// milliseconds, and allocates the forms.
///
/// ```
/// use sorani::Generator;
///
/// let generator = Generator::new();
/// assert_eq!(generator.generate("شار", "DEF POST.DA"), ["شارەکەدا"]);
/// assert_eq!(generator.generate("کردنەوە", "IPFV PRS AGR.3PL POSTV"), ["دەکەنەوە", "ئەکەنەوە"]);
/// ```
#[derive(Debug)]
pub struct Generator<D = &'static [u8]> {
    engine: Arc<Engine<D>>,
}

impl<D> Clone for Generator<D> {
    fn clone(&self) -> Self {
        Self { engine: Arc::clone(&self.engine) }
    }
}

#[cfg(feature = "compiled_data")]
impl Generator {
    /// A generator over the lexicon that comes with the crate.
    ///
    /// ```
    /// assert!(!sorani::Generator::new().paradigm("شار").is_empty());
    /// ```
    pub fn new() -> Self {
        Self { engine: Engine::embedded() }
    }
}

#[cfg(feature = "compiled_data")]
impl Default for Generator {
    fn default() -> Self {
        Self::new()
    }
}

impl<D> From<&Analyzer<D>> for Generator<D> {
    fn from(analyzer: &Analyzer<D>) -> Self {
        Self { engine: Arc::clone(&analyzer.engine) }
    }
}

/// One form of a lemma.
///
/// ```
/// let forms = sorani::Generator::new().paradigm("شار");
/// let plural = forms.iter().find(|form| form.tags() == "PL");
/// assert_eq!(plural.map(|form| form.text()), Some("شاران"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    text: String,
    pos: PartOfSpeech,
    tags: String,
    unimorph: String,
    cost: u16,
}

impl Form {
    /// The form as it is written.
    ///
    /// ```
    /// let forms = sorani::Generator::new().paradigm("شار");
    /// assert!(forms.iter().any(|form| form.text() == "شارەکان"));
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its part of speech: an infinitive is a noun and a participle an adjective, whatever the lemma is.
    ///
    /// ```
    /// use sorani::{Generator, PartOfSpeech};
    /// assert!(Generator::new().paradigm("شار").iter().all(|form| form.pos() == PartOfSpeech::Noun));
    /// ```
    pub const fn pos(&self) -> PartOfSpeech {
        self.pos
    }

    /// The tags of its morphs, as [`Analysis::tags`] gives them; empty for a form without endings.
    ///
    /// ```
    /// let forms = sorani::Generator::new().paradigm("شار");
    /// assert!(forms.iter().any(|form| form.tags().is_empty() && form.text() == "شار"));
    /// ```
    pub fn tags(&self) -> &str {
        &self.tags
    }

    /// Its features in UniMorph, as [`Analysis::unimorph`] gives them.
    ///
    /// ```
    /// let forms = sorani::Generator::new().paradigm("شار");
    /// let plural = forms.iter().find(|form| form.text() == "شارەکان");
    /// assert_eq!(plural.map(|form| form.unimorph()), Some("N;DEF;PL"));
    /// ```
    pub fn unimorph(&self) -> &str {
        &self.unimorph
    }

    /// What the analysis of the form as this costs, as [`Analysis::cost`]: of several forms with the same tags, the
    /// standard one costs least.
    ///
    /// ```
    /// let forms = sorani::Generator::new().paradigm("شار");
    /// assert!(forms.iter().all(|form| form.cost() >= 0.0));
    /// ```
    pub fn cost(&self) -> f32 {
        f32::from(self.cost) / 100.0
    }
}

impl<D: AsRef<[u8]>> Generator<D> {
    /// A generator over a lexicon of one's own.
    ///
    /// ```
    /// use sorani::{Generator, LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new().insert("بلۆگ", PartOfSpeech::Noun)?.build()?;
    /// assert_eq!(Generator::with_lexicon(lexicon).generate("بلۆگ", "DEF.PL"), ["بلۆگەکان"]);
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn with_lexicon(lexicon: Lexicon<D>) -> Self {
        Self { engine: Arc::new(Engine::new(lexicon)) }
    }

    /// The forms of `lemma` with exactly these tags, the standard one first; none where the lexicon does not know the
    /// lemma or the grammar does not make such a form.
    ///
    /// `tags` are those of [`Analysis::tags`], parted by spaces.
    ///
    /// ```
    /// let generator = sorani::Generator::new();
    /// assert_eq!(generator.generate("چوون", "NEG PRS AGR.1SG"), ["ناچم"]);
    /// assert_eq!(generator.generate("دەریا", "DEF.PL PM.1PL POST.DA")[0], "دەریاکانماندا");
    /// assert!(generator.generate("شار", "IPFV").is_empty());
    /// ```
    pub fn generate(&self, lemma: &str, tags: &str) -> Vec<String> {
        let wanted: Vec<&str> = tags.split(' ').collect();
        let allowed = |morph: &Morph| morph.tags.split(' ').all(|tag| wanted.contains(&tag));
        let mut forms = self.forms(lemma, allowed, |found, _| found == tags);
        forms.sort_by(|a, b| (a.cost, &a.text).cmp(&(b.cost, &b.text)));
        forms.dedup_by(|a, b| a.text == b.text);
        forms.into_iter().map(|form| form.text).collect()
    }

    /// The paradigm of `lemma`, by its tags: all inflected forms without what may be written on to any of them (pronouns,
    /// postpositions, copula, the additive). The pronouns that are the actor of a transitive past do belong to it; the
    /// forms of infinitives and participles as a noun and an adjective do not.
    ///
    /// ```
    /// let paradigm = sorani::Generator::new().paradigm("چوون");
    /// let form = |tags| paradigm.iter().find(|form| form.tags() == tags).map(|form| form.text());
    /// assert_eq!(form("IPFV PRS AGR.1SG"), Some("دەچم"));
    /// assert_eq!(form("PST PQP AGR.3PL"), Some("چووبوون"));
    /// assert_eq!(form("PST INF"), Some("چوون"));
    /// ```
    pub fn paradigm(&self, lemma: &str) -> Vec<Form> {
        let grammar = self.engine.grammar;
        let allowed = |morph: &Morph| morph.paradigm != InParadigm::No;
        let belongs = |tags: &str, reading: &Reading<'_>| {
            let tags = || tags.split([' ', '+']);
            let actors = tags().filter(|tag| tag.starts_with("PM.")).count();
            // The perfect ends in the ە of the third person behind the pronoun too: کڕیومە.
            let perfect = |tag: &str| tag == "AGR.3SG" && tags().any(|tag| tag == "PRF");
            let agrees = tags().any(|tag| tag.starts_with("AGR.") && !perfect(tag));
            let acts = reading.path.stem_class.is_some_and(|class| grammar.is_transitive_past(class));
            // Behind an infinitive or a participle stand the endings of a noun.
            let verbal = tags().skip_while(|tag| !matches!(*tag, "INF" | "PTCP")).skip(1).all(|tag| tag == "POSTV");
            // A transitive past agrees with its actor by a pronoun, anything else by an ending.
            let agreement = if acts { !agrees && actors <= 1 } else { actors == 0 };
            // With ەوە it is another lemma.
            let again = tags().any(|tag| tag == "POSTV") && reading.entry.is_some_and(|entry| !entry.postverb);
            (verbal || reading.path.stem_class.is_none()) && agreement && !again
        };
        let mut forms = self.forms(lemma, allowed, belongs);
        let order = |form: &Form| (form.pos.as_str(), form.cost);
        forms.sort_by(|a, b| (&a.tags, order(a), &a.text).cmp(&(&b.tags, order(b), &b.text)));
        forms.dedup_by(|a, b| a.tags == b.tags && a.text == b.text && a.pos == b.pos);
        forms
    }

    /// The forms of `lemma` that hold only morphs with `allowed`, of which those whose tags are `wanted` are kept.
    fn forms(
        &self,
        lemma: &str,
        allowed: impl Fn(&Morph) -> bool,
        wanted: impl Fn(&str, &Reading<'_>) -> bool,
    ) -> Vec<Form> {
        let engine = &*self.engine;
        let allowed: Arc<[bool]> = engine.grammar.morphs().iter().map(allowed).collect();
        let mut forms: Vec<Form> = Vec::new();
        for key in engine.lexicon().keys_of(lemma) {
            engine.complete(Template::new(&key, Arc::clone(&allowed)), |reading, codes| {
                if reading.entry.is_none_or(|entry| entry.lemma() != lemma) {
                    return;
                }
                let text = key::decode(codes);
                let Some(word) = Word::new(&text) else { return };
                let analysis = Analysis::new(engine, &text, &word, reading, AnalysisSource::Lexicon);
                let (tags, pos) = (analysis.tags(), analysis.pos());
                if wanted(&tags, reading) {
                    let unimorph = analysis.unimorph();
                    forms.push(Form { tags, pos, unimorph, cost: reading.path.cost, text });
                }
            });
        }
        forms
    }
}

impl<D: AsRef<[u8]>> Engine<D> {
    /// Tells of every word that can be made around the stem of `template`.
    fn complete<'a>(&'a self, template: Template, mut visit: impl FnMut(&Reading<'a>, &[u8])) {
        let root = Cursor::root(self.lexicon.fst());
        let visit = |reading: &Reading<'a>, codes: &[u8], _: &mut u16| visit(reading, codes);
        self.search(template, visit).lexical(root, 0, Place::default(), None, Path::new(0));
    }
}

/// A word of which only the stem is given: any morph may stand before and behind it.
struct Template {
    /// The codes of the stem and of the parts of a verb before it.
    stem: Vec<u8>,
    /// Which morphs may stand around it.
    allowed: Arc<[bool]>,
    word: [u8; MAX_CODES],
}

impl Template {
    /// The template of a key of the lexicon.
    fn new(key: &[u8], allowed: Arc<[bool]>) -> Self {
        let stem = key.iter().copied().filter(|&code| code > MAX_SLOT).collect();
        Self { stem, allowed, word: [0; MAX_CODES] }
    }
}

impl Text for Template {
    type Ways = std::option::IntoIter<Next>;

    fn read(&self, place: Place) -> &[u8] {
        self.word.get(..place.at).unwrap_or_default()
    }

    fn left(&self, place: Place) -> usize {
        // Before the whole stem no word can end.
        if place.written < self.stem.len() { usize::MAX } else { 0 }
    }

    fn next(&self, place: Place) -> Self::Ways {
        let code = self.stem.get(place.written).copied().filter(|_| place.at < MAX_CODES);
        let place = Place { at: place.at + 1, written: place.written + 1 };
        code.map(|code| Next { code, place, cost: 0 }).into_iter()
    }

    fn take(&mut self, next: Next) {
        if let Some(slot) = next.place.at.checked_sub(1).and_then(|at| self.word.get_mut(at)) {
            *slot = next.code;
        }
    }

    fn allows(&self, morph: u16) -> bool {
        self.allowed.get(usize::from(morph)).copied().unwrap_or(false)
    }

    fn follow(&mut self, form: &[u8], place: Place) -> Option<(Place, u16)> {
        let end = place.at + form.len();
        self.word.get_mut(place.at..end)?.copy_from_slice(form);
        Some((Place { at: end, ..place }, 0))
    }
}
