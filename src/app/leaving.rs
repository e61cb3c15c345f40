//! Stopping for now: what can truthfully be said of the answers so far.

use super::door::Door;
use crate::ui::act::Acts;
use crate::ui::markup::El;
use crate::ui::screens::later::{Keeping, later};
use crate::ui::words::Word;
use leptos::prelude::*;

impl Door {
    /// The page that says what is kept, until when, and how to come back.
    pub(super) fn later(&self, acts: &Acts) -> El {
        later(self.words(), &self.keeping_now(), acts)
    }

    fn keeping_now(&self) -> Keeping {
        let (Some(open), Some(keeper)) = (self.open.borrow().clone(), self.keeper.borrow().clone()) else {
            return Keeping::Nothing;
        };
        // What the last save said, where it did not say "Saved".
        if let Some(said @ (Word::KeptPerhaps | Word::KeptNowhere | Word::KeptShared)) =
            self.saved.get_untracked()
        {
            return Keeping::Badly(said);
        }
        let id = open.draft.borrow().id.clone();
        let days = self.config.borrow().as_ref().map_or(1, |config| config.keep_drafts_days);
        let kept = keeper.drafts(Some(&open.opened.instrument.id)).into_iter();
        let until = kept.filter(|kept| kept.draft.id == id).map(|kept| kept.expires_at(days)).next();
        until.map_or(Keeping::Nothing, |until| Keeping::Until(self.sure_day(until)))
    }
}
