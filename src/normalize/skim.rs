//! Skims clean text, 64 bytes at a time, with comparisons of neighbouring bytes that the compiler turns into vector
//! instructions.
//!
//! A byte that ends something a rule might change is suspect. Suspicion may be false; what is not suspect is clean.
//! The comparisons know the spelling of clean Sorani news, so that they are few; whether they fit the rules in force is
//! checked against the table of the exact scan, which stays the only truth.

/// How many bytes are looked at together.
const CHUNK: usize = 64;
/// The length of a text from which skimming it is faster than the scan.
pub(super) const WORTH_SKIMMING: usize = 3 * CHUNK;
/// How many bytes before the chunk its letters are read from; a multiple of the width of a vector.
const BACK: usize = 16;
/// A chunk with what is before it, and one byte more, which the first letter may begin with.
type Window = [u8; 1 + BACK + CHUNK];

// Each test gives all ones or nothing, as vector instructions do.

const fn mask(test: bool) -> u8 {
    0_u8.wrapping_sub(test as u8)
}

const fn equal(byte: u8, to: u8) -> u8 {
    mask(byte == to)
}

const fn within(byte: u8, from: u8, to: u8) -> u8 {
    mask(byte.wrapping_sub(from) <= to - from)
}

/// The lead byte of a character of U+0600 to U+06FF.
const fn is_arabic_lead(byte: u8) -> u8 {
    equal(byte & 0xFC, 0xD8)
}

/// The low byte of the character of U+0600 to U+06FF that ends here; 0, as U+0600 would have, where none does.
const fn arabic(b1: u8, b0: u8) -> u8 {
    (b1 << 6 | b0 & 0x3F) & is_arabic_lead(b1)
}

/// Whether some rule may change the character, whatever stands around it.
const fn changes(arabic: u8) -> u8 {
    // What Sorani text never uses lies between what rules change: one range takes in both.
    within(arabic, 0x0D, 0x24) & !equal(arabic | 4, 0x1F)
        | equal(arabic, 0x29)
        | equal(arabic, 0x40)
        | equal(arabic, 0x43)
        | within(arabic, 0x49, 0x5F)
        | within(arabic, 0x6E, 0x7D)
        | equal(arabic, 0x92)
        | equal(arabic, 0xAA)
        | within(arabic, 0xB6, 0xC5)
        | mask(arabic >= 0xCF) & !equal(arabic, 0xD5)
}

/// Whether the character, if it is not among those, is no letter but a digit or a sign of punctuation.
const fn is_sign(arabic: u8) -> u8 {
    mask(arabic < 0x20) | within(arabic, 0x60, 0x6D)
}

/// Whether a byte can stand where no character of the Arabic block does and no rule changes it: printable ASCII, and of
/// other scripts only what news is full of, « » and the dashes, quotation marks and dots of U+2010 to U+2027.
const fn is_plain(b2: u8, b1: u8, b0: u8) -> u8 {
    // Signed, one comparison takes in U+0020 to U+007E.
    mask(i8::from_ne_bytes([b0.wrapping_add(1)]) > 0x20)
        | within(b0, b'\t', b'\n')
        | is_arabic_lead(b0)
        | is_arabic_lead(b1)
        | equal(b0, 0xC2)
        | equal(b1, 0xC2) & equal(b0 | 0x10, 0xBB)
        | equal(b0, 0xE2)
        | equal(b1, 0xE2) & equal(b0, 0x80)
        | equal(b2, 0xE2) & within(b0, 0x90, 0xA7)
}

/// A byte and the two before it; then the letters that end at it and one, two and four bytes before it.
#[derive(Clone, Copy)]
struct Place {
    bytes: [u8; 3],
    letters: [u8; 4],
}

/// Whether the place is suspect: 1 or 0.
#[inline]
const fn is_suspect(Place { bytes: [b2, b1, b0], letters: [l4, l2, l1, l0] }: Place) -> u8 {
    let sign = is_sign(l0);
    // ر or وو where no letter stands before it.
    let reh = equal(l0, 0x31) & is_sign(l2);
    let waws = equal(l0, 0x48) & equal(l2, 0x48) & is_sign(l4);
    // ه where no letter stands after it.
    let heh = equal(l1, 0x47) & !is_arabic_lead(b0) | equal(l2, 0x47) & sign;
    // A digit of one system beside one of another.
    let digits = within(b0, b'0', b'9') & within(l1, 0x60, 0x69) | within(b2, b'0', b'9') & within(l0, 0x60, 0x69);
    (changes(l0) | reh | waws | heh | digits | !is_plain(b2, b1, b0)) & 1
}

/// The suspect bytes of the chunk as bits, the lowest first.
fn suspects(window: &Window) -> u64 {
    // Slices of one known length, each a byte further, are what the compiler vectorizes.
    let mut letters = [0; BACK + CHUNK];
    let pairs = window.iter().zip(window.iter().skip(1));
    for (letter, (&b1, &b0)) in letters.iter_mut().zip(pairs) {
        *letter = arabic(b1, b0);
    }
    let byte = |back: usize| window.get(1 + BACK - back..).and_then(<[u8]>::first_chunk::<CHUNK>);
    let letter = |back: usize| letters.get(BACK - back..).and_then(<[u8]>::first_chunk::<CHUNK>);
    let (Some(b2), Some(b1), Some(b0)) = (byte(2), byte(1), byte(0)) else { return u64::MAX };
    let (Some(l4), Some(l2), Some(l1), Some(l0)) = (letter(4), letter(2), letter(1), letter(0)) else {
        return u64::MAX;
    };
    let places = b2.iter().zip(b1).zip(b0).zip(l4.iter().zip(l2).zip(l1.iter().zip(l0)));
    let mut flags = [0; CHUNK];
    for (flag, (((&b2, &b1), &b0), ((&l4, &l2), (&l1, &l0)))) in flags.iter_mut().zip(places) {
        *flag = is_suspect(Place { bytes: [b2, b1, b0], letters: [l4, l2, l1, l0] });
    }
    if flags.iter().fold(0, |all, flag| all | flag) == 0 {
        return 0;
    }
    // Eight flags at a time: the multiplication moves the lowest bit of each byte into the highest byte.
    let eights = flags.chunks_exact(8).map(|eight| eight.try_into().map_or(0, u64::from_le_bytes));
    eights.rev().fold(0, |bits, eight| bits << 8 | eight.wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

/// Whether the comparisons fit the classes of an exact scan: whether they suspect each character of U+0600 to U+06FF
/// that may change, and take each that is no letter for a sign.
pub(super) fn fits(may_change: impl Fn(char) -> bool, is_letter: impl Fn(char) -> bool) -> bool {
    ('\u{600}'..='\u{6FF}')
        .zip(0..=u8::MAX)
        .all(|(c, low)| changes(low) != 0 || !may_change(c) && (is_letter(c) || is_sign(low) != 0))
}

/// Goes through a text and tells its suspect places, in order.
#[derive(Debug, Default)]
pub(super) struct Skimmer {
    /// Where the last chunk began, and the suspect places in it that are still to be told.
    chunk: usize,
    suspects: u64,
    /// Where the next chunk begins.
    next: usize,
}

impl Skimmer {
    /// The next suspect byte of `text` at or after `from`; the length of the text where its end is suspect.
    ///
    /// `from` is the beginning of the text or follows a space or a line break, and never goes back.
    pub(super) fn find(&mut self, text: &[u8], from: usize) -> Option<usize> {
        loop {
            let done = u32::try_from(from.saturating_sub(self.chunk)).unwrap_or(u32::MAX);
            let left = self.suspects & u64::MAX.checked_shl(done).unwrap_or(0);
            if left != 0 {
                self.suspects = left & (left - 1);
                return Some(self.chunk + left.trailing_zeros() as usize);
            }
            self.next = self.next.max(from);
            if self.next >= text.len() + usize::from(!text.is_empty()) || from >= text.len() {
                return None;
            }
            let before = self.next.checked_sub(1 + BACK).and_then(|start| text.get(start..));
            self.suspects = match before.and_then(<[u8]>::first_chunk) {
                Some(window) => suspects(window),
                None => suspects(&padded(text, self.next)),
            };
            self.chunk = self.next;
            self.next += CHUNK;
        }
    }
}

/// The window of the chunk at `at`, with spaces where the text has not begun or is over.
#[cold]
fn padded(text: &[u8], at: usize) -> Window {
    let mut window = [b' '; 1 + BACK + CHUNK];
    let missing = (1 + BACK).saturating_sub(at);
    let bytes = text.get(at.saturating_sub(1 + BACK)..text.len().min(at + CHUNK)).unwrap_or_default();
    if let Some(place) = window.get_mut(missing..missing + bytes.len()) {
        place.copy_from_slice(bytes);
    }
    window
}
