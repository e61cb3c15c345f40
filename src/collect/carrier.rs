//! One way of handing a response over.

use crate::domain::parcel::Parcel;
use crate::domain::receipt::Receipt;
use crate::store::outbox::Reason;
use crate::store::slots::Soon;

/// Carries one response to one service.
pub trait Carrier {
    /// Hands `parcel` over. `attempt` counts from 1: from the second on, an earlier one may have arrived
    /// without our hearing of it. `now` is in milliseconds since 1970.
    fn carry<'a>(&'a self, parcel: &'a Parcel, attempt: u32, now: u64) -> Soon<'a, Outcome>;
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has arrived, and that is proven.
    Received(Receipt),
    /// Not known, or not now: to be sent again.
    Later(Later),
    /// This one will not be taken; the others may be.
    Refused(Reason),
    /// Nothing will be taken until something changes. Does not count as an attempt.
    Paused(Pause),
}

/// How to send again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Later {
    /// The service asked for so many milliseconds of patience.
    pub after: Option<u64>,
    /// Nothing answered at all: the network, or the service, is away for all responses alike.
    pub silent: bool,
    /// An answer that nobody planned for: try again, but seldom.
    pub seldom: bool,
    /// The service is there and has no time: it said so, or named when to come back.
    pub busy: bool,
    /// The service said that it has the response and did not show it: a captive portal's page, nothing at
    /// all, or something else.
    pub unproven: bool,
}

/// Why nothing is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// The service wants to know who sends (401).
    SignIn,
    /// The service is not there, or not for us; its HTTP status.
    Closed(u16),
    /// The service takes responses but will not show that it has them, so that arrival cannot be proven;
    /// the HTTP status of its answer when asked.
    Unproven(u16),
}
