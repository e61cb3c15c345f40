//! Dates and times as FHIR writes them, checked against the calendar.

use crate::domain::moment::Precise;

/// A FHIR `date`: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and a day there is.
pub fn is_date(text: &str) -> bool {
    Precise::date(text).is_some()
}

/// A FHIR `time`: `hh:mm:ss` with any fraction of a second.
pub fn is_time(text: &str) -> bool {
    Precise::time(text).is_some()
}

/// A FHIR `dateTime`: a `date`, or a full date with a time and a zone.
pub fn is_date_time(text: &str) -> bool {
    Precise::date_time(text).is_some()
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
