//! What stands around every control: its words, a hint, what is wrong, and the control itself, tied together
//! by ids so that a screen reader says them in that order.

use super::error_message::error_message;
use super::hint::hint;
use super::label::Label;
use crate::ui::markup::{Ask, El, Kid, Str, el};
use std::sync::Arc;

/// What is wrong now, in words, if anything is.
pub type Wrong = Ask<Option<String>>;

/// The surroundings of one control or one group of controls.
#[derive(Default)]
pub struct Field {
    /// The control's id; the hint's is `<id>-hint` and the error message's `<id>-error`.
    pub id: String,
    /// The control's words.
    pub label: Label,
    /// A line or two of help.
    pub hint: Vec<Kid>,
    /// Longer help between the words and the control, such as [`details`](super::details).
    pub help: Vec<El>,
    /// What is wrong; `None` for controls that are never checked.
    pub wrong: Option<Wrong>,
    /// Said before what is wrong and not shown (“Error: ”).
    pub wrong_prefix: Str,
    /// Ids of other elements that describe the control, read first.
    pub described_by: Option<String>,
}

/// What a control needs of its surroundings.
pub struct Control {
    /// Its id.
    pub id: String,
    wrong: Option<Wrong>,
    described_by: String,
    group: bool,
}

impl Control {
    /// A second control under the same words, with an id of its own; the group's own description serves it.
    pub fn inner(&self, id: String) -> Self {
        Self { id, wrong: self.wrong.clone(), described_by: String::new(), group: true }
    }

    /// A class, with its `--error` form while something is wrong.
    pub fn class(&self, el: El, class: &'static str, more: &str) -> El {
        wrong_class(el, class, more, self.wrong.clone())
    }

    /// A form group within, marked while something is wrong.
    pub fn form_group(&self) -> El {
        wrong_class(el("div"), "nhsuk-form-group", "", self.wrong.clone())
    }

    /// Ties hint and error message to the control.
    pub fn describe(&self, el: El) -> El {
        if self.group {
            return el;
        }
        let before = self.described_by.clone();
        match self.wrong.clone() {
            None => el.maybe("aria-describedby", (!before.is_empty()).then_some(before)),
            Some(wrong) => {
                let error = [&self.id, "-error"].concat();
                el.live(
                    "aria-describedby",
                    Arc::new(move || {
                        let now = wrong().filter(|words| !words.is_empty());
                        let ids = match (now, before.is_empty()) {
                            (None, true) => return None,
                            (None, false) => before.clone(),
                            (Some(_), true) => error.clone(),
                            (Some(_), false) => [&before, " ", &error].concat(),
                        };
                        Some(ids.into())
                    }),
                )
            }
        }
    }
}

fn wrong_class(el: El, class: &'static str, more: &str, wrong: Option<Wrong>) -> El {
    let plain = [class, more].concat();
    match wrong {
        None => el.class(plain),
        Some(wrong) => {
            let with = [class, " ", class, "--error", more].concat();
            let (plain, with): (Str, Str) = (plain.into(), with.into());
            el.live(
                "class",
                Arc::new(move || Some(if wrong().is_some() { with.clone() } else { plain.clone() })),
            )
        }
    }
}

impl Field {
    /// A field that is never checked.
    pub fn new(id: &str, label: Label) -> Self {
        Self { id: id.to_owned(), label, ..Self::default() }
    }

    /// With a line or two of help.
    pub fn hint(mut self, words: impl Into<Kid>) -> Self {
        self.hint.push(words.into());
        self
    }

    /// With something wrong, for examples and tests.
    pub fn wrong(mut self, words: &'static str) -> Self {
        self.wrong = Some(Arc::new(move || Some(words.to_owned())));
        self.wrong_prefix = "Error: ".into();
        self
    }

    fn parts(self) -> (Label, Vec<Kid>, Control) {
        let mut around: Vec<Kid> = Vec::new();
        let mut described_by = self.described_by.unwrap_or_default();
        if !self.hint.is_empty() {
            let id = [&self.id, "-hint"].concat();
            if !described_by.is_empty() {
                described_by.push(' ');
            }
            described_by.push_str(&id);
            around.push(hint(Some(id), self.hint).into());
        }
        around.extend(self.help.into_iter().map(Kid::El));
        if let Some(wrong) = self.wrong.clone() {
            let (id, prefix) = ([&self.id, "-error"].concat(), self.wrong_prefix);
            around.push(Kid::Slot(
                Arc::new(move || wrong().filter(|words| !words.is_empty())),
                Box::new(move |words| error_message(Some(id.clone()), prefix.clone(), words.to_owned())),
            ));
        }
        (self.label, around, Control { id: self.id, wrong: self.wrong, described_by, group: false })
    }

    /// A single control with a `label`.
    pub fn labelled(self, draw: impl FnOnce(&Control) -> El) -> El {
        let (label, around, control) = self.parts();
        let group = control.form_group();
        let label = label.label(&control.id);
        group.kid(label).kids(around).kid(draw(&control))
    }

    /// Several controls in a `fieldset` with a `legend`. `role` is `group` where screen readers would
    /// otherwise leave the legend out for text boxes (JAWS 18 in Internet Explorer, by the design system's
    /// own note).
    pub fn grouped(self, role: Option<&'static str>, draw: impl FnOnce(&Control) -> Vec<El>) -> El {
        let (label, around, control) = self.parts();
        let group = control.form_group();
        let set = control.describe(el("fieldset").class("nhsuk-fieldset").maybe("role", role));
        group.kid(set.kid(label.legend()).kids(around).kids(draw(&control)))
    }

    /// Several controls whose words stand elsewhere.
    pub fn bare(self, draw: impl FnOnce(&Control) -> El) -> El {
        let (_, around, control) = self.parts();
        control.form_group().kids(around).kid(draw(&control))
    }
}
