//! Spelling that letters alone cannot decide: what a word was meant to be, decided by the lexicon and the grammar.

mod confusions;
mod intended;
mod line;

use std::borrow::Cow;
use std::sync::Arc;

use crate::key;
use crate::morph::{Analyzer, Engine};
use crate::tokenize::{TokenKind, Tokenizer};
use line::Line;

/// Restorer.
#[derive(Debug)]
pub struct Restorer<D = &'static [u8]> {
    engine: Arc<Engine<D>>,
}

impl<D: AsRef<[u8]>> Restorer<D> {
    pub fn with_analyzer(analyzer: &Analyzer<D>) -> Self {
        Self { engine: Arc::clone(&analyzer.engine) }
    }

    pub fn restore<'t>(&self, text: &'t str, foreign: bool) -> Cow<'t, str> {
        let mut out = String::new();
        let mut last = 0;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            self.line(line, foreign, &mut |span, by| {
                out.push_str(&text[last..start + span.0]);
                out.push_str(by);
                last = start + span.1;
            });
            start += line.len();
        }
        if last == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[last..]);
        Cow::Owned(out)
    }

    fn line(&self, text: &str, foreign: bool, replace: &mut impl FnMut((usize, usize), &str)) {
        let tokenizer: Tokenizer<D> = Tokenizer::plain();
        let mut line = Line::new(foreign);
        let mut spans = Vec::new();
        for token in tokenizer.tokenize(text) {
            if token.kind() == TokenKind::Word && line.push(token.text()) {
                spans.push((token.span().start(), token.span().end()));
            }
        }
        let dbg = std::env::var("DBG").is_ok();
        for (span, meant) in spans.into_iter().zip(line.decide(&self.engine)) {
            let Some(meant) = meant else { continue };
            let by = key::decode(&meant.codes);
            if dbg {
                eprintln!(
                    "{} -> {} {} {:?}",
                    &text[span.0..span.1],
                    by,
                    meant.cost,
                    meant.used.iter().collect::<Vec<_>>()
                );
            }
            replace(span, &by);
        }
    }
}
