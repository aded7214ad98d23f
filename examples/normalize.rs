//! Brings Sorani text into one spelling, and tells what it changed and why.
//!
//!     cargo run --release --example normalize -- examples/texts/typed.txt
//!     cargo run --release --example normalize -- --diff --profile restored FILE
//!     cargo run --release --example normalize -- --stats FILE…
//!
//! Reads line by line and writes as it reads: a file of any size needs no more memory than its longest line.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use sorani::{
    FinalHeh, LegacyEncoding, Normalized, Normalizer, NormalizerBuilder, Rule, Span, decode_entities, suspicious,
};

const USAGE: &str = "\
Brings Sorani text into one spelling.

Usage: normalize [OPTION…] [FILE…]

Reads the files, or standard input where none is given or FILE is -.

  --profile NAME    minimal    controls, invisible characters, kinds of space
                    standard   letters and spelling too (unless another is given)
                    restored   then letters the keyboard lacked, broken words
                    editorial  standard, then punctuation and spaces for print
                    search     standard, then folded to keys for an index
  --digits WHAT     keep, unify, arabic-indic (٠-٩), extended (۰-۹), ascii
  --final-heh WHAT  ه at the end of a word: phonotactic (as the letter before it
                    says, unless another is given), vowel, consonant
  --rule NAME       switches a rule on, by id or name: S8, initial-reh
  --no-rule NAME    switches it off; data/normalize/rules.tsv lists the rules
  --protect-arabic  leaves vocalised Arabic alone
  --decode WHAT     before all this: html (character references), or the letters
                    of an old font: ali-k, ali-web, dylan, zarnegar

Instead of the text:

  --diff            one row a changed word: file and line, bytes in the file, the
                    word as it was, as it became, and the ids of the rules, with
                    code points where one character became another; what nobody
                    sees is shown as [U+200C]
  --hidden          one row a run of hidden characters, as the text was read: file
                    and line, bytes in the file, kind, code points
  --stats           lines and bytes read and changed, and how many changes each
                    rule made; one that several rules made counts for each
  -h, --help        this text
";

/// Inputs that take longer than a moment get a progress bar.
const LONG: u64 = 8 << 20;

/// What is undone before the text is normalized.
#[derive(Clone, Copy)]
enum Decoding {
    Html,
    Legacy(LegacyEncoding),
}

impl Decoding {
    fn decode(self, text: &str) -> Normalized<'_> {
        match self {
            Self::Html => decode_entities(text),
            Self::Legacy(encoding) => encoding.decode(text),
        }
    }
}

impl fmt::Display for Decoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Html => f.write_str("html"),
            Self::Legacy(encoding) => encoding.fmt(f),
        }
    }
}

/// What the command line asks for.
struct Arguments {
    builder: NormalizerBuilder,
    decoding: Option<Decoding>,
    diff: bool,
    hidden: bool,
    stats: bool,
    files: Vec<PathBuf>,
}

/// Why the program ends before its input does.
enum Stop {
    /// An input could not be read: said, and the next one is tried.
    Input(String),
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
            eprintln!("normalize: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(arguments) {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("normalize: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The arguments; `None` where help was asked for.
fn parse_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::*;
    let mut builder = Normalizer::builder();
    let (mut decoding, mut diff, mut hidden, mut stats, mut files) = (None, false, false, false, Vec::new());
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("profile") => builder = builder.profile(parser.value()?.parse()?),
            Long("digits") => builder = builder.digits(parser.value()?.parse()?),
            Long("final-heh") => {
                builder = builder.final_heh(parser.value()?.parse_with(|value| match value {
                    "phonotactic" => Ok(FinalHeh::Phonotactic),
                    "vowel" => Ok(FinalHeh::AlwaysVowel),
                    "consonant" => Ok(FinalHeh::AlwaysConsonant),
                    _ => Err("it is none of phonotactic, vowel, consonant"),
                })?);
            }
            Long("rule") => builder = builder.rule(parser.value()?.parse::<Rule>()?, true),
            Long("no-rule") => builder = builder.rule(parser.value()?.parse::<Rule>()?, false),
            Long("protect-arabic") => builder = builder.protect_arabic(true),
            Long("decode") => {
                decoding = Some(parser.value()?.parse_with(|value| match value {
                    "html" => Ok(Decoding::Html),
                    font => {
                        font.parse().map(Decoding::Legacy).map_err(|error| format!("neither html nor a font: {error}"))
                    }
                })?);
            }
            Long("diff") => diff = true,
            Long("hidden") => hidden = true,
            Long("stats") => stats = true,
            Short('h') | Long("help") => return Ok(None),
            Value(file) => files.push(file.into()),
            _ => return Err(argument.unexpected()),
        }
    }
    if files.is_empty() {
        files.push("-".into());
    }
    Ok(Some(Arguments { builder, decoding, diff, hidden, stats, files }))
}

fn run(arguments: Arguments) -> io::Result<ExitCode> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut printer = Printer {
        normalizer: arguments.builder.build(),
        decoding: arguments.decoding,
        diff: arguments.diff,
        hidden: arguments.hidden,
        stats: arguments.stats.then(Stats::default),
    };
    let mut code = ExitCode::SUCCESS;
    for file in &arguments.files {
        match read_file(&mut printer, file, &mut out) {
            Ok(()) => {}
            Err(Stop::Input(message)) => {
                // What was read before the fault is worth having.
                out.flush()?;
                eprintln!("normalize: {message}");
                code = ExitCode::FAILURE;
            }
            Err(Stop::Output(error)) => return Err(error),
        }
    }
    if let Some(stats) = &printer.stats {
        if printer.diff {
            writeln!(out)?;
        }
        stats.print(&mut out)?;
    }
    out.flush()?;
    Ok(code)
}

fn read_file(printer: &mut Printer, path: &Path, out: &mut impl Write) -> Result<(), Stop> {
    if path == Path::new("-") {
        return read(printer, "standard input", io::stdin().lock(), 0, out);
    }
    let name = path.display().to_string();
    let fault = |error: io::Error| Stop::Input(format!("{name}: {error}"));
    let file = File::open(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    if metadata.is_dir() {
        return Err(Stop::Input(format!("{name}: is a directory")));
    }
    read(printer, &name, BufReader::with_capacity(1 << 16, file), metadata.len(), out)
}

fn read(
    printer: &mut Printer,
    name: &str,
    mut reader: impl BufRead,
    size: u64,
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
        // The line feed belongs to the line: the rules about line ends and blanks ask for it.
        let text = std::str::from_utf8(&line).map_err(|error| {
            let byte = error.valid_up_to();
            let in_input = offset + byte as u64;
            Stop::Input(format!(
                "{name}: line {number}, byte {byte} of the line ({in_input} of the input) is not UTF-8"
            ))
        })?;
        printer.line(text, &Place { name, number, offset }, out)?;
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

/// Where a line stands.
struct Place<'p> {
    name: &'p str,
    number: u64,
    /// The bytes of the input before it.
    offset: u64,
}

/// One change of a line: the bytes of the line as it was read, and what changed them.
struct Edit {
    span: Span,
    cause: String,
}

/// Normalizes lines and writes them, or what became of them.
struct Printer {
    normalizer: Normalizer,
    decoding: Option<Decoding>,
    diff: bool,
    hidden: bool,
    stats: Option<Stats>,
}

impl Printer {
    fn line(&mut self, line: &str, place: &Place<'_>, out: &mut impl Write) -> io::Result<()> {
        if self.hidden {
            for run in suspicious(line) {
                let (start, end) = (place.offset + run.span().start() as u64, place.offset + run.span().end() as u64);
                let code = |codes: String, c: char| codes + &format!("[U+{:04X}]", u32::from(c));
                let codes = run.text().chars().fold(String::new(), code);
                writeln!(out, "{}:{}\t{start}..{end}\t{}\t{codes}", place.name, place.number, run.kind())?;
            }
            if !self.diff && self.stats.is_none() {
                return Ok(());
            }
        }
        let decoded = self.decoding.map(|decoding| decoding.decode(line));
        let text = decoded.as_ref().map_or(line, Normalized::text);
        if !self.diff && self.stats.is_none() {
            return out.write_all(self.normalizer.normalize(text).as_bytes());
        }
        let normalized = self.normalizer.normalize_traced(text);
        let mut edits = match (self.decoding, &decoded) {
            (Some(decoding), Some(decoded)) => decoding_edits(decoding, decoded),
            _ => Vec::new(),
        };
        if let Some(stats) = &mut self.stats {
            stats.decoded += edits.len() as u64;
            for rule in normalized.changes().flat_map(|change| change.rules().iter().collect::<Vec<_>>()) {
                *stats.rules.entry(rule).or_default() += 1;
            }
        }
        edits.extend(normalized.changes().map(|change| Edit {
            span: decoded.as_ref().map_or(change.original(), |decoded| decoded.to_original(change.original())),
            cause: cause(&change.rules(), change.before(), change.after()),
        }));
        edits.sort_by_key(|edit| (edit.span.start(), edit.span.end()));
        if let Some(stats) = &mut self.stats {
            stats.count(line, normalized.text(), &edits);
        }
        if !self.diff {
            return Ok(());
        }
        for (span, causes) in words(line, &edits) {
            let in_text = decoded.as_ref().map_or(span, |decoded| decoded.to_normalized(span));
            let before = span.slice(line).unwrap_or_default();
            let after = normalized.to_normalized(in_text).slice(normalized.text()).unwrap_or_default();
            if before != after {
                let (start, end) = (place.offset + span.start() as u64, place.offset + span.end() as u64);
                let (before, after) = (visible(before), visible(after));
                writeln!(out, "{}:{}\t{start}..{end}\t{before}\t{after}\t{causes}", place.name, place.number)?;
            }
        }
        Ok(())
    }
}

/// The name of what made a change, with the code points where one character became another: they may look the same.
fn cause(name: &dyn fmt::Display, before: &str, after: &str) -> String {
    let single = |text: &str| text.chars().next().filter(|c| c.len_utf8() == text.len()).map(u32::from);
    match (single(before), single(after)) {
        (Some(before), Some(after)) => format!("{name} U+{before:04X}→U+{after:04X}"),
        _ => name.to_string(),
    }
}

/// What was decoded. A decoder does not list the characters that it replaced by others of the same length: they are
/// found where the two texts differ between the changes.
fn decoding_edits(decoding: Decoding, decoded: &Normalized<'_>) -> Vec<Edit> {
    let replaced = |from: usize, until: usize, to: usize| {
        let before = decoded.original().get(from..until).unwrap_or_default();
        let after = decoded.text().get(to..).unwrap_or_default();
        let differing = before.char_indices().zip(after.chars()).filter(|((_, before), after)| before != after);
        differing.map(move |((at, before), after)| {
            let span = Span::new(from + at, from + at + before.len_utf8());
            Edit { span, cause: cause(&decoding, before.encode_utf8(&mut [0; 4]), after.encode_utf8(&mut [0; 4])) }
        })
    };
    let mut edits = Vec::new();
    // What stands before these two places has been compared.
    let (mut from, mut to) = (0, 0);
    for change in decoded.changes() {
        let span = change.original();
        edits.extend(replaced(from, span.start(), to));
        edits.push(Edit { span, cause: cause(&decoding, change.before(), change.after()) });
        (from, to) = (span.end(), change.normalized().end());
    }
    edits.extend(replaced(from, decoded.original().len(), to));
    edits
}

/// The words that hold changes, with each cause once.
fn words(line: &str, edits: &[Edit]) -> Vec<(Span, String)> {
    let mut words: Vec<(Span, String)> = Vec::new();
    let blank = |c: char| c.is_whitespace();
    for edit in edits {
        let (start, end) = (edit.span.start(), edit.span.end());
        let done = words.last().map_or(0, |(word, _)| word.end());
        let to_end = |end: usize| line.get(end..).and_then(|rest| rest.find(blank)).map_or(line.len(), |at| end + at);
        if let Some((word, causes)) = words.last_mut().filter(|_| start <= done) {
            if end > done {
                *word = Span::new(word.start(), to_end(end));
            }
            if !causes.split("; ").any(|cause| cause == edit.cause) {
                *causes = format!("{causes}; {}", edit.cause);
            }
        } else {
            let before = line.get(done..start).unwrap_or_default();
            let start =
                before.char_indices().rfind(|&(_, c)| blank(c)).map_or(done, |(at, c)| done + at + c.len_utf8());
            words.push((Span::new(start, to_end(end)), edit.cause.clone()));
        }
    }
    words
}

/// The text with code points in place of what nobody sees, and of blanks but for single spaces between words.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = !before.is_whitespace() && chars.peek().is_some_and(|next| !next.is_whitespace());
        before = c;
        if c == ' ' && inside || !is_unseen(c) {
            out.push(c);
        } else {
            out.extend(format!("[U+{:04X}]", u32::from(c)).chars());
        }
    }
    out
}

/// Controls, blanks, joiners and direction marks; and tatweel and vowel signs, which sink into the letter beside them.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || matches!(c, '\u{610}'..='\u{61C}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}')
}

/// What `--stats` tells.
#[derive(Default)]
struct Stats {
    lines: u64,
    changed_lines: u64,
    bytes: u64,
    changed_bytes: u64,
    written_bytes: u64,
    decoded: u64,
    rules: BTreeMap<Rule, u64>,
}

impl Stats {
    /// Counts a line, its result and its changes in order.
    fn count(&mut self, line: &str, result: &str, edits: &[Edit]) {
        self.lines += 1;
        self.changed_lines += u64::from(line != result);
        self.bytes += line.len() as u64;
        self.written_bytes += result.len() as u64;
        let mut counted = 0;
        for Edit { span, .. } in edits {
            self.changed_bytes += span.end().saturating_sub(span.start().max(counted)) as u64;
            counted = counted.max(span.end());
        }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "lines read\t{}\nlines changed\t{}", self.lines, self.changed_lines)?;
        writeln!(out, "bytes read\t{}\nbytes changed\t{}", self.bytes, self.changed_bytes)?;
        writeln!(out, "bytes written\t{}\n\nrule\tname\tchanges", self.written_bytes)?;
        if self.decoded > 0 {
            writeln!(out, "–\tdecoding\t{}", self.decoded)?;
        }
        for (rule, count) in &self.rules {
            writeln!(out, "{}\t{}\t{count}", rule.id(), rule.name())?;
        }
        Ok(())
    }
}
