//! The driver: finds the words that may hold something to mend and has each mended in the cheapest way that is exact.
//!
//! Most of a long text is only skimmed. A word that is suspect is mended byte by byte where that is enough, and by the
//! engine where it is not. No rule looks beyond the next space or line break.

use super::engine::Engine;
use super::quick::{Quick, Replacements};
use super::rules::rules;
use super::scan::Scanner;
use super::skim::{Skimmer, WORTH_SKIMMING};
use super::{Options, minimal, standard};

/// What a pass reports of a text, piece by piece and in order.
pub(super) trait Sink {
    /// A piece that stays as it is.
    fn clean(&mut self, text: &str);
    /// A piece that became `to`, which is another text; `start` is its place in the original.
    fn replaced(&mut self, piece: &str, start: usize, to: &str);
    /// A segment that the rules changed into the items of `engine`.
    fn changed(&mut self, segment: &str, start: usize, engine: &Engine);
    /// Whether nothing more needs to be told.
    fn is_done(&self) -> bool {
        false
    }
}

/// Whether a byte parts what the rules mend: none looks beyond it.
pub(super) fn is_boundary(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n')
}

/// The tables of a set of rules.
#[derive(Clone)]
pub(super) struct Words {
    options: Options,
    scanner: Scanner,
    /// Whether a long text is skimmed; else the scanner reads all of it.
    skims: bool,
    quick: Option<Quick>,
}

impl Words {
    pub(super) fn new(options: Options) -> Self {
        let scanner = Scanner::new(options);
        Self { options, skims: scanner.can_be_skimmed(), scanner, quick: Quick::new(options) }
    }

    /// Cuts `text` into clean pieces and pieces to mend, and tells `sink` of each.
    pub(super) fn drive(&self, text: &str, engine: &mut Engine, sink: &mut impl Sink) {
        let bytes = text.as_bytes();
        let quick = self.quick.as_ref().filter(|_| !engine.traces());
        let mut replacements = Replacements::default();
        let skims = self.skims && text.len() >= WORTH_SKIMMING;
        let mut skimmer = Skimmer::default();
        // Everything before `clean_from` has been reported; the scan goes on at `scan_from`.
        let (mut clean_from, mut scan_from) = (0, 0);
        while !sink.is_done() {
            let found = if skims { skimmer.find(bytes, scan_from) } else { self.scanner.find(text, scan_from) };
            let Some(found) = found else { break };
            if let Some(end) = quick.and_then(|quick| quick.mend(text, scan_from, found, &mut replacements)) {
                scan_from = end;
                for replacement in replacements.as_slice() {
                    let (from, to) = (replacement.start, replacement.end);
                    sink.clean(text.get(clean_from..from).unwrap_or_default());
                    sink.replaced(text.get(from..to).unwrap_or_default(), from, replacement.to);
                    clean_from = to;
                }
                continue;
            }
            let before = bytes.get(scan_from..found).unwrap_or_default();
            let start = before.iter().rposition(|&byte| is_boundary(byte)).map_or(scan_from, |at| scan_from + at + 1);
            let after = bytes.get(found..).unwrap_or_default();
            let end = after.iter().position(|&byte| is_boundary(byte)).map_or(text.len(), |at| found + at + 1);
            let segment = text.get(start..end).unwrap_or_default();
            scan_from = end;
            // Skimming suspects more than the scan does, for which the engine is too slow.
            let clean = quick.is_none() && skims && self.scanner.find(segment, 0).is_none();
            if !clean && self.run(segment, engine) {
                sink.clean(text.get(clean_from..start).unwrap_or_default());
                sink.changed(segment, start, engine);
                clean_from = end;
            }
        }
        sink.clean(text.get(clean_from..).unwrap_or_default());
    }

    /// Has the engine mend `segment`; whether that changed it.
    fn run(&self, segment: &str, engine: &mut Engine) -> bool {
        engine.read(segment);
        minimal::run(engine, rules(), self.options.rules);
        if self.options.is_standard() {
            standard::run(engine, rules(), self.options);
            minimal::close(engine, self.options.rules);
        }
        !engine.items().iter().map(|item| item.c).eq(segment.chars())
    }
}

#[cfg(test)]
mod tests {
    use once_cell::sync::Lazy;
    use proptest::prelude::*;

    use super::super::{Aligner, Buffer, Digits, Edit, FinalHeh, Normalizer, Profile, Rule};
    use super::*;

    /// The text and the edits that the engine alone makes.
    fn exactly(words: &Words, text: &str) -> (String, Vec<Edit>) {
        let buffer = Buffer { original: text, clean: 0, out: None };
        let mut sink = Aligner { buffer, edits: Vec::new(), traces: false };
        let mut engine = Engine::default();
        let mut start = 0;
        for segment in text.split_inclusive([' ', '\n']) {
            if words.run(segment, &mut engine) {
                sink.changed(segment, start, &engine);
            } else {
                sink.clean(segment);
            }
            start += segment.len();
        }
        (sink.buffer.out.unwrap_or_else(|| text.to_owned()), sink.edits)
    }

    fn check(normalizer: &Normalizer, text: &str) {
        let buffer = Buffer { original: text, clean: 0, out: None };
        let mut sink = Aligner { buffer, edits: Vec::new(), traces: false };
        normalizer.words.drive(text, &mut Engine::default(), &mut sink);
        let (expected, edits) = exactly(&normalizer.words, text);
        assert_eq!(sink.buffer.out.is_some(), expected != text, "{text:?}");
        assert_eq!(sink.buffer.out.as_deref().unwrap_or(text), expected, "from {text:?}");
        assert_eq!(sink.edits, edits, "from {text:?}");
    }

    const DIGITS: [Digits; 5] = [Digits::Keep, Digits::Unify, Digits::ArabicIndic, Digits::Extended, Digits::Ascii];
    const HEHS: [FinalHeh; 3] = [FinalHeh::Phonotactic, FinalHeh::AlwaysVowel, FinalHeh::AlwaysConsonant];

    /// A normalizer for each set of options, and for each rule switched on and off.
    static NORMALIZERS: Lazy<Vec<Normalizer>> = Lazy::new(|| {
        let mut all = Vec::new();
        for profile in [Profile::Minimal, Profile::Standard] {
            for digits in DIGITS {
                for heh in HEHS {
                    let builder = Normalizer::builder().profile(profile).digits(digits).final_heh(heh);
                    all.push(builder.clone().build());
                    if (digits, heh) == (Digits::Unify, FinalHeh::Phonotactic) {
                        all.extend(
                            Rule::all().flat_map(|rule| [true, false].map(|on| builder.clone().rule(rule, on).build())),
                        );
                    }
                }
            }
        }
        all
    });

    fn pick(set: &'static str) -> impl Strategy<Value = String> {
        prop::sample::select(set.chars().map(String::from).collect::<Vec<_>>())
    }

    /// Words and pieces of words, most of them clean, so that there is much to skim.
    fn running_text(pieces: usize) -> impl Strategy<Value = String> {
        let clean = "کورد هەولێر گوناه شاه ووهان ووی وو ر ه هه «ژیان» “و” ٢٠٢٠ 2020 3.5 Kurd ê – … ❤\u{FE0F} 1\u{FE0F}\u{20E3} 👩\u{200D}👧 ئەوە، ببەن؛ بۆ؟ پ ڕۆژ لە";
        let dirty = "ره\u{200C}نگ ژ\u{064A}ان\u{0649} \u{0643}ورد ماڵه ماڵه، ووڵات وودرۆ وود\u{064A} «رۆژ» ۱۹۹۱ 1٢ ٢1 ئه\u{200C}و \u{06BE}ه\u{200C}ول\u{06CE}ر شا\u{06BE} فقه فيقه الله خه\u{200C}ڵ\u{0643}\u{200C}ه\u{200C}\u{0643}ه ژیان\u{200C}و ئاه\u{200C}ن دەه\u{200C}ات ماڵ\u{06C0} قوتابخان\u{0629} آزاد قورآن بەلآم سالأ مەلأک رووه رووداوه گرووه ووتووه ه\u{200C} ا\u{200C} ر\u{200C}ۆ رهە";
        let words = |set: &'static str| prop::sample::select(set.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let piece = prop_oneof![
            10 => words(clean), 4 => words(dirty), 10 => pick("    \n"),
            3 => pick("اەهیوێۆرڕلڵکگنتبسشئ"), 1 => pick("ةيىكھہۀۂآأإؤئءٶڒۊےٱثط"),
            1 => pick("\u{200C}\u{200C}\u{200D}\u{0640}\u{200B}\u{FEFF}\u{200F}¬\u{00AD}\u{FE0F}\u{064E}\u{065A}\u{030C}\u{0654}"),
            1 => pick("\t\r\0.،؟!()«»\"'12٠٥۴۷٫٬٪aBîİ😀👍🏽#@/:-_۔\u{06E5}\u{06DD}\u{0600}\u{0750}\u{08A0}\u{FEEA}\u{2030}\u{2028}°\u{7F}\u{2040}漢\u{FE0F}\u{FE0F}\u{20E3}"),
            1 => any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..pieces).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn the_usual_rules_take_the_fast_ways() {
        let builder = Normalizer::builder;
        let always = builder().final_heh(FinalHeh::AlwaysConsonant);
        for builder in [builder(), always, builder().profile(Profile::Restored), builder().digits(Digits::Keep)] {
            let words = builder.build().words;
            assert!(words.skims && words.quick.is_some());
        }
        assert!(Normalizer::builder().profile(Profile::Minimal).build().words.skims);
    }

    #[test]
    fn no_place_is_missed_wherever_a_chunk_ends() {
        let normalizer = Normalizer::new();
        let clean = " کورد".repeat(WORTH_SKIMMING / 8);
        let pieces = "\u{0643} ر\u{06CC} «رۆ ،رۆ ٢رۆ ووت «ووت ٪ووت ماڵه ماڵه، ماڵه» ماڵه. گوناه 1٢ ٢1 \u{06BE}ا ه\u{200C}ا \u{FEEA} é e\u{0301} \0 …";
        for piece in pieces.split(' ') {
            for shift in 0..70 {
                for (before, after) in [("a", ""), ("a", " "), ("ب", ""), ("ب", "،"), (" ", "ب"), ("پ ", " ب")] {
                    let text = format!("{}{piece}{after}", before.repeat(shift));
                    check(&normalizer, &text);
                    check(&normalizer, &format!("{text}{clean}"));
                    check(&normalizer, &format!("{clean}{text}"));
                }
            }
        }
    }

    #[test]
    fn words_without_an_end_take_linear_time() {
        let normalizer = Normalizer::new();
        let minimal = Normalizer::builder().profile(Profile::Minimal).build();
        for unit in ["\u{0643}", "ه،", "ماڵه،", "ه\u{200C}ا", "«ر", "وو", "،ووب", "é", "漢", "ب\u{200C}", "1٢"]
        {
            let text = unit.repeat(300_000 / unit.len());
            check(&normalizer, &text);
            check(&minimal, &text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn every_way_to_mend_gives_what_the_engine_gives(
            short in running_text(8), long in running_text(120), shift in 0_usize..64, some: prop::sample::Index,
        ) {
            let long = format!("{}{long}", "a".repeat(shift));
            for normalizer in NORMALIZERS.iter() {
                check(normalizer, &short);
            }
            check(&NORMALIZERS[some.index(NORMALIZERS.len())], &long);
            check(&Normalizer::new(), &long);
        }
    }
}
