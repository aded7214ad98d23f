//! Words that no lexicon knows: what can be cut from them without much risk.
//!
//! The steps are tried in order, and the first that applies decides; words of fewer than four letters are left alone.

use std::borrow::Cow;

use super::search::{Path, Place, Reading, Word};
use super::sound::SoundClass;
use super::{Cursor, Engine, bare};
use crate::lexicon::SLOT_SIMPLE;

/// Letters that a word must have before anything is cut from it.
const MIN_LETTERS: usize = 4;
/// Light verbs with which any noun or adjective may make a verb.
const OPEN_VERBS: [&str; 2] = ["کردن", "کردنەوە"];

impl<D: AsRef<[u8]>> Engine<D> {
    /// The stem of a word that lexicon and grammar do not explain. Borrows but for the infinitive of a compound verb.
    pub(super) fn guess<'a>(&self, text: &'a str, word: &Word) -> Cow<'a, str> {
        let codes = word.codes();
        if codes.len() < MIN_LETTERS {
            return Cow::Borrowed(text);
        }
        if let Some(stem) = self.guess_compound(text, word) {
            return Cow::Owned(stem);
        }
        let range = self.guess_verb(codes).unwrap_or_else(|| {
            let end = self.guess_strong(codes).unwrap_or_else(|| self.guess_weak(codes));
            0..end
        });
        let range = word.offset(range.start)..word.offset(range.end);
        Cow::Borrowed(text.get(range).filter(|stem| !stem.is_empty()).unwrap_or(text))
    }

    /// A compound of an unknown word and کردن, in any form: مەحکوومکران.
    fn guess_compound(&self, text: &str, word: &Word) -> Option<String> {
        let codes = word.codes();
        let root = Cursor::root(self.lexicon.fst()).step(self.lexicon.fst(), SLOT_SIMPLE)?;
        let mut best: Option<(u16, usize, &str)> = None;
        for at in 2..codes.len() {
            let visit = |reading: &Reading<'_>, _: &[u8], _: &mut u16| {
                let Some(entry) = reading.entry else { return };
                let Some(&lemma) = OPEN_VERBS.iter().find(|lemma| **lemma == entry.lemma) else { return };
                // A postverbal ەوە makes it the other verb.
                let again = self.has_morph(&reading.path, |name| name.starts_with("POSTV") && name != "POSTV.PTCP");
                if again != (lemma == "کردنەوە") {
                    return;
                }
                // A bare present stem may be the end of any word.
                let present = self.grammar.stem_tags(reading.path.stem_class.unwrap_or(0)).ends_with("PRS");
                if present && !self.has_morph(&reading.path, |name| matches!(name, "IPFV" | "NEG.NA")) {
                    return;
                }
                let pronoun = self.has_morph(&reading.path, |name| name.starts_with("PM."));
                let infinitive = self.has_morph(&reading.path, |name| name == "INF" || name == "PTCP");
                let cost = reading.path.cost + if pronoun || infinitive || present { 0 } else { 50 };
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, at, lemma));
                }
            };
            self.search(codes, visit).slot(root, Place::same(at), self.part, Path::new(0));
        }
        let (_, at, lemma) = best?;
        Some(format!("{}{lemma}", text.get(..word.offset(at))?))
    }

    /// A verb between a prefix and an ending: دەچەقێنێت.
    fn guess_verb(&self, codes: &[u8]) -> Option<std::ops::Range<usize>> {
        self.grammar.guess_frames.iter().find_map(|(prefix, ending)| {
            let stem = codes.strip_prefix(prefix.as_slice())?.strip_suffix(ending.as_slice())?;
            let vowel = stem.first().is_some_and(|&first| SoundClass::of(&[first]) != SoundClass::C);
            (stem.len() >= 2 && !vowel).then_some(prefix.len()..prefix.len() + stem.len())
        })
    }

    /// A definite or indefinite ending with all that follows it; the shortest rest.
    fn guess_strong(&self, codes: &[u8]) -> Option<usize> {
        (2..codes.len()).find(|&at| {
            let mut strong = false;
            let visit = |reading: &Reading<'_>, _: &[u8], _: &mut u16| {
                let name = |at: usize| {
                    let placed = reading.path.morphs().get(at)?;
                    self.grammar.morph(placed.morph).map(|morph| morph.name.as_str())
                };
                let after_plural = name(0) == Some("PL") && name(1) == Some("INDF");
                let kaf = reading.path.morphs().first().and_then(|placed| codes.get(usize::from(placed.start)));
                let short = kaf == Some(&crate::key::code_of('ک'));
                let enough = match name(0) {
                    Some("DEF" | "DEF.PL") => at >= if short { 3 } else { 2 },
                    Some("INDF") => at >= 3,
                    _ => after_plural && at >= 3,
                };
                strong |= enough;
            };
            if let Some(reading) = bare(0, at, 0) {
                self.search(codes, visit).ending(self.free, Place::same(at), None, &reading);
            }
            strong
        })
    }

    /// The endings of `data/morph/weak_endings.tsv`: where the rest ends.
    fn guess_weak(&self, codes: &[u8]) -> usize {
        let mut end = codes.len();
        let mut done = 0;
        for weak in &self.grammar.weak_endings {
            if weak.step == done {
                continue;
            }
            for _ in 0..weak.times {
                let word = codes.get(..end).unwrap_or_default();
                let Some(rest) = word.strip_suffix(weak.ending.as_slice()) else { break };
                let kept = rest.len() + weak.keep;
                let fits = weak.classes.is_empty() || weak.classes.contains(&SoundClass::of(rest));
                if rest.len() < weak.letters || !fits {
                    break;
                }
                end = kept;
                done = weak.step;
            }
        }
        end
    }
}
