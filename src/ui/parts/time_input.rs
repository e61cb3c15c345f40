//! A time of day as two short boxes, alone or after a date's three.

use super::Example;
use super::date_input::{Short, date_boxes, date_input};
use super::field::Field;
use super::label::{Label, Size};
use crate::ui::markup::Str;
use std::sync::Arc;

/// The boxes of a time, with their words.
pub fn time_boxes(hour: Str, minute: Str) -> Vec<Short> {
    vec![Short { name: "hour", words: hour, width: 2 }, Short { name: "minute", words: minute, width: 2 }]
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let time = || time_boxes("Hour".into(), "Minute".into());
    let mut both = date_boxes("Day".into(), "Month".into(), "Year".into());
    both.extend(time());
    let field = |id: &str, words: &'static str| Field::new(id, Label::heading(words, 2, Size::L));
    vec![
        (
            "time",
            date_input(
                field("time", "What time do you get up?").hint("For example, 7 30"),
                time(),
                Arc::new(|_| "".into()),
                |_, _| (),
            ),
        ),
        (
            "date and time",
            date_input(field("moment", "When did you fall?"), both, Arc::new(|_| "".into()), |_, _| ()),
        ),
    ]
}
