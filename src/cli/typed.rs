//! The answers of a QuestionnaireResponse as a person might type them in.

use crate::domain::answer::{Answer, Coding, Number, Quantity};
use crate::domain::instrument::{ChoiceRule, ItemKind};
use crate::domain::text::Text;
use serde_json::Value;

/// One answer to type in.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// An answer, chosen or given whole.
    Answer(Answer),
    /// Characters, to be read by the kind of question.
    Characters(String),
    /// No value: only items under it.
    Nothing,
    /// A value of a type no question here takes, by its name.
    Unknown(String),
}

/// The elements of `answer`, whether it is a list as it should be or a single one.
pub fn answers_in(item: &Value) -> Vec<&Value> {
    match item.get("answer") {
        Some(Value::Array(answers)) => answers.iter().collect(),
        Some(answer @ Value::Object(_)) => vec![answer],
        _ => Vec::new(),
    }
}

impl Typed {
    /// The value of an `answer` element.
    pub fn of(answer: &Value) -> Self {
        let Some(map) = answer.as_object() else { return Self::Nothing };
        let mut values = map.iter().filter(|(name, _)| name.starts_with("value"));
        let Some((name, value)) = values.next() else { return Self::Nothing };
        let text = || value.as_str().map(Box::from);
        let read = match name.as_str() {
            "valueBoolean" => value.as_bool().map(Answer::Boolean),
            "valueDecimal" => Number::parse(&value.to_string()).map(Answer::Decimal),
            "valueInteger" => value.to_string().parse().ok().map(Answer::Integer),
            "valueDate" => text().map(Answer::Date),
            "valueDateTime" => text().map(Answer::DateTime),
            "valueTime" => text().map(Answer::Time),
            "valueString" => text().map(Answer::Text),
            "valueUri" => text().map(Answer::Url),
            "valueCoding" => value.is_object().then(|| Answer::Coding(coding(value))),
            "valueQuantity" => quantity(value).map(Answer::Quantity),
            _ => None,
        };
        read.map_or_else(|| Self::Unknown(name.clone()), Self::Answer)
    }

    /// As it is given to a question of a kind: words in a box that takes something else are typed there
    /// character by character; so are words and numbers that are not of the type, as a person would.
    pub fn for_kind(self, kind: &ItemKind) -> Self {
        let typed = match (&self, kind) {
            (Self::Answer(Answer::Coding(coding)), ItemKind::Choice(rule)) => {
                return Self::Answer(chosen(rule, coding));
            }
            (
                Self::Answer(Answer::Text(words)),
                ItemKind::Decimal(_)
                | ItemKind::Integer(_)
                | ItemKind::Date(_)
                | ItemKind::DateTime(_)
                | ItemKind::Time(_)
                | ItemKind::Url(_)
                | ItemKind::Quantity(_),
            ) => words.to_string(),
            (Self::Answer(Answer::Decimal(number)), ItemKind::Integer(_) | ItemKind::Quantity(_)) => {
                number.as_str().to_owned()
            }
            (Self::Answer(Answer::Integer(number)), ItemKind::Quantity(_)) => number.to_string(),
            (Self::Answer(Answer::Date(date)), ItemKind::Date(_) | ItemKind::DateTime(_)) => date.to_string(),
            (Self::Answer(Answer::DateTime(moment)), ItemKind::DateTime(_)) => moment.to_string(),
            (Self::Answer(Answer::Time(time)), ItemKind::Time(_)) => time.to_string(),
            (Self::Answer(Answer::Url(url)), ItemKind::Url(_)) => url.to_string(),
            _ => return self,
        };
        Self::Characters(typed)
    }
}

/// The option a coding means. A person sees its words only, so a coding without a system or without a code
/// means the one option that has its code or its words.
fn chosen(rule: &ChoiceRule, coding: &Coding) -> Answer {
    let given = Answer::Coding(coding.clone());
    if rule.options.iter().any(|option| option.value == given) {
        return given;
    }
    let words = coding.display.as_ref().map(Text::as_str);
    let mut means = rule.options.iter().filter(|option| match (&option.value, &coding.code) {
        (Answer::Coding(option), Some(_)) => coding.system.is_none() && option.code == coding.code,
        (Answer::Coding(_), None) => coding.system.is_none() && words == Some(option.text.as_str()),
        _ => false,
    });
    match (means.next(), means.next()) {
        (Some(only), None) => only.value.clone(),
        _ => given,
    }
}

fn part(value: &Value, name: &str) -> Option<Box<str>> {
    value.get(name).and_then(Value::as_str).map(Into::into)
}

fn coding(value: &Value) -> Coding {
    Coding {
        system: part(value, "system"),
        version: part(value, "version"),
        code: part(value, "code"),
        display: part(value, "display").map(|display| Text::plain(&display)),
    }
}

fn quantity(value: &Value) -> Option<Quantity> {
    Some(Quantity {
        value: Number::parse(&value.get("value")?.to_string())?,
        unit: part(value, "unit"),
        system: part(value, "system"),
        code: part(value, "code"),
    })
}
