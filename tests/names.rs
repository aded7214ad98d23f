//! Names under suffixes.

use sorani::{GazetteerBuilder, NerTagger};

use crate::golden::{assert_none, cases};

#[test]
fn the_table_of_names_with_suffixes() {
    let table = include_str!("golden/names_gazetteer.tsv");
    let gazetteer =
        GazetteerBuilder::new().extend_from_tsv("names_gazetteer.tsv", table.as_bytes()).unwrap().build().unwrap();
    let tagger = NerTagger::with_gazetteer(gazetteer);
    let cases = cases("names.tsv");
    let mut failures = Vec::new();
    for case in &cases {
        let text = case.get("text");
        let found = tagger.tag(&text).next();
        let (name, label) = found.map_or(("no match", "-"), |entity| (entity.canonical(), entity.label().as_str()));
        let rest = found.map_or("", |entity| &text[entity.span().end()..entity.word_span().end()]);
        let expected = case.get("rest").replace(['-', '+'], "");
        if name != case.get("entry") || label != case.get("label") || rest != expected {
            failures.push(format!("{} ({}): {text}: {name} {label} {rest:?}", case.place, case.get("id")));
        }
    }
    assert_none(&failures, cases.len());
}

#[test]
fn an_ordinary_word_is_no_name_without_a_word_that_speaks_for_it() {
    let tagger = NerTagger::new();
    let found =
        |text| tagger.tag(text).map(|entity| format!("{} {}", entity.label(), entity.text())).collect::<Vec<_>>();
    assert!(found("ژیان جوانە و ئازادی خۆشە").is_empty());
    assert_eq!(found("دکتۆر ئازاد هات"), ["PER ئازاد"]);
    assert_eq!(found("شاری شووشە گیرا"), ["LOC شووشە"]);
    assert!(found("شووشە شکا").is_empty());
    assert_eq!(found("بەرپرسێک لە پارێزگای هەولێر گوتی"), ["LOC هەولێر"]);
}

#[test]
fn dates_take_their_day_and_year() {
    let tagger = NerTagger::new();
    let found =
        |text| tagger.tag(text).map(|entity| format!("{} {}", entity.label(), entity.text())).collect::<Vec<_>>();
    assert_eq!(found("لە ١٥ی تشرینی دووەمی ٢٠٢٠دا"), ["DATE ١٥ی تشرینی دووەمی ٢٠٢٠"]);
    assert_eq!(found("ڕۆژی سێشەممە 9/5/2020"), ["DATE ڕۆژی سێشەممە 9/5/2020"]);
}

#[test]
fn a_given_name_joins_the_family_name_of_someone_in_particular() {
    let tagger = NerTagger::new();
    let found = |text| tagger.tag(text).map(|entity| entity.text().to_owned()).collect::<Vec<_>>();
    // ۆ and وو are spellings of one name here.
    for text in ["ڤلادیمێر پووتن", "ڤلادیمێر پۆتن", "ڤلادیمیر پوتین"] {
        assert_eq!(found(text), [text]);
    }
    // Two people.
    assert_eq!(found("ڤلادیمێر، پووتن"), ["ڤلادیمێر", "پووتن"]);
}
