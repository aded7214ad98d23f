//! A half-open range of bytes in a text.

use std::fmt;
use std::ops::Range;

/// A half-open range of **byte** offsets into a text, always on `char` boundaries of the text that it was made for.
///
/// `Copy` and two machine words wide. A span says nothing of which text it belongs to: in this crate it is the text
/// that the caller gave, unless a method says "normalized".
///
/// ```
/// use sorani::Span;
///
/// let text = "لە هەولێر";
/// let span = Span::new(5, 17);
/// assert_eq!(span.slice(text), Some("هەولێر"));
/// assert_eq!(span.range(), 5..17);
/// assert_eq!(span.len(), 12);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// Makes the span `start..end`; an `end` before `start` gives the empty span at `start`.
    ///
    /// ```
    /// use sorani::Span;
    /// assert_eq!(Span::new(3, 1), Span::new(3, 3));
    /// ```
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The offset of the first byte.
    ///
    /// ```
    /// assert_eq!(sorani::Span::new(2, 8).start(), 2);
    /// ```
    pub const fn start(self) -> usize {
        self.start
    }

    /// The offset after the last byte.
    ///
    /// ```
    /// assert_eq!(sorani::Span::new(2, 8).end(), 8);
    /// ```
    pub const fn end(self) -> usize {
        self.end
    }

    /// The number of bytes.
    ///
    /// ```
    /// assert_eq!(sorani::Span::new(2, 8).len(), 6);
    /// ```
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    ///
    /// ```
    /// assert!(sorani::Span::new(4, 4).is_empty());
    /// ```
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a standard range, for indexing.
    ///
    /// ```
    /// assert_eq!(sorani::Span::new(2, 8).range(), 2..8);
    /// ```
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The part of `text` that the span covers, or `None` where it does not fit the text.
    ///
    /// ```
    /// use sorani::Span;
    /// assert_eq!(Span::new(0, 2).slice("ئاو"), Some("ئ"));
    /// assert_eq!(Span::new(0, 1).slice("ئاو"), None); // inside a character
    /// ```
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Whether the two spans share at least one byte.
    ///
    /// ```
    /// use sorani::Span;
    /// assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
    /// assert!(!Span::new(0, 4).overlaps(Span::new(4, 5)));
    /// ```
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span moved to the right by `by` bytes.
    pub(crate) const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_agree() {
        let span = Span::from(3..9);
        assert_eq!(Range::from(span), 3..9);
        assert_eq!(format!("{span:?}"), "3..9");
        assert_eq!(span.shifted(2), Span::new(5, 11));
    }
}
