//! Bytes as hexadecimal digits.

/// Adds the byte's two lower-case digits.
pub fn push(text: &mut String, byte: u8) {
    for half in [byte >> 4, byte & 15] {
        text.push(char::from(b"0123456789abcdef"[usize::from(half)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_two_digits_that_read_back() {
        for byte in 0..=u8::MAX {
            let mut text = String::new();
            push(&mut text, byte);
            assert_eq!((text.len(), u8::from_str_radix(&text, 16)), (2, Ok(byte)));
            assert_eq!(text, text.to_lowercase());
        }
    }
}
