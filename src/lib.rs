//! Sorani (Central Kurdish) text for programs: **normalization, tokenization, stemming and morphological analysis, and
//! named entities**, on lexicons and a grammar that are finite-state data.
//!
//! Sorani is written in Arabic script, and no two keyboards agree on it: ك or ک, ي, ى or ی, ه and a non-joiner or ە, ر
//! or ڕ, three systems of digits. A word carries chains of suffixes and clitics: وڵاتەکەیداوە, ئەرمینیاش, بڵاویکردەوە. This
//! crate brings the spellings together, takes the words apart, finds the names, and tells for everything where it
//! stands in the text that was given. It does not translate, transliterate, or correct what people meant to write.
//!
//! ```
//! use sorani::Pipeline;
//!
//! let pipeline = Pipeline::new();
//! let text = "ئەرمینیاش لەگەڵ رووسیادا رێككەوت.";
//! let document = pipeline.process(text);
//!
//! let entities: Vec<_> = document.entities().iter().map(|e| (e.text(), e.canonical(), e.span().range())).collect();
//! assert_eq!(entities, [("ئەرمینیا", "ئەرمینیا", 0..16), ("رووسیا", "ڕووسیا", 30..42)]);
//! let verb = document.tokens().filter(|token| token.is_word()).last().ok_or("no word")?;
//! assert_eq!((verb.text(), &*verb.lemma()), ("رێككەوت", "ڕێککەوتن"));
//! # Ok::<(), &str>(())
//! ```
//!
//! # Types
//!
//! | to do this | use | which gives |
//! | --- | --- | --- |
//! | one spelling | [`Normalizer`] | a `Cow<str>`, or [`Normalized`] with the way back |
//! | text from HTML | [`decode_entities`] | [`Normalized`] with the way back |
//! | text typed for old fonts | [`LegacyEncoding`] | the same |
//! | what a text hides | [`suspicious`] | [`SuspiciousRun`]s |
//! | words and units | [`Tokenizer`] | [`Token`]s with a [`TokenKind`] |
//! | sentences | [`SentenceSegmenter`] | [`Sentence`]s |
//! | sentences of a file of any size | [`SentenceReader`] | [`StreamSentence`]s |
//! | search | [`Stemmer`] | one stem for all forms of a word |
//! | search without a lexicon | [`LightStemmer`] | the word without its endings, by rules |
//! | dictionary forms | [`Lemmatizer`] | lemmas |
//! | what a word is made of | [`Analyzer`] | [`Analysis`] with [`Segment`]s |
//! | a form of a word | [`Generator`] | forms, and paradigms of [`Form`]s |
//! | names | [`NerTagger`] | [`Entity`] |
//! | dates, numbers, amounts | [`ValueTagger`] | [`Value`] |
//! | all of it at once | [`Pipeline`] | [`Document`] |
//! | names as training data | [`Document::bio`], [`Document::conll`] | [`BioToken`]s, two columns |
//! | own words | [`LexiconBuilder`] | [`Lexicon`] |
//! | own names | [`GazetteerBuilder`] | [`Gazetteer`] |
//!
//! # Examples
//!
//! Text from any keyboard in one spelling:
//!
//! ```
//! use sorani::Normalizer;
//! assert_eq!(Normalizer::new().normalize("ره\u{200C}نگه\u{200C}\u{0643}ان\u{0649}"), "ڕەنگەکانی");
//! ```
//!
//! The words of a text, addresses and numbers whole:
//!
//! ```
//! use sorani::Tokenizer;
//! let tokenizer = Tokenizer::new();
//! let words: Vec<_> = tokenizer.tokenize("د. شوان، ١٩٥٠دا").filter(|t| t.kind().is_visible()).map(|t| t.text()).collect();
//! assert_eq!(words, ["د.", "شوان", "،", "١٩٥٠دا"]);
//! ```
//!
//! What a word is made of:
//!
//! ```
//! use sorani::Analyzer;
//! let analyzer = Analyzer::new();
//! let best = analyzer.analyze("بڵاویکردەوە").next().ok_or("none")?;
//! assert_eq!((best.lemma(), best.to_string().as_str()), ("بڵاوکردنەوە", "بڵاو+ی+[کرد]+ەوە"));
//! # Ok::<(), &str>(())
//! ```
//!
//! Own names beside one's own words:
//!
//! ```
//! use sorani::{EntityLabel, GazetteerBuilder, NerTagger};
//! let gazetteer = GazetteerBuilder::new().insert("گۆڤاری ڕامان", EntityLabel::Organization)?.build()?;
//! let tagger = NerTagger::with_gazetteer(gazetteer);
//! assert_eq!(tagger.tag("لە گۆڤاری ڕاماندا").next().map(|e| e.text()), Some("گۆڤاری ڕامان"));
//! # Ok::<(), sorani::GazetteerError>(())
//! ```
//!
//! What numbers and dates say:
//!
//! ```
//! use sorani::ValueTagger;
//! let tagger = ValueTagger::new();
//! let value = tagger.tag("لە ١٥ی تشرینی دووەمی ٢٠٢٠دا").next().ok_or("none")?;
//! assert_eq!((value.text(), value.value()), ("١٥ی تشرینی دووەمی ٢٠٢٠", "2020-11-15"));
//! # Ok::<(), &str>(())
//! ```
//!
//! # Offsets and normalization
//!
//! Every offset in a result is a number of **bytes**, on a boundary between characters, into the text that was handed
//! to the method that gave the result. [`Pipeline`], [`NerTagger`] and [`ValueTagger`] normalize by themselves and
//! still give offsets into the original. [`Tokenizer`], [`SentenceSegmenter`], [`Stemmer`], [`LightStemmer`],
//! [`Lemmatizer`] and [`Analyzer`] take the text as it is; the last four expect the spelling of [`Profile::Standard`].
//! [`Normalized`] maps spans between the two texts, whole edits at a time.
//!
//! # Cost and guarantees
//!
//! Methods that read text never fail and never panic, and take time linear in it. What can go wrong depends on tables
//! and compiled data alone, so only building and loading return `Result`. All values are `Send + Sync` and keep no
//! hidden state: build one, share it. There is no `unsafe` code. Words of more than 64 letters are taken as they are.
//!
//! # Features
//!
//! * `compiled_data` (on): the lexicon and the gazetteer that come with the crate, about 1 MB, and the constructors
//!   named `new` that use them. Without it, normalization, tokenization, [`LightStemmer`] and the builders remain.
//!
//! # Unicode
//!
//! Canonical composition is that of the version of Unicode of the crate `unicode-normalization`, grapheme clusters and
//! words of other scripts those of `unicode-segmentation`; the two may differ by a version. Where no rule of this crate
//! applies, words are those of UAX #29 without tailoring.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod artefact;
mod decode;
mod embedded;
mod key;
mod letters;
mod lexicon;
mod morph;
mod ner;
mod normalize;
mod pipeline;
mod restore;
mod soundness;
mod span;
mod suspicious;
mod table;
mod tokenize;
mod value;

pub use decode::{LegacyEncoding, ParseLegacyEncodingError, decode_entities};
pub use lexicon::{Lexicon, LexiconBuilder, LexiconEntry, LexiconError, ParsePartOfSpeechError, PartOfSpeech};
pub use morph::{
    Analyses, Analysis, AnalysisSource, Analyzer, Form, Generator, Lemmas, Lemmatizer, LightStemmer, Segment, Stemmer,
};
pub use ner::{
    Entities, Entity, EntityLabel, EntitySource, Gazetteer, GazetteerBuilder, GazetteerEntry, GazetteerError,
    NerTagger, ParseEntityLabelError,
};
pub use normalize::{
    Change, Digits, FinalHeh, Normalized, Normalizer, NormalizerBuilder, ParseDigitsError, ParseProfileError,
    ParseRuleError, Profile, Rule, RuleSet,
};
pub use pipeline::{BioTag, BioTags, BioToken, Conll, Document, DocumentToken, Pipeline};

pub use span::Span;
pub use suspicious::{Suspicious, SuspiciousKind, SuspiciousRun, suspicious};
pub use table::TableError;
pub use tokenize::{
    Expressions, LineBreaks, Sentence, SentenceReader, SentenceSegmenter, SentenceSegmenterBuilder, Sentences,
    StopWords, StreamError, StreamSentence, Token, TokenKind, Tokenizer, TokenizerBuilder, Tokens,
};
pub use value::{Date, Value, ValueKind, ValueTagger, Values};

/// The examples of the README are tests.
#[cfg(all(doctest, feature = "compiled_data"))]
#[doc = include_str!("../README.md")]
struct Readme;
