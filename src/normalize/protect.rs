//! Parts of a text that are left as they are: those that the caller names, and vocalised Arabic.

use std::borrow::Cow;

use super::alignment::{Edit, Normalized};
use super::engine::Item;
use super::rules::Rules;
use super::standard::legacy_word;
use crate::Span;
use crate::letters::{
    TATWEEL, is_haraka, is_invisible, is_joiner, is_latin_mark, is_letter, is_mark, is_presentation_letter,
};

/// Stands for a protected part while the rest is normalized: U+FFFC, the object replacement character. No rule deletes
/// or moves it, so the n-th of the text before is the n-th of the text after.
pub(super) const PROTECTED: char = '\u{FFFC}';

/// Brings spans into order: cut at the end of the text, widened to whole characters, without empty ones; those that
/// overlap or touch are one.
pub(super) fn in_order(text: &str, spans: &[Span]) -> Vec<Span> {
    let start = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = |at: usize| (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let within = spans.iter().filter(|span| !span.is_empty() && span.start() < text.len());
    let mut spans: Vec<Span> = within.map(|span| Span::new(start(span.start()), end(span.end()))).collect();
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut().filter(|last| span.start() <= last.end()) {
            Some(last) => *last = Span::new(last.start(), last.end().max(span.end())),
            None => merged.push(span),
        }
    }
    merged
}

/// Runs `pass` over the text around the `spans`, which are in order and disjoint.
pub(super) fn around<'t>(text: &'t str, spans: &[Span], pass: impl FnOnce(&str) -> Normalized<'_>) -> Normalized<'t> {
    if spans.is_empty() {
        return pass(text);
    }
    let mut masked = String::with_capacity(text.len());
    // The places where a part was masked, in `masked`, and the part.
    let mut masks: Vec<(usize, &str)> = Vec::with_capacity(spans.len());
    let mut from = 0;
    for &span in spans {
        masked.push_str(text.get(from..span.start()).unwrap_or_default());
        masks.push((masked.len(), span.slice(text).unwrap_or_default()));
        masked.push(PROTECTED);
        from = span.end();
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    let inner = pass(&masked);

    // The same parts in the result: other characters of the kind may be between them.
    let places = masked.match_indices(PROTECTED).zip(inner.text().match_indices(PROTECTED));
    let mut parts = masks.iter().peekable();
    let mut result_masks: Vec<(usize, &str)> = Vec::with_capacity(masks.len());
    for ((before, _), (after, _)) in places {
        if let Some((_, part)) = parts.next_if(|&&(place, _)| place == before) {
            result_masks.push((after, part));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for &(place, part) in &result_masks {
        out.push_str(inner.text().get(from..place).unwrap_or_default());
        out.push_str(part);
        from = place + PROTECTED.len_utf8();
    }
    out.push_str(inner.text().get(from..).unwrap_or_default());

    let (mut original, mut normalized) = (Unmask::new(&masks), Unmask::new(&result_masks));
    let edits = inner.edits().iter().map(|edit| Edit {
        original: original.span(edit.original),
        normalized: normalized.span(edit.normalized),
        rules: edit.rules,
    });
    let edits = edits.collect();
    Normalized::new(text, if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }, edits)
}

/// Leads from a text with masks to the one with the parts in their places; asked for places in order.
struct Unmask<'m> {
    masks: std::slice::Iter<'m, (usize, &'m str)>,
    /// What the parts passed by have in bytes, and what their masks had.
    parts: usize,
    masked: usize,
}

impl<'m> Unmask<'m> {
    fn new(masks: &'m [(usize, &'m str)]) -> Self {
        Self { masks: masks.iter(), parts: 0, masked: 0 }
    }

    fn place(&mut self, at: usize) -> usize {
        while let Some(&(_, part)) = self.masks.as_slice().first().filter(|&&(place, _)| place < at) {
            self.parts += part.len();
            self.masked += PROTECTED.len_utf8();
            self.masks.next();
        }
        at - self.masked + self.parts
    }

    fn span(&mut self, span: Span) -> Span {
        let start = self.place(span.start());
        Span::new(start, self.place(span.end()))
    }
}

/// Runs of vocalised Arabic words and the blanks between them; `data/normalize/not_arabic.tsv` says which those are.
pub(super) fn vocalised_arabic(text: &str, rules: &Rules) -> Vec<Span> {
    if !text.contains(is_haraka) {
        return Vec::new();
    }
    // What normalization may delete or make a letter of joins a word too: the words must be the same after it.
    let in_word = |c: char| {
        is_letter(c)
            || is_mark(c)
            || is_joiner(c)
            || is_latin_mark(c)
            || is_presentation_letter(c)
            || is_invisible(c)
            || c.is_control() && !matches!(c, '\t' | '\n')
            || matches!(c, '¬' | '\u{FE00}'..='\u{FE0F}' | '\u{FE70}'..='\u{FE7F}')
    };
    let (mut word, mut unsigned) = (Vec::new(), Vec::new());
    let mut spans: Vec<Span> = Vec::new();
    // Whether only blanks have come since the last span.
    let mut continues = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !in_word(first) {
            continues &= matches!(first, ' ' | '\t');
            continue;
        }
        word.clear();
        let mut end = start + first.len_utf8();
        word.push(Item { c: first, start, end });
        while let Some((at, c)) = chars.next_if(|&(_, c)| in_word(c)) {
            end = at + c.len_utf8();
            word.push(Item { c, start: at, end });
        }
        let plain = |item: &Item| is_letter(item.c) || is_mark(item.c) || item.c == TATWEEL;
        unsigned.clear();
        let arabic = word.iter().all(|item| plain(item) && !rules.is_not_arabic(item.c))
            && word.iter().any(|item| is_letter(item.c))
            && word.iter().any(|item| is_haraka(item.c))
            && !legacy_word(&word, &mut unsigned, rules);
        if arabic {
            match spans.last_mut().filter(|_| continues) {
                Some(last) => *last = Span::new(last.start(), end),
                None => spans.push(Span::new(start, end)),
            }
        }
        continues = arabic;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::rules::rules;

    #[test]
    fn spans_are_brought_into_order() {
        let order = |spans: &[(usize, usize)]| {
            let spans: Vec<Span> = spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
            in_order("aکب", &spans).iter().map(|span| (span.start(), span.end())).collect::<Vec<_>>()
        };
        assert_eq!(order(&[(3, 5), (0, 1)]), [(0, 1), (3, 5)]);
        assert_eq!(order(&[(2, 2), (2, 4), (7, 9), (usize::MAX, usize::MAX)]), [(1, 5)]);
        assert_eq!(order(&[(0, 2), (1, 3)]), [(0, 3)]);
        assert_eq!(order(&[(4, usize::MAX)]), [(3, 5)]);
    }

    #[test]
    fn vocalised_words_are_found_with_the_blanks_between_them() {
        let find = |text: &str| {
            let spans = vocalised_arabic(text, rules());
            spans.iter().map(|span| span.slice(text).unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        let verse = "بِسْمِ اللَّهِ";
        assert_eq!(find(&format!("وتی: {verse} ئینجا")), [verse]);
        assert_eq!(find("سال\u{064E} بوو"), Vec::<String>::new()); // ساڵ of an old font
        assert_eq!(find("پ\u{064E}ن\u{064E}م\u{064E}"), Vec::<String>::new());
        assert_eq!(
            find("م\u{064E}ن\u{064E}، ع\u{064E}ل\u{064E}\u{0649}"),
            ["م\u{064E}ن\u{064E}", "ع\u{064E}ل\u{064E}\u{0649}"]
        );
    }
}
