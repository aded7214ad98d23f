//! Cutting a word into tokens: the words that are written on to it, and its morphs.

use once_cell::sync::Lazy;

use super::search::{Path, Reading, Word};
use super::{Cursor, Engine};
use crate::embedded;
use crate::key::encode;
use crate::table::{TableError, TableReader};

/// Readings that cost more prove nothing, in hundredths.
const MAX_PROOF: u16 = 450;

/// A word that is written on to others.
#[derive(Debug)]
struct Proclitic {
    codes: Vec<u8>,
    /// Letters that the other word has at least.
    letters: usize,
}

/// `data/tokenize/proclitics.tsv`.
#[derive(Debug)]
struct Proclitics {
    before: Vec<Proclitic>,
    after: Vec<Proclitic>,
}

static PROCLITICS: Lazy<Proclitics> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Proclitics::read().expect("the embedded table of proclitics is well formed")
});

impl Proclitics {
    fn read() -> Result<Self, TableError> {
        let mut this = Self { before: Vec::new(), after: Vec::new() };
        let columns = ["form", "side", "letters"];
        for row in TableReader::new("tokenize/proclitics.tsv", embedded::PROCLITICS.as_bytes(), &columns)? {
            let row = row?;
            let letters = row.get("letters").parse().map_err(|_| row.bad("letters", "is not a number"))?;
            let proclitic = Proclitic { codes: encode(row.get("form")), letters };
            match row.get("side") {
                "before" => this.before.push(proclitic),
                "after" => this.after.push(proclitic),
                _ => return Err(row.bad("side", "is neither before nor after")),
            }
        }
        Ok(this)
    }
}

impl<D: AsRef<[u8]>> Engine<D> {
    /// Tells `piece` where each piece of the word ends, in codes, and whether it is an affix.
    pub(crate) fn pieces(&self, word: &Word, proclitics: bool, morphemes: bool, piece: &mut impl FnMut(usize, bool)) {
        let codes = word.codes();
        let (start, end) = if proclitics { self.proclitics(codes) } else { (0, codes.len()) };
        if start > 0 {
            piece(start, false);
        }
        let middle = codes.get(start..end).unwrap_or_default();
        match self.explain(middle, u16::MAX).filter(|_| morphemes) {
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
    fn proclitics(&self, codes: &[u8]) -> (usize, usize) {
        let whole = (0, codes.len());
        if codes.len() <= 3 || self.explain(codes, u16::MAX).is_some() {
            return whole;
        }
        let proves = |from: usize, to: usize, least: usize| {
            to >= from + least && codes.get(from..to).is_some_and(|rest| self.explain(rest, MAX_PROOF).is_some())
        };
        let ends = PROCLITICS.after.iter().filter(|proclitic| codes.ends_with(&proclitic.codes));
        let ends = || ends.clone().map(|proclitic| (codes.len() - proclitic.codes.len(), proclitic.letters));
        let starts = PROCLITICS.before.iter().filter(|proclitic| codes.starts_with(&proclitic.codes));
        let starts = || starts.clone().map(|proclitic| (proclitic.codes.len(), proclitic.letters));
        let after = ends().find(|&(end, letters)| proves(0, end, letters)).map(|(end, _)| (0, end));
        let before = || starts().find(|&(start, letters)| proves(start, codes.len(), letters));
        let both = || {
            let pairs = starts().flat_map(|start| ends().map(move |end| (start, end)));
            let mut proven = pairs.filter(|&((start, a), (end, b))| proves(start, end, a.max(b)));
            proven.next().map(|((start, _), (end, _))| (start, end))
        };
        after.or_else(|| before().map(|(start, _)| (start, codes.len()))).or_else(both).unwrap_or(whole)
    }

    /// The best reading of some codes by lexicon and grammar alone, where it costs at most `limit`.
    fn explain<'a>(&'a self, codes: &[u8], limit: u16) -> Option<Reading<'a>> {
        let mut best: Option<Reading<'a>> = None;
        let root = Cursor::root(self.lexicon.fst());
        let visit = |reading: &Reading<'a>, limit: &mut u16| {
            if best.as_ref().is_none_or(|best| reading.rank() < best.rank()) {
                *limit = reading.path.cost;
                best = Some(*reading);
            }
        };
        let mut search = self.search(codes, visit);
        search.limit = limit;
        search.lexical(root, 0, 0, None, Path::new(0));
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
}
