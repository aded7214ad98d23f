//! The walk of the grammar from the end of a word: which chains of endings can close it.
//!
//! Forms of morphs stand in a tree by their letters read backwards. From each place where a chain may begin, what stands
//! before it is looked up there, so that a word is read once from its end, and a stem is looked at only where the rest
//! of the word is a chain that may follow it.

use super::grammar::{State, Steps};
use super::sound::{CLASSES, SoundClass};
use crate::key::{LETTER_COUNT, letter_index};

/// A set of states: one bit for each.
pub(crate) type States = u128;

/// Codes that a chain can take at most; what is further from the end need not be tried.
const MAX_CHAIN: usize = 28;

/// The set that holds `state` alone.
pub(super) const fn only(state: State) -> States {
    1 << (state & 0x7F)
}

/// A morph read backwards: the states that it may begin from when it leads to `next`.
#[derive(Clone, Copy, Debug)]
struct Arrival {
    next: State,
    from: States,
}

/// One place in the tree of forms.
#[derive(Debug)]
struct Node {
    /// By letter: the node before it; 0 is none, since nothing leads to the root.
    before: [u16; LETTER_COUNT],
    /// The forms that begin here, by the class of sound that they follow.
    arrivals: [Vec<Arrival>; CLASSES],
    /// The states that they lead to.
    into: [States; CLASSES],
    /// Whether any does.
    is_form: bool,
}

impl Node {
    fn new() -> Self {
        Self { before: [0; LETTER_COUNT], arrivals: Default::default(), into: [0; CLASSES], is_form: false }
    }

    /// The states from which the forms of this node, which begin at the code `start`, lead into one of `open`.
    fn leading_to(&self, open: States, codes: &[u8], start: usize) -> States {
        let class = SoundClass::of(codes.get(..start).unwrap_or_default());
        if self.into.get(class as usize).is_none_or(|into| into & open == 0) {
            return 0;
        }
        let mut from = 0;
        for arrival in self.arrivals.get(class as usize).into_iter().flatten() {
            if open & only(arrival.next) != 0 {
                from |= arrival.from;
            }
        }
        from
    }
}

/// The forms of all morphs, by their letters from the last to the first.
#[derive(Debug)]
pub(super) struct Backward {
    nodes: Vec<Node>,
    accepting: States,
}

impl Default for Backward {
    fn default() -> Self {
        Self { nodes: vec![Node::new()], accepting: 0 }
    }
}

impl Backward {
    /// The tree of the steps that lead on from each state, by class of sound; `accepts` tells where a word may end.
    pub(super) fn new(steps: &[[Steps; CLASSES]], accepts: &[bool]) -> Self {
        let mut this = Self::default();
        for (state, accepts) in (0..).zip(accepts) {
            this.accepting |= if *accepts { only(state) } else { 0 };
        }
        for (state, by_class) in (0..).zip(steps) {
            for (class, steps) in by_class.iter().enumerate() {
                for step in steps.all() {
                    let Some(node) = this.node_of(step.form()) else { continue };
                    node.is_form = true;
                    let Some(arrivals) = node.arrivals.get_mut(class) else { continue };
                    match arrivals.iter_mut().find(|arrival| arrival.next == step.next) {
                        Some(arrival) => arrival.from |= only(state),
                        None => arrivals.push(Arrival { next: step.next, from: only(state) }),
                    }
                }
            }
        }
        if let Some(root) = this.nodes.first_mut() {
            root.arrivals.iter_mut().for_each(|unheard| follow_through(unheard));
        }
        for node in &mut this.nodes {
            for (into, arrivals) in node.into.iter_mut().zip(&node.arrivals) {
                *into = arrivals.iter().fold(0, |all, arrival| all | only(arrival.next));
            }
        }
        this
    }

    /// The place of `form`, made where there is none; `None` where the form has something other than letters.
    fn node_of(&mut self, form: &[u8]) -> Option<&mut Node> {
        let mut at = 0;
        for code in form.iter().rev() {
            let letter = letter_index(*code)?;
            let fresh = u16::try_from(self.nodes.len()).ok()?;
            let before = self.nodes.get_mut(at)?.before.get_mut(letter)?;
            if *before == 0 {
                *before = fresh;
                at = usize::from(fresh);
                self.nodes.push(Node::new());
            } else {
                at = usize::from(*before);
            }
        }
        self.nodes.get_mut(at)
    }

    /// Whether any form has this letter.
    pub(super) fn has_letter(&self, code: u8) -> bool {
        self.nodes.iter().any(|node| self.before(node, code).is_some())
    }

    fn root(&self) -> Option<&Node> {
        self.nodes.first()
    }

    fn before(&self, node: &Node, code: u8) -> Option<&Node> {
        let at = usize::from(*node.before.get(letter_index(code)?)?);
        if at == 0 { None } else { self.nodes.get(at) }
    }
}

/// For each place of a word, the states from which a chain of endings takes it to its end.
#[derive(Clone, Debug)]
pub(crate) struct Chains {
    /// By the number of codes that follow.
    open: [States; MAX_CHAIN + 1],
    len: usize,
}

impl Chains {
    /// Reads `codes` from the end. Takes time linear in the word.
    pub(super) fn new(backward: &Backward, codes: &[u8]) -> Self {
        let mut this = Self { open: [0; MAX_CHAIN + 1], len: codes.len() };
        let Some(root) = backward.root() else { return this };
        this.add(codes.len(), backward.accepting);
        for end in (codes.len().saturating_sub(MAX_CHAIN)..=codes.len()).rev() {
            let mut open = this.at(end);
            if open == 0 {
                continue;
            }
            // Morphs that are not heard.
            open |= root.leading_to(open, codes, end);
            this.add(end, open);
            let mut node = root;
            for start in (0..end).rev() {
                let Some(before) = codes.get(start).and_then(|&code| backward.before(node, code)) else { break };
                node = before;
                if node.is_form {
                    this.add(start, node.leading_to(open, codes, start));
                }
            }
        }
        this
    }

    /// The states from which a chain leads from the code `at` to the end of the word.
    pub(super) fn at(&self, at: usize) -> States {
        let left = self.len.checked_sub(at);
        left.and_then(|left| self.open.get(left)).copied().unwrap_or(0)
    }

    fn add(&mut self, at: usize, states: States) {
        let left = self.len.checked_sub(at);
        if let Some(open) = left.and_then(|left| self.open.get_mut(left)) {
            *open |= states;
        }
    }
}

/// Adds to each of the morphs that are not heard the states from which several of them lead there, one after another.
fn follow_through(unheard: &mut [Arrival]) {
    // No such path is a circle, so none is longer than this.
    for _ in 0..unheard.len() {
        let known = unheard.to_vec();
        for arrival in unheard.iter_mut() {
            let further = known.iter().filter(|earlier| arrival.from & only(earlier.next) != 0);
            arrival.from = further.fold(arrival.from, |all, earlier| all | earlier.from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::encode;
    use crate::morph::grammar::Grammar;

    /// The same told by walking forward, which is simple and slow.
    fn is_open(grammar: &Grammar, codes: &[u8], at: usize, state: State) -> bool {
        let class = SoundClass::of(&codes[..at]);
        let steps = grammar.steps(state, class).unwrap().all().iter();
        (at == codes.len() && grammar.accepts(state))
            || steps.clone().any(|step| {
                codes[at..].starts_with(step.form()) && is_open(grammar, codes, at + step.form().len(), step.next)
            })
    }

    #[test]
    fn reading_backwards_finds_what_reading_forwards_does() {
        let grammar = Grammar::embedded();
        for word in ["وڵاتەکانیشیاندا", "هاووڵاتییەکی", "دەیانکردەوە", "نەیاندەتوانی", "چاکترینەکانن", "بیاننووسێتەوە"]
        {
            let codes = encode(word);
            let chains = Chains::new(&grammar.backward, &codes);
            for at in 0..=codes.len() {
                for state in grammar.states() {
                    let found = chains.at(at) & only(state) != 0;
                    assert_eq!(found, is_open(grammar, &codes, at, state), "{word} from {at} in state {state}");
                }
            }
        }
    }

    #[test]
    fn a_long_word_is_read_from_its_end_only() {
        let grammar = Grammar::embedded();
        let codes = encode(&"ی".repeat(64));
        let chains = Chains::new(&grammar.backward, &codes);
        assert!(chains.at(64) != 0 && chains.at(64 - MAX_CHAIN - 1) == 0 && chains.at(65) == 0);
    }
}
