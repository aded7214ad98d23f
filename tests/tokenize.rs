//! The tokenizer and the segmenter on any text.

use proptest::prelude::*;
use sorani::{Analyzer, Expressions, SentenceReader, SentenceSegmenter, StopWords, TokenKind, Tokenizer};
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

    #[test]
    fn configured_tokens_stand_in_order_and_fit(text in sorani_like(), max in 1..30_usize) {
        let analyzer = Analyzer::new();
        let tokenizer = Tokenizer::builder()
            .split_proclitics(&analyzer)
            .split_morphemes(&analyzer)
            .expressions(Expressions::Longest)
            .max_token_len(max)
            .build();
        let mut end = 0;
        for token in tokenizer.tokenize(&text) {
            prop_assert_eq!(token.span().start(), end, "nothing is lost");
            prop_assert_eq!(token.span().slice(&text), Some(token.text()));
            prop_assert!(token.text().len() <= max || token.text().chars().count() == 1);
            end = token.span().end();
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn a_stream_gives_the_sentences_of_the_whole(text in sorani_like(), size in 1..50_usize) {
        let mut stream = SentenceReader::new(std::io::BufReader::with_capacity(size, text.as_bytes()));
        for sentence in SentenceSegmenter::new().sentences(&text) {
            let found = stream.next_sentence().unwrap().expect("as many sentences");
            prop_assert_eq!(found.text(), sentence.text());
            prop_assert_eq!(found.start(), sentence.span().start() as u64);
        }
        prop_assert!(stream.next_sentence().unwrap().is_none());
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

#[test]
fn tokens_and_sentences_allocate_nothing() {
    let text = concat!(include_str!("../examples/texts/news.txt"), include_str!("../examples/texts/social.txt"));
    let analyzer = Analyzer::new();
    let plain = Tokenizer::new();
    let configured = Tokenizer::builder()
        .split_proclitics(&analyzer)
        .split_morphemes(&analyzer)
        .expressions(Expressions::Longest)
        .stop_words(StopWords::Drop)
        .whitespace(false)
        .max_token_len(16)
        .build();
    let segmenter = SentenceSegmenter::new();
    // Tables are read on first use.
    let counts =
        || (plain.tokenize(text).count(), configured.tokenize(text).count(), segmenter.sentences(text).count());
    let first = counts();
    let mut second = first;
    let allocated = allocation_counter::measure(|| second = counts());
    assert_eq!(first, second);
    assert_eq!(allocated.count_total, 0);
}

#[test]
fn hostile_text_takes_linear_time() {
    let analyzer = Analyzer::new();
    let configured = Tokenizer::builder().split_proclitics(&analyzer).expressions(Expressions::Longest).build();
    let units = [
        ".", "«", "\"", "@", "#", "1", "1/", "1:", "1,", "a.", "a@", "a_", "د.", "ا", "\u{200C}", "\u{0640}", "بۆ ",
        "www.", "-", "e\u{301}", "🇩🇪",
    ];
    for unit in units {
        let text = unit.repeat(1_000_000 / unit.len());
        let lengths = |tokens: &mut dyn Iterator<Item = usize>| tokens.sum::<usize>();
        assert_eq!(
            lengths(&mut Tokenizer::new().tokenize(&text).map(|token| token.text().len())),
            text.len(),
            "{unit:?}"
        );
        assert_eq!(lengths(&mut configured.tokenize(&text).map(|token| token.text().len())), text.len(), "{unit:?}");
        let sentences = SentenceSegmenter::new();
        assert_eq!(
            lengths(&mut sentences.sentences(&text).map(|sentence| sentence.text().len())),
            text.len(),
            "{unit:?}"
        );
    }
}
