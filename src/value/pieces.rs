//! Tokens taken apart for values: digits from what is written on to them, numerals from a preposition or و.

use super::amount::Digits;
use super::words::{Ending, MAX_WORDS, Reading, Sense, Small, Words, fold};
use crate::letters::{is_digit, is_joiner};
use crate::tokenize::{Token, TokenKind};

/// The longest word that is taken apart, in bytes; no numeral is longer.
const MAX_BYTES: usize = 96;
/// The fewest digits of a telephone number.
const PHONE: usize = 7;

/// What a piece is, beside what its readings say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Body {
    /// A number in digits, with its ending.
    Number(Digits),
    /// Day, month and year in digits, in the order of the text, with their number of digits; and the sign between.
    Date([(i32, usize); 3], char),
    /// Hour and minute.
    Clock(i32, i32),
    Word,
    Sign,
    /// Nothing that may be part of a value.
    Other,
}

/// A piece of a text: a word, a number, a sign. Not white space.
#[derive(Clone, Debug)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) body: Body,
    /// The end of digits without their ending; the end of an ordinal's ending belongs to it.
    pub(super) digits_end: usize,
    pub(super) ending: Ending,
    pub(super) ordinal: bool,
    /// Whether nothing stands between it and the piece before.
    pub(super) glued: bool,
    /// Whether a line ends before it.
    pub(super) breaks: bool,
    /// What it means, with the number of pieces that it takes for that.
    pub(super) readings: Vec<(Reading, usize)>,
}

impl<'t> Piece<'t> {
    fn new(text: &'t str, start: usize, body: Body) -> Self {
        Self {
            text,
            start,
            end: start + text.len(),
            body,
            digits_end: start + text.len(),
            ending: Ending::None,
            ordinal: false,
            glued: true,
            breaks: false,
            readings: Vec::new(),
        }
    }

    fn reading(mut self, readings: Vec<Reading>) -> Self {
        self.readings = readings.into_iter().map(|reading| (reading, 1)).collect();
        self
    }

    /// The end without an ending of so many letters; joiners are not counted, and none is left at the end.
    pub(super) fn end_without(&self, letters: usize) -> usize {
        if letters == 0 {
            return self.end;
        }
        let rest = self.text.char_indices().rev().filter(|&(_, c)| !is_joiner(c));
        let cut = rest.take(letters).last().map_or(self.text.len(), |(at, _)| at);
        let rest = self.text.get(..cut).unwrap_or(self.text).trim_end_matches(is_joiner);
        (self.end + rest.len()).saturating_sub(self.text.len())
    }

    /// The digits, where the piece is a number in digits.
    pub(super) const fn digits(&self) -> Option<&Digits> {
        match &self.body {
            Body::Number(digits) => Some(digits),
            _ => None,
        }
    }

    pub(super) fn is(&self, small: Small) -> bool {
        self.readings.iter().any(|(reading, words)| *words == 1 && *reading.sense == Sense::Small(small))
    }
}

/// The pieces of a normalized text.
pub(super) fn pieces<'t>(tokens: &[Token<'t>]) -> Vec<Piece<'t>> {
    let mut builder = Builder { words: Words::embedded(), pieces: Vec::new(), space: true, breaks: false };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += builder.token(*token, tokens.get(at + 1..).unwrap_or_default());
    }
    let mut pieces = builder.pieces;
    join_words(&mut pieces);
    block(&mut pieces);
    pieces
}

struct Builder<'t> {
    words: &'static Words,
    pieces: Vec<Piece<'t>>,
    space: bool,
    breaks: bool,
}

impl<'t> Builder<'t> {
    fn push(&mut self, mut piece: Piece<'t>) {
        piece.glued = !self.space;
        piece.breaks = self.breaks;
        self.space = false;
        self.breaks = false;
        self.pieces.push(piece);
    }

    /// Takes a token apart; gives the number of tokens that were taken.
    fn token(&mut self, token: Token<'t>, next: &[Token<'t>]) -> usize {
        let (text, start) = (token.text(), token.span().start());
        match token.kind() {
            TokenKind::Whitespace => {
                self.space = true;
                self.breaks |= text.contains(['\n', '\u{2028}', '\u{2029}']);
            }
            TokenKind::Control => {}
            TokenKind::Word => self.word(text, start),
            TokenKind::Foreign | TokenKind::Abbreviation => {
                let word = fold(text);
                let mut readings = self.words.read_word(&word);
                if readings.is_empty() {
                    readings = self.words.read_word(word.trim_end_matches('.'));
                }
                let body = if readings.is_empty() { Body::Other } else { Body::Word };
                self.push(Piece::new(text, start, body).reading(readings));
            }
            TokenKind::Number | TokenKind::Ordinal => return self.number(token, next),
            TokenKind::Date => {
                let (core, rest) = split_digits(text, |c| matches!(c, '/' | '-' | '.'));
                let sign = core.chars().find(|&c| !is_digit(c)).unwrap_or(' ');
                let mut parts = core.split(sign).map(|part| Digits::read(part).map(|digits| (digits.small(4), digits)));
                let mut part = || parts.next()?.and_then(|(value, digits)| Some((value?, digits.text.len())));
                let body = match (part(), part(), part()) {
                    (Some(first), Some(second), Some(third)) => Body::Date([first, second, third], sign),
                    _ => Body::Other,
                };
                self.digits(text, start, core, rest, body);
            }
            TokenKind::Time => {
                let (core, rest) = split_digits(text, |c| c == ':');
                let mut parts = core.split(':').map(|part| Digits::read(part).and_then(|digits| digits.small(2)));
                let body = match (parts.next().flatten(), parts.next().flatten()) {
                    (Some(hour @ 0..=24), Some(minute @ 0..60)) => Body::Clock(hour, minute),
                    _ => Body::Other,
                };
                self.digits(text, start, core, rest, body);
            }
            TokenKind::Punctuation | TokenKind::Currency | TokenKind::Symbol => {
                let readings = self.words.read_word(&fold(text));
                self.push(Piece::new(text, start, Body::Sign).reading(readings));
            }
            _ => self.push(Piece::new(text, start, Body::Other)),
        }
        1
    }

    fn word(&mut self, text: &'t str, start: usize) {
        let may_read = self.words.may_read(text);
        let readings = if may_read { self.words.read_word(&fold_word(text)) } else { Vec::new() };
        if readings.is_empty() && text.len() <= MAX_BYTES {
            for preposition in ["لە", "بە"] {
                let Some(rest) = text.strip_prefix(preposition).filter(|rest| self.words.may_read(rest)) else {
                    continue;
                };
                let follows = |reading: &Reading| reading.sense.follows_preposition();
                let readings: Vec<_> = self.words.read_word(&fold(rest)).into_iter().filter(follows).collect();
                if !readings.is_empty() {
                    let first = self.words.read_word(preposition);
                    self.push(Piece::new(preposition, start, Body::Word).reading(first));
                    self.push(Piece::new(rest, start + preposition.len(), Body::Word).reading(readings));
                    return;
                }
            }
            if may_read && self.joined_numerals(text, start) {
                return;
            }
        }
        self.push(Piece::new(text, start, Body::Word).reading(readings));
    }

    /// Numerals with و written on to them: بیستوپێنج, هەزارو.
    fn joined_numerals(&mut self, text: &'t str, start: usize) -> bool {
        let numeral = |text: &str, whole: bool| {
            let mut readings = self.words.read_word(&fold(text));
            readings.retain(|reading| {
                matches!(reading.sense, Sense::Number(_))
                    && (!whole || reading.ending == Ending::None && reading.ordinal.is_none())
            });
            readings
        };
        for (at, and) in text.match_indices('و') {
            let (Some(before), Some(behind)) = (text.get(..at), text.get(at + and.len()..)) else { continue };
            let first = numeral(before, true);
            if first.is_empty() {
                continue;
            }
            let second = numeral(behind, false);
            if !behind.is_empty() && second.is_empty() {
                continue;
            }
            self.push(Piece::new(before, start, Body::Word).reading(first));
            let readings = self.words.read_word(and);
            self.push(
                Piece::new(text.get(at..at + and.len()).unwrap_or_default(), start + at, Body::Word).reading(readings),
            );
            if !behind.is_empty() {
                self.push(Piece::new(behind, start + at + and.len(), Body::Word).reading(second));
            }
            return true;
        }
        false
    }

    fn number(&mut self, token: Token<'t>, next: &[Token<'t>]) -> usize {
        let (text, start) = (token.text(), token.span().start());
        let (core, rest) = split_digits(text, |c| matches!(c, '.' | ',' | '٫' | '٬'));
        // Thousands parted by the comma of the Arabic script: ٣٠،٠٠٠
        let mut groups = String::new();
        let mut taken = 1;
        let mut last = (text, start, core, rest);
        while let [comma, group, ..] = next.get(taken - 1..).unwrap_or_default() {
            let (core, tail) = split_digits(group.text(), |_| false);
            let joins = last.3.is_empty() && comma.text() == "،" && group.kind().is_number();
            if !joins
                || core.chars().count() != 3
                || tail.starts_with(['.', ',', '٫', '٬'])
                || last.2.chars().count() > 3
            {
                break;
            }
            if groups.is_empty() {
                groups.push_str(last.2);
            }
            groups.push('،');
            groups.push_str(core);
            last = (group.text(), group.span().start(), core, tail);
            taken += 2;
        }
        if let Some(digits) = Digits::read(&groups) {
            let (text, from, core, rest) = last;
            let body = Body::Number(digits);
            self.digits(text, from, core, rest, body);
            // The piece begins where the first group does; its text is that of the last.
            if let Some(piece) = self.pieces.iter_mut().rev().find(|piece| piece.start == from) {
                piece.start = start;
            }
            return taken;
        }
        let body = Digits::read(core).map_or(Body::Other, Body::Number);
        self.digits(text, start, core, rest, body);
        if rest.is_empty() { 1 + self.ending_apart(next) } else { 1 }
    }

    /// An ending that a space parts from the digits that were read last: ١٥ ی ئایار, لە ١٩٩١ دا. Gives the number of tokens
    /// that were taken.
    fn ending_apart(&mut self, next: &[Token<'t>]) -> usize {
        let [space, word, ..] = next else { return 0 };
        let ending = match word.text() {
            "ی" => Ending::Link,
            "دا" => Ending::Case,
            _ => return 0,
        };
        match self.pieces.last_mut() {
            Some(piece)
                if space.kind() == TokenKind::Whitespace && !space.text().contains(['\n', '\u{2028}', '\u{2029}']) =>
            {
                piece.ending = ending;
                2
            }
            _ => 0,
        }
    }

    /// Digits and what is written on to them: an ending, a word of its own, or letters that say nothing.
    fn digits(&mut self, text: &'t str, start: usize, core: &'t str, rest: &'t str, body: Body) {
        let letters = rest.trim_start_matches(is_joiner);
        let suffix = fold(letters);
        let mut piece = Piece::new(text, start, body);
        if let Some((ending, behind, ordinal)) = self.words.read_ending(&suffix) {
            piece.ending = ending;
            piece.ordinal = ordinal;
            piece.digits_end = if ordinal { piece.end_without(behind) } else { start + core.len() };
            self.push(piece);
            return;
        }
        let readings = self.words.read_word(&suffix);
        if !readings.is_empty() {
            let at = start + (text.len() - letters.len());
            self.push(Piece { text: core, end: start + core.len(), digits_end: start + core.len(), ..piece });
            self.push(Piece::new(letters, at, Body::Word).reading(readings));
            return;
        }
        // 5G is the name of something.
        if letters.starts_with(|c: char| c.is_ascii_alphanumeric() || !crate::letters::is_letter(c)) {
            piece.body = Body::Other;
        }
        piece.ending = Ending::Other;
        piece.digits_end = start + core.len();
        self.push(piece);
    }
}

/// A word that no entry can be is not folded whole.
fn fold_word(text: &str) -> String {
    if text.len() <= MAX_BYTES { fold(text) } else { String::new() }
}

/// The digits and marks at the beginning, and the rest.
fn split_digits(text: &str, mark: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !is_digit(c) && !mark(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Finds entries of several words.
fn join_words(pieces: &mut [Piece<'_>]) {
    let words = Words::embedded();
    for at in 0..pieces.len() {
        let Some(piece) = pieces.get(at).filter(|piece| piece.body == Body::Word && piece.text.len() <= MAX_BYTES)
        else {
            continue;
        };
        if !words.may_begin(piece.text) {
            continue;
        }
        let first = fold(piece.text);
        if !words.begins(&first) {
            continue;
        }
        let mut joined = first.clone();
        let mut found = Vec::new();
        for more in 1..MAX_WORDS {
            let Some(next) = pieces.get(at + more).filter(|next| !next.glued && !next.breaks) else { break };
            if next.text.len() > MAX_BYTES || matches!(next.body, Body::Sign) {
                break;
            }
            joined.push(' ');
            joined.push_str(&fold(next.text));
            found.extend(words.read_words(&first, &joined).into_iter().map(|reading| (reading, more + 1)));
        }
        if let Some(piece) = pieces.get_mut(at) {
            // The longest first, and of these the one that takes most of the last word.
            found.append(&mut piece.readings);
            found.sort_by_key(|(reading, words)| (std::cmp::Reverse(*words), reading.ending_len));
            piece.readings = found;
        }
    }
}

/// Takes numbers out that are no amounts: telephone numbers, and the number in a name (F-16, کۆڤید-١٩).
fn block(pieces: &mut [Piece<'_>]) {
    let dash = |piece: &Piece<'_>| piece.glued && matches!(piece.text, "-" | "\u{2011}" | "_");
    let plain = |piece: &Piece<'_>| piece.digits().is_some_and(|digits| digits.plain);
    let mut at = 0;
    while at < pieces.len() {
        if !pieces.get(at).is_some_and(plain) {
            at += 1;
            continue;
        }
        // A run of digits, parted by a space or a dash.
        let mut end = at + 1;
        let (mut groups, mut dashes) = (1, 0);
        loop {
            let closed = pieces.get(end - 1).is_none_or(|last| last.ending != Ending::None);
            if closed {
                break;
            }
            if pieces.get(end).is_some_and(|next| plain(next) && !next.breaks) {
                end += 1;
            } else if pieces.get(end).is_some_and(dash)
                && pieces.get(end + 1).is_some_and(|next| next.glued && plain(next))
            {
                end += 2;
                dashes += 1;
            } else {
                break;
            }
            groups += 1;
        }
        let run = pieces.get(at..end).unwrap_or_default();
        let count: usize = run.iter().filter_map(Piece::digits).map(|digits| digits.text.len()).sum();
        let first = run.first().and_then(Piece::digits).map_or("", |digits| digits.text.as_str());
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let glued = run.first().is_some_and(|first| first.glued);
        let plus = glued && before.is_some_and(|sign| sign.text == "+");
        let phone = count >= PHONE
            && (plus || first.starts_with('0') && first.len() > 1 || dashes >= 2 && groups == dashes + 1);
        let named = glued
            && before.is_some_and(dash)
            && at
                .checked_sub(2)
                .and_then(|at| pieces.get(at))
                .is_some_and(|word| matches!(word.body, Body::Word | Body::Other));
        let blocked = if phone {
            end
        } else if named {
            at + 1
        } else {
            at
        };
        for piece in pieces.get_mut(at..blocked).unwrap_or_default() {
            piece.body = Body::Other;
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::Cutter;

    fn texts(text: &str) -> Vec<String> {
        let tokens: Vec<_> = Cutter::new(text).collect();
        pieces(&tokens)
            .iter()
            .map(|piece| match &piece.body {
                Body::Number(digits) => digits.text.clone(),
                Body::Other => format!("({})", piece.text),
                _ => piece.text.to_owned(),
            })
            .collect()
    }

    #[test]
    fn tokens_are_taken_apart() {
        assert_eq!(texts("٢٥هەزار"), ["25", "هەزار"]);
        assert_eq!(texts("بیستوپێنج هەزارو"), ["بیست", "و", "پێنج", "هەزار", "و"]);
        assert_eq!(texts("لەساڵی بەدوو"), ["لە", "ساڵی", "بە", "دوو"]);
        assert_eq!(texts("٣٠،٠٠٠ ١٠،٢٠"), ["30000", "10", "،", "20"]);
        assert_eq!(texts("5km 5G"), ["5", "km", "(5G)"]);
    }

    #[test]
    fn numbers_of_names_and_telephones_are_taken_out() {
        assert_eq!(texts("F-16"), ["(F)", "-", "(16)"]);
        assert_eq!(texts("+964 750 445"), ["+", "(964)", "(750)", "(445)"]);
        assert_eq!(texts("07504451234"), ["(07504451234)"]);
        assert_eq!(texts("2010-2015"), ["2010", "-", "2015"]);
        assert_eq!(texts("https://a.org/2020 @a1"), ["(https://a.org/2020)", "(@a1)"]);
    }
}
