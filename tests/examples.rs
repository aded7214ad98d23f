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
            .args(["build", "--quiet", "--example", "tag", "--example", "tokenize"])
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
    let mut child = Command::new(program("tag"))
        .arg("--json")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..20_000 {
        if stdin.write_all("لە هەولێر\n".as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}
