//! Dates: days, months, years, decades and centuries, by name, number or distance from now.

use super::calendars::{Calendar, Era};
use super::numbers::Number;
use super::pieces::{Body, Piece};
use super::reader::{Mention, Reader};
use super::resolve::{self, Choice, Year};
use super::words::{Ending, Reading, Sense, Small, Unit};

/// How many days may be listed before the month that they share.
const LISTED_DAYS: usize = 3;

/// A day of a month.
#[derive(Clone, Copy, Debug)]
struct Day {
    number: u8,
    /// Whether the ezafe links it to the month.
    linked: bool,
    digits: bool,
}

/// A year and where it ends.
#[derive(Clone, Copy, Debug)]
struct YearAt {
    year: Year,
    last: usize,
    end: usize,
}

impl Reader<'_, '_> {
    /// The date that begins at a piece.
    pub(super) fn date(&self, at: usize) -> Option<Mention> {
        if let Some((reading, words)) = self.unit(at, Unit::Day).filter(|(reading, _)| reading.ending.goes_on()) {
            // ڕۆژی سێشەممە
            let inside = at + words;
            let same_line = self.pieces.get(inside).is_some_and(|piece| !piece.breaks);
            let day = || {
                let day = self.weekday(inside, true).or_else(|| self.numeric(inside));
                day.or_else(|| self.day_date(inside, 0).filter(|_| reading.ending == Ending::Link))
            };
            if let Some(mention) = same_line.then(day).flatten() {
                return Some(self.from(at, mention));
            }
        }
        self.weekday(at, false)
            .or_else(|| self.numeric(at))
            .or_else(|| self.day_date(at, 0))
            .or_else(|| self.month_date(at, None))
            .or_else(|| self.year_date(at))
            .or_else(|| self.century(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.season(at))
            .or_else(|| self.deictic(at))
            .or_else(|| self.distance(at))
            .or_else(|| self.bare_year(at))
    }

    /// The mention, begun at an earlier piece.
    fn from(&self, first: usize, mut mention: Mention) -> Mention {
        let start = self.pieces.get(first).map_or(0, |piece| piece.start);
        let found = &mut mention.found;
        found.span = crate::Span::new(start, found.span.end());
        found.word_span = crate::Span::new(start, found.word_span.end());
        mention
    }

    fn unit(&self, at: usize, unit: Unit) -> Option<(Reading, usize)> {
        self.read_here(at, |sense| *sense == Sense::Time(unit))
    }

    /// Any unit that a calendar has.
    fn long_unit(&self, at: usize) -> Option<(Unit, Reading, usize)> {
        let (reading, words) = self.read(at, |sense| matches!(sense, Sense::Time(_)))?;
        match *reading.sense {
            Sense::Time(Unit::Second | Unit::Minute | Unit::Hour) => None,
            Sense::Time(unit) => Some((unit, reading, words)),
            _ => None,
        }
    }

    /// ڕابردوو and the like behind a word: how far, the last piece, and where it ends.
    fn relative(&self, at: usize) -> Option<(i8, usize, usize)> {
        let (reading, words) = self.read(at, |sense| matches!(sense, Sense::Relative(_)))?;
        let Sense::Relative(offset) = *reading.sense else { return None };
        let plural = matches!(reading.ending, Ending::Plural | Ending::PluralLink | Ending::Indefinite);
        let last = at + words - 1;
        let end = self.pieces.get(last).filter(|_| !plural)?.end_without(reading.ending_len);
        Some((offset, last, end))
    }

    fn era(&self, at: usize, linked: bool) -> Option<(Era, usize, usize)> {
        let (reading, words) = self.read(at, |sense| matches!(sense, Sense::Era(_)))?;
        let Sense::Era(era) = *reading.sense else { return None };
        // "٢٠ کوردی" are twenty Kurds.
        let believed = linked || era != Era::Kurdish;
        let last = at + words - 1;
        let end = self.pieces.get(last).filter(|_| believed)?.end_without(reading.ending_len);
        Some((era, last, end))
    }

    /// A day of the week, with the date that stands beside it.
    fn weekday(&self, at: usize, headed: bool) -> Option<Mention> {
        let (reading, words) = self.read_here(at, |sense| matches!(sense, Sense::Weekday { .. }))?;
        let Sense::Weekday { number, ambiguous } = *reading.sense else { return None };
        if matches!(reading.ending, Ending::Plural | Ending::PluralLink | Ending::Indefinite) {
            return None;
        }
        let last = at + words - 1;
        let end = self.pieces.get(last)?.end_without(reading.ending_len);
        if reading.ending.goes_on() {
            if let Some((offset, last, end)) = self.relative(last + 1) {
                let value = resolve::weekday(number, Choice::of(offset), self.reference)?;
                return Some(self.dated(at, last, end, value));
            }
            let comma = self.pieces.get(last + 1).is_some_and(|piece| matches!(piece.text, "،" | "," | "("));
            let date = last + 1 + usize::from(comma);
            if self.pieces.get(date).is_some_and(|piece| !piece.breaks) {
                if let Some(mention) = self.numeric(date).or_else(|| self.day_date(date, 0)) {
                    return Some(self.from(at, mention));
                }
            }
        }
        if ambiguous && !headed {
            return None;
        }
        let value = resolve::weekday(number, Choice::Nearest, self.reference)?;
        Some(self.dated(at, last, end, value))
    }

    /// A date in digits alone.
    fn numeric(&self, at: usize) -> Option<Mention> {
        let piece = self.pieces.get(at)?;
        let Body::Date(parts, sign) = piece.body else { return self.day_and_month(at) };
        let era = self.era(at + 1, piece.ending == Ending::Link).filter(|_| piece.ending.goes_on());
        let (value, month) = resolve::digits(parts, sign, era.map(|(era, ..)| era), self.reference)?;
        let (last, end) = era.map_or((at, piece.digits_end), |(_, last, end)| (last, end));
        Some(Mention { month, ..self.dated(at, last, end, value) })
    }

    /// A day and a month in digits with a slash between them, where a word says that they are: ڕۆژی ١٦/١٠, ١٦/١٠ی ئەمساڵ.
    fn day_and_month(&self, at: usize) -> Option<Mention> {
        let number = |at: usize| {
            let piece = self.pieces.get(at).filter(|piece| !piece.ordinal)?;
            Some((piece, u8::try_from(piece.digits()?.small(2)?).ok()?))
        };
        let (first, day) = number(at)?;
        self.pieces.get(at + 1).filter(|sign| first.ending == Ending::None && sign.glued && sign.text == "/")?;
        let (second, month) = number(at + 2).filter(|(piece, _)| piece.glued && piece.ending != Ending::Other)?;
        let (day, month) = if month > 12 { (month, day) } else { (day, month) };
        let year = self.year(at + 3).filter(|_| second.ending == Ending::Link);
        let before = at.checked_sub(1).and_then(|at| self.pieces.get(at)).filter(|_| !first.breaks);
        let said = before.is_some_and(|before| {
            let day = |(reading, _): &(Reading, usize)| {
                *reading.sense == Sense::Time(Unit::Day) && reading.ending == Ending::Link
            };
            before.is(Small::On)
                || before.is(Small::In) && second.ending == Ending::Case
                || before.readings.iter().any(day)
        });
        if !said && year.is_none() {
            return None;
        }
        let given = year.map(|year| year.year);
        let (value, dated) =
            resolve::month(Calendar::Gregorian, month, Some(day), given, Choice::Nearest, self.reference)
                .filter(|_| (1..=12).contains(&month))?;
        let (last, end) = year.map_or((at + 2, second.digits_end), |year| (year.last, year.end));
        Some(Mention { month: dated, ..self.dated(at, last, end, value) })
    }

    /// A day and its month.
    fn day_date(&self, at: usize, listed: usize) -> Option<Mention> {
        let number = self.number(at)?;
        let day = number.small().and_then(|day| u8::try_from(day).ok()).filter(|day| (1..=31).contains(day))?;
        if !number.ending.goes_on() {
            return None;
        }
        let linked = number.ending == Ending::Link;
        let next = number.last + 1;
        let month = self.month_date(next, Some(Day { number: day, linked, digits: number.digits }));
        let month = month.or_else(|| self.day_of_relative_month(next, day, linked));
        let month = month.or_else(|| self.day_of_numbered_month(&number, day));
        if let Some(mention) = month {
            return Some(self.from(at, mention));
        }
        // ١٥ و ١٦ی ئایار: the month belongs to both.
        if linked || listed == LISTED_DAYS || number.ordinal {
            return None;
        }
        self.pieces.get(next).filter(|piece| !piece.breaks && is_joint(piece) && piece.text != "/")?;
        let with_month = self
            .pieces
            .get(next + 1)
            .filter(|piece| !piece.breaks)
            .and_then(|_| self.day_date(next + 1, listed + 1))?;
        let (month, _) = with_month.found.value.rsplit_once('-')?;
        let (year, name) = month.rsplit_once('-')?;
        let days = name.parse().ok().zip(year.parse().ok().or(Some(2000)));
        let possible =
            days.is_some_and(|(name, year)| (1..=12).contains(&name) && day <= super::date::days_of_month(year, name));
        let value = format!("{month}-{day:02}");
        possible.then(|| Mention { month: with_month.month, ..self.dated(at, number.last, number.end, value) })
    }

    /// ٢٠ی هەمان مانگ, ٥ی ئەم مانگە, ٥ی مانگی ڕابردوو.
    fn day_of_relative_month(&self, at: usize, day: u8, linked: bool) -> Option<Mention> {
        let same = self.read(at, |sense| *sense == Sense::Small(Small::Same));
        let this = self.read(at, |sense| *sense == Sense::Small(Small::This));
        let unit = at + usize::from(same.or(this).is_some());
        let (reading, words) = self.read(unit, |sense| *sense == Sense::Time(Unit::Month))?;
        let last = unit + words - 1;
        let end = self.pieces.get(last)?.end_without(reading.ending_len);
        let (last, end, month) = if same.is_some() {
            (last, end, self.month.unwrap_or((None, 0)))
        } else if this.is_some() {
            let end = if reading.ending == Ending::This { self.end_of_this(last, end) } else { end };
            (last, end, self.month_from_now(0))
        } else {
            let (offset, last, end) = self.relative(last + 1).filter(|_| linked && reading.ending.goes_on())?;
            (last, end, self.month_from_now(i64::from(offset)))
        };
        let (year, number) = month;
        let known = number > 0;
        let text = |year: Option<i32>| year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
        let month_text = if known { format!("{number:02}") } else { "XX".to_owned() };
        let value = format!("{}-{month_text}-{day:02}", text(year));
        Some(Mention { month: known.then_some(month), ..self.dated(at, last, end, value) })
    }

    /// The letter that ends ئەم … ە belongs to the expression; what stands behind it does not.
    fn end_of_this(&self, last: usize, end: usize) -> usize {
        let Some(piece) = self.pieces.get(last) else { return end };
        let behind =
            piece.text.get(piece.text.len().saturating_sub(piece.end.saturating_sub(end))..).unwrap_or_default();
        let vowel = behind.strip_prefix('ی').unwrap_or(behind);
        if vowel.starts_with('ە') { end + (behind.len() - vowel.len()) + 'ە'.len_utf8() } else { end }
    }

    fn month_from_now(&self, offset: i64) -> (Option<i32>, u8) {
        let month = self.reference.and_then(|reference| reference.plus_months(offset));
        month.map_or((None, 0), |(year, month)| (Some(i32::from(year)), month))
    }

    /// ١٥ی ١١ی ٢٠٢٠.
    fn day_of_numbered_month(&self, day: &Number, number: u8) -> Option<Mention> {
        let month = self.pieces.get(day.last + 1).filter(|piece| !piece.breaks && piece.ending == Ending::Link)?;
        let month = u8::try_from(month.digits()?.small(2)?).ok().filter(|month| (1..=12).contains(month))?;
        let linked = day.digits && day.ending == Ending::Link;
        let year = self.year(day.last + 2).filter(|_| linked)?;
        let value =
            resolve::month(Calendar::Gregorian, month, Some(number), Some(year.year), Choice::Nearest, self.reference);
        let (value, month) = value?;
        Some(Mention { month, ..self.dated(day.first, year.last, year.end, value) })
    }

    /// A month by name or number, with the day that stands before it and the year behind.
    fn month_date(&self, first: usize, day: Option<Day>) -> Option<Mention> {
        self.pieces.get(first).filter(|piece| day.is_none() || !piece.breaks)?;
        let head = self.unit(first, Unit::Month);
        let head = head.filter(|(reading, _)| reading.ending.goes_on() && day.is_none_or(|day| day.linked));
        let at = head.map_or(first, |(_, words)| first + words);
        let named = if at == first {
            self.read_here(at, |sense| matches!(sense, Sense::Month { .. }))
        } else {
            self.read(at, |sense| matches!(sense, Sense::Month { .. }))
        };
        let (calendar, month, ambiguous, last, ending, end) = if let Some((reading, words)) = named {
            let Sense::Month { calendar, number, ambiguous } = *reading.sense else { return None };
            let last = at + words - 1;
            let end = self.pieces.get(last)?.end_without(reading.ending_len);
            (calendar, number, ambiguous, last, reading.ending, end)
        } else {
            // مانگی ١١
            let linked = head.is_some_and(|(reading, _)| reading.ending == Ending::Link);
            self.pieces.get(at).filter(|piece| linked && !piece.breaks)?;
            let number = self.number(at).filter(|number| !number.ordinal)?;
            let month = number.small().and_then(|month| u8::try_from(month).ok());
            let month = month.filter(|month| (1..=12).contains(month))?;
            (Calendar::Gregorian, month, false, number.last, number.ending, number.end)
        };
        if matches!(ending, Ending::Plural | Ending::PluralLink | Ending::Indefinite | Ending::Definite | Ending::This)
        {
            return None;
        }
        // تشرینی دووەم/نۆڤەمبەری ٢٠٢٠, the month by two names.
        let (last, ending, end) = self.same_month(last, calendar, month).unwrap_or((last, ending, end));
        let follows = ending.goes_on();
        let year = self.year(last + 1).filter(|_| follows);
        let relative = self.relative(last + 1).filter(|_| follows && year.is_none());
        // ئایار و حوزەیرانی ٢٠٢٠: the year is that of both.
        let shared = year.is_none() && relative.is_none() && follows && named.is_some();
        let shared = self.year_of_next_month(last + 1, calendar).filter(|_| shared);
        // A name that is a word too: ten pains are not the tenth of March.
        let part = first.checked_sub(1).and_then(|at| self.pieces.get(at)).is_some_and(|piece| piece.is(Small::Part));
        let sure = head.is_some() || year.is_some() || relative.is_some() || part;
        if ambiguous && !sure && !day.is_some_and(|day| day.linked || day.digits) {
            return None;
        }
        let choice = relative.map_or(Choice::Nearest, |(offset, ..)| Choice::of(offset));
        let (last, end) = match (year, relative) {
            (Some(year), _) => (year.last, year.end),
            (None, Some((_, last, end))) => (last, end),
            (None, None) => (last, end),
        };
        let day = day.map(|day| day.number);
        let year = year.map(|year| year.year).or(shared);
        let (value, month) = resolve::month(calendar, month, day, year, choice, self.reference)?;
        Some(Mention { month, ..self.dated(first, last, end, value) })
    }

    /// The year of another month behind و or a dash, with or without a day before it.
    fn year_of_next_month(&self, at: usize, calendar: Calendar) -> Option<Year> {
        self.pieces.get(at).filter(|piece| !piece.breaks && is_joint(piece) && piece.text != "/")?;
        let is_month = |sense: &Sense| matches!(sense, Sense::Month { calendar: of, .. } if *of == calendar);
        let day = self.pieces.get(at + 1).is_some_and(|piece| !piece.breaks && piece.digits().is_some());
        let month = at + 1 + usize::from(day);
        let (reading, words) = self.read(month, is_month)?;
        self.year(month + words).filter(|_| reading.ending.goes_on()).map(|year| year.year)
    }

    /// Another name of the same month behind a slash: its last piece, its ending, and where it ends.
    fn same_month(&self, last: usize, calendar: Calendar, month: u8) -> Option<(usize, Ending, usize)> {
        self.pieces.get(last + 1).filter(|piece| !piece.breaks && piece.text == "/")?;
        let is_same = |sense: &Sense| matches!(*sense, Sense::Month { calendar: of, number, .. } if (of, number) == (calendar, month));
        let (reading, words) = self.read(last + 2, is_same)?;
        let last = last + 1 + words;
        Some((last, reading.ending, self.pieces.get(last)?.end_without(reading.ending_len)))
    }

    /// The year behind a month or season: ی ٢٠٢٠, ی ساڵی ٢٠٢٠, ی ئەمساڵ, ی ساڵی ڕابردوو.
    fn year(&self, at: usize) -> Option<YearAt> {
        if let Some((reading, words)) = self.read(at, |sense| matches!(sense, Sense::Deictic(Unit::Year, _))) {
            let Sense::Deictic(_, offset) = *reading.sense else { return None };
            let last = at + words - 1;
            let end = self.pieces.get(last)?.end_without(reading.ending_len);
            return Some(YearAt { year: Year::Relative(i64::from(offset)), last, end });
        }
        let head = self.read(at, |sense| *sense == Sense::Time(Unit::Year));
        let head = head.filter(|(reading, _)| reading.ending == Ending::Link);
        if let Some((_, words)) = head {
            if let Some((offset, last, end)) = self.relative(at + words) {
                return Some(YearAt { year: Year::Relative(i64::from(offset)), last, end });
            }
        }
        self.numbered_year(head.map_or(at, |(_, words)| at + words), head.is_some())
    }

    /// A number that is a year, with its era. Behind ساڵی any number of up to four digits may be one.
    fn numbered_year(&self, at: usize, headed: bool) -> Option<YearAt> {
        let piece = self.pieces.get(at).filter(|piece| !piece.breaks)?;
        let number = self.number(at).filter(|number| !number.ordinal)?;
        let value = number.small().filter(|value| (1..=9999).contains(value))?;
        let length = match piece.digits() {
            Some(digits) if digits.plain && number.digits => digits.text.len(),
            // Thousands marks and multiples stand in amounts.
            Some(_) => return None,
            None => value.to_string().len(),
        };
        let era = self.era(number.last + 1, number.ending == Ending::Link).filter(|_| number.ending.goes_on());
        let (last, end) = era.map_or((number.last, number.end), |(_, last, end)| (last, end));
        let full = era.is_some() || length == 4 && (headed || resolve::is_year(value)) || headed && length == 3;
        let year = match (full, length) {
            (true, _) => Year::Number(value, era.map(|(era, ..)| era)),
            (false, 2) if headed => Year::Short(value),
            _ => return None,
        };
        Some(YearAt { year, last, end })
    }

    /// ساڵی ١٩٩١, ساڵانی نەوەد.
    fn year_date(&self, at: usize) -> Option<Mention> {
        let year = self.unit(at, Unit::Year);
        let (reading, words) = year.or_else(|| self.read_here(at, |sense| *sense == Sense::Years))?;
        let plural = year.is_none();
        let inside = at + words;
        self.pieces.get(inside).filter(|piece| reading.ending.goes_on() && !piece.breaks)?;
        if plural {
            // ١٩٩٠ behind ساڵانی is a year, نەوەد is not.
            let year = self.pieces.get(inside).and_then(Piece::digits).is_some_and(|digits| digits.text.len() > 2);
            let tens = || self.tens(inside, Ending::goes_on).filter(|_| !year);
            let decade = self.decade(inside).or_else(tens);
            if let Some(mention) = decade {
                return Some(self.from(at, mention));
            }
        }
        let found = self.numbered_year(inside, true).or_else(|| self.described_year(inside))?;
        if reading.ending != Ending::Link && !matches!(found.year, Year::Number(number, _) if resolve::is_year(number))
        {
            return None;
        }
        let value = resolve::year(found.year, self.reference)?;
        Some(Mention { is_year: true, ..self.dated(at, found.last, found.end, value) })
    }

    /// ساڵی خوێندنی ٢٠٢٠, a year with one word that says what of.
    fn described_year(&self, at: usize) -> Option<YearAt> {
        let word = self.pieces.get(at).filter(|piece| piece.body == Body::Word && piece.readings.is_empty())?;
        let year = self.numbered_year(at + 1, false).filter(|_| word.text.ends_with('ی'))?;
        self.pieces.get(at + 1).and_then(Piece::digits).map(|_| year)
    }

    /// سەدەی بیستەم, سەدەی ڕابردوو.
    fn century(&self, at: usize) -> Option<Mention> {
        let (_, words) = self.unit(at, Unit::Century).filter(|(reading, _)| reading.ending == Ending::Link)?;
        let inside = at + words;
        if let Some((offset, last, end)) = self.relative(inside) {
            let before = resolve::century_from_now(i64::from(offset), self.reference) - 1;
            return Some(self.dated(at, last, end, format!("{before:02}XX")).deictic());
        }
        self.pieces.get(inside).filter(|piece| !piece.breaks)?;
        let number = self.number(inside)?;
        let era = self.era(number.last + 1, number.ending == Ending::Link).filter(|_| number.ending.goes_on());
        let value = resolve::century(number.small()?, era.map(|(era, ..)| era))?;
        let (last, end) = era.map_or((number.last, number.end), |(_, last, end)| (last, end));
        Some(self.dated(at, last, end, value))
    }

    /// نەوەدەکانی سەدەی ڕابردوو, ١٩٩٠ەکان, دەیەی نەوەد.
    fn decade(&self, at: usize) -> Option<Mention> {
        if let Some((_, words)) = self.unit(at, Unit::Decade).filter(|(reading, _)| reading.ending == Ending::Link) {
            let inside = at + words;
            self.pieces.get(inside).filter(|piece| !piece.breaks)?;
            let any = |ending: Ending| {
                ending.goes_on() || matches!(ending, Ending::Case | Ending::Plural | Ending::PluralLink)
            };
            return self.tens(inside, any).map(|mention| self.from(at, mention));
        }
        self.tens(at, |ending| matches!(ending, Ending::Plural | Ending::PluralLink))
    }

    /// Tens that stand for a decade, and the century that is named behind them.
    fn tens(&self, at: usize, wanted: impl Fn(Ending) -> bool) -> Option<Mention> {
        let piece = self.pieces.get(at)?;
        let number = piece.digits().filter(|_| wanted(piece.ending) && !piece.ordinal);
        let in_digits = number.and_then(|digits| Some((digits.small(4)?, piece.ending, piece.digits_end)));
        let (tens, ending, mut end) = in_digits.or_else(|| {
            piece.readings.iter().find_map(|(reading, words)| {
                let Sense::Number(entry) = reading.sense else { return None };
                let tens = entry.amount.as_whole().and_then(|tens| i32::try_from(tens).ok())?;
                let fits = *words == 1 && reading.ordinal.is_none() && wanted(reading.ending) && tens < 100;
                fits.then(|| (tens, reading.ending, piece.end_without(reading.ending_len)))
            })
        })?;
        if tens % 10 != 0 || !((10..100).contains(&tens) || (1000..=2100).contains(&tens)) {
            return None;
        }
        if matches!(ending, Ending::Plural | Ending::PluralLink) {
            end = self.end_of_plural(at, end);
        }
        if tens >= 1000 {
            return Some(self.dated(at, at, end, format!("{:03}X", tens / 10)));
        }
        let linked = matches!(ending, Ending::Link | Ending::PluralLink);
        let same_line = self.pieces.get(at + 1).is_some_and(|piece| !piece.breaks);
        let century = self.century(at + 1).filter(|_| linked && same_line);
        if let Some(century) = century {
            let before = century.found.value.strip_suffix("XX").filter(|digits| digits.len() == 2)?;
            let value = resolve::decade(tens, Some(before.parse::<i64>().ok()? + 1), self.reference);
            return Some(self.dated(at, century.next - 1, century.found.span.end(), value));
        }
        Some(self.dated(at, at, end, resolve::decade(tens, None, self.reference)))
    }

    /// The plural belongs to the name of a decade; what stands behind it does not.
    fn end_of_plural(&self, at: usize, end: usize) -> usize {
        let Some(piece) = self.pieces.get(at) else { return end };
        let behind =
            piece.text.get(piece.text.len().saturating_sub(piece.end.saturating_sub(end))..).unwrap_or_default();
        behind.find("کان").map_or(end, |found| end + found + "کان".len())
    }

    /// A season of a year: بەهاری ١٩٩١.
    fn season(&self, at: usize) -> Option<Mention> {
        let (reading, words) = self.read_here(at, |sense| matches!(sense, Sense::Season(_)))?;
        let Sense::Season(number) = *reading.sense else { return None };
        let after = at + words;
        if reading.ending != Ending::Link {
            return None;
        }
        if let Some(year) = self.year(after) {
            let value = resolve::season(number, Some(year.year), Choice::Nearest, self.reference)?;
            return Some(self.dated(at, year.last, year.end, value));
        }
        let (offset, last, end) = self.relative(after)?;
        let value = resolve::season(number, None, Choice::of(offset), self.reference)?;
        Some(self.dated(at, last, end, value))
    }

    /// ئەمڕۆ, ئەم هەفتەیە, مانگی ڕابردوو.
    fn deictic(&self, at: usize) -> Option<Mention> {
        if let Some((reading, words)) = self.read_here(at, |sense| matches!(sense, Sense::Deictic(..))) {
            let Sense::Deictic(unit, offset) = *reading.sense else { return None };
            let last = at + words - 1;
            // پاری is a name, پارە is money.
            let plain = matches!(reading.ending, Ending::None | Ending::Case)
                || unit == Unit::Day && reading.ending == Ending::Link;
            if plain {
                let end = self.pieces.get(last)?.end_without(reading.ending_len);
                let value = resolve::relative(unit, i64::from(offset), self.reference);
                return Some(self.dated(at, last, end, value).deictic());
            }
        }
        if self.read_here(at, |sense| *sense == Sense::Small(Small::This)).is_some() {
            let (unit, reading, words) = self.long_unit(at + 1)?;
            if !matches!(reading.ending, Ending::This | Ending::Case) {
                return None;
            }
            let last = at + words;
            let end = self.end_of_this(last, self.pieces.get(last)?.end_without(reading.ending_len));
            return Some(self.dated(at, last, end, resolve::relative(unit, 0, self.reference)).deictic());
        }
        let first = self.pieces.get(at).filter(|piece| !piece.readings.is_empty())?;
        let (unit, reading, words) = if first.breaks { self.unit_at_break(at)? } else { self.long_unit(at)? };
        let (offset, last, end) = self.relative(at + words).filter(|_| reading.ending == Ending::Link)?;
        Some(self.dated(at, last, end, resolve::relative(unit, i64::from(offset), self.reference)).deictic())
    }

    /// A unit at the beginning of a line.
    fn unit_at_break(&self, at: usize) -> Option<(Unit, Reading, usize)> {
        let (reading, words) = self.read_here(at, |sense| matches!(sense, Sense::Time(_)))?;
        match *reading.sense {
            Sense::Time(Unit::Second | Unit::Minute | Unit::Hour) => None,
            Sense::Time(unit) => Some((unit, reading, words)),
            _ => None,
        }
    }

    /// سێ ساڵی داهاتوو, سێ ساڵ لەمەوبەر, پێش سێ ساڵ.
    fn distance(&self, at: usize) -> Option<Mention> {
        let before = self.read_here(at, |sense| *sense == Sense::Small(Small::Before));
        let begin = before.map_or(at, |(_, words)| at + words);
        self.pieces.get(begin).filter(|piece| begin == at || !piece.breaks)?;
        let number = self.number(begin).filter(|number| number.ending == Ending::None && !number.ordinal)?;
        let count = number.small().filter(|count| (1..10_000).contains(count)).map(i64::from)?;
        let (reading, words) = self.read(number.last + 1, |sense| matches!(sense, Sense::Time(_)))?;
        let Sense::Time(unit) = *reading.sense else { return None };
        let last = number.last + words;
        let end = self.pieces.get(last)?.end_without(reading.ending_len);
        if before.is_some() {
            let plain = matches!(reading.ending, Ending::None | Ending::Case);
            let value = resolve::relative(unit, -count, self.reference);
            return plain.then(|| self.dated(at, last, end, value).deictic());
        }
        if let Some((offset, last, end)) = self.relative(last + 1).filter(|_| reading.ending == Ending::Link) {
            let count = count * i64::from(offset);
            return (offset != 0)
                .then(|| self.dated(at, last, end, resolve::stretch(unit, count, self.reference)).deictic());
        }
        let (ago, words) = self.read(last + 1, |sense| *sense == Sense::Small(Small::Ago))?;
        let last = last + words;
        let end = self.pieces.get(last)?.end_without(ago.ending_len);
        Some(self.dated(at, last, end, resolve::relative(unit, -count, self.reference)).deictic())
    }

    /// A year without a word that says so: with its era, behind لە with an ending, or behind another year.
    fn bare_year(&self, at: usize) -> Option<Mention> {
        let piece = self.pieces.get(at)?;
        let digits = piece.digits().filter(|digits| digits.plain && !piece.ordinal)?;
        let value = digits.small(4)?;
        let found = if let Some((era, last, end)) =
            self.era(at + 1, piece.ending == Ending::Link).filter(|_| piece.ending.goes_on() && value > 0)
        {
            YearAt { year: Year::Number(value, Some(era)), last, end }
        } else {
            let before = at.checked_sub(1).and_then(|at| self.pieces.get(at)).filter(|_| !piece.breaks)?;
            let listed = is_joint(before) && self.year_end == Some(at - 1);
            let within = before.is(Small::In) && (piece.ending == Ending::Case || self.until_year(at));
            let lived = before.text == "("
                && self.until_year(at)
                && self.pieces.get(at + 3).is_some_and(|piece| piece.text == ")");
            if digits.text.len() != 4 || !(1000..=2100).contains(&value) || !(listed || within || lived) {
                return None;
            }
            YearAt { year: Year::Number(value, None), last: at, end: piece.digits_end }
        };
        let value = resolve::year(found.year, self.reference)?;
        Some(Mention { is_year: true, ..self.dated(at, found.last, found.end, value) })
    }

    /// Whether a year is followed by the one up to which something lasted, and that by nothing that it counts.
    fn until_year(&self, at: usize) -> bool {
        let year = |at: usize| {
            let digits = self.pieces.get(at).filter(|piece| !piece.breaks).and_then(Piece::digits);
            digits.and_then(|digits| digits.small(4)).filter(|year| (1800..=2100).contains(year))
        };
        let joined = self
            .pieces
            .get(at + 1)
            .is_some_and(|piece| piece.is(Small::To) || is_joint(piece) && !piece.is(Small::And));
        let counts =
            |sense: &Sense| matches!(sense, Sense::Currency(_) | Sense::Measure(_) | Sense::Time(_) | Sense::Number(_));
        joined && year(at).zip(year(at + 2)).is_some_and(|(from, to)| from < to) && self.read(at + 3, counts).is_none()
    }
}

/// Whether a piece stands between the members of a list or the ends of a range.
fn is_joint(piece: &Piece<'_>) -> bool {
    piece.is(Small::And) || piece.is(Small::To) || matches!(piece.text, "-" | "\u{2013}" | "،" | "," | "/")
}

#[cfg(test)]
mod tests {
    use crate::tokenize::Cutter;
    use crate::value::{ValueKind, find};

    /// The dates of a text: span, whole words, value.
    fn dates(text: &str) -> Vec<(&str, &str, String)> {
        let tokens: Vec<_> = Cutter::new(text).collect();
        let found = find(text, &tokens, None).into_iter().filter(|found| found.kind == ValueKind::Date);
        found
            .map(|found| {
                let words = found.word_span.slice(text).unwrap_or_default();
                (found.span.slice(text).unwrap_or_default(), words, found.value)
            })
            .collect()
    }

    #[test]
    fn endings_are_no_part_of_a_date() {
        for (text, span, words) in [
            ("لە ١٥ی ئایاردا", "١٥ی ئایار", "١٥ی ئایاردا"),
            ("ساڵی ١٩٩١ەوە", "ساڵی ١٩٩١", "ساڵی ١٩٩١ەوە"),
            ("ئەم مانگەشدا", "ئەم مانگە", "ئەم مانگەشدا"),
            ("نەوەدەکانیشدا", "نەوەدەکان", "نەوەدەکانیشدا"),
            ("سێشەممەی ڕابردووەوە", "سێشەممەی ڕابردوو", "سێشەممەی ڕابردووەوە"),
        ] {
            let found = dates(text);
            assert_eq!(found.first().map(|&(span, words, _)| (span, words)), Some((span, words)), "{text}");
        }
    }

    #[test]
    fn a_date_ends_with_its_line() {
        let found = dates("١٥ی\nئایاری\n٢٠٢٠\nمانگی ڕابردوو\nساڵی\n١٩٩١");
        let spans: Vec<_> = found.iter().map(|&(span, ..)| span).collect();
        assert_eq!(spans, ["ئایاری", "مانگی ڕابردوو"].map(|span| span.trim_end_matches('ی')));
    }

    #[test]
    fn the_same_month_is_that_of_the_last_date() {
        let value = |text| dates(text).pop().map(|(_, _, value)| value);
        assert_eq!(value("١٥/١١/٢٠٢٠ و ٢٠ی هەمان مانگ").as_deref(), Some("2020-11-20"));
        assert_eq!(value("٣ی ئایار، دوێنێ، ٢٠ی هەمان مانگ").as_deref(), Some("XXXX-05-20"));
        assert_eq!(value("٢٠ی هەمان مانگ").as_deref(), Some("XXXX-XX-20"));
    }
}
