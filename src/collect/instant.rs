//! Points in time as services write them, as milliseconds since 1970. Pure arithmetic; no clock.

/// A FHIR `dateTime` with time and zone, or `instant` (`2026-02-28T23:59:59.5+01:00`); `None` for
/// anything else, also for a date without a time.
pub fn from_fhir(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once('T')?;
    let mut parts = date.split('-');
    let (year, month, day) =
        (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    if parts.next().is_some() {
        return None;
    }
    let (clock, offset) = match rest.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let (clock, zone) = rest.split_at_checked(rest.len().checked_sub(6)?)?;
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let minutes = digits(hours, 2)? * 60 + digits(minutes, 2)?;
            match zone.get(..1)? {
                "+" => (clock, minutes),
                "-" => (clock, -minutes),
                _ => return None,
            }
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis =
        fraction.bytes().chain([b'0'; 3]).take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some((days(year, month, day)? * 1_440 - offset) * 60_000 + time_of_day(clock)? + millis)
}

/// An HTTP date in the one form servers must send (RFC 9110, IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`).
pub fn from_http(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.split(' ');
    let day = digits(words.next()?, 2)?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? as i64 + 1;
    let year = digits(words.next()?, 4)?;
    let clock = words.next()?;
    let utc = words.next() == Some("GMT") && words.next().is_none();
    let instant = days(year, month, day)? * 86_400_000 + time_of_day(clock)?;
    utc.then_some(instant)
}

fn time_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (hour, minute, second) =
        (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    // Second 60 is a leap second.
    let sane = hour < 24 && minute < 60 && second <= 60 && parts.next().is_none();
    sane.then_some(((hour * 60 + minute) * 60 + second) * 1_000)
}

fn digits(text: &str, length: usize) -> Option<i64> {
    let shaped = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if shaped { text.parse().ok() } else { None }
}

/// Days since 1 January 1970 in the Gregorian calendar, counted in years that begin in March so that the
/// leap day comes last.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let of_year = (153 * month + 2) / 5 + day - 1;
    let centuries = year.div_euclid(100);
    Some(year * 365 + year.div_euclid(4) - centuries + centuries.div_euclid(4) + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_time_means_the_same_instant_in_every_zone_and_precision() {
        let noon = Some(1_709_208_000_000); // 29 February 2024, 12:00 UTC
        for text in [
            "2024-02-29T12:00:00Z",
            "2024-02-29T12:00:00.000Z",
            "2024-02-29T12:00:00+00:00",
            "2024-02-29T13:30:00+01:30",
            "2024-02-29T02:00:00.0000-10:00",
        ] {
            assert_eq!(from_fhir(text), noon, "{text}");
        }
        assert_eq!(from_fhir("1970-01-01T00:00:00.25Z"), Some(250));
        assert_eq!(from_fhir("1969-12-31T23:59:59Z"), Some(-1_000));
    }

    #[test]
    fn what_is_not_a_full_date_time_is_none() {
        for text in [
            "",
            "T",
            "2024",
            "2024-02-29",
            "2024-02-29T12:00:00",
            "2024-02-29T12:00Z",
            "2024-13-01T00:00:00Z",
            "2024-02-29T24:00:00Z",
            "2024-02-29T12:00:00.Z",
            "2024-02-29T12:00:00é:00",
            "é",
            "2024-02-29Té",
            "2024-02-29T12:00:00*01:00",
            "20240229T120000Z",
        ] {
            assert_eq!(from_fhir(text), None, "{text}");
        }
    }

    #[test]
    fn an_http_date_is_read() {
        // RFC 9110, section 5.6.7, the example of the preferred form.
        assert_eq!(from_http("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        for text in ["", "120", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT"] {
            assert_eq!(from_http(text), None, "{text}");
        }
    }
}
