//! The resource itself: its name, title and status, and the reading of everything under it.

use super::super::refusal::{Note, Reason, Refusal, Remark};
use super::super::wire::{Element, Findings, Object, Where};
use super::item::Reader;
use super::value_sets::{AtHand, ValueSets};
use super::{conditions, elements, extensions, limits, score, walk, words};
use crate::domain::ids::InstrumentId;
use crate::domain::instrument::Instrument;
use crate::domain::text::Text;
use serde_json::Value;

/// Everything there is to say about a questionnaire.
#[derive(Debug)]
pub struct Survey {
    /// What we can show; `None` if it is refused.
    pub instrument: Option<Instrument>,
    /// Why it is refused.
    pub refusals: Vec<Refusal>,
    /// What is ignored, shown differently or not computed.
    pub notes: Vec<Note>,
    /// How many items it has, helps and units included.
    pub items: usize,
}

/// Reads a questionnaire and tells everything found, whether or not it is refused.
pub fn survey(json: &str, supplied: &ValueSets) -> Survey {
    let mut found = Findings::default();
    let value = parse(json, &mut found);
    match value.as_ref().and_then(|value| Element::of(value, &Where::ROOT, &mut found)) {
        Some(element) => resource(element, supplied, found),
        None => Survey { instrument: None, refusals: found.refusals, notes: found.notes, items: 0 },
    }
}

fn parse(json: &str, found: &mut Findings) -> Option<Value> {
    if json.len() > limits::BYTES {
        found.refuse(&Where::ROOT, Reason::TooLarge, &json.len().to_string());
        return None;
    }
    // A byte order mark is no part of JSON, but editors leave one.
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    match serde_json::from_str(json) {
        Ok(value) => Some(value),
        Err(error) => {
            // serde_json refuses nesting beyond 128, so that no depth of brackets can exhaust the stack.
            found.refuse(&Where::ROOT, Reason::NotJson, &error.to_string());
            None
        }
    }
}

fn resource(element: Element, supplied: &ValueSets, mut found: Findings) -> Survey {
    match element.get("resourceType").and_then(Value::as_str) {
        Some("Questionnaire") => (),
        other => {
            let what = other.unwrap_or("without a resourceType");
            found.refuse(element.at, Reason::NotAQuestionnaire, what);
            return Survey { instrument: None, refusals: found.refusals, notes: found.notes, items: 0 };
        }
    }
    elements::check(element, elements::RESOURCE, &mut found);
    walk::walk(element.map, element.at, &mut found);
    let head = head(element, &mut found);
    let contained = element.list("contained", &mut found);
    let mut reader = Reader::new(AtHand::new(contained, supplied));
    reader.found = found;
    let roots = reader.children(element, None, 1);
    if reader.items.is_empty() && reader.found.refusals.is_empty() {
        reader.found.refuse(element.at, Reason::NothingToAsk, "");
    }
    conditions::resolve(&mut reader.items, &reader.named, &reader.pending, &mut reader.found);
    score::resolve(&mut reader.items, &reader.named, &reader.scores, &mut reader.found);
    let Reader { items, found, count, .. } = reader;
    let instrument =
        found.refusals.is_empty().then(|| Instrument { items: items.into(), roots: roots.into(), ..head });
    Survey { instrument, refusals: found.refusals, notes: found.notes, items: count }
}

/// Everything but the items.
fn head(element: Element, found: &mut Findings) -> Instrument {
    if let Some(rules) = element.text("implicitRules", found) {
        found.refuse(&element.at.field("implicitRules"), Reason::ImplicitRules, rules);
    }
    if extensions::our_flag(element, "pack-required", found) {
        let id = element.text("id", found).unwrap_or_default();
        found.refuse(element.at, Reason::NeedsPack, id);
    }
    match element.text("status", found) {
        Some("draft" | "active") => (),
        Some(status @ ("retired" | "unknown")) => {
            found.note(&element.at.field("status"), Remark::Retired, status)
        }
        Some(other) => found.note(&element.at.field("status"), Remark::Retired, other),
        None => found.note(&element.at.field("status"), Remark::Retired, "missing"),
    }
    let title = words::read(element, "title", found).or_else(|| words::read(element, "name", found));
    let part = |name, found: &mut Findings| element.text(name, found).map(Into::into);
    Instrument {
        id: name(element.map, element, found),
        title,
        description: words::read(element, "description", found),
        why: own_words(element, "why-we-ask", found),
        gives: own_words(element, "what-you-get", found),
        copyright: part("copyright", found),
        publisher: part("publisher", found),
        language: part("language", found),
        licence_open: extensions::our_flag(element, "licence-open", found),
        review_required: extensions::our_flag(element, "review-required", found),
        items: Box::default(),
        roots: Box::default(),
    }
}

/// Words of an extension of ours, with their translations.
fn own_words(element: Element, name: &str, found: &mut Findings) -> Option<Text> {
    let at = element.at.field("extension");
    words::read(Element { map: extensions::ours(element.map, name)?, at: &at }, "valueString", found)
}

/// The canonical url and version; where there is no url, a relative reference by id, or nothing.
fn name(map: &Object, element: Element, found: &mut Findings) -> InstrumentId {
    let version = element.text("version", found);
    if let Some(url) = element.text("url", found) {
        return InstrumentId::new(url, version);
    }
    let id = map.get("id").and_then(Value::as_str).filter(|id| !id.is_empty());
    let url = id.map(|id| ["Questionnaire/", id].concat()).unwrap_or_default();
    let named = if url.is_empty() { "not at all" } else { &url };
    found.note(element.at, Remark::NoUrl, named);
    InstrumentId::new(&url, version)
}
