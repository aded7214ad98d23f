//! One way to read a word.

use std::borrow::Cow;

use super::Engine;
use super::grammar::Grammar;
use super::search::{Reading, Word};
use super::unimorph::{Agreement, UniMorph};
use crate::Span;
use crate::lexicon::PartOfSpeech;

/// How an analysis was found.
///
/// ```
/// use sorani::{AnalysisSource, Analyzer};
///
/// let analyzer = Analyzer::new();
/// let source = |word| analyzer.analyze(word).next().map(|analysis| analysis.source());
/// assert_eq!(source("کتێبەکان"), Some(AnalysisSource::Lexicon));
/// assert_eq!(source("کریپتۆنایتدا"), Some(AnalysisSource::Guess));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum AnalysisSource {
    /// The stem is in the lexicon and the grammar explains the rest.
    Lexicon,
    /// So it is in another spelling of the word, one letter away: `ڕوسیا` for `ڕووسیا`.
    Respelled,
    /// The word is not known; endings that are hard to mistake were cut.
    Guess,
}

/// A piece of a word: the stem, or a morph written on to it.
///
/// ```
/// use sorani::Analyzer;
///
/// let analyzer = Analyzer::new();
/// let analysis = analyzer.analyze("وڵاتەکانیش").next().ok_or("none")?;
/// let pieces: Vec<_> = analysis.segments().iter().map(|segment| (segment.span().range(), segment.tags())).collect();
/// assert_eq!(pieces, [(0..8, ""), (8..16, "DEF.PL"), (16..20, "ADD")]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    span: Span,
    tags: &'static str,
    stem: bool,
}

impl Segment {
    /// Bytes of the word that was analysed; empty for a morph that is not heard.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let analysis = analyzer.analyze("شارێک").next().ok_or("none")?;
    /// assert_eq!(analysis.segments()[1].span().slice("شارێک"), Some("ێک"));
    /// # Ok::<(), &str>(())
    /// ```
    pub const fn span(&self) -> Span {
        self.span
    }

    /// What it means: tags of `data/morph/tags.tsv` parted by spaces; empty for the stem of a noun.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let analysis = analyzer.analyze("دەکەم").next().ok_or("none")?;
    /// assert_eq!(analysis.segments().iter().map(|s| s.tags()).collect::<Vec<_>>(), ["IPFV", "PRS", "AGR.1SG"]);
    /// # Ok::<(), &str>(())
    /// ```
    pub const fn tags(&self) -> &'static str {
        self.tags
    }

    /// Whether it is the stem.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let analysis = analyzer.analyze("شارێک").next().ok_or("none")?;
    /// assert!(analysis.segments()[0].is_stem() && !analysis.segments()[1].is_stem());
    /// # Ok::<(), &str>(())
    /// ```
    pub const fn is_stem(&self) -> bool {
        self.stem
    }
}

/// One way to read a word.
///
/// ```
/// use sorani::{Analyzer, PartOfSpeech};
///
/// let analyzer = Analyzer::new();
/// let analysis = analyzer.analyze("ڕایگەیاند").next().ok_or("none")?;
/// assert_eq!((analysis.lemma(), analysis.pos()), ("ڕاگەیاندن", PartOfSpeech::Verb));
/// assert_eq!(analysis.to_string(), "ڕا+ی+[گەیاند]");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Analysis<'a> {
    word: Cow<'a, str>,
    lemma: Cow<'a, str>,
    stem: Cow<'a, str>,
    pos: PartOfSpeech,
    segments: Vec<Segment>,
    features: &'a str,
    agreement: Agreement,
    cost: u16,
    source: AnalysisSource,
}

impl<'a> Analysis<'a> {
    pub(super) fn new<D: AsRef<[u8]>>(
        engine: &'a Engine<D>,
        text: &'a str,
        word: &Word,
        reading: &Reading<'a>,
        source: AnalysisSource,
    ) -> Self {
        let grammar = engine.grammar;
        let span = |start: u8, end: u8| Span::new(word.offset(usize::from(start)), word.offset(usize::from(end)));
        let path = &reading.path;
        let mut segments = Vec::with_capacity(usize::from(path.pieces()));
        let mut known = path.known().iter().enumerate().peekable();
        let fused = reading.entry.is_some_and(|entry| entry.second_lemma().is_some());
        let mut push_known = |segments: &mut Vec<Segment>, before: usize| {
            while let Some((at, piece)) = known.next_if(|(_, piece)| usize::from(piece.at) == before) {
                let stem = at + 1 == path.known().len();
                let mut start = piece.start;
                // Of a preposition that is fused with its word one letter is left: لە and ئەم are لەم.
                if stem && fused && piece.end - piece.start > 1 {
                    start += 1;
                    segments.push(Segment { span: span(piece.start, start), tags: "PREP", stem: false });
                }
                let tags = match (stem, path.stem_class) {
                    (false, _) => "PREV",
                    (true, Some(class)) => grammar.stem_tags(class),
                    (true, None) => "",
                };
                segments.push(Segment { span: span(start, piece.end), tags, stem });
            }
        };
        for (at, placed) in path.morphs().iter().enumerate() {
            push_known(&mut segments, at);
            let tags = grammar.morph(placed.morph).map_or("", |morph| morph.tags.as_str());
            segments.push(Segment { span: span(placed.start, placed.end), tags, stem: false });
        }
        push_known(&mut segments, path.morphs().len());
        let outcome = engine.outcome(word, reading);
        let (lemma, stem) = (outcome.lemma(text, engine.lexicon()), outcome.stem(text, engine.lexicon()));
        let (pos, source) = match reading.entry {
            Some(entry) => (engine.pos(&entry, path), source),
            None if lemma.starts_with(crate::letters::is_digit) => (PartOfSpeech::Numeral, AnalysisSource::Lexicon),
            None => (PartOfSpeech::Noun, AnalysisSource::Guess),
        };
        let features = engine.lexicon.features(reading.features);
        let agreement = match path.stem_class {
            Some(class) if grammar.is_transitive_past(class) => Agreement::Pronoun,
            Some(_) => Agreement::Ending,
            None if features.contains("PM.") => Agreement::Pronoun,
            None => Agreement::Unknown,
        };
        Self { word: Cow::Borrowed(text), lemma, stem, pos, segments, features, agreement, cost: path.cost, source }
    }

    /// Whether it differs from `other` in its cost at most.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        // Numbers tell most of them apart, and tags few.
        let mut pairs = self.segments.iter().zip(&other.segments);
        self.segments.len() == other.segments.len()
            && self.pos == other.pos
            && pairs.clone().all(|(own, other)| own.span == other.span)
            && pairs.all(|(own, other)| own == other)
            && self.features == other.features
            && self.lemma == other.lemma
    }

    /// A word of which nothing is known but that it stands there.
    pub(super) fn unknown(text: &'a str, stem: Cow<'a, str>) -> Self {
        let span = Span::new(0, text.len());
        Self {
            word: Cow::Borrowed(text),
            lemma: stem.clone(),
            stem,
            pos: PartOfSpeech::Noun,
            segments: vec![Segment { span, tags: "", stem: true }],
            features: "",
            agreement: Agreement::Unknown,
            cost: u16::MAX,
            source: AnalysisSource::Guess,
        }
    }

    /// The dictionary form; the infinitive of a verb. For a word that the lexicon does not know, what is left of it.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let lemma = |word| analyzer.analyze(word).next().map(|analysis| analysis.lemma().to_owned());
    /// assert_eq!(lemma("بڵاویکردەوە").as_deref(), Some("بڵاوکردنەوە"));
    /// ```
    pub fn lemma(&self) -> &str {
        &self.lemma
    }

    /// The stem that all inflected forms of the lemma share, for an index.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let stem = |word| analyzer.analyze(word).next().map(|analysis| analysis.stem().to_owned());
    /// assert_eq!(stem("یەکەمین"), stem("یەکەم")); // an ordinal has a stem of its own
    /// assert_ne!(stem("یەکەم"), stem("یەک"));
    /// ```
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// The part of speech of the word as it stands: an infinitive is a noun, a participle an adjective.
    ///
    /// ```
    /// # use sorani::{Analyzer, PartOfSpeech};
    /// # let analyzer = Analyzer::new();
    /// let pos = |word| analyzer.analyze(word).next().map(|analysis| analysis.pos());
    /// assert_eq!(pos("گەورەترین"), Some(PartOfSpeech::Adjective));
    /// assert_eq!(pos("کردنی"), Some(PartOfSpeech::Noun));
    /// ```
    pub const fn pos(&self) -> PartOfSpeech {
        self.pos
    }

    /// The pieces, in order; put together they are the word.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let analysis = analyzer.analyze("شارەکانیشیاندا").next().ok_or("none")?;
    /// assert_eq!(analysis.segments().len(), 5);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The tags of all pieces, parted by spaces, and before them those of an irregular form.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let analysis = analyzer.analyze("وڵاتەکانمان").next().ok_or("none")?;
    /// assert_eq!(analysis.tags(), "DEF.PL PM.1PL");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn tags(&self) -> String {
        let tags = self.segments.iter().map(|segment| segment.tags);
        let passive = self.segments.iter().any(|segment| segment.tags.starts_with("PASS")).then_some("PASS");
        let own = tags.map(|tags| tags.strip_prefix("PASS ").unwrap_or(tags));
        let all = passive.into_iter().chain([self.features]).chain(own).filter(|tags| !tags.is_empty());
        all.collect::<Vec<_>>().join(" ")
    }

    /// The features of Universal Dependencies that the tags add up to, sorted; `_` where there are none. Those of clitics,
    /// which are words of their own there, are not among them.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let analysis = analyzer.analyze("وڵاتەکان").next().ok_or("none")?;
    /// assert_eq!(analysis.features(), "Definite=Def|Number=Plur");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn features(&self) -> String {
        let tags = self.tags();
        let grammar = Grammar::embedded();
        let own = tags.split([' ', '+']).filter(|tag| !tag.starts_with("PM.") && !tag.starts_with("COP."));
        let features =
            own.flat_map(|tag| grammar.features(tag).split('|')).filter_map(|feature| feature.split_once('='));
        // A later tag says more: the perfect of a past stem is a present tense.
        let set: std::collections::BTreeMap<&str, &str> = features.collect();
        let features: Vec<String> = set.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        if features.is_empty() { "_".to_owned() } else { features.join("|") }
    }

    /// The bundle of features of UniMorph: the part of speech, then what the tags add up to, parted by `;`, in the order of
    /// `data/morph/unimorph.tsv`, none twice.
    ///
    /// A verb has the person and the number of its subject, whether an ending says them or, as in the past of transitive
    /// verbs, a pronoun; any other person that is marked on it is an argument (`ARGAC3S`). A pronoun on a noun is a
    /// possessor (`PSS1S`). What the schema leaves to each language is as in the files of UniMorph for Central Kurdish:
    /// `LGSPEC1` is the ezafe; the table has them all. Unlike those files, a subject is `1;SG` here and not `ARGNO1S` or
    /// `LGSPEC8(1S)`, and verbs in ‑اندن are `CAUS` with the infinitive that they have. Allocates.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let unimorph = |word| analyzer.analyze(word).next().map(|analysis| analysis.unimorph());
    /// assert_eq!(unimorph("وڵاتەکان").as_deref(), Some("N;DEF;PL"));
    /// assert_eq!(unimorph("چوو").as_deref(), Some("V;PST;3;SG"));
    /// assert_eq!(unimorph("نەمانکڕی").as_deref(), Some("V;PST;NEG;1;PL"));
    /// assert_eq!(unimorph("چوونیان").as_deref(), Some("V.MSDR;PSS3P"));
    /// ```
    pub fn unimorph(&self) -> String {
        UniMorph::embedded().bundle(self.pos, &self.tags(), self.agreement, &self.lemma)
    }

    /// How unlikely the analysis is among those of its word; only the order means something.
    ///
    /// ```
    /// # let analyzer = sorani::Analyzer::new();
    /// let costs: Vec<f32> = analyzer.analyze("وڵاتی").map(|analysis| analysis.cost()).collect();
    /// assert!(costs.is_sorted());
    /// ```
    pub fn cost(&self) -> f32 {
        f32::from(self.cost) / 100.0
    }

    /// How it was found.
    ///
    /// ```
    /// # use sorani::{AnalysisSource, Analyzer};
    /// # let analyzer = Analyzer::new();
    /// assert_eq!(analyzer.analyze("شار").next().map(|a| a.source()), Some(AnalysisSource::Lexicon));
    /// ```
    pub const fn source(&self) -> AnalysisSource {
        self.source
    }
}

/// The pieces joined by `+`, the stem in brackets.
impl std::fmt::Display for Analysis<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut first = true;
        for segment in &self.segments {
            let text = segment.span.slice(&self.word).unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            if !std::mem::take(&mut first) {
                f.write_str("+")?;
            }
            if segment.stem { write!(f, "[{text}]")? } else { f.write_str(text)? }
        }
        Ok(())
    }
}

/// The analyses of a word, the likeliest first: [`Analyzer::analyze`](crate::Analyzer::analyze) makes it. Never empty
/// for a word that is not.
///
/// ```
/// assert_eq!(sorani::Analyzer::new().analyze("").count(), 0);
/// ```
#[derive(Clone, Debug)]
pub struct Analyses<'a> {
    pub(super) analyses: std::vec::IntoIter<Analysis<'a>>,
}

impl<'a> Iterator for Analyses<'a> {
    type Item = Analysis<'a>;

    fn next(&mut self) -> Option<Analysis<'a>> {
        self.analyses.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.analyses.size_hint()
    }
}

impl ExactSizeIterator for Analyses<'_> {}

impl DoubleEndedIterator for Analyses<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.analyses.next_back()
    }
}

impl std::iter::FusedIterator for Analyses<'_> {}
