//! One token of a text.

use std::fmt;

use crate::Span;

/// What a token is.
///
/// ```
/// use sorani::{TokenKind, Tokenizer};
///
/// let tokenizer = Tokenizer::new();
/// let kinds: Vec<_> = tokenizer.tokenize("ساڵی ٢٠٢٠.").map(|token| token.kind()).collect();
/// assert_eq!(kinds, [TokenKind::Word, TokenKind::Whitespace, TokenKind::Number, TokenKind::Punctuation]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum TokenKind {
    /// A word in the Arabic script.
    Word,
    /// A word in Latin or another script, also with a Kurdish suffix written on to it (`BBCی`).
    Foreign,
    /// A number, also with thousands and decimal marks, and with a suffix written on to it (`١٩٥٠دا`).
    Number,
    /// A number that tells a place in an order, by the ending written on to it: `٢١ەم`, `٣یەمین`.
    Ordinal,
    /// A date in digits: `9/5/2020`, `٢٠٢٠-١١-١٠`.
    Date,
    /// A time of day in digits: `10:30`.
    Time,
    /// An abbreviation with its full stops (`د.`, `پ.ی.د.`), or an initial.
    Abbreviation,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// The name of a user of a social network: `@name`.
    Mention,
    /// A hashtag.
    Hashtag,
    /// An emoji, with all the characters that make it up.
    Emoji,
    /// Several words that make one expression: [`Expressions`](crate::Expressions).
    Expression,
    /// A piece of a word that is not its stem: [`TokenizerBuilder::split_morphemes`](crate::TokenizerBuilder::split_morphemes).
    Affix,
    /// A punctuation mark, or several equal ones.
    Punctuation,
    /// The sign of a currency: `$`, `€`.
    Currency,
    /// Another sign that is neither letter nor punctuation: `%`, `+`, `°`.
    Symbol,
    /// White space, line breaks included.
    Whitespace,
    /// Invisible characters that belong to no word.
    Control,
}

impl TokenKind {
    /// The name of the kind in lower case, as programs write it.
    ///
    /// ```
    /// assert_eq!(sorani::TokenKind::Hashtag.as_str(), "hashtag");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Foreign => "foreign",
            Self::Number => "number",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::Time => "time",
            Self::Abbreviation => "abbreviation",
            Self::Url => "url",
            Self::Email => "email",
            Self::Mention => "mention",
            Self::Hashtag => "hashtag",
            Self::Emoji => "emoji",
            Self::Expression => "expression",
            Self::Affix => "affix",
            Self::Punctuation => "punctuation",
            Self::Currency => "currency",
            Self::Symbol => "symbol",
            Self::Whitespace => "whitespace",
            Self::Control => "control",
        }
    }

    /// Whether it is a cardinal or ordinal number.
    ///
    /// ```
    /// use sorani::{TokenKind, Tokenizer};
    /// let tokenizer = Tokenizer::new();
    /// let kinds: Vec<_> = tokenizer.tokenize("٢١ ٢١ەم").map(|token| token.kind()).filter(|kind| kind.is_number()).collect();
    /// assert_eq!(kinds, [TokenKind::Number, TokenKind::Ordinal]);
    /// ```
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Ordinal)
    }

    /// Whether tokens of this kind have something to say: neither white space nor invisible.
    ///
    /// ```
    /// use sorani::TokenKind;
    /// assert!(TokenKind::Emoji.is_visible() && !TokenKind::Whitespace.is_visible());
    /// ```
    pub const fn is_visible(self) -> bool {
        !matches!(self, Self::Whitespace | Self::Control)
    }
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A token: a piece of the text and what it is. Borrows the text.
///
/// ```
/// use sorani::{Span, Tokenizer};
///
/// let tokenizer = Tokenizer::new();
/// let token = tokenizer.tokenize("سڵاو!").next().ok_or("no token")?;
/// assert_eq!((token.text(), token.span()), ("سڵاو", Span::new(0, 8)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Token<'t> {
    text: &'t str,
    start: usize,
    kind: TokenKind,
}

impl<'t> Token<'t> {
    pub(crate) const fn new(text: &'t str, start: usize, kind: TokenKind) -> Self {
        Self { text, start, kind }
    }

    /// The token as it stands in the text.
    ///
    /// ```
    /// let tokenizer = sorani::Tokenizer::new();
    /// assert_eq!(tokenizer.tokenize("سڵاو").next().map(|token| token.text()), Some("سڵاو"));
    /// ```
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Where it stands: bytes of the text that was tokenized.
    ///
    /// ```
    /// let tokenizer = sorani::Tokenizer::new();
    /// let spans: Vec<_> = tokenizer.tokenize("ئەم شار").map(|token| token.span().range()).collect();
    /// assert_eq!(spans, [0..6, 6..7, 7..13]);
    /// ```
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// What it is.
    ///
    /// ```
    /// use sorani::{TokenKind, Tokenizer};
    /// let tokenizer = Tokenizer::new();
    /// assert_eq!(tokenizer.tokenize("#کورد").next().map(|token| token.kind()), Some(TokenKind::Hashtag));
    /// ```
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }
}
