//! What the best reading of a word comes to: its stem and its lemma.

use std::borrow::Cow;

use super::guess::OPEN_VERBS;
use crate::lexicon::Lexicon;

/// Where stem and lemma of a word are found. Small, so that it can be kept: it holds places and no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Outcome {
    pub(super) kind: Kind,
    /// Bytes of the word.
    pub(super) start: u8,
    pub(super) end: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A part of the word: `start..end`.
    Part,
    /// An entry of the lexicon, by its record.
    Entry(u32),
    /// The same, and the word as far as `start..end` is its ordinal.
    Ordinal(u32),
    /// A number in digits, which end at this byte; as far as `start..end` it is an ordinal.
    OrdinalNumber(u8),
    /// What stands before `end`, and one of the verbs that make verbs of all nouns.
    Compound(u8),
}

impl Outcome {
    /// The part `start..end` of a word.
    pub(super) fn part(start: usize, end: usize) -> Self {
        Self::new(Kind::Part, start, end)
    }

    pub(super) fn new(kind: Kind, start: usize, end: usize) -> Self {
        // A word that is read has fewer bytes than that.
        let byte = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
        Self { kind, start: byte(start), end: byte(end) }
    }

    /// The stem of `word` for an index: the lemma, but for ordinals and fused prepositions.
    pub(super) fn stem<'a, D: AsRef<[u8]>>(self, word: &'a str, lexicon: &'a Lexicon<D>) -> Cow<'a, str> {
        match self.kind {
            Kind::Entry(record) => {
                let lemma = lexicon.lemma(record);
                Cow::Borrowed(lemma.split_once('+').map_or(lemma, |(_, second)| second))
            }
            // یەکەمین goes with یەکەم.
            Kind::Ordinal(_) | Kind::OrdinalNumber(_) => {
                let form = self.text(word);
                Cow::Borrowed(form.strip_suffix("ین").unwrap_or(form))
            }
            Kind::Part | Kind::Compound(_) => self.lemma(word, lexicon),
        }
    }

    /// The dictionary form of `word`.
    pub(crate) fn lemma<'a, D: AsRef<[u8]>>(self, word: &'a str, lexicon: &'a Lexicon<D>) -> Cow<'a, str> {
        match self.kind {
            Kind::Part => Cow::Borrowed(self.text(word)),
            Kind::Entry(record) | Kind::Ordinal(record) => Cow::Borrowed(lexicon.lemma(record)),
            Kind::OrdinalNumber(end) => Cow::Borrowed(Self { end, ..self }.text(word)),
            Kind::Compound(verb) => {
                let verb = OPEN_VERBS.get(usize::from(verb)).copied().unwrap_or_default();
                Cow::Owned(format!("{}{verb}", self.text(word)))
            }
        }
    }

    /// Whether the word is one of the lexicon, in any form and spelling.
    pub(crate) const fn is_known(self) -> bool {
        matches!(self.kind, Kind::Entry(_) | Kind::Ordinal(_))
    }

    /// Whether the lemma is that of an entry that ends in the verbal ەوە.
    pub(super) fn has_postverb<D: AsRef<[u8]>>(self, lexicon: &Lexicon<D>) -> bool {
        match self.kind {
            Kind::Entry(record) | Kind::Ordinal(record) => lexicon.entry(record).is_some_and(|entry| entry.postverb),
            Kind::Part | Kind::OrdinalNumber(_) | Kind::Compound(_) => false,
        }
    }

    /// What it covers of the word; the whole of it where that would be nothing.
    fn text(self, word: &str) -> &str {
        let part = word.get(usize::from(self.start)..usize::from(self.end));
        part.filter(|part| !part.is_empty()).unwrap_or(word)
    }
}
