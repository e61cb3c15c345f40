//! Everything that is wrong on the page, at its top, each line leading to its control.

use super::Example;
use crate::ui::markup::{El, Str, el};
use std::sync::{Arc, Mutex};

/// The id of the whole summary, for moving focus to it.
pub const ID: &str = "error-summary";

/// An error summary: what is wrong with each control, and the control's id. `go` is told the id of the
/// control whose line was pressed; following `#id` by address would not reach into a shadow root. A line without
/// an id is of no control, and no link: one that leads nowhere puzzles whoever follows it.
pub fn error_summary(
    title: impl Into<Str>,
    wrong: Vec<(String, String)>,
    go: impl FnMut(&str) + Send + 'static,
) -> El {
    let go = Arc::new(Mutex::new(go));
    let lines = wrong.into_iter().map(|(words, id)| {
        if id.is_empty() {
            return el("li").text(words);
        }
        let go = Arc::clone(&go);
        let link = el("a").attr("href", ["#", &id].concat()).text(words).on("click", move |_| {
            if let Ok(mut go) = go.lock() {
                go(&id);
            }
            true
        });
        el("li").kid(link)
    });
    el("div").class("nhsuk-error-summary").kid(
        el("div").attr("role", "alert").kid(el("h2").class("nhsuk-error-summary__heading").text(title)).kid(
            el("div")
                .class("nhsuk-error-summary__body")
                .kid(el("ul").class("nhsuk-list nhsuk-error-summary__list").kids(lines)),
        ),
    )
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let wrong = || {
        vec![
            ("Enter a number that is 0 or more".to_owned(), "example-1".to_owned()),
            ("Enter a real date, like 27 3 2026".to_owned(), "example-2-day".to_owned()),
        ]
    };
    vec![("two", error_summary("There is a problem", wrong(), |_| ()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_no_control_is_no_link() {
        let wrong = vec![("Not sent".to_owned(), String::new()), ("Add the day".to_owned(), "d".to_owned())];
        let html = error_summary("There is a problem", wrong, |_| ()).html();
        assert!(html.contains("<li>Not sent</li><li><a href=\"#d\">Add the day</a></li>"), "{html}");
    }
}
