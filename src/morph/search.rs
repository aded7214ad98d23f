//! The search for all ways to read a word: a walk of the lexicon's automaton for what stands in the lexicon, a walk of
//! the grammar for what is written on to it, each going on where the other stops.

use super::chains::{Chains, States, only};
use super::grammar::{Class, Grammar, MAX_FORM, State, Step};
use super::sound::SoundClass;
use crate::key::{self, code_of};
use crate::letters::{ZWNJ, is_invisible, is_joiner, is_mark};
use crate::lexicon::{Cursor, Here, Lexicon, LexiconEntry, MAX_SLOT};
use crate::normalize::letter;

/// Codes of the longest word that is analysed; longer ones are taken as they are.
pub(crate) const MAX_CODES: usize = 64;
/// Morphs that a word can hold at most.
const MAX_MORPHS: usize = 16;
/// Pieces that a word can be cut into at most: morphs, the stem, parts of a verb, a word written on to it at either end.
pub(crate) const MAX_PIECES: usize = MAX_MORPHS + 5;

/// The letters that are always a vowel: ه after one is the consonant, و or ی no second letter of a long vowel.
pub(crate) const OPEN_VOWELS: [u8; 4] = [code_of('ا'), code_of('ۆ'), code_of('ێ'), code_of('ە')];
const HEH: u8 = code_of('ه');
const REH: u8 = code_of('ر');
const REH_V: u8 = code_of('ڕ');

/// A word as codes, with the way back to bytes.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    codes: [u8; MAX_CODES],
    /// The offset in bytes of each code; of the second and later code of one character, that of the first.
    offsets: [u8; MAX_CODES + 1],
    len: u8,
}

impl Word {
    const EMPTY: Self = Self { codes: [0; MAX_CODES], offsets: [0; MAX_CODES + 1], len: 0 };

    /// The codes of `text`; `None` where it is empty or too long.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut word = Self::EMPTY;
        let letters = word.push_letters(text);
        for (offset, c) in text.get(letters..)?.char_indices() {
            word.push(letters + offset, c)?;
        }
        word.ending_at(text.len())
    }

    /// Adds the codes of the letters of two bytes and one code that `text` begins with, which are nearly all; gives their
    /// bytes.
    fn push_letters(&mut self, text: &str) -> usize {
        let places = self.codes.iter_mut().zip(&mut self.offsets);
        let (mut offset, mut len) = (0, 0);
        for ((slot, place), letter) in places.zip(text.as_bytes().chunks_exact(2)) {
            let &[lead, last] = letter else { break };
            let Some(code) = key::code_of_bytes(lead, last) else { break };
            (*slot, *place) = (code, offset);
            offset += 2;
            len += 1;
        }
        self.len = len;
        usize::from(offset)
    }

    /// The codes of a word in any of the usual spellings, as the normalizer would write it: letters of other keyboards,
    /// ه and a non-joiner, vowel signs, tatweel. The offsets are those of the word as it stands.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut word = Self::EMPTY;
        for (offset, c) in text.char_indices() {
            if !(is_mark(c) || is_joiner(c) || is_invisible(c)) {
                word.push(offset, letter(c))?;
            } else if c == ZWNJ {
                word.open_heh(false);
            }
        }
        word.open_heh(true);
        match word.codes.first_mut() {
            Some(first) if word.len > 1 && *first == REH => *first = REH_V,
            _ => {}
        }
        word.ending_at(text.len())
    }

    /// Adds the codes of the letter that stands at `offset`; `None` where there is no room for them.
    fn push(&mut self, offset: usize, c: char) -> Option<()> {
        let offset = u8::try_from(offset).ok()?;
        let mut at = usize::from(self.len);
        let mut full = false;
        key::push_code(c, &mut |code| match (self.codes.get_mut(at), self.offsets.get_mut(at)) {
            (Some(slot), Some(place)) => {
                (*slot, *place) = (code, offset);
                at += 1;
            }
            _ => full = true,
        });
        self.len = u8::try_from(at).ok()?;
        (!full).then_some(())
    }

    /// The word of a text of `len` bytes; `None` where it has no codes.
    fn ending_at(mut self, len: usize) -> Option<Self> {
        *self.offsets.get_mut(usize::from(self.len))? = u8::try_from(len).ok()?;
        (self.len > 0).then_some(self)
    }

    /// The codes `from..to` as a word of its own; offsets stay those of the whole.
    pub(super) fn part(&self, from: usize, to: usize) -> Option<Self> {
        let mut part = Self::EMPTY;
        let len = to.checked_sub(from).filter(|&len| len > 0)?;
        part.codes.get_mut(..len)?.copy_from_slice(self.codes().get(from..to)?);
        part.offsets.get_mut(..=len)?.copy_from_slice(self.offsets.get(from..=to)?);
        part.len = u8::try_from(len).ok()?;
        Some(part)
    }

    /// The word with the `len` codes at `at` replaced. What is added takes no bytes of the text.
    pub(super) fn replaced(&self, at: usize, len: usize, by: &[u8]) -> Option<Self> {
        let mut word = Self::EMPTY;
        let codes = self.codes();
        let added = (at..at + by.len()).map(|place| self.offset(place.min(at + len)));
        let before = (0..at).map(|place| self.offset(place));
        let after = (at + len..=codes.len()).map(|place| self.offset(place));
        for (slot, offset) in word.offsets.iter_mut().zip(before.chain(added).chain(after)) {
            *slot = u8::try_from(offset).ok()?;
        }
        let new = codes.get(..at)?.iter().chain(by).chain(codes.get(at + len..)?);
        let total = codes.len() - len + by.len();
        for (slot, &code) in word.codes.get_mut(..total)?.iter_mut().zip(new) {
            *slot = code;
        }
        word.len = u8::try_from(total).ok()?;
        Some(word)
    }

    /// Reads a ه that was pushed last as the vowel ە, unless it stands after an open vowel, or the word `ends` there
    /// and has no other letter.
    fn open_heh(&mut self, ends: bool) {
        let at = usize::from(self.len);
        if ends && self.codes.iter().take(at).all(|&code| code == HEH) {
            return;
        }
        let before = at.checked_sub(2).and_then(|at| self.codes.get(at)).copied();
        if let (Some(before), Some(last)) = (before, at.checked_sub(1).and_then(|at| self.codes.get_mut(at))) {
            if *last == HEH && !OPEN_VOWELS.contains(&before) {
                *last = code_of('ە');
            }
        }
    }

    pub(crate) fn codes(&self) -> &[u8] {
        self.codes.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// The offset in bytes of the code `at`.
    pub(crate) fn offset(&self, at: usize) -> usize {
        self.offsets.get(at).map_or(0, |&offset| usize::from(offset))
    }
}

/// A morph and the codes of the word that it takes.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Placed {
    pub(crate) morph: u16,
    pub(crate) start: u8,
    pub(crate) end: u8,
}

/// A stretch of the word that the lexicon knows: the stem, or a part of a verb that stands before it.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Known {
    pub(crate) start: u8,
    pub(crate) end: u8,
    /// How many morphs stand before it.
    pub(crate) at: u8,
}

/// One way through the word, as far as it has been followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    morphs: [Placed; MAX_MORPHS],
    len: u8,
    /// Parts of a verb, and then the stem.
    known: [Known; 3],
    known_len: u8,
    /// The class of verb stem; none for other words.
    pub(crate) stem_class: Option<u8>,
    /// In hundredths.
    pub(crate) cost: u16,
}

impl Path {
    pub(crate) fn new(cost: u16) -> Self {
        Self {
            morphs: [Placed::default(); MAX_MORPHS],
            len: 0,
            known: [Known::default(); 3],
            known_len: 0,
            stem_class: None,
            cost,
        }
    }

    pub(crate) fn morphs(&self) -> &[Placed] {
        self.morphs.get(..usize::from(self.len)).unwrap_or_default()
    }

    pub(crate) fn known(&self) -> &[Known] {
        self.known.get(..usize::from(self.known_len)).unwrap_or_default()
    }

    /// The number of pieces that the word falls into.
    pub(crate) fn pieces(&self) -> u8 {
        self.len + self.known_len
    }

    fn push(&mut self, placed: Placed, cost: u16) -> bool {
        let Some(slot) = self.morphs.get_mut(usize::from(self.len)) else { return false };
        *slot = placed;
        self.len += 1;
        self.cost = self.cost.saturating_add(cost);
        true
    }

    pub(super) fn push_known(&mut self, start: usize, end: usize) -> bool {
        let (Ok(start), Ok(end)) = (u8::try_from(start), u8::try_from(end)) else { return false };
        let Some(slot) = self.known.get_mut(usize::from(self.known_len)) else { return false };
        *slot = Known { start, end, at: self.len };
        self.known_len += 1;
        true
    }
}

/// A complete reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) path: Path,
    /// The entry of the stem; none where the stem is not in the lexicon.
    pub(crate) entry: Option<LexiconEntry<'a>>,
    /// The index of the features of an irregular form.
    pub(crate) features: u16,
}

impl Reading<'_> {
    /// What readings of one word are ordered by: cheaper, then fewer pieces, then a longer stem.
    pub(super) fn rank(&self) -> (u16, u8, std::cmp::Reverse<u8>) {
        let stem = self.path.known().last().map_or(0, |known| known.end - known.start);
        (self.path.cost, self.path.pieces(), std::cmp::Reverse(stem))
    }
}

/// How far a word has been read.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Place {
    /// Codes of the reading.
    pub(crate) at: usize,
    /// Codes of the word as it is written; other than `at` only where a reading corrects the spelling.
    pub(crate) written: usize,
}

impl Place {
    pub(super) const fn same(at: usize) -> Self {
        Self { at, written: at }
    }
}

/// One code that may come next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Next {
    pub(crate) code: u8,
    pub(crate) place: Place,
    pub(crate) cost: u16,
}

/// What the form of a morph begins with where a word goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum First {
    /// This code; none where the word ends.
    Only(Option<u8>),
    /// Any code.
    Any,
}

/// What a search reads: a word as it is written, or as it may have been meant.
pub(crate) trait Text {
    /// The codes that may come at a place.
    type Ways: Iterator<Item = Next>;

    /// The codes of the reading up to `place`.
    fn read(&self, place: Place) -> &[u8];
    /// How many codes are left to read, about.
    fn left(&self, place: Place) -> usize;
    /// The codes that may come at `place`.
    fn next(&self, place: Place) -> Self::Ways;
    /// Takes `next`, one of those codes, into the reading.
    fn take(&mut self, next: Next);
    /// Reads `form` at `place`: the place after it and what it costs, where the word can go on so.
    fn follow(&mut self, form: &[u8], place: Place) -> Option<(Place, u16)>;

    /// The code that the form of a morph at `place` must begin with.
    fn first(&self, _place: Place) -> First {
        First::Any
    }

    /// The states from which a chain of endings may take the word from `place` to its end, as far as that is known
    /// beforehand.
    fn open(&self, _place: Place) -> States {
        States::MAX
    }

    /// Whether the word may hold the morph at all.
    fn allows(&self, _morph: u16) -> bool {
        true
    }

    /// Whether all has been read.
    fn is_end(&self, place: Place) -> bool {
        self.left(place) == 0
    }
}

/// A word as it is written, with the chains of endings that can close it.
#[derive(Debug)]
pub(crate) struct Written<'w> {
    pub(super) codes: &'w [u8],
    chains: Chains,
}

impl<'w> Written<'w> {
    pub(super) fn new(codes: &'w [u8], grammar: &Grammar) -> Self {
        Self { codes, chains: Chains::new(&grammar.backward, codes) }
    }

    /// Whether any chain of endings leads from the code `at` to the end of the word.
    pub(super) fn is_open_from(&self, at: usize) -> bool {
        self.chains.at(at) != 0
    }

    /// Whether a chain of endings leads from `state` at the code `at` to the end of the word.
    pub(super) fn is_open(&self, at: usize, state: State) -> bool {
        self.chains.at(at) & only(state) != 0
    }
}

impl Text for &Written<'_> {
    type Ways = std::option::IntoIter<Next>;

    fn read(&self, place: Place) -> &[u8] {
        self.codes.get(..place.at).unwrap_or_default()
    }

    fn left(&self, place: Place) -> usize {
        self.codes.len() - place.at
    }

    fn first(&self, place: Place) -> First {
        First::Only(self.codes.get(place.at).copied())
    }

    fn open(&self, place: Place) -> States {
        self.chains.at(place.at)
    }

    fn next(&self, place: Place) -> Self::Ways {
        let code = self.codes.get(place.at).copied();
        code.map(|code| Next { code, place: Place::same(place.at + 1), cost: 0 }).into_iter()
    }

    fn take(&mut self, _: Next) {}

    fn follow(&mut self, form: &[u8], place: Place) -> Option<(Place, u16)> {
        let rest = self.codes.get(place.at..)?;
        // Most forms fail at their first letter, and a call to compare memory costs more than all of a form.
        let follows = rest.len() >= form.len() && form.iter().zip(rest).all(|(a, b)| a == b);
        follows.then_some((Place::same(place.at + form.len()), 0))
    }
}

/// What is being searched: the visitor is told of every complete reading that costs at most `limit`, and of its codes.
pub(super) struct Search<'s, 'a, D, T, V> {
    pub(super) grammar: &'static Grammar,
    pub(super) lexicon: &'a Lexicon<D>,
    pub(super) classes: &'s [Option<Class>],
    pub(super) text: T,
    /// Readings that cost more are of no use; the visitor may lower it.
    pub(super) limit: u16,
    pub(super) visit: V,
    /// Codes that were looked at, apart from endings: those behind have no part in what stems were found.
    pub(super) seen: usize,
}

impl<'a, D: AsRef<[u8]>, T: Text, V: FnMut(&Reading<'a>, &[u8], &mut u16)> Search<'_, 'a, D, T, V> {
    /// Follows the lexicon from `cursor` through the codes from `place` on; a stem or part began at `from`.
    ///
    /// In a slot of a verb only stems of verbs may follow.
    pub(super) fn lexical(
        &mut self,
        mut cursor: Cursor,
        from: usize,
        mut place: Place,
        slot: Option<State>,
        mut path: Path,
    ) {
        let lexicon = self.lexicon;
        loop {
            let here = cursor.open(lexicon.fst());
            self.seen = self.seen.max(place.at + 1);
            let open = self.text.open(place);
            if open != 0 {
                self.stems(&here, from, place, open, slot, path);
            }
            for (byte, next) in here.low_steps(MAX_SLOT + 1) {
                let mut path = path;
                // The slot before a verb without parts has nothing to its left.
                if place.at == from || path.push_known(from, place.at) {
                    self.slot(next, place, self.grammar.slot_state(byte), path);
                }
            }
            let mut next = self.text.next(place);
            let Some(first) = next.next() else { return };
            for other in next {
                self.text.take(other);
                if let Some(cursor) = here.step(other.code) {
                    let path = Path { cost: path.cost.saturating_add(other.cost), ..path };
                    if !self.is_hopeless(&path) {
                        self.lexical(cursor, from, other.place, slot, path);
                    }
                }
            }
            self.text.take(first);
            let Some(next) = here.step(first.code) else { return };
            path.cost = path.cost.saturating_add(first.cost);
            cursor = next;
            place = first.place;
        }
    }

    /// In a slot of a verb: either the stem follows, or another prefix or pronoun.
    pub(super) fn slot(&mut self, cursor: Cursor, place: Place, state: State, path: Path) {
        if self.is_hopeless(&path) {
            return;
        }
        self.lexical(cursor, place.at, place, Some(state), path);
        let (unheard, heard) = self.steps(state, SoundClass::of(self.text.read(place)), place);
        if !heard.is_empty() {
            self.seen = self.seen.max(place.at + MAX_FORM);
        }
        for step in unheard.iter().chain(heard) {
            if let Some((path, next)) = self.extend(path, step, place) {
                self.slot(cursor, next, step.next, path);
            }
        }
    }

    /// Stems that end here; the word can be closed from the states `open`.
    fn stems(&mut self, here: &Here<'_>, from: usize, place: Place, open: States, slot: Option<State>, path: Path) {
        let lexicon = self.lexicon;
        for (entry, features) in lexicon.entries_of(here.value()) {
            let mut path = path;
            if !path.push_known(from, place.at) {
                continue;
            }
            match (slot, self.classes.get(usize::from(entry.class)).copied().flatten()) {
                (None, Some(Class::Word(state))) if open & only(state) != 0 => {
                    self.ending(state, place, None, &Reading { path, entry: Some(entry), features });
                }
                (Some(slot), Some(Class::Stem(class))) => {
                    path.stem_class = Some(class);
                    let frames = self.grammar.frames(slot).iter();
                    for frame in frames.filter(|frame| frame.stem == class && open & only(frame.next) != 0) {
                        let path = Path { cost: path.cost.saturating_add(frame.cost), ..path };
                        self.ending(frame.next, place, None, &Reading { path, entry: Some(entry), features });
                    }
                }
                _ => {}
            }
        }
    }

    /// Follows the grammar through the endings from `place` on. `class` stands for the sound of what is not a word.
    pub(super) fn ending(&mut self, state: State, place: Place, class: Option<SoundClass>, reading: &Reading<'a>) {
        if self.is_hopeless(&reading.path) {
            return;
        }
        if self.text.is_end(place) && self.grammar.accepts(state) {
            self.accept(reading, place);
        }
        let class = class.unwrap_or_else(|| SoundClass::of(self.text.read(place)));
        let (unheard, heard) = self.steps(state, class, place);
        for step in unheard.iter().chain(heard) {
            if let Some((path, next)) =
                self.extend(reading.path, step, place).filter(|(_, next)| self.text.open(*next) & only(step.next) != 0)
            {
                self.ending(step.next, next, None, &Reading { path, ..*reading });
            }
        }
    }

    /// The ways on from `state` that the word may take at `place`.
    fn steps(&self, state: State, class: SoundClass, place: Place) -> (&'static [Step], &'static [Step]) {
        let Some(steps) = self.grammar.steps(state, class) else { return (&[], &[]) };
        match self.text.first(place) {
            First::Only(code) => steps.before(code),
            First::Any => (&[], steps.all()),
        }
    }

    /// `path` with the morph of `step`, where the word goes on with its form.
    fn extend(&mut self, mut path: Path, step: &Step, place: Place) -> Option<(Path, Place)> {
        if !self.text.allows(step.morph) {
            return None;
        }
        let (next, cost) = self.text.follow(step.form(), place)?;
        let (start, end) = (u8::try_from(place.at).ok()?, u8::try_from(next.at).ok()?);
        let placed = Placed { morph: step.morph, start, end };
        path.push(placed, step.cost.saturating_add(cost)).then_some((path, next))
    }

    /// Whether the path costs too much already, even if it turns out to be an infinitive.
    fn is_hopeless(&self, path: &Path) -> bool {
        path.cost > self.limit.saturating_add(INFINITIVE_SAVES)
    }

    fn accept(&mut self, reading: &Reading<'a>, place: Place) {
        let mut reading = *reading;
        if let (Some(entry), Some(_)) = (reading.entry, reading.path.stem_class) {
            let has = reading.path.morphs().iter().any(|placed| self.is_postverb(placed.morph));
            if entry.postverb && !has {
                return;
            }
            if has == entry.postverb && self.is_infinitive(&reading.path) {
                reading.path.cost = reading.path.cost.saturating_sub(INFINITIVE_SAVES);
            }
            // ەوە on a verb whose lemma has none: back, again.
            if has && !entry.postverb {
                reading.path.cost = reading.path.cost.saturating_add(POSTVERB_COST);
            }
        }
        if reading.path.cost <= self.limit {
            (self.visit)(&reading, self.text.read(place), &mut self.limit);
        }
    }

    /// Whether the word is the infinitive of its lemma, with or without the endings of a noun.
    fn is_infinitive(&self, path: &Path) -> bool {
        let active = path.stem_class.is_some_and(|class| self.grammar.stem_tags(class) == "PST");
        let first = path.morphs().first().and_then(|placed| self.grammar.morph(placed.morph));
        active && first.is_some_and(|morph| morph.tags == "INF")
    }

    fn is_postverb(&self, morph: u16) -> bool {
        self.grammar.morph(morph).is_some_and(|morph| morph.tags == "POSTV")
    }
}

/// What an infinitive costs less than the stem and the ending that it is made of: a dictionary lists it, so that it is
/// hardly dearer than another entry.
const INFINITIVE_SAVES: u16 = 130;
/// What ەوە costs on a verb that does not have it in its lemma.
const POSTVERB_COST: u16 = 120;
