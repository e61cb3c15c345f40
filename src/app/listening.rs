//! What the window tells us: Back and Forward, the network's return, the page shown again, another tab.

use super::door::Door;
use super::screen::Entry;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget, MessageEvent, PopStateEvent};

/// Listeners on the window and the document, taken off when this is dropped.
pub struct Listening {
    listeners: Vec<(EventTarget, &'static str, Closure<dyn FnMut(Event)>)>,
}

impl Listening {
    /// Listens for `door` as long as both live.
    pub fn new(door: &Rc<Door>) -> Self {
        let mut listening = Self { listeners: Vec::new() };
        let Some(window) = web_sys::window() else { return listening };
        listening.on(&window, "popstate", door, |door, event| {
            let state = event.dyn_ref::<PopStateEvent>().map(PopStateEvent::state);
            if let Some(entry) = state.as_ref().and_then(Entry::read) {
                door.arrive(entry);
            }
        });
        listening.on(&window, "message", door, |door, event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                door.hear_window(event);
            }
        });
        // The browser's word that the network is back is a hint; the sending finds out.
        listening.on(&window, "online", door, |door, _| door.send_waiting());
        // Where many people use the device, whatever leaves the page leaves nothing on it: the back-forward
        // cache would show the next person what stood here (measured, in spite of `no-store`).
        listening.on(&window, "pagehide", door, |door, _| {
            if door.is_shared() {
                door.put_away();
            }
        });
        for touch in ["pointerdown", "keydown", "input", "wheel", "scroll"] {
            listening.on(&window, touch, door, |door, _| door.touched());
        }
        // A page brought back from the back-forward cache, or looked at again, may be older than the stores.
        listening.on(&window, "pageshow", door, |door, _| door.look_again());
        // A browser goes on reading a page aloud that is no longer there.
        listening.on(&window, "pagehide", door, |door, _| door.hush());
        if let Some(document) = window.document() {
            listening.on(&document, "visibilitychange", door, |door, _| door.look_again());
        }
        listening
    }

    fn on(
        &mut self,
        target: &EventTarget,
        event: &'static str,
        door: &Rc<Door>,
        mut hear: impl FnMut(&Rc<Door>, &Event) + 'static,
    ) {
        let door: Weak<Door> = Rc::downgrade(door);
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if let Some(door) = door.upgrade() {
                hear(&door, &event);
            }
        });
        // Refused only for a listener that is not a function, which this is.
        let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        self.listeners.push((target.clone(), event, listener));
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        for (target, event, listener) in &self.listeners {
            let _ = target.remove_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        }
    }
}
