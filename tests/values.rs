//! Values: dates, times, numbers, money, percentages, quantities.

use proptest::prelude::*;
use sorani::{Date, ValueTagger};

use crate::golden::{assert_none, cases};
use crate::normalize::sorani_like;

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    Date::new(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
}

fn tagger(reference: &str) -> ValueTagger {
    date(reference).map_or_else(ValueTagger::new, |date| ValueTagger::new().with_reference(date))
}

fn found(tagger: &ValueTagger, text: &str) -> String {
    let values = tagger.tag(text).map(|value| {
        let span = value.span();
        let unit = value.unit().map_or_else(String::new, |unit| format!(" {unit}"));
        let deictic = if value.is_deictic() { " deictic" } else { "" };
        format!("{}-{} {} {}{unit}{deictic}", span.start(), span.end(), value.kind(), value.value())
    });
    values.collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_table_of_values() {
    let cases = cases("values.tsv");
    assert!(cases.len() >= 150);
    let mut failures = Vec::new();
    for case in &cases {
        let found = found(&tagger(&case.get("reference")), &case.get("text"));
        if found != case.get("expected") {
            failures.push(format!("{}: {}: {found}, not {}", case.place, case.get("text"), case.get("expected")));
        }
    }
    assert_none(&failures, cases.len());
}

/// What numbers and dates are put together from, with what may tear them apart.
fn value_like() -> impl Strategy<Value = String> {
    let pieces = vec![
        "١",
        "٢٠",
        "٢٠٢٠",
        "3",
        "1,000",
        "٤٫٥",
        "9999999999999999999999999999999999999",
        "999999999999999999999999999999",
        "0750",
        "یەک",
        "دوو",
        "بیست",
        "سەد",
        "هەزار",
        "ملیۆن",
        "تریلیۆن",
        "ملیۆنێک",
        "نیو",
        "چارەک",
        "سێیەک",
        "لەسەر",
        "و",
        "ی",
        "دا",
        "ەوە",
        "ەم",
        "ەمین",
        "ەکان",
        "ەکانی",
        "ئایار",
        "ئایاری",
        "ئاب",
        "تشرینی",
        "دووەم",
        "یەکەمی",
        "خاکەلێوەی",
        "ڕەمەزانی",
        "مانگی",
        "مانگە",
        "ساڵی",
        "ساڵ",
        "ساڵانی",
        "ڕۆژی",
        "هەفتەی",
        "سەدەی",
        "دەیەی",
        "نەوەدەکانی",
        "کاتژمێر",
        "بەیانی",
        "شەو",
        "خولەک",
        "سێشەممە",
        "سێشەممەی",
        "ڕابردوو",
        "داهاتوو",
        "ئەم",
        "هەمان",
        "پێش",
        "لەمەوبەر",
        "زایین",
        "کۆچی",
        "کوردی",
        "لە",
        "سەدا",
        "%",
        "٪",
        "$",
        "-",
        "+",
        "/",
        "،",
        ".",
        ":",
        "دۆلار",
        "دیناری",
        "عێراقی",
        "کیلۆمەتر",
        "کم",
        "km",
        "\n",
        "15/11/2020",
        "10:30",
        "\u{200C}",
        "«",
        ")",
    ];
    let piece = (prop::sample::select(pieces), prop::sample::select(vec!["", " ", " "]));
    prop::collection::vec(piece, 0..16)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for tagger in [tagger(""), tagger("2020-11-10"), tagger("0001-01-01"), tagger("9999-12-31")] {
        let mut end = 0;
        for value in tagger.tag(text) {
            prop_assert!(value.span().start() >= end, "{text:?}");
            prop_assert_eq!(value.span().slice(text), Some(value.text()));
            prop_assert!(!value.text().is_empty() && !value.value().is_empty(), "{text:?}");
            end = value.span().end();
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn values_lie_in_order_on_boundaries(text in sorani_like()) {
        check(&text)?;
    }

    #[test]
    fn any_row_of_words_of_values_is_read(text in value_like()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn whole_numbers_keep_their_value(number in 0_u64..=u64::MAX) {
        let arabic: String = number.to_string().chars().map(|c| char::from_u32(c as u32 + 0x630).unwrap()).collect();
        for digits in [number.to_string(), arabic] {
            let text = format!("ژمارە {digits} هات");
            let value = ValueTagger::new().tag(&text).next().map(|value| value.value().to_owned());
            prop_assert_eq!(value, Some(number.to_string()));
        }
    }

    #[test]
    fn days_keep_their_date(year in 1000_u16..=2100, month in 1_u8..=12, day in 1_u8..=31) {
        prop_assume!(!(1300..1500).contains(&year));
        let date = Date::new(year, month, day);
        for text in [format!("{day}/{month}/{year}"), format!("{year}-{month:02}-{day:02}")] {
            let value = ValueTagger::new().tag(&text).next().map(|value| value.value().to_owned());
            // What is no day of the month may be one of the month with the other number.
            prop_assert!(date.is_none() || value == date.map(|date| date.to_string()), "{text}: {value:?}");
        }
    }
}

#[test]
fn long_and_hostile_texts_take_linear_time() {
    let tagger = tagger("2020-11-10");
    for unit in [
        "1",
        "٩ ",
        "1,",
        "1.",
        "هەزار ",
        "یەک و ",
        "١ و ",
        "١-",
        "١٠، ",
        "هەزار و ",
        "ملیۆن و ",
        "سەد و ",
        "و",
        "وو",
        "ساڵی ",
        "مانگی ",
        "ڕۆژی ",
        "سێشەممە ",
        "سێشەممە، ",
        "لە ",
        "پێش ",
        "ئەم ",
        "ساڵی ١٩٩١ و ",
        "-",
        "- ",
        "%",
        "$",
        "بیستو",
        "لەسەر ",
        "سێ لەسەر ",
        "٠٧٥٠ ",
        "١\n",
        "١٠،١٠٠",
        "نەوەدەکانی ",
        "سەدەی ",
        "دەیەی ",
        "کاتژمێر ",
        "10:30 ",
    ] {
        let text = unit.repeat(100_000 / unit.len());
        assert!(tagger.tag(&text).all(|value| value.span().end() <= text.len()), "{unit:?}");
    }
}
