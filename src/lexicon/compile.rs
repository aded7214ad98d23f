//! From tables to an automaton.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;

use super::{
    LAST, Lexicon, LexiconError, POSTVERB, PartOfSpeech, RECORD, SLOT_PART, SLOT_PARTS, SLOT_SIMPLE, SLOT_STEM,
};
use crate::artefact::{self, FormatError, Kind};
use crate::key;
use crate::morph::StemForms;
use crate::table::{Row, TableError, check_rows, read_rows};

/// The longest form or lemma, in bytes.
const MAX_LEN: usize = 255;

/// Columns that a table of words needs.
const WORDS: [&str; 2] = ["lemma", "pos"];
/// Columns that a table of verbs needs.
const VERBS: [&str; 8] =
    ["lemma", "parts", "past", "present", "passive_past", "passive_present", "postverb", "transitivity"];
/// Columns that a table of compounds needs.
const LIGHT_VERBS: [&str; 4] = ["element", "verb", "postverb", "transitivity"];

/// One entry to be: the key is ordered first, so that entries of one form stand together.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Draft {
    key: Vec<u8>,
    lemma: String,
    pos: PartOfSpeech,
    class: String,
    postverb: bool,
    features: String,
}

/// A verb as its table gives it.
#[derive(Clone, Debug)]
struct Verb {
    lemma: String,
    parts: Vec<String>,
    past: Vec<String>,
    present: Vec<String>,
    passive_past: Vec<String>,
    passive_present: Vec<String>,
    postverb: bool,
    transitive: bool,
}

/// Builds a [`Lexicon`] from words and tables.
///
/// The order of insertion does not matter: the same entries give the same bytes, on every platform. Building takes time
/// and memory in proportion to the entries.
///
/// ```
/// use sorani::{LexiconBuilder, PartOfSpeech};
///
/// let table = "lemma\tpos\nکتێب\tNOUN\nگەورە\tADJ\n";
/// let lexicon = LexiconBuilder::new()
///     .insert("هەولێر", PartOfSpeech::ProperNoun)?
///     .extend_from_tsv("words.tsv", table.as_bytes())?
///     .build()?;
/// assert!(["هەولێر", "کتێب", "گەورە"].iter().all(|word| lexicon.contains(word)));
/// # Ok::<(), sorani::LexiconError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct LexiconBuilder {
    drafts: Vec<Draft>,
    simple_verbs: HashMap<String, Verb>,
}

impl LexiconBuilder {
    /// An empty lexicon.
    ///
    /// ```
    /// assert!(sorani::LexiconBuilder::new().build()?.is_empty());
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a word that is inflected as its part of speech is. The word is to be in normalized spelling.
    ///
    /// # Errors
    ///
    /// [`LexiconError::Word`] where the word is empty, longer than 255 bytes or holds a control character.
    ///
    /// ```
    /// use sorani::{LexiconBuilder, PartOfSpeech};
    /// assert!(LexiconBuilder::new().insert("", PartOfSpeech::Noun).is_err());
    /// ```
    pub fn insert(mut self, word: &str, pos: PartOfSpeech) -> Result<Self, LexiconError> {
        self.add(word, word, pos, "", "").map_err(|problem| LexiconError::Word { word: word.to_owned(), problem })?;
        Ok(self)
    }

    /// Adds the words of a table; `name` stands for it in errors.
    ///
    /// Columns: `lemma` and `pos` (a tag of Universal Dependencies); as wanted `form` (where it differs from the
    /// lemma), `variants` (other spellings, parted by `;`), `class` (the state of `data/morph/states.tsv` in which its
    /// inflection begins) and `features` (tags of an irregular form). Other columns are passed over, and so are
    /// comments and empty lines.
    ///
    /// # Errors
    ///
    /// [`LexiconError::Table`] with the line, the column and the value.
    ///
    /// ```
    /// use sorani::LexiconBuilder;
    /// let table = "lemma\tpos\tvariants\nڕێککەوتن\tNOUN\tڕێکەوتن\n";
    /// let lexicon = LexiconBuilder::new().extend_from_tsv("words.tsv", table.as_bytes())?.build()?;
    /// assert_eq!(lexicon.lookup("ڕێکەوتن").next().map(|entry| entry.lemma()), Some("ڕێککەوتن"));
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn extend_from_tsv(mut self, name: &str, reader: impl BufRead) -> Result<Self, LexiconError> {
        read_rows(name, reader, &WORDS, |row, errors| self.add_word(row, errors))?;
        Ok(self)
    }

    /// All that is wrong with a table of words, in the order of its lines; nothing is added. What
    /// [`extend_from_tsv`](Self::extend_from_tsv) takes has no errors, and the first error is the one it gives.
    ///
    /// Reads on after a bad row, so that a list can be mended in one go; where the header is wrong or the reader fails,
    /// that is the last error. Memory is bounded by the longest line and the errors.
    ///
    /// ```
    /// use sorani::LexiconBuilder;
    /// let table = "lemma\tpos\nکتێب\tNOMEN\nشار\nگەورە\tADJ\n\tNOUN\n";
    /// let errors = LexiconBuilder::new().check_tsv("words.tsv", table.as_bytes());
    /// let messages: Vec<_> = errors.iter().map(|error| error.to_string()).collect();
    /// assert_eq!(messages, [
    ///     "words.tsv, line 2: `NOMEN` in column `pos` is not a part of speech",
    ///     "words.tsv, line 3: 1 fields where the header has 2",
    ///     "words.tsv, line 5: `` in column `lemma` is empty",
    /// ]);
    /// ```
    pub fn check_tsv(&self, name: &str, reader: impl BufRead) -> Vec<TableError> {
        let mut scratch = Self::new();
        check_rows(name, reader, &WORDS, |row, errors| {
            scratch.add_word(row, errors);
            scratch.drafts.clear();
        })
    }

    /// Adds the verbs of a table; `name` stands for it in errors.
    ///
    /// Columns: `lemma` (the infinitive), `parts` (preverbs and complements, parted by spaces; a clitic pronoun goes behind the
    /// first), `past` and
    /// `present` (stems without the parts), `passive_past` and `passive_present`, `postverb` (ەوە or nothing),
    /// `transitivity` (`t` or `i`). Several stems are parted by `;`.
    ///
    /// # Errors
    ///
    /// [`LexiconError::Table`] with the line, the column and the value.
    ///
    /// ```
    /// use sorani::LexiconBuilder;
    /// let table = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n\
    ///              گەڕانەوە\t\tگەڕا\tگەڕێ\t\t\tەوە\ti\n";
    /// let lexicon = LexiconBuilder::new().extend_verbs_from_tsv("verbs.tsv", table.as_bytes())?.build()?;
    /// assert!(!lexicon.is_empty());
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn extend_verbs_from_tsv(mut self, name: &str, reader: impl BufRead) -> Result<Self, LexiconError> {
        read_rows(name, reader, &VERBS, |row, errors| self.add_verb_row(row, errors))?;
        Ok(self)
    }

    /// All that is wrong with a table of verbs, as [`check_tsv`](Self::check_tsv) tells it of one of words.
    ///
    /// ```
    /// use sorani::LexiconBuilder;
    /// let table = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n\
    ///              گەڕان\t\t\tگەڕێ\t\t\tوە\ti\n";
    /// let errors = LexiconBuilder::new().check_verbs_tsv("verbs.tsv", table.as_bytes());
    /// assert_eq!(errors.len(), 2); // no past stem, and another postverb than ەوە
    /// ```
    pub fn check_verbs_tsv(&self, name: &str, reader: impl BufRead) -> Vec<TableError> {
        let mut scratch = Self::new();
        check_rows(name, reader, &VERBS, |row, errors| {
            scratch.add_verb_row(row, errors);
            scratch.drafts.clear();
            scratch.simple_verbs.clear();
        })
    }

    /// Adds compounds of a noun or adjective and a verb that was added before; `name` stands for the table in errors.
    ///
    /// Columns: `element`, `verb` (an infinitive), `postverb` (ەوە or nothing), `transitivity` (`t` or `i`). The lemma is
    /// what they are together.
    ///
    /// # Errors
    ///
    /// [`LexiconError::Table`] with the line, the column and the value; also where the verb was not added before.
    ///
    /// ```
    /// use sorani::LexiconBuilder;
    /// let table = "element\tverb\tpostverb\ttransitivity\nبڵاو\tکردن\tەوە\tt\n";
    /// let error = LexiconBuilder::new().extend_light_verbs_from_tsv("light.tsv", table.as_bytes()).unwrap_err();
    /// assert_eq!(error.to_string(), "light.tsv, line 2: `کردن` in column `verb` is not among the verbs without parts");
    /// ```
    pub fn extend_light_verbs_from_tsv(mut self, name: &str, reader: impl BufRead) -> Result<Self, LexiconError> {
        read_rows(name, reader, &LIGHT_VERBS, |row, errors| self.add_light_verb(row, errors))?;
        Ok(self)
    }

    /// All that is wrong with a table of compounds, as [`check_tsv`](Self::check_tsv) tells it of one of words; the verbs
    /// are looked for among those added before.
    ///
    /// ```
    /// use sorani::LexiconBuilder;
    /// let table = "element\tverb\tpostverb\ttransitivity\nبڵاو\tکردن\tەوە\tx\n";
    /// let errors = LexiconBuilder::new().check_light_verbs_tsv("light.tsv", table.as_bytes());
    /// assert_eq!(errors.len(), 2); // an unknown verb, and neither t nor i
    /// ```
    pub fn check_light_verbs_tsv(&self, name: &str, reader: impl BufRead) -> Vec<TableError> {
        let mut scratch = Self { drafts: Vec::new(), simple_verbs: self.simple_verbs.clone() };
        check_rows(name, reader, &LIGHT_VERBS, |row, errors| {
            scratch.add_light_verb(row, errors);
            scratch.drafts.clear();
        })
    }

    /// Adds the word of a row and its variants, or reports all that is wrong with them.
    fn add_word(&mut self, row: &Row, errors: &mut Vec<TableError>) {
        let pos = row.get("pos").parse().unwrap_or_else(|_| {
            errors.push(row.bad("pos", "is not a part of speech"));
            PartOfSpeech::Noun
        });
        let lemma = row.get("lemma");
        let form = Some(row.get("form")).filter(|form| !form.is_empty()).unwrap_or(lemma);
        let (class, features) = (row.get("class"), row.get("features"));
        if let Err(problem) = self.add(form, lemma, pos, class, features) {
            errors.push(row.bad("lemma", problem));
        }
        for variant in row.list("variants") {
            if let Err(problem) = self.add(variant, lemma, pos, class, features) {
                errors.push(row.bad_value("variants", variant, problem));
            }
        }
    }

    /// Adds the verb of a row, or reports all that is wrong with it.
    fn add_verb_row(&mut self, row: &Row, errors: &mut Vec<TableError>) {
        let stems = |column: &str| row.list(column).map(str::to_owned).collect::<Vec<_>>();
        let verb = Verb {
            lemma: row.get("lemma").to_owned(),
            parts: row.get("parts").split(' ').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            past: stems("past"),
            present: stems("present"),
            passive_past: stems("passive_past"),
            passive_present: stems("passive_present"),
            postverb: is_postverb(row, errors),
            transitive: is_transitive(row, errors),
        };
        if verb.past.is_empty() {
            errors.push(row.bad("past", "is not a stem: every verb has a past stem"));
        }
        // The slots of a verb are control characters: in a part they would be taken for slots.
        if row.get("parts").contains(char::is_control) {
            errors.push(row.bad("parts", "holds a control character"));
        }
        if row.get("parts").len() > MAX_LEN {
            errors.push(row.bad("parts", "is longer than 255 bytes"));
        }
        if let Err(problem) = self.add_verb(&verb) {
            errors.push(row.bad("lemma", problem));
        }
        if verb.parts.is_empty() && !verb.postverb {
            self.simple_verbs.insert(verb.lemma.clone(), verb);
        }
    }

    /// Adds the compound of a row, or reports all that is wrong with it.
    fn add_light_verb(&mut self, row: &Row, errors: &mut Vec<TableError>) {
        let base = self.simple_verbs.get(row.get("verb"));
        if base.is_none() {
            errors.push(row.bad("verb", "is not among the verbs without parts"));
        }
        let (postverb, transitive) = (is_postverb(row, errors), is_transitive(row, errors));
        let element = row.get("element");
        let Some(base) = base else { return };
        let verb = Verb {
            lemma: format!("{element}{}{}", base.lemma, if postverb { "ەوە" } else { "" }),
            parts: vec![element.replace(' ', "")],
            postverb,
            transitive,
            ..base.clone()
        };
        if let Err(problem) = self.add_verb(&verb) {
            errors.push(row.bad("element", problem));
        }
    }

    fn add(
        &mut self,
        form: &str,
        lemma: &str,
        pos: PartOfSpeech,
        class: &str,
        features: &str,
    ) -> Result<(), &'static str> {
        let class = if class.is_empty() { StemForms::embedded().start(pos) } else { class };
        self.push("", form, lemma, pos, class, false, features)?;
        // Stems that change before some endings, as nouns in ە do before the plural.
        if class == StemForms::embedded().start(pos) {
            for (changed, to) in StemForms::embedded().changed(pos.as_str(), form) {
                self.push("", &changed, lemma, pos, to, false, features)?;
            }
        }
        Ok(())
    }

    fn add_verb(&mut self, verb: &Verb) -> Result<(), &'static str> {
        let slot = |slot: u8| char::from(slot).to_string();
        let before = match verb.parts.as_slice() {
            [] => slot(SLOT_SIMPLE),
            [part] => format!("{part}{}", slot(SLOT_PART)),
            [first, rest @ ..] => format!("{first}{}{}{}", slot(SLOT_PARTS), rest.concat(), slot(SLOT_STEM)),
        };
        let past = if verb.transitive { "PST.T" } else { "PST.I" };
        let kinds =
            [(past, &verb.past), ("PRS", &verb.present), ("PSP", &verb.passive_past), ("PPR", &verb.passive_present)];
        for (class, stems) in kinds {
            for stem in stems {
                // The present of هاتن stands alone: د and not دە goes before it.
                let class = if class == "PRS" && stem == "ێ" { "PRS.H" } else { class };
                self.push(&before, stem, &verb.lemma, PartOfSpeech::Verb, class, verb.postverb, "")?;
                if class == "PRS.H" {
                    self.push(&before, "یە", &verb.lemma, PartOfSpeech::Verb, "PRS.Y", verb.postverb, "")?;
                }
                for (changed, to) in StemForms::embedded().changed(class, stem) {
                    self.push(&before, &changed, &verb.lemma, PartOfSpeech::Verb, to, verb.postverb, "")?;
                }
            }
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of one entry")]
    fn push(
        &mut self,
        before: &str,
        form: &str,
        lemma: &str,
        pos: PartOfSpeech,
        class: &str,
        postverb: bool,
        features: &str,
    ) -> Result<(), &'static str> {
        if form.is_empty() || lemma.is_empty() {
            return Err("is empty");
        }
        if form.len() > MAX_LEN || lemma.len() > MAX_LEN {
            return Err("is longer than 255 bytes");
        }
        if form.chars().chain(lemma.chars()).any(char::is_control) {
            return Err("holds a control character");
        }
        let mut key = key::encode(before);
        key::encode_into(form, &mut key);
        self.drafts.push(Draft {
            key,
            lemma: lemma.to_owned(),
            pos,
            class: class.to_owned(),
            postverb,
            features: features.to_owned(),
        });
        Ok(())
    }

    /// Compiles the lexicon.
    ///
    /// # Errors
    ///
    /// [`LexiconError::Format`] where it would outgrow the format: more than 255 classes, or 4 GiB of text.
    ///
    /// ```
    /// use sorani::{LexiconBuilder, PartOfSpeech};
    /// let lexicon = LexiconBuilder::new().insert("کتێب", PartOfSpeech::Noun)?.build()?;
    /// assert!(lexicon.contains("کتێب"));
    /// # Ok::<(), sorani::LexiconError>(())
    /// ```
    pub fn build(mut self) -> Result<Lexicon<Vec<u8>>, LexiconError> {
        self.drafts.sort_unstable();
        self.drafts.dedup();
        let names = |of: fn(&Draft) -> &str| {
            let set: std::collections::BTreeSet<&str> =
                self.drafts.iter().map(of).filter(|name| !name.is_empty()).collect();
            set.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let (classes, features) = (names(|draft| &draft.class), names(|draft| &draft.features));
        let index = |names: &[String], name: &str| names.iter().position(|known| known == name);
        if classes.len() > usize::from(u8::MAX) || features.len() >= usize::from(u16::MAX) {
            return Err(FormatError::Length.into());
        }

        let mut pool = Vec::new();
        let mut lemmas: BTreeMap<&str, u32> = BTreeMap::new();
        for draft in &self.drafts {
            if !lemmas.contains_key(draft.lemma.as_str()) {
                lemmas.insert(&draft.lemma, u32::try_from(pool.len()).map_err(|_| FormatError::Length)?);
                pool.extend_from_slice(draft.lemma.as_bytes());
            }
        }

        let mut records = Vec::with_capacity(self.drafts.len() * RECORD);
        let mut automaton = fst::raw::Builder::memory();
        for group in self.drafts.chunk_by(|a, b| a.key == b.key) {
            if let Some(first) = group.first() {
                let value = (records.len() / RECORD) as u64;
                automaton.insert(&first.key, value).map_err(|_| FormatError::Automaton)?;
            }
            for (at, draft) in group.iter().enumerate() {
                let lemma = lemmas.get(draft.lemma.as_str()).copied().unwrap_or_default();
                let class = index(&classes, &draft.class).and_then(|at| u8::try_from(at).ok());
                let feature = index(&features, &draft.features).and_then(|at| u16::try_from(at + 1).ok());
                let last = if at + 1 == group.len() { LAST } else { 0 };
                records.extend_from_slice(&lemma.to_le_bytes());
                records.push(u8::try_from(draft.lemma.len()).map_err(|_| FormatError::Length)?);
                records.push(draft.pos.code());
                records.push(class.ok_or(FormatError::Length)?);
                records.push(last | if draft.postverb { POSTVERB } else { 0 });
                records.extend_from_slice(&feature.unwrap_or(0).to_le_bytes());
            }
        }
        let automaton = automaton.into_inner().map_err(|_| FormatError::Automaton)?;
        let lines = |names: &[String]| names.iter().flat_map(|name| [name.as_str(), "\n"]).collect::<String>();
        let (classes, features) = (lines(&classes), lines(&features));
        let sections: [&[u8]; 5] = [&automaton, &records, &pool, classes.as_bytes(), features.as_bytes()];
        Lexicon::from_bytes(artefact::write(Kind::Lexicon, &sections))
    }
}

fn is_postverb(row: &Row, errors: &mut Vec<TableError>) -> bool {
    let postverb = row.get("postverb");
    if !["", "ەوە"].contains(&postverb) {
        errors.push(row.bad("postverb", "is neither ەوە nor empty"));
    }
    !postverb.is_empty()
}

fn is_transitive(row: &Row, errors: &mut Vec<TableError>) -> bool {
    let transitivity = row.get("transitivity");
    if !["t", "i"].contains(&transitivity) {
        errors.push(row.bad("transitivity", "is neither t nor i"));
    }
    transitivity == "t"
}
