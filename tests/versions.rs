//! Programs of different versions take turns on one device: none loses, rewrites or misreads what another kept.
//!
//! `tests/fixtures/kept/schema-1.json` is what a program of schema 1 left in local storage, byte for byte. It is
//! never made anew: whatever later program cannot read it has lost somebody's answers. What a program of a later
//! schema leaves is made here, in its two forms: one that we may read, and one that we may not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::outbox::id;
use device::{BASE, Device, Dice, Records, Server, instrument, response, run};
use sha2::{Digest, Sha256};
use std::rc::Rc;
use what_matters::collect::courier::Courier;
use what_matters::collect::fhir_push::FhirPush;
use what_matters::collect::lease::Alone;
use what_matters::domain::answer::{Answer, Coding, Held, Number, Place, Skip};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::{LinkId, ResponseId};
use what_matters::domain::parcel::Parcel;
use what_matters::domain::receipt::{Receipt, Withdrawal};
use what_matters::domain::response::Hash;
use what_matters::store::envelope;
use what_matters::store::journal::Closed;
use what_matters::store::keeper::Keeper;
use what_matters::store::outbox::{Fate, Reason, Sending, State};

const START: u64 = 1_790_000_000_000;
const CORPUS: &str = include_str!("fixtures/kept/schema-1.json");

/// Which response of the corpus is which.
const BEGUN: u8 = 1;
const WAITING: u8 = 2;
const SEALED: u8 = 3;
const REFUSED: u8 = 4;
const SENT: u8 = 5;

fn at(link_id: &str, within: &[u32]) -> Place {
    Place { link_id: LinkId::new(link_id), within: within.to_vec() }
}

/// What was answered in the corpus, by two writers.
fn begun() -> [Draft; 2] {
    let mut one = Draft::new(id(BEGUN), instrument());
    let coding = Coding { system: Some("urn:x".into()), code: Some("a".into()), ..Coding::default() };
    for (place, held) in [
        (at("choice", &[]), Held::Answers(vec![Answer::Coding(coding)])),
        (at("decimal", &[2, 1]), Held::Answers(vec![Answer::Decimal(Number::parse("12.50").unwrap())])),
        (at("text", &[]), Held::Answers(vec![Answer::Text("two\nlines \u{0} 🙂".into())])),
        (at("talk", &[]), Held::Skipped(Skip::RatherTalk)),
    ] {
        one.set(place, held, "writer1");
    }
    one.go_to("text", "writer1");
    let mut other = one.clone();
    other.set(at("text", &[]), Held::Answers(vec![Answer::Text("changed my mind".into())]), "writer2");
    [one, other]
}

fn joined() -> Draft {
    let [mut one, other] = begun();
    one.join(&other);
    one
}

fn waiting() -> Parcel {
    response(&id(WAITING), &[("q0".to_owned(), 7)])
}

fn sealed() -> Parcel {
    Parcel::kept(
        id(SEALED),
        instrument(),
        "eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVy.dGFn".to_owned(),
        Some("k1"),
    )
}

/// The corpus as a device.
fn corpus() -> Rc<Device> {
    let device = Device::new();
    *device.near.borrow_mut() = serde_json::from_str(CORPUS).unwrap();
    *device.far.borrow_mut() = device.near.borrow().clone();
    device
}

async fn open(device: &Rc<Device>, visit: u8) -> Rc<Keeper> {
    Rc::new(Keeper::over(device.near_store(), device.far_store(), [visit; 16]).await)
}

/// Run once, by the program whose records are to be kept readable for ever.
#[test]
#[ignore = "writes the corpus; a corpus that exists is never written again"]
fn the_corpus_is_written() {
    use what_matters::store::record::SavedDraft;
    let device = Device::new();
    let keeper = run(open(&device, 9)).unwrap();
    for (number, finished) in [(WAITING, waiting()), (SEALED, sealed())] {
        run(keeper.finish(&Draft::new(id(number), instrument()), &finished, START)).unwrap().unwrap();
    }
    for number in [REFUSED, SENT] {
        let finished = response(&id(number), &[("q0".to_owned(), i32::from(number))]);
        run(keeper.finish(&Draft::new(id(number), instrument()), &finished, START)).unwrap().unwrap();
    }
    let refused = State::Quarantined(Reason::Rejected(422));
    run(keeper.mark(&id(REFUSED), Sending { state: refused, attempts: 3, due: 0, asked: false, shown: None })).unwrap();
    run(keeper.mark(&id(WAITING), Sending { attempts: 2, due: START + 5, ..Sending::NEW })).unwrap();
    let hash = keeper.parcel(&id(SENT)).unwrap().hash().clone();
    let receipt = Receipt { id: id(SENT), hash, collector: BASE.into(), version: Some("1".into()) };
    run(keeper.receive(&receipt, START)).unwrap().unwrap();
    run(keeper.keep_instrument(&id(BEGUN), "a.json\n{\"resourceType\":\"Questionnaire\"}")).unwrap().unwrap();
    let mut records = device.near.borrow().clone();
    records.remove("wm/1/pad");
    for (draft, writer) in begun().iter().zip(["writer1", "writer2"]) {
        let key = format!("wm/1/draft/{}/{writer}", id(BEGUN));
        records.insert(key.clone(), envelope::wrap(&key, 3, &SavedDraft::write(draft, START)));
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/kept/schema-1.json");
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default().trim() == "{}",
        "it exists, and people's answers are kept in it"
    );
    std::fs::write(path, serde_json::to_string_pretty(&records).unwrap() + "\n").unwrap();
}

#[test]
fn what_was_kept_by_schema_1_is_what_was_published() {
    let sum = Sha256::digest(CORPUS.as_bytes());
    let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        hex, "39f6c7de2f9d471228e1bbe7cdced9710e9f05146dddf73947806f438c6fa562",
        "these bytes are on people's devices: add a corpus, never change one"
    );
}

#[test]
fn everything_kept_by_schema_1_is_read_as_it_was_meant() {
    for (near, far) in [(true, true), (true, false), (false, true)] {
        let device = corpus();
        if !near {
            device.near.borrow_mut().clear();
        }
        if !far {
            device.far.borrow_mut().clear();
        }
        let keeper = run(open(&device, 20)).unwrap();
        assert_eq!((keeper.standing().set_aside, keeper.standing().newer), (0, 0));
        let [open_draft] = keeper.drafts(None).try_into().unwrap();
        assert_eq!(open_draft.draft, joined());
        assert_eq!(open_draft.saved_at, START);
        assert_eq!(open_draft.instrument.as_deref(), Some("a.json\n{\"resourceType\":\"Questionnaire\"}"));
        assert_eq!(keeper.parcel(&id(WAITING)), Some(waiting()));
        assert_eq!(keeper.parcel(&id(SEALED)), Some(sealed()));
        let states: Vec<(ResponseId, State, u32)> = keeper
            .waiting()
            .iter()
            .map(|it| (it.id.clone(), it.sending.state, it.sending.attempts))
            .collect();
        let refused = State::Quarantined(Reason::Rejected(422));
        let expected =
            [(id(WAITING), State::Waiting, 2), (id(SEALED), State::Waiting, 0), (id(REFUSED), refused, 3)];
        assert_eq!(states, expected);
        let [(gone, note)] = keeper.gone().try_into().unwrap();
        assert_eq!(gone, id(SENT));
        let Fate::Received { hash, collector, version } = note.fate else { panic!("{note:?}") };
        assert_eq!(hash, *response(&id(SENT), &[("q0".to_owned(), 5)]).hash());
        assert_eq!((&*collector, version.as_deref()), (BASE, Some("1")));
    }
}

#[test]
fn what_schema_1_left_unsent_is_sent_once() {
    let device = corpus();
    let server = Server::new(None);
    let keeper = run(open(&device, 20)).unwrap();
    // The sealed one goes to another place; here it is taken back.
    run(keeper.withdraw(&Withdrawal { id: id(SEALED) }, START)).unwrap().unwrap();
    let push = Rc::new(FhirPush::new(BASE, None, Rc::clone(&server) as Rc<_>));
    let courier = Courier::new(Rc::clone(&keeper), push, Rc::new(Alone));
    run(courier.retry(&id(REFUSED))).unwrap();
    assert_eq!(run(courier.round(START + 10_000, 0, true)).unwrap().received.len(), 2);
    assert_eq!(server.resources.borrow().len(), 2, "and the one that was sent before is not sent again");
    assert!(run(open(&device, 21)).unwrap().waiting().is_empty());
}

/// A record as a program of schema 2 would write it; `reader` is the oldest that may read it.
fn later(key: &str, reader: u32, body: &str) -> String {
    let header = format!("wm 2 {reader} 4 {}", body.len());
    format!("{header} {}\n{body}", envelope::sum(&[key, "\n", &header, "\n", body]))
}

/// The corpus as schema 2 might have written it: with fields we do not know and, where `reader` is 2, with a
/// body we cannot know.
fn from_later(reader: u32) -> Records {
    let known: Records = serde_json::from_str(CORPUS).unwrap();
    known
        .iter()
        .map(|(key, text)| {
            let body = text.split_once('\n').unwrap().1;
            let body = match (reader, body.starts_with('{')) {
                (1, true) => body.replacen('{', "{\"later\":[1,{\"x\":null}],", 1),
                (1, false) => body.to_owned(),
                _ => "something else altogether".to_owned(),
            };
            (key.clone(), later(key, reader, &body))
        })
        .collect()
}

#[test]
fn what_a_later_program_lets_us_read_is_read_and_its_bytes_stay() {
    let device = Device::new();
    *device.near.borrow_mut() = from_later(1);
    let keeper = run(open(&device, 20)).unwrap();
    assert_eq!((keeper.standing().set_aside, keeper.standing().newer), (0, 0));
    assert_eq!(keeper.drafts(None)[0].draft, joined());
    assert_eq!(keeper.parcel(&id(WAITING)), Some(waiting()));
    assert_eq!(keeper.waiting().len(), 3);
    // Healed into the other store with the very bytes.
    for (key, text) in from_later(1) {
        assert_eq!(device.far.borrow().get(&key), Some(&text), "{key}");
    }
}

#[test]
fn nothing_we_do_touches_what_a_later_program_keeps_from_us() {
    let theirs = from_later(2);
    let mut dice = Dice::new(3);
    for journey in 0..300 {
        // Theirs beside ours, as when a program is taken back for a day.
        let device = Device::new();
        *device.near.borrow_mut() = theirs.clone();
        if dice.below(2) == 0 {
            *device.far.borrow_mut() = theirs.clone();
        }
        let far_before = device.far.borrow().clone();
        let server = Server::new(None);
        for visit in 1..4_u8 {
            let keeper = run(open(&device, visit)).unwrap();
            assert_eq!(keeper.standing().newer, theirs.len());
            for _ in 0..6 {
                let now = START + u64::from(dice.roll()) * 1_000;
                let number = [BEGUN, WAITING, SEALED, REFUSED, SENT, 40][dice.below(6)];
                let draft = Draft::new(id(number), instrument());
                match dice.below(8) {
                    0 => drop(run(keeper.save(&draft, now)).unwrap()),
                    1 => drop(run(keeper.keep_instrument(&id(number), "x")).unwrap()),
                    2 => drop(run(keeper.finish(&draft, &response(&id(number), &[]), now)).unwrap()),
                    3 => drop(run(keeper.discard(&id(number), now)).unwrap()),
                    4 => drop(run(keeper.withdraw(&Withdrawal { id: id(number) }, now)).unwrap()),
                    5 => drop(run(keeper.expire(now, 7)).unwrap()),
                    6 => {
                        let hash = Hash::of(b"x");
                        let receipt = Receipt { id: id(number), hash, collector: "x".into(), version: None };
                        let _ = run(keeper.receive(&receipt, now)).unwrap();
                    }
                    _ => {
                        let push = Rc::new(FhirPush::new(BASE, None, Rc::clone(&server) as Rc<_>));
                        let courier = Courier::new(Rc::clone(&keeper), push, Rc::new(Alone));
                        run(courier.round(now, dice.roll(), true)).unwrap();
                    }
                }
            }
            assert_eq!(
                run(keeper.save(&Draft::new(id(BEGUN), instrument()), START)).unwrap(),
                Err(Closed::Newer)
            );
        }
        for (key, text) in &theirs {
            assert_eq!(device.near.borrow().get(key), Some(text), "journey {journey}: {key}");
            assert_eq!(device.far.borrow().get(key), far_before.get(key), "journey {journey}: {key}");
        }
        assert!(server.resources.borrow().len() <= 1, "only what is ours was sent");
    }
}
