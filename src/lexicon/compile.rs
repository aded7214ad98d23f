//! From tables to an automaton.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;

use super::{
    LAST, Lexicon, LexiconError, POSTVERB, PartOfSpeech, RECORD, SLOT_PART, SLOT_PARTS, SLOT_SIMPLE, SLOT_STEM,
};
use crate::artefact::{self, FormatError, Kind};
use crate::key;
use crate::morph::StemForms;
use crate::table::{Row, TableReader};

/// The longest form or lemma, in bytes.
const MAX_LEN: usize = 255;

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
        for row in TableReader::new(name, reader, &["lemma", "pos"])? {
            let row = row?;
            let pos = row.get("pos").parse().map_err(|_| row.bad("pos", "is not a part of speech"))?;
            let lemma = row.get("lemma");
            let form = Some(row.get("form")).filter(|form| !form.is_empty()).unwrap_or(lemma);
            let (class, features) = (row.get("class"), row.get("features"));
            self.add(form, lemma, pos, class, features).map_err(|problem| row.bad("lemma", problem))?;
            for variant in row.list("variants") {
                let added = self.add(variant, lemma, pos, class, features);
                added.map_err(|problem| row.bad_value("variants", variant, problem))?;
            }
        }
        Ok(self)
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
        let columns =
            ["lemma", "parts", "past", "present", "passive_past", "passive_present", "postverb", "transitivity"];
        for row in TableReader::new(name, reader, &columns)? {
            let row = row?;
            let stems = |column: &str| row.list(column).map(str::to_owned).collect::<Vec<_>>();
            let verb = Verb {
                lemma: row.get("lemma").to_owned(),
                parts: row.get("parts").split(' ').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
                past: stems("past"),
                present: stems("present"),
                passive_past: stems("passive_past"),
                passive_present: stems("passive_present"),
                postverb: is_postverb(&row)?,
                transitive: is_transitive(&row)?,
            };
            if verb.past.is_empty() {
                return Err(row.bad("past", "is not a stem: every verb has a past stem").into());
            }
            self.add_verb(&verb).map_err(|problem| row.bad("lemma", problem))?;
            if verb.parts.is_empty() && !verb.postverb {
                self.simple_verbs.insert(verb.lemma.clone(), verb);
            }
        }
        Ok(self)
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
        for row in TableReader::new(name, reader, &["element", "verb", "postverb", "transitivity"])? {
            let row = row?;
            let Some(base) = self.simple_verbs.get(row.get("verb")) else {
                return Err(row.bad("verb", "is not among the verbs without parts").into());
            };
            let element = row.get("element");
            let postverb = is_postverb(&row)?;
            let verb = Verb {
                lemma: format!("{element}{}{}", base.lemma, if postverb { "ەوە" } else { "" }),
                parts: vec![element.replace(' ', "")],
                postverb,
                transitive: is_transitive(&row)?,
                ..base.clone()
            };
            self.add_verb(&verb).map_err(|problem| row.bad("element", problem))?;
        }
        Ok(self)
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
        // The slots of a verb are control characters themselves.
        if verb.parts.iter().flat_map(|part| part.chars()).any(char::is_control) {
            return Err("has parts with a control character");
        }
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
        // What is before the stem is the parts of a verb, with a slot or two.
        if before.len() > MAX_LEN + 2 {
            return Err("has parts longer than 255 bytes");
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

fn is_postverb(row: &Row) -> Result<bool, LexiconError> {
    match row.get("postverb") {
        "" => Ok(false),
        "ەوە" => Ok(true),
        _ => Err(row.bad("postverb", "is neither ەوە nor empty").into()),
    }
}

fn is_transitive(row: &Row) -> Result<bool, LexiconError> {
    match row.get("transitivity") {
        "t" => Ok(true),
        "i" => Ok(false),
        _ => Err(row.bad("transitivity", "is neither t nor i").into()),
    }
}
