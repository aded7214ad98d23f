//! Reads the tables beside this file: tab-separated, `#` comments, one header line.

use std::path::Path;

/// One record and where it stands.
pub struct Case {
    pub place: String,
    columns: Vec<String>,
    fields: Vec<String>,
}

impl Case {
    /// The field of `column`, with its escapes decoded.
    pub fn get(&self, column: &str) -> String {
        let at = self.columns.iter().position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("{}: no column {column}", self.place));
        unescape(&self.fields[at])
    }
}

/// All records of `tests/golden/<name>`.
pub fn cases(name: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let split = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let (_, header) = lines.next().expect("a header");
    let columns = split(header);
    let cases: Vec<Case> = lines
        .map(|(number, line)| {
            let place = format!("{name}, line {}", number + 1);
            let fields = split(line);
            assert_eq!(fields.len(), columns.len(), "{place}: wrong number of fields");
            Case { place, columns: columns.clone(), fields }
        })
        .collect();
    assert!(!cases.is_empty(), "{name} has no cases");
    cases
}

/// Decodes `\u{…}`, `\n` and `\t`.
fn unescape(field: &str) -> String {
    let (mut out, mut rest) = (String::new(), field);
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(tail) = rest.strip_prefix("u{") {
            let (code, tail) = tail.split_once('}').expect("a closing brace");
            out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point"));
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('n') {
            out.push('\n');
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('t') {
            out.push('\t');
            rest = tail;
        } else {
            panic!("unknown escape in {field}");
        }
    }
    out + rest
}

/// Fails with all the lines that went wrong, not only with the first.
pub fn assert_none(failures: &[String], total: usize) {
    assert!(failures.is_empty(), "{} of {total} failed:\n{}", failures.len(), failures.join("\n"));
}
