//! What errors say: every message is one sentence that a person can act on.

use std::error::Error;

use sorani::{EntityLabel, Gazetteer, GazetteerBuilder, Lexicon, LexiconBuilder, PartOfSpeech, TableError};

#[test]
fn tables_are_refused_with_file_line_and_value() {
    let lexicon = |table: &[u8]| LexiconBuilder::new().extend_from_tsv("w.tsv", table).unwrap_err().to_string();
    assert_eq!(lexicon(b""), "w.tsv: the table has no header line");
    assert_eq!(lexicon(b"lemma\n"), "w.tsv, line 1: the header has no column `pos`");
    assert_eq!(lexicon(b"lemma\tpos\nx\n"), "w.tsv, line 2: 1 fields where the header has 2");
    assert_eq!(lexicon(b"lemma\tpos\n\tNOUN\n"), "w.tsv, line 2: `` in column `lemma` is empty");
    assert_eq!(lexicon(b"lemma\tpos\n# c\na\xFF\tNOUN\n"), "w.tsv, line 3: byte 1 of the line is not UTF-8");
    assert_eq!(
        lexicon("lemma\tpos\nکورد\tnoun\n".as_bytes()),
        "w.tsv, line 2: `noun` in column `pos` is not a part of speech"
    );

    let columns = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n";
    let verb = |row: &str| {
        let table = format!("{columns}{row}\n");
        LexiconBuilder::new().extend_verbs_from_tsv("v.tsv", table.as_bytes()).unwrap_err().to_string()
    };
    assert_eq!(
        verb("هاتن\t\t\tێ\t\t\t\ti"),
        "v.tsv, line 2: `` in column `past` is not a stem: every verb has a past stem"
    );
    assert_eq!(verb("هاتن\t\tهات\tێ\t\t\t\tx"), "v.tsv, line 2: `x` in column `transitivity` is neither t nor i");
    assert_eq!(verb("هاتن\t\tهات\tێ\t\t\tو\ti"), "v.tsv, line 2: `و` in column `postverb` is neither ەوە nor empty");
}

fn messages(errors: &[TableError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn a_check_gives_all_errors_of_a_table_with_their_lines() {
    let words: &[u8] =
        "# c\nlemma\tpos\tvariants\nx\tnoun\t\nکورد\tNOUN\tکو\u{1};کوردە;\u{2}\n\nb\n\tADJ\t\n".as_bytes();
    let words = [words, b"a\xFF\tNOUN\t\nc\tNOUN\t\n\td\t\n"].concat();
    let errors = LexiconBuilder::new().check_tsv("w.tsv", &words[..]);
    let expected = [
        "w.tsv, line 3: `noun` in column `pos` is not a part of speech",
        "w.tsv, line 4: `کو\u{1}` in column `variants` holds a control character",
        "w.tsv, line 4: `\u{2}` in column `variants` holds a control character",
        "w.tsv, line 6: 1 fields where the header has 3",
        "w.tsv, line 7: `` in column `lemma` is empty",
        "w.tsv, line 8: byte 1 of the line is not UTF-8",
        "w.tsv, line 10: `d` in column `pos` is not a part of speech",
        "w.tsv, line 10: `` in column `lemma` is empty",
    ];
    assert_eq!(messages(&errors), expected);
    let lines: Vec<_> = errors.iter().filter_map(TableError::line).collect();
    assert_eq!(lines, [3, 4, 4, 6, 7, 8, 10, 10]);

    let names = "name\tlabel\tid\tflags\nهەولێر\tGPE\t\tbig small\n\tLOC\t\t\nکۆیە\tLOC\t\t\n";
    let errors = GazetteerBuilder::new().check_tsv("n.tsv", names.as_bytes());
    let expected = [
        "n.tsv, line 2: `GPE` in column `label` is not a label: PER, LOC, ORG, DATE or MISC",
        "n.tsv, line 2: `big` in column `flags` is neither ambiguous nor short",
        "n.tsv, line 2: `small` in column `flags` is neither ambiguous nor short",
        "n.tsv, line 3: `` in column `name` is empty",
    ];
    assert_eq!(messages(&errors), expected);

    // A wrong header says nothing of the rows.
    assert_eq!(messages(&LexiconBuilder::new().check_tsv("w.tsv", &b""[..])), ["w.tsv: the table has no header line"]);
    let errors = GazetteerBuilder::new().check_tsv("n.tsv", &b"name\nx\n"[..]);
    assert_eq!(messages(&errors), ["n.tsv, line 1: the header has no column `label`"]);
}

#[test]
fn a_check_gives_all_errors_of_tables_of_verbs() {
    let verbs = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n\
                 کردن\t\tکرد\tکە\tکرا\tکرێ\t\tt\n";
    let bad = format!("{verbs}هاتن\tه\u{1}\t\tێ\t\t\tو\tx\n\t\tهات\tێ\t\t\t\ti\n");
    let expected = [
        "v.tsv, line 3: `و` in column `postverb` is neither ەوە nor empty",
        "v.tsv, line 3: `x` in column `transitivity` is neither t nor i",
        "v.tsv, line 3: `` in column `past` is not a stem: every verb has a past stem",
        "v.tsv, line 3: `ه\u{1}` in column `parts` holds a control character",
        "v.tsv, line 4: `` in column `lemma` is empty",
    ];
    assert_eq!(messages(&LexiconBuilder::new().check_verbs_tsv("v.tsv", bad.as_bytes())), expected);

    let builder = LexiconBuilder::new().extend_verbs_from_tsv("v.tsv", verbs.as_bytes()).unwrap();
    let compounds = "element\tverb\tpostverb\ttransitivity\nبڵاو\tکردن\tەوە\tt\nبڵاو\tهاتن\t\t\nکار\tکردن\tو\tt\n";
    let expected = [
        "c.tsv, line 3: `هاتن` in column `verb` is not among the verbs without parts",
        "c.tsv, line 3: `` in column `transitivity` is neither t nor i",
        "c.tsv, line 4: `و` in column `postverb` is neither ەوە nor empty",
    ];
    assert_eq!(messages(&builder.check_light_verbs_tsv("c.tsv", compounds.as_bytes())), expected);
}

#[test]
fn the_first_error_of_a_check_is_that_of_reading_and_the_tables_of_the_crate_have_none() {
    let tables = ["lemma\tpos\nx\tNOUN\n", "lemma\tpos\nx\ty\n", "pos\n", "lemma\tpos\na\n\tz\nb\tNOUN\n", ""];
    for table in tables {
        let first = LexiconBuilder::new().check_tsv("t", table.as_bytes()).first().map(ToString::to_string);
        let read = LexiconBuilder::new().extend_from_tsv("t", table.as_bytes());
        assert_eq!(first, read.err().map(|error| error.to_string()), "{table:?}");
    }
    let open = |name: &str| std::io::BufReader::new(std::fs::File::open(format!("data/{name}.tsv")).unwrap());
    let builder = LexiconBuilder::new();
    for name in ["lexicon/nouns", "lexicon/adjectives", "lexicon/adverbs"] {
        assert!(builder.check_tsv(name, open(name)).is_empty(), "{name}");
    }
    for name in ["gazetteer/place", "gazetteer/organization", "gazetteer/country"] {
        assert!(GazetteerBuilder::new().check_tsv(name, open(name)).is_empty(), "{name}");
    }
    assert!(builder.check_verbs_tsv("verbs", open("lexicon/verbs")).is_empty());
    assert!(builder.build().unwrap().is_empty(), "a check adds nothing");
}

#[test]
fn a_country_that_is_no_code_is_refused_and_not_dropped() {
    for country in ["iq", "nQ", "IRQ", "I", "عێ"] {
        let table = format!("name\tlabel\tcountry\nهەولێر\tLOC\t{country}\n");
        let error = GazetteerBuilder::new().extend_from_tsv("n.tsv", table.as_bytes()).unwrap_err();
        let expected = format!(
            "n.tsv, line 2: `{country}` in column `country` is not a code of two capital letters of ISO 3166-1"
        );
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_name_that_is_longer_than_its_normalized_spelling_is_refused_with_its_line() {
    // 4 bytes once normalized: the record of the entry keeps the name as it is written, and has no place for it.
    let name = format!("ش{}ا", "ـ".repeat(200));
    let table = format!("name\tlabel\n{name}\tLOC\n");
    let error = GazetteerBuilder::new().extend_from_tsv("n.tsv", table.as_bytes()).unwrap_err();
    let message = error.to_string();
    assert!(message.starts_with("n.tsv, line 2: ") && message.ends_with("is longer than 255 bytes"), "{message}");
    assert!(GazetteerBuilder::new().insert(&name, EntityLabel::Location).is_err());
}

#[test]
fn words_and_names_are_refused_with_a_reason() {
    let error = LexiconBuilder::new().insert("a\u{1}b", PartOfSpeech::Noun).unwrap_err();
    assert_eq!(error.to_string(), "`a\u{1}b` cannot be an entry of a lexicon: holds a control character");
    let long = "ن".repeat(200);
    let error = LexiconBuilder::new().insert(&long, PartOfSpeech::Noun).unwrap_err();
    assert!(error.to_string().ends_with("is longer than 255 bytes"));
    let error = GazetteerBuilder::new().insert("\u{0640}\u{064E}ء", EntityLabel::Person).unwrap_err();
    assert!(error.to_string().ends_with("holds no letter"), "{error}");
}

#[test]
fn foreign_bytes_are_refused_with_a_cause() {
    let built = LexiconBuilder::new().insert("کورد", PartOfSpeech::Noun).unwrap().build().unwrap();
    let cause = |bytes: Vec<u8>| {
        let error = Lexicon::from_bytes(bytes).unwrap_err();
        assert_eq!(error.to_string(), "the bytes are not a compiled lexicon of this version");
        error.source().map(ToString::to_string).unwrap()
    };
    let good = built.as_bytes().to_vec();
    let changed = |at: usize, to: u8| {
        let mut bytes = good.clone();
        bytes[at] = to;
        bytes
    };
    assert_eq!(cause(Vec::new()), "the data does not begin as compiled data of this crate does");
    assert_eq!(cause(changed(8, 7)), "the data has format version 7, this crate reads version 1");
    assert_eq!(cause(changed(10, 2)), "the data holds something else");
    assert_eq!(cause(good[..good.len() - 1].to_vec()), "the checksum of the data is wrong");
    assert_eq!(cause(changed(good.len() - 1, 0xFF)), "the checksum of the data is wrong");
    let gazetteer = Gazetteer::from_bytes(good).unwrap_err();
    assert_eq!(gazetteer.source().unwrap().to_string(), "the data holds something else");
}
