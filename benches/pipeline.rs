//! How fast each step is, beside floors that do less (decoding the text, NFC) and beside two segmenters by UAX #29.
//!
//!     cargo bench
//!
//! Compare only figures of one run. The texts are those of `examples/texts`, repeated: an upper bound, for a small text
//! stays in the caches. Set `SORANI_BENCH_TEXT` to the path of a larger one for figures that carry over.

#![expect(missing_docs, reason = "criterion's macros write functions without documentation")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use sorani::{Normalizer, Pipeline, SentenceSegmenter, TokenKind, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The texts to measure on: name and lines.
fn texts() -> Vec<(String, String)> {
    if let Some(path) = std::env::var_os("SORANI_BENCH_TEXT") {
        return match std::fs::read_to_string(&path) {
            Ok(text) => vec![("text".to_owned(), text)],
            Err(error) => {
                eprintln!("SORANI_BENCH_TEXT: {error}");
                std::process::exit(2);
            }
        };
    }
    [
        ("news", include_str!("../examples/texts/news.txt")),
        ("social", include_str!("../examples/texts/social.txt")),
        ("prose", include_str!("../examples/texts/prose.txt")),
    ]
    .map(|(name, text)| (name.to_owned(), text.repeat(20)))
    .into()
}

/// Tokens that the other segmenters call words too.
fn is_word(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Foreign) || kind.is_number()
}

/// The ends of the segments that are words for `icu_segmenter`, added up.
fn icu_words(segmenter: &WordSegmenter, text: &str) -> usize {
    let mut segments = segmenter.as_borrowed().segment_str(text);
    let mut sum = 0;
    while let Some(end) = segments.next() {
        if segments.is_word_like() {
            sum += end;
        }
    }
    sum
}

fn steps(criterion: &mut Criterion) {
    let (normalizer, tokenizer, segmenter) = (Normalizer::new(), Tokenizer::new(), SentenceSegmenter::new());
    let pipeline = Pipeline::new();
    let icu = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default()).static_to_owned();
    for (name, text) in texts() {
        let clean = normalizer.normalize(&text).into_owned();
        let mut group = criterion.benchmark_group(&name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("floor: decode", |b| b.iter(|| black_box(&text).chars().map(|c| c as u64).sum::<u64>()));
        group.bench_function("floor: nfc", |b| b.iter(|| black_box(&text).nfc().map(|c| c as u64).sum::<u64>()));
        group.bench_function("unicode-segmentation: words", |b| {
            b.iter(|| black_box(&text).unicode_word_indices().map(|(at, word)| at + word.len()).sum::<usize>());
        });
        group.bench_function("icu_segmenter: words", |b| b.iter(|| icu_words(&icu, black_box(&text))));
        group.bench_function("unicode-segmentation: sentences", |b| {
            b.iter(|| black_box(&text).unicode_sentences().count());
        });
        group.bench_function("normalize", |b| b.iter(|| normalizer.normalize(black_box(&text)).len()));
        group.bench_function("normalize clean", |b| b.iter(|| normalizer.normalize(black_box(&clean)).len()));
        group.bench_function("normalize aligned", |b| {
            b.iter(|| normalizer.normalize_aligned(black_box(&text)).text().len());
        });
        group.bench_function("words", |b| {
            b.iter(|| {
                let words = tokenizer.tokenize(black_box(&text)).filter(|token| is_word(token.kind()));
                words.map(|word| word.span().end()).sum::<usize>()
            });
        });
        group.bench_function("tokenize", |b| {
            b.iter(|| tokenizer.tokenize(black_box(&text)).map(|token| token.span().end()).sum::<usize>());
        });
        group.bench_function("sentences", |b| b.iter(|| segmenter.sentences(black_box(&text)).count()));
        group.bench_function("pipeline", |b| {
            b.iter(|| {
                let lines = black_box(&text).lines();
                lines.map(|line| pipeline.process(line).entities().len()).sum::<usize>()
            });
        });
        group.bench_function("pipeline and stems", |b| {
            b.iter(|| {
                let lines = black_box(&text).lines();
                let stems = |line| {
                    let document = pipeline.process(line);
                    document.tokens().map(|token| token.stem().len()).sum::<usize>()
                };
                lines.map(stems).sum::<usize>()
            });
        });
        group.finish();
    }
}

criterion_group!(benches, steps);
criterion_main!(benches);
