//! Dates and times. The boxes hand over `day/month/year` and, for a moment, ` hour:minute` and the zone's
//! offset, as `engine::typing` reads them; what cannot be read yet is held as typed, so nothing is lost.

use super::At;
use crate::domain::answer::Answer;
use crate::domain::instrument::{Item, MomentRule};
use crate::engine::Command;
use crate::ui::markup::{El, Kid, Str};
use crate::ui::parts::date_input::{Short, date_boxes, date_input};
use crate::ui::parts::text_input::{Box, text_input};
use crate::ui::parts::time_input::time_boxes;
use crate::ui::words::Word;
use std::sync::Arc;

fn hint(at: &At, own: Option<&str>, rule: &MomentRule, usual: Word) -> Vec<Kid> {
    match &rule.entry_format {
        Some(format) => vec![at.kid(format, own)],
        None => vec![at.say(usual).into()],
    }
}

fn moment_of(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Date(moment) | Answer::DateTime(moment) | Answer::Time(moment) => {
            Some(moment.as_ref().to_owned())
        }
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::Integer(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_)
        | Answer::Quantity(_) => None,
    }
}

/// `14:30` of `14:30:00`; seconds that were given stay.
fn clock_of(answer: &Answer) -> Option<String> {
    let moment = moment_of(answer)?;
    Some(moment.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(&moment).to_owned())
}

/// A time of day, in one box that reads what people write: 14:30, 2pm.
#[inline(never)] // not needed for the first question
pub(super) fn time(at: &At, item: &Item, own: Option<&str>, rule: &MomentRule) -> El {
    let field = at.field(item, own, hint(at, own, rule, Word::ItemTimeHint));
    let like = Box { width: Some(10), autocomplete: Some("off"), spellcheck: Some(false), ..Box::default() };
    text_input(field, like, at.held(clock_of), at.types())
}

#[inline(never)] // not needed for the first question
pub(super) fn date(at: &At, item: &Item, own: Option<&str>, rule: &MomentRule) -> El {
    boxes(at, item, own, rule, dates(at))
}

#[inline(never)] // not needed for the first question
pub(super) fn date_time(at: &At, item: &Item, own: Option<&str>, rule: &MomentRule) -> El {
    let mut both = dates(at);
    both.extend(time_boxes(at.say(Word::ItemHour), at.say(Word::ItemMinute)));
    boxes(at, item, own, rule, both)
}

fn dates(at: &At) -> Vec<Short> {
    date_boxes(at.say(Word::ItemDay), at.say(Word::ItemMonth), at.say(Word::ItemYear))
}

fn boxes(at: &At, item: &Item, own: Option<&str>, rule: &MomentRule, boxes: Vec<Short>) -> El {
    let field = at.field(item, own, hint(at, own, rule, Word::ItemDateHint));
    let text = at.held(moment_of);
    let held = {
        let text = Arc::clone(&text);
        Arc::new(move |row: usize| -> Str {
            split(&text()).get(row).map_or(Str::Borrowed(""), |part| part.clone().into())
        })
    };
    let (live, node) = (at.live, at.node);
    date_input(field, boxes, held, move |row, typed| {
        let mut parts = split(&text());
        if let Some(part) = parts.get_mut(row) {
            *part = typed.to_owned();
        }
        live.send(Command::Type { node, text: join(&parts) });
    })
}

/// What each of the five boxes holds.
fn split(text: &str) -> [String; 5] {
    let (day, clock) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let clock = clock.split(['+', '-', 'Z']).next().unwrap_or_default();
    let mut out: [String; 5] = Default::default();
    let is_iso = day.contains('-');
    let parts: Vec<&str> = day.split(if is_iso { '-' } else { '/' }).collect();
    for (at, part) in parts.iter().enumerate() {
        let part = if is_iso { part.trim_start_matches('0') } else { part };
        // Written by FHIR the year comes first, and may stand alone.
        let row = if is_iso || parts.len() == 1 { 2_usize.checked_sub(at) } else { Some(at) };
        if let Some(slot) = row.and_then(|row| out.get_mut(row)) {
            *slot = part.to_owned();
        }
    }
    for (slot, part) in out.iter_mut().skip(3).zip(clock.split(':')) {
        *slot = part.to_owned();
    }
    out
}

fn join([day, month, year, hour, minute]: &[String; 5]) -> String {
    let mut out = String::new();
    if [day, month, year].iter().any(|part| !part.is_empty()) {
        out = [day.as_str(), "/", month, "/", year].concat();
    }
    if !hour.is_empty() || !minute.is_empty() {
        out.push_str(&[" ", hour, ":", minute].concat());
        out.push_str(&offset(day, month, year, hour, minute));
    }
    out
}

/// How far the person's own clock is from UTC at that moment: `+01:00`.
fn offset(day: &str, month: &str, year: &str, hour: &str, minute: &str) -> String {
    let number = |text: &str| text.trim().parse::<i32>().unwrap_or_default();
    let date = js_sys::Date::new_with_year_month_day_hr_min(
        number(year).unsigned_abs(),
        number(month).saturating_sub(1),
        number(day),
        number(hour),
        number(minute),
    );
    let behind = date.get_timezone_offset();
    let minutes = if behind.is_finite() { -behind as i32 } else { 0 };
    let two = |number: i32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    let sign = if minutes < 0 { "-" } else { "+" };
    [sign, &two(minutes.abs() / 60), ":", &two(minutes.abs() % 60)].concat()
}
