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
    /// L2: وو and یی where the lexicon has them, and و for وو where it has that; in a line with letters of another
    /// keyboard.
    DoubledLetters,
    /// L3: words that were broken by ه and a space for the vowel are put together, in a line with letters of another
    /// keyboard.
    BrokenWords,
    /// L4: the conjunction و and prepositions that are written on to a word get a space, in a line with letters of
    /// another keyboard.
    WrittenOnWords,
    /// N1: decimal and thousands marks and the percent sign follow the digits beside them. In no profile.
    NumberMarks,
    /// E1: tabs and runs of spaces become one space; the ends of a line lose theirs.
    Blanks,
    /// E2: doubled brackets become quotation marks.
    DoubledBrackets,
    /// E3: comma, semicolon and question mark of Latin script become Arabic ones after a letter.
    ArabicPunctuation,
    /// E4: repeated marks become one, three full stops an ellipsis.
    RepeatedPunctuation,
    /// E5: no space before a mark, one space after it.
    SpaceAtPunctuation,
    /// E6: one space before an opening bracket, none after it.
    SpaceAtBrackets,
    /// F1: joiners and non-joiners go.
    FoldJoiners,
    /// F2: small letters without accents, in Latin and other scripts that have capitals.
    FoldCase,
    /// F3: letters on which keyboards and habits differ become one: ڕ and ر, ێ and ی.
    FoldLetters,
    /// F4: وو, یی and other doubled vowels become one.
    FoldLongVowels,
    /// F5: three or more of any letter but و and ی become one.
    FoldRepeated,
    /// F6: numbers in ASCII digits without thousands marks.
    FoldNumbers,
    /// F7: ه at the end of a word becomes ە unless ا or ە stands before it.
    FoldFinalHeh,
    /// F8: dashes, quotation marks and the ellipsis become those of ASCII.
    FoldPunctuation,
    /// F9: tabs and runs of spaces become one space; the ends of a line lose theirs.
    FoldBlanks,
}

/// Id, name on a command line, and the lowest profile that a rule belongs to.
type Row = (Rule, &'static str, &'static str, Option<Profile>);

/// Every rule, in the order of the variants.
const TABLE: [Row; 39] = [
    (Rule::LineEnds, "M1", "line-ends", Some(Profile::Minimal)),
    (Rule::Controls, "M2", "controls", Some(Profile::Minimal)),
    (Rule::Spaces, "M3", "spaces", Some(Profile::Minimal)),
    (Rule::Invisible, "M4", "invisible", Some(Profile::Minimal)),
    (Rule::PresentationForms, "M5", "presentation-forms", Some(Profile::Minimal)),
    (Rule::StrayJoiners, "M6", "stray-joiners", Some(Profile::Minimal)),
    (Rule::Composition, "M7", "composition", Some(Profile::Minimal)),
    (Rule::MarkedLetters, "S1", "marked-letters", Some(Profile::Standard)),
    (Rule::LegacyMarks, "S2", "legacy-marks", Some(Profile::Standard)),
    (Rule::VowelSigns, "S3", "vowel-signs", Some(Profile::Standard)),
    (Rule::Letters, "S4", "letters", Some(Profile::Standard)),
    (Rule::TiedConjunction, "S5a", "tied-conjunction", Some(Profile::Standard)),
    (Rule::Joiners, "S5", "joiners", Some(Profile::Standard)),
    (Rule::LamAlef, "S6a", "lam-alef", Some(Profile::Standard)),
    (Rule::AlefMadda, "S6", "alef-madda", Some(Profile::Standard)),
    (Rule::FinalHeh, "S7", "final-heh", Some(Profile::Standard)),
    (Rule::InitialReh, "S8", "initial-reh", Some(Profile::Standard)),
    (Rule::InitialWaw, "S8a", "initial-waw", Some(Profile::Standard)),
    (Rule::Digits, "S9", "digits", Some(Profile::Standard)),
    (Rule::MissingLetters, "L1", "missing-letters", Some(Profile::Restored)),
    (Rule::DoubledLetters, "L2", "doubled-letters", Some(Profile::Restored)),
    (Rule::BrokenWords, "L3", "broken-words", Some(Profile::Restored)),
    (Rule::WrittenOnWords, "L4", "written-on-words", Some(Profile::Restored)),
    (Rule::NumberMarks, "N1", "number-marks", None),
    (Rule::Blanks, "E1", "blanks", Some(Profile::Editorial)),
    (Rule::DoubledBrackets, "E2", "doubled-brackets", Some(Profile::Editorial)),
    (Rule::ArabicPunctuation, "E3", "arabic-punctuation", Some(Profile::Editorial)),
    (Rule::RepeatedPunctuation, "E4", "repeated-punctuation", Some(Profile::Editorial)),
    (Rule::SpaceAtPunctuation, "E5", "space-at-punctuation", Some(Profile::Editorial)),
    (Rule::SpaceAtBrackets, "E6", "space-at-brackets", Some(Profile::Editorial)),
    (Rule::FoldJoiners, "F1", "fold-joiners", Some(Profile::Search)),
    (Rule::FoldCase, "F2", "fold-case", Some(Profile::Search)),
    (Rule::FoldLetters, "F3", "fold-letters", Some(Profile::Search)),
    (Rule::FoldLongVowels, "F4", "fold-long-vowels", Some(Profile::Search)),
    (Rule::FoldRepeated, "F5", "fold-repeated", Some(Profile::Search)),
    (Rule::FoldNumbers, "F6", "fold-numbers", Some(Profile::Search)),
    (Rule::FoldFinalHeh, "F7", "fold-final-heh", Some(Profile::Search)),
    (Rule::FoldPunctuation, "F8", "fold-punctuation", Some(Profile::Search)),
    (Rule::FoldBlanks, "F9", "fold-blanks", Some(Profile::Search)),
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

    fn row(self) -> Option<&'static Row> {
        TABLE.get(self as usize)
    }

    /// The id of the rule in the tables: a letter for the profile, or N where it is in none, and a number.
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

    /// The lowest profile that the rule belongs to, if it belongs to any.
    pub(super) fn profile(self) -> Option<Profile> {
        self.row().and_then(|&(.., profile)| profile)
    }

    /// Whether the rule belongs to the second pass, which goes line by line.
    pub(super) fn looks_at_lines(self) -> bool {
        matches!(self.profile(), Some(Profile::Editorial | Profile::Search) | None)
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
        Rule::all().filter(|rule| rule.profile().is_some_and(|lowest| profile.includes(lowest))).collect()
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
