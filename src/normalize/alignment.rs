//! A normalized text with the way back to the text that it was made from.

use std::borrow::Cow;

use crate::Span;

/// A place where normalized and original text differ in such a way that offsets are not simply shifted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Edit {
    /// The bytes of the original text that were replaced.
    pub(crate) original: Span,
    /// The bytes of the normalized text that replace them; empty for a deletion.
    pub(crate) normalized: Span,
}

/// A normalized text, aligned with the original: [`Normalizer::normalize_aligned`](crate::Normalizer::normalize_aligned)
/// makes it.
///
/// Borrows the original, and the normalized text too where nothing changed. Beside the text it keeps one record for
/// each place where bytes were added or removed; a letter replaced by another of the same length needs none.
///
/// ```
/// use sorani::{Normalizer, Span};
///
/// let aligned = Normalizer::new().normalize_aligned("ئه\u{200C}مه");
/// assert_eq!(aligned.text(), "ئەمە");
/// // The second letter of the result, ە, was written as ه and a non-joiner: seven bytes from the start in all.
/// assert_eq!(aligned.to_original(Span::new(2, 4)), Span::new(2, 7));
/// assert_eq!(aligned.to_normalized(Span::new(2, 7)), Span::new(2, 4));
/// ```
#[derive(Clone, Debug)]
pub struct Normalized<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    edits: Vec<Edit>,
}

impl<'t> Normalized<'t> {
    pub(crate) fn new(original: &'t str, text: Cow<'t, str>, edits: Vec<Edit>) -> Self {
        Self { original, text, edits }
    }

    /// The text that was given.
    ///
    /// ```
    /// let aligned = sorani::Normalizer::new().normalize_aligned("\u{0643}ورد");
    /// assert_eq!(aligned.original(), "\u{0643}ورد");
    /// ```
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// The normalized text.
    ///
    /// ```
    /// let aligned = sorani::Normalizer::new().normalize_aligned("\u{0643}ورد");
    /// assert_eq!(aligned.text(), "کورد");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normalized text on its own; allocates only where [`text`](Self::text) borrows.
    ///
    /// ```
    /// let text = sorani::Normalizer::new().normalize_aligned("\u{0643}ورد").into_text();
    /// assert_eq!(text, "کورد");
    /// ```
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// The part of the original text that `span` of the normalized text was made from.
    ///
    /// An end of `span` inside an edit is widened to the whole edit. What was deleted right before or right after the
    /// span is not included. Takes time logarithmic in the number of edits.
    ///
    /// ```
    /// use sorani::{Normalizer, Span};
    ///
    /// let aligned = Normalizer::new().normalize_aligned("\u{202B}کورد\u{202C}");
    /// assert_eq!(aligned.to_original(Span::new(0, 8)), Span::new(3, 11)); // without the two controls
    /// ```
    pub fn to_original(&self, span: Span) -> Span {
        let end = map_end(&self.edits, span.end(), |edit| edit.normalized, |edit| edit.original);
        if span.is_empty() {
            return Span::new(end, end);
        }
        let start = map_start(&self.edits, span.start(), |edit| edit.normalized, |edit| edit.original);
        Span::new(start, end)
    }

    /// The part of the normalized text that `span` of the original text became; empty where all of it was deleted.
    ///
    /// An end of `span` inside an edit is widened to the whole edit. Takes time logarithmic in the number of edits.
    ///
    /// ```
    /// use sorani::{Normalizer, Span};
    ///
    /// let aligned = Normalizer::new().normalize_aligned("سـڵاو");
    /// assert_eq!(aligned.to_normalized(Span::new(4, 6)), Span::new(2, 4));
    /// ```
    pub fn to_normalized(&self, span: Span) -> Span {
        let end = map_end(&self.edits, span.end(), |edit| edit.original, |edit| edit.normalized);
        if span.is_empty() {
            return Span::new(end, end);
        }
        let start = map_start(&self.edits, span.start(), |edit| edit.original, |edit| edit.normalized);
        Span::new(start, end)
    }
}

/// Maps the start of a span: past deletions that lie right before it, back to the start of an edit that holds it.
fn map_start(edits: &[Edit], at: usize, from: impl Fn(&Edit) -> Span, to: impl Fn(&Edit) -> Span) -> usize {
    // The first edit that ends after `at`.
    let next = edits.partition_point(|edit| from(edit).end() <= at);
    if let Some(edit) = edits.get(next).filter(|edit| from(edit).start() <= at) {
        return to(edit).start();
    }
    match next.checked_sub(1).and_then(|last| edits.get(last)) {
        Some(edit) => to(edit).end() + (at - from(edit).end()),
        None => at,
    }
}

/// Maps the end of a span: before deletions that lie right after it, on to the end of an edit that holds it.
fn map_end(edits: &[Edit], at: usize, from: impl Fn(&Edit) -> Span, to: impl Fn(&Edit) -> Span) -> usize {
    // The first edit that starts at or after `at`.
    let next = edits.partition_point(|edit| from(edit).start() < at);
    match next.checked_sub(1).and_then(|last| edits.get(last)) {
        Some(edit) if from(edit).end() > at => to(edit).end(),
        Some(edit) => to(edit).end() + (at - from(edit).end()),
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Normalized<'static> {
        // "ab" deleted at 0, "cd" kept, "ef" -> "XYZ", "gh" kept, "i" deleted.
        let edits = vec![
            Edit { original: Span::new(0, 2), normalized: Span::new(0, 0) },
            Edit { original: Span::new(4, 6), normalized: Span::new(2, 5) },
            Edit { original: Span::new(8, 9), normalized: Span::new(7, 7) },
        ];
        Normalized::new("abcdefghi", Cow::Borrowed("cdXYZgh"), edits)
    }

    #[test]
    fn spans_map_whole_edits_at_a_time() {
        let n = sample();
        assert_eq!(n.to_original(Span::new(0, 2)), Span::new(2, 4));
        assert_eq!(n.to_original(Span::new(3, 4)), Span::new(4, 6));
        assert_eq!(n.to_original(Span::new(1, 3)), Span::new(3, 6));
        assert_eq!(n.to_original(Span::new(5, 7)), Span::new(6, 8));
        assert_eq!(n.to_original(Span::new(0, 7)), Span::new(2, 8));
        assert_eq!(n.to_normalized(Span::new(0, 9)), Span::new(0, 7));
        assert_eq!(n.to_normalized(Span::new(0, 1)), Span::new(0, 0));
        assert_eq!(n.to_normalized(Span::new(5, 7)), Span::new(2, 6));
        assert_eq!(n.to_normalized(Span::new(8, 9)), Span::new(7, 7));
    }

    #[test]
    fn empty_spans_stay_empty() {
        let n = sample();
        for at in 0..=7 {
            assert!(n.to_original(Span::new(at, at)).is_empty());
        }
    }
}
