//! Expressions of several words: `data/lexicon/mwe.tsv`.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use super::{Cutter, Token, TokenKind};
use crate::embedded;
use crate::key::encode;
use crate::morph::Word;
use crate::table::{TableError, TableReader};

/// What becomes of expressions of several words, such as `بە گشتی`.
///
/// ```
/// use sorani::{Expressions, Tokenizer};
///
/// let joined = Tokenizer::builder().expressions(Expressions::Longest).whitespace(false).build();
/// let tokens: Vec<_> = joined.tokenize("بە گشتی باشە").map(|token| token.text()).collect();
/// assert_eq!(tokens, ["بە گشتی", "باشە"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Expressions {
    /// Their words stay apart.
    #[default]
    Apart,
    /// They are one token; where one is the beginning of another, the longer wins.
    Longest,
    /// They are one token; where one is the beginning of another, the shorter wins.
    Shortest,
}

/// The expressions by their first word; all words as codes, so that any spelling that normalizes to them is found.
#[derive(Debug)]
pub(super) struct ExpressionTable {
    by_first: HashMap<Vec<u8>, Vec<Vec<Vec<u8>>>>,
}

static EMBEDDED: Lazy<ExpressionTable> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    ExpressionTable::read().expect("the embedded table of expressions is well formed")
});

impl ExpressionTable {
    /// The table that comes with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let mut by_first: HashMap<Vec<u8>, Vec<Vec<Vec<u8>>>> = HashMap::new();
        for row in TableReader::new("lexicon/mwe.tsv", embedded::EXPRESSIONS.as_bytes(), &["expression"])? {
            let row = row?;
            let mut words = row.get("expression").split(' ').map(encode);
            let first = words.next().unwrap_or_default();
            let rest: Vec<Vec<u8>> = words.collect();
            if first.is_empty() || rest.is_empty() {
                return Err(row.bad("expression", "is not several words"));
            }
            by_first.entry(first).or_default().push(rest);
        }
        for expressions in by_first.values_mut() {
            expressions.sort_by_key(Vec::len);
        }
        Ok(Self { by_first })
    }

    /// The expression that begins with the word `first`, behind which `cutter` stands: it is moved behind the expression.
    pub(super) fn join<'t>(
        &self,
        text: &'t str,
        first: &Token<'t>,
        cutter: &mut Cutter<'t>,
        policy: Expressions,
    ) -> Option<Token<'t>> {
        let expressions = self.by_first.get(Word::read(first.text())?.codes())?;
        let mut found = None;
        for rest in expressions {
            let mut ahead = cutter.clone();
            if let Some(end) = Self::matches(rest, &mut ahead) {
                found = Some((end, ahead));
                if policy == Expressions::Shortest {
                    break;
                }
            }
        }
        let (end, ahead) = found?;
        *cutter = ahead;
        let start = first.span().start();
        text.get(start..end).map(|text| Token::new(text, start, TokenKind::Expression))
    }

    /// The end of the last word, where the words follow with one run of white space between them.
    fn matches(words: &[Vec<u8>], cutter: &mut Cutter<'_>) -> Option<usize> {
        let mut end = None;
        for word in words {
            cutter.next().filter(|space| space.kind() == TokenKind::Whitespace && !space.text().contains('\n'))?;
            let next = cutter.next().filter(|next| next.kind() == TokenKind::Word)?;
            if Word::read(next.text())?.codes() != word.as_slice() {
                return None;
            }
            end = Some(next.span().end());
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_decides_between_two_beginnings() {
        let mut table = ExpressionTable::read().unwrap();
        table.by_first.insert(encode("ا"), vec![vec![encode("ب")], vec![encode("ب"), encode("ج")]]);
        let text = "ا ب ج";
        for (policy, expected) in [(Expressions::Shortest, "ا ب"), (Expressions::Longest, "ا ب ج")] {
            let mut cutter = Cutter::new(text);
            let first = cutter.next().unwrap();
            assert_eq!(table.join(text, &first, &mut cutter, policy).map(|token| token.text()), Some(expected));
        }
        let mut cutter = Cutter::new("ا، ب");
        let first = cutter.next().unwrap();
        assert!(table.join("ا، ب", &first, &mut cutter, Expressions::Longest).is_none());
    }
}
