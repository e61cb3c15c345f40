//! The boxes of the set-up page, and what they need of the door.

use super::entry::Entry;
use super::form::{Change, Form, Tool};
use crate::ui::markup::{Ask, El, Str, el};
use crate::ui::parts::field::Field;
use crate::ui::parts::label::{Label, Size};
use crate::ui::parts::text_input::{Box as Input, text_input};
use crate::ui::parts::textarea::textarea;
use std::sync::Arc;

/// What the page needs of the door.
#[derive(Clone)]
pub struct Hands {
    /// How things stand now.
    pub form: Ask<Form>,
    /// Does something.
    pub act: Arc<dyn Fn(Change) + Send + Sync>,
    /// Saves the configuration as a file.
    pub save: Arc<dyn Fn() + Send + Sync>,
    /// Copies what the box with this id holds.
    pub copy: Arc<dyn Fn(&str) + Send + Sync>,
    /// Opens the page to look at, where the browser lets us.
    pub open: Arc<dyn Fn() + Send + Sync>,
    /// Moves the focus to a box.
    pub go: Arc<dyn Fn(&str) + Send + Sync>,
}

/// Words that name a box, a little larger than the hint below them.
pub fn named(words: &'static str) -> Label {
    Label { size: Size::S, ..Label::new(words) }
}

/// A box of the configuration. What is wrong shows beside it once something is in it.
pub fn entry(hands: &Hands, entry: Entry) -> El {
    let (held, wrong, act) = (hands.form.clone(), hands.form.clone(), hands.act.clone());
    let mut field = Field::new(entry.id(), named(entry.label())).hint(entry.hint());
    field.wrong_prefix = "Error: ".into();
    field.wrong = Some(Arc::new(move || {
        let form = wrong();
        let is_empty = form.settings.word(entry).trim().is_empty();
        let mistakes = form.mistakes().into_iter().filter(|(at, _)| *at == entry && !is_empty);
        mistakes.map(|(_, words)| words).next()
    }));
    let held: Ask<Str> = Arc::new(move || held().settings.word(entry).to_owned().into());
    boxed(field, entry.is_long(), held, move |words| act(Change::Put(entry, words.to_owned())))
}

/// A box beside those of the configuration.
pub fn tool(hands: &Hands, tool: Tool, field: Field, is_long: bool) -> El {
    let (held, act) = (hands.form.clone(), hands.act.clone());
    let held: Ask<Str> = Arc::new(move || held().held(tool).to_owned().into());
    boxed(field, is_long, held, move |words| act(Change::Write(tool, words.to_owned())))
}

fn boxed(field: Field, is_long: bool, held: Ask<Str>, typed: impl FnMut(&str) + Send + 'static) -> El {
    if is_long {
        return textarea(field, "".into(), 5, held, None, typed);
    }
    let input = Input { autocomplete: Some("off"), spellcheck: Some(false), ..Input::default() };
    text_input(field, input, held, typed)
}

/// A box to copy from.
pub fn shown(id: &str, label: &'static str, hint: &'static str, text: &str, rows: u8) -> El {
    let text: Str = text.to_owned().into();
    Field::new(id, named(label)).hint(hint).labelled(move |control| {
        let area = el("textarea")
            .class("nhsuk-textarea wm-setup__code")
            .attr("id", control.id.clone())
            .attr("rows", rows.to_string())
            .attr("readonly", "")
            .attr("spellcheck", "false")
            .attr("dir", "ltr")
            .value(Arc::new(move || text.clone()));
        control.describe(area)
    })
}

/// The lines of a text, each on its own.
pub fn owned_lines(lines: &str) -> Vec<String> {
    lines.lines().map(str::to_owned).collect()
}
