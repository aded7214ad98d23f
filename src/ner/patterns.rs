//! Patterns of names: `data/ner/patterns.tsv`, read into items, and the search for the longest name that one finds.

use once_cell::sync::Lazy;

use super::EntityLabel;
use super::cues::Cues;
use crate::embedded;
use crate::table::{Row, TableError, TableReader};

/// A set of classes that a unit may belong to: one bit for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Classes(u64);

impl Classes {
    pub(super) const NONE: Self = Self(0);
    pub(super) const GIVEN: Self = Self(1);
    pub(super) const MAYBE_GIVEN: Self = Self(1 << 1);
    pub(super) const FAMILY: Self = Self(1 << 2);
    pub(super) const MAYBE_FAMILY: Self = Self(1 << 3);
    pub(super) const PERSON: Self = Self(1 << 4);
    pub(super) const PLACE: Self = Self(1 << 5);
    pub(super) const ORGANIZATION: Self = Self(1 << 6);
    pub(super) const PEOPLE: Self = Self(1 << 7);
    pub(super) const NOMINAL: Self = Self(1 << 8);
    pub(super) const UNKNOWN: Self = Self(1 << 9);
    pub(super) const QUOTE: Self = Self(1 << 10);
    pub(super) const OPEN: Self = Self(1 << 11);
    pub(super) const CLOSE: Self = Self(1 << 12);
    pub(super) const AND: Self = Self(1 << 13);
    /// An organisation that every country has: a ministry, a court, a force.
    pub(super) const AUTHORITY: Self = Self(1 << 14);
    /// The first class of cues.
    const FIRST_CUE: usize = 15;

    /// The class of the kind of cue `at`; none where there are too many.
    pub(super) const fn cue(at: usize) -> Self {
        if Self::FIRST_CUE + at < 64 { Self(1 << (Self::FIRST_CUE + at)) } else { Self::NONE }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "given" => Self::GIVEN,
            "?given" => Self::MAYBE_GIVEN,
            "family" => Self::FAMILY,
            "?family" => Self::MAYBE_FAMILY,
            "person" => Self::PERSON,
            "place" => Self::PLACE,
            "organization" => Self::ORGANIZATION,
            "people" => Self::PEOPLE,
            "nominal" => Self::NOMINAL,
            "unknown" => Self::UNKNOWN,
            "quote" => Self::QUOTE,
            "open" => Self::OPEN,
            "close" => Self::CLOSE,
            "and" => Self::AND,
            "authority" => Self::AUTHORITY,
            _ => return Cues::embedded().class(name),
        })
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One word or name, as one thing that it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) classes: Classes,
    /// The last token that it takes.
    pub(super) last: usize,
    /// Bytes of the normalized text: without what is written on to it at either end.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it carries the ezafe.
    pub(super) ezafe: bool,
    /// Whether the phrase may go on behind it with a word beside it: nothing but an ezafe is written on to it.
    pub(super) open: bool,
}

/// One item of a pattern.
#[derive(Clone, Copy, Debug)]
struct Item {
    classes: Classes,
    ezafe: bool,
    least: u8,
    most: u8,
}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) label: EntityLabel,
    /// In hundredths.
    pub(super) confidence: u8,
    items: Vec<Item>,
    /// The items of the name.
    from: usize,
    to: usize,
}

/// A name that a pattern found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) pattern: &'static Pattern,
    /// The first and the last token of the name.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Bytes of the normalized text.
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug)]
pub(super) struct Patterns {
    rows: Vec<Pattern>,
}

static EMBEDDED: Lazy<Patterns> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Patterns::read().expect("the embedded table of patterns is well formed")
});

impl Item {
    fn read(row: &Row, text: &str) -> Result<Self, TableError> {
        let bad = |problem| row.bad_value("pattern", text, problem);
        let times = |least, most| (least, most);
        let (text, (least, most)) = match text.split_at_checked(text.len().saturating_sub(1)) {
            Some((rest, "*")) => (rest, times(0, u8::MAX)),
            Some((rest, "+")) => (rest, times(1, u8::MAX)),
            Some((rest, "?")) => (rest, times(0, 1)),
            Some((rest, "}")) => {
                let (item, range) = rest.split_once('{').ok_or_else(|| bad("has a } without a {"))?;
                let (least, most) = range.split_once(',').unwrap_or((range, range));
                let number = |text: &str| text.parse::<u8>().map_err(|_| bad("has no number of times in { }"));
                (item, times(number(least)?, number(most)?))
            }
            _ => (text, times(1, 1)),
        };
        let (names, ezafe) = text.strip_suffix("+ez").map_or((text, false), |names| (names, true));
        let mut classes = Classes::NONE;
        for name in names.split('|') {
            classes = classes.and(Classes::of(name).ok_or_else(|| bad("has a class that there is not"))?);
        }
        if least > most || most == 0 {
            return Err(bad("can never stand"));
        }
        Ok(Self { classes, ezafe, least, most })
    }

    fn fits(&self, unit: &Unit) -> bool {
        self.classes.meets(unit.classes) && (unit.ezafe || !self.ezafe)
    }
}

impl Pattern {
    fn read(row: &Row) -> Result<Self, TableError> {
        let label = row.get("label").parse().map_err(|_| row.bad("label", "is not a label"))?;
        let confidence: f32 = row.get("confidence").parse().map_err(|_| row.bad("confidence", "is not a number"))?;
        if !(0.0..=1.0).contains(&confidence) {
            return Err(row.bad("confidence", "is not between 0 and 1"));
        }
        let (mut items, mut from, mut to) = (Vec::new(), None, None);
        for text in row.get("pattern").split(' ') {
            match text {
                "[" if from.is_none() => from = Some(items.len()),
                "]" if from.is_some() && to.is_none() => to = Some(items.len()),
                "[" | "]" => return Err(row.bad("pattern", "has a bracket too many")),
                item => items.push(Item::read(row, item)?),
            }
        }
        let (Some(from), Some(to)) = (from, to) else { return Err(row.bad("pattern", "marks no name by [ ]")) };
        let solid = |items: Option<&[Item]>| items.is_some_and(|items| items.iter().any(|item| item.least > 0));
        if !solid(items.get(from..to)) || !solid(items.get(..1)) {
            return Err(row.bad("pattern", "may begin with nothing, or find an empty name"));
        }
        let word = Classes::NOMINAL.and(Classes::UNKNOWN);
        if items.first().is_some_and(|item| item.classes.meets(word)) {
            return Err(row.bad("pattern", "begins with a word that is neither a name nor a cue"));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
        Ok(Self { label, confidence: (confidence * 100.0).round() as u8, items, from, to })
    }
}

/// What a row of tokens may be taken for, token by token.
pub(super) trait Lattice {
    /// A token, and the marks, names and cues that begin there: no pattern begins with anything else.
    fn heads(&self) -> (usize, &[Unit]);
    /// The units that begin at the token `at`.
    fn units(&mut self, at: usize) -> std::rc::Rc<[Unit]>;
    /// The byte at which the token `at` begins.
    fn start(&self, at: usize) -> usize;
    /// The token that a phrase goes on with behind the token `last`.
    fn next(&self, last: usize) -> Option<usize>;
}

/// The way through a pattern so far.
#[derive(Clone, Copy)]
struct Way {
    item: usize,
    times: u8,
    /// The token to look at next; none at the end of the text.
    at: Option<usize>,
    /// The first token and byte of the name, once it has begun.
    begun: Option<(usize, usize)>,
    /// The last token and byte of the name so far.
    ended: Option<(usize, usize)>,
    /// Whether the last word has something written on to it that closes a phrase.
    closed: bool,
}

/// Steps that the search for one pattern may take: no text can make it slow.
const MAX_STEPS: u32 = 400;

impl Patterns {
    /// The table that comes with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let mut rows = Vec::new();
        let columns = ["id", "label", "confidence", "pattern"];
        for row in TableReader::new("ner/patterns.tsv", embedded::NER_PATTERNS.as_bytes(), &columns)? {
            rows.push(Pattern::read(&row?)?);
        }
        Ok(Self { rows })
    }

    /// The longest name that a pattern finds whose first item stands where the heads of the lattice do.
    pub(super) fn longest(&'static self, lattice: &mut impl Lattice) -> Option<Match> {
        let mut best: Option<Match> = None;
        let (at, heads) = lattice.heads();
        let here = heads.iter().fold(Classes::NONE, |all, unit| all.and(unit.classes));
        let begins = |pattern: &&Pattern| pattern.items.first().is_some_and(|first| first.classes.meets(here));
        for pattern in self.rows.iter().filter(begins) {
            let start = Way { item: 0, times: 0, at: Some(at), begun: None, ended: None, closed: false };
            let mut steps = 0;
            pattern.follow(lattice, start, &mut steps, &mut best);
        }
        best
    }
}

impl Pattern {
    fn follow(&'static self, lattice: &mut impl Lattice, way: Way, steps: &mut u32, best: &mut Option<Match>) {
        *steps += 1;
        if *steps > MAX_STEPS {
            return;
        }
        let Some(item) = self.items.get(way.item) else {
            if let (Some((first, start)), Some((last, end))) = (way.begun, way.ended) {
                if best.as_ref().is_none_or(|best| end > best.end) {
                    *best = Some(Match { pattern: self, first, last, start, end });
                }
            }
            return;
        };
        if let Some(at) = way.at.filter(|_| way.times < item.most) {
            let here = lattice.start(at);
            for unit in lattice.units(at).iter().filter(|unit| item.fits(unit) && !way.closed) {
                // A preposition may be written on to the first word only.
                if unit.start != here && (way.item > 0 || way.times > 0) {
                    continue;
                }
                let within = (self.from..self.to).contains(&way.item);
                let next = Way {
                    times: way.times + 1,
                    at: lattice.next(unit.last),
                    begun: way.begun.or(within.then_some((at, unit.start))),
                    ended: if within { Some((unit.last, unit.end)) } else { way.ended },
                    closed: !unit.open,
                    ..way
                };
                self.follow(lattice, next, steps, best);
            }
        }
        if way.times >= item.least {
            // Something written on to the last word of the name does not part it from the mark behind it.
            let leaves = way.item + 1 == self.to;
            let next = Way { item: way.item + 1, times: 0, closed: way.closed && !leaves, ..way };
            self.follow(lattice, next, steps, best);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_patterns_are_well_formed() {
        assert!(Patterns::read().unwrap().rows.len() > 10);
    }

    #[test]
    fn a_bad_pattern_is_told_with_its_line() {
        for (pattern, problem) in [
            ("[ given", "marks no name by [ ]"),
            ("[ gives ]", "has a class that there is not"),
            ("[ given? ]", "may begin with nothing, or find an empty name"),
            ("title ] given", "has a bracket too many"),
            ("[ unknown given ]", "begins with a word that is neither a name nor a cue"),
            ("[ given{3,2} ]", "can never stand"),
            ("[ given{x} ]", "has no number of times in { }"),
        ] {
            let table = format!("label\tconfidence\tpattern\nPER\t0.5\t{pattern}\n");
            let row = TableReader::new("patterns.tsv", table.as_bytes(), &["pattern"]).unwrap().next().unwrap();
            let error = Pattern::read(&row.unwrap()).unwrap_err().to_string();
            assert!(error.starts_with("patterns.tsv, line 2") && error.ends_with(problem), "{error}");
        }
    }
}
