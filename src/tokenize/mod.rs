//! Tokens and sentences, as iterators that borrow the text and allocate nothing.
//!
//! [`cut`] cuts text by what its characters are: word boundaries follow UAX #29 where no rule of ours applies. Ours:
//! suffixes written on to digits and Latin words stay with them; addresses, hashtags, names of users, dates, times and
//! numbers are one token each; the full stops of abbreviations belong to them; a full stop between two words in Arabic
//! script parts them, with or without a space. [`tokenizer`] adds what a builder asks for: splitting by the lexicon,
//! joining of expressions, leaving out.

mod abbreviations;
mod builder;
mod classes;
mod cut;
mod expressions;
mod ordinals;
mod sentence;
mod stop_words;
mod stream;
mod token;
mod tokenizer;

pub use builder::TokenizerBuilder;
pub(crate) use cut::Cutter;
pub use expressions::Expressions;
pub(crate) use sentence::{Boundary, Reader};
pub use sentence::{LineBreaks, Sentence, SentenceSegmenter, SentenceSegmenterBuilder, Sentences};
pub use stop_words::StopWords;
pub use stream::{SentenceReader, StreamError, StreamSentence};
pub use token::{Token, TokenKind};
pub use tokenizer::{Tokenizer, Tokens};
