//! The features of UniMorph that the tags of a word add up to.

use std::collections::HashMap;

use once_cell::sync::Lazy;

use crate::embedded;
use crate::lexicon::PartOfSpeech;
use crate::table::{Row, TableError, TableReader};

/// What says who acts in a form of a verb.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Agreement {
    /// A pronoun, in the word or on another.
    Pronoun,
    /// The ending; a past without one is the third person.
    Ending,
    /// It is no verb, or nobody knows.
    Unknown,
}

/// A feature; its place in the table is its place in a bundle.
#[derive(Debug)]
struct Feature {
    name: String,
    dimension: String,
    /// Whether a word may have several of the dimension.
    several: bool,
    /// How the lemma of a verb ends that has it by its form.
    lemmas: Vec<String>,
}

/// What a tag comes to beside others.
#[derive(Debug)]
struct Rule {
    tag: String,
    pos: String,
    agrees: Option<Agreement>,
    with: Vec<String>,
    without: Vec<String>,
    value: String,
}

impl Rule {
    fn fits(&self, tag: &str, pos: &str, agreement: Agreement, tags: &[&str]) -> bool {
        let holds = |pattern: &String| tags.iter().any(|tag| is_like(tag, pattern));
        is_like(tag, &self.tag)
            && self.pos == pos
            && self.agrees.is_none_or(|agrees| agrees == agreement)
            && (self.with.is_empty() || self.with.iter().any(holds))
            && !self.without.iter().any(holds)
    }
}

/// `data/morph/unimorph.tsv`, `data/morph/unimorph_rules.tsv` and the column of `data/morph/tags.tsv`.
#[derive(Debug, Default)]
pub(super) struct UniMorph {
    features: Vec<Feature>,
    parts_of_speech: HashMap<PartOfSpeech, usize>,
    tags: HashMap<String, String>,
    rules: Vec<Rule>,
}

static EMBEDDED: Lazy<UniMorph> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded tables are read by a test")]
    UniMorph::read().expect("the embedded tables of UniMorph are well formed")
});

impl UniMorph {
    /// The tables that come with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let rows = |name, text: &str, columns: &[&str]| -> Result<Vec<Row>, TableError> {
            TableReader::new(name, text.as_bytes(), columns)?.collect()
        };
        let flag = |row: &Row, column| match row.get(column) {
            "y" => Ok(true),
            "n" => Ok(false),
            _ => Err(row.bad(column, "is neither y nor n")),
        };
        let mut this = Self::default();
        let columns = ["feature", "dimension", "several", "ud", "lemma"];
        for row in rows("unimorph.tsv", embedded::MORPH_UNIMORPH, &columns)? {
            for pos in row.list("ud") {
                let known = pos.parse().map_err(|_| row.bad_value("ud", pos, "is not a part of speech"))?;
                this.parts_of_speech.insert(known, this.features.len());
            }
            this.features.push(Feature {
                name: row.get("feature").to_owned(),
                dimension: row.get("dimension").to_owned(),
                several: flag(&row, "several")?,
                lemmas: row.list("lemma").map(str::to_owned).collect(),
            });
        }
        for row in rows("tags.tsv", embedded::MORPH_TAGS, &["tag", "unimorph"])? {
            if let Some(feature) = row.list("unimorph").find(|feature| this.feature(feature).is_none()) {
                return Err(row.bad_value("unimorph", feature, "is not a feature of unimorph.tsv"));
            }
            this.tags.insert(row.get("tag").to_owned(), row.get("unimorph").to_owned());
        }
        let columns = ["tag", "pos", "agrees", "with", "without", "value"];
        for row in rows("unimorph_rules.tsv", embedded::MORPH_UNIMORPH_RULES, &columns)? {
            let agrees = match row.get("agrees") {
                "*" => None,
                "pronoun" => Some(Agreement::Pronoun),
                "ending" => Some(Agreement::Ending),
                _ => return Err(row.bad("agrees", "is none of *, pronoun, ending")),
            };
            if this.feature(row.get("pos")).is_none() {
                return Err(row.bad("pos", "is not a feature of unimorph.tsv"));
            }
            for column in ["tag", "with", "without"] {
                let unknown = row.list(column).find(|pattern| !this.tags.keys().any(|tag| is_like(tag, pattern)));
                if let Some(pattern) = unknown {
                    return Err(row.bad_value(column, pattern, "is no tag of tags.tsv"));
                }
            }
            let list = |column| row.list(column).map(str::to_owned).collect();
            this.rules.push(Rule {
                tag: row.get("tag").to_owned(),
                pos: row.get("pos").to_owned(),
                agrees,
                with: list("with"),
                without: list("without"),
                value: row.get("value").to_owned(),
            });
        }
        Ok(this)
    }

    fn feature(&self, name: &str) -> Option<usize> {
        self.features.iter().position(|feature| feature.name == name)
    }

    /// The bundle of a word with these tags.
    pub(super) fn bundle(&self, pos: PartOfSpeech, tags: &str, agreement: Agreement, lemma: &str) -> String {
        let tags: Vec<&str> = tags.split([' ', '+']).filter(|tag| !tag.is_empty()).collect();
        let mut found: Vec<usize> = Vec::with_capacity(8);
        self.parts_of_speech.get(&pos).iter().for_each(|&&at| self.add(at, &mut found));
        let plain = || tags.iter().filter_map(|tag| self.tags.get(*tag)).flat_map(|value| value.split(';'));
        // An infinitive and a participle are parts of speech by their endings, which the rules have to know.
        let by_ending = plain().filter_map(|name| self.feature(name)).filter(|&at| self.is_part_of_speech(at));
        by_ending.for_each(|at| self.add(at, &mut found));
        let pos = found.first().and_then(|&at| self.features.get(at)).map_or("", |feature| feature.name.as_str());
        for tag in &tags {
            let rule = self.rules.iter().find(|rule| rule.fits(tag, pos, agreement, &tags));
            let value = match rule {
                Some(rule) => filled(&rule.value, tag),
                None => self.tags.get(*tag).cloned().unwrap_or_default(),
            };
            value.split(';').filter_map(|name| self.feature(name)).for_each(|at| self.add(at, &mut found));
        }
        if pos == "V" {
            for (at, feature) in self.features.iter().enumerate() {
                if feature.lemmas.iter().any(|ending| lemma.ends_with(ending.as_str())) {
                    self.add(at, &mut found);
                }
            }
        }
        found.sort_unstable();
        let names = found.iter().filter_map(|&at| self.features.get(at)).map(|feature| feature.name.as_str());
        names.collect::<Vec<_>>().join(";")
    }

    fn is_part_of_speech(&self, at: usize) -> bool {
        self.features.get(at).zip(self.features.first()).is_some_and(|(a, first)| a.dimension == first.dimension)
    }

    /// Adds a feature, in place of another of its dimension unless there may be several.
    fn add(&self, at: usize, found: &mut Vec<usize>) {
        let Some(feature) = self.features.get(at) else { return };
        let dimension = |at: &usize| self.features.get(*at).map(|feature| feature.dimension.as_str());
        found.retain(|other| *other != at && (feature.several || dimension(other) != Some(feature.dimension.as_str())));
        found.push(at);
    }
}

/// Whether a tag is the one that the pattern names, or begins as one that ends in `*`.
pub(super) fn is_like(tag: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(tag == pattern, |start| tag.starts_with(start))
}

/// `value` with what `tag` says of a person in it.
fn filled(value: &str, tag: &str) -> String {
    let who = tag.rsplit('.').next().unwrap_or_default();
    let (person, number) = who.split_at_checked(1).unwrap_or_default();
    let both = format!("{person}{}", number.get(..1).unwrap_or_default());
    value.replace("{person}", person).replace("{number}", number).replace("{both}", &both)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(pos: PartOfSpeech, tags: &str, agreement: Agreement) -> String {
        UniMorph::read().unwrap().bundle(pos, tags, agreement, "")
    }

    #[test]
    fn every_value_of_the_rules_is_a_feature() {
        let tables = UniMorph::read().unwrap();
        for rule in &tables.rules {
            let tags: Vec<&String> = tables.tags.keys().filter(|tag| is_like(tag, &rule.tag)).collect();
            for tag in tags {
                let value = filled(&rule.value, tag);
                let unknown: Vec<&str> = value.split(';').filter(|name| tables.feature(name).is_none()).collect();
                assert!(value.is_empty() || unknown.is_empty(), "{tag}: {unknown:?}");
            }
        }
    }

    #[test]
    fn every_part_of_speech_has_one() {
        let tables = UniMorph::read().unwrap();
        for code in (0..).map_while(PartOfSpeech::from_code) {
            assert!(tables.parts_of_speech.contains_key(&code), "{code}");
        }
    }

    #[test]
    fn a_later_tag_decides_and_nothing_stands_there_twice() {
        use PartOfSpeech::{Noun, Verb};
        assert_eq!(bundle(Verb, "PST PRF AGR.3SG", Agreement::Ending), "V;PRS;PRF;3;SG");
        assert_eq!(bundle(Noun, "PL PL.GEL EZ", Agreement::Unknown), "N;PL;LGSPEC1");
        assert_eq!(bundle(Noun, "PM.1SG PM.3SG", Agreement::Unknown), "N;PSS1S;PSS3S");
    }

    #[test]
    fn who_acts_is_said_by_a_pronoun_or_an_ending() {
        use PartOfSpeech::{Adposition, Noun, Verb};
        for (pos, tags, agreement, expected) in [
            (Verb, "PST", Agreement::Ending, "V;PST;3;SG"),
            (Verb, "PST", Agreement::Pronoun, "V;PST"),
            (Verb, "PST PM.1PL", Agreement::Pronoun, "V;PST;1;PL"),
            (Verb, "PST PM.1SG AGR.3PL", Agreement::Pronoun, "V;PST;1;SG;ARGAB3P"),
            (Verb, "PST PRF PM.2SG AGR.3SG", Agreement::Pronoun, "V;PRS;PRF;2;SG"),
            (Verb, "PST AGR.1SG", Agreement::Pronoun, "V;PST;1;SG"),
            (Verb, "IPFV PM.3SG PRS AGR.1SG", Agreement::Ending, "V;PRS;IND;1;SG;ARGAC3S"),
            (Verb, "IPFV PST AGR.1SG", Agreement::Ending, "V;PST;IPFV;1;SG"),
            (Noun, "PST INF PM.3SG", Agreement::Ending, "V.MSDR;PSS3S"),
            (Noun, "DEF.PL PM.3PL", Agreement::Unknown, "N;DEF;PL;PSS3P"),
            (Adposition, "PM.1SG", Agreement::Unknown, "ADP;1;SG"),
        ] {
            assert_eq!(bundle(pos, tags, agreement), expected, "{tags}");
        }
    }
}
