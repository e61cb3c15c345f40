//! How the page looks to this person: as they chose on an earlier visit, and as they choose now.
//!
//! Only what is ours changes: the app's own root, and the whole page where the page is ours. On another's page
//! nothing outside our element is touched.

use super::door::Door;
use super::surroundings;
use crate::store::setting::Setting;
use crate::ui::act::{Act, Acts};
use crate::ui::appearance::{Appearance, Colours, TextSize};
use crate::ui::markup::El;
use crate::ui::parts::settings::settings;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::Element;

impl Door {
    /// As the person chose before; from now on it can be changed.
    pub(super) fn recall_appearance(&self) {
        if self.appearance.get_untracked().is_some() {
            return;
        }
        let keeper = self.keeper.borrow().clone();
        let before = |setting: Setting| keeper.as_ref().and_then(|keeper| setting.read(&*keeper.slots()));
        let text = before(Setting::TextSize).map(|name| TextSize::named(&name)).unwrap_or_default();
        let colours = before(Setting::Colours).map(|name| Colours::named(&name)).unwrap_or_default();
        self.appearance.set(Some(Appearance { text, colours }));
        self.dress();
    }

    /// As the person wants it now. A device that many people use forgets it with them.
    pub(super) fn appear(self: &Rc<Self>, appearance: Appearance) {
        self.appearance.set(Some(appearance));
        self.dress();
        if let Some(keeper) = self.keeper.borrow().as_ref().filter(|_| !self.is_shared()) {
            for (setting, name) in
                [(Setting::TextSize, appearance.text.name()), (Setting::Colours, appearance.colours.name())]
            {
                match name {
                    Some(name) => setting.keep(&*keeper.slots(), name),
                    None => setting.forget(&*keeper.slots()),
                }
            }
        }
    }

    /// The next person begins with the page as everybody's.
    pub(super) fn forget_appearance(self: &Rc<Self>) {
        if self.is_shared() && self.appearance.get_untracked().is_some_and(|it| it != Appearance::default()) {
            self.appear(Appearance::default());
        }
    }

    /// Puts the attributes that the style sheet knows where they belong.
    #[inline(never)] // not needed for the first question
    pub(super) fn dress(&self) {
        let appearance = self.appearance.get_untracked().unwrap_or_default();
        let app = self.host.query_selector(":scope > [data-app]").ok().flatten();
        let page = web_sys::window().and_then(|window| window.document()?.document_element());
        let page = page.filter(|_| surroundings::are_ours());
        for element in [app, page].into_iter().flatten() {
            for (name, value) in appearance.attributes() {
                set(&element, name, value);
            }
        }
    }
}

/// Fixed names and values: setting and taking off cannot fail.
fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// The choices, there once they can be made.
pub fn choices(door: &Door, acts: &Acts) -> El {
    let (appearance, acts) = (door.appearance, acts.clone());
    let now = Arc::new(move || appearance.get());
    settings(door.words(), now, !door.is_shared(), move |chosen| acts.send(Act::Appear(chosen)))
}
