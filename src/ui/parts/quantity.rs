//! A number and its unit.

use super::Example;
use super::field::Field;
use super::label::{Label, Size};
use super::select::list_box;
use super::text_input::{Box, input_box};
use crate::ui::markup::{Ask, El, Str, el};
use std::sync::Arc;

/// A number box and a list of units. `units` are values with their words.
pub fn quantity(
    mut field: Field,
    (number, typed): (Ask<Str>, impl FnMut(&str) + Send + 'static),
    unit_words: Str,
    units: Vec<(Str, Str)>,
    (unit, choose): (Ask<Str>, impl FnMut(&str) + Send + 'static),
) -> El {
    let label = std::mem::take(&mut field.label);
    let number_words = label.words;
    let legend = Label { words: number_words, ..label };
    let number_id = field.id.clone();
    let unit_id = [&field.id, "-unit"].concat();
    let legend_id = [&field.id, "-legend"].concat();
    field.label = Label { id: Some(legend_id.clone().into()), ..legend };
    field.grouped(None, |control| {
        let like = Box { width: Some(5), keyboard: Some("decimal"), ..Box::default() };
        let box_control = control.inner(number_id);
        let number = input_box(&box_control, like, number, typed).attr("aria-labelledby", legend_id);
        let list = list_box(&control.inner(unit_id.clone()), "".into(), units, unit, choose);
        let label = el("label").class("nhsuk-u-visually-hidden").attr("for", unit_id).text(unit_words);
        vec![el("div").class("wm-quantity").kid(number).kid(label).kid(list)]
    })
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let held = |words: &'static str| -> Ask<Str> { Arc::new(move || words.into()) };
    let units =
        vec![("".into(), "Choose one".into()), ("kg".into(), "kg".into()), ("st".into(), "stone".into())];
    vec![(
        "weight",
        quantity(
            Field::new("quantity", Label::heading("How much do you weigh?", 2, Size::L)),
            (held("70"), |_: &str| ()),
            "Unit".into(),
            units,
            (held("kg"), |_: &str| ()),
        ),
    )]
}
