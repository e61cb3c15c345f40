//! The public key that a service's responses are sealed for, as a configuration gives it: a JWK (RFC 7517).

use super::base64::{self, Alphabet};
use super::curve;
use serde_json::{Map, Value};

/// Longest name of a key, in characters. It travels with every response.
const LONGEST_KID: usize = 128;

/// A public key on the curve P-256, for `ECDH-ES`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceKey {
    kid: Box<str>,
    x: [u8; 32],
    y: [u8; 32],
}

/// What is wrong with a member of a JWK, or with the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMistake {
    /// It is not an object.
    NotAnObject,
    /// It is the private half, or a secret: nobody but the service may ever have that.
    Private,
    /// A member nobody reads.
    Unknown,
    /// A member that has to be there.
    Missing,
    /// `kid` is not a text of 1 to 128 printable ASCII characters.
    NotAName,
    /// `kty` is not `EC`, or `crv` not `P-256`.
    OtherKind,
    /// `use`, `alg` or `key_ops` say that it is for something else than `ECDH-ES`.
    OtherUse,
    /// `x` or `y` is not the base64url of 32 bytes.
    NotACoordinate,
    /// The point is not on the curve: it is nobody's key.
    NotOnTheCurve,
}

impl KeyMistake {
    /// For the person who wrote the configuration, not for patients.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::NotAnObject => "is not a public key: a JWK, as ./dev keygen prints it",
            Self::Private => {
                "is part of a private key, which must never be here: it can open every answer. Make a new \
                 pair of keys and put the public one here"
            }
            Self::Unknown => "is not a part of a public key that we know",
            Self::Missing => "is missing",
            Self::NotAName => "is not a name of 1 to 128 printable characters",
            Self::OtherKind => "is not right: the key has to be of the kind EC and on the curve P-256",
            Self::OtherUse => "is not right: the key has to be for ECDH-ES",
            Self::NotACoordinate => "is not the base64url of 32 bytes",
            Self::NotOnTheCurve => "is not a key: the point it names is not on the curve P-256",
        }
    }
}

/// The members of a JWK that hold something secret: RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1.
const SECRETS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl ServiceKey {
    /// Reads a JWK.
    ///
    /// # Errors
    /// Every mistake in it, with the member it is in (the whole: an empty name).
    pub fn read(jwk: &Value) -> Result<Self, Vec<(String, KeyMistake)>> {
        let Some(jwk) = jwk.as_object() else { return Err(vec![(String::new(), KeyMistake::NotAnObject)]) };
        let mut faults: Vec<(String, KeyMistake)> =
            jwk.iter().filter_map(|(name, value)| Some((name.clone(), fault(name, value)?))).collect();
        for name in ["kty", "crv", "kid", "x", "y"] {
            if !jwk.contains_key(name) {
                faults.push((name.to_owned(), KeyMistake::Missing));
            }
        }
        match (text(jwk, "kid"), coordinate(jwk, "x"), coordinate(jwk, "y")) {
            (Some(kid), Some(x), Some(y)) if faults.is_empty() => {
                if curve::is_on_curve(&x, &y) {
                    return Ok(Self { kid: kid.into(), x, y });
                }
                Err(vec![(String::new(), KeyMistake::NotOnTheCurve)])
            }
            _ => Err(faults),
        }
    }

    /// Its name, by which the service finds its own half: `kid`.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The point as 65 bytes, uncompressed (SEC 1, section 2.3.3): 4, then x, then y.
    pub fn point(&self) -> [u8; 65] {
        let mut point = [4; 65];
        for (place, byte) in point.iter_mut().skip(1).zip(self.x.iter().chain(&self.y)) {
            *place = *byte;
        }
        point
    }
}

fn fault(name: &str, value: &Value) -> Option<KeyMistake> {
    let text = value.as_str();
    let (right, otherwise) = match name {
        "kty" => (text == Some("EC"), KeyMistake::OtherKind),
        "crv" => (text == Some("P-256"), KeyMistake::OtherKind),
        "use" => (text == Some("enc"), KeyMistake::OtherUse),
        "alg" => (text == Some("ECDH-ES"), KeyMistake::OtherUse),
        // What a browser exports with a public key for ECDH.
        "key_ops" => (value.as_array().is_some_and(Vec::is_empty), KeyMistake::OtherUse),
        "ext" => (value.is_boolean(), KeyMistake::Unknown),
        "kid" => (text.is_some_and(is_name), KeyMistake::NotAName),
        "x" | "y" => (text.and_then(thirty_two).is_some(), KeyMistake::NotACoordinate),
        _ if SECRETS.contains(&name) => (false, KeyMistake::Private),
        _ => (false, KeyMistake::Unknown),
    };
    (!right).then_some(otherwise)
}

fn is_name(kid: &str) -> bool {
    (1..=LONGEST_KID).contains(&kid.len()) && kid.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

fn text<'j>(jwk: &'j Map<String, Value>, name: &str) -> Option<&'j str> {
    jwk.get(name).and_then(Value::as_str)
}

fn coordinate(jwk: &Map<String, Value>, name: &str) -> Option<[u8; 32]> {
    thirty_two(text(jwk, name)?)
}

fn thirty_two(text: &str) -> Option<[u8; 32]> {
    base64::decode_url(text)?.try_into().ok()
}

/// A point as a JWK's two coordinates, in base64url. `None` unless it is 4 and twice 32 bytes.
pub fn coordinates(point: &[u8]) -> Option<(String, String)> {
    let [4, both @ ..] = point else { return None };
    let (x, y) = (both.get(..32)?, both.get(32..64)?);
    let write = |number: &[u8]| base64::encode(number, Alphabet::Url);
    (both.len() == 64).then(|| (write(x), write(y)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Bob's key of RFC 7518, appendix C.
    fn bobs() -> Value {
        json!({
            "kty": "EC", "crv": "P-256", "kid": "2026-11",
            "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
            "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"
        })
    }

    fn with(name: &str, value: Value) -> Value {
        let mut jwk = bobs();
        jwk[name] = value;
        jwk
    }

    #[test]
    fn a_public_key_is_read_and_its_point_written_back() {
        let key = ServiceKey::read(&bobs()).unwrap();
        assert_eq!(key.kid(), "2026-11");
        let (x, y) = coordinates(&key.point()).unwrap();
        assert_eq!((json!(x), json!(y)), (bobs()["x"].clone(), bobs()["y"].clone()));
        let said = json!({"use": "enc", "alg": "ECDH-ES", "key_ops": [], "ext": true});
        let mut more = bobs();
        more.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        assert_eq!(ServiceKey::read(&more), Ok(key));
    }

    #[test]
    fn a_private_key_is_refused_whatever_else_is_right() {
        for name in SECRETS {
            let jwk = with(name, json!("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"));
            assert_eq!(ServiceKey::read(&jwk), Err(vec![(name.to_owned(), KeyMistake::Private)]));
        }
    }

    #[test]
    fn every_mistake_is_named_with_its_member() {
        for (name, value, mistake) in [
            ("kty", json!("OKP"), KeyMistake::OtherKind),
            ("crv", json!("P-384"), KeyMistake::OtherKind),
            ("use", json!("sig"), KeyMistake::OtherUse),
            ("alg", json!("ECDH-ES+A256KW"), KeyMistake::OtherUse),
            ("key_ops", json!(["deriveKey"]), KeyMistake::OtherUse),
            ("ext", json!("yes"), KeyMistake::Unknown),
            ("x5c", json!([]), KeyMistake::Unknown),
            ("kid", json!(""), KeyMistake::NotAName),
            ("kid", json!("x".repeat(129)), KeyMistake::NotAName),
            ("kid", json!("a\nb"), KeyMistake::NotAName),
            ("kid", json!(7), KeyMistake::NotAName),
            ("x", json!("AAAA"), KeyMistake::NotACoordinate),
            ("y", json!(null), KeyMistake::NotACoordinate),
        ] {
            let found = ServiceKey::read(&with(name, value.clone()));
            assert_eq!(found, Err(vec![(name.to_owned(), mistake)]), "{name}: {value}");
        }
        for name in ["kty", "crv", "kid", "x", "y"] {
            let mut jwk = bobs();
            jwk.as_object_mut().unwrap().remove(name);
            assert_eq!(ServiceKey::read(&jwk), Err(vec![(name.to_owned(), KeyMistake::Missing)]));
        }
        assert_eq!(ServiceKey::read(&json!("key")), Err(vec![(String::new(), KeyMistake::NotAnObject)]));
    }

    #[test]
    fn a_point_that_is_on_no_curve_is_nobodys_key() {
        let swapped = with("x", bobs()["y"].clone());
        assert_eq!(ServiceKey::read(&swapped), Err(vec![(String::new(), KeyMistake::NotOnTheCurve)]));
    }

    #[test]
    fn only_an_uncompressed_point_has_coordinates() {
        for point in [&[][..], &[4; 64], &[4; 66], &[3; 65], &[2; 33]] {
            assert_eq!(coordinates(point), None);
        }
    }
}
