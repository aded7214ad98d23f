//! What the words of a text may be taken for by a pattern: names, cues, nouns, words that nothing knows.

use std::collections::HashMap;
use std::rc::Rc;

use super::cues::{MAX_WORDS, Position};
use super::matching::{Candidate, is_word, next_word};
use super::patterns::{Classes, Lattice, Unit};
use super::resolve::is_part;
use super::{EntityLabel, NerTagger};
use crate::morph::{Standing, Word};
use crate::tokenize::{Token, TokenKind};

/// Letters that an unknown word must have to be taken for a name.
const MIN_UNKNOWN: usize = 3;
/// Names that need nothing that speaks for them.
const NAMES: Classes = Classes::GIVEN
    .and(Classes::FAMILY)
    .and(Classes::PERSON)
    .and(Classes::PLACE)
    .and(Classes::ORGANIZATION)
    .and(Classes::PEOPLE);

/// The units of a row of tokens; each token is looked at when it is first asked for.
pub(super) struct Units<'u, 'k, G, L> {
    tagger: &'u NerTagger<G, L>,
    text: &'u str,
    tokens: &'u [Token<'k>],
    known: HashMap<usize, Rc<[Unit]>>,
    /// The token whose marks, names and cues were read last, and these: most tokens need no more.
    heads: (usize, Vec<Unit>),
}

impl<'u, 'k, G: AsRef<[u8]>, L: AsRef<[u8]>> Units<'u, 'k, G, L> {
    pub(super) fn new(tagger: &'u NerTagger<G, L>, text: &'u str, tokens: &'u [Token<'k>]) -> Self {
        Self { tagger, text, tokens, known: HashMap::new(), heads: (usize::MAX, Vec::new()) }
    }

    /// Begins at the token `at`, for which the names of the gazetteer have been found.
    pub(super) fn begin(&mut self, at: usize, candidates: &[Candidate<'_>]) {
        self.heads = (at, self.read_heads(at, candidates));
    }

    /// Whether a mark or a cue stands at the token that a pattern may begin with.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let text = token.text();
        if token.kind() == TokenKind::Punctuation {
            return mark(text) == Classes::QUOTE;
        }
        let begins = |word: &str| self.tagger.cues.may_begin(word);
        begins(text) || self.tagger.engine.behind_preposition(text).is_some_and(begins)
    }

    /// The marks, names and cues that begin at the token `at`.
    fn read_heads(&self, at: usize, candidates: &[Candidate<'_>]) -> Vec<Unit> {
        let Some(token) = self.tokens.get(at) else { return Vec::new() };
        let span = token.span();
        let mut units = Vec::new();
        let mark = mark(token.text());
        if mark != Classes::NONE {
            let (start, end) = (span.start(), span.end());
            units.push(Unit { classes: mark, last: at, start, end, ezafe: false, open: true });
        }
        if !is_word(token.kind()) || token.kind().is_number() {
            return units;
        }
        units.extend(candidates.iter().filter_map(|candidate| self.name(at, candidate)));
        // سلێمانی is the city, and a family name only where something speaks for it.
        let place = units.iter().filter(|unit| unit.classes == Classes::PLACE).map(|unit| unit.last).max();
        for unit in units.iter_mut().filter(|unit| place.is_some_and(|last| unit.last <= last)) {
            unit.classes = match unit.classes {
                Classes::GIVEN => Classes::MAYBE_GIVEN,
                Classes::FAMILY => Classes::MAYBE_FAMILY,
                classes => classes,
            };
        }
        self.cues(at, 0, &mut units);
        if units.is_empty() {
            // A preposition written on to a cue: لەشاری.
            let rest = self.tagger.engine.behind_preposition(token.text());
            if let Some(rest) = rest.filter(|_| !self.tagger.engine.is_ordinary(token.text())) {
                self.cues(at, token.text().len() - rest.len(), &mut units);
            }
        }
        units
    }

    /// The units that begin at the token `at`, all of them.
    fn read(&self, at: usize) -> Vec<Unit> {
        let mut units = if self.heads.0 == at {
            self.heads.1.clone()
        } else {
            self.read_heads(at, &self.tagger.candidates(self.text, self.tokens, at))
        };
        let token = self.tokens.get(at).filter(|token| is_word(token.kind()) && !token.kind().is_number());
        if token.is_none() {
            return units;
        }
        let named = units.iter().any(|unit| NAMES.meets(unit.classes));
        units.extend(self.word(at).filter(|unit| !named || !unit.classes.meets(Classes::UNKNOWN)));
        units
    }

    /// A name of the gazetteer.
    fn name(&self, at: usize, candidate: &Candidate<'_>) -> Option<Unit> {
        let end = self.tokens.get(candidate.last)?.span().end();
        let rest = self.text.get(candidate.end..end)?;
        let name = self.text.get(candidate.start..candidate.end)?;
        let sure = self.tagger.is_sure(self.tokens, at, candidate);
        let entry = candidate.form.entry;
        // خانم is a name and a title: rather the title.
        let title = self.tagger.cues.get(name).iter().any(|cue| cue.title && cue.position == Position::Before);
        let sure = sure && !(title && is_part(candidate));
        let classes = match (entry.label, entry.subtype) {
            (EntityLabel::Person, "given") if sure => Classes::GIVEN,
            (EntityLabel::Person, "given") => Classes::MAYBE_GIVEN,
            (EntityLabel::Person, "family") if sure => Classes::FAMILY,
            (EntityLabel::Person, "family") => Classes::MAYBE_FAMILY,
            _ if !sure => return None,
            (EntityLabel::Person, _) => Classes::PERSON,
            (EntityLabel::Location, _) => Classes::PLACE,
            (EntityLabel::Organization, "government" | "ministry" | "parliament" | "court" | "security") => {
                Classes::ORGANIZATION.and(Classes::AUTHORITY)
            }
            (EntityLabel::Organization, _) => Classes::ORGANIZATION,
            (EntityLabel::Miscellaneous, "ethnonym" | "demonym" | "ethnonym;language" | "demonym;language") => {
                Classes::PEOPLE
            }
            _ => return None,
        };
        let ezafe = matches!(rest, "ی" | "یی") || rest.is_empty() && name.ends_with('ی');
        // Behind a part of a person's name that has the ezafe stands what the person is, rather than another name.
        let open = rest.is_empty() || ezafe && !is_part(candidate);
        Some(Unit { classes, last: candidate.last, start: candidate.start, end: candidate.end, ezafe, open })
    }

    /// Cues that begin at the token, from `skip` bytes of it on.
    fn cues(&self, at: usize, skip: usize, units: &mut Vec<Unit>) {
        let Some(token) = self.tokens.get(at) else { return };
        let Some(first) = token.text().get(skip..) else { return };
        let start = token.span().start() + skip;
        let mut words = first.to_owned();
        let mut last = at;
        for _ in 0..MAX_WORDS {
            let cues = self.tagger.cues.get(&words).iter();
            let cues = cues.filter(|cue| cue.position == Position::Before || cue.label != EntityLabel::Person);
            let classes = cues.fold(Classes::NONE, |all, cue| all.and(cue.class));
            if classes != Classes::NONE {
                let end = self.tokens.get(last).map_or(start, |token| token.span().end());
                units.push(Unit { classes, last, start, end, ezafe: words.ends_with('ی'), open: true });
            }
            if !self.tagger.cues.may_begin(first) {
                return;
            }
            let Some((next, token)) = next_word(self.tokens, last).and_then(|at| Some((at, self.tokens.get(at)?)))
            else {
                return;
            };
            words.push(' ');
            words.push_str(token.text());
            last = next;
        }
    }

    /// The word as the lexicon has it, or as one that it has not.
    fn word(&self, at: usize) -> Option<Unit> {
        let token = self.tokens.get(at)?;
        let (start, end) = (token.span().start(), token.span().end());
        let whole = Unit { classes: Classes::UNKNOWN, last: at, start, end, ezafe: false, open: true };
        if token.kind() != TokenKind::Word {
            return Some(whole);
        }
        match self.tagger.engine.standing(&Word::new(token.text())?) {
            Standing::Unknown { end: name } => {
                // Most words that begin so have a preposition written on to them.
                if self.tagger.engine.behind_preposition(token.text()).is_some() {
                    return None;
                }
                let long = token.text().chars().nth(MIN_UNKNOWN - 1).is_some();
                let cut = start + name < end;
                long.then_some(Unit { end: start + name, ezafe: token.text().ends_with('ی'), open: !cut, ..whole })
            }
            Standing::Nominal(phrase) if !phrase.single => {
                let stem = token.text().get(..phrase.end)?;
                let describes = Classes::of("describes/ORG").unwrap_or(Classes::NONE);
                let cue = |word: &str| self.tagger.cues.get(word).iter().any(|cue| cue.class == describes);
                let compass = self.tagger.cues.get(stem).iter().filter(|cue| cue.class != describes);
                let compass = compass.filter(|cue| cue.position == Position::After && cue.label != EntityLabel::Person);
                let classes = compass.fold(Classes::NONE, |all, cue| all.and(cue.class));
                let nominal = if cue(stem) { Classes::NONE } else { Classes::NOMINAL };
                let classes = classes.and(nominal);
                let open = phrase.goes_on || start + phrase.end == end;
                (classes != Classes::NONE).then_some(Unit {
                    classes,
                    end: start + phrase.end,
                    ezafe: phrase.goes_on,
                    open,
                    ..whole
                })
            }
            _ => None,
        }
    }
}

/// The class of a mark, and of the word و.
fn mark(text: &str) -> Classes {
    match text {
        "\"" | "“" | "”" | "«" | "»" | "„" | "‟" | "'" | "‘" | "’" | "''" | "\"\"" => Classes::QUOTE,
        "(" | "[" => Classes::OPEN,
        ")" | "]" => Classes::CLOSE,
        "و" => Classes::AND,
        _ => Classes::NONE,
    }
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> NerTagger<G, L> {
    /// Whether the candidate is a name without anything that speaks for it, or with a cue beside it.
    fn is_sure(&self, tokens: &[Token<'_>], at: usize, candidate: &Candidate<'_>) -> bool {
        if is_part(candidate) {
            return candidate.last > at || self.is_plain_name(tokens, at, candidate);
        }
        self.believes(tokens, at, candidate)
    }
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> Lattice for Units<'_, '_, G, L> {
    fn heads(&self) -> (usize, &[Unit]) {
        (self.heads.0, &self.heads.1)
    }

    fn units(&mut self, at: usize) -> Rc<[Unit]> {
        if let Some(units) = self.known.get(&at) {
            return Rc::clone(units);
        }
        let units: Rc<[Unit]> = self.read(at).into();
        self.known.insert(at, Rc::clone(&units));
        units
    }

    fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.span().start())
    }

    fn next(&self, last: usize) -> Option<usize> {
        let next = self.tokens.get(last + 1)?;
        if next.text() == "-" {
            return self.tokens.get(last + 2).filter(|token| is_word(token.kind())).map(|_| last + 2);
        }
        if next.kind() != TokenKind::Whitespace {
            return Some(last + 1);
        }
        (!next.text().contains('\n') && self.tokens.get(last + 2).is_some()).then_some(last + 2)
    }
}
