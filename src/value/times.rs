//! Times of day.

use super::ValueKind;
use super::amount::Amount;
use super::pieces::Body;
use super::reader::{Mention, Reader};
use super::words::{Ending, Sense, Small, Unit};

impl Reader<'_, '_> {
    /// The time of day that begins at a piece: کاتژمێر ١٠:٣٠, ٨ی شەو.
    pub(super) fn time(&self, first: usize) -> Option<Mention> {
        let clock = self.read_here(first, |sense| *sense == Sense::Time(Unit::Hour));
        let clock = clock.filter(|(reading, _)| reading.ending.goes_on());
        let at = clock.map_or(first, |(_, words)| first + words);
        let piece = self.pieces.get(at).filter(|piece| at == first || !piece.breaks)?;
        if let Body::Clock(hour, minute) = piece.body {
            return self.at_clock(first, at, piece.digits_end, piece.ending, (hour, minute));
        }
        let number = self.number(at).filter(|number| !number.ordinal)?;
        let halves = number.amount.and_then(|amount| amount.times(Amount::whole(60)));
        let minutes = halves.and_then(Amount::as_whole).and_then(|minutes| i32::try_from(minutes).ok())?;
        let (hour, minute) = (minutes / 60, minutes % 60);
        if clock.is_none() {
            // Without the word for the clock the part of the day has to follow.
            let twelve = number.ending == Ending::Link && (1..=12).contains(&hour);
            let (_, part) = self.day_part(number.last + 1).filter(|_| twelve)?;
            return self.at_clock(first, number.last, part, number.ending, (hour, minute));
        }
        if hour > 24 {
            return None;
        }
        // کاتژمێر ٥ و ٢٠ خولەک
        let (mut last, mut end, mut ending, mut time) = (number.last, number.end, number.ending, (hour, minute));
        let and = self.pieces.get(last + 1).is_some_and(|piece| piece.is(Small::And));
        if minute == 0 && ending == Ending::None && and {
            let more = self.number(last + 2).filter(|more| more.ending == Ending::None && !more.ordinal);
            let unit = more.and_then(|more| {
                let (reading, words) = self.read(more.last + 1, |sense| *sense == Sense::Time(Unit::Minute))?;
                let at = more.last + words;
                let end = self.pieces.get(at)?.end_without(reading.ending_len);
                Some((more.small().filter(|minute| (0..60).contains(minute))?, at, end, reading.ending))
            });
            if let Some((minute, at, to, behind)) = unit {
                (last, end, ending, time) = (at, to, behind, (hour, minute));
            }
        }
        self.at_clock(first, last, end, ending, time)
    }

    /// A time whose digits end at `end`, with the part of the day that follows.
    fn at_clock(
        &self,
        first: usize,
        last: usize,
        end: usize,
        ending: Ending,
        (hour, minute): (i32, i32),
    ) -> Option<Mention> {
        if !(0..=24).contains(&hour) || hour == 24 && minute > 0 {
            return None;
        }
        let part = self.day_part(last + 1).filter(|_| ending.goes_on());
        let hour = match part {
            Some(((from, to), _)) if (1..=12).contains(&hour) => in_part(hour, from, to),
            _ => hour % 24,
        };
        let (last, end) = match part {
            Some((_, end)) => (self.day_part_last(last + 1), end),
            None => (last, end),
        };
        Some(self.mention(first, last, end, ValueKind::Time, format!("T{hour:02}:{minute:02}"), None))
    }

    /// The hours of the part of the day at a piece, and where it ends.
    fn day_part(&self, at: usize) -> Option<((i32, i32), usize)> {
        let (reading, words) = self.read(at, |sense| matches!(sense, Sense::DayPart(..)))?;
        let Sense::DayPart(from, to) = *reading.sense else { return None };
        let end = self.pieces.get(at + words - 1)?.end_without(reading.ending_len);
        Some(((i32::from(from), i32::from(to)), end))
    }

    fn day_part_last(&self, at: usize) -> usize {
        self.read(at, |sense| matches!(sense, Sense::DayPart(..))).map_or(at, |(_, words)| at + words - 1)
    }
}

/// The hour of 24 that an hour of twelve is between `from` and `to`, which may lie across midnight.
fn in_part(hour: i32, from: i32, to: i32) -> i32 {
    let first = hour % 12;
    let inside = |hour: i32| (hour - from).rem_euclid(24) < (to - from).rem_euclid(24);
    let all_day = (to - from).rem_euclid(24) == 0;
    if all_day || inside(first) { first } else { first + 12 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_of_twelve_is_that_of_the_part_of_the_day() {
        assert_eq!(in_part(8, 17, 5), 20);
        assert_eq!(in_part(12, 17, 5), 0);
        assert_eq!(in_part(2, 17, 5), 2);
        assert_eq!(in_part(12, 10, 22), 12);
        assert_eq!(in_part(1, 10, 22), 13);
        assert_eq!(in_part(10, 0, 12), 10);
        assert_eq!(in_part(5, 12, 24), 17);
    }
}
