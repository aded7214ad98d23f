//! Which old font a text was typed for, by its letters.

use std::collections::{HashMap, HashSet};

use once_cell::sync::Lazy;

use super::legacy::{LegacyEncoding, encoding_of};
use crate::embedded;
use crate::letters;
use crate::table::{Row, TableError, TableReader};

/// So many words that only an old font explains make a text suspect: one may be two Arabic words without a space.
const SUSPECT_WORDS: usize = 2;

/// Encodings, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Set(u8);

impl Set {
    const fn with(self, encoding: LegacyEncoding) -> Self {
        Self(self.0 | 1 << encoding as u8)
    }

    const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

/// Where a letter speaks for an encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Clue {
    BetweenConsonants,
    WordFinal,
}

/// The table of signs.
#[derive(Debug, Default)]
struct Signs {
    /// The letters that make a text suspect, of which encodings, and in how many words one must be.
    joined: HashSet<char>,
    suspects: Set,
    joined_one_in: usize,
    /// The encodings in which a letter never occurs.
    absent: HashMap<char, Set>,
    vowels: HashSet<char>,
    clues: Vec<(LegacyEncoding, Clue, char, usize)>,
    otherwise: Option<LegacyEncoding>,
}

static SIGNS: Lazy<Signs> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Signs::read(embedded::DECODE_GUESS).expect("the embedded table of signs of old fonts is well formed")
});

/// The encoding of `text`, as far as its letters tell.
pub(super) fn guess(text: &str) -> Option<LegacyEncoding> {
    SIGNS.guess(text)
}

/// Words in the simplest sense: runs of letters with what stands on them or joins them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let part_of_word = |c| letters::is_letter(c) || letters::is_mark(c) || letters::is_joiner(c);
    text.split(move |c| !part_of_word(c)).filter(|word| word.contains(letters::is_letter))
}

/// Each character of a word with those beside it.
fn with_neighbours(word: &str) -> impl Iterator<Item = (Option<char>, char, Option<char>)> {
    let before = std::iter::once(None).chain(word.chars().map(Some));
    let after = word.chars().skip(1).map(Some).chain(std::iter::once(None));
    before.zip(word.chars()).zip(after).map(|((before, c), after)| (before, c, after))
}

impl Signs {
    fn read(text: &str) -> Result<Self, TableError> {
        let mut signs = Self::default();
        for row in TableReader::new("guess.tsv", text.as_bytes(), &["sign", "encoding", "letters", "one_in"])? {
            let row = row?;
            let letters = row.list("letters").map(|letter| one_letter(&row, letter)).collect::<Result<Vec<_>, _>>()?;
            let encodings = row.list("encoding").map(|name| encoding_of(&row, name)).collect::<Result<Vec<_>, _>>()?;
            let set = encodings.iter().fold(Set::default(), |set, &encoding| set.with(encoding));
            match row.get("sign") {
                "joined" => {
                    signs.joined.extend(letters);
                    signs.suspects = signs.suspects.union(set);
                    signs.joined_one_in = one_in(&row)?;
                }
                "absent" => {
                    for letter in letters {
                        let absent = signs.absent.entry(letter).or_default();
                        *absent = absent.union(set);
                    }
                }
                "vowel" => signs.vowels.extend(letters),
                "between-consonants" => signs.add_clue(&row, &encodings, Clue::BetweenConsonants, &letters)?,
                "word-final" => signs.add_clue(&row, &encodings, Clue::WordFinal, &letters)?,
                "otherwise" => signs.otherwise = encodings.first().copied(),
                _ => return Err(row.bad("sign", "is not a sign that is looked for")),
            }
        }
        Ok(signs)
    }

    fn add_clue(
        &mut self,
        row: &Row,
        encodings: &[LegacyEncoding],
        clue: Clue,
        letters: &[char],
    ) -> Result<(), TableError> {
        let one_in = one_in(row)?;
        for &encoding in encodings {
            self.clues.extend(letters.iter().map(|&letter| (encoding, clue, letter, one_in)));
        }
        Ok(())
    }

    fn guess(&self, text: &str) -> Option<LegacyEncoding> {
        let (mut count, mut suspect) = (0_usize, 0_usize);
        let mut ruled_out = Set::default();
        for word in words(text) {
            count += 1;
            let mut joined = false;
            for (_, c, after) in with_neighbours(word) {
                joined |= self.joined.contains(&c) && after.is_some_and(letters::is_letter);
                if let Some(&absent) = self.absent.get(&c) {
                    ruled_out = ruled_out.union(absent);
                }
            }
            if ruled_out.covers(self.suspects) {
                return None;
            }
            suspect += usize::from(joined);
        }
        if suspect < SUSPECT_WORDS || suspect.saturating_mul(self.joined_one_in) < count {
            return None;
        }
        let clues = self.clues.iter().filter_map(|&(encoding, clue, letter, one_in)| {
            let seen = self.count(text, clue, letter);
            (seen > 0 && seen.saturating_mul(one_in) >= count).then_some((seen, encoding))
        });
        let best = clues.max_by_key(|&(seen, _)| seen).map(|(_, encoding)| encoding).or(self.otherwise)?;
        (!ruled_out.covers(Set::default().with(best))).then_some(best)
    }

    /// How often `letter` was seen where it is a clue.
    fn count(&self, text: &str, clue: Clue, letter: char) -> usize {
        let consonant = |c: Option<char>| c.is_some_and(|c| letters::is_letter(c) && !self.vowels.contains(&c));
        match clue {
            Clue::BetweenConsonants => words(text)
                .flat_map(with_neighbours)
                .filter(|&(before, c, after)| c == letter && consonant(before) && consonant(after))
                .count(),
            Clue::WordFinal => {
                let last = words(text).filter(|word| word.ends_with(letter)).count();
                let first = words(text).filter(|word| word.starts_with(letter)).count();
                last.saturating_sub(first)
            }
        }
    }
}

fn one_letter(row: &Row, value: &str) -> Result<char, TableError> {
    let mut chars = value.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if letters::is_letter(c) => Ok(c),
        _ => Err(row.bad_value("letters", value, "is not one letter")),
    }
}

fn one_in(row: &Row) -> Result<usize, TableError> {
    row.get("one_in").parse().map_err(|_| row.bad("one_in", "is not a number of words"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        let signs = Signs::read(embedded::DECODE_GUESS).unwrap();
        assert_eq!(signs.clues.len(), 2);
        assert_eq!(signs.otherwise, Some(LegacyEncoding::AliK));
        assert!(signs.absent[&'ێ'].covers(signs.suspects) && !signs.absent[&'گ'].covers(signs.suspects));
    }

    #[test]
    fn bad_rows_are_refused_by_line() {
        let error =
            |row: &str| Signs::read(&format!("sign\tencoding\tletters\tone_in\n{row}\n")).unwrap_err().to_string();
        assert_eq!(
            error("odd\tali-k\tة\t"),
            "guess.tsv, line 2: `odd` in column `sign` is not a sign that is looked for"
        );
        assert_eq!(error("vowel\t\tاو\t"), "guess.tsv, line 2: `او` in column `letters` is not one letter");
        assert_eq!(
            error("vowel\talik\tا\t"),
            "guess.tsv, line 2: `alik` in column `encoding` is not a legacy encoding"
        );
        assert_eq!(error("joined\tali-k\tة\t"), "guess.tsv, line 2: `` in column `one_in` is not a number of words");
    }

    #[test]
    fn one_suspect_word_is_not_enough_nor_are_few_in_a_long_text() {
        assert_eq!(guess("كوردةكان"), None);
        assert_eq!(guess("كوردةكان كوردةكان"), Some(LegacyEncoding::AliK));
        let long = "ذهب الطالب إلى المدرسة ".repeat(20) + "المدرسةالجديدة المدرسةالقديمة";
        assert_eq!(guess(&long), None);
    }

    #[test]
    fn a_letter_that_the_encoding_lacks_rules_it_out() {
        assert_eq!(guess("كوردةكان كوردةكان ڵ"), None);
        assert_eq!(guess("كوردةكان كوردةكان چ"), None);
        // Dylan is known to lack ڤ alone of the letters with three dots.
        assert_eq!(guess("كوردةكان كوردةكانث چ"), Some(LegacyEncoding::Dylan));
    }
}
