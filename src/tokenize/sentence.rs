//! Sentences, found from the tokens: what a token holds inside never ends one.

use std::iter::FusedIterator;

use super::classes::{closes, opens};
use super::{Cutter, Token, TokenKind};
use crate::Span;

/// What a token says about the boundary between sentences.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Boundary {
    /// The sentence goes on.
    None,
    /// A sentence ended before this token.
    Before,
}

/// Where the reading of a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum State {
    /// At the beginning: nothing visible yet.
    #[default]
    Start,
    /// Only a number so far, which a full stop may follow in a numbered list.
    Number,
    /// Inside the sentence.
    Inside,
    /// After a mark that ends sentences; `strong` marks need no space behind them, a full stop needs a word in Arabic
    /// script or a space.
    Ended { strong: bool },
    /// After such a mark and white space.
    EndedSpace,
    /// After a line break or other white space that ends a sentence.
    Line,
    /// After a line break that ends one only before a bullet.
    Bullet,
}

/// What a line break is to a sentence.
///
/// ```
/// use sorani::{LineBreaks, SentenceSegmenter};
///
/// let count = |line_breaks| {
///     let segmenter = SentenceSegmenter::builder().line_breaks(line_breaks).build();
///     segmenter.sentences("سەردێڕ\nیەک\n\nدوو").count()
/// };
/// assert_eq!([LineBreaks::End, LineBreaks::Paragraph, LineBreaks::Space].map(count), [3, 2, 1]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum LineBreaks {
    /// Each one ends a sentence: headlines and the items of lists have no stop. For text with a paragraph a line.
    #[default]
    End,
    /// Only an empty line ends one, and a line break before a bullet: for text that is broken into lines of one length.
    Paragraph,
    /// None ends one.
    Space,
}

/// What a builder sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct SentenceOptions {
    line_breaks: LineBreaks,
    ellipsis: bool,
    semicolon: bool,
    double_space: bool,
}

/// Configures a [`SentenceSegmenter`].
///
/// ```
/// use sorani::SentenceSegmenter;
/// let segmenter = SentenceSegmenter::builder().semicolon(true).build();
/// assert_eq!(segmenter.sentences("یەک؛ دوو").count(), 2);
/// ```
#[derive(Clone, Debug, Default)]
pub struct SentenceSegmenterBuilder {
    options: SentenceOptions,
}

impl SentenceSegmenterBuilder {
    /// What a line break is to a sentence: its end, unless set.
    ///
    /// ```
    /// use sorani::{LineBreaks, SentenceSegmenter};
    /// let segmenter = SentenceSegmenter::builder().line_breaks(LineBreaks::Paragraph).build();
    /// assert_eq!(segmenter.sentences("یەک\n• دوو\n• سێ").count(), 3); // bullets
    /// ```
    #[must_use]
    pub fn line_breaks(mut self, line_breaks: LineBreaks) -> Self {
        self.options.line_breaks = line_breaks;
        self
    }

    /// Whether … and several full stops end a sentence before white space (they do not).
    ///
    /// ```
    /// use sorani::SentenceSegmenter;
    /// let text = "نازانم… ڕەنگە";
    /// assert_eq!(SentenceSegmenter::new().sentences(text).count(), 1);
    /// assert_eq!(SentenceSegmenter::builder().ellipsis(true).build().sentences(text).count(), 2);
    /// ```
    #[must_use]
    pub fn ellipsis(mut self, ends: bool) -> Self {
        self.options.ellipsis = ends;
        self
    }

    /// Whether ؛ and ; end a sentence (they do not).
    ///
    /// ```
    /// use sorani::SentenceSegmenter;
    /// assert_eq!(SentenceSegmenter::new().sentences("یەک؛ دوو").count(), 1);
    /// assert_eq!(SentenceSegmenter::builder().semicolon(true).build().sentences("یەک؛ دوو").count(), 2);
    /// ```
    #[must_use]
    pub fn semicolon(mut self, ends: bool) -> Self {
        self.options.semicolon = ends;
        self
    }

    /// Whether two or more spaces end a sentence, as in text whose paragraphs were joined so (they do not).
    ///
    /// ```
    /// use sorani::SentenceSegmenter;
    /// assert_eq!(SentenceSegmenter::new().sentences("سەردێڕ  دەق").count(), 1);
    /// assert_eq!(SentenceSegmenter::builder().double_space(true).build().sentences("سەردێڕ  دەق").count(), 2);
    /// ```
    #[must_use]
    pub fn double_space(mut self, ends: bool) -> Self {
        self.options.double_space = ends;
        self
    }

    /// Makes the segmenter; cheap, and cannot fail.
    ///
    /// ```
    /// assert_eq!(sorani::SentenceSegmenter::builder().build().sentences("یەک. دوو.").count(), 2);
    /// ```
    pub fn build(self) -> SentenceSegmenter {
        SentenceSegmenter { options: self.options }
    }
}

/// Reads tokens one by one and tells where sentences begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reader {
    options: SentenceOptions,
    state: State,
    /// Whether the last visible token is a word or number, so that a full stop behind it can end a sentence.
    after_word: bool,
}

impl Reader {
    pub(crate) fn new(options: SentenceOptions) -> Self {
        Self { options, ..Self::default() }
    }

    /// The state after white space.
    fn space(&self, text: &str) -> State {
        if self.state == State::Start {
            return State::Start;
        }
        let breaks = text.bytes().filter(|&byte| byte == b'\n').count();
        let ends = match self.options.line_breaks {
            LineBreaks::End => breaks > 0,
            LineBreaks::Paragraph => breaks > 1,
            LineBreaks::Space => false,
        };
        if ends || self.options.double_space && text.len() > 1 && breaks == 0 {
            return State::Line;
        }
        match self.state {
            State::Ended { .. } => State::EndedSpace,
            State::EndedSpace | State::Line => self.state,
            _ if breaks > 0 && self.options.line_breaks == LineBreaks::Paragraph => State::Bullet,
            state => state,
        }
    }

    /// Whether the mark ends sentences, and then whether it does so without a space behind it.
    fn ends_sentence(&self, mark: &str) -> Option<bool> {
        match mark {
            "." | "۔" => Some(false),
            "؛" | ";" => self.options.semicolon.then_some(false),
            _ if mark.starts_with(['!', '?', '؟']) => Some(true),
            // More full stops are an ellipsis, inside a sentence more often than not.
            _ if mark.starts_with(['.', '…']) => self.options.ellipsis.then_some(false),
            _ => None,
        }
    }

    /// Takes the next token.
    pub(crate) fn read(&mut self, token: &Token<'_>) -> Boundary {
        let boundary = self.step(token);
        if boundary == Boundary::Before {
            // What came before has no bearing on the new sentence.
            *self = Self::new(self.options);
            self.step(token);
        }
        boundary
    }

    fn step(&mut self, token: &Token<'_>) -> Boundary {
        let text = token.text();
        match token.kind() {
            TokenKind::Whitespace => {
                self.state = self.space(text);
                return Boundary::None;
            }
            TokenKind::Control => return Boundary::None,
            TokenKind::Punctuation => {
                if let Some(strong) = self.ends_sentence(text) {
                    let (new, boundary) = match self.state {
                        // «١.» at the beginning of a line numbers it.
                        State::Number if !strong => (State::Inside, Boundary::None),
                        State::Start => (State::Inside, Boundary::None),
                        State::Line => (State::Inside, Boundary::Before),
                        State::Ended { strong: before } => (State::Ended { strong: strong || before }, Boundary::None),
                        _ => (State::Ended { strong }, Boundary::None),
                    };
                    self.state = new;
                    return boundary;
                }
                // Closing marks right behind the stop belong to the sentence; so does what goes on with a comma.
                match self.state {
                    State::Ended { .. } if closes(text) => return Boundary::None,
                    State::Ended { .. } | State::EndedSpace if continues(text) => {
                        self.state = State::Inside;
                        return Boundary::None;
                    }
                    // A straight quotation mark after a space opens a new sentence unless it stands alone.
                    _ => {}
                }
            }
            _ => {}
        }
        let boundary = match self.state {
            State::EndedSpace | State::Line | State::Ended { strong: true } => Boundary::Before,
            State::Bullet if is_bullet(text) || token.kind().is_number() => Boundary::Before,
            State::Ended { strong: false } if self.after_word && begins_after_stop(token) => Boundary::Before,
            _ => Boundary::None,
        };
        let first = self.state == State::Start;
        self.state = if first && token.kind() == TokenKind::Number { State::Number } else { State::Inside };
        self.after_word = matches!(token.kind(), TokenKind::Word | TokenKind::Date | TokenKind::Time)
            || token.kind().is_number()
            || token.kind() == TokenKind::Punctuation && closes(text) && self.after_word;
        boundary
    }
}

fn continues(mark: &str) -> bool {
    matches!(mark, "،" | "," | "؛" | ";" | ":")
}

fn is_bullet(mark: &str) -> bool {
    matches!(mark, "•" | "-" | "–" | "—" | "*" | "◦" | "▪" | "●" | "■" | "·" | "\u{F0B7}")
}

/// Whether a new sentence may begin with `token` right behind a full stop, without a space.
fn begins_after_stop(token: &Token<'_>) -> bool {
    match token.kind() {
        TokenKind::Word => token.text().chars().nth(1).is_some(),
        TokenKind::Punctuation => opens(token.text()),
        _ => false,
    }
}

/// Cuts text into sentences.
///
/// A sentence ends at a full stop, question or exclamation mark, with the closing quotation marks and brackets behind
/// it; not at the stop of an abbreviation, an initial, a number or an address. A line break ends one too: headlines
/// have no stop. A missing space after the stop does no harm between words in Arabic script.
///
/// ```
/// use sorani::SentenceSegmenter;
///
/// let segmenter = SentenceSegmenter::new();
/// let text = "د. شوان هات.ئەو گوتی: «باشە.» دواتر ڕۆیشت؟ بەڵێ";
/// let sentences: Vec<_> = segmenter.sentences(text).map(|sentence| sentence.text().trim()).collect();
/// assert_eq!(sentences, ["د. شوان هات.", "ئەو گوتی: «باشە.»", "دواتر ڕۆیشت؟", "بەڵێ"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct SentenceSegmenter {
    options: SentenceOptions,
}

impl SentenceSegmenter {
    /// A segmenter with the abbreviations of `data/tokenize/abbreviations.tsv`.
    ///
    /// ```
    /// assert_eq!(sorani::SentenceSegmenter::new().sentences("یەک. دوو.").count(), 2);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) const fn options(&self) -> SentenceOptions {
        self.options
    }

    /// Configures one.
    ///
    /// ```
    /// use sorani::{LineBreaks, SentenceSegmenter};
    /// let segmenter = SentenceSegmenter::builder().line_breaks(LineBreaks::Space).build();
    /// assert_eq!(segmenter.sentences("یەک\nدوو").count(), 1);
    /// ```
    pub fn builder() -> SentenceSegmenterBuilder {
        SentenceSegmenterBuilder::default()
    }

    /// The sentences of `text`, in order. Lossless: together they are the text, white space included. Allocates nothing
    /// and takes time linear in the text.
    ///
    /// ```
    /// let segmenter = sorani::SentenceSegmenter::new();
    /// let text = " سەردێڕ\nیەکەم ڕستە. دووەم!";
    /// let sentences: Vec<_> = segmenter.sentences(text).collect();
    /// assert_eq!(sentences.len(), 3);
    /// assert_eq!(sentences.iter().map(|sentence| sentence.text()).collect::<String>(), text);
    /// assert_eq!(sentences[1].trimmed_span().slice(text), Some("یەکەم ڕستە."));
    /// ```
    pub fn sentences<'t>(&self, text: &'t str) -> Sentences<'t> {
        Sentences {
            text,
            tokens: Cutter::new(text),
            reader: Reader::new(self.options),
            start: 0,
            done: text.is_empty(),
        }
    }
}

/// A sentence: a piece of the text. Borrows the text.
///
/// ```
/// let segmenter = sorani::SentenceSegmenter::new();
/// let last = segmenter.sentences("یەک. دوو.").last().ok_or("no sentence")?;
/// assert_eq!((last.text(), last.span().start()), ("دوو.", 8));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Sentence<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Sentence<'t> {
    pub(crate) const fn new(text: &'t str, start: usize) -> Self {
        Self { text, start }
    }

    /// The sentence with the white space after it.
    ///
    /// ```
    /// let segmenter = sorani::SentenceSegmenter::new();
    /// assert_eq!(segmenter.sentences("یەک. دوو.").next().map(|s| s.text()), Some("یەک. "));
    /// ```
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Its bytes in the text, white space included.
    ///
    /// ```
    /// let segmenter = sorani::SentenceSegmenter::new();
    /// assert_eq!(segmenter.sentences("یەک. دوو.").next().map(|s| s.span().range()), Some(0..8));
    /// ```
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// Its bytes in the text, without the white space around it.
    ///
    /// ```
    /// let segmenter = sorani::SentenceSegmenter::new();
    /// assert_eq!(segmenter.sentences(" یەک. دوو.").next().map(|s| s.trimmed_span().range()), Some(1..8));
    /// ```
    pub fn trimmed_span(&self) -> Span {
        trim(self.text, self.start)
    }
}

/// The bytes of `text`, which begins at `start`, without the white space around it.
pub(crate) fn trim(text: &str, start: usize) -> Span {
    let head = text.len() - text.trim_start().len();
    Span::new(start + head, start + head + text.trim().len())
}

/// The sentences of a text: [`SentenceSegmenter::sentences`] makes it.
///
/// ```
/// let segmenter = sorani::SentenceSegmenter::new();
/// assert!(segmenter.sentences("").next().is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    tokens: Cutter<'t>,
    reader: Reader,
    start: usize,
    done: bool,
}

impl<'t> Iterator for Sentences<'t> {
    type Item = Sentence<'t>;

    fn next(&mut self) -> Option<Sentence<'t>> {
        if self.done {
            return None;
        }
        let start = self.start;
        for token in self.tokens.by_ref() {
            if self.reader.read(&token) == Boundary::Before {
                self.start = token.span().start();
                return self.text.get(start..self.start).map(|text| Sentence { text, start });
            }
        }
        self.done = true;
        self.text.get(start..).map(|text| Sentence { text, start })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.text.len() - self.start;
        (usize::from(!self.done), Some(if self.done { 0 } else { left }))
    }
}

impl FusedIterator for Sentences<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let sentences: Vec<_> = SentenceSegmenter::new().sentences(text).collect();
        assert_eq!(sentences.iter().map(Sentence::text).collect::<String>(), text);
        sentences.iter().map(|sentence| sentence.trimmed_span().slice(text).unwrap()).collect()
    }

    #[test]
    fn stops_that_end_nothing() {
        for text in [
            "د. شوان لە پ.ک.ک. هاتەوە",
            "نرخی 3.5 دۆلار بوو",
            "لە www.example.org نووسرابوو",
            "١. یەکەم خاڵ",
            "گوتی... نازانم",
            "گوتی: «باشە.»، پاشان ڕۆیشت",
        ] {
            assert_eq!(split(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn stops_that_end_a_sentence() {
        assert_eq!(split("یەک.دوو! سێ؟چوار"), ["یەک.", "دوو!", "سێ؟", "چوار"]);
        assert_eq!(split("«یەک.» دوو. (سێ.) چوار"), ["«یەک.»", "دوو.", "(سێ.)", "چوار"]);
        assert_eq!(split("سەردێڕ\n\nدەق"), ["سەردێڕ", "دەق"]);
        assert_eq!(split("لە ٢٠٢٠. دواتر"), ["لە ٢٠٢٠.", "دواتر"]);
        assert_eq!(split("بۆ؟! نا"), ["بۆ؟!", "نا"]);
        assert_eq!(split("  "), [""]);
    }
}
