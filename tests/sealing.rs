//! Sealed responses: opened by an implementation that shares no code with ours, refused when tampered with,
//! kept and pushed without anything readable.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;
#[path = "service/open.rs"]
mod opener;

use device::outbox::id;
use device::{BASE, Device, Dice, Server, instrument, response, run};
use serde_json::Value;
use std::fs;
use std::rc::Rc;
use what_matters::collect::base64::{self, Alphabet};
use what_matters::collect::carrier::{Carrier, Later, Outcome, Pause};
use what_matters::collect::courier::Courier;
use what_matters::collect::fhir_push::{FhirPush, Push, Step};
use what_matters::collect::http::{Http, Reply, Request};
use what_matters::collect::jwe::{BUCKET, Jwe, padded};
use what_matters::collect::lease::Alone;
use what_matters::collect::service_key::ServiceKey;
use what_matters::domain::answer::{Answer, Held, Place};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::{InstrumentId, LinkId, ResponseId};
use what_matters::domain::parcel::Parcel;
use what_matters::domain::response::{Hash, Response};
use what_matters::store::keeper::Keeper;
use what_matters::store::outbox::Reason;

const NOW: u64 = 1_790_000_000_000;
const VECTORS: [&str; 2] = ["short", "long"];
const CANARY: &str = "canary-of-somebodys-answers";

fn fixture(name: &str) -> String {
    fs::read_to_string(format!("{}/tests/fixtures/sealed/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn keys() -> Vec<Value> {
    let keys: Value = serde_json::from_str(&fixture("keys.json")).unwrap();
    keys["keys"].as_array().unwrap().clone()
}

// ---------------------------------------------------------------------------------------------------------
// The sealed text

#[test]
fn the_golden_vectors_open_to_the_very_response_that_was_frozen() {
    for name in VECTORS {
        let (header, opened) = opener::open(&fixture(&format!("{name}.jwe")), &keys()).expect(name);
        let frozen: Value = serde_json::from_str(&fixture(&format!("{name}.json"))).unwrap();
        assert_eq!(opened, frozen, "{name}");
        assert_eq!(header["wm"], 1);
    }
}

#[test]
fn each_of_two_overlapping_keys_opens_its_own_vector_alone() {
    for (at, name) in VECTORS.iter().enumerate() {
        let sealed = fixture(&format!("{name}.jwe"));
        assert!(opener::open(&sealed, &keys()[at..=at]).is_some(), "{name}");
        assert!(opener::open(&sealed, &keys()[1 - at..=1 - at]).is_none(), "{name}");
        // The other key under this one's name agrees on another secret.
        let mut impostor = keys()[1 - at].clone();
        impostor["kid"] = keys()[at]["kid"].clone();
        assert!(opener::open(&sealed, &[impostor]).is_none(), "{name}");
    }
}

/// The header that the pure part writes today for what is in a golden vector.
#[test]
fn the_golden_vectors_have_the_header_that_is_written_today() {
    for name in VECTORS {
        let sealed = fixture(&format!("{name}.jwe"));
        let protected = sealed.split('.').next().unwrap();
        let header: Value = serde_json::from_slice(&base64::decode_url(protected).unwrap()).unwrap();
        let mut public = keys().into_iter().find(|key| key["kid"] == header["kid"]).unwrap();
        public.as_object_mut().unwrap().remove("d");
        let key = ServiceKey::read(&public).unwrap();
        let part = |name: &str| base64::decode_url(header["epk"][name].as_str().unwrap()).unwrap();
        let point = [vec![4], part("x"), part("y")].concat();
        let (url, version) = header["questionnaire"].as_str().unwrap().split_once('|').unwrap();
        let response = ResponseId::parse(header["response"].as_str().unwrap()).unwrap();
        let begun = Jwe::begin(&key, &response, &InstrumentId::new(url, Some(version)), &point).unwrap();
        assert_eq!(begun.additional(), protected.as_bytes(), "{name}");
        let iv = base64::decode_url(sealed.split('.').nth(2).unwrap()).unwrap();
        let rest: Vec<u8> =
            sealed.split('.').skip(3).flat_map(|part| base64::decode_url(part).unwrap()).collect();
        assert_eq!(begun.close(&iv.try_into().unwrap(), &rest).unwrap(), sealed, "{name}");
        assert_eq!(rest.len(), padded(&fixture(&format!("{name}.json"))).len() + 16);
        assert_eq!((rest.len() - 16) % BUCKET, 0);
    }
}

#[test]
fn a_response_of_another_length_in_the_same_bucket_is_sealed_at_the_same_length() {
    let lengths: Vec<usize> = [10, 500, 1024].map(|length| padded(&"x".repeat(length)).len()).to_vec();
    assert_eq!(lengths, [1024; 3]);
}

/// Every letter of every part, changed to another: there is no letter that does not count.
#[test]
fn no_letter_of_a_sealed_response_can_be_changed() {
    let keys = keys();
    let sealed = fixture("short.jwe");
    let mut tried = 0;
    for at in 0..sealed.len() {
        // All of the header and the last parts; every 16th letter of the ciphertext between them.
        if at > 900 && at + 60 < sealed.len() && at % 16 != 0 {
            continue;
        }
        let mut bytes = sealed.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        tried += 1;
        assert!(opener::open(std::str::from_utf8(&bytes).unwrap(), &keys).is_none(), "letter {at}");
    }
    assert!(tried > 1_000);
}

/// By chance: bits changed, parts exchanged with those of the other vector, headers rewritten, texts cut. 2,000
/// here, 100,000 in `./dev torture`.
#[test]
fn nothing_tampered_with_opens() {
    let tries = if std::env::var_os("WM_TORTURE").is_some() { 100_000 } else { 2_000 };
    let keys = keys();
    let whole: Vec<Vec<String>> =
        VECTORS.map(|name| fixture(&format!("{name}.jwe")).split('.').map(str::to_owned).collect()).to_vec();
    let mut dice = Dice::new(5);
    let mut opened = 0;
    for _ in 0..tries {
        let which = dice.below(2);
        let mut parts = whole[which].clone();
        let part = [0, 2, 3, 4][dice.below(4)];
        match dice.below(4) {
            0 => {
                let mut bytes = base64::decode_url(&parts[part]).unwrap();
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
                parts[part] = base64::encode(&bytes, Alphabet::Url);
            }
            1 => parts[part] = whole[1 - which][part].clone(),
            2 => {
                let mut header: Value =
                    serde_json::from_slice(&base64::decode_url(&parts[0]).unwrap()).unwrap();
                let other: Value =
                    serde_json::from_slice(&base64::decode_url(&whole[1 - which][0]).unwrap()).unwrap();
                let name =
                    ["response", "apu", "apv", "kid", "epk", "wm", "questionnaire", "cty"][dice.below(8)];
                header[name] =
                    if header[name] == other[name] { Value::from("other") } else { other[name].clone() };
                parts[0] = base64::encode(header.to_string().as_bytes(), Alphabet::Url);
            }
            _ => {
                let mut bytes = base64::decode_url(&parts[part]).unwrap();
                bytes.truncate(dice.below(bytes.len()));
                parts[part] = base64::encode(&bytes, Alphabet::Url);
            }
        }
        opened += usize::from(opener::open(&parts.join("."), &keys).is_some());
    }
    assert_eq!(opened, 0, "of {tries}");
}

#[test]
fn the_opener_that_services_are_shown_is_the_one_tested_here() {
    let shown = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/service.md")).unwrap();
    let tested = include_str!("service/open.rs");
    assert!(shown.contains(&format!("```rust\n{tested}```")), "docs/service.md shows tests/service/open.rs");
}

// ---------------------------------------------------------------------------------------------------------
// The outbox

fn answered() -> (Draft, Response) {
    let mut draft = Draft::new(id(1), instrument());
    let place = Place { link_id: LinkId::new("a"), within: Vec::new() };
    draft.set(place, Held::Answers(vec![Answer::Text(CANARY.into())]), "writer");
    let bytes = response(&id(1), &[(CANARY.to_owned(), 1)]).bytes().to_owned();
    (draft, Response::freeze(id(1), instrument(), bytes))
}

fn sealed() -> Parcel {
    Parcel::sealed(answered().1, "key", "e30..aaaa.bbbb.cccc".to_owned())
}

/// Where the canary, or the hash of what it stands in, is on a device.
fn readable(device: &Device) -> Vec<String> {
    let hash = Hash::of(answered().1.bytes().as_bytes());
    let (near, far) = (device.near.borrow(), device.far.borrow());
    let records = near.iter().chain(far.iter());
    let found = records.filter(|(_, text)| text.contains(CANARY) || text.contains(hash.as_str()));
    found.map(|(key, _)| key.clone()).collect()
}

#[test]
fn from_the_moment_of_finishing_nothing_readable_is_on_the_device() {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [7; 16])).unwrap();
    let (draft, _) = answered();
    run(keeper.save(&draft, NOW)).unwrap().unwrap();
    run(keeper.keep_instrument(&draft.id, CANARY)).unwrap().unwrap();
    assert_eq!(readable(&device).len(), 4, "the draft and its questionnaire, in both stores");
    run(keeper.finish(&draft, &sealed(), NOW)).unwrap().unwrap();
    assert_eq!(readable(&device), Vec::<String>::new());
    assert_eq!(keeper.parcel(&id(1)), Some(sealed()));
    // Nor does opening it again bring anything back.
    let again = run(Keeper::over(device.near_store(), device.far_store(), [8; 16])).unwrap();
    assert_eq!((again.drafts(None).len(), again.parcel(&id(1))), (0, Some(sealed())));
    assert_eq!(readable(&device), Vec::<String>::new());
}

#[test]
fn a_browser_that_dies_while_finishing_leaves_the_draft_or_the_sealed_response_and_then_only_that() {
    for done in [false, true] {
        for at in 0..60 {
            let device = Device::new();
            let keeper = run(Keeper::over(device.near_store(), device.far_store(), [7; 16])).unwrap();
            let (draft, _) = answered();
            run(keeper.save(&draft, NOW)).unwrap().unwrap();
            let dies = device.calls.get() + at;
            device.trouble.set(device::Trouble::Die { at: dies, done });
            let finished = run(keeper.finish(&draft, &sealed(), NOW));
            if finished.is_some() {
                assert!(at > 3, "finishing takes some calls");
                break;
            }
            device.restart();
            let next = run(Keeper::over(device.near_store(), device.far_store(), [8; 16])).unwrap();
            match next.parcel(&id(1)) {
                Some(parcel) => {
                    assert_eq!(parcel, sealed(), "at {at}");
                    assert_eq!(readable(&device), Vec::<String>::new(), "at {at}");
                }
                None => assert_eq!(next.drafts(None).len(), 1, "at {at}: neither"),
            }
        }
    }
}

#[test]
fn what_was_finished_before_there_was_a_key_is_sealed_in_its_place_and_keeps_its_turn() {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [7; 16])).unwrap();
    let (draft, plain) = answered();
    run(keeper.finish(&draft, &Parcel::plain(plain.clone()), NOW)).unwrap().unwrap();
    assert_eq!(readable(&device).len(), 2);
    assert!(run(keeper.seal(&sealed())).unwrap().is_some());
    assert_eq!(readable(&device), Vec::<String>::new());
    let waiting = keeper.waiting();
    assert_eq!((waiting.len(), waiting[0].finished_at), (1, NOW));
    // Never the other way, never twice, and never something else.
    assert!(run(keeper.seal(&Parcel::plain(plain))).unwrap().is_none());
    assert!(run(keeper.seal(&sealed())).unwrap().is_none());
    let other = Parcel::kept(id(2), instrument(), "e30..a.b.c".to_owned(), Some("key"));
    assert!(run(keeper.seal(&other)).unwrap().is_none());
    assert_eq!(keeper.parcel(&id(1)), Some(sealed()));
    let again = run(Keeper::over(device.near_store(), device.far_store(), [8; 16])).unwrap();
    assert_eq!(again.parcel(&id(1)), Some(sealed()));
}

// ---------------------------------------------------------------------------------------------------------
// The push

fn answer(status: u16, body: &str) -> Result<Reply, what_matters::collect::http::Silence> {
    Ok(Reply { status, retry_after: None, body: body.to_owned() })
}

fn begin(parcel: &Parcel, attempt: u32) -> (Push<'_>, Request) {
    Push::begin("https://fhir.example/r4", None, parcel, attempt, NOW).unwrap()
}

#[test]
fn a_sealed_response_is_put_as_a_binary_with_nothing_else_in_it() {
    let parcel = sealed();
    let (_, put) = begin(&parcel, 1);
    assert_eq!((put.method, put.url), ("PUT", format!("https://fhir.example/r4/Binary/{}", id(1))));
    let body: Value = serde_json::from_str(put.body.as_deref().unwrap()).unwrap();
    let expected = serde_json::json!({
        "resourceType": "Binary", "id": id(1).as_str(), "contentType": "application/jose",
        "data": base64::encode(parcel.bytes().as_bytes(), Alphabet::Plain)
    });
    assert_eq!(body, expected);
    let (_, look) = begin(&parcel, 2);
    assert_eq!((look.method, look.url), ("GET", format!("https://fhir.example/r4/Binary/{}", id(1))));
}

#[test]
fn every_answer_to_the_put_of_a_sealed_response_is_read_as_the_table_says() {
    let parcel = sealed();
    let right = begin(&parcel, 1).1.body.unwrap();
    let other = right.replace("\"data\":\"", "\"data\":\"AAAA");
    let bodies = [
        ("right", right.clone()),
        ("bare", parcel.bytes().to_owned()),
        ("other", other),
        ("another id", right.replace(id(1).as_str(), id(2).as_str())),
        ("html", "<!doctype html><title>Log in</title>".to_owned()),
        ("empty", String::new()),
        ("own ids", r#"{"issue":[{"diagnostics":"client-assigned IDs are not enabled"}]}"#.to_owned()),
    ];
    for status in 200..600 {
        for (name, body) in &bodies {
            let (mut push, _) = begin(&parcel, 1);
            let step = push.next(answer(status, body));
            let (is_right, what) = match (&step, status, *name) {
                (Step::Done(Outcome::Received(receipt)), 200..300, "right" | "bare") => {
                    (receipt.hash == *parcel.hash() && receipt.id == id(1), "received")
                }
                (Step::Ask(get), 200..300 | 409 | 412, _) => (get.method == "GET", "confirm"),
                (Step::Done(Outcome::Paused(Pause::Closed(said))), 400 | 404 | 422, "own ids") => {
                    (*said == status, "closed, for it gives out ids itself")
                }
                (Step::Done(Outcome::Refused(Reason::Rejected(_))), 400 | 415 | 422, _) => (true, "rejected"),
                (Step::Done(Outcome::Refused(Reason::TooLarge)), 413, _) => (true, "too large"),
                (Step::Done(Outcome::Paused(Pause::SignIn)), 401, _) => (true, "sign in"),
                (Step::Done(Outcome::Paused(Pause::Closed(_))), 403 | 404 | 405 | 410, _) => (true, "closed"),
                (Step::Done(Outcome::Later(_)), 300.., _) => {
                    (!matches!(status, 400 | 401 | 403..=405 | 409 | 410 | 412 | 413 | 415 | 422), "later")
                }
                _ => (false, "nothing that was expected"),
            };
            assert!(is_right, "{status} {name}: {what}: {step:?}");
            // Whatever was said, it is never posted: a second post could not be told from a first.
            assert!(!matches!(step, Step::Ask(Request { method: "POST", .. })), "{status} {name}");
        }
    }
}

#[test]
fn a_service_that_has_other_bytes_under_the_id_is_a_conflict_and_is_not_written_over() {
    let parcel = sealed();
    let other = begin(&parcel, 1).1.body.unwrap().replace("\"data\":\"", "\"data\":\"AAAA");
    let (mut push, _) = begin(&parcel, 2);
    let Step::Done(outcome) = push.next(answer(200, &other)) else { panic!("it goes on") };
    assert_eq!(outcome, Outcome::Refused(Reason::Conflict));
}

#[test]
fn a_service_with_a_key_is_never_sent_what_anybody_can_read() {
    let server = Server::new(None);
    let push = FhirPush::new(BASE, None, Rc::clone(&server) as Rc<dyn Http>).sealed_only();
    let plain = Parcel::plain(answered().1);
    let outcome = run(push.carry(&plain, 1, NOW)).unwrap();
    assert_eq!(outcome, Outcome::Later(Later { seldom: true, ..Later::default() }));
    assert_eq!(server.requests.borrow().len(), 0, "not one request");
    assert!(matches!(run(push.carry(&sealed(), 1, NOW)).unwrap(), Outcome::Received(_)));
}

#[test]
fn sealed_responses_arrive_once_whatever_the_service_does_and_leave_nothing() {
    for first in device::EVERY_MOOD {
        for second in device::EVERY_MOOD {
            let device = Device::new();
            let server = Server::new(None);
            *server.moods.borrow_mut() = [first, second].into();
            let keeper =
                Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [7; 16])).unwrap());
            let (draft, _) = answered();
            run(keeper.finish(&draft, &sealed(), NOW)).unwrap().unwrap();
            let push = Rc::new(FhirPush::new(BASE, None, Rc::clone(&server) as Rc<dyn Http>).sealed_only());
            let courier = Courier::new(Rc::clone(&keeper), push, Rc::new(Alone));
            let mut now = NOW;
            for round in 0..20 {
                run(courier.round(now, round, true)).unwrap();
                now += 86_400_000;
            }
            assert_eq!(keeper.waiting().len(), 0, "{first:?}, {second:?}");
            assert_eq!(server.resources.borrow().len(), 1, "{first:?}, {second:?}");
            let bodies: Vec<Option<String>> = server
                .requests
                .borrow()
                .iter()
                .filter(|request| request.method == "PUT")
                .map(|request| request.body.clone())
                .collect();
            assert!(bodies.iter().all(|body| *body == bodies[0]), "the same bytes every time");
            let kept: Vec<String> = device.near.borrow().keys().cloned().collect();
            assert!(kept.iter().all(|key| key.starts_with("wm/1/gone/") || key == "wm/1/pad"), "{kept:?}");
        }
    }
}
