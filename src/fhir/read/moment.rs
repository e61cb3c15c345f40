//! Dates and times as FHIR writes them, checked against the calendar.

/// A FHIR `date`: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and a day there is.
pub fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().and_then(|part| digits(part, 4)).filter(|year| *year > 0);
    let (month, day) = (parts.next(), parts.next());
    let Some(year) = year else { return false };
    if parts.next().is_some() {
        return false;
    }
    let month = match month {
        None => return true,
        Some(month) => match digits(month, 2) {
            Some(month @ 1..=12) => month,
            _ => return false,
        },
    };
    day.is_none_or(|day| digits(day, 2).is_some_and(|day| (1..=days(year, month)).contains(&day)))
}

/// A FHIR `time`: `hh:mm:ss` with any fraction of a second.
pub fn is_time(text: &str) -> bool {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let mut within = |most| parts.next().and_then(|part| digits(part, 2)).is_some_and(|part| part <= most);
    let clock_is_right = within(23) && within(59) && within(60);
    clock_is_right
        && parts.next().is_none()
        && fraction.is_none_or(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A FHIR `dateTime`: a `date`, or a full date with a time and a zone.
pub fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once('T') else { return is_date(text) };
    let (time, zone_is_right) = match rest.strip_suffix('Z') {
        Some(time) => (time, true),
        None => match rest.rfind(['+', '-']).and_then(|at| rest.split_at_checked(at)) {
            Some((time, zone)) => (time, is_offset(zone)),
            None => return false,
        },
    };
    date.len() == 10 && is_date(date) && is_time(time) && zone_is_right
}

/// `+hh:mm` or `-hh:mm`, at most 14 hours.
fn is_offset(zone: &str) -> bool {
    let Some((hours, minutes)) = zone.get(1..).and_then(|zone| zone.split_once(':')) else { return false };
    match (digits(hours, 2), digits(minutes, 2)) {
        (Some(14), Some(0)) => true,
        (Some(hours), Some(minutes)) => hours < 14 && minutes < 60,
        _ => false,
    }
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let shaped = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if shaped { text.parse().ok() } else { None }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_there_are() {
        for text in ["2026", "2026-11", "2026-11-22", "2024-02-29", "2000-02-29"] {
            assert!(is_date(text) && is_date_time(text), "{text}");
        }
        for text in [
            "",
            "26",
            "2026-13",
            "2026-02-30",
            "2025-02-29",
            "1900-02-29",
            "2026-1-1",
            "2026-11-22-1",
            "22/11/2026",
            "0000",
            "20é",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn times_have_hours_minutes_and_seconds() {
        assert!(is_time("09:30:00") && is_time("23:59:60") && is_time("09:30:00.125"));
        for text in ["9:30:00", "09:30", "24:00:00", "09:60:00", "09:30:00.", "09:30:00Z", ""] {
            assert!(!is_time(text), "{text}");
        }
    }

    #[test]
    fn a_date_with_a_time_has_a_zone() {
        assert!(is_date_time("2026-11-22T09:30:00Z") && is_date_time("2026-11-22T09:30:00.5+14:00"));
        for text in [
            "2026-11-22T09:30:00",
            "2026-11T09:30:00Z",
            "2026-11-22T09:30Z",
            "2026-11-22T09:30:00+15:00",
            "T",
            "2026-11-22Té",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
