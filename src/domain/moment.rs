//! Dates and times as FHIR writes them, to whatever precision they are known.
//!
//! # Source
//! HL7 FHIR R4, data types `date`, `dateTime`, `time`: a `dateTime` with a time has seconds and a zone;
//! a second may be 60 for a leap second. Comparison of different precision follows FHIRPath: unknown.

use std::cmp::Ordering;

/// A date, time or both, with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Precise {
    /// Year, month, day, hour, minute, as far as they are known, in this order; a time of day starts at
    /// the hour.
    parts: Vec<i32>,
    /// Seconds, once the time is known.
    /// Whole seconds, then the fraction's digits without zeros at its end.
    seconds: Option<(i32, Box<str>)>,
    /// Minutes ahead of UTC, where a zone is given.
    offset: Option<i32>,
}

impl Precise {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` if it is not one or no such day exists.
    pub fn date(text: &str) -> Option<Self> {
        let widths = [4, 2, 2];
        let mut parts = Vec::with_capacity(5);
        for (at, part) in text.split('-').enumerate() {
            parts.push(digits(part, *widths.get(at)?)?);
        }
        let [year, month, day] = [0, 1, 2].map(|at| parts.get(at).copied().unwrap_or(1));
        let exists = year >= 1 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        exists.then_some(Self { parts, seconds: None, offset: None })
    }

    /// Reads a FHIR `dateTime`: a date to any precision, or a full date with `Thh:mm:ss` and a zone.
    pub fn date_time(text: &str) -> Option<Self> {
        let Some((date, time)) = text.split_once('T') else { return Self::date(text) };
        let zone = time.find(['Z', '+', '-'])?;
        let (time, zone) = time.split_at_checked(zone)?;
        let offset = match zone.strip_prefix(['+', '-']) {
            None => (zone == "Z").then_some(0)?,
            Some(ahead) => {
                let (hours, minutes) = ahead.split_once(':')?;
                let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
                let ahead = hours * 60 + minutes;
                // At most fourteen hours (R4, `dateTime`).
                let ahead = (minutes <= 59 && ahead <= 14 * 60).then_some(ahead)?;
                if zone.starts_with('-') { -ahead } else { ahead }
            }
        };
        let Self { mut parts, .. } = Self::date(date)?;
        let Self { parts: time, seconds, .. } = Self::time(time)?;
        if parts.len() != 3 {
            return None;
        }
        parts.extend(time);
        Some(Self { parts, seconds, offset: Some(offset) })
    }

    /// Reads `hh:mm:ss`, perhaps with a fraction.
    pub fn time(text: &str) -> Option<Self> {
        let mut split = text.split(':');
        let (hour, minute, second) = (split.next()?, split.next()?, split.next()?);
        let (hour, minute) = (digits(hour, 2)?, digits(minute, 2)?);
        let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
        let whole = digits(whole, 2)?;
        let well_formed = split.next().is_none()
            && !fraction.is_empty()
            && fraction.bytes().all(|byte| byte.is_ascii_digit())
            && hour <= 23
            && minute <= 59
            && whole <= 60;
        let seconds = (whole, fraction.trim_end_matches('0').into());
        well_formed.then_some(Self { parts: vec![hour, minute], seconds: Some(seconds), offset: None })
    }

    /// Whether the day is known (for a date or a date with time).
    pub fn has_day(&self) -> bool {
        self.parts.len() >= 3
    }

    /// The same moment in UTC, where a zone is given: day number and minute of that day.
    fn in_utc(&self) -> Option<(i64, i64)> {
        let offset = i64::from(self.offset?);
        let [year, month, day, hour, minute] = *self.parts.get(..5)? else { return None };
        let minutes = i64::from(hour) * 60 + i64::from(minute) - offset;
        Some((day_number(year, month, day) + minutes.div_euclid(1440), minutes.rem_euclid(1440)))
    }
}

/// Compares part by part; `None` where one is known less precisely than the other and they agree so far.
/// Two moments with zones are compared in UTC.
pub fn compare(one: &Precise, other: &Precise) -> Option<Ordering> {
    if let (Some(first), Some(second)) = (one.in_utc(), other.in_utc()) {
        return match first.cmp(&second) {
            Ordering::Equal => Some(one.seconds.as_ref()?.cmp(other.seconds.as_ref()?)),
            decided => Some(decided),
        };
    }
    for (first, second) in one.parts.iter().zip(&other.parts) {
        if first != second {
            return Some(first.cmp(second));
        }
    }
    if one.parts.len() != other.parts.len() {
        return None;
    }
    match (&one.seconds, &other.seconds) {
        (Some(first), Some(second)) => Some(first.cmp(second)),
        (None, None) => Some(Ordering::Equal),
        (Some(_), None) | (None, Some(_)) => None,
    }
}

fn digits(text: &str, width: usize) -> Option<i32> {
    let all = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month of the Gregorian calendar has; 0 for a month that is none.
pub fn days_in(year: i32, month: i32) -> i32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i32::from(is_leap(year)),
        _ => 0,
    }
}

/// Days counted from 1 January of year 1 (proleptic Gregorian).
fn day_number(year: i32, month: i32, day: i32) -> i64 {
    let before = i64::from(year) - 1;
    let in_years = before * 365 + before / 4 - before / 100 + before / 400;
    let in_months: i64 = (1..month).map(|month| i64::from(days_in(year, month))).sum();
    in_years + in_months + i64::from(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_do_not_exist_are_not_dates() {
        for text in ["2026", "2026-02", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert!(Precise::date(text).is_some(), "{text}");
        }
        for text in [
            "",
            "26",
            "2026-2",
            "2026-13",
            "2026-00",
            "2026-02-29",
            "1900-02-29",
            "2026-02-30",
            "2026-04-31",
            "0000",
            "2026-01-01-01",
            "2026-01-01T",
            "２０２６",
        ] {
            assert!(Precise::date(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_date_time_with_a_time_needs_seconds_and_a_zone() {
        for text in
            ["2026", "2026-02-03T04:05:06Z", "2026-02-03T04:05:06.789+05:30", "2026-02-03T23:59:60-11:00"]
        {
            assert!(Precise::date_time(text).is_some(), "{text}");
        }
        for text in [
            "2026-02-03T04:05:06",
            "2026-02-03T04:05Z",
            "2026-02T04:05:06Z",
            "2026-02-03T24:00:00Z",
            "2026-02-03T04:05:06+15:00",
            "2026-02-03T04:05:06.Z",
            "2026-02-03T04:05:06z",
            "T",
            "2026-02-03TZ",
        ] {
            assert!(Precise::date_time(text).is_none(), "{text}");
        }
    }

    #[test]
    fn moments_in_different_zones_compare_by_when_they_happen() {
        let at =
            |text| Precise::date_time(text).unwrap_or(Precise { parts: vec![], seconds: None, offset: None });
        let midnight = at("2026-01-01T00:30:00+01:00");
        assert_eq!(compare(&midnight, &at("2025-12-31T23:30:00Z")), Some(Ordering::Equal));
        assert_eq!(compare(&midnight, &at("2025-12-31T23:30:00.1Z")), Some(Ordering::Less));
        assert_eq!(compare(&midnight, &at("2026-01-01")), None);
        assert_eq!(compare(&midnight, &at("2025-12-31")), Some(Ordering::Greater));
    }
}
