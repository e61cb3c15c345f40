//! The wrapping of every record: which schema wrote it, who may read it, how new it is, how long it is,
//! and a checksum.
//!
//! One line of header, then the body: `wm <schema> <reader> <turn> <bytes> <sum>\n<body>`.
//!
//! The checksum is the first 64 bits of SHA-256 over key, header and body. SHA-256 and not CRC-32 because
//! the hash of finished responses has already brought it into the program, and because 64 bits also tell a
//! record that was swapped, cut or joined from another; the key is part of it so that a record read under
//! another name is not believed. It is a check against accidents, not against an attacker on the device.
//!
//! The header line will keep this form in every later schema: an older program can then tell a newer
//! record, which it leaves alone, from a broken one, which it sets aside.

use crate::domain::hex;
use sha2::{Digest, Sha256};

/// The schema this program writes.
pub const SCHEMA: u32 = 1;
/// The newest reader a record may ask for and still be read here.
pub const READER: u32 = 1;

/// What an enveloped record turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened<'a> {
    /// Whole, and ours to read.
    Whole {
        /// Larger is newer, among the records of one key.
        turn: u64,
        /// What was wrapped.
        body: &'a str,
    },
    /// Whole, but written for a newer program: to be left alone.
    Newer,
    /// Not whole.
    Unreadable,
}

/// Wraps a body for `key`.
pub fn wrap(key: &str, turn: u64, body: &str) -> String {
    wrap_as(SCHEMA, READER, key, turn, body)
}

fn wrap_as(schema: u32, reader: u32, key: &str, turn: u64, body: &str) -> String {
    let mut text = String::with_capacity(body.len() + 64);
    text.push_str("wm");
    for number in [u64::from(schema), u64::from(reader), turn, body.len() as u64] {
        text.push(' ');
        text.push_str(&number.to_string());
    }
    let sum = sum(&[key, "\n", &text, "\n", body]);
    text.push(' ');
    text.push_str(&sum);
    text.push('\n');
    text.push_str(body);
    text
}

/// Opens what was found at `key`.
pub fn open<'a>(key: &str, text: &'a str) -> Opened<'a> {
    read(key, text).unwrap_or(Opened::Unreadable)
}

fn read<'a>(key: &str, text: &'a str) -> Option<Opened<'a>> {
    let (header, body) = text.split_once('\n')?;
    let (header, claimed) = header.rsplit_once(' ')?;
    if sum(&[key, "\n", header, "\n", body]) != claimed {
        return None;
    }
    let mut words = header.split(' ');
    if words.next() != Some("wm") {
        return None;
    }
    let _schema: u32 = words.next()?.parse().ok()?;
    let reader: u32 = words.next()?.parse().ok()?;
    let turn = words.next()?.parse().ok()?;
    let length: usize = words.next()?.parse().ok()?;
    if reader > READER {
        return Some(Opened::Newer);
    }
    (length == body.len() && words.next().is_none()).then_some(Opened::Whole { turn, body })
}

/// The first 64 bits of the SHA-256 of the parts, as 16 hexadecimal digits.
pub fn sum(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    let mut text = String::with_capacity(16);
    for byte in hash.finalize().iter().take(8) {
        hex::push(&mut text, *byte);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_opens_as_it_was_wrapped() {
        for body in ["", "{}", "two\nlines", "π 🙂 \u{0} \u{2028}"] {
            assert_eq!(open("k", &wrap("k", 7, body)), Opened::Whole { turn: 7, body });
        }
    }

    #[test]
    fn a_record_under_another_key_is_not_believed() {
        assert_eq!(open("b", &wrap("a", 1, "{}")), Opened::Unreadable);
    }

    #[test]
    fn a_record_for_a_newer_reader_is_told_from_a_broken_one() {
        let newer = wrap_as(9, 2, "k", 1, "anything");
        assert_eq!(open("k", &newer), Opened::Newer);
        assert_eq!(open("k", &newer.replace('a', "b")), Opened::Unreadable);
        let newer_but_readable = wrap_as(9, 1, "k", 3, "{}");
        assert_eq!(open("k", &newer_but_readable), Opened::Whole { turn: 3, body: "{}" });
    }

    #[test]
    fn no_changed_or_missing_byte_goes_unnoticed() {
        let text = wrap("k", 12, r#"{"a":1}"#);
        for at in 0..text.len() {
            assert_eq!(open("k", &text[..at]), Opened::Unreadable, "cut at {at}");
            for bit in 0..7 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(changed) = String::from_utf8(bytes) {
                    assert_eq!(open("k", &changed), Opened::Unreadable, "bit {bit} of byte {at}");
                }
            }
        }
        assert_eq!(open("k", &[text.as_str(), " "].concat()), Opened::Unreadable);
    }
}
