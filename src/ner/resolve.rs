//! Which of the names that might begin at a token to believe, by the words around them.

use super::cues::{Cue, MAX_WORDS, Position};
use super::lattice::Units;
use super::matching::{Candidate, is_word, next_word, previous_word};
use super::patterns::{Match, Patterns};
use super::{EntityLabel, EntitySource, Found, Gazetteer, GazetteerEntry, NerTagger};
use crate::Span;
use crate::lexicon::PartOfSpeech;
use crate::morph::{Outcome, Standing, Word, name_end, recall_whether};
use crate::tokenize::{Token, TokenKind};
use crate::value;

/// Words that no list knows which may follow a title as a name.
const MAX_UNKNOWN: usize = 2;

/// How sure a name is, in hundredths: one that is spelled as it is listed and is no other word; one of several words
/// spelled otherwise, or one word that is put together with another; one that is an ordinary word too, or is spelled
/// otherwise; a word that no list knows, after a title.
const SURE: u8 = 97;
const LIKELY: u8 = 90;
const FAIR: u8 = 80;
const GUESSED: u8 = 70;
/// A name but for one letter.
const MISSPELT: u8 = 60;
/// Letters of a name that may be misspelt.
const MIN_MISSPELT: usize = 7;

/// A person's name, or a part of one, on the way to be put together.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    found: Found<'a>,
    last: usize,
    /// Whether the part is a name without further evidence.
    sure: bool,
    /// Whether endings follow: nothing can be joined to it.
    closed: bool,
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> NerTagger<G, L> {
    /// The entities among `tokens`, which are those of the normalized `text`; in order, not overlapping.
    pub(crate) fn find<'a>(&'a self, text: &str, tokens: &[Token<'_>]) -> Vec<Found<'a>> {
        let mut found: Vec<Found<'a>> = Vec::new();
        let mut units = Units::new(self, text, tokens);
        let values = value::find(text, tokens, None);
        let mut dates = values.iter().filter(|value| value.is_named_date(text)).peekable();
        // The longest name that a pattern has found and that has not been reached yet.
        let mut ahead: Option<Match> = None;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let before = found.last().map_or(0, |found| found.word_span.end());
            while dates.next_if(|date| date.span.start() < token.span().start()).is_some() {}
            let date = dates.next_if(|date| date.word_span.start() == token.span().start().max(before));
            if let Some(date) = date {
                found.push(Found {
                    span: date.span,
                    word_span: date.word_span,
                    label: EntityLabel::Date,
                    entry: None,
                    confidence: SURE,
                    source: EntitySource::Form,
                });
            } else if token.kind() != TokenKind::Whitespace && token.span().start() >= before {
                let word = is_word(token.kind()) && !token.kind().is_number();
                let candidates = if word { self.candidates(text, tokens, at) } else { Vec::new() };
                if let Some(pattern) = longest(&mut units, at, &candidates).filter(|found| found.start >= before) {
                    ahead =
                        Some(ahead.filter(|ahead| ahead.first >= at && ahead.end >= pattern.end).unwrap_or(pattern));
                }
                if word {
                    let (entity, last) = self.at(text, tokens, at, &candidates);
                    let here = ahead.filter(|ahead| ahead.first == at);
                    let longer = |ahead: &Match| entity.is_none_or(|entity| ahead.end > entity.span.end());
                    at = if let Some(pattern) = here.filter(longer) {
                        found.push(by_pattern(tokens, &pattern));
                        pattern.last
                    } else {
                        let unknown = entity.is_none() && candidates.is_empty();
                        found.extend(if unknown { self.misspelt(token) } else { entity });
                        last
                    }
                    .max(at);
                }
            }
            at += 1;
        }
        self.learn(text, tokens, &mut found);
        found.retain(|found| found.confidence >= self.threshold);
        found
    }

    /// The place or organisation whose name the word is but for one letter. Short words are too much like others, and
    /// persons' names too much like each other.
    fn misspelt<'a>(&'a self, token: &Token<'_>) -> Option<Found<'a>> {
        let text = token.text();
        if token.kind() != TokenKind::Word || text.len() < 2 * MIN_MISSPELT {
            return None;
        }
        let known = self.engine.best_outcome(text).is_none_or(Outcome::is_known);
        // Comparing with all names takes as long as all else: a word for which it was in vain is remembered.
        if known || recall_whether(self.id, text, || self.misspelt_name(text).is_none()) {
            return None;
        }
        let (entry, end) = self.misspelt_name(text)?;
        let start = token.span().start();
        Some(Found {
            span: Span::new(start, start + end),
            word_span: token.span(),
            label: entry.label,
            entry: Some(entry),
            confidence: MISSPELT,
            source: EntitySource::Gazetteer,
        })
    }

    /// The one place or organisation that the word may have been meant for, and where its name ends.
    fn misspelt_name(&self, word: &str) -> Option<(GazetteerEntry<'_>, usize)> {
        let codes = Word::new(word)?;
        let end = name_end(&codes);
        let name = word.get(..end).filter(|name| Gazetteer::<G>::letters(name) >= MIN_MISSPELT)?;
        // Hardly anyone gets the first letter wrong.
        let forms = self.gazetteer.misspelt(name, 1);
        let first = forms.first().filter(|form| !form.ambiguous)?.entry;
        let wanted = matches!(first.label, EntityLabel::Location | EntityLabel::Organization);
        let one = wanted && forms.iter().all(|form| form.entry.id == first.id);
        let unknown = || matches!(self.engine.standing(&codes), Standing::Unknown { .. });
        (one && unknown()).then_some((first, end))
    }

    /// The entity that begins at the token `first`, and the last token that it takes.
    fn at<'a>(
        &'a self,
        text: &str,
        tokens: &[Token<'_>],
        first: usize,
        candidates: &[Candidate<'a>],
    ) -> (Option<Found<'a>>, usize) {
        let chosen = candidates.iter().find(|candidate| self.believes(tokens, first, candidate));
        let chosen = chosen.map(|candidate| self.with_cue(tokens, first, candidate, candidates));
        let chosen = chosen.map(|candidate| self.place_before_demonym(tokens, first, candidate, candidates));
        match chosen {
            Some(candidate) if candidate.form.entry.label != EntityLabel::Person => {
                (Some(found(tokens, candidate)), candidate.last)
            }
            chosen => self.person(text, tokens, first, chosen, candidates),
        }
    }

    /// Of several things with the name that was chosen, the one that the word before it speaks for: چیاکانی زاگرۆس.
    fn with_cue<'c, 'a>(
        &self,
        tokens: &[Token<'_>],
        first: usize,
        chosen: &'c Candidate<'a>,
        candidates: &'c [Candidate<'a>],
    ) -> &'c Candidate<'a> {
        let same = |other: &&Candidate<'a>| (other.last, other.end) == (chosen.last, chosen.end);
        let label = |candidate: &Candidate<'_>| candidate.form.entry.label;
        let mut others = candidates.iter().filter(|other| label(other) != label(chosen));
        if !others.any(|other| same(&other)) {
            return chosen;
        }
        // Roles stand before peoples as well as before persons: سەربازی تورک.
        let has_cue = |candidate: &Candidate<'_>| {
            label(candidate) != EntityLabel::Person
                && self.cue_before(tokens, first, |cue| cue.label == label(candidate))
        };
        if has_cue(chosen) {
            return chosen;
        }
        candidates.iter().filter(same).find(|other| has_cue(other)).unwrap_or(chosen)
    }

    /// Whether a candidate is to be believed by itself.
    pub(super) fn believes(&self, tokens: &[Token<'_>], first: usize, candidate: &Candidate<'_>) -> bool {
        let label = candidate.form.entry.label;
        let word = word_from(tokens, first, candidate.start);
        let ordinary = || Word::new(word).and_then(|word| self.engine.ordinary_cost(&word));
        if is_part(candidate) {
            // So many given names are ordinary words that only a title or a speech verb beside one will do.
            let listed = candidate.exact && !candidate.form.ambiguous && ordinary().is_none();
            return listed || candidate.exact && self.has_person_cue(tokens, first, candidate.last);
        }
        if self.has_cue(tokens, first, candidate.last, label) {
            return true;
        }
        if candidate.form.ambiguous {
            return false;
        }
        if candidate.last > first {
            return true;
        }
        match ordinary() {
            // Endings may cut what folds to a name out of a longer word.
            None => candidate.exact || candidate.ending.is_none(),
            // The word is an ordinary one at least as well as it is a name that only folds to it.
            Some(_) if !candidate.exact => false,
            Some(cost) => {
                let demonym = label == EntityLabel::Location && self.is_demonym(word, candidate);
                demonym || cost >= candidate.ending.unwrap_or(0)
            }
        }
    }

    /// Whether the word is the adjective that belongs to the place: عێراقی, which may be عێراق with its ezafe too.
    fn is_demonym(&self, word: &str, candidate: &Candidate<'_>) -> bool {
        let ezafe = word.strip_suffix('ی').is_some_and(|place| place.len() == candidate.end - candidate.start);
        ezafe && self.engine.lexicon().lookup(word).all(|entry| entry.pos() == PartOfSpeech::Adjective)
    }

    /// عێراقی is the place with its ezafe after a preposition, and the adjective elsewhere; ڕواندزی is the place unless
    /// something speaks for the family name.
    fn place_before_demonym<'c, 'a>(
        &self,
        tokens: &[Token<'_>],
        first: usize,
        chosen: &'c Candidate<'a>,
        candidates: &'c [Candidate<'a>],
    ) -> &'c Candidate<'a> {
        let family = is_part(chosen);
        let demonym = chosen.form.entry.label == EntityLabel::Miscellaneous;
        if !(family || demonym) || chosen.last != first || chosen.ending.is_some() {
            return chosen;
        }
        let word = tokens.get(first).map_or("", Token::text);
        let place = candidates.iter().find(|candidate| {
            candidate.form.entry.label == EntityLabel::Location
                && candidate.exact
                && candidate.last == first
                && word.get(candidate.end - candidate.start..) == Some("ی")
        });
        let before = previous_word(tokens, first).and_then(|at| tokens.get(at)).map_or("", Token::text);
        let adposition = || self.engine.lexicon().lookup(before).any(|entry| entry.pos() == PartOfSpeech::Adposition);
        match place {
            // A family name that is the adjective of a place stands behind a given name or a title.
            Some(place) if family && !self.has_person_cue(tokens, first, first) => place,
            Some(place) if demonym && !before.is_empty() && adposition() => place,
            _ => chosen,
        }
    }

    /// The name of a person: what the gazetteer lists, and names beside it that make one with it.
    fn person<'a>(
        &'a self,
        text: &str,
        tokens: &[Token<'_>],
        first: usize,
        chosen: Option<&Candidate<'a>>,
        candidates: &[Candidate<'a>],
    ) -> (Option<Found<'a>>, usize) {
        let title = self.cue_before(tokens, first, |cue| cue.label == EntityLabel::Person && cue.title);
        let person = |candidate: &&Candidate<'a>| candidate.form.entry.label == EntityLabel::Person;
        let begin = chosen.or_else(|| candidates.iter().find(person));
        let Some(mut part) = begin.map(|candidate| part(tokens, candidate, chosen.is_some())).or_else(|| {
            // A word that nothing knows, after a title.
            let is_name = title && self.is_unknown(tokens, first);
            is_name.then(|| unknown(tokens, first))
        }) else {
            return (None, first);
        };
        let mut guessed = usize::from(begin.is_none());
        // A family name or a full name takes no second one.
        let given = begin.is_none_or(|candidate| candidate.form.entry.subtype == "given");
        while let Some(next) = next_word(tokens, part.last).filter(|_| !part.closed) {
            let more = self.candidates(text, tokens, next);
            let more = more.iter().find(|candidate| candidate.form.entry.label == EntityLabel::Person);
            let joined = match more {
                // A given name and a family name make each other sure; two ordinary words do not.
                Some(candidate)
                    if given
                        && candidate.last == next
                        && (title
                            || self.is_plain_name(tokens, next, candidate)
                            // Someone in particular, who would be found without the given name.
                            || !is_part(candidate) && self.believes(tokens, next, candidate)) =>
                {
                    Some(self::part(tokens, candidate, true))
                }
                None if title && guessed < MAX_UNKNOWN && self.is_unknown(tokens, next) => {
                    guessed += 1;
                    Some(unknown(tokens, next))
                }
                _ => None,
            };
            let Some(joined) = joined else { break };
            part = Part {
                found: Found {
                    span: Span::new(part.found.span.start(), joined.found.span.end()),
                    word_span: Span::new(part.found.word_span.start(), joined.found.word_span.end()),
                    label: EntityLabel::Person,
                    // A given name before the family name of someone in particular.
                    entry: more.filter(|candidate| !is_part(candidate)).map(|candidate| candidate.form.entry),
                    confidence: part.found.confidence.max(joined.found.confidence).min(LIKELY),
                    source: part.found.source.max(joined.found.source),
                },
                ..joined
            };
        }
        if part.sure { (Some(self.with_last_letter(text, tokens, part)), part.last) } else { (None, first) }
    }

    /// The person of `part`. A ی behind a name of several words is its own where it cannot be the ezafe: nothing that the
    /// name could belong to follows (سامی ئەحمەدی گوتی).
    fn with_last_letter<'a>(&self, text: &str, tokens: &[Token<'_>], part: Part<'a>) -> Found<'a> {
        let found = part.found;
        let several = found.span.slice(text).is_some_and(|name| name.contains(' '));
        let ending = text.get(found.span.end()..found.word_span.end());
        if !several || ending != Some("ی") {
            return found;
        }
        let next = next_word(tokens, part.last).and_then(|at| tokens.get(at)).and_then(|token| Word::new(token.text()));
        let goes_on = next.is_some_and(|next| !matches!(self.engine.standing(&next), Standing::Other));
        if goes_on {
            return found;
        }
        Found { span: Span::new(found.span.start(), found.word_span.end()), entry: None, ..found }
    }

    /// Whether the name at the token `first` is nothing but a name.
    pub(super) fn is_plain_name(&self, tokens: &[Token<'_>], first: usize, candidate: &Candidate<'_>) -> bool {
        let word = Word::new(word_from(tokens, first, candidate.start));
        candidate.exact
            && !candidate.form.ambiguous
            && word.is_some_and(|word| self.engine.ordinary_cost(&word).is_none())
    }

    /// Whether a token is no ordinary word of the lexicon.
    fn is_unknown(&self, tokens: &[Token<'_>], at: usize) -> bool {
        let token = tokens.get(at).filter(|token| token.kind() == TokenKind::Word);
        let letters = |token: &Token<'_>| token.text().chars().count() >= 3;
        token
            .filter(|token| letters(token))
            .and_then(|token| Word::new(token.text()))
            .is_some_and(|word| self.engine.ordinary_cost(&word).is_none())
    }

    /// Whether a word before or behind the tokens `first` to `last` speaks for the label.
    fn has_cue(&self, tokens: &[Token<'_>], first: usize, last: usize, label: EntityLabel) -> bool {
        self.cue_before(tokens, first, |cue| cue.label == label)
            // Only of persons does a word behind the name speak.
            || label == EntityLabel::Person && self.cue_near(tokens, last, Position::After, |cue| cue.label == label)
    }

    /// Whether a title stands before or a speech verb behind.
    fn has_person_cue(&self, tokens: &[Token<'_>], first: usize, last: usize) -> bool {
        let person = |cue: &Cue| cue.label == EntityLabel::Person;
        self.cue_before(tokens, first, |cue| person(cue) && cue.title)
            || self.cue_near(tokens, last, Position::After, person)
    }

    fn cue_before(&self, tokens: &[Token<'_>], first: usize, wanted: impl Fn(&Cue) -> bool) -> bool {
        self.cue_near(tokens, first, Position::Before, wanted)
    }

    /// Whether one, two or three words right beside the token `at` are a cue.
    fn cue_near(&self, tokens: &[Token<'_>], at: usize, position: Position, wanted: impl Fn(&Cue) -> bool) -> bool {
        let next = |at: usize| match position {
            Position::Before => previous_word(tokens, at),
            Position::After => next_word(tokens, at),
        };
        let Some((mut at, first)) = next(at).and_then(|at| Some((at, tokens.get(at)?))) else { return false };
        let here = |cue: &Cue| cue.position == position && cue.strong && wanted(cue);
        // The lemma of one word, for verbs of saying in any form.
        if position == Position::After {
            let word = first.text();
            let verb = self.engine.best_outcome(word).map(|best| best.lemma(word, self.engine.lexicon()));
            if verb.is_some_and(|lemma| self.cues.get(&lemma).iter().any(|cue| cue.verb && here(cue))) {
                return true;
            }
        }
        if !self.cues.may_touch(first.text(), position) {
            return false;
        }
        let mut words = first.text().to_owned();
        for count in 1..=MAX_WORDS {
            if self.cues.get(&words).iter().any(|cue| !cue.verb && here(cue)) {
                return true;
            }
            let Some((further, token)) = next(at).and_then(|at| Some((at, tokens.get(at)?))) else { return false };
            at = further;
            match position {
                _ if count == MAX_WORDS => {}
                Position::Before => words = format!("{} {words}", token.text()),
                Position::After => words = format!("{words} {}", token.text()),
            }
        }
        false
    }
}

/// The longest name that a pattern finds from the token `at` on.
fn longest<G: AsRef<[u8]>, L: AsRef<[u8]>>(
    units: &mut Units<'_, '_, G, L>,
    at: usize,
    candidates: &[Candidate<'_>],
) -> Option<Match> {
    // Nearly all words are neither a name nor a cue, and need not be looked at any closer.
    if candidates.is_empty() && !units.may_begin(at) {
        return None;
    }
    units.begin(at, candidates);
    Patterns::embedded().longest(units)
}

/// The entity that a pattern found.
fn by_pattern<'a>(tokens: &[Token<'_>], found: &Match) -> Found<'a> {
    let end = tokens.get(found.last).map_or(found.end, |token| token.span().end());
    Found {
        span: Span::new(found.start, found.end),
        word_span: Span::new(found.start, end),
        label: found.pattern.label,
        entry: None,
        confidence: found.pattern.confidence,
        source: EntitySource::Pattern,
    }
}

/// The token `first` without the preposition that stands in it before the byte `start` of the text.
fn word_from<'t>(tokens: &'t [Token<'_>], first: usize, start: usize) -> &'t str {
    let Some(token) = tokens.get(first) else { return "" };
    token.text().get(start.saturating_sub(token.span().start())..).unwrap_or_default()
}

/// Whether the candidate is a given or family name by itself, not the name of someone in particular.
pub(super) fn is_part(candidate: &Candidate<'_>) -> bool {
    let entry = candidate.form.entry;
    entry.label == EntityLabel::Person && matches!(entry.subtype, "given" | "family")
}

/// The bytes that a candidate takes.
fn found<'a>(tokens: &[Token<'_>], candidate: &Candidate<'a>) -> Found<'a> {
    let end = tokens.get(candidate.last).map_or(candidate.end, |token| token.span().end());
    Found {
        span: Span::new(candidate.start, candidate.end),
        word_span: Span::new(candidate.start, end),
        label: candidate.form.entry.label,
        entry: Some(candidate.form.entry),
        confidence: match (candidate.exact, candidate.form.ambiguous) {
            (true, false) => SURE,
            (false, false) if candidate.words > 1 => LIKELY,
            _ => FAIR,
        },
        source: EntitySource::Gazetteer,
    }
}

fn part<'a>(tokens: &[Token<'_>], candidate: &Candidate<'a>, sure: bool) -> Part<'a> {
    Part { found: found(tokens, candidate), last: candidate.last, sure, closed: candidate.ending.is_some() }
}

/// A token that is taken for a name; endings that are hard to mistake are not part of it.
fn unknown<'a>(tokens: &[Token<'_>], at: usize) -> Part<'a> {
    let word_span = tokens.get(at).map_or(Span::new(0, 0), Token::span);
    let found = Found {
        span: word_span,
        word_span,
        label: EntityLabel::Person,
        entry: None,
        confidence: GUESSED,
        source: EntitySource::Pattern,
    };
    Part { found, last: at, sure: true, closed: false }
}
