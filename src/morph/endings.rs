//! Endings that are cut without a lexicon: the mechanism that unknown words and the light stemmer share, each with a
//! table of its own.

use std::ops::Range;

use super::grammar::{rows, sound_class};
use super::sound::SoundClass;
use crate::embedded;
use crate::key::{encode, letter_index};
use crate::table::{Row, TableError};

/// One ending.
#[derive(Clone, Debug)]
struct Ending {
    codes: Vec<u8>,
    /// Its last codes as a number, and which bits of the number are codes of it: most endings fail by one comparison.
    tail: u64,
    mask: u64,
    /// Codes of the ending that stay with the word.
    keep: usize,
    /// Classes of sound in which the rest may end; none means all.
    classes: Vec<SoundClass>,
    /// Letters that the rest has at least.
    letters: usize,
    times: usize,
}

impl Ending {
    /// Where the word ends without the ending, as often as it may be cut.
    fn cut(&self, word: &[u8]) -> Option<usize> {
        let mut end = None;
        for _ in 0..self.times {
            let word = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
            let Some(rest) = word.strip_suffix(self.codes.as_slice()) else { break };
            let fits = || self.classes.is_empty() || self.classes.contains(&SoundClass::of(rest));
            if rest.len() < self.letters || !fits() {
                break;
            }
            end = Some(rest.len() + self.keep);
        }
        end
    }
}

/// The last eight codes, the last one lowest.
fn tail(codes: &[u8]) -> u64 {
    let start = codes.len().saturating_sub(8);
    codes.iter().skip(start).fold(0, |tail, &code| tail << 8 | u64::from(code))
}

/// The endings of which one is cut before those of the next step are looked at.
#[derive(Debug, Default)]
struct Step {
    number: u8,
    endings: Vec<Ending>,
    /// One bit for each letter that one of them ends in: most words end in none of them.
    last: u64,
}

/// A table of endings.
#[derive(Debug, Default)]
pub(super) struct Endings {
    steps: Vec<Step>,
}

impl Endings {
    /// Reads a table with the columns of `data/morph/weak_endings.tsv`.
    pub(super) fn read(name: &str, text: &str) -> Result<Self, TableError> {
        let mut this = Self::default();
        for row in rows(name, text, &["step", "ending", "keep", "class", "letters", "times"])? {
            let ending = Self::ending(&row)?;
            let last = ending.codes.last().and_then(|&code| letter_index(code));
            let last = last.ok_or_else(|| row.bad("ending", "does not end in a letter"))?;
            for number in row.list("step") {
                let number = number.parse().map_err(|_| row.bad_value("step", number, "is not a number"))?;
                let at = this.steps.partition_point(|step| step.number < number);
                if this.steps.get(at).is_none_or(|step| step.number != number) {
                    this.steps.insert(at, Step { number, ..Step::default() });
                }
                if let Some(step) = this.steps.get_mut(at) {
                    step.last |= 1 << last;
                    step.endings.push(ending.clone());
                }
            }
        }
        Ok(this)
    }

    fn ending(row: &Row) -> Result<Ending, TableError> {
        let number = |column: &str| row.get(column).parse().map_err(|_| row.bad(column, "is not a number"));
        let classes = row.list("class").map(|class| sound_class(row, class)).collect::<Result<Vec<_>, _>>()?;
        if !row.get("ending").starts_with(row.get("keep")) {
            return Err(row.bad("keep", "is not the beginning of the ending"));
        }
        let codes = encode(row.get("ending"));
        Ok(Ending {
            tail: tail(&codes),
            mask: tail(&vec![0xFF; codes.len()]),
            codes,
            keep: encode(row.get("keep")).len(),
            classes: classes.into_iter().flatten().collect(),
            letters: number("letters")?,
            times: number("times")?,
        })
    }

    /// Where the word ends without what can be cut from it. Allocates nothing; takes time linear in the word.
    pub(super) fn cut(&self, codes: &[u8]) -> usize {
        let mut end = codes.len();
        for step in &self.steps {
            let word = codes.get(..end).unwrap_or_default();
            let last = word.last().and_then(|&code| letter_index(code));
            if last.is_none_or(|last| step.last & (1 << last) == 0) {
                continue;
            }
            let tail = tail(word);
            let mut likely = step.endings.iter().filter(|ending| (ending.tail ^ tail) & ending.mask == 0);
            end = likely.find_map(|ending| ending.cut(word)).unwrap_or(end);
        }
        end
    }
}

/// `data/morph/guess_frames.tsv`: what stands before and behind the stem in forms of a verb that are hard to mistake.
#[derive(Debug, Default)]
pub(super) struct VerbFrames(Vec<(Vec<u8>, Vec<u8>)>);

impl VerbFrames {
    pub(super) fn read() -> Result<Self, TableError> {
        let rows = rows("guess_frames.tsv", embedded::MORPH_GUESS_FRAMES, &["prefix", "ending"])?;
        Ok(Self(rows.iter().map(|row| (encode(row.get("prefix")), encode(row.get("ending")))).collect()))
    }

    /// The stem between a prefix and an ending: دەچەقێنێت.
    pub(super) fn stem(&self, codes: &[u8]) -> Option<Range<usize>> {
        self.0.iter().find_map(|(prefix, ending)| {
            let stem = codes.strip_prefix(prefix.as_slice())?.strip_suffix(ending.as_slice())?;
            let vowel = stem.first().is_some_and(|&first| SoundClass::of(&[first]) != SoundClass::C);
            (stem.len() >= 2 && !vowel).then_some(prefix.len()..prefix.len() + stem.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(table: &str, word: &str) -> String {
        let endings = Endings::read("endings.tsv", table).unwrap();
        let codes = encode(word);
        crate::key::decode(&codes[..endings.cut(&codes)])
    }

    const HEADER: &str = "step\tending\tkeep\tclass\tletters\ttimes\n";

    #[test]
    fn the_first_ending_of_a_step_that_fits_is_cut() {
        let table = format!("{HEADER}1\tەوە\t\tC\t3\t1\n1\tوە\t\tA;E;O\t3\t1\n2\tەکە\t\t*\t2\t1\n");
        assert_eq!(cut(&table, "گوندەوە"), "گوند");
        assert_eq!(cut(&table, "چراوە"), "چرا");
        assert_eq!(cut(&table, "گوندەکەوە"), "گوندەک", "ک is a consonant");
        assert_eq!(cut(&table, "مەوە"), "مەوە", "too short");
    }

    #[test]
    fn what_is_kept_ends_the_step_and_an_ending_may_come_twice() {
        let table = format!("{HEADER}1\tستان\tستان\t*\t2\t1\n1;3\tان\t\t*\t2\t1\n2\tی\t\t*\t3\t2\n");
        assert_eq!(cut(&table, "گوڵستان"), "گوڵست", "the third step has no such guard");
        assert_eq!(cut(&table, "جوتیارانیی"), "جوتیار");
        assert_eq!(cut(&table, "شادیی"), "شاد");
    }

    #[test]
    fn a_long_ending_is_compared_whole() {
        let table = format!("{HEADER}1\tئەوەندەکانیش\t\t*\t2\t1\n");
        assert_eq!(cut(&table, "گوندئەوەندەکانیش"), "گوند");
        assert_eq!(cut(&table, "گوندیەوەندەکانیش"), "گوندیەوەندەکانیش");
        assert_eq!(cut(&table, "کانیش"), "کانیش");
    }

    #[test]
    fn a_bad_table_is_refused() {
        for row in ["x\tی\t\t*\t3\t1", "1\tی\tا\t*\t3\t1", "1\tی\t\tQ\t3\t1", "1\tی\t\t*\tx\t1", "1\t\t\t*\t3\t1"]
        {
            assert!(Endings::read("endings.tsv", &format!("{HEADER}{row}\n")).is_err(), "{row}");
        }
    }
}
