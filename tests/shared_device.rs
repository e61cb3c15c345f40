//! A device that many people use one after another: at no moment of any journey, however it ends, does a store
//! hold what the next person could read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::outbox::id;
use device::{Device, Records, Server, Trouble, instrument, response, run};
use std::rc::Rc;
use what_matters::collect::courier::Courier;
use what_matters::collect::fhir_push::FhirPush;
use what_matters::collect::lease::Alone;
use what_matters::domain::answer::{Answer, Held, Place};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::LinkId;
use what_matters::store::keeper::Keeper;
use what_matters::store::mirror::Kept;

const START: u64 = 1_790_000_000_000;
/// A word nobody else writes, and a number that reads the same wherever it is written.
const CANARY: &str = "canary-4711";

fn draft_with_canary(keeper: &Keeper, number: u8) -> Draft {
    let mut draft = Draft::new(id(number), instrument());
    let place = Place { link_id: LinkId::new("q0"), within: vec![] };
    draft.set(place, Held::Answers(vec![Answer::Text(CANARY.into())]), keeper.writer());
    draft
}

async fn open(device: &Rc<Device>, visit: u8) -> Rc<Keeper> {
    let keeper = Keeper::over_shared(device.near_store(), device.far_store(), [visit; 16]).await;
    keeper.forget_answers(START).await;
    Rc::new(keeper)
}

/// Answers, finishes and sends, as the page does.
async fn journey(device: &Rc<Device>, server: &Rc<Server>) {
    let keeper = open(device, 1).await;
    let draft = draft_with_canary(&keeper, 7);
    assert_eq!(keeper.save(&draft, START).await, Ok(Kept::WITHHELD));
    let asked = format!("{{\"title\":\"{CANARY}\"}}");
    assert_eq!(keeper.keep_instrument(&draft.id, &asked).await, Ok(Kept::WITHHELD));
    keeper.refresh().await;
    assert_eq!(keeper.drafts(None)[0].draft, draft, "the page itself still has it");
    let finished = response(&draft.id, &[(CANARY.to_owned(), 1)]);
    assert_eq!(keeper.finish(&draft, &finished, START).await, Ok(Kept::WITHHELD));
    let push = Rc::new(FhirPush::new(device::BASE, None, Rc::clone(server) as Rc<_>));
    let courier = Courier::new(Rc::clone(&keeper), push, Rc::new(Alone));
    let report = courier.round(START, 0, true).await;
    assert_eq!(report.received.len(), 1);
}

fn no_canary(records: &Records, case: &str) {
    for (key, value) in records {
        assert!(!key.contains(CANARY) && !value.contains(CANARY), "{case}: {key} has {value}");
    }
}

#[test]
fn at_no_moment_of_a_journey_does_a_shared_device_hold_an_answer() {
    let clean = Device::new();
    run(journey(&clean, &Server::new(Some(&clean)))).unwrap();
    assert!(clean.calls.get() > 20, "{} calls", clean.calls.get());
    assert!(clean.near.borrow().keys().any(|key| key.starts_with("wm/1/gone/")), "the note is there");
    for at in 0..=clean.calls.get() {
        for done in [false, true] {
            let device = Device::with(Trouble::Die { at, done });
            let _ = run(journey(&device, &Server::new(Some(&device))));
            let case = format!("died at {at} ({done})");
            device.history.borrow().iter().for_each(|moment| no_canary(moment, &case));
            no_canary(&device.far.borrow(), &case);
        }
    }
}

#[test]
fn what_a_device_kept_before_it_was_shared_is_cleared_at_the_next_start() {
    let device = Device::new();
    let personal = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    let draft = draft_with_canary(&personal, 7);
    run(personal.save(&draft, START)).unwrap().unwrap();
    run(personal.keep_instrument(&draft.id, CANARY)).unwrap().unwrap();
    // And something that cannot be read any more, of which the start of a personal device keeps a copy.
    let broken = draft_with_canary(&personal, 8);
    run(personal.save(&broken, START)).unwrap().unwrap();
    for records in [&device.near, &device.far] {
        for (key, value) in records.borrow_mut().iter_mut() {
            if key.contains(id(8).as_str()) {
                value.push(' ');
            }
        }
    }
    run(Keeper::over(device.near_store(), device.far_store(), [2; 16])).unwrap();
    let aside = |records: &Records| records.keys().filter(|key| key.starts_with("wm/1/bad/draft/")).count();
    assert_eq!((aside(&device.near.borrow()), aside(&device.far.borrow())), (1, 1));

    let shared = run(open(&device, 3)).unwrap();
    assert!(shared.drafts(None).is_empty());
    for records in [&device.near, &device.far] {
        no_canary(&records.borrow(), "after the start");
    }
}

#[test]
fn a_finished_response_from_before_is_still_sent_once() {
    let device = Device::new();
    let server = Server::new(None);
    let personal = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    let finished = response(&id(7), &[("q0".to_owned(), 1)]);
    run(personal.finish(&Draft::new(id(7), instrument()), &finished, START)).unwrap().unwrap();
    let shared = run(open(&device, 2)).unwrap();
    let push = Rc::new(FhirPush::new(device::BASE, None, Rc::clone(&server) as Rc<_>));
    let courier = Courier::new(Rc::clone(&shared), push, Rc::new(Alone));
    assert_eq!(run(courier.round(START, 0, true)).unwrap().received.len(), 1);
    assert_eq!(server.resources.borrow().len(), 1);
    for records in [&device.near, &device.far] {
        assert!(!records.borrow().keys().any(|key| key.starts_with("wm/1/final/")));
    }
}

#[test]
fn somebody_who_goes_away_leaves_no_note_of_what_was_never_kept() {
    let device = Device::new();
    let keeper = run(open(&device, 1)).unwrap();
    let before = device.near.borrow().clone();
    run(keeper.save(&draft_with_canary(&keeper, 7), START)).unwrap().unwrap();
    run(keeper.forget_answers(START)).unwrap();
    assert!(keeper.drafts(None).is_empty());
    assert_eq!(*device.near.borrow(), before);
    assert_eq!(keeper.standing().local, None, "that it was withheld says nothing of the store");
}
