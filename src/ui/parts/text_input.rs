//! One line of words, or a number.

use super::Example;
use super::field::{Control, Field};
use super::label::{Label, Size};
use crate::ui::markup::{Ask, El, Kid, Str, el};
use std::sync::Arc;

/// What a box for words or numbers is like.
#[derive(Default)]
pub struct Box {
    /// The control's `name`; its id if empty.
    pub name: Str,
    /// How many characters wide; as wide as it may be if `None`.
    pub width: Option<u8>,
    /// Which keyboard a phone shows (`numeric`, `decimal`, `url`, `tel`).
    pub keyboard: Option<&'static str>,
    /// Fixed words before the box.
    pub prefix: Vec<Kid>,
    /// Fixed words after the box, such as a unit.
    pub suffix: Vec<Kid>,
    /// What the browser may offer to fill in. Answers are nobody's business: `off`, unless it is a form's name.
    pub autocomplete: Option<&'static str>,
    /// `false` where a spelling check would be in the way.
    pub spellcheck: Option<bool>,
    /// Shown, and not to be typed into.
    pub read_only: bool,
}

/// The class that makes a box a number of characters wide.
fn width(width: Option<u8>) -> &'static str {
    match width {
        None => "",
        Some(0..=2) => " nhsuk-input--width-2",
        Some(3) => " nhsuk-input--width-3",
        Some(4) => " nhsuk-input--width-4",
        Some(5) => " nhsuk-input--width-5",
        Some(6..=10) => " nhsuk-input--width-10",
        Some(11..=20) => " nhsuk-input--width-20",
        Some(21..) => " nhsuk-input--width-30",
    }
}

/// The box alone, with what stands before and after it.
pub fn input_box(
    control: &Control,
    like: Box,
    held: Ask<Str>,
    mut typed: impl FnMut(&str) + Send + 'static,
) -> El {
    let name = if like.name.is_empty() { control.id.clone().into() } else { like.name };
    let input = control
        .class(el("input"), "nhsuk-input", width(like.width))
        .attr("id", control.id.clone())
        .attr("name", name)
        .attr("type", "text")
        .value(held)
        .maybe("autocomplete", like.autocomplete)
        .maybe("spellcheck", like.spellcheck.map(|on| if on { "true" } else { "false" }))
        .maybe("inputmode", like.keyboard)
        .flag("readonly", like.read_only)
        .on("input", move |happening| {
            typed(&happening.value);
            false
        });
    let input = control.describe(input);
    if like.prefix.is_empty() && like.suffix.is_empty() {
        return input;
    }
    let fixed = |place: &'static str, words: Vec<Kid>| {
        (!words.is_empty()).then(|| el("div").class(place).attr("aria-hidden", "true").kids(words))
    };
    el("div")
        .class("nhsuk-input-wrapper")
        .kids(fixed("nhsuk-input-wrapper__prefix", like.prefix))
        .kid(input)
        .kids(fixed("nhsuk-input-wrapper__suffix", like.suffix))
}

/// One line of words or a number, with its label. `typed` is told the whole of what the box holds, at each
/// change.
pub fn text_input(field: Field, like: Box, held: Ask<Str>, typed: impl FnMut(&str) + Send + 'static) -> El {
    field.labelled(|control| input_box(control, like, held, typed))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let held = |words: &'static str| -> Ask<Str> { Arc::new(move || words.into()) };
    vec![
        (
            "words",
            text_input(
                Field::new("input-words", Label::heading("What should we call you?", 2, Size::L)),
                Box::default(),
                held("Sam"),
                |_| (),
            ),
        ),
        (
            "number with a unit",
            text_input(
                Field::new("input-unit", Label::new("How tall are you?")).hint("For example, 165"),
                Box {
                    width: Some(5),
                    keyboard: Some("decimal"),
                    suffix: vec!["cm".into()],
                    ..Box::default()
                },
                held(""),
                |_| (),
            ),
        ),
        (
            "error",
            text_input(
                Field::new("input-wrong", Label::new("How many people live with you?"))
                    .wrong("Enter a whole number, like 5"),
                Box { width: Some(3), keyboard: Some("numeric"), ..Box::default() },
                held("2x"),
                |_| (),
            ),
        ),
        (
            "read only",
            text_input(
                Field::new("input-only", Label::new("Total")),
                Box { width: Some(5), read_only: true, ..Box::default() },
                held("12"),
                |_| (),
            ),
        ),
    ]
}
