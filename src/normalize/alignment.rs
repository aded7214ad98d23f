//! A normalized text with the way back to the text that it was made from.

use std::borrow::Cow;
use std::fmt;

use super::rule::RuleSet;
use crate::Span;

/// A place where normalized and original text differ in such a way that offsets are not simply shifted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Edit {
    /// The bytes of the original text that were replaced.
    pub(crate) original: Span,
    /// The bytes of the normalized text that replace them; empty for a deletion.
    pub(crate) normalized: Span,
    /// The rules that did it, where they were noted.
    pub(crate) rules: RuleSet,
}

impl Edit {
    /// The edits of two passes as those of one: `first` leads from the original to a text between, `second` from there
    /// on. Takes time linear in their number.
    fn compose(first: &[Self], second: &[Self]) -> Vec<Self> {
        let mut out: Vec<Self> = Vec::with_capacity(first.len() + second.len());
        let (mut first, mut second) = (first, second);
        // How far the texts are apart outside edits: original minus between, and normalized minus between.
        let (mut back, mut on) = (Shift::default(), Shift::default());
        while let Some(start) = [first.first().map(|edit| edit.normalized), second.first().map(|edit| edit.original)]
            .into_iter()
            .flatten()
            .map(Span::start)
            .min()
        {
            // The stretch of the text between that touching edits of both sides cover, and what becomes of it.
            let (from, to) = (back.apply(start), on.apply(start));
            let mut end = start;
            let mut rules = RuleSet::EMPTY;
            let mut any = false;
            loop {
                let reaches =
                    |span: Span| span.start() < end || span.start() == end && (!any || span.is_empty() && end > start);
                if let Some((edit, rest)) = first.split_first().filter(|(edit, _)| reaches(edit.normalized)) {
                    end = end.max(edit.normalized.end());
                    back = Shift::between(edit.normalized.end(), edit.original.end());
                    rules = rules.union(edit.rules);
                    first = rest;
                } else if let Some((edit, rest)) = second.split_first().filter(|(edit, _)| reaches(edit.original)) {
                    end = end.max(edit.original.end());
                    on = Shift::between(edit.original.end(), edit.normalized.end());
                    rules = rules.union(edit.rules);
                    second = rest;
                } else {
                    break;
                }
                any = true;
            }
            let original = Span::new(from, back.apply(end));
            let normalized = Span::new(to, on.apply(end));
            out.push(Self { original, normalized, rules });
        }
        out
    }
}

/// How far apart the same place is in two texts.
#[derive(Clone, Copy, Default, Debug)]
struct Shift {
    from: usize,
    to: usize,
}

impl Shift {
    const fn between(from: usize, to: usize) -> Self {
        Self { from, to }
    }

    /// The place in the second text of a place in the first, at or after the one that is known.
    const fn apply(self, at: usize) -> usize {
        self.to + at.saturating_sub(self.from)
    }
}

/// A place where normalization changed the text: [`Normalized::changes`] lists them.
///
/// ```
/// use sorani::{Normalizer, Rule, Span};
///
/// let traced = Normalizer::new().normalize_traced("بوو \u{0643}ورد");
/// let change = traced.changes().next();
/// assert_eq!(change.map(|change| change.original()), Some(Span::new(7, 9)));
/// assert!(change.is_some_and(|change| change.rules().contains(Rule::Letters)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change<'n> {
    before: &'n str,
    after: &'n str,
    edit: Edit,
}

impl<'n> Change<'n> {
    /// The text as it was; empty where something was added.
    ///
    /// ```
    /// let traced = sorani::Normalizer::new().normalize_traced("\u{0643}ورد");
    /// assert_eq!(traced.changes().next().map(|change| change.before()), Some("\u{0643}"));
    /// ```
    pub const fn before(&self) -> &'n str {
        self.before
    }

    /// What it became; empty where it was deleted.
    ///
    /// ```
    /// let traced = sorani::Normalizer::new().normalize_traced("\u{0643}ورد");
    /// assert_eq!(traced.changes().next().map(|change| change.after()), Some("ک"));
    /// ```
    pub const fn after(&self) -> &'n str {
        self.after
    }

    /// Where [`before`](Self::before) stands in the original text, in bytes.
    ///
    /// ```
    /// use sorani::{Normalizer, Span};
    /// let traced = Normalizer::new().normalize_traced("\u{0643}ورد");
    /// assert_eq!(traced.changes().next().map(|change| change.original()), Some(Span::new(0, 2)));
    /// ```
    pub const fn original(&self) -> Span {
        self.edit.original
    }

    /// Where [`after`](Self::after) stands in the normalized text, in bytes.
    ///
    /// ```
    /// use sorani::{Normalizer, Span};
    /// let traced = Normalizer::new().normalize_traced("\u{0643}ورد");
    /// assert_eq!(traced.changes().next().map(|change| change.normalized()), Some(Span::new(0, 2)));
    /// ```
    pub const fn normalized(&self) -> Span {
        self.edit.normalized
    }

    /// The rules that made it; known only to [`Normalizer::normalize_traced`](crate::Normalizer::normalize_traced).
    ///
    /// ```
    /// use sorani::{Normalizer, Rule};
    /// let traced = Normalizer::new().normalize_traced("\u{0643}ورد");
    /// assert!(traced.changes().all(|change| change.rules().contains(Rule::Letters)));
    /// ```
    pub const fn rules(&self) -> RuleSet {
        self.edit.rules
    }
}

/// Writes the rules, the text before and the text after.
impl fmt::Display for Change<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} → {}", self.edit.rules, self.before, self.after)
    }
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

    /// Goes on with another pass over the normalized text; offsets then lead all the way back to the original.
    pub(super) fn then(self, pass: impl FnOnce(&str) -> Normalized<'_>) -> Self {
        let next = pass(&self.text);
        match next.text {
            Cow::Borrowed(_) => Self { edits: Edit::compose(&self.edits, &next.edits), ..self },
            Cow::Owned(text) => {
                let edits = next.edits;
                self.followed_by(text, &edits)
            }
        }
    }

    /// What another pass over the normalized text made of it; offsets then lead all the way back to the original.
    pub(super) fn followed_by(self, text: String, edits: &[Edit]) -> Self {
        let edits = Edit::compose(&self.edits, edits);
        let text = if text == self.original { Cow::Borrowed(self.original) } else { Cow::Owned(text) };
        Self { text, edits, ..self }
    }

    /// The normalized text and the edits, for [`followed_by`](Self::followed_by).
    pub(super) fn into_parts(self) -> (String, Vec<Edit>) {
        (self.text.into_owned(), self.edits)
    }

    pub(super) fn edits(&self) -> &[Edit] {
        &self.edits
    }

    pub(super) const fn as_cow(&self) -> &Cow<'t, str> {
        &self.text
    }

    /// The places where the two texts differ, in order.
    ///
    /// Letters that were replaced by others of the same length are listed only where the text was
    /// [traced](crate::Normalizer::normalize_traced).
    ///
    /// ```
    /// let aligned = sorani::Normalizer::new().normalize_aligned("سـڵاو");
    /// let changes: Vec<_> = aligned.changes().map(|change| (change.before(), change.after())).collect();
    /// assert_eq!(changes, [("سـ", "س")]);
    /// ```
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        self.edits.iter().filter_map(|&edit| {
            let before = edit.original.slice(self.original)?;
            let after = edit.normalized.slice(&self.text)?;
            (before != after).then_some(Change { before, after, edit })
        })
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
        Some(edit) => to(edit).end().saturating_add(at - from(edit).end()),
        None => at,
    }
}

/// Maps the end of a span: before deletions that lie right after it, on to the end of an edit that holds it.
fn map_end(edits: &[Edit], at: usize, from: impl Fn(&Edit) -> Span, to: impl Fn(&Edit) -> Span) -> usize {
    // The first edit that starts at or after `at`.
    let next = edits.partition_point(|edit| from(edit).start() < at);
    match next.checked_sub(1).and_then(|last| edits.get(last)) {
        Some(edit) if from(edit).end() > at => to(edit).end(),
        Some(edit) => to(edit).end().saturating_add(at - from(edit).end()),
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(original: (usize, usize), normalized: (usize, usize)) -> Edit {
        let span = |(start, end)| Span::new(start, end);
        Edit { original: span(original), normalized: span(normalized), rules: RuleSet::EMPTY }
    }

    #[test]
    fn edits_of_two_passes_compose() {
        // "abcdefghi" -> "cdXYZgh" -> "cQYZgRRh" : d -> nothing and X -> Q touch; R R is added.
        let second = [edit((1, 3), (1, 2)), edit((6, 6), (5, 7))];
        let first = sample();
        let both = Edit::compose(&first.edits, &second);
        let expected = [edit((0, 2), (0, 0)), edit((3, 6), (1, 4)), edit((7, 7), (5, 7)), edit((8, 9), (8, 8))];
        assert_eq!(both, expected);
        assert_eq!(Edit::compose(&first.edits, &[]), first.edits);
        assert_eq!(Edit::compose(&[], &second), second);
    }

    fn sample() -> Normalized<'static> {
        // "ab" deleted at 0, "cd" kept, "ef" -> "XYZ", "gh" kept, "i" deleted.
        let edits = vec![edit((0, 2), (0, 0)), edit((4, 6), (2, 5)), edit((8, 9), (7, 7))];
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
    fn spans_beyond_the_text_do_no_harm() {
        // "bb" is added at the end: what is far behind it has no place further on.
        let n = Normalized::new("a", Cow::Borrowed("abb"), vec![edit((1, 1), (1, 3))]);
        let far = Span::new(usize::MAX - 1, usize::MAX);
        assert_eq!(n.to_normalized(far), Span::new(usize::MAX, usize::MAX));
        assert!(n.to_original(far).slice("a").is_none());
    }

    #[test]
    fn empty_spans_stay_empty() {
        let n = sample();
        for at in 0..=7 {
            assert!(n.to_original(Span::new(at, at)).is_empty());
        }
    }
}
