//! Spelling that letters alone cannot decide: what a word was meant to be, decided by the lexicon and the grammar.
//!
//! This is the last part of [`Profile::Restored`](crate::Profile::Restored), rules L1 to L4. It reads text in the
//! spelling of [`Profile::Standard`](crate::Profile::Standard), stretch by stretch: a line, or so many words of it.

mod confusions;
mod intended;
mod other_languages;
mod stretch;

use std::borrow::Cow;
use std::panic::{RefUnwindSafe, UnwindSafe};

use crate::Span;
use crate::key;
use crate::morph::Analyzer;
use crate::normalize::{Edit, Normalized, Rule, RuleSet};
use crate::tokenize::{TokenKind, Tokenizer};
use stretch::Stretch;

/// Words of a line that are judged together, at most: bounds the memory that a line of any length takes.
const MAX_WORDS: usize = 500;

/// Restores the spelling of text by a lexicon, whichever its storage.
pub(crate) trait Restore: Send + Sync + UnwindSafe + RefUnwindSafe {
    /// Applies those of the rules L1 to L4 that are `on`. `is_foreign` tells whether a part of the text had letters of
    /// another keyboard; with `traces`, letters replaced by others of the same length become edits too.
    fn restore<'t>(
        &self,
        text: &'t str,
        is_foreign: &dyn Fn(Span) -> bool,
        on: RuleSet,
        traces: bool,
    ) -> Normalized<'t>;
}

/// The rules L1 to L4 over a lexicon.
pub(crate) struct Restorer<D> {
    analyzer: Analyzer<D>,
    words: Tokenizer<D>,
    parted: Tokenizer<D>,
}

impl<D> Restorer<D> {
    pub(crate) fn new(analyzer: &Analyzer<D>) -> Self
    where
        D: AsRef<[u8]>,
    {
        let parted = Tokenizer::builder().split_proclitics(analyzer).build();
        Self { analyzer: analyzer.clone(), words: Tokenizer::plain(), parted }
    }
}

impl<D: AsRef<[u8]> + Send + Sync + UnwindSafe + RefUnwindSafe> Restore for Restorer<D> {
    fn restore<'t>(
        &self,
        text: &'t str,
        is_foreign: &dyn Fn(Span) -> bool,
        on: RuleSet,
        traces: bool,
    ) -> Normalized<'t> {
        let mut out = Output { text, done: 0, out: None, edits: Vec::new(), traces };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            self.line(line, start, is_foreign, on, &mut out);
            start += line.len();
        }
        out.finish()
    }
}

impl<D: AsRef<[u8]>> Restorer<D> {
    /// One line, which begins at `offset` of the text.
    fn line(&self, line: &str, offset: usize, is_foreign: &dyn Fn(Span) -> bool, on: RuleSet, out: &mut Output<'_>) {
        // From where on words have not been judged.
        let mut from = 0;
        let mut foreign = None;
        let mut stretch: Option<Stretch> = None;
        for token in self.words.tokenize(line) {
            if token.kind() != TokenKind::Word {
                continue;
            }
            let foreign = *foreign.get_or_insert_with(|| is_foreign(Span::new(offset, offset + line.len())));
            let words = stretch.get_or_insert_with(|| Stretch::new(foreign, on));
            words.push(token.span(), token.text());
            if words.len() >= MAX_WORDS {
                let end = token.span().end();
                self.stretch(line, offset, Span::new(from, end), stretch.take(), out);
                from = end;
            }
        }
        self.stretch(line, offset, Span::new(from, line.len()), stretch, out);
    }

    /// One stretch of a line: the words that were meant, then spaces between words written together.
    fn stretch(&self, line: &str, offset: usize, span: Span, stretch: Option<Stretch>, out: &mut Output<'_>) {
        let Some(stretch) = stretch else { return };
        let parts = stretch.parts_words();
        let restored = stretch.decide(line, &self.analyzer.engine);
        let mut restored = restored.iter().peekable();
        if parts {
            let text = span.slice(line).unwrap_or_default();
            let mut last: Option<Span> = None;
            for token in self.parted.tokenize(text) {
                let here = token.span().shifted(span.start());
                let word = token.kind() == TokenKind::Word;
                let cut = word && last.is_some_and(|last| last.end() == here.start());
                last = word.then_some(here);
                if !cut {
                    continue;
                }
                while let Some(change) = restored.next_if(|change| change.span.end() <= here.start()) {
                    out.replace(change.span.shifted(offset), &key::decode(&change.codes), change.rules);
                }
                // A word that was meant as another is not two words.
                if restored.peek().is_none_or(|change| change.span.start() >= here.start()) {
                    out.insert_space(offset + here.start());
                }
            }
        }
        for change in restored {
            out.replace(change.span.shifted(offset), &key::decode(&change.codes), change.rules);
        }
    }
}

/// Collects the restored text; holds none as long as nothing changed.
struct Output<'t> {
    text: &'t str,
    /// Up to where the text has been copied to `out`.
    done: usize,
    out: Option<String>,
    edits: Vec<Edit>,
    traces: bool,
}

impl<'t> Output<'t> {
    /// Copies up to `to`; the text so far.
    fn copy(&mut self, to: usize) -> &mut String {
        let out = self.out.get_or_insert_with(|| String::with_capacity(self.text.len() + self.text.len() / 8));
        out.push_str(self.text.get(self.done..to).unwrap_or_default());
        self.done = to;
        out
    }

    /// Replaces a word; the edit is what lies between the first and the last letter that differ.
    fn replace(&mut self, span: Span, by: &str, rules: RuleSet) {
        let old = span.slice(self.text).unwrap_or_default();
        let same =
            |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let mut head: usize = same(old, by);
        let (old_tail, new_tail) = (old.get(head..).unwrap_or_default(), by.get(head..).unwrap_or_default());
        let back = old_tail.chars().rev().zip(new_tail.chars().rev());
        let mut tail: usize = back.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        if old.len() - head == tail || by.len() - head == tail {
            // Something was only added or only left out: it belongs to the letter before it, or else behind it.
            if let Some(before) = old.get(..head).and_then(|head| head.chars().next_back()) {
                head -= before.len_utf8();
            } else {
                let common = old_tail.get(old_tail.len() - tail..).unwrap_or_default();
                tail -= common.chars().next().map_or(0, char::len_utf8);
            }
        }
        let (before, after) = (old.get(head..old.len() - tail), by.get(head..by.len() - tail));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let start = span.start() + head;
        let out = self.copy(start);
        let at = out.len();
        out.push_str(after);
        self.done = start + before.len();
        let one_for_one = before.len() == after.len() && before.chars().count() == after.chars().count();
        if self.traces || !one_for_one {
            let original = Span::new(start, start + before.len());
            self.edits.push(Edit { original, normalized: Span::new(at, at + after.len()), rules });
        }
    }

    /// Puts a space between two words; it belongs to the letter before it.
    fn insert_space(&mut self, at: usize) {
        let letter = self.text.get(self.done..at).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
        let out = self.copy(at);
        out.push(' ');
        let end = out.len();
        let rules = RuleSet::from_iter([Rule::WrittenOnWords]);
        let normalized = Span::new(end - 1 - letter, end);
        self.edits.push(Edit { original: Span::new(at - letter, at), normalized, rules });
    }

    fn finish(mut self) -> Normalized<'t> {
        if self.out.is_some() {
            self.copy(self.text.len());
        }
        Normalized::new(self.text, self.out.map_or(Cow::Borrowed(self.text), Cow::Owned), self.edits)
    }
}
