//! Cutting a word into tokens: the words that are written on to it, and its morphs.

use std::collections::HashSet;

use once_cell::{sync, unsync};

use super::search::{MAX_CODES, Path, Place, Reading, Word, Written};
use super::{Cursor, Engine};
use crate::embedded;
use crate::key::{code_of, encode};
use crate::lexicon::PartOfSpeech;
use crate::table::{TableError, TableReader};

const WAW: u8 = code_of('و');
const ALEF: u8 = code_of('ا');
const AE: u8 = code_of('ە');
/// Letters that the stem of a word behind a proclitic has at least.
const MIN_STEM: u8 = 3;
/// Readings that cost more prove nothing, in hundredths.
const MAX_PROOF: u16 = 450;

/// A word that is written on to others.
#[derive(Debug)]
struct Proclitic {
    codes: Vec<u8>,
    /// Letters that the other word has at least.
    letters: usize,
    /// The same of a word of the grammar: a pronoun, a numeral, an adverb.
    grammar_letters: usize,
    /// Whether the other word is nominal.
    nominal: bool,
}

/// `data/tokenize/proclitics.tsv`.
#[derive(Debug)]
struct Proclitics {
    before: Vec<Proclitic>,
    after: Vec<Proclitic>,
}

static PROCLITICS: sync::Lazy<Proclitics> = sync::Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Proclitics::read().expect("the embedded table of proclitics is well formed")
});

impl Proclitics {
    fn read() -> Result<Self, TableError> {
        let mut this = Self { before: Vec::new(), after: Vec::new() };
        let columns = ["form", "side", "letters", "grammar", "other"];
        for row in TableReader::new("tokenize/proclitics.tsv", embedded::PROCLITICS.as_bytes(), &columns)? {
            let row = row?;
            let letters = row.get("letters").parse().map_err(|_| row.bad("letters", "is not a number"))?;
            let grammar_letters = match row.get("grammar") {
                "" => letters,
                number => number.parse().map_err(|_| row.bad("grammar", "is not a number"))?,
            };
            let nominal = match row.get("other") {
                "nominal" => true,
                "any" => false,
                _ => return Err(row.bad("other", "is neither nominal nor any")),
            };
            let proclitic = Proclitic { codes: encode(row.get("form")), letters, grammar_letters, nominal };
            match row.get("side") {
                "before" => this.before.push(proclitic),
                "after" => this.after.push(proclitic),
                _ => return Err(row.bad("side", "is neither before nor after")),
            }
        }
        // بە before بەسەر, for that needs less of a word: بە سەرکەوتن; then the longest that leaves a word.
        this.before.sort_by_key(|proclitic| (proclitic.letters, std::cmp::Reverse(proclitic.codes.len())));
        Ok(this)
    }
}

/// Tags of morphs by what they tell of a و behind or before them: `data/tokenize/conjunction.tsv`.
#[derive(Debug, Default)]
struct Conjunction {
    part: HashSet<String>,
    part_after_consonant: HashSet<String>,
    closed: HashSet<String>,
    verb: HashSet<String>,
}

static CONJUNCTION: sync::Lazy<Conjunction> = sync::Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Conjunction::read().expect("the embedded table of the conjunction is well formed")
});

impl Conjunction {
    fn read() -> Result<Self, TableError> {
        let mut this = Self::default();
        let columns = ["tag", "effect"];
        for row in TableReader::new("tokenize/conjunction.tsv", embedded::CONJUNCTION.as_bytes(), &columns)? {
            let row = row?;
            let tags = match row.get("effect") {
                "part" => &mut this.part,
                "part_after_consonant" => &mut this.part_after_consonant,
                "closed" => &mut this.closed,
                "verb" => &mut this.verb,
                _ => return Err(row.bad("effect", "is none of part, part_after_consonant, closed, verb")),
            };
            tags.insert(row.get("tag").to_owned());
        }
        Ok(this)
    }
}

/// What follows a word.
#[derive(Clone, Debug)]
pub(crate) enum Following {
    /// The text ends, or a mark stands there.
    Nothing,
    /// A number, or a word that is not in Arabic script or too long to be read.
    Other,
    /// A word.
    Word(Word),
}

impl Following {
    /// Whether a conjunction can join the word `before` to what follows: it needs something to join, and in جۆراو جۆر
    /// it is part of one word that is the same twice.
    fn is_joined_to(&self, before: &[u8]) -> bool {
        match self {
            Self::Nothing => false,
            Self::Other => true,
            Self::Word(next) => {
                let twice = before.strip_suffix(&[ALEF]).filter(|stem| stem.len() > 1);
                twice.is_none_or(|stem| !next.codes().starts_with(stem))
            }
        }
    }
}

impl<D: AsRef<[u8]>> Engine<D> {
    /// Tells `piece` where each piece of the word ends, in codes, and whether it is an affix.
    ///
    /// `next` finds what follows, where words that are written on are to be parted too.
    pub(crate) fn pieces(
        &self,
        word: &Word,
        next: Option<&dyn Fn() -> Following>,
        morphemes: bool,
        piece: &mut impl FnMut(usize, bool),
    ) {
        let codes = word.codes();
        let (start, end) = next.map_or((0, codes.len()), |next| self.proclitics(word, next));
        if start > 0 {
            piece(start, false);
        }
        let middle = codes.get(start..end).unwrap_or_default();
        match self.explain(&self.written(middle), u16::MAX).filter(|_| morphemes) {
            Some(reading) => {
                let mut ends: [(u8, bool); super::MAX_PIECES] = [(0, false); super::MAX_PIECES];
                let known = reading.path.known().iter().map(|known| (known.end, false));
                let morphs = reading.path.morphs().iter().map(|placed| (placed.end, placed.end > placed.start));
                let mut len = 0;
                for (slot, found) in ends.iter_mut().zip(known.chain(morphs)) {
                    *slot = found;
                    len += 1;
                }
                let ends = ends.get_mut(..len).unwrap_or_default();
                ends.sort_unstable();
                let mut last = 0;
                for &(at, affix) in ends.iter().filter(|(at, _)| *at > 0) {
                    if at > last {
                        piece(start + usize::from(at), affix);
                        last = at;
                    }
                }
            }
            None => piece(end, false),
        }
        if end < codes.len() {
            piece(codes.len(), false);
        }
    }

    /// Where the word proper begins and ends: the whole of it, unless the lexicon knows it only without a word that is
    /// written on to it.
    fn proclitics(&self, word: &Word, next: &dyn Fn() -> Following) -> (usize, usize) {
        let codes = word.codes();
        let whole = (0, codes.len());
        // The first part of a compound verb is a word of its own where the verb is written apart: بەکار دەهێنێت.
        if codes.len() <= 3 || self.is_explained(word, u16::MAX) || self.lexicon.is_part_of_verb(codes) {
            return whole;
        }
        // Few words end in what may be a conjunction: only they have to know what follows.
        let next = unsync::Lazy::new(next);
        let before_verb = unsync::Lazy::new(|| self.is_finite(&next));
        // What the word before or after is like decides whether something may be cut from it.
        let proves = |from: usize, to: usize, before: Option<&Proclitic>, after: Option<&Proclitic>| {
            let both = || before.into_iter().chain(after);
            let least = both().map(|proclitic| proclitic.letters).max().unwrap_or(0);
            let least_of_grammar = both().map(|proclitic| proclitic.grammar_letters).max().unwrap_or(0);
            let nominal = before.is_some_and(|proclitic| proclitic.nominal);
            let stem = |reading: &Reading<'_>| reading.path.known().last().map_or(0, |known| known.end - known.start);
            let wanted = |reading: &Reading<'_>| {
                (to >= from + least || self.is_of_grammar(reading))
                    && (before.is_none() || reading.path.stem_class.is_some() || stem(reading) >= MIN_STEM)
                    && (!nominal || self.is_nominal(reading))
                    && !(after.is_some()
                        && (self.may_go_on(codes.get(from..to).unwrap_or_default(), reading)
                            || self.may_be_owned(reading) && *before_verb))
            };
            let rest = word.part(from, to).filter(|_| to >= from + least_of_grammar);
            rest.is_some_and(|rest| {
                let explains = |word: &Written<'_>| self.explain(word, MAX_PROOF).is_some_and(|found| wanted(&found));
                let written = self.written(rest.codes());
                match self.explain(&written, MAX_PROOF) {
                    Some(reading) => wanted(&reading),
                    None => self.respelled(&rest, &written, MAX_CODES, explains).is_some(),
                }
            })
        };
        let starts = || PROCLITICS.before.iter().filter(|proclitic| codes.starts_with(&proclitic.codes));
        let written_on = || PROCLITICS.after.iter().filter(|after| codes.ends_with(&after.codes));
        let joins = |after: &&Proclitic| codes.strip_suffix(&*after.codes).is_some_and(|word| next.is_joined_to(word));
        let ends = || written_on().filter(joins);
        let start = |proclitic: &Proclitic| proclitic.codes.len();
        let end = |proclitic: &Proclitic| codes.len() - proclitic.codes.len();
        let after = ends().find(|after| proves(0, end(after), None, Some(after))).map(|after| (0, end(after)));
        // Where the lexicon knows the word without what may be و, it has nothing cut off in front.
        let known = |after: &Proclitic| word.part(0, end(after)).is_some_and(|rest| self.is_explained(&rest, u16::MAX));
        let before = || {
            let open = !written_on().any(known);
            starts().find(|before| open && proves(start(before), codes.len(), Some(before), None))
        };
        let both = || {
            let mut pairs = starts().flat_map(|before| ends().map(move |after| (before, after)));
            let proven = pairs.find(|(before, after)| {
                start(before) < end(after)
                    && !known(after)
                    && proves(start(before), end(after), Some(before), Some(after))
            });
            proven.map(|(before, after)| (start(before), end(after)))
        };
        after.or_else(|| before().map(|before| (start(before), codes.len()))).or_else(both).unwrap_or(whole)
    }

    /// Whether a finite verb follows, with a prefix that no participle has. A conjunction joins it to a clause, which
    /// ends in a verb of its own as a rule; و behind a noun is rather "your" of some dialects there: دەستو خۆش بێ.
    fn is_finite(&self, next: &Following) -> bool {
        let Following::Word(next) = next else { return false };
        self.explain(&self.written(next.codes()), MAX_PROOF).is_some_and(|reading| {
            let mut tags = reading.path.morphs().iter().filter_map(|placed| self.grammar.morph(placed.morph));
            tags.any(|morph| CONJUNCTION.verb.contains(&morph.tags))
        })
    }

    /// Whether the word is nominal and may have a pronoun behind it: it does not end in a copula or postposition.
    fn may_be_owned(&self, reading: &Reading<'_>) -> bool {
        let last = reading.path.morphs().last().and_then(|placed| self.grammar.morph(placed.morph));
        self.is_nominal(reading) && last.is_none_or(|morph| !CONJUNCTION.closed.contains(&morph.tags))
    }

    /// Whether the word is a word of the grammar, of which there are few.
    fn is_of_grammar(&self, reading: &Reading<'_>) -> bool {
        use PartOfSpeech::{Adposition, Adverb, Determiner, Numeral, Particle, Pronoun};
        reading.entry.is_some_and(|entry| {
            let pos = self.pos(&entry, &reading.path);
            matches!(pos, Adposition | Adverb | Determiner | Numeral | Particle | Pronoun)
        })
    }

    /// Whether a simple preposition may stand before the word: it is no finite verb and no particle.
    fn is_nominal(&self, reading: &Reading<'_>) -> bool {
        use PartOfSpeech::{Adjective, Adverb, Determiner, Noun, Numeral, Pronoun, ProperNoun};
        reading.entry.is_some_and(|entry| {
            matches!(
                self.pos(&entry, &reading.path),
                Noun | ProperNoun | Adjective | Adverb | Numeral | Pronoun | Determiner
            )
        })
    }

    /// Whether the و behind the word may be a part of it after all: of وو, or of ەوە as some dialects write it (ماڵەو),
    /// where the ە is no letter of the stem and no ending of a verb.
    fn may_go_on(&self, codes: &[u8], reading: &Reading<'_>) -> bool {
        let heard = reading.path.morphs().last().filter(|placed| placed.end > placed.start);
        let last = heard.and_then(|placed| self.grammar.morph(placed.morph));
        let before_last = codes.split_last().and_then(|(_, before)| before.last());
        let after_consonant = before_last.is_some_and(|&code| code != code_of('ی') && code != WAW);
        let doubtful = last.is_some_and(|morph| {
            CONJUNCTION.part.contains(&morph.tags)
                || after_consonant && CONJUNCTION.part_after_consonant.contains(&morph.tags)
        });
        match codes.last() {
            Some(&WAW) => reading.path.cost > 0,
            Some(&AE) => doubtful,
            _ => false,
        }
    }

    /// Whether lexicon and grammar explain the word, or another spelling of it.
    fn is_explained(&self, word: &Word, limit: u16) -> bool {
        let explains = |word: &Written<'_>| self.explain(word, limit).is_some();
        let written = self.written(word.codes());
        explains(&written) || self.respelled(word, &written, MAX_CODES, explains).is_some()
    }

    /// The best reading of some codes by lexicon and grammar alone, where it costs at most `limit`.
    fn explain<'a>(&'a self, word: &Written<'_>, limit: u16) -> Option<Reading<'a>> {
        let mut best: Option<Reading<'a>> = None;
        let root = Cursor::root(self.lexicon.fst());
        let visit = |reading: &Reading<'a>, _: &[u8], limit: &mut u16| {
            if best.as_ref().is_none_or(|best| reading.rank() < best.rank()) {
                *limit = reading.path.cost;
                best = Some(*reading);
            }
        };
        let mut search = self.search(word, visit);
        search.limit = limit;
        search.lexical(root, 0, Place::default(), None, Path::new(0));
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        let proclitics = Proclitics::read().unwrap();
        assert!(proclitics.before.len() >= 3 && proclitics.after.len() == 1);
    }

    #[test]
    fn the_tags_of_the_conjunction_are_tags_of_morphs() {
        let Conjunction { part, part_after_consonant, closed, verb } = Conjunction::read().unwrap();
        let columns = ["tag"];
        let tags = TableReader::new("morph/tags.tsv", embedded::MORPH_TAGS.as_bytes(), &columns).unwrap();
        let tags: HashSet<String> = tags.map(|row| row.unwrap().get("tag").to_owned()).collect();
        for set in [part, part_after_consonant, closed, verb] {
            assert!(!set.is_empty() && set.is_subset(&tags), "{set:?}");
        }
    }
}
