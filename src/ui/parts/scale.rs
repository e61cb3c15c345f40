//! A number from a short scale, as big buttons that wrap. They are radio buttons underneath: arrow keys,
//! switches and speech work as with any others. Never a slider, and nothing is chosen to begin with.

use super::Example;
use super::field::Field;
use super::label::{Label, Size};
use super::radios::{Chosen, row_at, row_id};
use crate::ui::markup::{Ask, El, Kid, Str, el};
use std::sync::Arc;

/// Buttons for each number in `numbers`, with words for the lowest and the highest. `choose` is told the
/// position of the number.
pub fn scale(
    field: Field,
    name: &str,
    numbers: Vec<Str>,
    (lower, upper): (Option<Str>, Option<Str>),
    chosen: Chosen,
    mut choose: impl FnMut(usize) + Send + 'static,
) -> El {
    field.grouped(None, |control| {
        let id = control.id.clone();
        let last = numbers.len().saturating_sub(1);
        let ends = |at: usize| match at {
            0 => lower.clone(),
            at if at == last => upper.clone(),
            _ => None,
        };
        // The words of both ends are in the labels of their buttons, for those who hear them.
        let shown = el("div").class("wm-scale__ends").attr("aria-hidden", "true").kids(
            [0, last].into_iter().filter_map(|at| {
                let (words, number) = (ends(at)?, numbers.get(at)?.clone());
                Some(el("span").kid(el("b").text(number)).text([" ", &words].concat()))
            }),
        );
        let list_id = id.clone();
        let list = el("div").class("wm-scale").on("change", move |happening| {
            if let Some(at) = row_at(&list_id, &happening.id) {
                choose(at);
            }
            false
        });
        let buttons = numbers.iter().enumerate().map(|(at, number)| {
            let (own, is_chosen) = (row_id(&id, at), Arc::clone(&chosen));
            let checked: Ask<bool> = Arc::new(move || is_chosen(at));
            let input = el("input")
                .class("wm-scale__input")
                .attr("id", own.clone())
                .attr("name", name.to_owned())
                .attr("type", "radio")
                .attr("value", number.clone())
                .checked(checked);
            let label = el("label").class("wm-scale__label").attr("for", own).text(number.clone());
            let words = ends(at).map(|words| {
                Kid::from(el("span").class("nhsuk-u-visually-hidden").text([" ", &words].concat()))
            });
            el("div").class("wm-scale__item").kid(input).kid(label.kids(words))
        });
        let list = list.kids(buttons);
        if lower.is_some() || upper.is_some() { vec![shown, list] } else { vec![list] }
    })
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let numbers = |to: i32| (0..=to).map(|number| number.to_string().into()).collect::<Vec<Str>>();
    let words = || (Some(Str::from("not at all satisfied")), Some(Str::from("completely satisfied")));
    let field = |id: &str| {
        Field::new(id, Label::heading("Overall, how satisfied are you with your life nowadays?", 2, Size::L))
    };
    vec![
        ("0 to 10", scale(field("scale"), "scale", numbers(10), words(), Arc::new(|_| false), |_| ())),
        (
            "chosen",
            scale(
                field("scale-chosen"),
                "scale-chosen",
                numbers(10),
                words(),
                Arc::new(|at| at == 7),
                |_| (),
            ),
        ),
        (
            "error",
            scale(
                field("scale-wrong").wrong("Answer this question, or skip it"),
                "scale-wrong",
                numbers(10),
                words(),
                Arc::new(|_| false),
                |_| (),
            ),
        ),
        (
            "five",
            scale(
                Field::new("scale-five", Label::new("How was today?")),
                "scale-five",
                numbers(4),
                (None, None),
                Arc::new(|_| false),
                |_| (),
            ),
        ),
    ]
}
