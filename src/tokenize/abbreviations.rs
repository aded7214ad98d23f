//! Abbreviations whose full stops belong to them.

use std::collections::HashSet;

use once_cell::sync::Lazy;

use crate::embedded;
use crate::letters::is_letter;
use crate::table::{TableError, TableReader};

/// Letters that may stand before a full stop of an abbreviation.
const MAX_LETTERS: usize = 4;
/// Full stops that an abbreviation may hold.
const MAX_STOPS: usize = 6;

/// The abbreviations of `data/tokenize/abbreviations.tsv` that hold a full stop.
#[derive(Debug)]
pub(super) struct Abbreviations {
    forms: HashSet<String>,
}

static EMBEDDED: Lazy<Abbreviations> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Abbreviations::read().expect("the embedded table of abbreviations is well formed")
});

impl Abbreviations {
    /// The table that comes with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let reader = TableReader::new("abbreviations.tsv", embedded::ABBREVIATIONS.as_bytes(), &["abbreviation"])?;
        let mut forms = HashSet::new();
        for row in reader {
            let row = row?;
            let form = row.get("abbreviation");
            if form.contains('.') {
                forms.insert(form.to_owned());
            }
        }
        Ok(Self { forms })
    }

    /// The length in bytes of the abbreviation at the beginning of `text`, where there is one.
    ///
    /// `text` begins with a word of `word` bytes that a full stop follows. Looks at a bounded number of characters.
    pub(super) fn longest(&self, text: &str, word: usize) -> Option<usize> {
        let mut best = None;
        let (mut at, mut single, mut pieces) = (0, true, 0);
        while pieces < MAX_STOPS {
            let rest = text.get(at..)?;
            let letters = rest.chars().take(MAX_LETTERS + 1).take_while(|&c| is_letter(c)).count();
            if letters == 0 || letters > MAX_LETTERS {
                break;
            }
            single &= letters == 1;
            pieces += 1;
            at += rest.char_indices().nth(letters).map_or(rest.len(), |(at, _)| at);
            let stop = text.get(at..).is_some_and(|rest| rest.starts_with('.'));
            if !stop {
                // A dotted acronym may end without a stop: پ.ک.ک
                if single && pieces > 1 || text.get(..at).is_some_and(|form| self.forms.contains(form)) {
                    best = Some(at);
                }
                break;
            }
            at += 1;
            // One letter and a full stop is an initial.
            if single || text.get(..at).is_some_and(|form| self.forms.contains(form)) {
                best = Some(at);
            }
        }
        best.filter(|&len| len > word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_found_with_their_stops() {
        let table = Abbreviations::read().unwrap();
        let longest = |text: &'static str| {
            let word = text.find('.').unwrap();
            table.longest(text, word).map(|len| text.get(..len).unwrap())
        };
        assert_eq!(longest("د. شوان"), Some("د."));
        assert_eq!(longest("د.شوان"), Some("د."));
        assert_eq!(longest("پ.ی.د. شوان"), Some("پ.ی.د."));
        assert_eq!(longest("پ.ک.ک لە"), Some("پ.ک.ک"));
        assert_eq!(longest("باش. دواتر"), None);
        assert_eq!(longest("دەچێت.دواتر"), None);
    }
}
