//! Named entities: names of a gazetteer, found through spelling variants and through what is written on to them.
//!
//! [`gazetteer`] holds the names, [`matching`] finds them in a row of tokens, [`resolve`] decides which to believe.

mod cues;
mod document;
mod entity;
mod gazetteer;
mod lattice;
mod matching;
mod patterns;
mod resolve;

use std::sync::Arc;

pub use entity::{Entity, EntityLabel, EntitySource, ParseEntityLabelError};
pub use gazetteer::{Gazetteer, GazetteerBuilder, GazetteerEntry, GazetteerError};

use crate::Span;
use crate::morph::{Analyzer, Engine, ReaderId};
use crate::normalize::{Normalized, Normalizer};
use crate::tokenize::{Cutter, Token};
use cues::Cues;

/// A name found in normalized text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    /// Bytes of the normalized text, without endings.
    pub(crate) span: Span,
    /// Bytes of the normalized text, whole words.
    pub(crate) word_span: Span,
    pub(crate) label: EntityLabel,
    /// The entry; none where the entity was put together.
    pub(crate) entry: Option<GazetteerEntry<'a>>,
    /// In hundredths.
    pub(crate) confidence: u8,
    pub(crate) source: EntitySource,
}

impl<'a> Found<'a> {
    /// The entity in the text that `aligned` was made from.
    pub(crate) fn entity<'t>(&self, aligned: &Normalized<'t>) -> Entity<'a, 't> {
        let span = aligned.to_original(self.span);
        let entry = self.entry;
        Entity {
            text: span.slice(aligned.original()).unwrap_or_default(),
            span,
            word_span: aligned.to_original(self.word_span),
            label: self.label,
            canonical: entry.map_or("", |entry| entry.name),
            id: entry.map_or("", |entry| entry.id),
            subtype: entry.map_or("", |entry| entry.subtype),
            country: entry.map_or("", |entry| entry.country),
            confidence: self.confidence,
            source: self.source,
        }
    }
}

/// Finds named entities.
///
/// Names are found in any spelling that folds to theirs, with endings and clitics written on to them, and with لە or بە
/// written on in front. Where several begin at the same word, the longest wins. A name that is an ordinary word too
/// needs a word beside it that speaks for a name: a title, a speech verb, شاری, پارێزگای. Cheap to clone; `Send + Sync`.
///
/// ```
/// use sorani::NerTagger;
///
/// let tagger = NerTagger::new();
/// let text = "نیکۆل باشینیان لە یەریڤانەوە گەیشتە رووسیا.";
/// let found: Vec<_> = tagger.tag(text).map(|entity| (entity.text(), entity.label().as_str())).collect();
/// assert_eq!(found, [("نیکۆل باشینیان", "PER"), ("یەریڤان", "LOC"), ("رووسیا", "LOC")]);
/// ```
///
/// `G` holds the bytes of the gazetteer, `L` those of the lexicon, which tells ordinary words from names.
#[derive(Debug)]
pub struct NerTagger<G = &'static [u8], L = &'static [u8]> {
    gazetteer: Arc<Gazetteer<G>>,
    engine: Arc<Engine<L>>,
    cues: &'static Cues,
    normalizer: Normalizer,
    /// Entities below are not told of; in hundredths.
    threshold: u8,
    /// By which a thread remembers words that are no misspelt names.
    id: ReaderId,
}

impl<G, L> Clone for NerTagger<G, L> {
    fn clone(&self) -> Self {
        Self {
            gazetteer: Arc::clone(&self.gazetteer),
            engine: Arc::clone(&self.engine),
            cues: self.cues,
            normalizer: self.normalizer.clone(),
            threshold: self.threshold,
            id: self.id,
        }
    }
}

#[cfg(feature = "compiled_data")]
impl NerTagger {
    /// A tagger over the gazetteer and the lexicon that come with the crate.
    ///
    /// ```
    /// assert_eq!(sorani::NerTagger::new().tag("لە هەولێرەوە").count(), 1);
    /// ```
    pub fn new() -> Self {
        Self::with_gazetteer(Gazetteer::embedded().clone())
    }
}

#[cfg(feature = "compiled_data")]
impl Default for NerTagger {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "compiled_data")]
impl<G: AsRef<[u8]>> NerTagger<G> {
    /// A tagger over another gazetteer and the lexicon that comes with the crate.
    ///
    /// ```
    /// use sorani::{EntityLabel, GazetteerBuilder, NerTagger};
    ///
    /// let gazetteer = GazetteerBuilder::new().insert("بنکەی ژین", EntityLabel::Organization)?.build()?;
    /// let tagger = NerTagger::with_gazetteer(gazetteer);
    /// assert_eq!(tagger.tag("لە بنکەی ژیندا").next().map(|entity| entity.text()), Some("بنکەی ژین"));
    /// # Ok::<(), sorani::GazetteerError>(())
    /// ```
    pub fn with_gazetteer(gazetteer: Gazetteer<G>) -> Self {
        Self::with_parts(gazetteer, &Analyzer::new())
    }
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> NerTagger<G, L> {
    /// A tagger over a gazetteer and the lexicon of an analyzer.
    ///
    /// ```
    /// use sorani::{Analyzer, GazetteerBuilder, LexiconBuilder, NerTagger, PartOfSpeech};
    ///
    /// let names = "name\tlabel\tflags\nژیان\tPER\tambiguous\n";
    /// let gazetteer = GazetteerBuilder::new().extend_from_tsv("names.tsv", names.as_bytes())?.build()?;
    /// let lexicon = LexiconBuilder::new().insert("ژیان", PartOfSpeech::Noun)?.build()?;
    /// let tagger = NerTagger::with_parts(gazetteer, &Analyzer::with_lexicon(lexicon));
    /// assert_eq!(tagger.tag("ژیان جوانە").count(), 0); // life is beautiful
    /// assert_eq!(tagger.tag("دکتۆر ژیان هات").count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_parts(gazetteer: Gazetteer<G>, analyzer: &Analyzer<L>) -> Self {
        Self {
            gazetteer: Arc::new(gazetteer),
            engine: Arc::clone(&analyzer.engine),
            cues: Cues::embedded(),
            normalizer: Normalizer::new(),
            threshold: 0,
            id: ReaderId::fresh(),
        }
    }

    /// The tagger that leaves out entities whose [`confidence`](Entity::confidence) is below `threshold`, between 0 and 1
    /// (0 unless set).
    ///
    /// ```
    /// use sorani::NerTagger;
    ///
    /// let text = "دکتۆر ژارۆڤین لە هەولێرە"; // Dr Zharovin is in Hawler
    /// assert_eq!(NerTagger::new().tag(text).count(), 2);
    /// assert_eq!(NerTagger::new().with_threshold(0.9).tag(text).count(), 1);
    /// ```
    #[must_use]
    pub fn with_threshold(mut self, threshold: f32) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
        let hundredths = (threshold.clamp(0.0, 1.0) * 100.0).round() as u8;
        self.threshold = hundredths;
        self
    }

    /// The entities of `text`, in order and not overlapping. Offsets are bytes of `text` as it was given.
    ///
    /// Normalizes and tokenizes the text first; [`Pipeline`](crate::Pipeline) does so once for all that it gives.
    /// Allocates; takes time linear in the text.
    ///
    /// ```
    /// let tagger = sorani::NerTagger::new();
    /// let text = "له\u{200C} \u{06BE}ه\u{200C}ولێره\u{200C}وه";
    /// let entity = tagger.tag(text).next().ok_or("none")?;
    /// assert_eq!(entity.text(), "\u{06BE}ه\u{200C}ولێر");
    /// assert_eq!(entity.canonical(), "هەولێر");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn tag<'a, 't>(&'a self, text: &'t str) -> Entities<'a, 't> {
        let aligned = self.normalizer.normalize_aligned(text);
        let tokens: Vec<Token<'_>> = Cutter::new(aligned.text()).collect();
        let found = self.find(aligned.text(), &tokens);
        let entities: Vec<_> = found.iter().map(|found| found.entity(&aligned)).collect();
        Entities { entities: entities.into_iter() }
    }
}

/// The entities of a text: [`NerTagger::tag`] makes it.
///
/// ```
/// assert_eq!(sorani::NerTagger::new().tag("").len(), 0);
/// ```
#[derive(Clone, Debug)]
pub struct Entities<'a, 't> {
    entities: std::vec::IntoIter<Entity<'a, 't>>,
}

impl<'a, 't> Iterator for Entities<'a, 't> {
    type Item = Entity<'a, 't>;

    fn next(&mut self) -> Option<Self::Item> {
        self.entities.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entities.size_hint()
    }
}

impl ExactSizeIterator for Entities<'_, '_> {}

impl DoubleEndedIterator for Entities<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.entities.next_back()
    }
}

impl std::iter::FusedIterator for Entities<'_, '_> {}
