//! Any of several, as checkboxes.

use super::Example;
use super::field::Field;
use super::label::{Label, Size};
use super::radios::{Choice, Chosen, Kind, Row, rows};
use crate::ui::markup::El;
use std::sync::Arc;

const CHECKBOXES: Kind = Kind { class: "nhsuk-checkboxes", input: "checkbox" };

/// Checkboxes. `choose` is told the position of the row and whether it is now chosen.
pub fn checkboxes(
    field: Field,
    name: &str,
    list: Vec<Row>,
    chosen: Chosen,
    choose: impl FnMut(usize, bool) + Send + 'static,
) -> El {
    field.grouped(None, |control| vec![rows(&CHECKBOXES, "", (&control.id, name), list, chosen, choose)])
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let choices = || {
        let mut list: Vec<Row> = ["Money", "Housing", "Feeling lonely", "Caring for someone"]
            .into_iter()
            .map(|words| Row::Choice(Choice::new(words, words)))
            .collect();
        list.push(Row::Divider("or".into()));
        list.push(Row::Choice(Choice::new("none", "None of these")));
        list
    };
    let field = |id: &str| {
        Field::new(id, Label::heading("What would you like to talk about?", 2, Size::L))
            .hint("Choose all that fit")
    };
    vec![
        ("plain", checkboxes(field("boxes"), "boxes", choices(), Arc::new(|at| at % 2 == 1), |_, _| ())),
        (
            "error",
            checkboxes(
                field("boxes-wrong").wrong("Choose either “None of these” or one of the others"),
                "boxes-wrong",
                choices(),
                Arc::new(|_| false),
                |_, _| (),
            ),
        ),
    ]
}
