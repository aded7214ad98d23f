//! Normalization: one spelling for what keyboards, fonts and habits write in many ways.
//!
//! [`Normalizer`] applies the rules, which stand in the files of their profiles, [`minimal`] and [`standard`], and take
//! their letters from the tables of `data/normalize/`; [`Normalized`] keeps the way back. Text that needs no mending is
//! only read: the engine is entered for the words that hold something to mend.

mod alignment;
mod engine;
mod minimal;
mod quick;
mod rule;
mod rules;
mod scan;
mod skim;
mod standard;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use alignment::{Change, Normalized};
pub use rule::{ParseRuleError, Rule, RuleSet};
pub(crate) use rules::{fold, letter};

use crate::Span;
use crate::morph::Analyzer;
use crate::restore::{Restore, Restorer};
pub(crate) use alignment::Edit;
use engine::Engine;
use words::{Sink, Words};

/// A named set of rules.
///
/// ```
/// use sorani::{Normalizer, Profile};
///
/// let minimal = Normalizer::builder().profile(Profile::Minimal).build();
/// assert_eq!(minimal.normalize("\u{202B}\u{0643}ورد\u{202C}"), "\u{0643}ورد"); // the Arabic kaf stays
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Profile {
    /// Unicode hygiene only: controls, invisible characters, kinds of space, presentation forms, canonical
    /// composition. The text looks the same as before; safe for Arabic and Persian too. Rules M1 to M7.
    Minimal,
    /// `Minimal`, then the letters and spelling of Kurdish: what the tokenizer, the stemmer and the tagger expect.
    /// Rules S1 to S9.
    #[default]
    Standard,
    /// `Standard`, then what the lexicon and the grammar decide, line by line: letters that the keyboard lacked (ي for
    /// ێ, و for ۆ, ج for چ), words broken by ه and a space, words written on to one another. Rules L1 to L4.
    ///
    /// A line is changed only where it as a whole looks like typed on such a keyboard, so clean text stays; a word that
    /// the lexicon does not know stays too. Needs a lexicon: the one that comes with the crate, or that of
    /// [`NormalizerBuilder::lexicon`]; without either, as `Standard`. Every word is looked up, which costs about as much
    /// as stemming it.
    Restored,
}

impl Profile {
    /// The rules of the profile, those of the profiles below it included.
    ///
    /// ```
    /// use sorani::{Profile, Rule};
    /// assert!(Profile::Standard.rules().contains(Rule::Composition));
    /// ```
    pub fn rules(self) -> RuleSet {
        RuleSet::of(self)
    }

    /// Whether the rules of `other` belong to this profile too.
    const fn includes(self, other: Self) -> bool {
        match other {
            Self::Minimal => true,
            Self::Standard => !matches!(self, Self::Minimal),
            Self::Restored => matches!(self, Self::Restored),
        }
    }
}

/// What becomes of digits.
///
/// ```
/// use sorani::{Digits, Normalizer};
///
/// let ascii = Normalizer::builder().digits(Digits::Ascii).build();
/// assert_eq!(ascii.normalize("ساڵی ٢٠٢٠ و ۱۹۹۱"), "ساڵی 2020 و 1991");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Digits {
    /// Leave them as they are; the default of [`Profile::Minimal`].
    Keep,
    /// Extended (Persian) digits become Arabic-Indic ones, and so does a number that mixes systems; numbers in ASCII
    /// digits stay. The default of [`Profile::Standard`].
    Unify,
    /// Every digit becomes one of ٠ to ٩.
    ArabicIndic,
    /// Every digit becomes one of ۰ to ۹.
    Extended,
    /// Every digit becomes one of 0 to 9.
    Ascii,
}

/// How ه at the end of a word is read: it is a consonant in گوناه and an old spelling of the vowel ە in ماڵه.
///
/// ```
/// use sorani::{FinalHeh, Normalizer};
///
/// let text = "ماڵه و گوناه";
/// assert_eq!(Normalizer::new().normalize(text), "ماڵە و گوناه");
/// let keep = Normalizer::builder().final_heh(FinalHeh::AlwaysConsonant).build();
/// assert_eq!(keep.normalize(text), text);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum FinalHeh {
    /// By the letter before it: after ا, ۆ, ێ and ە it can only be the consonant, elsewhere it is the vowel but for
    /// the words of `data/normalize/final_heh.tsv`.
    #[default]
    Phonotactic,
    /// Always the vowel, except in words that end in لله.
    AlwaysVowel,
    /// Always the consonant: for sources that are known to write ە everywhere.
    AlwaysConsonant,
}

/// Everything that a builder sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Options {
    rules: RuleSet,
    digits: Digits,
    final_heh: FinalHeh,
}

impl Options {
    /// What becomes of digits, the switch of the rule included.
    const fn digits(self) -> Digits {
        if self.rules.contains(Rule::Digits) { self.digits } else { Digits::Keep }
    }

    /// Whether any rule above those of [`Profile::Minimal`] is on.
    fn is_standard(self) -> bool {
        self.rules.iter().any(|rule| rule.profile() != Profile::Minimal)
    }
}

/// Configures a [`Normalizer`].
///
/// ```
/// use sorani::{Normalizer, Rule};
///
/// let normalizer = Normalizer::builder().rule(Rule::InitialReh, false).build();
/// assert_eq!(normalizer.normalize("رۆژ\u{0649}"), "رۆژی");
/// ```
#[derive(Clone, Default)]
pub struct NormalizerBuilder {
    profile: Profile,
    digits: Option<Digits>,
    final_heh: FinalHeh,
    /// Rules that were switched, in that order.
    switched: Vec<(Rule, bool)>,
    restorer: Option<Arc<dyn Restore>>,
}

impl fmt::Debug for NormalizerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NormalizerBuilder")
            .field("profile", &self.profile)
            .field("digits", &self.digits)
            .field("final_heh", &self.final_heh)
            .field("switched", &self.switched)
            .finish_non_exhaustive()
    }
}

impl NormalizerBuilder {
    /// The set of rules to start from; [`Profile::Standard`] unless set.
    ///
    /// ```
    /// use sorani::{Normalizer, Profile};
    /// let minimal = Normalizer::builder().profile(Profile::Minimal).build();
    /// assert_eq!(minimal.normalize("سـڵاو"), "سـڵاو");
    /// ```
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// What becomes of digits; by default as the profile says.
    ///
    /// ```
    /// use sorani::{Digits, Normalizer};
    /// let keep = Normalizer::builder().digits(Digits::Keep).build();
    /// assert_eq!(keep.normalize("۱۲"), "۱۲");
    /// ```
    #[must_use]
    pub fn digits(mut self, digits: Digits) -> Self {
        self.digits = Some(digits);
        self
    }

    /// How ه at the end of a word is read; rule S7.
    ///
    /// ```
    /// use sorani::{FinalHeh, Normalizer};
    /// let vowel = Normalizer::builder().final_heh(FinalHeh::AlwaysVowel).build();
    /// assert_eq!(vowel.normalize("شاه"), "شاە");
    /// ```
    #[must_use]
    pub fn final_heh(mut self, final_heh: FinalHeh) -> Self {
        self.final_heh = final_heh;
        self
    }

    /// Switches one rule on or off, whatever the profile says.
    ///
    /// ```
    /// use sorani::{Normalizer, Rule};
    /// let off = |rule| Normalizer::builder().rule(rule, false).build();
    /// assert_eq!(Normalizer::new().normalize("رێگا"), "ڕێگا");
    /// assert_eq!(off(Rule::InitialReh).normalize("رێگا"), "رێگا");
    /// assert_eq!(off(Rule::InitialWaw).normalize("ووڵات"), "ووڵات");
    /// // Old documents: the sign on ل made it ڵ, لآ was ڵا, a non-joiner tied و to a word.
    /// assert_eq!(Normalizer::new().normalize("سال\u{064E} بەلآم ژیان\u{200C}و"), "ساڵ بەڵام ژیان و");
    /// assert_eq!(off(Rule::LegacyMarks).normalize("سال\u{064E}"), "سال");
    /// assert_eq!(off(Rule::LamAlef).normalize("بەلآم"), "بەلام");
    /// assert_eq!(off(Rule::TiedConjunction).normalize("ژیان\u{200C}و"), "ژیانو");
    /// ```
    #[must_use]
    pub fn rule(mut self, rule: Rule, on: bool) -> Self {
        self.switched.push((rule, on));
        self
    }

    /// The lexicon that decides where letters alone cannot, for [`Profile::Restored`] and the rules L1 to L4; the one
    /// that comes with the crate unless set.
    ///
    /// ```
    /// use sorani::{Analyzer, Normalizer, Profile};
    /// let normalizer = Normalizer::builder().profile(Profile::Restored).lexicon(&Analyzer::new()).build();
    /// assert_eq!(normalizer.normalize("سلاو لە \u{0643}وردستان\u{064A} ئيمە"), "سڵاو لە کوردستانی ئێمە");
    /// ```
    #[must_use]
    pub fn lexicon<D: AsRef<[u8]> + Send + Sync + 'static>(mut self, analyzer: &Analyzer<D>) -> Self {
        self.restorer = Some(Arc::new(Restorer::new(analyzer)));
        self
    }

    /// Makes the normalizer; cheap, and cannot fail.
    ///
    /// ```
    /// let normalizer = sorani::Normalizer::builder().build();
    /// assert_eq!(normalizer.normalize("\u{064A}ار\u{0649}"), "یاری");
    /// ```
    pub fn build(self) -> Normalizer {
        let of_profile = self.profile.rules();
        let digits = self.digits.unwrap_or(match self.profile {
            Profile::Minimal => Digits::Keep,
            Profile::Standard | Profile::Restored => Digits::Unify,
        });
        let rules = of_profile.with(Rule::Digits, digits != Digits::Keep);
        let rules = self.switched.iter().fold(rules, |rules, &(rule, on)| rules.with(rule, on));
        let restores = rules.iter().any(|rule| rule.profile() == Profile::Restored);
        let restorer = if restores { self.restorer.or_else(embedded_restorer) } else { None };
        let options = Options { rules, digits, final_heh: self.final_heh };
        // The rules of a profile leave nothing for one another to do again; others may.
        let settles = restorer.is_some() || rules.with(Rule::Digits, false) != of_profile.with(Rule::Digits, false);
        Normalizer { options, settles, words: Words::new(options), restorer }
    }
}

/// The rules L1 to L4 over the lexicon that comes with the crate, where it does.
fn embedded_restorer() -> Option<Arc<dyn Restore>> {
    #[cfg(feature = "compiled_data")]
    return Some(Arc::new(Restorer::new(&Analyzer::new())));
    #[cfg(not(feature = "compiled_data"))]
    None
}

/// Brings Sorani text into one spelling.
///
/// Needs no compiled data. Building one is cheap; it is `Send + Sync` and may be shared. All methods take time linear
/// in the text and never fail. Normalizing twice gives what normalizing once gave.
///
/// ```
/// use sorani::Normalizer;
///
/// let normalizer = Normalizer::new();
/// // ه and a non-joiner for ە, Arabic letters, no ڕ at the beginning:
/// let text = "ره\u{200C}نگه\u{200C}\u{0643}ان\u{0649} خا\u{0643}";
/// assert_eq!(normalizer.normalize(text), "ڕەنگەکانی خاک");
/// ```
///
/// The rules are those of the school and newspaper orthography; `data/normalize/` lists them with their sources.
#[derive(Clone)]
pub struct Normalizer {
    options: Options,
    /// Whether the rules run again until they change nothing.
    settles: bool,
    words: Words,
    /// For the rules that need a lexicon.
    restorer: Option<Arc<dyn Restore>>,
}

impl fmt::Debug for Normalizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The tables are made from the options alone.
        f.debug_struct("Normalizer").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Default for Normalizer {
    fn default() -> Self {
        Self::new()
    }
}

/// Runs of a set of rules that is no profile's, at most, until nothing changes. Two are enough for every set known.
const MAX_RUNS: usize = 8;

impl Normalizer {
    /// A normalizer with [`Profile::Standard`].
    ///
    /// ```
    /// assert_eq!(sorani::Normalizer::new().normalize("ئاش\u{0643}را"), "ئاشکرا");
    /// ```
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Configures one.
    ///
    /// ```
    /// use sorani::{Digits, Normalizer};
    /// let normalizer = Normalizer::builder().digits(Digits::ArabicIndic).build();
    /// assert_eq!(normalizer.normalize("2020"), "٢٠٢٠");
    /// ```
    pub fn builder() -> NormalizerBuilder {
        NormalizerBuilder::default()
    }

    /// Normalizes `text`; borrows it exactly when nothing changes.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// let normalizer = sorani::Normalizer::new();
    /// assert!(matches!(normalizer.normalize("هەولێر"), Cow::Borrowed(_)));
    /// assert_eq!(normalizer.normalize("\u{06BE}ه\u{200C}ولێر"), "هەولێر");
    /// ```
    pub fn normalize<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut result = self.run(text);
        for _ in 1..self.runs() {
            let Cow::Owned(text) = &result else { break };
            let Cow::Owned(next) = self.run(text) else { break };
            result = Cow::Owned(next);
        }
        result
    }

    fn runs(&self) -> usize {
        if self.settles { MAX_RUNS } else { 1 }
    }

    /// All rules, once.
    fn run<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.restorer.is_some() {
            return self.run_aligned(text, Engine::default()).into_text();
        }
        let mut sink = Buffer { original: text, clean: 0, out: None };
        self.words.drive(text, &mut Engine::default(), &mut sink);
        sink.out.map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// All rules, once, with the way back; `engine` says whether it notes the rules.
    fn run_aligned<'t>(&self, text: &'t str, mut engine: Engine) -> Normalized<'t> {
        let traces = engine.traces();
        let buffer = Buffer { original: text, clean: 0, out: None };
        let mut sink = Aligner { buffer, edits: Vec::new(), traces };
        self.words.drive(text, &mut engine, &mut sink);
        let Aligner { buffer, edits, .. } = sink;
        let standard = Normalized::new(text, buffer.out.map_or(Cow::Borrowed(text), Cow::Owned), edits);
        let Some(restorer) = &self.restorer else { return standard };
        let restored = {
            let is_foreign = |span: Span| {
                let original = standard.to_original(span).slice(text).unwrap_or_default();
                rules::is_foreign(original, span.slice(standard.text()).unwrap_or_default())
            };
            let restored = restorer.restore(standard.text(), &is_foreign, self.options.rules, traces);
            matches!(restored.as_cow(), Cow::Owned(_)).then(|| restored.into_parts())
        };
        match restored {
            Some((text, edits)) => standard.followed_by(text, &edits),
            None => standard,
        }
    }

    fn align<'t>(&self, text: &'t str, engine: fn() -> Engine) -> Normalized<'t> {
        let mut result = self.run_aligned(text, engine());
        for _ in 1..self.runs() {
            if matches!(result.as_cow(), Cow::Borrowed(_)) {
                break;
            }
            let (text, edits) = self.run_aligned(result.text(), engine()).into_parts();
            if text == result.text() {
                break;
            }
            result = result.followed_by(text, &edits);
        }
        result
    }

    /// Writes the normalized text to `out`, for example to a `String` that is used again and again.
    ///
    /// # Errors
    ///
    /// Only those of `out`; a `String` has none.
    ///
    /// ```
    /// let mut line = String::new();
    /// sorani::Normalizer::new().normalize_to("\u{0643}ورد", &mut line)?;
    /// assert_eq!(line, "کورد");
    /// # Ok::<(), std::fmt::Error>(())
    /// ```
    pub fn normalize_to(&self, text: &str, out: &mut impl fmt::Write) -> fmt::Result {
        if self.settles {
            return out.write_str(&self.normalize(text));
        }
        let mut sink = Writer { out, result: Ok(()) };
        self.words.drive(text, &mut Engine::default(), &mut sink);
        sink.result
    }

    /// Whether normalizing `text` would change nothing. Allocates nothing for clean text.
    ///
    /// ```
    /// let normalizer = sorani::Normalizer::new();
    /// assert!(normalizer.is_normalized("کوردستان"));
    /// assert!(!normalizer.is_normalized("\u{0643}وردستان"));
    /// ```
    pub fn is_normalized(&self, text: &str) -> bool {
        if self.restorer.is_some() {
            return self.normalize(text) == text;
        }
        struct Unchanged(bool);
        impl Sink for Unchanged {
            fn clean(&mut self, _: &str) {}
            fn replaced(&mut self, _: &str, _: usize, _: &str) {
                self.0 = false;
            }
            fn changed(&mut self, _: &str, _: usize, _: &Engine) {
                self.0 = false;
            }
            fn is_done(&self) -> bool {
                !self.0
            }
        }
        let mut sink = Unchanged(true);
        self.words.drive(text, &mut Engine::default(), &mut sink);
        sink.0
    }

    /// Normalizes `text` and keeps the way back to it.
    ///
    /// Borrows `text` when nothing changes. Costs little more than [`normalize`](Self::normalize): one record for each
    /// place where bytes were added or removed.
    ///
    /// ```
    /// use sorani::{Normalizer, Span};
    ///
    /// let aligned = Normalizer::new().normalize_aligned("لە \u{06BE}ه\u{200C}ولێر");
    /// let at = aligned.text().find("هەولێر").map(|at| Span::new(at, at + 12));
    /// assert_eq!(at.map(|span| aligned.to_original(span)), Some(Span::new(5, 20)));
    /// ```
    pub fn normalize_aligned<'t>(&self, text: &'t str) -> Normalized<'t> {
        self.align(text, Engine::default)
    }

    /// Normalizes `text` and keeps each change with the rules that made it: for a report of differences.
    ///
    /// As [`normalize_aligned`](Self::normalize_aligned), but [`Normalized::changes`] lists letters too that were
    /// replaced by others of the same length, and names rules. Costs about twice as much.
    ///
    /// ```
    /// let traced = sorani::Normalizer::new().normalize_traced("سـڵاو \u{0643}ورد");
    /// let changes: Vec<String> = traced.changes().map(|change| change.to_string()).collect();
    /// assert_eq!(changes, ["S5: سـ → س", "S4: \u{0643} → ک"]);
    /// ```
    pub fn normalize_traced<'t>(&self, text: &'t str) -> Normalized<'t> {
        self.align(text, Engine::tracing)
    }
}

/// Collects the normalized text; holds none as long as nothing changed.
struct Buffer<'t> {
    original: &'t str,
    /// The length of the unchanged beginning, while `out` is `None`.
    clean: usize,
    out: Option<String>,
}

impl Buffer<'_> {
    fn len(&self) -> usize {
        self.out.as_ref().map_or(self.clean, String::len)
    }

    /// The text so far, as a `String` to write to.
    fn out(&mut self) -> &mut String {
        let (original, clean) = (self.original, self.clean);
        self.out.get_or_insert_with(|| {
            let mut out = String::with_capacity(original.len());
            out.push_str(original.get(..clean).unwrap_or_default());
            out
        })
    }
}

impl Sink for Buffer<'_> {
    fn clean(&mut self, text: &str) {
        match &mut self.out {
            Some(out) => out.push_str(text),
            None => self.clean += text.len(),
        }
    }

    fn replaced(&mut self, _: &str, _: usize, to: &str) {
        self.out().push_str(to);
    }

    fn changed(&mut self, _: &str, _: usize, engine: &Engine) {
        self.out().extend(engine.items().iter().map(|item| item.c));
    }
}

struct Writer<'w, W> {
    out: &'w mut W,
    result: fmt::Result,
}

impl<W: fmt::Write> Sink for Writer<'_, W> {
    fn clean(&mut self, text: &str) {
        self.result = self.result.and_then(|()| self.out.write_str(text));
    }

    fn replaced(&mut self, _: &str, _: usize, to: &str) {
        self.clean(to);
    }

    fn changed(&mut self, _: &str, _: usize, engine: &Engine) {
        for item in engine.items() {
            self.result = self.result.and_then(|()| self.out.write_char(item.c));
        }
    }
}

struct Aligner<'t> {
    buffer: Buffer<'t>,
    edits: Vec<Edit>,
    /// Whether letters replaced by others of the same length are kept too.
    traces: bool,
}

impl Aligner<'_> {
    fn push(&mut self, edit: Edit) {
        // Two deletions in a row are one: there is no place between them in the normalized text.
        let joins = |last: &&mut Edit| {
            last.original.end() == edit.original.start() && last.normalized.is_empty() && edit.normalized.is_empty()
        };
        match self.edits.last_mut().filter(joins) {
            Some(last) => {
                last.original = Span::new(last.original.start(), edit.original.end());
                last.rules = last.rules.union(edit.rules);
            }
            None => self.edits.push(edit),
        }
    }
}

impl Sink for Aligner<'_> {
    fn clean(&mut self, text: &str) {
        self.buffer.clean(text);
    }

    fn replaced(&mut self, piece: &str, start: usize, to: &str) {
        // Of the same length it is a letter for a letter, which shifts nothing.
        if piece.len() != to.len() {
            let at = self.buffer.len();
            let original = Span::new(start, start + piece.len());
            self.push(Edit { original, normalized: Span::new(at, at + to.len()), rules: RuleSet::EMPTY });
        }
        self.buffer.replaced(piece, start, to);
    }

    fn changed(&mut self, segment: &str, start: usize, engine: &Engine) {
        // `from` is the place in the segment, `to` the place in the normalized text, up to which all is told.
        let (mut from, mut to) = (0, self.buffer.len());
        let edit = |from: usize, end: usize, to: usize, len: usize| Edit {
            original: Span::new(from, end).shifted(start),
            normalized: Span::new(to, to + len),
            rules: engine.rules_in(from, end),
        };
        let mut rest = engine.items();
        while let Some((first, tail)) = rest.split_first() {
            // Characters made from overlapping ranges belong together.
            let mut end = first.end;
            let mut len = first.c.len_utf8();
            let mut count = 1;
            for item in tail {
                if item.start >= end {
                    break;
                }
                end = end.max(item.end);
                len += item.c.len_utf8();
                count += 1;
            }
            if first.start > from {
                self.push(edit(from, first.start, to, 0));
            }
            let source = segment.get(first.start..end).unwrap_or_default();
            // A character replaced by one of the same length shifts nothing.
            let one_for_one = count == 1 && len == source.len() && source.chars().nth(1).is_none();
            if !one_for_one || self.traces && !source.starts_with(first.c) {
                self.push(edit(first.start, end, to, len));
            }
            from = end;
            to += len;
            rest = rest.get(count..).unwrap_or_default();
        }
        if from < segment.len() {
            self.push(edit(from, segment.len(), to, 0));
        }
        self.buffer.changed(segment, start, engine);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        let normalizer = Normalizer::new();
        let text = "لە ٢٠٢٠دا «هەولێر» گەورەتر بوو؛ شاه و گوناه، Kurdistan 3.5!\nژیان";
        assert!(matches!(normalizer.normalize(text), Cow::Borrowed(_)));
        assert!(normalizer.is_normalized(text));
        assert!(matches!(normalizer.normalize_aligned(text).into_text(), Cow::Borrowed(_)));
    }

    #[test]
    fn the_three_outputs_agree() {
        let normalizer = Normalizer::new();
        for text in ["", "ره\u{200C}ش", "a \u{0643} b\r\nc \u{202B}x\u{202C}", "بەلآم سـڵاو\u{064E}"] {
            let expected = normalizer.normalize(text);
            let mut written = String::new();
            normalizer.normalize_to(text, &mut written).unwrap();
            assert_eq!(written, expected);
            assert_eq!(normalizer.normalize_aligned(text).text(), expected);
            assert_eq!(normalizer.is_normalized(text), expected == text);
        }
    }

    #[test]
    fn marks_and_tatweel_belong_to_the_letter_before_them_and_controls_to_none() {
        let normalizer = Normalizer::new();
        let whole = |text: &str, word: &str| {
            let aligned = normalizer.normalize_aligned(text);
            let at = aligned.text().find(word).unwrap();
            aligned.to_original(Span::new(at, at + word.len())).slice(text).unwrap().to_owned()
        };
        assert_eq!(whole("لە کورد\u{064F} بوو", "کورد"), "کورد\u{064F}");
        assert_eq!(whole("لە \u{200F}کورد\u{200F} بوو", "کورد"), "کورد");
        assert_eq!(whole("لە کوردـ بوو", "کورد"), "کوردـ");
        assert_eq!(whole("لە ـکورد بوو", "کورد"), "ـکورد");
        assert_eq!(whole("آزاد هات", "ئازاد"), "آزاد");
    }
}
