//! A finished response as it waits and travels: as it was frozen, or sealed so that the service alone can
//! read it.

use super::ids::{InstrumentId, ResponseId};
use super::response::{Hash, Response};

/// What is kept in the outbox and handed over: bytes that will never change again.
///
/// Sealing takes the [`Response`] itself, so that whoever holds a sealed parcel no longer holds what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    id: ResponseId,
    instrument: InstrumentId,
    bytes: Box<str>,
    hash: Hash,
    kid: Option<Box<str>>,
}

impl Parcel {
    /// A response that anybody who holds it can read: where the service has no key.
    pub fn plain(response: Response) -> Self {
        Self::kept(response.id().clone(), response.instrument().clone(), response.bytes().to_owned(), None)
    }

    /// A response sealed for the key of this name; `sealed` is what sealing made of it.
    pub fn sealed(response: Response, kid: &str, sealed: String) -> Self {
        Self::kept(response.id().clone(), response.instrument().clone(), sealed, Some(kid))
    }

    /// One that was kept, from its parts. `kid` names the key it is sealed for, if it is.
    pub fn kept(id: ResponseId, instrument: InstrumentId, bytes: String, kid: Option<&str>) -> Self {
        let hash = Hash::of(bytes.as_bytes());
        Self { id, instrument, bytes: bytes.into(), hash, kid: kid.map(Into::into) }
    }

    /// The response that is in it; `None` when it is sealed.
    pub fn open(self) -> Option<Response> {
        self.kid.is_none().then(|| Response::freeze(self.id, self.instrument, self.bytes.into()))
    }

    /// The response's own id.
    pub fn id(&self) -> &ResponseId {
        &self.id
    }

    /// The questionnaire it answers.
    pub fn instrument(&self) -> &InstrumentId {
        &self.instrument
    }

    /// What travels: FHIR JSON, or a compact JWE (RFC 7516) when it is sealed.
    pub fn bytes(&self) -> &str {
        &self.bytes
    }

    /// The hash of [`Self::bytes`]: of what travels, never of the answers in it. Answers are few (four
    /// questions with eleven answers each make 14,641 responses), so that a hash of them, left readable on a
    /// device or in a receipt, could be tried out until it fits.
    pub fn hash(&self) -> &Hash {
        &self.hash
    }

    /// The name of the key it is sealed for; `None` when anybody can read it.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Whether only the service can read it.
    pub fn is_sealed(&self) -> bool {
        self.kid.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> Response {
        let id = ResponseId::from_random([1; 16]);
        Response::freeze(id, InstrumentId::new("https://a.example/q", Some("1")), "answers".to_owned())
    }

    #[test]
    fn a_plain_parcel_is_the_response_itself() {
        let parcel = Parcel::plain(response());
        assert_eq!((parcel.bytes(), parcel.kid()), ("answers", None));
        assert_eq!(parcel.hash(), response().hash());
        assert_eq!(parcel.open(), Some(response()));
    }

    #[test]
    fn a_sealed_parcel_holds_neither_the_answers_nor_their_hash() {
        let parcel = Parcel::sealed(response(), "key", "a.b.c.d.e".to_owned());
        assert_eq!((parcel.bytes(), parcel.kid()), ("a.b.c.d.e", Some("key")));
        assert_eq!(*parcel.hash(), Hash::of(b"a.b.c.d.e"));
        assert_eq!(parcel.open(), None);
    }
}
