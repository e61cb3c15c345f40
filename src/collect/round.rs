//! When to send what. Pure: the time, the dice and the hint about the network are arguments.

use super::carrier::{Later, Outcome};
use super::fhir_push::LONGEST_PATIENCE;
use crate::domain::ids::ResponseId;
use crate::store::outbox::{Entry, Sending, State};

/// The first wait is at most twice this, in milliseconds.
pub const FIRST: u64 = 2_000;
/// The longest wait, in milliseconds: a quarter of an hour.
pub const LONGEST: u64 = 15 * 60_000;
/// The longest wait after an answer that nobody planned for, in milliseconds: four hours.
pub const LONGEST_SELDOM: u64 = 4 * 3_600_000;
/// How long a closed service is left alone before it is asked again, in milliseconds: an hour.
pub const CLOSED: u64 = 3_600_000;
/// A response called "in flight" for longer than this is not: the page that sent it has gone.
pub const ADRIFT: u64 = 150_000;

/// Full jitter: anywhere from nothing to `least(longest, 2 s × 2^attempts)`, so that a thousand devices that
/// lost a service together do not come back together. `random` is uniform over all of `u32`.
pub fn backoff(attempts: u32, seldom: bool, random: u32) -> u64 {
    let longest = if seldom { LONGEST_SELDOM } else { LONGEST };
    let start = if seldom { FIRST * 30 } else { FIRST };
    let most = start.saturating_mul(1 << attempts.min(20)).min(longest);
    // Less than 2^24 × 2^32: no overflow.
    (most * u64::from(random)) >> 32
}

/// One draw of the dice for each response and attempt, from one.
pub fn draw(random: u32, id: &ResponseId, attempts: u32) -> u32 {
    // FNV-1a, then the finaliser of MurmurHash3: enough to spread a few entries.
    let mut hash = random ^ attempts.wrapping_mul(0x9e37_79b9);
    for byte in id.as_str().bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// When an entry should be sent, in milliseconds since 1970, if ever by itself.
///
/// `hurry` brings forward what waits by our own choice, not what the service asked us to wait for. `online`
/// is the browser's opinion: when it says no, it is believed for [`LONGEST`] and then tried all the same.
pub fn due(entry: &Entry, now: u64, online: bool, hurry: bool) -> Option<u64> {
    let Sending { state, due, asked, .. } = entry.sending;
    match state {
        State::Quarantined(_) => None,
        // Whoever holds the lease knows that nobody else is sending: see `Courier`.
        State::InFlight(since) if since > now => Some(now),
        State::InFlight(since) => Some(since.saturating_add(ADRIFT)),
        State::Waiting => {
            let longest = if asked { LONGEST_PATIENCE } else { LONGEST_SELDOM };
            // Further away than anything we ever set: the clock was ahead when we set it.
            let due = if due > now.saturating_add(longest) { now } else { due };
            let due = if hurry && !asked { due.min(now) } else { due };
            let last = due.max(entry.finished_at.min(now));
            Some(if online { due } else { last.saturating_add(LONGEST) })
        }
    }
}

/// The entries to send now, those tried least first: one that never gets an answer must not keep the others
/// from their turn.
pub fn due_now(entries: &[Entry], now: u64, online: bool, hurry: bool) -> Vec<&Entry> {
    let mut due_now: Vec<&Entry> = entries
        .iter()
        .filter(|entry| {
            let adrift = matches!(entry.sending.state, State::InFlight(_));
            adrift || due(entry, now, online, hurry).is_some_and(|due| due <= now)
        })
        .collect();
    due_now.sort_by_key(|entry| (entry.sending.attempts, entry.finished_at));
    due_now
}

/// Before it is sent.
pub fn begin(sending: Sending, now: u64) -> Sending {
    Sending { state: State::InFlight(now), attempts: sending.attempts.saturating_add(1), ..sending }
}

/// After it was sent: how it stands, or `None` when it has arrived. `before` is as it stood before
/// [`begin`], `random` a draw for this entry.
pub fn settle(before: Sending, outcome: &Outcome, now: u64, random: u32) -> Option<Sending> {
    let attempts = before.attempts.saturating_add(1);
    match outcome {
        Outcome::Received(_) => None,
        Outcome::Later(Later { after: Some(wait), .. }) => {
            // A little later than asked, and not all at the same moment.
            let spread = backoff(0, false, random);
            let due = now.saturating_add(*wait).saturating_add(spread);
            Some(Sending { state: State::Waiting, attempts, due, asked: true, ..before })
        }
        Outcome::Later(Later { seldom, .. }) => {
            let due = now.saturating_add(backoff(attempts, *seldom, random));
            Some(Sending { state: State::Waiting, attempts, due, asked: false, ..before })
        }
        Outcome::Refused(reason) => {
            Some(Sending { state: State::Quarantined(*reason), attempts, due: 0, asked: false, ..before })
        }
        Outcome::Paused(_) => Some(Sending { state: State::Waiting, ..before }),
    }
}
