//! Base 64 (RFC 4648): sections 4, as FHIR has it, and 5, as JOSE has it.

/// Which of the two alphabets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// With `+` and `/`, filled up with `=`: FHIR's `base64Binary`.
    Plain,
    /// With `-` and `_`, not filled up: `base64url` of RFC 7515, section 2.
    Url,
}

impl Alphabet {
    fn letters(self) -> &'static [u8; 64] {
        match self {
            Self::Plain => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
            Self::Url => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        }
    }
}

/// Writes bytes as text.
pub fn encode(bytes: &[u8], alphabet: Alphabet) -> String {
    let letters = alphabet.letters();
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            if place <= three.len() {
                text.push(char::from(letters[(bits >> (18 - 6 * place) & 63) as usize]));
            } else if alphabet == Alphabet::Plain {
                text.push('=');
            }
        }
    }
    text
}

/// Reads base64url. `None` unless it is the one text that [`encode`] writes for some bytes: with other letters,
/// with padding or with stray bits at its end it is not.
pub fn decode_url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for letter in four {
            let six = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'a'..=b'z' => letter - b'a' + 26,
                b'0'..=b'9' => letter - b'0' + 52,
                b'-' => 62,
                b'_' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(six);
        }
        let count = four.len().checked_sub(1).filter(|count| *count > 0)?;
        let bits = bits << (6 * (4 - four.len()));
        if bits & ((1 << (24 - 8 * count)) - 1) != 0 {
            return None;
        }
        let [_, all @ ..] = bits.to_be_bytes();
        bytes.extend(all.into_iter().take(count));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4648_are_written_as_it_has_them() {
        for (bytes, plain) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(bytes.as_bytes(), Alphabet::Plain), plain);
            let url = encode(bytes.as_bytes(), Alphabet::Url);
            assert_eq!(url, plain.trim_end_matches('='));
            assert_eq!(decode_url(&url).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(encode(&[0xff, 0xef, 0xbe], Alphabet::Plain), "/+++");
        assert_eq!(encode(&[0xff, 0xef, 0xbe], Alphabet::Url), "_---");
    }

    #[test]
    fn every_byte_in_every_place_reads_back() {
        for byte in 0..=255 {
            for bytes in [&[byte][..], &[7, byte], &[7, 9, byte], &[byte, byte, byte, byte]] {
                assert_eq!(decode_url(&encode(bytes, Alphabet::Url)).as_deref(), Some(bytes));
            }
        }
    }

    #[test]
    fn what_is_not_the_one_way_to_write_some_bytes_is_not_read() {
        for text in ["A", "AAAAA", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "Zmé"] {
            assert_eq!(decode_url(text), None, "{text}");
        }
    }
}
