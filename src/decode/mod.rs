//! What has to be undone before text is normalized: character references of HTML and the letters of old fonts.
//!
//! Neither is part of a profile. Whether a text is HTML or was typed for such a font is known to the caller alone, and
//! decoding what is not encoded destroys it. The tables are in `data/decode/`.

mod entities;
mod guess;
mod legacy;

pub use entities::decode_entities;
pub use legacy::{LegacyEncoding, ParseLegacyEncodingError};

use std::borrow::Cow;

use crate::letters;
use crate::normalize::{Edit, Normalized};
use crate::span::Span;
use crate::table::{Row, TableError};

/// The one place where decoders make an edit.
fn edit(original: Span, normalized: Span) -> Edit {
    Edit { original, normalized, rules: crate::normalize::RuleSet::default() }
}

/// Writes a decoded text from left to right and keeps the way back; copies nothing before the first replacement.
struct Rewriter<'t> {
    original: &'t str,
    /// All of the original before this has been decoded; 0 as long as nothing was replaced.
    done: usize,
    out: String,
    edits: Vec<Edit>,
    /// What the last replacement took and gave.
    last: (Span, Span),
}

impl<'t> Rewriter<'t> {
    fn new(original: &'t str) -> Self {
        Self { original, done: 0, out: String::new(), edits: Vec::new(), last: Default::default() }
    }

    /// Copies what stands before `taken` and puts `to` in place of `taken`, which begins where the last one ended or
    /// later.
    fn replace(&mut self, taken: Span, to: &str) {
        if self.done == 0 {
            self.out.reserve(self.original.len());
        }
        let kept = self.original.get(self.done..taken.start()).unwrap_or_default();
        self.out.push_str(kept);
        let at = self.out.len();
        self.out.push_str(to);
        self.done = taken.end();
        let given = Span::new(at, self.out.len());
        if given.is_empty() {
            self.delete(taken, at, kept.chars().next_back());
            return;
        }
        // A character replaced by one of the same length shifts nothing.
        let single = |text: &str| text.chars().nth(1).is_none();
        let one_for_one = taken.len() == given.len() && single(to) && taken.slice(self.original).is_some_and(single);
        if !one_for_one {
            self.edits.push(edit(taken, given));
        }
        self.last = (taken, given);
    }

    /// Notes that `taken` left nothing at `at` of the result; `kept` is the character that was copied right before.
    fn delete(&mut self, taken: Span, at: usize, kept: Option<char>) {
        match (self.edits.last_mut(), kept) {
            // It joins the edit that it touches: there is no place between them in the result.
            (Some(last), None) if last.original.end() == taken.start() => {
                last.original = Span::new(last.original.start(), taken.end());
                return;
            }
            _ => {}
        }
        // A sign belongs to the letter under it, so that the span of a word holds it.
        let (original, normalized) = match kept {
            Some(c) if letters::is_letter(c) || letters::is_mark(c) || letters::is_joiner(c) => {
                (Span::new(taken.start() - c.len_utf8(), taken.end()), Span::new(at - c.len_utf8(), at))
            }
            None if self.last.0.end() == taken.start() => (Span::new(self.last.0.start(), taken.end()), self.last.1),
            _ => (taken, Span::new(at, at)),
        };
        self.edits.push(edit(original, normalized));
    }

    fn finish(mut self) -> Normalized<'t> {
        if self.done == 0 {
            return Normalized::new(self.original, Cow::Borrowed(self.original), Vec::new());
        }
        self.out.push_str(self.original.get(self.done..).unwrap_or_default());
        Normalized::new(self.original, Cow::Owned(self.out), self.edits)
    }
}

/// The characters that a field names by their code points, as in `U+0644 U+064E`; none where it is empty.
fn code_points(row: &Row, column: &str) -> Result<String, TableError> {
    let codes = row.get(column).split(' ').filter(|code| !code.is_empty());
    codes
        .map(|code| {
            let hex = code.strip_prefix("U+").and_then(|hex| u32::from_str_radix(hex, 16).ok());
            let c = hex.and_then(char::from_u32);
            c.ok_or_else(|| row.bad_value(column, code, "is not a code point in the form U+06D5"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_sign_belongs_to_the_letter_before_it_and_to_nothing_else() {
        let whole = |text: &str, deleted: &[usize], find: &str| {
            let mut rewriter = Rewriter::new(text);
            for &at in deleted {
                rewriter.replace(Span::new(at, at + 2), "");
            }
            let decoded = rewriter.finish();
            let at = decoded.text().find(find).unwrap();
            decoded.to_original(Span::new(at, at + find.len())).slice(text).unwrap().to_owned()
        };
        assert_eq!(whole("با\u{064E}ن", &[4], "ا"), "ا\u{064E}");
        assert_eq!(whole("با\u{064E}\u{0650}ن", &[4, 6], "ا"), "ا\u{064E}\u{0650}");
        assert_eq!(whole(" \u{064E}ن", &[1], " "), " ");
        assert_eq!(whole(" \u{064E}ن", &[1], "ن"), "ن");
        assert_eq!(whole("\u{064E}\u{064E}ن", &[0, 2], "ن"), "ن");
    }

    #[test]
    fn a_sign_behind_a_replaced_letter_belongs_to_it() {
        let text = "ة\u{064E}ن";
        let mut rewriter = Rewriter::new(text);
        rewriter.replace(Span::new(0, 2), "ە");
        rewriter.replace(Span::new(2, 4), "");
        let decoded = rewriter.finish();
        assert_eq!(decoded.text(), "ەن");
        assert_eq!(decoded.to_original(Span::new(0, 2)), Span::new(0, 4));
        assert_eq!(decoded.to_original(Span::new(2, 4)), Span::new(4, 6));
    }
}
