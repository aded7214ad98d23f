//! The tokenizer: the cutter, and what its builder asked for.

use std::iter::FusedIterator;
use std::sync::Arc;

use super::builder::Options;
use super::classes::opens;
use super::expressions::ExpressionTable;
use super::{Cutter, Expressions, StopWords, Token, TokenKind, TokenizerBuilder};
use crate::morph::{Engine, Following, MAX_PIECES, Word};

/// Cuts text into tokens.
///
/// Lossless unless the builder is told to leave something out: the tokens of all kinds, put together, are the text.
/// Takes time linear in the text, allocates nothing, never fails. `L` holds the bytes of the lexicon that the splitting
/// options of the builder ask; without them none is needed.
///
/// ```
/// use sorani::{TokenKind, Tokenizer};
///
/// let tokenizer = Tokenizer::new();
/// let words: Vec<_> = tokenizer
///     .tokenize("د. شوان لە ١٩٥٠دا لە #هەولێری_جوان بوو.")
///     .filter(|token| token.kind().is_visible())
///     .map(|token| token.text())
///     .collect();
/// assert_eq!(words, ["د.", "شوان", "لە", "١٩٥٠دا", "لە", "#هەولێری_جوان", "بوو", "."]);
/// ```
#[derive(Debug)]
pub struct Tokenizer<L = &'static [u8]> {
    options: Options,
    engine: Option<Arc<Engine<L>>>,
    /// Whether nothing is asked for but to leave kinds out: the tokens are among those of the cutter.
    plain: bool,
}

impl<L> Clone for Tokenizer<L> {
    fn clone(&self) -> Self {
        Self { options: self.options.clone(), engine: self.engine.clone(), plain: self.plain }
    }
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Tokenizer {
    /// A tokenizer that keeps everything and splits and joins nothing.
    ///
    /// ```
    /// let tokenizer = sorani::Tokenizer::new();
    /// assert_eq!(tokenizer.tokenize("سڵاو، جیهان").count(), 4);
    /// ```
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Configures one.
    ///
    /// ```
    /// use sorani::Tokenizer;
    /// let tokenizer = Tokenizer::builder().whitespace(false).build();
    /// assert_eq!(tokenizer.tokenize("سڵاو، جیهان").count(), 3);
    /// ```
    pub fn builder() -> TokenizerBuilder {
        TokenizerBuilder::default()
    }
}

impl<L> Tokenizer<L> {
    /// What `Tokenizer::new` makes, for any lexicon.
    pub(crate) fn plain() -> Self {
        Self::from_parts(Options::default(), None)
    }

    pub(super) fn from_parts(options: Options, engine: Option<Arc<Engine<L>>>) -> Self {
        let plain = !options.split_proclitics
            && !options.split_morphemes
            && options.expressions == Expressions::Apart
            && options.stop_words == StopWords::Keep
            && options.max_len == usize::MAX;
        Self { options, engine, plain }
    }

    /// The tokens of `text`, in order.
    ///
    /// ```
    /// let tokenizer = sorani::Tokenizer::new();
    /// let text = "لە ١٢:٣٠ی 9/5/2020، ٣٫٥ ملیۆن";
    /// let tokens: Vec<_> = tokenizer.tokenize(text).map(|token| token.text()).collect();
    /// assert_eq!(tokens, ["لە", " ", "١٢:٣٠ی", " ", "9/5/2020", "،", " ", "٣٫٥", " ", "ملیۆن"]);
    /// assert_eq!(tokens.concat(), text);
    /// ```
    pub fn tokenize<'a, 't>(&'a self, text: &'t str) -> Tokens<'a, 't, L> {
        Tokens { tokenizer: self, text, cutter: Cutter::new(text), pieces: Pieces::default(), rest: None }
    }
}

/// Pieces of one word that are still to be given out, by their lengths.
#[derive(Clone, Copy, Debug, Default)]
struct Pieces {
    /// Where the next piece begins in the text.
    at: usize,
    lens: [(u8, bool); MAX_PIECES],
    next: u8,
    len: u8,
}

/// The tokens of a text: [`Tokenizer::tokenize`] makes it.
///
/// ```
/// let tokenizer = sorani::Tokenizer::new();
/// let mut tokens = tokenizer.tokenize("سڵاو");
/// assert!(tokens.next().is_some() && tokens.next().is_none());
/// ```
#[derive(Debug)]
pub struct Tokens<'a, 't, L = &'static [u8]> {
    tokenizer: &'a Tokenizer<L>,
    text: &'t str,
    cutter: Cutter<'t>,
    pieces: Pieces,
    /// What is left of a token that is longer than the builder allows.
    rest: Option<Token<'t>>,
}

impl<L> Clone for Tokens<'_, '_, L> {
    fn clone(&self) -> Self {
        Self { cutter: self.cutter.clone(), ..*self }
    }
}

impl<'t, L: AsRef<[u8]>> Tokens<'_, 't, L> {
    #[inline(never)]
    fn next_configured(&mut self) -> Option<Token<'t>> {
        loop {
            let token = if let Some(token) = self.rest.take().or_else(|| self.piece()) {
                token
            } else {
                let token = self.cutter.next()?;
                match token.kind() {
                    kind if self.tokenizer.options.omits(kind) => continue,
                    TokenKind::Word => match self.word(&token) {
                        Some(token) => token,
                        None => continue,
                    },
                    _ => token,
                }
            };
            return Some(self.bounded(token));
        }
    }

    /// A word as the options want it; `None` where it is left out or has been cut into pieces.
    fn word(&mut self, token: &Token<'t>) -> Option<Token<'t>> {
        let options = &self.tokenizer.options;
        if options.expressions != Expressions::Apart {
            let joined = ExpressionTable::embedded().join(self.text, token, &mut self.cutter, options.expressions);
            if joined.is_some() {
                return joined;
            }
        }
        if options.stop_words.drops(token.text()) {
            return None;
        }
        if let (Some(engine), Some(word)) = (&self.tokenizer.engine, Word::read(token.text())) {
            let mut pieces = Pieces { at: token.span().start(), ..Pieces::default() };
            let mut from = 0;
            let following = || self.following();
            let next = options.split_proclitics.then_some(&following as &dyn Fn() -> Following);
            engine.pieces(&word, next, options.split_morphemes, &mut |end, affix| {
                let len = u8::try_from(word.offset(end) - from).unwrap_or(0);
                if let Some(slot) = pieces.lens.get_mut(usize::from(pieces.len)).filter(|_| len > 0) {
                    *slot = (len, affix);
                    pieces.len += 1;
                    from = word.offset(end);
                }
            });
            if pieces.len > 1 {
                self.pieces = pieces;
                return self.piece();
            }
        }
        Some(*token)
    }

    /// What stands behind the word that has just been cut, after spaces and opening marks.
    fn following(&self) -> Following {
        let skipped = |token: &Token<'_>| !token.kind().is_visible() || opens(token.text());
        match self.cutter.clone().find(|token| !skipped(token)) {
            None => Following::Nothing,
            Some(token) if token.kind() == TokenKind::Word => {
                Word::read(token.text()).map_or(Following::Other, Following::Word)
            }
            Some(token) if matches!(token.kind(), TokenKind::Punctuation | TokenKind::Symbol) => Following::Nothing,
            Some(_) => Following::Other,
        }
    }

    /// The next piece of a word that has been cut.
    fn piece(&mut self) -> Option<Token<'t>> {
        let pieces = &mut self.pieces;
        if pieces.next >= pieces.len {
            return None;
        }
        let (len, affix) = *pieces.lens.get(usize::from(pieces.next))?;
        let start = pieces.at;
        pieces.at += usize::from(len);
        pieces.next += 1;
        let kind = if affix { TokenKind::Affix } else { TokenKind::Word };
        self.text.get(start..pieces.at).map(|text| Token::new(text, start, kind))
    }

    /// The first part of a token that is too long; the rest is kept for later.
    fn bounded(&mut self, token: Token<'t>) -> Token<'t> {
        let max = self.tokenizer.options.max_len;
        if token.text().len() <= max {
            return token;
        }
        let ends = token.text().char_indices().map(|(at, c)| at + c.len_utf8());
        let at = ends.clone().take_while(|&end| end <= max).last().or_else(|| ends.clone().next()).unwrap_or(0);
        match token.text().split_at_checked(at) {
            Some((head, tail)) if !tail.is_empty() => {
                self.rest = Some(Token::new(tail, token.span().start() + at, token.kind()));
                Token::new(head, token.span().start(), token.kind())
            }
            _ => token,
        }
    }
}

impl<'t, L: AsRef<[u8]>> Iterator for Tokens<'_, 't, L> {
    type Item = Token<'t>;

    #[inline]
    fn next(&mut self) -> Option<Token<'t>> {
        if !self.tokenizer.plain {
            return self.next_configured();
        }
        loop {
            let token = self.cutter.next()?;
            if !self.tokenizer.options.omits(token.kind()) {
                return Some(token);
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.cutter.left();
        let all = self.tokenizer.plain && self.tokenizer.options.whitespace && self.tokenizer.options.punctuation;
        (usize::from(all && left > 0), Some(left + self.text.len()))
    }

    fn fold<B, F: FnMut(B, Token<'t>) -> B>(mut self, init: B, mut fold: F) -> B {
        let mut folded = init;
        if self.tokenizer.plain {
            // The state of the cutter can stay in registers.
            let options = &self.tokenizer.options;
            return self.cutter.filter(|token| !options.omits(token.kind())).fold(folded, fold);
        }
        while let Some(token) = self.next_configured() {
            folded = fold(folded, token);
        }
        folded
    }
}

impl<L: AsRef<[u8]>> FusedIterator for Tokens<'_, '_, L> {}

#[cfg(all(test, feature = "compiled_data"))]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn proclitics_are_parted_where_the_lexicon_proves_it() {
        let tokenizer = Tokenizer::builder().split_proclitics(&Analyzer::new()).build();
        let texts = |text: &'static str| tokenizer.tokenize(text).map(|token| token.text()).collect::<Vec<_>>();
        assert_eq!(texts("\u{0643}ارو ژیان"), ["\u{0643}ار", "و", " ", "ژیان"]);
        assert_eq!(texts("شارو «هەولێر»"), ["شار", "و", " ", "«", "هەولێر", "»"]);
        // A conjunction joins: at the end it is none, and a word said twice is one word.
        assert_eq!(texts("\u{0643}ارو"), ["\u{0643}ارو"]);
        assert_eq!(texts("شارو."), ["شارو", "."]);
        assert_eq!(texts("جۆراو جۆر"), ["جۆراو", " ", "جۆر"]);
        // "May your hand not break" in some dialects; with a copula it is two clauses.
        assert_eq!(texts("دەستو نەشکێ"), ["دەستو", " ", "نەشکێ"]);
        assert_eq!(texts("وڵاتێکی گەورەیەو دەبینێت").get(3..), Some(&["و", " ", "دەبینێت"][..]));
        assert_eq!(texts("لەبواری"), ["لە", "بواری"]);
        assert_eq!(texts("له\u{200C}بوار\u{0649}"), ["له\u{200C}", "بوار\u{0649}"]);
        assert_eq!(texts("\u{0643}ەدوورە"), ["\u{0643}ە", "دوورە"]);
        for whole in ["ناو", "ئاو", "بەهێز", "لەگەڵ", "کەس", "خانوو", "بەڵام", "مێژوو", "بەو", "لەوێ"]
        {
            assert_eq!(texts(whole), [whole]);
        }
    }

    #[test]
    fn options_combine_and_spans_stay_true() {
        let text = "بە گشتی، وڵاتەکانیش لەبواری کارو خوێندندا باشن.";
        let tokenizer = Tokenizer::builder()
            .split_proclitics(&Analyzer::new())
            .split_morphemes(&Analyzer::new())
            .expressions(Expressions::Longest)
            .whitespace(false)
            .punctuation(false)
            .build();
        let tokens: Vec<_> = tokenizer.tokenize(text).collect();
        assert!(tokens.iter().all(|token| token.span().slice(text) == Some(token.text())));
        let texts: Vec<_> = tokens.iter().map(Token::text).collect();
        assert_eq!(texts[..6], ["بە گشتی", "وڵات", "ەکان", "یش", "لە", "بوار"]);
        assert_eq!(tokens[2].kind(), TokenKind::Affix);
    }
}
