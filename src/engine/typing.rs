//! Reading typed characters as an answer of the question's kind.
//!
//! What cannot be read is held as typed, so that nothing typed is lost; `check` says what is wrong.
//! A comma in a number is never guessed at: 1,250 is a thousand and more in Leeds and a little over one
//! in Łódź.

use super::apply::Content;
use super::command::Declined;
use super::fit::{is_address, is_blank};
use crate::domain::answer::{Answer, Number, Quantity};
use crate::domain::instrument::{ChoiceRule, Item, ItemKind, QuantityRule};
use crate::domain::moment::{Precise, days_in};

/// What the typed text comes to; `before` are the answers held so far.
pub(super) fn read(item: &Item, before: &[Answer], text: &str) -> Result<Content, Declined> {
    let answer = match &item.kind {
        ItemKind::Group(_) | ItemKind::Display(_) => return Err(Declined::NotAQuestion),
        ItemKind::Boolean => return Err(Declined::WrongType),
        ItemKind::Choice(rule) => return own_words(item, rule, before, text),
        ItemKind::String(_) | ItemKind::Text(_) => (!is_blank(text)).then(|| Answer::Text(text.into())),
        ItemKind::Decimal(_) => number(text).map(Answer::Decimal),
        ItemKind::Integer(_) => whole_number(text).ok().map(Answer::Integer),
        ItemKind::Date(_) => date(text).ok().map(Answer::Date),
        ItemKind::DateTime(_) => date_time(text).map(Answer::DateTime),
        ItemKind::Time(_) => time(text).map(Answer::Time),
        ItemKind::Url(_) => is_address(text.trim()).then(|| Answer::Url(text.trim().into())),
        ItemKind::Quantity(rule) => quantity(rule, before, text).map(Answer::Quantity),
    };
    Ok(match answer {
        Some(answer) => Content { answers: vec![answer], ..Content::default() },
        // Three empty boxes send their separators.
        None if text.trim_matches(['/', ' ']).is_empty()
            && !matches!(item.kind, ItemKind::String(_) | ItemKind::Text(_)) =>
        {
            Content::default()
        }
        None if text.is_empty() => Content::default(),
        None => Content { typed: Some(text.into()), ..Content::default() },
    })
}

/// The box for one's own words beside a list: replaces the own words held before. Ticks stay where
/// several may be given, and while the box is empty.
fn own_words(item: &Item, rule: &ChoiceRule, before: &[Answer], text: &str) -> Result<Content, Declined> {
    let is_option = |answer: &Answer| rule.options.iter().any(|option| option.value == *answer);
    if !rule.open {
        return Err(Declined::NotAnOption);
    }
    let words = (!is_blank(text)).then(|| Answer::Text(text.into()));
    let keep_ticks = words.is_none() || (item.repeats && !rule.options.is_empty());
    let mut answers: Vec<Answer> =
        before.iter().filter(|answer| keep_ticks && is_option(answer)).cloned().collect();
    if let Some(words) = words
        && !answers.contains(&words)
    {
        answers.push(words);
    }
    Ok(Content { answers, ..Content::default() })
}

/// The first digit of each run of ten decimal digits people's keyboards give: Arabic-Indic, Extended
/// Arabic-Indic, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Thai, fullwidth.
const ZEROS: [u32; 9] = [0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xE50, 0xFF10];

/// Trimmed, with any script's digits as 0–9 and the typographic minus as a hyphen.
fn plain(text: &str) -> String {
    let plain_char = |letter: char| {
        let code = letter as u32;
        let digit = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero);
        match digit.and_then(|digit| char::from_digit(digit, 10)) {
            Some(digit) => digit,
            None if matches!(letter, '\u{2212}' | '\u{2013}') => '-',
            None if letter == '\u{66B}' => '.',
            None => letter,
        }
    };
    // Marks for the direction of writing come along with digits typed in a right-to-left language.
    let marks = ['\u{200E}', '\u{200F}', '\u{61C}'];
    text.trim().chars().filter(|letter| !marks.contains(letter)).map(plain_char).collect()
}

/// A number as people type it (`+5`, `.5`, `5.`, `007`), in the characters JSON wants; no exponents.
pub fn number(text: &str) -> Option<Number> {
    let text = plain(text);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let mut written = String::from(sign);
    written.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        written.push('.');
        written.push_str(fraction);
    }
    Number::parse(&written)
}

/// Why typed text is not a whole number we can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWhole {
    /// Not a number at all.
    NotANumber,
    /// A number with something after the point.
    Fraction,
    /// Below the least 32-bit number.
    TooLow,
    /// Above the greatest 32-bit number.
    TooHigh,
}

/// A whole number as people type it; 3.0 is one.
pub fn whole_number(text: &str) -> Result<i32, NotWhole> {
    let number = number(text).ok_or(NotWhole::NotANumber)?;
    let (whole, fraction) = number.as_str().split_once('.').unwrap_or((number.as_str(), ""));
    if fraction.bytes().any(|byte| byte != b'0') {
        return Err(NotWhole::Fraction);
    }
    let beyond = if number.as_str().starts_with('-') { NotWhole::TooLow } else { NotWhole::TooHigh };
    whole.parse().map_err(|_| beyond)
}

/// Why typed text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADay {
    /// No such day, or not a date at all.
    NoSuchDay,
    /// Of day, month and year these are missing.
    Missing {
        /// No day.
        day: bool,
        /// No month.
        month: bool,
        /// No year.
        year: bool,
    },
}

/// A date as people type it: day, month, year between `/`, `.`, `-` or spaces (what three boxes send, an
/// empty one being empty: `/3/2026`), or as FHIR writes it, to the year or month too.
pub fn date(text: &str) -> Result<Box<str>, NotADay> {
    let text = plain(text);
    if Precise::date(&text).is_some() {
        return Ok(text.into());
    }
    let separator = ['/', '.', '-', ' '].into_iter().find(|mark| text.contains(*mark));
    let parts: Vec<&str> = text.split(|letter| Some(letter) == separator).map(str::trim).collect();
    let [day, month, year] = parts[..] else { return Err(NotADay::NoSuchDay) };
    if day.is_empty() || month.is_empty() || year.is_empty() {
        return Err(NotADay::Missing { day: day.is_empty(), month: month.is_empty(), year: year.is_empty() });
    }
    let number = |part: &str, most: usize| -> Option<i32> {
        let well_formed = part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        well_formed.then(|| part.parse().ok()).flatten()
    };
    let (Some(day), Some(month), Some(year)) = (number(day, 2), number(month, 2), number(year, 4)) else {
        return Err(NotADay::NoSuchDay);
    };
    // A year of two digits is not guessed at.
    let exists = year >= 1000 && (1..=days_in(year, month)).contains(&day);
    if exists { Ok(iso(year, month, day)) } else { Err(NotADay::NoSuchDay) }
}

fn iso(year: i32, month: i32, day: i32) -> Box<str> {
    let mut text = year.to_string();
    for part in [month, day] {
        text.push_str(if part < 10 { "-0" } else { "-" });
        text.push_str(&part.to_string());
    }
    text.into()
}

/// A date and time: as FHIR writes it, or a date as [`date`] reads it and, after a space, a time as
/// [`time`] reads it followed by the zone's offset (`1/12/2026 14:30+00:00`); a date alone too. Without
/// an offset it is no moment: what zone the person is in is for the caller to know.
pub fn date_time(text: &str) -> Option<Box<str>> {
    let text = plain(text);
    if Precise::date_time(&text).is_some() {
        return Some(text.into());
    }
    if let Ok(day) = date(&text) {
        return Some(day);
    }
    let (day, rest) = text.rsplit_once(' ')?;
    let at = rest.rfind(['+', '-', 'Z'])?;
    let (clock, zone) = rest.split_at_checked(at)?;
    let mut moment = String::from(date(day).ok()?);
    moment.push('T');
    moment.push_str(&time(clock)?);
    moment.push_str(zone);
    Precise::date_time(&moment).is_some().then(|| moment.into())
}

/// A time of day as people type it: `14:30`, `14.30`, `1430`, `2pm`, `2:30 pm`, `14:30:15`.
pub fn time(text: &str) -> Option<Box<str>> {
    let text = plain(text).to_ascii_lowercase();
    if Precise::time(&text).is_some() {
        return Some(text.into());
    }
    let half = [("a.m.", 0), ("p.m.", 12), ("am", 0), ("pm", 12)]
        .into_iter()
        .find_map(|(mark, hours)| Some((text.strip_suffix(mark)?.trim_end(), hours)));
    let (clock, half) = half.map_or((text.as_str(), None), |(clock, hours)| (clock, Some(hours)));
    let mut parts: Vec<&str> = clock.split([':', '.']).collect();
    if let [four] = parts[..]
        && four.len() == 4
        && let Some((hour, minute)) = four.split_at_checked(2)
    {
        parts = vec![hour, minute];
    }
    // "14" alone could be anything; "2 pm" could not.
    if parts.len() > 3 || (parts.len() == 1 && half.is_none()) {
        return None;
    }
    let mut numbers = [0_u32; 3];
    for (at, part) in parts.iter().enumerate() {
        let well_formed =
            part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
        *numbers.get_mut(at)? = well_formed.then(|| part.parse().ok()).flatten()?;
    }
    let [hour, minute, second] = numbers;
    let hour = match half {
        None => hour,
        Some(hours) if (1..=12).contains(&hour) => hour % 12 + hours,
        Some(_) => return None,
    };
    let mut written = String::with_capacity(8);
    for (at, part) in [hour, minute, second].into_iter().enumerate() {
        written.push_str(if at > 0 { ":" } else { "" });
        written.push_str(if part < 10 { "0" } else { "" });
        written.push_str(&part.to_string());
    }
    Precise::time(&written).is_some().then(|| written.into())
}

/// A number, and after it perhaps one of the question's units by its code or its words. Without one: the
/// only unit there is, or the unit chosen before.
fn quantity(rule: &QuantityRule, before: &[Answer], text: &str) -> Option<Quantity> {
    let text = text.trim();
    let (value, named) =
        text.split_once(char::is_whitespace).map_or((text, ""), |(value, unit)| (value, unit.trim()));
    let value = number(value)?;
    let known = rule.units.iter().chain(&rule.unit);
    let unit = if named.is_empty() {
        let only = match (&rule.unit, &rule.units[..]) {
            (Some(unit), []) => Some(unit),
            (None, [unit]) => Some(unit),
            _ => None,
        };
        let Some(only) = only else {
            let chosen = before.iter().find_map(|answer| match answer {
                Answer::Quantity(quantity) => Some(quantity.clone()),
                _ => None,
            });
            let blank = Quantity { value: value.clone(), unit: None, system: None, code: None };
            return Some(Quantity { value, ..chosen.unwrap_or(blank) });
        };
        only
    } else {
        let mut known = known;
        known.find(|unit| {
            let by_words = unit.display.as_ref().is_some_and(|words| {
                words.as_str() == named || words.languages().any(|tag| words.in_language(tag).0 == named)
            });
            by_words || unit.code.as_deref() == Some(named)
        })?
    };
    Some(Quantity {
        value,
        unit: unit.display.as_ref().map(|words| words.as_str().into()).or_else(|| unit.code.clone()),
        system: unit.system.clone(),
        code: unit.code.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, read) in [
            ("12.50", "12.50"),
            (" 7 ", "7"),
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007", "7"),
            ("-0.10", "-0.10"),
            ("\u{2212}3", "-3"),
            ("٣٫٥", "3.5"),
            ("१२", "12"),
            ("\u{200F}۴۲", "42"),
        ] {
            assert_eq!(number(typed).as_ref().map(Number::as_str), Some(read), "{typed}");
        }
        for typed in ["", " ", ".", "-", "12x", "1,250", "1e3", "1 2", "--1", "1.2.3", "½"] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }

    #[test]
    fn whole_numbers_say_why_they_are_not() {
        assert_eq!(whole_number("3.0"), Ok(3));
        assert_eq!(whole_number("-2147483648"), Ok(i32::MIN));
        assert_eq!(whole_number("3.5"), Err(NotWhole::Fraction));
        assert_eq!(whole_number("2147483648"), Err(NotWhole::TooHigh));
        assert_eq!(whole_number("-99999999999999999999"), Err(NotWhole::TooLow));
        assert_eq!(whole_number("three"), Err(NotWhole::NotANumber));
    }

    #[test]
    fn dates_are_read_from_three_boxes_or_one() {
        for typed in ["1/3/2026", "01 03 2026", "1.3.2026", "01-03-2026", "2026-03-01", "١/٣/٢٠٢٦"] {
            assert_eq!(date(typed).as_deref(), Ok("2026-03-01"), "{typed}");
        }
        assert_eq!(date("2026-03").as_deref(), Ok("2026-03"));
        assert_eq!(date("/3/2026"), Err(NotADay::Missing { day: true, month: false, year: false }));
        for typed in ["31/2/2026", "1/13/2026", "1/3/26", "3/2026", "soon", "1/3/2026/4", "0/3/2026"] {
            assert_eq!(date(typed), Err(NotADay::NoSuchDay), "{typed}");
        }
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for (typed, read) in [
            ("14:30", "14:30:00"),
            ("14.30", "14:30:00"),
            ("1430", "14:30:00"),
            ("2pm", "14:00:00"),
            ("2:30 PM", "14:30:00"),
            ("12am", "00:00:00"),
            ("12 p.m.", "12:00:00"),
            ("09:05:07", "09:05:07"),
        ] {
            assert_eq!(time(typed).as_deref(), Some(read), "{typed}");
        }
        for typed in ["", "14", "24:00", "13pm", "0am", "7:60", "noon", "1:2:3:4"] {
            assert_eq!(time(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_date_and_time_needs_its_zone() {
        assert_eq!(date_time("1/12/2026 14:30+00:00").as_deref(), Some("2026-12-01T14:30:00+00:00"));
        assert_eq!(date_time("2026-12-01T14:30:00Z").as_deref(), Some("2026-12-01T14:30:00Z"));
        assert_eq!(date_time("1/12/2026").as_deref(), Some("2026-12-01"));
        assert_eq!(date_time("1/12/2026 14:30"), None);
        assert_eq!(date_time("31/11/2026 14:30Z"), None);
    }
}
