//! One of very many: a box that narrows a list as one types, by the ARIA 1.2 combobox pattern (list
//! autocomplete, manual choice). The list is said to screen readers by `aria-activedescendant`; how many
//! match is said politely.

use super::Example;
use super::field::Field;
use super::label::{Label, Size};
use crate::ui::markup::{Ask, El, Happening, Kid, Str, el};
use std::sync::Arc;

/// What a box that narrows a list does.
pub struct Search {
    /// What the box holds.
    pub held: Ask<Str>,
    /// The id of the row the arrow keys stand on, while the list is open.
    pub active: Ask<Option<Str>>,
    /// Whether the list is open.
    pub open: Ask<bool>,
    /// How many match, in words; empty while the list is closed.
    pub status: Ask<Str>,
    /// The list, drawn by [`matches`] while it is open.
    pub list: Kid,
}

/// The id of the list.
pub fn list_id(field: &str) -> String {
    [field, "-list"].concat()
}

/// The id of a row.
pub fn option_id(field: &str, at: usize) -> String {
    [field, "-option-", &at.to_string()].concat()
}

/// The box. `typed` is told the whole of what it holds, at each change; `key` each key pressed, and gives
/// `true` if it has used it; `leave` that the focus left.
pub fn search(
    field: Field,
    like: Search,
    mut typed: impl FnMut(&str) + Send + 'static,
    key: impl FnMut(&Happening) -> bool + Send + 'static,
    mut leave: impl FnMut() + Send + 'static,
) -> El {
    field.labelled(|control| {
        let open = like.open;
        let (is_open, list) = (open.clone(), list_id(&control.id));
        let input = control
            .class(el("input"), "nhsuk-input", "")
            .attr("id", control.id.clone())
            .attr("name", control.id.clone())
            .attr("type", "text")
            .attr("role", "combobox")
            .attr("autocomplete", "off")
            .attr("aria-autocomplete", "list")
            // Only while there is a list: a closed one is not in the page.
            .live("aria-controls", Arc::new(move || is_open().then(|| list.clone().into())))
            .live("aria-expanded", Arc::new(move || Some(if open() { "true" } else { "false" }.into())))
            .live("aria-activedescendant", like.active)
            .firm_value(like.held)
            .on("input", move |happening| {
                typed(&happening.value);
                false
            })
            .on("keydown", key)
            .on("focusout", move |_| {
                leave();
                false
            });
        el("div").class("wm-search").kid(control.describe(input)).kid(like.list).kid(
            el("div").class("nhsuk-u-visually-hidden").attr("role", "status").kid(Kid::LiveText(like.status)),
        )
    })
}

/// The list under the box. `rows` are positions in the whole list with their words; `active` is the one the
/// arrow keys stand on; `none` is said when nothing matches.
pub fn matches(
    field: &str,
    label: Str,
    rows: Vec<(usize, Vec<Kid>)>,
    active: Option<usize>,
    none: Str,
    mut choose: impl FnMut(usize) + Send + 'static,
) -> El {
    let list = el("ul").class("wm-search__list").attr("id", list_id(field)).attr("role", "listbox");
    let list = list.attr("aria-label", label);
    if rows.is_empty() {
        let row = el("li").class("wm-search__none").attr("role", "option").attr("aria-disabled", "true");
        return list.kid(row.attr("aria-selected", "false").text(none));
    }
    let before = option_id(field, 0);
    let before = before.strip_suffix('0').unwrap_or(&before).to_owned();
    // On `mousedown`, before the box loses the focus and the list closes.
    let list = list.on("mousedown", move |happening| {
        if let Some(at) = happening.id.strip_prefix(&before).and_then(|at| at.parse().ok()) {
            choose(at);
        }
        true
    });
    list.kids(rows.into_iter().map(|(at, words)| {
        let on = active == Some(at);
        el("li")
            .class(if on { "wm-search__option wm-search__option--on" } else { "wm-search__option" })
            .attr("id", option_id(field, at))
            .attr("role", "option")
            .attr("aria-selected", if on { "true" } else { "false" })
            .kids(words)
    }))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let field = |id: &str| {
        Field::new(id, Label::heading("Which town do you live in?", 2, Size::L))
            .hint("Type a few letters, then choose from the list")
    };
    let like = |id: &str, open: bool| Search {
        held: Arc::new(move || if open { "pl" } else { "" }.into()),
        active: {
            let id = option_id(id, 1);
            Arc::new(move || open.then(|| id.clone().into()))
        },
        open: Arc::new(move || open),
        status: Arc::new(move || if open { "2 in the list" } else { "" }.into()),
        list: match open {
            false => el("ul")
                .attr("id", list_id(id))
                .attr("hidden", "")
                .attr("role", "listbox")
                .attr("aria-label", "Town")
                .into(),
            true => matches(
                id,
                "Town".into(),
                vec![(0, vec!["Plymouth".into()]), (1, vec!["Plympton".into()])],
                Some(1),
                "Nothing in the list matches".into(),
                |_| (),
            )
            .into(),
        },
    };
    vec![
        ("closed", search(field("search"), like("search", false), |_| (), |_| false, || ())),
        ("open", search(field("search-open"), like("search-open", true), |_| (), |_| false, || ())),
    ]
}
