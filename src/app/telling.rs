//! Telling the circumstances: with one press, or once for several questionnaires of one sitting.

use super::circumstances;
use super::clock;
use super::door::Door;
use super::screen::Screen;
use super::told::Told;
use crate::engine::{Command, NodeIx};
use crate::ui::words::Word;
use leptos::prelude::*;
use std::rc::Rc;

impl Door {
    /// What "I am at home, on my own" answers on a page, if it can be said there in one press. A device that many
    /// people use is at nobody's home: there it is "I am at the surgery, on my own".
    pub(super) fn is_alone(&self, nodes: &[NodeIx]) -> Option<Vec<Command>> {
        let open = self.open.borrow().clone()?;
        open.live.with(|session| circumstances::alone(session, nodes, self.is_shared()))
    }

    /// What saying so is called here.
    #[inline(never)] // not needed for the first question
    pub(super) fn alone_here(&self) -> Word {
        if self.is_shared() { Word::TodayAloneAtSurgery } else { Word::AskAloneAtHome }
    }

    /// Says so, and goes on.
    pub(super) fn tell_alone(self: &Rc<Self>) {
        let Screen::Ask(place) = self.screen.get_untracked() else { return };
        let Some(open) = self.open.borrow().clone() else { return };
        let Some(step) = self.step_at(&place) else { return };
        for command in self.is_alone(&step.nodes).unwrap_or_default() {
            open.live.send(command);
        }
        self.go_on();
    }

    /// Remembers the circumstances of a questionnaire now finished, for the next one of this sitting.
    pub(super) fn remember_told(&self) {
        let open = self.open.borrow().clone();
        let told = open.and_then(|open| open.live.with(|session| Told::of(session, clock::now())));
        if told.is_some() {
            *self.told.borrow_mut() = told;
        }
    }

    /// Whether the page that comes next asks only for circumstances this person has told already; they are
    /// put in, to be read and changed on the check page.
    pub(super) fn tell_again(&self, nodes: &[NodeIx]) -> bool {
        let Some(open) = self.open.borrow().clone() else { return false };
        let is_theirs = open
            .live
            .with(|session| nodes.iter().all(|node| circumstances::is_ours(&session.item(*node).link_id)));
        let told = self.told.borrow().clone();
        let Some(told) = told.filter(|_| is_theirs) else { return false };
        let again = open.live.with(|session| told.again(session, clock::now()));
        for (link_id, answers) in &again {
            if let Some(node) = open.live.with(|session| circumstances::find(session, link_id)) {
                open.live.send(Command::Answer { node, answers: answers.clone() });
            }
        }
        !again.is_empty()
    }
}
