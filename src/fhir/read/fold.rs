//! Words that belong to the item they stand under: helps, units, the words at the ends of a scale.

use super::super::refusal::Remark;
use super::super::wire::{Element, Findings, Where};
use super::item::is_true;
use super::{control, words};
use crate::domain::instrument::{Item, ItemKind, NumberRule};
use crate::domain::text::Text;
use serde_json::Value;

/// Controls of words that belong to the item they stand under.
const FOLDED: [&str; 6] = ["help", "flyover", "prompt", "unit", "lower", "upper"];

/// Folds helps, units and scale words into the item they stand under. Words with a condition of their own
/// stay words, since a folded one would always show.
pub fn fold(element: Element, controls: &[&str], parent: Option<&mut Item>, found: &mut Findings) -> bool {
    let Some(code) = controls.iter().find(|code| FOLDED.contains(code)) else { return false };
    let Some(parent) = parent else { return false };
    if is_true(element, "questionnaire-hidden") {
        return true;
    }
    if element.map.contains_key("item") {
        return false;
    }
    if element.map.contains_key("enableWhen") {
        found.note(element.at, Remark::HelpShown, "");
        return false;
    }
    let Some(text) = words::read(element, "text", found) else { return true };
    match (*code, number_rule(&mut parent.kind)) {
        ("unit", Some(rule)) if rule.unit.is_none() => rule.unit = Some(text),
        ("lower", Some(NumberRule { scale: Some(scale), .. })) => scale.lower = Some(text),
        ("upper", Some(NumberRule { scale: Some(scale), .. })) => scale.upper = Some(text),
        ("unit" | "lower" | "upper", _) => return false,
        _ => {
            let mut helps = std::mem::take(&mut parent.helps).into_vec();
            helps.push(text);
            parent.helps = helps.into();
        }
    }
    true
}

/// Norway's national forms write helps and words between questions as texts with such a control.
pub fn are_words(element: Element, code: &str, controls: &[&str]) -> bool {
    let blank = !element.map.contains_key("initial") && !element.map.contains_key("answerOption");
    let fixed = element.get("readOnly") == Some(&Value::Bool(true));
    let control = controls.iter().any(|code| match *code {
        "highlight" => true,
        "help" | "flyover" | "inline" => fixed,
        _ => false,
    });
    let below = element.get("item").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let words = below.iter().all(|item| item.get("type").and_then(Value::as_str) == Some("display"));
    matches!(code, "text" | "string") && blank && control && words
}

pub fn stand_as_words(item: &Value) -> bool {
    let Some(map) = item.as_object() else { return false };
    let code = item.get("type").and_then(Value::as_str).unwrap_or_default();
    code == "display" || are_words(Element { map, at: &Where::ROOT }, code, &control::of(map))
}

/// A question without words is asked by the words that would float over its box, as some renderers show them;
/// else by those of its code, else by its link id.
pub fn say_something(item: &mut Item, at: &Where, found: &mut Findings) {
    let mut helps = std::mem::take(&mut item.helps).into_vec();
    let code = item.codes.iter().find_map(|code| code.display.clone());
    item.text = match (helps.is_empty(), code) {
        (false, _) => {
            found.note(at, Remark::WordsElsewhere, "help or flyover");
            Some(helps.remove(0))
        }
        (true, Some(code)) => {
            found.note(at, Remark::WordsElsewhere, "code");
            Some(code)
        }
        (true, None) => {
            found.note(at, Remark::NoWords, "");
            Some(Text::plain(item.link_id.as_str()))
        }
    };
    item.helps = helps.into();
}

fn number_rule(kind: &mut ItemKind) -> Option<&mut NumberRule> {
    match kind {
        ItemKind::Decimal(rule) | ItemKind::Integer(rule) => Some(rule),
        ItemKind::Quantity(rule) => Some(&mut rule.number),
        ItemKind::Group(_)
        | ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::Date(_)
        | ItemKind::DateTime(_)
        | ItemKind::Time(_)
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Url(_)
        | ItemKind::Choice(_) => None,
    }
}
