//! Everything at once: a text in, sentences, tokens, stems and entities out, all with offsets into that text.

mod bio;

use std::borrow::Cow;
use std::fmt;

pub use bio::{BioTag, BioTags, BioToken, Conll};

use crate::Span;
use crate::letters::{is_invisible, is_joiner};
use crate::morph::{Analyses, Analyzer, Lemmatizer, Stemmer};
use crate::ner::{Entity, Gazetteer, NerTagger};
use crate::normalize::{Normalized, Normalizer};
use crate::tokenize::{Boundary, Reader, Sentence, Token, TokenKind, Tokenizer};
use crate::value::{self, Date, Value};

/// Normalizer, tokenizer, stemmer and tagger, tied together so that each step is done once.
///
/// Build one and share it: it is `Send + Sync` and keeps no state between texts. `G` holds the bytes of the gazetteer,
/// `L` those of the lexicon.
///
/// ```
/// use sorani::Pipeline;
///
/// let pipeline = Pipeline::new();
/// let text = "سەرۆکی هەرێمی كوردستان لە بەغداوە گەڕایەوە. ئەو بڵاویکردەوە.";
/// let document = pipeline.process(text);
///
/// assert_eq!(document.sentences().count(), 2);
/// let stems: Vec<_> = document.tokens().filter(|t| t.is_word()).map(|t| t.stem().into_owned()).collect();
/// assert_eq!(stems[..4], ["سەرۆک", "هەرێم", "کوردستان", "لە"]);
/// let entities: Vec<_> = document.entities().iter().map(|e| (e.text(), e.canonical())).collect();
/// assert_eq!(entities, [("هەرێمی كوردستان", "هەرێمی کوردستان"), ("بەغدا", "بەغدا")]);
/// // Every offset is one into the text that was given.
/// assert!(document.entities().iter().all(|e| e.span().slice(text) == Some(e.text())));
/// ```
#[derive(Debug)]
pub struct Pipeline<G = &'static [u8], L = &'static [u8]> {
    normalizer: Normalizer,
    tokenizer: Tokenizer<L>,
    analyzer: Analyzer<L>,
    stemmer: Stemmer<L>,
    lemmatizer: Lemmatizer<L>,
    tagger: NerTagger<G, L>,
}

impl<G, L> Clone for Pipeline<G, L> {
    fn clone(&self) -> Self {
        Self {
            normalizer: self.normalizer.clone(),
            tokenizer: self.tokenizer.clone(),
            analyzer: self.analyzer.clone(),
            stemmer: self.stemmer.clone(),
            lemmatizer: self.lemmatizer.clone(),
            tagger: self.tagger.clone(),
        }
    }
}

#[cfg(feature = "compiled_data")]
impl Pipeline {
    /// A pipeline over the lexicon and the gazetteer that come with the crate.
    ///
    /// ```
    /// assert_eq!(sorani::Pipeline::new().process("سڵاو").tokens().count(), 1);
    /// ```
    pub fn new() -> Self {
        Self::with_parts(Gazetteer::embedded().clone(), Analyzer::new())
    }
}

#[cfg(feature = "compiled_data")]
impl Default for Pipeline {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "compiled_data")]
impl<G: AsRef<[u8]>> Pipeline<G> {
    /// A pipeline over another gazetteer and the lexicon that comes with the crate.
    ///
    /// ```
    /// use sorani::{EntityLabel, GazetteerBuilder, Pipeline};
    ///
    /// let gazetteer = GazetteerBuilder::new().insert("بنکەی ژین", EntityLabel::Organization)?.build()?;
    /// let pipeline = Pipeline::with_gazetteer(gazetteer);
    /// assert_eq!(pipeline.process("لە بنکەی ژین").entities().len(), 1);
    /// # Ok::<(), sorani::GazetteerError>(())
    /// ```
    pub fn with_gazetteer(gazetteer: Gazetteer<G>) -> Self {
        Self::with_parts(gazetteer, Analyzer::new())
    }
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> Pipeline<G, L> {
    /// A pipeline over a gazetteer and the lexicon of an analyzer.
    ///
    /// ```
    /// use sorani::{Analyzer, GazetteerBuilder, LexiconBuilder, PartOfSpeech, Pipeline};
    ///
    /// let lexicon = LexiconBuilder::new().insert("کتێب", PartOfSpeech::Noun)?.build()?;
    /// let gazetteer = GazetteerBuilder::new().build()?;
    /// let pipeline = Pipeline::with_parts(gazetteer, Analyzer::with_lexicon(lexicon));
    /// assert_eq!(pipeline.process("کتێبەکان").tokens().next().map(|t| t.stem().into_owned()).as_deref(), Some("کتێب"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_parts(gazetteer: Gazetteer<G>, analyzer: Analyzer<L>) -> Self {
        Self {
            normalizer: Normalizer::new(),
            tokenizer: Tokenizer::plain(),
            stemmer: Stemmer::from(&analyzer),
            lemmatizer: Lemmatizer::from(&analyzer),
            tagger: NerTagger::with_parts(gazetteer, &analyzer),
            analyzer,
        }
    }

    /// Replaces the normalizer. Lexicon and gazetteer are in the spelling of [`Profile::Standard`](crate::Profile): with
    /// rules switched off, words that keep another spelling are not found in them.
    ///
    /// ```
    /// use sorani::{Digits, Normalizer, Pipeline};
    ///
    /// let pipeline = Pipeline::new().with_normalizer(Normalizer::builder().digits(Digits::Ascii).build());
    /// assert_eq!(pipeline.process("٢٠٢٠").normalized(), "2020");
    /// ```
    #[must_use]
    pub fn with_normalizer(mut self, normalizer: Normalizer) -> Self {
        self.normalizer = normalizer;
        self
    }

    /// Whether the stems of a verb and of the same verb with ەوە are one (off), as [`Stemmer::joining_postverb`].
    ///
    /// ```
    /// use sorani::Pipeline;
    /// let pipeline = Pipeline::new().with_joined_postverb(true);
    /// let document = pipeline.process("دەنووسێتەوە");
    /// assert_eq!(document.tokens().next().map(|token| token.stem().into_owned()), Some("نووسین".to_owned()));
    /// ```
    #[must_use]
    pub fn with_joined_postverb(mut self, on: bool) -> Self {
        self.stemmer = self.stemmer.joining_postverb(on);
        self
    }

    /// Parts the conjunction و and prepositions from the words that they are written on to, as
    /// [`TokenizerBuilder::split_proclitics`](crate::TokenizerBuilder::split_proclitics) does; off unless set.
    ///
    /// ```
    /// use sorani::Pipeline;
    ///
    /// let pipeline = Pipeline::new().with_split_proclitics(true);
    /// let document = pipeline.process("\u{0643}ارو ژیان");
    /// assert_eq!(document.tokens().map(|token| token.text()).collect::<Vec<_>>(), ["\u{0643}ار", "و", " ", "ژیان"]);
    /// ```
    #[must_use]
    pub fn with_split_proclitics(mut self, on: bool) -> Self {
        let split = || Tokenizer::builder().split_proclitics(&self.analyzer).build();
        self.tokenizer = if on { split() } else { Tokenizer::plain() };
        self
    }

    /// Reads a text.
    ///
    /// Never fails, whatever the text. Takes time and memory linear in it: a token takes some 50 bytes. Long files are
    /// better read line by line. Stems and lemmas are looked up when they are asked for.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("لە هەولێر");
    /// assert_eq!(document.text(), "لە هەولێر");
    /// ```
    pub fn process<'a, 't>(&'a self, text: &'t str) -> Document<'a, 't, G, L> {
        let aligned = self.normalizer.normalize_aligned(text);
        let tokens: Vec<Token<'_>> = self.tokenizer.tokenize(aligned.text()).collect();
        let entities = self.tagger.find(aligned.text(), &tokens).iter().map(|found| found.entity(&aligned)).collect();
        let mut layout = Layout { text, tokens: Vec::with_capacity(tokens.len()), at: 0 };
        let mut starts = Vec::new();
        let mut reader = Reader::default();
        for token in &tokens {
            let span = layout.push(token, aligned.to_original(token.span()));
            if reader.read(token) == Boundary::Before {
                starts.push(span.start());
            }
        }
        layout.gap(text.len());
        let tokens = layout.tokens;
        Document { pipeline: self, aligned, tokens, starts, entities }
    }
}

/// Where a token stands in the original and in the normalized text.
#[derive(Clone, Copy, Debug)]
struct Place {
    original: Span,
    normalized: Span,
    kind: TokenKind,
}

/// Lays tokens of the normalized text out over the original, without holes and overlaps.
struct Layout<'t> {
    text: &'t str,
    tokens: Vec<Place>,
    /// The end of what has been laid out.
    at: usize,
}

impl Layout<'_> {
    fn push(&mut self, token: &Token<'_>, original: Span) -> Span {
        let start = original.start().max(self.at);
        self.gap(start);
        let original = Span::new(start, original.end().max(start));
        self.tokens.push(Place { original, normalized: token.span(), kind: token.kind() });
        self.at = original.end();
        original
    }

    /// What normalization deletes between two tokens is a token too: nothing of the original is lost.
    fn gap(&mut self, to: usize) {
        let gap = Span::new(self.at, to);
        let Some(text) = gap.slice(self.text).filter(|text| !text.is_empty()) else { return };
        let hidden = |c: char| is_invisible(c) || is_joiner(c) || c.is_control() || c.is_whitespace();
        let kind = if text.chars().all(hidden) { TokenKind::Control } else { TokenKind::Symbol };
        let normalized = self.tokens.last().map_or(0, |last| last.normalized.end());
        self.tokens.push(Place { original: gap, normalized: Span::new(normalized, normalized), kind });
        self.at = to;
    }
}

/// What a pipeline found in a text: [`Pipeline::process`] makes it.
///
/// Borrows the text and the pipeline.
///
/// ```
/// let pipeline = sorani::Pipeline::new();
/// let document = pipeline.process("سڵاو\u{200C} جیهان.");
/// let text: String = document.tokens().map(|token| token.text()).collect();
/// assert_eq!(text, document.text()); // nothing is lost
/// ```
pub struct Document<'a, 't, G = &'static [u8], L = &'static [u8]> {
    pipeline: &'a Pipeline<G, L>,
    aligned: Normalized<'t>,
    tokens: Vec<Place>,
    /// Where each sentence but the first begins.
    starts: Vec<usize>,
    entities: Vec<Entity<'a, 't>>,
}

impl<G, L> fmt::Debug for Document<'_, '_, G, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("text", &self.aligned.original())
            .field("tokens", &self.tokens.len())
            .field("sentences", &(self.starts.len() + 1))
            .field("entities", &self.entities)
            .finish_non_exhaustive()
    }
}

impl<'a, 't, G: AsRef<[u8]>, L: AsRef<[u8]>> Document<'a, 't, G, L> {
    /// The text that was given.
    ///
    /// ```
    /// assert_eq!(sorani::Pipeline::new().process("\u{0643}ورد").text(), "\u{0643}ورد");
    /// ```
    pub fn text(&self) -> &'t str {
        self.aligned.original()
    }

    /// The normalized text.
    ///
    /// ```
    /// assert_eq!(sorani::Pipeline::new().process("\u{0643}ورد").normalized(), "کورد");
    /// ```
    pub fn normalized(&self) -> &str {
        self.aligned.text()
    }

    /// The alignment of the two.
    ///
    /// ```
    /// use sorani::{Pipeline, Span};
    /// let pipeline = Pipeline::new();
    /// let document = pipeline.process("سـڵاو");
    /// assert_eq!(document.alignment().to_original(Span::new(0, 2)), Span::new(0, 4));
    /// ```
    pub fn alignment(&self) -> &Normalized<'t> {
        &self.aligned
    }

    /// The tokens, in order; put together, they are the text.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("لە هەولێر");
    /// assert_eq!(document.tokens().map(|token| token.text()).collect::<Vec<_>>(), ["لە", " ", "هەولێر"]);
    /// ```
    pub fn tokens<'d>(&'d self) -> impl ExactSizeIterator<Item = DocumentToken<'d, 't, G, L>> + use<'d, 'a, 't, G, L> {
        self.tokens.iter().map(|place| self.token(*place))
    }

    fn token(&self, place: Place) -> DocumentToken<'_, 't, G, L> {
        DocumentToken {
            pipeline: self.pipeline,
            original: self.aligned.original(),
            normalized: self.aligned.text(),
            place,
        }
    }

    /// The sentences, in order; put together, they are the text.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("یەک. دوو.");
    /// assert_eq!(document.sentences().map(|s| s.text()).collect::<Vec<_>>(), ["یەک. ", "دوو."]);
    /// ```
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'t>> {
        let text = self.text();
        let starts = std::iter::once(0).chain(self.starts.iter().copied());
        let ends = self.starts.iter().copied().chain([text.len()]);
        starts.zip(ends).filter_map(move |(start, end)| {
            let piece = text.get(start..end)?;
            (!piece.is_empty()).then(|| Sentence::new(piece, start))
        })
    }

    /// The values in the text: dates, times, numbers, money, percentages, quantities, in order and not overlapping.
    /// `reference` is the date that the text speaks from, where it is known: last Tuesday is another date each week.
    ///
    /// Read anew at each call, in time linear in the text; allocates. See [`ValueTagger`](crate::ValueTagger).
    ///
    /// ```
    /// use sorani::{Date, Pipeline};
    ///
    /// let pipeline = Pipeline::new();
    /// let document = pipeline.process("سێشەممەی ڕابردوو ٢٥ هەزار دینارم دا");
    /// let values: Vec<_> = document.values(Date::new(2020, 11, 20)).iter().map(|value| value.value().to_owned()).collect();
    /// assert_eq!(values, ["2020-11-17", "25000"]);
    /// ```
    pub fn values(&self, reference: Option<Date>) -> Vec<Value<'t>> {
        let text = self.aligned.text();
        let token = |place: &Place| {
            let token = place.normalized.slice(text).filter(|token| !token.is_empty())?;
            Some(Token::new(token, place.normalized.start(), place.kind))
        };
        let tokens: Vec<Token<'_>> = self.tokens.iter().filter_map(token).collect();
        value::find(text, &tokens, reference).into_iter().map(|found| found.value_in(&self.aligned)).collect()
    }

    /// The named entities, in order and not overlapping.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// assert_eq!(pipeline.process("لە هەولێرەوە").entities()[0].text(), "هەولێر");
    /// ```
    pub fn entities(&self) -> &[Entity<'a, 't>] {
        &self.entities
    }

    /// The visible tokens, each with its tag in the scheme BIO, sentence after sentence: the form in which taggers are
    /// trained and compared.
    ///
    /// White space and invisible tokens are left out. Allocates nothing; linear in the tokens.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("هەرێمی کوردستانیش.");
    /// let tags: Vec<_> = document.bio().map(|token| format!("{} {}", token.text(), token.tag())).collect();
    /// assert_eq!(tags, ["هەرێمی B-LOC", "کوردستانیش I-LOC", ". O"]);
    /// ```
    pub fn bio(&self) -> BioTags<'_, 'a, 't, G, L> {
        BioTags::new(self)
    }

    /// The same in two columns, as the tools of the CoNLL shared tasks read it: a token, a tab and its tag on a line,
    /// and an empty line behind each sentence.
    ///
    /// What it gives implements [`Display`](fmt::Display), so that it can be written to a file or a string; documents
    /// that are written one after another make one file.
    ///
    /// ```
    /// use std::io::Write;
    ///
    /// let pipeline = sorani::Pipeline::new();
    /// let mut out = Vec::new();
    /// for line in ["لە هەولێرەوە هات.", "سڵاو"] {
    ///     write!(out, "{}", pipeline.process(line).conll())?;
    /// }
    /// assert_eq!(out, "لە\tO\nهەولێرەوە\tB-LOC\nهات\tO\n.\tO\n\nسڵاو\tO\n\n".as_bytes());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn conll(&self) -> Conll<'_, 'a, 't, G, L> {
        Conll::new(self)
    }
}

/// A token of a [`Document`], with its normalized form, its stem and its lemma.
///
/// ```
/// let pipeline = sorani::Pipeline::new();
/// let document = pipeline.process("\u{0643}تێبه\u{200C}\u{0643}ان");
/// let token = document.tokens().next().ok_or("none")?;
/// assert_eq!((token.normalized(), &*token.stem()), ("کتێبەکان", "کتێب"));
/// # Ok::<(), &str>(())
/// ```
pub struct DocumentToken<'d, 't, G = &'static [u8], L = &'static [u8]> {
    pipeline: &'d Pipeline<G, L>,
    original: &'t str,
    normalized: &'d str,
    place: Place,
}

impl<G, L> fmt::Debug for DocumentToken<'_, '_, G, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentToken")
            .field("text", &self.place.original.slice(self.original))
            .field("span", &self.place.original)
            .field("kind", &self.place.kind)
            .finish_non_exhaustive()
    }
}

impl<'d, 't, G: AsRef<[u8]>, L: AsRef<[u8]>> DocumentToken<'d, 't, G, L> {
    /// The token as it stands in the text.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("سـڵاو");
    /// assert_eq!(document.tokens().next().map(|token| token.text()), Some("سـڵاو"));
    /// ```
    pub fn text(&self) -> &'t str {
        self.place.original.slice(self.original).unwrap_or_default()
    }

    /// Its bytes in the text that was given.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("سـڵاو!");
    /// assert_eq!(document.tokens().next().map(|token| token.span().range()), Some(0..10));
    /// ```
    pub const fn span(&self) -> Span {
        self.place.original
    }

    /// What it is.
    ///
    /// ```
    /// use sorani::{Pipeline, TokenKind};
    /// let pipeline = Pipeline::new();
    /// let document = pipeline.process("2020");
    /// assert_eq!(document.tokens().next().map(|token| token.kind()), Some(TokenKind::Number));
    /// ```
    pub const fn kind(&self) -> TokenKind {
        self.place.kind
    }

    /// Whether it is a word in the Arabic script or a number, which have stems and lemmas.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("سڵاو!");
    /// assert_eq!(document.tokens().map(|token| token.is_word()).collect::<Vec<_>>(), [true, false]);
    /// ```
    pub const fn is_word(&self) -> bool {
        matches!(self.place.kind, TokenKind::Word) || self.place.kind.is_number()
    }

    /// The token in normalized spelling; empty where normalization deletes it.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("سـڵاو");
    /// assert_eq!(document.tokens().next().map(|token| token.normalized().to_owned()).as_deref(), Some("سڵاو"));
    /// ```
    pub fn normalized(&self) -> &'d str {
        self.place.normalized.slice(self.normalized).unwrap_or_default()
    }

    /// The stem of a word; the normalized form of any other token. See [`Stemmer::stem`].
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("شارەکان");
    /// assert_eq!(document.tokens().next().map(|token| token.stem().into_owned()).as_deref(), Some("شار"));
    /// ```
    pub fn stem(&self) -> Cow<'d, str> {
        if self.is_word() { self.pipeline.stemmer.stem(self.normalized()) } else { Cow::Borrowed(self.normalized()) }
    }

    /// The dictionary form of a word; the normalized form of any other token. See [`Lemmatizer::lemmatize`].
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("دەچم");
    /// assert_eq!(document.tokens().next().map(|token| token.lemma().into_owned()).as_deref(), Some("چوون"));
    /// ```
    pub fn lemma(&self) -> Cow<'d, str> {
        if self.is_word() {
            self.pipeline.lemmatizer.lemmatize(self.normalized())
        } else {
            Cow::Borrowed(self.normalized())
        }
    }

    /// All analyses of a word; none for other tokens. See [`Analyzer::analyze`].
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("وڵاتی");
    /// assert!(document.tokens().next().is_some_and(|token| token.analyses().count() >= 2));
    /// ```
    pub fn analyses(&self) -> Analyses<'d> {
        self.pipeline.analyzer.analyze(if self.is_word() { self.normalized() } else { "" })
    }
}
