//! The normalizer: its table of cases, and what holds for any text.

use std::borrow::Cow;

use proptest::prelude::*;
use sorani::{Digits, FinalHeh, Normalized, Normalizer, Profile, Rule, Span};
use unicode_normalization::UnicodeNormalization;

use crate::golden::{assert_none, cases};

const PROFILES: [(Profile, &str); 4] = [
    (Profile::Minimal, "minimal"),
    (Profile::Standard, "standard"),
    (Profile::Editorial, "editorial"),
    (Profile::Search, "search"),
];

fn of(profile: Profile) -> Normalizer {
    Normalizer::builder().profile(profile).build()
}

#[test]
fn the_table_of_cases() {
    let cases = cases("normalize.tsv");
    let mut failures = Vec::new();
    for case in &cases {
        let input = case.get("input");
        for (profile, column) in PROFILES {
            let normalizer = of(profile);
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
    assert_none(&failures, 4 * cases.len());
}

#[test]
fn the_table_of_rules_has_every_rule_and_its_examples_hold() {
    let rows = cases("../../data/normalize/rules.tsv");
    let mut failures = Vec::new();
    let ids: Vec<String> = rows.iter().map(|row| row.get("rule")).collect();
    assert_eq!(ids, Rule::all().map(|rule| rule.id()).collect::<Vec<_>>());
    for (row, rule) in rows.iter().zip(Rule::all()) {
        let [name, profile, class] = ["name", "profile", "class"].map(|column| row.get(column));
        let restored = (Profile::Restored, "restored");
        let lowest = PROFILES.iter().chain([&restored]).find(|(profile, _)| profile.rules().contains(rule));
        if name != rule.name() || profile != lowest.map_or("none", |(_, name)| name) {
            failures.push(format!("{}: {rule} is {}", row.place, rule.name()));
        }
        if !["L", "S", "O"].contains(&class.as_str()) || row.get("what").is_empty() {
            failures.push(format!("{}: no class or no description", row.place));
        }
        // With the rule it is as the table says, and without it not.
        let profile = lowest.map_or(Profile::Standard, |&(profile, _)| profile);
        let switched = |on| Normalizer::builder().profile(profile).rule(rule, on).build();
        let (before, after) = (row.get("before"), row.get("after"));
        let found = switched(true).normalize(&before).into_owned();
        if found != after || switched(false).normalize(&before) == after {
            failures
                .push(format!("{}: {before:?} is {found:?}, not {after:?}, or {rule} has no part in it", row.place));
        }
        if lowest.is_some() {
            assert_eq!(of(profile).normalize(&before), after, "{}", row.place);
        }
        let traced = switched(true).normalize_traced(&before).changes().any(|change| change.rules().contains(rule));
        if !traced {
            failures.push(format!("{}: the changes do not name {rule}", row.place));
        }
    }
    assert_none(&failures, rows.len());
}

/// Text over the characters that the rules are about, and anything else now and then.
pub fn sorani_like() -> impl Strategy<Value = String> {
    let letters = "اەهیوێۆرڕلڵکگنتبسشئ";
    let look_alikes = "ةيىكھہۀۂآأإؤئءٶڒۊےٱثط";
    let shapes =
        "\u{FEEA}\u{FEE9}\u{FEEB}\u{FEEC}\u{FEFB}\u{FEF5}\u{FDF2}\u{FDFA}\u{FBA6}\u{FE70}\u{FE71}\u{FC5E}\u{FCF2}";
    let joiners = "\u{200C}\u{200D}\u{0640}\u{200B}\u{FEFF}\u{200F}\u{00AC}\u{00AD}\u{202B}\u{FE0F}";
    let marks = "\u{064E}\u{064B}\u{0650}\u{064D}\u{0651}\u{065A}\u{030C}\u{032C}\u{0654}\u{0653}\u{0302}";
    let rest = "  \n\t\r.،؟!()«»\"'12٠٥۴۷٫٬٪aBîİ😀👍🏽#@/:-_,;?[]%…\u{FFFC}";
    let pieces = vec![
        "https://",
        "www.",
        "((",
        "))",
        "...",
        "!!",
        " ، ",
        "٣٠،٠٠٠",
        "1,234",
        "وووو",
        "ەە",
        "\r\n",
        "م\u{064E}ن\u{064E} ",
    ];
    let pick = |set: &'static str| prop::sample::select(set.chars().collect::<Vec<_>>()).prop_map(String::from);
    let piece = prop_oneof![
        6 => pick(letters), 2 => pick(look_alikes), 1 => pick(shapes), 3 => pick(joiners), 2 => pick(marks),
        4 => pick(rest), 1 => prop::sample::select(pieces).prop_map(String::from), 1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_profile() -> impl Strategy<Value = Profile> {
    prop::sample::select(PROFILES.map(|(profile, _)| profile).to_vec())
}

/// Any profile with some rules switched and any options.
fn any_normalizer() -> impl Strategy<Value = Normalizer> {
    let digits = vec![Digits::Keep, Digits::Unify, Digits::ArabicIndic, Digits::Extended, Digits::Ascii];
    let heh = vec![FinalHeh::Phonotactic, FinalHeh::AlwaysVowel, FinalHeh::AlwaysConsonant];
    let rules =
        Rule::all().map(|rule| prop_oneof![8 => Just(None), 1 => any::<bool>().prop_map(move |on| Some((rule, on)))]);
    let rules: Vec<_> = rules.collect();
    let digits = prop::option::of(prop::sample::select(digits));
    (any_profile(), digits, prop::sample::select(heh), any::<bool>(), rules).prop_map(
        |(profile, digits, heh, arabic, rules)| {
            let builder = Normalizer::builder().profile(profile).final_heh(heh).protect_arabic(arabic);
            let builder = digits.into_iter().fold(builder, |builder, digits| builder.digits(digits));
            rules.into_iter().flatten().fold(builder, |builder, (rule, on)| builder.rule(rule, on)).build()
        },
    )
}

/// Spans, good and bad, for a text of about 100 bytes.
fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    let span = prop_oneof![
        8 => (0..100_usize, 0..30_usize).prop_map(|(start, len)| Span::new(start, start + len)),
        1 => any::<(usize, usize)>().prop_map(|(start, end)| Span::new(start, end)),
    ];
    prop::collection::vec(span, 0..4)
}

/// The alignment leads every character to where it came from and back, in order.
fn check_alignment(text: &str, aligned: &Normalized<'_>) -> Result<(), TestCaseError> {
    let normalized = aligned.text();
    let mut last = Span::new(0, 0);
    for (at, c) in normalized.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let original = aligned.to_original(span);
        prop_assert!(original.slice(text).is_some_and(|part| !part.is_empty()), "{:?} of {:?}", span, text);
        prop_assert!(original.start() >= last.start() && original.end() >= last.end(), "monotone");
        let back = aligned.to_normalized(original);
        prop_assert!(
            back.start() <= span.start() && span.end() <= back.end(),
            "{:?} -> {:?} -> {:?}",
            span,
            original,
            back
        );
        last = original;
    }
    for (at, c) in text.char_indices() {
        let span = aligned.to_normalized(Span::new(at, at + c.len_utf8()));
        prop_assert!(span.slice(normalized).is_some());
    }
    prop_assert_eq!(aligned.to_normalized(Span::new(0, text.len())), Span::new(0, normalized.len()));
    Ok(())
}

/// Whether rules M1 to M5 delete the character or write another one, whatever stands beside it.
fn minimal_changes(c: char) -> bool {
    let shape = matches!(c, '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDC7}'
        | '\u{FDF0}'..='\u{FDF9}' | '\u{FE70}'..='\u{FEFC}');
    matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{A0}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{1680}'
        | '\u{180E}' | '\u{2000}'..='\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{3000}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || shape && !std::iter::once(c).nfkc().eq([c])
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{66E}' | '\u{66F}' | '\u{671}'..='\u{6D3}' | 'ە'
        | '\u{6EE}' | '\u{6EF}' | '\u{6FA}'..='\u{6FC}' | '\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8C7}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{8D3}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}')
}

/// What holds for the results of a profile and those above it.
fn check_invariants(profile: Profile, result: &str) -> Result<(), TestCaseError> {
    prop_assert!(result.nfc().eq(result.chars()), "{:?} is not composed", result);
    prop_assert!(!result.contains(minimal_changes), "{:?}", result);
    if profile == Profile::Minimal {
        return Ok(());
    }
    prop_assert!(!result.contains(is_mark), "{:?} holds a mark", result);
    prop_assert!(!result.contains(|c| "كيىڪےؤٶڒھہةۃۀۂآٱ".contains(c) || ('۰'..='۹').contains(&c)), "{:?}", result);
    let chars: Vec<char> = result.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|&c| is_letter(c));
    for (at, &c) in chars.iter().enumerate() {
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        match c {
            'ـ' => prop_assert!(before.is_some_and(|at| chars[at] == 'ه') && !letter(after), "{:?}", result),
            '\u{200C}' => prop_assert!(!letter(before) && !letter(after), "{:?}", result),
            'ر' if profile != Profile::Search => prop_assert!(letter(before) || !letter(after), "{:?}", result),
            _ => {}
        }
    }
    if profile == Profile::Editorial {
        let lines = result.split('\n').all(|line| line.trim_matches(' ') == line && !line.contains("  "));
        prop_assert!(lines && !result.contains('\t'), "{:?} has blanks to spare", result);
    }
    if profile == Profile::Search {
        prop_assert!(
            !result.contains(|c: char| "ڕڵێۆڤثذصضطظأإء".contains(c) || ('٠'..='٩').contains(&c)),
            "{:?}",
            result
        );
        prop_assert!(!result.contains(|c: char| c.is_ascii_uppercase()), "{:?}", result);
        prop_assert!(!["وو", "یی", "اا", "ەە"].iter().any(|pair| result.contains(pair)), "{:?}", result);
        let digit = |at: Option<&char>| at.is_some_and(char::is_ascii_digit);
        let decimal = |at: usize| chars[at] == '٫' && at > 0 && digit(chars.get(at - 1)) && digit(chars.get(at + 1));
        prop_assert!(!(0..chars.len()).any(decimal), "{:?}", result);
    }
    Ok(())
}

#[test]
fn an_ellipsis_ties_the_digits_of_a_latin_word_as_three_stops_do() {
    let normalizer = Normalizer::builder().profile(Profile::Editorial).digits(Digits::Extended).build();
    for (text, expected) in [
        ("شار E...2 و", "شار E…2 و"),
        ("شار E\u{13}...\u{13}2 و", "شار E…2 و"),
        ("شار E…2 و", "شار E…2 و"),
        ("شار ...2 و", "شار …۲ و"),
    ] {
        assert_eq!(normalizer.normalize(text), expected);
        assert!(normalizer.is_normalized(expected));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn twice_is_once(text in sorani_like(), normalizer in any_normalizer()) {
        let once = normalizer.normalize(&text).into_owned();
        let twice = normalizer.normalize(&once);
        prop_assert_eq!(&twice, &once, "from {:?} with {:?}", text, normalizer);
        prop_assert!(matches!(twice, Cow::Borrowed(_)));
        prop_assert!(normalizer.is_normalized(&once));
        prop_assert_eq!(normalizer.is_normalized(&text), once == text);
        prop_assert_eq!(matches!(normalizer.normalize(&text), Cow::Borrowed(_)), once == text);
        let mut written = String::new();
        prop_assert!(normalizer.normalize_to(&text, &mut written).is_ok());
        prop_assert_eq!(&written, &once);
        prop_assert!(once.len() <= 3 * text.len(), "{} bytes from {:?}", once.len(), text);
    }

    #[test]
    fn twice_is_once_for_any_text(text in any::<String>(), normalizer in any_normalizer()) {
        let once = normalizer.normalize(&text).into_owned();
        prop_assert_eq!(normalizer.normalize(&once), &*once, "from {:?} with {:?}", text, normalizer);
        prop_assert!(once.len() <= 3 * text.len());
        check_alignment(&text, &normalizer.normalize_aligned(&text))?;
    }

    #[test]
    fn every_profile_keeps_its_promises(text in sorani_like(), profile in any_profile()) {
        let normalizer = of(profile);
        let result = normalizer.normalize(&text).into_owned();
        check_invariants(profile, &result)?;
        prop_assert_eq!(normalizer.normalize(&result), &*result, "from {:?}", text);
    }

    #[test]
    fn a_profile_absorbs_those_below_it(text in sorani_like()) {
        let (minimal, standard) = (of(Profile::Minimal), of(Profile::Standard));
        let clean = minimal.normalize(&text);
        let spelt = standard.normalize(&text);
        prop_assert_eq!(standard.normalize(&clean), &*spelt);
        for above in [of(Profile::Editorial), of(Profile::Search)] {
            let result = above.normalize(&text);
            prop_assert_eq!(above.normalize(&clean), &*result);
            prop_assert_eq!(above.normalize(&spelt), &*result);
        }
    }

    #[test]
    fn lines_are_independent(a in sorani_like(), b in sorani_like(), normalizer in any_normalizer()) {
        if !a.ends_with('\r') {
            let joined = format!("{a}\n{b}");
            let apart = format!("{}\n{}", normalizer.normalize(&a), normalizer.normalize(&b));
            prop_assert_eq!(normalizer.normalize(&joined), apart, "{:?}", normalizer);
        }
    }

    #[test]
    fn spans_map_back_and_forth(text in sorani_like(), normalizer in any_normalizer()) {
        let aligned = normalizer.normalize_aligned(&text);
        prop_assert_eq!(aligned.text(), normalizer.normalize(&text));
        check_alignment(&text, &aligned)?;
        let traced = normalizer.normalize_traced(&text);
        prop_assert_eq!(traced.text(), aligned.text());
        check_alignment(&text, &traced)?;
        prop_assert!(traced.changes().all(|change| !change.rules().is_empty()), "{:?}", traced);
    }

    #[test]
    fn protected_parts_stay(text in sorani_like(), spans in any_spans(), normalizer in any_normalizer()) {
        let normalized = normalizer.normalize_protecting(&text, &spans);
        check_alignment(&text, &normalized)?;
        let mut kept = Vec::new();
        for span in &spans {
            let start = (0..=span.start().min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            let end = (span.end().min(text.len())..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap();
            if !span.is_empty() && start < end {
                let place = normalized.to_normalized(Span::new(start, end));
                let part = &text[start..end];
                prop_assert!(place.slice(normalized.text()).is_some_and(|found| found.contains(part)), "{:?}", part);
                kept.push(place);
            }
        }
        if kept.is_empty() {
            prop_assert_eq!(normalized.text(), normalizer.normalize(&text));
        }
    }

    #[test]
    fn protecting_twice_is_protecting_once(parts in prop::collection::vec(sorani_like(), 1..6), normalizer in any_normalizer()) {
        // Every other part is protected, and words do not go on from one to the next.
        let (mut text, mut spans) = (String::new(), Vec::new());
        for (at, part) in parts.iter().enumerate() {
            text.push('|');
            if at % 2 == 1 {
                spans.push(Span::new(text.len(), text.len() + part.len()));
            }
            text.push_str(part);
            text.push('|');
        }
        let once = normalizer.normalize_protecting(&text, &spans);
        let places: Vec<Span> = spans.iter().map(|&span| once.to_normalized(span)).collect();
        for (span, place) in spans.iter().zip(&places) {
            prop_assert_eq!(span.slice(&text), place.slice(once.text()));
        }
        let twice = normalizer.normalize_protecting(once.text(), &places);
        prop_assert_eq!(twice.text(), once.text());
        prop_assert!(matches!(twice.clone().into_text(), Cow::Borrowed(_)));
    }
}

#[test]
fn the_result_has_at_most_three_times_the_bytes() {
    for unit in
        ["\u{1D160}", "\u{FDF2}", "\u{FDF2},", "\u{FDF2}(", "ا,ا", "ا!ا", "ا(ا", "آ ", "1", "1,000 ", "ΐ", "ŉ", "ẞ"]
    {
        for (profile, _) in PROFILES {
            let builder = Normalizer::builder().profile(profile).rule(Rule::NumberMarks, true);
            let normalizer = builder.digits(Digits::ArabicIndic).build();
            let text = unit.repeat(100);
            assert!(normalizer.normalize(&text).len() <= 3 * text.len(), "{unit}");
        }
    }
}

fn takes_linear_time(normalizer: &Normalizer, units: &[&str]) {
    for unit in units {
        // Something to change at the end, so that the check of a line does not stop at its beginning.
        let text = unit.repeat(1_000_000 / unit.len()) + "  ا";
        let once = normalizer.normalize(&text);
        assert!(once.len() <= 3 * text.len(), "{unit:?}");
    }
}

#[test]
fn a_million_hostile_characters_take_linear_time() {
    let units = ["\u{200C}", "\u{0640}", "\u{064E}", "ه\u{200C}", "ه", "لآ", "\u{FEFF}", "و", "e\u{0301}", "\u{1161}"];
    takes_linear_time(&of(Profile::Standard), &units);
}

#[test]
fn a_million_hostile_characters_take_linear_time_for_publishing() {
    let units =
        [" ", "(", "( ", ")", "((a))", "….", "ا!", "ا?", "1,", "1.", "w", "www.", "a:", "://", "م\u{064E} ", "« "];
    let builder = Normalizer::builder().profile(Profile::Editorial).protect_arabic(true);
    takes_linear_time(&builder.build(), &units);
    let brackets = "(".repeat(200_000) + &")".repeat(200_000);
    assert_eq!(of(Profile::Editorial).normalize(&brackets), "«".repeat(100_000) + &"»".repeat(100_000));
    let builder = Normalizer::builder().digits(Digits::ArabicIndic).rule(Rule::NumberMarks, true);
    takes_linear_time(&builder.build(), &["1,", "1,111,", "1."]);
}

#[test]
fn a_million_hostile_characters_take_linear_time_for_search() {
    let units = [" ", "ا", "ه", "هـ ", "E\u{0301}", "ء", "٠،", "٠٬", "1,111,", "\u{200D}", "«…"];
    takes_linear_time(&of(Profile::Search), &units);
}

/// Harm that is done to text elsewhere. Each test is named for it.
mod harm {
    use super::*;

    /// Everything that publishing and two systems of digits can do, and search where it says so.
    fn normalizers() -> Vec<Normalizer> {
        let editorial = || Normalizer::builder().profile(Profile::Editorial);
        let digits = [Digits::Unify, Digits::ArabicIndic, Digits::Extended, Digits::Ascii];
        let switched = digits.map(|digits| editorial().digits(digits).rule(Rule::NumberMarks, true).build());
        [of(Profile::Minimal), of(Profile::Standard), of(Profile::Editorial)].into_iter().chain(switched).collect()
    }

    fn stay(texts: &[&str]) {
        for normalizer in normalizers() {
            for &text in texts {
                assert_eq!(normalizer.normalize(text), text, "{normalizer:?}");
                let inside = format!("لە {text} بوو");
                assert_eq!(normalizer.normalize(&inside), inside, "{normalizer:?}");
            }
        }
    }

    #[test]
    fn an_emoji_is_not_taken_apart() {
        stay(&["👨\u{200D}👩\u{200D}👧", "❤\u{FE0F}\u{200D}🔥", "👍🏽", "🏳\u{FE0F}\u{200D}🌈", "سڵاو 👩\u{200D}🏫"]);
    }

    #[test]
    fn words_are_not_joined_because_a_joiner_or_a_space_goes() {
        for normalizer in normalizers().into_iter().chain([of(Profile::Search)]) {
            for (text, words) in [
                ("ژیان\u{200C}و مردن", 3),
                ("کورد\u{00A0}و\u{2003}عەرەب", 3),
                ("یەک\u{2028}دوو\rسێ", 3),
                ("لە\u{200C} ماڵ", 2),
                ("باش \u{0640} خراپ", 3),
            ] {
                let result = normalizer.normalize(text);
                // The minimal profile does not read a tied و as a word.
                let tied = usize::from(words == 3 && text.contains("\u{200C}و") && result.contains('\u{200C}'));
                assert_eq!(result.split_whitespace().count(), words - tied, "{result:?}");
            }
        }
    }

    #[test]
    fn no_waw_is_cut_from_a_word() {
        stay(&["وڵات", "وەک", "وا", "و وڵات", "خوێندن و نووسین", "تاو", "ئەو", "نەو"]);
        assert_eq!(of(Profile::Search).normalize("وڵات"), "ولات");
        assert_eq!(of(Profile::Standard).normalize("ئه\u{200C}و و وڵات\u{200C}و"), "ئەو و وڵات و");
    }

    #[test]
    fn a_hamza_on_yeh_survives_decomposition() {
        // NFD makes ئ of ي and a mark; a rule that deletes marks would leave ی.
        let text = "ئەمە سوئاڵێکی ئاسانە";
        let decomposed: String = text.nfd().collect();
        assert_ne!(decomposed, text);
        for normalizer in normalizers() {
            assert_eq!(normalizer.normalize(&decomposed), text);
        }
        assert_eq!(of(Profile::Search).normalize(&decomposed), of(Profile::Search).normalize(text));
        assert!(of(Profile::Search).normalize(text).starts_with('ئ'));
    }

    #[test]
    fn links_and_addresses_are_not_broken() {
        stay(&[
            "www.rudaw.net",
            "a.b@c.org",
            "info@zankoy.edu.krd",
            "https://x.org/a,b?c=1;d",
            "https://x.org/a...b//c!!d(e)[1]",
            "http://x.org:8080/2020/1,234.5?q=%20",
            "http://x.org/(1)/2,500/3.5%",
            "https://ckb.wikipedia.org/wiki/کورد,ئێران?ب=((1))(شار)",
        ]);
        assert_eq!(of(Profile::Search).normalize("https://x.org/a,b?c=1;d"), "https://x.org/a,b?c=1;d");
        // What stands around a link is mended.
        let text = "بڕوانە(www.x.org/کورد,ب)،ئینجا";
        assert_eq!(of(Profile::Editorial).normalize(text), "بڕوانە (www.x.org/کورد,ب)، ئینجا");
    }

    #[test]
    fn digits_in_latin_words_are_not_rewritten() {
        stay(&["H2O", "COVID19", "COVID-19", "a1b2", "5G", "v1.2.3", "MP3"]);
        let arabic = Normalizer::builder().digits(Digits::ArabicIndic).build();
        assert_eq!(arabic.normalize("H2O 12 (COVID-19) 3.5 2020دا ۱۲"), "H2O ١٢ (COVID-19) ٣.٥ ٢٠٢٠دا ١٢");
        let extended = Normalizer::builder().digits(Digits::Extended).build();
        assert_eq!(extended.normalize("a1b2 12 1٢a"), "a1b2 ۱۲ ۱۲a");
    }

    #[test]
    fn results_do_not_differ_from_run_to_run() {
        let text = "ره\u{200C}ش، ((\u{0643}ورد)) ٣٠،٠٠٠ سـڵاو!!! م\u{064E}ن\u{064E} ".repeat(50);
        for (profile, _) in PROFILES {
            let builder = Normalizer::builder().profile(profile).protect_arabic(true);
            let results: Vec<String> = (0..20).map(|_| builder.clone().build().normalize(&text).into_owned()).collect();
            assert!(results.iter().all(|result| *result == results[0]));
        }
    }

    #[test]
    fn no_empty_words_are_left() {
        for text in ["یەک \u{064E}\u{0651} دوو", "یەک \u{200C}\u{200D} دوو", "یەک \u{202B}\u{202C} دوو"]
        {
            // Marks that stand on nothing go; the blanks on both sides of them are one for readers of words.
            let words = |profile| of(profile).normalize(text).split_whitespace().count();
            assert!(words(Profile::Standard) <= 3, "{text:?}");
            let editorial = of(Profile::Editorial);
            assert!(editorial.normalize(text).split(' ').all(|word| !word.is_empty()));
            assert!(of(Profile::Search).normalize(text).split(' ').all(|word| !word.is_empty()));
        }
        assert_eq!(of(Profile::Editorial).normalize("یەک \u{064E}\u{0651} دوو"), "یەک دوو");
        assert_eq!(of(Profile::Search).normalize("\u{064E}"), "");
    }

    #[test]
    fn normalizing_again_changes_nothing() {
        for case in cases("normalize.tsv") {
            for (profile, _) in PROFILES {
                let once = of(profile).normalize(&case.get("input")).into_owned();
                assert!(matches!(of(profile).normalize(&once), Cow::Borrowed(_)), "{}: {once:?}", case.place);
                assert!(of(profile).is_normalized(&once), "{}: {once:?}", case.place);
            }
        }
    }

    #[test]
    fn nested_brackets_and_smiling_faces_stay() {
        stay(&["(ئەمە (نموونە))", "باشە :)", "((ئەمە) نموونە)"]);
        assert_eq!(of(Profile::Editorial).normalize("((ئەمە ((نموونە)) بوو))"), "«ئەمە «نموونە» بوو»");
    }

    #[test]
    fn ascii_stays_as_it_is() {
        let ascii: String = ('\t'..='~').filter(|&c| c == '\t' || c == '\n' || !c.is_control()).collect();
        for profile in [Profile::Minimal, Profile::Standard] {
            assert_eq!(of(profile).normalize(&ascii), ascii);
        }
    }
}

#[test]
fn marks_in_numbers_follow_the_digits() {
    let with = |digits| Normalizer::builder().digits(digits).rule(Rule::NumberMarks, true).build();
    let arabic = "١٬٢٣٤٬٥٦٧٫٨٩ و ٧٢٪";
    let ascii = "1,234,567.89 و 72%";
    assert_eq!(with(Digits::ArabicIndic).normalize(ascii), arabic);
    assert_eq!(with(Digits::Ascii).normalize(arabic), ascii);
    assert_eq!(with(Digits::Extended).normalize(ascii), "۱٬۲۳۴٬۵۶۷٫۸۹ و ۷۲٪");
    for digits in [Digits::Keep, Digits::Unify] {
        assert_eq!(with(digits).normalize("٣.٥ 3٫5"), "٣٫٥ 3.5");
        assert_eq!(with(digits).normalize(ascii), ascii);
    }
    // Marks that are none of a number.
    let stays = "کورد. ئێران, % ١, ٢ 1.٢ ١٢.٥.٢٠٢٠ ١,٢";
    assert_eq!(with(Digits::Keep).normalize(stays), stays);
    assert_eq!(Normalizer::new().normalize("٣.٥ 3٫5"), "٣.٥ 3٫5");
}

#[test]
fn repeated_letters_go_in_any_profile_that_is_told_so() {
    let talk = Normalizer::builder().rule(Rule::FoldRepeated, true).build();
    assert_eq!(talk.normalize("سڵاااو زۆررر ههههها محەممەد"), "سڵاو زۆر ها محەممەد");
    assert_eq!(talk.normalize("ناڕەزایییەکی نووووسەر"), "ناڕەزایییەکی نووووسەر");
    let long = Normalizer::builder().rule(Rule::FoldLongVowels, true).build();
    assert_eq!(long.normalize("سڵاااو نووووسەر کوردییەکان زۆررر"), "سڵاو نوسەر کوردیەکان زۆررر");
}

#[test]
fn protected_parts_stay_byte_for_byte() {
    let text = "ر\u{0643}ورد «عل\u{0649}\u{202B} » ,\u{0643}ورد";
    let quotation = text.find("عل").map(|at| Span::new(at, at + 9)).unwrap();
    let editorial = of(Profile::Editorial);
    let normalized = editorial.normalize_protecting(text, &[quotation]);
    assert_eq!(normalized.text(), "ڕکورد «عل\u{0649}\u{202B}» ,کورد");
    // Offsets inside the part lead to the same letter.
    let at = normalized.text().find('\u{0649}').map(|at| Span::new(at, at + 2)).unwrap();
    assert_eq!(normalized.to_original(at).slice(text), Some("\u{0649}"));
    let whole = Span::new(0, usize::MAX);
    assert_eq!(editorial.normalize_protecting(text, &[whole]).text(), text);
    assert!(matches!(editorial.normalize_protecting(text, &[whole]).into_text(), Cow::Borrowed(_)));
    // A span that cuts letters has all of them; those out of order and beyond the end do no harm.
    let bad = [Span::new(500, 600), Span::new(3, 3), Span::new(5, 6), Span::new(3, 4)];
    assert_eq!(
        Normalizer::new().normalize_protecting("\u{0643}\u{0643}\u{0643}\u{0643}", &bad).text(),
        "ک\u{0643}\u{0643}ک"
    );
}

#[test]
fn vocalised_arabic_stays_where_it_is_protected() {
    let verse = "بِسْمِ اللَّهِ الرَّحْمَنِ الرَّحِيمِ";
    for (profile, _) in PROFILES {
        let normalizer = Normalizer::builder().profile(profile).protect_arabic(true).build();
        let text = format!("\u{200F}{verse}\u{200F}، مال\u{064E} و محم\u{0651}د");
        let result = normalizer.normalize(&text).into_owned();
        assert!(result.starts_with(&format!("{verse}،")), "{result:?}");
        assert!(matches!(normalizer.normalize(&result), Cow::Borrowed(_)));
    }
    let normalizer = Normalizer::builder().protect_arabic(true).build();
    // A sign of an old font, a Kurdish letter, and Arabic without signs are no vocalised Arabic.
    assert_eq!(normalizer.normalize("سال\u{064E} پ\u{064E}ن\u{064E}م\u{064E} عل\u{0649}"), "ساڵ پنم علی");
    assert_eq!(normalizer.normalize("ع\u{064E}ل\u{064E}\u{0649} \u{0643}ورد"), "ع\u{064E}ل\u{064E}\u{0649} کورد");
}
