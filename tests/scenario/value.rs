//! Values as scenarios write them: `yes`, `3`, `2026-01-31`, `code`, `"own words"`, `72 kg`.

use serde_json::{Value, json};
use what_matters::domain::answer::{Answer, Coding, Number, Quantity};
use what_matters::domain::instrument::{Item, ItemKind};

pub const SYSTEM: &str = "urn:test:codes";
pub const UNITS: &str = "http://unitsofmeasure.org";

/// FHIR's type name and JSON for a value of an item type. `options` says what kind of options a choice has.
pub fn fhir(kind: &str, options: &str, text: &str) -> (&'static str, Value) {
    let number = || serde_json::from_str::<Value>(text).unwrap_or_else(|_| panic!("{text} is not a number"));
    match kind {
        "boolean" => ("Boolean", json!(text == "yes")),
        "integer" => ("Integer", number()),
        "decimal" => ("Decimal", number()),
        "date" => ("Date", json!(text)),
        "dateTime" => ("DateTime", json!(text)),
        "time" => ("Time", json!(text)),
        "url" => ("Uri", json!(text)),
        "choice" | "open-choice" => match options {
            _ if text.starts_with('"') => ("String", json!(text.trim_matches('"'))),
            "strings" => ("String", json!(text)),
            "integers" => ("Integer", number()),
            "dates" => ("Date", json!(text)),
            "times" => ("Time", json!(text)),
            _ => match text.split_once('/') {
                Some((system, code)) => ("Coding", json!({"system": system, "code": code, "display": code})),
                None => ("Coding", json!({"system": SYSTEM, "code": text, "display": text})),
            },
        },
        "quantity" => ("Quantity", quantity(text)),
        _ => ("String", json!(text)),
    }
}

fn quantity(text: &str) -> Value {
    let (value, unit) = text.split_once(' ').unwrap_or((text, ""));
    let value: Value = serde_json::from_str(value).unwrap_or_else(|_| panic!("{value} is not a number"));
    match unit {
        "" => json!({"value": value}),
        words if words.starts_with('"') => json!({"value": value, "unit": words.trim_matches('"')}),
        code => json!({"value": value, "unit": code, "system": UNITS, "code": code}),
    }
}

/// An answer to an item, as a scenario writes it.
pub fn answer(item: &Item, text: &str) -> Result<Answer, String> {
    let bad = || format!("{text} is no answer to {}", item.link_id);
    Ok(match &item.kind {
        ItemKind::Boolean => Answer::Boolean(match text {
            "yes" => true,
            "no" => false,
            _ => return Err(bad()),
        }),
        ItemKind::Integer(_) => Answer::Integer(text.parse().map_err(|_| bad())?),
        ItemKind::Decimal(_) => Answer::Decimal(Number::parse(text).ok_or_else(bad)?),
        ItemKind::Date(_) => Answer::Date(text.into()),
        ItemKind::DateTime(_) => Answer::DateTime(text.into()),
        ItemKind::Time(_) => Answer::Time(text.into()),
        ItemKind::Url(_) => Answer::Url(text.into()),
        ItemKind::Quantity(_) => {
            let json = quantity(text);
            let part = |name: &str| json[name].as_str().map(Box::from);
            let value = Number::parse(&json["value"].to_string()).ok_or_else(bad)?;
            Answer::Quantity(Quantity {
                value,
                unit: part("unit"),
                system: part("system"),
                code: part("code"),
            })
        }
        ItemKind::Choice(rule) => {
            if let Some(option) = rule.options.iter().find(|option| spoken(&option.value) == text) {
                option.value.clone()
            } else if text.starts_with('"') {
                Answer::Text(text.trim_matches('"').into())
            } else {
                let (system, code) = text.split_once('/').unwrap_or((SYSTEM, text));
                Answer::Coding(Coding {
                    system: Some(system.into()),
                    code: Some(code.into()),
                    version: None,
                    display: None,
                })
            }
        }
        ItemKind::Group(_) | ItemKind::Display(_) | ItemKind::String(_) | ItemKind::Text(_) => {
            Answer::Text(text.into())
        }
    })
}

/// An answer as a scenario would write it.
pub fn spoken(answer: &Answer) -> String {
    match answer {
        Answer::Boolean(value) => if *value { "yes" } else { "no" }.to_owned(),
        Answer::Decimal(value) => value.as_str().to_owned(),
        Answer::Integer(value) => value.to_string(),
        Answer::Date(text)
        | Answer::DateTime(text)
        | Answer::Time(text)
        | Answer::Text(text)
        | Answer::Url(text) => text.to_string(),
        Answer::Coding(coding) => coding.code.as_deref().unwrap_or_default().to_owned(),
        Answer::Quantity(quantity) => with_unit(quantity.value.as_str(), quantity.unit.as_deref()),
    }
}

/// A value in a response as a scenario would write it; `None` for an answer without a value.
pub fn spoken_json(answer: &Value) -> Option<String> {
    let (name, value) = answer.as_object()?.iter().find(|(key, _)| key.starts_with("value"))?;
    Some(match name.as_str() {
        "valueBoolean" => if value == &json!(true) { "yes" } else { "no" }.to_owned(),
        "valueCoding" => value["code"].as_str().unwrap_or_default().to_owned(),
        "valueQuantity" => with_unit(&value["value"].to_string(), value["unit"].as_str()),
        _ => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    })
}

fn with_unit(value: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| value.to_owned(), |unit| format!("{value} {unit}"))
}
