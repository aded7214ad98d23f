//! Values of dates as text: ISO 8601, with the extensions of its second part (2019) for what is unknown.
//!
//! `X` stands for a digit that is not known: `XXXX-11-15` where the year is not given. The form `--11-15` was taken out
//! of the standard in 2004.

use super::calendars::{Calendar, Era};
use super::date::Date;
use super::words::Unit;

/// The century in which the text is taken to be written where no reference date tells.
const PRESENT_CENTURY: i64 = 21;
/// Years in digits without an era that are those of the solar and of the Islamic calendar in dates.
const SOLAR_YEARS: std::ops::RangeInclusive<i32> = 1300..=1410;
const ISLAMIC_YEARS: std::ops::RangeInclusive<i32> = 1411..=1499;
/// Years that can only be Kurdish.
pub(super) const KURDISH_YEARS: std::ops::RangeInclusive<i32> = 2600..=2800;

/// A year as a text tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Year {
    /// A number, with the era where it is named.
    Number(i32, Option<Era>),
    /// Two digits of a year.
    Short(i32),
    /// So many years from now.
    Relative(i64),
}

/// Which of several days of the same name is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Choice {
    Nearest,
    Before,
    After,
}

impl Choice {
    pub(super) const fn of(relative: i8) -> Self {
        match relative {
            ..=-1 => Self::Before,
            0 => Self::Nearest,
            1.. => Self::After,
        }
    }
}

/// The value of a date, and the Gregorian year and month that it lies in.
pub(super) type Dated = (String, Option<(Option<i32>, u8)>);

fn four(year: i32) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

/// Whether a number without an era is read as a year.
pub(super) fn is_year(number: i32) -> bool {
    (1000..=2100).contains(&number) || KURDISH_YEARS.contains(&number)
}

fn era_or_kurdish(number: i32, era: Option<Era>) -> Option<Era> {
    era.or_else(|| KURDISH_YEARS.contains(&number).then_some(Era::Kurdish))
}

/// A year alone. Years of other calendars lie in two Gregorian ones: from the first day to the last.
pub(super) fn year(year: Year, reference: Option<Date>) -> Option<String> {
    match year {
        Year::Number(number, era) => {
            let (calendar, number) = era_or_kurdish(number, era).unwrap_or(Era::Common).year_of(number);
            if calendar == Calendar::Gregorian {
                return Some(four(number));
            }
            let last = calendar.new_year(number + 1)?.plus_days(-1)?;
            Some(format!("{}/{last}", calendar.new_year(number)?))
        }
        Year::Short(digits) => Some(match reference {
            Some(reference) => four(full_year(digits, reference)),
            None => format!("XX{digits:02}"),
        }),
        Year::Relative(offset) => Some(relative(Unit::Year, offset, reference)),
    }
}

/// The last year that ends in these two digits, counted from ten years after the reference date.
fn full_year(digits: i32, reference: Date) -> i32 {
    let latest = i32::from(reference.year()) + 10;
    latest - (latest - digits).rem_euclid(100)
}

/// A month, with or without a day and a year.
pub(super) fn month(
    calendar: Calendar,
    month: u8,
    day: Option<u8>,
    year: Option<Year>,
    choice: Choice,
    reference: Option<Date>,
) -> Option<Dated> {
    // No month has such a day in any year.
    if day.is_some_and(|day| !(2000..2034).any(|year| calendar.days(year, month).is_some_and(|days| day <= days))) {
        return None;
    }
    let year = match (year, reference) {
        (Some(Year::Relative(offset)), Some(reference)) => {
            let year = i32::from(reference.year()).checked_add(i32::try_from(offset).ok()?)?;
            Some((year, Some(Era::Common)))
        }
        (Some(Year::Short(digits)), Some(reference)) => Some((full_year(digits, reference), None)),
        (Some(Year::Number(year, era)), _) => Some((year, era_or_kurdish(year, era))),
        (Some(Year::Relative(_) | Year::Short(_)) | None, _) => None,
    };
    match (year, reference) {
        (Some((number, era)), _) => {
            let year = year_in(calendar, month, day, number, era)?;
            if calendar == Calendar::Gregorian && year < 1 {
                let day = day.map_or_else(String::new, |day| format!("-{day:02}"));
                return Some((format!("{}-{month:02}{day}", four(year)), None));
            }
            Some(dated(calendar, month, day, calendar.days_meant(year, month, day)?))
        }
        (None, Some(reference)) => {
            let now = calendar.year_at(reference)?;
            let all = (now - 4..=now + 4).filter_map(|year| calendar.days_meant(year, month, day));
            Some(dated(calendar, month, day, choose(all, choice, reference)?))
        }
        (None, None) => Some(undated(calendar, month, day)),
    }
}

/// The year of the month's own calendar, from a year of any.
fn year_in(calendar: Calendar, month: u8, day: Option<u8>, number: i32, era: Option<Era>) -> Option<i32> {
    let era = era.or(match calendar {
        Calendar::Gregorian => None,
        Calendar::Solar => (1000..1600).contains(&number).then_some(Era::Solar),
        Calendar::Islamic => (1..1600).contains(&number).then_some(Era::Islamic),
    });
    // "کۆچی" alone says lunar or solar; the name of the month says which.
    let era = match (era, calendar) {
        (Some(Era::Islamic), Calendar::Solar) => Some(Era::Solar),
        (era, _) => era,
    };
    let (counted, year) = era.unwrap_or(Era::Common).year_of(number);
    if counted == calendar {
        return Some(year);
    }
    // The year of another calendar begins somewhere in a year of this one: the month is the first after that.
    let begin = counted.new_year(year)?;
    let first = calendar.year_at(begin)?;
    (first..first + 2).find(|&year| calendar.date(year, month, day.unwrap_or(1)).is_some_and(|date| date >= begin))
}

fn dated(calendar: Calendar, month: u8, day: Option<u8>, (first, last): (Date, Date)) -> Dated {
    let value = match (day, calendar) {
        (Some(_), _) => first.to_string(),
        (None, Calendar::Gregorian) => format!("{:04}-{month:02}", first.year()),
        (None, _) => format!("{first}/{last}"),
    };
    (value, Some((Some(i32::from(first.year())), first.month())))
}

/// A month of no known year. Months of the solar calendar keep their place in the Gregorian one but for a day.
fn undated(calendar: Calendar, month: u8, day: Option<u8>) -> Dated {
    match calendar {
        Calendar::Gregorian => {
            let day = day.map_or_else(String::new, |day| format!("-{day:02}"));
            (format!("XXXX-{month:02}{day}"), Some((None, month)))
        }
        Calendar::Solar => {
            let Some((first, last)) = calendar.days_meant(1399, month, day) else { return ("XXXX".to_owned(), None) };
            let text = |date: Date| format!("XXXX-{:02}-{:02}", date.month(), date.day());
            let value = if day.is_some() { text(first) } else { format!("{}/{}", text(first), text(last)) };
            (value, Some((None, first.month())))
        }
        Calendar::Islamic => (if day.is_some() { "XXXX-XX-XX" } else { "XXXX-XX" }.to_owned(), None),
    }
}

fn choose(all: impl Iterator<Item = (Date, Date)>, choice: Choice, reference: Date) -> Option<(Date, Date)> {
    let now = reference.ordinal();
    match choice {
        Choice::Nearest => all.min_by_key(|(first, last)| (first.ordinal() + last.ordinal() - 2 * now).abs()),
        Choice::Before => all.filter(|(_, last)| *last < reference).max(),
        Choice::After => all.filter(|(first, _)| *first > reference).min(),
    }
}

/// Day, month and year in digits.
pub(super) fn digits(parts: [(i32, usize); 3], sign: char, era: Option<Era>, reference: Option<Date>) -> Option<Dated> {
    let [first, second, third] = parts;
    let small = |(value, digits): (i32, usize)| u8::try_from(value).ok().filter(|_| digits <= 2);
    let ((year, long), day, month, swap) = match (first.1, third.1) {
        (4, 1..=2) => (first, small(third)?, small(second)?, false),
        // Versions are written like dates with short years and full stops.
        (1..=2, 4) => (third, small(first)?, small(second)?, true),
        (1..=2, 2) if sign != '.' => (third, small(first)?, small(second)?, true),
        _ => return None,
    };
    // The day is first, unless there is no such month.
    let (day, month) = if swap && month > 12 { (month, day) } else { (day, month) };
    if long == 2 {
        let year = Year::Short(year);
        let dated = self::month(Calendar::Gregorian, month, Some(day), Some(year), Choice::Nearest, reference)?;
        return Some(match reference {
            Some(_) => dated,
            None => (format!("XX{:02}-{month:02}-{day:02}", third.0), Some((None, month))),
        });
    }
    let era = era.or(match year {
        year if SOLAR_YEARS.contains(&year) => Some(Era::Solar),
        year if ISLAMIC_YEARS.contains(&year) => Some(Era::Islamic),
        year if KURDISH_YEARS.contains(&year) => Some(Era::Kurdish),
        _ => None,
    });
    let (calendar, year) = era.unwrap_or(Era::Common).year_of(year);
    let date = calendar.date(year, month, day)?;
    Some((date.to_string(), Some((Some(i32::from(date.year())), date.month()))))
}

/// A day of the week.
pub(super) fn weekday(number: u8, choice: Choice, reference: Option<Date>) -> Option<String> {
    let Some(reference) = reference else { return Some(format!("XXXX-WXX-{number}")) };
    let ahead = (i64::from(number) - reference.weekday()).rem_euclid(7);
    let days = match (choice, ahead) {
        // News tells of the days behind it.
        (Choice::Nearest, 0) => 0,
        (Choice::Nearest | Choice::Before, ahead) => ahead - 7,
        (Choice::After, 0) => 7,
        (Choice::After, ahead) => ahead,
    };
    reference.plus_days(days).map(|date| date.to_string())
}

/// A season of a year: 21 is spring and 24 winter, as in the second part of ISO 8601.
pub(super) fn season(number: u8, year: Option<Year>, choice: Choice, reference: Option<Date>) -> Option<String> {
    let season = 20 + number;
    if let Some(year) = year {
        let year = self::year(year, reference).filter(|year| year.len() == 4);
        return Some(format!("{}-{season}", year.as_deref().unwrap_or("XXXX")));
    }
    let Some(reference) = reference else { return Some(format!("XXXX-{season}")) };
    let now = i32::from(reference.year());
    let all = (now - 2..=now + 2).filter_map(|year| {
        let first = Date::new(u16::try_from(year).ok()?, number * 3, 21)?;
        Some((first, first.plus_days(90)?))
    });
    let (first, _) = choose(all, choice, reference)?;
    Some(format!("{:04}-{season}", first.year()))
}

/// The century `number`, counted from one on.
pub(super) fn century(number: i32, era: Option<Era>) -> Option<String> {
    let before = number.checked_sub(1).filter(|before| (0..100).contains(before))?;
    match era {
        None | Some(Era::Common) => Some(format!("{before:02}XX")),
        Some(Era::Before) => Some(format!("-{before:02}XX")),
        Some(era) => {
            let (calendar, first) = era.year_of(before * 100 + 1);
            let last = calendar.new_year(first.checked_add(100)?)?.plus_days(-1)?;
            Some(format!("{}/{last}", calendar.new_year(first)?))
        }
    }
}

/// The century so many from now.
pub(super) fn century_from_now(offset: i64, reference: Option<Date>) -> i64 {
    let now = reference.map_or(PRESENT_CENTURY, |date| (i64::from(date.year()) - 1) / 100 + 1);
    now + offset
}

/// The nineties are 90: of a century, or of the last in which they are over.
pub(super) fn decade(tens: i32, century: Option<i64>, reference: Option<Date>) -> String {
    let ten = tens / 10;
    match (century, reference) {
        (Some(century), _) => format!("{:02}{ten}X", century - 1),
        (None, Some(reference)) => {
            let year = i32::from(reference.year());
            let begin = year / 100 * 100 + tens;
            format!("{:03}X", if begin + 10 <= year { begin } else { begin - 100 } / 10)
        }
        (None, None) => format!("XX{ten}X"),
    }
}

fn duration(unit: Unit, count: i64) -> String {
    let sign = if count < 0 { "-" } else { "" };
    let (time, count, letter) = match unit {
        Unit::Second => ("T", count, 'S'),
        Unit::Minute => ("T", count, 'M'),
        Unit::Hour => ("T", count, 'H'),
        Unit::Day => ("", count, 'D'),
        Unit::Week => ("", count, 'W'),
        Unit::Month => ("", count, 'M'),
        Unit::Year => ("", count, 'Y'),
        Unit::Decade => ("", count.saturating_mul(10), 'Y'),
        Unit::Century => ("", count.saturating_mul(100), 'Y'),
        Unit::Millennium => ("", count.saturating_mul(1000), 'Y'),
    };
    format!("{sign}P{time}{}{letter}", count.unsigned_abs())
}

/// What lies so many units from now: in the grain of the unit, or the distance where no reference date is given.
pub(super) fn relative(unit: Unit, offset: i64, reference: Option<Date>) -> String {
    reference.and_then(|reference| at_distance(unit, offset, reference)).unwrap_or_else(|| duration(unit, offset))
}

fn at_distance(unit: Unit, offset: i64, reference: Date) -> Option<String> {
    let year = |factor: i64| {
        i64::from(reference.year()).checked_add(offset.checked_mul(factor)?).filter(|year| (1..=9999).contains(year))
    };
    match unit {
        Unit::Day => Some(reference.plus_days(offset)?.to_string()),
        Unit::Week => reference.plus_days(offset.checked_mul(7)?)?.week(),
        Unit::Month => reference.plus_months(offset).map(|(year, month)| format!("{year:04}-{month:02}")),
        Unit::Year => year(1).map(|year| format!("{year:04}")),
        Unit::Decade => year(10).map(|year| format!("{:03}X", year / 10)),
        Unit::Century => Some(format!(
            "{:02}XX",
            century_from_now(offset, Some(reference)).checked_sub(1).filter(|century| (0..100).contains(century))?
        )),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Millennium => None,
    }
}

/// The stretch of so many units before or after now: from day to day, or its length without a reference date.
pub(super) fn stretch(unit: Unit, count: i64, reference: Option<Date>) -> String {
    let between = |reference: Date| {
        let other = match unit {
            Unit::Day => reference.plus_days(count),
            Unit::Week => reference.plus_days(count.checked_mul(7)?),
            Unit::Month => reference.plus_months(count).and_then(|month| reference.in_month(month)),
            Unit::Year => reference.plus_months(count.checked_mul(12)?).and_then(|month| reference.in_month(month)),
            Unit::Decade => reference.plus_months(count.checked_mul(120)?).and_then(|month| reference.in_month(month)),
            _ => None,
        }?;
        Some(format!("{}/{}", reference.min(other), reference.max(other)))
    };
    reference.and_then(between).unwrap_or_else(|| duration(unit, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> Option<Date> {
        Date::new(2020, 11, 10)
    }

    #[test]
    fn months_are_resolved_by_the_year_or_the_reference() {
        let value = |calendar, number, day, year, choice, reference| {
            month(calendar, number, day, year, choice, reference).map_or_else(|| "none".to_owned(), |(value, _)| value)
        };
        let (gregorian, solar, islamic) = (Calendar::Gregorian, Calendar::Solar, Calendar::Islamic);
        let year = |number, era| Some(Year::Number(number, era));
        let near = Choice::Nearest;
        assert_eq!(value(gregorian, 11, Some(15), None, near, None), "XXXX-11-15");
        assert_eq!(value(gregorian, 11, Some(15), None, near, reference()), "2020-11-15");
        assert_eq!(value(gregorian, 1, Some(5), None, near, reference()), "2021-01-05");
        assert_eq!(value(gregorian, 9, None, None, Choice::Before, reference()), "2020-09");
        assert_eq!(value(gregorian, 12, Some(1), None, Choice::After, reference()), "2020-12-01");
        assert_eq!(value(gregorian, 2, Some(30), None, near, None), "none");
        assert_eq!(value(gregorian, 2, Some(29), year(2021, None), near, None), "none");
        assert_eq!(value(gregorian, 3, Some(21), year(2720, Some(Era::Kurdish)), near, None), "2020-03-21");
        assert_eq!(value(gregorian, 1, Some(1), year(2720, None), near, None), "2021-01-01");
        assert_eq!(value(gregorian, 3, Some(15), year(44, Some(Era::Before)), near, None), "-0043-03-15");
        assert_eq!(value(solar, 1, Some(1), year(1400, None), near, None), "2021-03-21");
        assert_eq!(value(solar, 1, Some(1), year(2721, None), near, None), "2021-03-21");
        assert_eq!(value(solar, 1, Some(1), year(2021, None), near, None), "2021-03-21");
        assert_eq!(value(solar, 1, None, year(1400, None), near, None), "2021-03-21/2021-04-20");
        assert_eq!(value(solar, 1, Some(1), None, near, None), "XXXX-03-20");
        assert_eq!(value(islamic, 9, Some(15), year(1442, None), near, None), "2021-04-27");
        assert_eq!(value(islamic, 9, Some(1), year(2021, None), near, None), "2021-04-13");
        assert_eq!(value(islamic, 9, Some(15), None, near, None), "XXXX-XX-XX");
        assert_eq!(value(gregorian, 11, Some(15), year(i32::MAX, None), near, None), "none");
    }

    #[test]
    fn digits_are_read_day_first() {
        let value = |parts, sign, reference| {
            digits(parts, sign, None, reference).map_or_else(|| "none".to_owned(), |(value, _)| value)
        };
        assert_eq!(value([(9, 1), (5, 1), (2020, 4)], '/', None), "2020-05-09");
        assert_eq!(value([(5, 1), (25, 2), (2020, 4)], '/', None), "2020-05-25");
        assert_eq!(value([(2020, 4), (11, 2), (15, 2)], '-', None), "2020-11-15");
        assert_eq!(value([(1, 1), (2, 1), (3, 1)], '.', None), "none");
        assert_eq!(value([(9, 1), (5, 1), (20, 2)], '/', None), "XX20-05-09");
        assert_eq!(value([(9, 1), (5, 1), (20, 2)], '/', reference()), "2020-05-09");
        assert_eq!(value([(1399, 4), (8, 1), (25, 2)], '/', None), "2020-11-15");
        assert_eq!(value([(31, 2), (13, 2), (2020, 4)], '/', None), "none");
    }

    #[test]
    fn what_is_relative_needs_a_reference() {
        assert_eq!(relative(Unit::Day, -1, None), "-P1D");
        assert_eq!(relative(Unit::Day, -1, reference()), "2020-11-09");
        assert_eq!(relative(Unit::Week, 1, reference()), "2020-W47");
        assert_eq!(relative(Unit::Month, -11, reference()), "2019-12");
        assert_eq!(relative(Unit::Year, i64::MAX, reference()), format!("P{}Y", i64::MAX));
        assert_eq!(stretch(Unit::Year, 3, None), "P3Y");
        assert_eq!(stretch(Unit::Day, -10, reference()), "2020-10-31/2020-11-10");
        assert_eq!(weekday(2, Choice::Nearest, reference()).unwrap(), "2020-11-10");
        assert_eq!(weekday(7, Choice::Before, reference()).unwrap(), "2020-11-08");
        assert_eq!(weekday(2, Choice::After, None).unwrap(), "XXXX-WXX-2");
        assert_eq!(decade(90, Some(20), None), "199X");
        assert_eq!(decade(20, None, reference()), "192X");
        assert_eq!(century(20, None).unwrap(), "19XX");
        assert_eq!(season(1, None, Choice::Before, reference()).unwrap(), "2020-21");
    }
}
