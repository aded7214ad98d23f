//! Shows what words are made of, the paradigm of a lemma, and how much of a corpus lexicon and grammar explain.
//!
//!     cargo run --release --example analyze -- وڵاتەکەیدا بڵاویکردەوە
//!     cargo run --release --example analyze -- --paradigm چوون
//!     cargo run --release --example analyze -- --unimorph --paradigm شار
//!     cargo run --release --example analyze -- --stats examples/texts/*.txt

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use sorani::{Analysis, AnalysisSource, Analyzer, Generator, Normalizer, TokenKind, Tokenizer};

const USAGE: &str = "\
Shows what Sorani words are made of.

Usage: analyze [--unimorph] WORD…
       analyze [--unimorph] --paradigm LEMMA…
       analyze --stats [--top N] [FILE…]

Each reading of a word is a row: the word, its segments with the stem in brackets,
lemma, part of speech, tags, features of Universal Dependencies, cost, and how it
was found: lexicon, respelled (one letter mended) or guess. The likeliest is first.

  --paradigm LEMMA  the forms of the lemma without what may be written on to any of
                    them: part of speech, tags, the form, variants of it
  --unimorph        rows as in the files of UniMorph instead: lemma, form, features;
                    each once
  --stats           how many words of the files (or standard input) lexicon and
                    grammar explain, and the most frequent words that they do not
  --top N           how many of those; 20 unless given
  -h, --help        this text
";

/// What the command line asks for.
enum Task {
    Words { words: Vec<String>, unimorph: bool },
    Paradigms { lemmas: Vec<String>, unimorph: bool },
    Stats { top: usize, files: Vec<PathBuf> },
    Help,
}

fn main() -> ExitCode {
    let task = match parse_arguments() {
        Ok(task) => task,
        Err(error) => {
            eprintln!("analyze: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match task {
        Task::Help => write!(out, "{USAGE}").map(|()| true),
        Task::Words { words, unimorph } => analyze(&words, unimorph, &mut out).map(|()| true),
        Task::Paradigms { lemmas, unimorph } => paradigms(&lemmas, unimorph, &mut out),
        Task::Stats { top, files } => stats(top, &files, &mut out),
    };
    match done.and_then(|fine| out.flush().map(|()| fine)) {
        Ok(true) => ExitCode::SUCCESS,
        // Nobody reads the output any more.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("analyze: standard output: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse_arguments() -> Result<Task, lexopt::Error> {
    use lexopt::prelude::*;
    let (mut paradigm, mut unimorph, mut stats, mut top, mut values) = (false, false, false, 20, Vec::new());
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("paradigm") => paradigm = true,
            Long("unimorph") => unimorph = true,
            Long("stats") => stats = true,
            Long("top") => top = parser.value()?.parse()?,
            Short('h') | Long("help") => return Ok(Task::Help),
            Value(value) => values.push(value),
            _ => return Err(argument.unexpected()),
        }
    }
    if stats && unimorph {
        return Err("--stats has no --unimorph".into());
    }
    if stats {
        let files = if values.is_empty() { vec!["-".into()] } else { values.into_iter().map(PathBuf::from).collect() };
        return Ok(Task::Stats { top, files });
    }
    if values.is_empty() {
        return Err("a word is wanted".into());
    }
    let words = values.into_iter().map(lexopt::ValueExt::string).collect::<Result<_, _>>()?;
    Ok(if paradigm { Task::Paradigms { lemmas: words, unimorph } } else { Task::Words { words, unimorph } })
}

fn analyze(words: &[String], unimorph: bool, out: &mut impl Write) -> io::Result<()> {
    let (normalizer, analyzer) = (Normalizer::new(), Analyzer::new());
    for word in words {
        let word = normalizer.normalize(word);
        if unimorph {
            let triples = analyzer.analyze(&word).map(|analysis| (analysis.lemma().to_owned(), analysis.unimorph()));
            write_triples(triples.map(|(lemma, features)| format!("{lemma}\t{word}\t{features}")), out)?;
            continue;
        }
        for analysis in analyzer.analyze(&word) {
            writeln!(
                out,
                "{word}\t{analysis}\t{}\t{}\t{}\t{}\t{:.2}\t{}",
                analysis.lemma(),
                analysis.pos(),
                analysis.tags(),
                analysis.features(),
                analysis.cost(),
                found(&analysis)
            )?;
        }
    }
    Ok(())
}

/// Writes each of the rows once, in their order.
fn write_triples(rows: impl Iterator<Item = String>, out: &mut impl Write) -> io::Result<()> {
    let mut written = HashSet::new();
    for row in rows {
        if !written.contains(&row) {
            writeln!(out, "{row}")?;
            written.insert(row);
        }
    }
    Ok(())
}

fn found(analysis: &Analysis<'_>) -> &'static str {
    match analysis.source() {
        AnalysisSource::Lexicon => "lexicon",
        AnalysisSource::Respelled => "respelled",
        _ => "guess",
    }
}

/// Writes the paradigms; whether all lemmas are known.
fn paradigms(lemmas: &[String], unimorph: bool, out: &mut impl Write) -> io::Result<bool> {
    let (normalizer, generator) = (Normalizer::new(), Generator::new());
    let mut all = true;
    for lemma in lemmas {
        let lemma = normalizer.normalize(lemma);
        let forms = generator.paradigm(&lemma);
        if forms.is_empty() {
            eprintln!("analyze: {lemma}: no such lemma");
            all = false;
        }
        if unimorph {
            write_triples(forms.iter().map(|form| format!("{lemma}\t{}\t{}", form.text(), form.unimorph())), out)?;
            continue;
        }
        for same in forms.chunk_by(|a, b| a.tags() == b.tags() && a.pos() == b.pos()) {
            let Some(first) = same.first() else { continue };
            write!(out, "{}\t{}", first.pos(), if first.tags().is_empty() { "_" } else { first.tags() })?;
            for form in same {
                write!(out, "\t{}", form.text())?;
            }
            writeln!(out)?;
        }
    }
    Ok(all)
}

/// Writes how much of the files is explained; whether all of them could be read.
fn stats(top: usize, files: &[PathBuf], out: &mut impl Write) -> io::Result<bool> {
    let (normalizer, tokenizer, analyzer) = (Normalizer::new(), Tokenizer::new(), Analyzer::new());
    let mut fine = true;
    // Each word with its number and how its best reading was found.
    let mut words: HashMap<String, (u64, AnalysisSource)> = HashMap::new();
    for file in files {
        let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            match File::open(file) {
                Ok(input) => Box::new(BufReader::new(input)),
                Err(error) => {
                    eprintln!("analyze: {}: {error}", file.display());
                    fine = false;
                    continue;
                }
            }
        };
        let name = if file.as_os_str() == "-" { "standard input".into() } else { file.to_string_lossy() };
        for (number, line) in input.split(b'\n').enumerate() {
            let line = line.map_err(|error| error.to_string()).and_then(|line| {
                String::from_utf8(line).map_err(|error| {
                    let byte = error.utf8_error().valid_up_to();
                    format!("line {}, byte {byte} of the line is not UTF-8", number + 1)
                })
            });
            let line = match line {
                Ok(line) => line,
                Err(error) => {
                    eprintln!("analyze: {name}: {error}");
                    fine = false;
                    break;
                }
            };
            let line = normalizer.normalize(&line);
            for token in tokenizer.tokenize(&line).filter(|token| token.kind() == TokenKind::Word) {
                if let Some((count, _)) = words.get_mut(token.text()) {
                    *count += 1;
                    continue;
                }
                let source = analyzer.analyze(token.text()).next().map_or(AnalysisSource::Guess, |best| best.source());
                words.insert(token.text().to_owned(), (1, source));
            }
        }
    }
    let tokens: u64 = words.values().map(|(count, _)| count).sum();
    writeln!(out, "words\t{tokens}\ndifferent words\t{}", words.len())?;
    for (name, wanted) in [
        ("explained by lexicon and grammar", AnalysisSource::Lexicon),
        ("explained after one letter was mended", AnalysisSource::Respelled),
        ("not explained", AnalysisSource::Guess),
    ] {
        let of_source = || words.values().filter(|(_, source)| *source == wanted);
        let count: u64 = of_source().map(|(count, _)| count).sum();
        let percent = |part: u64, whole: u64| u32::try_from(part * 1000 / whole.max(1)).map_or(0.0, f64::from) / 10.0;
        let types = of_source().count() as u64;
        writeln!(
            out,
            "{name}\t{count}\t{:.1} %\t{types}\t{:.1} %",
            percent(count, tokens),
            percent(types, words.len() as u64)
        )?;
    }
    let unknown = words.iter().filter(|(_, (_, source))| *source == AnalysisSource::Guess);
    let mut unknown: Vec<(&str, u64)> = unknown.map(|(word, (count, _))| (word.as_str(), *count)).collect();
    unknown.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    for (word, count) in unknown.into_iter().take(top) {
        writeln!(out, "{count}\t{word}")?;
    }
    Ok(fine)
}
