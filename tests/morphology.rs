//! The analyzer, the stemmer and the lemmatizer on the table of analysed words.

use sorani::{AnalysisSource, Analyzer, Generator, Lemmatizer, LexiconBuilder, LightStemmer, Stemmer, Tokenizer};

use crate::golden::{assert_none, cases};

/// Rows that are marked `open` in the table are known not to come out right yet: when one does, the mark has to go.
#[test]
fn the_table_of_analysed_words() {
    let (analyzer, stemmer, lemmatizer) = (Analyzer::new(), Stemmer::new(), Lemmatizer::new());
    let cases = cases("morphology.tsv");
    let mut failures = Vec::new();
    for case in &cases {
        let word = case.get("word");
        let tags = case.get("tags").replace('-', "");
        let (stem, lemma) = (stemmer.stem(&word), lemmatizer.lemmatize(&word));
        let analysed = analyzer
            .analyze(&word)
            .any(|analysis| analysis.to_string() == case.get("segmentation") && analysis.tags() == tags);
        let right = stem == case.get("stem") && lemma == case.get("lemma") && analysed;
        match case.get("status").as_str() {
            "ok" if !right => {
                let found: Vec<String> =
                    analyzer.analyze(&word).take(3).map(|a| format!("{a} <{}>", a.tags())).collect();
                failures.push(format!(
                    "{}: {word}: stem {stem} ({}), lemma {lemma} ({}), {} <{tags}> {}: {}",
                    case.place,
                    case.get("stem"),
                    case.get("lemma"),
                    case.get("segmentation"),
                    if analysed { "found" } else { "not found" },
                    found.join(", ")
                ));
            }
            "open" if right => failures.push(format!("{}: {word} comes out right now: mark it ok", case.place)),
            _ => {}
        }
    }
    assert_none(&failures, cases.len());
}

/// The lexicon of the crate knows many of these words by now, so that the stemmer gets one that knows nothing but the verbs
/// with which any word makes a verb.
#[test]
fn the_table_of_unknown_words() {
    let verbs = "lemma\tparts\tpast\tpresent\tpassive_past\tpassive_present\tpostverb\ttransitivity\n\
                 کردن\t\tکرد\tکە\tکرا\tکرێ\t\tt\n\
                 کردنەوە\t\tکرد\tکە\tکرا\tکرێ\tەوە\tt\n";
    let lexicon = LexiconBuilder::new().extend_verbs_from_tsv("verbs.tsv", verbs.as_bytes());
    let stemmer = Stemmer::with_lexicon(lexicon.and_then(LexiconBuilder::build).expect("two verbs"));
    let cases = cases("fallback.tsv");
    let mut failures = Vec::new();
    for case in &cases {
        let word = case.get("word");
        let stem = stemmer.stem(&word);
        match case.get("status").as_str() {
            "ok" if stem != case.get("stem") => {
                failures.push(format!("{}: {word}: {stem}, not {}", case.place, case.get("stem")));
            }
            "open" if stem == case.get("stem") => {
                failures.push(format!("{}: {word} comes out right now: mark it ok", case.place));
            }
            _ => {}
        }
    }
    assert_none(&failures, cases.len());
}

#[test]
fn words_that_only_end_like_inflected_ones_are_not_cut() {
    let stemmer = Stemmer::new();
    let traps = "برا خوا خودا شان نان زمان جوان ژیان ڕۆژنامە نەتەوە گیان ئاسمان باران بەهەشت داستان تاران کەنەدا \
                 ڕانیە قوربانی پاکستان هیندستان لوبنان یۆنان داعش بەش ڕەش خۆش باش چەک نزیک خاک دایک پارە مووچە وێنە \
                 دەرگا دەفتەر پزیشک دەست نەوت خەڵک پەیمان زیندان شوان جیهان نیشتمان تاوان شیرین زەوی ئازادی \
                 سەرۆکوەزیران خوێندکار ئەندام سەردەم بەرهەم داهاتوو مێژوو کوێستان کوردایەتی هاوکاری نووسەر یاریزان \
                 هونەرمەند ڕۆژانە ساڵانە بێدەنگ بەهێز کوردستان باشینیان سلێمانی بۆکان بەغدا";
    let cut: Vec<String> = traps
        .split_whitespace()
        .filter(|word| stemmer.stem(word) != *word)
        .map(|word| format!("{word} became {}", stemmer.stem(word)))
        .collect();
    assert_none(&cut, traps.split_whitespace().count());
}

#[test]
fn a_stem_is_its_own_stem() {
    let stemmer = Stemmer::new();
    let mut wrong = Vec::new();
    let cases = cases("morphology.tsv");
    for case in cases.iter().filter(|case| case.get("status") == "ok") {
        let stem = case.get("stem");
        if stemmer.stem(&stem) != stem {
            wrong.push(format!("{}: {stem} becomes {}", case.place, stemmer.stem(&stem)));
        }
    }
    assert_none(&wrong, cases.len());
}

/// What is analysed is generated, on every twentieth word of the table.
#[test]
fn every_analysis_is_generated_again() {
    let (analyzer, generator) = (Analyzer::new(), Generator::new());
    let mut checked = 0;
    for case in cases("morphology.tsv").iter().step_by(20) {
        let word = case.get("word");
        for analysis in analyzer.analyze(&word).filter(|analysis| analysis.source() == AnalysisSource::Lexicon).take(2)
        {
            let (lemma, tags) = (analysis.lemma(), analysis.tags());
            // A preposition and digits have no lemma of their own.
            if tags.contains("PREP") || word.starts_with(|c: char| c.is_numeric()) {
                continue;
            }
            let forms = generator.generate(lemma, &tags);
            assert!(forms.contains(&word), "{word}: {lemma} <{tags}> makes {forms:?}");
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn every_form_of_a_paradigm_is_analysed_again() {
    let (analyzer, generator) = (Analyzer::new(), Generator::new());
    for (lemma, least) in [("شار", 20), ("دەریا", 20), ("جوان", 20), ("چوون", 100), ("کردنەوە", 100), ("هاتن", 100)]
    {
        let paradigm = generator.paradigm(lemma);
        assert!(paradigm.len() >= least, "{lemma}: {}", paradigm.len());
        for form in paradigm.iter().step_by(1 + paradigm.len() / 200) {
            let found = analyzer.analyze(form.text()).any(|analysis| {
                analysis.lemma() == lemma && analysis.tags() == form.tags() && analysis.pos() == form.pos()
            });
            assert!(found, "{lemma} <{}>: {}", form.tags(), form.text());
        }
    }
    assert!(generator.paradigm("نییەتی").is_empty());
}

#[test]
fn a_bundle_of_unimorph_begins_with_the_part_of_speech_and_repeats_nothing() {
    let analyzer = Analyzer::new();
    let mut wrong = Vec::new();
    let cases = cases("morphology.tsv");
    for case in &cases {
        let word = case.get("word");
        for analysis in analyzer.analyze(&word) {
            let bundle = analysis.unimorph();
            let features: Vec<&str> = bundle.split(';').collect();
            let distinct: std::collections::BTreeSet<&&str> = features.iter().collect();
            let begins = features[0].split('.').next().is_some_and(|pos| {
                ["N", "PROPN", "ADJ", "ADV", "V", "NUM", "PRO", "DET", "ADP", "CONJ", "PART", "INTJ"].contains(&pos)
            });
            if !begins || distinct.len() != features.len() || features.contains(&"") {
                wrong.push(format!("{}: {word} <{}>: {bundle}", case.place, analysis.tags()));
            }
        }
    }
    assert_none(&wrong, cases.len());
}

#[test]
fn bundles_of_unimorph_say_what_the_tags_do() {
    let analyzer = Analyzer::new();
    for (word, tags, bundle) in [
        ("شارەکان", "DEF.PL", "N;DEF;PL"),
        ("شارێکی", "INDF EZ", "N;INDF;LGSPEC1"),
        ("شارەکەماندا", "DEF PM.1PL POST.DA", "N;DEF;PSS1P;LGSPEC4(DA)"),
        ("جوانترین", "SUP", "ADJ;SPRL"),
        ("هەولێریش", "ADD", "PROPN;LGSPEC5"),
        ("کوردین", "COP.1PL", "N;LGSPEC7(1P)"),
        ("دەچم", "IPFV PRS AGR.1SG", "V;PRS;IND;1;SG"),
        ("ناچم", "NEG PRS AGR.1SG", "V;PRS;NEG;1;SG"),
        ("بچن", "SBJV PRS AGR.3PL", "V;PRS;SBJV;3;PL"),
        ("مەچن", "PROH PRS IMP.PL", "V;PRS;IMP;NEG;2;PL"),
        ("چووبوو", "PST PQP", "V;PST;PRF;3;SG"),
        ("چووبوومایە", "PST PQP AGR.1SG COND", "V;PST;PRF;SBJV;1;SG"),
        ("نووسرا", "PASS PST", "V;PST;PASS;3;SG"),
        ("دەنووسرێت", "PASS IPFV PRS AGR.3SG", "V;PRS;IND;PASS;3;SG"),
        ("دەسووتێنم", "IPFV PRS AGR.1SG", "V;PRS;IND;CAUS;1;SG"),
        ("نووسراو", "PASS PST PTCP", "V.PTCP;PST;PASS"),
        ("نووسینی", "PST INF EZ", "V.MSDR;LGSPEC1"),
        ("هەمە", "PRS PM.1SG AGR.3SG", "V;PRS;1;SG"),
    ] {
        let found = analyzer.analyze(word).find(|analysis| analysis.tags() == tags);
        assert_eq!(found.map(|analysis| analysis.unimorph()).as_deref(), Some(bundle), "{word} <{tags}>");
    }
}

/// The paradigms are those of the grammar; the stemmer knows nothing of it but its own table.
#[test]
fn the_light_stemmer_gives_nearly_all_forms_of_a_noun_one_stem() {
    let (generator, stemmer) = (Generator::new(), LightStemmer::new());
    // No rule can tell a vocative or a short indefinite from a longer word.
    let left_alone = |tags: &str| ["VOC.F", "VOC.PL", "INDF.S"].contains(&tags);
    for lemma in ["گوند", "دەریا", "خوێندکار", "ناوچە", "هاوڕێ", "بازرگانی", "کتێبخانە"]
    {
        let stem = stemmer.stem(lemma);
        let paradigm = generator.paradigm(lemma);
        let forms = paradigm.iter().filter(|form| !left_alone(form.tags()) && stemmer.stem(form.text()) != stem);
        let other: Vec<String> = forms.map(|form| format!("{}: {}", form.text(), stemmer.stem(form.text()))).collect();
        assert!(10 * other.len() <= paradigm.len(), "{lemma}, {stem}: {other:?} of {}", paradigm.len());
    }
}

#[test]
fn a_light_stem_is_borrowed_without_allocation() {
    let stemmer = LightStemmer::new();
    let text = include_str!("../examples/texts/prose.txt");
    let stems = || text.split_whitespace().map(|word| stemmer.stem(word).len()).sum::<usize>();
    let first = stems();
    let mut second = 0;
    let allocated = allocation_counter::measure(|| second = stems());
    assert_eq!((first, allocated.count_total), (second, 0));
}

/// The lemmas of the words of a sentence, and those of each alone.
fn lemmas(sentence: &str) -> (Vec<String>, Vec<String>) {
    let (tokenizer, lemmatizer) = (Tokenizer::new(), Lemmatizer::new());
    let tokens: Vec<&str> = tokenizer.tokenize(sentence).map(|token| token.text()).collect();
    let lemmas: Vec<_> = lemmatizer.lemmatize_in(tokens.iter().copied()).collect();
    assert_eq!(lemmas.len(), tokens.len());
    let words = || tokens.iter().zip(&lemmas).filter(|(token, _)| token.chars().any(char::is_alphanumeric));
    let together = words().map(|(_, lemma)| lemma.clone().into_owned()).collect();
    (together, words().map(|(token, _)| lemmatizer.lemmatize(token).into_owned()).collect())
}

#[test]
fn neighbours_decide_between_readings() {
    for (sentence, at, lemma) in [
        ("هونەری مۆسیقا", 0, "هونەر"),
        ("بە هونەری مۆسیقا", 1, "هونەر"),
        ("وێنەیەکی هونەری", 1, "هونەری"),
        ("باران دێ.", 1, "هاتن"),
        ("کۆبوونەوەیان ئەنجامدا.", 1, "ئەنجامدان"),
        ("ئەم ڕێکخراوە گەورەیە", 1, "ڕێکخراو"),
        ("ئەو ژنانە هاتن", 1, "ژن"),
        ("ئەو دێ", 1, "هاتن"),
    ] {
        let (together, alone) = lemmas(sentence);
        assert_eq!(together[at], lemma, "{sentence}: {together:?}, alone {alone:?}");
    }
}

#[test]
fn a_sentence_changes_few_lemmas_and_marks_none() {
    let mut changed = 0;
    let mut all = 0;
    for text in [include_str!("../examples/texts/news.txt"), include_str!("../examples/texts/prose.txt")] {
        for line in text.lines() {
            let (together, alone) = lemmas(line);
            all += alone.len();
            changed += together.iter().zip(&alone).filter(|(a, b)| a != b).count();
        }
    }
    assert!(changed * 50 < all, "{changed} of {all}");
    let lemmatizer = Lemmatizer::new();
    assert_eq!(
        lemmatizer.lemmatize_in(["«", "شارەکان", "»", " ", "…"]).collect::<Vec<_>>(),
        ["«", "شار", "»", " ", "…"]
    );
    assert_eq!(lemmatizer.lemmatize_in([]).count(), 0);
    // What only guesses explain, and what cannot be read, is as alone.
    let long = "ب".repeat(100);
    for word in ["کریپتۆنایتدا", "PDKی", "1950دا", long.as_str()] {
        assert_eq!(lemmatizer.lemmatize_in([word]).collect::<Vec<_>>(), [lemmatizer.lemmatize(word)]);
    }
}
