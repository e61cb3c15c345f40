//! One response as the text of one QR code, and the receipt code that answers it.
//!
//! `WM1:` and base 45 of the frozen bytes, deflated with [`DICTIONARY`]: letters of a QR code's alphanumeric
//! mode throughout. One code or none: SMART Health Cards gave up on a row of codes in 2022 because nobody
//! scanned it, and found 1,195 letters to be what phones read without trouble at 40 mm.

use super::{base45, deflate};
use crate::domain::ids::ResponseId;
use crate::domain::response::Hash;

/// What every code's text begins with: the form and its version, which also names the dictionary.
pub const MARK: &str = "WM1:";

/// The most letters a code may have.
pub const MOST: usize = 1_195;

/// What both sides know beforehand. It can never be changed, only followed by a second one under another
/// [`MARK`]: codes that were printed stay readable.
pub const DICTIONARY: &str = include_str!("../../public/collect/dictionary-1.txt");

/// The text of the code, or `None` where the response does not fit in one.
pub fn text(bytes: &str) -> Option<String> {
    // Nothing compresses forty times, and looking for matches in a book would keep the page waiting.
    if bytes.len() > 40 * MOST {
        return None;
    }
    let text = [MARK, &base45::encode(&deflate::deflate(bytes.as_bytes(), DICTIONARY.as_bytes()))].concat();
    (text.len() <= MOST).then_some(text)
}

/// Eight digits that whoever received the response can tell the person, in two groups of four.
///
/// They are the first 64 bits of SHA-256 over three lines (`what-matters receipt 1`, the id, the SHA-256 of
/// the bytes in hexadecimal, each ended by a line feed), as a number, without all but its last eight digits.
/// They need no secret, so they prove one thing alone: whoever says them has decoded every byte. They do not
/// say who that is. Digits, because they read out alike in every language and look unlike the reference.
pub fn receipt_code(id: &ResponseId, hash: &Hash) -> String {
    let lines = ["what-matters receipt 1\n", id.as_str(), "\n", hash.as_str(), "\n"].concat();
    let hash = Hash::of(lines.as_bytes());
    let first = hash.as_str().get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let mut digits = (first.unwrap_or_default() % 100_000_000 + 100_000_000).to_string();
    digits.remove(0);
    digits.insert(4, ' ');
    digits
}

/// Whether what a person typed is that code; spaces and hyphens between digits do not matter.
pub fn is_receipt_code(typed: &str, id: &ResponseId, hash: &Hash) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect() };
    plain(typed) == plain(&receipt_code(id, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> ResponseId {
        ResponseId::from_random([7; 16])
    }

    #[test]
    fn the_receipt_code_is_what_any_other_program_works_out() {
        // printf 'what-matters receipt 1\n07070707-0707-4707-8707-070707070707\n<hash>\n' | sha256sum
        let hash = Hash::of(b"abc");
        assert_eq!(receipt_code(&id(), &hash), "8320 3946");
    }

    #[test]
    fn a_receipt_code_is_read_however_it_is_spaced_and_no_other_is_taken() {
        let hash = Hash::of(b"abc");
        let code = receipt_code(&id(), &hash);
        for typed in
            [code.clone(), code.replace(' ', ""), code.replace(' ', " - "), [" ", &code, "\n"].concat()]
        {
            assert!(is_receipt_code(&typed, &id(), &hash), "{typed}");
        }
        let other = receipt_code(&id(), &Hash::of(b"abd"));
        for typed in [other.as_str(), "", "0", "1234 5678", code.get(..8).unwrap_or_default()] {
            assert!(!is_receipt_code(typed, &id(), &hash), "{typed}");
        }
        assert!(!is_receipt_code(&code, &ResponseId::from_random([8; 16]), &hash), "another response's");
    }

    #[test]
    fn a_response_that_does_not_fit_gives_no_code() {
        let noise: String = (0..1_000_u32).map(|n| char::from(b' ' + (n * n % 89) as u8)).collect();
        assert!(text(&noise.repeat(9)).is_none_or(|text| text.len() <= MOST));
        let mut dice = 1_u32;
        let mut letter = || {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b' ' + (dice >> 16) as u8 % 90)
        };
        let random: String = (0..2_000).map(|_| letter()).collect();
        assert_eq!(text(&random), None);
        assert_eq!(text(&"a".repeat(50_000)), None);
    }
}
