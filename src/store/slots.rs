//! What a place for records must be able to do. Two kinds: one that answers at once (local storage), one
//! that answers later (IndexedDB).

use super::fault::Fault;
use std::future::Future;
use std::pin::Pin;

/// Named strings in a store that answers at once.
pub trait Slots {
    /// The value at `key`, `None` when there is none.
    fn get(&self, key: &str) -> Result<Option<String>, Fault>;
    /// Writes `value` at `key`. On a fault the old value is still there.
    fn put(&self, key: &str, value: &str) -> Result<(), Fault>;
    /// Removes `key`; removing what is not there is no fault.
    fn remove(&self, key: &str) -> Result<(), Fault>;
    /// Every key that begins with `prefix`, in no order.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, Fault>;
}

/// An answer that comes later. Boxed, so that stores can be told apart at run time and the code that uses
/// them is compiled once.
pub type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// How sure a write must be before it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Handed to the operating system: an answer in progress.
    Relaxed,
    /// Flushed to the disk: a finished response and what replaces it.
    Strict,
}

/// Named strings in a store that answers later. A write has happened when its answer is `Ok`.
pub trait LateSlots {
    /// Every key that begins with `prefix`, with its value.
    fn entries<'a>(&'a self, prefix: &'a str) -> Soon<'a, Result<Vec<(String, String)>, Fault>>;
    /// Writes `value` at `key`; earlier writes to the same key never overtake later ones.
    fn put<'a>(&'a self, key: &'a str, value: &'a str, care: Care) -> Soon<'a, Result<(), Fault>>;
    /// Removes `key`; removing what is not there is no fault.
    fn remove<'a>(&'a self, key: &'a str) -> Soon<'a, Result<(), Fault>>;
}
