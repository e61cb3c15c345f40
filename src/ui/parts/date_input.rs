//! A date as three short boxes: people know their dates as numbers, and a calendar is slow to go back in.
//! The same boxes serve times (see `time_input`).

use super::Example;
use super::field::Field;
use super::label::{Label, Size};
use crate::ui::markup::{Ask, El, Str, el};
use std::sync::{Arc, Mutex};

/// One of the boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// Stands after the field's id in the box's id: `day`.
    pub name: &'static str,
    /// Its words.
    pub words: Str,
    /// How many digits wide.
    pub width: u8,
}

/// The ids of the boxes begin with the field's id; the error summary leads to the first.
pub fn box_id(field: &str, name: &str) -> String {
    [field, "-", name].concat()
}

/// Short boxes under one legend. `held` gives what the box at a position holds; `typed` is told the position
/// and the whole of what that box holds, at each change.
pub fn date_input(
    field: Field,
    boxes: Vec<Short>,
    held: Arc<dyn Fn(usize) -> Str + Send + Sync>,
    typed: impl FnMut(usize, &str) + Send + 'static,
) -> El {
    let typed = Arc::new(Mutex::new(typed));
    field.grouped(Some("group"), |control| {
        let row = el("div").class("nhsuk-date-input").attr("id", control.id.clone());
        vec![row.kids(boxes.into_iter().enumerate().map(|(at, short)| {
            let id = box_id(&control.id, short.name);
            let label = el("label").class("nhsuk-label nhsuk-date-input__label").attr("for", id.clone());
            let (held, typed) = (Arc::clone(&held), Arc::clone(&typed));
            let held: Ask<Str> = Arc::new(move || held(at));
            let width = if short.width > 2 { " nhsuk-input--width-4" } else { " nhsuk-input--width-2" };
            let input = control
                .class(el("input"), "nhsuk-input", &[width, " nhsuk-date-input__input"].concat())
                .attr("id", id.clone())
                .attr("name", short.name)
                .attr("type", "text")
                .attr("inputmode", "numeric")
                // A browser would offer one person's date of birth to the next (measured: Chromium wrote it
                // to its autofill file).
                .attr("autocomplete", "off")
                .value(held)
                .on("input", move |happening| {
                    if let Ok(mut typed) = typed.lock() {
                        typed(at, &happening.value);
                    }
                    false
                });
            el("div")
                .class("nhsuk-date-input__item")
                .kid(control.form_group().kid(label.text(short.words)).kid(input))
        }))]
    })
}

/// The boxes of a date, with their words.
pub fn date_boxes(day: Str, month: Str, year: Str) -> Vec<Short> {
    vec![
        Short { name: "day", words: day, width: 2 },
        Short { name: "month", words: month, width: 2 },
        Short { name: "year", words: year, width: 4 },
    ]
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let boxes = || date_boxes("Day".into(), "Month".into(), "Year".into());
    let field = |id: &str| {
        Field::new(id, Label::heading("When did this start?", 2, Size::L)).hint("For example, 27 3 2026")
    };
    vec![
        ("plain", date_input(field("date"), boxes(), Arc::new(|_| "".into()), |_, _| ())),
        (
            "error",
            date_input(
                field("date-wrong").wrong("Enter a real date, like 27 3 2026"),
                boxes(),
                Arc::new(|at| ["31", "2", "2026"].get(at).copied().unwrap_or_default().into()),
                |_, _| (),
            ),
        ),
    ]
}
