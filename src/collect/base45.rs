//! Base 45 (RFC 9285): bytes in the 45 letters that a QR code packs best, five and a half bits each.

/// The alphabet of RFC 9285, which is that of a QR code's alphanumeric mode (ISO/IEC 18004, table 5).
const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The bytes as text: three letters for each two bytes, two for a last odd one.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    let letter = |value: u32| ALPHABET.get((value % 45) as usize).copied().map_or(' ', char::from);
    for pair in bytes.chunks(2) {
        let value = pair.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
        text.push(letter(value));
        text.push(letter(value / 45));
        if pair.len() == 2 {
            text.push(letter(value / (45 * 45)));
        }
    }
    text
}

/// Reads it back; `None` for anything that [`encode`] would not have written.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for group in text.as_bytes().chunks(3) {
        let mut value = 0_u32;
        for letter in group.iter().rev() {
            value = value * 45 + ALPHABET.iter().position(|known| known == letter)? as u32;
        }
        match group.len() {
            3 => bytes.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_hold() {
        // RFC 9285, sections 4.3 and 4.4.
        for (bytes, text) in
            [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn every_pair_and_every_single_byte_reads_back() {
        for value in 0..=u16::MAX {
            let pair = value.to_be_bytes();
            assert_eq!(decode(&encode(&pair)).as_deref(), Some(&pair[..]));
        }
        for byte in 0..=u8::MAX {
            assert_eq!(decode(&encode(&[byte])).as_deref(), Some(&[byte][..]));
        }
    }

    #[test]
    fn what_no_bytes_give_is_refused() {
        // A lone letter, values above 65,535 and 255, letters outside the alphabet.
        for text in ["A", "BB8A", ":::", "GGW", "::", "bb8", "é", "BB\n"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
