//! FHIR push: `PUT [base]/QuestionnaireResponse/{uuid}`, or `PUT [base]/Binary/{uuid}` where the response is
//! sealed, and what the answers mean.
//!
//! [`Push`] only decides: it is asked for a request, given what came of it, and says what next. A run is
//!
//! ```text
//! look (from the second attempt on) → put → confirm
//!                                       └─→ post → search      where the service wants its own ids
//! ```
//!
//! * **Look** reads the resource by id, so that what arrived without our hearing of it is not sent again, and
//!   so that something else under that id is never overwritten.
//! * **Put** carries the frozen bytes under our id; doing so twice leaves one resource.
//! * **Confirm** reads it back whenever the answer to the put did not show our content.
//! * **Post** is for services that refuse ids of ours: 405 as FHIR R4 has it (http.html, "update as create"),
//!   or 400, 404 or 422 with words to that effect (HAPI answers 404 and "client-assigned IDs are not
//!   enabled", Medplum 400 and "client-assigned ID"). It is conditional on our identifier
//!   (`If-None-Exist`), and **search** reads back what is there under it. A `Binary` has no identifier to
//!   search for, so a second post could not be told from a first: sealed responses are never posted, and a
//!   service that refuses our ids is closed to them.
//!
//! No request carries `If-None-Match`: servers that do not list it among their CORS headers would be out of
//! reach, and looking first serves the same end. `Location` and `ETag` are never needed: not every server
//! lets a page read them.

use super::base64::{self, Alphabet};
use super::carrier::{Carrier, Later, Outcome, Pause};
use super::http::{Http, Reply, Request, Silence};
use super::instant;
use super::same::{self, Likeness, URI_SYSTEM};
use crate::domain::parcel::Parcel;
use crate::domain::receipt::Receipt;
use crate::store::outbox::Reason;
use crate::store::slots::Soon;
use serde_json::Value;
use std::rc::Rc;

const TYPE: &str = "application/fhir+json";
/// The kind of content of a sealed response: a compact JWE (RFC 7515, section 9.2.1).
pub const SEALED_TYPE: &str = "application/jose";
/// Longest patience a service can ask for, in milliseconds: a day.
pub const LONGEST_PATIENCE: u64 = 86_400_000;

/// Carries responses to one FHIR server.
pub struct FhirPush {
    base: Box<str>,
    token: Option<Box<str>>,
    http: Rc<dyn Http>,
    sealed_only: bool,
}

impl FhirPush {
    /// A service by its base URL, from the configuration only, and the bearer token if it wants one.
    pub fn new(base: &str, token: Option<&str>, http: Rc<dyn Http>) -> Self {
        Self {
            base: base.trim_end_matches('/').into(),
            token: token.map(Into::into),
            http,
            sealed_only: false,
        }
    }

    /// For a service with a key: what anybody can read is never sent to it, and waits until it is sealed.
    pub fn sealed_only(self) -> Self {
        Self { sealed_only: true, ..self }
    }
}

impl Carrier for FhirPush {
    fn carry<'a>(&'a self, parcel: &'a Parcel, attempt: u32, now: u64) -> Soon<'a, Outcome> {
        Box::pin(async move {
            if self.sealed_only && !parcel.is_sealed() {
                return Outcome::Later(Later { seldom: true, ..Later::default() });
            }
            let (mut push, mut request) =
                match Push::begin(&self.base, self.token.as_deref(), parcel, attempt, now) {
                    Ok(begun) => begun,
                    Err(outcome) => return outcome,
                };
            loop {
                match push.next(self.http.send(request).await) {
                    Step::Ask(next) => request = next,
                    Step::Done(outcome) => return outcome,
                }
            }
        })
    }
}

/// What to do next.
#[derive(Debug)]
pub enum Step {
    /// Send this, and say what came of it.
    Ask(Request),
    /// It is over.
    Done(Outcome),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Look,
    Put,
    Confirm,
    Post,
    Search,
}

/// One run of handing one response over.
pub struct Push<'a> {
    base: &'a str,
    token: Option<&'a str>,
    parcel: &'a Parcel,
    body: String,
    ours: Value,
    now: u64,
    stage: Stage,
}

/// The service said yes, and what it showed is not ours.
const UNPROVEN: Later = Later { after: None, silent: false, seldom: false, busy: false, unproven: true };

impl<'a> Push<'a> {
    /// Begins: the first request, or why there will be none.
    pub fn begin(
        base: &'a str,
        token: Option<&'a str>,
        parcel: &'a Parcel,
        attempt: u32,
        now: u64,
    ) -> Result<(Self, Request), Outcome> {
        let body = if parcel.is_sealed() { binary(parcel) } else { parcel.bytes().to_owned() };
        let ours = serde_json::from_str(&body).unwrap_or(Value::Null);
        let mut push = Self { base, token, parcel, body, ours, now, stage: Stage::Look };
        if !matches!(push.compare(&push.ours, true), Likeness::Ours(_)) {
            // It could never be recognised on the other side.
            return Err(Outcome::Refused(Reason::Unreadable));
        }
        let request = push.ask(if attempt > 1 { Stage::Look } else { Stage::Put });
        Ok((push, request))
    }

    /// Takes what came of the last request.
    pub fn next(&mut self, reply: Result<Reply, Silence>) -> Step {
        let reply = match reply {
            Ok(reply) => reply,
            Err(Silence) => return later(Later { silent: true, ..Later::default() }),
        };
        match self.stage {
            Stage::Look => self.looked(&reply),
            Stage::Put => self.sent(&reply, Stage::Confirm),
            Stage::Post => self.sent(&reply, Stage::Search),
            Stage::Confirm => self.read_back(&reply, self.likeness(&reply, true)),
            Stage::Search => self.read_back(&reply, self.found(&reply)),
        }
    }

    fn looked(&mut self, reply: &Reply) -> Step {
        match reply.status {
            200..=299 => match self.likeness(reply, true) {
                Likeness::Ours(version) => self.received(version),
                Likeness::Altered => Step::Done(Outcome::Refused(Reason::Conflict)),
                Likeness::Unrelated => Step::Ask(self.ask(Stage::Put)),
            },
            408 | 425 | 429 | 500 | 502..=504 => later(self.patience(reply)),
            // Not there, or not to be read by us: the put will tell.
            _ => Step::Ask(self.ask(Stage::Put)),
        }
    }

    /// The table of what an answer to a put or post means; `proof` is how to ask what is there.
    fn sent(&mut self, reply: &Reply, proof: Stage) -> Step {
        let by_our_id = proof == Stage::Confirm;
        match reply.status {
            200..=299 => match self.likeness(reply, by_our_id) {
                Likeness::Ours(version) => self.received(version),
                // No content, other content, a captive portal's page: the service has to show it.
                Likeness::Altered | Likeness::Unrelated => Step::Ask(self.ask(proof)),
            },
            409 | 412 => Step::Ask(self.ask(proof)),
            400 | 404 | 405 | 422 if by_our_id && (reply.status == 405 || wants_its_own_ids(&reply.body)) => {
                match self.parcel.kid() {
                    None => Step::Ask(self.ask(Stage::Post)),
                    Some(_) => Step::Done(Outcome::Paused(Pause::Closed(reply.status))),
                }
            }
            400 | 415 | 422 => Step::Done(Outcome::Refused(Reason::Rejected(reply.status))),
            413 => Step::Done(Outcome::Refused(Reason::TooLarge)),
            401 => Step::Done(Outcome::Paused(Pause::SignIn)),
            403 | 404 | 405 | 410 => Step::Done(Outcome::Paused(Pause::Closed(reply.status))),
            _ => later(self.patience(reply)),
        }
    }

    /// What reading back means, after the service said that it has it or that there is a conflict.
    fn read_back(&self, reply: &Reply, likeness: Likeness) -> Step {
        match reply.status {
            200..=299 => match likeness {
                Likeness::Ours(version) => self.received(version),
                Likeness::Altered => Step::Done(Outcome::Refused(Reason::Conflict)),
                Likeness::Unrelated => later(UNPROVEN),
            },
            401 => Step::Done(Outcome::Paused(Pause::SignIn)),
            400 | 403 | 405 | 501 => Step::Done(Outcome::Paused(Pause::Unproven(reply.status))),
            // It is not there after all.
            404 | 410 => later(UNPROVEN),
            _ => later(self.patience(reply)),
        }
    }

    fn likeness(&self, reply: &Reply, own_id: bool) -> Likeness {
        match serde_json::from_str(&reply.body) {
            Ok(theirs) => self.compare(&theirs, own_id),
            // A Binary may be shown as what is in it, whatever was asked for (FHIR R4, binary.html#rest).
            Err(_) if self.parcel.is_sealed() && reply.body == self.parcel.bytes() => Likeness::Ours(None),
            Err(_) => Likeness::Unrelated,
        }
    }

    fn compare(&self, theirs: &Value, own_id: bool) -> Likeness {
        match self.parcel.kid() {
            None => same::compare(&self.ours, theirs, self.parcel.id(), own_id),
            Some(_) => same::compare_binary(&self.ours, theirs, self.parcel.id()),
        }
    }

    /// The best that a search result has of ours. Everything in it is compared: servers that do not know the
    /// parameter answer with whatever they have.
    fn found(&self, reply: &Reply) -> Likeness {
        let bundle: Value = serde_json::from_str(&reply.body).unwrap_or(Value::Null);
        let entries = bundle.get("entry").and_then(Value::as_array);
        let mut best = Likeness::Unrelated;
        for resource in entries.into_iter().flatten().filter_map(|entry| entry.get("resource")) {
            match same::compare(&self.ours, resource, self.parcel.id(), false) {
                Likeness::Ours(version) => return Likeness::Ours(version),
                Likeness::Altered => best = Likeness::Altered,
                Likeness::Unrelated => {}
            }
        }
        best
    }

    fn received(&self, version: Option<Box<str>>) -> Step {
        Step::Done(Outcome::Received(Receipt {
            id: self.parcel.id().clone(),
            hash: self.parcel.hash().clone(),
            collector: self.base.into(),
            version,
        }))
    }

    fn patience(&self, reply: &Reply) -> Later {
        let asked = reply.retry_after.as_deref().and_then(|text| retry_after(text, self.now));
        let planned = matches!(reply.status, 408 | 425 | 429 | 500 | 502..=504);
        let busy = asked.is_some() || matches!(reply.status, 408 | 425 | 429 | 503);
        Later { after: asked, silent: false, seldom: !planned, busy, unproven: false }
    }

    fn ask(&mut self, stage: Stage) -> Request {
        self.stage = stage;
        let id = self.parcel.id().as_str();
        let identifier = [URI_SYSTEM, "%7Curn:uuid:", id].concat();
        let kind = if self.parcel.is_sealed() { "/Binary" } else { "/QuestionnaireResponse" };
        let kind = [self.base, kind].concat();
        let mut headers = vec![("Accept", TYPE.to_owned())];
        if let Some(token) = self.token {
            headers.push(("Authorization", ["Bearer ", token].concat()));
        }
        let (method, url) = match stage {
            Stage::Look | Stage::Confirm => ("GET", [&kind, "/", id].concat()),
            Stage::Search => ("GET", [&kind, "?identifier=", &identifier].concat()),
            Stage::Put => ("PUT", [&kind, "/", id].concat()),
            Stage::Post => {
                headers.push(("If-None-Exist", ["identifier=", &identifier].concat()));
                ("POST", kind)
            }
        };
        let body = matches!(stage, Stage::Put | Stage::Post).then(|| self.body.clone());
        if body.is_some() {
            headers.push(("Content-Type", TYPE.to_owned()));
            headers.push(("Prefer", "return=representation".to_owned()));
        }
        Request { method, url, headers, body }
    }
}

/// A sealed response as a FHIR resource. Neither an id nor base 64 has a letter that JSON would escape.
fn binary(parcel: &Parcel) -> String {
    let data = base64::encode(parcel.bytes().as_bytes(), Alphabet::Plain);
    let parts = [
        r#"{"resourceType":"Binary","id":""#,
        parcel.id().as_str(),
        r#"","contentType":""#,
        SEALED_TYPE,
        r#"","data":""#,
        &data,
        r#""}"#,
    ];
    parts.concat()
}

fn later(later: Later) -> Step {
    Step::Done(Outcome::Later(later))
}

/// Whether a refusal says that the service gives out ids itself.
fn wants_its_own_ids(body: &str) -> bool {
    let body = body.to_ascii_lowercase();
    ["client-assigned id", "client assigned id", "client-defined id", "client defined id"]
        .iter()
        .any(|words| body.contains(words))
}

/// `Retry-After` in milliseconds from now: seconds, or a date (RFC 9110, section 10.2.3). Never more than
/// [`LONGEST_PATIENCE`].
fn retry_after(text: &str, now: u64) -> Option<u64> {
    let text = text.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => seconds.saturating_mul(1_000),
        Err(_) => u64::try_from(instant::from_http(text)?).ok()?.saturating_sub(now),
    };
    Some(wait.min(LONGEST_PATIENCE))
}
