//! A time of day as two short boxes, after a date's three. A time alone is one box that reads what people
//! write (see `item`).

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
    let mut boxes = date_boxes("Day".into(), "Month".into(), "Year".into());
    boxes.extend(time_boxes("Hour".into(), "Minute".into()));
    let field = Field::new("moment", Label::heading("When did you fall?", 2, Size::L));
    vec![("date and time", date_input(field, boxes, Arc::new(|_| "".into()), |_, _| ()))]
}
