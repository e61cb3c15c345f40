//! The way back on somebody else's page. Its history is theirs: our page turns are not in it, and our own Back
//! leads along a trail that is kept here.

use super::door::Door;
use super::screen::{Entry, Screen};
use super::surroundings;
use leptos::prelude::*;
use std::rc::Rc;

/// How many screens the trail holds; from the oldest of them Back leads to what comes before in the form.
const LONGEST: usize = 200;

impl Door {
    /// The page turns away from the screen that shows now.
    #[inline(never)] // not needed for the first question
    pub(super) fn leave_trail(&self) {
        if surroundings::are_ours() {
            return;
        }
        let screen = self.screen.get_untracked();
        let mut trail = self.trail.borrow_mut();
        if screen == Screen::Start {
            trail.clear();
        }
        if screen.is_one_to_come_back_to() && trail.last() != Some(&screen) {
            if trail.len() == LONGEST {
                trail.remove(0);
            }
            trail.push(screen);
        }
    }

    /// One screen back along the trail; false at its beginning.
    #[inline(never)] // not needed for the first question
    pub(super) fn go_back_along_trail(self: &Rc<Self>) -> bool {
        let before = self.trail.borrow_mut().pop();
        let Some(screen) = before else { return false };
        self.arrive(Entry { depth: 0, screen });
        true
    }
}
