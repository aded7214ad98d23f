//! Walks over an automaton, byte by byte: all keys that begin a word, which `fst` itself does not offer.

use fst::raw::{CompiledAddr, Fst, Node, Output};

/// A place in an automaton and what the way there has added up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cursor {
    addr: CompiledAddr,
    output: Output,
}

impl Cursor {
    /// The place where every walk begins.
    pub(crate) fn root<D: AsRef<[u8]>>(fst: &Fst<D>) -> Self {
        Self { addr: fst.root().addr(), output: Output::zero() }
    }

    /// Looks at what leads on from here: reading a node costs as much as a step, so it is done once for all.
    pub(crate) fn open<D: AsRef<[u8]>>(self, fst: &Fst<D>) -> Here<'_> {
        Here { node: fst.node(self.addr), output: self.output }
    }

    /// The place after `byte`, where there is one.
    pub(crate) fn step<D: AsRef<[u8]>>(self, fst: &Fst<D>, byte: u8) -> Option<Self> {
        self.open(fst).step(byte)
    }

    /// The value of the key that ends here, where one does.
    pub(crate) fn value<D: AsRef<[u8]>>(self, fst: &Fst<D>) -> Option<u64> {
        self.open(fst).value()
    }
}

/// A place with what leads on from it.
pub(crate) struct Here<'f> {
    node: Node<'f>,
    output: Output,
}

impl Here<'_> {
    /// The place after `byte`, where there is one.
    pub(crate) fn step(&self, byte: u8) -> Option<Cursor> {
        let transition = self.node.transition(self.node.find_input(byte)?);
        Some(Cursor { addr: transition.addr, output: self.output.cat(transition.out) })
    }

    /// The value of the key that ends here, where one does.
    pub(crate) fn value(&self) -> Option<u64> {
        self.node.is_final().then(|| self.output.cat(self.node.final_output()).value())
    }

    /// The places after the bytes below `limit` that lead on from here: the lowest bytes of a node come first.
    pub(crate) fn low_steps(&self, limit: u8) -> impl Iterator<Item = (u8, Cursor)> {
        (0..self.node.len()).map_while(move |at| {
            let transition = self.node.transition(at);
            if transition.inp >= limit {
                return None;
            }
            let next = Cursor { addr: transition.addr, output: self.output.cat(transition.out) };
            Some((transition.inp, next))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn build(words: &BTreeMap<Vec<u8>, u64>) -> Fst<Vec<u8>> {
        Fst::from_iter_map(words.iter().map(|(key, value)| (key, *value))).unwrap()
    }

    #[test]
    fn walking_agrees_with_a_search_tree_for_every_key_and_prefix() {
        let words = ["", "a", "ab", "abc", "b", "bcd", "\u{1}x", "a\u{1}b", "a\u{2}c"];
        let words: BTreeMap<Vec<u8>, u64> = words
            .iter()
            .zip([7, 0, 300, 2, 9, 1, 4, 70_000, 5])
            .map(|(word, value)| (word.as_bytes().to_vec(), value))
            .collect();
        let fst = build(&words);
        for word in words.keys().chain([&b"abcd".to_vec(), &b"zz".to_vec()]) {
            let mut cursor = Some(Cursor::root(&fst));
            for len in 0..=word.len() {
                let found = cursor.and_then(|cursor| cursor.value(&fst));
                assert_eq!(found, words.get(&word[..len]).copied(), "{word:?} to {len}");
                cursor = cursor.and_then(|cursor| cursor.step(&fst, *word.get(len)?));
            }
        }
        let a = Cursor::root(&fst).step(&fst, b'a').unwrap();
        assert_eq!(a.open(&fst).low_steps(3).map(|(byte, _)| byte).collect::<Vec<_>>(), [1, 2]);
    }
}
