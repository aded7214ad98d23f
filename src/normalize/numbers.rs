//! Rule N1: the marks in a number follow its digits.

use super::engine::{Item, char_at};
use super::links::Links;
use crate::letters::is_digit;

/// Decimal mark, thousands mark and percent sign: beside ASCII digits, and beside ٠ to ٩ and ۰ to ۹.
const MARKS: [(char, char); 3] = [('.', '٫'), (',', '٬'), ('%', '٪')];

/// Whether the character is one that the rule may change.
pub(super) fn is_number_mark(c: char) -> bool {
    MARKS.iter().any(|&(ascii, arabic)| c == ascii || c == arabic)
}

/// N1: a mark between two digits of one kind, or a percent sign after one, is that of their kind.
///
/// An ASCII mark may be no mark of a number: a second full stop makes a date or a version (12.5.2020), and a comma that
/// three digits do not follow parts the members of a list. Those stay, and so does a link.
pub(super) fn number_marks(items: &[Item], out: &mut Vec<Item>) {
    let digit = |at: usize| char_at(items, at).filter(|&c| is_digit(c));
    let decimal = |at: Option<usize>| at.and_then(|at| char_at(items, at)).is_some_and(|c| matches!(c, '.' | '٫'));
    let links = Links::of(items);
    for (at, &item) in items.iter().enumerate() {
        let pair = MARKS.iter().find(|&&(ascii, arabic)| item.c == ascii || item.c == arabic);
        let before = at.checked_sub(1).and_then(digit).filter(|_| !links.hold(at));
        let (Some(&(ascii, arabic)), Some(before)) = (pair, before) else {
            out.push(item);
            continue;
        };
        let next = digit(at + 1);
        let same_kind = next.is_some_and(|next| next.is_ascii() == before.is_ascii());
        let in_number = match ascii {
            '%' => next.is_none(),
            _ if before.is_ascii() => same_kind,
            ',' => same_kind && digit(at + 2).and(digit(at + 3)).is_some() && digit(at + 4).is_none(),
            _ => {
                let left = items.iter().take(at).rev().take_while(|item| is_digit(item.c)).count();
                let right = items.iter().skip(at + 1).take_while(|item| is_digit(item.c)).count();
                same_kind && !decimal((at - left).checked_sub(1)) && !decimal(Some(at + 1 + right))
            }
        };
        let to = if before.is_ascii() { ascii } else { arabic };
        out.push(Item { c: if in_number { to } else { item.c }, ..item });
    }
}
