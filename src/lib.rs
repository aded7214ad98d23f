//! Sorani.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod artefact;
mod embedded;
mod key;
mod letters;
mod lexicon;
mod morph;
mod normalize;
mod span;
mod table;
mod tokenize;

pub use lexicon::{Lexicon, LexiconBuilder, LexiconEntry, LexiconError, ParsePartOfSpeechError, PartOfSpeech};
pub use morph::{Analyses, Analysis, AnalysisSource, Analyzer, Lemmatizer, Segment, Stemmer};
pub use normalize::{Digits, FinalHeh, Normalized, Normalizer, NormalizerBuilder, Profile};
pub use span::Span;
pub use table::TableError;
pub use tokenize::{Sentence, SentenceSegmenter, Sentences, Token, TokenKind, Tokenizer, Tokens};
