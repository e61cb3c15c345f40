//! Proof that a response arrived, and the patient's own decision to delete one.

use super::ids::ResponseId;
use super::response::Hash;

/// Proof of receipt: made by a carrier only after the service itself named our response's id and showed
/// the same content (see `collect`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which response.
    pub id: ResponseId,
    /// The hash of the parcel whose bytes the service's copy was compared with.
    pub hash: Hash,
    /// Where it was received, as configured: a base URL, or the name of another route.
    pub collector: Box<str>,
    /// The service's own version of the resource, where it tells (`meta.versionId`).
    pub version: Option<Box<str>>,
}

/// The patient's own wish that an unsent response be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Which response.
    pub id: ResponseId,
}
