//! The words that name a control, and the same words as the legend of a group of controls.

use super::Example;
use crate::ui::markup::{El, Kid, Str, el};

/// How large the words are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// As running text.
    #[default]
    Plain,
    /// Small heading.
    S,
    /// Medium heading.
    M,
    /// Large heading.
    L,
    /// The largest heading.
    Xl,
}

impl Size {
    /// The letters after `--` in a class; none for [`Size::Plain`].
    pub fn letters(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::S => Some("s"),
            Self::M => Some("m"),
            Self::L => Some("l"),
            Self::Xl => Some("xl"),
        }
    }
}

/// The words that name a control or a group of them.
#[derive(Default)]
pub struct Label {
    /// The words, and what may stand between them.
    pub words: Vec<Kid>,
    /// The heading level, 1 to 6, if the words are a heading too.
    pub heading: Option<u8>,
    /// How large they are.
    pub size: Size,
    /// The id of the words.
    pub id: Option<Str>,
    /// The language of the words, if it is not that of the page (BCP 47), and its direction.
    pub language: Option<Language>,
}

/// A language that differs from the one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47).
    pub tag: Str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

/// Marks an element as being in another language.
pub fn in_language(el: El, language: Option<&Language>) -> El {
    match language {
        Some(language) => el.attr("lang", language.tag.clone()).attr("dir", language.direction),
        None => el,
    }
}

/// A heading element's tag; levels beyond six stay at six.
pub fn heading_tag(level: u8) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// A class and, where a size is asked for, the class with the size.
pub fn sized(class: &'static str, size: Size) -> Str {
    match size.letters() {
        None => class.into(),
        Some(letters) => [class, " ", class, "--", letters].concat().into(),
    }
}

impl Label {
    /// Plain words.
    pub fn new(words: impl Into<Kid>) -> Self {
        Self { words: vec![words.into()], ..Self::default() }
    }

    /// The words as a heading of the page.
    pub fn heading(words: impl Into<Kid>, level: u8, size: Size) -> Self {
        Self { words: vec![words.into()], heading: Some(level), size, ..Self::default() }
    }

    /// As the `label` of the control with an id.
    pub fn label(self, of: &str) -> El {
        let named = (!of.is_empty()).then(|| of.to_owned());
        let label = el("label")
            .class(sized("nhsuk-label", self.size))
            .maybe("id", self.id)
            .maybe("for", named)
            .kids(self.words);
        let label = in_language(label, self.language.as_ref());
        match self.heading {
            Some(level) => el(heading_tag(level)).class("nhsuk-label-wrapper").kid(label),
            None => label,
        }
    }

    /// As the `legend` of a group.
    pub fn legend(self) -> El {
        let legend = in_language(
            el("legend").class(sized("nhsuk-fieldset__legend", self.size)).maybe("id", self.id),
            self.language.as_ref(),
        );
        match self.heading {
            Some(level) => {
                legend.kid(el(heading_tag(level)).class("nhsuk-fieldset__heading").kids(self.words))
            }
            None => legend.kids(self.words),
        }
    }
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![
        ("plain", Label::new("What should we call you?").label("")),
        ("heading", Label::heading("What should we call you?", 2, Size::L).label("")),
    ]
}
