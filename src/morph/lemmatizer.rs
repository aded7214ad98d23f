//! The dictionary form of a word.

use std::borrow::Cow;
use std::sync::Arc;

use super::outcome::Outcome;
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

    /// The lemmas of the tokens of a sentence, one for each, chosen by their neighbours: of the readings of a word, those
    /// that are likely beside the readings of the words before and after it cost less. `data/morph/context.tsv` tells
    /// which.
    ///
    /// `tokens` are the words and marks of the sentence in order, white space or not, as
    /// [`Tokenizer`](crate::Tokenizer) gives them; words are to be in normalized spelling. A mark is its own lemma, and a
    /// word has the lemma that [`lemmatize`](Self::lemmatize) gives where only that is possible. Offsets stay with the
    /// tokens.
    ///
    /// Allocates the readings of the sentence, and takes some times as long as reading each word alone, which remembers
    /// words; linear in the sentence.
    ///
    /// ```
    /// use sorani::{Lemmatizer, Tokenizer};
    ///
    /// let (tokenizer, lemmatizer) = (Tokenizer::new(), Lemmatizer::new());
    /// let lemmas = |sentence| {
    ///     let tokens: Vec<_> = tokenizer.tokenize(sentence).filter(|token| token.kind().is_visible()).collect();
    ///     let lemmas = lemmatizer.lemmatize_in(tokens.iter().map(|token| token.text()));
    ///     lemmas.map(|lemma| lemma.into_owned()).collect::<Vec<_>>()
    /// };
    /// assert_eq!(lemmatizer.lemmatize("هونەری"), "هونەری"); // artistic
    /// assert_eq!(lemmas("هونەری مۆسیقا"), ["هونەر", "مۆسیقا"]); // the art of music
    /// ```
    pub fn lemmatize_in<'a>(&'a self, tokens: impl IntoIterator<Item = &'a str>) -> Lemmas<'a> {
        let tokens: Vec<&str> = tokens.into_iter().collect();
        let outcomes = self.engine.outcomes_in(&tokens);
        let lemma = |(outcome, token): (Option<Outcome>, &'a str)| {
            outcome.map_or(Cow::Borrowed(token), |outcome| outcome.lemma(token, self.engine.lexicon()))
        };
        let lemmas: Vec<Cow<'a, str>> = outcomes.into_iter().zip(tokens).map(lemma).collect();
        Lemmas { lemmas: lemmas.into_iter() }
    }
}

/// The lemmas of the tokens of a sentence, in their order: [`Lemmatizer::lemmatize_in`] makes it.
///
/// ```
/// assert_eq!(sorani::Lemmatizer::new().lemmatize_in(["شارەکان", "!"]).collect::<Vec<_>>(), ["شار", "!"]);
/// ```
#[derive(Clone, Debug)]
pub struct Lemmas<'a> {
    lemmas: std::vec::IntoIter<Cow<'a, str>>,
}

impl<'a> Iterator for Lemmas<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        self.lemmas.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.lemmas.size_hint()
    }
}

impl ExactSizeIterator for Lemmas<'_> {}

impl DoubleEndedIterator for Lemmas<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.lemmas.next_back()
    }
}

impl std::iter::FusedIterator for Lemmas<'_> {}
