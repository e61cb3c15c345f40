//! The receiving side: what was shown as a code or saved as a file comes out as it went in, and nothing else
//! comes out at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::{Dice, response};
use what_matters::collect::code::{self, DICTIONARY, MARK, MOST};
use what_matters::collect::receive::{LARGEST, Unreadable, from_code, from_file};
use what_matters::collect::{base45, deflate, qr};
use what_matters::domain::ids::ResponseId;
use what_matters::domain::parcel::Parcel;
use what_matters::domain::response::Hash;

fn id(number: u8) -> ResponseId {
    ResponseId::from_random([number; 16])
}

fn ours() -> Parcel {
    response(&id(1), &[("ons4.satisfied".to_owned(), 7), ("ons4.happy".to_owned(), 3)])
}

#[test]
fn the_dictionary_never_changes() {
    assert_eq!(
        Hash::of(DICTIONARY.as_bytes()).as_str(),
        "eb6b0cd7d3ef2367bbaed61ea4cacfd811271846f6761900e6e11563bc7f0bbb"
    );
}

#[test]
fn a_code_read_back_is_the_very_bytes_and_its_receipt_code_is_the_devices() {
    let text = code::text(ours().bytes()).unwrap();
    assert!(text.len() <= MOST && qr::squares(&text).is_some());
    for scanned in [text.clone(), format!("{text}\r\n")] {
        let received = from_code(&scanned).unwrap();
        assert_eq!(Parcel::plain(received.response), ours());
        assert!(code::is_receipt_code(&received.receipt_code, &id(1), ours().hash()));
    }
    assert_eq!(
        Parcel::plain(from_file(text.as_bytes()).unwrap().response),
        ours(),
        "a scanner's text saved as a file"
    );
}

#[test]
fn a_file_read_back_is_the_very_bytes() {
    assert_eq!(Parcel::plain(from_file(ours().bytes().as_bytes()).unwrap().response), ours());
}

#[test]
fn what_is_not_one_of_our_responses_is_refused_and_why() {
    let bytes = ours().bytes().to_owned();
    let packed =
        |bytes: &[u8]| [MARK, &base45::encode(&deflate::deflate(bytes, DICTIONARY.as_bytes()))].concat();
    for (text, why) in [
        (String::new(), Unreadable::NotOurs),
        ("https://evil.example/?x=WM1:".to_owned(), Unreadable::NotOurs),
        ("WM2:ABC".to_owned(), Unreadable::NotOurs),
        ("wm1:ABC".to_owned(), Unreadable::NotOurs),
        (MARK.to_owned(), Unreadable::Damaged),
        (format!("{MARK}abc"), Unreadable::Damaged),
        (format!("{MARK}{}", "0".repeat(5_000)), Unreadable::TooLarge),
        (packed(b"\xff\xfe"), Unreadable::NotOurs),
        (packed(b"javascript:alert(1)"), Unreadable::NotOurs),
        (packed(b"[]"), Unreadable::NotAResponse),
        (packed(bytes.replace("completed", "in-progress").as_bytes()), Unreadable::NotAResponse),
        (packed(bytes.replace("urn:uuid:", "urn:uid:").as_bytes()), Unreadable::NotAResponse),
        (packed(bytes.replace("QuestionnaireResponse\"", "Patient\"").as_bytes()), Unreadable::NotAResponse),
        (packed(bytes.replacen(id(1).as_str(), "../../etc/passwd", 1).as_bytes()), Unreadable::NotAResponse),
    ] {
        assert_eq!(from_code(&text), Err(why), "{text}");
    }
    // A code without its last letters, and one with another's letters behind it.
    let whole = code::text(&bytes).unwrap();
    for cut in 1..whole.len() - MARK.len() {
        assert!(from_code(&whole[..whole.len() - cut]).is_err());
    }
    assert_eq!(from_code(&format!("{whole}BB8")), Err(Unreadable::Damaged));
    assert_eq!(from_file(&vec![b' '; LARGEST + 1]), Err(Unreadable::TooLarge));
}

#[test]
fn a_code_that_would_grow_without_end_is_stopped() {
    let bomb = deflate::deflate(&vec![b' '; 3_000_000], DICTIONARY.as_bytes());
    let text = [MARK, &base45::encode(&bomb)].concat();
    // In one code it is too long already; what fits is stopped by the limit on what comes out.
    assert!(from_code(&text).is_err());
    let small = deflate::deflate(&vec![b' '; 300_000], DICTIONARY.as_bytes());
    let text = [MARK, &base45::encode(&small)].concat();
    assert!(text.len() < 4_296, "{}", text.len());
    assert_eq!(from_code(&text), Err(Unreadable::Damaged));
}

#[test]
fn of_a_hundred_thousand_spoilt_codes_none_is_taken_for_another_response() {
    let mut dice = Dice::new(17);
    let whole = code::text(ours().bytes()).unwrap();
    let letters: Vec<char> = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".chars().collect();
    let mut taken = 0;
    for round in 0..100_000 {
        let mut text: Vec<char> = whole.chars().collect();
        match round % 4 {
            0 => {
                for _ in 0..=dice.below(4) {
                    let at = dice.below(text.len());
                    text[at] = letters[dice.below(45)];
                }
            }
            1 => drop(text.drain(dice.below(text.len())..)),
            2 => {
                let (a, b) = (dice.below(text.len()), dice.below(text.len()));
                text.swap(a, b);
            }
            _ => {
                let length = dice.below(600);
                text = MARK.chars().chain((0..length).map(|_| letters[dice.below(45)])).collect();
            }
        }
        let text: String = text.into_iter().collect();
        if let Ok(received) = from_code(&text) {
            // A spoilt letter inside an answer can leave a whole response: then its receipt code differs, so
            // the device does not take it for received.
            let confirms = code::is_receipt_code(&received.receipt_code, &id(1), ours().hash());
            let same = Parcel::plain(received.response) == ours();
            assert_eq!(same, confirms, "{text}");
            taken += usize::from(!same);
        }
    }
    // A scanner checks a code's own redundancy first, so none of these would ever be read by one.
    assert!(taken < 2_000, "{taken}");
}

#[test]
fn of_a_hundred_thousand_spoilt_files_none_stops_the_reader() {
    let mut dice = Dice::new(23);
    let whole = ours().bytes().as_bytes().to_vec();
    for round in 0..100_000 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            1 => bytes.truncate(dice.below(bytes.len())),
            _ => bytes = (0..dice.below(300)).map(|_| dice.roll() as u8).collect(),
        }
        if let Ok(received) = from_file(&bytes) {
            assert_eq!(received.response.bytes().as_bytes(), bytes);
        }
    }
    for depth in [100, 1_000, 100_000] {
        assert!(from_file("[".repeat(depth).as_bytes()).is_err());
        assert!(from_file("{\"a\":".repeat(depth).as_bytes()).is_err());
    }
}
