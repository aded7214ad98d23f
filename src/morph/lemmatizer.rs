//! The dictionary form of a word.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Analyzer, Engine};
use crate::lexicon::Lexicon;

/// Gives the dictionary form of a word: the bare singular of a noun, the infinitive of a verb, the cardinal of an
/// ordinal.
///
/// Words are to be in normalized spelling. Cheap to clone; `Send + Sync`.
///
/// ```
/// use sorani::Lemmatizer;
///
/// let lemmatizer = Lemmatizer::new();
/// assert_eq!(lemmatizer.lemmatize("دەستیپێکرد"), "دەستپێکردن");
/// assert_eq!(lemmatizer.lemmatize("یەکەمین"), "یەک");
/// ```
#[derive(Debug)]
pub struct Lemmatizer<D = &'static [u8]> {
    engine: Arc<Engine<D>>,
}

impl<D> Clone for Lemmatizer<D> {
    fn clone(&self) -> Self {
        Self { engine: Arc::clone(&self.engine) }
    }
}

#[cfg(feature = "compiled_data")]
impl Lemmatizer {
    /// A lemmatizer over the lexicon that comes with the crate.
    ///
    /// ```
    /// assert_eq!(sorani::Lemmatizer::new().lemmatize("شارەکان"), "شار");
    /// ```
    pub fn new() -> Self {
        Self { engine: Engine::embedded() }
    }
}

#[cfg(feature = "compiled_data")]
impl Default for Lemmatizer {
    fn default() -> Self {
        Self::new()
    }
}

/// A lemmatizer that shares the lexicon of an analyzer.
impl<D> From<&Analyzer<D>> for Lemmatizer<D> {
    fn from(analyzer: &Analyzer<D>) -> Self {
        Self { engine: Arc::clone(&analyzer.engine) }
    }
}

impl<D: AsRef<[u8]>> Lemmatizer<D> {
    /// A lemmatizer over another lexicon.
    ///
    /// ```
    /// use sorani::{Lemmatizer, LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new().insert("زمان", PartOfSpeech::Noun)?.build()?;
    /// assert_eq!(Lemmatizer::with_lexicon(lexicon).lemmatize("زمانەکەیان"), "زمان");
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn with_lexicon(lexicon: Lexicon<D>) -> Self {
        Self { engine: Arc::new(Engine::new(lexicon)) }
    }

    /// The dictionary form of `word`; for a word that the lexicon does not know, what is left when endings that are hard
    /// to mistake are cut. Borrows the word or the lexicon; allocates only for unknown compound verbs.
    ///
    /// ```
    /// let lemmatizer = sorani::Lemmatizer::new();
    /// assert_eq!(lemmatizer.lemmatize("دەچم"), "چوون");
    /// ```
    pub fn lemmatize<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        let outcome = self.engine.best_outcome(word);
        outcome.map_or(Cow::Borrowed(word), |outcome| outcome.lemma(word, self.engine.lexicon()))
    }
}
