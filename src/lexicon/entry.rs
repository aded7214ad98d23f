//! What a lexicon says of a word.

use std::fmt;
use std::str::FromStr;

/// Part of speech, with the names of Universal Dependencies.
///
/// ```
/// use sorani::PartOfSpeech;
///
/// assert_eq!("NOUN".parse(), Ok(PartOfSpeech::Noun));
/// assert_eq!(PartOfSpeech::ProperNoun.to_string(), "PROPN");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum PartOfSpeech {
    /// Common noun.
    Noun,
    /// Name.
    ProperNoun,
    /// Adjective.
    Adjective,
    /// Adverb.
    Adverb,
    /// Verb.
    Verb,
    /// Numeral.
    Numeral,
    /// Pronoun.
    Pronoun,
    /// Determiner.
    Determiner,
    /// Preposition, postposition.
    Adposition,
    /// Coordinating conjunction.
    Conjunction,
    /// Subordinating conjunction.
    Subordinator,
    /// Particle.
    Particle,
    /// Interjection.
    Interjection,
}

/// Every part of speech and its name; the order is part of the format of compiled data.
const NAMES: [(PartOfSpeech, &str); 13] = [
    (PartOfSpeech::Noun, "NOUN"),
    (PartOfSpeech::ProperNoun, "PROPN"),
    (PartOfSpeech::Adjective, "ADJ"),
    (PartOfSpeech::Adverb, "ADV"),
    (PartOfSpeech::Verb, "VERB"),
    (PartOfSpeech::Numeral, "NUM"),
    (PartOfSpeech::Pronoun, "PRON"),
    (PartOfSpeech::Determiner, "DET"),
    (PartOfSpeech::Adposition, "ADP"),
    (PartOfSpeech::Conjunction, "CCONJ"),
    (PartOfSpeech::Subordinator, "SCONJ"),
    (PartOfSpeech::Particle, "PART"),
    (PartOfSpeech::Interjection, "INTJ"),
];

impl PartOfSpeech {
    /// The tag of Universal Dependencies.
    ///
    /// ```
    /// assert_eq!(sorani::PartOfSpeech::Adposition.as_str(), "ADP");
    /// ```
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(pos, _)| *pos == self).map_or("X", |(_, name)| name)
    }

    pub(crate) fn code(self) -> u8 {
        let at = NAMES.iter().position(|(pos, _)| *pos == self);
        at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
    }

    pub(crate) fn from_code(code: u8) -> Option<Self> {
        NAMES.get(usize::from(code)).map(|(pos, _)| *pos)
    }
}

impl fmt::Display for PartOfSpeech {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not the name of a part of speech.
///
/// ```
/// use sorani::PartOfSpeech;
/// let error = "NOMEN".parse::<PartOfSpeech>().unwrap_err();
/// assert_eq!(error.to_string(), "not a part of speech of Universal Dependencies");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a part of speech of Universal Dependencies")]
pub struct ParsePartOfSpeechError(());

impl FromStr for PartOfSpeech {
    type Err = ParsePartOfSpeechError;

    fn from_str(text: &str) -> Result<Self, ParsePartOfSpeechError> {
        let found = NAMES.iter().find(|(_, name)| *name == text);
        found.map(|(pos, _)| *pos).ok_or(ParsePartOfSpeechError(()))
    }
}

/// An entry of a lexicon, as [`Lexicon::lookup`](crate::Lexicon::lookup) gives it.
///
/// ```
/// use sorani::{LexiconBuilder, PartOfSpeech};
///
/// let lexicon = LexiconBuilder::new().insert("کتێب", PartOfSpeech::Noun)?.build()?;
/// let entry = lexicon.lookup("کتێب").next().ok_or("not found")?;
/// assert_eq!((entry.lemma(), entry.pos()), ("کتێب", PartOfSpeech::Noun));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LexiconEntry<'a> {
    /// Read as text only where it is asked for: most entries that a search meets are never told.
    pub(super) lemma: &'a [u8],
    pub(crate) pos: PartOfSpeech,
    /// The number of its record.
    pub(crate) record: u32,
    /// The continuation state or the class of verb stem, by its index in the lexicon's list of names.
    pub(crate) class: u8,
    /// Whether the lemma ends in the verbal ەوە.
    pub(crate) postverb: bool,
}

impl<'a> LexiconEntry<'a> {
    /// The dictionary form.
    ///
    /// ```
    /// # use sorani::{LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new().insert("گەورە", PartOfSpeech::Adjective)?.build()?;
    /// assert_eq!(lexicon.lookup("گەورە").next().map(|entry| entry.lemma()), Some("گەورە"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn lemma(&self) -> &'a str {
        match std::str::from_utf8(self.lemma) {
            Ok(lemma) => lemma,
            // No lexicon that loads has such a lemma.
            Err(_) => "",
        }
    }

    /// The part of speech.
    ///
    /// ```
    /// # use sorani::{LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new().insert("گەورە", PartOfSpeech::Adjective)?.build()?;
    /// assert_eq!(lexicon.lookup("گەورە").next().map(|entry| entry.pos()), Some(PartOfSpeech::Adjective));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn pos(&self) -> PartOfSpeech {
        self.pos
    }

    /// The lemma of the second of two words that are fused into one: of ئەم in لەم.
    pub(crate) fn second_lemma(&self) -> Option<&'a str> {
        self.lemma().split_once('+').map(|(_, second)| second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_go_both_ways() {
        for (pos, name) in NAMES {
            assert_eq!(PartOfSpeech::from_code(pos.code()), Some(pos));
            assert_eq!(name.parse(), Ok(pos));
            assert_eq!(pos.as_str(), name);
        }
        assert_eq!(PartOfSpeech::from_code(99), None);
    }
}
