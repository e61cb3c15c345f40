//! Copies of a question or group: one below the other, each with a way to remove it, and a way to add one.

use super::Example;
use super::button::{Look, button, small_button};
use crate::ui::markup::{El, Kid, Str, el};

/// One copy, with a way to remove it where that is allowed.
pub fn copy(kids: Vec<Kid>, remove: Option<(Str, Box<dyn FnMut() + Send>)>) -> El {
    let copy = el("div").class("wm-repeat__copy").kids(kids);
    match remove {
        None => copy,
        Some((words, mut press)) => copy.kid(small_button(words, Look::Secondary, move || press())),
    }
}

/// The way to add one.
pub fn add(words: impl Into<Str>, press: impl FnMut() + Send + 'static) -> El {
    el("div").class("wm-repeat__add").kid(button(words, Look::Secondary, press))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let line = |at: usize| {
        super::text_input::text_input(
            super::field::Field::new(
                &["repeat-", &at.to_string()].concat(),
                super::label::Label::new("Medicine"),
            ),
            super::text_input::Box::default(),
            std::sync::Arc::new(|| "".into()),
            |_| (),
        )
    };
    let remove = |words: &'static str| -> Option<(Str, Box<dyn FnMut() + Send>)> {
        Some((words.into(), Box::new(|| ())))
    };
    vec![(
        "two copies",
        el("div")
            .class("wm-repeat")
            .kid(copy(vec![line(1).into()], remove("Remove number 1: Medicine")))
            .kid(copy(vec![line(2).into()], remove("Remove number 2: Medicine")))
            .kid(add("Add another: Medicine", || ())),
    )]
}
