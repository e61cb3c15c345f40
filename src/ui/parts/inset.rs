//! Words set apart from the rest.

use super::Example;
use crate::ui::markup::{El, Kid, Str, el};

/// Inset text. `prefix` is read aloud before it and not shown (“Information: ”).
pub fn inset(prefix: impl Into<Str>, kids: Vec<Kid>) -> El {
    el("div")
        .class("nhsuk-inset-text")
        .kid(el("span").class("nhsuk-u-visually-hidden").text(prefix))
        .kids(kids)
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let words = "Nobody checks these answers as you type.";
    vec![("plain", inset("Information: ", vec![el("p").text(words).into()]))]
}
