//! Sorani.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod embedded;
mod key;
mod letters;
mod normalize;
mod span;
mod table;

pub use normalize::{Digits, FinalHeh, Normalized, Normalizer, NormalizerBuilder, Profile};
pub use span::Span;
pub use table::TableError;
