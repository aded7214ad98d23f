//! How a word may stand in a noun phrase: what of it belongs to a name, and whether the phrase may go on behind it.

use super::search::{Path, Reading, Word};
use super::{Cursor, Engine};
use crate::key::code_of;
use crate::lexicon::{LexiconEntry, PartOfSpeech};
use crate::morph::Place;

/// What a reading may cost more than the cheapest of its word to count, in hundredths.
const MARGIN: u16 = 150;

/// A word as a part of a noun phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct InPhrase {
    pub(crate) pos: PartOfSpeech,
    /// Bytes of the word that are the noun or adjective itself, with a plural or definite ending.
    pub(crate) end: usize,
    /// Whether it may carry the ezafe, so that the phrase goes on.
    pub(crate) goes_on: bool,
    /// Whether it has the ending of the indefinite or the definite singular: one of many, or one that was spoken of, and
    /// no name.
    pub(crate) single: bool,
}

/// What the lexicon and the grammar make of a word that might be part of a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// A noun or an adjective.
    Nominal(InPhrase),
    /// Another word: a verb, a word of the grammar.
    Other,
    /// Not in the lexicon, or a name there; without what is written on to it, it ends at this byte.
    Unknown { end: usize },
}

const WAW: u8 = code_of('و');
/// Letters that a word has at least before what is cut from its end.
const MIN_BEFORE_WAW: usize = 3;
/// What is cut from the end of a word that is not in the lexicon.
const POSTPOSITIONS: [&[u8]; 4] = [
    &[code_of('د'), code_of('ا')],
    &[code_of('ی'), code_of('ش')],
    &[code_of('ە'), code_of('و'), code_of('ە')],
    &[code_of('ی'), code_of('ا'), code_of('ن')],
];

/// Tags of morphs that are written on to a phrase and are no part of a name.
const CUT: [&str; 7] = ["EZ", "ADD", "LINK", "DEM", "POST.", "PM.", "COP."];

impl<D: AsRef<[u8]>> Engine<D> {
    /// How `word` may stand in a noun phrase; names are not told from unknown words.
    pub(crate) fn standing(&self, word: &Word) -> Standing {
        let mut cheapest = None;
        let mut best: Option<(u16, InPhrase)> = None;
        let mut ezafe: Option<u16> = None;
        let visit = |reading: &Reading<'_>, _: &[u8], _: &mut u16| {
            let Some(entry) = reading.entry.filter(|entry| entry.pos != PartOfSpeech::ProperNoun) else { return };
            let cost = reading.path.cost;
            cheapest = Some(cheapest.map_or(cost, |least: u16| least.min(cost)));
            let pos = self.pos(&entry, &reading.path);
            if !matches!(pos, PartOfSpeech::Noun | PartOfSpeech::Adjective) {
                return;
            }
            let tags = |at: usize| {
                let placed = reading.path.morphs().get(at)?;
                self.grammar.morph(placed.morph).map(|morph| morph.tags.as_str())
            };
            let count = reading.path.morphs().len();
            let is_cut = |tags: &str| CUT.iter().any(|cut| tags.starts_with(cut));
            let cut = (0..count).find(|&at| tags(at).is_some_and(is_cut));
            let whole = word.offset(word.codes().len());
            let end = cut.and_then(|at| reading.path.morphs().get(at));
            let end = end.map_or(whole, |placed| word.offset(usize::from(placed.start)));
            let single = (0..count).any(|at| tags(at).is_some_and(|tags| tags.starts_with("INDF") || tags == "DEF"));
            if count > 0 && tags(count - 1) == Some("EZ") {
                ezafe = Some(ezafe.map_or(cost, |least: u16| least.min(cost)));
            }
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, InPhrase { pos, end, goes_on: false, single }));
            }
        };
        let root = Cursor::root(self.lexicon.fst());
        self.search(&self.written(word.codes()), visit).lexical(root, 0, Place::default(), None, Path::new(0));
        let Some(cheapest) = cheapest else { return self.standing_of_unknown(word) };
        let near = |cost: u16| cost <= cheapest.saturating_add(MARGIN);
        match best {
            Some((cost, phrase)) if near(cost) => {
                // The ezafe after ی is often not written.
                let bare = phrase.end == word.offset(word.codes().len());
                let silent = bare && word.codes().last() == Some(&code_of('ی'));
                Standing::Nominal(InPhrase { goes_on: silent || ezafe.is_some_and(near), ..phrase })
            }
            _ => Standing::Other,
        }
    }
}

impl<D: AsRef<[u8]>> Engine<D> {
    /// What follows a preposition of the grammar that the word begins with.
    pub(crate) fn behind_preposition<'t>(&self, word: &'t str) -> Option<&'t str> {
        self.grammar.prepositions.iter().find_map(|preposition| word.strip_prefix(preposition.as_str()))
    }

    /// A word that the lexicon does not know may still be seen to be no name: it has a preposition or the conjunction
    /// written on to it, looks like a verb, or has an ending that makes a noun definite or indefinite.
    fn standing_of_unknown(&self, word: &Word) -> Standing {
        let codes = word.codes();
        // In another spelling, or behind a preposition.
        let name = |entry: Option<LexiconEntry<'_>>| entry.is_some_and(|entry| entry.pos == PartOfSpeech::ProperNoun);
        let read = self.best(word).is_some_and(|(best, respelled)| {
            !name(best.entry) || respelled.is_none() && best.path.known().first().is_some_and(|known| known.start > 0)
        });
        let joined = || {
            let rest = codes.strip_suffix(&[WAW]).filter(|rest| rest.len() >= MIN_BEFORE_WAW);
            rest.and_then(|_| word.part(0, codes.len() - 1)).is_some_and(|rest| self.ordinary_cost(&rest).is_some())
        };
        let verb = || self.grammar.guess_frames.stem(codes).is_some();
        if read || joined() || verb() || self.guess_strong(&self.written(codes)).is_some() {
            return Standing::Other;
        }
        Standing::Unknown { end: name_end(word) }
    }
}

/// Where a word that the lexicon does not know ends as a name. Postpositions and یش are hard to mistake; ی may be the last
/// letter of the name.
pub(crate) fn name_end(word: &Word) -> usize {
    let codes = word.codes();
    let cut = POSTPOSITIONS.iter().find(|cut| codes.ends_with(cut) && codes.len() >= cut.len() + MIN_BEFORE_WAW);
    word.offset(codes.len() - cut.map_or(0, |cut| cut.len()))
}

#[cfg(test)]
#[cfg(feature = "compiled_data")]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn standing(word: &str) -> Standing {
        Analyzer::new().engine.standing(&Word::new(word).unwrap())
    }

    fn nominal(word: &str) -> (usize, bool, bool) {
        match standing(word) {
            Standing::Nominal(phrase) => (phrase.end, phrase.goes_on, phrase.single),
            other => panic!("{word}: {other:?}"),
        }
    }

    #[test]
    fn what_is_written_on_is_no_part_of_a_name() {
        let part =
            |word: &str, stem: &str, goes_on: bool| assert_eq!(nominal(word), (stem.len(), goes_on, false), "{word}");
        part("وەزارەت", "وەزارەت", false);
        part("وەزارەتی", "وەزارەت", true);
        part("وەزیرانیش", "وەزیران", false);
        part("یەکگرتووەکانەوە", "یەکگرتووەکان", false);
        part("دارایی", "دارایی", true);
    }

    #[test]
    fn one_of_many_is_no_name() {
        assert!(nominal("ئەنجومەنێک").2 && nominal("ئەنجومەنەکەی").2 && !nominal("ئەنجومەنەکان").2);
    }

    #[test]
    fn other_words_are_told_apart() {
        assert_eq!(standing("ڕایگەیاند"), Standing::Other);
        assert_eq!(standing("لە"), Standing::Other);
        assert_eq!(standing("کریپتۆنایتدا"), Standing::Unknown { end: "کریپتۆنایت".len() });
    }
}
