//! The sealed form of a response: a compact JWE (RFC 7516), `ECDH-ES` (RFC 7518, section 4.6) and `A256GCM`.
//!
//! ```text
//! BASE64URL(protected header) . . BASE64URL(iv) . BASE64URL(ciphertext) . BASE64URL(tag)
//! ```
//!
//! The second part is empty: the key is agreed upon directly. Any JOSE library opens it. What a service may
//! rely on is in `docs/service.md`:
//!
//! * The **plaintext** is the frozen FHIR JSON, then as many spaces as fill it up to a multiple of
//!   [`BUCKET`] bytes, so that the length does not tell how much somebody wrote. Spaces after a JSON text are
//!   part of JSON (RFC 8259, section 2): a reader of JSON needs to do nothing about them.
//! * The **protected header** binds the response to its id, its questionnaire and the key it is for: it is the
//!   additional data of AES-GCM, so that no part of it can be changed or exchanged. `wm`, `response` and
//!   `questionnaire` are private names (RFC 7516, section 4.3).
//! * The **agreement** binds id and key once more, as `apu` and `apv`: a sealed text moved under another
//!   header has another key.
//!
//! Pure: the ephemeral key, the initialisation vector and the cipher itself come from the browser.

use super::base64::{self, Alphabet};
use super::service_key::{ServiceKey, coordinates};
use crate::domain::ids::{InstrumentId, ResponseId};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The plaintext's length is a multiple of this, in bytes.
pub const BUCKET: usize = 1024;

/// The version of what `response`, `questionnaire` and the padding mean: the header's `wm`.
pub const VERSION: u32 = 1;

const ENC: &str = "A256GCM";

/// The plaintext of a response: its bytes, filled up with spaces.
pub fn padded(json: &str) -> Vec<u8> {
    let mut bytes = json.as_bytes().to_vec();
    bytes.resize(json.len().div_ceil(BUCKET) * BUCKET, b' ');
    bytes
}

/// A response about to be sealed: its header, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwe {
    protected: String,
    party_u: Box<str>,
    party_v: Box<str>,
}

impl Jwe {
    /// Begins with the header. `ephemeral` is the public half of a key made for this one response, as an
    /// uncompressed point; `None` if it is not one.
    pub fn begin(
        key: &ServiceKey,
        id: &ResponseId,
        instrument: &InstrumentId,
        ephemeral: &[u8],
    ) -> Option<Self> {
        let (x, y) = coordinates(ephemeral)?;
        let object = |members: Vec<(&str, Value)>| {
            Value::Object(
                members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>(),
            )
        };
        let party = |text: &str| Value::from(base64::encode(text.as_bytes(), Alphabet::Url));
        let ephemeral =
            object(vec![("kty", "EC".into()), ("crv", "P-256".into()), ("x", x.into()), ("y", y.into())]);
        let header = object(vec![
            ("alg", "ECDH-ES".into()),
            ("enc", ENC.into()),
            ("kid", key.kid().into()),
            ("epk", ephemeral),
            ("apu", party(id.as_str())),
            ("apv", party(key.kid())),
            ("cty", "fhir+json".into()),
            ("wm", VERSION.into()),
            ("response", id.as_str().into()),
            ("questionnaire", instrument.to_string().into()),
        ]);
        Some(Self {
            protected: base64::encode(header.to_string().as_bytes(), Alphabet::Url),
            party_u: id.as_str().into(),
            party_v: key.kid().into(),
        })
    }

    /// What the cipher authenticates beside the plaintext: the encoded header (RFC 7516, section 5.1, step 14).
    pub fn additional(&self) -> &[u8] {
        self.protected.as_bytes()
    }

    /// The key of the cipher, from the secret that the two keys share.
    pub fn content_key(&self, shared: &[u8]) -> [u8; 32] {
        concat_kdf(shared, ENC, self.party_u.as_bytes(), self.party_v.as_bytes(), 256)
    }

    /// The sealed text. `sealed` is the ciphertext with the tag of 16 bytes at its end, as WebCrypto gives it;
    /// `None` if it is shorter than a tag.
    pub fn close(self, iv: &[u8; 12], sealed: &[u8]) -> Option<String> {
        let (ciphertext, tag) = sealed.split_at_checked(sealed.len().checked_sub(16)?)?;
        let part = |bytes: &[u8]| base64::encode(bytes, Alphabet::Url);
        Some([&*self.protected, "", &part(iv), &part(ciphertext), &part(tag)].join("."))
    }
}

/// The Concat KDF (NIST SP 800-56A, section 5.8.1) as RFC 7518, section 4.6.2, uses it, for up to 256 `bits` of
/// key: one round of SHA-256 over the round's number, the shared secret, the algorithm, both parties and the
/// number of bits. The key is the first so many bits.
fn concat_kdf(shared: &[u8], algorithm: &str, party_u: &[u8], party_v: &[u8], bits: u32) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(1_u32.to_be_bytes());
    hash.update(shared);
    for part in [algorithm.as_bytes(), party_u, party_v] {
        // No part is anywhere near 2^32 bytes long.
        hash.update((part.len() as u32).to_be_bytes());
        hash.update(part);
    }
    hash.update(bits.to_be_bytes());
    hash.finalize().into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(kid: &str) -> ServiceKey {
        // Bob's key of RFC 7518, appendix C.
        let jwk = json!({
            "kty": "EC", "crv": "P-256", "kid": kid,
            "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
            "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"
        });
        ServiceKey::read(&jwk).unwrap()
    }

    fn begin(kid: &str, id: u8, version: &str) -> Jwe {
        let instrument = InstrumentId::new("https://a.example/q", Some(version));
        let key = key(kid);
        Jwe::begin(&key, &ResponseId::from_random([id; 16]), &instrument, &key.point()).unwrap()
    }

    #[test]
    fn the_key_of_rfc_7518_appendix_c_is_derived_as_it_has_it() {
        let shared = [
            158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163,
            218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
        ];
        let derived = concat_kdf(&shared, "A128GCM", b"Alice", b"Bob", 128);
        assert_eq!(base64::encode(&derived[..16], Alphabet::Url), "VqqN6vgjbSBcIijNcacQGg");
    }

    #[test]
    fn the_header_says_what_the_service_relies_on_and_nothing_else() {
        let jwe = begin("2026-11", 1, "2");
        let header = base64::decode_url(&jwe.protected).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        let id = "01010101-0101-4101-8101-010101010101";
        let expected = json!({
            "alg": "ECDH-ES", "enc": "A256GCM", "kid": "2026-11", "cty": "fhir+json", "wm": 1,
            "epk": {
                "kty": "EC", "crv": "P-256",
                "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
                "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"
            },
            "apu": base64::encode(id.as_bytes(), Alphabet::Url), "apv": "MjAyNi0xMQ",
            "response": id, "questionnaire": "https://a.example/q|2"
        });
        assert_eq!(header, expected);
        assert_eq!(jwe.additional(), jwe.protected.as_bytes());
    }

    #[test]
    fn another_response_another_questionnaire_and_another_key_have_another_header() {
        let first = begin("a", 1, "1");
        for other in [begin("a", 2, "1"), begin("b", 1, "1"), begin("a", 1, "2")] {
            assert_ne!(first.additional(), other.additional());
        }
    }

    #[test]
    fn the_cipher_has_another_key_for_another_response_and_for_another_key_of_the_service() {
        let shared = [7; 32];
        let first = begin("a", 1, "1").content_key(&shared);
        assert_ne!(first, begin("a", 2, "1").content_key(&shared));
        assert_ne!(first, begin("b", 1, "1").content_key(&shared));
        assert_ne!(first, begin("a", 1, "1").content_key(&[8; 32]));
        // Where one party's name ends and the other's begins is part of it.
        assert_ne!(concat_kdf(&shared, ENC, b"ab", b"c", 256), concat_kdf(&shared, ENC, b"a", b"bc", 256));
    }

    #[test]
    fn the_plaintext_is_the_very_json_and_fills_whole_buckets() {
        for (length, whole) in [(2, 1024), (1023, 1024), (1024, 1024), (1025, 2048), (5000, 5120)] {
            let json = ["\"", &"é".repeat((length - 2) / 2), &"e".repeat(length % 2), "\""].concat();
            assert_eq!(json.len(), length);
            let padded = padded(&json);
            assert_eq!(padded.len(), whole);
            assert_eq!(std::str::from_utf8(&padded).unwrap().trim_end_matches(' '), json);
            assert!(serde_json::from_slice::<Value>(&padded).is_ok(), "spaces are part of JSON");
        }
    }

    #[test]
    fn the_sealed_text_has_five_parts_and_the_second_is_empty() {
        let jwe = begin("a", 1, "1");
        let header = jwe.protected.clone();
        let text = jwe.close(&[1; 12], &[[2; 5].as_slice(), &[3; 16]].concat()).unwrap();
        assert_eq!(text, format!("{header}..AQEBAQEBAQEBAQEB.AgICAgI.AwMDAwMDAwMDAwMDAwMDAw"));
        assert_eq!(begin("a", 1, "1").close(&[1; 12], &[0; 15]), None, "shorter than a tag");
    }

    #[test]
    fn what_is_no_point_begins_nothing() {
        let id = ResponseId::from_random([1; 16]);
        let instrument = InstrumentId::new("https://a.example/q", None);
        assert_eq!(Jwe::begin(&key("a"), &id, &instrument, &[4; 64]), None);
    }
}
