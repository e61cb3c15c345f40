//! An answer in words, as the person reading back their own answers sees it.

use super::words::{Word, Words};
use crate::domain::answer::{Answer, Coding};
use crate::domain::instrument::{Item, ItemKind};

/// The answer in the interface's words and `language`: "Yes", "7 out of 10", an option's own text.
pub fn answer(words: &Words, language: &str, item: &Item, answer: &Answer) -> String {
    if let ItemKind::Choice(rule) = &item.kind
        && let Some(choice) = rule.options.iter().find(|choice| choice.value == *answer)
    {
        return choice.text.in_language(language).0.to_owned();
    }
    match answer {
        Answer::Integer(number) => with_unit(words, language, item, number.to_string()),
        Answer::Decimal(number) => with_unit(words, language, item, number.as_str().to_owned()),
        Answer::Boolean(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_)
        | Answer::Quantity(_) => alone(words, language, answer),
    }
}

/// An answer in words where its question is not at hand: a number stands without its scale or unit.
pub fn alone(words: &Words, language: &str, answer: &Answer) -> String {
    match answer {
        Answer::Boolean(yes) => words.say(if *yes { Word::ItemYes } else { Word::ItemNo }).to_owned(),
        Answer::Integer(number) => number.to_string(),
        Answer::Decimal(number) => number.as_str().to_owned(),
        Answer::Date(text) | Answer::DateTime(text) | Answer::Time(text) => moment(text, language),
        Answer::Text(text) | Answer::Url(text) => text.to_string(),
        Answer::Coding(coding) => coding_words(coding, language),
        Answer::Quantity(quantity) => match quantity.unit.as_ref().or(quantity.code.as_ref()) {
            Some(unit) => [quantity.value.as_str(), " ", unit].concat(),
            None => quantity.value.as_str().to_owned(),
        },
    }
}

fn coding_words(coding: &Coding, language: &str) -> String {
    match (&coding.display, &coding.code) {
        (Some(display), _) => display.in_language(language).0.to_owned(),
        (None, Some(code)) => code.to_string(),
        (None, None) => String::new(),
    }
}

fn with_unit(words: &Words, language: &str, item: &Item, number: String) -> String {
    let (ItemKind::Integer(rule) | ItemKind::Decimal(rule)) = &item.kind else { return number };
    if let (Some(scale), Some(most)) = (&rule.scale, &rule.most) {
        let most = most.as_str();
        // Zero where the reader has found no other least: a scale has both limits.
        let least = rule.least.as_ref().map_or("0", |least| least.as_str());
        return match (&scale.lower, &scale.upper) {
            (Some(lower), Some(upper)) => {
                let (lower, upper) = (lower.in_language(language).0, upper.in_language(language).0);
                let values = [
                    ("answer", &*number),
                    ("least", least),
                    ("most", most),
                    ("lower", lower),
                    ("upper", upper),
                ];
                words.fill(Word::ItemOutOfWhere, &values)
            }
            _ => words.fill(Word::ItemOutOf, &[("answer", &number), ("most", most)]),
        };
    }
    match &rule.unit {
        Some(unit) => [&number, " ", unit.in_language(language).0].concat(),
        None => number,
    }
}

/// A FHIR date, date and time, or time, written for people by the browser: "27 March 2026". What the browser
/// cannot read is given as it stands.
fn moment(text: &str, language: &str) -> String {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (Some(date), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let date = date.map(|date| written(date, language));
    let time = time.map(|time| time.get(..5).unwrap_or(time).to_owned());
    match (date, time) {
        (Some(date), Some(time)) => [&date, ", ", &time].concat(),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => text.to_owned(),
    }
}

#[cfg(target_arch = "wasm32")]
fn written(date: &str, language: &str) -> String {
    let moment = js_sys::Date::new(&date.into());
    if moment.get_time().is_nan() {
        return date.to_owned();
    }
    let options = js_sys::Object::new();
    let parts = date.split('-').count();
    // The date stands for a day, not for an instant: read and write it in the same zone.
    for (key, value) in [("timeZone", "UTC"), ("year", "numeric"), ("month", "long"), ("day", "numeric")]
        .into_iter()
        .take(1 + parts)
    {
        // Setting a plain property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    moment.to_locale_date_string(language, &options).into()
}

#[cfg(not(target_arch = "wasm32"))]
fn written(date: &str, _language: &str) -> String {
    date.to_owned()
}
