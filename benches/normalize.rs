//! How fast normalization is on clean and on dirty text, beside checking UTF-8, NFC and NFKC.
//!
//!     cargo bench --bench normalize
//!
//! Compare only figures of one run. The texts are those of `examples/texts`, repeated: an upper bound, for a small text
//! stays in the caches. Set `SORANI_BENCH_TEXT` to the path of a larger one for figures that carry over.

#![expect(missing_docs, reason = "criterion's macros write functions without documentation")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sorani::{Normalizer, Profile};
use unicode_normalization::UnicodeNormalization;

/// The text to measure on, as it was found.
fn found_text() -> String {
    if let Some(path) = std::env::var_os("SORANI_BENCH_TEXT") {
        return std::fs::read_to_string(&path).unwrap_or_else(|error| {
            eprintln!("SORANI_BENCH_TEXT: {error}");
            std::process::exit(2);
        });
    }
    let texts = [
        include_str!("../examples/texts/news.txt"),
        include_str!("../examples/texts/social.txt"),
        include_str!("../examples/texts/prose.txt"),
    ];
    texts.concat().repeat(20)
}

/// The clean `text` with `percent` of the letters that have a look-alike replaced by it, always the same ones.
fn dirtied(text: &str, percent: u32) -> String {
    let mut state = 1_u32;
    // Numbers below 100, by a linear congruential generator.
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % 100
    };
    let mut out = String::with_capacity(text.len());
    let mut at_word_start = true;
    for c in text.chars() {
        let look_alike = match c {
            'ک' => "\u{0643}",
            'ی' if random() < 50 => "\u{064A}",
            'ی' => "\u{0649}",
            'ە' => "ه\u{200C}",
            'ه' => "\u{06BE}",
            'ڕ' if at_word_start => "ر",
            _ => "",
        };
        if !look_alike.is_empty() && random() < percent {
            out.push_str(look_alike);
        } else {
            out.push(c);
        }
        at_word_start = c.is_whitespace();
    }
    out
}

fn normalization(criterion: &mut Criterion) {
    let normalizer = Normalizer::new();
    let clean = normalizer.normalize(&found_text()).into_owned();
    let dirty = |percent| dirtied(&clean, percent);
    for (name, text) in [("clean", clean.clone()), ("2 % dirty", dirty(2)), ("20 % dirty", dirty(20))] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("floor: from_utf8", |b| {
            b.iter(|| std::str::from_utf8(black_box(text.as_bytes())).map_or(0, str::len));
        });
        group.bench_function("floor: nfc", |b| b.iter(|| black_box(&text).nfc().collect::<String>()));
        group.bench_function("floor: nfkc", |b| b.iter(|| black_box(&text).nfkc().collect::<String>()));
        group.bench_function("normalize", |b| b.iter(|| normalizer.normalize(black_box(&text)).len()));
        group.bench_function("normalize_aligned", |b| {
            b.iter(|| normalizer.normalize_aligned(black_box(&text)).text().len());
        });
        group.bench_function("is_normalized", |b| b.iter(|| normalizer.is_normalized(black_box(&text))));
        group.finish();
    }
}

/// The other profiles, on less text: one of them looks every word up.
fn profiles(criterion: &mut Criterion) {
    let clean = Normalizer::new().normalize(&found_text()).into_owned();
    let mut end = clean.len().min(200_000);
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    let clean = clean.get(..end).unwrap_or_default();
    for (name, text) in [("profiles, clean", clean.to_owned()), ("profiles, 20 % dirty", dirtied(clean, 20))] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
        for profile in [Profile::Minimal, Profile::Standard, Profile::Editorial, Profile::Search, Profile::Restored] {
            let normalizer = Normalizer::builder().profile(profile).build();
            group.bench_function(format!("{profile:?}"), |b| b.iter(|| normalizer.normalize(black_box(&text)).len()));
        }
        group.finish();
    }
}

criterion_group!(benches, normalization, profiles);
criterion_main!(benches);
