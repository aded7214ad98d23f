//! What texts hide, and what they do not.

use proptest::prelude::*;
use sorani::{Normalizer, Profile, SuspiciousKind, suspicious};

use crate::normalize::sorani_like;

#[test]
fn clean_texts_hide_nothing_and_posts_some_direction_marks() {
    let found = |name: &str| -> Vec<(std::ops::Range<usize>, SuspiciousKind)> {
        let text = std::fs::read_to_string(format!("examples/texts/{name}.txt")).unwrap();
        suspicious(&text).map(|run| (run.span().range(), run.kind())).collect()
    };
    for name in ["news", "prose", "ali-k"] {
        assert_eq!(found(name), [], "{name}");
    }
    let marks = [772..775, 1740..1743, 1916..1919].map(|range| (range, SuspiciousKind::DirectionMark));
    assert_eq!(found("social"), marks);
}

#[test]
fn kurdish_with_non_joiners_hides_nothing() {
    let text = "ئه\u{200C}م کتێبه\u{200C}کانه\u{200C}ی کوردستان له\u{200C} ساڵی ٢٠٢٠\u{200C}دا، «PDK\u{200C}ی» و YNK\u{200C}یش.\n\
                ڕۆژنامه\u{200C}ی \u{202F}هه\u{200C}ولێر: هـ. و م\u{64E}ن 👍🏽\u{FE0F}";
    assert_eq!(suspicious(text).map(|run| run.to_string()).collect::<Vec<_>>(), [] as [&str; 0]);
}

#[test]
fn hostile_runs_take_linear_time_and_no_memory() {
    let units =
        ["\u{200C}", "\u{202E}", "\u{64E}", "\u{E0041}", "\u{1F3F4}\u{E0061}", "\u{FE0F}", "ا\u{200C}", "a\u{301}"];
    for unit in units {
        let text = unit.repeat(1_000_000 / unit.len());
        let mut bytes = 0;
        let used = allocation_counter::measure(|| bytes = suspicious(&text).map(|run| run.text().len()).sum::<usize>());
        assert!(bytes <= text.len());
        assert_eq!(used.count_total, 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn runs_stand_in_order_and_what_the_normalizer_removes_is_gone(text in sorani_like()) {
        let mut end = 0;
        for run in suspicious(&text) {
            prop_assert!(run.span().start() >= end && !run.text().is_empty());
            prop_assert_eq!(run.span().slice(&text), Some(run.text()));
            end = run.span().end();
        }
        let minimal = Normalizer::builder().profile(Profile::Minimal).build().normalize(&text).into_owned();
        for run in suspicious(&minimal) {
            let removed = [
                SuspiciousKind::Control,
                SuspiciousKind::DirectionControl,
                SuspiciousKind::DirectionMark,
                SuspiciousKind::DirectionOverride,
            ];
            prop_assert!(!removed.contains(&run.kind()), "{} in {:?}", run, minimal);
        }
    }
}
