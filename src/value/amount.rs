//! Exact amounts, and the digits that are read as one.

use std::fmt;

use crate::letters::digit_value;

/// The most digits that are counted with; longer numbers keep their digits and are counted with no more.
const MAX_DIGITS: usize = 30;
/// The decimals of a number that has no end.
const DECIMALS: u128 = 1_000_000;

/// A number that is not negative, as a fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Amount {
    over: u128,
    under: u128,
}

impl Amount {
    pub(super) fn new(over: u128, under: u128) -> Option<Self> {
        let (mut a, mut b) = (over, under);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Some(Self { over: over.checked_div(a)?, under: under.checked_div(a)? }).filter(|amount| amount.under != 0)
    }

    pub(super) const fn whole(value: u128) -> Self {
        Self { over: value, under: 1 }
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        Self::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let over = self.over.checked_mul(other.under)?.checked_add(other.over.checked_mul(self.under)?)?;
        Self::new(over, self.under.checked_mul(other.under)?)
    }

    pub(super) fn divided(self, other: Self) -> Option<Self> {
        self.times(Self { over: other.under, under: other.over }).filter(|_| other.over != 0)
    }

    /// The value where it is a whole number.
    pub(super) const fn as_whole(self) -> Option<u128> {
        if self.under == 1 { Some(self.over) } else { None }
    }

    pub(super) const fn is_fraction(self) -> bool {
        self.over < self.under
    }

    pub(super) fn is_below(self, limit: u128) -> bool {
        self.over / self.under < limit
    }
}

/// Writes a plain decimal: exactly where it ends, else rounded to six places.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut under = self.under;
        for prime in [2, 5] {
            while under % prime == 0 {
                under /= prime;
            }
        }
        let (mut whole, mut rest) = (self.over / self.under, self.over % self.under);
        let mut decimals = String::new();
        if under == 1 {
            while rest != 0 {
                // The fraction comes from digits or from the table, so that ten times the rest is far from the limit.
                rest = rest.saturating_mul(10);
                decimals.push_str(&(rest / self.under).to_string());
                rest %= self.under;
            }
        } else {
            let twice = rest.saturating_mul(2 * DECIMALS).saturating_add(self.under);
            let rounded = twice / self.under.saturating_mul(2);
            whole = whole.saturating_add(rounded / DECIMALS);
            decimals = format!("{:06}", rounded % DECIMALS);
        }
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            decimals => write!(f, "{whole}.{decimals}"),
        }
    }
}

/// A number in digits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Digits {
    /// The value; none where there are too many digits.
    pub(super) amount: Option<Amount>,
    /// The digits in ASCII, without thousands marks.
    pub(super) text: String,
    /// Whether there are only digits, without any mark.
    pub(super) plain: bool,
}

impl Digits {
    /// Reads digits of any of the three systems with the marks in use; `None` where the marks make no number.
    ///
    /// A mark before three digits parts thousands where it is a comma, where there are several, or where the three
    /// digits are zeros (٢٥.٠٠٠); any other single mark is a decimal mark. Of two kinds, the last is the decimal mark.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut groups = vec![String::new()];
        let mut marks = Vec::new();
        for c in text.chars() {
            if let (Some(digit), Some(group)) = (digit_value(c), groups.last_mut()) {
                group.push(char::from(b'0' + digit));
                continue;
            }
            marks.push(match c {
                '.' | '٫' => c,
                ',' | '٬' | '،' => ',',
                _ => return None,
            });
            groups.push(String::new());
        }
        if groups.iter().any(String::is_empty) {
            return None;
        }
        let plain = marks.is_empty();
        let last = groups.last()?;
        let decimals = match *marks.as_slice() {
            [] => false,
            [mark] => {
                let first = groups.first()?;
                let thousands = last.len() == 3 && first.len() <= 3 && !first.starts_with('0');
                !(thousands && (mark == ',' || mark == '.' && last == "000"))
            }
            [first, .., last] => first != last,
        };
        let decimals = if decimals { groups.pop()? } else { String::new() };
        // Marks of thousands are all of one kind, and three digits follow each.
        let thousands = marks.get(..groups.len().checked_sub(1)?)?;
        let first = groups.first()?;
        let rest = groups.get(1..)?;
        if thousands.windows(2).any(|pair| pair.first() != pair.last())
            || rest.iter().any(|group| group.len() != 3)
            || !rest.is_empty() && (first.len() > 3 || first.starts_with('0'))
        {
            return None;
        }
        let whole = groups.concat();
        let digits = format!("{whole}{decimals}");
        let amount = if digits.len() <= MAX_DIGITS {
            let places = u32::try_from(decimals.len()).ok()?;
            digits.parse().ok().and_then(|over| Amount::new(over, 10_u128.checked_pow(places)?))
        } else {
            None
        };
        let text = if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") };
        Some(Self { amount, text, plain })
    }

    /// The number, where it is a whole one without marks and of at most `digits` digits.
    pub(super) fn small(&self, digits: usize) -> Option<i32> {
        let whole = self.plain && self.text.len() <= digits.min(9);
        if whole { self.text.parse().ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_all_systems_and_marks() {
        for (text, expected) in [
            ("١٢", "12"),
            ("۱۲", "12"),
            ("1,250", "1250"),
            ("١٬٢٥٠٬٠٠٠", "1250000"),
            ("1.250.000", "1250000"),
            ("25.000", "25000"),
            ("٤٫٥", "4.5"),
            ("4,5", "4.5"),
            ("3.125", "3.125"),
            ("1,250.50", "1250.5"),
            ("1.250,75", "1250.75"),
            ("0,125", "0.125"),
            ("007", "7"),
        ] {
            let amount = Digits::read(text).unwrap().amount.unwrap();
            assert_eq!(amount.to_string(), expected, "{text}");
        }
        for text in ["192.168.1.1", "1.2.3", "1,25,000", "1,250,75", "12345,678,000", "1..2", "", "a"] {
            assert_eq!(Digits::read(text), None, "{text}");
        }
    }

    #[test]
    fn long_numbers_keep_their_digits() {
        let long = "٩".repeat(200);
        let digits = Digits::read(&long).unwrap();
        assert_eq!(digits.amount, None);
        assert_eq!(digits.text, "9".repeat(200));
        assert_eq!(digits.small(300), None);
        let most = Digits::read(&"9".repeat(MAX_DIGITS)).unwrap().amount.unwrap();
        assert_eq!(most.times(most), None);
    }

    #[test]
    fn fractions_are_rounded_only_where_they_have_no_end() {
        let amount = |over, under| Amount::new(over, under).unwrap();
        assert_eq!(amount(1, 3).to_string(), "0.333333");
        assert_eq!(amount(2, 3).to_string(), "0.666667");
        assert_eq!(amount(5, 4).to_string(), "1.25");
        assert_eq!(amount(2_999_999_999, 3_000_000_000).to_string(), "1");
        assert_eq!(Amount::whole(4).divided(Amount::whole(0)), None);
        assert_eq!(Amount::new(1, 0), None);
        assert_eq!(amount(9, 2).times(Amount::whole(1_000_000)).unwrap().to_string(), "4500000");
    }
}
