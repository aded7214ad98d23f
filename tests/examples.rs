//! The examples as a user runs them: output on the bundled texts, and bad input.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Once;

/// An example, brought up to date: a run of this one test binary does not build the examples.
fn program(name: &str) -> PathBuf {
    static BUILT: Once = Once::new();
    let tests = std::env::current_exe().unwrap();
    let directory = tests.parent().and_then(Path::parent).unwrap();
    BUILT.call_once(|| {
        let mut build = Command::new(env!("CARGO"));
        build
            .args(["build", "--quiet"])
            .args(["tag", "tokenize", "normalize", "analyze"].iter().flat_map(|name| ["--example", name]))
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        if directory.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success(), "the examples cannot be built");
    });
    directory.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    run_program("tag", arguments, input)
}

fn run_program(name: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program(name))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // The program may end before it has read everything.
    drop(writer.join().unwrap());
    output
}

fn text(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/texts").join(name)
}

/// Compares with the file under `tests/golden`; `UPDATE_GOLDEN=1` writes it anew, to be read before it is committed.
fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for (at, (expected, found)) in expected.lines().zip(found.lines()).enumerate() {
        assert_eq!(found, expected, "{}, line {}", path.display(), at + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{}", path.display());
}

#[test]
fn the_bundled_texts() {
    for name in ["news", "social", "prose"] {
        let path = text(&format!("{name}.txt"));
        let output = run(&[path.to_str().unwrap()], b"");
        assert!(output.status.success() && output.stderr.is_empty(), "{name}");
        compare(&format!("tag/{name}.txt"), &String::from_utf8(output.stdout).unwrap());
    }
}

#[test]
fn tokens_in_every_form() {
    let prose = text("prose.txt");
    let social = text("social.txt");
    for (name, options, file) in [
        ("words.txt", &["--split-proclitics"][..], &social),
        ("morphemes.txt", &["--split-morphemes", "--expressions"], &prose),
        ("sentences.txt", &["--format", "sentences"], &prose),
        ("json.txt", &["--format", "json"], &social),
        ("conllu.txt", &["--format", "conllu"], &prose),
        ("stats.txt", &["--stats", "--top", "10"], &prose),
    ] {
        let arguments: Vec<&str> = options.iter().copied().chain([file.to_str().unwrap()]).collect();
        let output = run_program("tokenize", &arguments, b"");
        assert!(output.status.success() && output.stderr.is_empty(), "{name}");
        compare(&format!("tokenize/{name}"), &String::from_utf8(output.stdout).unwrap());
    }
}

#[test]
fn readings_paradigms_and_coverage() {
    let prose = text("prose.txt");
    for (name, arguments) in [
        ("words.txt", &["وڵاتەکەیدا", "ده\u{200C}ريانده\u{200C}كه\u{200C}ين", "دەستیپێکرد", "زیلۆڤانەکان"][..]),
        ("paradigm_noun.txt", &["--paradigm", "دەریا"]),
        ("paradigm_intransitive.txt", &["--paradigm", "چوون"]),
        ("paradigm_transitive.txt", &["--paradigm", "کڕین"]),
        ("unimorph_words.txt", &["--unimorph", "وڵاتەکەیدا", "دەیانبینم", "بینیمن", "لێم", "جوانە", "گەورەترین"]),
        ("unimorph_noun.txt", &["--unimorph", "--paradigm", "دەریا"]),
        ("unimorph_intransitive.txt", &["--unimorph", "--paradigm", "چوون"]),
        ("unimorph_transitive.txt", &["--unimorph", "--paradigm", "کڕین"]),
        ("stats.txt", &["--stats", "--top", "5", prose.to_str().unwrap()]),
    ] {
        let output = run_program("analyze", arguments, b"");
        assert!(output.status.success() && output.stderr.is_empty(), "{name}");
        compare(&format!("analyze/{name}"), &String::from_utf8(output.stdout).unwrap());
    }
    let none = run_program("analyze", &["--paradigm", "نییەتی"], b"");
    assert_eq!((none.status.code(), none.stdout.is_empty()), (Some(1), true));
    assert_eq!(run_program("analyze", &[], b"").status.code(), Some(2));
    assert_eq!(run_program("analyze", &["--stats", "--unimorph"], b"").status.code(), Some(2));
    let missing = run_program("analyze", &["--stats", "no/such/file"], b"");
    assert!(
        !missing.status.success() && String::from_utf8_lossy(&missing.stderr).starts_with("analyze: no/such/file: ")
    );
    let bad = run_program("analyze", &["--stats"], b"a\xFF");
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&bad.stderr),
        "analyze: standard input: line 1, byte 1 of the line is not UTF-8\n"
    );
}

#[test]
fn the_tokenizer_refuses_bad_input_clearly() {
    let bad = run_program("tokenize", &["--format", "sentences"], b"ab. cd\xFF");
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&bad.stdout), "ab.\ncd\n");
    assert_eq!(String::from_utf8_lossy(&bad.stderr), "tokenize: standard input: byte 6 of the input is not UTF-8\n");
    let missing = run_program("tokenize", &["no/such/file"], b"");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("tokenize: no/such/file: "));
    let option = run_program("tokenize", &["--format", "xml"], b"");
    assert_eq!(option.status.code(), Some(2));
    let empty = run_program("tokenize", &["--stats"], b"");
    assert!(empty.status.success() && String::from_utf8_lossy(&empty.stdout).starts_with("sentences\t0\n"));
}

/// A bundled text by the name that stands in the output: tests run in the directory of the package.
fn bundled(name: &str) -> String {
    format!("examples/texts/{name}.txt")
}

#[test]
fn texts_in_one_spelling_and_what_was_changed() {
    for (name, options, file) in [
        ("social.txt", &[][..], "social"),
        (
            "social-editorial.txt",
            &["--profile", "editorial", "--digits", "arabic-indic", "--rule", "fold-repeated"],
            "social",
        ),
        ("social-search.txt", &["--profile", "search"], "social"),
        ("social-diff.txt", &["--diff"], "social"),
        ("social-stats.txt", &["--stats", "--profile", "editorial"], "social"),
        ("typed.txt", &["--decode", "html"], "typed"),
        ("typed-minimal-diff.txt", &["--diff", "--profile", "minimal"], "typed"),
        ("typed-restored-diff.txt", &["--diff", "--stats", "--profile", "restored", "--decode", "html"], "typed"),
        ("typed-editorial.txt", &["--profile", "editorial", "--protect-arabic", "--decode", "html"], "typed"),
        ("typed-search.txt", &["--profile", "search", "--decode", "html"], "typed"),
        ("ali-k-diff.txt", &["--diff", "--stats", "--decode", "ali-k"], "ali-k"),
    ] {
        let file = bundled(file);
        let arguments: Vec<&str> = options.iter().copied().chain([file.as_str()]).collect();
        let output = run_program("normalize", &arguments, b"");
        assert!(output.status.success() && output.stderr.is_empty(), "{name}");
        compare(&format!("normalize/{name}"), &String::from_utf8(output.stdout).unwrap());
    }
}

#[test]
fn the_rows_of_a_diff_lead_from_the_input_to_the_output() {
    for (file, decode) in [("social", "html"), ("typed", "html"), ("prose", "html"), ("ali-k", "ali-k")] {
        let file = bundled(file);
        let input = fs::read_to_string(&file).unwrap();
        for profile in ["minimal", "standard", "restored", "editorial", "search"] {
            let options = ["--decode", decode, "--profile", profile, &file];
            let output = run_program("normalize", &options, b"").stdout;
            let diff = run_program("normalize", &[&["--diff"][..], &options].concat(), b"").stdout;
            let mut patched = String::new();
            let mut done = 0;
            for row in String::from_utf8(diff).unwrap().lines() {
                let fields: Vec<&str> = row.split('\t').collect();
                let [place, bytes, before, after, rules] = fields[..] else { panic!("{row}") };
                let (start, end) = bytes.split_once("..").unwrap();
                let (start, end) = (start.parse().unwrap(), end.parse().unwrap());
                let line = input[..start].matches('\n').count() + 1;
                assert_eq!(place, format!("{file}:{line}"));
                assert_eq!(seen(before), input[start..end], "{row}");
                assert!(!rules.is_empty(), "{row}");
                patched += &input[done..start];
                patched += &seen(after);
                done = end;
            }
            patched += &input[done..];
            assert_eq!(patched, String::from_utf8(output).unwrap(), "{file}, {profile}");
        }
    }
}

#[test]
fn the_readme_shows_what_the_normalizer_writes() {
    let social = fs::read_to_string(bundled("social")).unwrap();
    let first = social.lines().next().unwrap();
    let output = run_program("normalize", &["--diff"], format!("{first}\n").as_bytes());
    let readme = fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&format!("```text\n{}```", String::from_utf8(output.stdout).unwrap())));
}

/// A field of a diff as the text that it shows.
fn seen(field: &str) -> String {
    let mut parts = field.split("[U+");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once(']').unwrap();
        text.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap());
        text += rest;
    }
    text
}

#[test]
fn lines_are_normalized_as_the_whole_text_is() {
    let input = "يه\u{200C}ك\r\n  دوو \u{2028}سێ\rچوار ,\n\nپێنج ".as_bytes();
    let normalized = |profile: &str| {
        let output = run_program("normalize", &["--profile", profile], input);
        assert!(output.status.success() && output.stderr.is_empty());
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(normalized("standard"), "یەک\n  دوو \nسێ\nچوار ,\n\nپێنج ");
    assert_eq!(normalized("editorial"), "یەک\nدوو\nسێ\nچوار،\n\nپێنج");
    let diff = run_program("normalize", &["--diff", "--profile", "editorial"], input).stdout;
    let expected = [
        "standard input:1\t0..11\tيه[U+200C]ك[U+000D][U+000A]\tیەک[U+000A]\tS4 U+064A→U+06CC; S5; S4 U+0643→U+06A9; M1",
        "standard input:2\t11..38\t[U+0020][U+0020]دوو[U+0020][U+2028]سێ[U+000D]چوار ,\tدوو[U+000A]سێ[U+000A]چوار،\tE1; \
         M1 U+2028→U+000A; M1 U+000D→U+000A; E5; E3 U+002C→U+060C",
        "standard input:4\t40..49\tپێنج[U+0020]\tپێنج\tE1\n",
    ];
    assert_eq!(String::from_utf8(diff).unwrap(), expected.join("\n"));
}

#[test]
fn rules_and_digits_by_name() {
    let normalized = |options: &[&str]| {
        let output = run_program("normalize", options, "رۆژێك ووتی: ماڵه شاه 5 ۶ «بِسْمِ»".as_bytes());
        assert!(output.status.success() && output.stderr.is_empty());
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(normalized(&["--no-rule", "S8", "--digits", "keep"]), "رۆژێک وتی: ماڵە شاه 5 ۶ «بسم»");
    assert_eq!(normalized(&["--no-rule", "initial-waw", "--digits", "ascii"]), "ڕۆژێک ووتی: ماڵە شاه 5 6 «بسم»");
    assert_eq!(normalized(&["--protect-arabic", "--digits", "extended"]), "ڕۆژێک وتی: ماڵە شاه ۵ ۶ «بِسْمِ»");
    assert_eq!(normalized(&["--final-heh", "vowel", "--digits", "arabic-indic"]), "ڕۆژێک وتی: ماڵە شاە ٥ ٦ «بسم»");
    assert_eq!(normalized(&["--final-heh", "consonant", "--rule", "F3"]), "روژیک وتی: ماله شاه 5 ٦ «بسم»");
}

#[test]
fn the_normalizer_refuses_bad_input_clearly() {
    let bad = run_program(
        "normalize",
        &[],
        "يەک\nab\u{0643}".as_bytes().iter().chain(b"\xFFc\n").copied().collect::<Vec<_>>().as_slice(),
    );
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&bad.stdout), "یەک\n");
    assert_eq!(
        String::from_utf8_lossy(&bad.stderr),
        "normalize: standard input: line 2, byte 4 of the line (11 of the input) is not UTF-8\n"
    );
    let missing = run_program("normalize", &["no/such/file", &bundled("prose")], b"");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("normalize: no/such/file: "));
    assert!(!missing.stdout.is_empty(), "the other files are read all the same");
    let directory = run_program("normalize", &["examples"], b"");
    assert_eq!(directory.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&directory.stderr), "normalize: examples: is a directory\n");
    for (options, message) in [
        (["--profile", "best"], "not a profile: minimal, standard"),
        (["--rule", "S99"], "not the id or the name of a rule"),
        (["--decode", "zanest"], "neither html nor a font: none of the legacy encodings"),
        (["--digits", "--diff"], "not a way to write digits: keep, unify"),
    ] {
        let output = run_program("normalize", &options, b"");
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(message) && error.contains("Usage"), "{error}");
    }
    let empty = run_program("normalize", &["--stats"], b"");
    assert!(empty.status.success() && String::from_utf8_lossy(&empty.stdout).starts_with("lines read\t0\n"));
}

#[test]
fn one_json_object_a_line_with_offsets_that_fit() {
    for name in ["news", "social", "prose"] {
        let input = fs::read_to_string(text(&format!("{name}.txt"))).unwrap();
        let output = run(&["--json"], input.as_bytes());
        assert!(output.status.success(), "{name}");
        let lines: Vec<serde_json::Value> =
            String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), input.lines().count());
        for (object, line) in lines.iter().zip(input.lines()) {
            assert_eq!(object["text"], line);
            let spans = |key: &str| object[key].as_array().unwrap().clone();
            let slice = |item: &serde_json::Value| {
                let (start, end) = (item["start"].as_u64().unwrap(), item["end"].as_u64().unwrap());
                line[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].to_owned()
            };
            for item in spans("tokens").iter().chain(&spans("entities")) {
                assert_eq!(item["text"], slice(item));
            }
            assert_eq!(spans("tokens").len(), spans("stems").len());
            assert_eq!(spans("tokens").len(), spans("lemmas").len());
        }
    }
}

#[test]
fn bad_input_ends_in_a_clear_message_and_the_usual_code() {
    let missing = run(&["no/such/file.txt"], b"");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("tag: no/such/file.txt: "));

    let directory = run(&[env!("CARGO_MANIFEST_DIR")], b"");
    assert_eq!(directory.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&directory.stderr).contains("is a directory"));

    let bad =
        run(&[], "هەولێر\nab\u{0643}".as_bytes().iter().chain(b"\xFFc\n").copied().collect::<Vec<_>>().as_slice());
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&bad.stderr),
        "tag: standard input: line 2, byte 4 of the line (17 of the input) is not UTF-8\n"
    );
    assert!(String::from_utf8_lossy(&bad.stdout).contains("[LOC هەولێر]"), "what came before the fault is written");

    let option = run(&["--jsno"], b"");
    assert_eq!(option.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&option.stderr).contains("Usage"));

    let empty = run(&[], b"");
    assert!(empty.status.success() && empty.stdout.is_empty() && empty.stderr.is_empty());

    let after = run(&["no/such/file.txt", text("news.txt").to_str().unwrap()], b"");
    assert_eq!(after.status.code(), Some(1));
    assert!(!after.stdout.is_empty(), "the other files are read all the same");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for (name, option) in [("tag", "--json"), ("normalize", "--diff")] {
        closed_pipe(name, option);
    }
}

fn closed_pipe(name: &str, option: &str) {
    let mut child = Command::new(program(name))
        .arg(option)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..20_000 {
        if stdin.write_all("له هەولێر\n".as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}
