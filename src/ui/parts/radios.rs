//! One of several, as radio buttons.

use super::Example;
use super::field::Field;
use super::label::{Label, Language, Size, in_language};
use super::picture::picture;
use crate::domain::picture::Picture;
use crate::ui::markup::{Ask, El, Kid, Str, el};
use std::sync::Arc;

/// Tells whether the row at a position is chosen.
pub type Chosen = Arc<dyn Fn(usize) -> bool + Send + Sync>;

/// One row of the list.
pub enum Row {
    /// Something that can be chosen.
    Choice(Choice),
    /// A word between rows (“or”).
    Divider(Str),
}

/// Something that can be chosen.
#[derive(Default)]
pub struct Choice {
    /// The control's value.
    pub value: Str,
    /// Its words.
    pub words: Vec<Kid>,
    /// A drawing before the words.
    pub picture: Option<Picture>,
    /// A line of help under the words.
    pub hint: Vec<Kid>,
    /// The language of the words, where it differs.
    pub language: Option<Language>,
    /// Cannot be chosen.
    pub disabled: bool,
    /// What is asked once it is chosen.
    pub then: Option<El>,
}

impl Choice {
    /// With plain words.
    pub fn new(value: impl Into<Str>, words: impl Into<Kid>) -> Self {
        Self { value: value.into(), words: vec![words.into()], ..Self::default() }
    }
}

/// The two kinds of list, which differ in little but their class.
pub(super) struct Kind {
    pub class: &'static str,
    pub input: &'static str,
}

pub(super) const RADIOS: Kind = Kind { class: "nhsuk-radios", input: "radio" };

/// The id of the control at a position: the field's own for the first, as the design system has it, so that
/// the error summary leads to it.
pub fn row_id(field: &str, at: usize) -> String {
    if at == 0 { field.to_owned() } else { [field, "-", &(at + 1).to_string()].concat() }
}

/// The position of the control with an id.
pub fn row_at(field: &str, id: &str) -> Option<usize> {
    let rest = id.strip_prefix(field)?;
    if rest.is_empty() {
        return Some(0);
    }
    rest.strip_prefix('-')?.parse().ok().and_then(|number: usize| number.checked_sub(1))
}

pub(super) fn rows(
    kind: &Kind,
    modifier: &str,
    (id, name): (&str, &str),
    rows: Vec<Row>,
    chosen: Chosen,
    mut choose: impl FnMut(usize, bool) + Send + 'static,
) -> El {
    let of = |part: &str| [kind.class, part].concat();
    let list_id = id.to_owned();
    let mut list = el("div").class([kind.class, modifier].concat()).on("change", move |happening| {
        if let Some(at) = row_at(&list_id, &happening.id) {
            choose(at, happening.checked);
        }
        false
    });
    for (at, row) in rows.into_iter().enumerate() {
        let choice = match row {
            Row::Divider(words) => {
                list = list.kid(el("div").class(of("__divider")).text(words));
                continue;
            }
            Row::Choice(choice) => choice,
        };
        let (own, is_chosen) = (row_id(id, at), Arc::clone(&chosen));
        let checked: Ask<bool> = Arc::new(move || is_chosen(at));
        let hint_id = [&own, "-item-hint"].concat();
        let then_id = ["conditional-", &own].concat();
        let mut input = el("input")
            .class(of("__input"))
            .attr("id", own.clone())
            .attr("name", name.to_owned())
            .attr("type", kind.input)
            .attr("value", choice.value)
            .checked(Arc::clone(&checked))
            .flag("disabled", choice.disabled);
        if !choice.hint.is_empty() {
            input = input.attr("aria-describedby", hint_id.clone());
        }
        if choice.then.is_some() {
            // Not `aria-expanded`, which the design system's script sets: ARIA does not allow it on a radio button.
            input = input.attr("aria-controls", then_id.clone());
        }
        let pictured = if choice.picture.is_some() { " wm-pictured" } else { "" };
        let label = el("label").class(["nhsuk-label ", &of("__label"), pictured].concat()).attr("for", own);
        let label = label.kids(choice.picture.map(picture));
        // The words alone are in the other language: the button stays on the page's own side.
        let label = match (choice.language, choice.picture) {
            (None, None) => label.kids(choice.words),
            (language, _) => label.kid(in_language(el("span"), language.as_ref()).kids(choice.words)),
        };
        let mut item = el("div").class(of("__item")).kid(input).kid(label);
        if !choice.hint.is_empty() {
            let class = ["nhsuk-hint ", &of("__hint")].concat();
            item = item.kid(el("div").class(class).attr("id", hint_id).kids(choice.hint));
        }
        list = list.kid(item);
        if let Some(then) = choice.then {
            let (shown, hidden) = (of("__conditional"), of("__conditional--hidden"));
            let hidden: Str = [&shown, " ", &hidden].concat().into();
            let shown: Str = shown.into();
            let class: Ask<Option<Str>> =
                Arc::new(move || Some(if checked() { shown.clone() } else { hidden.clone() }));
            list = list.kid(el("div").live("class", class).attr("id", then_id).kid(then));
        }
    }
    list
}

/// Radio buttons. `inline` puts them side by side: for two short choices only. `choose` is told the position
/// of the row chosen.
pub fn radios(
    field: Field,
    name: &str,
    list: Vec<Row>,
    inline: bool,
    chosen: Chosen,
    mut choose: impl FnMut(usize) + Send + 'static,
) -> El {
    let modifier = if inline { " nhsuk-radios--inline" } else { "" };
    field.grouped(None, |control| {
        vec![rows(&RADIOS, modifier, (&control.id, name), list, chosen, move |at, _| choose(at))]
    })
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let choices = || {
        ["At home", "At the GP surgery", "Somewhere local, like a library or a café"]
            .into_iter()
            .map(|words| Row::Choice(Choice::new(words, words)))
            .collect::<Vec<_>>()
    };
    let field = |id: &str| Field::new(id, Label::heading("Where are you right now?", 2, Size::L));
    let none: Chosen = Arc::new(|_| false);
    let yes_no = ["Yes", "No"].into_iter().map(|words| Row::Choice(Choice::new(words, words))).collect();
    let mut or = choices();
    or.push(Row::Divider("or".into()));
    or.push(Row::Choice(Choice {
        hint: vec!["You can talk about it instead".into()],
        ..Choice::new("no", "I would rather not say")
    }));
    let mut own = choices();
    own.push(Row::Choice(Choice {
        then: Some(super::text_input::text_input(
            Field::new("radios-own-words", Label::new("Write your own answer")),
            super::text_input::Box::default(),
            Arc::new(|| "On the bus".into()),
            |_| (),
        )),
        ..Choice::new("own", "Something else")
    }));
    vec![
        ("plain", radios(field("radios-plain"), "radios-plain", choices(), false, none.clone(), |_| ())),
        (
            "chosen",
            radios(field("radios-chosen"), "radios-chosen", choices(), false, Arc::new(|at| at == 1), |_| ()),
        ),
        (
            "hint and error",
            radios(
                field("radios-wrong").hint("Choose one").wrong("Answer this question, or skip it"),
                "radios-wrong",
                choices(),
                false,
                none.clone(),
                |_| (),
            ),
        ),
        ("divider", radios(field("radios-or"), "radios-or", or, false, none.clone(), |_| ())),
        ("own words", radios(field("radios-own"), "radios-own", own, false, Arc::new(|at| at == 3), |_| ())),
        (
            "yes or no",
            radios(
                Field::new("radios-yes", Label::heading("Did someone help you?", 2, Size::M)),
                "radios-yes",
                yes_no,
                true,
                none,
                |_| (),
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_is_found_again_by_its_id() {
        for at in [0, 1, 11] {
            assert_eq!(row_at("a-b", &row_id("a-b", at)), Some(at));
        }
        assert_eq!(row_at("a", "a-own"), None);
        assert_eq!(row_at("a", "b"), None);
        assert_eq!(row_at("a", "a-0"), None);
    }
}
