//! Character references and old fonts: the table of cases, and what holds for any text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use proptest::prelude::*;
use sorani::{LegacyEncoding, Normalized, Normalizer, Span, decode_entities};

use crate::golden::{assert_none, cases};

const ENCODINGS: [LegacyEncoding; 4] =
    [LegacyEncoding::AliK, LegacyEncoding::AliWeb, LegacyEncoding::Dylan, LegacyEncoding::Zarnegar];

#[test]
fn the_table_of_cases() {
    let normalizer = Normalizer::new();
    let cases = cases("decode.tsv");
    let mut failures = Vec::new();
    for case in &cases {
        let (input, decoder) = (case.get("input"), case.get("decoder"));
        let place = format!("{} ({})", case.place, case.get("id"));
        let decoded = match decoder.as_str() {
            "html" => decode_entities(&input),
            name => name.parse::<LegacyEncoding>().expect("an encoding").decode(&input),
        };
        let mut check = |column: &str, found: &str| {
            let expected = case.get(column);
            if found != expected {
                failures.push(format!("{place}: {column} of {input:?} is {found:?}, not {expected:?}"));
            }
        };
        check("decoded", decoded.text());
        if decoder != "html" {
            check("standard", &normalizer.normalize(decoded.text()));
        }
    }
    assert_none(&failures, cases.len());
}

/// Text over the letters and signs that the tables name, references whole and in pieces, and anything now and then.
fn encoded_like() -> impl Strategy<Value = String> {
    let letters = "لاآأإروؤیيىةثضظطگذصكهءپئەێ";
    let signs = "\u{064E}\u{064B}\u{0650}\u{064C}\u{064D}\u{0652}\u{064F}\u{0651}\u{200C}\u{200D}\u{0640}";
    let chars = |set: &'static str| prop::sample::select(set.chars().collect::<Vec<_>>());
    let pieces =
        ["&zwnj;", "&#8204;", "&#x200c;", "&amp;", "&lt;", "&#128512;", "&#0;", "&#xD800;", "&", "#", "x", "1", ";"];
    let piece = prop_oneof![
        6 => chars(letters).prop_map(String::from),
        4 => chars(signs).prop_map(String::from),
        2 => chars(" \n.5a😀").prop_map(String::from),
        3 => prop::sample::select(pieces.to_vec()).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The decoders, each of which must do well on any text.
fn decoders() -> impl Iterator<Item = Box<dyn Fn(&str) -> Normalized<'_>>> {
    let legacy = ENCODINGS
        .map(|encoding| -> Box<dyn Fn(&str) -> Normalized<'_>> { Box::new(move |text| encoding.decode(text)) });
    let html: Box<dyn Fn(&str) -> Normalized<'_>> = Box::new(decode_entities);
    legacy.into_iter().chain([html])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn spans_map_back_and_forth(text in encoded_like()) {
        for decode in decoders() {
            let decoded = decode(&text);
            let result = decoded.text().to_owned();
            let mut last = Span::new(0, 0);
            for (at, c) in result.char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                let original = decoded.to_original(span);
                prop_assert!(original.slice(&text).is_some_and(|part| !part.is_empty()), "{:?} of {:?}", span, text);
                prop_assert!(original.start() >= last.start() && original.end() >= last.end(), "monotone in {:?}", text);
                let back = decoded.to_normalized(original);
                prop_assert!(back.start() <= span.start() && span.end() <= back.end(), "{:?} of {:?}", span, text);
                last = original;
            }
            for (at, c) in text.char_indices() {
                let span = decoded.to_normalized(Span::new(at, at + c.len_utf8()));
                prop_assert!(span.slice(&result).is_some());
            }
            prop_assert_eq!(decoded.to_normalized(Span::new(0, text.len())), Span::new(0, result.len()));
            // Borrowed exactly when nothing changes.
            prop_assert_eq!(matches!(decoded.into_text(), Cow::Borrowed(_)), result == text);
        }
    }

    #[test]
    fn any_text_at_all_is_taken(text in any::<String>()) {
        for decode in decoders() {
            decode(&text);
        }
        LegacyEncoding::guess(&text);
    }

    #[test]
    fn what_holds_nothing_encoded_is_borrowed(text in "[ابتجحخدرسشعغفقلمنو a-z0-9&#.،\n]{0,40}") {
        for decode in decoders() {
            prop_assert!(matches!(decode(&text).into_text(), Cow::Borrowed(_)), "{:?}", text);
        }
    }

    #[test]
    fn escaped_text_comes_back(text in any::<String>()) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('\u{200C}', "&zwnj;");
        prop_assert_eq!(decode_entities(&escaped).into_text(), text.as_str());
        let mut numbered = String::new();
        for c in text.chars().filter(|&c| c != '\0') {
            write!(numbered, "&#x{:x};", c as u32).unwrap();
        }
        prop_assert_eq!(decode_entities(&numbered).into_text(), text.replace('\0', ""));
    }

    #[test]
    fn what_is_typed_for_a_font_comes_back(
        text in "([ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهوۆەیێ]{1,8}[ .،])[ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهوۆەیێ]{0,8}",
        picks in prop::collection::vec(any::<prop::sample::Index>(), 20),
    ) {
        let normalizer = Normalizer::new();
        let text = normalizer.normalize(&text);
        for keyboard in keyboards() {
            let mut picks = picks.iter().cycle();
            let typed = keyboard.type_text(&text, |choices| picks.next().map_or(0, |pick| pick.index(choices)));
            let decoded = keyboard.encoding.decode(&typed);
            // A final ه gets a tatweel, which the profile leaves in a word of nothing else.
            let found = normalizer.normalize(decoded.text()).replace('ـ', "");
            prop_assert_eq!(found, text.replace('ـ', ""), "{}: {:?}", keyboard.encoding, typed);
        }
    }
}

/// The way from Kurdish letters to what was typed for them, by the rows of the table read backwards.
struct Keyboard {
    encoding: LegacyEncoding,
    keys: BTreeMap<String, Vec<String>>,
}

fn keyboards() -> Vec<Keyboard> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/decode/legacy.tsv");
    let table = std::fs::read_to_string(path).expect("the table");
    let text = |codes: &str| -> String {
        codes
            .split(' ')
            .filter_map(|code| u32::from_str_radix(code.strip_prefix("U+")?, 16).ok())
            .filter_map(char::from_u32)
            .collect()
    };
    let mut keyboards: Vec<Keyboard> =
        ENCODINGS.iter().map(|&encoding| Keyboard { encoding, keys: BTreeMap::new() }).collect();
    for row in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let keyboard =
            keyboards.iter_mut().find(|keyboard| keyboard.encoding.to_string() == fields[0]).expect("an encoding");
        if fields[3] == "any" && !fields[5].is_empty() {
            keyboard.keys.entry(text(fields[5])).or_default().push(text(fields[2]));
        }
    }
    keyboards
}

impl Keyboard {
    fn type_text(&self, text: &str, mut choose: impl FnMut(usize) -> usize) -> String {
        let mut typed = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut letter = &rest[..c.len_utf8()];
            // The ligature is typed with a key of its own, or as the two letters.
            if self.keys.contains_key("ڵا") && rest.starts_with("ڵا") && choose(2) == 0 {
                letter = "ڵا";
            }
            rest = &rest[letter.len()..];
            match self.keys.get(letter) {
                Some(keys) => {
                    let key = &keys[choose(keys.len())];
                    // Behind a ل the keys with an alef would be read as the ligature.
                    let ligature = typed.ends_with('ل') && key.starts_with(['آ', 'أ', 'إ']);
                    typed.push_str(if ligature { &keys[0] } else { key });
                }
                None if letter == "ه"
                    && self.encoding == LegacyEncoding::Zarnegar
                    && !rest.starts_with(char::is_alphabetic) =>
                {
                    typed.push_str("هـ");
                }
                None => typed.push_str(letter),
            }
        }
        typed
    }
}

#[test]
fn a_million_hostile_characters_take_linear_time() {
    for unit in ["&", "&#1", "&amp", "ل\u{064E}", "ه\u{064E}", "ه\u{200C}", "ء", "ةا "] {
        let text = unit.repeat(1_000_000 / unit.len());
        for decode in decoders() {
            assert!(decode(&text).text().len() <= 2 * text.len(), "{unit:?}");
        }
        LegacyEncoding::guess(&text);
    }
    // A letter before a run of signs as long as the text, which it has to look over.
    let text = "ه".to_owned() + &"\u{0651}".repeat(500_000);
    assert_eq!(LegacyEncoding::AliK.decode(&text).text().len(), text.len() + 2);
}

#[test]
fn text_typed_for_a_font_is_recognised() {
    let texts = [
        include_str!("../examples/texts/news.txt"),
        include_str!("../examples/texts/prose.txt"),
        "پێشمەرگە لە هەولێر دەبێ بە خەڵکەکە بڵێ",
    ];
    for keyboard in keyboards() {
        for text in texts {
            // The last key is the one that no other encoding has.
            let typed = keyboard.type_text(text, |choices| choices - 1);
            let expected = Some(keyboard.encoding).filter(|&encoding| encoding != LegacyEncoding::Zarnegar);
            assert_eq!(LegacyEncoding::guess(&typed), expected, "{}: {typed}", keyboard.encoding);
        }
    }
}

#[test]
fn unicode_text_is_not_taken_for_that_of_a_font() {
    for text in [
        "",
        "Kurdistan & 2020",
        // Kurdish
        "منداڵەکان لە باخچەکەدا یارییان دەکرد و دایکیان لە ماڵەوە چاوەڕێی دەکردن.",
        "ئه\u{200C}مه\u{200C} كتێبێكی نوێیه\u{200C} و زۆر به\u{200C}سوودە بۆ خوێندكاران.",
        "به\u{200C}یانی باش، ئه\u{200C}و كاره\u{200C} ته\u{200C}واو بوو",
        // Arabic, with and without vowel signs, and with a space forgotten once
        "ذهبت الطالبة إلى المدرسة الجديدة صباحا، ثم رجعت إلى البيت مع صديقتها فاطمة.",
        "تقع مدينة أربيل في شمال العراق، وهي من أقدم المدن المأهولة في العالم وفيها قلعة قديمة.",
        "قَرَأَ مُصْطَفَى ثَلَاثَةَ كُتُبٍ فِي مَكْتَبَةِ الْمَدْرَسَةِ",
        "وزارة التربيةالعراقية ومديرية الثقافة والصحة العامة",
        // Persian
        "کودکان در باغ بازی می\u{200C}کردند و مادرشان در خانه منتظر آن\u{200C}ها بود.",
        "مصطفی هر روز صبح روزنامه می\u{200C}خواند و چای می\u{200C}نوشد؛ دایرةالمعارف هم دارد.",
        include_str!("../examples/texts/news.txt"),
        include_str!("../examples/texts/prose.txt"),
        include_str!("../examples/texts/social.txt"),
    ] {
        assert_eq!(LegacyEncoding::guess(text), None, "{text}");
    }
}
