//! A day of the Gregorian calendar.

use std::fmt;

/// A day of the Gregorian calendar, from the year 1 to the year 9999.
///
/// ```
/// use sorani::Date;
///
/// let date = Date::new(2020, 11, 15).ok_or("no such day")?;
/// assert_eq!(date.to_string(), "2020-11-15");
/// assert!(date < Date::new(2020, 12, 1).ok_or("no such day")?);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The days before the first of March of the year 0, which begins the years of this count.
const DAYS_OF_ERA: i64 = 146_097;

impl Date {
    /// Makes a date; `None` where there is no such day, or the year is not one of 1 to 9999.
    ///
    /// ```
    /// use sorani::Date;
    /// assert!(Date::new(2020, 2, 29).is_some());
    /// assert!(Date::new(2021, 2, 29).is_none());
    /// ```
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || month == 0 || month > 12 || day == 0 || day > days_of_month(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The year.
    ///
    /// ```
    /// assert_eq!(sorani::Date::new(2020, 11, 15).map(|date| date.year()), Some(2020));
    /// ```
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1 to 12.
    ///
    /// ```
    /// assert_eq!(sorani::Date::new(2020, 11, 15).map(|date| date.month()), Some(11));
    /// ```
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1 on.
    ///
    /// ```
    /// assert_eq!(sorani::Date::new(2020, 11, 15).map(|date| date.day()), Some(15));
    /// ```
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The number of the day; 1 January of the year 1 is 1.
    pub(super) fn ordinal(self) -> i64 {
        // Years that begin in March have the day that may be missing at their end.
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let era = year.div_euclid(400);
        let year = year.rem_euclid(400);
        era * DAYS_OF_ERA + 365 * year + year / 4 - year / 100 + day_of_year - 305
    }

    /// The day with this number.
    pub(super) fn from_ordinal(ordinal: i64) -> Option<Self> {
        let days = ordinal + 305;
        let (era, day) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let month = (month + 2) % 12 + 1;
        let year = era * 400 + year + i64::from(month <= 2);
        Self::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day of the week, 1 for Monday, as ISO 8601 counts.
    pub(super) fn weekday(self) -> i64 {
        (self.ordinal() - 1).rem_euclid(7) + 1
    }

    /// So many days later.
    pub(super) fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_ordinal(self.ordinal().checked_add(days)?)
    }

    /// The year and the month so many months later.
    pub(super) fn plus_months(self, months: i64) -> Option<(u16, u8)> {
        let month = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year = u16::try_from(month.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
        Some((year, u8::try_from(month.rem_euclid(12)).ok()? + 1))
    }

    /// The same day of another month, or the last of that month where it has none.
    pub(super) fn in_month(self, (year, month): (u16, u8)) -> Option<Self> {
        Self::new(year, month, self.day.min(days_of_month(year, month)))
    }

    /// The week of ISO 8601 that the day is in, as `2020-W46`.
    pub(super) fn week(self) -> Option<String> {
        // The week belongs to the year that its Thursday is in.
        let thursday = self.plus_days(4 - self.weekday())?;
        let first = Self::new(thursday.year, 1, 1)?;
        Some(format!("{:04}-W{:02}", thursday.year, (thursday.ordinal() - first.ordinal()) / 7 + 1))
    }
}

/// Writes the date as ISO 8601 does: `2020-11-15`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

pub(super) const fn days_of_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_without_gaps() {
        let mut date = Date::new(1, 1, 1).unwrap();
        assert_eq!(date.ordinal(), 1);
        for ordinal in 2..800_000 {
            let next = Date::from_ordinal(ordinal).unwrap();
            assert!(next > date && next.ordinal() == ordinal, "{ordinal}");
            date = next;
        }
        assert_eq!(Date::from_ordinal(0), None);
    }

    #[test]
    fn days_of_the_week_and_weeks_are_those_of_the_calendar() {
        let date = Date::new(2020, 11, 10).unwrap();
        assert_eq!(date.weekday(), 2);
        assert_eq!(date.week().unwrap(), "2020-W46");
        assert_eq!(Date::new(2021, 1, 3).unwrap().week().unwrap(), "2020-W53");
        assert_eq!(date.plus_months(-11), Some((2019, 12)));
        assert_eq!(Date::new(2020, 3, 31).unwrap().in_month((2020, 2)), Date::new(2020, 2, 29));
        assert_eq!(Date::new(9999, 12, 31).unwrap().plus_days(1), None);
    }
}
