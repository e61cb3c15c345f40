//! Words with their translations, as FHIR carries them: beside each primitive, under its name with `_`.

use super::super::wire::{Element, Findings, Object};
use super::extensions;
use crate::domain::text::Text;
use serde_json::Value;

/// The text of an element with its translations.
pub fn read(element: Element, name: &str, found: &mut Findings) -> Option<Text> {
    let plain = element.text(name, found);
    let beside = beside(element.map, name);
    let translations = beside.map(translations).unwrap_or_default();
    Some(Text::translated(plain?, translations))
}

/// The object that carries the extensions of a primitive: `_text` beside `text`.
pub fn beside<'j>(map: &'j Object, name: &str) -> Option<&'j Object> {
    map.get(&["_", name].concat())?.as_object()
}

/// The translations on a primitive (`translation`: `lang`, `content`).
pub fn translations(beside: &Object) -> Vec<(Box<str>, Box<str>)> {
    let mut pairs = Vec::new();
    for translation in extensions::all(beside, "translation") {
        let language = part(translation, "lang", &["valueCode", "valueString"]);
        let words = part(translation, "content", &["valueString", "valueMarkdown"]);
        if let (Some(language), Some(words)) = (language, words) {
            pairs.push((language.into(), words.into()));
        }
    }
    pairs
}

/// A text in a complex extension's part.
fn part<'j>(extension: &'j Object, url: &str, values: &[&str]) -> Option<&'j str> {
    let parts = extension.get("extension")?.as_array()?;
    let part = parts.iter().find(|part| part.get("url").and_then(Value::as_str) == Some(url))?;
    values.iter().find_map(|value| part.get(value)?.as_str()).filter(|text| !text.is_empty())
}
