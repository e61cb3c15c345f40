//! Questions and their answers, each with a way to change it.

use super::Example;
use crate::ui::markup::{El, Kid, Str, el};

/// One line of the list.
pub struct Row {
    /// The question's short name.
    pub key: Vec<Kid>,
    /// The answer, or words that say there is none.
    pub value: Vec<Kid>,
    /// A way to change it.
    pub action: Option<Action>,
}

/// A press-button that looks like a link.
pub struct Action {
    /// What it says.
    pub words: Str,
    /// What is read aloud after it, so that ten “Change” links differ.
    pub about: Str,
    /// What it does.
    pub press: Box<dyn FnMut() + Send>,
}

impl Action {
    fn draw(self) -> El {
        let mut press = self.press;
        el("a")
            .class("nhsuk-link")
            .attr("href", "#")
            .text(self.words)
            .kid(el("span").class("nhsuk-u-visually-hidden").text([" ", &self.about].concat()))
            .on("click", move |_| {
                press();
                true
            })
    }
}

/// A list of questions and answers.
pub fn summary_list(rows: Vec<Row>) -> El {
    el("dl").class("nhsuk-summary-list").kids(rows.into_iter().map(|row| {
        let line = el("div")
            .class("nhsuk-summary-list__row")
            .kid(el("dt").class("nhsuk-summary-list__key").kids(row.key))
            .kid(el("dd").class("nhsuk-summary-list__value").kids(row.value));
        match row.action {
            Some(action) => line.kid(el("dd").class("nhsuk-summary-list__actions").kid(action.draw())),
            None => line,
        }
    }))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let row = |key: &'static str, value: &'static str, about: &'static str| Row {
        key: vec![key.into()],
        value: vec![value.into()],
        action: Some(Action { words: "Change".into(), about: about.into(), press: Box::new(|| ()) }),
    };
    vec![(
        "answers",
        summary_list(vec![
            row(
                "Satisfied with life",
                "7, where 0 is not at all and 10 is completely",
                "satisfied with life",
            ),
            row("Things in life are worthwhile", "Not answered", "things in life are worthwhile"),
            Row { key: vec!["Reference".into()], value: vec!["K7QXM2".into()], action: None },
        ]),
    )]
}
