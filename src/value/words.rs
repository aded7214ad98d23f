//! The words that values are made of: the tables under `data/value`.

use std::collections::{HashMap, HashSet};

use once_cell::sync::Lazy;

use super::amount::Amount;
use super::calendars::{Calendar, Era};
use crate::embedded;
use crate::letters::{digit_value, is_joiner};
use crate::table::{Row, TableError, TableReader};

/// The longest entry, in words.
pub(super) const MAX_WORDS: usize = 3;

/// A stretch of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }

    /// Its code in UCUM; what has none in braces.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Second => "s",
            Self::Minute => "min",
            Self::Hour => "h",
            Self::Day => "d",
            Self::Week => "wk",
            Self::Month => "mo",
            Self::Year => "a",
            Self::Decade => "{decade}",
            Self::Century => "{century}",
            Self::Millennium => "{millennium}",
        }
    }
}

/// A small word that holds values together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Small {
    /// ئەم, this.
    This,
    /// هەمان, the same.
    Same,
    /// لە, in.
    In,
    And,
    /// تا, up to.
    To,
    /// لەسەر, over: of fractions.
    Over,
    /// پێش, before.
    Before,
    /// لەمەوبەر, ago.
    Ago,
    /// کۆتایی, the end: of a month.
    Part,
    /// بەرواری, on the date of.
    On,
}

/// A numeral.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the table of its own")]
pub(super) struct NumeralEntry {
    pub(super) amount: Amount,
    /// With an ending written on to it, the word is no number by itself.
    pub(super) bare: bool,
    /// No preposition is looked for at its beginning.
    fused: bool,
    /// It is a number by itself only where a word follows.
    pub(super) followed: bool,
    /// It is never the fraction at the end of a number.
    pub(super) alone: bool,
    /// Words beside which it is no number by itself.
    pub(super) not_after: Vec<String>,
    pub(super) not_before: Vec<String>,
}

/// What a word means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Sense {
    Number(NumeralEntry),
    Month {
        calendar: Calendar,
        number: u8,
        ambiguous: bool,
    },
    /// 1 is Monday.
    Weekday {
        number: u8,
        ambiguous: bool,
    },
    /// 1 is spring.
    Season(u8),
    Time(Unit),
    /// The plural that stands before several years.
    Years,
    /// ڕابردوو is -1, داهاتوو is 1.
    Relative(i8),
    /// ئەمڕۆ is a day 0 from now.
    Deictic(Unit, i8),
    /// The hours, of 24, between which an hour of twelve is read.
    DayPart(u8, u8),
    Era(Era),
    Small(Small),
    /// A unit of measure by its code.
    Measure(String),
    /// A currency by its code.
    Currency(String),
    /// What makes the number behind it, or before it, a percentage.
    Percent {
        before: bool,
        after: bool,
    },
}

/// What is written on to the end of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    None,
    /// The ezafe.
    Link,
    Case,
    Definite,
    Indefinite,
    /// The end of what ئەم begins.
    This,
    Plural,
    PluralLink,
    /// Letters behind digits that are no ending.
    Other,
}

impl Ending {
    /// Whether what follows may belong to the word: an ezafe may be missing or lie in the last letter.
    pub(super) const fn goes_on(self) -> bool {
        matches!(self, Self::None | Self::Link)
    }
}

/// One way to read a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) sense: &'static Sense,
    /// The letters of the ending, joiners not counted.
    pub(super) ending_len: usize,
    pub(super) ending: Ending,
    /// Whether the ending makes it an ordinal; the letters of what stands behind that.
    pub(super) ordinal: Option<usize>,
}

/// What the word in front of an ending ends in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum After {
    Consonant,
    Vowel,
    Any,
}

impl After {
    fn fits(self, word: &str) -> bool {
        match word.chars().next_back() {
            // Glides in one word and vowels in the other.
            Some('و' | 'ی') => true,
            Some('ا' | 'ە' | 'ۆ' | 'ێ') => self != Self::Consonant,
            _ => self != Self::Vowel,
        }
    }
}

#[derive(Debug)]
struct Entry {
    key: String,
    sense: Sense,
}

/// All words by their folded spelling.
#[derive(Debug)]
pub(super) struct Words {
    entries: Vec<Entry>,
    /// Entries of one word by their first two letters.
    by_head: HashMap<[char; 2], Vec<usize>>,
    /// Entries of several words by the first of them.
    by_first: HashMap<String, Vec<usize>>,
    /// The first two letters of these.
    first_heads: HashSet<[char; 2]>,
    endings: HashMap<String, Vec<(Ending, After)>>,
    /// Endings of ordinals, each with all that may stand behind it, and the letters of that.
    ordinals: HashMap<String, usize>,
}

static EMBEDDED: Lazy<Words> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded tables are read by a test")]
    Words::read().expect("the embedded tables of values are well formed")
});

/// The spelling by which words are compared: digits in ASCII, ر for ڕ, و for وو, no joiners.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_joiner(c)) {
        match digit_value(c) {
            Some(digit) => out.push(char::from(b'0' + digit)),
            None if c == 'ڕ' => out.push('ر'),
            None if c == 'و' && out.ends_with('و') => {}
            None => out.push(c),
        }
    }
    out
}

/// The head of the folded word, without folding all of it.
fn folded_head(word: &str) -> Option<[char; 2]> {
    let mut letters = word.chars().filter(|&c| !is_joiner(c)).map(|c| match digit_value(c) {
        Some(digit) => char::from(b'0' + digit),
        None if c == 'ڕ' => 'ر',
        None => c,
    });
    let first = letters.next()?;
    let second = letters.find(|&c| c != 'و' || first != 'و').unwrap_or(' ');
    Some([first, second])
}

fn head(word: &str) -> Option<[char; 2]> {
    let mut chars = word.chars();
    Some([chars.next()?, chars.next().unwrap_or(' ')])
}

impl Words {
    /// The tables that come with the crate.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read() -> Result<Self, TableError> {
        let mut this = Self {
            entries: Vec::new(),
            by_head: HashMap::new(),
            by_first: HashMap::new(),
            first_heads: HashSet::new(),
            endings: HashMap::new(),
            ordinals: HashMap::new(),
        };
        let columns = ["form", "variants", "value", "flags", "not_after", "not_before"];
        for row in TableReader::new("value/numbers.tsv", embedded::VALUE_NUMBERS.as_bytes(), &columns)? {
            let row = row?;
            this.add_names(&row, "form", &Sense::Number(numeral(&row)?));
        }
        let columns = ["name", "variants", "class", "of", "value", "flags"];
        for row in TableReader::new("value/calendar.tsv", embedded::VALUE_CALENDAR.as_bytes(), &columns)? {
            let row = row?;
            this.add_names(&row, "name", &of_calendar(&row)?);
        }
        for (table, text) in
            [("value/units.tsv", embedded::VALUE_UNITS), ("value/currencies.tsv", embedded::VALUE_CURRENCIES)]
        {
            for row in TableReader::new(table, text.as_bytes(), &["name", "variants", "code"])? {
                let row = row?;
                let code = row.get("code").to_owned();
                if code.is_empty() {
                    return Err(row.bad("code", "is empty"));
                }
                let money = table == "value/currencies.tsv";
                let sense = if money { Sense::Currency(code) } else { Sense::Measure(code) };
                this.add_names(&row, "name", &sense);
            }
        }
        for row in TableReader::new("value/percent.tsv", embedded::VALUE_PERCENT.as_bytes(), &["form", "place"])? {
            let row = row?;
            let (before, after) = match row.get("place") {
                "before" => (true, false),
                "after" => (false, true),
                "both" => (true, true),
                _ => return Err(row.bad("place", "is none of before, after, both")),
            };
            this.add(row.get("form"), Sense::Percent { before, after });
        }
        this.read_endings()?;
        Ok(this)
    }

    fn read_endings(&mut self) -> Result<(), TableError> {
        for row in
            TableReader::new("value/endings.tsv", embedded::VALUE_ENDINGS.as_bytes(), &["form", "class", "after"])?
        {
            let row = row?;
            let class = match row.get("class") {
                "link" => Ending::Link,
                "case" => Ending::Case,
                "definite" => Ending::Definite,
                "indefinite" => Ending::Indefinite,
                "this" => Ending::This,
                "plural" => Ending::Plural,
                "plural link" => Ending::PluralLink,
                _ => return Err(row.bad("class", "is no class of endings")),
            };
            let after = match row.get("after") {
                "consonant" => After::Consonant,
                "vowel" => After::Vowel,
                "any" => After::Any,
                _ => return Err(row.bad("after", "is none of consonant, vowel, any")),
            };
            self.endings.entry(fold(row.get("form"))).or_default().push((class, after));
        }
        let (mut ordinals, mut behind) = (Vec::new(), vec![String::new()]);
        for row in TableReader::new("tokenize/ordinals.tsv", embedded::ORDINALS.as_bytes(), &["form", "place"])? {
            let row = row?;
            let list = if row.get("place") == "ordinal" { &mut ordinals } else { &mut behind };
            list.push(fold(row.get("form")));
        }
        let others = self.endings.keys().filter(|ending| !behind.contains(ending)).cloned();
        let tails: Vec<String> = others.collect::<Vec<_>>().into_iter().chain(behind.iter().cloned()).collect();
        for form in ordinals {
            for tail in &tails {
                self.ordinals.insert(format!("{form}{tail}"), tail.chars().count());
            }
        }
        Ok(())
    }

    fn add_names(&mut self, row: &Row, name: &str, sense: &Sense) {
        for name in std::iter::once(row.get(name)).chain(row.list("variants")) {
            self.add(name, sense.clone());
        }
    }

    fn add(&mut self, name: &str, sense: Sense) {
        let key = fold(name);
        let at = self.entries.len();
        match key.split_once(' ') {
            Some((first, _)) => {
                self.first_heads.extend(head(first));
                self.by_first.entry(first.to_owned()).or_default().push(at);
            }
            None => self.by_head.entry(head(&key).unwrap_or_default()).or_default().push(at),
        }
        self.entries.push(Entry { key, sense });
    }

    /// All ways to read one folded word, in Arabic script or a sign.
    pub(super) fn read_word(&'static self, word: &str) -> Vec<Reading> {
        let mut found = Vec::new();
        let Some(head) = head(word) else { return found };
        // A name of one letter is found under that letter alone, and takes no ending.
        for at in self.by_head.get(&head).into_iter().flatten() {
            self.read_entry(*at, word, &mut found);
        }
        // سێیەک is a third before it is "a three".
        found.sort_by_key(|reading| reading.ending_len);
        found
    }

    /// Whether any entry of one word begins as this word does, once it is folded: most words need not be.
    pub(super) fn may_read(&self, word: &str) -> bool {
        folded_head(word).is_some_and(|head| self.by_head.contains_key(&head))
    }

    /// Whether any entry of several words begins as this word does, once it is folded.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        folded_head(word).is_some_and(|head| self.first_heads.contains(&head))
    }

    /// All ways to read the folded words, joined by spaces, as one entry.
    pub(super) fn read_words(&'static self, first: &str, words: &str) -> Vec<Reading> {
        let mut found = Vec::new();
        for at in self.by_first.get(first).into_iter().flatten() {
            self.read_entry(*at, words, &mut found);
        }
        found
    }

    /// Whether an entry of several words begins with this one.
    pub(super) fn begins(&self, first: &str) -> bool {
        self.by_first.contains_key(first)
    }

    fn read_entry(&'static self, at: usize, word: &str, found: &mut Vec<Reading>) {
        let Some(entry) = self.entries.get(at) else { return };
        let Some(rest) = word.strip_prefix(&entry.key) else { return };
        let sense = &entry.sense;
        let reading = |ending, ordinal| Reading { sense, ending_len: rest.chars().count(), ending, ordinal };
        if rest.is_empty() {
            found.push(reading(Ending::None, None));
            return;
        }
        if let (Sense::Number(_), Some(&behind)) = (sense, self.ordinals.get(rest)) {
            // The shortest ending is for digits: دەم is a mouth.
            if !rest.starts_with('م') {
                let ending = if behind == 0 { Ending::None } else { self.ordinal_tail(rest, behind) };
                found.push(Reading { sense, ending_len: behind, ending, ordinal: Some(behind) });
                return;
            }
        }
        if let Sense::Small(_) | Sense::Percent { .. } = sense {
            return;
        }
        for &(ending, after) in self.endings.get(rest).into_iter().flatten() {
            if after.fits(&entry.key) {
                found.push(reading(ending, None));
            }
        }
    }

    /// What the last `behind` letters of an ending are by themselves.
    fn ordinal_tail(&self, ending: &str, behind: usize) -> Ending {
        let skip = ending.chars().count().saturating_sub(behind);
        let tail: String = ending.chars().skip(skip).collect();
        self.endings.get(&tail).and_then(|classes| classes.first()).map_or(Ending::Case, |&(class, _)| class)
    }

    /// What folded letters behind digits are: an ending, and whether an ordinal's, with the letters that are no part of
    /// the number.
    pub(super) fn read_ending(&self, ending: &str) -> Option<(Ending, usize, bool)> {
        if ending.is_empty() {
            return Some((Ending::None, 0, false));
        }
        if let Some(&behind) = self.ordinals.get(ending) {
            let class = if behind == 0 { Ending::None } else { self.ordinal_tail(ending, behind) };
            return Some((class, behind, true));
        }
        let (class, _) = self.endings.get(ending)?.first().copied()?;
        Some((class, ending.chars().count(), false))
    }
}

impl Sense {
    /// Whether the word is looked for behind a preposition that is written on to it.
    pub(super) fn follows_preposition(&self) -> bool {
        match self {
            Self::Number(numeral) => !numeral.fused,
            Self::Month { ambiguous, .. } | Self::Weekday { ambiguous, .. } => !ambiguous,
            Self::Season(_) | Self::Time(_) | Self::Years | Self::Deictic(..) => true,
            _ => false,
        }
    }
}

fn numeral(row: &Row) -> Result<NumeralEntry, TableError> {
    let amount = match row.get("value").split_once('/') {
        Some((over, under)) => {
            over.parse().ok().zip(under.parse().ok()).and_then(|(over, under)| Amount::new(over, under))
        }
        None => row.get("value").parse().ok().map(Amount::whole),
    };
    let mut numeral = NumeralEntry {
        amount: amount.ok_or_else(|| row.bad("value", "is no number"))?,
        bare: false,
        fused: false,
        followed: false,
        alone: false,
        not_after: row.list("not_after").map(fold).collect(),
        not_before: row.list("not_before").map(fold).collect(),
    };
    for flag in row.list("flags") {
        match flag {
            "bare" => numeral.bare = true,
            "fused" => numeral.fused = true,
            "followed" => numeral.followed = true,
            "alone" => numeral.alone = true,
            _ => return Err(row.bad_value("flags", flag, "is no flag of a numeral")),
        }
    }
    Ok(numeral)
}

fn of_calendar(row: &Row) -> Result<Sense, TableError> {
    let number = || row.get("value").parse::<u8>().map_err(|_| row.bad("value", "is no number"));
    let offset = || row.get("value").parse::<i8>().map_err(|_| row.bad("value", "is no number"));
    let unit = || Unit::named(row.get("of")).ok_or_else(|| row.bad("of", "is no unit of time"));
    let ambiguous = row.list("flags").any(|flag| flag == "ambiguous");
    Ok(match row.get("class") {
        "month" => {
            let calendar = match row.get("of") {
                "gregorian" => Calendar::Gregorian,
                "solar" => Calendar::Solar,
                "islamic" => Calendar::Islamic,
                _ => return Err(row.bad("of", "is no calendar")),
            };
            Sense::Month { calendar, number: number()?, ambiguous }
        }
        "weekday" => Sense::Weekday { number: number()?, ambiguous },
        "season" => Sense::Season(number()?),
        "unit" => Sense::Time(unit()?),
        "years" => Sense::Years,
        "relative" => Sense::Relative(offset()?),
        "deictic" => Sense::Deictic(unit()?, offset()?),
        "daypart" => {
            let hours = row.get("value").split_once('-');
            let hours = hours.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
            let (from, to) = hours.ok_or_else(|| row.bad("value", "is no pair of hours"))?;
            Sense::DayPart(from, to)
        }
        "era" => Sense::Era(match row.get("value") {
            "ad" => Era::Common,
            "bc" => Era::Before,
            "islamic" => Era::Islamic,
            "solar" => Era::Solar,
            "kurdish" => Era::Kurdish,
            _ => return Err(row.bad("value", "is no era")),
        }),
        "word" => Sense::Small(match row.get("value") {
            "this" => Small::This,
            "same" => Small::Same,
            "in" => Small::In,
            "and" => Small::And,
            "to" => Small::To,
            "over" => Small::Over,
            "before" => Small::Before,
            "ago" => Small::Ago,
            "part" => Small::Part,
            "on" => Small::On,
            _ => return Err(row.bad("value", "is no word that holds values together")),
        }),
        _ => return Err(row.bad("class", "is no class of words")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Normalizer;

    #[test]
    fn the_embedded_tables_are_well_formed() {
        let words = Words::read().unwrap();
        assert!(words.entries.len() > 300);
        let normalizer = Normalizer::new();
        for entry in &words.entries {
            assert!(entry.key.split(' ').count() <= MAX_WORDS, "{}", entry.key);
            assert_eq!(fold(&normalizer.normalize(&entry.key)), entry.key);
        }
    }

    #[test]
    fn the_numerals_of_the_lexicon_have_the_same_values_here() {
        let text = include_str!("../../data/lexicon/numerals.tsv");
        for row in TableReader::new("numerals.tsv", text.as_bytes(), &[]).unwrap() {
            let row = row.unwrap();
            for form in
                std::iter::once(row.get("form")).chain(row.list("variants")).filter(|_| row.get("class") == "NUM")
            {
                let readings = Words::embedded().read_word(&fold(form));
                let value = readings.iter().find_map(|reading| match reading.sense {
                    Sense::Number(numeral) if reading.ending == Ending::None => Some(numeral.amount.to_string()),
                    _ => None,
                });
                assert_eq!(value.as_deref(), Some(row.get("value")), "{form}");
            }
        }
    }

    #[test]
    fn the_head_is_that_of_the_folded_word() {
        for word in ["ڕۆژ", "ووشە", "و", "وو", "٢٠", "د\u{200C}وو", "", "وا"] {
            assert_eq!(folded_head(word), head(&fold(word)), "{word}");
        }
    }

    #[test]
    fn words_are_read_with_their_endings() {
        let words = Words::embedded();
        let ending = |word: &str| words.read_word(&fold(word)).first().map(|reading| (reading.ending, reading.ordinal));
        assert_eq!(ending("ئایار"), Some((Ending::None, None)));
        assert_eq!(ending("ئایاری"), Some((Ending::Link, None)));
        assert_eq!(ending("بیستەکان"), Some((Ending::Plural, None)));
        assert_eq!(ending("نۆهەمین"), Some((Ending::None, Some(0))));
        assert_eq!(ending("دووەمدا"), Some((Ending::Case, Some(2))));
        for no_number in ["سەدە", "دەم", "شەشەکی", "چلکن", "دووکان"] {
            let readings = words.read_word(&fold(no_number));
            assert!(
                !readings.iter().any(|reading| matches!(reading.sense, Sense::Number(_))
                    && reading.ending != Ending::This
                    && reading.ending != Ending::Plural),
                "{no_number}"
            );
        }
    }
}
