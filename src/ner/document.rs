//! What a document tells of its own names: someone whose full name it gives may stand there by the family name alone,
//! and an organisation by the letters that stood in brackets behind its name.

use std::collections::HashMap;

use super::matching::{is_word, next_word};
use super::{EntityLabel, EntitySource, Found, NerTagger};
use crate::Span;
use crate::morph::Word;
use crate::tokenize::Token;

/// Letters of a family name that is remembered.
const MIN_FAMILY_NAME: usize = 4;
/// Letters of an acronym that is remembered.
const MIN_ACRONYM: usize = 2;

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> NerTagger<G, L> {
    /// Adds to `found`, the entities of the document in order, those that it tells of itself. Takes time linear in the
    /// text.
    pub(super) fn learn<'a>(&'a self, text: &str, tokens: &[Token<'_>], found: &mut Vec<Found<'a>>) {
        let mut more = Vec::new();
        let mut names: HashMap<&str, Found<'a>> = HashMap::new();
        let mut at = 0;
        for known in found.iter() {
            while tokens.get(at).is_some_and(|token| token.span().end() < known.word_span.end()) {
                at += 1;
            }
            match known.label {
                EntityLabel::Organization => {
                    if let Some(token) = acronym(tokens, at) {
                        let span = token.span();
                        let acronym = Found { span, word_span: span, source: EntitySource::Document, ..*known };
                        more.push(acronym);
                        names.insert(token.text(), acronym);
                    }
                }
                EntityLabel::Person => {
                    let name = known.span.slice(text).unwrap_or_default();
                    if let Some((_, family)) = name.rsplit_once(' ').filter(|(_, family)| self.may_stand_alone(family))
                    {
                        names.entry(family).or_insert(*known);
                    }
                }
                _ => {}
            }
        }
        if names.is_empty() {
            return;
        }
        let mut taken = found.iter().map(|found| found.word_span).peekable();
        for token in tokens.iter().filter(|token| is_word(token.kind()) && !token.kind().is_number()) {
            while taken.next_if(|span| span.end() <= token.span().start()).is_some() {}
            if taken.peek().is_some_and(|span| span.overlaps(token.span())) {
                continue;
            }
            more.extend(self.again(token, &names));
        }
        more.sort_by_key(|found: &Found<'_>| found.span.start());
        more.dedup_by_key(|found| found.span);
        found.extend(more);
        found.sort_by_key(|found| found.span.start());
        found.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
    }

    /// Whether a family name is nothing but a name.
    fn may_stand_alone(&self, name: &str) -> bool {
        name.chars().nth(MIN_FAMILY_NAME - 1).is_some()
            && Word::new(name).is_some_and(|word| self.engine.ordinary_cost(&word).is_none())
    }

    /// The name of `names` that the token is, with or without endings.
    fn again<'a>(&self, token: &Token<'_>, names: &HashMap<&str, Found<'a>>) -> Option<Found<'a>> {
        let text = token.text();
        let word = Word::new(text);
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| Some((end, names.get(text.get(..end)?)?))).find_map(|(end, known)| {
            let whole = end == text.len();
            let with_ending = || {
                let word = word.as_ref()?;
                let at = (0..word.codes().len()).find(|&at| word.offset(at) == end)?;
                self.engine.name_ending(&self.engine.written(word.codes()), at)
            };
            (whole || with_ending().is_some()).then(|| Found {
                span: Span::new(token.span().start(), token.span().start() + end),
                word_span: token.span(),
                source: EntitySource::Document,
                ..*known
            })
        })
    }
}

/// The one word in brackets behind the token `last`.
fn acronym<'t, 'k>(tokens: &'t [Token<'k>], last: usize) -> Option<&'t Token<'k>> {
    let open = tokens.get(last + 1).filter(|token| !token.text().contains('\n'));
    let open = if open?.text() == "(" { last + 1 } else { last + 2 };
    let is = |at: usize, mark: &str| tokens.get(at).is_some_and(|token| token.text() == mark);
    let token = tokens.get(open + 1).filter(|token| is_word(token.kind()) && !token.kind().is_number())?;
    let alone = is(open, "(") && is(open + 2, ")") && next_word(tokens, open + 1).is_none();
    (alone && token.text().chars().nth(MIN_ACRONYM - 1).is_some()).then_some(token)
}
