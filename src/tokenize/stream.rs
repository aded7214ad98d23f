//! Sentences of an input of any size, in bounded memory.

use std::io::{self, BufRead};

use super::sentence::{SentenceOptions, trim};
use super::{Boundary, Cutter, Reader, SentenceSegmenter};
use crate::Span;

/// How much is read at a time.
const CHUNK: usize = 1 << 16;
/// The longest sentence that is kept whole, unless another bound is set.
const MAX_SENTENCE: usize = 1 << 20;

/// Why an input could not be read on.
///
/// ```
/// use sorani::SentenceReader;
///
/// let mut sentences = SentenceReader::new(&b"\xFFab"[..]);
/// let error = sentences.next_sentence().unwrap_err();
/// assert_eq!(error.to_string(), "byte 0 of the input is not UTF-8");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The reader failed.
    #[error("the input cannot be read after byte {offset}")]
    Read {
        /// The bytes read so far.
        offset: u64,
        /// What the reader reported.
        #[source]
        source: io::Error,
    },
    /// The input is not UTF-8.
    #[error("byte {offset} of the input is not UTF-8")]
    Utf8 {
        /// The first bad byte, counted from 0.
        offset: u64,
    },
}

/// Reads sentences from an input of any size. Memory is bounded by the longest sentence, and that by
/// [`max_sentence_len`](Self::max_sentence_len).
///
/// The sentences are those that [`SentenceSegmenter`] finds in the whole text, whatever the pieces in which the reader
/// delivers it; together they are the input.
///
/// ```
/// use sorani::SentenceReader;
///
/// let mut sentences = SentenceReader::new("یەک. دوو؟".as_bytes());
/// let mut found = Vec::new();
/// while let Some(sentence) = sentences.next_sentence()? {
///     found.push((sentence.start(), sentence.text().trim().to_owned()));
/// }
/// assert_eq!(found, [(0, "یەک.".to_owned()), (8, "دوو؟".to_owned())]);
/// # Ok::<(), sorani::StreamError>(())
/// ```
#[derive(Debug)]
pub struct SentenceReader<R> {
    reader: R,
    options: SentenceOptions,
    max: usize,
    /// What has been read and not been given out yet.
    buffer: Vec<u8>,
    /// The bytes of `buffer` that have been given out already.
    given: usize,
    /// The offset in the input of the beginning of `buffer`.
    offset: u64,
    /// Whether the end of the input has been reached.
    ended: bool,
    /// Bytes of `buffer` in which no sentence ends, so that they are not looked at again before there are twice as many.
    searched: usize,
}

impl<R: BufRead> SentenceReader<R> {
    /// Reads sentences from `reader` as [`SentenceSegmenter::new`] finds them.
    ///
    /// ```
    /// use sorani::SentenceReader;
    /// assert!(SentenceReader::new(std::io::empty()).next_sentence()?.is_none());
    /// # Ok::<(), sorani::StreamError>(())
    /// ```
    pub fn new(reader: R) -> Self {
        Self::with_segmenter(reader, &SentenceSegmenter::new())
    }

    /// Reads sentences from `reader` as `segmenter` finds them.
    ///
    /// ```
    /// use sorani::{LineBreaks, SentenceReader, SentenceSegmenter};
    /// let segmenter = SentenceSegmenter::builder().line_breaks(LineBreaks::Space).build();
    /// let mut sentences = SentenceReader::with_segmenter("یەک\nدوو".as_bytes(), &segmenter);
    /// assert_eq!(sentences.next_sentence()?.map(|s| s.text().to_owned()).as_deref(), Some("یەک\nدوو"));
    /// # Ok::<(), sorani::StreamError>(())
    /// ```
    pub fn with_segmenter(reader: R, segmenter: &SentenceSegmenter) -> Self {
        Self {
            reader,
            options: segmenter.options(),
            max: MAX_SENTENCE,
            buffer: Vec::new(),
            given: 0,
            offset: 0,
            ended: false,
            searched: 0,
        }
    }

    /// The longest sentence that is kept whole, in bytes; 1 MiB unless set. A longer one is given out in pieces that end
    /// between two tokens, or between two characters where one token is longer than that.
    ///
    /// ```
    /// use sorani::SentenceReader;
    /// let mut sentences = SentenceReader::new("یەک دوو سێ".as_bytes()).max_sentence_len(10);
    /// assert_eq!(sentences.next_sentence()?.map(|s| s.text().to_owned()).as_deref(), Some("یەک "));
    /// # Ok::<(), sorani::StreamError>(())
    /// ```
    #[must_use]
    pub fn max_sentence_len(mut self, bytes: usize) -> Self {
        self.max = bytes.max(4);
        self
    }

    /// The next sentence, which borrows from the reader; `None` at the end of the input.
    ///
    /// # Errors
    ///
    /// [`StreamError`] where the reader fails or the input is not UTF-8; all sentences before have been given out, and
    /// the rest of the input is left.
    ///
    /// ```
    /// use sorani::SentenceReader;
    /// let mut sentences = SentenceReader::new("یەک. دوو.".as_bytes());
    /// assert_eq!(sentences.next_sentence()?.map(|s| s.text().len()), Some(8));
    /// # Ok::<(), sorani::StreamError>(())
    /// ```
    pub fn next_sentence(&mut self) -> Result<Option<StreamSentence<'_>>, StreamError> {
        self.buffer.drain(..self.given);
        self.offset += self.given as u64;
        self.searched = self.searched.saturating_sub(self.given);
        self.given = 0;
        let end = loop {
            if self.ended || self.buffer.len() >= 2 * self.searched {
                if let Some(end) = self.sentence_end()? {
                    break end;
                }
            }
            if self.ended {
                return Ok(None);
            }
            self.fill()?;
        };
        self.given = end;
        let text = self.buffer.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        Ok(Some(StreamSentence { text, start: self.offset }))
    }

    fn fill(&mut self) -> Result<(), StreamError> {
        let read_so_far = self.offset + self.buffer.len() as u64;
        let fault = |source| StreamError::Read { offset: read_so_far, source };
        let chunk = loop {
            match self.reader.fill_buf() {
                Ok(chunk) => break chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(fault(error)),
            }
        };
        let len = chunk.len().min(CHUNK);
        self.buffer.extend_from_slice(chunk.get(..len).unwrap_or_default());
        self.reader.consume(len);
        self.ended = len == 0;
        Ok(())
    }

    /// Where the first sentence of the buffer ends; `None` where more has to be read to tell.
    fn sentence_end(&mut self) -> Result<Option<usize>, StreamError> {
        let (text, fault) = match std::str::from_utf8(&self.buffer) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.valid_up_to();
                // A character that is cut off may go on in the next piece.
                let fault = error.error_len().is_some() || self.ended;
                let text = self.buffer.get(..valid).and_then(|bytes| std::str::from_utf8(bytes).ok());
                (text.unwrap_or_default(), fault.then_some(self.offset + valid as u64))
            }
        };
        let last = self.ended || fault.is_some();
        let mut reader = Reader::new(self.options);
        let mut token_start = 0;
        let mut end = None;
        for token in Cutter::new(text) {
            // The last token may go on in what has not been read: it proves nothing yet.
            let complete = last || token.span().end() < text.len();
            if complete && reader.read(&token) == Boundary::Before {
                end = Some(token.span().start());
                break;
            }
            if token.span().end() > self.max && token.span().start() > 0 {
                end = Some(token.span().start());
                break;
            }
            token_start = token.span().start();
        }
        let end = end.or_else(|| {
            if text.len() > self.max && token_start == 0 {
                // One token that is longer than a sentence may be.
                return (1..=self.max).rev().find(|&at| text.is_char_boundary(at));
            }
            (last && !text.is_empty()).then_some(text.len())
        });
        if end.is_none() {
            if let Some(offset) = fault {
                return Err(StreamError::Utf8 { offset });
            }
            self.searched = text.len();
        }
        Ok(end)
    }
}

/// A sentence of a stream: [`SentenceReader::next_sentence`] makes it.
///
/// ```
/// use sorani::SentenceReader;
/// let mut sentences = SentenceReader::new(" یەک. دوو.".as_bytes());
/// let first = sentences.next_sentence()?.map(|sentence| (sentence.start(), sentence.trimmed_span().range()));
/// assert_eq!(first, Some((0, 1..8)));
/// # Ok::<(), sorani::StreamError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct StreamSentence<'b> {
    text: &'b str,
    start: u64,
}

impl<'b> StreamSentence<'b> {
    /// The sentence with the white space after it.
    ///
    /// ```
    /// # use sorani::SentenceReader;
    /// let mut sentences = SentenceReader::new("یەک. دوو.".as_bytes());
    /// assert_eq!(sentences.next_sentence()?.map(|s| s.text().to_owned()).as_deref(), Some("یەک. "));
    /// # Ok::<(), sorani::StreamError>(())
    /// ```
    pub const fn text(&self) -> &'b str {
        self.text
    }

    /// The offset of its first byte in the whole input.
    ///
    /// ```
    /// # use sorani::SentenceReader;
    /// let mut sentences = SentenceReader::new("یەک. دوو.".as_bytes());
    /// sentences.next_sentence()?;
    /// assert_eq!(sentences.next_sentence()?.map(|s| s.start()), Some(8));
    /// # Ok::<(), sorani::StreamError>(())
    /// ```
    pub const fn start(&self) -> u64 {
        self.start
    }

    /// The bytes of [`text`](Self::text) without the white space around them.
    ///
    /// ```
    /// # use sorani::SentenceReader;
    /// let mut sentences = SentenceReader::new("یەک. دوو.".as_bytes());
    /// assert_eq!(sentences.next_sentence()?.map(|s| s.trimmed_span().range()), Some(0..7));
    /// # Ok::<(), sorani::StreamError>(())
    /// ```
    pub fn trimmed_span(&self) -> Span {
        trim(self.text, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut reader: SentenceReader<impl BufRead>) -> Vec<(u64, String)> {
        let mut found = Vec::new();
        while let Some(sentence) = reader.next_sentence().unwrap() {
            found.push((sentence.start(), sentence.text().to_owned()));
        }
        found
    }

    #[test]
    fn sentences_do_not_depend_on_the_pieces_of_the_input() {
        let text = "د. شوان هات.ئەو گوتی: «باشە.» نرخ 3.5 بوو؟!\n\nپ.ک.ک. لە ٢٠٢٠. دوا 👨\u{200D}👩 ڕستە";
        let whole: Vec<(u64, String)> = SentenceSegmenter::new()
            .sentences(text)
            .map(|sentence| (sentence.span().start() as u64, sentence.text().to_owned()))
            .collect();
        for size in 1..40 {
            let pieces = io::BufReader::with_capacity(size, text.as_bytes());
            assert_eq!(all(SentenceReader::new(pieces)), whole, "pieces of {size} bytes");
        }
    }

    #[test]
    fn memory_is_bounded_and_nothing_is_lost() {
        for unit in ["ا", "ab ", "هەولێر ", "."] {
            let text = unit.repeat(4_000);
            let found = all(SentenceReader::new(text.as_bytes()).max_sentence_len(100));
            assert!(found.iter().all(|(_, text)| text.len() <= 112), "{unit}");
            assert_eq!(found.iter().map(|(_, text)| text.as_str()).collect::<String>(), text);
        }
    }

    #[test]
    fn a_fault_is_told_where_it_is() {
        let mut reader = SentenceReader::new(&b"ab. cd\xD9"[..]);
        assert_eq!(reader.next_sentence().unwrap().map(|sentence| sentence.text().len()), Some(4));
        assert_eq!(reader.next_sentence().unwrap().map(|sentence| sentence.text().len()), Some(2));
        assert_eq!(reader.next_sentence().unwrap_err().to_string(), "byte 6 of the input is not UTF-8");
    }
}
