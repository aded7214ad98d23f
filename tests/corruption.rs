//! Compiled data that was damaged or crafted: it is refused, or it is safe to use.
//!
//! The damage is the same in every run. Where the checksums would tell it, they are made right again, as whoever crafts
//! such bytes would do: the one over all sections, and the one that the automaton carries.

use sorani::*;

/// Magic, version, kind, number of sections, checksum.
const HEADER: usize = 20;
const SECTIONS: usize = 5;

/// Numbers that look random and are the same in every run (`SplitMix64`).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// CRC-32C with the mask that the automaton's format asks for.
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

/// The sections of sound bytes, as ranges.
fn sections(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut at = HEADER + 8 * SECTIONS;
    let length = |index: usize| {
        let from = HEADER + 8 * index;
        usize::try_from(u64::from_le_bytes(bytes[from..from + 8].try_into().unwrap())).unwrap()
    };
    let ranges = (0..SECTIONS).map(|index| {
        let range = at..at + length(index);
        at = range.end;
        range
    });
    ranges.collect()
}

/// Makes both checksums right, where the bytes still have a place for them.
fn seal(bytes: &mut [u8], automaton: &std::ops::Range<usize>) {
    if let Some(part) = bytes.get_mut(automaton.clone()).filter(|part| part.len() >= 4) {
        let (body, sum) = part.split_at_mut(part.len() - 4);
        sum.copy_from_slice(&crc32c(body).to_le_bytes());
    }
    if bytes.len() >= HEADER {
        let sum = fnv1a(&bytes[HEADER..]);
        bytes[12..HEADER].copy_from_slice(&sum.to_le_bytes());
    }
}

/// One of the kinds of damage; the section that it is aimed at, or the whole.
fn damage(good: &[u8], random: &mut Random) -> Vec<u8> {
    let ranges = sections(good);
    let mut bad = good.to_vec();
    let target = match random.below(SECTIONS + 2) {
        SECTIONS => 0..HEADER,
        at if at > SECTIONS => HEADER..HEADER + 8 * SECTIONS,
        at => ranges[at].clone(),
    };
    let place = |random: &mut Random| target.start + random.below(target.len());
    match random.below(12) {
        0..=2 => {
            let at = place(random);
            if let Some(byte) = bad.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        3..=5 => {
            for _ in 0..=random.below(4) {
                let at = place(random);
                if let Some(byte) = bad.get_mut(at) {
                    *byte =
                        if random.below(3) == 0 { [0, 1, 0x7F, 0x80, 0xFF][random.below(5)] } else { random.byte() };
                }
            }
        }
        6 => bad.truncate(place(random)),
        7 => {
            // A length that is giant, nothing, one more, or such that two sections lie over each other.
            let at = HEADER + 8 * random.below(SECTIONS);
            let length = u64::from_le_bytes(bad[at..at + 8].try_into().unwrap());
            let lengths = [u64::MAX, u64::MAX - length, 1 << 63, 0, length + 1, length.wrapping_sub(1), length * 2];
            bad[at..at + 8].copy_from_slice(&lengths[random.below(lengths.len())].to_le_bytes());
        }
        8 => {
            // What one section gives the next one takes: the sum is still that of the bytes.
            let at = random.below(SECTIONS - 1);
            let by = 1 + random.below(ranges[at].len().min(40)) as u64;
            for (index, add) in [(at, by.wrapping_neg()), (at + 1, by)] {
                let from = HEADER + 8 * index;
                let length = u64::from_le_bytes(bad[from..from + 8].try_into().unwrap());
                bad[from..from + 8].copy_from_slice(&length.wrapping_add(add).to_le_bytes());
            }
        }
        9 => {
            // Two places change with each other.
            let (a, b) = (place(random), place(random));
            if a.max(b) < bad.len() {
                bad.swap(a, b);
            }
        }
        10 => {
            let count = 1 + random.below(40);
            bad.extend((0..count).map(|_| random.byte()));
        }
        _ => {
            // A piece is copied over another.
            let (from, to, len) = (place(random), place(random), 1 + random.below(24));
            if from.max(to) + len <= bad.len() {
                bad.copy_within(from..from + len, to);
            }
        }
    }
    if random.below(8) != 0 {
        let automaton = sections(good)[0].clone();
        seal(&mut bad, &automaton);
    }
    bad
}

fn small_lexicon() -> Lexicon<Vec<u8>> {
    let words = "lemma\tpos\tvariants\tfeatures\nکتێب\tNOUN\tکتیب\t\nگەورە\tADJ\t\tDEG\nباش\tADJ\t\t\nباش\tADV\t\t\n\
                 شار\tNOUN\t\t\nئێران\tPROPN\t\t\nلە\tADP\t\t\nمن\tPRON\t\t\n";
    let verbs = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n\
                 کردن\t\tکرد\tکە\tکرا\tکرێ\t\tt\nگەڕانەوە\t\tگەڕا\tگەڕێ\t\t\tەوە\ti\nهەڵگرتن\tهەڵ\tگرت\tگر\t\t\t\tt\n";
    let compounds = "element\tverb\tpostverb\ttransitivity\nبڵاو\tکردن\tەوە\tt\n";
    let builder = LexiconBuilder::new().extend_from_tsv("words", words.as_bytes()).unwrap();
    let builder = builder.extend_verbs_from_tsv("verbs", verbs.as_bytes()).unwrap();
    builder.extend_light_verbs_from_tsv("compounds", compounds.as_bytes()).unwrap().build().unwrap()
}

fn small_gazetteer() -> Gazetteer<Vec<u8>> {
    let table = "id\tname\tlabel\tvariants\tsubtype\tcountry\tflags\n\
                 plc-1\tهەولێر\tLOC\tئەربیل;?هەولیر\tcity\tIQ\t\nplc-2\tهەولێر\tORG\t\tclub\t\tambiguous\n\
                 per-1\tنێچیرڤان بارزانی\tPER\tبارزانی\t\t\t\norg-1\tبنکەی ژین\tORG\t\t\tIQ\t\nx\tشی\tPER\t\t\tCN\tshort\n";
    GazetteerBuilder::new().extend_from_tsv("names", table.as_bytes()).unwrap().build().unwrap()
}

/// Asks a lexicon everything that can be asked. What it answers may be wrong, but it answers.
fn use_lexicon<D: AsRef<[u8]> + Clone + Send + Sync + std::panic::RefUnwindSafe + std::panic::UnwindSafe + 'static>(
    lexicon: &Lexicon<D>,
    words: &[&str],
) {
    let _ = (lexicon.len(), lexicon.is_empty(), format!("{lexicon:?}"));
    let analyzer = Analyzer::with_lexicon(lexicon.clone());
    let (stemmer, lemmatizer, generator) =
        (Stemmer::from(&analyzer).joining_postverb(true), Lemmatizer::from(&analyzer), Generator::from(&analyzer));
    for word in words {
        assert_eq!(lexicon.contains(word), lexicon.lookup(word).count() > 0);
        for entry in lexicon.lookup(word) {
            assert!(entry.lemma().len() <= 255 && !entry.pos().as_str().is_empty());
        }
        for (span, _) in lexicon.prefixes(word) {
            assert!(span.slice(word).is_some());
        }
        for analysis in analyzer.analyze(word) {
            let _ = (analysis.lemma(), analysis.stem(), analysis.to_string(), analysis.features(), analysis.unimorph());
            assert!(analysis.segments().iter().all(|segment| segment.span().slice(word).is_some()));
        }
        let _ = (stemmer.stem(word), lemmatizer.lemmatize(word));
        let _ = generator.generate(word, "DEF");
    }
    let _ = generator.paradigm(words[0]);
    assert_eq!(lemmatizer.lemmatize_in(words.iter().copied()).count(), words.len());
    let text = words.join(" ");
    let tokenizer = Tokenizer::builder().split_proclitics(&analyzer).split_morphemes(&analyzer).build();
    assert_eq!(tokenizer.tokenize(&text).map(|token| token.text()).collect::<String>(), text);
    let restored = Normalizer::builder().profile(Profile::Restored).lexicon(&analyzer).build();
    let _ = restored.normalize_aligned(&text);
}

/// The same of a gazetteer.
fn use_gazetteer<D: AsRef<[u8]> + Clone>(gazetteer: &Gazetteer<D>, analyzer: &Analyzer, text: &str) {
    let _ = (gazetteer.len(), gazetteer.is_empty(), format!("{gazetteer:?}"));
    for word in text.split(' ') {
        for entry in gazetteer.lookup(word).chain(gazetteer.lookup_misspelt(word)) {
            let _ = (entry.id(), entry.name(), entry.label(), entry.subtype(), entry.country());
        }
    }
    let merged = GazetteerBuilder::new().extend_from(gazetteer).and_then(GazetteerBuilder::build);
    if let Ok(merged) = merged {
        assert!(Gazetteer::from_bytes(merged.as_bytes()).is_ok());
    }
    let pipeline = Pipeline::with_parts(gazetteer.clone(), analyzer.clone());
    let document = pipeline.process(text);
    for entity in document.entities() {
        assert_eq!(entity.span().slice(text), Some(entity.text()));
        let _ = (entity.canonical(), entity.id(), entity.confidence(), entity.subtype(), entity.country());
    }
    assert!(document.bio().all(|token| token.token().span().slice(text) == Some(token.text())));
}

const WORDS: [&str; 10] =
    ["کتێبەکەم", "بڵاویکردەوە", "باش", "گەورەتر", "هەڵیدەگرم", "گەڕامەوە", "لەشاردا", "کرد", "ئێرانیش", "zzz"];
const TEXT: &str = "نێچیرڤان بارزانی لە هەولێرەوە بۆ ئەربیل و هه‌ولیر چوو بنکەی ژینیش شی گوتی";

#[test]
fn nine_thousand_damaged_small_lexicons_are_refused_or_safe() {
    let good = small_lexicon().as_bytes().to_vec();
    let mut random = Random(1);
    let mut loaded = 0;
    for _ in 0..9_000 {
        if let Ok(lexicon) = Lexicon::from_bytes(damage(&good, &mut random)) {
            loaded += 1;
            use_lexicon(&lexicon, &WORDS);
        }
    }
    // Were none loaded, the damage would have tested the checksum only.
    assert!((300..6_000).contains(&loaded), "{loaded}");
}

#[test]
fn nine_thousand_damaged_small_gazetteers_are_refused_or_safe() {
    let good = small_gazetteer().as_bytes().to_vec();
    let analyzer = Analyzer::new();
    let mut random = Random(2);
    let mut loaded = 0;
    for _ in 0..9_000 {
        if let Ok(gazetteer) = Gazetteer::from_bytes(damage(&good, &mut random)) {
            loaded += 1;
            use_gazetteer(&gazetteer, &analyzer, TEXT);
        }
    }
    assert!((300..6_000).contains(&loaded), "{loaded}");
}

#[test]
fn damage_to_the_embedded_data_is_refused_or_safe() {
    let mut random = Random(3);
    let (lexicon, gazetteer) = (Lexicon::embedded().as_bytes(), Gazetteer::embedded().as_bytes());
    let analyzer = Analyzer::new();
    for _ in 0..60 {
        if let Ok(lexicon) = Lexicon::from_bytes(damage(lexicon, &mut random)) {
            use_lexicon(&lexicon, &WORDS[..3]);
        }
        if let Ok(gazetteer) = Gazetteer::from_bytes(damage(gazetteer, &mut random)) {
            use_gazetteer(&gazetteer, &analyzer, TEXT);
        }
    }
    for _ in 0..100 {
        let mut bad = lexicon.to_vec();
        let at = random.below(bad.len());
        bad[at] ^= 1 << random.below(8);
        assert!(Lexicon::from_bytes(bad).is_err(), "byte {at}");
        let mut bad = gazetteer.to_vec();
        let at = random.below(bad.len());
        bad[at] ^= 1 << random.below(8);
        assert!(Gazetteer::from_bytes(bad).is_err(), "byte {at}");
    }
}

#[test]
fn a_damaged_byte_without_its_checksum_and_any_cut_are_refused() {
    let (lexicon, gazetteer) = (small_lexicon().as_bytes().to_vec(), small_gazetteer().as_bytes().to_vec());
    for at in 0..lexicon.len() {
        let mut bad = lexicon.clone();
        bad[at] ^= 0x10;
        assert!(Lexicon::from_bytes(bad).is_err(), "byte {at}");
        let mut cut = lexicon[..at].to_vec();
        assert!(Lexicon::from_bytes(cut.clone()).is_err(), "cut at {at}");
        seal(&mut cut, &sections(&lexicon)[0]);
        assert!(Lexicon::from_bytes(cut).is_err(), "sealed cut at {at}");
    }
    for at in 0..gazetteer.len() {
        let mut bad = gazetteer.clone();
        bad[at] ^= 0x10;
        assert!(Gazetteer::from_bytes(bad).is_err(), "byte {at}");
        let mut cut = gazetteer[..at].to_vec();
        assert!(Gazetteer::from_bytes(cut.clone()).is_err(), "cut at {at}");
        seal(&mut cut, &sections(&gazetteer)[0]);
        assert!(Gazetteer::from_bytes(cut).is_err(), "sealed cut at {at}");
    }
}

#[test]
fn one_kind_is_not_read_as_the_other() {
    let (lexicon, gazetteer) = (small_lexicon().as_bytes().to_vec(), small_gazetteer().as_bytes().to_vec());
    assert!(Gazetteer::from_bytes(&lexicon[..]).is_err());
    assert!(Lexicon::from_bytes(&gazetteer[..]).is_err());
    // With the header of the other kind: the records are no records of it.
    let swapped = |head: &[u8], body: &[u8]| [&head[..12], &body[12..]].concat();
    assert!(Gazetteer::from_bytes(swapped(&gazetteer, &lexicon)).is_err());
    assert!(Lexicon::from_bytes(swapped(&lexicon, &gazetteer)).is_err());
    for (at, to) in [(0, b's'), (7, 0), (8, 0), (8, 2), (9, 1), (10, 0), (10, 3), (11, 0), (11, 4), (11, 6), (11, 255)]
    {
        let mut bad = lexicon.clone();
        bad[at] = to;
        assert!(Lexicon::from_bytes(bad).is_err(), "byte {at} as {to}");
        let mut bad = gazetteer.clone();
        bad[at] = to;
        assert!(Gazetteer::from_bytes(bad).is_err(), "byte {at} as {to}");
    }
    assert!(Lexicon::from_bytes(&b""[..]).is_err());
    assert!(Gazetteer::from_bytes(&b""[..]).is_err());
}

/// An artefact with these sections, and checksums that are right.
fn sealed(kind: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"SORANIFS\x01\x00".to_vec();
    bytes.extend([kind, u8::try_from(parts.len()).unwrap()]);
    bytes.extend([0; 8]);
    for part in parts {
        bytes.extend((part.len() as u64).to_le_bytes());
    }
    let start = bytes.len();
    bytes.extend(parts.iter().flatten());
    seal(&mut bytes, &(start..start + parts[0].len()));
    bytes
}

/// The bytes of an automaton around these nodes, the last of which is its root.
fn automaton(nodes: &[u8], keys: u64, root: u64) -> Vec<u8> {
    let mut bytes = 3_u64.to_le_bytes().to_vec();
    bytes.extend([0; 8]);
    bytes.extend(nodes);
    bytes.extend(keys.to_le_bytes());
    bytes.extend(root.to_le_bytes());
    bytes.extend([0; 4]);
    bytes
}

/// The small lexicon with another automaton.
fn lexicon_with(nodes: &[u8], keys: u64, root: Option<u64>) -> Result<Lexicon<Vec<u8>>, LexiconError> {
    let good = small_lexicon().as_bytes().to_vec();
    let mut parts: Vec<Vec<u8>> = sections(&good).into_iter().map(|range| good[range].to_vec()).collect();
    parts[0] = automaton(nodes, keys, root.unwrap_or(15 + nodes.len() as u64));
    Lexicon::from_bytes(sealed(1, &parts))
}

#[test]
fn an_automaton_of_endless_paths_is_refused_at_once() {
    // Each of sixty nodes leads twice to the one before it.
    for first in [[0, 0, 0], [0, 0, 0x40]] {
        let mut nodes = first.to_vec();
        for _ in 0..60 {
            nodes.extend([1, 1, b'b', b'a', 0x10, 2]);
        }
        for keys in [0, 1, 1 << 60] {
            assert!(lexicon_with(&nodes, keys, None).is_err());
        }
    }
    // A key longer than any word: walks over all keys would be longer than the data.
    let mut nodes = vec![0, 0, 0x40];
    nodes.extend([0b1100_0001; 5_000]);
    assert!(lexicon_with(&nodes, 1, None).is_err());
}

#[test]
fn addresses_out_of_bounds_are_refused() {
    // The root lies anywhere.
    for root in [1, 7, 15, 16, 17, 40, u64::MAX, u64::MAX - 20, 1 << 40] {
        assert!(lexicon_with(&[0, 0, 0x40], 1, Some(root)).is_err(), "root {root}");
    }
    // A transition leads before the first byte, into the header, or on from the first node.
    assert!(lexicon_with(&[0xFF, b'a', 0x10, 1], 1, None).is_err());
    assert!(lexicon_with(&[5, b'a', 0x10, 1], 1, None).is_err());
    assert!(lexicon_with(&[0b1100_0001], 1, None).is_err());
    // Sizes of addresses and values that are none.
    for sizes in [0x00, 0x90, 0xF0, 0x19, 0x1F, 0xFF] {
        let mut nodes = vec![0; 40];
        nodes.extend([sizes, 0b1000_0001]);
        assert!(lexicon_with(&nodes, 1, None).is_err(), "sizes {sizes:#x}");
    }
    // Values that add up to more than a number holds.
    let mut nodes = vec![0, 0, 0x40];
    for _ in 0..2 {
        nodes.extend([0xFF; 8]);
        nodes.extend([1, 0x18, 0b1000_0001]);
    }
    assert!(lexicon_with(&nodes, 1, None).is_err());
}

#[test]
fn several_keys_for_one_group_of_entries_are_refused() {
    // Two keys, both with the first record: walks over all entries would take the product of keys and entries.
    let nodes = [0, 0, b'b', b'a', 0x10, 2];
    assert!(lexicon_with(&nodes, 2, None).is_err());
    // One key alone is sound, though the other records belong to nobody.
    let lexicon = lexicon_with(&[0, b'a', 0x10, 1], 1, None).unwrap();
    use_lexicon(&lexicon, &["a", "ab", "b", "aم"]);
}

#[test]
fn lists_of_names_that_no_record_can_refer_to_are_refused() {
    let good = small_lexicon().as_bytes().to_vec();
    let parts: Vec<Vec<u8>> = sections(&good).into_iter().map(|range| good[range].to_vec()).collect();
    for (section, count) in [(3, 300), (4, 70_000)] {
        let mut parts = parts.clone();
        parts[section].extend(vec![b'\n'; count]);
        assert!(Lexicon::from_bytes(sealed(1, &parts)).is_err());
    }
    let good = small_gazetteer().as_bytes().to_vec();
    let mut parts: Vec<Vec<u8>> = sections(&good).into_iter().map(|range| good[range].to_vec()).collect();
    assert!(Gazetteer::from_bytes(sealed(2, &parts)).is_ok());
    parts[4].extend(vec![b'\n'; 300]);
    assert!(Gazetteer::from_bytes(sealed(2, &parts)).is_err());
}

#[test]
fn loading_needs_memory_in_proportion_to_the_bytes() {
    let good = small_lexicon().as_bytes().to_vec();
    let mut random = Random(4);
    for _ in 0..500 {
        let bad = damage(&good, &mut random);
        let len = bad.len() as u64;
        let used = allocation_counter::measure(|| drop(Lexicon::from_bytes(bad)));
        assert!(used.bytes_max <= 32 * len + 4_096, "{} bytes for {len}", used.bytes_max);
    }
}

#[test]
fn parts_of_a_verb_hold_no_slots_and_are_no_longer_than_a_word() {
    let columns = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n";
    let error = |parts: &str| {
        let table = format!("{columns}هەڵگرتن\t{parts}\tگرت\tگر\t\t\t\tt\n");
        LexiconBuilder::new().extend_verbs_from_tsv("v.tsv", table.as_bytes()).unwrap_err().to_string()
    };
    assert!(error("هە\u{2}ڵ").ends_with("in column `parts` holds a control character"));
    assert!(error(&"ن".repeat(200)).ends_with("in column `parts` is longer than 255 bytes"));
}
