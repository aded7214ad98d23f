//! What the compiler of lexicons has to know of the grammar: where words begin, and which stems change.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use crate::embedded;
use crate::lexicon::PartOfSpeech;
use crate::table::{Row, TableError, TableReader};

/// A stem that changes before some endings.
#[derive(Debug)]
struct Change {
    class: String,
    drop: String,
    add: String,
    to: String,
}

/// `data/morph/start_states.tsv` and `data/morph/stem_forms.tsv`.
#[derive(Debug)]
pub(crate) struct StemForms {
    starts: HashMap<PartOfSpeech, String>,
    changes: Vec<Change>,
}

static EMBEDDED: Lazy<StemForms> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded tables are read by a test")]
    StemForms::read().expect("the embedded tables of stems are well formed")
});

impl StemForms {
    /// The tables that come with the crate.
    pub(crate) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let rows = |name, text: &str, columns: &[&str]| -> Result<Vec<Row>, TableError> {
            TableReader::new(name, text.as_bytes(), columns)?.collect()
        };
        let mut starts = HashMap::new();
        for row in rows("start_states.tsv", embedded::MORPH_START_STATES, &["pos", "state"])? {
            let pos = row.get("pos").parse().map_err(|_| row.bad("pos", "is not a part of speech"))?;
            starts.insert(pos, row.get("state").to_owned());
        }
        let changes = rows("stem_forms.tsv", embedded::MORPH_STEM_FORMS, &["class", "drop", "add", "to"])?;
        let change = |row: &Row| Change {
            class: row.get("class").to_owned(),
            drop: row.get("drop").to_owned(),
            add: row.get("add").to_owned(),
            to: row.get("to").to_owned(),
        };
        Ok(Self { starts, changes: changes.iter().map(change).collect() })
    }

    /// The state in which the inflection of a word begins.
    pub(crate) fn start(&self, pos: PartOfSpeech) -> &str {
        self.starts.get(&pos).map_or("END", String::as_str)
    }

    /// The changed forms of `stem` and the class or state of each.
    pub(crate) fn changed<'a>(&'a self, class: &'a str, stem: &'a str) -> impl Iterator<Item = (String, &'a str)> {
        self.changes.iter().filter(move |change| change.class == class).filter_map(move |change| {
            let rest = stem.strip_suffix(change.drop.as_str())?;
            let changed = format!("{rest}{}", change.add);
            (!changed.is_empty()).then_some((changed, change.to.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_change_as_the_table_says() {
        let forms = StemForms::read().unwrap();
        assert_eq!(forms.start(PartOfSpeech::Noun), "N");
        assert_eq!(forms.changed("NOUN", "ناوچە").collect::<Vec<_>>(), [("ناوچ".to_owned(), "EP")]);
        assert_eq!(forms.changed("PRS", "خۆ").collect::<Vec<_>>(), [("خو".to_owned(), "PRS3")]);
        assert_eq!(forms.changed("NOUN", "شار").count(), 0);
    }
}
