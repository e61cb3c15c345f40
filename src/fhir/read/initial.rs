//! What is already filled in at the start: `initial[x]` and `initialSelected`.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{Element, Findings};
use super::{fit, limits, options, value};
use crate::domain::answer::Answer;
use crate::domain::instrument::ItemKind;
use crate::domain::text::Text;

/// The answers an item starts with.
pub fn read(
    element: Element,
    kind: &ItemKind,
    repeats: bool,
    fixed: bool,
    found: &mut Findings,
) -> Vec<Answer> {
    let list = element.list("initial", found);
    let mut answers = Vec::new();
    match kind {
        ItemKind::Group(_) | ItemKind::Display(_) => {
            if !list.is_empty() {
                let what = "groups and words have no initial value (que-8)";
                found.note(&element.at.field("initial"), Remark::RuleIgnored, what);
            }
            return answers;
        }
        ItemKind::Choice(rule) => {
            answers = options::selected(element, &rule.options);
            if !list.is_empty() && element.map.contains_key("answerOption") {
                found.note(&element.at.field("initial"), Remark::InitialWithOptions, "");
            }
        }
        ItemKind::Boolean
        | ItemKind::Decimal(_)
        | ItemKind::Integer(_)
        | ItemKind::Date(_)
        | ItemKind::DateTime(_)
        | ItemKind::Time(_)
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Url(_)
        | ItemKind::Quantity(_) => (),
    }
    if list.len() > limits::OPTIONS {
        found.refuse(&element.at.field("initial"), Reason::TooManyInitial, &list.len().to_string());
        return answers;
    }
    for (index, entry) in list.iter().enumerate() {
        let at = element.at.nth("initial", index);
        if let Some(initial) = Element::of(entry, &at, found)
            && let Some(answer) = one(initial, kind, fixed, found)
            && !(matches!(kind, ItemKind::Choice(_)) && answers.contains(&answer))
        {
            answers.push(answer);
        }
    }
    if answers.len() > 1 && !repeats {
        found.refuse(&element.at.field("initial"), Reason::TooManyInitial, &answers.len().to_string());
    }
    answers
}

fn one(initial: Element, kind: &ItemKind, fixed: bool, found: &mut Findings) -> Option<Answer> {
    let Some(typed) = value::find(initial.map, "value", initial.at, found) else {
        // A value that only an extension gives (`_valueDate` with cqf-expression) is noted as an expression.
        if !initial.map.keys().any(|name| name.starts_with("_value")) {
            found.refuse(initial.at, Reason::Missing, "value[x]");
        }
        return None;
    };
    let before = found.refusals.len();
    let Some(answer) = value::read(typed, initial.map, initial.at, found) else {
        if found.refusals.len() == before {
            match typed.kind {
                // An empty text is no text.
                "String" | "Uri" => (),
                "Quantity" => found.note(initial.at, Remark::AmountWithoutNumber, ""),
                other => found.refuse(initial.at, Reason::InitialType, other),
            }
        }
        return None;
    };
    if let Some(answer) = fit::fit(kind, &answer) {
        return Some(answer);
    }
    match kind {
        ItemKind::Choice(rule) if rule.options.iter().any(|option| same_type(&option.value, &answer)) => {
            let words = spoken(&answer);
            if fixed {
                found.refuse(initial.at, Reason::InitialNotAnOption, &words);
            } else {
                found.note(initial.at, Remark::InitialDropped, &words);
            }
        }
        ItemKind::Choice(_)
        | ItemKind::Group(_)
        | ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::Decimal(_)
        | ItemKind::Integer(_)
        | ItemKind::Date(_)
        | ItemKind::DateTime(_)
        | ItemKind::Time(_)
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Url(_)
        | ItemKind::Quantity(_) => found.refuse(initial.at, Reason::InitialType, typed.kind),
    }
    None
}

fn same_type(one: &Answer, other: &Answer) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// An answer in a few words, for reports.
pub fn spoken(answer: &Answer) -> String {
    match answer {
        Answer::Boolean(yes) => yes.to_string(),
        Answer::Decimal(number) => number.as_str().to_owned(),
        Answer::Integer(number) => number.to_string(),
        Answer::Date(text)
        | Answer::DateTime(text)
        | Answer::Time(text)
        | Answer::Text(text)
        | Answer::Url(text) => text.to_string(),
        Answer::Coding(coding) => {
            let display = coding.display.as_ref().map(Text::as_str);
            coding.code.as_deref().or(display).unwrap_or_default().to_owned()
        }
        Answer::Quantity(quantity) => {
            let unit = quantity.unit.as_deref().or(quantity.code.as_deref()).unwrap_or_default();
            [quantity.value.as_str(), " ", unit].concat()
        }
    }
}
