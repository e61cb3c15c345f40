//! Words with their translations, as FHIR carries them: beside each primitive, under its name with `_`.

use super::super::wire::{Element, Findings, Object};
use super::{extensions, xhtml};
use crate::domain::prose::{self, Block, Span};
use crate::domain::text::Text;
use serde_json::Value;

/// The text of an element with its translations and its shape. Where only a shape is given, its words are the text.
pub fn read(element: Element, name: &str, found: &mut Findings) -> Option<Text> {
    let plain = element.text(name, found);
    match beside(element.map, name) {
        None => plain.map(Text::plain),
        Some(beside) => with_more(plain, beside),
    }
}

#[inline(never)] // not needed for the first question
fn with_more(plain: Option<&str>, beside: &Object) -> Option<Text> {
    let shape = shape(beside);
    let plain =
        plain.map(str::to_owned).or_else(|| Some(prose::plain(&shape)).filter(|words| !words.is_empty()))?;
    let text = Text::translated(&plain, translations(beside));
    let says_more = !matches!(shape.as_slice(), [Block::Paragraph(spans)]
        if matches!(spans.as_slice(), [Span::Plain(words)] if words.trim() == plain.trim()));
    Some(if says_more { text.shaped(shape) } else { text })
}

fn shape(beside: &Object) -> Vec<Block> {
    let words = |name: &str, value: &str| extensions::find(beside, name)?.get(value)?.as_str();
    let markdown =
        words("rendering-markdown", "valueMarkdown").or_else(|| words("rendering-markdown", "valueString"));
    if let Some(markdown) = markdown {
        return prose::markdown(markdown);
    }
    words("rendering-xhtml", "valueString").map(xhtml::read).unwrap_or_default()
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
