//! Words that tell Arabic and Persian from Kurdish: the table `data/normalize/other_languages.tsv`.

use std::collections::HashSet;

use once_cell::sync::Lazy;

use crate::embedded;
use crate::table::{TableError, TableReader};

#[derive(Debug, Default)]
struct OtherLanguages {
    words: HashSet<String>,
    beginnings: Vec<String>,
}

static OTHER_LANGUAGES: Lazy<OtherLanguages> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    OtherLanguages::read().expect("the embedded table of words of other languages is well formed")
});

impl OtherLanguages {
    fn read() -> Result<Self, TableError> {
        let mut this = Self::default();
        let table = embedded::OTHER_LANGUAGES.as_bytes();
        for row in TableReader::new("normalize/other_languages.tsv", table, &["word", "language"])? {
            let row = row?;
            if !matches!(row.get("language"), "Arabic" | "Persian") {
                return Err(row.bad("language", "is neither Arabic nor Persian"));
            }
            match row.get("word").strip_suffix('*') {
                Some(beginning) => this.beginnings.push(beginning.to_owned()),
                None => drop(this.words.insert(row.get("word").to_owned())),
            }
        }
        Ok(this)
    }
}

/// Whether `word` is one that no Kurdish text has.
pub(super) fn is_of_another_language(word: &str) -> bool {
    // The name of God stands in Kurdish too.
    let article = |beginning: &String| word.strip_prefix(beginning.as_str()).is_some_and(|rest| rest.len() > 4);
    OTHER_LANGUAGES.words.contains(word) || !word.ends_with("الله") && OTHER_LANGUAGES.beginnings.iter().any(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        let table = OtherLanguages::read().unwrap();
        assert!(!table.words.is_empty() && !table.beginnings.is_empty());
        assert!(is_of_another_language("است") && is_of_another_language("الکتاب"));
        assert!(!is_of_another_language("والله") && !is_of_another_language("ئازاد") && !is_of_another_language("الا"));
    }
}
