//! What a written letter may have been meant as: the table `data/normalize/confusions.tsv`.

use once_cell::sync::Lazy;

use crate::embedded;
use crate::key::encode;
use crate::normalize::Rule;
use crate::table::{TableError, TableReader};

/// Where in a word a confusion may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Where {
    Any,
    Initial,
    /// At the beginning, before a letter that may be a vowel.
    Vowel,
    /// After ئ that was left out at the beginning.
    Second,
    /// Not at the beginning.
    Late,
    Inside,
    /// After ا, ە, ۆ or ێ.
    AfterVowel,
    /// After the same letter, which stands after a consonant, or after two ی, and is not the last.
    Double,
}

/// In which text a confusion is thought of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum When {
    /// Only where the text never has the letter.
    Absent,
    /// The written letter belongs to no Kurdish word.
    Foreign,
    Always,
}

/// A letter and what it is written as.
#[derive(Debug)]
pub(super) struct Confusion {
    pub(super) rule: Rule,
    /// The code of the letter that was meant.
    pub(super) letter: u8,
    /// The codes that stand there; none where the letter is left out.
    pub(super) written: Vec<u8>,
    pub(super) place: Where,
    pub(super) when: When,
    pub(super) cost: u16,
    /// Letters in a thousand of running text that are this one.
    pub(super) share: u32,
}

/// A set of confusions, by their place in the table.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct ConfusionSet(u64);

impl ConfusionSet {
    pub(super) const fn contains(self, at: usize) -> bool {
        self.0 & 1 << at != 0
    }

    pub(super) const fn insert(&mut self, at: usize) {
        self.0 |= 1 << at;
    }

    pub(super) const fn remove(&mut self, at: usize) {
        self.0 &= !(1 << at);
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Takes the first out.
    pub(super) const fn pop(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let at = self.0.trailing_zeros() as usize;
        self.remove(at);
        Some(at)
    }

    pub(super) fn iter(mut self) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || self.pop())
    }
}

/// The table, with an index by written and by meant letter.
#[derive(Debug)]
pub(super) struct Confusions {
    pub(super) all: Vec<Confusion>,
    /// For each code that may be written, the confusions that begin with it; at 0, those where a letter is left out.
    by_written: Vec<ConfusionSet>,
    /// For each code that may be meant, its confusions.
    by_letter: Vec<ConfusionSet>,
}

static CONFUSIONS: Lazy<Confusions> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Confusions::read().expect("the embedded table of confusions is well formed")
});

impl Confusions {
    pub(super) fn embedded() -> &'static Self {
        &CONFUSIONS
    }

    fn read() -> Result<Self, TableError> {
        let mut all = Vec::new();
        let (mut by_written, mut by_letter) = (vec![ConfusionSet::default(); 256], vec![ConfusionSet::default(); 256]);
        let columns = ["rule", "letter", "written", "where", "when", "cost", "share"];
        for row in TableReader::new("normalize/confusions.tsv", embedded::CONFUSIONS.as_bytes(), &columns)? {
            let row = row?;
            let rule = row.get("rule").parse().map_err(|_| row.bad("rule", "is not the id of a rule"))?;
            let place = match row.get("where") {
                "any" => Where::Any,
                "initial" => Where::Initial,
                "vowel" => Where::Vowel,
                "second" => Where::Second,
                "late" => Where::Late,
                "inside" => Where::Inside,
                "after_vowel" => Where::AfterVowel,
                "double" => Where::Double,
                _ => {
                    return Err(
                        row.bad("where", "is none of any, initial, vowel, second, late, inside, after_vowel, double")
                    );
                }
            };
            let when = match row.get("when") {
                "absent" => When::Absent,
                "foreign" => When::Foreign,
                "always" => When::Always,
                _ => return Err(row.bad("when", "is none of absent, foreign, always")),
            };
            let &[letter] = encode(row.get("letter")).as_slice() else {
                return Err(row.bad("letter", "is not one letter"));
            };
            let cost = row.get("cost").parse().map_err(|_| row.bad("cost", "is not a number"))?;
            let share = match row.get("share") {
                "" => 0,
                share => share.parse().map_err(|_| row.bad("share", "is not a number"))?,
            };
            let written = encode(row.get("written"));
            if all.len() == 64 {
                return Err(row.bad("letter", "is one row too many: the table holds 64"));
            }
            let first = written.first().map_or(0, |&code| usize::from(code));
            for set in [by_written.get_mut(first), by_letter.get_mut(usize::from(letter))].into_iter().flatten() {
                set.insert(all.len());
            }
            all.push(Confusion { rule, letter, written, place, when, cost, share });
        }
        Ok(Self { all, by_written, by_letter })
    }

    /// The confusions whose written form begins with `code`.
    pub(super) fn written_as(&self, code: u8) -> ConfusionSet {
        self.by_written.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// The confusions that leave a letter out.
    pub(super) fn left_out(&self) -> ConfusionSet {
        self.written_as(0)
    }

    /// The confusions that the letter of `code` may be hidden by.
    pub(super) fn meant_as(&self, code: u8) -> ConfusionSet {
        self.by_letter.get(usize::from(code)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        let confusions = Confusions::read().unwrap();
        assert!(!confusions.left_out().is_empty());
        assert!(!confusions.written_as(crate::key::code_of('ی')).is_empty());
    }
}
