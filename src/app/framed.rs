//! In a frame of somebody else's page: telling that page how high ours is and when a page turns, and telling the
//! person where the browser may not keep answers in a frame (WebKit forgets what a frame of another site keeps).
//!
//! Only the exact origins of the configuration are told anything, and nothing is heard from them here. Messages are
//! texts: `{"type":"HEIGHT","height":812}`, `{"type":"TURNED"}`, `{"type":"EVENT","said":"saved <id>"}`.

use super::collecting::{around, known_around, may_be_around};
use super::door::Door;
use super::lifespan::Lifespan;
use super::surroundings;
use crate::ui::markup::{El, Kid, el};
use crate::ui::screens::shell;
use crate::ui::words::Word;
use js_sys::Function;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ResizeObserver, Window};

/// The page around ours, and what watches our height for it.
pub struct Framed {
    window: Window,
    around: Window,
    origins: Vec<String>,
    watch: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

impl Framed {
    fn say(&self, message: &str) {
        for origin in &self.origins {
            // Dropped by the browser unless the page around us is of that very origin.
            let _ = self.around.post_message(&message.into(), origin);
        }
    }

    fn say_height(&self) {
        let body = self.window.document().and_then(|document| document.body());
        let height = body.map(|body| body.get_bounding_client_rect().height().ceil());
        // A body is never higher than 33,554,432 pixels in any browser.
        if let Some(height) = height.filter(|height| (1.0..1e8).contains(height)) {
            self.say(&["{\"type\":\"HEIGHT\",\"height\":", &(height as u32).to_string(), "}"].concat());
        }
    }
}

impl Drop for Framed {
    fn drop(&mut self) {
        if let Some((watch, hear)) = self.watch.take() {
            watch.disconnect();
            let _ = self.window.remove_event_listener_with_callback("resize", hear.as_ref().unchecked_ref());
        }
    }
}

/// What the app draws, as it stands on this page: as it is on a page of our own, with a warning above it in a frame,
/// as one region on somebody else's page.
pub fn placed(door: &Rc<Door>, whole: El) -> El {
    if !surroundings::are_ours() {
        return shell::within_a_page(whole, &door.name());
    }
    match web_sys::window().as_ref().and_then(around) {
        Some(_) => warned(door, whole),
        None => whole,
    }
}

#[inline(never)] // not needed for the first question of a page that is in no frame
fn warned(door: &Rc<Door>, whole: El) -> El {
    let (forgets, words) = (door.frame_forgets, door.words());
    let here = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let there = Arc::new(move || forgets.get().then(String::new));
    let warning = move |_: &str| {
        let open = el("a").attr("href", here.clone()).attr("target", "_top").text(words.say(Word::FrameOpen));
        let words = el("p").text(words.say(Word::FrameForgets));
        let inside = el("div").class("nhsuk-width-container").kid(words).kid(el("p").kid(open));
        el("aside").class("wm-banner").attr("aria-live", "polite").kid(inside)
    };
    el("div").kid(Kid::Slot(there, Box::new(warning))).kid(whole)
}

impl Door {
    /// The practice's name, or the product's where it is not known.
    pub(super) fn name(&self) -> String {
        let config = self.config.borrow();
        let name = config.as_ref().map(|config| config.practice.name.clone());
        name.unwrap_or_else(|| self.words().say(Word::StartTitle).to_owned())
    }

    /// Where ours is in a frame: finds out what is kept there, and tells the page around how high ours is.
    pub(super) fn settle_in_frame(self: &Rc<Self>) {
        let Some(window) = web_sys::window().filter(|_| surroundings::are_ours()) else { return };
        let Some(around) = around(&window) else { return };
        self.frame_forgets.set(self.keeps_nowhere() || self.kept.lifespan.get() == Lifespan::Visit);
        let named = self.config.borrow().as_ref().map(|config| config.frame.clone()).unwrap_or_default();
        let known = known_around(&window);
        let origins = named.into_iter().filter(|origin| may_be_around(origin, known.as_deref()));
        let mut framed = Framed { window, around, origins: origins.collect(), watch: None };
        if framed.origins.is_empty() {
            return;
        }
        let door = Rc::downgrade(self);
        let hear = Closure::<dyn FnMut()>::new(move || {
            if let Some(framed) = door.upgrade().as_ref().and_then(|door| door.framed.try_borrow().ok())
                && let Some(framed) = framed.as_ref()
            {
                framed.say_height();
            }
        });
        let listener: &Function = hear.as_ref().unchecked_ref();
        // The page around asks for the height by changing ours: `public/embed.js`.
        let _ = framed.window.add_event_listener_with_callback("resize", listener);
        let body = framed.window.document().and_then(|document| document.body());
        if let (Ok(watch), Some(body)) = (ResizeObserver::new(listener), body) {
            watch.observe(&body);
            framed.watch = Some((watch, hear));
        }
        framed.say_height();
        *self.framed.borrow_mut() = Some(framed);
    }

    /// Tells the page around that ours shows another page, from its top.
    #[inline(never)] // not needed for the first question
    pub(super) fn tell_frame_of_turn(&self) {
        self.say_around("{\"type\":\"TURNED\"}");
    }

    /// Tells the page around what the element's event says.
    pub(super) fn tell_page_around(&self, said: &str) {
        // Names of events and ids: nothing in them needs escaping.
        self.say_around(&["{\"type\":\"EVENT\",\"said\":\"", said, "\"}"].concat());
    }

    fn say_around(&self, message: &str) {
        if let Some(framed) = self.framed.borrow().as_ref() {
            framed.say(message);
        }
    }

    fn keeps_nowhere(&self) -> bool {
        let standing = self.keeper.borrow().as_ref().map(|keeper| keeper.standing());
        standing.is_some_and(|standing| standing.local.is_some() && standing.indexed.is_some())
    }
}
