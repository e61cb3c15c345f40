//! The item types of FHIR R4, and what becomes of each.

use super::extensions::{Treatment, shown};

/// An item type we know.
pub struct Known {
    /// Its code.
    pub code: &'static str,
    /// What becomes of it.
    pub treatment: Treatment,
    /// How it is asked, for the support table.
    pub about: &'static str,
}

const fn known(code: &'static str, treatment: Treatment, about: &'static str) -> Known {
    Known { code, treatment, about: shown(about) }
}

use Treatment::{Refused, Supported};

/// Every item type of R4 (code system `item-type`), in the order of the support table.
pub const KNOWN: &[Known] = &[
    known("group", Supported, "a heading with its items below; may repeat"),
    known("display", Supported, "words"),
    known("boolean", Supported, "yes or no"),
    known("decimal", Supported, "a number box; the digits typed are kept"),
    known("integer", Supported, "a number box, or a row of buttons with the control `slider`"),
    known("date", Supported, "day, month and year"),
    known("dateTime", Supported, "a date and a time"),
    known("time", Supported, "hours and minutes"),
    known("string", Supported, "one line of words"),
    known("text", Supported, "several lines of words"),
    known("url", Supported, "an address"),
    known("choice", Supported, "radio buttons, checkboxes, a drop-down list or a searched list"),
    known(
        "open-choice",
        Supported,
        "as choice, with a box for one's own answer; without options, a box for words",
    ),
    known("quantity", Supported, "a number and its unit"),
    known("question", Refused, "an abstract code of R4, for no item"),
    known("attachment", Refused, "files and pictures are not taken"),
    known("reference", Refused, "other resources cannot be searched"),
];
