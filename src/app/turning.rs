//! Turning pages: Continue, Back, skip, change.

use super::circumstances;
use super::door::Door;
use super::screen::{self, Entry, Screen};
use crate::domain::answer::{Place, Skip};
use crate::engine::node::is_question;
use crate::engine::{Command, NodeIx};
use crate::ui::act::Act;
use crate::ui::focus;
use crate::ui::kept::Page;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

impl Door {
    /// Does what a person asked for.
    pub fn perform(self: &Rc<Self>, act: Act) {
        match act {
            Act::Begin(at) => self.begin(at),
            Act::BeginAfresh(at) => self.begin_afresh(at),
            Act::Explain(slug) => self.explain(slug),
            Act::ExplainEasy(slug, easy) => self.explain_easy(slug, easy),
            Act::ReadAloud => self.read_aloud(),
            Act::Back => self.back(),
            Act::Continue => self.go_on(),
            Act::GoOn => self.go_on_from_help(),
            Act::SkipRest => self.skip_rest(),
            Act::Skip(skip) => self.skip(skip),
            Act::Copy => self.keep_or_delete_copy(),
            Act::Print => super::address::print(),
            Act::Alone => self.tell_alone(),
            Act::Change(node) => self.change(node),
            Act::Send => self.finish(),
            Act::TryAgain => self.try_again(),
            Act::Stop => {
                self.begin_after.set(None);
                self.turn(Screen::Stop);
            }
            Act::ConfirmStop => self.discard(),
            Act::CancelStop => self.leave_stop(),
            Act::GoToStart if self.is_shared() && self.open.borrow().is_none() => self.clear_away(),
            Act::GoToStart => self.turn(Screen::Start),
            Act::Kept(wish) => self.wish(wish),
            Act::LetCollect(agreed) => self.let_collect(agreed),
            Act::Speak(tongue) => self.speak(tongue),
            Act::Appear(appearance) => self.appear(appearance),
            Act::Later => self.turn(Screen::Later),
            Act::StillHere => self.still_here(),
            Act::ClearAway => self.clear_away(),
        }
    }

    /// The first screen of a visit: no page turn lies before it. After a reload the history still knows
    /// where the person was, and how many page turns came before.
    pub(super) fn first(self: &Rc<Self>, screen: Screen) {
        let screen = self.gated(screen);
        let before = Entry::showing();
        self.depth.set(before.map_or(0, |entry| entry.depth));
        Entry { depth: self.depth.get(), screen: screen.clone() }.replace();
        self.note_step(&screen);
        self.note_help(&screen);
        self.screen.set(screen);
    }

    /// After a reload of a page that the address opened: the page the person was on. Without any answers the
    /// draft does not know it, but the browser does. It also knows the last page of answers that have gone: with
    /// nothing answered there is nothing to check.
    pub(super) fn back_to(self: &Rc<Self>, before: Entry) {
        // Help comes before the page that the browser knows of.
        if matches!(self.screen.get_untracked(), Screen::Help(_)) {
            return;
        }
        let begun = self.open.borrow().as_ref().map(|open| !open.draft.borrow().held.is_empty());
        let screen = match before.screen {
            Screen::Ask(place) if begun.is_some() => self.nearest(place),
            Screen::Check if begun == Some(true) => Screen::Check,
            Screen::Ask(_)
            | Screen::Help(_)
            | Screen::Check
            | Screen::Before
            | Screen::Opening
            | Screen::Start
            | Screen::Explain(_)
            | Screen::Done
            | Screen::Kept(_)
            | Screen::Later
            | Screen::Stop
            | Screen::Trouble(_) => return,
        };
        self.first(screen);
    }

    /// Shows a screen as a new page.
    pub(super) fn turn(self: &Rc<Self>, screen: Screen) {
        let screen = self.gated(screen);
        let entry = Entry { depth: self.depth.get() + 1, screen: screen.clone() };
        if entry.push() {
            self.depth.set(entry.depth);
        }
        self.leave_trail();
        self.tell_frame_of_turn();
        self.show(screen);
    }

    /// Shows a screen in the place of the one before.
    pub(super) fn replace(self: &Rc<Self>, screen: Screen) {
        let screen = self.gated(screen);
        Entry { depth: self.depth.get(), screen: screen.clone() }.replace();
        self.show(screen);
    }

    fn show(self: &Rc<Self>, screen: Screen) {
        self.hush();
        self.errors.set(Vec::new());
        // Somebody who reads what happens first comes back to their answers.
        if !matches!(screen, Screen::Done | Screen::Explain(_)) {
            self.forget_ended();
        }
        self.note_step(&screen);
        self.note_help(&screen);
        self.screen.set(screen);
    }

    /// The browser went to another of our entries: Back or Forward.
    pub(super) fn arrive(self: &Rc<Self>, entry: Entry) {
        self.depth.set(entry.depth);
        let screen = match entry.screen {
            // What was answered is no longer here: sent, deleted, or another visit's.
            Screen::Before | Screen::Ask(_) | Screen::Check if self.open.borrow().is_none() => {
                self.behind_what_is_read()
            }
            Screen::Ask(place) => self.nearest(place),
            Screen::Explain(slug) => self.looked_up(slug),
            other => other,
        };
        let screen = self.gated(screen);
        self.show(screen);
    }

    /// Where Back leads from an explanation once the answers are finished: to the last page again, if it was read
    /// from there. On a device that many people use that page is another person's by then.
    #[inline(never)] // not needed for the first question
    fn behind_what_is_read(&self) -> Screen {
        let reads = matches!(self.screen.get_untracked(), Screen::Explain(_));
        if reads && self.finished.borrow().is_some() && !self.is_shared() {
            Screen::Done
        } else {
            Screen::Start
        }
    }

    /// Back, in the page: as the browser's Back where a page of ours lies before, else to what comes before.
    fn back(self: &Rc<Self>) {
        if matches!(self.screen.get_untracked(), Screen::Stop | Screen::Later) {
            return self.leave_stop();
        }
        if matches!(self.screen.get_untracked(), Screen::Kept(Page::Delete(_))) {
            return self.replace(Screen::Kept(Page::List));
        }
        if self.depth.get() > 0 && screen::back() || self.go_back_along_trail() {
            return;
        }
        let before = match self.screen.get_untracked() {
            Screen::Ask(place) => self.step_beside(&place, -1).map_or(Screen::Start, Screen::Ask),
            Screen::Help(place) => Screen::Ask(place),
            Screen::Check => self.last_step().map_or(Screen::Start, Screen::Ask),
            Screen::Opening
            | Screen::Start
            | Screen::Before
            | Screen::Explain(_)
            | Screen::Done
            | Screen::Kept(_)
            | Screen::Later
            | Screen::Stop
            | Screen::Trouble(_) => Screen::Start,
        };
        self.replace(before);
    }

    fn leave_stop(self: &Rc<Self>) {
        self.begin_after.set(None);
        let resume = self.current_draft_step().map_or(Screen::Start, |place| self.nearest(place));
        self.replace(resume);
    }

    /// On to the next page, unless something on this one has to be put right.
    pub(super) fn go_on(self: &Rc<Self>) {
        let Some(open) = self.open.borrow().clone() else { return self.turn(Screen::Start) };
        if self.screen.get_untracked() == Screen::Before {
            return self.turn(self.first_question());
        }
        let Screen::Ask(place) = self.screen.get_untracked() else { return };
        let Some(step) = self.step_at(&place) else { return self.turn(Screen::Check) };
        let errors = self.problems_on(&open, &step);
        if errors.is_empty() {
            self.leave(&place);
        } else {
            self.errors.set(errors);
            let host = self.host.clone();
            // After the list has been drawn.
            spawn_local(async move {
                leptos::task::tick().await;
                focus::on_errors(&host);
            });
        }
    }

    /// From a page that is in order to the next one, or back to the check page.
    fn leave(self: &Rc<Self>, place: &Place) {
        if self.changing.replace(false) {
            return self.turn(Screen::Check);
        }
        let next = self.step_beside(place, 1);
        let told = next
            .as_ref()
            .and_then(|next| self.step_at(next))
            .is_some_and(|step| self.tell_again(&step.nodes));
        self.turn(next.filter(|_| !told).map_or(Screen::Check, Screen::Ask));
    }

    /// Leaves this page's open questions unanswered, on purpose.
    fn skip(self: &Rc<Self>, skip: Skip) {
        let Some(open) = self.open.borrow().clone() else { return };
        let Screen::Ask(place) = self.screen.get_untracked() else { return };
        let Some(step) = self.step_at(&place) else { return };
        let questions: Vec<NodeIx> = open.live.with(|session| {
            let can = |node: &&NodeIx| {
                let item = session.item(**node);
                let ours = circumstances::is_ours(&item.link_id);
                is_question(item) && !item.read_only && !item.hidden && !ours && session.is_enabled(**node)
            };
            step.nodes.iter().filter(can).copied().collect()
        });
        let alone = questions.len() == 1;
        for node in questions {
            let unanswered =
                open.live.with(|session| session.answers(node).is_empty() && session.typed(node).is_none());
            if alone || unanswered {
                open.live.send(Command::Skip { node, skip });
            }
        }
        self.leave(&place);
    }

    /// To one question, and with Continue back to the check page.
    fn change(self: &Rc<Self>, node: NodeIx) {
        let Some(open) = self.open.borrow().clone() else { return };
        let place = open.live.with(|session| session.place(node));
        self.changing.set(true);
        let screen = self.nearest(place);
        self.turn(screen);
    }
}
