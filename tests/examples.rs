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
            .args(["tag", "tokenize", "normalize", "analyze", "gazetteer"].iter().flat_map(|name| ["--example", name]))
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
pub fn compare(name: &str, found: &str) {
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
fn names_as_tags_and_as_a_page() {
    let news = bundled("news");
    let output = run(&["--format", "conll", &news], b"");
    assert!(output.status.success() && output.stderr.is_empty());
    let conll = String::from_utf8(output.stdout).unwrap();
    compare("tag/news.conll", &conll);
    assert!(!conll.contains("\n\n\n") && conll.ends_with("\n\n"));
    let readme = fs::read_to_string("README.md").unwrap();
    let first = conll.split_inclusive("\n\n").next().unwrap().trim_end();
    assert!(readme.contains(&format!("```text\n{first}\n```")), "{first}");

    let input = fs::read_to_string(&news).unwrap();
    let begin: String = input.split_inclusive("\n\n").take(2).collect();
    let output = run(&["--format", "html"], begin.as_bytes());
    assert!(output.status.success() && output.stderr.is_empty());
    compare("tag/news.html", &page(output.stdout));

    let output = run(&["--format", "html", &news, &bundled("social")], b"");
    assert!(output.status.success() && output.stderr.is_empty());
    let page = page(output.stdout);
    assert_eq!(page.matches("<article>").count(), 2);
    assert_eq!(page.matches("<p>").count(), 6 + 1, "paragraphs are kept");

    let empty = page_of("\n \n");
    assert!(empty.contains("No names were found."));
}

fn page_of(text: &str) -> String {
    let output = run(&["--format", "html"], text.as_bytes());
    assert!(output.status.success() && output.stderr.is_empty());
    page(output.stdout)
}

/// A page that is sound: elements are closed, links lead somewhere, and nothing is fetched or run.
fn page(bytes: Vec<u8>) -> String {
    let page = String::from_utf8(bytes).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"ckb\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">"));
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';"));
    let (head, rest) = page.split_once("<style>").unwrap();
    let (css, body) = rest.split_once("</style>").unwrap();
    assert!(!css.contains("url(") && !css.contains("@import") && !css.contains('<'));
    let (mut open, mut ids, mut links) = (Vec::new(), Vec::new(), Vec::new());
    for part in format!("{head}{body}").split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(!text.contains(['>', '"']), "{part}");
        // Character references apart, no ampersand is left.
        for reference in text.split('&').skip(1).chain(tag.split('&').skip(1)) {
            let name = reference.split_once(';').unwrap().0;
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "{part}");
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split(' ').next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.to_owned()), "{part}");
        } else if !["!DOCTYPE", "meta"].contains(&name) {
            open.push(name.to_owned());
        }
        assert!(!["script", "img", "link", "iframe", "base"].contains(&name), "{part}");
        // Values are in double quotes: what is outside of them are the names of attributes.
        let attributes: Vec<&str> = tag.split('"').collect();
        for pair in attributes.chunks_exact(2) {
            let name = pair[0].trim().trim_end_matches('=').rsplit(' ').next().unwrap();
            match name {
                "id" => ids.push(pair[1].to_owned()),
                "href" => links.push(pair[1].to_owned()),
                _ => assert!(
                    ["lang", "dir", "charset", "http-equiv", "content", "name", "class", "title", "scope"]
                        .contains(&name),
                    "{part}"
                ),
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    for link in links {
        assert!(link.strip_prefix('#').is_some_and(|id| ids.iter().any(|other| other == id)), "{link}");
    }
    let reorders = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') || c == '\0';
    assert!(!page.contains(reorders), "text that reorders what stands around it");
    page
}

#[test]
fn nothing_in_a_text_or_a_name_is_markup() {
    let hostile =
        "<script>alert('1')</script> & \"x\" </p></mark> لە هەولێر<b>\u{202E}abc\u{202C}\u{2067} &amp; \0 هات";
    let page = page_of(hostile);
    assert!(page.contains(
        "<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot; &lt;/p&gt;&lt;/mark&gt; لە <mark "
    ));
    assert!(page.contains("&amp;amp; <i class=\"hidden\" title=\"U+0000\"></i> هات"));
    assert!(page.contains("<i class=\"hidden\" title=\"U+202E\"></i>abc<i class=\"hidden\" title=\"U+202C\"></i>"));

    // A list of one's own, through a file of compiled names.
    let directory = temporary("markup");
    let list = directory.join("<i>names&.tsv");
    fs::write(
        &list,
        "id\tname\tvariants\tlabel\tsubtype\n\"><script>\t<script>\"هەنار'&\u{202E}\tهەنارستان\tORG\t\" onclick=\"x\n",
    )
    .unwrap();
    let compiled = directory.join("names.fst");
    let (list, compiled) = (list.to_str().unwrap(), compiled.to_str().unwrap());
    let output = run_program("gazetteer", &["--list", list, "--out", compiled], b"");
    assert!(output.status.success() && output.stdout.is_empty());
    let text = directory.join("a\"&<b>.txt");
    fs::write(&text, "لە هەنارستان").unwrap();
    let text = text.to_str().unwrap();
    let output = run(&["--gazetteer", compiled, "--format", "html", text, text], b"");
    assert!(output.status.success() && output.stderr.is_empty());
    let page = self::page(output.stdout);
    assert!(page.contains(
        "title=\"&lt;script&gt;&quot;هەنار&#39;&amp;[U+202E] · &quot; onclick=&quot;x · &quot;&gt;&lt;script&gt;\""
    ));
    assert!(page.contains("<bdi>&lt;script&gt;&quot;هەنار&#39;&amp;[U+202E]</bdi>"));
    assert!(page.contains("a&quot;&amp;&lt;b&gt;.txt</bdi></h3>"));
    fs::remove_dir_all(directory).unwrap();
}

/// A new directory, for what a test writes.
fn temporary(name: &str) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("sorani-{name}-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    directory
}

#[test]
fn a_page_is_for_documents_and_is_never_cut_short() {
    let long = vec![b' '; (16 << 20) + 1];
    let refused = run(&["--format", "html"], &long);
    assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(1), true));
    assert_eq!(
        String::from_utf8_lossy(&refused.stderr),
        "tag: standard input: more than 16 MiB in all is too much for a page of HTML; the other formats take input of \
         any size\n"
    );
    let bad = run(&["--format", "html"], b"a\nb\xFF");
    assert_eq!((bad.status.code(), bad.stdout.is_empty()), (Some(1), true));
    assert_eq!(
        String::from_utf8_lossy(&bad.stderr),
        "tag: standard input: line 2, byte 1 of the line (3 of the input) is not UTF-8\n"
    );
    let form = run(&["--format", "xml"], b"");
    assert_eq!(form.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&form.stderr).contains("it is none of text, json, conll, html"));
    let news = bundled("news");
    assert_eq!(run(&["--json", &news], b"").stdout, run(&["--format", "json", &news], b"").stdout);
}

/// Sentences with the names of `examples/texts/names.tsv`.
const OWN: &str =
    "ڕێکخراوی چرای گوند لە کانی هەنگوینەوە هات.\nهه\u{200C}وارى سه\u{200C}وزیش لە هەنارستاندا، نزیک هەولێر\n";

#[test]
fn names_of_ones_own() {
    let list = "examples/texts/names.tsv";
    let found = |options: &[&str]| {
        let output = run_program("gazetteer", options, OWN.as_bytes());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let own = found(&["--list", list]);
    compare("gazetteer/own.txt", &own);
    let both = found(&["--list", list, "--with-embedded"]);
    compare("gazetteer/both.txt", &both);

    let directory = temporary("names");
    let compiled = directory.join("names.fst");
    let compiled = compiled.to_str().unwrap();
    let save = run_program("gazetteer", &["--list", list, "--with-embedded", "--out", compiled], b"");
    assert!(save.status.success() && save.stdout.is_empty());
    assert!(String::from_utf8_lossy(&save.stderr).starts_with(&format!("{compiled}: ")));
    assert_eq!(found(&["--load", compiled]), both);
    assert_eq!(found(&["--load", compiled, "--list", list]), both);
    // Over compiled names, new ones may be written.
    assert!(run_program("gazetteer", &["--list", list, "--out", compiled], b"").status.success());
    assert_eq!(found(&["--load", compiled]), own);
    assert_eq!(found(&["--load", compiled, "--with-embedded"]), both);

    let readme = fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&format!("```text\n{both}```")), "{both}");

    // What is wrong is said with file, line and value.
    let mut damaged = fs::read(compiled).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(compiled, damaged).unwrap();
    let bad_list = directory.join("bad.tsv");
    fs::write(&bad_list, "# mine\nname\tlabel\nهەنارستان\tCITY\nکۆیە\n").unwrap();
    let bad_list = bad_list.to_str().unwrap();
    for (options, message) in [
        (
            vec!["--load", compiled],
            format!(
                "{compiled}: the bytes are not a compiled gazetteer of this version: the checksum of the data is wrong"
            ),
        ),
        (
            vec!["--list", bad_list],
            format!(
                "{bad_list}, line 3: `CITY` in column `label` is not a label: PER, LOC, ORG, DATE or MISC\n\
                 gazetteer: {bad_list}, line 4: 1 fields where the header has 2"
            ),
        ),
        (vec!["--list", "examples"], "examples: is a directory".to_owned()),
        (
            vec!["--list", list, "--out", bad_list],
            format!("{bad_list}: not written: it is there, and is no compiled data"),
        ),
    ] {
        let output = run_program("gazetteer", &options, b"");
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), true));
        assert_eq!(String::from_utf8_lossy(&output.stderr), format!("gazetteer: {message}\n"));
    }
    let tag = run(&["--gazetteer", compiled], b"");
    assert_eq!(tag.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&tag.stderr).ends_with("version: the checksum of the data is wrong\n"));
    fs::remove_dir_all(directory).unwrap();

    assert_eq!(run_program("gazetteer", &[], b"").status.code(), Some(2));
    let missing = run_program("gazetteer", &["--list", list, "no/such/file", "-"], OWN.as_bytes());
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("gazetteer: no/such/file: "));
    assert_eq!(String::from_utf8_lossy(&missing.stdout), own, "the other inputs are read all the same");
    let bad = run_program("gazetteer", &["--list", list], b"a\xFF");
    assert_eq!(
        String::from_utf8_lossy(&bad.stderr),
        "gazetteer: standard input: line 1, byte 1 of the line (1 of the input) is not UTF-8\n"
    );
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
fn hidden_characters_are_listed_by_line_and_byte() {
    let input = "پارە\u{202E}001\u{202C}\nکتێبه\u{200C}کان\nپ\u{200B}\u{AD}ارە\n".as_bytes();
    let output = run_program("normalize", &["--hidden"], input).stdout;
    let expected = "standard input:1\t8..11\tdirection-override\t[U+202E]\n\
                    standard input:1\t14..17\tdirection-control\t[U+202C]\n\
                    standard input:3\t40..45\tinvisible\t[U+200B][U+00AD]\n";
    assert_eq!(String::from_utf8(output).unwrap(), expected);
    assert!(run_program("normalize", &["--hidden", "examples/texts/news.txt"], b"").stdout.is_empty());
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
    for (name, option) in
        [("tag", "--json"), ("tag", "--format=conll"), ("gazetteer", "--with-embedded"), ("normalize", "--diff")]
    {
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
