//! A person's own answers after finishing: read back, set beside an earlier visit's, and kept as a copy if they
//! ask for it. Nothing of it on a shared device, and nothing of it once the page is left.

use super::clock;
use super::door::{Door, Open};
use crate::domain::keepsake::{Keepsake, Line};
use crate::store::mirror::Kept;
use crate::ui::read_back;
use crate::ui::screens::answered::{Answered, Copying};
use crate::ui::screens::before::Reasons;
use crate::ui::screens::done::Handover;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The answers on the last page.
pub struct Ended {
    now: Keepsake,
    reasons: Reasons,
    before: Option<Keepsake>,
    untranslated: Vec<Untranslated>,
}

/// A question whose words are in the questionnaire's `own` language, not in the one shown.
struct Untranslated {
    at: Box<str>,
    own: Box<str>,
    /// What was said is one of its answers.
    chosen: bool,
}

impl Ended {
    /// A copy as it is shown: words of another language marked. What is kept is words alone.
    fn shown(&self, copy: &Keepsake) -> Keepsake {
        let line = |line: &Line| match self.untranslated.iter().find(|other| other.at == line.at) {
            Some(other) => read_back::marked(&other.own, other.chosen, line),
            None => line.clone(),
        };
        Keepsake { lines: copy.lines.iter().map(line).collect(), ..copy.clone() }
    }
}

impl Door {
    /// Remembers the answers of a questionnaire now finished, in words, for the last page alone.
    pub(super) fn remember_ended(&self, open: &Open) {
        self.copying.set(Copying::No);
        // Nor where answers are sealed: nobody at the device can read them from then on.
        let keeper = self.keeper.borrow().clone().filter(|_| !self.is_shared() && !self.seals());
        let Some(keeper) = keeper else { return };
        let instrument = &open.opened.instrument;
        let title = instrument.title.as_ref().map(|title| title.in_language(self.language()).0);
        let sections = open.live.with(|session| read_back::sections(self.words(), self.language(), session));
        let asked: Vec<_> = sections.into_iter().flat_map(|section| section.asked).collect();
        let untranslated = open.live.with(|session| {
            let mark = |asked: &read_back::Asked| {
                let own = read_back::in_another(self.language(), session, asked.node)?;
                let chosen = read_back::is_chosen(session, asked.node);
                Some(Untranslated { at: asked.line.at.clone(), own: own.into(), chosen })
            };
            asked.iter().filter_map(mark).collect()
        });
        let now = Keepsake {
            id: open.draft.borrow().id.clone(),
            instrument: instrument.id.clone(),
            title: title.unwrap_or_default().into(),
            at: clock::now(),
            lines: asked.into_iter().map(|asked| asked.line).collect(),
        };
        let before = keeper.copy_before(&now);
        let reasons = self.reasons(&open.opened);
        *self.ended.borrow_mut() = Some(Rc::new(Ended { now, reasons, before, untranslated }));
    }

    /// Forgets them: the last page is left.
    pub(super) fn forget_ended(&self) {
        self.ended.borrow_mut().take();
        self.copying.set(Copying::No);
    }

    /// The answers as the last page shows them.
    pub(super) fn answered(&self) -> Option<Answered> {
        let ended = self.ended.borrow().clone()?;
        let day = |at| clock::day(at, self.language());
        Some(Answered {
            now: ended.shown(&ended.now),
            today: day(ended.now.at),
            reasons: ended.reasons.clone(),
            before: ended.before.as_ref().map(|before| (ended.shown(before), day(before.at))),
        })
    }

    /// Offers a copy once the service has shown that it has the answers.
    pub(super) fn offer_copy(&self) {
        let is_sent = self.handover.get_untracked() == Handover::Sent;
        if is_sent && self.ended.borrow().is_some() && self.copying.get_untracked() == Copying::No {
            self.copying.set(Copying::Offered);
        }
    }

    /// Keeps a copy, or deletes the one just kept, as the person asked.
    pub(super) fn keep_or_delete_copy(self: &Rc<Self>) {
        let ended = self.ended.borrow().clone();
        let (Some(ended), Some(keeper)) = (ended, self.keeper.borrow().clone()) else { return };
        let before = self.copying.get_untracked();
        if matches!(before, Copying::No | Copying::Busy) || self.is_shared() {
            return;
        }
        self.copying.set(Copying::Busy);
        let door = self.clone();
        spawn_local(async move {
            let until = || clock::day(ended.now.kept_until(), door.language());
            let after = if before.is_kept() {
                match keeper.delete_copy(&ended.now.id).await {
                    Kept::Both => Copying::Deleted,
                    Kept::LocalOnly(_) | Kept::IndexedOnly(_) | Kept::Nowhere(..) => Copying::NotDeleted,
                }
            } else {
                match keeper.keep_copy(&ended.now).await {
                    Kept::Both => Copying::Kept(until()),
                    Kept::LocalOnly(_) | Kept::IndexedOnly(_) => Copying::Perhaps(until()),
                    Kept::Nowhere(..) => {
                        // What no store took stays in no memory either: it was said not to be kept.
                        keeper.delete_copy(&ended.now.id).await;
                        Copying::NotKept
                    }
                }
            };
            // Unless the page has been left meanwhile.
            if door.copying.get_untracked() == Copying::Busy {
                door.copying.set(after);
            }
        });
    }
}
