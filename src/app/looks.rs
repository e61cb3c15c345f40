//! What stands around the app: its language, its title, and what a practice changes of the looks.

use super::config::Theme;
use super::door::Door;
use super::surroundings;
use crate::ui::markup::unmarked;
use crate::ui::words::Word;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

impl Door {
    /// What stands around the app has its language too: the whole page where the page is ours, with its title; else
    /// the element.
    pub(super) fn tell_language(&self) {
        let (words, host) = (self.words(), &self.host);
        let document = web_sys::window().and_then(|window| window.document());
        let around = match document.filter(|_| surroundings::are_ours()) {
            Some(document) => {
                document.set_title(&unmarked(words.say(Word::StartTitle).into()));
                document.document_element()
            }
            None => Some(host.clone().into()),
        };
        if let Some(around) = around {
            self.put_theme_on(&around);
            let _ = around.set_attribute("lang", words.tongue().tag);
            let _ = around.set_attribute("dir", words.tongue().direction);
        }
    }

    /// Gives `around`, whose style the tokens are part of, the practice's own values. As properties of its style
    /// object, which a policy without inline styles allows (CSP 3, 8.1: CSSOM is not blocked).
    fn put_theme_on(&self, around: &Element) {
        let config = self.config.borrow();
        let theme = config.as_ref().map(|config| &config.theme);
        if let Some(theme) = theme.filter(|theme| **theme != Theme::default()) {
            put_on(theme, around);
        }
    }
}

#[inline(never)] // not needed for the first question of a practice without a theme
fn put_on(theme: &Theme, around: &Element) {
    if let Some(around) = around.dyn_ref::<HtmlElement>() {
        for (name, value) in theme.properties() {
            // Names and values are ours: they are well-formed.
            let _ = around.style().set_property(name, &value);
        }
    }
}
