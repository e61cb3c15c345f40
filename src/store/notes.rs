//! How long the notes of what became of responses are kept. They hold no answers, and there is one for every
//! response there ever was on a device: without an end they would fill it.
//!
//! A note is there so that what another store, or another tab, still holds is not taken for new. So it goes only
//! once both stores have been read and hold nothing else of its response, and then
//!
//! - after [`NOTES_DAYS`]: no store that could still hold something is older, and no tab is open for so long;
//! - before that only beyond the newest [`MOST_NOTES`], as on a device that many people use, and never in its
//!   first [`SETTLED_DAYS`], in which another tab may not have looked yet.
//!
//! Should a received response come back all the same, it is sent again under its own id with its own bytes, which
//! the service knows by them and takes for what it has: nothing is there twice.

use super::journal::DAY;
use super::keeper::Keeper;
use super::keys::{Key, PREFIX};
use crate::domain::ids::ResponseId;
use crate::domain::ordered::Set;
use std::cmp::Reverse;

/// How many days a note is kept: Chromium throws the stores of a site away that was not used for so long
/// (`kStaleBucketCutoffInDays` in its `local_storage_impl.cc`), and we know of no browser that keeps them longer.
pub const NOTES_DAYS: u64 = 400;

/// How many notes are kept, at some 200 bytes each.
pub const MOST_NOTES: usize = 1_000;

/// For how many days a note stays however many there are.
pub const SETTLED_DAYS: u64 = 7;

impl Keeper {
    /// Forgets the notes that nothing needs any more. To be called at the start.
    pub async fn forget_old_notes(&self, now: u64) {
        let mut notes = self.gone();
        notes.sort_by_key(|(_, note)| Reverse(note.day));
        let is_old = |at: usize, day: u64| {
            let age = (now / DAY).saturating_sub(day);
            age >= NOTES_DAYS || (at >= MOST_NOTES && age >= SETTLED_DAYS)
        };
        let old = notes.into_iter().enumerate().filter(|(at, (_, note))| is_old(*at, note.day));
        let old: Vec<ResponseId> = old.map(|(_, (id, _))| id).collect();
        if old.is_empty() {
            return;
        }
        let Ok(near) = self.mirror.near().keys(PREFIX) else { return };
        let Ok(far) = self.mirror.far().entries(PREFIX).await else { return };
        let more = |text: &String| match Key::parse(text)? {
            Key::Gone(_) | Key::Copy(_) => None,
            key @ (Key::Draft(..) | Key::Asked(_) | Key::Final(_) | Key::Send(_)) => {
                Some(key.response().clone())
            }
        };
        let held: Set<ResponseId> =
            near.iter().chain(far.iter().map(|(key, _)| key)).filter_map(more).collect();
        for id in old {
            if !held.contains(&id) {
                self.erase(&Key::Gone(id).text()).await;
            }
        }
    }
}
