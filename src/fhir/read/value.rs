//! FHIR's `value[x]`: one value under a name that says its type.

use super::super::refusal::Reason;
use super::super::wire::{self, Element, Findings, Object, Where};
use super::{moment, words};
use crate::domain::answer::{Answer, Coding, Quantity};
use serde_json::Value;

/// A value found under a name such as `valueCoding`.
#[derive(Clone, Copy)]
pub struct Typed<'j> {
    /// The whole name, `valueCoding`.
    pub name: &'j str,
    /// The type in the name, `Coding`.
    pub kind: &'j str,
    /// The value.
    pub value: &'j Value,
}

/// The one value under names that start with a prefix (`value`, `answer`, `initial`). More than one is refused.
pub fn find<'j>(map: &'j Object, prefix: &str, at: &Where, found: &mut Findings) -> Option<Typed<'j>> {
    let mut values = map.iter().filter_map(|(name, value)| {
        let kind = name.strip_prefix(prefix)?;
        kind.starts_with(|first: char| first.is_ascii_uppercase()).then_some(Typed { name, kind, value })
    });
    let first = values.next()?;
    if let Some(second) = values.next() {
        found.refuse(at, Reason::SeveralValues, &[first.name, ", ", second.name].concat());
    }
    Some(first)
}

/// The value as an answer; a refusal if it is not well formed. `None` without a refusal for types that are no
/// answers here (`Reference`, `Attachment` and those R4 does not have).
pub fn read(typed: Typed, map: &Object, at: &Where, found: &mut Findings) -> Option<Answer> {
    let place = at.field(typed.name);
    let element = Element { map, at };
    let name = typed.name;
    match typed.kind {
        "Boolean" => element.flag(name, found).map(Answer::Boolean),
        "Integer" => element.whole(name, found).map(Answer::Integer),
        "Decimal" => element.number(name, found).map(Answer::Decimal),
        "String" => {
            let text = element.text(name, found).filter(|text| !text.trim().is_empty());
            text.map(|text| Answer::Text(text.into()))
        }
        "Uri" => checked(element, name, is_address, "an address", found).map(Answer::Url),
        "Date" => checked(element, name, moment::is_date, "a date", found).map(Answer::Date),
        "DateTime" => {
            checked(element, name, moment::is_date_time, "a date and time", found).map(Answer::DateTime)
        }
        "Time" => checked(element, name, moment::is_time, "a time (hh:mm:ss)", found).map(Answer::Time),
        "Coding" => Some(Answer::Coding(coding(Element::of(typed.value, &place, found)?, found))),
        "Quantity" => quantity(Element::of(typed.value, &place, found)?, found).map(Answer::Quantity),
        _ => None,
    }
}

/// FHIR's `uri` has no white space; an address has a dot or a colon besides.
pub fn is_address(text: &str) -> bool {
    text.contains(['.', ':'])
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

fn checked(
    element: Element,
    name: &str,
    is_right: fn(&str) -> bool,
    what: &str,
    found: &mut Findings,
) -> Option<Box<str>> {
    let text = element.text(name, found)?;
    if is_right(text) {
        return Some(text.into());
    }
    found.refuse(&element.at.field(name), Reason::BadValue, what);
    None
}

/// A coding with its display's translations.
pub fn coding(element: Element, found: &mut Findings) -> Coding {
    let part = |name, found: &mut Findings| element.text(name, found).map(Into::into);
    Coding {
        system: part("system", found),
        version: part("version", found),
        code: part("code", found),
        display: words::read(element, "display", found),
    }
}

/// A quantity; one without a number is no answer.
pub fn quantity(element: Element, found: &mut Findings) -> Option<Quantity> {
    if element.map.contains_key("comparator") {
        found.refuse(
            &element.at.field("comparator"),
            Reason::BadValue,
            "an exact amount: it has a comparator",
        );
        return None;
    }
    let value = element.number("value", found)?;
    let part = |name, found: &mut Findings| element.text(name, found).map(Into::into);
    Some(Quantity {
        value,
        unit: part("unit", found),
        system: part("system", found),
        code: part("code", found),
    })
}

/// A whole number in an extension's value, whichever whole type it was given as.
pub fn whole_of(extension: &Object) -> Option<i32> {
    let names = ["valueInteger", "valuePositiveInt", "valueUnsignedInt", "valueDecimal"];
    names.iter().find_map(|name| wire::whole(extension.get(*name)?))
}
