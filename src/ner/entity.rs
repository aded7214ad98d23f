//! One named entity of a text.

use std::fmt;
use std::str::FromStr;

use crate::Span;

/// What a named entity is.
///
/// ```
/// use sorani::EntityLabel;
///
/// assert_eq!(EntityLabel::Location.to_string(), "LOC");
/// assert_eq!("PER".parse(), Ok(EntityLabel::Person));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum EntityLabel {
    /// A person.
    Person,
    /// A place: country, city, river, mountain.
    Location,
    /// An organisation: party, ministry, company, newspaper.
    Organization,
    /// A date, month or weekday.
    Date,
    /// Another name: people, language, event, currency.
    Miscellaneous,
}

/// Every label and its name; the order is part of the format of compiled data.
const NAMES: [(EntityLabel, &str); 5] = [
    (EntityLabel::Person, "PER"),
    (EntityLabel::Location, "LOC"),
    (EntityLabel::Organization, "ORG"),
    (EntityLabel::Date, "DATE"),
    (EntityLabel::Miscellaneous, "MISC"),
];

impl EntityLabel {
    /// The short name in use in the field.
    ///
    /// ```
    /// assert_eq!(sorani::EntityLabel::Organization.as_str(), "ORG");
    /// ```
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(label, _)| *label == self).map_or("", |(_, name)| name)
    }

    pub(crate) fn code(self) -> u8 {
        let at = NAMES.iter().position(|(label, _)| *label == self);
        at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
    }

    pub(crate) fn from_code(code: u8) -> Option<Self> {
        NAMES.get(usize::from(code)).map(|(label, _)| *label)
    }
}

impl fmt::Display for EntityLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not the name of a label.
///
/// ```
/// let error = "GPE".parse::<sorani::EntityLabel>().unwrap_err();
/// assert_eq!(error.to_string(), "not a label: PER, LOC, ORG, DATE or MISC");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a label: PER, LOC, ORG, DATE or MISC")]
pub struct ParseEntityLabelError(());

impl FromStr for EntityLabel {
    type Err = ParseEntityLabelError;

    fn from_str(text: &str) -> Result<Self, ParseEntityLabelError> {
        let found = NAMES.iter().find(|(_, name)| *name == text);
        found.map(|(label, _)| *label).ok_or(ParseEntityLabelError(()))
    }
}

/// How an entity was found.
///
/// ```
/// use sorani::{EntitySource, NerTagger};
///
/// let tagger = NerTagger::new();
/// let text = "لەیلا ژارۆڤین هات. ژارۆڤینیش وتی"; // Layla Zharovin came. Zharovin said, too
/// let sources: Vec<_> = tagger.tag(text).map(|entity| entity.source()).collect();
/// assert_eq!(sources, [EntitySource::Pattern, EntitySource::Document]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum EntitySource {
    /// The gazetteer lists the name, or the given and family names that it is made of.
    Gazetteer,
    /// The words around it and within it make a name: `data/ner/patterns.tsv`.
    Pattern,
    /// The document gives the full name elsewhere.
    Document,
    /// It is written as a date is.
    Form,
}

/// A named entity: where it stands and what is known of it.
///
/// Borrows the text and the gazetteer.
///
/// ```
/// use sorani::{EntityLabel, NerTagger, Span};
///
/// let tagger = NerTagger::new();
/// let entity = tagger.tag("لە رووسیادا").next().ok_or("none")?;
/// assert_eq!((entity.text(), entity.label()), ("رووسیا", EntityLabel::Location));
/// assert_eq!(entity.canonical(), "ڕووسیا");
/// assert_eq!((entity.span(), entity.word_span()), (Span::new(5, 17), Span::new(5, 21)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entity<'a, 't> {
    pub(crate) text: &'t str,
    pub(crate) span: Span,
    pub(crate) word_span: Span,
    pub(crate) label: EntityLabel,
    pub(crate) canonical: &'a str,
    pub(crate) id: &'a str,
    pub(crate) subtype: &'a str,
    pub(crate) country: &'a str,
    /// In hundredths.
    pub(crate) confidence: u8,
    pub(crate) source: EntitySource,
}

impl<'a, 't> Entity<'a, 't> {
    /// The name as it stands in the text, without the endings written on to it.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// assert_eq!(tagger.tag("ئەرمینیاش").next().map(|entity| entity.text()), Some("ئەرمینیا"));
    /// ```
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Its bytes in the text, without the endings.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// assert_eq!(tagger.tag("ئەرمینیاش").next().map(|entity| entity.span().range()), Some(0..16));
    /// ```
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Its bytes in the text, with the endings: whole words.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// assert_eq!(tagger.tag("ئەرمینیاش").next().map(|entity| entity.word_span().range()), Some(0..18));
    /// ```
    pub const fn word_span(&self) -> Span {
        self.word_span
    }

    /// What it is.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// use sorani::EntityLabel;
    /// assert_eq!(tagger.tag("هەولێر").next().map(|entity| entity.label()), Some(EntityLabel::Location));
    /// ```
    pub const fn label(&self) -> EntityLabel {
        self.label
    }

    /// The name in its usual spelling. Empty where the entity was not found by a name but put together, as a date or
    /// the name of a person who is in no list.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// assert_eq!(tagger.tag("یەکێتیی سۆڤیەت").next().map(|entity| entity.canonical()), Some("یەکێتیی سۆڤیەت"));
    /// ```
    pub const fn canonical(&self) -> &'a str {
        self.canonical
    }

    /// The identifier of the entry of the gazetteer; empty where there is none.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// assert!(tagger.tag("هەولێر").next().is_some_and(|entity| !entity.id().is_empty()));
    /// ```
    pub const fn id(&self) -> &'a str {
        self.id
    }

    /// The kind of person, place or organisation, such as `city` or `party`; empty where it is not known.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// assert_eq!(tagger.tag("تورکیا").next().map(|entity| entity.subtype()), Some("country"));
    /// ```
    pub const fn subtype(&self) -> &'a str {
        self.subtype
    }

    /// How sure it is that this is a name and has this label, between 0 and 1: an estimate by the way it was found, to sort
    /// by and to cut off at.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// let confidence = |text| tagger.tag(text).next().map_or(0.0, |entity| entity.confidence());
    /// assert!(confidence("لە کوردستانی عێراق") > confidence("دکتۆر ژارۆڤین هات"));
    /// ```
    pub fn confidence(&self) -> f32 {
        f32::from(self.confidence) / 100.0
    }

    /// How it was found.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// use sorani::EntitySource;
    /// let source = |text| tagger.tag(text).next().map(|entity| entity.source());
    /// assert_eq!(source("هەولێر"), Some(EntitySource::Gazetteer));
    /// assert_eq!(source("شاری ژارۆڤین"), Some(EntitySource::Pattern));
    /// ```
    pub const fn source(&self) -> EntitySource {
        self.source
    }

    /// The country by its code in ISO 3166-1; empty where there is none.
    ///
    /// ```
    /// # let tagger = sorani::NerTagger::new();
    /// assert_eq!(tagger.tag("تورکیا").next().map(|entity| entity.country()), Some("TR"));
    /// ```
    pub const fn country(&self) -> &'a str {
        self.country
    }
}
