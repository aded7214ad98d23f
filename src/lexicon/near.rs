//! Keys of an automaton that are one edit away from a word: one letter other, one too many, or one too few.
//!
//! The automata for edit distance that come with `fst` count bytes of UTF-8, where a letter of Sorani is two and their
//! tables leave some out; here a letter is one code, and the walk tries every edit at every place, which is exact.

use fst::raw::Fst;

use super::walk::Cursor;

/// Tells `visit` of the place behind every key that is exactly one edit from `codes`; of one that can be reached by
/// several edits more than once. The first `firm` letters are taken to be right. Takes time linear in the word, with the
/// letters that lead on from a place as a factor, which is largest at the first.
pub(crate) fn one_edit_away<D: AsRef<[u8]>>(fst: &Fst<D>, codes: &[u8], firm: usize, visit: &mut impl FnMut(Cursor)) {
    let (right, _) = codes.split_at(firm.min(codes.len()));
    let mut here = right.iter().try_fold(Cursor::root(fst), |cursor, &code| cursor.step(fst, code));
    for at in right.len()..=codes.len() {
        let Some(cursor) = here else { return };
        let node = cursor.open(fst);
        let rest = codes.get(at..).unwrap_or_default();
        let behind = rest.get(1..).unwrap_or_default();
        if !rest.is_empty() {
            // A letter too many. One of two equal letters is left out at the first place already.
            if at == right.len() || codes.get(at - 1) != rest.first() {
                exactly(fst, cursor, behind, visit);
            }
        }
        for (byte, next) in node.low_steps(u8::MAX) {
            // Another letter, or one too few.
            if !rest.is_empty() && rest.first() != Some(&byte) {
                exactly(fst, next, behind, visit);
            }
            exactly(fst, next, rest, visit);
        }
        here = rest.first().and_then(|&code| node.step(code));
    }
}

/// Tells `visit` where `codes` lead from `cursor`, if they end a key there.
fn exactly<D: AsRef<[u8]>>(fst: &Fst<D>, cursor: Cursor, codes: &[u8], visit: &mut impl FnMut(Cursor)) {
    let end = codes.iter().try_fold(cursor, |cursor, &code| cursor.step(fst, code));
    if let Some(end) = end.filter(|end| end.value(fst).is_some()) {
        visit(end);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::key::encode;

    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut before = i;
            row[0] = i + 1;
            for (j, y) in b.iter().enumerate() {
                let cell = if x == y { before } else { 1 + before.min(row[j]).min(row[j + 1]) };
                before = std::mem::replace(&mut row[j + 1], cell);
            }
        }
        row[b.len()]
    }

    /// Names put together of syllables, 50,000 of them, as like each other as names are.
    fn names() -> BTreeSet<Vec<u8>> {
        const SYLLABLES: [&str; 32] = [
            "با", "بەر", "دا", "دێ", "فە", "گۆ", "گوڵ", "هە", "هێ", "جە", "کا", "کۆ", "لا", "لێ", "ما", "مە", "نە",
            "نۆ", "پە", "قا", "ڕا", "ڕێ", "سا", "سۆ", "شا", "شێر", "تا", "تۆ", "ڤا", "وە", "زا", "ژی",
        ];
        let word = |number: usize| {
            let parts = [number % 32, number / 32 % 32, number / 1024 % 32, number / 32768 % 32];
            let parts = parts.iter().take(3 + number % 2);
            parts.map(|&at| SYLLABLES[at]).collect::<String>()
        };
        (0..80_000).map(|at| encode(&word(at * 17))).collect()
    }

    #[test]
    fn the_walk_finds_what_comparing_with_every_name_finds() {
        let names = names();
        assert!(names.len() >= 50_000, "{}", names.len());
        let fst = Fst::from_iter_map(names.iter().zip(0u64..)).unwrap();
        let all: Vec<&Vec<u8>> = names.iter().collect();
        for (at, name) in all.iter().enumerate().step_by(2_500) {
            let mut misspelt = (*name).clone();
            match at % 3 {
                0 => misspelt[2] = encode("ظ")[0],
                1 => drop(misspelt.remove(1)),
                _ => misspelt.insert(3, encode("ئ")[0]),
            }
            for word in [&misspelt, name] {
                let mut found = BTreeSet::new();
                one_edit_away(&fst, word, 0, &mut |end| found.extend(end.value(&fst)));
                let compared = all.iter().enumerate().filter(|(_, other)| distance(word, other) == 1);
                assert_eq!(found, compared.map(|(at, _)| at as u64).collect(), "{}", crate::key::decode(word));
                let mut firm = BTreeSet::new();
                one_edit_away(&fst, word, 1, &mut |end| firm.extend(end.value(&fst)));
                assert!(
                    firm.is_subset(&found)
                        && found.iter().all(|at| {
                            let other = all[usize::try_from(*at).unwrap()];
                            firm.contains(at)
                                || distance(&word[1..], other.get(1..).unwrap()) != 1
                                || word[0] != other[0]
                        })
                );
            }
        }
    }
}
