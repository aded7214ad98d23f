//! The tables under `data/`: well formed, sorted, normalized, with their sources, and compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sorani::{Gazetteer, Lexicon, Normalizer};

use crate::golden::assert_none;

#[path = "../examples/compile_data.rs"]
#[allow(dead_code, reason = "its main function is for the command line")]
mod compile_data;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn tables() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in fs::read_dir(data()).unwrap() {
        let folder = folder.unwrap().path();
        if folder.is_dir() {
            let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
            found.extend(files.filter(|file| file.extension().is_some_and(|extension| extension == "tsv")));
        }
    }
    found.sort();
    assert!(found.len() > 30, "the tables were not found");
    found
}

/// Header and records of a table, each with its line.
fn read(path: &Path) -> (Vec<String>, Vec<(usize, Vec<String>)>) {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let split = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let header = split(lines.next().unwrap().1);
    (header, lines.map(|(at, line)| (at + 1, split(line))).collect())
}

#[test]
fn every_table_is_as_the_readme_says() {
    let readme = fs::read_to_string(data().join("README.md")).unwrap();
    let sources: BTreeSet<&str> =
        readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(source, _)| source).collect();
    let mut wrong = Vec::new();
    for path in tables() {
        let name = path.strip_prefix(data()).unwrap().display().to_string();
        let bytes = fs::read(&path).unwrap();
        if bytes.contains(&b'\r') || !bytes.ends_with(b"\n") {
            wrong.push(format!("{name}: lines end in LF, the last one too"));
        }
        if name.starts_with("compiled") {
            continue;
        }
        if !readme.contains(&format!("`{name}`")) {
            wrong.push(format!("{name}: not described in data/README.md"));
        }
        let (header, rows) = read(&path);
        let source = header.iter().position(|column| column == "source");
        let Some(source) = source else {
            wrong.push(format!("{name}: no column source"));
            continue;
        };
        for (line, fields) in rows {
            if fields.len() != header.len() {
                wrong.push(format!("{name}:{line}: {} fields, not {}", fields.len(), header.len()));
                continue;
            }
            for id in fields[source].split(';').filter(|id| !sources.contains(id)) {
                wrong.push(format!("{name}:{line}: unknown source `{id}`"));
            }
            for field in &fields {
                if field.trim() != field {
                    wrong.push(format!("{name}:{line}: `{field}` has white space around it"));
                }
                if field.chars().any(|c| c.is_control() || ('\u{200B}'..='\u{200F}').contains(&c) || c == '\u{FEFF}') {
                    wrong.push(format!("{name}:{line}: `{field}` holds an invisible character"));
                }
            }
        }
    }
    assert_none(&wrong, tables().len());
}

#[test]
fn words_and_names_are_normalized_sorted_and_unique() {
    let normalizer = Normalizer::new();
    let mut wrong = Vec::new();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for path in tables() {
        let name = path.strip_prefix(data()).unwrap().display().to_string();
        if !["lexicon", "gazetteer", "ner"].iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let (header, rows) = read(&path);
        let columns: Vec<usize> = header
            .iter()
            .enumerate()
            .filter(|(_, column)| {
                ["lemma", "form", "name", "variants", "cue", "element", "expression"].contains(&column.as_str())
            })
            .map(|(at, _)| at)
            .collect();
        let key = |fields: &[String]| {
            // A gazetteer is ordered by its names, every other table by its first column.
            let at = header.iter().position(|column| column == "name").unwrap_or(0);
            fields[at].clone()
        };
        let mut seen = BTreeSet::new();
        // The order of patterns is part of what they mean.
        let sorted = name != "ner/patterns.tsv";
        for pair in rows.windows(2).filter(|_| sorted) {
            if key(&pair[0].1).as_bytes() > key(&pair[1].1).as_bytes() {
                wrong.push(format!("{name}:{}: `{}` is out of order", pair[1].0, key(&pair[1].1)));
            }
        }
        for (line, fields) in &rows {
            for &at in &columns {
                for form in fields[at].split(';').filter(|form| !form.is_empty()) {
                    let form = form.trim_start_matches('?');
                    let normal = normalizer.normalize(form);
                    if normal != form && !form.contains('.') {
                        wrong.push(format!("{name}:{line}: `{form}` is not normalized: `{normal}`"));
                    }
                }
            }
            if !seen.insert(fields.clone()) {
                wrong.push(format!("{name}:{line}: the record stands there twice"));
            }
            if let Some(id) = header.iter().position(|column| column == "id").map(|at| &fields[at]) {
                let place = format!("{name}:{line}");
                if id.is_empty()
                    || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
                {
                    wrong.push(format!("{place}: `{id}` is not an identifier"));
                }
                if let Some(other) = ids.insert(id.clone(), place.clone()) {
                    wrong.push(format!("{place}: `{id}` is the identifier of {other}"));
                }
            }
        }
    }
    assert_none(&wrong, ids.len());
}

#[test]
fn the_compiled_files_are_those_of_the_tables() {
    let mut fingerprints = String::new();
    for (name, keys, bytes) in compile_data::compiled(&data()).expect("the tables compile") {
        let checked_in = fs::read(data().join("compiled").join(name)).unwrap();
        assert!(
            checked_in == bytes,
            "data/compiled/{name} is not what the tables compile to; run\n\
             cargo run --no-default-features --example compile_data"
        );
        fingerprints.push_str(&compile_data::fingerprint(name, keys, &bytes));
    }
    let checked_in = fs::read_to_string(data().join("compiled/fingerprints.tsv")).unwrap();
    let rows: String = checked_in.lines().skip(2).flat_map(|line| [line, "\n"]).collect();
    assert_eq!(rows, fingerprints);
}

#[test]
fn the_embedded_data_passes_the_checks_for_foreign_bytes() {
    let lexicon = Lexicon::from_bytes(Lexicon::embedded().as_bytes()).expect("a sound lexicon");
    assert!(lexicon.len() > 15_000);
    let gazetteer = Gazetteer::from_bytes(Gazetteer::embedded().as_bytes()).expect("a sound gazetteer");
    assert!(gazetteer.len() > 6_000);
    let size = lexicon.as_bytes().len() + gazetteer.as_bytes().len();
    assert!(size <= 8 << 20, "{size} bytes are embedded");
}

#[test]
fn every_class_that_the_lexicon_names_is_known_to_the_grammar() {
    // A word whose class the grammar does not know would never be analysed.
    let analyzer = sorani::Analyzer::new();
    let (header, rows) = read(&data().join("lexicon/function_words.tsv"));
    let form = header.iter().position(|column| column == "form").unwrap();
    let unknown: Vec<String> = rows
        .iter()
        .filter(|(_, fields)| {
            let source = analyzer.analyze(&fields[form]).next().map(|analysis| analysis.source());
            source != Some(sorani::AnalysisSource::Lexicon)
        })
        .map(|(line, fields)| format!("function_words.tsv:{line}: {}", fields[form]))
        .collect();
    assert_none(&unknown, rows.len());
}
