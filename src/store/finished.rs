//! The record of a finished response: what is to be handed over, and since when.

use super::record;
use crate::domain::ids::ResponseId;
use crate::domain::parcel::Parcel;
use crate::domain::response::Hash;
use serde_json::{Map, Value};

/// A finished response as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// What is to be handed over.
    pub parcel: Parcel,
    /// When it was finished, in milliseconds since 1970.
    pub at: u64,
}

impl Finished {
    pub(super) fn write(parcel: &Parcel, at: u64) -> String {
        let mut record = Map::new();
        record.insert("id".into(), parcel.id().as_str().into());
        record.insert("instrument".into(), record::write_instrument_id(parcel.instrument()));
        record.insert("finished_at".into(), at.into());
        record.insert("hash".into(), parcel.hash().as_str().into());
        record.insert("bytes".into(), parcel.bytes().into());
        if let Some(kid) = parcel.kid() {
            record.insert("kid".into(), kid.into());
        }
        Value::Object(record).to_string()
    }

    /// Reads it back; `None` unless the bytes have the hash they were kept with.
    pub fn read(text: &str) -> Option<Self> {
        let record: Value = serde_json::from_str(text).ok()?;
        let id = ResponseId::parse(record.get("id")?.as_str()?)?;
        let instrument = record::read_instrument_id(record.get("instrument")?)?;
        // A name that is no name would make a sealed response pass for a plain one.
        let kid = match record.get("kid") {
            Some(kid) => Some(kid.as_str()?),
            None => None,
        };
        let parcel = Parcel::kept(id, instrument, record.get("bytes")?.as_str()?.to_owned(), kid);
        let whole = record.get("hash")?.as_str()? == parcel.hash().as_str();
        let at = record.get("finished_at")?.as_u64()?;
        whole.then_some(Self { parcel, at })
    }

    /// The hash of its bytes.
    pub fn hash(&self) -> &Hash {
        self.parcel.hash()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::InstrumentId;

    #[test]
    fn a_finished_response_whose_bytes_do_not_have_its_hash_is_not_read() {
        let id = ResponseId::from_random([1; 16]);
        let instrument = InstrumentId::new("https://a.example/q", None);
        for kid in [None, Some("key")] {
            let parcel = Parcel::kept(id.clone(), instrument.clone(), "bytes".to_owned(), kid);
            let text = Finished::write(&parcel, 5);
            assert_eq!(Finished::read(&text), Some(Finished { parcel, at: 5 }));
            assert_eq!(Finished::read(&text.replace("bytes\":\"bytes", "bytes\":\"bytez")), None);
        }
    }

    #[test]
    fn a_sealed_response_is_never_read_as_a_plain_one() {
        let id = ResponseId::from_random([1; 16]);
        let instrument = InstrumentId::new("https://a.example/q", None);
        let parcel = Parcel::kept(id, instrument, "bytes".to_owned(), Some("key"));
        let text = Finished::write(&parcel, 5).replace("\"key\"", "null");
        assert_eq!(Finished::read(&text), None);
    }
}
