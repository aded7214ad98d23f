//! One stem for all inflected forms of a word.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Analyzer, Engine};
use crate::lexicon::Lexicon;

/// Gives the stem of a word, for an index: all inflected forms of a word that the lexicon knows have the same.
///
/// Suffixes are cut only where what is left is in the lexicon, so that کوردستان, برا and زمان stay whole. Words that the
/// lexicon does not know lose only endings that are hard to mistake. Words are to be in normalized spelling. Cheap to
/// clone; `Send + Sync`.
///
/// ```
/// use sorani::Stemmer;
///
/// let stemmer = Stemmer::new();
/// assert_eq!(stemmer.stem("کوردستان"), "کوردستان");
/// assert_eq!(stemmer.stem("وڵاتەکەیدا"), "وڵات");
/// assert_eq!(stemmer.stem("بڵاویکردەوە"), "بڵاوکردنەوە"); // a verb's stem is its infinitive
/// assert_eq!(stemmer.stem("کریپتۆنایتیشدا"), "کریپتۆنایت"); // not in the lexicon
/// ```
#[derive(Debug)]
pub struct Stemmer<D = &'static [u8]> {
    engine: Arc<Engine<D>>,
    /// Whether a verb and the same verb with ەوە have one stem.
    joins_postverb: bool,
}

impl<D> Clone for Stemmer<D> {
    fn clone(&self) -> Self {
        Self { engine: Arc::clone(&self.engine), joins_postverb: self.joins_postverb }
    }
}

#[cfg(feature = "compiled_data")]
impl Stemmer {
    /// A stemmer over the lexicon that comes with the crate.
    ///
    /// ```
    /// assert_eq!(sorani::Stemmer::new().stem("شارەکان"), "شار");
    /// ```
    pub fn new() -> Self {
        Self { engine: Engine::embedded(), joins_postverb: false }
    }
}

#[cfg(feature = "compiled_data")]
impl Default for Stemmer {
    fn default() -> Self {
        Self::new()
    }
}

/// A stemmer that shares the lexicon of an analyzer.
impl<D> From<&Analyzer<D>> for Stemmer<D> {
    fn from(analyzer: &Analyzer<D>) -> Self {
        Self { engine: Arc::clone(&analyzer.engine), joins_postverb: false }
    }
}

impl<D: AsRef<[u8]>> Stemmer<D> {
    /// A stemmer over another lexicon.
    ///
    /// ```
    /// use sorani::{LexiconBuilder, PartOfSpeech, Stemmer};
    /// let lexicon = LexiconBuilder::new().insert("زمان", PartOfSpeech::Noun)?.build()?;
    /// assert_eq!(Stemmer::with_lexicon(lexicon).stem("زمانەکەیان"), "زمان");
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn with_lexicon(lexicon: Lexicon<D>) -> Self {
        Self { engine: Arc::new(Engine::new(lexicon)), joins_postverb: false }
    }

    /// Whether a verb and the same verb with ەوە, again or back, have one stem (off).
    ///
    /// Dictionaries list گەڕان, to wander, and گەڕانەوە, to return, apart, and so does the lexicon; for many a verb there is
    /// little between them. A search that would rather find too much than too little joins them.
    ///
    /// ```
    /// use sorani::Stemmer;
    /// assert_eq!(Stemmer::new().stem("دەنووسێتەوە"), "نووسینەوە");
    /// assert_eq!(Stemmer::new().joining_postverb(true).stem("دەنووسێتەوە"), "نووسین");
    /// ```
    #[must_use]
    pub fn joining_postverb(mut self, on: bool) -> Self {
        self.joins_postverb = on;
        self
    }

    /// The stem of `word`; never empty for a word that is not. Borrows the word where the stem is a part of it, and the
    /// lexicon elsewhere; allocates only for compound verbs that the lexicon does not know, and, once in each thread, a
    /// table of the words read last (1 MiB), so that a word that comes again is not read again. Takes time linear in the
    /// word. Words longer than 64 letters are their own stem.
    ///
    /// ```
    /// let stemmer = sorani::Stemmer::new();
    /// assert_eq!(stemmer.stem("هاووڵاتییان"), "هاووڵاتی");
    /// ```
    pub fn stem<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        let Some(outcome) = self.engine.best_outcome(word) else { return Cow::Borrowed(word) };
        let lexicon = self.engine.lexicon();
        match outcome.stem(word, lexicon) {
            Cow::Borrowed(stem) if self.joins_postverb && outcome.has_postverb(lexicon) => {
                Cow::Borrowed(stem.strip_suffix("ەوە").unwrap_or(stem))
            }
            stem => stem,
        }
    }
}
