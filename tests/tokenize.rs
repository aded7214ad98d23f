//! The tokenizer and the segmenter on any text.

use proptest::prelude::*;
use sorani::{SentenceSegmenter, TokenKind, Tokenizer};
use unicode_segmentation::UnicodeSegmentation;

use crate::normalize::sorani_like;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn tokens_partition_the_text(text in sorani_like()) {
        let tokenizer = Tokenizer::new();
        let mut end = 0;
        for token in tokenizer.tokenize(&text) {
            prop_assert_eq!(token.span().start(), end);
            prop_assert!(!token.text().is_empty());
            prop_assert_eq!(token.span().slice(&text), Some(token.text()));
            end = token.span().end();
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn sentences_partition_the_text(text in sorani_like()) {
        let segmenter = SentenceSegmenter::new();
        let mut end = 0;
        for sentence in segmenter.sentences(&text) {
            prop_assert_eq!(sentence.span().start(), end);
            prop_assert!(!sentence.text().is_empty());
            let trimmed = sentence.trimmed_span();
            prop_assert!(sentence.span().start() <= trimmed.start() && trimmed.end() <= sentence.span().end());
            end = sentence.span().end();
        }
        prop_assert_eq!(end, text.len());
    }

    /// Words of letters and spaces alone are those of UAX #29.
    #[test]
    fn plain_words_are_those_of_uax_29(text in "([ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهوۆەیێ]{1,6}|[a-zA-Z]{1,6}| |،|؟|\\(|\\)|!){0,12}") {
        let tokenizer = Tokenizer::new();
        let words = |kind: TokenKind| matches!(kind, TokenKind::Word | TokenKind::Foreign);
        let ours: Vec<&str> = tokenizer.tokenize(&text).filter(|token| words(token.kind())).map(|token| token.text()).collect();
        let theirs: Vec<&str> = text.unicode_words().collect();
        // A word that ends in an address or the like is ours to cut otherwise.
        prop_assume!(!text.to_ascii_lowercase().contains("www"));
        prop_assert_eq!(ours, theirs);
    }
}
