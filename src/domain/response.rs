//! A finished response: its items frozen in the questionnaire's own structure, its bytes and their hash.

use super::answer::{Answer, Skip};
use super::hex;
use super::ids::{InstrumentId, LinkId, ResponseId};
use sha2::{Digest, Sha256};

/// One item of a finished response, with the words shown to the person.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseItem {
    /// Which item of the questionnaire.
    pub link_id: LinkId,
    /// The question's words as they were shown.
    pub text: Option<Box<str>>,
    /// FHIR's `definition`, carried over.
    pub definition: Option<Box<str>>,
    /// For a score: the name and version of the algorithm that computed it.
    pub algorithm: Option<Box<str>>,
    /// The answers, each with what stands under it.
    pub answers: Vec<ResponseAnswer>,
    /// For a group: the items in it.
    pub items: Vec<ResponseItem>,
    /// The person passed over it, and how. Such an item has no answers.
    pub skipped: Option<Skip>,
}

/// One answer of a finished response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseAnswer {
    /// The answer; `None` only where a question was left open but something under it was answered
    /// (R4 gives `item.answer.value[x]` the cardinality 0..1, and questions under a question stand in
    /// `item.answer.item`).
    pub value: Option<Answer>,
    /// Items under this answer.
    pub items: Vec<ResponseItem>,
}

/// The SHA-256 of a response's canonical bytes (FIPS 180-4), as 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash(Box<str>);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            hex::push(&mut text, byte);
        }
        Self(text.into())
    }

    /// Reads 64 lower-case hexadecimal digits back.
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        shaped.then(|| Self(text.into()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A finished response: bytes that will never change again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    id: ResponseId,
    instrument: InstrumentId,
    bytes: Box<str>,
    hash: Hash,
}

impl Response {
    /// Freezes a response: `bytes` are its canonical JSON, as `fhir::write` gives it.
    pub fn freeze(id: ResponseId, instrument: InstrumentId, bytes: String) -> Self {
        let hash = Hash::of(bytes.as_bytes());
        Self { id, instrument, bytes: bytes.into(), hash }
    }

    /// Its own id.
    pub fn id(&self) -> &ResponseId {
        &self.id
    }

    /// The questionnaire it answers.
    pub fn instrument(&self) -> &InstrumentId {
        &self.instrument
    }

    /// The frozen FHIR JSON.
    pub fn bytes(&self) -> &str {
        &self.bytes
    }

    /// The hash of [`Self::bytes`].
    pub fn hash(&self) -> &Hash {
        &self.hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256() {
        // FIPS 180-4 example: SHA-256 of "abc".
        assert_eq!(
            Hash::of(b"abc").as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
