//! Numbers in digits and words, and what they count: percentages, money, quantities.

use super::ValueKind;
use super::amount::Amount;
use super::pieces::{Body, Piece};
use super::reader::{Mention, Reader};
use super::words::{Ending, NumeralEntry, Reading, Sense, Small, fold};

/// From here on a numeral multiplies what stands before it.
const SCALE: u128 = 1000;

/// A numeral or digits: one piece.
#[derive(Clone, Copy, Debug)]
struct Atom {
    /// None where the digits are too many.
    amount: Option<Amount>,
    /// The entry of a numeral in letters.
    entry: Option<&'static NumeralEntry>,
    ending: Ending,
    ordinal: bool,
    end: usize,
}

impl Atom {
    /// Whether the number may go on behind it.
    fn is_open(&self) -> bool {
        self.ending == Ending::None && !self.ordinal
    }

    /// What it multiplies by, where it is thousand, million or the like.
    fn scale(&self) -> Option<u128> {
        let whole = self.amount?.as_whole()?;
        (self.entry.is_some() && whole >= SCALE).then_some(whole)
    }

    fn whole_below(&self, limit: u128) -> Option<u128> {
        self.amount?.as_whole().filter(|&whole| whole < limit)
    }
}

/// A number and the pieces that it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// None where there are more digits than are counted with.
    pub(super) amount: Option<Amount>,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) ending: Ending,
    pub(super) ordinal: bool,
    /// Where it ends, without its ending.
    pub(super) end: usize,
    /// Whether it is in digits alone.
    pub(super) digits: bool,
    /// The numeral, where it is one word.
    pub(super) entry: Option<&'static NumeralEntry>,
}

impl Number {
    /// A small whole number.
    pub(super) fn small(&self) -> Option<i32> {
        self.amount?.as_whole().and_then(|whole| i32::try_from(whole).ok())
    }
}

/// The fraction that ends a number behind و. "ملیۆنێک و سێیەکی خەڵک" are two amounts.
fn added_fraction(atom: &Atom) -> Option<Amount> {
    let entry = atom.entry.filter(|entry| !entry.alone && entry.amount.is_fraction())?;
    let half = Amount::new(1, 2) == Some(entry.amount);
    (half || atom.ending != Ending::Link).then_some(entry.amount)
}

impl Reader<'_, '_> {
    fn atom(&self, at: usize) -> Option<Atom> {
        let piece = self.pieces.get(at)?;
        if let Body::Number(digits) = &piece.body {
            let (ending, ordinal) = (piece.ending, piece.ordinal);
            return Some(Atom { amount: digits.amount, entry: None, ending, ordinal, end: piece.digits_end });
        }
        piece.readings.iter().filter(|(_, words)| *words == 1).find_map(|(reading, _)| {
            let Sense::Number(entry) = reading.sense else { return None };
            let scale = entry.amount.as_whole().is_some_and(|whole| whole >= SCALE);
            let ending = match reading.ending {
                // ملیۆنێک, a million.
                Ending::Indefinite if scale => Ending::None,
                ending @ (Ending::None | Ending::Link | Ending::Case) => ending,
                _ => return None,
            };
            let ordinal = reading.ordinal.is_some();
            let end = piece.end_without(reading.ending_len);
            Some(Atom { amount: Some(entry.amount), entry: Some(entry), ending, ordinal, end })
        })
    }

    /// The atom at `at` where it goes on a line.
    fn next_atom(&self, at: usize) -> Option<Atom> {
        self.pieces.get(at).filter(|piece| !piece.breaks)?;
        self.atom(at)
    }

    fn is_and(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| !piece.breaks && piece.is(Small::And))
    }

    /// The number that begins at a piece. Takes a bounded number of pieces: each part is smaller than the one before.
    pub(super) fn number(&self, first: usize) -> Option<Number> {
        let mut last = self.atom(first)?;
        let mut at = first;
        let digits = last.entry.is_none();
        let done = |amount, last: Atom, at: usize| Number {
            amount,
            first,
            last: at,
            ending: last.ending,
            ordinal: last.ordinal,
            end: last.end,
            digits: digits && at == first,
            entry: last.entry.filter(|_| at == first),
        };
        if last.amount.is_none() {
            return Some(done(None, last, at));
        }
        let mut total = Amount::whole(0);
        let mut limit = u128::MAX;
        // The number without the part that is read.
        let mut before = None;
        loop {
            // What is multiplied; nothing stands before a scale that begins a part.
            let mut factor = 1;
            let value = match last.scale() {
                Some(scale) => {
                    factor = scale;
                    Amount::whole(1)
                }
                None => self.group(&mut at, &mut last)?,
            };
            while let Some((next, scale)) =
                self.next_atom(at + 1).filter(|_| last.is_open()).and_then(|next| Some((next, next.scale()?)))
            {
                let product = factor.checked_mul(scale).filter(|_| scale > factor);
                let Some(product) = product.filter(|&product| value.times(Amount::whole(product)).is_some()) else {
                    break;
                };
                (factor, last) = (product, next);
                at += 1;
            }
            let sum = value
                .times(Amount::whole(factor))
                .filter(|part| part.is_below(limit))
                .and_then(|part| total.plus(part));
            let Some(sum) = sum else { return before };
            total = sum;
            before = Some(done(Some(total), last, at));
            limit = factor;
            if !last.is_open() {
                break;
            }
            let Some(next) = self.next_atom(at + 2).filter(|_| self.is_and(at + 1)) else { break };
            if let Some(fraction) = added_fraction(&next) {
                let Some(sum) = fraction.times(Amount::whole(factor)).and_then(|part| total.plus(part)) else { break };
                (total, last) = (sum, next);
                at += 2;
                // سێ و نیو ملیۆن
                let scale = self.next_atom(at + 1).filter(|_| last.is_open() && factor == 1);
                let product = scale.and_then(|next| Some((next, total.times(Amount::whole(next.scale()?))?)));
                if let Some((next, product)) = product {
                    (total, last) = (product, next);
                    at += 1;
                }
                break;
            }
            // A part that would not be smaller is another number.
            if limit == 1 || !self.part_is_below(at + 2, limit) {
                break;
            }
            at += 2;
            last = next;
        }
        if last.is_open() {
            if let Some((amount, next, to)) = self.over(at, total) {
                return Some(done(Some(amount), next, to));
            }
        }
        Some(done(Some(total), last, at))
    }

    /// Whether the number part that begins at a piece is below a limit.
    fn part_is_below(&self, mut at: usize, limit: u128) -> bool {
        let Some(mut last) = self.next_atom(at) else { return false };
        if let Some(scale) = last.scale() {
            return scale < limit;
        }
        let Some(value) = self.group(&mut at, &mut last) else { return false };
        let mut factor = 1_u128;
        while let Some(scale) = self.next_atom(at + 1).filter(|_| last.is_open()).and_then(|next| next.scale()) {
            if scale <= factor {
                break;
            }
            let Some(product) = factor.checked_mul(scale) else { return false };
            factor = product;
            let Some(next) = self.next_atom(at + 1) else { break };
            last = next;
            at += 1;
        }
        // Only whole numbers are put together: fractions have their own place.
        value.as_whole().and_then(|value| value.checked_mul(factor)).is_some_and(|part| part < limit)
    }

    /// A number below a thousand in words, or digits; moves on to the last atom of it.
    fn group(&self, at: &mut usize, last: &mut Atom) -> Option<Amount> {
        let first = last.amount?;
        let mut value = first;
        // What may follow behind و is below this.
        let mut limit = match first.as_whole() {
            Some(100..1000) if last.entry.is_some() => 100,
            Some(20..100) if last.entry.is_some() => 10,
            _ => 0,
        };
        if let (Some(next), true) = (self.next_atom(*at + 1).filter(|next| next.entry.is_some()), last.is_open()) {
            let hundred = next.amount == Some(Amount::whole(100));
            let fraction =
                next.amount.is_some_and(|amount| amount.is_fraction() && amount != Amount::new(1, 2).unwrap_or(amount));
            if last.whole_below(10).is_some_and(|whole| whole > 0) && (hundred || fraction) {
                // دوو سەد, سێ چارەک
                value = value.times(next.amount?)?;
                limit = if hundred { 100 } else { 0 };
                *last = next;
                *at += 1;
            }
        }
        while limit > 1 && last.is_open() && self.is_and(*at + 1) {
            let Some(next) = self.next_atom(*at + 2) else { break };
            let Some(part) = next.whole_below(limit).filter(|&part| part > 0) else { break };
            // پێنج سەد behind و begins anew.
            if self.next_atom(*at + 3).is_some_and(|after| after.amount == Some(Amount::whole(100)) && next.is_open()) {
                break;
            }
            value = value.plus(Amount::whole(part))?;
            limit = if part >= 20 && next.entry.is_some() { 10 } else { 0 };
            *last = next;
            *at += 2;
        }
        Some(value)
    }

    /// یەک لەسەر سێ, one over three.
    fn over(&self, at: usize, amount: Amount) -> Option<(Amount, Atom, usize)> {
        let (_, words) = self.read(at + 1, |sense| *sense == Sense::Small(Small::Over))?;
        let under = at + 1 + words;
        let atom = self.next_atom(under).filter(|atom| !atom.ordinal)?;
        let below = atom.whole_below(1001)?;
        let value = amount.as_whole().and_then(|_| amount.divided(Amount::whole(below)))?;
        Some((value, atom, under))
    }

    /// The amount that begins at a piece.
    pub(super) fn amount(&self, at: usize) -> Option<Mention> {
        let piece = self.pieces.get(at)?;
        if let Some((_, words)) = self.read_here(at, |sense| matches!(sense, Sense::Percent { before: true, .. })) {
            if let Some(number) = self.following_number(at + words) {
                return Some(self.counted(at, &number, ValueKind::Percent, Some("%"), number.end, number.last));
            }
        }
        if matches!(piece.body, Body::Sign) || piece.text.is_ascii() {
            let currency = self.read_here(at, |sense| matches!(sense, Sense::Currency(_)));
            let number = currency.and_then(|(_, words)| self.following_number(at + words));
            if let (Some((Reading { sense: Sense::Currency(code), .. }, _)), Some(number)) = (currency, number) {
                return Some(self.counted(at, &number, ValueKind::Money, Some(code), number.end, number.last));
            }
        }
        if let Some(mention) = self.negative(at, piece) {
            return Some(mention);
        }
        let number = self.number(at)?;
        if number.ordinal {
            return Some(self.counted(at, &number, ValueKind::Ordinal, None, number.end, number.last));
        }
        self.with_unit(at, &number).or_else(|| {
            let alone = self.is_number_alone(&number);
            alone.then(|| self.counted(at, &number, ValueKind::Number, None, number.end, number.last))
        })
    }

    /// A cardinal on the same line.
    fn following_number(&self, at: usize) -> Option<Number> {
        self.pieces.get(at).filter(|piece| !piece.breaks)?;
        self.number(at).filter(|number| !number.ordinal)
    }

    /// Digits right behind a minus sign that no word or number stands before.
    fn negative(&self, at: usize, sign: &Piece<'_>) -> Option<Mention> {
        if !matches!(sign.text, "-" | "\u{2212}") || sign.glued && at > 0 {
            return None;
        }
        self.pieces.get(at + 1).filter(|next| next.glued && next.digits().is_some())?;
        let number = self.number(at + 1).filter(|number| !number.ordinal)?;
        let unit = self.with_unit(at, &number);
        let mention =
            unit.unwrap_or_else(|| self.counted(at, &number, ValueKind::Number, None, number.end, number.last));
        let value = format!("-{}", mention.found.value);
        Some(Mention { found: super::Found { value, ..mention.found }, ..mention })
    }

    /// The number with the percent sign, currency or unit that follows it.
    fn with_unit(&self, first: usize, number: &Number) -> Option<Mention> {
        if number.ending != Ending::None {
            return None;
        }
        let at = number.last + 1;
        if let Some((_, words)) = self.read(at, |sense| matches!(sense, Sense::Percent { after: true, .. })) {
            let last = at + words - 1;
            // "٤٠ لە سەدا ٥٠" holds the percentage of the second number.
            let other = self.following_number(last + 1).is_some()
                && words + at > at
                && self.pieces.get(at).is_some_and(|piece| piece.body == Body::Word);
            if let Some(end) = self.pieces.get(last).map(|piece| piece.end).filter(|_| !other) {
                return Some(self.counted(first, number, ValueKind::Percent, Some("%"), end, last));
            }
        }
        let (reading, words) =
            self.read(at, |sense| matches!(sense, Sense::Currency(_) | Sense::Measure(_) | Sense::Time(_)))?;
        let last = at + words - 1;
        let piece = self.pieces.get(last)?;
        // A unit of one letter is an abbreviation that stands beside digits.
        if matches!(reading.ending, Ending::Plural | Ending::PluralLink)
            || piece.text.chars().count() == 1 && words == 1 && !number.digits && piece.body == Body::Word
        {
            return None;
        }
        let end = piece.end_without(reading.ending_len);
        let (kind, code) = match reading.sense {
            Sense::Currency(code) => (ValueKind::Money, code.as_str()),
            Sense::Measure(code) => (ValueKind::Quantity, code.as_str()),
            Sense::Time(unit) => (ValueKind::Quantity, unit.code()),
            _ => return None,
        };
        // پێنج کیلۆمەتر و نیو
        let half = self.next_atom(last + 2).filter(|atom| {
            reading.ending == Ending::None
                && self.is_and(last + 1)
                && atom.amount == Amount::new(1, 2)
                && atom.is_open()
        });
        let sum = half.and_then(|half| number.amount?.plus(half.amount?));
        if let (Some(half), Some(sum)) = (half, sum) {
            let number = Number { amount: Some(sum), ..*number };
            return Some(self.counted(first, &number, kind, Some(code), half.end, last + 2));
        }
        Some(self.counted(first, number, kind, Some(code), end, last))
    }

    /// Whether a numeral by itself is a number here.
    fn is_number_alone(&self, number: &Number) -> bool {
        let Some(entry) = number.entry else { return true };
        if entry.bare && number.ending != Ending::None {
            return false;
        }
        let next = self.pieces.get(number.last + 1).filter(|piece| !piece.breaks);
        let word = next.filter(|piece| {
            piece.body == Body::Word
                && !matches!(piece.readings.first(), Some((Reading { sense: Sense::Small(_), .. }, _)))
        });
        if entry.followed && number.ending == Ending::None && word.is_none() {
            return false;
        }
        let is_any = |piece: Option<&Piece<'_>>, list: &[String]| {
            !list.is_empty() && piece.is_some_and(|piece| piece.text.len() < 32 && list.contains(&fold(piece.text)))
        };
        let before = number.first.checked_sub(1).and_then(|at| self.pieces.get(at));
        // چارەکی یەکەم, the first quarter, is a stretch of time.
        let part = entry.amount.is_fraction()
            && number.ending == Ending::Link
            && self.next_atom(number.last + 1).is_some_and(|next| next.ordinal);
        !part && !is_any(before, &entry.not_after) && !is_any(next, &entry.not_before)
    }

    fn counted(
        &self,
        first: usize,
        number: &Number,
        kind: ValueKind,
        unit: Option<&'static str>,
        end: usize,
        last: usize,
    ) -> Mention {
        let digits = || self.pieces.get(number.last).and_then(Piece::digits).map(|digits| digits.text.clone());
        let value = number.amount.map_or_else(|| digits().unwrap_or_default(), |amount| amount.to_string());
        self.mention(first, last, end, kind, value, unit)
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::super::reader::Reader;
    use crate::tokenize::Cutter;

    /// The value of the number at the beginning, and how many pieces it takes.
    fn number(text: &str) -> Option<(String, usize)> {
        let tokens: Vec<_> = Cutter::new(text).collect();
        let pieces = pieces(&tokens);
        let number = Reader::new(&pieces, None).number(0)?;
        Some((number.amount.map_or_else(|| "too large".to_owned(), |amount| amount.to_string()), number.last + 1))
    }

    #[test]
    fn parts_of_a_number_grow_smaller() {
        for (text, value, pieces) in [
            ("بیست و یەک و دوو", "21", 3),
            ("سێ و چوار", "3", 1),
            ("سەد و دوو سەد", "100", 1),
            ("پێنج سەد و بیست و سێ", "523", 6),
            ("هەزار و دوو هەزار", "1000", 1),
            ("دوو هەزار و سەد و پێنج", "2105", 6),
            ("ملیۆنێک و پێنج سەد هەزار", "1500000", 5),
            ("سەد و پەنجا ملیۆن و دوو هەزار و سێ", "150002003", 9),
            ("٢ هەزار و ١٥٠", "2150", 4),
            ("٢٠٠٠ و ١٥٠", "2000", 1),
            ("هەزار ملیۆن", "1000000000", 2),
            ("ملیار ملیۆن", "1000000000", 1),
            ("دوو و نیو", "2.5", 3),
            ("چوار ملیۆن و نیو", "4500000", 4),
            ("سێ لەسەر چوار", "0.75", 3),
            ("یەک لەسەر سفر", "1", 1),
        ] {
            assert_eq!(number(text), Some((value.to_owned(), pieces)), "{text}");
        }
        assert_eq!(number("کتێب"), None);
        assert_eq!(number(&"9".repeat(40)), Some(("too large".to_owned(), 1)));
        let huge = format!("{} تریلیۆن", "9".repeat(30));
        assert_eq!(number(&huge).map(|(_, pieces)| pieces), Some(1));
    }
}
