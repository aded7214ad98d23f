//! What the words of a sentence say of one another: which reading of each is likely beside its neighbours.
//!
//! Each row of `data/morph/context.tsv` adds to or takes from the cost of two readings that stand side by side. The
//! cheapest way through the readings of a whole sentence is found as Viterbi does: a greedy choice from left to right
//! would fix a word before the one after it has been seen, and half of the rows speak of the word after. With a handful
//! of readings a word it costs little more, and time stays linear in the sentence.

use once_cell::sync::Lazy;

use super::Engine;
use super::grammar::{Morph, cost, rows};
use super::outcome::Outcome;
use super::search::{Reading, Word};
use super::unimorph::is_like;
use crate::embedded;
use crate::lexicon::PartOfSpeech;
use crate::table::{Row, TableError};

/// Readings of a word that are tried; few have more, and the dear ones are never taken.
const MOST_READINGS: usize = 16;
/// How much dearer than the best a reading may be to be tried: more than neighbours can make good.
const MOST_COST: u16 = 600;
/// Rows that the table may have: one bit each.
const MAX_RULES: usize = 64;
/// Marks that end a clause; others, as quotation marks, stand between words without parting them.
const CLAUSE_MARKS: [char; 11] = ['.', '!', '?', '؟', '؛', ';', ':', '،', ',', '…', '\n'];

/// What stands at one side of a rule.
#[derive(Debug, Default)]
struct Side {
    /// Words as they stand; none means any.
    words: Vec<String>,
    /// Parts of speech; none means any. `None` among them is the edge of a clause.
    pos: Vec<Option<PartOfSpeech>>,
    /// Tags one of which the reading has; none means any.
    with: Vec<String>,
    /// Tags that it has not.
    without: Vec<String>,
}

impl Side {
    fn read(row: &Row, side: &str, tags: &[String]) -> Result<Self, TableError> {
        let column = |name: &str| format!("{side}_{name}");
        let list = |name: &str| row.list(&column(name)).map(str::to_owned).collect::<Vec<_>>();
        let mut parts = Vec::new();
        for pos in list("pos") {
            parts.push(match pos.as_str() {
                "EDGE" => None,
                _ => Some(pos.parse().map_err(|_| row.bad_value(&column("pos"), &pos, "is not a part of speech"))?),
            });
        }
        let this = Self { words: list("word"), pos: parts, with: list("with"), without: list("without") };
        for (name, patterns) in [("with", &this.with), ("without", &this.without)] {
            if let Some(pattern) = patterns.iter().find(|pattern| !tags.iter().any(|tag| is_like(tag, pattern))) {
                return Err(row.bad_value(&column(name), pattern, "is no tag of tags.tsv"));
            }
        }
        Ok(this)
    }

    fn fits(&self, word: &str, pos: Option<PartOfSpeech>, tags: &[&str]) -> bool {
        let holds = |pattern: &String| tags.iter().any(|tag| is_like(tag, pattern));
        (self.words.is_empty() || self.words.iter().any(|known| known == word))
            && (self.pos.is_empty() || self.pos.contains(&pos))
            && (self.with.is_empty() || self.with.iter().any(holds))
            && !self.without.iter().any(holds)
    }
}

/// One row.
#[derive(Debug)]
struct Rule {
    before: Side,
    after: Side,
    /// In hundredths.
    cost: i32,
}

/// `data/morph/context.tsv`.
#[derive(Debug)]
struct Context {
    rules: Vec<Rule>,
    /// What the edge of a clause is to them.
    edge: Node,
}

static EMBEDDED: Lazy<Context> = Lazy::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is read by a test")]
    Context::read().expect("the embedded table of contexts is well formed")
});

/// A reading, as the rules see it.
#[derive(Clone, Copy, Debug)]
struct Node {
    cost: i32,
    /// The rules whose sides it fits, one bit each.
    before: u64,
    after: u64,
}

impl Context {
    fn read() -> Result<Self, TableError> {
        let tags = rows("tags.tsv", embedded::MORPH_TAGS, &["tag"])?;
        let tags: Vec<String> = tags.iter().map(|row| row.get("tag").to_owned()).collect();
        let columns = ["cost", "before_word", "before_pos", "before_with", "before_without"];
        let columns = [&columns[..], &["after_word", "after_pos", "after_with", "after_without"]].concat();
        let mut rules = Vec::new();
        for row in rows("context.tsv", embedded::MORPH_CONTEXT, &columns)? {
            if rules.len() == MAX_RULES {
                return Err(row.bad("cost", "is in one row too many"));
            }
            let (before, after) = (Side::read(&row, "before", &tags)?, Side::read(&row, "after", &tags)?);
            let sign = if row.get("cost").starts_with('-') { -1 } else { 1 };
            rules.push(Rule { before, after, cost: sign * i32::from(cost(&row)?.unwrap_or(0)) });
        }
        let mut this = Self { rules, edge: Node { cost: 0, before: 0, after: 0 } };
        this.edge = this.node(0, "", None, &[]);
        Ok(this)
    }

    fn node(&self, cost: u16, word: &str, pos: Option<PartOfSpeech>, tags: &[&str]) -> Node {
        let mut node = Node { cost: i32::from(cost), before: 0, after: 0 };
        for (at, rule) in self.rules.iter().enumerate() {
            node.before |= u64::from(rule.before.fits(word, pos, tags)) << at;
            node.after |= u64::from(rule.after.fits(word, pos, tags)) << at;
        }
        node
    }

    /// What it costs that one stands before the other.
    fn between(&self, before: &Node, after: &Node) -> i32 {
        let mut both = before.before & after.after;
        let mut sum = 0;
        while both != 0 {
            sum += self.rules.get(both.trailing_zeros() as usize).map_or(0, |rule| rule.cost);
            both &= both - 1;
        }
        sum
    }

    /// The cheapest way from edge to edge through one node of each place; of ways that cost the same, that of the nodes
    /// that come first.
    fn cheapest(&self, places: &[Vec<Node>]) -> Vec<usize> {
        let edge = [self.edge];
        let start = vec![(0, 0)];
        // For each node the cost of the cheapest way to it, and the node before it on that way.
        let mut ways: Vec<Vec<(i32, usize)>> = Vec::with_capacity(places.len() + 1);
        let mut before: &[Node] = &edge;
        for place in places.iter().map(Vec::as_slice).chain([&edge[..]]) {
            let known = ways.last().unwrap_or(&start);
            let step = |node: &Node| {
                let earlier = before.iter().zip(known).enumerate();
                let costs = earlier.map(|(at, (earlier, way))| (way.0 + self.between(earlier, node) + node.cost, at));
                costs.min().unwrap_or((0, 0))
            };
            let way = place.iter().map(step).collect();
            ways.push(way);
            before = place;
        }
        let mut chosen = vec![0; places.len()];
        let mut at = 0;
        for (place, way) in ways.iter().enumerate().rev() {
            at = way.get(at).map_or(0, |&(_, earlier)| earlier);
            if let Some(slot) = place.checked_sub(1).and_then(|place| chosen.get_mut(place)) {
                *slot = at;
            }
        }
        chosen
    }
}

/// What a token is to its neighbours.
enum Token {
    /// A word with these outcomes, of which the context chooses one.
    Word(Vec<Outcome>),
    /// Nothing is chosen: a mark, white space, a word that is too long to be read.
    Other(Option<Outcome>),
}

impl<D: AsRef<[u8]>> Engine<D> {
    /// What each of the tokens of a sentence comes to, by its neighbours.
    pub(super) fn outcomes_in(&self, tokens: &[&str]) -> Vec<Option<Outcome>> {
        let context = &*EMBEDDED;
        let mut places: Vec<Vec<Node>> = Vec::with_capacity(tokens.len());
        let mut read = Vec::with_capacity(tokens.len());
        for token in tokens {
            if !token.contains(char::is_alphanumeric) {
                if token.contains(CLAUSE_MARKS) {
                    places.push(vec![context.edge]);
                    read.push((Token::Other(self.best_outcome(token)), true));
                } else {
                    read.push((Token::Other(self.best_outcome(token)), false));
                }
                continue;
            }
            let (nodes, outcomes) = self.nodes(context, token);
            if nodes.is_empty() {
                // Of a word that nothing explains it is known at least that it stands there.
                places.push(vec![context.node(0, token, Some(PartOfSpeech::Noun), &[])]);
                read.push((Token::Other(self.best_outcome(token)), true));
            } else {
                places.push(nodes);
                read.push((Token::Word(outcomes), true));
            }
        }
        let mut chosen = context.cheapest(&places).into_iter();
        let outcome = |(token, placed): (Token, bool)| {
            let at = if placed { chosen.next().unwrap_or(0) } else { 0 };
            match token {
                Token::Word(outcomes) => outcomes.get(at).copied(),
                Token::Other(outcome) => outcome,
            }
        };
        read.into_iter().map(outcome).collect()
    }

    /// The readings of a word, the best first, and what each comes to.
    fn nodes(&self, context: &Context, token: &str) -> (Vec<Node>, Vec<Outcome>) {
        let Some(word) = Word::new(token) else { return Default::default() };
        let mut readings: Vec<Reading<'_>> = Vec::new();
        let respelled = self.readings(&word, |reading, _| readings.push(*reading));
        readings.sort_by_key(Reading::rank);
        let most = readings.first().map_or(0, |best| best.path.cost.saturating_add(MOST_COST));
        readings.retain(|reading| reading.path.cost <= most);
        readings.truncate(MOST_READINGS);
        let word = respelled.unwrap_or(word);
        let node = |reading: &Reading<'_>| {
            let mut tags = Vec::with_capacity(8);
            self.tags_into(reading, &mut tags);
            let pos = reading.entry.map_or(PartOfSpeech::Numeral, |entry| self.pos(&entry, &reading.path));
            (context.node(reading.path.cost, token, Some(pos), &tags), self.outcome(&word, reading))
        };
        readings.iter().map(node).unzip()
    }

    /// All tags of a reading, in no order.
    fn tags_into<'e>(&'e self, reading: &Reading<'_>, tags: &mut Vec<&'e str>) {
        let split = |tags: &'e str| tags.split([' ', '+']).filter(|tag| !tag.is_empty());
        tags.extend(split(self.lexicon.features(reading.features)));
        tags.extend(reading.path.stem_class.into_iter().flat_map(|class| split(self.grammar.stem_tags(class))));
        let morphs = reading.path.morphs().iter().filter_map(|placed| self.grammar.morph(placed.morph));
        tags.extend(morphs.flat_map(|morph: &'static Morph| split(&morph.tags)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(cost: i32, before: u64, after: u64) -> Node {
        Node { cost, before, after }
    }

    #[test]
    fn the_cheapest_way_is_found_across_words() {
        let rule = |cost| Rule { before: Side::default(), after: Side::default(), cost };
        let edge = node(0, 0, 0);
        let context = Context { rules: vec![rule(-300), rule(200)], edge };
        // The dearer first word is worth it for what follows two words on.
        let places = [
            vec![node(0, 0b10, 0), node(100, 0, 0)],
            vec![node(0, 0, 0b10), node(150, 0b01, 0b10)],
            vec![node(0, 0, 0), node(20, 0, 0b01)],
        ];
        assert_eq!(context.cheapest(&places), [1, 1, 1]);
        assert_eq!(context.cheapest(&[vec![edge, edge]]), [0], "the first of two that cost the same");
        assert!(context.cheapest(&[]).is_empty());
    }

    #[test]
    fn the_cheapest_way_is_that_of_all_ways() {
        let context = Context::read().unwrap();
        let mask = (1_u64 << context.rules.len()) - 1;
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed >> 20
        };
        for _ in 0..200 {
            let mut place = || {
                let one = |random: &mut dyn FnMut() -> u64| {
                    node(i32::try_from(random() % 300).unwrap(), random() & mask, random() & mask)
                };
                (0..3).map(|_| one(&mut random)).collect::<Vec<_>>()
            };
            let places = [place(), place(), place(), place()];
            let cost = |way: &[usize]| {
                let nodes = way.iter().zip(&places).map(|(&at, place)| place[at]);
                let all: Vec<Node> = [context.edge].into_iter().chain(nodes).chain([context.edge]).collect();
                let own: i32 = all.iter().map(|node| node.cost).sum();
                own + all.windows(2).map(|pair| context.between(&pair[0], &pair[1])).sum::<i32>()
            };
            let ways = (0..81).map(|way| [way / 27, way / 9 % 3, way / 3 % 3, way % 3]);
            let least = ways.map(|way| cost(&way)).min();
            assert_eq!(Some(cost(&context.cheapest(&places))), least);
        }
    }

    #[test]
    fn bad_rows_are_refused() {
        let header = "cost\tbefore_pos\tbefore_with";
        for (row, column) in [("1\tNOMEN\t", "before_pos"), ("1\t\tEZAFE", "before_with")] {
            let table = format!("{header}\n{row}\n");
            let rows = rows("context.tsv", &table, &["cost"]).unwrap();
            let error = Side::read(&rows[0], "before", &["EZ".to_owned()]).unwrap_err();
            assert!(error.to_string().contains(column), "{error}");
        }
    }

    #[cfg(feature = "compiled_data")]
    #[test]
    fn every_rule_fits_its_example() {
        let context = Context::read().unwrap();
        let engine = Engine::embedded();
        let table = rows("context.tsv", embedded::MORPH_CONTEXT, &["example"]).unwrap();
        for (at, row) in table.iter().enumerate() {
            let example = row.get("example");
            let words = example.split_whitespace().map(|word| engine.nodes(&context, word.trim_end_matches('.')).0);
            let places: Vec<Vec<Node>> =
                [vec![context.edge]].into_iter().chain(words).chain([vec![context.edge]]).collect();
            let fits = |pair: &[Vec<Node>]| {
                let side = |place: &[Node], bits: fn(&Node) -> u64| place.iter().any(|node| bits(node) >> at & 1 == 1);
                side(&pair[0], |node| node.before) && side(&pair[1], |node| node.after)
            };
            assert!(places.windows(2).any(fits), "row {}: {example}", at + 1);
        }
    }
}
