//! Compiles the tables under `data/` into the automata under `data/compiled/`, which the crate embeds.
//!
//!     cargo run --no-default-features --example compile_data
//!
//! Run it after every change of a table; a test compares what it would write with what is there.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use sorani::{LexiconBuilder, LexiconError};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let lexicon = lexicon(&data)?;
    fs::create_dir_all(data.join("compiled"))?;
    fs::write(data.join("compiled/lexicon.fst"), &lexicon)?;
    println!("lexicon.fst\t{} bytes", lexicon.len());
    Ok(())
}

fn lexicon(data: &Path) -> Result<Vec<u8>> {
    let open = |table: &str| File::open(data.join(table)).map(BufReader::new);
    let mut builder = LexiconBuilder::new();
    for table in ["nouns", "adjectives", "adverbs", "function_words", "numerals"] {
        let name = format!("lexicon/{table}.tsv");
        builder = builder.extend_from_tsv(&name, open(&name)?)?;
    }
    builder = builder.extend_verbs_from_tsv("lexicon/verbs.tsv", open("lexicon/verbs.tsv")?)?;
    builder = builder.extend_light_verbs_from_tsv("lexicon/light_verbs.tsv", open("lexicon/light_verbs.tsv")?)?;
    let lexicon = builder.build().map_err(|error: LexiconError| error)?;
    Ok(lexicon.as_bytes().to_vec())
}
