//! What a text hides: characters that nobody sees and that change what is read, or carry what is not read.

use std::fmt;
use std::iter::FusedIterator;

use unicode_normalization::char::is_combining_mark;

use crate::Span;

/// Finds what `text` hides: direction controls, invisible characters, joiners that join nothing, tags, controls and
/// marks without a letter.
///
/// Nothing is changed; [`Normalizer`](crate::Normalizer) removes most of what is found here. Non-joiners where Sorani
/// writes them, joiners and selectors inside emoji, the tags of a flag, and a byte order mark at the beginning are what
/// they should be and are not reported. A heuristic for reviewers and filters, no proof of intent: text copied from
/// pages and word processors holds direction marks and soft hyphens by accident.
///
/// **Offsets** are bytes into `text`, on boundaries between characters. **Cost**: linear in the text; allocates nothing.
/// **Source of the rules**: Unicode Technical Report 36 and Standard 39, and "Trojan Source" (Boucher and Anderson, 2021)
/// for the direction controls.
///
/// ```
/// use sorani::{SuspiciousKind, suspicious};
///
/// let text = "پارە\u{202E}001\u{202C} دینار";
/// let found: Vec<_> = suspicious(text).map(|run| (run.span().range(), run.kind())).collect();
/// assert_eq!(found, [(8..11, SuspiciousKind::DirectionOverride), (14..17, SuspiciousKind::DirectionControl)]);
/// assert_eq!(suspicious("کتێبه\u{200C}کان").count(), 0);
/// ```
pub fn suspicious(text: &str) -> Suspicious<'_> {
    Suspicious { text, at: 0, before: None }
}

/// What a run of hidden characters is.
///
/// ```
/// use sorani::SuspiciousKind;
/// assert_eq!(SuspiciousKind::Tag.to_string(), "tag");
/// assert!(SuspiciousKind::Tag.description().contains("hidden text"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum SuspiciousKind {
    /// U+202D and U+202E: characters are shown in another order than they stand in.
    DirectionOverride,
    /// Embeddings, isolates and their ends: U+202A to U+202C, U+2066 to U+2069.
    DirectionControl,
    /// U+200E, U+200F and U+061C, which turn the direction of what is beside them.
    DirectionMark,
    /// Joiners and non-joiners that stand behind no letter, behind another one, or between two Latin letters.
    Joiner,
    /// Characters without any shape: U+200B, U+2060, soft hyphen, fillers, and what Unicode ignores by default.
    Invisible,
    /// Selectors of variants that select nothing, or several in a row, which can carry any text.
    VariationSelector,
    /// Tags, U+E0000 to U+E007F, outside the flag of a region: a copy of ASCII that is never shown.
    Tag,
    /// Controls other than tab and line ends.
    Control,
    /// Combining marks at the beginning of a text, of a line or behind a blank.
    LoneMark,
}

impl SuspiciousKind {
    /// A short name, for lists and filters.
    ///
    /// ```
    /// assert_eq!(sorani::SuspiciousKind::DirectionOverride.as_str(), "direction-override");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DirectionOverride => "direction-override",
            Self::DirectionControl => "direction-control",
            Self::DirectionMark => "direction-mark",
            Self::Joiner => "joiner",
            Self::Invisible => "invisible",
            Self::VariationSelector => "variation-selector",
            Self::Tag => "tag",
            Self::Control => "control",
            Self::LoneMark => "lone-mark",
        }
    }

    /// What is the matter with it, for a reader.
    ///
    /// ```
    /// assert_eq!(sorani::SuspiciousKind::LoneMark.description(), "combining mark without a letter to stand on");
    /// ```
    pub const fn description(self) -> &'static str {
        match self {
            Self::DirectionOverride => "direction override: the text is shown in another order than it stands in",
            Self::DirectionControl => "direction embedding or isolate: may show the text in another order",
            Self::DirectionMark => "invisible direction mark",
            Self::Joiner => "joiner or non-joiner that has nothing to join or part",
            Self::Invisible => "invisible character",
            Self::VariationSelector => "variation selectors that select nothing: may carry hidden text",
            Self::Tag => "tag characters: hidden text in ASCII",
            Self::Control => "control character",
            Self::LoneMark => "combining mark without a letter to stand on",
        }
    }
}

impl fmt::Display for SuspiciousKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Characters of one kind in a row: [`suspicious`] finds them.
///
/// Its display form is the description and the code points, the first eight of them.
///
/// ```
/// let run = sorani::suspicious("a\u{200B}\u{2060}b").next().ok_or("none")?;
/// assert_eq!(run.to_string(), "invisible character: U+200B U+2060");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SuspiciousRun<'t> {
    text: &'t str,
    span: Span,
    kind: SuspiciousKind,
}

impl<'t> SuspiciousRun<'t> {
    /// The hidden characters themselves.
    ///
    /// ```
    /// assert_eq!(sorani::suspicious("a\u{200B}").next().map(|run| run.text()), Some("\u{200B}"));
    /// ```
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Their bytes in the text that was given.
    ///
    /// ```
    /// use sorani::{Span, suspicious};
    /// assert_eq!(suspicious("a\u{200B}").next().map(|run| run.span()), Some(Span::new(1, 4)));
    /// ```
    pub const fn span(&self) -> Span {
        self.span
    }

    /// What they are.
    ///
    /// ```
    /// use sorani::{SuspiciousKind, suspicious};
    /// assert_eq!(suspicious("a\u{7}").next().map(|run| run.kind()), Some(SuspiciousKind::Control));
    /// ```
    pub const fn kind(&self) -> SuspiciousKind {
        self.kind
    }
}

impl fmt::Display for SuspiciousRun<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.kind.description())?;
        for c in self.text.chars().take(8) {
            write!(f, " U+{:04X}", u32::from(c))?;
        }
        if self.text.chars().nth(8).is_some() { f.write_str(" …") } else { Ok(()) }
    }
}

/// The runs of hidden characters of a text, in order: [`suspicious`] makes it.
///
/// ```
/// let kinds: Vec<_> = sorani::suspicious("\u{200F}a\u{AD}b").map(|run| run.kind().as_str()).collect();
/// assert_eq!(kinds, ["direction-mark", "invisible"]);
/// ```
#[derive(Clone, Debug)]
pub struct Suspicious<'t> {
    text: &'t str,
    /// Where to go on.
    at: usize,
    /// The character before that place.
    before: Option<char>,
}

impl<'t> Iterator for Suspicious<'t> {
    type Item = SuspiciousRun<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(c) = self.peek(0) {
            let start = self.at;
            let Some(kind) = self.kind(c) else {
                self.pass(c);
                if c == BLACK_FLAG {
                    self.pass_flag();
                }
                continue;
            };
            self.pass(c);
            while let Some(next) = self.peek(0) {
                // All marks that stand on nothing belong together.
                let lone = kind == SuspiciousKind::LoneMark && is_combining_mark(next) && fixed_kind(next).is_none();
                if !lone && self.kind(next) != Some(kind) {
                    break;
                }
                self.pass(next);
            }
            let span = Span::new(start, self.at);
            return Some(SuspiciousRun { text: span.slice(self.text).unwrap_or_default(), span, kind });
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.text.len().saturating_sub(self.at)))
    }
}

impl FusedIterator for Suspicious<'_> {}

/// The emoji on which the flags of regions are built, with tags.
const BLACK_FLAG: char = '\u{1F3F4}';
/// The tag that ends such a flag.
const CANCEL_TAG: char = '\u{E007F}';

impl Suspicious<'_> {
    /// The character `skip` places on.
    fn peek(&self, skip: usize) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().nth(skip))
    }

    fn pass(&mut self, c: char) {
        self.at += c.len_utf8();
        self.before = Some(c);
    }

    /// Passes over the tags of a flag: up to six letters and digits, and the end.
    fn pass_flag(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_part = |c: &char| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
        let parts: usize = rest.chars().take(6).take_while(is_part).map(char::len_utf8).sum();
        if parts > 0 && rest.get(parts..).is_some_and(|rest| rest.starts_with(CANCEL_TAG)) {
            self.at += parts + CANCEL_TAG.len_utf8();
            self.before = Some(CANCEL_TAG);
        }
    }

    /// What the character at this place is; nothing where it may stand there.
    fn kind(&self, c: char) -> Option<SuspiciousKind> {
        // Text is letters and blanks for the most part.
        if c.is_ascii_graphic() || matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D5}')
        {
            return None;
        }
        let before = self.before;
        match c {
            '\u{200C}' | '\u{200D}' => {
                let next = self.peek(1);
                let letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
                let latin = |c: char| c < '\u{250}' && c.is_alphanumeric();
                // Emoji are joined to one sign; what is before the joiner may be a selector or a tone of skin.
                let picture = |c: char| c == '\u{200D}' || c >= '\u{2190}';
                let stands = before.is_some_and(|before| {
                    letter(before) && !is_selector(before) || c == '\u{200D}' && picture(before) && before != c
                });
                let inside_latin = before.is_some_and(latin) && next.is_some_and(latin);
                (!stands || inside_latin).then_some(SuspiciousKind::Joiner)
            }
            c if is_selector(c) => {
                let stands = before.is_some_and(|before| {
                    !before.is_whitespace()
                        && !before.is_control()
                        && !is_selector(before)
                        && fixed_kind(before).is_none()
                });
                (!stands).then_some(SuspiciousKind::VariationSelector)
            }
            '\u{FEFF}' if self.at == 0 => None,
            c => fixed_kind(c).or_else(|| {
                let on_nothing = before.is_none_or(|before| {
                    // A mark that is to be shown alone stands on a no-break space.
                    before.is_whitespace() && before != '\u{A0}' || before.is_control() || before == '\u{FEFF}'
                });
                (on_nothing && is_combining_mark(c)).then_some(SuspiciousKind::LoneMark)
            }),
        }
    }
}

const fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}')
}

/// What a character is wherever it stands.
const fn fixed_kind(c: char) -> Option<SuspiciousKind> {
    Some(match c {
        '\u{202D}' | '\u{202E}' => SuspiciousKind::DirectionOverride,
        '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' => SuspiciousKind::DirectionControl,
        '\u{200E}' | '\u{200F}' | '\u{61C}' => SuspiciousKind::DirectionMark,
        '\u{E0000}'..='\u{E007F}' => SuspiciousKind::Tag,
        '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' => {
            SuspiciousKind::Control
        }
        '\u{AD}'
        | '\u{34F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0080}'..='\u{E00FF}'
        | '\u{E01F0}'..='\u{E0FFF}' => SuspiciousKind::Invisible,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use SuspiciousKind::{DirectionControl, DirectionOverride};

    use super::*;

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        suspicious(text).map(|run| (run.kind().as_str(), run.text())).collect()
    }

    #[test]
    fn text_as_it_should_be_is_not_suspicious() {
        for text in [
            "",
            "ئه\u{200C}مه\u{200C} کتێبه\u{200C}کانن، PDK\u{200C}ی ٢٠٢٠\u{200C}دا",
            "ه\u{200D} و مُحَمَّد کۊر، پەڕەی ١٢\n\n\tخاڵی دووەم\r\n",
            "👩\u{200D}💻 👨🏽\u{200D}🚒 ❤\u{FE0F}\u{200D}🔥 1\u{FE0F}\u{20E3} ✔\u{FE0F}",
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} 🇩🇪",
            "\u{FEFF}کورد",
            "cafe\u{301} \u{A0}\u{64E} ◌\u{64E} नि",
        ] {
            assert_eq!(found(text), [], "{text:?}");
        }
    }

    #[test]
    fn what_turns_the_order_is_told() {
        // "Trojan Source": a comment that looks like code, and code that looks like a comment.
        let text = "/*\u{202E} } \u{2066}if (isAdmin)\u{2069} \u{2066} begin */";
        let kinds: Vec<_> = suspicious(text).map(|run| run.kind()).collect();
        assert_eq!(kinds, [DirectionOverride, DirectionControl, DirectionControl, DirectionControl]);
        assert_eq!(
            found("هەولێر\u{202B}\u{202B}x\u{202C}\u{200F}\u{61C}"),
            [
                ("direction-control", "\u{202B}\u{202B}"),
                ("direction-control", "\u{202C}"),
                ("direction-mark", "\u{200F}\u{61C}")
            ]
        );
    }

    #[test]
    fn what_carries_hidden_text_is_told() {
        assert_eq!(found("a\u{E0068}\u{E0069}b"), [("tag", "\u{E0068}\u{E0069}")]);
        // A flag that does not end, and one with more than a region.
        assert_eq!(found("\u{1F3F4}\u{E0067}x").len(), 1);
        assert_eq!(found("\u{1F3F4}\u{E0067}\u{E0067}\u{E0067}\u{E0067}\u{E0067}\u{E0067}\u{E0067}\u{E007F}").len(), 1);
        assert_eq!(found("😀\u{FE0F}\u{FE01}\u{E0121}"), [("variation-selector", "\u{FE01}\u{E0121}")]);
        assert_eq!(found("a \u{FE0F}"), [("variation-selector", "\u{FE0F}")]);
        // Bits written as joiners.
        assert_eq!(found("دەق\u{200C}\u{200D}\u{200C}\u{200C}"), [("joiner", "\u{200D}\u{200C}\u{200C}")]);
        assert_eq!(found("pass\u{200C}word \u{200D}x"), [("joiner", "\u{200C}"), ("joiner", "\u{200D}")]);
        assert_eq!(
            found("a\u{200B}\u{AD}\u{2060}b\u{FEFF}"),
            [("invisible", "\u{200B}\u{AD}\u{2060}"), ("invisible", "\u{FEFF}")]
        );
        assert_eq!(found("a\0\u{1B}[2K\u{9B}"), [("control", "\0\u{1B}"), ("control", "\u{9B}")]);
    }

    #[test]
    fn marks_on_nothing_are_told() {
        assert_eq!(
            found("\u{64E}\u{651}م \u{650}\nم\u{650}"),
            [("lone-mark", "\u{64E}\u{651}"), ("lone-mark", "\u{650}")]
        );
        assert_eq!(found("\n\u{301}"), [("lone-mark", "\u{301}")]);
    }

    #[test]
    fn long_runs_are_cut_in_messages_only() {
        let text = "\u{200B}".repeat(9);
        let run = suspicious(&text).next().unwrap();
        assert_eq!(run.text(), text);
        assert!(run.to_string().ends_with("U+200B U+200B …"));
    }
}
