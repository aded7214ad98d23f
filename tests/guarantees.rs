//! What every public type promises, and what holds for every function on any text.

use std::fmt::Write as _;
use std::panic::{RefUnwindSafe, UnwindSafe};

use proptest::prelude::*;
use sorani::*;

use crate::normalize::sorani_like;

fn is_safe_to_share<T: Send + Sync + UnwindSafe + RefUnwindSafe>() {}

fn is_safe_to_send<T: Send + Sync + 'static>() {}

#[test]
fn every_public_type_can_be_shared() {
    is_safe_to_share::<Analyses<'_>>();
    is_safe_to_share::<Analysis<'_>>();
    is_safe_to_share::<AnalysisSource>();
    is_safe_to_share::<Analyzer>();
    is_safe_to_share::<Analyzer<Vec<u8>>>();
    is_safe_to_share::<BioTag>();
    is_safe_to_share::<BioTags<'_, '_, '_>>();
    is_safe_to_share::<BioToken<'_, '_>>();
    is_safe_to_share::<Change<'_>>();
    is_safe_to_share::<Conll<'_, '_, '_>>();
    is_safe_to_share::<Digits>();
    is_safe_to_share::<Document<'_, '_>>();
    is_safe_to_share::<DocumentToken<'_, '_>>();
    is_safe_to_share::<Entities<'_, '_>>();
    is_safe_to_share::<Entity<'_, '_>>();
    is_safe_to_share::<EntityLabel>();
    is_safe_to_share::<EntitySource>();
    is_safe_to_share::<Expressions>();
    is_safe_to_share::<FinalHeh>();
    is_safe_to_share::<Form>();
    is_safe_to_share::<Gazetteer>();
    is_safe_to_share::<Gazetteer<Vec<u8>>>();
    is_safe_to_share::<GazetteerBuilder>();
    is_safe_to_share::<GazetteerEntry<'_>>();
    is_safe_to_share::<sorani::Generator>();
    is_safe_to_share::<LegacyEncoding>();
    is_safe_to_share::<Lemmas<'_>>();
    is_safe_to_share::<Lemmatizer>();
    is_safe_to_share::<Lexicon>();
    is_safe_to_share::<Lexicon<Vec<u8>>>();
    is_safe_to_share::<LexiconBuilder>();
    is_safe_to_share::<LexiconEntry<'_>>();
    is_safe_to_share::<LightStemmer>();
    is_safe_to_share::<LineBreaks>();
    is_safe_to_share::<NerTagger>();
    is_safe_to_share::<NerTagger<Vec<u8>, Vec<u8>>>();
    is_safe_to_share::<Normalized<'_>>();
    is_safe_to_share::<Normalizer>();
    is_safe_to_share::<NormalizerBuilder>();
    is_safe_to_share::<ParseDigitsError>();
    is_safe_to_share::<ParseEntityLabelError>();
    is_safe_to_share::<ParseLegacyEncodingError>();
    is_safe_to_share::<ParsePartOfSpeechError>();
    is_safe_to_share::<ParseProfileError>();
    is_safe_to_share::<ParseRuleError>();
    is_safe_to_share::<PartOfSpeech>();
    is_safe_to_share::<Pipeline>();
    is_safe_to_share::<Pipeline<Vec<u8>, Vec<u8>>>();
    is_safe_to_share::<Profile>();
    is_safe_to_share::<Rule>();
    is_safe_to_share::<RuleSet>();
    is_safe_to_share::<Segment>();
    is_safe_to_share::<Sentence<'_>>();
    is_safe_to_share::<SentenceReader<&[u8]>>();
    is_safe_to_share::<SentenceSegmenter>();
    is_safe_to_share::<SentenceSegmenterBuilder>();
    is_safe_to_share::<Sentences<'_>>();
    is_safe_to_share::<Span>();
    is_safe_to_share::<Stemmer>();
    is_safe_to_share::<StopWords>();
    is_safe_to_share::<StreamSentence<'_>>();
    is_safe_to_share::<Suspicious<'_>>();
    is_safe_to_share::<SuspiciousKind>();
    is_safe_to_share::<SuspiciousRun<'_>>();
    is_safe_to_share::<Token<'_>>();
    is_safe_to_share::<TokenKind>();
    is_safe_to_share::<Tokenizer>();
    is_safe_to_share::<TokenizerBuilder>();
    is_safe_to_share::<Tokens<'_, '_>>();
    is_safe_to_share::<sorani::Date>();
    is_safe_to_share::<sorani::Value<'_>>();
    is_safe_to_share::<ValueKind>();
    is_safe_to_share::<ValueTagger>();
    is_safe_to_share::<Values<'_>>();
    // They hold what a reader reported, and `std::io::Error` promises nothing of unwinding.
    is_safe_to_send::<GazetteerError>();
    is_safe_to_send::<LexiconError>();
    is_safe_to_send::<StreamError>();
    is_safe_to_send::<TableError>();
}

#[test]
fn no_public_type_is_left_out_of_the_test_before() {
    let (exports, tests) = (include_str!("../src/lib.rs"), include_str!("guarantees.rs"));
    let exports = exports.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let names = exports.flat_map(|list| list.split(|c: char| !c.is_alphanumeric()));
    let types: Vec<&str> = names.filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase())).collect();
    assert!(types.len() > 60, "{}", types.len());
    for name in types {
        let tested = |before: &str| [">", "<"].iter().any(|after| tests.contains(&format!("{before}{name}{after}")));
        assert!(
            ["is_safe_to_share::<", "is_safe_to_share::<sorani::", "is_safe_to_send::<"].into_iter().any(tested),
            "{name}"
        );
    }
}

/// Names, words that speak for them, dates and endings, joined in ways that part or run them together.
fn names_like() -> impl Strategy<Value = String> {
    let words = vec![
        "هەولێر",
        "بەغدا",
        "كوردستان",
        "هەرێمی",
        "نێچیرڤان",
        "بارزانی",
        "دکتۆر",
        "د.",
        "شاری",
        "زانکۆی",
        "١٥ی",
        "تشرینی",
        "دووەم",
        "٢٠٢٠",
        "9/5/2020",
        "ئاب",
        "گوتی",
        "ئەرمینیاش",
        "هه\u{200C}ولێره\u{200C}وه",
        "هەول\u{200C}\u{0640}ێر",
        "BBC",
        "ژارۆڤین",
        "لە",
        "بەرەو",
        "G",
        "20",
        "یەکێتی",
        "سۆڤیەت",
        "سلێمانى",
        "ره نگ",
    ];
    let joints = vec![
        " ", " ", " ", " ", "  ", "", "-", "\n", "\r", "\u{2028}", "\t", ". ", "، ", "\u{200C}", "\u{200F}", "(",
        "وە ", "ی ", "\u{1F}",
    ];
    let piece =
        (prop::sample::select(words), prop::sample::select(joints)).prop_map(|(word, joint)| format!("{word}{joint}"));
    prop_oneof![3 => prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()), 1 => sorani_like()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn a_document_loses_nothing_and_its_offsets_fit(text in sorani_like()) {
        let pipeline = Pipeline::new();
        let document = pipeline.process(&text);
        let tokens: String = document.tokens().map(|token| token.text()).collect();
        prop_assert_eq!(&tokens, &text);
        let sentences: String = document.sentences().map(|sentence| sentence.text()).collect();
        prop_assert_eq!(&sentences, &text);
        let mut end = 0;
        for token in document.tokens() {
            prop_assert_eq!(token.span().start(), end);
            prop_assert_eq!(token.span().slice(&text), Some(token.text()));
            end = token.span().end();
            if token.is_word() && !token.normalized().is_empty() {
                prop_assert!(!token.stem().is_empty() && !token.lemma().is_empty());
                prop_assert!(token.analyses().count() > 0);
            }
        }
        let mut end = 0;
        for entity in document.entities() {
            prop_assert!(entity.span().start() >= end);
            prop_assert_eq!(entity.span().slice(&text), Some(entity.text()));
            prop_assert!(!entity.text().is_empty());
            prop_assert!(entity.word_span().start() <= entity.span().start());
            prop_assert!(entity.word_span().end() >= entity.span().end());
            end = entity.word_span().end();
        }
    }

    #[test]
    fn tags_line_up_with_tokens_and_entities(text in names_like(), profile in 0..3_usize) {
        let profile = [Profile::Minimal, Profile::Standard, Profile::Restored][profile];
        let pipeline = Pipeline::new().with_normalizer(Normalizer::builder().profile(profile).build());
        let document = pipeline.process(&text);
        let visible = document.tokens().filter(|token| token.kind().is_visible() && !token.span().is_empty());
        let tokens: Vec<_> = document.bio().collect();
        let spans: Vec<_> = visible.map(|token| token.span()).collect();
        prop_assert_eq!(tokens.iter().map(|token| token.token().span()).collect::<Vec<_>>(), spans);
        for entity in document.entities() {
            let begins = |token: &&BioToken<'_, '_>| {
                token.tag() == BioTag::Begin(entity.label()) && token.token().span().overlaps(entity.span())
            };
            prop_assert_eq!(tokens.iter().filter(begins).count(), 1, "{:?}", entity);
        }
        let begins = tokens.iter().filter(|token| matches!(token.tag(), BioTag::Begin(_))).count();
        prop_assert_eq!(begins, document.entities().len());
        let mut before = BioTag::Outside;
        for token in &tokens {
            prop_assert_eq!(token.token().span().slice(&text), Some(token.text()));
            let in_entity = document.entities().iter().any(|entity| entity.span().overlaps(token.token().span()));
            prop_assert_eq!(token.tag() != BioTag::Outside, in_entity);
            if let BioTag::Inside(label) = token.tag() {
                prop_assert!(!token.starts_sentence() && before.label() == Some(label));
            }
            before = token.tag();
        }
        // The two columns say the same, sentence by sentence.
        let conll = document.conll().to_string();
        let rows: Vec<_> = conll.split('\n').filter(|row| !row.is_empty()).collect();
        prop_assert_eq!(rows.len(), tokens.len());
        for (row, token) in rows.iter().zip(&tokens) {
            let (text, tag) = row.split_once('\t').unwrap();
            prop_assert_eq!(tag, token.tag().to_string());
            prop_assert_eq!(text.replace(' ', ""), token.text().replace(|c: char| c.is_whitespace() || c.is_control(), ""));
        }
        let sentences = tokens.iter().filter(|token| token.starts_sentence()).count();
        prop_assert_eq!(conll.matches("\n\n").count(), sentences);
    }

    #[test]
    fn segments_are_the_word(word in "[ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنهوۆەیێ]{1,14}") {
        let analyzer = Analyzer::new();
        let analyses: Vec<_> = analyzer.analyze(&word).collect();
        prop_assert!(!analyses.is_empty());
        for analysis in &analyses {
            let pieces: String = analysis.segments().iter().filter_map(|segment| segment.span().slice(&word)).collect();
            prop_assert_eq!(&pieces, &word);
            prop_assert_eq!(analysis.segments().iter().filter(|segment| segment.is_stem()).count(), 1);
        }
        let (stemmer, lemmatizer) = (Stemmer::new(), Lemmatizer::new());
        prop_assert_eq!(stemmer.stem(&word), analyses[0].stem());
        prop_assert_eq!(lemmatizer.lemmatize(&word), analyses[0].lemma());
    }

    #[test]
    fn a_light_stem_is_a_part_of_the_word(text in sorani_like()) {
        let stemmer = LightStemmer::new();
        for word in text.split(' ').chain([text.as_str()]) {
            let stem = stemmer.stem(word);
            prop_assert!(word.contains(stem) && stem.is_empty() == word.is_empty());
        }
    }

    #[test]
    fn a_sentence_has_a_lemma_for_each_token(text in sorani_like()) {
        let (tokenizer, lemmatizer) = (Tokenizer::new(), Lemmatizer::new());
        let tokens: Vec<&str> = tokenizer.tokenize(&text).map(|token| token.text()).collect();
        let lemmas: Vec<_> = lemmatizer.lemmatize_in(tokens.iter().copied()).collect();
        prop_assert_eq!(lemmas.len(), tokens.len());
        prop_assert!(lemmas.iter().all(|lemma| !lemma.is_empty()));
    }

    #[test]
    fn compiled_data_from_anywhere_is_an_error_or_sound(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut header = b"SORANIFS\x01\x00\x01\x05".to_vec();
        header.extend(&bytes);
        for bytes in [bytes, header] {
            prop_assert!(Lexicon::from_bytes(bytes.clone()).is_err());
            prop_assert!(Gazetteer::from_bytes(bytes).is_err());
        }
    }
}

#[test]
fn a_damaged_lexicon_is_noticed_wherever_the_damage_is() {
    let good = Lexicon::embedded().as_bytes();
    let step = good.len() / 997;
    for at in (0..good.len()).step_by(step) {
        let mut bad = good.to_vec();
        bad[at] ^= 0x10;
        assert!(Lexicon::from_bytes(bad).is_err(), "byte {at}");
        assert!(Lexicon::from_bytes(good[..at].to_vec()).is_err(), "cut at {at}");
    }
}

#[test]
fn long_and_hostile_texts_take_linear_time() {
    let pipeline = Pipeline::new();
    for unit in [
        "ا",
        "هەولێر",
        "دەیاننووسیبوویانەوە",
        ".",
        "@",
        "#",
        "1",
        "a.",
        "د.",
        "«",
        "\u{200C}",
        "👩\u{200D}",
        "و ",
        "\n",
        "لە",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let document = pipeline.process(&text);
        assert_eq!(document.tokens().map(|token| token.text().len()).sum::<usize>(), text.len(), "{unit:?}");
        let stems: usize = document.tokens().map(|token| token.stem().len()).sum();
        assert!(stems <= 3 * text.len(), "{unit:?}");
    }
}

#[test]
fn a_stream_of_any_size_needs_little_memory() {
    for unit in ["ا", "هەولێر ", "."] {
        let text = unit.repeat(3_000_000 / unit.len());
        let mut bytes = 0;
        let used = allocation_counter::measure(|| {
            let mut sentences = SentenceReader::new(text.as_bytes()).max_sentence_len(1_000);
            while let Some(sentence) = sentences.next_sentence().unwrap() {
                bytes += sentence.text().len();
            }
        });
        assert_eq!(bytes, text.len());
        assert!(used.bytes_max < 300_000, "{} for {unit:?}", used.bytes_max);
    }
}

const TEXTS: [(&str, &str); 5] = [
    ("news", include_str!("../examples/texts/news.txt")),
    ("prose", include_str!("../examples/texts/prose.txt")),
    ("social", include_str!("../examples/texts/social.txt")),
    ("typed", include_str!("../examples/texts/typed.txt")),
    ("ali-k", include_str!("../examples/texts/ali-k.txt")),
];

/// What each part of the crate makes of a text, by the name of the part.
fn results(pipeline: &Pipeline, text: &str) -> Vec<(&'static str, String)> {
    let document = pipeline.process(text);
    let lines = |lines: &mut dyn Iterator<Item = String>| lines.map(|line| line + "\n").collect::<String>();
    let words = || document.tokens().filter(|token| token.is_word());
    let profiles = [
        ("minimal", Profile::Minimal),
        ("standard", Profile::Standard),
        ("restored", Profile::Restored),
        ("editorial", Profile::Editorial),
        ("search", Profile::Search),
    ];
    let mut results: Vec<(&str, String)> = profiles
        .into_iter()
        .map(|(name, profile)| (name, Normalizer::builder().profile(profile).build().normalize(text).into_owned()))
        .collect();
    let light = LightStemmer::new();
    results.extend([
        ("entities of HTML", decode_entities(text).into_text().into_owned()),
        ("Ali-K", LegacyEncoding::AliK.decode(text).into_text().into_owned()),
        ("hidden", lines(&mut suspicious(text).map(|run| format!("{:?} {run}", run.span())))),
        ("tokens", lines(&mut document.tokens().map(|token| format!("{:?} {}", token.span(), token.kind())))),
        ("sentences", lines(&mut document.sentences().map(|sentence| format!("{:?}", sentence.span())))),
        ("stems", lines(&mut words().map(|token| token.stem().into_owned()))),
        ("light stems", lines(&mut words().map(|token| light.stem(token.normalized()).to_owned()))),
        ("lemmas", lines(&mut words().map(|token| token.lemma().into_owned()))),
        (
            "analyses",
            lines(&mut words().flat_map(|token| {
                let told = |analysis: Analysis<'_>| format!("{analysis} {} {}", analysis.lemma(), analysis.unimorph());
                token.analyses().map(told).collect::<Vec<_>>()
            })),
        ),
        (
            "names",
            lines(&mut document.entities().iter().map(|entity| {
                format!("{:?} {} {} {}", entity.span(), entity.label(), entity.canonical(), entity.id())
            })),
        ),
        ("conll", document.conll().to_string()),
    ]);
    results
}

#[test]
fn sixty_four_threads_with_one_pipeline_give_what_one_gives() {
    let pipeline = Pipeline::new();
    let alone: Vec<_> = TEXTS.iter().map(|(_, text)| results(&pipeline, text)).collect();
    std::thread::scope(|scope| {
        let work = |first: usize| {
            let (pipeline, alone) = (&pipeline, &alone);
            // Each begins with another text, so that all are read at the same time.
            move || {
                for at in (0..TEXTS.len()).map(|at| (at + first) % TEXTS.len()).take(2) {
                    assert!(results(pipeline, TEXTS[at].1) == alone[at], "{}", TEXTS[at].0);
                }
            }
        };
        let threads: Vec<_> = (0..64).map(|first| scope.spawn(work(first))).collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
}

/// The same in debug and release, on every platform. Where a change of results is meant, it is a change of behaviour: say
/// so in the changelog, and write the table anew with `UPDATE_GOLDEN=1 cargo test --test lib results_are_those`.
#[test]
fn results_are_those_that_were_pinned() {
    let fnv1a = |text: &str| {
        text.bytes()
            .fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    };
    let pipeline = Pipeline::new();
    let mut table = String::from(
        "# What each part of the crate makes of examples/texts, as a hash (FNV-1a).\ntext\tpart\tfnv1a64\n",
    );
    for (name, text) in TEXTS {
        for (part, result) in results(&pipeline, text) {
            writeln!(table, "{name}\t{part}\t{:016x}", fnv1a(&result)).unwrap();
        }
    }
    crate::examples::compare("fingerprints.tsv", &table);
}
