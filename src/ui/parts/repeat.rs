//! Copies of a question or group, one below the other: a way to remove each, and a way to add one.

use super::Example;
use super::button::{Look, button, small_button};
use super::field::Field;
use super::label::Label;
use super::text_input::{Box, text_input};
use crate::ui::markup::{El, Str, el};
use std::sync::Arc;

/// The way to remove a copy, after it.
pub fn remove(words: impl Into<Str>, press: impl FnMut() + Send + 'static) -> El {
    el("div").class("wm-repeat__remove").kid(small_button(words, Look::Secondary, press))
}

/// The way to add one, after the last.
pub fn add(words: impl Into<Str>, press: impl FnMut() + Send + 'static) -> El {
    el("div").class("wm-repeat__add").kid(button(words, Look::Secondary, press))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let line = |id: &str, words: &'static str| {
        text_input(Field::new(id, Label::new(words)), Box::default(), Arc::new(|| "".into()), |_| ())
    };
    vec![(
        "two copies",
        el("div")
            .kid(line("repeat-1", "Medicine, number 1"))
            .kid(el("div").class("wm-repeat").kid(remove("Remove number 1: Medicine", || ())))
            .kid(line("repeat-2", "Medicine, number 2"))
            .kid(
                el("div")
                    .class("wm-repeat")
                    .kid(remove("Remove number 2: Medicine", || ()))
                    .kid(add("Add another: Medicine", || ())),
            ),
    )]
}
