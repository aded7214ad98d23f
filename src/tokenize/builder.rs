//! What a tokenizer can be asked for.

use std::sync::Arc;

use super::{Expressions, StopWords, TokenKind, Tokenizer};
use crate::morph::{Analyzer, Engine};

/// Everything that a builder sets, but for the lexicon.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent switch of the builder")]
pub(super) struct Options {
    pub(super) split_proclitics: bool,
    pub(super) split_morphemes: bool,
    pub(super) expressions: Expressions,
    pub(super) stop_words: StopWords,
    pub(super) whitespace: bool,
    pub(super) punctuation: bool,
    pub(super) max_len: usize,
}

impl Options {
    /// Whether tokens of this kind are left out.
    #[inline]
    pub(super) const fn omits(&self, kind: TokenKind) -> bool {
        match kind {
            TokenKind::Whitespace | TokenKind::Control => !self.whitespace,
            TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Currency => !self.punctuation,
            _ => false,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            split_proclitics: false,
            split_morphemes: false,
            expressions: Expressions::Apart,
            stop_words: StopWords::Keep,
            whitespace: true,
            punctuation: true,
            max_len: usize::MAX,
        }
    }
}

/// Configures a [`Tokenizer`]. `L` holds the bytes of the lexicon that splitting asks.
///
/// ```
/// use sorani::{Analyzer, Tokenizer};
///
/// let tokenizer = Tokenizer::builder().split_proclitics(&Analyzer::new()).whitespace(false).build();
/// let tokens: Vec<_> = tokenizer.tokenize("لەبواری کارو خوێندن").map(|token| token.text()).collect();
/// assert_eq!(tokens, ["لە", "بواری", "کار", "و", "خوێندن"]);
/// ```
#[derive(Debug)]
pub struct TokenizerBuilder<L = &'static [u8]> {
    options: Options,
    engine: Option<Arc<Engine<L>>>,
}

impl<L> Clone for TokenizerBuilder<L> {
    fn clone(&self) -> Self {
        Self { options: self.options.clone(), engine: self.engine.clone() }
    }
}

impl<L> Default for TokenizerBuilder<L> {
    fn default() -> Self {
        Self { options: Options::default(), engine: None }
    }
}

impl<L> TokenizerBuilder<L> {
    /// Parts the conjunction و and the prepositions of `data/tokenize/proclitics.tsv` from the word that they are written
    /// on to (`کارو`, `لەبواری`, `کەدوورە`), where the lexicon proves it: it knows the word without them, and not with
    /// them. A conjunction is parted only where something follows for it to join. Gives two tokens with adjoining spans.
    ///
    /// ```
    /// use sorani::{Analyzer, Tokenizer};
    /// let tokenizer = Tokenizer::builder().split_proclitics(&Analyzer::new()).build();
    /// let texts = |text| tokenizer.tokenize(text).map(|token| token.text()).collect::<Vec<_>>();
    /// assert_eq!(texts("کەدوورە"), ["کە", "دوورە"]);
    /// assert_eq!(texts("بەهێز"), ["بەهێز"]); // a word of its own
    /// ```
    #[must_use]
    pub fn split_proclitics<M>(self, analyzer: &Analyzer<M>) -> TokenizerBuilder<M> {
        let options = Options { split_proclitics: true, ..self.options };
        TokenizerBuilder { options, engine: Some(Arc::clone(&analyzer.engine)) }
    }

    /// Cuts words into their stem and what is written on to it, by the likeliest analysis; the pieces that are not the
    /// stem are of the kind [`TokenKind::Affix`](crate::TokenKind::Affix).
    ///
    /// ```
    /// use sorani::{Analyzer, Tokenizer};
    /// let tokenizer = Tokenizer::builder().split_morphemes(&Analyzer::new()).build();
    /// let texts = |text| tokenizer.tokenize(text).map(|token| token.text()).collect::<Vec<_>>();
    /// assert_eq!(texts("وڵاتەکانیش"), ["وڵات", "ەکان", "یش"]);
    /// ```
    #[must_use]
    pub fn split_morphemes<M>(self, analyzer: &Analyzer<M>) -> TokenizerBuilder<M> {
        let options = Options { split_morphemes: true, ..self.options };
        TokenizerBuilder { options, engine: Some(Arc::clone(&analyzer.engine)) }
    }

    /// What becomes of expressions of several words; they stay apart unless set.
    ///
    /// ```
    /// use sorani::{Expressions, Tokenizer};
    /// let tokenizer = Tokenizer::builder().expressions(Expressions::Longest).build();
    /// assert_eq!(tokenizer.tokenize("بۆ نموونە").count(), 1);
    /// ```
    #[must_use]
    pub fn expressions(mut self, expressions: Expressions) -> Self {
        self.options.expressions = expressions;
        self
    }

    /// Which words that say little by themselves are left out; none unless set.
    ///
    /// ```
    /// use sorani::{StopWords, Tokenizer};
    /// let tokenizer = Tokenizer::builder().stop_words(StopWords::Drop).whitespace(false).build();
    /// assert_eq!(tokenizer.tokenize("ئەو لە ماڵەوە").count(), 1);
    /// ```
    #[must_use]
    pub fn stop_words(mut self, stop_words: StopWords) -> Self {
        self.options.stop_words = stop_words;
        self
    }

    /// Whether white space and invisible characters are tokens (they are).
    ///
    /// ```
    /// use sorani::Tokenizer;
    /// let tokenizer = Tokenizer::builder().whitespace(false).build();
    /// assert_eq!(tokenizer.tokenize("ئەم شارە").count(), 2);
    /// ```
    #[must_use]
    pub fn whitespace(mut self, keep: bool) -> Self {
        self.options.whitespace = keep;
        self
    }

    /// Whether punctuation marks and symbols are tokens (they are).
    ///
    /// ```
    /// use sorani::Tokenizer;
    /// let tokenizer = Tokenizer::builder().whitespace(false).punctuation(false).build();
    /// assert_eq!(tokenizer.tokenize("باشە، وایە!").count(), 2);
    /// ```
    #[must_use]
    pub fn punctuation(mut self, keep: bool) -> Self {
        self.options.punctuation = keep;
        self
    }

    /// Cuts tokens of more than `bytes` bytes into pieces of at most so many, between characters (but never smaller than
    /// one character): a bound on what a later step has to hold. There is none unless set.
    ///
    /// ```
    /// use sorani::Tokenizer;
    /// let tokenizer = Tokenizer::builder().max_token_len(8).build();
    /// let texts: Vec<_> = tokenizer.tokenize("سڵاااااو").map(|token| token.text()).collect();
    /// assert_eq!(texts, ["سڵاا", "اااو"]);
    /// ```
    #[must_use]
    pub fn max_token_len(mut self, bytes: usize) -> Self {
        self.options.max_len = bytes.max(1);
        self
    }

    /// Makes the tokenizer; cheap, and cannot fail.
    ///
    /// ```
    /// use sorani::Tokenizer;
    /// assert_eq!(Tokenizer::builder().build().tokenize("سڵاو").count(), 1);
    /// ```
    pub fn build(self) -> Tokenizer<L> {
        Tokenizer::from_parts(self.options, self.engine)
    }
}
