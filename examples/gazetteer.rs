//! Compiles names of one's own and finds them in Sorani text.
//!
//!     cargo run --release --example gazetteer -- --list examples/texts/names.tsv FILE
//!     cargo run --release --example gazetteer -- --list NAMES.tsv --with-embedded --out names.fst
//!     cargo run --release --example gazetteer -- --load names.fst FILE
//!
//! What `--out` writes is for `--load`, for `tag --gazetteer` and for `Gazetteer::from_bytes`. Text is read line by
//! line.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use sorani::{Gazetteer, GazetteerBuilder, Normalizer, Pipeline, Profile};

const USAGE: &str = "\
Compiles names of one's own and finds them in Sorani text.

Usage: gazetteer [OPTION…] [FILE…]

  --list LIST      a table of names, UTF-8, fields parted by tabs, with a header:
                   name, label (PER, LOC, ORG, DATE, MISC); as wanted id,
                   variants (parted by ;), subtype, country, flags (ambiguous,
                   short); may be given several times
  --load FILE      names that were compiled before; the file is checked first
  --with-embedded  the names that come with the crate, too; of equal names,
                   those of the lists come before those of --load and these last
  --out FILE       writes all these names, compiled, to FILE
  -h, --help       this text

Then reads the files, or standard input where FILE is - or where neither a FILE
nor --out is given. Prints the names found, a line each: file and line, bytes of
the file, label, text as written, name and identifier, or – where the text tells
that it is a name and no list holds it.
";

/// Lists that take longer than a moment get a progress bar.
const LONG: u64 = 1 << 20;

/// What the command line asks for.
#[derive(Default)]
struct Arguments {
    lists: Vec<PathBuf>,
    load: Option<PathBuf>,
    with_embedded: bool,
    out: Option<PathBuf>,
    files: Vec<PathBuf>,
}

/// Why the program ends before its input does.
enum Stop {
    /// A file could not be read or written, or does not hold what it should.
    File(String),
    /// The output could not be written; quietly where nobody reads it any more.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
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
            eprintln!("gazetteer: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(code) => code,
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            eprintln!("gazetteer: cannot write: {error}");
            ExitCode::FAILURE
        }
        Err(Stop::File(message)) => {
            eprintln!("gazetteer: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The arguments; `None` where help was asked for.
fn parse_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::*;
    let mut arguments = Arguments::default();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("list") => arguments.lists.push(parser.value()?.into()),
            Long("load") => arguments.load = Some(parser.value()?.into()),
            Long("with-embedded") => arguments.with_embedded = true,
            Long("out") => arguments.out = Some(parser.value()?.into()),
            Short('h') | Long("help") => return Ok(None),
            Value(file) => arguments.files.push(file.into()),
            _ => return Err(argument.unexpected()),
        }
    }
    if arguments.lists.is_empty() && arguments.load.is_none() && !arguments.with_embedded {
        return Err("no names: give --list, --load or --with-embedded".into());
    }
    if arguments.files.is_empty() && arguments.out.is_none() {
        arguments.files.push("-".into());
    }
    Ok(Some(arguments))
}

fn run(arguments: &Arguments) -> Result<ExitCode, Stop> {
    let gazetteer = names(arguments)?;
    if let Some(path) = &arguments.out {
        save(&gazetteer, path)?;
    }
    if arguments.files.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let normalizer = Normalizer::builder().profile(Profile::Restored).build();
    let pipeline = Pipeline::with_gazetteer(gazetteer).with_normalizer(normalizer);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.files {
        match find(&pipeline, path, &mut out) {
            Err(Stop::File(message)) => {
                // What was read before the fault is worth having.
                out.flush()?;
                eprintln!("gazetteer: {message}");
                code = ExitCode::FAILURE;
            }
            result => result?,
        }
    }
    out.flush()?;
    Ok(code)
}

/// All the names that the command line gives, the lists first: of equal names the first one counts.
fn names(arguments: &Arguments) -> Result<Gazetteer<Vec<u8>>, Stop> {
    let loaded = match &arguments.load {
        Some(path) => {
            let bytes = fs::read(path).map_err(|error| fault(path, &error))?;
            Some((path, Gazetteer::from_bytes(bytes).map_err(|error| fault(path, &error))?))
        }
        None => None,
    };
    let mut builder = GazetteerBuilder::new();
    for path in &arguments.lists {
        builder = read_list(builder, path)?;
    }
    if let Some((path, loaded)) = loaded {
        if arguments.lists.is_empty() && !arguments.with_embedded {
            return Ok(loaded);
        }
        builder = builder.extend_from(&loaded).map_err(|error| fault(path, &error))?;
    }
    let all = Path::new("all names together");
    if arguments.with_embedded {
        builder = builder.extend_from(Gazetteer::embedded()).map_err(|error| fault(all, &error))?;
    }
    builder.build().map_err(|error| fault(all, &error))
}

fn read_list(builder: GazetteerBuilder, path: &Path) -> Result<GazetteerBuilder, Stop> {
    let (file, size) = open(path)?;
    let progress = progress(size);
    let reader = BufReader::with_capacity(1 << 16, progress.wrap_read(file));
    let result = builder.extend_from_tsv(&path.display().to_string(), reader);
    progress.finish_and_clear();
    // The messages begin with the name of the table.
    result.map_err(|error| Stop::File(all_errors(path).unwrap_or_else(|| with_causes(&error))))
}

/// All that is wrong with a list, a line each, so that it can be mended in one go; none where it cannot be read twice.
fn all_errors(path: &Path) -> Option<String> {
    let file = path.is_file().then(|| File::open(path).ok())??;
    let errors = GazetteerBuilder::new().check_tsv(&path.display().to_string(), BufReader::new(file));
    let messages: Vec<String> = errors.iter().map(|error| with_causes(error)).collect();
    (!messages.is_empty()).then(|| messages.join("\ngazetteer: "))
}

/// Writes compiled names, but never over a file that is something else: the list itself may have been given.
fn save(gazetteer: &Gazetteer<Vec<u8>>, path: &Path) -> Result<(), Stop> {
    let bytes = gazetteer.as_bytes();
    if let Ok(file) = File::open(path) {
        let mut begin = Vec::new();
        file.take(8).read_to_end(&mut begin).map_err(|error| fault(path, &error))?;
        if !begin.is_empty() && !bytes.starts_with(&begin) {
            return Err(Stop::File(format!("{}: not written: it is there, and is no compiled data", path.display())));
        }
    }
    fs::write(path, bytes).map_err(|error| fault(path, &error))?;
    eprintln!("{}: {} entries, {} bytes", path.display(), gazetteer.len(), bytes.len());
    Ok(())
}

/// Prints the names in a file.
fn find(pipeline: &Pipeline<Vec<u8>>, path: &Path, out: &mut impl Write) -> Result<(), Stop> {
    let (name, mut reader): (_, Box<dyn BufRead>) = if path == Path::new("-") {
        ("standard input".to_owned(), Box::new(io::stdin().lock()))
    } else {
        (path.display().to_string(), Box::new(BufReader::with_capacity(1 << 16, open(path)?.0)))
    };
    let mut line = Vec::new();
    let mut offset = 0;
    for number in 1_u64.. {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(|error| Stop::File(format!("{name}: {error}")))?;
        if read == 0 {
            break;
        }
        let text = std::str::from_utf8(&line).map_err(|error| {
            let byte = error.valid_up_to();
            let place = offset + byte as u64;
            Stop::File(format!("{name}: line {number}, byte {byte} of the line ({place} of the input) is not UTF-8"))
        })?;
        for entity in pipeline.process(text).entities() {
            let (start, end) = (offset + entity.span().start() as u64, offset + entity.span().end() as u64);
            let canonical = if entity.canonical().is_empty() { "–" } else { entity.canonical() };
            let id = if entity.id().is_empty() { "–" } else { entity.id() };
            let (label, text) = (entity.label(), entity.text());
            writeln!(out, "{name}:{number}\t{start}..{end}\t{label}\t{text}\t{canonical}\t{id}")?;
        }
        offset += read as u64;
    }
    Ok(())
}

/// A file and its size.
fn open(path: &Path) -> Result<(File, u64), Stop> {
    let file = File::open(path).map_err(|error| fault(path, &error))?;
    let metadata = file.metadata().map_err(|error| fault(path, &error))?;
    if metadata.is_dir() {
        return Err(Stop::File(format!("{}: is a directory", path.display())));
    }
    Ok((file, metadata.len()))
}

fn fault(path: &Path, error: &dyn Error) -> Stop {
    Stop::File(format!("{}: {}", path.display(), with_causes(error)))
}

/// What an error says, and what those say that it comes from.
fn with_causes(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        _ = write!(message, ": {error}");
        cause = error.source();
    }
    message
}

/// A bar on standard error, where that is a terminal and the list is long; hidden elsewhere.
fn progress(size: u64) -> ProgressBar {
    if !io::stderr().is_terminal() || size < LONG {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left");
    let bar = ProgressBar::new(size);
    if let Ok(style) = style { bar.with_style(style) } else { bar }
}
