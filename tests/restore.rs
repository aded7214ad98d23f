//! `Profile::Restored`: its table of cases, and what holds for any text.

use std::borrow::Cow;

use proptest::prelude::*;
use sorani::{Analyzer, LexiconBuilder, Normalizer, PartOfSpeech, Profile, Rule, Span};

use crate::golden::{assert_none, cases};
use crate::normalize::sorani_like;

fn restored() -> Normalizer {
    Normalizer::builder().profile(Profile::Restored).build()
}

#[test]
fn the_table_of_cases() {
    let normalizer = restored();
    let cases = cases("restore.tsv");
    let mut failures = Vec::new();
    for case in &cases {
        let input = case.get("input");
        let (expected, found) = (case.get("expected"), normalizer.normalize(&input));
        if found != expected {
            failures.push(format!("{} ({}): {found:?}, not {expected:?}", case.place, case.get("id")));
        }
    }
    assert_none(&failures, cases.len());
}

#[test]
fn clean_texts_are_borrowed() {
    let normalizer = restored();
    for name in ["news", "prose"] {
        let text = std::fs::read_to_string(format!("examples/texts/{name}.txt")).unwrap();
        let standard = Normalizer::new().normalize(&text).into_owned();
        assert!(matches!(normalizer.normalize(&standard), Cow::Borrowed(_)), "{name}");
    }
}

/// Clean text as someone would type it whose keyboard has none of these letters.
fn without_keys(text: &str) -> String {
    let typed = |c| match c {
        'ێ' => 'ي',
        'ۆ' => 'و',
        'ڵ' => 'ل',
        'ڕ' => 'ر',
        'ک' => 'ك',
        'ی' => 'ى',
        c => c,
    };
    text.chars().map(typed).collect()
}

#[test]
fn most_words_come_back_from_a_keyboard_that_lacks_letters() {
    let normalizer = restored();
    for name in ["news", "prose"] {
        let text = std::fs::read_to_string(format!("examples/texts/{name}.txt")).unwrap();
        let clean = Normalizer::new().normalize(&text).into_owned();
        let (mut kept, mut all) = (0, 0);
        for line in clean.lines() {
            let back = normalizer.normalize(&without_keys(line)).into_owned();
            let words = || line.split_whitespace();
            all += words().count();
            // A line whose words were parted or put together is taken for lost.
            if back.split_whitespace().count() == words().count() {
                kept += words().zip(back.split_whitespace()).filter(|(word, back)| word == back).count();
            }
        }
        assert!(kept * 100 >= all * 90, "{name}: {kept} of {all}");
    }
}

#[test]
fn changes_name_their_rules_and_rules_can_be_switched_off() {
    let text = "سياسيەكانى شارو گوند ئيمە بو خويندن دەچينە قوتابخانە";
    let traced = restored().normalize_traced(text);
    let mut rules: Vec<Rule> = traced.changes().flat_map(|change| change.rules().iter().collect::<Vec<_>>()).collect();
    rules.sort_unstable();
    rules.dedup();
    for rule in [Rule::Letters, Rule::MissingLetters, Rule::DoubledLetters, Rule::WrittenOnWords] {
        assert!(rules.contains(&rule), "{rule} in {rules:?}");
        let without = Normalizer::builder().profile(Profile::Restored).rule(rule, false).build();
        let changes = without.normalize_traced(text);
        assert!(changes.changes().all(|change| !change.rules().contains(rule)), "{rule}");
    }
}

#[test]
fn a_letter_too_many_is_laid_to_the_rule_of_doubled_letters() {
    let traced = restored().normalize_traced("باشترين هاووڕێ");
    let changes: Vec<String> = traced.changes().map(|change| change.to_string()).collect();
    assert_eq!(changes, ["S4: \u{064A} → ی", "L2: وو → و"]);
}

#[test]
fn a_letter_that_is_foreign_at_the_beginning_only_stays_elsewhere() {
    let text = restored().normalize("أەوان أەوە تأسیسگ أەمە").into_owned();
    assert_eq!(text, "ئەوان ئەوە تأسیسگ ئەمە");
}

#[test]
fn letters_of_no_code_of_their_own_stay() {
    let text = restored().normalize("صەرۆکی صاڵ ڣۆڣەن کوردã صەرۆک").into_owned();
    assert_eq!(text, "سەرۆکی ساڵ ڣۆڣەن کوردã سەرۆک");
}

#[test]
fn words_of_the_user_decide_too() {
    let lexicon = LexiconBuilder::new().insert("زێڵۆ", PartOfSpeech::Noun).unwrap().build().unwrap();
    let normalizer = Normalizer::builder().profile(Profile::Restored).lexicon(&Analyzer::with_lexicon(lexicon)).build();
    assert_eq!(normalizer.normalize("زيلو زيلو زيلو زيلو"), "زێڵۆ زێڵۆ زێڵۆ زێڵۆ");
}

#[test]
fn a_line_of_any_length_takes_linear_time() {
    let normalizer = restored();
    for unit in ["ئيمە بو خويندن ", "ه ", "ووووووووووووووووووووووووووو ", "ىىىىىىىىىىىىىىىىىىىىىىىىىىى ", "به ره ده "]
    {
        let text = unit.repeat(40_000 / unit.len());
        let once = normalizer.normalize(&text).into_owned();
        assert!(normalizer.is_normalized(&once), "{unit:?}");
    }
}

fn typed() -> impl Strategy<Value = String> {
    let words = "ئيمە بو خويندن زور خوشە كتيب لەبازاڕ شارو ئه وه قوتابيه كان صەروک جاو رۆز سياسيەكانى دانيشتوان گەورە و لە \
                 هەولێر ناوى ميرۆ بەكار دەكات پيم وايە ژيان هەووا هاووڕێيان تەوواو هه\u{200C}موطان شتيئك ، . \n";
    let word = prop::sample::select(words.split(' ').map(str::to_owned).collect::<Vec<_>>());
    let any = prop_oneof![9 => word, 1 => sorani_like()];
    prop::collection::vec(any, 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn twice_is_once(text in typed()) {
        let normalizer = restored();
        let once = normalizer.normalize(&text).into_owned();
        prop_assert_eq!(&normalizer.normalize(&once), &once, "from {:?}", text);
        prop_assert!(normalizer.is_normalized(&once));
        prop_assert_eq!(normalizer.is_normalized(&text), once == text);
        prop_assert!(once.len() <= 3 * text.len());
    }

    #[test]
    fn spans_lead_back(text in typed()) {
        let aligned = restored().normalize_aligned(&text);
        let normalized = aligned.text().to_owned();
        let mut last = Span::new(0, 0);
        for (at, c) in normalized.char_indices() {
            let original = aligned.to_original(Span::new(at, at + c.len_utf8()));
            prop_assert!(original.slice(&text).is_some_and(|part| !part.is_empty()), "{} of {:?}", at, text);
            prop_assert!(original.start() >= last.start() && original.end() >= last.end(), "monotone");
            last = original;
        }
        let traced = restored().normalize_traced(&text);
        for change in traced.changes() {
            prop_assert!(change.rules().iter().next().is_some(), "{:?} of {:?}", change, text);
        }
        prop_assert_eq!(aligned.to_normalized(Span::new(0, text.len())), Span::new(0, normalized.len()));
    }
}
