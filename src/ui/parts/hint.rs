//! Help of a line or two that stands between a question and its control.

use super::Example;
use crate::ui::markup::{El, Kid, el};

/// A hint with an id for `aria-describedby`.
pub fn hint(id: Option<String>, words: Vec<Kid>) -> El {
    el("div").class("nhsuk-hint").maybe("id", id).kids(words)
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![("plain", hint(None, vec!["You can choose more than one.".into()]))]
}
