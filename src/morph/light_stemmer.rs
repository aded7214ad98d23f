//! Stems without a lexicon.

use once_cell::sync::Lazy;

use super::endings::{Endings, VerbFrames};
use super::search::Word;
use crate::embedded;
use crate::table::TableError;

/// Gives the stem of a word by rules alone, for an index that cannot afford a lexicon or must treat all words alike.
///
/// It cuts the endings of nouns and adjectives (definite, indefinite, plural, demonstrative, ezafe), what is written on
/// behind them (pronouns, postpositions, the additive, the copula), and the prefix and ending of the few forms of verbs
/// that are hard to mistake. The rules are `data/morph/light_endings.tsv` and `data/morph/guess_frames.tsv`; each says
/// how long the rest must be and in which sound it must end.
///
/// Rules cannot know where a stem ends: a stem is what forms of a word share as a rule, not a word. A final ە goes where
/// four letters remain (ناوچە and ناوچەکان are both ناوچ, but خامە stays and خامەکان is خام), a derived ی goes too (ئازادی has
/// the stem of ئازاد), and forms of a verb mostly have several stems. Where that matters, [`Stemmer`](crate::Stemmer) cuts
/// only what its lexicon explains; it is slower and needs the lexicon. The two give different stems: an index is built and
/// searched with one of them.
///
/// Needs no feature. Words are to be in normalized spelling, as [`Normalizer`](crate::Normalizer) delivers them.
///
/// ```
/// use sorani::LightStemmer;
///
/// let stemmer = LightStemmer::new();
/// for word in ["گوند", "گوندی", "گوندێک", "گوندەکەش", "گوندەکانیان", "گوندەکانماندا"] {
///     assert_eq!(stemmer.stem(word), "گوند");
/// }
/// assert_eq!(stemmer.stem("گوڵستان"), "گوڵستان");
/// assert_eq!(stemmer.stem("دەفرۆشێت"), "فرۆش");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LightStemmer {
    rules: &'static Rules,
}

/// The tables.
#[derive(Debug)]
struct Rules {
    endings: Endings,
    frames: VerbFrames,
}

static RULES: Lazy<Rules> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded tables are read by a test")]
    Rules::read().expect("the embedded tables of endings are well formed")
});

impl Rules {
    fn read() -> Result<Self, TableError> {
        let endings = Endings::read("light_endings.tsv", embedded::MORPH_LIGHT_ENDINGS)?;
        Ok(Self { endings, frames: VerbFrames::read()? })
    }
}

impl LightStemmer {
    /// The light stemmer. The first one reads its tables, in less than a millisecond; the others cost nothing.
    ///
    /// ```
    /// assert_eq!(sorani::LightStemmer::new().stem("چراکان"), "چرا");
    /// ```
    pub fn new() -> Self {
        Self { rules: &RULES }
    }

    /// The stem of `word`, a part of it; never empty for a word that is not. Allocates nothing and takes time linear in
    /// the word. Words longer than 64 letters are their own stem.
    ///
    /// ```
    /// let stemmer = sorani::LightStemmer::new();
    /// assert_eq!(stemmer.stem("شادییەکانیشتان"), stemmer.stem("شادی"));
    /// assert_eq!(stemmer.stem("نان"), "نان"); // too short to lose anything
    /// assert_eq!(stemmer.stem(""), "");
    /// ```
    pub fn stem<'t>(&self, word: &'t str) -> &'t str {
        let Some(read) = Word::new(word) else { return word };
        let codes = read.codes();
        let part = self.rules.frames.stem(codes).unwrap_or_else(|| 0..self.rules.endings.cut(codes));
        let stem = word.get(read.offset(part.start)..read.offset(part.end));
        stem.filter(|stem| !stem.is_empty()).unwrap_or(word)
    }
}

impl Default for LightStemmer {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TableReader;

    /// The examples of a table: what is stemmed, and the stem.
    fn examples(name: &str, text: &str) -> Vec<(String, String)> {
        let rows = TableReader::new(name, text.as_bytes(), &["ending", "example"]).unwrap();
        let example = |row: crate::table::Row| {
            let (word, stem) = row.get("example").split_once(": ").unwrap();
            (word.to_owned(), stem.to_owned())
        };
        rows.map(|row| example(row.unwrap())).collect()
    }

    #[test]
    fn every_rule_has_an_example_that_comes_out() {
        let stemmer = LightStemmer::new();
        let examples = examples("light_endings.tsv", embedded::MORPH_LIGHT_ENDINGS);
        assert!(examples.len() > 50);
        for (word, stem) in examples {
            assert_eq!(stemmer.stem(&word), stem, "{word}");
        }
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        let stemmer = LightStemmer::new();
        for forms in [
            "چرا چرای چرایەک چرایەکی چراکە چراکەی چراکەمان چراکان چراکانی چراکانیش چرایان چرایە چراوە چراکانیشیاندا",
            "چێشتخانە چێشتخانەی چێشتخانەیەک چێشتخانەکە چێشتخانەکەیان چێشتخانەکان چێشتخانەکانیان چێشتخانەیە",
            "شادی شادیی شادییە شادییەک شادییەکە شادییەکان شادییەکانیان شادیەکانی شادییەوە",
            "هەڵۆکە هەڵۆکان هەڵۆیەک هەڵۆی هەڵۆ هەڵۆیان",
            "بەرز بەرزتر بەرزترین بەرزترە بەرزەکان بەرزترەکان",
            "نووسینەوە نووسینەوەی نووسینەوەکە نووسینەوەیەک نووسینەوەکان",
            "باخەوان باخەوانی باخەوانەکە باخەوانان باخەوانێک",
        ] {
            let stems: std::collections::BTreeSet<&str> = forms.split(' ').map(|form| stemmer.stem(form)).collect();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
    }

    #[test]
    fn short_words_and_other_scripts_stay_whole() {
        let stemmer = LightStemmer::new();
        for word in ["", "و", "نان", "زمان", "ژیان", "باش", "ڕەش", "خوا", "email", "12:30", "…", "\u{200C}"]
        {
            assert_eq!(stemmer.stem(word), word);
        }
        assert_eq!(stemmer.stem("PDKی"), "PDK");
        assert_eq!(stemmer.stem("2024دا"), "2024");
        let long = "ان".repeat(40);
        assert_eq!(stemmer.stem(&long), long);
    }
}
