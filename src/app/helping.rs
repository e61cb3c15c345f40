//! Help before the next question: an answer that has a safety rule is met with where to get help at once, by a
//! page of its own, whichever way the person goes on. Nothing is blocked: from there they carry on, skip the
//! rest, go back or leave.

use super::clock;
use super::door::{Door, Open};
use super::screen::Screen;
use crate::domain::showing::{Occasion, Showing};
use crate::engine::safety;
use crate::ui::help::Help;
use crate::ui::markup::El;
use crate::ui::parts::wording::paragraph;
use crate::ui::screens::interruption::{Interruption, help_at_the_end};
use crate::ui::words::Word;
use leptos::prelude::*;
use std::rc::Rc;

impl Door {
    /// The screen to show when `wanted` is asked for: help in its place, while an answer on a page before it
    /// has to be met with help first.
    pub(super) fn gated(&self, wanted: Screen) -> Screen {
        let Some(open) = self.open.borrow().clone() else { return wanted };
        let steps = self.steps();
        let to = match &wanted {
            Screen::Ask(place) => self.position(&steps, place),
            other => (*other == Screen::Check).then_some(steps.len()),
        };
        let Some(to) = to else { return wanted };
        let draft = open.draft.borrow();
        let first = open.live.with(|session| safety::first_before(session, &draft, &steps, to));
        let Some(place) = first.and_then(|at| self.place_of(steps.get(at)?)) else { return wanted };
        *self.after_help.borrow_mut() = Some(wanted);
        Screen::Help(place)
    }

    /// Help, if an answer that was given before this visit, or before a reload, is still to be met with it.
    pub(super) fn help_first(&self, open: &Open) -> Option<Screen> {
        let due = open.live.with(|session| safety::due(session, &open.draft.borrow()));
        let place = open.live.with(|session| Some(session.place(*due.first()?)))?;
        *self.after_help.borrow_mut() = None;
        Some(Screen::Help(self.step_at(&place).and_then(|step| self.place_of(&step)).unwrap_or(place)))
    }

    /// Records that help is shown now, and keeps the record with the answers.
    pub(super) fn note_help(self: &Rc<Self>, screen: &Screen) {
        let (Screen::Help(_), Some(open)) = (screen, self.open.borrow().clone()) else { return };
        let showing = Showing { at: clock::local_date_time().into(), occasion: Occasion::Question };
        open.draft.borrow_mut().show_help(showing);
        self.save(open);
    }

    /// On from help, to where the person was going.
    pub(super) fn go_on_from_help(self: &Rc<Self>) {
        let Screen::Help(place) = self.screen.get_untracked() else { return };
        self.meet();
        let wanted = self.after_help.borrow_mut().take();
        // In its place: Back leads to the question, not to this page again.
        self.replace(match wanted {
            Some(Screen::Ask(place)) => self.nearest(place),
            Some(screen) => screen,
            None => self.step_beside(&place, 1).map_or(Screen::Check, Screen::Ask),
        });
    }

    /// On from help, past all other questions.
    pub(super) fn skip_rest(self: &Rc<Self>) {
        self.meet();
        self.replace(Screen::Check);
    }

    /// Everything that has to be met with help has been: the person was shown it, and goes on.
    fn meet(self: &Rc<Self>) {
        let Some(open) = self.open.borrow().clone() else { return };
        let due = open.live.with(|session| {
            let due = safety::due(session, &open.draft.borrow());
            due.into_iter().map(|node| session.place(node)).collect::<Vec<_>>()
        });
        due.into_iter().for_each(|place| open.draft.borrow_mut().go_on_from(place));
        self.save(open);
    }

    /// Where to get help now. Without a configuration, the built-in numbers.
    pub(super) fn help(&self) -> Help {
        let config = self.config.borrow().clone();
        let region = config.as_ref().and_then(|config| config.help.clone());
        Help { words: self.words(), region, phone: config.and_then(|config| config.practice.phone.clone()) }
    }

    /// What the last page says besides: help, if an answer just finished asks for it, else that nobody is
    /// watching.
    pub(super) fn care(&self) -> Vec<El> {
        if self.help_at_end.get() {
            return vec![help_at_the_end(&self.interruption())];
        }
        vec![paragraph(self.words().say(Word::DoneNotWatched))]
    }

    /// What the page of help says.
    pub(super) fn interruption(&self) -> Interruption {
        let review = self.config.borrow().as_ref().and_then(|config| config.reviewer(self.language()));
        Interruption { help: self.help(), link_worker: self.link_worker(), shared: self.is_shared(), review }
    }
}

/// Each time help was shown, and once more with the confirmation now at hand, if an answer that is sent has a
/// safety rule.
pub(super) fn showings(open: &Open, authored: &str) -> Vec<Showing> {
    let mut showings: Vec<Showing> = open.draft.borrow().showings.iter().cloned().collect();
    if is_triggered(open) {
        showings.push(Showing { at: authored.into(), occasion: Occasion::End });
    }
    showings
}

/// Whether an answer, as it is now, has to be met with help.
pub(super) fn is_triggered(open: &Open) -> bool {
    !open.live.with(safety::triggered).is_empty()
}
