//! Compiles the tables under `data/` into the automata under `data/compiled/`, which the crate embeds.
//!
//!     cargo run --no-default-features --example compile_data
//!
//! Run it after every change of a table; a test compares what it would write with what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use sorani::{AnalysisSource, Analyzer, GazetteerBuilder, LexiconBuilder, Normalizer, PartOfSpeech};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Tables of words, in the order in which they are read.
const WORDS: [&str; 6] = ["nouns", "adjectives", "adverbs", "function_words", "numerals", "irregular_verbs"];
/// Tables of names, in the order in which their entries are numbered.
const NAMES: [&str; 11] = [
    "country",
    "place",
    "organization",
    "person",
    "given_name",
    "family_name",
    "people",
    "language",
    "calendar",
    "event",
    "currency",
];

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = root.join("data/compiled");
    fs::create_dir_all(&directory)?;
    let mut fingerprints = String::from(
        "# What the compiled files hold, so that a change of them can be read. Written by examples/compile_data.rs.\n\
         file\tkeys\tbytes\tfnv1a64\n",
    );
    for (name, keys, bytes) in compiled(&root.join("data"))? {
        fs::write(directory.join(name), &bytes)?;
        let line = fingerprint(name, keys, &bytes);
        print!("{line}");
        fingerprints.push_str(&line);
    }
    fs::write(directory.join("fingerprints.tsv"), fingerprints)?;
    Ok(())
}

/// The row of a compiled file in the table of fingerprints.
pub fn fingerprint(name: &str, keys: usize, bytes: &[u8]) -> String {
    format!("{name}\t{keys}\t{}\t{:016x}\n", bytes.len(), fnv1a(bytes))
}

/// Name, number of keys and bytes of every compiled file.
///
/// # Errors
///
/// Where a table is missing or wrong.
pub fn compiled(data: &Path) -> Result<Vec<(&'static str, usize, Vec<u8>)>> {
    let lexicon = lexicon(data)?;
    let mut gazetteer = GazetteerBuilder::new();
    for table in NAMES {
        let name = format!("gazetteer/{table}.tsv");
        gazetteer = gazetteer.extend_from_tsv(&name, open(data, &name)?)?;
    }
    let gazetteer = gazetteer.build()?;
    Ok(vec![
        ("lexicon.fst", lexicon.len(), lexicon.as_bytes().to_vec()),
        ("gazetteer.fst", gazetteer.len(), gazetteer.as_bytes().to_vec()),
    ])
}

fn open(data: &Path, table: &str) -> Result<BufReader<File>> {
    let file = File::open(data.join(table)).map_err(|error| format!("{table}: {error}"))?;
    Ok(BufReader::new(file))
}

/// Names that can be read as an inflected ordinary word at no more than this cost are taken for that word.
const ORDINARY: f32 = 2.5;

fn lexicon(data: &Path) -> Result<sorani::Lexicon<Vec<u8>>> {
    let ordinary = Analyzer::with_lexicon(words(data)?.build()?);
    let mut lexicon = words(data)?;
    for (name, place) in names(data)? {
        let best = ordinary.analyze(&name).next();
        let taken = best.is_some_and(|best| best.source() == AnalysisSource::Lexicon && best.cost() <= ORDINARY);
        // A place is met more often than the plural or the verb form that its name could be: تاران, لاچین.
        if place || !taken {
            lexicon = lexicon.insert(&name, PartOfSpeech::ProperNoun)?;
        }
    }
    Ok(lexicon.build()?)
}

/// The words of the tables of the lexicon.
fn words(data: &Path) -> Result<LexiconBuilder> {
    let mut lexicon = LexiconBuilder::new();
    for table in WORDS {
        let name = format!("lexicon/{table}.tsv");
        lexicon = lexicon.extend_from_tsv(&name, open(data, &name)?)?;
    }
    let verbs = open(data, "lexicon/verbs.tsv")?;
    lexicon = lexicon.extend_verbs_from_tsv("lexicon/verbs.tsv", verbs)?;
    let light_verbs = open(data, "lexicon/light_verbs.tsv")?;
    Ok(lexicon.extend_light_verbs_from_tsv("lexicon/light_verbs.tsv", light_verbs)?)
}

/// Names of one word, so that the stemmer does not cut them; of persons also the words of their full names. Left out
/// are names that are ordinary words too, names of peoples and languages, which are adjectives of the lexicon, and
/// words of persons' names in ی that are a listed name with its ezafe just as well (هەولێری). Each with whether it is
/// that of a place.
fn names(data: &Path) -> Result<BTreeMap<String, bool>> {
    let normalizer = Normalizer::new();
    let mut names: BTreeMap<String, bool> = BTreeMap::new();
    let mut parts = BTreeSet::new();
    for table in NAMES.iter().filter(|table| !matches!(**table, "people" | "language" | "calendar" | "currency")) {
        let mut lines = open(data, &format!("gazetteer/{table}.tsv"))?.lines();
        let header = loop {
            let line = lines.next().ok_or_else(|| format!("{table}: no header"))??;
            if !line.starts_with('#') {
                break line;
            }
        };
        let column = |name: &str| {
            let at = header.split('\t').position(|column| column == name);
            at.ok_or_else(|| format!("{table}: no column {name}"))
        };
        let (name, variants, flags) = (column("name")?, column("variants")?, column("flags")?);
        for line in lines {
            let line = line?;
            let fields: Vec<&str> = line.split('\t').collect();
            let field = |at: usize| fields.get(at).copied().unwrap_or_default();
            if field(flags).contains("ambiguous") {
                continue;
            }
            let forms =
                [field(name)].into_iter().chain(field(variants).split(';').filter(|form| !form.starts_with('?')));
            for form in forms.filter(|form| !form.is_empty()) {
                let words: Vec<&str> = form.split([' ', '-']).collect();
                if words.len() == 1 || *table == "person" {
                    let place = matches!(*table, "place" | "country");
                    for word in words.iter().map(|word| normalizer.normalize(word).into_owned()) {
                        if *table == "family_name" || words.len() > 1 {
                            parts.insert(word);
                        } else {
                            *names.entry(word).or_default() |= place;
                        }
                    }
                }
            }
        }
    }
    let listed =
        |part: &String| part.strip_suffix('ی').is_some_and(|name| names.contains_key(name) || parts.contains(name));
    let plain: Vec<String> = parts.iter().filter(|part| !listed(part)).cloned().collect();
    for part in plain {
        names.entry(part).or_default();
    }
    names.retain(|name, _| name.chars().count() >= 2);
    Ok(names)
}

/// FNV-1a, 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
