//! Words that stand beside names or within them: `data/ner/cues.tsv`.

use std::collections::{HashMap, HashSet};

use once_cell::sync::Lazy;

use super::EntityLabel;
use super::patterns::Classes;
use crate::embedded;
use crate::table::{TableError, TableReader};

/// The longest cue, in words.
pub(super) const MAX_WORDS: usize = 3;
/// Kinds that speak for a name by themselves; the others stand beside anything.
const STRONG: [&str; 14] = [
    "title", "rank", "role", "head", "heads", "kin", "speech", "says", "body", "army", "club", "office", "belongs",
    "feature",
];

/// Where a cue stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Position {
    Before,
    After,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) label: EntityLabel,
    pub(super) position: Position,
    /// A title, after which a word that no list knows is a name too.
    pub(super) title: bool,
    /// Whether the cue is a verb, in any of its forms.
    pub(super) verb: bool,
    /// Whether it speaks for a name by itself.
    pub(super) strong: bool,
    /// The class by which patterns ask for it.
    pub(super) class: Classes,
}

#[derive(Debug)]
pub(super) struct Cues {
    by_words: HashMap<String, Vec<Cue>>,
    /// The first words of all cues that stand before a name, their last words, and the first words of those behind one.
    first_words: HashSet<String>,
    last_words: HashSet<String>,
    words_behind: HashSet<String>,
    /// The class of each kind of cue, by kind and label: `head/ORG`.
    classes: HashMap<String, Classes>,
}

static EMBEDDED: Lazy<Cues> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Cues::read().expect("the embedded table of cues is well formed")
});

impl Cues {
    /// The table that comes with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let mut this = Self {
            by_words: HashMap::new(),
            first_words: HashSet::new(),
            last_words: HashSet::new(),
            words_behind: HashSet::new(),
            classes: HashMap::new(),
        };
        let columns = ["cue", "label", "position", "kind"];
        for row in TableReader::new("ner/cues.tsv", embedded::NER_CUES.as_bytes(), &columns)? {
            let row = row?;
            let label: EntityLabel = row.get("label").parse().map_err(|_| row.bad("label", "is not a label"))?;
            let position = match row.get("position") {
                "before" => Position::Before,
                "after" => Position::After,
                // کوڕی between two names: not used yet as evidence.
                "between" => continue,
                _ => return Err(row.bad("position", "is none of before, after, between")),
            };
            let kind = row.get("kind").strip_suffix("+ez").unwrap_or(row.get("kind"));
            let words = row.get("cue");
            if words.split(' ').count() > MAX_WORDS {
                return Err(row.bad("cue", "has more than three words"));
            }
            let fresh = Classes::cue(this.classes.len());
            let class = *this.classes.entry(format!("{kind}/{label}")).or_insert(fresh);
            if class == Classes::NONE {
                return Err(row.bad("kind", "is one kind too many"));
            }
            let (first, last) = (words.split(' ').next(), words.rsplit(' ').next());
            match position {
                Position::Before => {
                    this.first_words.extend(first.map(str::to_owned));
                    this.last_words.extend(last.map(str::to_owned));
                }
                Position::After => this.words_behind.extend(first.map(str::to_owned)),
            }
            let title = matches!(kind, "title" | "rank");
            let cue = Cue { label, position, title, verb: kind == "says", strong: STRONG.contains(&kind), class };
            this.by_words.entry(words.to_owned()).or_default().push(cue);
        }
        Ok(this)
    }

    /// What `words`, joined by spaces, speak for.
    pub(super) fn get(&self, words: &str) -> &[Cue] {
        self.by_words.get(words).map_or(&[], Vec::as_slice)
    }

    /// Whether a cue that stands before a name begins with this word.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        self.first_words.contains(word)
    }

    /// Whether a cue may stand right beside a name with this word next to it.
    pub(super) fn may_touch(&self, word: &str, position: Position) -> bool {
        match position {
            Position::Before => self.last_words.contains(word),
            Position::After => self.words_behind.contains(word),
        }
    }

    /// The class of a kind of cue: `head/ORG`; for cues of persons the kind alone.
    pub(super) fn class(&self, name: &str) -> Option<Classes> {
        self.classes.get(name).or_else(|| self.classes.get(&format!("{name}/PER"))).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_cues_are_well_formed() {
        let cues = Cues::read().unwrap();
        assert!(cues.get("شاری").iter().any(|cue| cue.label == EntityLabel::Location));
        assert!(cues.get("دکتۆر").iter().any(|cue| cue.label == EntityLabel::Person && cue.title));
        assert!(cues.get("هیچ").is_empty());
    }
}
