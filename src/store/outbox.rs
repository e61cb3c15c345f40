//! Finished responses on their way to the service.
//!
//! ```text
//! draft → final → waiting ⇄ in flight(n) → received → purged (a note without content stays)
//!                    └────── quarantined(reason)
//! ```
//!
//! Each step is recorded before what it announces is done: "in flight" before the request, the note of
//! receipt before the removal. A finished response is never changed, never expires, and is removed only
//! against a `Receipt` for its very bytes or the patient's own `Withdrawal`.

use super::finished::Finished;
use super::journal::{Closed, DAY};
use super::keeper::Keeper;
use super::keys::Key;
use super::mirror::Kept;
use super::slots::Care;
use crate::domain::draft::Draft;
use crate::domain::ids::{InstrumentId, ResponseId};
use crate::domain::parcel::Parcel;
use crate::domain::receipt::{Receipt, Withdrawal};
use crate::domain::response::Hash;
use serde_json::{Map, Value};

/// Why a response is not sent any more by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The service found fault with it; its HTTP status.
    Rejected(u16),
    /// The service has something else under the same name.
    Conflict,
    /// It is larger than the service takes.
    TooLarge,
    /// Its own bytes are not a response that could be recognised anywhere; a fault of this program.
    Unreadable,
}

/// Where a finished response stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be sent when it is due.
    Waiting,
    /// Being sent, or it was when the page went away; since when, in milliseconds since 1970.
    InFlight(u64),
    /// Set aside: it does not hold up the others, and is there to be shown, handed over another way, or
    /// tried again by a person.
    Quarantined(Reason),
}

/// How the sending of one response stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Where it stands.
    pub state: State,
    /// How many times it has been sent without proof of arrival.
    pub attempts: u32,
    /// Not before this time, in milliseconds since 1970.
    pub due: u64,
    /// The service itself named that time (`Retry-After`).
    pub asked: bool,
    /// When it was last shown as a code or saved as a file, in milliseconds since 1970: it may have arrived
    /// that way, and nobody has confirmed it.
    pub shown: Option<u64>,
}

impl Sending {
    /// As it stands when it has just been finished.
    pub const NEW: Self = Self { state: State::Waiting, attempts: 0, due: 0, asked: false, shown: None };

    fn write(self) -> String {
        let mut record = Map::new();
        let (state, detail) = match self.state {
            State::Waiting => ("waiting", None),
            State::InFlight(since) => ("in-flight", Some(since)),
            State::Quarantined(Reason::Rejected(status)) => ("rejected", Some(u64::from(status))),
            State::Quarantined(Reason::Conflict) => ("conflict", None),
            State::Quarantined(Reason::TooLarge) => ("too-large", None),
            State::Quarantined(Reason::Unreadable) => ("unreadable", None),
        };
        record.insert("state".into(), state.into());
        if let Some(detail) = detail {
            record.insert("detail".into(), detail.into());
        }
        record.insert("attempts".into(), self.attempts.into());
        record.insert("due".into(), self.due.into());
        record.insert("asked".into(), self.asked.into());
        if let Some(shown) = self.shown {
            record.insert("shown".into(), shown.into());
        }
        Value::Object(record).to_string()
    }

    fn read(text: &str) -> Option<Self> {
        let record: Value = serde_json::from_str(text).ok()?;
        let detail = record.get("detail").and_then(Value::as_u64);
        let state = match record.get("state")?.as_str()? {
            "waiting" => State::Waiting,
            "in-flight" => State::InFlight(detail?),
            "rejected" => State::Quarantined(Reason::Rejected(u16::try_from(detail?).ok()?)),
            "conflict" => State::Quarantined(Reason::Conflict),
            "too-large" => State::Quarantined(Reason::TooLarge),
            "unreadable" => State::Quarantined(Reason::Unreadable),
            _ => return None,
        };
        let attempts = u32::try_from(record.get("attempts")?.as_u64()?).ok()?;
        let due = record.get("due")?.as_u64()?;
        let shown = record.get("shown").and_then(Value::as_u64);
        Some(Self { state, attempts, due, asked: record.get("asked")?.as_bool()?, shown })
    }
}

/// What became of a response that is no longer here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The service has it.
    Received {
        /// The hash of the bytes that were proven to have arrived.
        hash: Hash,
        /// Where.
        collector: Box<str>,
        /// The service's own version of it, where it tells.
        version: Option<Box<str>>,
    },
    /// The patient deleted it when it was finished and not yet sent.
    Withdrawn,
    /// The patient deleted it before it was finished.
    Discarded,
    /// It was not finished in time.
    Expired,
}

/// The note that stays when a response has gone. It has no content: no answers, no questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// What became of it.
    pub fate: Fate,
    /// On which day, counted from 1 January 1970 (UTC).
    pub day: u64,
}

impl Gone {
    pub(super) fn write(fate: &Fate, now: u64) -> String {
        let mut record = Map::new();
        let word = match fate {
            Fate::Received { hash, collector, version } => {
                record.insert("hash".into(), hash.as_str().into());
                record.insert("collector".into(), Value::String(collector.to_string()));
                if let Some(version) = version {
                    record.insert("version".into(), Value::String(version.to_string()));
                }
                "received"
            }
            Fate::Withdrawn => "withdrawn",
            Fate::Discarded => "discarded",
            Fate::Expired => "expired",
        };
        record.insert("fate".into(), word.into());
        record.insert("day".into(), (now / DAY).into());
        Value::Object(record).to_string()
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let record: Value = serde_json::from_str(text).ok()?;
        let text = |name: &str| record.get(name).and_then(Value::as_str);
        let fate = match text("fate")? {
            "received" => Fate::Received {
                hash: Hash::parse(text("hash")?)?,
                collector: text("collector")?.into(),
                version: text("version").map(Into::into),
            },
            "withdrawn" => Fate::Withdrawn,
            "discarded" => Fate::Discarded,
            "expired" => Fate::Expired,
            _ => return None,
        };
        Some(Self { fate, day: record.get("day")?.as_u64()? })
    }

    /// Whether this note takes the place of a finished response with that hash.
    pub(super) fn replaces(&self, finished: Option<&Hash>) -> bool {
        match &self.fate {
            Fate::Received { hash, .. } => finished == Some(hash),
            Fate::Withdrawn | Fate::Discarded | Fate::Expired => true,
        }
    }
}

/// A finished response that has not been received yet, as a list shows it: nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: ResponseId,
    /// The questionnaire it answers.
    pub instrument: InstrumentId,
    /// The short reference a person can read out.
    pub reference: String,
    /// When it was finished, in milliseconds since 1970.
    pub finished_at: u64,
    /// How the sending stands.
    pub sending: Sending,
    /// Whether any store has it; otherwise it lives only as long as this page.
    pub on_device: bool,
}

/// Why a draft was not finished.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfinished {
    /// It cannot be finished any more.
    Closed(Closed),
    /// Another tab has changed answers that this response does not have: the draft with all of them.
    /// To be shown, and finished again.
    ChangedElsewhere(Box<Draft>),
    /// The response is not of this draft.
    OtherResponse,
}

/// Why a receipt was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOurs {
    /// There is no such finished response here.
    Unknown,
    /// It is for other bytes than those that are kept.
    OtherBytes,
}

impl Keeper {
    /// Finishes a draft: puts the parcel made of it in the outbox, sees that it is there, then removes the draft.
    /// Finishing again with the same bytes is harmless.
    pub async fn finish(&self, draft: &Draft, parcel: &Parcel, now: u64) -> Result<Kept, Unfinished> {
        if draft.id != *parcel.id() || draft.instrument != *parcel.instrument() {
            return Err(Unfinished::OtherResponse);
        }
        let finished = Key::Final(draft.id.clone());
        let before = self.body(&finished).and_then(|body| Finished::read(&body));
        let again = before.is_some_and(|before| before.parcel == *parcel);
        if !again {
            self.is_open(&draft.id).map_err(Unfinished::Closed)?;
            let mut joined = draft.clone();
            for other in self.others(&draft.id).unwrap_or_default() {
                joined.join(&other);
            }
            if joined.held != draft.held {
                return Err(Unfinished::ChangedElsewhere(Box::new(joined)));
            }
        }
        let drafts = self.keys_of(&draft.id);
        let kept = self.put(&finished, Finished::write(parcel, now), Care::Strict).await;
        for key in drafts {
            match key {
                Key::Draft(..) | Key::Asked(_) => self.supersede(&key.text(), kept).await,
                Key::Final(_) | Key::Send(_) | Key::Gone(_) | Key::Copy(_) => {}
            }
        }
        Ok(kept)
    }

    /// Puts a sealed parcel in the place of the same response that anybody can read: for what was finished
    /// before the service had a key. `None` where there is no such response to seal.
    pub async fn seal(&self, sealed: &Parcel) -> Option<Kept> {
        let key = Key::Final(sealed.id().clone());
        let before = Finished::read(&self.body(&key)?)?;
        let same = before.parcel.id() == sealed.id() && before.parcel.instrument() == sealed.instrument();
        let open = !before.parcel.is_sealed() && sealed.is_sealed() && !self.is_newers(sealed.id());
        if !same || !open {
            return None;
        }
        Some(self.put(&key, Finished::write(sealed, before.at), Care::Strict).await)
    }

    /// Finished responses that have not been received yet, the oldest first.
    pub fn waiting(&self) -> Vec<Entry> {
        let known = self.known.borrow();
        let mut waiting = Vec::new();
        for (text, record) in known.iter() {
            let Some(Key::Final(id)) = Key::parse(text) else { continue };
            let Some(finished) = Finished::read(&record.body) else { continue };
            if *finished.parcel.id() != id || self.is_newers(&id) {
                continue;
            }
            let sending = known.get(&Key::Send(id.clone()).text());
            let mut sending = sending.and_then(|record| Sending::read(&record.body)).unwrap_or(Sending::NEW);
            if known.contains_key(&Key::Gone(id.clone()).text()) {
                // Something else went under this name. Sending this would write over it.
                sending.state = State::Quarantined(Reason::Conflict);
            }
            waiting.push(Entry {
                instrument: finished.parcel.instrument().clone(),
                reference: id.reference(),
                finished_at: finished.at,
                sending,
                on_device: !self.unkept.borrow().contains(text),
                id,
            });
        }
        waiting.sort_by(|a, b| (a.finished_at, &a.id).cmp(&(b.finished_at, &b.id)));
        waiting
    }

    /// A finished response that has not been received yet.
    pub fn parcel(&self, id: &ResponseId) -> Option<Parcel> {
        let finished = Finished::read(&self.body(&Key::Final(id.clone()))?)?;
        (finished.parcel.id() == id).then_some(finished.parcel)
    }

    /// What became of responses that are no longer here.
    pub fn gone(&self) -> Vec<(ResponseId, Gone)> {
        let known = self.known.borrow();
        let gone = known.iter().filter_map(|(text, record)| match Key::parse(text)? {
            Key::Gone(id) => Some((id, Gone::read(&record.body)?)),
            Key::Draft(..) | Key::Asked(_) | Key::Final(_) | Key::Send(_) | Key::Copy(_) => None,
        });
        gone.collect()
    }

    /// Records how the sending of a response stands, before acting on it. That it was shown stays noted:
    /// whoever sends may have looked before it was.
    pub async fn mark(&self, id: &ResponseId, sending: Sending) -> Kept {
        let shown = sending.shown.max(self.sending(id).shown);
        self.put(&Key::Send(id.clone()), Sending { shown, ..sending }.write(), Care::Relaxed).await
    }

    /// Records that it was shown as a code or saved as a file. It stays, and is still to be sent.
    pub async fn mark_shown(&self, id: &ResponseId, now: u64) -> Kept {
        self.mark(id, Sending { shown: Some(now), ..self.sending(id) }).await
    }

    fn sending(&self, id: &ResponseId) -> Sending {
        self.body(&Key::Send(id.clone())).and_then(|body| Sending::read(&body)).unwrap_or(Sending::NEW)
    }

    /// The service has it: notes so, then removes the response from each store that has the note.
    pub async fn receive(&self, receipt: &Receipt, now: u64) -> Result<Kept, NotOurs> {
        let parcel = self.parcel(&receipt.id).ok_or(NotOurs::Unknown)?;
        if *parcel.hash() != receipt.hash {
            return Err(NotOurs::OtherBytes);
        }
        let fate = Fate::Received {
            hash: receipt.hash.clone(),
            collector: receipt.collector.clone(),
            version: receipt.version.clone(),
        };
        let records = self.keys_of(&receipt.id);
        let kept = self.put(&Key::Gone(receipt.id.clone()), Gone::write(&fate, now), Care::Strict).await;
        for key in records.into_iter().filter(|key| !matches!(key, Key::Gone(_))) {
            self.supersede(&key.text(), kept).await;
        }
        Ok(kept)
    }

    /// The patient wants it gone unsent. Says where it could be removed.
    pub async fn withdraw(&self, withdrawal: &Withdrawal, now: u64) -> Result<Kept, NotOurs> {
        if self.parcel(&withdrawal.id).is_none() {
            return Err(NotOurs::Unknown);
        }
        Ok(self.erase_all(&withdrawal.id, Fate::Withdrawn, now).await)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_state_of_sending_and_every_fate_reads_back() {
        let quarantined = [Reason::Rejected(422), Reason::Conflict, Reason::TooLarge, Reason::Unreadable];
        let states = [State::Waiting, State::InFlight(7)].into_iter();
        for state in states.chain(quarantined.map(State::Quarantined)) {
            for shown in [None, Some(7)] {
                let sending = Sending { state, attempts: 3, due: 9, asked: true, shown };
                assert_eq!(Sending::read(&sending.write()), Some(sending));
            }
        }
        let received = |version| Fate::Received { hash: Hash::of(b"x"), collector: "c".into(), version };
        for fate in
            [received(None), received(Some("1".into())), Fate::Withdrawn, Fate::Discarded, Fate::Expired]
        {
            assert_eq!(Gone::read(&Gone::write(&fate, DAY * 3 + 1)), Some(Gone { fate, day: 3 }));
        }
    }
}
