//! Whether an answer is of its question's type, and the form in which it is.

use super::value::is_address;
use crate::domain::answer::{Answer, Coding};
use crate::domain::instrument::{ChoiceRule, ItemKind};

/// The answer in the form its question gives answers, or `None` if it is of another type. A choice that is not
/// open gives only its own options.
pub fn fit(kind: &ItemKind, answer: &Answer) -> Option<Answer> {
    match kind {
        ItemKind::Group(_) | ItemKind::Display(_) => None,
        ItemKind::Boolean => matches!(answer, Answer::Boolean(_)).then(|| answer.clone()),
        ItemKind::Decimal(_) => answer.number().map(Answer::Decimal),
        ItemKind::Integer(_) => matches!(answer, Answer::Integer(_)).then(|| answer.clone()),
        ItemKind::Date(_) => date(answer).map(Answer::Date),
        ItemKind::DateTime(_) => date_time(answer).map(Answer::DateTime),
        ItemKind::Time(_) => matches!(answer, Answer::Time(_)).then(|| answer.clone()),
        ItemKind::String(_) | ItemKind::Text(_) => matches!(answer, Answer::Text(_)).then(|| answer.clone()),
        ItemKind::Url(_) => url(answer).map(Answer::Url),
        ItemKind::Choice(rule) => choice(rule, answer),
        ItemKind::Quantity(_) => matches!(answer, Answer::Quantity(_)).then(|| answer.clone()),
    }
}

/// A date; a `dateTime` without a time is one.
pub fn date(answer: &Answer) -> Option<Box<str>> {
    match answer {
        Answer::Date(text) => Some(text.clone()),
        Answer::DateTime(text) if !text.contains('T') => Some(text.clone()),
        Answer::DateTime(_)
        | Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::Integer(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_)
        | Answer::Quantity(_) => None,
    }
}

/// A `dateTime`; every date is one.
pub fn date_time(answer: &Answer) -> Option<Box<str>> {
    match answer {
        Answer::DateTime(text) | Answer::Date(text) => Some(text.clone()),
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::Integer(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_)
        | Answer::Quantity(_) => None,
    }
}

/// An address; some forms give it as a string.
pub fn url(answer: &Answer) -> Option<Box<str>> {
    match answer {
        Answer::Url(text) | Answer::Text(text) => is_address(text).then(|| text.clone()),
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::Integer(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Coding(_)
        | Answer::Quantity(_) => None,
    }
}

fn choice(rule: &ChoiceRule, answer: &Answer) -> Option<Answer> {
    if let Some(option) = rule.options.iter().find(|option| option.value == *answer) {
        return Some(option.value.clone());
    }
    if let Answer::Coding(coding) = answer
        && let Some(option) = by_code(rule, coding)
    {
        return Some(option);
    }
    let own_words = matches!(answer, Answer::Text(_) | Answer::Coding(_));
    ((rule.options.is_empty() || rule.open) && own_words).then(|| answer.clone())
}

/// The one option with a coding's code, where the coding names no system.
pub fn by_code(rule: &ChoiceRule, coding: &Coding) -> Option<Answer> {
    if coding.system.is_some() || coding.code.is_none() {
        return None;
    }
    let mut same = rule
        .options
        .iter()
        .filter(|option| matches!(&option.value, Answer::Coding(other) if other.code == coding.code));
    match (same.next(), same.next()) {
        (Some(option), None) => Some(option.value.clone()),
        _ => None,
    }
}
