//! Finds sentences, tokens, stems and named entities in Sorani text.
//!
//!     cargo run --release --example tag -- examples/texts/news.txt
//!     cargo run --release --example tag -- --json < FILE
//!     cargo run --release --example tag -- --format html FILE > page.html
//!
//! Reads line by line and writes as it reads: a file of any size needs no more memory than its longest line. A page of
//! HTML alone takes the whole input at once, and its size is bounded.

mod html;

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use sorani::{Document, DocumentToken, Gazetteer, Normalizer, Pipeline, Profile};

const USAGE: &str = "\
Finds sentences and named entities in Sorani text.

Usage: tag [OPTION…] [FILE…]

Reads the files, or standard input where none is given or FILE is -.

  --format FORM       text   the sentences with the entities marked, and a table
                             of them: label, text as written, canonical name,
                             bytes in the file (unless another is given)
                      json   one object a line of input: text, normalized,
                             tokens, sentences, stems, lemmas, entities; offsets
                             are bytes of the line
                      conll  a token, a tab and its tag (O, B-PER, I-PER …) on a
                             line, an empty line after each sentence
                      html   one page for a browser: the text with the names
                             coloured and an index of them; for documents, not
                             for corpora: all files together 16 MiB at most
  --json              short for --format json
  --gazetteer FILE    the names of FILE, which the example gazetteer compiles,
                      instead of those that come with the crate
  --profile PROFILE   how the text is normalized first: minimal, standard,
                      restored (unless given), editorial, search
  --split-proclitics  parts و, لە, بە … from the words that they are written on to
  -h, --help          this text
";

/// Inputs that take longer than a moment get a progress bar.
const LONG: u64 = 8 << 20;

/// The longest input of a page, in bytes: a browser takes no pleasure in more.
const MAX_PAGE: usize = 16 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
    Conll,
    Html,
}

/// What the command line asks for.
struct Arguments {
    format: Format,
    gazetteer: Option<PathBuf>,
    profile: Profile,
    split_proclitics: bool,
    files: Vec<PathBuf>,
}

/// Why the program ends before its input does.
enum Stop {
    /// An input could not be read: said, and the next one is tried.
    Input(String),
    /// Nobody reads the output any more.
    ClosedPipe,
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::ClosedPipe } else { Self::Output(error) }
    }
}

fn main() -> ExitCode {
    let arguments = match parse_arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("tag: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(code) => code,
        Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
        Err(Stop::Input(message)) => {
            eprintln!("tag: {message}");
            ExitCode::FAILURE
        }
        Err(Stop::Output(error)) => {
            eprintln!("tag: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Stop> {
    let pipeline = match &arguments.gazetteer {
        Some(path) => Pipeline::with_gazetteer(load(path)?),
        None => Pipeline::new(),
    };
    // The stems are for search: better that گەڕان finds گەڕانەوە too than that it misses it.
    let pipeline = pipeline
        .with_normalizer(Normalizer::builder().profile(arguments.profile).build())
        .with_joined_postverb(true)
        .with_split_proclitics(arguments.split_proclitics);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    let mut page = html::Page::default();
    let mut page_left = MAX_PAGE;
    for file in &arguments.files {
        let result = if arguments.format == Format::Html {
            read_document(file, &mut page_left).map(|text| {
                let title = (file != Path::new("-")).then(|| name_of(file));
                page.add(title.as_deref(), arguments.files.len() > 1, &pipeline.process(&text));
            })
        } else {
            tag_file(&pipeline, file, arguments.format, &mut out)
        };
        match result {
            Err(Stop::Input(message)) => {
                // What was read before the fault is worth having.
                out.flush()?;
                eprintln!("tag: {message}");
                code = ExitCode::FAILURE;
            }
            result => result?,
        }
    }
    if !page.is_empty() {
        page.write(&mut out)?;
    }
    out.flush()?;
    Ok(code)
}

/// A compiled gazetteer, in memory for as long as the program runs.
fn load(path: &Path) -> Result<Gazetteer, Stop> {
    let fault = |error: &dyn std::fmt::Display| Stop::Input(format!("{}: {error}", name_of(path)));
    let bytes = fs::read(path).map_err(|error| fault(&error))?;
    Gazetteer::from_bytes(&*bytes.leak()).map_err(|error| match error.source() {
        Some(cause) => fault(&format!("{error}: {cause}")),
        None => fault(&error),
    })
}

/// A whole input as text, where it and those before it are not too long for a page; `left` is what is left to them.
fn read_document(path: &Path, left: &mut usize) -> Result<String, Stop> {
    let name = name_of(path);
    let fault = |error: &dyn std::fmt::Display| Stop::Input(format!("{name}: {error}"));
    let mut bytes = Vec::new();
    let limit = *left as u64 + 1;
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    } else {
        open(path)?.0.take(limit).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    }
    if bytes.len() > *left {
        return Err(fault(&format!(
            "more than {} MiB in all is too much for a page of HTML; the other formats take input of any size",
            MAX_PAGE >> 20
        )));
    }
    *left -= bytes.len();
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..offset).unwrap_or_default();
        let number = before.split(|byte| *byte == b'\n').count();
        let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        not_utf8(&name, number as u64, offset - line, offset as u64)
    })
}

fn not_utf8(name: &str, line: u64, byte: usize, offset: u64) -> Stop {
    Stop::Input(format!("{name}: line {line}, byte {byte} of the line ({offset} of the input) is not UTF-8"))
}

/// What an input is called in messages.
fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// A file and its size.
fn open(path: &Path) -> Result<(File, u64), Stop> {
    let fault = |error: &dyn std::fmt::Display| Stop::Input(format!("{}: {error}", name_of(path)));
    let file = File::open(path).map_err(|error| fault(&error))?;
    let metadata = file.metadata().map_err(|error| fault(&error))?;
    if metadata.is_dir() {
        return Err(fault(&"is a directory"));
    }
    Ok((file, metadata.len()))
}

/// The arguments; `None` where help was asked for.
fn parse_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::*;
    let mut arguments = Arguments {
        format: Format::Text,
        gazetteer: None,
        profile: Profile::Restored,
        split_proclitics: false,
        files: Vec::new(),
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => {
                arguments.format = parser.value()?.parse_with(|value| match value {
                    "text" => Ok(Format::Text),
                    "json" => Ok(Format::Json),
                    "conll" => Ok(Format::Conll),
                    "html" => Ok(Format::Html),
                    _ => Err("it is none of text, json, conll, html"),
                })?;
            }
            Long("json") => arguments.format = Format::Json,
            Long("gazetteer") => arguments.gazetteer = Some(parser.value()?.into()),
            Long("profile") => arguments.profile = parser.value()?.parse()?,
            Long("split-proclitics") => arguments.split_proclitics = true,
            Short('h') | Long("help") => return Ok(None),
            Value(file) => arguments.files.push(file.into()),
            _ => return Err(argument.unexpected()),
        }
    }
    if arguments.files.is_empty() {
        arguments.files.push("-".into());
    }
    Ok(Some(arguments))
}

fn tag_file(pipeline: &Pipeline, path: &Path, format: Format, out: &mut impl Write) -> Result<(), Stop> {
    let name = name_of(path);
    if path == Path::new("-") {
        return tag_lines(pipeline, &name, io::stdin().lock(), 0, format, out);
    }
    let (file, size) = open(path)?;
    tag_lines(pipeline, &name, BufReader::with_capacity(1 << 16, file), size, format, out)
}

fn tag_lines(
    pipeline: &Pipeline,
    name: &str,
    mut reader: impl BufRead,
    size: u64,
    format: Format,
    out: &mut impl Write,
) -> Result<(), Stop> {
    let progress = progress(size);
    let mut line = Vec::new();
    let mut offset = 0;
    for number in 1_u64.. {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(|error| Stop::Input(format!("{name}: {error}")))?;
        if read == 0 {
            break;
        }
        let bytes = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let byte = error.valid_up_to();
            not_utf8(name, number, byte, offset + byte as u64)
        })?;
        let document = pipeline.process(text);
        match format {
            Format::Json => print_json(&document, out)?,
            Format::Conll => write!(out, "{}", document.conll())?,
            Format::Text | Format::Html => print_text(&document, offset, out)?,
        }
        offset += read as u64;
        progress.set_position(offset);
    }
    progress.finish_and_clear();
    Ok(())
}

/// A bar on standard error, where that is a terminal and the input is long; hidden elsewhere.
fn progress(size: u64) -> ProgressBar {
    if !io::stderr().is_terminal() || size < LONG {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left");
    let bar = ProgressBar::new(size);
    if let Ok(style) = style { bar.with_style(style) } else { bar }
}

/// The sentences of a line with the entities marked, then the table of the entities.
fn print_text(document: &Document<'_, '_>, offset: u64, out: &mut impl Write) -> io::Result<()> {
    if document.text().trim().is_empty() {
        return Ok(());
    }
    for sentence in document.sentences() {
        let span = sentence.trimmed_span();
        let mut at = span.start();
        for entity in document.entities().iter().filter(|entity| span.overlaps(entity.span())) {
            let entity_span = entity.span();
            let before = document.text().get(at..entity_span.start()).unwrap_or_default();
            write!(out, "{before}[{} {}]", entity.label(), entity.text())?;
            at = entity_span.end();
        }
        writeln!(out, "{}", document.text().get(at..span.end()).unwrap_or_default())?;
    }
    for entity in document.entities() {
        let (start, end) = (offset + entity.span().start() as u64, offset + entity.span().end() as u64);
        let canonical = if entity.canonical().is_empty() { "–" } else { entity.canonical() };
        writeln!(out, "\t{}\t{}\t{canonical}\t{start}..{end}", entity.label(), entity.text())?;
    }
    writeln!(out)
}

/// Writes a line in the form that `--help` tells, piece by piece: a long line takes no second copy.
fn print_json(document: &Document<'_, '_>, out: &mut impl Write) -> io::Result<()> {
    let visible = || document.tokens().filter(|token| token.kind().is_visible());
    write!(out, "{{\"text\":{},\"normalized\":{}", json!(document.text()), json!(document.normalized()))?;
    let tokens = visible().map(|token| {
        json!({
            "start": token.span().start(),
            "end": token.span().end(),
            "text": token.text(),
            "kind": token.kind().as_str(),
        })
    });
    print_array("tokens", tokens, out)?;
    let sentences = document.sentences().map(|sentence| sentence.trimmed_span()).filter(|span| !span.is_empty());
    print_array("sentences", sentences.map(|span| json!([span.start(), span.end()])), out)?;
    print_array("stems", visible().map(|token| json!(token.stem())), out)?;
    print_array("lemmas", visible().map(|token| json!(lemmas(&token))), out)?;
    let entities = document.entities().iter().map(|entity| {
        json!({
            "start": entity.span().start(),
            "end": entity.span().end(),
            "label": entity.label().as_str(),
            "text": entity.text(),
            "canonical": entity.canonical(),
            "id": entity.id(),
            "confidence": (f64::from(entity.confidence()) * 100.0).round() / 100.0,
        })
    });
    print_array("entities", entities, out)?;
    let values = document.values(None);
    let values = values.iter().map(|value| {
        json!({
            "start": value.span().start(),
            "end": value.span().end(),
            "kind": value.kind().as_str(),
            "text": value.text(),
            "value": value.value(),
            "unit": value.unit(),
        })
    });
    print_array("values", values, out)?;
    writeln!(out, "}}")
}

/// Writes a further member of an object, an array of `values`.
fn print_array(name: &str, values: impl Iterator<Item = Value>, out: &mut impl Write) -> io::Result<()> {
    write!(out, ",\"{name}\":[")?;
    for (at, value) in values.enumerate() {
        write!(out, "{}{value}", if at > 0 { "," } else { "" })?;
    }
    write!(out, "]")
}

/// The lemmas of a token, the most likely first, each once.
fn lemmas(token: &DocumentToken<'_, '_>) -> Vec<String> {
    let mut lemmas: Vec<String> = Vec::new();
    for analysis in token.analyses() {
        if !lemmas.iter().any(|lemma| lemma == analysis.lemma()) {
            lemmas.push(analysis.lemma().to_owned());
        }
    }
    if lemmas.is_empty() {
        lemmas.push(token.lemma().into_owned());
    }
    lemmas
}
