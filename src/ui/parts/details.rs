//! Help that opens when it is wanted.

use super::Example;
use crate::ui::markup::{El, Kid, el};

/// A summary to press, and what it opens.
pub fn details(summary: impl Into<Kid>, kids: Vec<Kid>) -> El {
    el("details")
        .class("nhsuk-details")
        .kid(
            el("summary")
                .class("nhsuk-details__summary")
                .kid(el("span").class("nhsuk-details__summary-text").kid(summary)),
        )
        .kid(el("div").class("nhsuk-details__text").kids(kids))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let words = "0 means not at all. 10 means completely. Any number in between is fine.";
    vec![
        ("closed", details("Help with this question", vec![el("p").text(words).into()])),
        ("open", {
            let mut open = details("Help with this question", vec![el("p").text(words).into()]);
            open = open.flag("open", true);
            open
        }),
    ]
}
