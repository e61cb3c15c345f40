//! The confirmation at the end.

use super::Example;
use super::label::heading_tag;
use crate::ui::markup::{El, Kid, Str, el};

/// A confirmation. `level` is the heading's level, 1 to 6.
pub fn panel(title: impl Into<Str>, level: u8, kids: Vec<Kid>) -> El {
    let panel =
        el("div").class("nhsuk-panel").kid(el(heading_tag(level)).class("nhsuk-panel__heading").text(title));
    if kids.is_empty() { panel } else { panel.kid(el("div").class("nhsuk-panel__body").kids(kids)) }
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![("plain", panel("Sent", 2, vec!["Your link worker has your answers.".into()]))]
}
