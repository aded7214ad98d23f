//! The container of compiled data: a magic number, a version, a checksum and the sections one after another.
//!
//! What is loaded from outside is checked against the checksum before anything in it is believed.

use std::ops::Range;

use fst::Streamer;
use fst::raw::Fst;

use crate::soundness;

const MAGIC: [u8; 8] = *b"SORANIFS";
/// Raised whenever the meaning of the bytes changes.
const VERSION: u16 = 1;
/// Magic, version, kind, number of sections, checksum.
const HEADER: usize = 8 + 2 + 1 + 1 + 8;
const MAX_SECTIONS: usize = 16;

/// What an artefact holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Lexicon = 1,
    Gazetteer = 2,
}

/// Why bytes are not an artefact of this version.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(crate) enum FormatError {
    #[error("the data does not begin as compiled data of this crate does")]
    Magic,
    #[error("the data has format version {found}, this crate reads version {VERSION}")]
    Version { found: u16 },
    #[error("the data holds something else")]
    Kind,
    #[error("the data is cut short or its parts do not fit its length")]
    Length,
    #[error("the checksum of the data is wrong")]
    Checksum,
    #[error("a record of the data is out of bounds")]
    Record,
    #[error("the automaton in the data is damaged")]
    Automaton,
}

/// FNV-1a, 64 bits: tells accidents, not attackers; every use of the data is bounded anyway.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Puts sections into one artefact.
pub(crate) fn write(kind: Kind, sections: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for section in sections {
        body.extend_from_slice(&(section.len() as u64).to_le_bytes());
    }
    for section in sections {
        body.extend_from_slice(section);
    }
    let mut out = Vec::with_capacity(HEADER + body.len());
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.push(kind as u8);
    out.push(u8::try_from(sections.len()).unwrap_or(u8::MAX));
    out.extend_from_slice(&checksum(&body).to_le_bytes());
    out.extend_from_slice(&body);
    out
}

/// Where the `N` sections of an artefact are. The checksum is compared only when `verify` is set.
pub(crate) fn sections<const N: usize>(
    data: &[u8],
    kind: Kind,
    verify: bool,
) -> Result<[Range<usize>; N], FormatError> {
    let (head, body) = data.split_at_checked(HEADER).ok_or(FormatError::Magic)?;
    let (magic, head) = head.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(FormatError::Magic);
    }
    let (version, head) = head.split_at(2);
    let version = u16::from_le_bytes(version.try_into().map_err(|_| FormatError::Length)?);
    if version != VERSION {
        return Err(FormatError::Version { found: version });
    }
    let (kinds, sum) = head.split_at(2);
    if kinds.first() != Some(&(kind as u8)) {
        return Err(FormatError::Kind);
    }
    if N > MAX_SECTIONS || kinds.get(1).map(|&n| usize::from(n)) != Some(N) {
        return Err(FormatError::Length);
    }
    if verify && u64::from_le_bytes(sum.try_into().map_err(|_| FormatError::Length)?) != checksum(body) {
        return Err(FormatError::Checksum);
    }
    let mut at = HEADER + 8 * N;
    let mut ranges = [const { 0..0 }; N];
    for (index, range) in ranges.iter_mut().enumerate() {
        let len = body.get(8 * index..8 * index + 8).ok_or(FormatError::Length)?;
        let len = u64::from_le_bytes(len.try_into().map_err(|_| FormatError::Length)?);
        let end = usize::try_from(len).ok().and_then(|len| at.checked_add(len)).ok_or(FormatError::Length)?;
        if end > data.len() {
            return Err(FormatError::Length);
        }
        *range = at..end;
        at = end;
    }
    if at == data.len() { Ok(ranges) } else { Err(FormatError::Length) }
}

/// A range of some bytes that others own, as bytes.
#[derive(Clone, Debug)]
pub(crate) struct Section<D> {
    data: D,
    range: Range<usize>,
}

impl<D> Section<D> {
    pub(crate) const fn new(data: D, range: Range<usize>) -> Self {
        Self { data, range }
    }

    pub(crate) const fn data(&self) -> &D {
        &self.data
    }
}

impl<D: AsRef<[u8]>> AsRef<[u8]> for Section<D> {
    fn as_ref(&self) -> &[u8] {
        self.data.as_ref().get(self.range.clone()).unwrap_or_default()
    }
}

/// Checks that an automaton is whole, that it can be walked, and that every key of it stands for one of `count` records:
/// the next one, in the order of the keys, of those that begin a group.
pub(crate) fn verify_automaton<D: AsRef<[u8]>>(
    fst: &Fst<D>,
    count: usize,
    begins_group: impl Fn(usize) -> bool,
) -> Result<(), FormatError> {
    soundness::verify(fst.as_bytes(), count)?;
    fst.verify().map_err(|_| FormatError::Automaton)?;
    let mut next = 0;
    let mut keys = fst.stream();
    while let Some((_, value)) = keys.next() {
        let at = usize::try_from(value.value()).map_err(|_| FormatError::Record)?;
        // Several keys with one group would make walks over all entries longer than the data.
        if at < next || at >= count || !begins_group(at) {
            return Err(FormatError::Record);
        }
        next = at + 1;
    }
    Ok(())
}

/// The lines of a section that lists names; no more than `limit`, which is what a record can refer to.
pub(crate) fn names(bytes: &[u8], limit: usize) -> Result<Box<[String]>, FormatError> {
    let text = std::str::from_utf8(bytes).map_err(|_| FormatError::Record)?;
    if text.split_terminator('\n').count() > limit {
        return Err(FormatError::Length);
    }
    Ok(text.split_terminator('\n').map(str::to_owned).collect())
}

/// The little-endian number of `N` bytes at `at`.
pub(crate) fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes: &[u8; N] = bytes.get(at..at.checked_add(N)?)?.try_into().ok()?;
    Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found_again() {
        let data = write(Kind::Lexicon, &[b"abc", b"", b"defg"]);
        let ranges = sections::<3>(&data, Kind::Lexicon, true).unwrap();
        let parts = ranges.map(|range| Section::new(&data, range).as_ref().to_vec());
        assert_eq!(parts, [b"abc".to_vec(), vec![], b"defg".to_vec()]);
        assert_eq!(sections::<3>(&data, Kind::Gazetteer, true), Err(FormatError::Kind));
        assert_eq!(sections::<2>(&data, Kind::Lexicon, true), Err(FormatError::Length));
    }

    #[test]
    fn every_damaged_byte_and_every_cut_is_noticed() {
        let data = write(Kind::Lexicon, &[b"abc", b"defg"]);
        for at in 0..data.len() {
            let mut bad = data.clone();
            bad[at] ^= 0x41;
            assert!(sections::<2>(&bad, Kind::Lexicon, true).is_err(), "byte {at}");
            assert!(sections::<2>(&data[..at], Kind::Lexicon, true).is_err(), "cut at {at}");
        }
        let mut newer = data;
        newer[8] = 9;
        assert_eq!(sections::<2>(&newer, Kind::Lexicon, true), Err(FormatError::Version { found: 9 }));
    }
}
