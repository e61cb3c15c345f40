//! One of many, as a drop-down list.

use super::Example;
use super::field::{Control, Field};
use super::label::{Label, Size};
use crate::ui::markup::{Ask, El, Str, el};
use std::sync::Arc;

/// The list alone. `options` are values with their words; `held` is the value chosen.
pub fn list_box(
    control: &Control,
    name: Str,
    options: Vec<(Str, Str)>,
    held: Ask<Str>,
    mut choose: impl FnMut(&str) + Send + 'static,
) -> El {
    let name = if name.is_empty() { control.id.clone().into() } else { name };
    let list = control
        .class(el("select"), "nhsuk-select", "")
        .attr("id", control.id.clone())
        .attr("name", name)
        .attr("autocomplete", "off")
        .value(held)
        .on("change", move |happening| {
            choose(&happening.value);
            false
        });
    control
        .describe(list)
        .kids(options.into_iter().map(|(value, words)| el("option").attr("value", value).text(words)))
}

/// A drop-down list with its label.
pub fn select(
    field: Field,
    name: Str,
    options: Vec<(Str, Str)>,
    held: Ask<Str>,
    choose: impl FnMut(&str) + Send + 'static,
) -> El {
    field.labelled(|control| list_box(control, name, options, held, choose))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let options = || {
        ["Choose one", "English", "Cymraeg", "Polski", "ਪੰਜਾਬੀ", "اردو"]
            .into_iter()
            .enumerate()
            .map(|(at, words)| (at.to_string().into(), words.into()))
            .collect::<Vec<(Str, Str)>>()
    };
    let field = |id: &str| Field::new(id, Label::heading("Which language do you speak at home?", 2, Size::L));
    let held = |words: &'static str| -> Ask<Str> { Arc::new(move || words.into()) };
    vec![
        ("chosen", select(field("select"), "".into(), options(), held("2"), |_| ())),
        (
            "error",
            select(
                field("select-wrong").wrong("Choose one of the answers in the list"),
                "".into(),
                options(),
                held("0"),
                |_| (),
            ),
        ),
    ]
}
