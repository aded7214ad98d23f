//! Cuts text into tokens by what the characters are; no lexicon is asked.

use std::iter::FusedIterator;

use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations::Abbreviations;
use super::classes::{
    Start, is_word_mark, is_word_pair, joins_digits, leading_common_pairs, leads_arabic, repeats, start_of,
    start_of_arabic, start_of_ascii,
};
use super::ordinals::is_ordinal_ending;
use super::{Token, TokenKind};
use crate::letters::{ZWJ, ZWNJ, is_digit, is_invisible, is_joiner};

/// The tokens of a text, as the characters tell them.
#[derive(Clone, Debug)]
pub(crate) struct Cutter<'t> {
    text: &'t str,
    at: usize,
    abbreviations: &'static Abbreviations,
    /// No `@` of an e-mail address stands before this offset; saves looking twice.
    no_email_before: usize,
}

impl<'t> Cutter<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, abbreviations: Abbreviations::embedded(), no_email_before: 0 }
    }

    /// The bytes that are still to be cut.
    pub(super) fn left(&self) -> usize {
        self.text.len() - self.at.min(self.text.len())
    }
}

impl<'t> Cutter<'t> {
    fn char_at(&self, at: usize) -> Option<char> {
        match *self.text.as_bytes().get(at..)? {
            [byte @ 0..0x80, ..] => Some(char::from(byte)),
            [lead, low, ..] if leads_arabic(lead) => {
                char::from_u32(u32::from(lead & 0x1F) << 6 | u32::from(low & 0x3F))
            }
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// What begins at `at`; `None` at the end of the text.
    fn start_at(&self, at: usize) -> Option<Start> {
        match *self.text.as_bytes().get(at..)? {
            [] => None,
            [byte @ 0..0x80, ..] => Some(start_of_ascii(byte)),
            [lead, low, ..] if leads_arabic(lead) => Some(start_of_arabic(lead, low)),
            _ => self.char_at(at).map(start_of),
        }
    }

    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The offset after the characters from `at` on that satisfy `wanted`.
    fn run_end(&self, mut at: usize, wanted: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.char_at(at).filter(|&c| wanted(c)) {
            at += c.len_utf8();
        }
        at
    }

    /// The end of a word in Arabic script. A joiner belongs to it where the word goes on behind it.
    fn arabic_word(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at += bytes.get(at..).map_or(0, letters_len);
            while let Some(&[lead, low]) = bytes.get(at..).and_then(<[u8]>::first_chunk::<2>) {
                if !is_word_pair(lead, low) {
                    break;
                }
                at += 2;
            }
            // ASCII and the rest of the Arabic block end a word; joiners may stand inside, shapes of letters are letters.
            if bytes.get(at).is_none_or(|&lead| lead < 0x80 || leads_arabic(lead)) {
                return at;
            }
            let after = self.inside_word(at);
            if after == at {
                return at;
            }
            at = after;
        }
    }

    /// The offset after what stands at `at`, outside ASCII and the Arabic block, where a word goes on behind it.
    #[cold]
    fn inside_word(&self, at: usize) -> usize {
        let Some(c) = self.char_at(at) else { return at };
        if start_of(c) == Start::Arabic {
            return at + c.len_utf8();
        }
        // U+200B and U+FEFF stand for a non-joiner in some texts; bidi controls occur inside words.
        let inside = |c: char| is_joiner(c) || is_invisible(c);
        let after = self.run_end(at, inside);
        if inside(c) && self.start_at(after) == Some(Start::Arabic) { after } else { at }
    }

    /// The end of a word of letters of any script, with digits, underscores and apostrophes inside.
    fn foreign_word(&self, mut at: usize) -> usize {
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            match start_of(c) {
                Start::Letter | Start::Digit => at = next,
                Start::Arabic => at = self.arabic_word(at).max(next),
                _ if is_word_mark(c) => at = next,
                _ if matches!(c, '_' | '\'' | '\u{2019}' | '.' | ZWNJ | ZWJ)
                    && self.char_at(next).is_some_and(|c| start_of(c) == Start::Letter) =>
                {
                    at = next;
                }
                _ => break,
            }
        }
        at
    }

    /// A web address, or 0 where none begins.
    fn url(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let begins =
            |with: &str| bytes.get(at..at + with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
        let Some(scheme) = ["http://", "https://", "ftp://", "www."].into_iter().find(|scheme| begins(scheme)) else {
            return 0;
        };
        let stops =
            |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || is_joiner(c) || "\"<>«»()،".contains(c);
        let end = self.run_end(at, |c| !stops(c));
        let found =
            self.text.get(at..end).unwrap_or_default().trim_end_matches(['.', ',', '!', '?', '؟', ':', '؛', '\'']);
        if found.len() > scheme.len() { at + found.len() } else { 0 }
    }

    /// An e-mail address, or 0 where none begins.
    fn email(&mut self, at: usize) -> usize {
        if at < self.no_email_before {
            return 0;
        }
        let bytes = self.text.as_bytes();
        let local = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-');
        let sign = at + bytes.iter().skip(at).take_while(local).count();
        self.no_email_before = sign;
        if bytes.get(sign) != Some(&b'@') {
            return 0;
        }
        let domain = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let len = bytes.iter().skip(sign + 1).take_while(domain).count();
        let host = self.text.get(sign + 1..sign + 1 + len).unwrap_or_default().trim_end_matches(['.', '-']);
        let valid = host.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && !rest.is_empty());
        if valid { sign + 1 + host.len() } else { 0 }
    }

    /// A number, date or time that begins at `at`, and a suffix written on to it.
    fn number(&self, at: usize) -> (usize, TokenKind) {
        let digits = |from: usize| self.run_end(from, is_digit);
        // Digits count as characters here: those of the three systems differ in bytes.
        let len = |from: usize, to: usize| self.text.get(from..to).map_or(0, |group| group.chars().count());
        let mut end = digits(at);
        let mut kind = TokenKind::Number;
        let first = if end - at <= 8 { len(at, end) } else { usize::MAX };
        let sign = self.char_at(end);
        // The group of at most `max` digits after a sign.
        let group = |from: usize, max: usize| {
            let to = digits(from);
            (to > from && to - from <= 8 && len(from, to) <= max).then_some(to)
        };
        match sign {
            Some(sign @ ('/' | '-' | '.')) if first <= 4 => {
                let third = group(end + 1, 2)
                    .filter(|&second| self.char_at(second) == Some(sign))
                    .and_then(|second| group(second + 1, 4))
                    .filter(|&third| {
                        !(self.char_at(third) == Some(sign) && self.char_at(third + 1).is_some_and(is_digit))
                    });
                if let Some(third) = third {
                    end = third;
                    kind = TokenKind::Date;
                }
            }
            Some(':') if first <= 2 => {
                if let Some(minutes) = group(end + 1, 2).filter(|&to| len(end + 1, to) == 2) {
                    end = minutes;
                    kind = TokenKind::Time;
                    let seconds =
                        group(end + 1, 2).filter(|&to| self.char_at(end) == Some(':') && len(end + 1, to) == 2);
                    end = seconds.unwrap_or(end);
                }
            }
            _ => {}
        }
        if kind == TokenKind::Number {
            while let Some(c) = self.char_at(end).filter(|&c| joins_digits(c)) {
                let next = end + c.len_utf8();
                if !self.char_at(next).is_some_and(is_digit) {
                    break;
                }
                end = digits(next);
            }
        }
        // A suffix, also after a non-joiner: ١٩٥٠دا, 2020ی, 5G
        let joiner = self.run_end(end, is_joiner);
        match self.start_at(joiner) {
            Some(Start::Arabic) => {
                let whole = self.arabic_word(joiner).max(end);
                if kind == TokenKind::Number && self.text.get(end..whole).is_some_and(is_ordinal_ending) {
                    kind = TokenKind::Ordinal;
                }
                end = whole;
            }
            Some(Start::Letter) if joiner == end && kind == TokenKind::Number => end = self.foreign_word(end),
            _ => {}
        }
        (end, kind)
    }

    /// `@name` or `#tag`, or 0 where none begins at the sign `at`.
    fn tagged(&self, at: usize) -> usize {
        let word = |c: char| {
            c == '_'
                || is_digit(c)
                || is_word_mark(c)
                || matches!(start_of(c), Start::Arabic | Start::Letter | Start::Unspaced)
        };
        let before = self.text.get(..at).and_then(|text| text.chars().next_back());
        let sign = self.char_at(at);
        if before.is_some_and(|c| word(c) || Some(c) == sign) {
            return 0;
        }
        let mut end = self.run_end(at + 1, word);
        if end == at + 1 {
            return 0;
        }
        // A non-joiner inside.
        loop {
            let after = self.run_end(end, is_joiner);
            let next = self.run_end(after, word);
            if after == end || next == after {
                return end;
            }
            end = next;
        }
    }

    /// The end and the kind of a token that is not one of the common ones.
    #[inline(never)]
    fn token(&mut self, at: usize) -> Option<(usize, TokenKind)> {
        Some(match self.start_at(at)? {
            Start::Space => (self.run_end(at, |c| start_of(c) == Start::Space), TokenKind::Whitespace),
            Start::Arabic => {
                let end = self.arabic_word(at);
                match self.text.as_bytes().get(end) {
                    Some(b' ') | None => (end, TokenKind::Word),
                    Some(_) => self.after_arabic_word(at, end),
                }
            }
            start => self.other_token(at, start),
        })
    }

    /// An abbreviation or a word in Arabic script that ends at `end`, where no space follows.
    fn after_arabic_word(&self, at: usize, end: usize) -> (usize, TokenKind) {
        if self.text.as_bytes().get(end) == Some(&b'.') && end - at <= 16 {
            if let Some(len) = self.abbreviations.longest(self.rest(at), end - at) {
                return (at + len, TokenKind::Abbreviation);
            }
        }
        // A letter of another script glued to a word in Arabic script: UAX #29 keeps them together.
        let glued = self.start_at(end) == Some(Start::Letter);
        let end = if glued { self.foreign_word(end) } else { end };
        // The shape of a letter alone in a text that begins with a mark: never an empty token.
        (end.max(at + self.char_at(at).map_or(1, char::len_utf8)), TokenKind::Word)
    }

    /// A token that is neither white space nor a word in Arabic script.
    fn other_token(&mut self, at: usize, start: Start) -> (usize, TokenKind) {
        let Some(c) = self.char_at(at) else { return (at + 1, TokenKind::Control) };
        let one = at + c.len_utf8();
        match start {
            Start::Space => (one, TokenKind::Whitespace),
            Start::Arabic => (one, TokenKind::Word),
            Start::Letter => {
                let (url, email) = (self.url(at), self.email(at));
                if url > 0 {
                    (url, TokenKind::Url)
                } else if email > 0 {
                    (email, TokenKind::Email)
                } else {
                    (self.foreign_word(at).max(one), TokenKind::Foreign)
                }
            }
            Start::Digit => {
                let email = if c.is_ascii() { self.email(at) } else { 0 };
                if email > 0 { (email, TokenKind::Email) } else { self.number(at) }
            }
            Start::At | Start::Hash => match (self.tagged(at), c) {
                (0, '@') => (one, TokenKind::Symbol),
                (0, _) => (one, TokenKind::Punctuation),
                (end, '@') => (end, TokenKind::Mention),
                (end, _) => (end, TokenKind::Hashtag),
            },
            Start::Unspaced => {
                let word = self.rest(at).split_word_bounds().next().unwrap_or_default();
                ((at + word.len()).max(one), TokenKind::Foreign)
            }
            Start::Emoji => {
                let emoji = self.rest(at).graphemes(true).next().unwrap_or_default();
                ((at + emoji.len()).max(one), TokenKind::Emoji)
            }
            Start::Punctuation | Start::Symbol | Start::Currency => {
                let kind = match start {
                    Start::Symbol => TokenKind::Symbol,
                    Start::Currency => TokenKind::Currency,
                    _ => TokenKind::Punctuation,
                };
                let end = if repeats(c) { self.run_end(at, |next| next == c) } else { one };
                // Marks that combine with a sign stay with it.
                (self.run_end(end, is_word_mark), kind)
            }
            Start::Invisible => (self.run_end(at, |c| start_of(c) == Start::Invisible), TokenKind::Control),
        }
    }
}

/// The length of a word in Arabic script that plainly ends, or of the one space between two tokens: most of a text.
#[inline]
fn common_token(rest: &[u8]) -> Option<(usize, TokenKind)> {
    match *rest {
        [b' ', next, ..] if begins_token(next) => Some((1, TokenKind::Whitespace)),
        [lead, ..] if leads_arabic(lead) => {
            let len = letters_len(rest);
            (len > 0 && ends_word(rest.get(len..)?)).then_some((len, TokenKind::Word))
        }
        _ => None,
    }
}

/// Whether a byte, behind a space, plainly begins something else.
const fn begins_token(byte: u8) -> bool {
    leads_arabic(byte) || matches!(byte, b'!'..=b'~')
}

/// Whether a word in Arabic script ends before `rest`, beyond doubt: a full stop may belong to an abbreviation, a letter
/// to the word, and what is outside ASCII and the Arabic block has to be looked at.
#[inline]
fn ends_word(rest: &[u8]) -> bool {
    match *rest {
        [b' ', ..] | [] => true,
        [byte @ 0..0x80, ..] => byte != b'.' && start_of_ascii(byte) != Start::Letter,
        [lead, low, ..] => leads_arabic(lead) && !is_word_pair(lead, low),
        [_] => true,
    }
}

/// How many bytes the letters of the commonest ranges take from the beginning on, eight letters at a time.
#[inline]
fn letters_len(rest: &[u8]) -> usize {
    let mut len = 0;
    while let Some(block) = rest.get(len..).and_then(<[u8]>::first_chunk::<16>) {
        let letters = leading_common_pairs(*block);
        len += 2 * letters;
        if letters < 8 {
            break;
        }
    }
    len
}

impl<'t> Iterator for Cutter<'t> {
    type Item = Token<'t>;

    #[inline]
    fn next(&mut self) -> Option<Token<'t>> {
        let start = self.at;
        let rest = self.text.get(start..)?;
        let (len, kind) = match common_token(rest.as_bytes()) {
            Some(token) => token,
            None => self.token(start).map(|(end, kind)| (end - start, kind))?,
        };
        self.at = start + len;
        rest.get(..len).map(|text| Token::new(text, start, kind))
    }

    /// The same tokens; the place in the text and the token stay in registers from one to the next.
    fn fold<B, F: FnMut(B, Token<'t>) -> B>(mut self, init: B, mut fold: F) -> B {
        let mut folded = init;
        let mut start = self.at;
        let mut rest = self.rest(start);
        loop {
            // The space behind a word has a way of its own, so that its kind need not be asked.
            if let [b' ', next, ..] = *rest.as_bytes() {
                if begins_token(next) {
                    let Some((piece, after)) = rest.split_at_checked(1) else { return folded };
                    folded = fold(folded, Token::new(piece, start, TokenKind::Whitespace));
                    (start, rest) = (start + 1, after);
                }
            }
            let token = match common_token(rest.as_bytes()) {
                Some(token) => Some(token),
                None => self.token(start).map(|(end, kind)| (end - start, kind)),
            };
            let Some((len, kind)) = token else { return folded };
            let Some((piece, after)) = rest.split_at_checked(len) else { return folded };
            folded = fold(folded, Token::new(piece, start, kind));
            (start, rest) = (start + len, after);
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.text.len() - self.at.min(self.text.len());
        (usize::from(left > 0), Some(left))
    }
}

impl FusedIterator for Cutter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use TokenKind::{
        Abbreviation, Currency, Date, Email, Emoji, Foreign, Hashtag, Mention, Number, Ordinal, Punctuation, Time, Url,
        Word,
    };

    fn visible(text: &str) -> Vec<(&str, TokenKind)> {
        let tokens: Vec<_> = Cutter::new(text).collect();
        assert_eq!(tokens.iter().map(Token::text).collect::<String>(), text);
        tokens.iter().filter(|token| token.kind().is_visible()).map(|token| (token.text(), token.kind())).collect()
    }

    #[test]
    fn units_stay_whole() {
        for (text, kind) in [
            ("https://example.org/a?b=1&c=%20", Url),
            ("www.example.org/x", Url),
            ("name.x+y@example.co.uk", Email),
            ("@nav_1", Mention),
            ("#هەولێری_جوان", Hashtag),
            ("#می\u{200C}خوازم", Hashtag),
            ("9/5/2020", Date),
            ("٢٠٢٠-١١-١٠", Date),
            ("10.11.2020", Date),
            ("10:30", Time),
            ("١٢:٣٠:٠٥", Time),
            ("١٢:٣٠ی", Time),
            ("3.5", Number),
            ("٣٫٥", Number),
            ("1,000,000", Number),
            ("١٩٥٠دا", Number),
            ("2020ی", Number),
            ("5G", Number),
            ("٢١ەم", Ordinal),
            ("3هەمین", Ordinal),
            ("١٠\u{200C}ەم", Ordinal),
            ("€", Currency),
            ("\u{FDFC}", Currency),
            ("BBCی", Foreign),
            ("don't", Foreign),
            ("naïve", Foreign),
            ("👨\u{200D}👩\u{200D}👧", Emoji),
            ("🇩🇪", Emoji),
            ("👍🏽", Emoji),
            ("نیشتمان\u{200C}پەروەر", Word),
            ("سـڵاو", Word),
            ("مُحَمَّد", Word),
            ("پ.ک.ک", Abbreviation),
            ("...", Punctuation),
            ("؟؟", Punctuation),
        ] {
            assert_eq!(visible(text), [(text, kind)]);
        }
    }

    #[test]
    fn neighbours_are_parted() {
        let texts = |text| visible(text).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(texts("باشە.دواتر"), ["باشە", ".", "دواتر"]);
        assert_eq!(texts("لە١٠دا"), ["لە", "١٠دا"]);
        assert_eq!(texts("(کورد)،"), ["(", "کورد", ")", "،"]);
        assert_eq!(texts("2010-2015"), ["2010", "-", "2015"]);
        assert_eq!(texts("https://example.org/a, دوو"), ["https://example.org/a", ",", "دوو"]);
        assert_eq!(texts("' ناپاک '"), ["'", "ناپاک", "'"]);
        assert_eq!(texts("٢٥٪"), ["٢٥", "٪"]);
        assert_eq!(texts("\u{200F}کورد\u{200F}"), ["کورد"]);
        assert_eq!(texts("c#"), ["c", "#"]);
    }
}
