//! Reads values from the pieces of a text, from left to right.

use super::date::Date;
use super::pieces::{Body, Piece};
use super::words::{Reading, Sense};
use super::{Found, ValueKind};
use crate::Span;

/// A value and the pieces that it takes.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) found: Found,
    /// The piece after it.
    pub(super) next: usize,
    /// The Gregorian year and month that it lies in; other dates refer to it.
    pub(super) month: Option<(Option<i32>, u8)>,
    /// Whether it is a year alone, beside which others may stand.
    pub(super) is_year: bool,
}

impl Mention {
    /// The value is of what the words say about now, not of a name or number.
    pub(super) fn deictic(mut self) -> Self {
        self.found.deictic = true;
        self
    }
}

/// Reads the values of one text.
#[derive(Debug)]
pub(super) struct Reader<'p, 't> {
    pub(super) pieces: &'p [Piece<'t>],
    pub(super) reference: Option<Date>,
    /// The month of the last date.
    pub(super) month: Option<(Option<i32>, u8)>,
    /// The piece behind the last year.
    pub(super) year_end: Option<usize>,
}

impl<'p, 't> Reader<'p, 't> {
    pub(super) const fn new(pieces: &'p [Piece<'t>], reference: Option<Date>) -> Self {
        Self { pieces, reference, month: None, year_end: None }
    }

    pub(super) fn read_all(mut self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(piece) = self.pieces.get(at) {
            // Most words mean nothing here.
            let empty = piece.readings.is_empty() && matches!(piece.body, Body::Word | Body::Other);
            let mention =
                if empty { None } else { self.date(at).or_else(|| self.time(at)).or_else(|| self.amount(at)) };
            let Some(mention) = mention else {
                at += 1;
                continue;
            };
            if mention.found.kind == ValueKind::Date && !mention.found.deictic {
                self.month = mention.month.or(self.month);
            }
            self.year_end = mention.is_year.then_some(mention.next);
            at = mention.next.max(at + 1);
            found.push(mention.found);
        }
        found
    }

    /// The first reading at a piece, the longest first, that means what is wanted; and the pieces that it takes.
    pub(super) fn read_here(&self, at: usize, wanted: impl Fn(&Sense) -> bool) -> Option<(Reading, usize)> {
        let piece = self.pieces.get(at)?;
        piece.readings.iter().find(|(reading, _)| wanted(reading.sense)).copied()
    }

    /// The same where no line ends before the piece.
    pub(super) fn read(&self, at: usize, wanted: impl Fn(&Sense) -> bool) -> Option<(Reading, usize)> {
        self.pieces.get(at).filter(|piece| !piece.breaks)?;
        self.read_here(at, wanted)
    }

    /// A value in the pieces `first` to `last`, which ends at the byte `end`.
    pub(super) fn mention(
        &self,
        first: usize,
        last: usize,
        end: usize,
        kind: ValueKind,
        value: String,
        unit: Option<&'static str>,
    ) -> Mention {
        let start = self.pieces.get(first).map_or(end, |piece| piece.start);
        let whole = self.pieces.get(last).map_or(end, |piece| piece.end.max(end));
        let found = Found {
            span: Span::new(start, end),
            word_span: Span::new(start, whole),
            kind,
            value,
            unit,
            deictic: false,
        };
        Mention { found, next: last + 1, month: None, is_year: false }
    }

    /// A date in the pieces `first` to `last`.
    pub(super) fn dated(&self, first: usize, last: usize, end: usize, value: String) -> Mention {
        self.mention(first, last, end, ValueKind::Date, value, None)
    }
}
