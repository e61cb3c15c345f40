//! What can be chosen: `answerOption`, or a value set.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{self, Element, Findings, KEEPS_NOTES, Object, Where};
use super::value_sets::AtHand;
use super::{extensions, limits, value, words};
use crate::domain::answer::{Answer, Number};
use crate::domain::instrument::Choice;
use crate::domain::picture::Picture;
use crate::domain::text::Text;
use serde_json::Value;
use std::rc::Rc;

/// What the options of a question came to.
pub enum Options {
    /// It names none.
    None,
    /// It names some that cannot be listed; the refusal is written down.
    Refused,
    /// Those it lists.
    Listed(Rc<[Choice]>),
}

/// The options of a question.
pub fn read<'j>(element: Element<'j, '_>, sets: &mut AtHand<'j>, found: &mut Findings) -> Options {
    let list = element.list("answerOption", found);
    let named = element.text("answerValueSet", found);
    if let Some(reference) = named {
        if !list.is_empty() {
            found.refuse(element.at, Reason::OptionsTwice, "");
            return Options::Refused;
        }
        let at = element.at.field("answerValueSet");
        return sets.options(reference, &at, found).map_or(Options::Refused, Options::Listed);
    }
    if list.is_empty() {
        return Options::None;
    }
    if list.len() > limits::OPTIONS {
        found.refuse(&element.at.field("answerOption"), Reason::TooManyOptions, &limits::OPTIONS.to_string());
        return Options::Refused;
    }
    let before = found.refusals.len();
    let mut choices = Vec::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        let at = element.at.nth("answerOption", index);
        if let Some(option) = Element::of(item, &at, found) {
            choices.extend(choice(option, found));
        }
    }
    if found.refusals.len() > before {
        return Options::Refused;
    }
    if !check_words(&mut choices, element.at, found) {
        return Options::Refused;
    }
    check_twice(&choices, element.at, found);
    Options::Listed(choices.into())
}

/// Whether there are options but none says anything: no words, no code.
pub fn are_empty(element: Element) -> bool {
    let list = element.get("answerOption").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let says_nothing = |option: &Value| match option.as_object() {
        Some(option) => {
            option.iter().filter(|(name, _)| name.starts_with("value")).all(|(_, value)| match value {
                Value::Object(coding) => !coding.contains_key("code") && !coding.contains_key("display"),
                Value::String(text) => text.is_empty(),
                _ => false,
            })
        }
        None => false,
    };
    !element.map.contains_key("answerValueSet") && list.iter().all(says_nothing)
}

/// The values chosen at the start (`initialSelected`).
pub fn selected(element: Element, choices: &[Choice]) -> Vec<Answer> {
    let list = element.get("answerOption").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let is_selected = |option: &Value| option.get("initialSelected") == Some(&Value::Bool(true));
    let pairs = list.iter().zip(choices).filter(|(option, _)| is_selected(option));
    pairs.map(|(_, choice)| choice.value.clone()).collect()
}

fn choice(option: Element, found: &mut Findings) -> Option<Choice> {
    option.flag("initialSelected", found);
    let Some(typed) = value::find(option.map, "value", option.at, found) else {
        found.refuse(option.at, Reason::OptionWithoutValue, "");
        return None;
    };
    match typed.kind {
        "Integer" | "Date" | "Time" | "String" | "Coding" => (),
        "Reference" => {
            found.refuse(option.at, Reason::OptionReference, "");
            return None;
        }
        other => {
            found.refuse(option.at, Reason::OptionsOnType, &["answerOption with value", other].concat());
            return None;
        }
    }
    let before = found.refusals.len();
    let Some(value) = value::read(typed, option.map, option.at, found) else {
        if found.refusals.len() == before {
            found.refuse(option.at, Reason::OptionWithoutValue, "");
        }
        return None;
    };
    let text = match &value {
        Answer::Coding(coding) => {
            if coding.code.is_none() && coding.display.is_none() {
                found.refuse(option.at, Reason::OptionWithoutWords, "");
            }
            coding.display.clone().unwrap_or_default()
        }
        Answer::Text(_) => words::read(option, typed.name, &mut Findings::default()).unwrap_or_default(),
        Answer::Integer(number) => with_translations(&number.to_string(), option.map, typed.name),
        Answer::Date(text) | Answer::Time(text) => with_translations(text, option.map, typed.name),
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::DateTime(_)
        | Answer::Url(_)
        | Answer::Quantity(_) => Text::default(),
    };
    let coding = typed.value.as_object();
    let extension = |name| {
        extensions::find(option.map, name).or_else(|| coding.and_then(|map| extensions::find(map, name)))
    };
    let label = extension("questionnaire-optionPrefix").or_else(|| extension("valueset-label"));
    let prefix = label.and_then(|extension| {
        let at = option.at.field("extension");
        words::read(Element { map: extension, at: &at }, "valueString", found)
    });
    let exclusive = extension("questionnaire-optionExclusive")
        .is_some_and(|extension| extension.get("valueBoolean") == Some(&Value::Bool(true)));
    let weight = weight(option.map).or_else(|| coding.and_then(weight));
    let picture = picture(option.map).or_else(|| coding.and_then(picture));
    Some(Choice { value, text, prefix, exclusive, weight, picture })
}

fn with_translations(text: &str, map: &Object, name: &str) -> Text {
    let pairs = words::beside(map, name).map(words::translations).unwrap_or_default();
    Text::translated(text, pairs)
}

/// The drawing that an option, coding or concept asks for, if it is one of ours.
pub fn picture(map: &Object) -> Option<Picture> {
    Picture::named(extensions::ours(map, "picture")?.get("valueCode")?.as_str()?)
}

/// The number for scores that an option, coding or concept carries.
pub fn weight(map: &Object) -> Option<Number> {
    let names = [
        "itemWeight",
        "ordinalValue",
        "questionnaire-ordinalValue",
        "iso21090-CO-value",
        "valueset-ordinalValue",
        "codesystem-ordinalValue",
    ];
    let extension = names.iter().find_map(|name| extensions::find(map, name))?;
    ["valueDecimal", "valueInteger"].iter().find_map(|name| wire::number(extension.get(*name)?))
}

/// Options without words are shown by their code; one without either is refused. Says whether all have words now.
pub fn check_words(choices: &mut [Choice], at: &Where, found: &mut Findings) -> bool {
    let mut all = true;
    for choice in choices.iter_mut().filter(|choice| choice.text.as_str().is_empty()) {
        if let Answer::Coding(coding) = &choice.value
            && let Some(code) = &coding.code
        {
            found.count(at, Remark::ShownByCode, code);
            choice.text = Text::plain(code);
        } else {
            found.refuse(at, Reason::OptionWithoutWords, "");
            all = false;
        }
    }
    all
}

/// Notes options that give the same answer.
pub fn check_twice(choices: &[Choice], at: &Where, found: &mut Findings) {
    if !KEEPS_NOTES {
        return;
    }
    let mut keys: Vec<(String, &Choice)> =
        choices.iter().map(|choice| (key(&choice.value), choice)).collect();
    keys.sort_by(|one, other| one.0.cmp(&other.0));
    for pair in keys.windows(2) {
        if let [one, other] = pair
            && one.0 == other.0
        {
            found.note(at, Remark::SameOptionTwice, one.1.text.as_str());
        }
    }
}

/// Equal for equal answers among the types an option can have.
pub fn key(answer: &Answer) -> String {
    match answer {
        Answer::Coding(coding) => match &coding.code {
            Some(code) => [coding.system.as_deref().unwrap_or_default(), "|", code].concat(),
            None => {
                let display = coding.display.as_ref().map(Text::as_str).unwrap_or_default();
                [coding.system.as_deref().unwrap_or_default(), "||", display].concat()
            }
        },
        Answer::Integer(number) => number.to_string(),
        Answer::Text(text)
        | Answer::Date(text)
        | Answer::DateTime(text)
        | Answer::Time(text)
        | Answer::Url(text) => text.to_string(),
        Answer::Boolean(yes) => yes.to_string(),
        Answer::Decimal(number) => number.as_str().to_owned(),
        Answer::Quantity(quantity) => quantity.value.as_str().to_owned(),
    }
}
