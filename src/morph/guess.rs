//! Words that no lexicon knows: what can be cut from them without much risk.
//!
//! The steps are tried in order, and the first that applies decides; words of fewer than four letters are left alone.

use super::grammar::Steps;
use super::outcome::{Kind, Outcome};
use super::search::{Path, Place, Reading, Word, Written};
use super::sound::SoundClass;
use super::{Cursor, Engine, bare};
use crate::key::code_of;
use crate::lexicon::SLOT_SIMPLE;

/// Letters that a word must have before anything is cut from it.
const MIN_LETTERS: usize = 4;
/// Light verbs with which any noun or adjective may make a verb.
pub(super) const OPEN_VERBS: [&str; 2] = ["کردن", "کردنەوە"];
/// The letter that all their stems begin with: a test holds it against the lexicon.
const OPEN_STEM: u8 = code_of('ک');

impl<D: AsRef<[u8]>> Engine<D> {
    /// What can be cut from a word that lexicon and grammar do not explain.
    pub(super) fn guess(&self, word: &Word) -> Outcome {
        let codes = word.codes();
        let written = self.written(codes);
        let part = |start: usize, end: usize| Outcome::part(word.offset(start), word.offset(end));
        if codes.len() < MIN_LETTERS {
            return part(0, codes.len());
        }
        if let Some((verb, at)) = self.guess_compound(&written) {
            return Outcome::new(Kind::Compound(verb), 0, word.offset(at));
        }
        if let Some(stem) = self.grammar.guess_frames.stem(codes) {
            return part(stem.start, stem.end);
        }
        part(0, self.guess_strong(&written).unwrap_or_else(|| self.grammar.weak_endings.cut(codes)))
    }

    /// A compound of an unknown word and one of [`OPEN_VERBS`], in any form: مەحکوومکران. Gives the verb and where it
    /// begins.
    fn guess_compound(&self, word: &Written<'_>) -> Option<(u8, usize)> {
        let codes = word.codes;
        let root = Cursor::root(self.lexicon.fst()).step(self.lexicon.fst(), SLOT_SIMPLE)?;
        let mut best: Option<(u16, usize, u8)> = None;
        let last = codes.iter().rposition(|&code| code == OPEN_STEM)?;
        for (at, &code) in codes.iter().enumerate().take(last + 1).skip(2) {
            // What is written between the parts of a verb, or the stem.
            let class = SoundClass::of(codes.get(..at).unwrap_or_default());
            let between = |steps: &Steps| !steps.before(Some(code)).1.is_empty();
            if code != OPEN_STEM && !self.grammar.steps(self.part, class).is_some_and(between) {
                continue;
            }
            let visit = |reading: &Reading<'_>, _: &[u8], _: &mut u16| {
                let Some(entry) = reading.entry else { return };
                let Some((verb, _)) = (0..).zip(OPEN_VERBS).find(|(_, lemma)| *lemma == entry.lemma()) else { return };
                // A postverbal ەوە makes it the other verb.
                let again = self.has_morph(&reading.path, |name| name.starts_with("POSTV") && name != "POSTV.PTCP");
                if again != entry.postverb {
                    return;
                }
                // A bare present stem may be the end of any word.
                let stem = self.grammar.stem_tags(reading.path.stem_class.unwrap_or(0));
                let present = stem.ends_with("PRS");
                if present && !self.has_morph(&reading.path, |name| matches!(name, "IPFV" | "NEG.NA")) {
                    return;
                }
                let pronoun = self.has_morph(&reading.path, |name| name.starts_with("PM."));
                let infinitive = self.has_morph(&reading.path, |name| name == "INF" || name == "PTCP");
                // Only an active past has its actor in a pronoun.
                let complete = pronoun || infinitive || stem != "PST";
                // What may be a prefix of the verb is hardly the end of the word before it.
                let prefix = self.has_morph(&reading.path, |name| matches!(name, "IPFV" | "NEG.NA" | "NEG.NE"));
                let cost = reading.path.cost + if complete { 0 } else { 50 } + if prefix { 0 } else { 10 };
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, at, verb));
                }
            };
            self.search(word, visit).slot(root, Place::same(at), self.part, Path::new(0));
        }
        best.map(|(_, at, verb)| (verb, at))
    }

    /// A definite or indefinite ending with all that follows it; the shortest rest.
    pub(super) fn guess_strong(&self, word: &Written<'_>) -> Option<usize> {
        let codes = word.codes;
        (2..codes.len()).find(|&at| {
            if !word.is_open(at, self.free) {
                return false;
            }
            let mut strong = false;
            let visit = |reading: &Reading<'_>, _: &[u8], _: &mut u16| {
                let name = |at: usize| {
                    let placed = reading.path.morphs().get(at)?;
                    self.grammar.morph(placed.morph).map(|morph| morph.name.as_str())
                };
                let after_plural = name(0) == Some("PL") && name(1) == Some("INDF");
                let kaf = reading.path.morphs().first().and_then(|placed| codes.get(usize::from(placed.start)));
                let short = kaf == Some(&code_of('ک'));
                let enough = match name(0) {
                    Some("DEF" | "DEF.PL") => at >= if short { 3 } else { 2 },
                    Some("INDF") => at >= 3,
                    _ => after_plural && at >= 3,
                };
                strong |= enough;
            };
            if let Some(reading) = bare(0, at, 0) {
                self.search(word, visit).ending(self.free, Place::same(at), None, &reading);
            }
            strong
        })
    }
}

#[cfg(test)]
#[cfg(feature = "compiled_data")]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn stems_of_the_open_verbs_begin_with_one_letter() {
        for verb in OPEN_VERBS {
            let keys = Lexicon::embedded().keys_of(verb);
            assert!(!keys.is_empty(), "{verb}");
            let mut simple = keys.iter().filter_map(|key| key.strip_prefix(&[SLOT_SIMPLE]));
            assert!(simple.all(|stem| stem.first() == Some(&OPEN_STEM)), "{verb}");
        }
    }
}
