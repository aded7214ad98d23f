//! Cuts Sorani text into sentences and tokens, in the form that another program wants.
//!
//!     cargo run --release --example tokenize -- examples/texts/prose.txt
//!     cargo run --release --example tokenize -- --format conllu FILE > FILE.conllu
//!     cargo run --release --example tokenize -- --stats FILE…
//!
//! Reads sentence by sentence and writes as it reads: memory is bounded by the longest sentence (1 MiB at most), and
//! for `--stats` by the number of different words.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};
use sorani::{
    Analyzer, DocumentToken, Expressions, LineBreaks, Normalizer, Pipeline, SentenceReader, SentenceSegmenter,
    TokenKind, Tokenizer,
};

const USAGE: &str = "\
Cuts Sorani text into sentences and tokens.

Usage: tokenize [OPTION…] [FILE…]

Reads the files, or standard input where none is given or FILE is -.

  --format FORM       words       one token a line, an empty line after a
                                  sentence (unless another is given)
                      sentences   one sentence a line
                      json        one object a sentence: start, text, tokens;
                                  offsets are bytes of the file
                      conllu      CoNLL-U with lemmas, parts of speech, features
  --split-proclitics  parts و, لە, بە … from the words they are written on to
  --split-morphemes   parts endings and clitics from words (words, json)
  --expressions       joins expressions of several words (words, json)
  --line-breaks WHAT  end (each ends a sentence, unless another is given),
                      paragraph (an empty line does), space (none does)
  --stats             instead: numbers of tokens and different words, the
                      commonest words, lengths of sentences
  --top N             how many of the commonest words (30)
  -h, --help          this text
";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Words,
    Sentences,
    Json,
    Conllu,
}

/// What the command line asks for.
#[expect(clippy::struct_excessive_bools, reason = "each is one independent option")]
struct Arguments {
    format: Format,
    split_proclitics: bool,
    split_morphemes: bool,
    expressions: bool,
    line_breaks: LineBreaks,
    stats: bool,
    top: usize,
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
            eprintln!("tokenize: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tokenize: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The arguments; `None` where help was asked for.
fn parse_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::*;
    let mut arguments = Arguments {
        format: Format::Words,
        split_proclitics: false,
        split_morphemes: false,
        expressions: false,
        line_breaks: LineBreaks::End,
        stats: false,
        top: 30,
        files: Vec::new(),
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => {
                arguments.format = parser.value()?.parse_with(|value| match value {
                    "words" => Ok(Format::Words),
                    "sentences" => Ok(Format::Sentences),
                    "json" => Ok(Format::Json),
                    "conllu" => Ok(Format::Conllu),
                    _ => Err("it is none of words, sentences, json, conllu"),
                })?;
            }
            Long("line-breaks") => {
                arguments.line_breaks = parser.value()?.parse_with(|value| match value {
                    "end" => Ok(LineBreaks::End),
                    "paragraph" => Ok(LineBreaks::Paragraph),
                    "space" => Ok(LineBreaks::Space),
                    _ => Err("it is none of end, paragraph, space"),
                })?;
            }
            Long("split-proclitics") => arguments.split_proclitics = true,
            Long("split-morphemes") => arguments.split_morphemes = true,
            Long("expressions") => arguments.expressions = true,
            Long("stats") => arguments.stats = true,
            Long("top") => arguments.top = parser.value()?.parse()?,
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

fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut printer = Printer::new(arguments);
    let mut code = ExitCode::SUCCESS;
    for file in &arguments.files {
        match read_file(&mut printer, file, &mut out) {
            Ok(()) => {}
            Err(Stop::Input(message)) => {
                // What was read before the fault is worth having.
                out.flush()?;
                eprintln!("tokenize: {message}");
                code = ExitCode::FAILURE;
            }
            Err(Stop::Output(error)) => return Err(error),
        }
    }
    if arguments.stats {
        printer.stats.print(arguments.top, &mut out)?;
    }
    out.flush()?;
    Ok(code)
}

fn read_file(printer: &mut Printer, path: &Path, out: &mut impl Write) -> Result<(), Stop> {
    if path == Path::new("-") {
        return read(printer, "standard input", io::stdin().lock(), out);
    }
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| Stop::Input(format!("{name}: {error}")))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Stop::Input(format!("{name}: is a directory")));
    }
    read(printer, &name, BufReader::with_capacity(1 << 16, file), out)
}

fn read(printer: &mut Printer, name: &str, reader: impl BufRead, out: &mut impl Write) -> Result<(), Stop> {
    let segmenter = SentenceSegmenter::builder().line_breaks(printer.line_breaks).build();
    let mut sentences = SentenceReader::with_segmenter(reader, &segmenter);
    loop {
        let sentence = sentences.next_sentence().map_err(|error| Stop::Input(format!("{name}: {error}")))?;
        let Some(sentence) = sentence else { return Ok(()) };
        let span = sentence.trimmed_span();
        if let Some(text) = span.slice(sentence.text()).filter(|text| !text.is_empty()) {
            printer.sentence(text, sentence.start() + span.start() as u64, out)?;
        }
    }
}

/// Writes sentences in the form that is asked for, or counts them.
struct Printer {
    format: Format,
    line_breaks: LineBreaks,
    counts_only: bool,
    tokenizer: Tokenizer,
    pipeline: Pipeline,
    normalizer: Normalizer,
    number: u64,
    stats: Stats,
}

impl Printer {
    fn new(arguments: &Arguments) -> Self {
        let analyzer = Analyzer::new();
        let mut builder = Tokenizer::builder().whitespace(false);
        if arguments.expressions {
            builder = builder.expressions(Expressions::Longest);
        }
        if arguments.split_proclitics {
            builder = builder.split_proclitics(&analyzer);
        }
        if arguments.split_morphemes {
            builder = builder.split_morphemes(&analyzer);
        }
        Self {
            format: arguments.format,
            line_breaks: arguments.line_breaks,
            counts_only: arguments.stats,
            tokenizer: builder.build(),
            pipeline: Pipeline::new().with_split_proclitics(arguments.split_proclitics),
            normalizer: Normalizer::new(),
            number: 0,
            stats: Stats::default(),
        }
    }

    fn sentence(&mut self, text: &str, start: u64, out: &mut impl Write) -> io::Result<()> {
        self.number += 1;
        if self.counts_only {
            self.stats.count(text, &self.tokenizer, &self.normalizer);
            return Ok(());
        }
        match self.format {
            Format::Words => {
                for token in self.tokenizer.tokenize(text) {
                    writeln!(out, "{}", one_line(token.text()))?;
                }
                writeln!(out)
            }
            Format::Sentences => writeln!(out, "{}", one_line(text)),
            Format::Json => {
                let token = |token: sorani::Token<'_>| {
                    json!({
                        "start": start + token.span().start() as u64,
                        "end": start + token.span().end() as u64,
                        "text": token.text(),
                        "kind": token.kind().as_str(),
                    })
                };
                let tokens: Vec<Value> = self.tokenizer.tokenize(text).map(token).collect();
                writeln!(out, "{}", json!({ "start": start, "text": text, "tokens": tokens }))
            }
            Format::Conllu => self.conllu(text, out),
        }
    }

    fn conllu(&self, text: &str, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "# sent_id = {}\n# text = {}", self.number, one_line(text))?;
        let document = self.pipeline.process(text);
        let mut tokens = document.tokens().filter(|token| token.kind().is_visible()).peekable();
        let mut id = 0;
        while let Some(token) = tokens.next() {
            id += 1;
            let best = token.analyses().next();
            let pos = best.as_ref().map_or_else(|| other_pos(&token), |analysis| analysis.pos().as_str());
            let features = best.as_ref().map_or_else(|| "_".to_owned(), sorani::Analysis::features);
            let tags = best.as_ref().map(|analysis| analysis.tags().replace(' ', ".")).filter(|tags| !tags.is_empty());
            let tags = tags.unwrap_or_else(|| "_".to_owned());
            let glued = tokens.peek().is_some_and(|next| next.span().start() == token.span().end());
            let misc = if glued { "SpaceAfter=No" } else { "_" };
            let (form, lemma) = (one_line(token.text()), token.lemma());
            writeln!(out, "{id}\t{form}\t{lemma}\t{pos}\t{tags}\t{features}\t_\t_\t_\t{misc}")?;
        }
        writeln!(out)
    }
}

/// The part of speech of a token that is no word in Arabic script.
fn other_pos(token: &DocumentToken<'_, '_>) -> &'static str {
    match token.kind() {
        TokenKind::Punctuation => "PUNCT",
        TokenKind::Number | TokenKind::Ordinal | TokenKind::Date | TokenKind::Time => "NUM",
        TokenKind::Symbol | TokenKind::Currency | TokenKind::Emoji | TokenKind::Url | TokenKind::Email => "SYM",
        TokenKind::Mention => "PROPN",
        _ => "X",
    }
}

/// White space inside a sentence, line breaks too, as single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `--stats` tells.
#[derive(Default)]
struct Stats {
    sentences: u64,
    tokens: u64,
    kinds: HashMap<&'static str, u64>,
    words: HashMap<String, u64>,
    /// Sentences by their number of words, in tens.
    lengths: Vec<u64>,
}

impl Stats {
    fn count(&mut self, text: &str, tokenizer: &Tokenizer, normalizer: &Normalizer) {
        self.sentences += 1;
        let mut length = 0;
        for token in tokenizer.tokenize(text) {
            self.tokens += 1;
            *self.kinds.entry(token.kind().as_str()).or_default() += 1;
            if matches!(token.kind(), TokenKind::Word | TokenKind::Foreign) || token.kind().is_number() {
                length += 1;
            }
            if token.kind() == TokenKind::Word {
                let word = normalizer.normalize(token.text());
                match self.words.get_mut(&*word) {
                    Some(count) => *count += 1,
                    None => {
                        self.words.insert(word.into_owned(), 1);
                    }
                }
            }
        }
        let class = length / 10;
        if self.lengths.len() <= class {
            self.lengths.resize(class + 1, 0);
        }
        if let Some(count) = self.lengths.get_mut(class) {
            *count += 1;
        }
    }

    fn print(&self, top: usize, out: &mut impl Write) -> io::Result<()> {
        let words: u64 = self.words.values().sum();
        writeln!(out, "sentences\t{}", self.sentences)?;
        writeln!(out, "tokens\t{}", self.tokens)?;
        writeln!(out, "words\t{words}")?;
        writeln!(out, "different words\t{}", self.words.len())?;
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|&(kind, count)| (std::cmp::Reverse(*count), *kind));
        for (kind, count) in kinds {
            writeln!(out, "kind {kind}\t{count}")?;
        }
        let mut common: Vec<_> = self.words.iter().collect();
        common.sort_by_key(|&(word, count)| (std::cmp::Reverse(*count), word.as_str()));
        writeln!(out, "\ncommonest words")?;
        for (word, count) in common.into_iter().take(top) {
            writeln!(out, "{count}\t{word}")?;
        }
        writeln!(out, "\nwords in a sentence")?;
        let most = self.lengths.iter().copied().max().unwrap_or(1).max(1);
        for (class, &count) in self.lengths.iter().enumerate().filter(|(_, count)| **count > 0) {
            let bar = "█".repeat(usize::try_from(count * 40 / most).unwrap_or(0));
            writeln!(out, "{:>4}–{:<4}\t{count}\t{bar}", class * 10, class * 10 + 9)?;
        }
        Ok(())
    }
}
