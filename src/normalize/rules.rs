//! The rule tables of `data/normalize/`, compiled into look-ups by character.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use super::rule::Rule;
use crate::embedded;
use crate::letters;
use crate::table::{Row, TableError, TableReader};

/// What a row of `controls.tsv` does with a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Control {
    Delete,
    Space,
    Newline,
}

/// A letter that is written as a base letter and a mark.
#[derive(Debug)]
struct MarkedLetter {
    base: char,
    marks: Vec<char>,
    to: String,
}

/// All rules that are data.
#[derive(Debug)]
pub(super) struct Rules {
    controls: Vec<(u32, u32, Rule, Control)>,
    letters: HashMap<char, String>,
    visible: Vec<MarkedLetter>,
    legacy: Vec<MarkedLetter>,
    final_heh: Vec<String>,
    initial_waw: Vec<String>,
    fold: HashMap<char, Option<char>>,
    signs: HashMap<char, Vec<(Rule, String)>>,
    not_arabic: Vec<char>,
}

/// The tables that come with the crate.
static RULES: Lazy<Rules> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded tables are read by a test")]
    Rules::read().expect("the embedded normalization tables are well formed")
});

/// The rules, read on first use.
pub(super) fn rules() -> &'static Rules {
    &RULES
}

fn code_point(row: &Row, column: &str, value: &str) -> Result<char, TableError> {
    let hex = value.strip_prefix("U+").and_then(|hex| u32::from_str_radix(hex, 16).ok());
    hex.and_then(char::from_u32).ok_or_else(|| row.bad_value(column, value, "is not a code point in the form U+06D5"))
}

fn one_char(row: &Row, column: &str) -> Result<char, TableError> {
    let mut chars = row.get(column).chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(row.bad(column, "is not one character")),
    }
}

/// A character that a table gives twice, as itself and as a code point: they must agree.
fn checked_char(row: &Row, column: &str, code_column: &str) -> Result<char, TableError> {
    let c = one_char(row, column)?;
    if code_point(row, code_column, row.get(code_column))? == c {
        Ok(c)
    } else {
        Err(row.bad(code_column, "is not the code point of the character beside it"))
    }
}

fn rows(name: &str, text: &str, columns: &[&str]) -> Result<Vec<Row>, TableError> {
    TableReader::new(name, text.as_bytes(), columns)?.collect()
}

impl Rules {
    fn read() -> Result<Self, TableError> {
        let mut controls = Vec::new();
        for row in rows("controls.tsv", embedded::NORMALIZE_CONTROLS, &["rule", "from_code", "action"])? {
            let codes = row.get("from_code");
            let (from, to) = codes.split_once("..").unwrap_or((codes, codes));
            let action = match row.get("action") {
                "delete" => Control::Delete,
                "space" => Control::Space,
                "newline" => Control::Newline,
                _ => return Err(row.bad("action", "is none of delete, space, newline")),
            };
            let (from, to) = (code_point(&row, "from_code", from)?, code_point(&row, "from_code", to)?);
            let rule = row.get("rule").parse().map_err(|_| row.bad("rule", "is not the id of a rule"))?;
            controls.push((from as u32, to as u32, rule, action));
        }
        controls.sort_unstable_by_key(|&(from, ..)| from);

        let mut letters = HashMap::new();
        for row in rows("letters.tsv", embedded::NORMALIZE_LETTERS, &["rule", "from", "from_code", "to"])? {
            letters.insert(checked_char(&row, "from", "from_code")?, row.get("to").to_owned());
        }

        let (mut visible, mut legacy) = (Vec::new(), Vec::new());
        for row in rows("marks.tsv", embedded::NORMALIZE_MARKS, &["rule", "base", "base_code", "marks", "to"])? {
            let marks = row.list("marks").map(|mark| code_point(&row, "marks", mark)).collect::<Result<_, _>>()?;
            let base = checked_char(&row, "base", "base_code")?;
            let letter = MarkedLetter { base, marks, to: row.get("to").to_owned() };
            match row.get("rule") {
                "S1" => visible.push(letter),
                "S2" => legacy.push(letter),
                _ => return Err(row.bad("rule", "is neither S1 nor S2")),
            }
        }

        let mut fold = HashMap::new();
        for row in rows("fold.tsv", embedded::NORMALIZE_FOLD, &["rule", "from", "from_code", "to"])? {
            let to = if row.get("to").is_empty() { None } else { Some(one_char(&row, "to")?) };
            fold.insert(checked_char(&row, "from", "from_code")?, to);
        }

        let mut signs: HashMap<char, Vec<(Rule, String)>> = HashMap::new();
        for row in rows("signs.tsv", embedded::NORMALIZE_SIGNS, &["rule", "from", "from_code", "to"])? {
            let rule = row.get("rule").parse().map_err(|_| row.bad("rule", "is not the id of a rule"))?;
            let from = checked_char(&row, "from", "from_code")?;
            signs.entry(from).or_default().push((rule, row.get("to").to_owned()));
        }

        let mut not_arabic = Vec::new();
        for row in rows("not_arabic.tsv", embedded::NORMALIZE_NOT_ARABIC, &["code"])? {
            not_arabic.push(code_point(&row, "code", row.get("code"))?);
        }

        let words = |name, text, column: &str| -> Result<Vec<String>, TableError> {
            Ok(rows(name, text, &[column])?.iter().map(|row| row.get(column).to_owned()).collect())
        };
        Ok(Self {
            controls,
            letters,
            visible,
            legacy,
            final_heh: words("final_heh.tsv", embedded::NORMALIZE_FINAL_HEH, "word")?,
            initial_waw: words("initial_waw.tsv", embedded::NORMALIZE_INITIAL_WAW, "prefix")?,
            fold,
            signs,
            not_arabic,
        })
    }

    /// Rules M1 to M4a: what becomes of the character, and by which of them.
    pub(super) fn control(&self, c: char) -> Option<(Rule, Control)> {
        let code = c as u32;
        let at = self.controls.partition_point(|&(from, ..)| from <= code);
        let &(_, to, rule, action) = self.controls.get(at.checked_sub(1)?)?;
        (code <= to).then_some((rule, action))
    }

    /// Rule S4: what the letter stands for.
    pub(super) fn letter(&self, c: char) -> Option<&str> {
        self.letters.get(&c).map(String::as_str)
    }

    /// Rule S1: the letter that `base` and a run of marks with `has` stand for.
    pub(super) fn visible_mark(&self, base: char, has: impl Fn(char) -> bool) -> Option<&str> {
        let matching = |letter: &&MarkedLetter| letter.base == base && letter.marks.iter().any(|&mark| has(mark));
        self.visible.iter().find(matching).map(|letter| letter.to.as_str())
    }

    /// Rule S2: the letter that `base` stands for when `mark` follows it.
    pub(super) fn legacy_mark(&self, base: char, mark: char) -> Option<&str> {
        let matching = |letter: &&MarkedLetter| letter.base == base && letter.marks.contains(&mark);
        self.legacy.iter().find(matching).map(|letter| letter.to.as_str())
    }

    /// Rule S7: whether the word ends in the consonant ه by its spelling alone or by exception.
    pub(super) fn ends_in_consonant_heh(&self, word: &str) -> bool {
        word.ends_with("لله") || self.final_heh.iter().any(|exception| exception == word)
    }

    /// Rule S8: whether the word is a foreign name that keeps وو at its beginning.
    pub(super) fn keeps_initial_waw(&self, word: &str) -> bool {
        self.initial_waw.iter().any(|prefix| word.starts_with(prefix.as_str()))
    }

    /// Rules E3, F2 and F8: what `rule` writes for the character.
    pub(super) fn sign(&self, rule: Rule, c: char) -> Option<&str> {
        let of_rule = self.signs.get(&c)?.iter().find(|(of, _)| *of == rule);
        of_rule.map(|(_, to)| to.as_str())
    }

    /// Whether no Arabic word holds the letter or mark.
    pub(super) fn is_not_arabic(&self, c: char) -> bool {
        self.not_arabic.contains(&c)
    }

    /// Rule S8a: the beginnings of the words that keep وو there.
    pub(super) fn kept_initial_waw(&self) -> impl Iterator<Item = &str> {
        self.initial_waw.iter().map(String::as_str)
    }

    /// Whether a clean text never holds `c`: some rule of `standard` changes it, whatever stands around it.
    pub(super) fn always_changes(&self, c: char) -> bool {
        self.letters.contains_key(&c)
            || self.control(c).is_some()
            || letters::is_mark(c)
            || letters::is_joiner(c)
            || letters::is_presentation_letter(c)
            || letters::is_invisible(c)
            || matches!(c, 'آ' | 'أ' | 'ھ' | '\u{06F0}'..='\u{06F9}' | '\u{0300}'..='\u{036F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE70}'..='\u{FEFF}')
    }
}

/// Whether `original`, which became `standard`, was typed with letters of another keyboard: look-alikes of rule S4,
/// shapes of letters, or ه for the vowel.
pub(super) fn is_foreign(original: &str, standard: &str) -> bool {
    let rules = rules();
    let foreign = |c: char| rules.letters.contains_key(&c) || letters::is_presentation_letter(c);
    let heh = |text: &str| text.chars().filter(|&c| c == 'ه').count();
    original.chars().any(foreign) || heh(original) > heh(standard)
}

/// Rule S4: the letter that `c` stands for on other keyboards; of two, the first.
pub(crate) fn letter(c: char) -> char {
    /// U+0600 to U+06FF, filled from the table on first use.
    static DENSE: Lazy<[u16; 256]> = Lazy::new(|| {
        dense(|c| {
            let to = if c == 'ھ' { Some('ه') } else { rules().letter(c).and_then(|to| to.chars().next()) };
            Some(to.unwrap_or(c))
        })
    });
    match (c as u32).checked_sub(0x600).and_then(|index| DENSE.get(index as usize)) {
        Some(&code) => char::from_u32(u32::from(code)).unwrap_or(c),
        None => c,
    }
}

/// A table over U+0600 to U+06FF; 0 for what is deleted.
fn dense(to: impl Fn(char) -> Option<char>) -> [u16; 256] {
    let mut table = [0; 256];
    for (low, slot) in (0..=u8::MAX).zip(table.iter_mut()) {
        let code = 0x600 | u16::from(low);
        let to = char::from_u32(u32::from(code)).and_then(&to);
        *slot = to.and_then(|to| u16::try_from(to as u32).ok()).unwrap_or(0);
    }
    table
}

/// Rule F3: the letter into which `c` is folded when forms are compared; `None` where folding deletes it.
pub(crate) fn fold(c: char) -> Option<char> {
    /// U+0600 to U+06FF; 0 for a deleted letter. Filled from the table on first use.
    static DENSE: Lazy<[u16; 256]> = Lazy::new(|| dense(|c| rules().fold.get(&c).copied().unwrap_or(Some(c))));
    match (c as u32).checked_sub(0x600).and_then(|index| DENSE.get(index as usize)) {
        Some(0) => None,
        Some(&code) => char::from_u32(u32::from(code)),
        None => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_well_formed() {
        let rules = Rules::read().unwrap();
        assert_eq!(rules.control('\u{202B}'), Some((Rule::Invisible, Control::Delete)));
        assert_eq!(rules.control('\u{00A0}'), Some((Rule::Spaces, Control::Space)));
        assert_eq!(rules.control('\t'), None);
        assert_eq!(rules.letter('ي'), Some("ی"));
        assert_eq!(rules.visible_mark('ر', |mark| mark == '\u{032C}'), Some("ڕ"));
        assert_eq!(rules.legacy_mark('ل', '\u{064E}'), Some("ڵ"));
        assert_eq!(rules.sign(Rule::ArabicPunctuation, '?'), Some("؟"));
        assert_eq!(rules.sign(Rule::FoldPunctuation, '?'), None);
        assert!(rules.is_not_arabic('ڵ') && !rules.is_not_arabic('ل'));
    }

    #[test]
    fn folding_is_idempotent_and_covers_the_table() {
        for code in 0x600..0x700 {
            let c = char::from_u32(code).unwrap();
            if let Some(to) = fold(c) {
                assert_eq!(fold(to), Some(to), "U+{code:04X}");
            }
        }
        assert_eq!((fold('ڵ'), fold('ء'), fold('x'), fold('ک')), (Some('ل'), None, Some('x'), Some('ک')));
    }
}
