//! Which names of the gazetteer begin at a token.

use std::cell::OnceCell;

use super::gazetteer::{Folder, Form};
use super::{EntityLabel, NerTagger};
use crate::key;
use crate::lexicon::Cursor;
use crate::morph::{Word, Written};
use crate::tokenize::{Token, TokenKind};

/// The longest name, in words.
const MAX_WORDS: usize = 10;
/// Letters that a name must have where one letter is written on to it.
const MIN_BEFORE_ONE_LETTER: usize = 4;
/// Letters that a name must have where its spelling differs from the listed one.
const MIN_FOLDED: usize = 4;

/// A name that the tokens from the first to `last` spell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) form: Form<'a>,
    pub(super) last: usize,
    /// How many words it has.
    pub(super) words: usize,
    /// Where the name begins and ends in the normalized text; a preposition may stand before it in its first token.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether the name is spelled as it is listed.
    pub(super) exact: bool,
    /// What the endings behind it cost, in hundredths; none where there are none.
    pub(super) ending: Option<u16>,
}

/// Whether names may be made of tokens of this kind.
pub(super) const fn is_word(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Foreign | TokenKind::Abbreviation) || kind.is_number()
}

/// The index of the next token where only one space or a hyphen stands between it and the token `at`.
pub(super) fn next_word(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let joint = tokens.get(at + 1)?;
    let joins = joint.kind() == TokenKind::Whitespace && !joint.text().contains('\n') || joint.text() == "-";
    let next = tokens.get(at + 2)?;
    (joins && is_word(next.kind())).then_some(at + 2)
}

/// The index of the token before, where only white space stands between.
pub(super) fn previous_word(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let joint = tokens.get(at.checked_sub(1)?)?;
    let before = at.checked_sub(2)?;
    let token = tokens.get(before)?;
    let joins = joint.kind() == TokenKind::Whitespace && !joint.text().contains('\n');
    (joins && is_word(token.kind())).then_some(before)
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> NerTagger<G, L> {
    /// The names that begin at the token `first`, best first: more tokens, then as listed, then more letters.
    pub(super) fn candidates<'a>(&'a self, text: &str, tokens: &[Token<'_>], first: usize) -> Vec<Candidate<'a>> {
        let mut found = Vec::new();
        self.walk(text, tokens, first, 0, &mut found);
        if found.is_empty() {
            // A preposition written on to the name.
            let token = tokens.get(first).map_or("", Token::text);
            let rest = self.engine.behind_preposition(token);
            let long = |rest: &&str| rest.chars().nth(2).is_some();
            if let Some(rest) = rest.filter(long).filter(|_| !self.engine.is_ordinary(token)) {
                self.walk(text, tokens, first, token.len() - rest.len(), &mut found);
            }
        }
        found.sort_by_key(|found| {
            let label = found.form.entry.label == EntityLabel::Miscellaneous;
            std::cmp::Reverse((found.last, found.exact, found.end, !found.form.ambiguous, !label))
        });
        found
    }

    /// Walks the gazetteer from the token `first` on, from `skip` bytes of it on.
    fn walk<'a>(&'a self, text: &str, tokens: &[Token<'_>], first: usize, skip: usize, found: &mut Vec<Candidate<'a>>) {
        let fst = self.gazetteer.fst();
        let mut cursor = Cursor::root(fst);
        let mut at = Some(first);
        let mut skip = skip;
        let start = tokens.get(first).map_or(0, |token| token.span().start() + skip);
        for _ in 0..MAX_WORDS {
            let Some((index, token)) = at.and_then(|at| Some((at, tokens.get(at)?))) else { return };
            let word = OnceCell::new();
            let written = OnceCell::new();
            let mut folder = Folder::default();
            let mut last_letter = None;
            for (offset, c) in token.text().char_indices() {
                if offset < skip {
                    continue;
                }
                let folded = folder.fold(c);
                if let Some(c) = folded {
                    let mut next = Some(cursor);
                    key::push_code(c, &mut |code| next = next.and_then(|cursor| cursor.step(fst, code)));
                    let Some(next) = next else { return };
                    cursor = next;
                }
                let end = offset + c.len_utf8();
                last_letter = Some(end);
                // A run that folds to one letter: the name may end behind any letter of it.
                if end < token.text().len() && cursor.value(fst).is_some() {
                    self.inside(text, token, index, start, end, cursor, (&word, &written), found);
                }
            }
            if last_letter.is_none() {
                return;
            }
            let end = token.span().end();
            self.collect(text, index, start, end, None, cursor, found);
            skip = 0;
            let Some(next) = cursor.step(fst, b' ') else { return };
            cursor = next;
            at = next_word(tokens, index);
        }
    }

    /// A name that ends inside a token: what is left of the token must be endings.
    #[expect(clippy::too_many_arguments, reason = "the state of the walk at one letter")]
    fn inside<'a, 'w>(
        &'a self,
        text: &str,
        token: &Token<'_>,
        index: usize,
        start: usize,
        end: usize,
        cursor: Cursor,
        (word, written): (&'w OnceCell<Option<Word>>, &OnceCell<Written<'w>>),
        found: &mut Vec<Candidate<'a>>,
    ) {
        let Some(word) = word.get_or_init(|| Word::new(token.text())) else { return };
        let codes = word.codes().len();
        let Some(at) = (0..codes).find(|&at| word.offset(at) == end) else { return };
        let letters = token.text().get(..end).map_or(0, |name| name.chars().count());
        if codes - at == 1
            && letters < MIN_BEFORE_ONE_LETTER
            && !token.text().ends_with('ی')
            && !token.text().ends_with('ە')
        {
            return;
        }
        let written = written.get_or_init(|| self.engine.written(word.codes()));
        if let Some(cost) = self.engine.name_ending(written, at) {
            self.collect(text, index, start, token.span().start() + end, Some(cost), cursor, found);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of the walk at one letter")]
    fn collect<'a>(
        &'a self,
        text: &str,
        last: usize,
        start: usize,
        end: usize,
        ending: Option<u16>,
        cursor: Cursor,
        found: &mut Vec<Candidate<'a>>,
    ) {
        let name = text.get(start..end).unwrap_or_default();
        let letters = name.chars().count();
        // My name, your name, a name or the names: one word of a person's name is hardly ever said so.
        let rest = rest(text, end);
        let unlikely = ending.is_some()
            && (matches!(rest, "م" | "ت" | "مان" | "تان") || rest.contains('ک') || rest.starts_with("ان"));
        for form in self.gazetteer.forms(cursor) {
            if unlikely && matches!(form.entry.subtype, "given" | "family") {
                continue;
            }
            let exact = form.text == name || form.text.len() == name.len() && form.text.eq(&name.replace('-', " "));
            let enough = if letters <= 2 { form.short && exact } else { exact || letters >= MIN_FOLDED };
            if enough {
                let words = name.split([' ', '-']).count();
                found.push(Candidate { form, last, words, start, end, exact, ending });
            }
        }
    }
}

/// What is written on to a name that ends at the byte `end`.
fn rest(text: &str, end: usize) -> &str {
    let rest = text.get(end..).unwrap_or_default();
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    rest.get(..len).unwrap_or_default()
}
