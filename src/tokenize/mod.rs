//! Tokens and sentences, as iterators that borrow the text and allocate nothing.
//!
//! Word boundaries follow UAX #29 where no rule of ours applies. Ours: suffixes written on to digits and Latin words
//! stay with them; addresses, hashtags, names of users, dates, times and numbers are one token each; the full stops of
//! abbreviations belong to them; a full stop between two words in Arabic script parts them, with or without a space.

mod abbreviations;
mod sentence;
mod token;

use std::iter::FusedIterator;

use unicode_segmentation::UnicodeSegmentation;

pub(crate) use sentence::{Boundary, Reader};
pub use sentence::{Sentence, SentenceSegmenter, Sentences};
pub use token::{Token, TokenKind};

use crate::letters::{ZWJ, ZWNJ, is_digit, is_invisible, is_joiner, is_letter, is_mark, is_presentation_letter};
use abbreviations::Abbreviations;

/// Cuts text into tokens.
///
/// Lossless: the tokens of all kinds, put together, are the text. Takes time linear in the text; never fails.
///
/// ```
/// use sorani::{TokenKind, Tokenizer};
///
/// let tokenizer = Tokenizer::new();
/// let words: Vec<_> = tokenizer
///     .tokenize("د. شوان لە ١٩٥٠دا لە #هەولێری_جوان بوو.")
///     .filter(|token| token.kind().is_visible())
///     .map(|token| token.text())
///     .collect();
/// assert_eq!(words, ["د.", "شوان", "لە", "١٩٥٠دا", "لە", "#هەولێری_جوان", "بوو", "."]);
/// ```
#[derive(Clone, Debug)]
pub struct Tokenizer {
    abbreviations: &'static Abbreviations,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Tokenizer {
    /// A tokenizer with the abbreviations of `data/tokenize/abbreviations.tsv`.
    ///
    /// ```
    /// let tokenizer = sorani::Tokenizer::new();
    /// assert_eq!(tokenizer.tokenize("سڵاو، جیهان").count(), 4);
    /// ```
    pub fn new() -> Self {
        Self { abbreviations: Abbreviations::embedded() }
    }

    /// The tokens of `text`, in order. Allocates nothing.
    ///
    /// ```
    /// let tokenizer = sorani::Tokenizer::new();
    /// let text = "لە ١٢:٣٠ی 9/5/2020، ٣٫٥ ملیۆن";
    /// let tokens: Vec<_> = tokenizer.tokenize(text).map(|token| token.text()).collect();
    /// assert_eq!(tokens, ["لە", " ", "١٢:٣٠ی", " ", "9/5/2020", "،", " ", "٣٫٥", " ", "ملیۆن"]);
    /// assert_eq!(tokens.concat(), text);
    /// ```
    pub fn tokenize<'a, 't>(&'a self, text: &'t str) -> Tokens<'a, 't> {
        Tokens { text, at: 0, abbreviations: self.abbreviations, no_email_before: 0 }
    }
}

/// The tokens of a text: [`Tokenizer::tokenize`] makes it.
///
/// ```
/// let tokenizer = sorani::Tokenizer::new();
/// let mut tokens = tokenizer.tokenize("سڵاو");
/// assert!(tokens.next().is_some() && tokens.next().is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Tokens<'a, 't> {
    text: &'t str,
    at: usize,
    abbreviations: &'a Abbreviations,
    /// No `@` of an e-mail address stands before this offset; saves looking twice.
    no_email_before: usize,
}

/// What may begin at a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Start {
    /// A letter or mark of the Arabic script.
    Arabic,
    /// An ASCII letter, or a letter of a script whose words are runs of letters.
    Letter,
    /// A letter of a script without spaces; UAX #29 decides.
    Unspaced,
    Digit,
    At,
    Hash,
    Space,
    Emoji,
    Punctuation,
    Symbol,
    Invisible,
}

fn start_of(c: char) -> Start {
    if is_letter(c) || is_mark(c) || c == crate::letters::TATWEEL {
        return Start::Arabic;
    }
    match c {
        'a'..='z' | 'A'..='Z' => Start::Letter,
        '0'..='9' => Start::Digit,
        '@' => Start::At,
        '#' => Start::Hash,
        ' ' | '\t'..='\r' => Start::Space,
        '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '%' => Start::Symbol,
        '!'..='~' => Start::Punctuation,
        '\0'..='\x7F' => Start::Invisible,
        _ => start_of_other(c),
    }
}

#[cold]
fn start_of_other(c: char) -> Start {
    if is_digit(c) {
        Start::Digit
    } else if c.is_whitespace() {
        Start::Space
    } else if is_presentation_letter(c) || matches!(c, '\u{FE70}'..='\u{FE7F}') {
        Start::Arabic
    } else if is_invisible(c) || is_joiner(c) || c.is_control() || matches!(c, '\u{FE00}'..='\u{FE0F}') {
        Start::Invisible
    } else if is_punctuation(c) {
        Start::Punctuation
    } else if is_emoji(c) {
        Start::Emoji
    } else if is_unspaced(c) {
        Start::Unspaced
    } else if c.is_alphanumeric() {
        Start::Letter
    } else {
        Start::Symbol
    }
}

/// Punctuation outside ASCII, by the blocks that texts in Arabic and Latin script draw on.
const fn is_punctuation(c: char) -> bool {
    matches!(c,
        '،' | '؛' | '؟' | '؍' | '؞' | '۔' | '٪' | '٫' | '٬' | '٭'
        | '«' | '»' | '¡' | '¿' | '¶' | '§' | '·'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205E}'
        | '\u{2E00}'..='\u{2E7F}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}'
        | '\u{FD3E}' | '\u{FD3F}' | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE52}' | '\u{FF01}'..='\u{FF03}'
        | '\u{FF05}'..='\u{FF0A}' | '\u{FF0C}'..='\u{FF0F}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '\u{FF61}'..='\u{FF65}')
}

/// Characters that begin an emoji; the whole of it is a grapheme cluster.
const fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B05}'..='\u{2B07}' | '\u{2B1B}' | '\u{2B1C}'
        | '\u{2B50}' | '\u{2B55}' | '\u{231A}' | '\u{231B}' | '\u{23E9}'..='\u{23FA}' | '\u{25AA}'..='\u{25AB}'
        | '\u{25B6}' | '\u{25C0}' | '\u{25FB}'..='\u{25FE}' | '\u{203C}' | '\u{2049}' | '\u{3030}' | '\u{303D}')
}

/// Scripts that write words without spaces between them.
const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{2FFF}'
        | '\u{3005}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Marks of which several in a row are one token.
const fn repeats(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '…' | '-' | '_' | '=' | '*' | '~' | '،' | '؛' | '\u{2013}' | '\u{2014}')
}

/// Signs that stand between the groups of digits of one number.
const fn joins_digits(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬')
}

impl<'t> Tokens<'_, 't> {
    fn char_at(&self, at: usize) -> Option<char> {
        // A letter of the Arabic block takes two bytes, ASCII one: no decoding loop is needed for either.
        match *self.text.as_bytes().get(at)? {
            byte @ 0..0x80 => Some(char::from(byte)),
            _ => self.text.get(at..)?.chars().next(),
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
    fn arabic_word(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(at) {
                Some(lead @ 0xD8..=0xDB) => {
                    let low = bytes.get(at + 1).copied().unwrap_or(0);
                    let code = u32::from(lead & 0x1F) << 6 | u32::from(low & 0x3F);
                    let word = char::from_u32(code)
                        .is_some_and(|c| is_letter(c) || is_mark(c) || c == crate::letters::TATWEEL);
                    if !word {
                        return at;
                    }
                    at += 2;
                }
                Some(0..0x80) | None => return at,
                Some(_) => {
                    let Some(c) = self.char_at(at) else { return at };
                    let word =
                        is_letter(c) || is_mark(c) || is_presentation_letter(c) || matches!(c, '\u{FE70}'..='\u{FE7F}');
                    // U+200B and U+FEFF stand for a non-joiner in some texts; bidi controls occur inside words.
                    let inside = is_joiner(c) || is_invisible(c);
                    if !word && !inside {
                        return at;
                    }
                    let after =
                        if inside { self.run_end(at, |c| is_joiner(c) || is_invisible(c)) } else { at + c.len_utf8() };
                    if inside && !self.char_at(after).is_some_and(|c| start_of(c) == Start::Arabic) {
                        return at;
                    }
                    at = after;
                }
            }
        }
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
        match self.char_at(joiner).map(start_of) {
            Some(Start::Arabic) => end = self.arabic_word(joiner).max(end),
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

    /// The end and the kind of the token at `at`, which begins with `c`.
    fn token(&mut self, at: usize, c: char) -> (usize, TokenKind) {
        let one = at + c.len_utf8();
        match start_of(c) {
            Start::Space => (self.run_end(at, |c| start_of(c) == Start::Space), TokenKind::Whitespace),
            Start::Arabic => {
                let end = self.arabic_word(at).max(one);
                if self.text.as_bytes().get(end) == Some(&b'.') && end - at <= 16 {
                    if let Some(len) = self.abbreviations.longest(self.rest(at), end - at) {
                        return (at + len, TokenKind::Abbreviation);
                    }
                }
                // A letter of another script glued to a word in Arabic script: UAX #29 keeps them together.
                let glued = self.char_at(end).is_some_and(|c| start_of(c) == Start::Letter);
                (if glued { self.foreign_word(end) } else { end }, TokenKind::Word)
            }
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
            Start::Punctuation | Start::Symbol => {
                let kind = if start_of(c) == Start::Symbol { TokenKind::Symbol } else { TokenKind::Punctuation };
                let end = if repeats(c) { self.run_end(at, |next| next == c) } else { one };
                // Marks that combine with a sign stay with it.
                (self.run_end(end, is_word_mark), kind)
            }
            Start::Invisible => (self.run_end(at, |c| start_of(c) == Start::Invisible), TokenKind::Control),
        }
    }
}

/// A combining mark of another script than the Arabic.
fn is_word_mark(c: char) -> bool {
    c as u32 >= 0x300
        && !is_mark(c)
        && unicode_normalization::char::is_combining_mark(c)
        && !matches!(c, '\u{FE00}'..='\u{FE0F}')
}

impl<'t> Iterator for Tokens<'_, 't> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let start = self.at;
        let c = self.char_at(start)?;
        let (end, kind) = self.token(start, c);
        self.at = end;
        self.text.get(start..end).map(|text| Token::new(text, start, kind))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.text.len() - self.at.min(self.text.len());
        (usize::from(left > 0), Some(left))
    }
}

impl FusedIterator for Tokens<'_, '_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use TokenKind::{
        Abbreviation, Date, Email, Emoji, Foreign, Hashtag, Mention, Number, Punctuation, Time, Url, Word,
    };

    fn visible(text: &str) -> Vec<(&str, TokenKind)> {
        let tokens: Vec<_> = Tokenizer::new().tokenize(text).collect();
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
