//! What holds for any input: one function a target of `fuzz_targets/`, which panics where it does not hold.

use std::borrow::Cow;
use std::sync::LazyLock;

use sorani::{
    Analyzer, BioTag, Digits, Expressions, FinalHeh, Gazetteer, GazetteerBuilder, GazetteerError, Generator,
    LegacyEncoding, Lemmatizer, Lexicon, LexiconBuilder, LexiconError, LightStemmer, LineBreaks, NerTagger, Normalized,
    Normalizer, Pipeline, Profile, SentenceReader, SentenceSegmenter, Span, Stemmer, SuspiciousKind, TableError,
    Tokenizer, decode_entities, suspicious,
};

/// Longer texts show nothing that shorter ones do not, and take the time of many.
const LONGEST: usize = 2_000;

/// The text up to [`LONGEST`].
fn shortened(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[..end]
}

/// The alignment leads every character to where it came from and back, in order.
fn check_alignment(text: &str, aligned: &Normalized<'_>) {
    let normalized = aligned.text();
    assert_eq!(aligned.original(), text);
    let mut last = Span::new(0, 0);
    for (at, c) in normalized.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let original = aligned.to_original(span);
        assert!(original.slice(text).is_some_and(|part| !part.is_empty()), "{span:?} is of {original:?}");
        assert!(original.start() >= last.start() && original.end() >= last.end(), "{original:?} after {last:?}");
        let back = aligned.to_normalized(original);
        assert!(back.start() <= span.start() && span.end() <= back.end(), "{span:?} -> {original:?} -> {back:?}");
        last = original;
    }
    for (at, c) in text.char_indices() {
        assert!(aligned.to_normalized(Span::new(at, at + c.len_utf8())).slice(normalized).is_some());
    }
    assert_eq!(aligned.to_normalized(Span::new(0, text.len())), Span::new(0, normalized.len()));
    let mut end = 0;
    for change in aligned.changes() {
        assert!(change.original().start() >= end && change.original().slice(text) == Some(change.before()));
        assert_eq!(change.normalized().slice(normalized), Some(change.after()));
        end = change.original().end();
    }
}

/// What holds for every normalizer.
fn check_normalizer(normalizer: &Normalizer, text: &str) {
    let once = normalizer.normalize(text);
    assert_eq!(matches!(once, Cow::Borrowed(_)), once == text, "borrowed where nothing changes");
    assert_eq!(normalizer.is_normalized(text), once == text);
    let twice = normalizer.normalize(&once);
    assert_eq!(twice, once, "twice is once");
    let mut written = String::new();
    assert!(normalizer.normalize_to(text, &mut written).is_ok());
    assert_eq!(written, once);
    assert!(once.len() <= 3 * text.len());
    for aligned in [normalizer.normalize_aligned(text), normalizer.normalize_traced(text)] {
        assert_eq!(aligned.text(), once);
        check_alignment(text, &aligned);
    }
    // Words that are protected stay as they are.
    let protected: Vec<Span> = text.char_indices().step_by(7).map(|(at, c)| Span::new(at, at + c.len_utf8())).collect();
    let around = normalizer.normalize_protecting(text, &protected);
    check_alignment(text, &around);
}

/// Every profile but [`restore`]'s, and the options that make most of a difference.
pub fn normalize(text: &str) {
    static NORMALIZERS: LazyLock<Vec<Normalizer>> = LazyLock::new(|| {
        let of = |profile| Normalizer::builder().profile(profile);
        vec![
            of(Profile::Minimal).build(),
            of(Profile::Standard).build(),
            of(Profile::Editorial).build(),
            of(Profile::Search).build(),
            of(Profile::Standard).digits(Digits::Ascii).final_heh(FinalHeh::AlwaysVowel).protect_arabic(true).build(),
            of(Profile::Editorial).digits(Digits::Extended).final_heh(FinalHeh::AlwaysConsonant).build(),
        ]
    });
    let text = shortened(text);
    for normalizer in NORMALIZERS.iter() {
        check_normalizer(normalizer, text);
    }
    let mut end = 0;
    for run in suspicious(text) {
        assert!(run.span().start() >= end && run.span().slice(text) == Some(run.text()) && !run.text().is_empty());
        end = run.span().end();
    }
    for normalizer in NORMALIZERS.iter() {
        use SuspiciousKind::{Control, DirectionControl, DirectionMark, DirectionOverride};
        let removed = [Control, DirectionControl, DirectionMark, DirectionOverride];
        assert!(suspicious(&normalizer.normalize(text)).all(|run| !removed.contains(&run.kind())));
    }
}

/// The profile that asks the lexicon.
pub fn restore(text: &str) {
    static RESTORED: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::builder().profile(Profile::Restored).build());
    let text = shortened(text);
    let once = RESTORED.normalize(text);
    assert_eq!(RESTORED.is_normalized(text), once == text);
    assert_eq!(RESTORED.normalize(&once), once, "twice is once");
    assert!(once.len() <= 3 * text.len());
    let standard = Normalizer::new().normalize(&once).into_owned();
    assert_eq!(standard, once, "what is restored is standard");
    for aligned in [RESTORED.normalize_aligned(text), RESTORED.normalize_traced(text)] {
        assert_eq!(aligned.text(), once);
        let mut last = Span::new(0, 0);
        for (at, c) in aligned.text().char_indices() {
            let original = aligned.to_original(Span::new(at, at + c.len_utf8()));
            assert!(original.slice(text).is_some_and(|part| !part.is_empty()));
            assert!(original.start() >= last.start() && original.end() >= last.end());
            last = original;
        }
        assert_eq!(aligned.to_normalized(Span::new(0, text.len())), Span::new(0, aligned.text().len()));
    }
}

/// Tokens and sentences lose nothing, and a stream gives the sentences of the whole.
pub fn tokenize(text: &str) {
    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);
    static TOKENIZERS: LazyLock<Vec<(Tokenizer, usize)>> = LazyLock::new(|| {
        let configured = Tokenizer::builder().split_proclitics(&ANALYZER).split_morphemes(&ANALYZER);
        vec![
            (Tokenizer::new(), usize::MAX),
            (configured.clone().expressions(Expressions::Longest).build(), usize::MAX),
            (configured.expressions(Expressions::Longest).max_token_len(9).build(), 9),
        ]
    });
    static SEGMENTERS: LazyLock<Vec<SentenceSegmenter>> = LazyLock::new(|| {
        vec![
            SentenceSegmenter::new(),
            SentenceSegmenter::builder()
                .line_breaks(LineBreaks::Space)
                .ellipsis(true)
                .semicolon(true)
                .double_space(true)
                .build(),
        ]
    });
    let text = shortened(text);
    for (tokenizer, longest) in TOKENIZERS.iter() {
        let mut end = 0;
        for token in tokenizer.tokenize(text) {
            assert_eq!(token.span().start(), end);
            assert!(!token.text().is_empty() && token.span().slice(text) == Some(token.text()));
            assert!(token.text().len() <= *longest || token.text().chars().count() == 1);
            end = token.span().end();
        }
        assert_eq!(end, text.len());
    }
    for segmenter in SEGMENTERS.iter() {
        let size = 1 + text.len() % 61;
        let mut stream =
            SentenceReader::with_segmenter(std::io::BufReader::with_capacity(size, text.as_bytes()), segmenter);
        let mut end = 0;
        for sentence in segmenter.sentences(text) {
            assert_eq!(sentence.span().start(), end);
            assert!(!sentence.text().is_empty());
            end = sentence.span().end();
            let trimmed = sentence.trimmed_span();
            assert!(sentence.span().start() <= trimmed.start() && trimmed.end() <= end);
            let found = stream.next_sentence().expect("the text can be read").expect("as many sentences");
            assert_eq!((found.text(), found.start()), (sentence.text(), sentence.span().start() as u64));
        }
        assert_eq!(end, text.len());
        assert!(stream.next_sentence().expect("the text can be read").is_none());
        let mut pieces = SentenceReader::with_segmenter(text.as_bytes(), segmenter).max_sentence_len(16);
        let mut all = String::new();
        while let Some(piece) = pieces.next_sentence().expect("the text can be read") {
            assert!(!piece.text().is_empty());
            all.push_str(piece.text());
        }
        assert_eq!(all, text);
    }
}

/// Stems, lemmas and analyses of any word, and the way back through the generator.
pub fn morphology(text: &str) {
    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);
    static PARTS: LazyLock<(Stemmer, Lemmatizer, Generator)> =
        LazyLock::new(|| (Stemmer::from(&*ANALYZER), Lemmatizer::from(&*ANALYZER), Generator::from(&*ANALYZER)));
    let (stemmer, lemmatizer, generator) = &*PARTS;
    let text = shortened(text);
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    for word in &words {
        let analyses: Vec<_> = ANALYZER.analyze(word).collect();
        assert!(!analyses.is_empty());
        for analysis in &analyses {
            let pieces: String = analysis.segments().iter().filter_map(|segment| segment.span().slice(word)).collect();
            assert_eq!(pieces, *word, "segments are the word");
            assert_eq!(analysis.segments().iter().filter(|segment| segment.is_stem()).count(), 1);
            assert!(!analysis.stem().is_empty() && !analysis.lemma().is_empty());
            let _ = (analysis.to_string(), analysis.features(), analysis.unimorph());
        }
        assert_eq!(stemmer.stem(word), analyses[0].stem());
        assert_eq!(lemmatizer.lemmatize(word), analyses[0].lemma());
        let light = LightStemmer::new().stem(word);
        assert!(word.contains(light) && !light.is_empty());
    }
    assert_eq!(lemmatizer.lemmatize_in(words.iter().copied()).count(), words.len());
    // The tags come from the text too. The generator looks through the whole lexicon, so for a few inputs only.
    if let Some((first, rest)) = words.split_first().filter(|_| text.len() % 32 == 7) {
        let tags = rest.iter().take(3).copied().collect::<Vec<_>>().join(" ");
        for form in generator.generate(first, &tags) {
            assert!(!form.is_empty());
        }
    }
}

/// Names, documents and labels for training.
pub fn names(text: &str) {
    static PIPELINES: LazyLock<Vec<Pipeline>> = LazyLock::new(|| {
        let of = |profile| Pipeline::new().with_normalizer(Normalizer::builder().profile(profile).build());
        vec![Pipeline::new(), of(Profile::Minimal), of(Profile::Restored)]
    });
    static TAGGER: LazyLock<NerTagger> = LazyLock::new(NerTagger::new);
    let text = shortened(text);
    let mut end = 0;
    for entity in TAGGER.tag(text) {
        assert!(entity.span().start() >= end && entity.span().slice(text) == Some(entity.text()));
        end = entity.span().end();
    }
    for pipeline in PIPELINES.iter() {
        let document = pipeline.process(text);
        assert_eq!(document.tokens().map(|token| token.text()).collect::<String>(), text);
        assert_eq!(document.sentences().map(|sentence| sentence.text()).collect::<String>(), text);
        let mut end = 0;
        for entity in document.entities() {
            assert!(entity.span().start() >= end && !entity.text().is_empty());
            assert_eq!(entity.span().slice(text), Some(entity.text()));
            assert!(entity.word_span().start() <= entity.span().start());
            assert!(entity.word_span().end() >= entity.span().end());
            assert!((0.0..=1.0).contains(&entity.confidence()));
            end = entity.word_span().end();
        }
        for token in document.tokens().filter(|token| token.is_word() && !token.normalized().is_empty()).take(20) {
            assert!(!token.stem().is_empty() && !token.lemma().is_empty());
        }
        let tokens: Vec<_> = document.bio().collect();
        let begins = tokens.iter().filter(|token| matches!(token.tag(), BioTag::Begin(_))).count();
        assert_eq!(begins, document.entities().len());
        let mut before = BioTag::Outside;
        for token in &tokens {
            assert_eq!(token.token().span().slice(text), Some(token.text()));
            if let BioTag::Inside(label) = token.tag() {
                assert!(!token.starts_sentence() && before.label() == Some(label));
            }
            before = token.tag();
        }
        let rows = document.conll().to_string();
        assert_eq!(rows.split('\n').filter(|row| !row.is_empty()).count(), tokens.len());
    }
}

/// Character references and the letters of old fonts.
pub fn decode(text: &str) {
    let text = shortened(text);
    let _ = LegacyEncoding::guess(text);
    let fonts = [LegacyEncoding::AliK, LegacyEncoding::AliWeb, LegacyEncoding::Dylan, LegacyEncoding::Zarnegar];
    let decoded = fonts.iter().map(|font| font.decode(text)).chain([decode_entities(text)]);
    for decoded in decoded {
        check_alignment(text, &decoded);
        let same = decoded.text() == text;
        assert_eq!(matches!(decoded.into_text(), Cow::Borrowed(_)), same);
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    assert_eq!(decode_entities(&escaped).into_text(), text);
}

/// The errors of a check stand in order of their lines, and the first is the one that ends reading.
fn check_errors(first: &TableError, all: &[TableError]) {
    assert_eq!(all.first().map(ToString::to_string), Some(first.to_string()));
    assert!(all.windows(2).all(|pair| pair[0].line() <= pair[1].line()));
    for error in all {
        let message = error.to_string();
        let place = error.line().map_or("t.tsv: ".to_owned(), |line| format!("t.tsv, line {line}: "));
        assert!(message.starts_with(&place), "{message}");
    }
}

/// Tables of words, verbs, compounds and names: an error names a line of the table, and what is read can be built, loaded
/// and looked up.
pub fn tables(bytes: &[u8]) {
    let Some((kind, table)) = bytes.split_first() else { return };
    // A header for every second input, so that rows are read soon.
    let with = |header: &str| if kind & 4 == 0 { [header.as_bytes(), table].concat() } else { table.to_vec() };
    match kind & 3 {
        3 => {
            let table = with("name\tlabel\tvariants\tflags\tcountry\n");
            let checked = GazetteerBuilder::new().check_tsv("t.tsv", &table[..]);
            match GazetteerBuilder::new().extend_from_tsv("t.tsv", &table[..]) {
                Err(GazetteerError::Table(error)) => check_errors(&error, &checked),
                Err(error) => panic!("{error}"),
                Ok(builder) => {
                    assert!(checked.is_empty());
                    let built = builder.build().expect("what was read can be built");
                    let loaded = Gazetteer::from_bytes(built.as_bytes()).expect("what was built can be loaded");
                    assert_eq!(loaded.len(), built.len());
                    let again = GazetteerBuilder::new().extend_from(&loaded).expect("sound entries").build();
                    assert!(again.expect("the same entries").as_bytes() == built.as_bytes());
                }
            }
        }
        kind => {
            let header = match kind {
                0 => "lemma\tpos\tvariants\tclass\tfeatures\n",
                1 => "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n",
                _ => "element\tverb\tpostverb\ttransitivity\n",
            };
            let verbs = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n\
                         کردن\t\tکرد\tکە\tکرا\tکرێ\t\tt\n";
            let builder = LexiconBuilder::new();
            let table = with(header);
            let (checked, read) = match kind {
                0 => (builder.check_tsv("t.tsv", &table[..]), builder.extend_from_tsv("t.tsv", &table[..])),
                1 => (builder.check_verbs_tsv("t.tsv", &table[..]), builder.extend_verbs_from_tsv("t.tsv", &table[..])),
                _ => {
                    let builder = builder.extend_verbs_from_tsv("verbs", verbs.as_bytes()).expect("a sound table");
                    let checked = builder.check_light_verbs_tsv("t.tsv", &table[..]);
                    (checked, builder.extend_light_verbs_from_tsv("t.tsv", &table[..]))
                }
            };
            match read {
                Err(LexiconError::Table(error)) => check_errors(&error, &checked),
                Err(error) => panic!("{error}"),
                Ok(builder) => {
                    assert!(checked.is_empty());
                    let built = builder.build().expect("what was read can be built");
                    let loaded = Lexicon::from_bytes(built.as_bytes()).expect("what was built can be loaded");
                    assert_eq!(loaded.len(), built.len());
                    if kind == 0 {
                        let text = String::from_utf8(table).expect("the reader has read it");
                        for word in text.split(['\t', '\n', ';']).take(20) {
                            assert_eq!(loaded.contains(word), loaded.lookup(word).next().is_some());
                        }
                    }
                }
            }
        }
    }
}

const MAGIC: &[u8; 8] = b"SORANIFS";
/// Magic, version, kind, number of sections, checksum.
const HEADER: usize = 20;
const SECTIONS: usize = 5;

/// The checksum of the container.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The checksum of the automaton: CRC-32C, masked.
fn crc32c(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0x82F6_3B78 } else { crc >> 1 };
        }
    }
    (!crc).rotate_right(15).wrapping_add(0xA282_EAD8)
}

/// Makes both checksums right, where the bytes have a place for them.
fn seal(bytes: &mut [u8]) {
    let length = bytes.get(HEADER..HEADER + 8).and_then(|length| length.try_into().ok()).map(u64::from_le_bytes);
    if let Some(length) = length.and_then(|length| usize::try_from(length).ok()) {
        let start = HEADER + 8 * SECTIONS;
        let automaton = start.checked_add(length).and_then(|end| bytes.get_mut(start..end));
        if let Some(automaton) = automaton.filter(|automaton| automaton.len() >= 4) {
            let (body, sum) = automaton.split_at_mut(automaton.len() - 4);
            sum.copy_from_slice(&crc32c(body).to_le_bytes());
        }
    }
    if bytes.len() >= HEADER {
        let sum = fnv1a(&bytes[HEADER..]);
        bytes[12..HEADER].copy_from_slice(&sum.to_le_bytes());
    }
}

/// The compiled data that an input stands for: as it is; as what follows a sound header; or as changes of sound data, three
/// bytes a change: place and value. Checksums would keep the fuzzer from all that lies behind them, so they are made right.
fn compiled(input: &[u8], kind: u8, sound: &[u8]) -> Vec<u8> {
    let Some((mode, rest)) = input.split_first() else { return Vec::new() };
    match mode % 4 {
        0 => rest.to_vec(),
        1 => {
            let mut bytes = [&MAGIC[..], &[1, 0, kind, 5], &[0; 8], rest].concat();
            seal(&mut bytes);
            bytes
        }
        _ => {
            let mut bytes = sound.to_vec();
            for change in rest.chunks_exact(3) {
                let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
                bytes[at] = change[2];
            }
            if mode % 4 == 2 {
                bytes.truncate(bytes.len() - usize::from(rest.first().copied().unwrap_or(0)) % 16);
            }
            seal(&mut bytes);
            bytes
        }
    }
}

/// A lexicon that loads answers every question.
pub fn lexicon_from_bytes(input: &[u8]) {
    static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let words = "lemma\tpos\tvariants\tfeatures\nکتێب\tNOUN\tکتیب\t\nگەورە\tADJ\t\tDEG\nباش\tADJ\t\t\nباش\tADV\t\t\n\
                     لە\tADP\t\t\nمن\tPRON\t\t\n";
        let verbs = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n\
                     کردن\t\tکرد\tکە\tکرا\tکرێ\t\tt\nگەڕانەوە\t\tگەڕا\tگەڕێ\t\t\tەوە\ti\nهەڵگرتن\tهەڵ\tگرت\tگر\t\t\t\tt\n";
        let builder = LexiconBuilder::new().extend_from_tsv("words", words.as_bytes()).expect("a sound table");
        let builder = builder.extend_verbs_from_tsv("verbs", verbs.as_bytes()).expect("a sound table");
        builder.build().expect("a sound lexicon").as_bytes().to_vec()
    });
    let Ok(lexicon) = Lexicon::from_bytes(compiled(input, 1, &SOUND)) else { return };
    let words = ["کتێبەکەم", "هەڵیدەگرم", "گەڕامەوە", "باش", "a", "zz"];
    for word in words {
        for entry in lexicon.lookup(word) {
            assert!(entry.lemma().len() <= 255);
        }
        assert_eq!(lexicon.contains(word), lexicon.lookup(word).next().is_some());
        assert!(lexicon.prefixes(word).all(|(span, _)| span.slice(word).is_some()));
    }
    let analyzer = Analyzer::with_lexicon(lexicon);
    let (stemmer, lemmatizer, generator) =
        (Stemmer::from(&analyzer), Lemmatizer::from(&analyzer), Generator::from(&analyzer));
    for word in words {
        let first = analyzer.analyze(word).next().expect("every word has an analysis");
        assert_eq!(stemmer.stem(word), first.stem());
        assert_eq!(lemmatizer.lemmatize(word), first.lemma());
        let _ = (first.to_string(), first.unimorph(), generator.generate(word, "DEF"));
    }
    assert_eq!(lemmatizer.lemmatize_in(words).count(), words.len());
}

/// A gazetteer that loads answers every question, and can be built into others.
pub fn gazetteer_from_bytes(input: &[u8]) {
    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);
    static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let table = "id\tname\tlabel\tvariants\tsubtype\tcountry\tflags\n\
                     plc-1\tهەولێر\tLOC\tئەربیل;?هەولیر\tcity\tIQ\t\nplc-2\tهەولێر\tORG\t\tclub\t\tambiguous\n\
                     per-1\tنێچیرڤان بارزانی\tPER\tبارزانی\t\t\t\nx\tشی\tPER\t\t\tCN\tshort\n";
        let builder = GazetteerBuilder::new().extend_from_tsv("names", table.as_bytes()).expect("a sound table");
        builder.build().expect("a sound gazetteer").as_bytes().to_vec()
    });
    let Ok(gazetteer) = Gazetteer::from_bytes(compiled(input, 2, &SOUND)) else { return };
    let text = "نێچیرڤان بارزانی لە هەولێرەوە بۆ ئەربیل چوو شی گوتی a b";
    for word in text.split(' ') {
        for entry in gazetteer.lookup(word).chain(gazetteer.lookup_misspelt(word)) {
            let _ = (entry.id(), entry.name(), entry.label(), entry.subtype(), entry.country());
        }
    }
    if let Ok(builder) = GazetteerBuilder::new().extend_from(&gazetteer) {
        if let Ok(built) = builder.build() {
            assert_eq!(built.len(), gazetteer.len());
        }
    }
    let pipeline = Pipeline::with_parts(gazetteer, ANALYZER.clone());
    let document = pipeline.process(text);
    assert!(document.entities().iter().all(|entity| entity.span().slice(text) == Some(entity.text())));
}
