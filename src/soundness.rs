//! Whether an automaton is sound, told from its bytes before the first walk.
//!
//! The reader of `fst` believes what it reads: it panics at an address out of bounds, and a crafted automaton of a few
//! hundred bytes can hold more paths than any machine has time for. Its checksum tells accidents only, for whoever
//! crafts the bytes writes that as well. So every node that can be reached is read here first, with each access
//! checked: that it lies where nodes may lie, that its bytes are in order, that each way through it leads to a key, and how
//! many keys, of what length and with what values there are. Takes time linear in the bytes, and twelve times their
//! memory for a moment.
//!
//! The layout is that of version 3 of `fst`. A node is read from its last byte backwards: a byte of state, the bytes
//! that lead on, then the sizes, addresses and values of its transitions. Transitions lead to lower addresses only, so
//! that one pass downwards finds all that can be reached, and one pass upwards adds up what is behind each.

use crate::artefact::FormatError;

/// The version of the layout.
const VERSION: u64 = 3;
/// Version and type.
const HEAD: usize = 16;
/// Number of keys, address of the root, checksum.
const FOOT: usize = 20;
/// Nodes with more transitions have an index by byte.
const INDEXED: usize = 32;
/// The address of the node that is final and leads nowhere; it takes no bytes.
const END: usize = 0;
/// The longest key, in bytes. A longer one is in no lexicon or gazetteer; walks over all keys stay linear so.
const MAX_KEY: u16 = 1024;

/// What is behind a node.
#[derive(Clone, Copy, Default)]
struct Behind {
    keys: u32,
    /// The highest sum of values on any way from here.
    value: u32,
    length: u16,
    reached: bool,
}

/// A node with all that is in it, where it can be read.
struct Node {
    state: u8,
    transitions: usize,
    /// Address of the first byte of the inputs; they stand in descending order.
    inputs: usize,
    /// The byte that leads on, where it is part of the state.
    common: bool,
    targets: usize,
    target_size: usize,
    values: usize,
    value_size: usize,
    end: usize,
}

const FINAL: u8 = 0b0100_0000;

/// The little-endian number of `size` bytes at `at`.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

impl Node {
    /// The node whose last byte is at `at`; none where a part of it would lie outside the nodes.
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        let state = *bytes.get(at)?;
        // Everything before this place is still to be read.
        let mut rest = at;
        let mut back = |size: usize| {
            rest = rest.checked_sub(size)?;
            (rest >= HEAD).then_some(rest)
        };
        if state & 0b1000_0000 != 0 {
            let common = state & 0b0011_1111 != 0;
            let inputs = if common { at } else { back(1)? };
            if state & 0b0100_0000 != 0 {
                // Leads to the node before it.
                let node = Self {
                    state: state & !FINAL,
                    transitions: 1,
                    inputs,
                    common,
                    targets: 0,
                    target_size: 0,
                    values: 0,
                    value_size: 0,
                    end: inputs,
                };
                return (inputs > HEAD).then_some(node);
            }
            let sizes = *bytes.get(back(1)?)?;
            let (target_size, value_size) = (usize::from(sizes >> 4), usize::from(sizes & 0x0F));
            let targets = back(target_size)?;
            let values = back(value_size)?;
            let sound = (1..=8).contains(&target_size) && value_size <= 8;
            return sound.then_some(Self {
                state: state & !FINAL,
                transitions: 1,
                inputs,
                common,
                targets,
                target_size,
                values,
                value_size,
                end: values,
            });
        }
        let transitions = match usize::from(state & 0b0011_1111) {
            // 1 stands for 256, which a byte cannot hold: one transition is told by the state.
            0 => match *bytes.get(back(1)?)? {
                1 => 256,
                number => usize::from(number),
            },
            number => number,
        };
        let sizes = *bytes.get(back(1)?)?;
        let (target_size, value_size) = (usize::from(sizes >> 4), usize::from(sizes & 0x0F));
        let index = if transitions > INDEXED { Some(back(256)?) } else { None };
        let inputs = back(transitions)?;
        let targets = back(transitions * target_size)?;
        let values = back(transitions * value_size)?;
        let end = if state & FINAL == 0 { values } else { back(value_size)? };
        if transitions > 0 && !(1..=8).contains(&target_size) || value_size > 8 {
            return None;
        }
        let node = Self { state, transitions, inputs, common: false, targets, target_size, values, value_size, end };
        let ascending = (1..transitions).all(|at| node.input(bytes, at - 1) < node.input(bytes, at));
        let indexed = index.and_then(|index| bytes.get(index..index + 256)).is_none_or(|index| {
            let place = |byte: u8| index.get(usize::from(byte)).map(|&place| usize::from(place));
            let found = (0..transitions).all(|at| node.input(bytes, at).and_then(place) == Some(at));
            found && index.iter().filter(|&&place| usize::from(place) < transitions).count() == transitions
        });
        (ascending && indexed).then_some(node)
    }

    /// The byte of the transition `at`; for a node of several, where order matters.
    fn input(&self, bytes: &[u8], at: usize) -> Option<u8> {
        let back = self.transitions.checked_sub(at + 1)?;
        if self.common { None } else { bytes.get(self.inputs + back).copied() }
    }

    /// The address to which the transition `at` leads, which is always a lower one.
    fn target(&self, bytes: &[u8], at: usize) -> Option<usize> {
        if self.target_size == 0 {
            return self.end.checked_sub(1).filter(|&target| target >= HEAD);
        }
        let back = self.transitions.checked_sub(at + 1)?;
        let delta = number(bytes, self.targets + back * self.target_size, self.target_size)?;
        if delta == 0 {
            return Some(END);
        }
        self.end.checked_sub(usize::try_from(delta).ok()?).filter(|&target| target >= HEAD)
    }

    /// The value of the transition `at`.
    fn value(&self, bytes: &[u8], at: usize) -> Option<u64> {
        let back = self.transitions.checked_sub(at + 1)?;
        number(bytes, self.values + back * self.value_size, self.value_size)
    }

    fn is_final(&self) -> bool {
        self.state & FINAL != 0
    }

    /// The value of the key that ends here.
    fn final_value(&self, bytes: &[u8]) -> Option<u64> {
        if self.is_final() { number(bytes, self.end, self.value_size) } else { Some(0) }
    }
}

/// Checks that an automaton can be walked everywhere and holds no more than `records` keys, with values below that.
pub(crate) fn verify(bytes: &[u8], records: usize) -> Result<(), FormatError> {
    check(bytes, records).ok_or(FormatError::Automaton)
}

fn check(bytes: &[u8], records: usize) -> Option<()> {
    let foot = bytes.len().checked_sub(FOOT).filter(|&foot| foot >= HEAD)?;
    if number(bytes, 0, 8)? != VERSION {
        return None;
    }
    let len = number(bytes, foot, 8)?;
    let root = usize::try_from(number(bytes, foot + 8, 8)?).ok()?;
    if root == END {
        // Only the empty key.
        return (foot == HEAD && len == 1 && records > 0).then_some(());
    }
    // The root is written last.
    if root.checked_add(1) != Some(foot) || root < HEAD {
        return None;
    }
    let nodes = bytes.get(..foot)?;
    let mut behind = vec![Behind::default(); foot];
    behind.get_mut(root)?.reached = true;
    let mut free = foot;
    for at in (HEAD..foot).rev() {
        if behind.get(at)?.reached {
            let node = Node::read(nodes, at)?;
            // Were nodes to lie over each other, reading them all would take longer than the bytes are many.
            if at >= free {
                return None;
            }
            free = node.end;
            for transition in 0..node.transitions {
                let target = node.target(nodes, transition)?;
                behind.get_mut(target)?.reached = true;
            }
        }
    }
    let limit = u32::try_from(records).ok()?;
    *behind.get_mut(END)? = Behind { reached: true, keys: 1, value: 0, length: 0 };
    for at in HEAD..foot {
        if !behind.get(at)?.reached {
            continue;
        }
        let node = Node::read(nodes, at)?;
        let mut sum = Behind { reached: true, ..Behind::default() };
        let mut value = node.final_value(nodes)?;
        if node.is_final() {
            sum.keys = 1;
        }
        for transition in 0..node.transitions {
            let next = behind.get(node.target(nodes, transition)?)?;
            sum.keys = sum.keys.checked_add(next.keys)?;
            value = value.max(node.value(nodes, transition)?.checked_add(next.value.into())?);
            sum.length = sum.length.max(next.length + 1);
        }
        // A way that leads to no key adds nothing but time; only an automaton without keys is one.
        let leads = sum.keys > 0 || at == root && node.transitions == 0;
        if !leads || sum.keys > limit || sum.length > MAX_KEY {
            return None;
        }
        sum.value = u32::try_from(value).ok()?;
        *behind.get_mut(at)? = sum;
    }
    let all = behind.get(root)?;
    let in_bounds = all.keys == 0 || all.value < limit;
    (u64::from(all.keys) == len && in_bounds).then_some(())
}

#[cfg(test)]
mod tests {
    use fst::raw::{Builder, Fst};

    use super::*;

    fn built(keys: &[&[u8]]) -> Vec<u8> {
        let mut builder = Builder::memory();
        for (key, value) in keys.iter().zip(0..) {
            builder.insert(key, value).unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn what_is_built_is_sound() {
        assert_eq!(verify(&built(&[]), 0), Ok(()));
        assert_eq!(verify(&built(&[b""]), 1), Ok(()));
        assert_eq!(verify(&built(&[b"", b"a", b"ab", b"zz", b"zzz\xFF"]), 5), Ok(()));
        assert_eq!(verify(&built(&[b"", b"a"]), 1), Err(FormatError::Automaton));
        for width in [1, 31, 32, 33, 63, 64, 255, 256] {
            let keys: Vec<Vec<u8>> = (0..width).map(|at: u16| vec![at.to_le_bytes()[0], 7]).collect();
            let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
            assert_eq!(verify(&built(&keys), keys.len()), Ok(()), "{width}");
        }
    }

    #[test]
    fn an_automaton_with_more_paths_than_bytes_is_refused_at_once() {
        // Sixty nodes, each of which leads twice to the one before it: 2^60 keys in some hundred bytes, which `fst` reads.
        for dead_end in [false, true] {
            let mut bytes = VERSION.to_le_bytes().to_vec();
            bytes.extend_from_slice(&[0; 8]);
            // A node that ends nowhere, or is final.
            bytes.extend_from_slice(if dead_end { &[0x00, 0x00, 0x00] } else { &[0x00, 0x00, FINAL] });
            for _ in 0..60 {
                bytes.extend_from_slice(&[1, 1, b'b', b'a', 0x10, 2]);
            }
            let root = bytes.len() as u64 - 1;
            let keys: u64 = if dead_end { 0 } else { 1 << 60 };
            bytes.extend_from_slice(&keys.to_le_bytes());
            bytes.extend_from_slice(&root.to_le_bytes());
            bytes.extend_from_slice(&[0; 4]);
            assert_eq!(Fst::new(&bytes).unwrap().root().len(), 2);
            assert_eq!(verify(&bytes, 1_000_000), Err(FormatError::Automaton));
        }
    }

    #[test]
    fn nodes_that_lie_over_each_other_are_refused() {
        // Two ways from the root: over a node with the value 0x40_00_00, and to `other`. The bytes of the value could be read
        // as a node, too.
        let with = |other: u8| {
            let mut bytes = VERSION.to_le_bytes().to_vec();
            bytes.extend_from_slice(&[0; 8]);
            bytes.extend_from_slice(&[0, 0, FINAL, 0, 0, FINAL, 1, 0x13, 0b1000_0001, other, 1, b'b', b'a', 0x10, 2]);
            let root = bytes.len() as u64 - 1;
            bytes.extend_from_slice(&2_u64.to_le_bytes());
            bytes.extend_from_slice(&root.to_le_bytes());
            bytes.extend_from_slice(&[0; 4]);
            assert!(Fst::new(&bytes).is_ok());
            verify(&bytes, 0x40_0001)
        };
        assert_eq!(with(7), Ok(()));
        assert_eq!(with(4), Err(FormatError::Automaton));
    }

    #[test]
    fn large_data_is_checked_in_a_moment() {
        // Half a million bytes that look like nodes of 256 transitions wherever one begins to read.
        let mut bytes = VERSION.to_le_bytes().to_vec();
        bytes.extend_from_slice(&[0; 8]);
        bytes.resize(500_000, 1);
        bytes.extend_from_slice(&[0x11, 1, 0]);
        let root = bytes.len() as u64 - 1;
        bytes.extend_from_slice(&9_u64.to_le_bytes());
        bytes.extend_from_slice(&root.to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        let start = std::time::Instant::now();
        assert!(verify(&bytes, 1_000_000).is_err());
        assert!(start.elapsed() < std::time::Duration::from_secs(5));
    }

    #[test]
    fn what_passes_can_be_read_to_its_end() {
        use fst::Streamer;
        let good = built(&[b"", b"a", b"ab", b"abc", b"bx", b"zz", b"zzz\xFF"]);
        let mut passed = 0;
        for at in 0..good.len() {
            for bits in 1..=u8::MAX {
                let mut bad = good.clone();
                bad[at] ^= bits;
                if verify(&bad, 7).is_err() {
                    continue;
                }
                passed += 1;
                let fst = Fst::new(&bad).unwrap();
                let mut stream = fst.stream();
                let mut keys = Vec::new();
                while let Some((key, value)) = stream.next() {
                    assert!(value.value() < 7);
                    keys.push(key.to_vec());
                }
                assert_eq!(keys.len(), fst.len());
                assert!(keys.iter().all(|key| fst.contains_key(key)));
            }
        }
        assert!(passed > 0);
    }
}
