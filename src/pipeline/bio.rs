//! Entities as tags of tokens: the scheme BIO, and the two columns in which files keep it.

use std::fmt::{self, Write};
use std::iter::FusedIterator;

use super::{Document, DocumentToken};
use crate::ner::EntityLabel;

/// Where a token stands to the entities of its text.
///
/// Every entity begins with [`Begin`](Self::Begin), also where none stands before it (the scheme IOB2).
///
/// ```
/// use sorani::{BioTag, EntityLabel};
///
/// assert_eq!(BioTag::Outside.to_string(), "O");
/// assert_eq!(BioTag::Begin(EntityLabel::Person).to_string(), "B-PER");
/// assert_eq!(BioTag::Inside(EntityLabel::Person).to_string(), "I-PER");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BioTag {
    /// In no entity.
    Outside,
    /// The first token of an entity.
    Begin(EntityLabel),
    /// A further token of the same entity.
    Inside(EntityLabel),
}

impl BioTag {
    /// The label of the entity; none outside of entities.
    ///
    /// ```
    /// use sorani::{BioTag, EntityLabel};
    /// assert_eq!(BioTag::Inside(EntityLabel::Date).label(), Some(EntityLabel::Date));
    /// assert_eq!(BioTag::Outside.label(), None);
    /// ```
    pub const fn label(self) -> Option<EntityLabel> {
        match self {
            Self::Outside => None,
            Self::Begin(label) | Self::Inside(label) => Some(label),
        }
    }
}

impl fmt::Display for BioTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => f.write_str("O"),
            Self::Begin(label) => write!(f, "B-{}", label.as_str()),
            Self::Inside(label) => write!(f, "I-{}", label.as_str()),
        }
    }
}

/// A visible token of a [`Document`] and its tag.
///
/// ```
/// use sorani::{BioTag, EntityLabel, Pipeline};
///
/// let pipeline = Pipeline::new();
/// let document = pipeline.process("هەولێرەوە");
/// let token = document.bio().next().ok_or("none")?;
/// // The ending belongs to the token, and so the whole token is tagged.
/// assert_eq!((token.text(), token.tag()), ("هەولێرەوە", BioTag::Begin(EntityLabel::Location)));
/// # Ok::<(), &str>(())
/// ```
pub struct BioToken<'d, 't, G = &'static [u8], L = &'static [u8]> {
    token: DocumentToken<'d, 't, G, L>,
    tag: BioTag,
    starts_sentence: bool,
}

impl<G, L> fmt::Debug for BioToken<'_, '_, G, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BioToken")
            .field("token", &self.token)
            .field("tag", &self.tag)
            .field("starts_sentence", &self.starts_sentence)
            .finish()
    }
}

impl<'d, 't, G: AsRef<[u8]>, L: AsRef<[u8]>> BioToken<'d, 't, G, L> {
    /// The token, with its span, its kind and its stem.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("لە هەولێر");
    /// assert_eq!(document.bio().last().map(|token| token.token().span().range()), Some(5..17));
    /// ```
    pub const fn token(&self) -> &DocumentToken<'d, 't, G, L> {
        &self.token
    }

    /// The token as it stands in the text.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("لە  هەولێر");
    /// assert_eq!(document.bio().map(|token| token.text()).collect::<Vec<_>>(), ["لە", "هەولێر"]);
    /// ```
    pub fn text(&self) -> &'t str {
        self.token.text()
    }

    /// Its tag.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("لە هەولێر");
    /// assert_eq!(document.bio().map(|token| token.tag().to_string()).collect::<Vec<_>>(), ["O", "B-LOC"]);
    /// ```
    pub const fn tag(&self) -> BioTag {
        self.tag
    }

    /// Whether a sentence begins with it. None does within an entity.
    ///
    /// ```
    /// let pipeline = sorani::Pipeline::new();
    /// let document = pipeline.process("هات. ڕۆیشت.");
    /// let starts: Vec<_> = document.bio().map(|token| token.starts_sentence()).collect();
    /// assert_eq!(starts, [true, false, true, false]);
    /// ```
    pub const fn starts_sentence(&self) -> bool {
        self.starts_sentence
    }
}

/// The visible tokens of a document with their tags: [`Document::bio`] makes it.
///
/// A token that holds a part of an entity has the tag of that entity, with endings and prepositions that are written on
/// to the name. Each entity has exactly one [`BioTag::Begin`], unless two of them share their only token; then the
/// first one counts.
///
/// ```
/// let pipeline = sorani::Pipeline::new();
/// let document = pipeline.process("نێچیرڤان بارزانی گەیشتە بەغدا");
/// let names = document.bio().filter(|token| token.tag().label().is_some()).count();
/// assert_eq!((names, document.entities().len()), (3, 2));
/// ```
pub struct BioTags<'d, 'a, 't, G = &'static [u8], L = &'static [u8]> {
    document: &'d Document<'a, 't, G, L>,
    /// The next token, the next beginning of a sentence, and the first entity that does not end before the token.
    token: usize,
    start: usize,
    entity: usize,
    /// Whether that entity has had its first token.
    begun: bool,
    /// Whether a sentence has begun since the last token.
    sentence: bool,
}

impl<'d, 'a, 't, G, L> BioTags<'d, 'a, 't, G, L> {
    pub(super) const fn new(document: &'d Document<'a, 't, G, L>) -> Self {
        Self { document, token: 0, start: 0, entity: 0, begun: false, sentence: true }
    }
}

impl<G, L> Clone for BioTags<'_, '_, '_, G, L> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<G, L> fmt::Debug for BioTags<'_, '_, '_, G, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BioTags").field("token", &self.token).field("entity", &self.entity).finish_non_exhaustive()
    }
}

impl<'d, 't, G: AsRef<[u8]>, L: AsRef<[u8]>> Iterator for BioTags<'d, '_, 't, G, L> {
    type Item = BioToken<'d, 't, G, L>;

    fn next(&mut self) -> Option<Self::Item> {
        let place = loop {
            let place = *self.document.tokens.get(self.token)?;
            self.token += 1;
            // A token that shares its letters with the one before it has none left of its own.
            if place.kind.is_visible() && !place.original.is_empty() {
                break place;
            }
        };
        while self.document.starts.get(self.start).is_some_and(|&start| start <= place.original.start()) {
            self.start += 1;
            self.sentence = true;
        }
        let here = |entity: usize| {
            let entity = self.document.entities.get(entity)?;
            Some((entity.span.overlaps(place.original), entity.span.end() <= place.original.start(), entity.label))
        };
        // Entities that are over, and one that has had a token where the next one needs this one.
        while let Some((inside, over, _)) = here(self.entity) {
            let next_needs = inside && self.begun && here(self.entity + 1).is_some_and(|(inside, ..)| inside);
            if !over && !next_needs {
                break;
            }
            self.entity += 1;
            self.begun = false;
        }
        let tag = match here(self.entity) {
            Some((true, _, label)) if self.begun => BioTag::Inside(label),
            Some((true, _, label)) => BioTag::Begin(label),
            _ => BioTag::Outside,
        };
        self.begun = tag != BioTag::Outside;
        // Readers take a sentence that begins with I- for damage.
        let starts_sentence = self.sentence && !matches!(tag, BioTag::Inside(_));
        self.sentence &= !starts_sentence;
        Some(BioToken { token: self.document.token(place), tag, starts_sentence })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.document.tokens.len().saturating_sub(self.token)))
    }
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> FusedIterator for BioTags<'_, '_, '_, G, L> {}

/// The tokens and tags of a document in two columns: [`Document::conll`] makes it.
///
/// ```
/// let pipeline = sorani::Pipeline::new();
/// assert_eq!(pipeline.process("بەغدا.").conll().to_string(), "بەغدا\tB-LOC\n.\tO\n\n");
/// assert_eq!(pipeline.process(" ").conll().to_string(), "");
/// ```
pub struct Conll<'d, 'a, 't, G = &'static [u8], L = &'static [u8]> {
    document: &'d Document<'a, 't, G, L>,
}

impl<'d, 'a, 't, G, L> Conll<'d, 'a, 't, G, L> {
    pub(super) const fn new(document: &'d Document<'a, 't, G, L>) -> Self {
        Self { document }
    }
}

impl<G, L> Clone for Conll<'_, '_, '_, G, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G, L> Copy for Conll<'_, '_, '_, G, L> {}

impl<G, L> fmt::Debug for Conll<'_, '_, '_, G, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conll").field("document", self.document).finish()
    }
}

impl<G: AsRef<[u8]>, L: AsRef<[u8]>> fmt::Display for Conll<'_, '_, '_, G, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut empty = true;
        for token in self.document.bio() {
            if token.starts_sentence && !empty {
                f.write_char('\n')?;
            }
            empty = false;
            // White space is a token of its own, except where normalization joins what it parts, as a word that was
            // broken at the end of a line; columns and lines have to stay whole.
            for c in token.text().chars() {
                f.write_char(if c.is_control() || c.is_whitespace() { ' ' } else { c })?;
            }
            writeln!(f, "\t{}", token.tag)?;
        }
        if empty { Ok(()) } else { f.write_char('\n') }
    }
}

#[cfg(test)]
#[cfg(feature = "compiled_data")]
mod tests {
    use super::super::Pipeline;
    use crate::{GazetteerBuilder, Normalizer, Profile};

    fn tags(pipeline: &Pipeline<impl AsRef<[u8]>>, text: &str) -> Vec<String> {
        pipeline.process(text).bio().map(|token| format!("{} {}", token.text(), token.tag())).collect()
    }

    fn own(table: &str) -> Pipeline<Vec<u8>> {
        let gazetteer = GazetteerBuilder::new().extend_from_tsv("t", table.as_bytes()).unwrap().build().unwrap();
        Pipeline::with_gazetteer(gazetteer)
    }

    #[test]
    fn endings_and_prepositions_are_in_the_entity_and_a_tokens_neighbours_are_not() {
        let pipeline = Pipeline::new();
        assert_eq!(tags(&pipeline, "«لەبەغداشەوە»"), ["« O", "لەبەغداشەوە B-LOC", "» O"]);
        assert_eq!(
            tags(&pipeline, "١٥ی تشرینی دووەمی ٢٠٢٠دا هات"),
            ["١٥ی B-DATE", "تشرینی I-DATE", "دووەمی I-DATE", "٢٠٢٠دا I-DATE", "هات O"]
        );
    }

    #[test]
    fn entities_side_by_side_begin_each() {
        let pipeline = own("name\tlabel\nژین\tORG\nڕامان\tORG\nبنکەی ژین\tORG\n");
        assert_eq!(tags(&pipeline, "ژین ڕامان-ژین"), ["ژین B-ORG", "ڕامان B-ORG", "- O", "ژین B-ORG"]);
        assert_eq!(tags(&pipeline, "بنکەی ژین ژین"), ["بنکەی B-ORG", "ژین I-ORG", "ژین B-ORG"]);
    }

    #[test]
    fn a_hyphen_within_a_name_is_of_the_name() {
        let pipeline = own("name\tlabel\nناگۆرنۆ-قەرەباخ\tLOC\n");
        assert_eq!(tags(&pipeline, "ناگۆرنۆ-قەرەباخ"), ["ناگۆرنۆ B-LOC", "- I-LOC", "قەرەباخ I-LOC"]);
    }

    #[test]
    fn columns_stay_whole_where_normalization_joins_over_a_line_break() {
        let pipeline = Pipeline::new().with_normalizer(Normalizer::builder().profile(Profile::Restored).build());
        for text in
            ["ره نگ\tسه وز", "سـ\u{0}ڵاو\u{200C}\u{1F} جیهان", "هه\u{200C}\nولێر", "بەغدا\r\nهەولێر\u{2028}بەغدا"]
        {
            let conll = pipeline.process(text).conll().to_string();
            for line in conll.split('\n').filter(|line| !line.is_empty()) {
                let columns: Vec<&str> = line.split('\t').collect();
                assert!(columns.len() == 2 && !columns[0].trim().is_empty(), "{line:?}");
                assert!(!columns[0].chars().any(char::is_control), "{line:?}");
            }
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        let pipeline = Pipeline::new();
        assert_eq!(pipeline.process("").bio().size_hint(), (0, Some(0)));
        assert_eq!(pipeline.process(" \n\u{200F}").conll().to_string(), "");
    }
}
