//! The receiving side: from a scanned code or a file to a response, treating both as hostile.
//!
//! Nothing of the input is ever opened, followed or run; what is not exactly one of our responses is refused.

use super::base45;
use super::code::{self, DICTIONARY, MARK};
use super::inflate::inflate;
use super::same::{self, Likeness};
use crate::domain::ids::{InstrumentId, ResponseId};
use crate::domain::response::Response;
use serde_json::Value;

/// The most letters any QR code holds (version 40, level L, alphanumeric: ISO/IEC 18004, table 7).
const LONGEST_CODE: usize = 4_296;

/// The most bytes a response may have.
pub const LARGEST: usize = 4_000_000;

/// The most bytes that may come out of one code: 60 times what the largest holds is a bomb.
const LARGEST_IN_A_CODE: usize = 256 * 1024;

/// Why something is not a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Larger than any of ours.
    TooLarge,
    /// A code of another kind, or a file of another kind.
    NotOurs,
    /// Ours, cut short or changed.
    Damaged,
    /// JSON, and not a finished response under its own id, as ours are.
    NotAResponse,
}

impl Unreadable {
    /// For the person who receives.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooLarge => "it is larger than a response can be",
            Self::NotOurs => "it is not a response from What Matters",
            Self::Damaged => "it is cut short or changed; scan or copy it again",
            Self::NotAResponse => "it is not a finished response with an id of its own",
        }
    }
}

/// A response in the hands of whoever received it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// It, with the very bytes that were frozen on the person's device.
    pub response: Response,
    /// What to read out to the person once it has been stored.
    pub receipt_code: String,
}

/// What a scanner read.
///
/// # Errors
/// Why it is not a response.
pub fn from_code(text: &str) -> Result<Received, Unreadable> {
    let text = text.trim_matches(['\r', '\n']);
    if text.len() > LONGEST_CODE {
        return Err(Unreadable::TooLarge);
    }
    let letters = text.strip_prefix(MARK).ok_or(Unreadable::NotOurs)?;
    let deflated = base45::decode(letters).ok_or(Unreadable::Damaged)?;
    let bytes = inflate(&deflated, DICTIONARY.as_bytes(), LARGEST_IN_A_CODE).ok_or(Unreadable::Damaged)?;
    from_bytes(&bytes)
}

/// What is in a file: a saved response, or the text of a code.
///
/// # Errors
/// Why it is not a response.
pub fn from_file(bytes: &[u8]) -> Result<Received, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.starts_with(MARK) => from_code(text),
        Ok(_) | Err(_) => from_bytes(bytes),
    }
}

fn from_bytes(bytes: &[u8]) -> Result<Received, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::NotOurs)?;
    let value: Value = serde_json::from_str(text).map_err(|_| Unreadable::NotOurs)?;
    let named = |name: &str| value.get(name).and_then(Value::as_str);
    let id = named("id").and_then(ResponseId::parse).ok_or(Unreadable::NotAResponse)?;
    let is_ours = matches!(same::compare(&value, &value, &id, true), Likeness::Ours(_));
    let is_final = matches!(named("status"), Some("completed" | "amended"));
    let canonical = named("questionnaire").filter(|_| is_ours && is_final).ok_or(Unreadable::NotAResponse)?;
    let instrument = match canonical.split_once('|') {
        Some((url, version)) => InstrumentId::new(url, Some(version)),
        None => InstrumentId::new(canonical, None),
    };
    let response = Response::freeze(id, instrument, text.to_owned());
    let receipt_code = code::receipt_code(response.id(), response.hash());
    Ok(Received { response, receipt_code })
}
