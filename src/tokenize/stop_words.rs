//! Words that say little by themselves: `data/lexicon/stopwords.tsv`.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use crate::embedded;
use crate::key::encode;
use crate::lexicon::PartOfSpeech;
use crate::morph::Word;
use crate::table::{TableError, TableReader};

/// Which words that say little by themselves are left out.
///
/// ```
/// use sorani::{PartOfSpeech, StopWords, Tokenizer};
///
/// let words = |stop_words| {
///     let tokenizer = Tokenizer::builder().stop_words(stop_words).whitespace(false).build();
///     tokenizer.tokenize("ئەو لە ماڵەوە بوو").map(|token| token.text().to_owned()).collect::<Vec<_>>()
/// };
/// assert_eq!(words(StopWords::Drop), ["ماڵەوە"]);
/// assert_eq!(words(StopWords::drop_only([PartOfSpeech::Adposition])), ["ئەو", "ماڵەوە", "بوو"]);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum StopWords {
    /// All words stay.
    #[default]
    Keep,
    /// Every word of the table is left out.
    Drop,
    /// The words of the table that are of these parts of speech are left out; those that are listed as inflected forms
    /// stay.
    DropOnly(Vec<PartOfSpeech>),
}

impl StopWords {
    /// Leaves out words of these parts of speech only.
    ///
    /// ```
    /// use sorani::{PartOfSpeech, StopWords};
    /// let pronouns = StopWords::drop_only([PartOfSpeech::Pronoun]);
    /// assert_eq!(pronouns, StopWords::DropOnly(vec![PartOfSpeech::Pronoun]));
    /// ```
    pub fn drop_only(classes: impl IntoIterator<Item = PartOfSpeech>) -> Self {
        Self::DropOnly(classes.into_iter().collect())
    }

    /// Whether `word` is to be left out.
    pub(super) fn drops(&self, word: &str) -> bool {
        if *self == Self::Keep {
            return false;
        }
        let classes = Word::read(word).and_then(|word| TABLE.get(word.codes()));
        match (self, classes) {
            (Self::Drop, Some(_)) => true,
            (Self::DropOnly(dropped), Some(classes)) => classes.iter().flatten().any(|class| dropped.contains(class)),
            _ => false,
        }
    }
}

/// Every stop word by its codes, with its parts of speech; none for a form.
static TABLE: Lazy<HashMap<Vec<u8>, Vec<Option<PartOfSpeech>>>> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    read().expect("the embedded table of stop words is well formed")
});

fn read() -> Result<HashMap<Vec<u8>, Vec<Option<PartOfSpeech>>>, TableError> {
    let mut table: HashMap<Vec<u8>, Vec<Option<PartOfSpeech>>> = HashMap::new();
    for row in TableReader::new("lexicon/stopwords.tsv", embedded::STOP_WORDS.as_bytes(), &["form", "class"])? {
        let row = row?;
        let class = match row.get("class") {
            "FORM" => None,
            class => Some(class.parse().map_err(|_| row.bad("class", "is neither a part of speech nor FORM"))?),
        };
        table.entry(encode(row.get("form"))).or_default().push(class);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        assert!(read().unwrap().len() > 300);
    }

    #[test]
    fn any_spelling_of_a_stop_word_is_one() {
        assert!(StopWords::Drop.drops("لە") && StopWords::Drop.drops("له\u{200C}") && StopWords::Drop.drops("له"));
        assert!(!StopWords::Drop.drops("کورد") && !StopWords::Keep.drops("لە"));
    }
}
