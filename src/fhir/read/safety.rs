//! Our extension `safety-rule`: which answers of a question are met at once with where to get help.
//!
//! ```json
//! { "url": "https://what-matters.example/fhir/StructureDefinition/safety-rule",
//!   "extension": [{ "url": "trigger", "valueCoding": { "system": "http://loinc.org", "code": "LA6569-3" } }] }
//! ```

use super::super::refusal::Reason;
use super::super::wire::{Element, Findings};
use super::{extensions, value};
use crate::domain::instrument::ItemKind;
use crate::domain::safety::SafetyRule;

/// The rule of an item. A part that cannot be kept refuses the questionnaire: a rule half kept is none.
pub fn read(element: Element, kind: &ItemKind, found: &mut Findings) -> Option<Box<SafetyRule>> {
    let extensions = extensions::all_ours(element.map, "safety-rule");
    let [extension] = extensions[..] else {
        if !extensions.is_empty() {
            found.refuse(element.at, Reason::RuleMisplaced, "safety-rule");
        }
        return None;
    };
    let at = element.at.field("extension");
    let ItemKind::Choice(rule) = kind else {
        found.refuse(&at, Reason::SafetyRuleBroken, "its question is not a choice");
        return None;
    };
    let before = found.refusals.len();
    let mut triggers = Vec::new();
    for (index, part) in (Element { map: extension, at: &at }).list("extension", found).iter().enumerate() {
        let at = at.nth("extension", index);
        let Some(part) = Element::of(part, &at, found) else { continue };
        if part.text("url", found) != Some("trigger") {
            found.refuse(&at, Reason::SafetyRuleBroken, "it has a part that is not a trigger");
            continue;
        }
        match value::find(part.map, "value", &at, found)
            .and_then(|typed| value::read(typed, part.map, &at, found))
        {
            Some(answer) if rule.options.iter().any(|option| option.value == answer) => {
                triggers.push(answer);
            }
            _ => found.refuse(&at, Reason::SafetyRuleBroken, "a trigger is not one of the options"),
        }
    }
    if triggers.is_empty() && found.refusals.len() == before {
        found.refuse(&at, Reason::SafetyRuleBroken, "it names no answer");
    }
    (!triggers.is_empty()).then(|| Box::new(SafetyRule { triggers: triggers.into() }))
}
