//! What runs the rules, one after another, over one segment of text: exact, and slow only where text needs mending.
//!
//! Each stage is one linear pass from one list of characters to another. A character carries the bytes of the segment
//! that it came from, which is all that the alignment needs.

use super::rule::{Rule, RuleSet};
use crate::letters::is_letter;

/// One character of the result and the bytes of the segment that it was made from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Item {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

pub(super) fn letter_at(items: &[Item], at: usize) -> bool {
    items.get(at).is_some_and(|item| is_letter(item.c))
}

pub(super) fn char_at(items: &[Item], at: usize) -> Option<char> {
    items.get(at).map(|item| item.c)
}

/// Takes the bytes `start..end`, which hold something deleted, into the letter before it.
pub(super) fn extend_last(out: &mut [Item], start: usize, end: usize) {
    if let Some(last) = out.last_mut().filter(|last| last.end == start && is_letter(last.c)) {
        last.end = end;
    }
}

/// The two lists that the stages write to in turn; kept from segment to segment so that they are allocated once.
#[derive(Debug, Default)]
pub(super) struct Engine {
    items: Vec<Item>,
    other: Vec<Item>,
    /// Whether to note which rule changed what.
    traces: bool,
    /// The rules that changed each byte of the segment, where they are noted.
    noted: Vec<RuleSet>,
}

impl Engine {
    /// An engine that notes which rule changed what, at twice the cost.
    pub(super) fn tracing() -> Self {
        Self { traces: true, ..Self::default() }
    }

    /// Whether the engine notes which rule changed what.
    pub(super) const fn traces(&self) -> bool {
        self.traces
    }

    /// Starts with the characters of `segment`.
    pub(super) fn read(&mut self, segment: &str) {
        self.noted.clear();
        if self.traces {
            self.noted.resize(segment.len(), RuleSet::EMPTY);
        }
        self.items.clear();
        self.items.extend(segment.char_indices().map(|(at, c)| Item { c, start: at, end: at + c.len_utf8() }));
    }

    /// What the stages have made of the segment so far.
    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    /// Runs one stage, which belongs to `rule`.
    pub(super) fn stage(&mut self, rule: Rule, stage: impl FnOnce(&[Item], &mut Vec<Item>)) {
        self.other.clear();
        stage(&self.items, &mut self.other);
        std::mem::swap(&mut self.items, &mut self.other);
        if self.traces {
            self.note(rule);
        }
    }

    /// Notes where the last stage changed something.
    fn note(&mut self, rule: Rule) {
        let (mut before, mut after) = (self.other.as_slice(), self.items.as_slice());
        loop {
            match (before.split_first(), after.split_first()) {
                (Some((a, old)), Some((b, new))) if a == b => (before, after) = (old, new),
                (None, None) => return,
                _ => {
                    let starts = before.first().into_iter().chain(after.first()).map(|item| item.start);
                    let start = starts.min().unwrap_or(0);
                    let mut end = start;
                    // To the next character that both lists have.
                    while before.first() != after.first() {
                        let take_old = match (before.first(), after.first()) {
                            (Some(a), Some(b)) => (a.start, a.end) <= (b.start, b.end),
                            (old, _) => old.is_some(),
                        };
                        let list = if take_old { &mut before } else { &mut after };
                        let Some((item, rest)) = list.split_first() else { break };
                        end = end.max(item.end);
                        *list = rest;
                    }
                    for set in self.noted.iter_mut().take(end).skip(start) {
                        *set = set.with(rule, true);
                    }
                }
            }
        }
    }

    /// The rules that changed something in the bytes `start..end` of the segment; none where nothing is noted.
    pub(super) fn rules_in(&self, start: usize, end: usize) -> RuleSet {
        self.noted.iter().take(end).skip(start).fold(RuleSet::EMPTY, |all, &set| all.union(set))
    }
}
