//! Responses as files: one for the service, or everything there is on a device.

use crate::domain::ids::ResponseId;
use crate::domain::keepsake::Keepsake;
use crate::domain::parcel::Parcel;
use crate::store::aside::Aside;
use serde_json::{Map, Value};

/// A file to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name: the response's reference, and nothing of the person.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// What is in it.
    pub text: String,
}

/// One parcel: its very bytes.
pub fn one(parcel: &Parcel) -> File {
    let (ending, media) = match parcel.kid() {
        Some(_) => (".jose", "application/jose"),
        None => (".json", "application/fhir+json"),
    };
    let name = ["answers-", &parcel.id().reference(), ending].concat();
    File { name, media, text: parcel.bytes().to_owned() }
}

/// Plain words, for the person alone.
pub fn words(id: &ResponseId, text: String) -> File {
    File { name: ["my-answers-", &id.reference(), ".txt"].concat(), media: "text/plain", text }
}

/// Everything: each parcel's very bytes as one text, answers in progress as they are kept, and what could not
/// be read as it was found. For a day when nothing else works; the tools of the service do not expect it.
pub fn everything(parcels: &[Parcel], drafts: &[String], copies: &[Keepsake], unreadable: &[Aside]) -> File {
    let object = |entries: &[(&str, &str)]| {
        let entries = entries.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
        Value::Object(entries.collect::<Map<_, _>>())
    };
    let parcels = parcels.iter().map(|parcel| {
        object(&[
            ("id", parcel.id().as_str()),
            ("media", one(parcel).media),
            ("sha256", parcel.hash().as_str()),
            ("body", parcel.bytes()),
        ])
    });
    let unreadable = unreadable.iter().map(|aside| object(&[("key", &aside.key), ("text", &aside.text)]));
    let mut all = Map::new();
    all.insert("about".into(), "everything that What Matters kept on one device".into());
    all.insert("finished".into(), parcels.collect());
    all.insert("unfinished".into(), drafts.iter().map(|draft| Value::from(draft.as_str())).collect());
    all.insert("copies".into(), copies.iter().map(|copy| Value::from(copy.write())).collect());
    all.insert("unreadable".into(), unreadable.collect());
    let text = Value::Object(all).to_string();
    File { name: "answers-everything.json".to_owned(), media: "application/json", text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::InstrumentId;
    use crate::domain::response::Response;

    fn plain(bytes: &str) -> Parcel {
        let id = ResponseId::from_random([1; 16]);
        Parcel::plain(Response::freeze(id, InstrumentId::new("https://a.example/q", None), bytes.to_owned()))
    }

    /// The openings that spreadsheets take for formulas (OWASP, CSV injection).
    const FORMULAS: [&str; 8] = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|'/c calc'!A0"];

    #[test]
    fn a_file_is_the_very_bytes_under_a_name_that_tells_nothing_of_the_person() {
        for answer in FORMULAS {
            let bytes = ["{\"a\":\"", answer, "\"}"].concat();
            let file = one(&plain(&bytes));
            assert_eq!((file.text.as_str(), file.media), (bytes.as_str(), "application/fhir+json"));
            assert_eq!(file.name, "answers-040-G20.json");
        }
        let id = ResponseId::from_random([1; 16]);
        let sealed = Parcel::kept(
            id,
            InstrumentId::new("https://a.example/q", None),
            "a.b.c.d.e".to_owned(),
            Some("k"),
        );
        assert_eq!(
            (one(&sealed).name.as_str(), one(&sealed).media),
            ("answers-040-G20.jose", "application/jose")
        );
    }

    #[test]
    fn everything_reads_back_to_the_very_bytes_formulas_or_not() {
        for answer in FORMULAS {
            let bytes = ["{\"a\":\"", answer, "\u{1f600}\"}"].concat();
            let aside = Aside { key: "wm/1/bad/x".to_owned(), text: answer.to_owned() };
            let file = everything(&[plain(&bytes)], &[answer.to_owned()], &[], &[aside]);
            let read: Value = serde_json::from_str(&file.text).unwrap_or_default();
            let at = |path: &str| read.pointer(path).and_then(Value::as_str);
            assert_eq!(at("/finished/0/body"), Some(bytes.as_str()));
            assert_eq!(at("/unfinished/0"), Some(answer));
            assert_eq!(at("/unreadable/0/text"), Some(answer));
            // It begins and ends as JSON, and every line of it does: no line of it is a formula's.
            assert!(file.text.starts_with('{') && !file.text.contains(['\n', '\r', '\t']));
        }
    }
}
