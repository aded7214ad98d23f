//! Calendars other than the Gregorian, by arithmetic.
//!
//! The **solar** calendar (کۆچیی هەتاوی, and the Kurdish one, which counts the same years from 700 BC) begins at the
//! equinox. Here its leap years are those of the cycle of 33 years, years 1, 5, 9, 13, 17, 22, 26 and 30 of each, which
//! agrees with the official calendar for the years 1178 to 1633 (1799 to 2255). The **Islamic** calendar is the tabular one, with leap years
//! 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of 30; observation of the moon may differ from it by a day or two.

use super::date::Date;

/// The Kurdish year less the solar one.
const KURDISH: i32 = 1321;

/// Which calendar a month or a year belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Calendar {
    Gregorian,
    Solar,
    Islamic,
}

/// How years are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Era {
    /// After Christ.
    Common,
    /// Before Christ.
    Before,
    Islamic,
    Solar,
    Kurdish,
}

impl Era {
    /// The calendar whose years it counts, and the year in it.
    pub(super) fn year_of(self, year: i32) -> (Calendar, i32) {
        match self {
            Self::Common => (Calendar::Gregorian, year),
            // ISO 8601 has a year 0.
            Self::Before => (Calendar::Gregorian, 1 - year),
            Self::Islamic => (Calendar::Islamic, year),
            Self::Solar => (Calendar::Solar, year),
            Self::Kurdish => (Calendar::Solar, year - KURDISH),
        }
    }
}

impl Calendar {
    /// The first day of a year of the calendar.
    pub(super) fn new_year(self, year: i32) -> Option<Date> {
        self.date(year, 1, 1)
    }

    /// The Gregorian date of a day of the calendar; `None` where there is none.
    pub(super) fn date(self, year: i32, month: u8, day: u8) -> Option<Date> {
        if !(1..=12).contains(&month) || day == 0 || day > self.days(year, month)? {
            return None;
        }
        let (of_year, of_month, of_day) = (i64::from(year), i64::from(month), i64::from(day));
        match self {
            Self::Gregorian => Date::new(u16::try_from(year).ok()?, month, day),
            // 1 Farvardin 1 was 22 March 622 in the Julian calendar.
            Self::Solar => {
                let months = 31 * (of_month - 1) - (of_month - 7).max(0);
                Date::from_ordinal(226_894 + 365 * (of_year - 1) + (8 * of_year + 21).div_euclid(33) + months + of_day)
            }
            // 1 Muharram 1 was 16 July 622 in the Julian calendar.
            Self::Islamic => {
                let before = 354 * (of_year - 1) + (3 + 11 * of_year).div_euclid(30);
                Date::from_ordinal(227_014 + before + 29 * (of_month - 1) + of_month / 2 + of_day)
            }
        }
    }

    /// The number of days of a month.
    pub(super) fn days(self, year: i32, month: u8) -> Option<u8> {
        // Beyond these years nothing is meant by a date, and nothing overflows before them.
        if !(-9999..=9999).contains(&year) {
            return None;
        }
        let year = i64::from(year);
        Some(match self {
            Self::Gregorian => super::date::days_of_month(u16::try_from(year).ok()?, month),
            Self::Solar if month <= 6 => 31,
            Self::Solar if month <= 11 => 30,
            Self::Solar => 29 + u8::from((25 * year + 11).rem_euclid(33) < 8),
            Self::Islamic if month == 12 => 29 + u8::from((14 + 11 * year).rem_euclid(30) < 11),
            Self::Islamic => 29 + month % 2,
        })
    }

    /// The first and the last day of a month, or the one day.
    pub(super) fn days_meant(self, year: i32, month: u8, day: Option<u8>) -> Option<(Date, Date)> {
        match day {
            Some(day) => self.date(year, month, day).map(|date| (date, date)),
            None => Some((self.date(year, month, 1)?, self.date(year, month, self.days(year, month)?)?)),
        }
    }

    /// The year of the calendar that a day is in.
    pub(super) fn year_at(self, date: Date) -> Option<i32> {
        let year = i32::from(date.year());
        let guess = match self {
            Self::Gregorian => return Some(year),
            Self::Solar => year - 622,
            // The lunar year is about eleven days shorter.
            Self::Islamic => (year - 622) * 33 / 32 - 1,
        };
        (guess..guess + 4).rev().find(|&year| self.new_year(year).is_some_and(|first| first <= date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(calendar: Calendar, year: i32, month: u8, day: u8) -> String {
        calendar.date(year, month, day).map_or_else(|| "none".to_owned(), |date| date.to_string())
    }

    #[test]
    fn solar_dates_are_those_of_the_official_calendar() {
        for (year, month, day, expected) in [
            (1400, 1, 1, "2021-03-21"),
            (1399, 1, 1, "2020-03-20"),
            (1399, 12, 30, "2021-03-20"),
            (1400, 12, 30, "none"),
            (1398, 1, 1, "2019-03-21"),
            (1403, 1, 1, "2024-03-20"),
            (1404, 1, 1, "2025-03-21"),
            (1408, 1, 1, "2029-03-20"),
            (1357, 11, 22, "1979-02-11"),
            (1375, 1, 1, "1996-03-20"),
            (1324, 11, 2, "1946-01-22"),
        ] {
            assert_eq!(iso(Calendar::Solar, year, month, day), expected, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn islamic_dates_are_those_of_the_tables() {
        for (year, month, day, expected) in [
            (1, 1, 1, "0622-07-19"),
            (1442, 1, 1, "2020-08-20"),
            (1442, 9, 1, "2021-04-13"),
            (1445, 1, 1, "2023-07-19"),
            (1421, 1, 1, "2000-04-06"),
            (1443, 12, 30, "none"),
            (1442, 12, 30, "2021-08-09"),
        ] {
            assert_eq!(iso(Calendar::Islamic, year, month, day), expected, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn months_follow_each_other_without_gaps() {
        for calendar in [Calendar::Solar, Calendar::Islamic, Calendar::Gregorian] {
            let mut last: Option<Date> = None;
            for (year, month) in (1000..1700).flat_map(|year| (1..=12).map(move |month| (year, month))) {
                let (first, end) = calendar.days_meant(year, month, None).unwrap();
                assert!(last.is_none_or(|last| last.plus_days(1) == Some(first)), "{calendar:?} {year} {month}");
                assert_eq!(calendar.year_at(first), Some(year));
                assert_eq!(calendar.year_at(end), Some(year));
                last = Some(end);
            }
        }
        assert_eq!(Era::Kurdish.year_of(2720), (Calendar::Solar, 1399));
    }
}
