//! Text that was typed for the fonts of the time before Unicode.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use once_cell::sync::Lazy;

use super::{Rewriter, code_points, guess};
use crate::embedded;
use crate::letters::{self, TATWEEL, ZWJ, ZWNJ};
use crate::normalize::Normalized;
use crate::span::Span;
use crate::table::{Row, TableError, TableReader};

/// An encoding of Kurdish letters by old fonts: Arabic code points that a font showed as Kurdish letters.
///
/// Text in one of them is valid Unicode, but its letters mean others: `ث\u{064A}\u{064E}شمةرطة` is پێشمەرگە. Which
/// encoding it is, the name of the font of the document says; [`guess`](Self::guess) looks at the letters alone.
///
/// Running a decoder on anything else is **destructive**: on real Arabic (مصطفی has become مصگفی in print), on Unicode
/// Kurdish, and on text that was decoded already. No part of this crate does so by itself.
///
/// ```
/// use sorani::{LegacyEncoding, Normalizer};
///
/// let encoding: LegacyEncoding = "ali-k".parse()?;
/// let decoded = encoding.decode("ر\u{0650}ؤذنامةطةل و طوناه");
/// assert_eq!(decoded.text(), "ڕۆژنامەگەل و گوناهـ");
/// assert_eq!(Normalizer::new().normalize(decoded.text()), "ڕۆژنامەگەل و گوناه");
/// # Ok::<(), sorani::ParseLegacyEncodingError>(())
/// ```
///
/// **Source of the rules**: the letter correspondences of `data/decode/legacy.tsv`, which are those of the converters
/// in public use; its notes say what is doubtful. The fonts of *Zanest* are not covered: no table of them is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum LegacyEncoding {
    /// `ali-k`: the fonts named `Ali_K_…`, since 1997.
    AliK,
    /// `ali-web`: the fonts Ali-Web.
    AliWeb,
    /// `dylan`: the font `K-Dylan`, since 2001. Doubtful: پ, چ, گ and ژ are taken to stand for themselves.
    Dylan,
    /// `zarnegar`: text exported from Zarnegar.
    Zarnegar,
}

/// Each encoding with the name that tables and command lines use.
const NAMES: [(LegacyEncoding, &str); 4] = [
    (LegacyEncoding::AliK, "ali-k"),
    (LegacyEncoding::AliWeb, "ali-web"),
    (LegacyEncoding::Dylan, "dylan"),
    (LegacyEncoding::Zarnegar, "zarnegar"),
];

/// A name that is none of the legacy encodings.
///
/// ```
/// use sorani::LegacyEncoding;
/// let error = "zanest".parse::<LegacyEncoding>().unwrap_err();
/// assert_eq!(error.to_string(), "none of the legacy encodings ali-k, ali-web, dylan, zarnegar");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("none of the legacy encodings ali-k, ali-web, dylan, zarnegar")]
pub struct ParseLegacyEncodingError(());

impl FromStr for LegacyEncoding {
    type Err = ParseLegacyEncodingError;

    fn from_str(text: &str) -> Result<Self, ParseLegacyEncodingError> {
        let found = NAMES.iter().find(|(_, name)| *name == text);
        found.map(|&(encoding, _)| encoding).ok_or(ParseLegacyEncodingError(()))
    }
}

impl fmt::Display for LegacyEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(NAMES.iter().find(|(encoding, _)| encoding == self).map_or("", |(_, name)| name))
    }
}

/// Where a rule applies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Any,
    /// No letter follows, whatever signs stand between.
    WordFinal,
    /// A letter stands before, whatever signs stand between.
    AfterLetter,
}

/// A row of `legacy.tsv`.
#[derive(Debug)]
struct Rule {
    from: String,
    place: Place,
    to: String,
}

/// The rules of one encoding by the first character that they take, those that take most bytes first.
#[derive(Debug, Default)]
struct Rules(HashMap<char, Vec<Rule>>);

impl Rules {
    fn read(text: &str, encoding: LegacyEncoding) -> Result<Self, TableError> {
        let columns = ["encoding", "from", "from_code", "where", "to", "to_code"];
        let mut rules = Self::default();
        for row in TableReader::new("legacy.tsv", text.as_bytes(), &columns)? {
            let row = row?;
            let rule = Rule {
                from: checked_text(&row, "from", "from_code")?,
                place: match row.get("where") {
                    "any" => Place::Any,
                    "word-final" => Place::WordFinal,
                    "after-letter" => Place::AfterLetter,
                    _ => return Err(row.bad("where", "is none of any, word-final, after-letter")),
                },
                to: checked_text(&row, "to", "to_code")?,
            };
            if encoding_of(&row, row.get("encoding"))? != encoding {
                continue;
            }
            let Some(first) = rule.from.chars().next().filter(|_| rule.from != rule.to) else {
                return Err(row.bad("from", "is empty or what it is to become"));
            };
            let same = rules.0.entry(first).or_default();
            if same.iter().any(|other| other.from == rule.from && other.place == rule.place) {
                return Err(row.bad("from", "stands there twice for this encoding"));
            }
            same.push(rule);
        }
        for same in rules.0.values_mut() {
            // Of two that take the same, the one that asks for more is tried first.
            same.sort_by_key(|rule| (std::cmp::Reverse(rule.from.len()), rule.place == Place::Any));
        }
        Ok(rules)
    }

    fn starting_with(&self, first: char) -> &[Rule] {
        self.0.get(&first).map_or(&[], Vec::as_slice)
    }

    /// The rule that applies at the beginning of `rest`, which begins with `first`.
    fn find(&self, first: char, rest: &str, after_letter: bool) -> Option<&Rule> {
        self.starting_with(first).iter().find(|rule| {
            rest.strip_prefix(rule.from.as_str()).is_some_and(|behind| match rule.place {
                Place::Any => true,
                Place::WordFinal => self.ends_word(behind),
                Place::AfterLetter => after_letter,
            })
        })
    }

    /// Whether a letter right before `rest` has its final shape. It looks over signs and non-joiners, which no letter
    /// is, so the texts that it reads for two letters do not overlap.
    fn ends_word(&self, rest: &str) -> bool {
        let next = rest.chars().find(|&c| c != ZWNJ && !letters::is_mark(c));
        match next {
            // Somebody asked for the joined shape.
            Some(TATWEEL | ZWJ) => false,
            Some(c) => !letters::is_letter(c) || self.parts_words(c),
            None => true,
        }
    }

    /// Whether `c` stands for something that does not go on with the word, as ء of Ali-K for a conjunction.
    fn parts_words(&self, c: char) -> bool {
        self.starting_with(c).iter().any(|rule| {
            rule.place == Place::AfterLetter && rule.from.chars().eq([c]) && !rule.to.starts_with(letters::is_letter)
        })
    }
}

pub(super) fn encoding_of(row: &Row, name: &str) -> Result<LegacyEncoding, TableError> {
    name.parse().map_err(|_| row.bad_value("encoding", name, "is not a legacy encoding"))
}

/// A text that a table gives twice, as itself and by its code points: they must agree. What nobody sees stands among
/// the code points alone, and a sign may stand on a dotted circle.
fn checked_text(row: &Row, column: &str, code_column: &str) -> Result<String, TableError> {
    const DOTTED_CIRCLE: char = '\u{25CC}';
    let text = code_points(row, code_column)?;
    let seen = text.chars().filter(|&c| c != ' ' && c != ZWNJ);
    if seen.eq(row.get(column).chars().filter(|&c| c != DOTTED_CIRCLE)) {
        Ok(text)
    } else {
        Err(row.bad(code_column, "are not the code points of the text beside them"))
    }
}

/// Whether what follows `c` has a letter before it: what stands on a letter or joins it does not part them.
fn stands_after_letter(before: bool, c: char) -> bool {
    letters::is_letter(c) || before && (letters::is_mark(c) || letters::is_joiner(c))
}

fn rules(encoding: LegacyEncoding) -> &'static Rules {
    fn read(encoding: LegacyEncoding) -> Rules {
        #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
        Rules::read(embedded::DECODE_LEGACY, encoding).expect("the embedded table of old fonts is well formed")
    }
    static ALI_K: Lazy<Rules> = Lazy::new(|| read(LegacyEncoding::AliK));
    static ALI_WEB: Lazy<Rules> = Lazy::new(|| read(LegacyEncoding::AliWeb));
    static DYLAN: Lazy<Rules> = Lazy::new(|| read(LegacyEncoding::Dylan));
    static ZARNEGAR: Lazy<Rules> = Lazy::new(|| read(LegacyEncoding::Zarnegar));
    match encoding {
        LegacyEncoding::AliK => &ALI_K,
        LegacyEncoding::AliWeb => &ALI_WEB,
        LegacyEncoding::Dylan => &DYLAN,
        LegacyEncoding::Zarnegar => &ZARNEGAR,
    }
}

impl LegacyEncoding {
    /// Decodes `text`, all of which must be in this encoding; [normalize](crate::Normalizer) the result.
    ///
    /// Destroys text that is not in this encoding: real Arabic, Unicode Kurdish, and what was decoded already. Takes
    /// letters as they were typed: text in presentation forms or in canonical decomposition has to be composed first,
    /// with [`Profile::Minimal`](crate::Profile::Minimal).
    ///
    /// **Offsets** are bytes, on boundaries between characters. Letters that were taken together belong together, and a
    /// sign that is deleted belongs to the letter before it. **Cost**: linear in the text. Borrows `text` exactly when
    /// nothing in it stands for something else; otherwise allocates the decoded text and one record for each place
    /// where bytes were added or removed. The table of the encoding is read on first use.
    ///
    /// **Source of the rules**: `data/decode/legacy.tsv`.
    ///
    /// ```
    /// use sorani::{LegacyEncoding, Span};
    ///
    /// let text = "هةول\u{064A}\u{064E}ر";
    /// let decoded = LegacyEncoding::AliK.decode(text);
    /// assert_eq!(decoded.text(), "هەولێر");
    /// // The fifth letter was typed as a letter and a sign.
    /// assert_eq!(decoded.to_original(Span::new(8, 10)), Span::new(8, 12));
    ///
    /// assert_eq!(LegacyEncoding::AliWeb.decode("هةولصر").text(), "هەولێر");
    /// assert_eq!(LegacyEncoding::Dylan.decode("هةولثر").text(), "هەولێر");
    /// assert_eq!(LegacyEncoding::Zarnegar.decode("هه\u{200C}ول\u{064A}\u{064C}ر").text(), "هەولێر");
    /// // The same letters in an Arabic name mean what they are.
    /// assert_eq!(LegacyEncoding::AliK.decode("مصطفی").text(), "مصگفی");
    /// ```
    pub fn decode(self, text: &str) -> Normalized<'_> {
        let rules = rules(self);
        let mut rewriter = Rewriter::new(text);
        let mut after_letter = false;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = if let Some(rule) = rules.find(first, rest, after_letter) {
                let start = text.len() - rest.len();
                rewriter.replace(Span::new(start, start + rule.from.len()), &rule.to);
                after_letter = rule.to.chars().fold(after_letter, stands_after_letter);
                rule.from.len()
            } else {
                after_letter = stands_after_letter(after_letter, first);
                first.len_utf8()
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        rewriter.finish()
    }

    /// Guesses the encoding of `text` from its letters; `None` where it does not look like Ali-K, Ali-Web or Dylan.
    ///
    /// A **heuristic**, to be confirmed by a reader or by the name of the font. All three write ە as ة, which in Arabic
    /// only ends words: two words with a ة inside, at least one in twenty, make a text suspect. A letter that the
    /// encoding has no use for, as ێ or ڵ, acquits it. Dylan is told by ث at the end of words, Ali-Web by ص between
    /// consonants, both of which stand for ێ there; anything else suspect is taken for Ali-K, which is doubtful for short
    /// texts. Zarnegar writes ە as other old text does and is never guessed.
    ///
    /// Text with Unicode letters beside legacy ones, as of a half-converted document, gives `None`. A Unicode text typed
    /// on a keyboard with ة in place of ە is taken for Ali-K if it happens to hold none of the letters ێ, ۆ, ڕ, ڵ, پ, چ,
    /// گ, ژ and ڤ.
    ///
    /// Allocates nothing, and takes time linear in the text. **Source of the rules**: `data/decode/guess.tsv`.
    ///
    /// ```
    /// use sorani::LegacyEncoding;
    ///
    /// let guess = LegacyEncoding::guess("ثي\u{064E}شمةرطة لة هةول\u{064A}\u{064E}ر");
    /// assert_eq!(guess, Some(LegacyEncoding::AliK));
    /// assert_eq!(LegacyEncoding::guess("پێشمەرگە لە هەولێر"), None);
    /// assert_eq!(LegacyEncoding::guess("ذهب الطالب إلى المدرسة الجديدة"), None);
    /// ```
    pub fn guess(text: &str) -> Option<Self> {
        guess::guess(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        for (encoding, name) in NAMES {
            let rules = Rules::read(embedded::DECODE_LEGACY, encoding).unwrap();
            assert!(rules.0.len() > 5, "{name}");
        }
        assert_eq!(rules(LegacyEncoding::AliWeb).starting_with('پ')[0].to, "ڵ");
    }

    #[test]
    fn bad_rows_are_refused_by_line() {
        let error = |row: &str| {
            let table = format!("encoding\tfrom\tfrom_code\twhere\tto\tto_code\n{row}\n");
            Rules::read(&table, LegacyEncoding::Dylan).unwrap_err().to_string()
        };
        assert_eq!(
            error("zanest\tث\tU+062B\tany\tێ\tU+06CE"),
            "legacy.tsv, line 2: `zanest` in column `encoding` is not a legacy encoding"
        );
        assert_eq!(
            error("dylan\tث\tU+062C\tany\tێ\tU+06CE"),
            "legacy.tsv, line 2: `U+062C` in column `from_code` are not the code points of the text beside them"
        );
        assert_eq!(
            error("dylan\tث\t062B\tany\tێ\tU+06CE"),
            "legacy.tsv, line 2: `062B` in column `from_code` is not a code point in the form U+06D5"
        );
        assert_eq!(
            error("dylan\tث\tU+062B\tend\tێ\tU+06CE"),
            "legacy.tsv, line 2: `end` in column `where` is none of any, word-final, after-letter"
        );
        assert_eq!(
            error("dylan\tث\tU+062B\tany\tث\tU+062B"),
            "legacy.tsv, line 2: `ث` in column `from` is empty or what it is to become"
        );
        let row = "dylan\tث\tU+062B\tany\tێ\tU+06CE";
        assert_eq!(
            error(&format!("{row}\n{row}")),
            "legacy.tsv, line 3: `ث` in column `from` stands there twice for this encoding"
        );
    }

    #[test]
    fn names_are_read_and_written() {
        for (encoding, name) in NAMES {
            assert_eq!((name.parse(), encoding.to_string()), (Ok(encoding), name.to_owned()));
        }
        assert!("Ali-K".parse::<LegacyEncoding>().is_err());
        assert_eq!(format!("{:>6}|", LegacyEncoding::AliK), " ali-k|");
    }

    #[test]
    fn what_a_rule_gives_is_not_looked_at_again() {
        assert_eq!(LegacyEncoding::AliWeb.decode("طگثپ").text(), "گطپڵ");
        assert_eq!(LegacyEncoding::Dylan.decode("ثصذض").text(), "ێڵڕڤ");
    }

    #[test]
    fn decoding_twice_destroys() {
        let once = LegacyEncoding::AliWeb.decode("طةل").into_text().into_owned();
        assert_eq!((once.as_str(), LegacyEncoding::AliWeb.decode(&once).text()), ("گەل", "طەل"));
    }

    #[test]
    fn letters_that_belong_together_are_taken_before_their_parts() {
        assert_eq!(LegacyEncoding::AliK.decode("لآ لا\u{064E} ل\u{064E}ا لا آ").text(), "ڵا ڵا ڵا لا ێ");
        assert_eq!(LegacyEncoding::Zarnegar.decode("ه\u{200C}ه ه").text(), "ەە ە");
    }

    #[test]
    fn heh_is_final_where_no_letter_follows() {
        let ali_k = |text| LegacyEncoding::AliK.decode(text).into_text().into_owned();
        assert_eq!(ali_k("طوناهان طوناه، طوناه"), "گوناهان گوناهـ، گوناهـ");
        assert_eq!(ali_k("ه\u{064E}ا ه\u{0651}ا ه\u{0651}"), "ها ه\u{0651}ا هـ\u{0651}");
        // The conjunction is no letter of the word.
        assert_eq!(ali_k("طوناهء"), "گوناهـ و");
        // The joined shape is written out already.
        assert_eq!(ali_k("طوناهـ"), "گوناهـ");
        assert_eq!(LegacyEncoding::Zarnegar.decode("گوناهـ ئه\u{200C}مه").text(), "گوناهـ ئەمە");
    }

    #[test]
    fn hamza_is_a_conjunction_only_behind_a_letter() {
        let ali_k = |text| LegacyEncoding::AliK.decode(text).into_text().into_owned();
        assert_eq!(ali_k("دا\u{064A}\u{0643}ء دل\u{064E}ء ء 5ء"), "دایک و دڵ و ء 5ء");
    }

    #[test]
    fn signs_that_are_part_of_no_letter_go() {
        let decoded = LegacyEncoding::AliK.decode("ب\u{064E}ر \u{0650}د");
        assert_eq!(decoded.text(), "بر د");
        assert_eq!(decoded.to_original(Span::new(0, 2)), Span::new(0, 4));
        assert_eq!(decoded.to_original(Span::new(5, 7)), Span::new(9, 11));
        assert_eq!(LegacyEncoding::AliWeb.decode("ب\u{0652}د\u{064F}").text(), "بد");
        // The other encodings keep what their table does not name.
        assert_eq!(LegacyEncoding::Dylan.decode("ب\u{0652}").text(), "ب\u{0652}");
    }
}
