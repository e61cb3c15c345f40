//! A walk over the whole resource that finds every extension that is not simply supported.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{Findings, KEEPS_NOTES, Object, Where};
use super::extensions::{KNOWN, OURS, OWN, RULES, Spot, Treatment, name_of, url_of};
use serde_json::Value;

const CALCULATED: &str = "sdc-questionnaire-calculatedExpression";

/// Walks a whole resource and reports every extension that is not simply supported: unknown ones counted,
/// modifier extensions refused, expressions noted.
pub fn walk(map: &Object, at: &Where, found: &mut Findings) {
    visit(map, at, Spot::Resource, found);
}

fn visit(map: &Object, at: &Where, spot: Spot, found: &mut Findings) {
    for (key, value) in map {
        match (key.as_str(), value) {
            ("extension", Value::Array(list)) => {
                let is_ours = |name| {
                    list.iter().any(|one| url_of(one).and_then(|url| url.strip_prefix(OURS)) == Some(name))
                };
                let scored = KEEPS_NOTES && is_ours("score-rule");
                for (index, extension) in list.iter().enumerate() {
                    let declared = scored && url_of(extension).and_then(name_of) == Some(CALCULATED);
                    // The same score for other renderers: ours is computed by the rule beside it.
                    if !declared {
                        judge(extension, &at.nth("extension", index), spot, found);
                    }
                }
            }
            ("modifierExtension", Value::Array(list)) => {
                for (index, extension) in list.iter().enumerate() {
                    let url = url_of(extension).unwrap_or("without a url");
                    if is_without_effect(url, extension) {
                        continue;
                    }
                    found.refuse(&at.nth("modifierExtension", index), Reason::ModifierExtension, url);
                }
            }
            ("modifierExtension", Value::Object(extension)) => {
                let url = extension.get("url").and_then(Value::as_str).unwrap_or("without a url");
                found.refuse(&at.field("modifierExtension"), Reason::ModifierExtension, url);
            }
            (_, Value::Object(inner)) => {
                visit(inner, &at.field(key), spot_of(key), found);
            }
            (_, Value::Array(list)) => {
                for (index, inner) in list.iter().enumerate() {
                    let Value::Object(inner) = inner else { continue };
                    if key == "contained" && !is_terminology(inner) {
                        continue;
                    }
                    let mut place = at.nth(key, index);
                    if key == "item" {
                        place = place.of_item(inner.get("linkId").and_then(Value::as_str));
                    }
                    visit(inner, &place, spot_of(key), found);
                }
            }
            _ => (),
        }
    }
}

/// The one modifier extension we understand says that colours and fonts carry meaning; where it says that they
/// do not, nothing is lost.
fn is_without_effect(url: &str, extension: &Value) -> bool {
    name_of(url) == Some("rendering-styleSensitive")
        && extension.get("valueBoolean") == Some(&Value::Bool(false))
}

fn is_terminology(resource: &Object) -> bool {
    matches!(resource.get("resourceType").and_then(Value::as_str), Some("ValueSet" | "CodeSystem"))
}

fn spot_of(key: &str) -> Spot {
    match key {
        "item" => Spot::Item,
        "answerOption" => Spot::Option,
        "concept" | "contains" => Spot::Concept,
        "valueCoding" | "answerCoding" | "coding" | "code" => Spot::Coding,
        _ if key.starts_with('_') => Spot::Words,
        _ => Spot::Elsewhere,
    }
}

fn judge(extension: &Value, at: &Where, spot: Spot, found: &mut Findings) {
    let Some(url) = url_of(extension) else {
        found.refuse(at, Reason::Missing, "url");
        return;
    };
    if let Some(reason) = refused(url) {
        found.refuse(at, reason, name_of(url).map_or(url, short));
    } else if let Some(name) = url.strip_prefix(OURS).filter(|name| is_misplaced(name, spot)) {
        found.refuse(at, Reason::RuleMisplaced, name);
    } else if KEEPS_NOTES {
        remark(url, at, spot, found);
    }
}

/// The extensions that refuse a questionnaire. Whoever defines it: an expression that decides what is asked is
/// never passed over.
fn refused(url: &str) -> Option<Reason> {
    match name_of(url) {
        Some("sdc-questionnaire-subQuestionnaire") => Some(Reason::NotAssembled),
        Some("sdc-questionnaire-questionnaireAdaptive") => Some(Reason::Adaptive),
        _ => url.ends_with("enableWhenExpression").then_some(Reason::EnableExpression),
    }
}

/// Whether a rule of ours stands where it would not be read.
fn is_misplaced(name: &str, spot: Spot) -> bool {
    RULES.iter().any(|known| known.name == name && !known.spots.contains(&spot))
}

fn remark(url: &str, at: &Where, spot: Spot, found: &mut Findings) {
    let (list, name) = match url.strip_prefix(OURS) {
        Some(own) if RULES.iter().any(|known| known.name == own) => (RULES, Some(own)),
        Some(own) => (OWN, Some(own)),
        None => (KNOWN, name_of(url)),
    };
    let Some(known) = name.and_then(|name| list.iter().find(|known| known.name == name)) else {
        found.count(at, Remark::UnknownExtension, url);
        return;
    };
    let name = short(known.name);
    if !known.spots.contains(&spot) {
        found.count(at, Remark::MisplacedExtension, name);
        return;
    }
    let between = if known.about.is_empty() { "" } else { ", " };
    let said = [name, between, known.about].concat();
    match known.treatment {
        Treatment::Supported | Treatment::Refused => (),
        Treatment::Differently => found.count(at, Remark::DifferentExtension, &said),
        Treatment::Ignored => found.count(at, Remark::IgnoredExtension, &said),
        Treatment::NotComputed => found.note(at, Remark::NotComputed, name),
    }
}

fn short(name: &str) -> &str {
    name.trim_start_matches("sdc-questionnaire-")
}
