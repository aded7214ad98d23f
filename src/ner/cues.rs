//! Words that speak for a kind of name beside them: `data/ner/cues.tsv`.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use super::EntityLabel;
use crate::embedded;
use crate::table::{TableError, TableReader};

/// The longest cue, in words.
pub(super) const MAX_WORDS: usize = 3;

/// Where a cue stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Position {
    Before,
    After,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) label: EntityLabel,
    pub(super) position: Position,
    /// A title, after which a word that no list knows is a name too.
    pub(super) title: bool,
}

#[derive(Debug)]
pub(super) struct Cues {
    by_words: HashMap<String, Vec<Cue>>,
}

static EMBEDDED: Lazy<Cues> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Cues::read().expect("the embedded table of cues is well formed")
});

impl Cues {
    /// The table that comes with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let mut by_words: HashMap<String, Vec<Cue>> = HashMap::new();
        let columns = ["cue", "label", "position", "kind"];
        for row in TableReader::new("ner/cues.tsv", embedded::NER_CUES.as_bytes(), &columns)? {
            let row = row?;
            let label = row.get("label").parse().map_err(|_| row.bad("label", "is not a label"))?;
            let position = match row.get("position") {
                "before" => Position::Before,
                "after" => Position::After,
                // کوڕی between two names: not used yet as evidence.
                "between" => continue,
                _ => return Err(row.bad("position", "is none of before, after, between")),
            };
            let kind = row.get("kind");
            // Directions, relations and ordinals stand beside anything: too weak to decide by themselves.
            let strong =
                ["title", "rank", "role", "head", "kin", "speech"].iter().any(|strong| kind.starts_with(strong));
            if strong && row.get("cue").split(' ').count() <= MAX_WORDS {
                let cue = Cue { label, position, title: kind == "title" || kind == "rank" };
                by_words.entry(row.get("cue").to_owned()).or_default().push(cue);
            }
        }
        Ok(Self { by_words })
    }

    /// What `words`, joined by spaces, speak for.
    pub(super) fn get(&self, words: &str) -> &[Cue] {
        self.by_words.get(words).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_cues_are_well_formed() {
        let cues = Cues::read().unwrap();
        assert!(cues.get("شاری").iter().any(|cue| cue.label == EntityLabel::Location));
        assert!(cues.get("دکتۆر").iter().any(|cue| cue.label == EntityLabel::Person && cue.title));
        assert!(cues.get("هیچ").is_empty());
    }
}
