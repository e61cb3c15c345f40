//! Names for things: items, questionnaires, responses.

use super::hex;
use std::fmt;

/// An item's `linkId`: unique within one questionnaire (FHIR R4, Questionnaire, que-2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(Box<str>);

impl LinkId {
    /// The link id as the questionnaire spells it.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The link id as the questionnaire spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LinkId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Which questionnaire, in which version: FHIR's `canonical|version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstrumentId {
    url: Box<str>,
    version: Option<Box<str>>,
}

impl InstrumentId {
    /// From a canonical URL and, where the questionnaire has one, its version.
    pub fn new(url: &str, version: Option<&str>) -> Self {
        Self { url: url.into(), version: version.map(Into::into) }
    }

    /// The canonical URL without the version.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The business version, if the questionnaire states one.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }
}

impl fmt::Display for InstrumentId {
    /// `url|version`, or the URL alone: the form FHIR puts in `QuestionnaireResponse.questionnaire`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.url)?;
        match &self.version {
            Some(version) => write!(out, "|{version}"),
            None => Ok(()),
        }
    }
}

/// A response's own name, made on the device at the first answer: a lower-case UUID (RFC 9562).
/// It is the resource's `id`, its business identifier and the key that makes sending twice harmless.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResponseId(Box<str>);

impl ResponseId {
    /// From sixteen random bytes: a version 4 UUID.
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut text = String::with_capacity(36);
        for (at, byte) in bytes.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            hex::push(&mut text, *byte);
        }
        Self(text.into())
    }

    /// Reads a UUID back; `None` unless it is 36 lower-case characters in the 8-4-4-4-12 shape.
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            });
        shaped.then(|| Self(text.into()))
    }

    /// The UUID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A short reference a person can read out, such as `7K4-QXM`: six letters and digits from the UUID's
    /// first thirty bits, in an alphabet without look-alikes (Crockford's base 32). For telling two
    /// responses apart on the phone, never for finding one: two may share it.
    pub fn reference(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits = self.0.bytes().filter(|byte| *byte != b'-').take(8).fold(0_u32, |bits, byte| {
            let digit = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'a' + 10 };
            bits << 4 | u32::from(digit)
        });
        let mut text = String::with_capacity(7);
        for place in 0..6 {
            if place == 3 {
                text.push('-');
            }
            let index = bits >> (27 - 5 * place) & 31;
            text.push(char::from(ALPHABET[index as usize]));
        }
        text
    }
}

impl fmt::Display for ResponseId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_id_made_from_random_bytes_is_a_version_4_uuid_and_reads_back() {
        let id = ResponseId::from_random([0xff; 16]);
        assert_eq!(id.as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(ResponseId::parse(id.as_str()), Some(id));
    }

    #[test]
    fn text_that_is_not_a_uuid_is_not_a_response_id() {
        for text in ["", "FFFFFFFF-ffff-4fff-bfff-ffffffffffff", "ffffffff-ffff-4fff-bfff-fffffffffff/"] {
            assert_eq!(ResponseId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_reference_is_six_letters_without_look_alikes() {
        let reference = ResponseId::from_random([0xff; 16]).reference();
        assert_eq!(reference, "ZZZ-ZZZ");
        assert_eq!(ResponseId::from_random([0; 16]).reference(), "000-000");
    }

    #[test]
    fn an_instrument_id_prints_as_canonical_and_version() {
        assert_eq!(InstrumentId::new("https://a.example/q", Some("2")).to_string(), "https://a.example/q|2");
        assert_eq!(InstrumentId::new("https://a.example/q", None).to_string(), "https://a.example/q");
    }
}
