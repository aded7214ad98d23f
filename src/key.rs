//! Keys of the automata: UTF-8 re-coded so that a letter of Sorani takes one byte instead of two.
//!
//! Each byte walked in an automaton costs about the same, and half of the bytes of a word in Arabic script are lead
//! bytes that decide nothing. Here ASCII stays as it is, the 64 letters below take 0x80 to 0xBF, and every other
//! character keeps its UTF-8 bytes, whose lead byte is 0xC2 or more: the code is still self-delimiting and complete.

/// The number of letters with a code of their own.
pub(crate) const LETTER_COUNT: usize = 64;

/// The letters with a code of their own. The order is part of the format of compiled data.
const LETTERS: [char; LETTER_COUNT] = [
    'ئ', 'ا', 'ب', 'پ', 'ت', 'ج', 'چ', 'ح', 'خ', 'د', 'ر', 'ڕ', 'ز', 'ژ', 'س', 'ش', 'ع', 'غ', 'ف', 'ڤ', 'ق', 'ک', 'گ',
    'ل', 'ڵ', 'م', 'ن', 'ه', 'و', 'ۆ', 'ە', 'ی', 'ێ', 'ث', 'ذ', 'ص', 'ض', 'ط', 'ظ', 'أ', 'إ', 'آ', 'ء', 'ؤ', 'ة', 'ى',
    'ي', 'ك', 'ۊ', 'ۇ', '٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩', '\u{200C}', 'ڎ', '٫', '٬',
];

/// The lowest byte that stands for a letter of [`LETTERS`].
const FIRST: u8 = 0x80;

/// Codes of U+0600 to U+06FF; 0 where a character has none.
static CODES: [u8; 256] = CODES_OF_BLOCK;
const CODES_OF_BLOCK: [u8; 256] = codes();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn codes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < LETTERS.len() {
        let code = LETTERS[at] as usize;
        if code >> 8 == 6 {
            #[expect(clippy::cast_possible_truncation, reason = "the index is below 64")]
            let byte = FIRST + at as u8;
            table[code & 0xFF] = byte;
        }
        at += 1;
    }
    table
}

/// The place of ZWNJ, the one coded character outside the Arabic block.
const ZWNJ_CODE: u8 = FIRST + 60;

/// The code of a letter of [`LETTERS`]; for constants.
#[expect(clippy::indexing_slicing, reason = "the index is masked")]
pub(crate) const fn code_of(letter: char) -> u8 {
    CODES_OF_BLOCK[(letter as usize) & 0xFF]
}

/// The place of the letter that `code` stands for among all that have a code of their own.
pub(crate) fn letter_index(code: u8) -> Option<usize> {
    code.checked_sub(FIRST).map(usize::from).filter(|&at| at < LETTER_COUNT)
}

/// The code of a letter of two bytes in UTF-8; `None` where the bytes are anything else, or the letter has no code.
pub(crate) fn code_of_bytes(lead: u8, last: u8) -> Option<u8> {
    // U+0600 to U+06FF.
    let in_block = (0xD8..=0xDB).contains(&lead);
    let code = CODES.get(usize::from(lead << 6 | last & 0x3F)).copied();
    code.filter(|&code| in_block && code != 0)
}

/// Appends the code of `c`: one byte for a letter of Sorani or ASCII, else its UTF-8 bytes. Returns their number.
pub(crate) fn push_code(c: char, out: &mut impl FnMut(u8)) -> usize {
    let code = c as u32;
    if code < 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "below 0x80")]
        out(code as u8);
        return 1;
    }
    let known = match code {
        0x600..=0x6FF => CODES.get((code & 0xFF) as usize).copied().unwrap_or(0),
        0x200C => ZWNJ_CODE,
        _ => 0,
    };
    if known != 0 {
        out(known);
        return 1;
    }
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).as_bytes();
    for &byte in bytes {
        out(byte);
    }
    bytes.len()
}

/// Appends the code of `text`.
pub(crate) fn encode_into(text: &str, out: &mut Vec<u8>) {
    for c in text.chars() {
        push_code(c, &mut |byte| out.push(byte));
    }
}

/// The code of `text`.
pub(crate) fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    encode_into(text, &mut out);
    out
}

/// The text that `codes` stand for.
pub(crate) fn decode(codes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * codes.len());
    let mut rest = codes;
    while let Some(&lead) = rest.first() {
        let (code, next) = rest.split_at(width(lead).min(rest.len()));
        rest = next;
        match lead.checked_sub(FIRST).and_then(|at| LETTERS.get(usize::from(at))) {
            Some(&letter) => out.push(letter),
            None => out.push_str(std::str::from_utf8(code).unwrap_or("\u{FFFD}")),
        }
    }
    out
}

/// The number of bytes of the character that begins with `lead`, in this code.
const fn width(lead: u8) -> usize {
    match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_one_code_that_decodes_to_it() {
        for code in 0..=0x10_FFFF {
            let Some(c) = char::from_u32(code) else { continue };
            let bytes = encode(&c.to_string());
            assert_eq!(width(bytes[0]), bytes.len(), "U+{code:04X}");
            assert_eq!(decode(&bytes), c.to_string(), "U+{code:04X}");
        }
    }

    #[test]
    fn letters_are_distinct_and_take_one_byte() {
        let mut sorted = LETTERS;
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(encode("کوردستان").len(), 8);
        assert_eq!(encode("ه\u{200C}"), [FIRST + 27, ZWNJ_CODE]);
    }
}
