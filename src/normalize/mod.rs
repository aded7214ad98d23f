//! Normalization: one spelling for what keyboards, fonts and habits write in many ways.
//!
//! [`Normalizer`] applies the rules, which stand in the files of their profiles, [`minimal`], [`standard`], [`editorial`]
//! and [`search`], and take their letters from the tables of `data/normalize/`; [`Normalized`] keeps the way back. Text
//! that needs no mending is only read: the engine is entered for the words that hold something to mend. Rules that look
//! beyond a word are a second pass, over [`lines`].

mod alignment;
mod editorial;
mod engine;
mod lines;
mod links;
mod minimal;
mod numbers;
mod protect;
mod quick;
mod rule;
mod rules;
mod scan;
mod search;
mod skim;
mod standard;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::str::FromStr;
use std::sync::Arc;

#[cfg(feature = "compiled_data")]
use once_cell::sync::Lazy;

pub use alignment::{Change, Normalized};
pub use rule::{ParseRuleError, Rule, RuleSet};
pub(crate) use rules::{fold, letter};

use crate::Span;
use crate::morph::Analyzer;
use crate::restore::{Restore, Restorer};
pub(crate) use alignment::Edit;
use engine::Engine;
use lines::Lines;
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
    /// Letters are put in only where the line as a whole looks like typed on a keyboard that lacks them, so clean text
    /// stays. A line that had letters of another keyboard shows it by that: there, words are also put together and
    /// parted, وو and یی written as the lexicon has them. A word that the lexicon does not know stays, but for letters
    /// that no Kurdish word has (ص, ط) where other words of the line show what they stand for. A line in which every
    /// fifth word is Arabic or Persian (`data/normalize/other_languages.tsv`) gets no more than the rules of `Standard`.
    ///
    /// Needs a lexicon: the one that comes with the crate, or that of [`NormalizerBuilder::lexicon`]; without either, as
    /// `Standard`. Every word is looked up, and of words that the lexicon does not know all that they may have been
    /// meant as.
    Restored,
    /// `Standard`, then punctuation and spaces as a publisher sets them. Opinionated: for text that people will read.
    /// Rules E1 to E6.
    ///
    /// ```
    /// use sorani::{Normalizer, Profile};
    /// let editorial = Normalizer::builder().profile(Profile::Editorial).build();
    /// let text = "((هەولێر)) پایتەختە ,گەورەیە !!! www.rudaw.net";
    /// assert_eq!(editorial.normalize(text), "«هەولێر» پایتەختە، گەورەیە! www.rudaw.net");
    /// ```
    Editorial,
    /// `Standard`, then everything folded away on which two spellings of a word may differ: for the keys of an index
    /// and for queries. Different words fall together, and no reader should see the result. Rules F1 to F9.
    ///
    /// ```
    /// use sorani::{Normalizer, Profile};
    /// let search = Normalizer::builder().profile(Profile::Search).build();
    /// assert_eq!(search.normalize("سڵاااو لە ڕووسیا"), search.normalize("سلاو لە روسیا"));
    /// assert_eq!(search.normalize("٣٠،٠٠٠ «Îran»"), "30000 \"iran\"");
    /// ```
    Search,
}

/// The text is not the name of a profile.
///
/// ```
/// assert!("best".parse::<sorani::Profile>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a profile: minimal, standard, restored, editorial or search")]
pub struct ParseProfileError(());

impl FromStr for Profile {
    type Err = ParseProfileError;

    /// Reads the name in lower case.
    fn from_str(text: &str) -> Result<Self, ParseProfileError> {
        match text {
            "minimal" => Ok(Self::Minimal),
            "standard" => Ok(Self::Standard),
            "restored" => Ok(Self::Restored),
            "editorial" => Ok(Self::Editorial),
            "search" => Ok(Self::Search),
            _ => Err(ParseProfileError(())),
        }
    }
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
            Self::Editorial => matches!(self, Self::Editorial),
            Self::Search => matches!(self, Self::Search),
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
    /// digits stay. The default of [`Profile::Standard`] and those above it; [`Profile::Search`] writes ASCII digits in
    /// the end, by a rule of its own.
    Unify,
    /// Every digit becomes one of ٠ to ٩, but for ASCII digits in a Latin word, a link or an address: H2O stays.
    ArabicIndic,
    /// Every digit becomes one of ۰ to ۹, with the same exception.
    Extended,
    /// Every digit becomes one of 0 to 9.
    Ascii,
}

/// The text is not the name of a way to write digits.
///
/// ```
/// assert!("roman".parse::<sorani::Digits>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a way to write digits: keep, unify, arabic-indic, extended or ascii")]
pub struct ParseDigitsError(());

impl FromStr for Digits {
    type Err = ParseDigitsError;

    /// Reads the name in lower case, its words joined by a hyphen.
    fn from_str(text: &str) -> Result<Self, ParseDigitsError> {
        match text {
            "keep" => Ok(Self::Keep),
            "unify" => Ok(Self::Unify),
            "arabic-indic" => Ok(Self::ArabicIndic),
            "extended" => Ok(Self::Extended),
            "ascii" => Ok(Self::Ascii),
            _ => Err(ParseDigitsError(())),
        }
    }
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

/// The options that rules ask for.
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

    /// Whether any rule that [`Profile::Standard`] adds to [`Profile::Minimal`] is on.
    fn is_standard(self) -> bool {
        self.rules.iter().any(|rule| rule.profile() == Some(Profile::Standard))
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
    protect_arabic: bool,
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
    ///
    /// A rule of another profile is added to those of this one:
    ///
    /// ```
    /// use sorani::{Digits, Normalizer, Rule};
    /// let talk = Normalizer::builder().rule(Rule::FoldRepeated, true).build();
    /// assert_eq!(talk.normalize("سڵاااو ناڕەزایییەکی"), "سڵاو ناڕەزایییەکی");
    /// let numbers = Normalizer::builder().digits(Digits::ArabicIndic).rule(Rule::NumberMarks, true).build();
    /// assert_eq!(numbers.normalize("1,250.5 و 3% لە 12.5.2020"), "١٬٢٥٠٫٥ و ٣٪ لە ١٢.٥.٢٠٢٠");
    /// ```
    #[must_use]
    pub fn rule(mut self, rule: Rule, on: bool) -> Self {
        self.switched.push((rule, on));
        self
    }

    /// Whether vocalised Arabic is left alone but for the rules of [`Profile::Minimal`]; by default it is not.
    ///
    /// Kurdish has no vowel signs, so a word that holds some is a quotation, from the Quran or a poem, unless the signs
    /// are what an old font left (rule S2) or a letter stands in it that Arabic lacks. `data/normalize/not_arabic.tsv`
    /// says which words those are. Arabic without vowel signs looks like Kurdish, and is not found; see
    /// [`Normalizer::normalize_protecting`].
    ///
    /// ```
    /// use sorani::Normalizer;
    /// let text = "وت\u{0649}: «بِسْمِ اللَّهِ» سال\u{064E}";
    /// let normalizer = Normalizer::builder().protect_arabic(true).build();
    /// assert_eq!(normalizer.normalize(text), "وتی: «بِسْمِ اللَّهِ» ساڵ");
    /// assert_eq!(Normalizer::new().normalize(text), "وتی: «بسم الله» ساڵ");
    /// ```
    #[must_use]
    pub fn protect_arabic(mut self, protect: bool) -> Self {
        self.protect_arabic = protect;
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
    pub fn lexicon<D>(mut self, analyzer: &Analyzer<D>) -> Self
    where
        D: AsRef<[u8]> + Send + Sync + UnwindSafe + RefUnwindSafe + 'static,
    {
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
            Profile::Standard | Profile::Restored | Profile::Editorial | Profile::Search => Digits::Unify,
        });
        let rules = of_profile.with(Rule::Digits, digits != Digits::Keep);
        let rules = self.switched.iter().fold(rules, |rules, &(rule, on)| rules.with(rule, on));
        let restores = rules.iter().any(|rule| rule.profile() == Some(Profile::Restored));
        let restorer = if restores { self.restorer.or_else(embedded_restorer) } else { None };
        let options = Options { rules, digits, final_heh: self.final_heh };
        // The rules of a profile leave nothing for one another to do again; others may, and so may the lexicon, and the
        // second pass where S7 does not read ه as F7 does.
        let settles = restorer.is_some()
            || rules.with(Rule::Digits, false) != of_profile.with(Rule::Digits, false)
            || self.profile == Profile::Search && self.final_heh != FinalHeh::Phonotactic;
        let hygiene = self.protect_arabic.then(|| {
            let below = |rule: &Rule| rule.profile() == Some(Profile::Minimal);
            let rules = rules.iter().filter(below).collect();
            Box::new(Normalizer::with(Options { rules, ..options }, rules != Profile::Minimal.rules()))
        });
        Normalizer { restorer, hygiene, ..Normalizer::with(options, settles) }
    }
}

/// The rules L1 to L4 over the lexicon that comes with the crate, where it does.
#[cfg(feature = "compiled_data")]
#[expect(clippy::unnecessary_wraps, reason = "there is none without the compiled data")]
fn embedded_restorer() -> Option<Arc<dyn Restore>> {
    static EMBEDDED: Lazy<Arc<dyn Restore>> = Lazy::new(|| Arc::new(Restorer::new(&Analyzer::new())));
    Some(Arc::clone(&EMBEDDED))
}

#[cfg(not(feature = "compiled_data"))]
const fn embedded_restorer() -> Option<Arc<dyn Restore>> {
    None
}

/// Brings Sorani text into one spelling.
///
/// Needs no compiled data. Building one is cheap; it is `Send + Sync` and may be shared. All methods take time linear
/// in the text and never fail. Normalizing twice gives what normalizing once gave, and the result has at most three
/// times the bytes of the text. No rule looks beyond a line: lines may be normalized one by one.
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
///
#[doc = include_str!("peers.md")]
#[derive(Clone)]
pub struct Normalizer {
    options: Options,
    /// Whether the rules run again until they change nothing.
    settles: bool,
    words: Words,
    /// For the rules that need a lexicon.
    restorer: Option<Arc<dyn Restore>>,
    /// The second pass, where any of its rules is on.
    lines: Option<Lines>,
    /// The rules of [`Profile::Minimal`] alone, where vocalised Arabic gets no others.
    hygiene: Option<Box<Normalizer>>,
}

impl fmt::Debug for Normalizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The tables are made from the options alone.
        let protects = self.hygiene.is_some();
        let mut f = f.debug_struct("Normalizer");
        f.field("options", &self.options).field("protect_arabic", &protects).finish_non_exhaustive()
    }
}

impl Default for Normalizer {
    fn default() -> Self {
        Self::new()
    }
}

/// The two passes over a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Pass {
    /// Rules that look no further than the word.
    Words,
    /// Rules that look over the line.
    Lines,
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

    fn with(options: Options, settles: bool) -> Self {
        let (words, lines) = (Words::new(options), Lines::new(options));
        Self { options, settles, words, restorer: None, lines, hygiene: None }
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
        if let Some(result) = self.align_around_arabic(text, Engine::default) {
            return result.into_text();
        }
        let mut result = self.run(text);
        for _ in 1..self.runs() {
            let Cow::Owned(text) = &result else { break };
            let Cow::Owned(next) = self.run(text) else { break };
            result = Cow::Owned(next);
        }
        if result == text { Cow::Borrowed(text) } else { result }
    }

    fn runs(&self) -> usize {
        if self.settles { MAX_RUNS } else { 1 }
    }

    /// All rules, once.
    fn run<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.restorer.is_some() {
            return self.run_aligned(text, Engine::default).into_text();
        }
        let first = self.run_pass(Pass::Words, text);
        if self.lines.is_none() {
            return first;
        }
        match first {
            Cow::Borrowed(text) => self.run_pass(Pass::Lines, text),
            Cow::Owned(between) => {
                let second = match self.run_pass(Pass::Lines, &between) {
                    Cow::Borrowed(_) => None,
                    Cow::Owned(second) => Some(second),
                };
                let result = second.unwrap_or(between);
                // The second pass may have taken back what the first did: ر, ڕ at the beginning of a word, and ر again.
                if result == text { Cow::Borrowed(text) } else { Cow::Owned(result) }
            }
        }
    }

    fn run_pass<'t>(&self, pass: Pass, text: &'t str) -> Cow<'t, str> {
        let mut sink = Buffer { original: text, clean: 0, out: None };
        self.drive_pass(pass, text, &mut Engine::default(), &mut sink);
        sink.out.map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn drive_pass(&self, pass: Pass, text: &str, engine: &mut Engine, sink: &mut impl Sink) {
        match (pass, &self.lines) {
            (Pass::Words, _) => self.words.drive(text, engine, sink),
            (Pass::Lines, Some(lines)) => lines.drive(text, engine, sink),
            (Pass::Lines, None) => sink.clean(text),
        }
    }

    /// All rules, once, with the way back; `engine` says whether it notes the rules.
    fn run_aligned<'t>(&self, text: &'t str, engine: fn() -> Engine) -> Normalized<'t> {
        let first = self.run_pass_aligned(Pass::Words, text, engine());
        let first = self.restore(first, engine().traces());
        if self.lines.is_none() {
            return first;
        }
        first.then(|text| self.run_pass_aligned(Pass::Lines, text, engine()))
    }

    fn run_pass_aligned<'t>(&self, pass: Pass, text: &'t str, mut engine: Engine) -> Normalized<'t> {
        let traces = engine.traces();
        let buffer = Buffer { original: text, clean: 0, out: None };
        let mut sink = Aligner { buffer, edits: Vec::new(), traces };
        self.drive_pass(pass, text, &mut engine, &mut sink);
        let Aligner { buffer, edits, .. } = sink;
        Normalized::new(text, buffer.out.map_or(Cow::Borrowed(text), Cow::Owned), edits)
    }

    /// What the lexicon decides, where it is asked.
    fn restore<'t>(&self, standard: Normalized<'t>, traces: bool) -> Normalized<'t> {
        let Some(restorer) = &self.restorer else { return standard };
        let restored = {
            let is_foreign = |span: Span| {
                let original = standard.to_original(span).slice(standard.original()).unwrap_or_default();
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

    /// All rules, until nothing changes, with the way back.
    fn align<'t>(&self, text: &'t str, engine: fn() -> Engine) -> Normalized<'t> {
        let mut result = self.run_aligned(text, engine);
        for _ in 1..self.runs() {
            if matches!(result.as_cow(), Cow::Borrowed(_)) {
                break;
            }
            let (text, edits) = self.run_aligned(result.text(), engine).into_parts();
            if text == result.text() {
                break;
            }
            result = result.followed_by(text, &edits);
        }
        result
    }

    /// The same around vocalised Arabic, where that is protected.
    fn align_around_arabic<'t>(&self, text: &'t str, engine: fn() -> Engine) -> Option<Normalized<'t>> {
        let hygiene = self.hygiene.as_ref()?;
        let clean = hygiene.align(text, engine);
        // The rest of the text gets all rules after those of `minimal` even where there is none: a line does not depend
        // on Arabic in another.
        let spans = protect::vocalised_arabic(clean.text(), rules::rules());
        Some(clean.then(|text| protect::around(text, &spans, |text| self.align(text, engine))))
    }

    /// Writes the normalized text to `out`, for example to a `String` that is used again and again.
    ///
    /// With the rules of [`Profile::Minimal`] and [`Profile::Standard`] nothing is kept but the word that changes; with
    /// others it holds the whole result before it writes it.
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
        if self.settles || self.lines.is_some() || self.hygiene.is_some() {
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
        if self.hygiene.is_some() {
            return matches!(self.normalize(text), Cow::Borrowed(_));
        }
        self.is_settled(text)
    }

    /// Whether all rules, run once, leave `text` as it is.
    fn is_settled(&self, text: &str) -> bool {
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
        if self.restorer.is_some() {
            return matches!(self.run(text), Cow::Borrowed(_));
        }
        let leaves = |pass| {
            let mut sink = Unchanged(true);
            self.drive_pass(pass, text, &mut Engine::default(), &mut sink);
            sink.0
        };
        if leaves(Pass::Words) {
            return self.lines.is_none() || leaves(Pass::Lines);
        }
        // What the first pass does the second may take back.
        self.lines.is_some() && matches!(self.run(text), Cow::Borrowed(_))
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
        self.align_all(text, Engine::default)
    }

    fn align_all<'t>(&self, text: &'t str, engine: fn() -> Engine) -> Normalized<'t> {
        self.align_around_arabic(text, engine).unwrap_or_else(|| self.align(text, engine))
    }

    /// Normalizes `text` but for the bytes of `protected`, which stay exactly as they are: quotations in other
    /// languages, code, names of files.
    ///
    /// To the rest of the text a protected part is one character that is no letter: a word ends before it, and a blank
    /// beside it is not at the end of the line. The parts need not be in order. What lies beyond the end of the text is
    /// cut off, a part that begins or ends inside a character has all of it, parts that overlap or touch are one, and
    /// empty ones protect nothing. Offsets inside a part lead to the same place in the original.
    ///
    /// Where the parts stand in the result [`to_normalized`](Normalized::to_normalized) tells; with them protected,
    /// normalizing the result changes nothing more unless one of them ends inside a word.
    ///
    /// ```
    /// use sorani::{Normalizer, Span};
    ///
    /// let text = "ب\u{0647}\u{200C} عەرەب\u{0649}: عل\u{0649} بن أب\u{064A} طالب";
    /// let quotation = text.find(": ").map(|at| Span::new(at + 2, text.len()));
    /// let normalized = Normalizer::new().normalize_protecting(text, quotation.as_slice());
    /// assert_eq!(normalized.text(), "بە عەرەبی: عل\u{0649} بن أب\u{064A} طالب");
    /// ```
    pub fn normalize_protecting<'t>(&self, text: &'t str, protected: &[Span]) -> Normalized<'t> {
        let protected = protect::in_order(text, protected);
        protect::around(text, &protected, |text| self.normalize_aligned(text))
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
        self.align_all(text, Engine::tracing)
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
