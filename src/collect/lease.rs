//! One sender among all tabs of an origin.
//!
//! Two tabs sending the same response do no harm, since its id is its own; they are needless traffic, and
//! some servers race on conditional requests. The browser's locks decide where it has them (`locks`);
//! elsewhere a stamped slot does, which two tabs can take in the same instant, but not for long.

use crate::store::envelope;
use crate::store::keys::LEASE;
use crate::store::slots::{Slots, Soon};
use std::rc::Rc;

/// Who may send.
pub trait Lease {
    /// The right to send until it is dropped, or `None` while another tab has it.
    fn take(&self, now: u64) -> Soon<'_, Option<Held>>;
}

/// The right to send.
pub struct Held {
    release: Option<Box<dyn FnOnce()>>,
}

impl Held {
    /// A right that does `release` when it ends.
    pub fn new(release: impl FnOnce() + 'static) -> Self {
        Self { release: Some(Box::new(release)) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            release();
        }
    }
}

/// For a page that is alone, such as one that keeps nothing on the device.
pub struct Alone;

impl Lease for Alone {
    fn take(&self, _: u64) -> Soon<'_, Option<Held>> {
        Box::pin(std::future::ready(Some(Held::new(|| {}))))
    }
}

/// How long a stamp counts, in milliseconds: longer than one response can take, short enough that a page
/// that died with it does not stop the others for long.
pub const TERM: u64 = 150_000;

/// A slot with the name of the tab that sends and until when.
pub struct Stamp {
    slots: Rc<dyn Slots>,
    writer: Box<str>,
}

impl Stamp {
    /// A stamp in `slots`; `writer` names this page.
    pub fn new(slots: Rc<dyn Slots>, writer: &str) -> Self {
        Self { slots, writer: writer.into() }
    }
}

impl Lease for Stamp {
    fn take(&self, now: u64) -> Soon<'_, Option<Held>> {
        if let Ok(Some(text)) = self.slots.get(LEASE)
            && let envelope::Opened::Whole { turn: until, body } = envelope::open(LEASE, &text)
            && body != &*self.writer
            && until > now
            // A stamp that lasts longer than stamps do was made by a clock that was ahead.
            && until <= now.saturating_add(TERM)
        {
            return Box::pin(std::future::ready(None));
        }
        let stamp = envelope::wrap(LEASE, now.saturating_add(TERM), &self.writer);
        // Where nothing can be written there is no other tab that could read it.
        let held = match self.slots.put(LEASE, &stamp) {
            Err(_) => Held::new(|| {}),
            Ok(()) => {
                let slots = Rc::clone(&self.slots);
                Held::new(move || {
                    if slots.get(LEASE) == Ok(Some(stamp)) {
                        let _ = slots.remove(LEASE);
                    }
                })
            }
        };
        Box::pin(std::future::ready(Some(held)))
    }
}
