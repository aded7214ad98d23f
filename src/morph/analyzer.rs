//! All ways to read a word.

use std::sync::Arc;

use super::Engine;
use super::analysis::{Analyses, Analysis, AnalysisSource};
use super::search::{Reading, Word};
use crate::lexicon::Lexicon;

/// Readings that most words have at most.
const READINGS: usize = 8;

/// Finds what words are made of.
///
/// Words are to be in normalized spelling, as [`Normalizer`](crate::Normalizer) and [`Pipeline`](crate::Pipeline)
/// deliver them. Cheap to clone; `Send + Sync`.
///
/// ```
/// use sorani::Analyzer;
///
/// let analyzer = Analyzer::new();
/// let best = analyzer.analyze("وڵاتەکەیدا").next().ok_or("none")?;
/// assert_eq!(best.to_string(), "[وڵات]+ەکە+ی+دا");
/// assert_eq!(best.tags(), "DEF PM.3SG POST.DA");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Analyzer<D = &'static [u8]> {
    pub(crate) engine: Arc<Engine<D>>,
}

impl<D> Clone for Analyzer<D> {
    fn clone(&self) -> Self {
        Self { engine: Arc::clone(&self.engine) }
    }
}

#[cfg(feature = "compiled_data")]
impl Analyzer {
    /// An analyzer over the lexicon that comes with the crate.
    ///
    /// ```
    /// assert!(sorani::Analyzer::new().analyze("شار").next().is_some());
    /// ```
    pub fn new() -> Self {
        Self { engine: Engine::embedded() }
    }
}

#[cfg(feature = "compiled_data")]
impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

impl<D: AsRef<[u8]>> Analyzer<D> {
    /// An analyzer over another lexicon.
    ///
    /// ```
    /// use sorani::{Analyzer, LexiconBuilder, PartOfSpeech};
    ///
    /// let lexicon = LexiconBuilder::new().insert("میکرۆفۆن", PartOfSpeech::Noun)?.build()?;
    /// let analyzer = Analyzer::with_lexicon(lexicon);
    /// assert_eq!(analyzer.analyze("میکرۆفۆنەکان").next().map(|a| a.lemma().to_owned()).as_deref(), Some("میکرۆفۆن"));
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn with_lexicon(lexicon: Lexicon<D>) -> Self {
        Self { engine: Arc::new(Engine::new(lexicon)) }
    }

    /// The analyses of `word`, the likeliest first; always in the same order. Words longer than 64 letters are taken as
    /// they are.
    ///
    /// Allocates the list; takes time linear in the word, with the number of its readings as a factor.
    ///
    /// ```
    /// let analyzer = sorani::Analyzer::new();
    /// let tags: Vec<_> = analyzer.analyze("وڵاتی").map(|analysis| analysis.tags()).collect();
    /// assert_eq!(tags[..2], ["EZ", "PM.3SG"]);
    /// ```
    pub fn analyze<'a>(&'a self, word: &'a str) -> Analyses<'a> {
        let mut analyses = Vec::new();
        match Word::new(word) {
            _ if word.is_empty() => {}
            None => analyses.push(Analysis::unknown(word, word.into())),
            Some(codes) => {
                let mut readings: Vec<Reading<'a>> = Vec::with_capacity(READINGS);
                let respelled = self.engine.readings(&codes, |reading, _| readings.push(*reading));
                let source = if respelled.is_some() { AnalysisSource::Respelled } else { AnalysisSource::Lexicon };
                let codes = respelled.unwrap_or(codes);
                readings.sort_by_key(Reading::rank);
                analyses.reserve_exact(readings.len());
                for reading in &readings {
                    let analysis = Analysis::new(&self.engine, word, &codes, reading, source);
                    let same = |known: &Analysis<'_>| known.says_the_same(&analysis);
                    if !analyses.iter().any(same) {
                        analyses.push(analysis);
                    }
                }
                if analyses.is_empty() {
                    let stem = self.engine.guess(&codes).stem(word, self.engine.lexicon());
                    analyses.push(Analysis::unknown(word, stem));
                }
            }
        }
        Analyses { analyses: analyses.into_iter() }
    }
}
