//! The way back, above the page's main content. A button, as the host page's address is not ours to change.

use super::Example;
use crate::ui::markup::{El, Str, el};

/// A button that looks like the design system's Back link.
pub fn back_link(words: impl Into<Str>, mut press: impl FnMut() + Send + 'static) -> El {
    el("button").class("nhsuk-back-link").attr("type", "button").text(words).on("click", move |_| {
        press();
        true
    })
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![("plain", back_link("Back", || ()))]
}
