//! The normalizer: its table of cases, and what holds for any text.

use proptest::prelude::*;
use sorani::{Digits, FinalHeh, Normalizer, Profile, Rule, Span};

use crate::golden::{assert_none, cases};

#[test]
fn the_table_of_cases() {
    let minimal = Normalizer::builder().profile(Profile::Minimal).build();
    let standard = Normalizer::new();
    let cases = cases("normalize.tsv");
    let mut failures = Vec::new();
    for case in &cases {
        let input = case.get("input");
        for (normalizer, column) in [(&minimal, "minimal"), (&standard, "standard")] {
            let (expected, found) = (case.get(column), normalizer.normalize(&input));
            if found != expected {
                failures.push(format!(
                    "{} ({}): {column} of {input:?} is {found:?}, not {expected:?}",
                    case.place,
                    case.get("id")
                ));
            }
        }
    }
    assert_none(&failures, 2 * cases.len());
}

/// Text over the characters that the rules are about, and anything else now and then.
pub fn sorani_like() -> impl Strategy<Value = String> {
    let letters = "اەهیوێۆرڕلڵکگنتبسشئ";
    let look_alikes = "ةيىكھہۀۂآأإؤئءٶڒۊےٱثط";
    let shapes =
        "\u{FEEA}\u{FEE9}\u{FEEB}\u{FEEC}\u{FEFB}\u{FEF5}\u{FDF2}\u{FDFA}\u{FBA6}\u{FE70}\u{FE71}\u{FC5E}\u{FCF2}";
    let joiners = "\u{200C}\u{200D}\u{0640}\u{200B}\u{FEFF}\u{200F}\u{00AC}\u{00AD}\u{202B}\u{FE0F}";
    let marks = "\u{064E}\u{064B}\u{0650}\u{064D}\u{0651}\u{065A}\u{030C}\u{032C}\u{0654}\u{0653}\u{0302}";
    let rest = "  \n\t\r.،؟!()«»\"'12٠٥۴۷٫٬٪aBîİ😀👍🏽#@/:-_";
    let pick = |set: &'static str| prop::sample::select(set.chars().collect::<Vec<_>>());
    let c = prop_oneof![
        6 => pick(letters), 2 => pick(look_alikes), 1 => pick(shapes), 3 => pick(joiners),
        2 => pick(marks), 3 => pick(rest), 1 => any::<char>(),
    ];
    prop::collection::vec(c, 0..40).prop_map(|chars| chars.into_iter().collect())
}

fn any_normalizer() -> impl Strategy<Value = Normalizer> {
    let profiles = prop::sample::select(vec![Profile::Minimal, Profile::Standard]);
    let digits = vec![Digits::Keep, Digits::Unify, Digits::ArabicIndic, Digits::Extended, Digits::Ascii];
    let heh = vec![FinalHeh::Phonotactic, FinalHeh::AlwaysVowel, FinalHeh::AlwaysConsonant];
    let rules =
        Rule::all().map(|rule| prop_oneof![8 => Just(None), 1 => any::<bool>().prop_map(move |on| Some((rule, on)))]);
    let rules: Vec<_> = rules.collect();
    (profiles, prop::sample::select(digits), prop::sample::select(heh), rules).prop_map(
        |(profile, digits, heh, rules)| {
            let builder = Normalizer::builder().profile(profile).digits(digits).final_heh(heh);
            rules.into_iter().flatten().fold(builder, |builder, (rule, on)| builder.rule(rule, on)).build()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn twice_is_once(text in sorani_like(), normalizer in any_normalizer()) {
        let once = normalizer.normalize(&text).into_owned();
        let twice = normalizer.normalize(&once);
        prop_assert_eq!(&twice, &once, "from {:?}", text);
        prop_assert!(normalizer.is_normalized(&once));
        prop_assert_eq!(normalizer.is_normalized(&text), once == text);
    }

    #[test]
    fn standard_absorbs_minimal(text in sorani_like()) {
        let minimal = Normalizer::builder().profile(Profile::Minimal).build();
        let standard = Normalizer::new();
        let clean = minimal.normalize(&text);
        prop_assert_eq!(standard.normalize(&clean), standard.normalize(&text));
    }

    #[test]
    fn the_result_is_bounded_and_lines_are_independent(a in sorani_like(), b in sorani_like()) {
        let normalizer = Normalizer::new();
        let whole = normalizer.normalize(&a).into_owned();
        prop_assert!(whole.len() <= 3 * a.len());
        if !a.ends_with('\r') {
            let joined = format!("{a}\n{b}");
            let apart = format!("{whole}\n{}", normalizer.normalize(&b));
            prop_assert_eq!(normalizer.normalize(&joined), apart);
        }
    }

    #[test]
    fn spans_map_back_and_forth(text in sorani_like(), normalizer in any_normalizer()) {
        let aligned = normalizer.normalize_aligned(&text);
        prop_assert_eq!(aligned.text(), normalizer.normalize(&text));
        let normalized = aligned.text().to_owned();
        let mut last = Span::new(0, 0);
        for (at, c) in normalized.char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            let original = aligned.to_original(span);
            prop_assert!(original.slice(&text).is_some_and(|part| !part.is_empty()), "{:?} of {:?}", span, text);
            prop_assert!(original.start() >= last.start() && original.end() >= last.end(), "monotone");
            let back = aligned.to_normalized(original);
            prop_assert!(back.start() <= span.start() && span.end() <= back.end(), "{:?} -> {:?} -> {:?}", span, original, back);
            last = original;
        }
        for (at, c) in text.char_indices() {
            let span = aligned.to_normalized(Span::new(at, at + c.len_utf8()));
            prop_assert!(span.slice(&normalized).is_some());
        }
        prop_assert_eq!(aligned.to_normalized(Span::new(0, text.len())), Span::new(0, normalized.len()));
    }
}

#[test]
fn a_million_hostile_characters_take_linear_time() {
    let normalizer = Normalizer::new();
    for unit in ["\u{200C}", "\u{0640}", "\u{064E}", "ه\u{200C}", "ه", "لآ", "\u{FEFF}", "و", "e\u{0301}", "\u{1161}"]
    {
        let text = unit.repeat(1_000_000 / unit.len());
        let once = normalizer.normalize(&text).into_owned();
        assert!(normalizer.is_normalized(&once), "{unit:?}");
    }
}

#[test]
fn emoji_sequences_links_and_latin_words_stay_whole() {
    let normalizer = Normalizer::new();
    for text in ["👨\u{200D}👩\u{200D}👧", "❤\u{FE0F}", "https://example.org/a_b?c=1", "a.b@example.org", "H2O 5G"]
    {
        assert_eq!(normalizer.normalize(text), text);
    }
}
