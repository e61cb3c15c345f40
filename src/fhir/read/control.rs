//! How an item asks to be drawn (`questionnaire-itemControl`), and how it is.

use super::super::refusal::Remark;
use super::super::wire::{Findings, KEEPS_NOTES, Object, Where};
use super::extensions::{self, Treatment, shown};
use crate::domain::instrument::{ChoiceLook, GroupLook};
use serde_json::Value;

/// A control we know.
pub struct Known {
    /// Its code.
    pub code: &'static str,
    /// The items it is for.
    pub items: &'static str,
    /// What becomes of it.
    pub treatment: Treatment,
    /// How it is drawn, for the support table.
    pub about: &'static str,
}

const fn known(code: &'static str, items: &'static str, treatment: Treatment, about: &'static str) -> Known {
    Known { code, items, treatment, about: shown(about) }
}

use Treatment::{Differently, Supported};

/// Every control we know, in the order of the support table.
pub const KNOWN: &[Known] = &[
    known("radio-button", "choice, boolean", Supported, "radio buttons"),
    known(
        "check-box",
        "choice",
        Supported,
        "checkboxes where several answers may be given, else radio buttons",
    ),
    known("drop-down", "choice", Supported, "a drop-down list"),
    known("autocomplete", "choice", Supported, "a box that narrows the list as one types"),
    known("lookup", "choice", Supported, "as autocomplete"),
    known(
        "slider",
        "integer",
        Supported,
        "a row of big buttons, where both ends are given and at most 100 steps apart; else a number box",
    ),
    known("spinner", "integer, decimal, quantity", Supported, "a number box"),
    known("text-box", "string, text", Supported, "a box for words"),
    known("text-area", "string, text", Supported, "a box for several lines"),
    known("page", "group", Supported, "its items share one page"),
    known("header", "group, display", Supported, "before everything else"),
    known("footer", "group, display", Supported, "after everything else"),
    known("gtable", "group", Differently, "a list that fits a phone"),
    known("htable", "group", Differently, "a list that fits a phone"),
    known("table", "group", Differently, "a list that fits a phone"),
    known("atable", "group", Differently, "a list that fits a phone"),
    known("grid", "group", Differently, "a list that fits a phone"),
    known("list", "group", Supported, "questions one below the other"),
    known("tab-container", "group", Differently, "headings, one below the other"),
    known("help", "display", Supported, "folded away beside its question (\"explain this\")"),
    known("flyover", "display", Differently, "as help"),
    known("legal", "display", Differently, "ordinary words"),
    known("inline", "display", Supported, "ordinary words"),
    known("prompt", "display", Differently, "as help"),
    known("unit", "display", Supported, "the unit after a number; elsewhere ordinary words"),
    known("lower", "display", Supported, "words at the low end of a scale; elsewhere ordinary words"),
    known("upper", "display", Supported, "words at the high end of a scale; elsewhere ordinary words"),
];

/// The codes of an item's control.
pub fn of(map: &Object) -> Vec<&str> {
    let mut codes = Vec::new();
    for extension in extensions::all(map, "questionnaire-itemControl") {
        let Some(concept) = extension.get("valueCodeableConcept") else { continue };
        let codings = concept.get("coding").and_then(Value::as_array).into_iter().flatten();
        let before = codes.len();
        codes.extend(codings.filter_map(|coding| coding.get("code").and_then(Value::as_str)));
        if codes.len() == before {
            codes.extend(concept.get("text").and_then(Value::as_str));
        }
    }
    codes
}

/// Notes the controls we do not know, and those that are for other items than this.
pub fn check(controls: &[&str], item_type: &str, at: &Where, found: &mut Findings) {
    if !KEEPS_NOTES {
        return;
    }
    for code in controls {
        match KNOWN.iter().find(|known| known.code == *code) {
            None => found.note(at, Remark::ControlOther, code),
            Some(known) => {
                let kind = if item_type == "open-choice" { "choice" } else { item_type };
                let fits = known.items.split(", ").any(|item| item == kind);
                if !fits {
                    found.note(at, Remark::ControlMisplaced, code);
                }
            }
        }
    }
}

/// How a group is drawn.
pub fn group(controls: &[&str], at: &Where, found: &mut Findings) -> GroupLook {
    for code in controls {
        match *code {
            "page" => return GroupLook::Page,
            "header" => return GroupLook::Header,
            "footer" => return GroupLook::Footer,
            "gtable" | "htable" | "table" | "atable" | "grid" => {
                found.note(at, Remark::TableAsList, code);
                return GroupLook::Table;
            }
            "tab-container" => found.note(at, Remark::TabsAsHeadings, ""),
            _ => (),
        }
    }
    GroupLook::Plain
}

/// How a list is drawn, if the item says.
pub fn choice(controls: &[&str], repeats: bool, at: &Where, found: &mut Findings) -> Option<ChoiceLook> {
    controls.iter().find_map(|code| match *code {
        "drop-down" => Some(ChoiceLook::DropDown),
        "autocomplete" | "lookup" => Some(ChoiceLook::Search),
        "check-box" => {
            if !repeats {
                found.note(at, Remark::CheckBoxesForOne, "");
            }
            Some(ChoiceLook::Buttons)
        }
        "radio-button" => Some(ChoiceLook::Buttons),
        _ => None,
    })
}
