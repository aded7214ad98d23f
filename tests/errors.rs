//! What errors say: every message is one sentence that a person can act on.

use std::error::Error;

use sorani::{EntityLabel, Gazetteer, GazetteerBuilder, Lexicon, LexiconBuilder, PartOfSpeech};

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
