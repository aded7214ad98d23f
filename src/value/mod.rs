//! Values in text: dates, times, numbers, money, percentages and quantities, each with what it says in a form that
//! programs read.
//!
//! [`words`] holds the tables, [`pieces`] takes tokens apart, [`reader`] goes through them; [`dates`], [`times`] and
//! [`numbers`] are the grammar of expressions, [`resolve`] and [`calendars`] turn dates into ISO 8601, [`amount`] counts.

mod amount;
mod calendars;
mod date;
mod dates;
mod numbers;
mod pieces;
mod reader;
mod resolve;
mod times;
mod words;

use std::fmt;

pub use date::Date;

use crate::Span;
use crate::normalize::{Normalized, Normalizer};
use crate::tokenize::{Cutter, Token};

/// What a value is of.
///
/// ```
/// use sorani::{ValueKind, ValueTagger};
///
/// let tagger = ValueTagger::new();
/// let kinds: Vec<_> = tagger.tag("٢٥ دینار لە ساڵی ١٩٩١").map(|value| value.kind()).collect();
/// assert_eq!(kinds, [ValueKind::Money, ValueKind::Date]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum ValueKind {
    /// A day, month, year, decade or century, or a stretch of time counted from now.
    Date,
    /// A time of day.
    Time,
    /// A number by itself.
    Number,
    /// A place in an order: یەکەم, ٢١ەم.
    Ordinal,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A number of units of measure or time.
    Quantity,
}

impl ValueKind {
    /// The name of the kind in lower case, as programs write it.
    ///
    /// ```
    /// assert_eq!(sorani::ValueKind::Money.as_str(), "money");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Number => "number",
            Self::Ordinal => "ordinal",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Quantity => "quantity",
        }
    }
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A value found in normalized text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    /// Bytes of the normalized text, without endings.
    pub(crate) span: Span,
    /// Bytes of the normalized text, whole words.
    pub(crate) word_span: Span,
    pub(crate) kind: ValueKind,
    pub(crate) value: String,
    pub(crate) unit: Option<&'static str>,
    /// Whether it is a date that only words about now tell: ئەمڕۆ, مانگی ڕابردوو.
    pub(crate) deictic: bool,
}

impl Found {
    /// The value in the text that `aligned` was made from.
    pub(crate) fn value_in<'t>(self, aligned: &Normalized<'t>) -> Value<'t> {
        let span = aligned.to_original(self.span);
        Value {
            text: span.slice(aligned.original()).unwrap_or_default(),
            span,
            kind: self.kind,
            normal: self.value,
            unit: self.unit,
            deictic: self.deictic,
        }
    }

    /// Whether it is a date or a time that has a name: ڕۆژی یەکشەممە and مانگی ڕابردوو, but neither ئەمڕۆ nor سێ مانگی ڕابردوو,
    /// which measures a time.
    pub(crate) fn is_named_date(&self, text: &str) -> bool {
        let words = || self.span.slice(text).unwrap_or_default().split_whitespace().count();
        let named = !self.deictic || words() == 2 || !self.value.contains('P') && words() > 1;
        matches!(self.kind, ValueKind::Date | ValueKind::Time) && named
    }
}

/// The values among `tokens`, which are those of the normalized `text`; in order, not overlapping. Linear in the text.
pub(crate) fn find(text: &str, tokens: &[Token<'_>], reference: Option<Date>) -> Vec<Found> {
    let pieces = pieces::pieces(tokens);
    let mut found = reader::Reader::new(&pieces, reference).read_all();
    found.retain(|found| found.span.slice(text).is_some_and(|text| !text.is_empty()));
    found
}

/// Finds values: dates, times, numbers, ordinals, money, percentages and quantities.
///
/// Numbers are read in three systems of digits, in words, and in both; with the endings that are written on to them,
/// which are no part of the span. The tables under `data/value` have the words. Cheap to clone; `Send + Sync`.
///
/// ```
/// use sorani::ValueTagger;
///
/// let tagger = ValueTagger::new();
/// let text = "لە ١٥ی تشرینی دووەمی ٢٠٢٠دا، ٢٥ هەزار دینار و لە سەدا ٤٠";
/// let found: Vec<_> = tagger.tag(text).map(|value| (value.text(), value.value().to_owned())).collect();
/// assert_eq!(found, [
///     ("١٥ی تشرینی دووەمی ٢٠٢٠", "2020-11-15".to_owned()),
///     ("٢٥ هەزار دینار", "25000".to_owned()),
///     ("لە سەدا ٤٠", "40".to_owned()),
/// ]);
/// ```
///
/// # Values
///
/// * **Numbers** are plain decimals with `.`: `1177`, `2300000`, `0.5`. A fraction without an end is rounded to six
///   places. A number of more than thirty digits is given as its digits.
/// * **Dates** are ISO 8601, with the second part of the standard (2019) for what is not known: `2020-11-15`, `2020-11`,
///   `1991`, decade `199X`, century `19XX`, season `1991-21` (21 is spring), years before Christ `-0043` (44 BC: there is a
///   year 0). Where the text gives no year it is `XXXX-11-15`, since the form `--11-15` was taken out of the standard; a
///   weekday is `XXXX-WXX-2`, after `TimeML`. Stretches of days are `2021-03-21/2021-04-20`.
/// * **Times** are `T17:30`.
///
/// With a [reference date](Self::with_reference) a day or month without a year is the nearest one, or the one that
/// ڕابردوو or داهاتوو says; a weekday is that of the seven days up to the reference date; ئەمڕۆ, هەفتەی ڕابردوو and their
/// like become dates. Without it these are distances: `P0D`, `-P1W`; and سەدەی ڕابردوو is the twentieth century.
///
/// # Calendars
///
/// Dates of the solar calendar, by Kurdish or Persian months or کۆچیی هەتاوی, are converted with the leap years of the
/// 33-year cycle, which are the official ones of the years 1178 to 1633; Kurdish years are those and 1321. **Dates of
/// the Islamic calendar are approximate**: they follow the tabular calendar, from which the observed one may differ by
/// a day or two. In digits the day stands first unless it cannot; years 1300 to 1410 in such a date are solar, and 1411
/// to 1499 Islamic.
#[derive(Clone, Debug)]
pub struct ValueTagger {
    normalizer: Normalizer,
    reference: Option<Date>,
}

impl ValueTagger {
    /// A tagger without a reference date.
    ///
    /// ```
    /// assert_eq!(sorani::ValueTagger::new().tag("دوو کتێب").count(), 1);
    /// ```
    pub fn new() -> Self {
        Self { normalizer: Normalizer::new(), reference: None }
    }

    /// Resolves dates against the day on which the text was written.
    ///
    /// ```
    /// use sorani::{Date, ValueTagger};
    ///
    /// let date = Date::new(2020, 11, 10).ok_or("no such day")?;
    /// let tagger = ValueTagger::new().with_reference(date);
    /// let values: Vec<_> = tagger.tag("یەکشەممەی ڕابردوو، دوێنێ").map(|value| value.value().to_owned()).collect();
    /// assert_eq!(values, ["2020-11-08", "2020-11-09"]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn with_reference(self, date: Date) -> Self {
        Self { reference: Some(date), ..self }
    }

    /// The values of `text`, in order and not overlapping. Offsets are bytes of `text` as it was given.
    ///
    /// Normalizes and tokenizes the text first. Allocates; takes time linear in the text.
    ///
    /// ```
    /// let tagger = sorani::ValueTagger::new();
    /// let text = "هه\u{200C}زار و ١٧٧ كه\u{200C}س";
    /// let value = tagger.tag(text).next().ok_or("none")?;
    /// assert_eq!((value.text(), value.value()), ("هه\u{200C}زار و ١٧٧", "1177"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn tag<'t>(&self, text: &'t str) -> Values<'t> {
        let aligned = self.normalizer.normalize_aligned(text);
        let tokens: Vec<Token<'_>> = Cutter::new(aligned.text()).collect();
        let values: Vec<_> =
            find(aligned.text(), &tokens, self.reference).into_iter().map(|found| found.value_in(&aligned)).collect();
        Values { values: values.into_iter() }
    }
}

impl Default for ValueTagger {
    fn default() -> Self {
        Self::new()
    }
}

/// A value in a text. Borrows the text.
///
/// ```
/// use sorani::{Span, ValueKind, ValueTagger};
///
/// let value = ValueTagger::new().tag("٣٠ کیلۆمەتر").next().ok_or("none")?;
/// assert_eq!((value.text(), value.span()), ("٣٠ کیلۆمەتر", Span::new(0, 21)));
/// assert_eq!((value.kind(), value.value(), value.unit()), (ValueKind::Quantity, "30", Some("km")));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Value<'t> {
    text: &'t str,
    span: Span,
    kind: ValueKind,
    normal: String,
    unit: Option<&'static str>,
    deictic: bool,
}

impl<'t> Value<'t> {
    /// The expression as it stands in the text, without endings such as دا and ەوە.
    ///
    /// ```
    /// let tagger = sorani::ValueTagger::new();
    /// assert_eq!(tagger.tag("لە ساڵی ١٩٩١ەوە").next().map(|value| value.text()), Some("ساڵی ١٩٩١"));
    /// ```
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Where it stands: bytes of the text as it was given.
    ///
    /// ```
    /// let tagger = sorani::ValueTagger::new();
    /// assert_eq!(tagger.tag("لە ٥دا").next().map(|value| value.span().range()), Some(5..7));
    /// ```
    pub const fn span(&self) -> Span {
        self.span
    }

    /// What it is.
    ///
    /// ```
    /// use sorani::{ValueKind, ValueTagger};
    /// let tagger = ValueTagger::new();
    /// assert_eq!(tagger.tag("کاتژمێر ٨ی شەو").next().map(|value| value.kind()), Some(ValueKind::Time));
    /// ```
    pub const fn kind(&self) -> ValueKind {
        self.kind
    }

    /// What it says: a plain decimal, or a date or time as ISO 8601 writes it; see [`ValueTagger`].
    ///
    /// ```
    /// let tagger = sorani::ValueTagger::new();
    /// assert_eq!(tagger.tag("دوو ملیۆن و سێ سەد هەزار").next().map(|value| value.value().to_owned()), Some("2300000".to_owned()));
    /// ```
    pub fn value(&self) -> &str {
        &self.normal
    }

    /// The unit: the code of a currency in ISO 4217, `%`, or the code of a unit in UCUM; what these lack is in braces.
    ///
    /// ```
    /// let tagger = sorani::ValueTagger::new();
    /// let units: Vec<_> = tagger.tag("١٠٠ دۆلار، ٪٤٠، ٢٠ پلەی سیلیزی").map(|value| value.unit()).collect();
    /// assert_eq!(units, [Some("USD"), Some("%"), Some("Cel")]);
    /// ```
    pub const fn unit(&self) -> Option<&'static str> {
        self.unit
    }

    /// Whether it is a date that is told only by words about now, without a number or a name of a calendar: ئەمڕۆ,
    /// مانگی ڕابردوو, سێ ساڵی داهاتوو.
    ///
    /// ```
    /// let tagger = sorani::ValueTagger::new();
    /// let deictic: Vec<_> = tagger.tag("دوێنێ، سێشەممەی ڕابردوو").map(|value| value.is_deictic()).collect();
    /// assert_eq!(deictic, [true, false]);
    /// ```
    pub const fn is_deictic(&self) -> bool {
        self.deictic
    }
}

/// The values of a text: [`ValueTagger::tag`] makes it.
///
/// ```
/// assert_eq!(sorani::ValueTagger::new().tag("").len(), 0);
/// ```
#[derive(Clone, Debug)]
pub struct Values<'t> {
    values: std::vec::IntoIter<Value<'t>>,
}

impl<'t> Iterator for Values<'t> {
    type Item = Value<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        self.values.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.values.size_hint()
    }
}

impl ExactSizeIterator for Values<'_> {}

impl DoubleEndedIterator for Values<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.values.next_back()
    }
}

impl std::iter::FusedIterator for Values<'_> {}
