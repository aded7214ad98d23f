//! Names and what they name, in one automaton over folded letters.
//!
//! The key of a name is its words in folded letters, parted by spaces: ڕ and ر, ڵ and ل, یی and ی and the like fall
//! together, so that one walk finds every spelling. Which spelling was listed is kept beside it, because one that
//! stands in the text as it is listed is better evidence than one that only folds to it.

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;
use std::ops::Range;

use fst::raw::Fst;

use super::EntityLabel;
use crate::artefact::{self, FormatError, Kind, Section, number};
use crate::key;
use crate::lexicon::{Cursor, one_edit_away};
use crate::normalize::{Normalizer, fold};
use crate::table::{Row, TableError, check_rows, read_rows};

/// Bytes of the record of a form: entry, offset and length of the spelling, flags.
const FORM: usize = 10;
/// Bytes of the record of an entry: offsets and lengths of id and name, label, subtype, country.
const ENTRY: usize = 14;
const LAST: u8 = 1;
const AMBIGUOUS: u8 = 2;
const SHORT: u8 = 4;
/// Columns that a table needs.
const COLUMNS: [&str; 2] = ["name", "label"];
/// The longest name, variant or id, in bytes.
const MAX_LEN: usize = 255;

/// Why a gazetteer could not be built or loaded.
///
/// ```
/// use sorani::GazetteerBuilder;
///
/// let table = "name\tlabel\nهەولێر\tGPE\n";
/// let error = GazetteerBuilder::new().extend_from_tsv("mine.tsv", table.as_bytes()).unwrap_err();
/// assert_eq!(error.to_string(), "mine.tsv, line 2: `GPE` in column `label` is not a label: PER, LOC, ORG, DATE or MISC");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// A table is not as it should be.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A name cannot be an entry.
    #[error("`{name}` cannot be an entry of a gazetteer: {problem}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The bytes are no gazetteer, or a damaged one.
    #[error("the bytes are not a compiled gazetteer of this version")]
    Format {
        /// What was noticed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl From<FormatError> for GazetteerError {
    fn from(error: FormatError) -> Self {
        Self::Format { source: Box::new(error) }
    }
}

/// Folds the words of a name letter by letter and drives a walk.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Folder {
    last: Option<char>,
}

impl Folder {
    /// The folded letter for `c`; none where it adds nothing: a doubled letter counts once, for و and وو, ی and یی, and
    /// the doubled consonants of Arabic names (محەممەد) are written either way.
    pub(super) fn fold(&mut self, c: char) -> Option<char> {
        let folded = fold(c)?;
        if self.last == Some(folded) && !folded.is_ascii() {
            return None;
        }
        self.last = Some(folded);
        Some(folded)
    }

    /// Begins a new word.
    pub(super) fn word(&mut self) {
        self.last = None;
    }
}

/// The key of a name in normalized spelling.
fn folded_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len());
    let mut folder = Folder::default();
    for c in name.chars() {
        if c == ' ' {
            folder.word();
            key.push(b' ');
        } else if let Some(c) = folder.fold(c) {
            key::push_code(c, &mut |code| key.push(code));
        }
    }
    key
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct DraftForm {
    key: Vec<u8>,
    /// The form in normalized spelling.
    form: String,
    entry: usize,
    flags: u8,
}

#[derive(Clone, Debug)]
struct DraftEntry {
    id: String,
    name: String,
    label: EntityLabel,
    subtype: String,
    country: String,
}

/// Builds a [`Gazetteer`] from names and tables.
///
/// ```
/// use sorani::{EntityLabel, GazetteerBuilder};
///
/// let gazetteer = GazetteerBuilder::new()
///     .insert("بنکەی ژین", EntityLabel::Organization)?
///     .extend_from_tsv("cities.tsv", "name\tlabel\tvariants\nهەولێر\tLOC\tئەربیل\n".as_bytes())?
///     .build()?;
/// assert_eq!(gazetteer.lookup("ئەربیل").next().map(|entry| entry.name()), Some("هەولێر"));
/// # Ok::<(), sorani::GazetteerError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct GazetteerBuilder {
    entries: Vec<DraftEntry>,
    forms: Vec<DraftForm>,
    normalizer: Normalizer,
}

impl GazetteerBuilder {
    /// An empty gazetteer.
    ///
    /// ```
    /// assert!(sorani::GazetteerBuilder::new().build()?.is_empty());
    /// # Ok::<(), sorani::GazetteerError>(())
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a name. It is normalized first, so that it may be given in any spelling.
    ///
    /// # Errors
    ///
    /// [`GazetteerError::Name`] where the name is empty or longer than 255 bytes.
    ///
    /// ```
    /// use sorani::{EntityLabel, GazetteerBuilder};
    /// assert!(GazetteerBuilder::new().insert(" ", EntityLabel::Person).is_err());
    /// ```
    pub fn insert(mut self, name: &str, label: EntityLabel) -> Result<Self, GazetteerError> {
        let entry = DraftEntry {
            id: String::new(),
            name: name.trim().to_owned(),
            label,
            subtype: String::new(),
            country: String::new(),
        };
        self.entries.push(entry);
        let added = self.add_name(name.trim(), 0);
        added.map_err(|problem| GazetteerError::Name { name: name.to_owned(), problem })?;
        Ok(self)
    }

    /// Adds the names of a table; `name` stands for it in errors.
    ///
    /// Columns: `name` and `label` (PER, LOC, ORG, DATE, MISC); as wanted `id`, `variants` (parted by `;`; a `?` before
    /// one marks it as ambiguous), `subtype`, `country` (ISO 3166-1) and `flags` (`ambiguous`: tagged only where the
    /// words around it speak for it; `short`: may be found though it has one or two letters). Other columns are passed
    /// over.
    ///
    /// # Errors
    ///
    /// [`GazetteerError::Table`] with the line, the column and the value.
    ///
    /// ```
    /// use sorani::GazetteerBuilder;
    /// let table = "id\tname\tlabel\tsubtype\tcountry\nplc-1\tکۆیە\tLOC\ttown\tIQ\n";
    /// let gazetteer = GazetteerBuilder::new().extend_from_tsv("places.tsv", table.as_bytes())?.build()?;
    /// assert_eq!(gazetteer.lookup("کۆیە").next().map(|entry| entry.subtype()), Some("town"));
    /// # Ok::<(), sorani::GazetteerError>(())
    /// ```
    pub fn extend_from_tsv(mut self, name: &str, reader: impl BufRead) -> Result<Self, GazetteerError> {
        read_rows(name, reader, &COLUMNS, |row, errors| self.add_row(row, errors))?;
        Ok(self)
    }

    /// All that is wrong with a table of names, in the order of its lines; nothing is added. What
    /// [`extend_from_tsv`](Self::extend_from_tsv) takes has no errors, and the first error is the one it gives.
    ///
    /// Reads on after a bad row, so that a list can be mended in one go; where the header is wrong or the reader fails,
    /// that is the last error. Memory is bounded by the longest line and the errors.
    ///
    /// ```
    /// use sorani::GazetteerBuilder;
    /// let table = "name\tlabel\tflags\nهەولێر\tGPE\t\nکۆیە\tLOC\nشی\tPER\tbig\n";
    /// let errors = GazetteerBuilder::new().check_tsv("names.tsv", table.as_bytes());
    /// let messages: Vec<_> = errors.iter().map(|error| error.to_string()).collect();
    /// assert_eq!(messages, [
    ///     "names.tsv, line 2: `GPE` in column `label` is not a label: PER, LOC, ORG, DATE or MISC",
    ///     "names.tsv, line 3: 2 fields where the header has 3",
    ///     "names.tsv, line 4: `big` in column `flags` is neither ambiguous nor short",
    /// ]);
    /// ```
    pub fn check_tsv(&self, name: &str, reader: impl BufRead) -> Vec<TableError> {
        let mut scratch = Self { normalizer: self.normalizer.clone(), ..Self::new() };
        check_rows(name, reader, &COLUMNS, |row, errors| {
            scratch.add_row(row, errors);
            scratch.entries.clear();
            scratch.forms.clear();
        })
    }

    /// Adds the entry of a row with its forms, or reports all that is wrong with them.
    fn add_row(&mut self, row: &Row, errors: &mut Vec<TableError>) {
        let label = row.get("label").parse().unwrap_or_else(|_| {
            errors.push(row.bad("label", "is not a label: PER, LOC, ORG, DATE or MISC"));
            EntityLabel::Miscellaneous
        });
        let mut flags = 0;
        for flag in row.get("flags").split(' ').filter(|flag| !flag.is_empty()) {
            match flag {
                "ambiguous" => flags |= AMBIGUOUS,
                "short" => flags |= SHORT,
                _ => errors.push(row.bad_value("flags", flag, "is neither ambiguous nor short")),
            }
        }
        if row.get("id").len() > MAX_LEN {
            errors.push(row.bad("id", "is longer than 255 bytes"));
        }
        let country = row.get("country");
        if !country.is_empty() && (country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase())) {
            errors.push(row.bad("country", "is not a code of two capital letters of ISO 3166-1"));
        }
        let text = |column: &str| row.get(column).to_owned();
        self.entries.push(DraftEntry {
            id: text("id"),
            name: text("name"),
            label,
            subtype: text("subtype"),
            country: text("country"),
        });
        if let Err(problem) = self.add_name(row.get("name"), flags) {
            errors.push(row.bad("name", problem));
        }
        for variant in row.list("variants") {
            let (form, flags) = variant.strip_prefix('?').map_or((variant, flags), |form| (form, flags | AMBIGUOUS));
            if let Err(problem) = self.add_form(form, flags) {
                errors.push(row.bad_value("variants", variant, problem));
            }
        }
    }

    /// Adds all entries of a compiled gazetteer, as [`Gazetteer::embedded`] or one that was loaded.
    ///
    /// Of entries that share a spelling and have the same flags, the one that was added first is preferred: to have
    /// one's own names win over those of the crate, add them before. Takes time linear in the entries; that is some ten
    /// milliseconds for the embedded ones, and what [`build`](Self::build) gives can be stored instead.
    ///
    /// # Errors
    ///
    /// [`GazetteerError::Format`] where the bytes of the gazetteer are damaged in a way that its checksum does not tell.
    ///
    /// ```
    /// use sorani::{EntityLabel, Gazetteer, GazetteerBuilder};
    ///
    /// let gazetteer = GazetteerBuilder::new()
    ///     .insert("بنکەی ژین", EntityLabel::Organization)?
    ///     .extend_from(Gazetteer::embedded())?
    ///     .build()?;
    /// assert_eq!(gazetteer.len(), 1 + Gazetteer::embedded().len());
    /// assert_eq!(gazetteer.lookup("ئەربیل").next().map(|entry| entry.name()), Some("هەولێر"));
    /// # Ok::<(), sorani::GazetteerError>(())
    /// ```
    pub fn extend_from<D: AsRef<[u8]>>(mut self, gazetteer: &Gazetteer<D>) -> Result<Self, GazetteerError> {
        let before = self.entries.len();
        for index in 0..gazetteer.len() {
            let entry =
                u32::try_from(index).ok().and_then(|index| gazetteer.entry(index)).ok_or(FormatError::Record)?;
            self.entries.push(DraftEntry {
                id: entry.id.to_owned(),
                name: entry.name.to_owned(),
                label: entry.label,
                subtype: entry.subtype.to_owned(),
                country: entry.country.to_owned(),
            });
        }
        for index in 0..gazetteer.forms.len() / FORM {
            let index = u32::try_from(index).map_err(|_| FormatError::Record)?;
            let (form, entry) = gazetteer.form_and_entry(index).ok_or(FormatError::Record)?;
            // The forms are in normalized spelling already.
            let key = folded_key(form.text);
            if key.is_empty() {
                return Err(FormatError::Record.into());
            }
            let flags = if form.ambiguous { AMBIGUOUS } else { 0 } | if form.short { SHORT } else { 0 };
            self.forms.push(DraftForm { key, form: form.text.to_owned(), entry: before + entry, flags });
        }
        Ok(self)
    }

    /// Adds the name of the entry that was added last, which is kept as it is written, too.
    fn add_name(&mut self, name: &str, flags: u8) -> Result<(), &'static str> {
        // What is longer before it is normalized than a name may be has no place in the record of its entry.
        self.add_form(name, flags)?;
        if name.len() > MAX_LEN { Err("is longer than 255 bytes") } else { Ok(()) }
    }

    /// Adds a form of the entry that was added last.
    fn add_form(&mut self, form: &str, flags: u8) -> Result<(), &'static str> {
        let form = self.normalizer.normalize(form.trim());
        // A hyphen and a space between two words of a name are one to the tagger.
        let form = form.replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        if form.is_empty() {
            return Err("is empty");
        }
        if form.len() > MAX_LEN {
            return Err("is longer than 255 bytes");
        }
        let key = folded_key(&form);
        if key.is_empty() {
            return Err("holds no letter");
        }
        self.forms.push(DraftForm { key, form, entry: self.entries.len() - 1, flags });
        Ok(())
    }

    /// Compiles the gazetteer. The same entries in the same order give the same bytes, on every platform.
    ///
    /// # Errors
    ///
    /// [`GazetteerError::Format`] where it would outgrow the format: more than 255 subtypes or 4 GiB of text.
    ///
    /// ```
    /// use sorani::{EntityLabel, GazetteerBuilder};
    /// let gazetteer = GazetteerBuilder::new().insert("هەولێر", EntityLabel::Location)?.build()?;
    /// assert_eq!(gazetteer.len(), 1);
    /// # Ok::<(), sorani::GazetteerError>(())
    /// ```
    pub fn build(mut self) -> Result<Gazetteer<Vec<u8>>, GazetteerError> {
        self.forms.sort_unstable();
        self.forms.dedup_by(|a, b| a.key == b.key && a.form == b.form && a.entry == b.entry);
        let mut pool = Pool::default();
        let mut forms = Vec::with_capacity(self.forms.len() * FORM);
        let mut automaton = fst::raw::Builder::memory();
        for group in self.forms.chunk_by(|a, b| a.key == b.key) {
            if let Some(first) = group.first() {
                automaton.insert(&first.key, (forms.len() / FORM) as u64).map_err(|_| FormatError::Automaton)?;
            }
            for (at, form) in group.iter().enumerate() {
                forms.extend_from_slice(&u32::try_from(form.entry).map_err(|_| FormatError::Length)?.to_le_bytes());
                pool.write(&form.form, &mut forms)?;
                forms.push(form.flags | if at + 1 == group.len() { LAST } else { 0 });
            }
        }
        let subtypes: std::collections::BTreeSet<&str> =
            self.entries.iter().map(|entry| entry.subtype.as_str()).collect();
        let mut entries = Vec::with_capacity(self.entries.len() * ENTRY);
        for entry in &self.entries {
            pool.write(&entry.id, &mut entries)?;
            pool.write(&entry.name, &mut entries)?;
            entries.push(entry.label.code());
            let subtype = subtypes.iter().position(|subtype| *subtype == entry.subtype);
            entries.push(subtype.and_then(|at| u8::try_from(at).ok()).ok_or(FormatError::Length)?);
            let country: [u8; 2] = entry.country.as_bytes().try_into().unwrap_or([0; 2]);
            entries.extend_from_slice(&country);
        }
        let automaton = automaton.into_inner().map_err(|_| FormatError::Automaton)?;
        let subtypes: String = subtypes.into_iter().flat_map(|subtype| [subtype, "\n"]).collect();
        let sections: [&[u8]; 5] = [&automaton, &forms, &entries, &pool.text, subtypes.as_bytes()];
        Gazetteer::from_bytes(artefact::write(Kind::Gazetteer, &sections))
    }
}

/// Strings one after another, each kept once.
#[derive(Default)]
struct Pool {
    text: Vec<u8>,
    known: BTreeMap<String, u32>,
}

impl Pool {
    /// Writes offset (4 bytes) and length (1 byte) of `text` to `out`.
    fn write(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), FormatError> {
        let at = if let Some(&at) = self.known.get(text) {
            at
        } else {
            let at = u32::try_from(self.text.len()).map_err(|_| FormatError::Length)?;
            self.text.extend_from_slice(text.as_bytes());
            self.known.insert(text.to_owned(), at);
            at
        };
        out.extend_from_slice(&at.to_le_bytes());
        out.push(u8::try_from(text.len()).map_err(|_| FormatError::Length)?);
        Ok(())
    }
}

/// What a gazetteer says of a name.
///
/// ```
/// let gazetteer = sorani::Gazetteer::embedded();
/// let entry = gazetteer.lookup("ئەربیل").next().ok_or("not found")?;
/// assert_eq!((entry.name(), entry.country()), ("هەولێر", "IQ"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GazetteerEntry<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) label: EntityLabel,
    pub(super) subtype: &'a str,
    pub(super) country: &'a str,
}

impl<'a> GazetteerEntry<'a> {
    /// The identifier that its table gives it; may be empty.
    ///
    /// ```
    /// let entry = sorani::Gazetteer::embedded().lookup("هەولێر").next();
    /// assert!(entry.is_some_and(|entry| entry.id().starts_with("plc-")));
    /// ```
    pub const fn id(&self) -> &'a str {
        self.id
    }

    /// The name in its usual spelling.
    ///
    /// ```
    /// let entry = sorani::Gazetteer::embedded().lookup("ئەربیل").next();
    /// assert_eq!(entry.map(|entry| entry.name()), Some("هەولێر"));
    /// ```
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// What it names.
    ///
    /// ```
    /// use sorani::{EntityLabel, Gazetteer};
    /// let entry = Gazetteer::embedded().lookup("هەولێر").next();
    /// assert_eq!(entry.map(|entry| entry.label()), Some(EntityLabel::Location));
    /// ```
    pub const fn label(&self) -> EntityLabel {
        self.label
    }

    /// The kind within the label, such as `city`; may be empty.
    ///
    /// ```
    /// let entry = sorani::Gazetteer::embedded().lookup("تورکیا").next();
    /// assert_eq!(entry.map(|entry| entry.subtype()), Some("country"));
    /// ```
    pub const fn subtype(&self) -> &'a str {
        self.subtype
    }

    /// The code of the country in ISO 3166-1; may be empty.
    ///
    /// ```
    /// let entry = sorani::Gazetteer::embedded().lookup("تورکیا").next();
    /// assert_eq!(entry.map(|entry| entry.country()), Some("TR"));
    /// ```
    pub const fn country(&self) -> &'a str {
        self.country
    }
}

/// A form under which an entry was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    pub(super) entry: GazetteerEntry<'a>,
    /// The form as its table lists it, in normalized spelling.
    pub(super) text: &'a str,
    pub(super) ambiguous: bool,
    pub(super) short: bool,
}

/// A compiled gazetteer. `D` holds the bytes, as in [`Lexicon`](crate::Lexicon).
///
/// ```
/// use sorani::{EntityLabel, Gazetteer, GazetteerBuilder};
///
/// let built = GazetteerBuilder::new().insert("هەولێر", EntityLabel::Location)?.build()?;
/// let loaded = Gazetteer::from_bytes(built.as_bytes().to_vec())?;
/// assert_eq!(loaded.len(), 1);
/// # Ok::<(), sorani::GazetteerError>(())
/// ```
#[derive(Clone)]
pub struct Gazetteer<D = &'static [u8]> {
    fst: Fst<Section<D>>,
    forms: Range<usize>,
    entries: Range<usize>,
    pool: Range<usize>,
    subtypes: Box<[String]>,
}

impl<D> fmt::Debug for Gazetteer<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gazetteer").field("entries", &(self.entries.len() / ENTRY)).finish_non_exhaustive()
    }
}

#[cfg(feature = "compiled_data")]
impl Gazetteer {
    /// The gazetteer that comes with the crate: the tables of `data/gazetteer`.
    ///
    /// Opened once, on first use; takes microseconds.
    ///
    /// ```
    /// assert!(sorani::Gazetteer::embedded().len() > 5_000);
    /// ```
    pub fn embedded() -> &'static Self {
        static GAZETTEER: once_cell::sync::Lazy<Gazetteer> = once_cell::sync::Lazy::new(|| {
            #[expect(clippy::expect_used, reason = "a test loads and verifies the embedded data")]
            Gazetteer::open(crate::embedded::GAZETTEER, false).expect("the embedded gazetteer is well formed")
        });
        &GAZETTEER
    }
}

impl<D: AsRef<[u8]>> Gazetteer<D> {
    /// Loads a gazetteer that [`GazetteerBuilder::build`] made, from bytes that may come from anywhere.
    ///
    /// Takes time linear in the bytes; the check takes some twelve times their memory and gives it back.
    ///
    /// # Errors
    ///
    /// [`GazetteerError::Format`] where the bytes are no gazetteer of this version or were damaged: all of them are
    /// read once and checked, so that no later look-up can fail.
    ///
    /// ```
    /// assert!(sorani::Gazetteer::from_bytes(&b"nonsense"[..]).is_err());
    /// ```
    pub fn from_bytes(data: D) -> Result<Self, GazetteerError> {
        Ok(Self::open(data, true)?)
    }

    fn open(data: D, verify: bool) -> Result<Self, FormatError> {
        let [fst, forms, entries, pool, subtypes] = artefact::sections::<5>(data.as_ref(), Kind::Gazetteer, verify)?;
        let subtypes = data.as_ref().get(subtypes).unwrap_or_default();
        // A record has one byte for its subtype.
        let subtypes = artefact::names(subtypes, 256)?;
        let fst = Fst::new(Section::new(data, fst)).map_err(|_| FormatError::Automaton)?;
        let this = Self { fst, forms, entries, pool, subtypes };
        if verify {
            this.verify()?;
        }
        Ok(this)
    }

    /// Checks all that the walks rely on.
    fn verify(&self) -> Result<(), FormatError> {
        let count = self.forms.len() / FORM;
        if self.forms.len() % FORM != 0 || self.entries.len() % ENTRY != 0 {
            return Err(FormatError::Record);
        }
        for at in 0..count {
            let (_, last) = u32::try_from(at).ok().and_then(|at| self.form(at)).ok_or(FormatError::Record)?;
            if at + 1 == count && !last {
                return Err(FormatError::Record);
            }
        }
        let entries = u32::try_from(self.len()).map_err(|_| FormatError::Record)?;
        if (0..entries).any(|at| self.entry(at).is_none()) {
            return Err(FormatError::Record);
        }
        artefact::verify_automaton(&self.fst, count, |at| self.begins_group(at))
    }

    /// Whether the form `at` is the first of a key.
    fn begins_group(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| u32::try_from(at).ok());
        before.is_none_or(|before| self.form(before).is_some_and(|(_, last)| last))
    }

    /// The bytes of the gazetteer, to be stored and loaded again.
    ///
    /// ```
    /// assert!(sorani::Gazetteer::embedded().as_bytes().starts_with(b"SORANIFS"));
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        self.fst.as_inner().data().as_ref()
    }

    /// The number of entries.
    ///
    /// ```
    /// assert_eq!(sorani::GazetteerBuilder::new().build()?.len(), 0);
    /// # Ok::<(), sorani::GazetteerError>(())
    /// ```
    pub fn len(&self) -> usize {
        self.entries.len() / ENTRY
    }

    /// Whether the gazetteer holds nothing.
    ///
    /// ```
    /// assert!(!sorani::Gazetteer::embedded().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries that `name`, in normalized spelling, names: those that list this spelling first, then those that
    /// only fold to the same letters.
    ///
    /// ```
    /// let gazetteer = sorani::Gazetteer::embedded();
    /// let names: Vec<_> = gazetteer.lookup("ئەلمانیا").map(|entry| entry.name()).collect();
    /// assert_eq!(names, ["ئەڵمانیا"]);
    /// ```
    pub fn lookup<'a>(&'a self, name: &str) -> impl Iterator<Item = GazetteerEntry<'a>> + use<'a, D> {
        let mut cursor = Some(Cursor::root(&self.fst));
        for code in folded_key(name) {
            cursor = cursor.and_then(|cursor| cursor.step(&self.fst, code));
        }
        let forms: Vec<_> = cursor.map(|cursor| self.forms(cursor).collect()).unwrap_or_default();
        let (exact, folded): (Vec<Form<'a>>, Vec<Form<'a>>) = forms.into_iter().partition(|form| form.text == name);
        exact.into_iter().chain(folded).map(|form| form.entry)
    }

    /// The entries whose name is one letter away from `name`, in normalized spelling: another letter, one too many, or one
    /// too few, once both are folded; each once, in order of their identifiers. Those that [`Gazetteer::lookup`] finds are not
    /// among them. Allocates the list; takes some microseconds.
    ///
    /// ```
    /// let gazetteer = sorani::Gazetteer::embedded();
    /// let names: Vec<_> = gazetteer.lookup_misspelt("ئەفخانستان").iter().map(|entry| entry.name()).collect();
    /// assert_eq!(names, ["ئەفغانستان"]);
    /// ```
    pub fn lookup_misspelt<'a>(&'a self, name: &str) -> Vec<GazetteerEntry<'a>> {
        let forms = self.misspelt(name, 0);
        let mut entries: Vec<GazetteerEntry<'a>> = forms.into_iter().map(|form| form.entry).collect();
        entries.dedup();
        entries
    }

    /// The number of letters of a name that count, once it is folded.
    pub(super) fn letters(name: &str) -> usize {
        folded_key(name).len()
    }

    /// The forms one letter away from `name`, whose first `firm` letters are right, in order of the identifiers of their
    /// entries.
    pub(super) fn misspelt<'a>(&'a self, name: &str, firm: usize) -> Vec<Form<'a>> {
        let mut forms: Vec<Form<'a>> = Vec::new();
        one_edit_away(&self.fst, &folded_key(name), firm, &mut |end| forms.extend(self.forms(end)));
        forms.sort_by_key(|form| (form.entry.id, form.text));
        forms
    }

    pub(super) const fn fst(&self) -> &Fst<Section<D>> {
        &self.fst
    }

    /// The forms whose key ends at `cursor`.
    pub(super) fn forms(&self, cursor: Cursor) -> impl Iterator<Item = Form<'_>> {
        let mut next = cursor.value(&self.fst).and_then(|value| u32::try_from(value).ok());
        std::iter::from_fn(move || {
            let at = next?;
            let (form, last) = self.form(at)?;
            next = if last { None } else { at.checked_add(1) };
            Some(form)
        })
    }

    fn bytes_of(&self, range: &Range<usize>) -> &[u8] {
        self.as_bytes().get(range.clone()).unwrap_or_default()
    }

    /// The text whose offset and length stand in `record` at `at`.
    fn text(&self, record: &[u8], at: usize) -> Option<&str> {
        let start = usize::try_from(number::<4>(record, at)?).ok()?;
        let len = usize::from(*record.get(at + 4)?);
        std::str::from_utf8(self.bytes_of(&self.pool).get(start..start.checked_add(len)?)?).ok()
    }

    /// The form `index`, and whether it is the last of its key.
    fn form(&self, index: u32) -> Option<(Form<'_>, bool)> {
        let at = usize::try_from(index).ok()?.checked_mul(FORM)?;
        let record = self.bytes_of(&self.forms).get(at..at.checked_add(FORM)?)?;
        let flags = *record.get(9)?;
        let form = Form {
            entry: self.entry(number::<4>(record, 0)?)?,
            text: self.text(record, 4)?,
            ambiguous: flags & AMBIGUOUS != 0,
            short: flags & SHORT != 0,
        };
        Some((form, flags & LAST != 0))
    }

    /// The form `index` and the number of its entry.
    fn form_and_entry(&self, index: u32) -> Option<(Form<'_>, usize)> {
        let at = usize::try_from(index).ok()?.checked_mul(FORM)?;
        let entry = number::<4>(self.bytes_of(&self.forms), at)?;
        Some((self.form(index)?.0, usize::try_from(entry).ok()?))
    }

    fn entry(&self, index: u32) -> Option<GazetteerEntry<'_>> {
        let at = usize::try_from(index).ok()?.checked_mul(ENTRY)?;
        let record = self.bytes_of(&self.entries).get(at..at.checked_add(ENTRY)?)?;
        let country = record.get(12..14).filter(|code| code.iter().all(u8::is_ascii_uppercase));
        Some(GazetteerEntry {
            id: self.text(record, 0)?,
            name: self.text(record, 5)?,
            label: EntityLabel::from_code(*record.get(10)?)?,
            subtype: self.subtypes.get(usize::from(*record.get(11)?))?,
            country: country.and_then(|code| std::str::from_utf8(code).ok()).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Gazetteer<Vec<u8>> {
        let table = "id\tname\tvariants\tlabel\tflags\n\
                     a\tیەکێتی سۆڤیەت\t\tLOC\t\nb\tشی\t\tPER\tshort\nc\tیەکێتیی نیشتمانی\t?یەکێتی\tORG\t\n";
        GazetteerBuilder::new().extend_from_tsv("t", table.as_bytes()).unwrap().build().unwrap()
    }

    #[test]
    fn spellings_fall_together() {
        let gazetteer = sample();
        for name in ["یەکێتی سۆڤیەت", "یەکێتیی سۆڤیەت", "یەکیتی سوفیەت"] {
            assert_eq!(gazetteer.lookup(name).map(|entry| entry.id()).collect::<Vec<_>>(), ["a"], "{name}");
        }
        assert_eq!(gazetteer.lookup("یەکێتیسۆڤیەت").count(), 0);
    }

    #[test]
    fn a_gazetteer_taken_apart_and_built_again_is_the_same() {
        let sample = sample();
        let again = GazetteerBuilder::new().extend_from(&sample).unwrap().build().unwrap();
        assert_eq!(again.as_bytes(), sample.as_bytes());
        #[cfg(feature = "compiled_data")]
        {
            let embedded = Gazetteer::embedded();
            let again = GazetteerBuilder::new().extend_from(embedded).unwrap().build().unwrap();
            assert!(again.as_bytes() == embedded.as_bytes());
        }
    }

    #[test]
    fn of_equal_names_the_one_that_was_added_first_comes_first() {
        let own = "id\tname\tlabel\nmine\tیەکێتی سۆڤیەت\tORG\n";
        let ids = |builder: GazetteerBuilder| {
            let gazetteer = builder.build().unwrap();
            assert_eq!(gazetteer.len(), 4);
            gazetteer.lookup("یەکێتی سۆڤیەت").map(|entry| entry.id().to_owned()).collect::<Vec<_>>()
        };
        let builder = || GazetteerBuilder::new();
        let first = builder().extend_from_tsv("t", own.as_bytes()).unwrap().extend_from(&sample()).unwrap();
        assert_eq!(ids(first), ["mine", "a"]);
        let last = builder().extend_from(&sample()).unwrap().extend_from_tsv("t", own.as_bytes()).unwrap();
        assert_eq!(ids(last), ["a", "mine"]);
    }

    #[test]
    fn a_sound_checksum_over_unsound_records_is_an_error_and_no_panic() {
        let good = sample().as_bytes().to_vec();
        let ranges = artefact::sections::<5>(&good, Kind::Gazetteer, true).unwrap();
        for at in ranges[0].start..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x5A;
            let parts: Vec<&[u8]> = ranges.iter().map(|range| &bad[range.clone()]).collect();
            let bytes = artefact::write(Kind::Gazetteer, &parts);
            if let Ok(loaded) = Gazetteer::from_bytes(bytes) {
                let merged = GazetteerBuilder::new().extend_from(&loaded).and_then(GazetteerBuilder::build);
                if let Ok(merged) = merged {
                    assert!(Gazetteer::from_bytes(merged.as_bytes().to_vec()).is_ok(), "byte {at}");
                }
            }
        }
    }

    #[test]
    fn damage_is_noticed() {
        let data = sample().as_bytes().to_vec();
        for at in 0..data.len() {
            let mut bad = data.clone();
            bad[at] = bad[at].wrapping_add(1);
            assert!(Gazetteer::from_bytes(bad).is_err(), "byte {at}");
        }
        assert!(Gazetteer::from_bytes(data).is_ok());
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        let error =
            |table: &str| GazetteerBuilder::new().extend_from_tsv("t.tsv", table.as_bytes()).unwrap_err().to_string();
        assert_eq!(
            error("name\tlabel\tflags\n\n# x\nهەولێر\tLOC\tbig\n"),
            "t.tsv, line 4: `big` in column `flags` is neither ambiguous nor short"
        );
        assert_eq!(error("name\tlabel\n\tLOC\n"), "t.tsv, line 2: `` in column `name` is empty");
        assert_eq!(error("name\nx\n"), "t.tsv, line 1: the header has no column `label`");
    }
}
