//! What a collector may say and what it is told, as JSON texts: nothing missing, nothing more.

use super::handshake::LARGEST;
use crate::domain::ids::ResponseId;
use crate::domain::response::Hash;
use serde_json::{Map, Value};

/// The longest a lease may last, in seconds.
pub const LONGEST_LEASE: u64 = 120;

/// The longest receipt kept for a collector, in bytes.
const LONGEST_RECEIPT: usize = 200;

/// The most responses one lease may name.
const MOST_LEASED: usize = 100;

/// What a collector asks, with its own number for it, which the reply repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The collector's number.
    pub number: u64,
    /// What is asked.
    pub request: Request,
}

/// What a collector may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// What waits to be collected.
    List,
    /// To be the only one to collect these for some seconds.
    Lease {
        /// Which.
        ids: Vec<ResponseId>,
        /// How long, in seconds: 1 to [`LONGEST_LEASE`].
        seconds: u64,
    },
    /// One that was leased.
    Get {
        /// The lease.
        lease: u64,
        /// Which.
        id: ResponseId,
    },
    /// It has been stored: it may be removed here.
    Ack {
        /// The lease.
        lease: u64,
        /// Which.
        id: ResponseId,
        /// The SHA-256 of what was stored.
        hash: Hash,
        /// The collector's own name for the receipt.
        receipt: Box<str>,
    },
}

impl Asked {
    /// Reads a message; `None` for anything that is not exactly one of these.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LARGEST {
            return None;
        }
        let Value::Object(message) = serde_json::from_str(text).ok()? else { return None };
        let word = |name: &str| message.get(name).and_then(Value::as_str);
        let number = |name: &str| message.get(name).and_then(Value::as_u64);
        let id = |value: &Value| ResponseId::parse(value.as_str()?);
        let (fields, request) = match word("type")? {
            "LIST" => (2, Request::List),
            "LEASE" => {
                let ids = message.get("ids")?.as_array()?;
                let seconds = number("seconds")?;
                let fair = (1..=MOST_LEASED).contains(&ids.len()) && (1..=LONGEST_LEASE).contains(&seconds);
                let ids = ids.iter().map(id).collect::<Option<Vec<_>>>()?;
                (4, fair.then_some(Request::Lease { ids, seconds })?)
            }
            "GET" => (4, Request::Get { lease: number("lease")?, id: id(message.get("id")?)? }),
            "ACK" => {
                let (id, hash) = (id(message.get("id")?)?, Hash::parse(word("sha256")?)?);
                let receipt = word("receipt").filter(|receipt| receipt.len() <= LONGEST_RECEIPT)?;
                (6, Request::Ack { lease: number("lease")?, id, hash, receipt: receipt.into() })
            }
            _ => return None,
        };
        (message.len() == fields).then_some(Self { number: number("n")?, request })
    }
}

/// A response that can be collected, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub id: ResponseId,
    /// The SHA-256 of what would be collected.
    pub hash: Hash,
    /// The questionnaire, as `canonical|version`.
    pub questionnaire: String,
    /// How many bytes.
    pub size: usize,
    /// Only the service can read it.
    pub sealed: bool,
}

/// What a collector is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// What waits.
    Listed(Vec<Item>),
    /// The lease's number, and which of those asked for it holds.
    Leased(u64, Vec<ResponseId>),
    /// One response; its media type; its very bytes.
    Here {
        /// Which.
        id: ResponseId,
        /// Its hash.
        hash: Hash,
        /// `application/fhir+json`, or `application/jose` where it is sealed.
        media: &'static str,
        /// It.
        bytes: String,
    },
    /// It has been removed here; the note of it keeps the receipt.
    Done,
    /// It was received before, by this collector or another: that one's receipt.
    Already(Box<str>),
    /// What was stored is not what is kept here: nothing is removed.
    HashMismatch,
    /// There is no such lease, or it has run out.
    NoLease,
    /// It was not collected on this channel, so there is nothing to acknowledge.
    NotCollected,
    /// It is not here: deleted by the person, or never was.
    Gone,
    /// The person did not agree.
    Refused,
}

impl Reply {
    /// The message for the question with that number.
    pub fn write(&self, number: u64) -> String {
        let mut message = Map::new();
        message.insert("n".into(), number.into());
        let mut put = |name: &str, value: Value| drop(message.insert(name.to_owned(), value));
        let kind = match self {
            Self::Listed(items) => {
                put("items", items.iter().map(Item::value).collect());
                "LISTED"
            }
            Self::Leased(lease, ids) => {
                put("lease", (*lease).into());
                put("ids", ids.iter().map(|id| Value::from(id.as_str())).collect());
                "LEASED"
            }
            Self::Here { id, hash, media, bytes } => {
                put("id", id.as_str().into());
                put("sha256", hash.as_str().into());
                put("media", (*media).into());
                put("body", bytes.as_str().into());
                "HERE"
            }
            Self::Done => "DONE",
            Self::Already(receipt) => {
                put("receipt", Value::from(&**receipt));
                "ALREADY"
            }
            Self::HashMismatch => "HASH_MISMATCH",
            Self::NoLease => "NO_LEASE",
            Self::NotCollected => "NOT_COLLECTED",
            Self::Gone => "GONE",
            Self::Refused => "REFUSED",
        };
        message.insert("type".into(), kind.into());
        Value::Object(message).to_string()
    }
}

impl Item {
    fn value(&self) -> Value {
        let mut item = Map::new();
        item.insert("id".into(), self.id.as_str().into());
        item.insert("sha256".into(), self.hash.as_str().into());
        item.insert("questionnaire".into(), self.questionnaire.as_str().into());
        item.insert("size".into(), self.size.into());
        item.insert("sealed".into(), self.sealed.into());
        item.into()
    }
}

/// Told without being asked: which responses wait. Ids and nothing else.
pub fn waiting(ids: &[ResponseId]) -> String {
    let mut message = Map::new();
    message.insert("type".into(), "WAITING".into());
    message.insert("ids".into(), ids.iter().map(|id| Value::from(id.as_str())).collect());
    Value::Object(message).to_string()
}
