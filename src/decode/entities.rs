//! Character references of HTML.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use super::{Rewriter, code_points};
use crate::embedded;
use crate::normalize::Normalized;
use crate::span::Span;
use crate::table::{TableError, TableReader};

/// The most digits of a reference by number: seven decimal and six hexadecimal ones name every code point.
const DECIMAL_DIGITS: usize = 7;
const HEX_DIGITS: usize = 6;

/// The references by name.
#[derive(Debug)]
struct Names {
    names: HashMap<String, String>,
    /// The length of the longest reference between `&` and `;`: no more than this is looked at for each `&`.
    longest: usize,
}

static NAMES: Lazy<Names> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Names::read(embedded::DECODE_ENTITIES).expect("the embedded table of character references is well formed")
});

impl Names {
    fn read(text: &str) -> Result<Self, TableError> {
        let mut names = HashMap::new();
        let mut longest = "#x".len() + HEX_DIGITS.max(DECIMAL_DIGITS);
        for row in TableReader::new("entities.tsv", text.as_bytes(), &["name", "code"])? {
            let row = row?;
            let (name, character) = (row.get("name"), code_points(&row, "code")?);
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(row.bad("name", "is not a name of ASCII letters and digits"));
            }
            if character.is_empty() {
                return Err(row.bad("code", "is not a code point in the form U+06D5"));
            }
            longest = longest.max(name.len());
            if names.insert(name.to_owned(), character).is_some() {
                return Err(row.bad("name", "stands there twice"));
            }
        }
        Ok(Self { names, longest })
    }

    /// Reads a reference at the beginning of `rest`, behind its `&`: the length up to the semicolon and with it, and
    /// what it stands for.
    fn reference<'a>(&'a self, rest: &str, buffer: &'a mut [u8; 4]) -> Option<(usize, &'a str)> {
        let end = rest.bytes().take(self.longest + 1).position(|byte| byte == b';')?;
        let body = rest.get(..end)?;
        let to = match body.strip_prefix('#') {
            Some(number) => &*by_number(number)?.encode_utf8(buffer),
            None => self.names.get(body)?.as_str(),
        };
        Some((end + 1, to))
    }
}

/// The character of a number in decimal digits, or in hexadecimal ones behind an `x`.
fn by_number(number: &str) -> Option<char> {
    let (digits, radix, most) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, HEX_DIGITS),
        None => (number, 10, DECIMAL_DIGITS),
    };
    // The parser of numbers would take a sign too.
    if digits.len() > most || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok().filter(|&code| code != 0)?;
    char::from_u32(code)
}

/// Puts characters in place of the character references of HTML, such as `&zwnj;`, `&#8204;` and `&#x200C;`.
///
/// One pass from left to right: what a reference stands for is not looked at again, so `&amp;zwnj;` becomes `&zwnj;`.
/// References by number are taken with up to seven decimal or six hexadecimal digits and stand for the code point of
/// that number; 0, surrogates and numbers above 10FFFF are no references. By name those of `data/decode/entities.tsv`
/// are known, which distinguish upper and lower case. What has no semicolon or an unknown name stays as it is.
///
/// Do this before [normalizing](crate::Normalizer), to text from HTML alone: an `&lt;` in a text about HTML is lost.
/// Tags are not touched.
///
/// **Offsets** are bytes, on boundaries between characters; [`Normalized::to_original`] gives for a decoded character
/// the whole reference. **Cost**: linear in the text. Borrows `text` exactly when it holds no reference; otherwise
/// allocates the decoded text and one record for each reference.
///
/// **Source of the rule**: the character references of the HTML standard, without those that lack a semicolon and
/// without its replacements for the numbers 128 to 159.
///
/// ```
/// use sorani::{Normalizer, Span, decode_entities};
///
/// let text = "ره&zwnj;نگه&#8204;\u{0643}ان";
/// let decoded = decode_entities(text);
/// assert_eq!(decoded.text(), "ره\u{200C}نگه\u{200C}\u{0643}ان");
/// assert_eq!(Normalizer::new().normalize(decoded.text()), "ڕەنگەکان");
/// // The first non-joiner was a reference of six bytes.
/// assert_eq!(decoded.to_original(Span::new(4, 7)), Span::new(4, 10));
///
/// assert_eq!(decode_entities("AT&T &bogus; &zwnj").text(), "AT&T &bogus; &zwnj");
/// ```
pub fn decode_entities(text: &str) -> Normalized<'_> {
    let mut rewriter = Rewriter::new(text);
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('&') {
        rest = behind;
        let mut buffer = [0; 4];
        if let Some((len, to)) = NAMES.reference(rest, &mut buffer) {
            let start = text.len() - rest.len();
            rewriter.replace(Span::new(start - 1, start + len), to);
            rest = rest.get(len..).unwrap_or_default();
        }
    }
    rewriter.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        let names = Names::read(embedded::DECODE_ENTITIES).unwrap();
        assert_eq!(names.names.len(), 23);
        assert_eq!(names.names.get("zwnj").map(String::as_str), Some("\u{200C}"));
    }

    #[test]
    fn bad_rows_are_refused_by_line() {
        let error = |rows: &str| Names::read(&format!("name\tcode\n{rows}")).unwrap_err().to_string();
        assert_eq!(
            error("amp\t26\n"),
            "entities.tsv, line 2: `26` in column `code` is not a code point in the form U+06D5"
        );
        assert_eq!(
            error("amp\t\n"),
            "entities.tsv, line 2: `` in column `code` is not a code point in the form U+06D5"
        );
        assert_eq!(
            error("a;\tU+0026\n"),
            "entities.tsv, line 2: `a;` in column `name` is not a name of ASCII letters and digits"
        );
        assert_eq!(
            error("amp\tU+0026\namp\tU+0026\n"),
            "entities.tsv, line 3: `amp` in column `name` stands there twice"
        );
    }

    #[test]
    fn numbers_name_code_points_within_their_bounds() {
        for (number, expected) in [
            ("1603", Some('ك')),
            ("0001603", Some('ك')),
            ("00001603", None),
            ("x643", Some('ك')),
            ("X643", Some('ك')),
            ("x000643", Some('ك')),
            ("x0000643", None),
            ("x10FFFF", Some('\u{10FFFF}')),
            ("1114111", Some('\u{10FFFF}')),
            ("1114112", None),
            ("x110000", None),
            ("xD800", None),
            ("57343", None),
            ("0", None),
            ("x0", None),
            ("", None),
            ("x", None),
            ("+1", None),
            ("-1", None),
            ("x+1", None),
            ("1a", None),
            ("١", None),
        ] {
            assert_eq!(by_number(number), expected, "{number}");
        }
    }

    #[test]
    fn a_replacement_is_not_looked_at_again() {
        assert_eq!(decode_entities("&amp;amp;amp;").text(), "&amp;amp;");
        assert_eq!(decode_entities("&#38;lt;").text(), "&lt;");
        assert_eq!(decode_entities("&&lt;;&").text(), "&<;&");
        assert_eq!(decode_entities("&bogus&quot;").text(), "&bogus\"");
    }

    #[test]
    fn each_reference_is_an_edit() {
        let decoded = decode_entities("a&lt;&#128512;&b");
        assert_eq!(decoded.text(), "a<😀&b");
        assert_eq!(decoded.to_original(Span::new(1, 2)), Span::new(1, 5));
        assert_eq!(decoded.to_original(Span::new(2, 6)), Span::new(5, 14));
        assert_eq!(decoded.to_original(Span::new(6, 8)), Span::new(14, 16));
        assert_eq!(decoded.to_normalized(Span::new(2, 3)), Span::new(1, 2));
    }
}
