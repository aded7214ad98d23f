//! Endings that make a number an ordinal: `data/tokenize/ordinals.tsv`.

use std::collections::HashSet;

use once_cell::sync::Lazy;

use crate::embedded;
use crate::key::encode;
use crate::morph::Word;
use crate::table::{TableError, TableReader};

/// Every ending of an ordinal by its codes, with what may stand behind it.
static ENDINGS: Lazy<HashSet<Vec<u8>>> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    read().expect("the embedded table of ordinals is well formed")
});

fn read() -> Result<HashSet<Vec<u8>>, TableError> {
    let (mut ordinals, mut behind) = (Vec::new(), vec![String::new()]);
    for row in TableReader::new("tokenize/ordinals.tsv", embedded::ORDINALS.as_bytes(), &["form", "place"])? {
        let row = row?;
        match row.get("place") {
            "ordinal" => ordinals.push(row.get("form").to_owned()),
            "behind" => behind.push(row.get("form").to_owned()),
            _ => return Err(row.bad("place", "is neither ordinal nor behind")),
        }
    }
    let whole = ordinals.iter().flat_map(|form| behind.iter().map(move |tail| encode(&format!("{form}{tail}"))));
    Ok(whole.collect())
}

/// Whether what is written on to digits makes them an ordinal, in any spelling.
#[cold]
pub(super) fn is_ordinal_ending(ending: &str) -> bool {
    Word::read(ending).is_some_and(|ending| ENDINGS.contains(ending.codes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_of_ordinals_are_told_from_others() {
        for ordinal in ["ەم", "ەمین", "هەم", "م", "ەمدا", "هه\u{200C}م", "\u{200C}ەم", "ەم\u{064A}ن"]
        {
            assert!(is_ordinal_ending(ordinal), "{ordinal}");
        }
        for other in ["", "ی", "دا", "مان", "کەس", "ەکان"] {
            assert!(!is_ordinal_ending(other), "{other}");
        }
    }
}
