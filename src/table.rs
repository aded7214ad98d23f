//! The one reader of tab-separated tables: the crate's own data and the user's lists go through it.

use std::io::{self, BufRead};
use std::sync::Arc;

/// What is wrong with a table, and where.
///
/// Lines are counted from 1 and include comments and the header, as an editor shows them.
///
/// ```
/// use sorani::{LexiconBuilder, LexiconError};
///
/// let table = "lemma\tpos\nکتێب\tNOUN\nگەورە\tNOMEN\n";
/// let error = LexiconBuilder::new().extend_from_tsv("words.tsv", table.as_bytes()).unwrap_err();
/// assert_eq!(error.to_string(), "words.tsv, line 3: `NOMEN` in column `pos` is not a part of speech");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The table could not be read at all.
    #[error("{table}: the table could not be read")]
    Read {
        /// The name that the caller gave to the table.
        table: String,
        /// What the reader reported.
        #[source]
        source: io::Error,
    },
    /// A line is not UTF-8.
    #[error("{table}, line {line}: byte {byte} of the line is not UTF-8")]
    Utf8 {
        /// The name of the table.
        table: String,
        /// The line, counted from 1.
        line: usize,
        /// The first bad byte, counted from 0 within the line.
        byte: usize,
    },
    /// The header line is missing.
    #[error("{table}: the table has no header line")]
    NoHeader {
        /// The name of the table.
        table: String,
    },
    /// The header lacks a column that is needed.
    #[error("{table}, line {line}: the header has no column `{column}`")]
    NoColumn {
        /// The name of the table.
        table: String,
        /// The line of the header.
        line: usize,
        /// The name of the missing column.
        column: String,
    },
    /// A record has more or fewer fields than the header.
    #[error("{table}, line {line}: {found} fields where the header has {expected}")]
    Fields {
        /// The name of the table.
        table: String,
        /// The line, counted from 1.
        line: usize,
        /// The number of columns in the header.
        expected: usize,
        /// The number of fields found.
        found: usize,
    },
    /// A field holds something that it may not hold.
    #[error("{table}, line {line}: `{value}` in column `{column}` {problem}")]
    Value {
        /// The name of the table.
        table: String,
        /// The line, counted from 1.
        line: usize,
        /// The name of the column.
        column: String,
        /// The offending value.
        value: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl TableError {
    /// The line that is meant, counted from 1; none where the table as a whole is.
    ///
    /// ```
    /// let errors = sorani::GazetteerBuilder::new().check_tsv("t.tsv", "name\tlabel\nهەولێر\tGPE\n".as_bytes());
    /// assert_eq!(errors.first().and_then(|error| error.line()), Some(2));
    /// ```
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::Read { .. } | Self::NoHeader { .. } => None,
            Self::Utf8 { line, .. }
            | Self::NoColumn { line, .. }
            | Self::Fields { line, .. }
            | Self::Value { line, .. } => Some(*line),
        }
    }
}

/// One record of a table.
#[derive(Debug)]
pub(crate) struct Row {
    table: Arc<str>,
    columns: Arc<[String]>,
    line: usize,
    fields: Vec<String>,
}

impl Row {
    /// The field of `column`; empty where the table has no such column.
    pub(crate) fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.fields.get(at)).map_or("", String::as_str)
    }

    /// The values of a field that may hold several, parted by `;`.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split(';').filter(|value| !value.is_empty())
    }

    /// An error about the value of `column` in this record.
    pub(crate) fn bad(&self, column: &str, problem: &'static str) -> TableError {
        self.bad_value(column, self.get(column), problem)
    }

    /// An error about one value among several of `column`.
    pub(crate) fn bad_value(&self, column: &str, value: &str, problem: &'static str) -> TableError {
        TableError::Value {
            table: self.table.to_string(),
            line: self.line,
            column: column.to_owned(),
            value: value.to_owned(),
            problem,
        }
    }
}

/// Reads records one by one: memory is bounded by the longest line.
pub(crate) struct TableReader<R> {
    table: Arc<str>,
    columns: Arc<[String]>,
    reader: R,
    line: usize,
    buffer: Vec<u8>,
    /// Whether the reader failed: it might do so for ever.
    failed: bool,
}

impl<R: BufRead> TableReader<R> {
    /// Reads up to the header and checks that `required` columns are there.
    pub(crate) fn new(table: &str, reader: R, required: &[&str]) -> Result<Self, TableError> {
        let mut this = Self {
            table: Arc::from(table),
            columns: Arc::from(Vec::new()),
            reader,
            line: 0,
            buffer: Vec::new(),
            failed: false,
        };
        let Some(header) = this.next_line()? else {
            return Err(TableError::NoHeader { table: table.to_owned() });
        };
        this.columns = header.split('\t').map(str::to_owned).collect();
        for column in required {
            if !this.columns.iter().any(|name| name == column) {
                return Err(TableError::NoColumn {
                    table: table.to_owned(),
                    line: this.line,
                    column: (*column).to_owned(),
                });
            }
        }
        Ok(this)
    }

    /// The next line that is neither empty nor a comment.
    fn next_line(&mut self) -> Result<Option<String>, TableError> {
        loop {
            self.buffer.clear();
            let read = self.reader.read_until(b'\n', &mut self.buffer);
            let read = read.map_err(|source| {
                self.failed = true;
                TableError::Read { table: self.table.to_string(), source }
            })?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            let text = std::str::from_utf8(&self.buffer).map_err(|error| TableError::Utf8 {
                table: self.table.to_string(),
                line: self.line,
                byte: error.valid_up_to(),
            })?;
            let text = text.strip_suffix('\n').unwrap_or(text);
            let text = text.strip_suffix('\r').unwrap_or(text);
            // A spreadsheet program may have put a byte order mark in front.
            let text = if self.line == 1 { text.strip_prefix('\u{FEFF}').unwrap_or(text) } else { text };
            if !text.is_empty() && !text.starts_with('#') {
                return Ok(Some(text.to_owned()));
            }
        }
    }

    fn next_row(&mut self) -> Result<Option<Row>, TableError> {
        if self.failed {
            return Ok(None);
        }
        let Some(text) = self.next_line()? else { return Ok(None) };
        let fields: Vec<String> = text.split('\t').map(str::to_owned).collect();
        if fields.len() != self.columns.len() {
            return Err(TableError::Fields {
                table: self.table.to_string(),
                line: self.line,
                expected: self.columns.len(),
                found: fields.len(),
            });
        }
        Ok(Some(Row { table: Arc::clone(&self.table), columns: Arc::clone(&self.columns), line: self.line, fields }))
    }
}

impl<R: BufRead> Iterator for TableReader<R> {
    type Item = Result<Row, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row().transpose()
    }
}

/// Hands every record to `take`, which reports what is wrong with it; ends with the first error.
pub(crate) fn read_rows(
    table: &str,
    reader: impl BufRead,
    required: &[&str],
    mut take: impl FnMut(&Row, &mut Vec<TableError>),
) -> Result<(), TableError> {
    let mut errors = Vec::new();
    for row in TableReader::new(table, reader, required)? {
        take(&row?, &mut errors);
        if !errors.is_empty() {
            return Err(errors.swap_remove(0));
        }
    }
    Ok(())
}

/// Hands every record that can be read to `take`, and gathers all that is wrong, in the order of the lines.
pub(crate) fn check_rows(
    table: &str,
    reader: impl BufRead,
    required: &[&str],
    mut take: impl FnMut(&Row, &mut Vec<TableError>),
) -> Vec<TableError> {
    let mut errors = Vec::new();
    match TableReader::new(table, reader, required) {
        Ok(rows) => {
            for row in rows {
                match row {
                    Ok(row) => take(&row, &mut errors),
                    Err(error) => errors.push(error),
                }
            }
        }
        Err(error) => errors.push(error),
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Row>, TableError> {
        TableReader::new("t.tsv", text.as_bytes(), &["a"])?.collect()
    }

    #[test]
    fn comments_and_empty_lines_are_passed_over() {
        let rows = read("# c\n\na\tb\n1;2\tx\n\n# d\n3\t\n").unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].list("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(rows[1].get("b"), "");
        assert_eq!(rows[1].line, 7);
        assert_eq!(rows[1].get("c"), "");
    }

    #[test]
    fn a_reader_that_fails_is_left() {
        struct Failing;
        impl io::Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let reader = io::BufReader::new(io::Read::chain(&b"a\nx\ty\n1\n"[..], Failing));
        let mut rows = 0;
        let errors = check_rows("t.tsv", reader, &["a"], |_, _| rows += 1);
        assert_eq!(errors.iter().map(TableError::line).collect::<Vec<_>>(), [Some(2), None]);
        assert_eq!(rows, 1);
    }

    #[test]
    fn carriage_returns_and_a_byte_order_mark_do_no_harm() {
        let rows = read("\u{FEFF}a\tb\r\n1\t2\r\n").unwrap();
        assert_eq!(rows[0].get("b"), "2");
    }

    #[test]
    fn errors_name_table_and_line() {
        assert_eq!(read("").unwrap_err().to_string(), "t.tsv: the table has no header line");
        assert_eq!(read("# x\nb\n").unwrap_err().to_string(), "t.tsv, line 2: the header has no column `a`");
        assert_eq!(read("a\tb\n1\n").unwrap_err().to_string(), "t.tsv, line 2: 1 fields where the header has 2");
        let error = TableReader::new("t.tsv", &b"a\n\nx\xFF\n"[..], &[]).unwrap().next().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "t.tsv, line 3: byte 1 of the line is not UTF-8");
        let rows = read("a\nq\n").unwrap();
        assert_eq!(rows[0].bad("a", "is odd").to_string(), "t.tsv, line 2: `q` in column `a` is odd");
    }
}
