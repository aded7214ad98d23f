//! Lexicons: words, names and verb stems in one automaton, with what is known of each.

mod compile;
mod entry;
mod near;
mod walk;

use std::fmt;

use fst::Streamer;
use fst::raw::Fst;

pub use compile::LexiconBuilder;
pub use entry::{LexiconEntry, ParsePartOfSpeechError, PartOfSpeech};
pub(crate) use near::one_edit_away;
pub(crate) use walk::{Cursor, Here};

use crate::Span;
use crate::artefact::{self, FormatError, Kind, Section, number};
use crate::key;
use crate::table::TableError;

// Bytes that a key holds where the prefixes and pronouns of a verb go: the slots.

/// Before the stem of a verb without parts.
pub(crate) const SLOT_SIMPLE: u8 = 1;
/// Between the only part of a verb and its stem.
pub(crate) const SLOT_PART: u8 = 2;
/// Between the two parts of a verb.
pub(crate) const SLOT_PARTS: u8 = 3;
/// Between the second part of a verb and its stem.
pub(crate) const SLOT_STEM: u8 = 4;
/// The highest of these bytes.
pub(crate) const MAX_SLOT: u8 = SLOT_STEM;

/// Bytes of a record: offset and length of the lemma, part of speech, class, flags, features.
const RECORD: usize = 10;
const LAST: u8 = 1;
const POSTVERB: u8 = 2;

/// Why a lexicon could not be built or loaded.
///
/// ```
/// use sorani::Lexicon;
///
/// let error = Lexicon::from_bytes(b"nonsense".to_vec()).unwrap_err();
/// assert_eq!(error.to_string(), "the bytes are not a compiled lexicon of this version");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// A table is not as it should be.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A word cannot be a key: it is empty, too long, or holds a control character.
    #[error("`{word}` cannot be an entry of a lexicon: {problem}")]
    Word {
        /// The word.
        word: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The bytes are no lexicon, or a damaged one.
    #[error("the bytes are not a compiled lexicon of this version")]
    Format {
        /// What was noticed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl From<FormatError> for LexiconError {
    fn from(error: FormatError) -> Self {
        Self::Format { source: Box::new(error) }
    }
}

/// A compiled lexicon.
///
/// `D` holds the bytes: `&'static [u8]` for the embedded one, a `Vec<u8>` for one just built, or a memory map that the
/// caller has opened. Opening allocates next to nothing, whatever the size.
///
/// ```
/// use sorani::{LexiconBuilder, PartOfSpeech};
///
/// let lexicon = LexiconBuilder::new()
///     .insert("کورد", PartOfSpeech::Noun)?
///     .insert("کوردستان", PartOfSpeech::ProperNoun)?
///     .build()?;
/// assert!(lexicon.contains("کوردستان") && !lexicon.contains("کوردست"));
/// let known: Vec<_> = lexicon.prefixes("کوردستانی").map(|(span, _)| span.len()).collect();
/// assert_eq!(known, [8, 16]);
/// # Ok::<(), sorani::LexiconError>(())
/// ```
#[derive(Clone)]
pub struct Lexicon<D = &'static [u8]> {
    fst: Fst<Section<D>>,
    records: std::ops::Range<usize>,
    pool: std::ops::Range<usize>,
    classes: Box<[String]>,
    features: Box<[String]>,
}

impl<D> fmt::Debug for Lexicon<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("records", &(self.records.len() / RECORD)).finish_non_exhaustive()
    }
}

#[cfg(feature = "compiled_data")]
impl Lexicon {
    /// The lexicon that comes with the crate: the tables of `data/lexicon` and the names of `data/gazetteer`.
    ///
    /// Opened once, on first use; takes microseconds.
    ///
    /// ```
    /// assert!(sorani::Lexicon::embedded().contains("ڕۆژنامە"));
    /// ```
    pub fn embedded() -> &'static Self {
        static LEXICON: once_cell::sync::Lazy<Lexicon> = once_cell::sync::Lazy::new(|| {
            #[expect(clippy::expect_used, reason = "a test loads and verifies the embedded data")]
            Lexicon::open(crate::embedded::LEXICON, false).expect("the embedded lexicon is well formed")
        });
        &LEXICON
    }
}

impl<D: AsRef<[u8]> + Clone> Lexicon<D> {
    /// Loads a lexicon that [`LexiconBuilder::build`] made, from bytes that may come from anywhere.
    ///
    /// Takes time linear in the bytes; the check takes some twelve times their memory and gives it back.
    ///
    /// # Errors
    ///
    /// [`LexiconError::Format`] where the bytes are no lexicon of this version or were damaged: all of them are read
    /// once and checked, so that no later look-up can fail.
    ///
    /// ```
    /// use sorani::{Lexicon, LexiconBuilder, PartOfSpeech};
    ///
    /// let built = LexiconBuilder::new().insert("کتێب", PartOfSpeech::Noun)?.build()?;
    /// let loaded = Lexicon::from_bytes(built.as_bytes().to_vec())?;
    /// assert!(loaded.contains("کتێب"));
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn from_bytes(data: D) -> Result<Self, LexiconError> {
        Ok(Self::open(data, true)?)
    }

    fn open(data: D, verify: bool) -> Result<Self, FormatError> {
        let [fst, records, pool, classes, features] = artefact::sections::<5>(data.as_ref(), Kind::Lexicon, verify)?;
        let bytes = |range: std::ops::Range<usize>| data.as_ref().get(range).unwrap_or_default();
        let classes = artefact::names(bytes(classes), usize::from(u8::MAX))?;
        let features = artefact::names(bytes(features), usize::from(u16::MAX))?;
        let fst = Fst::new(Section::new(data, fst)).map_err(|_| FormatError::Automaton)?;
        let this = Self { fst, records, pool, classes, features };
        if verify {
            this.verify()?;
        }
        Ok(this)
    }

    /// Checks all that the walks rely on.
    fn verify(&self) -> Result<(), FormatError> {
        let records = self.bytes_of(&self.records);
        let count = records.len() / RECORD;
        if records.len() % RECORD != 0 {
            return Err(FormatError::Record);
        }
        for at in 0..count {
            let entry = u32::try_from(at).ok().and_then(|at| self.record(at)).ok_or(FormatError::Record)?;
            let last = entry.1;
            let is_text = std::str::from_utf8(entry.0.lemma).is_ok();
            if !is_text || usize::from(entry.0.class) >= self.classes.len() || at + 1 == count && !last {
                return Err(FormatError::Record);
            }
        }
        artefact::verify_automaton(&self.fst, count, |at| self.begins_group(at))
    }

    /// Whether the record `at` is the first of a key.
    fn begins_group(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| u32::try_from(at).ok());
        before.is_none_or(|before| self.record(before).is_some_and(|(_, last, _)| last))
    }
}

impl<D: AsRef<[u8]>> Lexicon<D> {
    /// The bytes of the lexicon, to be stored and loaded again.
    ///
    /// ```
    /// # use sorani::{LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new().insert("کتێب", PartOfSpeech::Noun)?.build()?;
    /// assert!(lexicon.as_bytes().starts_with(b"SORANIFS"));
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        self.fst.as_inner().data().as_ref()
    }

    /// The number of keys: forms of words and stems of verbs.
    ///
    /// ```
    /// # use sorani::{LexiconBuilder, PartOfSpeech};
    /// assert_eq!(LexiconBuilder::new().insert("کتێب", PartOfSpeech::Noun)?.build()?.len(), 1);
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn len(&self) -> usize {
        self.fst.len()
    }

    /// Whether the lexicon holds nothing.
    ///
    /// ```
    /// assert!(sorani::LexiconBuilder::new().build()?.is_empty());
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.fst.is_empty()
    }

    /// Whether `word` itself, in its normalized spelling, is an entry.
    ///
    /// ```
    /// # use sorani::{LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new().insert("شان", PartOfSpeech::Noun)?.build()?;
    /// assert!(lexicon.contains("شان"));
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn contains(&self, word: &str) -> bool {
        self.lookup(word).next().is_some()
    }

    /// The entries whose form is `word`, in its normalized spelling. Allocates nothing.
    ///
    /// ```
    /// # use sorani::{LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new()
    ///     .insert("باش", PartOfSpeech::Adjective)?
    ///     .insert("باش", PartOfSpeech::Adverb)?
    ///     .build()?;
    /// assert_eq!(lexicon.lookup("باش").count(), 2);
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn lookup<'a>(&'a self, word: &str) -> impl Iterator<Item = LexiconEntry<'a>> + use<'a, D> {
        let mut cursor = Some(Cursor::root(&self.fst));
        for c in word.chars() {
            key::push_code(c, &mut |byte| cursor = cursor.and_then(|cursor| cursor.step(&self.fst, byte)));
        }
        self.entries(cursor).map(|(entry, _)| entry)
    }

    /// Every entry that begins `word`, shortest first, with the bytes of `word` that it covers.
    ///
    /// ```
    /// # use sorani::{LexiconBuilder, PartOfSpeech, Span};
    /// let lexicon = LexiconBuilder::new().insert("کتێب", PartOfSpeech::Noun)?.build()?;
    /// let (span, entry) = lexicon.prefixes("کتێبخانە").next().ok_or("not found")?;
    /// assert_eq!((span, entry.lemma()), (Span::new(0, 8), "کتێب"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prefixes<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (Span, LexiconEntry<'a>)> + use<'a, D> {
        let mut cursor = Some(Cursor::root(&self.fst));
        let ends = word.char_indices().map_while(move |(at, c)| {
            key::push_code(c, &mut |byte| cursor = cursor.and_then(|cursor| cursor.step(&self.fst, byte)));
            cursor.map(|cursor| (at + c.len_utf8(), cursor))
        });
        ends.flat_map(|(end, cursor)| self.entries(Some(cursor)).map(move |(entry, _)| (Span::new(0, end), entry)))
    }

    /// The keys of all stems of `lemma`, slots included. Looks through the whole lexicon.
    pub(crate) fn keys_of(&self, lemma: &str) -> Vec<Vec<u8>> {
        let mut keys = Vec::new();
        let mut stream = self.fst.stream();
        while let Some((key, value)) = stream.next() {
            let mut entries = self.entries_of(Some(value.value()));
            if entries.any(|(entry, _)| entry.lemma() == lemma) {
                keys.push(key.to_vec());
            }
        }
        keys
    }

    /// Whether a compound verb begins with these codes as its only part before the verb.
    pub(crate) fn is_part_of_verb(&self, codes: &[u8]) -> bool {
        let root = Some(Cursor::root(&self.fst));
        let end = codes.iter().fold(root, |cursor, &code| cursor.and_then(|cursor| cursor.step(&self.fst, code)));
        end.and_then(|cursor| cursor.step(&self.fst, SLOT_PART)).is_some()
    }

    pub(crate) const fn fst(&self) -> &Fst<Section<D>> {
        &self.fst
    }

    /// The names of the classes that entries refer to.
    pub(crate) fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The features that an irregular form carries, as tags parted by spaces; index 0 is none.
    pub(crate) fn features(&self, index: u16) -> &str {
        let at = usize::from(index).checked_sub(1);
        at.and_then(|at| self.features.get(at)).map_or("", String::as_str)
    }

    /// The entries of the key that ends at `cursor`, with the index of their features.
    pub(crate) fn entries(&self, cursor: Option<Cursor>) -> impl Iterator<Item = (LexiconEntry<'_>, u16)> {
        self.entries_of(cursor.and_then(|cursor| cursor.value(&self.fst)))
    }

    /// The entries of the key with this value.
    pub(crate) fn entries_of(&self, value: Option<u64>) -> impl Iterator<Item = (LexiconEntry<'_>, u16)> {
        let mut next = value.and_then(|value| u32::try_from(value).ok());
        std::iter::from_fn(move || {
            let at = next?;
            let (entry, last, features) = self.record(at)?;
            next = if last { None } else { at.checked_add(1) };
            Some((entry, features))
        })
    }

    /// The entry with this record.
    pub(crate) fn entry(&self, record: u32) -> Option<LexiconEntry<'_>> {
        self.record(record).map(|(entry, ..)| entry)
    }

    /// The dictionary form that the record holds.
    pub(crate) fn lemma(&self, record: u32) -> &str {
        self.entry(record).map_or("", |entry| entry.lemma())
    }

    fn bytes_of(&self, range: &std::ops::Range<usize>) -> &[u8] {
        self.as_bytes().get(range.clone()).unwrap_or_default()
    }

    /// The record `index`, whether it is the last of its key, and its features.
    fn record(&self, index: u32) -> Option<(LexiconEntry<'_>, bool, u16)> {
        let at = usize::try_from(index).ok()?.checked_mul(RECORD)?;
        let record = self.bytes_of(&self.records).get(at..at.checked_add(RECORD)?)?;
        let lemma = usize::try_from(number::<4>(record, 0)?).ok()?;
        let &[len, pos, class, flags, low, high] = record.get(4..)? else { return None };
        let lemma = self.bytes_of(&self.pool).get(lemma..lemma.checked_add(usize::from(len))?)?;
        let entry = LexiconEntry {
            lemma,
            record: index,
            pos: PartOfSpeech::from_code(pos)?,
            class,
            postverb: flags & POSTVERB != 0,
        };
        Some((entry, flags & LAST != 0, u16::from_le_bytes([low, high])))
    }
}
