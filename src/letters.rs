//! Facts about characters that every other module asks for: letters, marks, joiners, digits.
//!
//! The classes follow the Unicode character database for the Arabic blocks; the Kurdish alphabet is that of the
//! orthography in use in schools and newspapers of the Kurdistan Region.

/// Zero width non-joiner: keeps two letters from joining; old text writes ە as ه and this.
pub(crate) const ZWNJ: char = '\u{200C}';
/// Zero width joiner.
pub(crate) const ZWJ: char = '\u{200D}';
/// Tatweel, the stroke that lengthens a joint.
pub(crate) const TATWEEL: char = '\u{0640}';

/// Flags of the table of the Arabic block.
pub(crate) const LETTER: u8 = 1;
pub(crate) const MARK: u8 = 2;
const HARAKA: u8 = 4;
pub(crate) const DIGIT: u8 = 8;

/// Properties of U+0600 to U+06FF, where nearly all Sorani text lives: one look-up a character.
static ARABIC: [u8; 256] = arabic_block();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn set(table: &mut [u8; 256], from: usize, to: usize, flag: u8) {
    let mut at = from;
    while at <= to {
        table[at & 0xFF] |= flag;
        at += 1;
    }
}

/// The flags of U+0600 to U+06FF, for tables of other modules.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
pub(crate) const fn arabic_block() -> [u8; 256] {
    let mut table = [0; 256];
    let letters = [
        (0x0620, 0x063F),
        (0x0641, 0x064A),
        (0x066E, 0x066F),
        (0x0671, 0x06D3),
        (0x06D5, 0x06D5),
        (0x06EE, 0x06EF),
        (0x06FA, 0x06FC),
        (0x06FF, 0x06FF),
    ];
    let marks = [
        (0x0610, 0x061A),
        (0x064B, 0x065F),
        (0x0670, 0x0670),
        (0x06D6, 0x06DC),
        (0x06DF, 0x06E4),
        (0x06E7, 0x06E8),
        (0x06EA, 0x06ED),
    ];
    let mut at = 0;
    while at < letters.len() {
        set(&mut table, letters[at].0, letters[at].1, LETTER);
        at += 1;
    }
    at = 0;
    while at < marks.len() {
        set(&mut table, marks[at].0, marks[at].1, MARK);
        at += 1;
    }
    set(&mut table, 0x064B, 0x0652, HARAKA);
    set(&mut table, 0x0660, 0x0669, DIGIT);
    set(&mut table, 0x06F0, 0x06F9, DIGIT);
    // U+06D4 is the Arabic full stop and U+06D5 the letter ە: the ranges above keep them apart.
    table
}

fn arabic(c: char) -> Option<u8> {
    let index = (c as u32).wrapping_sub(0x600);
    ARABIC.get(index as usize).copied()
}

/// A letter of the Arabic script: not tatweel, not a mark, not a digit, not a presentation form.
pub(crate) fn is_letter(c: char) -> bool {
    match arabic(c) {
        Some(flags) => flags & LETTER != 0,
        None => matches!(c, '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08C7}'),
    }
}

/// A mark of the Arabic script that stands above or below a letter.
pub(crate) fn is_mark(c: char) -> bool {
    match arabic(c) {
        Some(flags) => flags & MARK != 0,
        None => matches!(c, '\u{08D3}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}'),
    }
}

/// One of the short vowel signs, the doubling sign or sukun.
pub(crate) fn is_haraka(c: char) -> bool {
    arabic(c).is_some_and(|flags| flags & HARAKA != 0)
}

/// A combining mark of the kind that Latin letters carry; some keyboards put one on a Kurdish letter.
pub(crate) const fn is_latin_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// A joiner in the wide sense: ZWNJ, ZWJ or tatweel.
pub(crate) const fn is_joiner(c: char) -> bool {
    matches!(c, ZWNJ | ZWJ | TATWEEL)
}

/// A letter in one of the presentation blocks, which hold a letter once for each of its shapes.
pub(crate) const fn is_presentation_letter(c: char) -> bool {
    matches!(c,
        '\u{FB50}'..='\u{FBB1}'
        | '\u{FBD3}'..='\u{FD3D}'
        | '\u{FD50}'..='\u{FDC7}'
        | '\u{FDF0}'..='\u{FDF9}'
        | '\u{FE80}'..='\u{FEFC}')
}

/// A control for direction or another invisible format character that carries no letter.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// The value of a digit of the three systems in use: ASCII, Arabic-Indic (٠ … ٩), Extended Arabic-Indic (۰ … ۹).
pub(crate) fn digit_value(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        _ => return None,
    };
    u8::try_from(c as u32 - zero as u32).ok()
}

/// A digit of one of the three systems.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || arabic(c).is_some_and(|flags| flags & DIGIT != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kurdish_alphabet_is_letters() {
        for c in "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهوۆەیێ".chars() {
            assert!(is_letter(c) && !is_mark(c) && !is_digit(c), "{c}");
        }
        assert!(!is_letter('\u{06D4}') && !is_letter(TATWEEL) && !is_letter('،') && !is_letter('a'));
    }

    #[test]
    fn classes_do_not_overlap() {
        for code in 0..=0x10_FFFF {
            let Some(c) = char::from_u32(code) else { continue };
            let classes =
                [is_letter(c), is_mark(c), is_joiner(c), is_digit(c), is_presentation_letter(c), is_invisible(c)];
            assert!(classes.iter().filter(|&&class| class).count() <= 1, "U+{code:04X}");
            assert!(!is_haraka(c) || is_mark(c), "U+{code:04X}");
        }
    }

    #[test]
    fn digits_have_their_values() {
        assert_eq!("٠٩۰۹09".chars().filter_map(digit_value).collect::<Vec<_>>(), [0, 9, 0, 9, 0, 9]);
        assert_eq!(digit_value('x'), None);
    }
}
