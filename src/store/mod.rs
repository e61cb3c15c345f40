//! Durable bytes: what is kept on the device, and how nothing of it is lost.
//!
//! # The order of calls
//!
//! ```text
//! let keeper = Keeper::open(random).await       reads, heals and repairs both stores; never fails
//! keeper.standing()                             what storage is good for here, as facts
//! keeper.expire(now, days).await                drafts kept too long; once, at the start
//! keeper.drafts(Some(&instrument))              resume one of these, or begin a new Draft
//! keeper.keep_instrument(&id, json).await       once, when a draft is begun
//! keeper.save(&draft, now).await                at every change; "saved" is what comes back
//! keeper.finish(&draft, &parcel, now).await     outbox written and read back, draft removed
//! collect::Courier::round(…).await              sends what is due; see `collect`
//! keeper.waiting(), keeper.gone()               what is on this device, what has left it
//! keeper.keep_copy(&copy).await                 the person's own copy; `copies()`, `delete_copy(&id)`
//! keeper.withdraw(&withdrawal, now).await       the patient wants it gone
//! keeper.refresh().await                        on `storage` and `visibilitychange`: other tabs write too
//! ```
//!
//! Changes to a draft are stamped with `keeper.writer()`. All times are milliseconds since 1970 by the
//! device's clock and arrive as arguments, as does everything random.
//!
//! # What is where
//!
//! Every key begins with `wm/1/` (see [`keys`]); nothing else on the origin is read, written or counted.
//! Every record is wrapped ([`envelope`]), written to local storage, read back, and mirrored to IndexedDB
//! ([`mirror`]). Reading never replaces or deletes what it cannot read: it is set aside.

pub mod aside;
pub mod envelope;
pub mod fault;
pub mod finished;
#[cfg(target_arch = "wasm32")]
pub mod indexed;
pub mod journal;
pub mod keeper;
pub mod keepsake;
pub mod keys;
#[cfg(target_arch = "wasm32")]
pub mod local;
pub mod memory;
pub mod mirror;
pub mod notes;
pub mod outbox;
pub mod record;
pub mod setting;
pub mod shared;
pub mod slots;
