//! Links in a text, in which no mark, bracket or digit is one of the text.

use super::engine::Item;

/// Which characters belong to links: a scheme and `://`, or `www.`, and all up to a blank or a mark that only text has.
///
/// Empty where none does.
pub(super) struct Links(Vec<bool>);

impl Links {
    pub(super) fn of(items: &[Item]) -> Self {
        let is = |at: usize, text: &str| {
            items.get(at..).is_some_and(|rest| {
                let mut chars = rest.iter().map(|item| item.c);
                text.chars().all(|c| chars.next() == Some(c))
            })
        };
        let ends = |c: char| c.is_whitespace() || "،؛؟«»\"<>".contains(c);
        let mut links = Vec::new();
        // How many characters right before `at` a scheme may be made of.
        let mut scheme = 0;
        let mut at = 0;
        while let Some(item) = items.get(at) {
            let begins = match item.c {
                ':' => scheme > 0 && is(at, "://"),
                'w' => scheme == 0 && is(at, "www."),
                _ => false,
            };
            if !begins {
                let of_scheme = item.c.is_ascii_alphanumeric() || matches!(item.c, '+' | '-' | '.');
                scheme = if of_scheme { scheme + 1 } else { 0 };
                at += 1;
                continue;
            }
            let len = items.iter().skip(at).take_while(|item| !ends(item.c)).count();
            links.resize(items.len(), false);
            links.iter_mut().take(at + len).skip(at - scheme).for_each(|link| *link = true);
            at += len;
            scheme = 0;
        }
        Self(links)
    }

    /// Whether the character at `at` belongs to one.
    pub(super) fn hold(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }
}
