//! Stores of a device that many people use one after another: only what nobody there can read passes.
//!
//! The rule sits at the stores and not at their callers, so that no later kind of record can leave somebody's
//! answers behind by being forgotten: what is not named in [`may_keep`] is withheld, and stays in the memory of
//! the page that asked (threat T1). Reading and removing pass unchanged.

use super::envelope::{self, Opened};
use super::fault::Fault;
use super::finished::Finished;
use super::keys::{self, Key};
use super::slots::{Care, LateSlots, Slots, Soon};
use std::rc::Rc;

/// Whether a record may lie on a device that the next person takes up.
fn may_keep(key: &str, value: &str) -> bool {
    if matches!(key, keys::PAD | keys::LEASE | keys::PROBE) {
        return true;
    }
    match Key::parse(key) {
        // How it stands and what became of it: ids, times and hashes.
        Some(Key::Send(_) | Key::Gone(_)) => true,
        Some(Key::Final(_)) => match envelope::open(key, value) {
            Opened::Whole { body, .. } => Finished::read(body).is_some_and(|it| it.parcel.is_sealed()),
            Opened::Newer | Opened::Unreadable => false,
        },
        // Answers in progress, what was asked, what was said last time, and copies of what could not be read.
        Some(Key::Draft(..) | Key::Asked(_) | Key::Copy(_)) | None => false,
    }
}

/// Local storage of a shared device.
pub struct SharedSlots(pub Rc<dyn Slots>);

impl Slots for SharedSlots {
    fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        self.0.get(key)
    }

    fn put(&self, key: &str, value: &str) -> Result<(), Fault> {
        if may_keep(key, value) { self.0.put(key, value) } else { Err(Fault::Withheld) }
    }

    fn remove(&self, key: &str) -> Result<(), Fault> {
        self.0.remove(key)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Fault> {
        self.0.keys(prefix)
    }
}

/// IndexedDB of a shared device.
pub struct SharedLateSlots(pub Rc<dyn LateSlots>);

impl LateSlots for SharedLateSlots {
    fn entries<'a>(&'a self, prefix: &'a str) -> Soon<'a, Result<Vec<(String, String)>, Fault>> {
        self.0.entries(prefix)
    }

    fn put<'a>(&'a self, key: &'a str, value: &'a str, care: Care) -> Soon<'a, Result<(), Fault>> {
        if may_keep(key, value) {
            self.0.put(key, value, care)
        } else {
            Box::pin(std::future::ready(Err(Fault::Withheld)))
        }
    }

    fn remove<'a>(&'a self, key: &'a str) -> Soon<'a, Result<(), Fault>> {
        self.0.remove(key)
    }
}
