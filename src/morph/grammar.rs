//! The grammar: states, morphs and their forms, read from `data/morph/` and laid out for the search.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use super::chains::{Backward, States};
use super::endings::{Endings, VerbFrames};
use super::sound::{CLASSES, SoundClass};
use crate::embedded;
use crate::key::{self, LETTER_COUNT, encode, letter_index};
use crate::lexicon::{MAX_SLOT, SLOT_PART, SLOT_PARTS, SLOT_SIMPLE, SLOT_STEM};
use crate::table::{Row, TableError, TableReader};

/// A state, by its index.
pub(crate) type State = u8;

/// The longest form of a morph, in codes.
pub(super) const MAX_FORM: usize = 6;

/// One way on from a state, for one class of sound: a form, its morph, and the state behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    form: [u8; MAX_FORM],
    len: u8,
    pub(super) morph: u16,
    pub(super) next: State,
    /// In hundredths.
    pub(super) cost: u16,
}

impl Step {
    pub(super) fn form(&self) -> &[u8] {
        self.form.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// The ways on from a state, for one class of sound, in order of the first letter of their forms.
#[derive(Debug)]
pub(super) struct Steps {
    all: Vec<Step>,
    /// Where the steps of each letter begin; those that are not heard come first.
    starts: [u8; LETTER_COUNT + 1],
}

impl Steps {
    fn new(mut all: Vec<Step>) -> Self {
        let letter = |step: &Step| step.form().first().and_then(|&code| letter_index(code));
        all.sort_by_key(letter);
        let mut starts = [0; LETTER_COUNT + 1];
        for (at, start) in starts.iter_mut().enumerate() {
            let before = all.partition_point(|step| letter(step).is_none_or(|letter| letter < at));
            *start = u8::try_from(before).unwrap_or(u8::MAX);
        }
        Self { all, starts }
    }

    pub(super) fn all(&self) -> &[Step] {
        &self.all
    }

    /// The steps that are not heard, and those whose form begins with `code`.
    pub(super) fn before(&self, code: Option<u8>) -> (&[Step], &[Step]) {
        let range = |from: usize, to: usize| self.all.get(from..to).unwrap_or_default();
        let start = |letter: usize| self.starts.get(letter).map_or(0, |&start| usize::from(start));
        let heard = code.and_then(letter_index).map_or(&[][..], |letter| range(start(letter), start(letter + 1)));
        (range(0, start(0)), heard)
    }
}

/// What may follow the stem of a verb in a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) stem: u8,
    pub(super) next: State,
    pub(super) cost: u16,
}

/// A morph: what it means.
#[derive(Debug)]
pub(super) struct Morph {
    pub(super) name: String,
    /// The tags, parted by spaces.
    pub(super) tags: String,
    pub(super) paradigm: InParadigm,
}

/// Whether a morph makes forms of a paradigm.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(super) enum InParadigm {
    #[default]
    Yes,
    /// Only as the actor of a transitive past.
    Past,
    No,
}

/// How the grammar takes a class that a lexicon names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// A word whose inflection begins in this state.
    Word(State),
    /// A verb stem of this class.
    Stem(u8),
}

/// One way in which a word may be spelt otherwise.
#[derive(Debug)]
pub(super) struct Respelling {
    pub(super) from: Vec<u8>,
    pub(super) to: Vec<u8>,
    /// Whether endings have all its letters: else it can only be part of a stem.
    pub(super) in_endings: bool,
}

#[derive(Debug, Default)]
pub(super) struct Grammar {
    states: HashMap<String, State>,
    accepts: Vec<bool>,
    /// By state, then by class of sound.
    steps: Vec<[Steps; CLASSES]>,
    /// The same, read from the end of a word.
    pub(super) backward: Backward,
    frames: Vec<Vec<Frame>>,
    /// The states of the slots, by the byte that stands for each in the keys of a lexicon.
    slots: [State; 1 + MAX_SLOT as usize],
    stems: Vec<String>,
    morphs: Vec<Morph>,
    /// By tag: the features of Universal Dependencies.
    features: HashMap<String, String>,
    /// What is cut from words that no lexicon knows.
    pub(super) weak_endings: Endings,
    pub(super) guess_frames: VerbFrames,
    pub(super) proclitics: Vec<Vec<u8>>,
    /// The same as text.
    pub(super) prepositions: Vec<String>,
    /// What is replaced by what, in the order in which it is tried.
    pub(super) respellings: Vec<Respelling>,
}

static EMBEDDED: Lazy<Grammar> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded tables are read by a test")]
    Grammar::read().expect("the embedded grammar is well formed")
});

/// One row of `arcs.tsv`.
#[derive(Clone, Debug)]
struct Arc {
    state: String,
    morph: String,
    next: String,
    cost: Option<u16>,
}

/// The forms of one morph.
#[derive(Debug, Default)]
struct Forms {
    tags: String,
    paradigm: InParadigm,
    /// The class, or none for every class; the form; the added cost.
    by_class: Vec<(Option<SoundClass>, Vec<u8>, u16)>,
}

pub(super) fn rows(name: &str, text: &str, columns: &[&str]) -> Result<Vec<Row>, TableError> {
    TableReader::new(name, text.as_bytes(), columns)?.collect()
}

/// A cost in the table, such as `1.05`, in hundredths and without its sign; empty is none.
pub(super) fn cost(row: &Row) -> Result<Option<u16>, TableError> {
    let text = row.get("cost").trim_start_matches('-');
    if text.is_empty() {
        return Ok(None);
    }
    let (units, parts) = text.split_once('.').unwrap_or((text, ""));
    let hundredths = match parts.len() {
        0 => Some(0),
        1 => parts.parse::<u16>().ok().map(|tenths| tenths * 10),
        2 => parts.parse().ok(),
        _ => None,
    };
    let units: Option<u16> = units.parse().ok().and_then(|units: u16| units.checked_mul(100));
    match units.zip(hundredths) {
        Some((units, hundredths)) => Ok(Some(units + hundredths)),
        None => Err(row.bad("cost", "is not a cost such as 1.05")),
    }
}

pub(super) fn sound_class(row: &Row, value: &str) -> Result<Option<SoundClass>, TableError> {
    match value {
        "*" => Ok(None),
        _ => SoundClass::from_name(value)
            .map(Some)
            .ok_or_else(|| row.bad_value("class", value, "is not a class of sound")),
    }
}

impl Grammar {
    /// The grammar that comes with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let mut this = Self::default();
        for row in rows("states.tsv", embedded::MORPH_STATES, &["state", "accepts"])? {
            let state = State::try_from(this.states.len()).ok().filter(|&state| u32::from(state) < States::BITS);
            let state = state.ok_or_else(|| row.bad("state", "is one state too many"))?;
            this.accepts.push(match row.get("accepts") {
                "y" => true,
                "n" => false,
                _ => return Err(row.bad("accepts", "is neither y nor n")),
            });
            if this.states.insert(row.get("state").to_owned(), state).is_some() {
                return Err(row.bad("state", "is listed twice"));
            }
        }

        for (slot, name) in [(SLOT_SIMPLE, "V0"), (SLOT_PART, "V1"), (SLOT_PARTS, "V2"), (SLOT_STEM, "V3")] {
            if let Some(state) = this.slots.get_mut(usize::from(slot)) {
                *state = this.states.get(name).copied().unwrap_or(0);
            }
        }

        let mut tag_costs = HashMap::new();
        let mut paradigms: HashMap<String, InParadigm> = HashMap::new();
        for row in rows("tags.tsv", embedded::MORPH_TAGS, &["tag", "cost", "paradigm", "ud"])? {
            let paradigm = match row.get("paradigm") {
                "y" => InParadigm::Yes,
                "past" => InParadigm::Past,
                "n" => InParadigm::No,
                _ => return Err(row.bad("paradigm", "is none of y, past, n")),
            };
            paradigms.insert(row.get("tag").to_owned(), paradigm);
            tag_costs.insert(row.get("tag").to_owned(), cost(&row)?.unwrap_or(0));
            this.features.insert(row.get("tag").to_owned(), row.get("ud").to_owned());
        }

        let mut forms: HashMap<String, Forms> = HashMap::new();
        for row in rows("affixes.tsv", embedded::MORPH_AFFIXES, &["morph", "tags", "class", "form", "cost"])? {
            let known = row.get("tags").split([' ', '+']).all(|tag| tag_costs.contains_key(tag));
            if !known {
                return Err(row.bad("tags", "holds a tag that tags.tsv does not list"));
            }
            let form = key::encode(row.get("form"));
            if form.len() > MAX_FORM {
                return Err(row.bad("form", "is too long for an affix"));
            }
            if !form.iter().all(|&code| letter_index(code).is_some()) {
                return Err(row.bad("form", "has something other than letters"));
            }
            let morph = forms.entry(row.get("morph").to_owned()).or_default();
            row.get("tags").clone_into(&mut morph.tags);
            let paradigms = row.get("tags").split([' ', '+']).filter_map(|tag| paradigms.get(tag).copied());
            morph.paradigm = paradigms.max().unwrap_or_default();
            morph.by_class.push((sound_class(&row, row.get("class"))?, form, cost(&row)?.unwrap_or(0)));
        }

        let mut arcs = Vec::new();
        for row in rows("arcs.tsv", embedded::MORPH_ARCS, &["state", "morph", "next", "cost"])? {
            for column in ["state", "next"] {
                if !this.states.contains_key(row.get(column)) {
                    return Err(row.bad(column, "is not a state of states.tsv"));
                }
            }
            if row.get("morph") != "=" && !forms.contains_key(row.get("morph")) {
                return Err(row.bad("morph", "is not a morph of affixes.tsv"));
            }
            let text = |column: &str| row.get(column).to_owned();
            arcs.push(Arc { state: text("state"), morph: text("morph"), next: text("next"), cost: cost(&row)? });
        }
        this.lay_out(&arcs, &forms, &tag_costs);
        this.backward = Backward::new(&this.steps, &this.accepts);
        this.read_frames(&arcs)?;
        this.read_guesses()?;
        let proclitics =
            forms.get("PREP").map(|forms| forms.by_class.iter().map(|(_, form, _)| form.clone()).collect());
        this.proclitics = proclitics.unwrap_or_default();
        this.prepositions = this.proclitics.iter().map(|form| key::decode(form)).collect();
        Ok(this)
    }

    /// All arcs of `state`: its own, then those of the states that it takes over, but for arcs it has already.
    fn arcs_of(state: &str, arcs: &[Arc], depth: usize) -> Vec<Arc> {
        let own = || arcs.iter().filter(|arc| arc.state == state);
        let mut found: Vec<Arc> = own().filter(|arc| arc.morph != "=").cloned().collect();
        // The depth keeps a circle in the table from being followed for ever.
        for arc in own().filter(|arc| arc.morph == "=" && depth < 8) {
            for taken in Self::arcs_of(&arc.next, arcs, depth + 1) {
                if !found.iter().any(|arc| arc.morph == taken.morph && arc.next == taken.next) {
                    found.push(taken);
                }
            }
        }
        found
    }

    fn lay_out(&mut self, arcs: &[Arc], forms: &HashMap<String, Forms>, tag_costs: &HashMap<String, u16>) {
        let mut names: Vec<&String> = forms.keys().collect();
        names.sort_unstable();
        let mut index = HashMap::new();
        for name in names {
            if let (Some(forms), Ok(at)) = (forms.get(name), u16::try_from(self.morphs.len())) {
                index.insert(name.as_str(), at);
                let paradigm = forms.paradigm;
                self.morphs.push(Morph { name: name.clone(), tags: forms.tags.clone(), paradigm });
            }
        }
        let mut states: Vec<(&String, State)> = self.states.iter().map(|(name, state)| (name, *state)).collect();
        states.sort_unstable_by_key(|&(_, state)| state);
        for (state, _) in states {
            let mut steps: [Vec<Step>; CLASSES] = Default::default();
            for arc in Self::arcs_of(state, arcs, 0) {
                let (Some(morph), Some(&at), Some(&next)) =
                    (forms.get(&arc.morph), index.get(arc.morph.as_str()), self.states.get(&arc.next))
                else {
                    continue;
                };
                let tags: u16 = morph.tags.split([' ', '+']).filter_map(|tag| tag_costs.get(tag)).sum();
                for (class, form, added) in &morph.by_class {
                    let mut step =
                        Step { form: [0; MAX_FORM], len: 0, morph: at, next, cost: arc.cost.unwrap_or(tags) + added };
                    step.form.iter_mut().zip(form).for_each(|(slot, &code)| *slot = code);
                    step.len = u8::try_from(form.len()).unwrap_or(0);
                    let classes = steps.iter_mut().enumerate();
                    classes
                        .filter(|(at, _)| class.is_none_or(|class| class as usize == *at))
                        .for_each(|(_, steps)| steps.push(step));
                }
            }
            self.steps.push(steps.map(Steps::new));
        }
    }

    fn read_frames(&mut self, arcs: &[Arc]) -> Result<(), TableError> {
        let mut own: HashMap<String, Vec<Frame>> = HashMap::new();
        for row in rows("frames.tsv", embedded::MORPH_FRAMES, &["slot", "stem", "next", "cost"])? {
            if !self.states.contains_key(row.get("slot")) {
                return Err(row.bad("slot", "is not a state of states.tsv"));
            }
            let next =
                *self.states.get(row.get("next")).ok_or_else(|| row.bad("next", "is not a state of states.tsv"))?;
            let stem = row.get("stem");
            let at = self.stems.iter().position(|known| known == stem).unwrap_or(self.stems.len());
            if at == self.stems.len() {
                self.stems.push(stem.to_owned());
            }
            let stem = u8::try_from(at).map_err(|_| row.bad("stem", "is one class of stems too many"))?;
            let frame = Frame { stem, next, cost: cost(&row)?.unwrap_or(0) };
            own.entry(row.get("slot").to_owned()).or_default().push(frame);
        }
        self.frames = vec![Vec::new(); self.states.len()];
        for (name, &state) in &self.states {
            let mut frames = own.get(name).cloned().unwrap_or_default();
            let taken = arcs.iter().filter(|arc| arc.state == *name && arc.morph == "=");
            frames.extend(taken.filter_map(|arc| own.get(&arc.next)).flatten());
            if let Some(slot) = self.frames.get_mut(usize::from(state)) {
                *slot = frames;
            }
        }
        Ok(())
    }

    fn read_guesses(&mut self) -> Result<(), TableError> {
        self.weak_endings = Endings::read("weak_endings.tsv", embedded::MORPH_WEAK_ENDINGS)?;
        self.guess_frames = VerbFrames::read()?;
        for row in rows("respellings.tsv", embedded::MORPH_RESPELLINGS, &["step", "from", "to"])? {
            let (from, to) = (encode(row.get("from")), encode(row.get("to")));
            if from.is_empty() || to.is_empty() {
                return Err(row.bad("from", "or what replaces it is empty"));
            }
            let in_endings = to.iter().all(|&code| self.backward.has_letter(code));
            self.respellings.push(Respelling { from, to, in_endings });
        }
        Ok(())
    }

    /// How to take a class that a lexicon names; `None` where this grammar has no such class.
    pub(super) fn class(&self, name: &str) -> Option<Class> {
        let stem = || self.stems.iter().position(|stem| stem == name).and_then(|at| u8::try_from(at).ok());
        self.states.get(name).copied().map(Class::Word).or_else(|| stem().map(Class::Stem))
    }

    pub(super) fn state(&self, name: &str) -> State {
        self.states.get(name).copied().unwrap_or(0)
    }

    /// All states.
    #[cfg(test)]
    pub(super) fn states(&self) -> impl Iterator<Item = State> {
        (0..).take(self.accepts.len())
    }

    pub(super) fn accepts(&self, state: State) -> bool {
        self.accepts.get(usize::from(state)).copied().unwrap_or(false)
    }

    pub(super) fn steps(&self, state: State, class: SoundClass) -> Option<&Steps> {
        self.steps.get(usize::from(state)).and_then(|steps| steps.get(class as usize))
    }

    pub(super) fn frames(&self, slot: State) -> &[Frame] {
        self.frames.get(usize::from(slot)).map_or(&[], Vec::as_slice)
    }

    /// All morphs, by their index.
    pub(super) fn morphs(&self) -> &[Morph] {
        &self.morphs
    }

    pub(super) fn morph(&self, at: u16) -> Option<&Morph> {
        self.morphs.get(usize::from(at))
    }

    /// Whether the class is that of past stems of transitive verbs, whose actor is a pronoun.
    pub(super) fn is_transitive_past(&self, stem: u8) -> bool {
        self.stems.get(usize::from(stem)).is_some_and(|name| name == "PST.T")
    }

    /// The tag that the stem itself has, by the class of verb stem.
    pub(super) fn stem_tags(&self, stem: u8) -> &'static str {
        match self.stems.get(usize::from(stem)).map_or("", String::as_str) {
            "PSP" => "PASS PST",
            "PPR" => "PASS PRS",
            // The stem and the ending have become one letter: بۆتە for بووەتە.
            "PST.O" => "PST PRF+AGR.3SG",
            name if name.starts_with("PRS") => "PRS",
            _ => "PST",
        }
    }

    /// The features of Universal Dependencies of one tag.
    pub(super) fn features(&self, tag: &str) -> &str {
        self.features.get(tag).map_or("", String::as_str)
    }

    /// The state of each kind of slot in the keys of a lexicon.
    pub(super) fn slot_state(&self, slot: u8) -> State {
        self.slots.get(usize::from(slot)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_grammar_is_well_formed() {
        let grammar = Grammar::read().unwrap();
        assert!(grammar.accepts(grammar.state("N")) && !grammar.accepts(grammar.state("EP")));
        assert_eq!(grammar.class("N"), Some(Class::Word(grammar.state("N"))));
        assert!(matches!(grammar.class("PST.T"), Some(Class::Stem(_))));
        assert_eq!(grammar.class("nothing"), None);
    }

    #[test]
    fn no_path_of_unheard_morphs_is_a_circle() {
        let grammar = Grammar::read().unwrap();
        for class in SoundClass::ALL {
            let mut reached: Vec<State> = grammar.states.values().copied().collect();
            for _ in 0..=grammar.accepts.len() {
                let silent = |&state: &State| {
                    let steps = grammar.steps(state, class).unwrap().before(None).0.iter();
                    steps.map(|step| step.next).collect::<Vec<_>>()
                };
                reached = reached.iter().flat_map(silent).collect();
            }
            assert!(reached.is_empty());
        }
    }

    #[test]
    fn a_state_overrides_what_it_takes_over() {
        let grammar = Grammar::read().unwrap();
        let dem = |state: &str| {
            let steps = grammar.steps(grammar.state(state), SoundClass::C).unwrap().all().iter();
            let costs = steps.filter(|step| grammar.morph(step.morph).unwrap().name == "DEM").map(|step| step.cost);
            costs.collect::<Vec<_>>()
        };
        assert_eq!((dem("N"), dem("PN")), (vec![110], vec![170]));
    }
}
