//! Coming back: to the page one was on, or to a device that no longer has what one wrote.

use super::clock;
use super::door::Door;
use super::screen::{Entry, Screen};
use crate::store::keeper::Keeper;
use crate::ui::words::Word;
use std::rc::Rc;

impl Door {
    /// After a reload, the page the person was on, if its answers are still kept here.
    pub(super) fn where_it_was(self: &Rc<Self>) -> Option<Screen> {
        let before = Entry::showing()?.screen;
        if !matches!(before, Screen::Ask(_) | Screen::Check) {
            return None;
        }
        let Some(row) = self.rows().into_iter().find(|row| row.kept_until.is_some()) else {
            self.miss_answers();
            return None;
        };
        let last = self.take_up(row.source.ok()?, row.url);
        // Help comes first; and what may not be asked here is not open.
        if self.open.borrow().is_none() || matches!(last, Screen::Help(_)) {
            return Some(last);
        }
        Some(match before {
            Screen::Ask(place) => self.nearest(place),
            Screen::Check => Screen::Check,
            Screen::Opening
            | Screen::Start
            | Screen::Before
            | Screen::Explain(_)
            | Screen::Help(_)
            | Screen::Done
            | Screen::Kept(_)
            | Screen::Later
            | Screen::Stop
            | Screen::Trouble(_) => last,
        })
    }

    /// The browser's history says that questions were open here, and no answers are kept. Where we know why (sent,
    /// deleted, too old, or a device that keeps none), that has been said; else the browser may have thrown them
    /// away, unless there never were any: the sentence holds for both.
    fn miss_answers(&self) {
        let Some(keeper) = self.keeper.borrow().clone() else { return };
        let known = !keeper.gone().is_empty() || !keeper.waiting().is_empty() || self.is_shared();
        if !known && self.news.borrow().is_none() {
            *self.news.borrow_mut() = Some(self.words().say(Word::KeptGone).to_owned());
        }
    }

    /// Deletes the drafts that are too old, and has it said.
    pub(super) async fn expire(&self, keeper: &Keeper, days: u32) {
        if !keeper.expire(clock::now(), days).await.is_empty() {
            let said = self.words().fill(Word::KeptExpired, &[("count", &days.to_string())]);
            *self.news.borrow_mut() = Some(said);
        }
    }
}
