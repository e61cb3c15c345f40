//! Controls that belong together under one legend.

use super::Example;
use super::label::{Label, Size};
use crate::ui::markup::{El, Kid, el};

/// A group of controls.
pub fn fieldset(legend: Label, kids: Vec<Kid>) -> El {
    el("fieldset").class("nhsuk-fieldset").kid(legend.legend()).kids(kids)
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![
        ("heading", fieldset(Label::heading("Where do you live?", 2, Size::L), vec![])),
        ("plain", fieldset(Label::new("Where do you live?"), vec![])),
    ]
}
