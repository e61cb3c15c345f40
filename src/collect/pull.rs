//! Pull: a collector lists, leases, gets and acknowledges. One channel, one [`Pull`]; what it decides is
//! pure, but for reading the outbox and putting a receipt in it.
//!
//! ```text
//! LIST  → LISTED [{id, sha256, questionnaire, size, sealed}]
//! LEASE → LEASED {lease, ids}              of those asked for, which are now this collector's
//! GET   → HERE {id, sha256, media, body}   | NO_LEASE | GONE | REFUSED | ALREADY
//! ACK   → DONE | ALREADY | HASH_MISMATCH | NO_LEASE | NOT_COLLECTED | GONE
//! ```
//!
//! Nothing is removed but against an `ACK` with the hash of the very bytes that were given out under a lease
//! that still holds. A lease that runs out gives its responses back. Acknowledging twice is harmless.

use super::message::{Asked, Item, LONGEST_LEASE, Reply, Request};
use crate::domain::ids::ResponseId;
use crate::domain::ordered::Set;
use crate::domain::parcel::Parcel;
use crate::domain::receipt::Receipt;
use crate::domain::response::Hash;
use crate::store::keeper::Keeper;
use crate::store::outbox::{Fate, NotOurs};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How many messages a second are answered; more are passed over.
pub const PACE: u64 = 20;

/// After so many messages that were passed over, the channel is closed.
pub const PATIENCE: u32 = 200;

/// Who has leased what, on all channels of one page.
#[derive(Default)]
pub struct Leases {
    held: RefCell<Vec<Held>>,
    last: Cell<u64>,
}

struct Held {
    id: ResponseId,
    lease: u64,
    until: u64,
}

impl Held {
    /// Whether it still holds. One that ends later than any can was made before the clock was put back.
    fn lasts(&self, now: u64) -> bool {
        self.until > now && self.until <= now.saturating_add(LONGEST_LEASE * 1_000)
    }
}

impl Leases {
    /// Leases of those asked for what nobody else holds.
    fn take(&self, ids: &[ResponseId], until: u64, now: u64) -> (u64, Vec<ResponseId>) {
        let lease = self.last.get() + 1;
        self.last.set(lease);
        let mut held = self.held.borrow_mut();
        held.retain(|held| held.lasts(now));
        let mut taken: Vec<ResponseId> = Vec::new();
        for id in ids {
            if !held.iter().any(|held| held.id == *id) {
                held.push(Held { id: id.clone(), lease, until });
                taken.push(id.clone());
            }
        }
        (lease, taken)
    }

    fn holds(&self, lease: u64, id: &ResponseId, now: u64) -> bool {
        let held = self.held.borrow();
        held.iter().any(|held| held.lease == lease && held.id == *id && held.lasts(now))
    }

    fn give_back(&self, id: &ResponseId) {
        self.held.borrow_mut().retain(|held| held.id != *id);
    }
}

/// What to do about a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing: it was not understood, or there were too many.
    Nothing,
    /// Tell the collector.
    Say(String),
    /// Ask the person whether this collector may have this response, then call [`Pull::decided`].
    AskPerson(Waits),
    /// Too much that was not understood: no more is heard on this channel.
    Close,
}

/// A question that waits for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// The collector's number for it.
    number: u64,
    lease: u64,
    /// Which response.
    pub id: ResponseId,
}

/// One collector's channel.
pub struct Pull {
    keeper: Rc<Keeper>,
    leases: Rc<Leases>,
    /// Who collects, as the note of a receipt names it: an origin.
    collector: Box<str>,
    sealed_only: bool,
    own: RefCell<Set<u64>>,
    given: RefCell<Set<ResponseId>>,
    agreed: RefCell<Set<ResponseId>>,
    second: Cell<(u64, u64)>,
    passed_over: Cell<u32>,
}

impl Pull {
    /// A channel for the collector of that origin.
    pub fn new(keeper: Rc<Keeper>, leases: Rc<Leases>, collector: &str) -> Self {
        Self {
            keeper,
            leases,
            collector: collector.into(),
            sealed_only: false,
            own: RefCell::default(),
            given: RefCell::default(),
            agreed: RefCell::default(),
            second: Cell::new((0, 0)),
            passed_over: Cell::new(0),
        }
    }

    /// For a service that has a key: nothing readable is listed or given out, whatever the person says.
    pub fn sealed_only(self) -> Self {
        Self { sealed_only: true, ..self }
    }

    /// Takes one message. `now` in milliseconds since 1970.
    pub async fn hear(&self, text: &str, now: u64) -> Heard {
        if self.passed_over.get() >= PATIENCE {
            return Heard::Close;
        }
        let asked = if self.in_pace(now) { Asked::read(text) } else { None };
        let Some(Asked { number, request }) = asked else {
            self.passed_over.set(self.passed_over.get() + 1);
            return if self.passed_over.get() >= PATIENCE { Heard::Close } else { Heard::Nothing };
        };
        let reply = match request {
            Request::List => {
                self.keeper.refresh().await;
                Reply::Listed(self.items())
            }
            Request::Lease { ids, seconds } => self.lease(&ids, seconds, now),
            Request::Get { lease, id } => match self.get(lease, &id, now) {
                Ok(reply) => reply,
                Err(NeedsConsent) => return Heard::AskPerson(Waits { number, lease, id }),
            },
            Request::Ack { lease, id, hash, receipt } => {
                // Another tab may have handed it over meanwhile.
                self.keeper.refresh().await;
                self.ack(lease, id, hash, receipt, now).await
            }
        };
        Heard::Say(reply.write(number))
    }

    /// The person has decided: what to tell the collector.
    pub fn decided(&self, waits: Waits, agreed: bool, now: u64) -> String {
        if agreed {
            self.agreed.borrow_mut().insert(waits.id.clone());
        }
        let reply = if agreed { self.get(waits.lease, &waits.id, now) } else { Ok(Reply::Refused) };
        reply.unwrap_or(Reply::Refused).write(waits.number)
    }

    /// What this collector may know of: where answers have to be sealed, nothing readable.
    fn parcel(&self, id: &ResponseId) -> Option<Parcel> {
        self.keeper.parcel(id).filter(|parcel| !self.sealed_only || parcel.is_sealed())
    }

    fn items(&self) -> Vec<Item> {
        let waiting = self.keeper.waiting();
        let item = |id: &ResponseId| {
            let parcel = self.parcel(id)?;
            Some(Item {
                id: id.clone(),
                hash: parcel.hash().clone(),
                questionnaire: parcel.instrument().to_string(),
                size: parcel.bytes().len(),
                sealed: parcel.is_sealed(),
            })
        };
        waiting.iter().filter_map(|entry| item(&entry.id)).collect()
    }

    fn lease(&self, ids: &[ResponseId], seconds: u64, now: u64) -> Reply {
        let there: Vec<ResponseId> = ids.iter().filter(|id| self.parcel(id).is_some()).cloned().collect();
        let (lease, taken) = self.leases.take(&there, now.saturating_add(seconds * 1_000), now);
        self.own.borrow_mut().insert(lease);
        Reply::Leased(lease, taken)
    }

    fn get(&self, lease: u64, id: &ResponseId, now: u64) -> Result<Reply, NeedsConsent> {
        let Some(parcel) = self.parcel(id) else { return Ok(self.what_became_of(id)) };
        if !self.holds(lease, id, now) {
            return Ok(Reply::NoLease);
        }
        if !parcel.is_sealed() && !self.agreed.borrow().contains(id) {
            return Err(NeedsConsent);
        }
        self.given.borrow_mut().insert(id.clone());
        Ok(Reply::Here {
            id: id.clone(),
            hash: parcel.hash().clone(),
            media: if parcel.is_sealed() { "application/jose" } else { "application/fhir+json" },
            bytes: parcel.bytes().to_owned(),
        })
    }

    async fn ack(&self, lease: u64, id: ResponseId, hash: Hash, receipt: Box<str>, now: u64) -> Reply {
        let Some(parcel) = self.parcel(&id) else { return self.what_became_of(&id) };
        if *parcel.hash() != hash {
            return Reply::HashMismatch;
        }
        if !self.holds(lease, &id, now) {
            return Reply::NoLease;
        }
        if !self.given.borrow().contains(&id) {
            return Reply::NotCollected;
        }
        let receipt =
            Receipt { id: id.clone(), hash, collector: self.collector.clone(), version: Some(receipt) };
        match self.keeper.receive(&receipt, now).await {
            // Also where no store took the note: then it may come up again here, and is known there by its id.
            Ok(_) => {
                self.leases.give_back(&id);
                Reply::Done
            }
            Err(NotOurs::Unknown) => self.what_became_of(&id),
            Err(NotOurs::OtherBytes) => Reply::HashMismatch,
        }
    }

    fn holds(&self, lease: u64, id: &ResponseId, now: u64) -> bool {
        self.own.borrow().contains(&lease) && self.leases.holds(lease, id, now)
    }

    fn what_became_of(&self, id: &ResponseId) -> Reply {
        let gone = self.keeper.gone().into_iter().find(|(gone, _)| gone == id);
        match gone.map(|(_, note)| note.fate) {
            Some(Fate::Received { version, .. }) => Reply::Already(version.unwrap_or_default()),
            Some(Fate::Withdrawn | Fate::Discarded | Fate::Expired) | None => Reply::Gone,
        }
    }

    /// At most [`PACE`] messages in any one second by the clock.
    fn in_pace(&self, now: u64) -> bool {
        let (second, count) = self.second.get();
        let count = if second == now / 1_000 { count + 1 } else { 1 };
        self.second.set((now / 1_000, count));
        count <= PACE
    }
}

/// It is readable: the person has to agree before it is given out.
#[derive(Debug)]
struct NeedsConsent;
