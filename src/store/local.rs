//! Local storage: the only file that names it.
//!
//! Never `clear`, never `length`, never a key without our prefix: on a practice's own page the rest belongs
//! to the practice. `gloo-storage` throws through the whole program where a browser refuses storage, so the
//! first look, and every call that can fail, goes through `web-sys`; gloo only hands over the object once it
//! is known to be there.

use super::fault::Fault;
use super::keys::PREFIX;
use super::memory::Unusable;
use super::slots::Slots;
use gloo_storage::Storage as _;
use std::rc::Rc;

/// Local storage, or something that says at every call why there is none.
pub fn open() -> Rc<dyn Slots> {
    match look() {
        Ok(storage) => Rc::new(Local { storage }),
        Err(fault) => Rc::new(Unusable(fault)),
    }
}

/// Reading the property alone throws `SecurityError` where cookies are blocked, and gives null in an
/// Android web view without DOM storage.
fn look() -> Result<web_sys::Storage, Fault> {
    let window = web_sys::window().ok_or(Fault::Absent)?;
    match window.local_storage() {
        Ok(Some(_)) => Ok(gloo_storage::LocalStorage::raw()),
        Ok(None) => Err(Fault::Absent),
        Err(thrown) => Err(Fault::of(&thrown)),
    }
}

/// Kept for the life of the page: if the browser withdraws its leave later, the calls below say so.
struct Local {
    storage: web_sys::Storage,
}

impl Slots for Local {
    fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        self.storage.get_item(key).map_err(|thrown| Fault::of(&thrown))
    }

    fn put(&self, key: &str, value: &str) -> Result<(), Fault> {
        ours(key)?;
        self.storage.set_item(key, value).map_err(|thrown| Fault::of(&thrown))
    }

    fn remove(&self, key: &str) -> Result<(), Fault> {
        ours(key)?;
        self.storage.remove_item(key).map_err(|thrown| Fault::of(&thrown))
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Fault> {
        let mut keys = Vec::new();
        // A script sees one unchanging list until it ends its turn, so counting up to the first null is safe.
        for at in 0..u32::MAX {
            match self.storage.key(at).map_err(|thrown| Fault::of(&thrown))? {
                Some(key) if key.starts_with(prefix) => keys.push(key),
                Some(_) => {}
                None => break,
            }
        }
        Ok(keys)
    }
}

/// A key that is not ours is refused here too, whatever the caller believed.
fn ours(key: &str) -> Result<(), Fault> {
    if key.starts_with(PREFIX) { Ok(()) } else { Err(Fault::Refused) }
}
