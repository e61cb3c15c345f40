//! Drafts: answers in progress, one record per (response, writer).
//!
//! A writer is one page load. Each writes the whole of what it knows under its own key and never another's,
//! so that two tabs cannot overwrite each other; reading joins all of them, the later change winning at
//! each place.

use super::fault::Fault;
use super::keeper::Keeper;
use super::keys::Key;
use super::mirror::Kept;
use super::outbox::{Fate, Gone};
use super::record::SavedDraft;
use super::slots::Care;
use crate::domain::draft::Draft;
use crate::domain::ids::{InstrumentId, ResponseId};
use crate::domain::ordered::Map;

/// A day, in milliseconds.
pub const DAY: u64 = 86_400_000;

/// A draft that can be resumed.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenDraft {
    /// The answers of all writers, joined.
    pub draft: Draft,
    /// When the last of them was saved, in milliseconds since 1970.
    pub saved_at: u64,
    /// The very questionnaire it was started with, as JSON, where it was kept.
    pub instrument: Option<String>,
}

impl OpenDraft {
    /// When it expires, in milliseconds since 1970, if it is kept for `days` after the last change.
    pub fn expires_at(&self, days: u32) -> u64 {
        self.saved_at.saturating_add(u64::from(days) * DAY)
    }
}

/// Why a draft cannot be saved any more: a fact about the response, not about storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It has been finished, here or in another tab.
    Finished,
    /// It has been sent, deleted or has expired.
    Gone,
    /// A newer version of this program has it in hand.
    Newer,
}

impl Keeper {
    /// The drafts of a questionnaire in any of its versions, or all; the last saved first.
    pub fn drafts(&self, instrument: Option<&InstrumentId>) -> Vec<OpenDraft> {
        let mut open: Map<ResponseId, OpenDraft> = Map::new();
        for (text, record) in self.known.borrow().iter() {
            let Some(Key::Draft(id, _)) = Key::parse(text) else { continue };
            let Some(kept) = SavedDraft::read(&record.body) else { continue };
            if kept.draft.id != id
                || instrument.is_some_and(|wanted| wanted.url() != kept.draft.instrument.url())
            {
                continue;
            }
            match open.get_mut(&id) {
                Some(joined) => {
                    joined.draft.join(&kept.draft);
                    joined.saved_at = joined.saved_at.max(kept.saved_at);
                }
                None => {
                    let draft = OpenDraft { draft: kept.draft, saved_at: kept.saved_at, instrument: None };
                    open.insert(id, draft);
                }
            }
        }
        let mut open: Vec<_> = open.into_values().filter(|open| !self.is_newers(&open.draft.id)).collect();
        for draft in &mut open {
            draft.instrument = self.body(&Key::Asked(draft.draft.id.clone()));
        }
        open.sort_by_key(|draft| std::cmp::Reverse(draft.saved_at));
        open
    }

    /// Keeps the questionnaire that a draft is an answer to, as JSON: once, when the draft is begun.
    pub async fn keep_instrument(&self, id: &ResponseId, json: &str) -> Result<Kept, Closed> {
        self.is_open(id)?;
        Ok(self.put(&Key::Asked(id.clone()), json.to_owned(), Care::Relaxed).await)
    }

    /// Saves a draft under this writer's key. Show "saved" according to what comes back, not before.
    pub async fn save(&self, draft: &Draft, now: u64) -> Result<Kept, Closed> {
        self.is_open(&draft.id)?;
        let key = Key::Draft(draft.id.clone(), self.writer.clone());
        Ok(self.put(&key, SavedDraft::write(draft, now), Care::Relaxed).await)
    }

    /// Throws a draft away, as the patient asked.
    pub async fn discard(&self, id: &ResponseId, now: u64) -> Result<Kept, Closed> {
        self.is_open(id)?;
        Ok(self.erase_all(id, Fate::Discarded, now).await)
    }

    /// Throws away the drafts not touched for `days`, and tidies away copies of drafts that another copy
    /// holds in full. To be called at the start. Gives the drafts that went.
    ///
    /// A draft that seems to be from the future, or older than the 400 days after which browsers drop unused
    /// storage themselves, is a sign of a wrong clock and stays.
    pub async fn expire(&self, now: u64, days: u32) -> Vec<ResponseId> {
        const BELIEVABLE: u64 = 400 * DAY;
        let mut expired = Vec::new();
        for open in self.drafts(None) {
            let believable = now.saturating_sub(open.saved_at) <= BELIEVABLE;
            if believable && now >= open.expires_at(days) {
                self.erase_all(&open.draft.id, Fate::Expired, now).await;
                expired.push(open.draft.id);
            } else {
                self.tidy(&open.draft.id, now).await;
            }
        }
        expired
    }

    /// Leaves nothing of any draft, nor of what was said last time: here, on the device, or set aside there as
    /// unreadable. For a device that
    /// many people use, at the start and when somebody has gone away from it. What was only in this page's
    /// memory leaves no note.
    pub async fn forget_answers(&self, now: u64) {
        for open in self.drafts(None) {
            let id = open.draft.id;
            let keys = self.keys_of(&id);
            let only_here = {
                let unkept = self.unkept.borrow();
                keys.iter().all(|key| unkept.contains(&key.text()))
            };
            if only_here {
                keys.iter().for_each(|key| self.forget(&key.text()));
            } else {
                self.erase_all(&id, Fate::Expired, now).await;
            }
        }
        let copies: Vec<String> = {
            let known = self.known.borrow();
            known.keys().filter(|key| matches!(Key::parse(key), Some(Key::Copy(_)))).cloned().collect()
        };
        for key in copies {
            self.erase(&key).await;
        }
        self.mirror.sweep(&super::keys::set_aside_answers()).await;
    }

    /// Removes copies written more than a day ago that add nothing to a copy which stays. The day is so that
    /// no page still open is likely to be writing; if it is, its next save brings its copy back.
    async fn tidy(&self, id: &ResponseId, now: u64) {
        let mut copies: Vec<(Key, SavedDraft)> = self
            .keys_of(id)
            .into_iter()
            .filter(|key| matches!(key, Key::Draft(..)))
            .filter_map(|key| Some((key.clone(), SavedDraft::read(&self.body(&key)?)?)))
            .collect();
        copies.sort_by_key(|(_, kept)| std::cmp::Reverse(kept.saved_at));
        let mut staying: Vec<Draft> = Vec::new();
        for (key, kept) in copies {
            let adds_nothing = staying.iter().any(|stays| {
                let mut joined = stays.clone();
                joined.join(&kept.draft);
                joined == *stays
            });
            if adds_nothing && now > kept.saved_at.saturating_add(DAY) {
                self.erase(&key.text()).await;
            } else {
                staying.push(kept.draft);
            }
        }
    }

    /// Notes what became of a response, then removes every record of it wherever it can.
    pub(super) async fn erase_all(&self, id: &ResponseId, fate: Fate, now: u64) -> Kept {
        let records = self.keys_of(id);
        self.put(&Key::Gone(id.clone()), Gone::write(&fate, now), Care::Strict).await;
        let (mut local, mut indexed) = (Ok(()), Ok(()));
        for key in records.into_iter().filter(|key| !matches!(key, Key::Gone(_))) {
            let erased = self.erase(&key.text()).await;
            local = local.and(erased.local());
            indexed = indexed.and(erased.indexed());
        }
        Kept::from(local, indexed)
    }

    /// Whether drafts of this response may still be written; asks local storage too, because another tab may
    /// have finished it a moment ago.
    pub(super) fn is_open(&self, id: &ResponseId) -> Result<(), Closed> {
        if self.is_newers(id) {
            return Err(Closed::Newer);
        }
        let there = |key: Key| {
            self.body(&key).is_some() || matches!(self.mirror.near().get(&key.text()), Ok(Some(_)))
        };
        if there(Key::Gone(id.clone())) {
            return Err(Closed::Gone);
        }
        if there(Key::Final(id.clone())) {
            return Err(Closed::Finished);
        }
        Ok(())
    }

    /// What other writers have saved of a draft, read from local storage now.
    pub(super) fn others(&self, id: &ResponseId) -> Result<Vec<Draft>, Fault> {
        let near = self.mirror.near();
        let mut others = Vec::new();
        for text in near.keys(&super::keys::drafts(id))? {
            if let Some(found) = near.get(&text)?
                && let super::envelope::Opened::Whole { body, .. } = super::envelope::open(&text, &found)
                && let Some(kept) = SavedDraft::read(body)
            {
                others.push(kept.draft);
            }
        }
        Ok(others)
    }
}
