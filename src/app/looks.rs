//! Puts on what a practice changes of the looks.

use super::config::Theme;
use super::door::Door;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

impl Door {
    /// Gives `around`, whose style the tokens are part of, the practice's own values. As properties of its style
    /// object, which a policy without inline styles allows (CSP 3, 8.1: CSSOM is not blocked).
    pub(super) fn dress(&self, around: &Element) {
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
