//! What may begin at a character: one look-up in a table for ASCII and the Arabic block, which is nearly all of a text.

use unicode_normalization::char::is_combining_mark;

use crate::letters::{DIGIT, LETTER, MARK, arabic_block, is_invisible, is_joiner, is_mark, is_presentation_letter};

/// What may begin at a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Start {
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
    Currency,
    Invisible,
}

static ASCII: [Start; 128] = ascii();
static ARABIC: [Start; 256] = arabic();

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "evaluated at compile time, below 128")]
const fn ascii() -> [Start; 128] {
    let mut table = [Start::Punctuation; 128];
    let mut at = 0;
    while at < 128 {
        table[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Start::Letter,
            b'0'..=b'9' => Start::Digit,
            b'@' => Start::At,
            b'#' => Start::Hash,
            b' ' | b'\t'..=b'\r' => Start::Space,
            b'$' => Start::Currency,
            b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' | b'%' => Start::Symbol,
            0..=0x1F | 0x7F => Start::Invisible,
            _ => Start::Punctuation,
        };
        at += 1;
    }
    table
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn arabic() -> [Start; 256] {
    let flags = arabic_block();
    let mut table = [Start::Symbol; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match (flags[at], at) {
            (flag, _) if flag & (LETTER | MARK) != 0 => Start::Arabic,
            (flag, _) if flag & DIGIT != 0 => Start::Digit,
            // Tatweel.
            (_, 0x40) => Start::Arabic,
            // ، ؍ ؛ ؞ ؟ ٪ ٫ ٬ ٭ ۔
            (_, 0x0C | 0x0D | 0x1B | 0x1E | 0x1F | 0x6A..=0x6D | 0xD4) => Start::Punctuation,
            // The sign of the afghani.
            (_, 0x0B) => Start::Currency,
            // The Arabic letter mark.
            (_, 0x1C) => Start::Invisible,
            _ => Start::Symbol,
        };
        at += 1;
    }
    table
}

/// The class of an ASCII byte.
pub(super) fn start_of_ascii(byte: u8) -> Start {
    ASCII.get(usize::from(byte)).copied().unwrap_or(Start::Invisible)
}

/// The class of the character of the Arabic block with these two bytes.
pub(super) fn start_of_arabic(lead: u8, low: u8) -> Start {
    ARABIC.get(usize::from((lead & 3) << 6 | low & 0x3F)).copied().unwrap_or(Start::Symbol)
}

/// 1 for letters, marks and tatweel of the Arabic block, else 0.
static WORD: [u8; 256] = word();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn word() -> [u8; 256] {
    let starts = arabic();
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = matches!(starts[at], Start::Arabic) as u8;
        at += 1;
    }
    table
}

/// 1 where two bytes are a letter, mark or tatweel of the Arabic block, else 0.
#[inline]
fn word_pair(lead: u8, low: u8) -> u8 {
    let word = WORD.get(usize::from((lead & 3) << 6 | low & 0x3F)).copied().unwrap_or(0);
    word & u8::from(leads_arabic(lead))
}

/// Whether two bytes are a letter, mark or tatweel of the Arabic block.
#[inline]
pub(super) fn is_word_pair(lead: u8, low: u8) -> bool {
    word_pair(lead, low) != 0
}

/// How many of the pairs at the beginning of the block are letters of the commonest ranges, which hold all letters of
/// Sorani, the vowel signs and tatweel. Less than 8 does not mean that the word ends there.
///
/// Four pairs are told apart at once, in the lanes of one number: the end of a word cannot be foretold, and a branch
/// for each letter would be mistaken once a word.
#[inline]
pub(super) fn leading_common_pairs(block: [u8; 16]) -> usize {
    let block = u128::from_le_bytes(block);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    let (first, second) = (others(block as u64), others((block >> 64) as u64));
    let others = u128::from(second) << 64 | u128::from(first);
    (others.trailing_zeros() / 16) as usize
}

/// Sets the highest bit in each of the four lanes that is no common letter. The first byte of a pair is the low one of
/// its lane; behind a lead byte of the Arabic block stands the one byte that UTF-8 lets follow it.
#[inline]
const fn others(pairs: u64) -> u64 {
    const fn lanes(value: u64) -> u64 {
        value * 0x0001_0001_0001_0001
    }
    const BIT: u64 = lanes(0x8000);
    // How far a code point is from U+0600, with the last bit turned: ە changes places with the full stop ۔ (U+06D4) and
    // so becomes the first letter above which there is none. What is outside the Arabic block is 0x100 or more.
    let turned = pairs ^ lanes(0x01D8);
    let code = (turned & lanes(0xFF)) << 6 | (turned >> 8) & lanes(0x3F);
    // No sum or difference leaves its lane.
    let from_20 = (code | BIT) - lanes(0x20);
    let from_d5 = code + lanes(0x8000 - 0xD5);
    // Digits, and the signs between them.
    let not_6x = ((code & lanes(0xFFF0)) ^ lanes(0x60)) + lanes(0x7FFF);
    (from_d5 | !(from_20 & not_6x)) & BIT
}

/// Whether a byte is the first of a character of the Arabic block.
pub(super) const fn leads_arabic(lead: u8) -> bool {
    lead & 0xFC == 0xD8
}

/// The class of any character.
pub(super) fn start_of(c: char) -> Start {
    match c as u32 {
        code @ 0..=0x7F => ASCII.get(code as usize).copied().unwrap_or(Start::Invisible),
        code @ 0x600..=0x6FF => ARABIC.get((code & 0xFF) as usize).copied().unwrap_or(Start::Symbol),
        _ => start_of_other(c),
    }
}

#[cold]
fn start_of_other(c: char) -> Start {
    if crate::letters::is_letter(c) || is_mark(c) || is_presentation_letter(c) || matches!(c, '\u{FE70}'..='\u{FE7F}') {
        Start::Arabic
    } else if c.is_whitespace() {
        Start::Space
    } else if is_invisible(c) || is_joiner(c) || c.is_control() || matches!(c, '\u{FE00}'..='\u{FE0F}') {
        Start::Invisible
    } else if is_punctuation(c) {
        Start::Punctuation
    } else if is_currency(c) {
        Start::Currency
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

/// Punctuation outside ASCII and the Arabic block, by the blocks that texts in Arabic and Latin script draw on.
const fn is_punctuation(c: char) -> bool {
    matches!(c,
        '«' | '»' | '¡' | '¿' | '¶' | '§' | '·'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205E}'
        | '\u{2E00}'..='\u{2E7F}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}'
        | '\u{FD3E}' | '\u{FD3F}' | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE52}' | '\u{FF01}'..='\u{FF03}'
        | '\u{FF05}'..='\u{FF0A}' | '\u{FF0C}'..='\u{FF0F}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '\u{FF61}'..='\u{FF65}')
}

/// The signs of general category Sc outside ASCII and the Arabic block.
const fn is_currency(c: char) -> bool {
    matches!(c, '\u{A2}'..='\u{A5}' | '\u{20A0}'..='\u{20CF}' | '\u{FDFC}' | '\u{FE69}' | '\u{FF04}' | '\u{FFE0}' | '\u{FFE1}'
        | '\u{FFE5}' | '\u{FFE6}' | '\u{E3F}')
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
pub(super) const fn repeats(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '…' | '-' | '_' | '=' | '*' | '~' | '،' | '؛' | '\u{2013}' | '\u{2014}')
}

/// Whether a mark opens a quotation or bracket; straight marks do both.
pub(super) fn opens(mark: &str) -> bool {
    matches!(mark, "«" | "(" | "[" | "{" | "\"" | "'" | "“" | "‘" | "‹")
}

/// Whether a mark closes a quotation or bracket.
pub(super) fn closes(mark: &str) -> bool {
    matches!(mark, "»" | ")" | "]" | "}" | "\"" | "'" | "”" | "’" | "›")
}

/// Signs that stand between the groups of digits of one number.
pub(super) const fn joins_digits(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬')
}

/// A combining mark of another script than the Arabic.
pub(super) fn is_word_mark(c: char) -> bool {
    c as u32 >= 0x300 && !is_mark(c) && is_combining_mark(c) && !matches!(c, '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_agree_with_single_letters() {
        let block = *"کورد .ab,cdef".as_bytes().first_chunk().unwrap();
        assert_eq!(leading_common_pairs(block), 4);
        for code in 0x20..=0x7FF_u32 {
            let Some(c) = char::from_u32(code).filter(|c| c.len_utf8() == 2) else { continue };
            let common = matches!(code, 0x620..=0x65F | 0x670..=0x6D3 | 0x6D5);
            if common {
                assert_eq!(start_of(c), Start::Arabic, "U+{code:04X}");
            }
            for at in 0..8 {
                let text: String = (0..8).map(|place| if place == at { c } else { 'ک' }).collect();
                let block: [u8; 16] = text.as_bytes().try_into().unwrap();
                assert_eq!(leading_common_pairs(block), if common { 8 } else { at }, "U+{code:04X} at {at}");
            }
        }
    }
}
