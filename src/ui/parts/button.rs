//! A button, and a link that looks like one.

use super::Example;
use crate::ui::markup::{El, Str, el};

/// What a button is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing most people do here.
    #[default]
    Primary,
    /// Something else one may do here.
    Secondary,
    /// Something that cannot be undone.
    Warning,
}

fn class(look: Look, small: bool) -> Str {
    match (look, small) {
        (Look::Primary, false) => "nhsuk-button".into(),
        (Look::Primary, true) => "nhsuk-button nhsuk-button--small".into(),
        (Look::Secondary, false) => "nhsuk-button nhsuk-button--secondary".into(),
        (Look::Secondary, true) => "nhsuk-button nhsuk-button--secondary nhsuk-button--small".into(),
        (Look::Warning, false) => "nhsuk-button nhsuk-button--warning".into(),
        (Look::Warning, true) => "nhsuk-button nhsuk-button--warning nhsuk-button--small".into(),
    }
}

/// A button that does something here; it never sends a form.
pub fn button(words: impl Into<Str>, look: Look, press: impl FnMut() + Send + 'static) -> El {
    sized_button(words, look, false, press)
}

/// A smaller button, for use beside what it acts on.
pub fn small_button(words: impl Into<Str>, look: Look, press: impl FnMut() + Send + 'static) -> El {
    sized_button(words, look, true, press)
}

fn sized_button(
    words: impl Into<Str>,
    look: Look,
    small: bool,
    mut press: impl FnMut() + Send + 'static,
) -> El {
    el("button").class(class(look, small)).attr("type", "button").text(words).on("click", move |_| {
        press();
        true
    })
}

/// A link that looks like a button.
pub fn button_link(words: impl Into<Str>, look: Look, href: impl Into<Str>) -> El {
    el("a")
        .class(class(look, false))
        .attr("href", href)
        .attr("role", "button")
        .attr("draggable", "false")
        .text(words)
}

/// Buttons side by side where there is room.
pub fn button_group(buttons: Vec<El>) -> El {
    el("div").class("nhsuk-button-group").kids(buttons)
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![
        ("primary", button("Continue", Look::Primary, || ())),
        ("secondary", button("Skip this question", Look::Secondary, || ())),
        ("warning", button("Delete my answers", Look::Warning, || ())),
        ("small", small_button("Remove", Look::Secondary, || ())),
        ("link", button_link("Start", Look::Primary, "#")),
        (
            "group",
            button_group(vec![
                button("Continue", Look::Primary, || ()),
                button("I would rather talk about it", Look::Secondary, || ()),
            ]),
        ),
    ]
}
