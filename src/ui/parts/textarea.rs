//! Several lines of words, with a count of what is left where there is a limit.

use super::Example;
use super::field::Field;
use super::label::{Label, Size};
use crate::ui::markup::{Ask, El, Kid, Str, el};
use std::sync::Arc;

/// A box for several lines. `count` says how many characters are left and is read out when it changes;
/// give `None` where there is no limit. `typed` is told the whole of what the box holds, at each change.
pub fn textarea(
    mut field: Field,
    name: Str,
    rows: u8,
    held: Ask<Str>,
    count: Option<Ask<Str>>,
    mut typed: impl FnMut(&str) + Send + 'static,
) -> El {
    let count_id = [&field.id, "-info"].concat();
    if count.is_some() {
        field.described_by = Some(count_id.clone());
    }
    let group = field.labelled(|control| {
        let name = if name.is_empty() { control.id.clone().into() } else { name };
        let area = control
            .class(el("textarea"), "nhsuk-textarea", "")
            .attr("id", control.id.clone())
            .attr("name", name)
            .attr("rows", rows.to_string())
            .attr("autocomplete", "off")
            .value(held)
            .on("input", move |happening| {
                typed(&happening.value);
                false
            });
        control.describe(area)
    });
    match count {
        None => group,
        Some(count) => group.kid(
            el("div")
                .class("nhsuk-hint nhsuk-character-count__message")
                .attr("id", count_id)
                .kid(Kid::LiveText(count)),
        ),
    }
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let field = |id: &str| {
        Field::new(id, Label::heading("What matters to you?", 2, Size::L))
            .hint("Do not write anything you would not want your link worker to read")
    };
    let held = |words: &'static str| -> Ask<Str> { Arc::new(move || words.into()) };
    vec![
        ("plain", textarea(field("area"), "".into(), 5, held(""), None, |_| ())),
        (
            "count",
            textarea(
                field("area-count"),
                "".into(),
                5,
                held("My garden,\nand my sister."),
                Some(held("You have 1,975 characters left")),
                |_| (),
            ),
        ),
        (
            "error",
            textarea(
                field("area-wrong").wrong("Use 2,000 characters or fewer"),
                "".into(),
                5,
                held("Too much"),
                None,
                |_| (),
            ),
        ),
    ]
}
