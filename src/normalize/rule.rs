//! The rules by name, and sets of them.

use std::fmt;
use std::str::FromStr;

use super::Profile;

/// One rule of normalization, which can be switched on and off by itself.
///
/// The variants are in the order in which the rules run. `data/normalize/rules.tsv` describes each with an example and
/// its source; its [`id`](Self::id) is the one that the tables of `data/normalize/` and the reports of changes use.
///
/// ```
/// use sorani::{Normalizer, Rule};
///
/// let normalizer = Normalizer::builder().rule(Rule::InitialReh, false).build();
/// assert_eq!(normalizer.normalize("رۆژ\u{0649}"), "رۆژی");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// M1: every kind of line end becomes a line feed.
    LineEnds,
    /// M2: controls go, but for tab and line feed.
    Controls,
    /// M3: every kind of blank becomes a space, one for one.
    Spaces,
    /// M4: direction marks, soft hyphens and other characters that nobody sees go.
    Invisible,
    /// M5: presentation forms and ligatures become letters.
    PresentationForms,
    /// M6: joiners that join nothing go.
    StrayJoiners,
    /// M7: canonical composition (NFC).
    Composition,
    /// S1: a base letter and a visible mark become the Kurdish letter: ر and a small v are ڕ.
    MarkedLetters,
    /// S2: vowel signs that converters of old fonts left on a letter are read as part of it.
    LegacyMarks,
    /// S3: vowel signs go.
    VowelSigns,
    /// S4: letters of other keyboards: ك, ي, ى, ة and the rest.
    Letters,
    /// S5a: the conjunction و that a non-joiner ties to the word before it gets a space.
    TiedConjunction,
    /// S5: ه and a non-joiner become ە; tatweel and other joiners go.
    Joiners,
    /// S6a: لآ and a final لأ become ڵا and ڵ.
    LamAlef,
    /// S6: آ becomes ئا at the beginning of a word and ا elsewhere.
    AlefMadda,
    /// S7: ه at the end of a word becomes ە where it is the vowel.
    FinalHeh,
    /// S8: ر at the beginning of a word becomes ڕ.
    InitialReh,
    /// S8a: وو at the beginning of a word becomes و before a consonant.
    InitialWaw,
    /// S9: one system of digits.
    Digits,
    /// L1: letters that the keyboard lacked, where the lexicon knows the word with them and the line bears it out.
    MissingLetters,
    /// L2: وو and یی where the lexicon has them.
    DoubledLetters,
    /// L3: words that were broken by ه and a space for the vowel are put together.
    BrokenWords,
    /// L4: the conjunction و and prepositions that are written on to a word get a space.
    WrittenOnWords,
}

/// Each rule with its id, its name on a command line and the lowest profile that it belongs to.
const TABLE: [(Rule, &str, &str, Profile); 23] = [
    (Rule::LineEnds, "M1", "line-ends", Profile::Minimal),
    (Rule::Controls, "M2", "controls", Profile::Minimal),
    (Rule::Spaces, "M3", "spaces", Profile::Minimal),
    (Rule::Invisible, "M4", "invisible", Profile::Minimal),
    (Rule::PresentationForms, "M5", "presentation-forms", Profile::Minimal),
    (Rule::StrayJoiners, "M6", "stray-joiners", Profile::Minimal),
    (Rule::Composition, "M7", "composition", Profile::Minimal),
    (Rule::MarkedLetters, "S1", "marked-letters", Profile::Standard),
    (Rule::LegacyMarks, "S2", "legacy-marks", Profile::Standard),
    (Rule::VowelSigns, "S3", "vowel-signs", Profile::Standard),
    (Rule::Letters, "S4", "letters", Profile::Standard),
    (Rule::TiedConjunction, "S5a", "tied-conjunction", Profile::Standard),
    (Rule::Joiners, "S5", "joiners", Profile::Standard),
    (Rule::LamAlef, "S6a", "lam-alef", Profile::Standard),
    (Rule::AlefMadda, "S6", "alef-madda", Profile::Standard),
    (Rule::FinalHeh, "S7", "final-heh", Profile::Standard),
    (Rule::InitialReh, "S8", "initial-reh", Profile::Standard),
    (Rule::InitialWaw, "S8a", "initial-waw", Profile::Standard),
    (Rule::Digits, "S9", "digits", Profile::Standard),
    (Rule::MissingLetters, "L1", "missing-letters", Profile::Restored),
    (Rule::DoubledLetters, "L2", "doubled-letters", Profile::Restored),
    (Rule::BrokenWords, "L3", "broken-words", Profile::Restored),
    (Rule::WrittenOnWords, "L4", "written-on-words", Profile::Restored),
];

impl Rule {
    /// All rules, in the order in which they run.
    ///
    /// ```
    /// use sorani::Rule;
    /// assert_eq!(Rule::all().next(), Some(Rule::LineEnds));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        TABLE.iter().map(|&(rule, ..)| rule)
    }

    fn row(self) -> Option<&'static (Self, &'static str, &'static str, Profile)> {
        TABLE.get(self as usize)
    }

    /// The id of the rule in the tables: a letter for the profile, and a number.
    ///
    /// ```
    /// assert_eq!(sorani::Rule::FinalHeh.id(), "S7");
    /// ```
    pub fn id(self) -> &'static str {
        self.row().map_or("", |&(_, id, ..)| id)
    }

    /// The name of the rule, as a command line would take it.
    ///
    /// ```
    /// assert_eq!(sorani::Rule::FinalHeh.name(), "final-heh");
    /// ```
    pub fn name(self) -> &'static str {
        self.row().map_or("", |&(_, _, name, _)| name)
    }

    pub(super) fn profile(self) -> Profile {
        self.row().map_or_else(Profile::default, |&(.., profile)| profile)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// The text is neither the id nor the name of a rule.
///
/// ```
/// assert!("S99".parse::<sorani::Rule>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the id or the name of a rule of normalization")]
pub struct ParseRuleError(());

impl FromStr for Rule {
    type Err = ParseRuleError;

    /// Reads an id or a name.
    fn from_str(text: &str) -> Result<Self, ParseRuleError> {
        let found = TABLE.iter().find(|&&(_, id, name, _)| id == text || name == text);
        found.map(|&(rule, ..)| rule).ok_or(ParseRuleError(()))
    }
}

/// A set of rules.
///
/// ```
/// use sorani::{Profile, Rule};
///
/// let rules = Profile::Standard.rules();
/// assert!(rules.contains(Rule::Letters));
/// assert!(!Profile::Minimal.rules().contains(Rule::Letters));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RuleSet(u64);

impl RuleSet {
    /// The set without a rule.
    pub(super) const EMPTY: Self = Self(0);

    /// The rules of `profile`.
    pub(super) fn of(profile: Profile) -> Self {
        Rule::all().filter(|rule| profile.includes(rule.profile())).collect()
    }

    /// Whether the set holds `rule`.
    ///
    /// ```
    /// use sorani::{Profile, Rule};
    /// assert!(Profile::Minimal.rules().contains(Rule::Composition));
    /// ```
    pub const fn contains(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u32 != 0
    }

    /// Whether the set holds no rule.
    ///
    /// ```
    /// assert!(!sorani::Profile::Minimal.rules().is_empty());
    /// ```
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules of the set, in the order in which they run.
    ///
    /// ```
    /// use sorani::{Profile, Rule};
    /// assert_eq!(Profile::Minimal.rules().iter().last(), Some(Rule::Composition));
    /// ```
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::all().filter(move |&rule| self.contains(rule))
    }

    /// The set with `rule` in it, or not in it.
    pub(super) const fn with(self, rule: Rule, on: bool) -> Self {
        let bit = 1 << rule as u32;
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }

    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<Rule> for RuleSet {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        rules.into_iter().fold(Self::EMPTY, |set, rule| set.with(rule, true))
    }
}

/// Writes the ids, joined by `+`.
impl fmt::Display for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.iter().map(Rule::id).collect();
        f.pad(&ids.join("+"))
    }
}

impl fmt::Debug for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_variants_and_reads_back() {
        for (at, (rule, id, name, _)) in TABLE.iter().enumerate() {
            assert_eq!(*rule as usize, at);
            assert_eq!((rule.id(), rule.name()), (*id, *name));
            assert_eq!((id.parse(), name.parse()), (Ok(*rule), Ok(*rule)));
        }
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let set: RuleSet = [Rule::FinalHeh, Rule::Letters].into_iter().collect();
        assert_eq!(set.to_string(), "S4+S7");
        assert_eq!(set.with(Rule::Letters, false).iter().collect::<Vec<_>>(), [Rule::FinalHeh]);
        assert!(RuleSet::EMPTY.is_empty() && !set.is_empty());
    }
}
