//! The browser dies, or a store fails, at every single call of whole journeys; then what is left of the
//! device is spoilt further, and the person comes back. Nothing that was called saved may be missing, and
//! the service must end with exactly one copy.
//!
//! What a dying browser leaves (the letters are those of the crash models):
//! A everything up to the call · B local storage as it was at any earlier moment, IndexedDB intact ·
//! C the same, for the last few changes only · D one of the two stores gone ·
//! E any of one store's records reverted, cut or flipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod device;

use device::{Device, Dice, EVERY_MOOD, Mood, Records, Server, Trouble, answers, instrument, response, run};
use std::cell::RefCell;
use std::rc::Rc;
use what_matters::collect::courier::Courier;
use what_matters::collect::fhir_push::FhirPush;
use what_matters::collect::lease::Stamp;
use what_matters::domain::answer::{Answer, Held, Place};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::{LinkId, ResponseId};
use what_matters::store::envelope;
use what_matters::store::fault::Fault;
use what_matters::store::journal::Closed;
use what_matters::store::keeper::Keeper;
use what_matters::store::mirror::Kept;
use what_matters::store::outbox::Unfinished;

const QUESTIONS: i32 = 4;
const START: u64 = 1_790_000_000_000;

/// The long form of these tests: `WM_TORTURE=1`.
fn torture() -> bool {
    std::env::var_os("WM_TORTURE").is_some()
}

fn id() -> ResponseId {
    ResponseId::from_random([7; 16])
}

fn place(number: i32) -> Place {
    Place { link_id: LinkId::new(&format!("q{number}")), within: vec![] }
}

/// What the person has been told.
#[derive(Default)]
struct Told {
    saved: RefCell<Vec<(i32, Kept)>>,
    finished: RefCell<Option<Kept>>,
    sent: RefCell<bool>,
}

fn held_by(draft: &Draft) -> Vec<i32> {
    (0..QUESTIONS).filter(|number| draft.held.contains_key(&place(*number))).collect()
}

fn whole() -> Vec<(String, i32)> {
    (0..QUESTIONS).map(|number| (format!("q{number}"), number * 10)).collect()
}

/// Opens the page, goes on from wherever things stand, and ends when there is nothing left to do.
async fn journey(device: &Rc<Device>, server: &Rc<Server>, visit: u8, told: &Told) {
    let mut now = START + u64::from(visit) * 60_000;
    let keeper = Rc::new(Keeper::over(device.near_store(), device.far_store(), [visit; 16]).await);
    keeper.expire(now, 7).await;
    let gone = keeper.gone().iter().any(|(gone, _)| *gone == id());
    let waiting = keeper.waiting().iter().any(|entry| entry.id == id());
    if !gone && !waiting {
        let resumed = keeper.drafts(Some(&instrument())).into_iter().find(|open| open.draft.id == id());
        let mut draft = match resumed {
            Some(open) => open.draft,
            None => {
                let _ = keeper.keep_instrument(&id(), "{\"resourceType\":\"Questionnaire\"}").await;
                Draft::new(id(), instrument())
            }
        };
        for number in 0..QUESTIONS {
            if draft.held.contains_key(&place(number)) {
                continue;
            }
            now += 1_000;
            draft.set(place(number), Held::Answers(vec![Answer::Integer(number * 10)]), keeper.writer());
            let kept = keeper.save(&draft, now).await.expect("an open draft");
            truthful(device, kept, "draft");
            told.saved.borrow_mut().push((number, kept));
        }
        let kept = match keeper.finish(&draft, &response(&id(), &whole()), now).await {
            Ok(kept) => kept,
            other => panic!("{other:?}"),
        };
        truthful(device, kept, "final");
        *told.finished.borrow_mut() = Some(kept);
    }
    let push = Rc::new(FhirPush::new(device::BASE, None, Rc::clone(server) as Rc<_>));
    let lease = Rc::new(Stamp::new(keeper.slots(), keeper.writer()));
    let courier = Courier::new(Rc::clone(&keeper), push, lease);
    for _ in 0..40 {
        let Some(wake) = courier.next_wake(now, true) else { break };
        now = wake.max(now) + 1;
        let report = courier.round(now, 0x8000_0000, true).await;
        assert!(report.quarantined.is_empty(), "{report:?}");
        *told.sent.borrow_mut() |= !report.received.is_empty();
    }
    assert!(keeper.waiting().is_empty(), "still waiting: {:?}", keeper.waiting());
}

/// What is said to be in a store is in it.
fn truthful(device: &Device, kept: Kept, kind: &str) {
    let has = |records: &Records| records.keys().any(|key| key.starts_with(&format!("wm/1/{kind}/")));
    assert!(kept.local().is_err() || has(&device.near.borrow()), "{kind} said to be in local storage");
    assert!(kept.indexed().is_err() || has(&device.far.borrow()), "{kind} said to be in IndexedDB");
}

/// What can be found again of the answers: on the device as a page would see it, or at the service.
fn recoverable(device: &Rc<Device>, server: &Server) -> Vec<i32> {
    if let Some(resource) = server.resources.borrow().values().next() {
        return answers(resource).iter().map(|(link_id, _)| link_id[1..].parse().unwrap()).collect();
    }
    // A look at a copy: looking heals.
    let copy = Device::new();
    *copy.near.borrow_mut() = device.near.borrow().clone();
    *copy.far.borrow_mut() = device.far.borrow().clone();
    let keeper = run(Keeper::over(copy.near_store(), copy.far_store(), [99; 16])).unwrap();
    if let Some(found) = keeper.parcel(&id()) {
        let resource = serde_json::from_str(found.bytes()).unwrap();
        return answers(&resource).iter().map(|(link_id, _)| link_id[1..].parse().unwrap()).collect();
    }
    keeper
        .drafts(None)
        .iter()
        .find(|open| open.draft.id == id())
        .map(|open| held_by(&open.draft))
        .unwrap_or_default()
}

/// Which stores can still be relied on for what was kept in them.
#[derive(Clone, Copy)]
struct Intact {
    near: bool,
    far: bool,
}

fn nothing_is_lost(device: &Rc<Device>, server: &Server, told: &Told, intact: Intact, case: &str) {
    let found = recoverable(device, server);
    for (number, kept) in told.saved.borrow().iter() {
        let promised = (kept.local().is_ok() && intact.near) || (kept.indexed().is_ok() && intact.far);
        assert!(
            !promised || found.contains(number),
            "{case}: answer {number}, {kept:?}, is lost; found {found:?}"
        );
    }
    if let Some(kept) = *told.finished.borrow() {
        let promised = (kept.local().is_ok() && intact.near) || (kept.indexed().is_ok() && intact.far);
        assert!(!promised || found.len() == QUESTIONS as usize, "{case}: the finished response is lost");
    }
    if *told.sent.borrow() {
        assert_eq!(server.resources.borrow().len(), 1, "{case}: called sent, and the service has it not");
    }
}

/// Comes back, goes through to the end, and everything is where it belongs.
fn ends_well(device: &Rc<Device>, server: &Rc<Server>, visit: u8, case: &str) {
    device.restart();
    server.moods.borrow_mut().clear();
    run(journey(device, server, visit, &Told::default())).unwrap_or_else(|| panic!("{case}: hangs"));
    let resources = server.resources.borrow();
    assert_eq!(resources.len(), 1, "{case}: copies at the service");
    assert_eq!(answers(resources.values().next().unwrap()), whole(), "{case}");
    // One more visit: what a spoilt store brought back is cleared away and not sent again.
    let sent = server.requests.borrow().iter().filter(|request| request.method != "GET").count();
    drop(resources);
    run(journey(device, server, visit + 1, &Told::default())).unwrap();
    let again = server.requests.borrow().iter().filter(|request| request.method != "GET").count();
    assert_eq!(sent, again, "{case}: sent again after the receipt");
    for records in [&device.near, &device.far] {
        for key in records.borrow().keys() {
            let content = ["wm/1/draft/", "wm/1/final/", "wm/1/asked/", "wm/1/send/"];
            assert!(!content.iter().any(|kind| key.starts_with(kind)), "{case}: {key} was left behind");
        }
    }
}

/// How many calls a journey without trouble makes.
fn calls(moods: &[Mood], own_ids: bool) -> usize {
    let device = Device::new();
    let server = Server::new(Some(&device));
    server.own_ids.set(own_ids);
    server.moods.borrow_mut().extend(moods);
    run(journey(&device, &server, 1, &Told::default())).unwrap();
    assert_eq!(server.resources.borrow().len(), 1);
    device.calls.get()
}

fn spoil(records: &mut Records, older: &Records, dice: &mut Dice) {
    let keys: Vec<String> = records.keys().cloned().collect();
    for key in keys {
        let value = records.get_mut(&key).unwrap();
        match dice.below(6) {
            0 => match older.get(&key) {
                Some(old) => old.clone_into(value),
                None => drop(records.remove(&key)),
            },
            1 => *value = value.chars().take(dice.below(value.len())).collect(),
            2 => {
                let at = dice.below(value.len());
                let changed = value.bytes().enumerate();
                let changed = changed.map(|(n, byte)| if n == at { byte ^ 1 << dice.below(7) } else { byte });
                *value = String::from_utf8_lossy(&changed.collect::<Vec<_>>()).into_owned();
            }
            _ => {}
        }
    }
}

/// Every way in which a device is spoilt after a death.
fn spoilt(device: &Rc<Device>, dice: &mut Dice) -> Vec<(String, Rc<Device>, Intact)> {
    let copy = || {
        let copy = Device::new();
        *copy.near.borrow_mut() = device.near.borrow().clone();
        *copy.far.borrow_mut() = device.far.borrow().clone();
        copy
    };
    let history = device.history.borrow();
    let mut all = vec![("A".to_owned(), copy(), Intact { near: true, far: true })];
    let mut back = vec![0, history.len().saturating_sub(2), history.len().saturating_sub(4)];
    let (moments, spoilings) = if torture() { (30, 25) } else { (4, 3) };
    back.extend((0..moments).map(|_| dice.below(history.len())));
    for moment in back {
        let rolled = copy();
        history[moment].clone_into(&mut rolled.near.borrow_mut());
        all.push((format!("B/C {moment} of {}", history.len()), rolled, Intact { near: false, far: true }));
    }
    let near_gone = copy();
    near_gone.near.borrow_mut().clear();
    all.push(("D near".to_owned(), near_gone, Intact { near: false, far: true }));
    let far_gone = copy();
    far_gone.far.borrow_mut().clear();
    all.push(("D far".to_owned(), far_gone, Intact { near: true, far: false }));
    for round in 0..spoilings {
        let older = &history[dice.below(history.len())];
        let near_spoilt = copy();
        spoil(&mut near_spoilt.near.borrow_mut(), older, dice);
        all.push((format!("E near {round}"), near_spoilt, Intact { near: false, far: true }));
        let far_spoilt = copy();
        spoil(&mut far_spoilt.far.borrow_mut(), older, dice);
        all.push((format!("E far {round}"), far_spoilt, Intact { near: true, far: false }));
    }
    all
}

fn server_like(server: &Server) -> Rc<Server> {
    let copy = Server::new(None);
    *copy.resources.borrow_mut() = server.resources.borrow().clone();
    copy.own_ids.set(server.own_ids.get());
    copy
}

/// Dies at every call, in every way a store can be spoilt. Gives how many cases were tried.
fn dies_everywhere(moods: &[Mood], own_ids: bool) -> usize {
    let mut cases = 0;
    for at in 0..calls(moods, own_ids) {
        for done in [false, true] {
            let device = Device::with(Trouble::Die { at, done });
            let server = Server::new(Some(&device));
            server.own_ids.set(own_ids);
            server.moods.borrow_mut().extend(moods);
            let told = Told::default();
            // The last calls only tidy up: the journey does not notice their death.
            let _ = run(journey(&device, &server, 1, &told));
            assert!(device.is_dead(), "{at} is past the end");
            let mut dice = Dice::new(at as u64 * 2 + u64::from(done));
            for (model, spoilt, intact) in spoilt(&device, &mut dice) {
                let case = format!("{moods:?}, died at {at} ({done}), model {model}");
                let server = server_like(&server);
                nothing_is_lost(&spoilt, &server, &told, intact, &case);
                ends_well(&spoilt, &server, 3, &case);
                cases += 1;
            }
        }
    }
    cases
}

#[test]
fn a_browser_killed_at_any_call_loses_nothing_it_called_saved_and_sends_once() {
    let mut cases = 0;
    for mood in EVERY_MOOD {
        cases += dies_everywhere(&[mood], false);
    }
    println!("{cases} deaths, each spoilt store looked at, brought to its end, and looked at again");
    assert!(cases > if torture() { 100_000 } else { 10_000 }, "{cases} cases");
}

#[test]
fn a_browser_killed_while_a_service_with_its_own_ids_drops_answers_sends_once() {
    for mood in [Mood::Well, Mood::DropAfter, Mood::Truncate] {
        // The put, which it refuses, then the post.
        dies_everywhere(&[Mood::Well, mood], true);
    }
}

#[test]
fn one_failing_call_anywhere_loses_nothing_and_sends_once() {
    for at in 0..calls(&[], false) {
        for fault in [Fault::Absent, Fault::Refused, Fault::Full, Fault::Broken] {
            for done in [false, true] {
                let device = Device::with(Trouble::Fail { at, fault, done });
                let server = Server::new(Some(&device));
                let told = Told::default();
                let case = format!("{fault:?} at {at} ({done})");
                run(journey(&device, &server, 1, &told)).unwrap_or_else(|| panic!("{case}: hangs"));
                nothing_is_lost(&device, &server, &told, Intact { near: true, far: true }, &case);
                ends_well(&device, &server, 3, &case);
            }
        }
    }
}

#[test]
fn a_failing_call_and_then_death_lose_nothing_that_was_promised() {
    let calls = calls(&[], false);
    for at in 0..calls {
        for fault in [Fault::Full, Fault::Broken] {
            let every = if torture() { 1 } else { 4 };
            for die in (at + 1..calls).step_by(every) {
                let device = Device::with(Trouble::FailThenDie { at, fault, die });
                let server = Server::new(Some(&device));
                let told = Told::default();
                // A failing call can make the journey shorter; then it ends before it dies.
                let _ = run(journey(&device, &server, 1, &told));
                let mut dice = Dice::new((at * calls + die) as u64);
                for (model, spoilt, intact) in spoilt(&device, &mut dice).into_iter().take(6) {
                    let case = format!("{fault:?} at {at}, died at {die}, model {model}");
                    let server = server_like(&server);
                    nothing_is_lost(&spoilt, &server, &told, intact, &case);
                    ends_well(&spoilt, &server, 3, &case);
                }
            }
        }
    }
}

#[test]
fn a_store_that_fails_from_any_moment_on_still_lets_the_response_be_sent() {
    for from in 0..calls(&[], false) {
        for fault in [Fault::Absent, Fault::Refused, Fault::Full, Fault::Broken] {
            for trouble in [Trouble::NearFails { from, fault }, Trouble::FarFails { from, fault }] {
                let device = Device::with(trouble);
                let server = Server::new(Some(&device));
                let told = Told::default();
                run(journey(&device, &server, 1, &told)).unwrap_or_else(|| panic!("{trouble:?}: hangs"));
                assert_eq!(server.resources.borrow().len(), 1, "{trouble:?}");
                nothing_is_lost(
                    &device,
                    &server,
                    &told,
                    Intact { near: true, far: true },
                    &format!("{trouble:?}"),
                );
                ends_well(&device, &server, 3, &format!("{trouble:?}"));
            }
        }
    }
}

#[test]
fn without_any_storage_a_response_is_still_answered_finished_and_sent() {
    let server = Server::new(None);
    let keeper = Rc::new(run(Keeper::forgetful([1; 16])).unwrap());
    let standing = keeper.standing();
    assert_eq!((standing.local, standing.indexed), (Some(Fault::Absent), Some(Fault::Absent)));
    let mut draft = Draft::new(id(), instrument());
    draft.set(place(0), Held::Answers(vec![Answer::Integer(0)]), keeper.writer());
    let kept = run(keeper.save(&draft, START)).unwrap().unwrap();
    assert_eq!(kept, Kept::Nowhere(Fault::Absent, Fault::Absent));
    let response = response(&id(), &[("q0".to_owned(), 0)]);
    run(keeper.finish(&draft, &response, START)).unwrap().unwrap();
    assert!(keeper.drafts(None).is_empty());
    assert!(!keeper.waiting()[0].on_device);
    let push = Rc::new(FhirPush::new(device::BASE, None, Rc::clone(&server) as Rc<_>));
    let courier = Courier::new(Rc::clone(&keeper), push, Rc::new(what_matters::collect::lease::Alone));
    assert_eq!(run(courier.round(START, 0, true)).unwrap().received.len(), 1);
    assert!(keeper.waiting().is_empty());
}

/// Two tabs of one device, each with its own page and writer.
fn two_tabs(device: &Rc<Device>) -> [Rc<Keeper>; 2] {
    [1, 2].map(|tab| Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [tab; 16])).unwrap()))
}

#[test]
fn two_tabs_with_a_thousand_edits_each_lose_none() {
    let device = Device::new();
    let tabs = two_tabs(&device);
    let mut drafts = [Draft::new(id(), instrument()), Draft::new(id(), instrument())];
    let mut dice = Dice::new(1);
    let mut made = [0, 0];
    // Ten places of each tab's own, and one that both change.
    let here = |tab: usize, edit: i32| match edit % 11 {
        10 => place(0),
        own => Place { link_id: LinkId::new(&format!("t{tab}-{own}")), within: vec![] },
    };
    while made != [1_000, 1_000] {
        let tab = dice.below(2);
        if made[tab] == 1_000 {
            continue;
        }
        let held = Held::Answers(vec![Answer::Integer(made[tab])]);
        drafts[tab].set(here(tab, made[tab]), held, tabs[tab].writer());
        made[tab] += 1;
        run(tabs[tab].save(&drafts[tab], START)).unwrap().unwrap();
        if dice.below(20) == 0 {
            run(tabs[tab].refresh()).unwrap();
            drafts[tab].join(&tabs[tab].drafts(None)[0].draft);
        }
    }
    let seen = two_tabs(&device).map(|keeper| keeper.drafts(None)[0].draft.clone());
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].held.len(), 21);
    for tab in 0..2 {
        for edit in 989..1_000 {
            if edit % 11 != 10 {
                let (_, held) = seen[0].held.get(&here(tab, edit)).unwrap();
                assert_eq!(*held, Held::Answers(vec![Answer::Integer(edit)]), "tab {tab}, edit {edit}");
            }
        }
    }
}

#[test]
fn a_tab_that_has_not_seen_another_tabs_answers_does_not_finish_without_them() {
    let device = Device::new();
    let [one, other] = two_tabs(&device);
    let mut first = Draft::new(id(), instrument());
    first.set(place(0), Held::Answers(vec![Answer::Integer(0)]), one.writer());
    run(one.save(&first, START)).unwrap().unwrap();
    let mut second = first.clone();
    second.set(place(1), Held::Answers(vec![Answer::Integer(10)]), other.writer());
    run(other.save(&second, START)).unwrap().unwrap();

    let without = response(&id(), &[("q0".to_owned(), 0)]);
    match run(one.finish(&first, &without, START)).unwrap() {
        Err(Unfinished::ChangedElsewhere(joined)) => assert_eq!(held_by(&joined), [0, 1]),
        other => panic!("{other:?}"),
    }
    let with = response(&id(), &[("q0".to_owned(), 0), ("q1".to_owned(), 10)]);
    assert_eq!(run(one.finish(&second, &with, START)).unwrap(), Ok(Kept::Both));
    // The other tab learns of it, and its late answer is refused instead of lost without a word.
    assert_eq!(run(other.save(&second, START)).unwrap(), Err(Closed::Finished));
}

#[test]
fn two_tabs_send_once() {
    let device = Device::new();
    let server = Server::new(None);
    let [one, other] = two_tabs(&device);
    run(one.finish(&Draft::new(id(), instrument()), &response(&id(), &[]), START)).unwrap().unwrap();
    run(other.refresh()).unwrap();
    let couriers = [&one, &other].map(|keeper| {
        let push = Rc::new(FhirPush::new(device::BASE, None, Rc::clone(&server) as Rc<_>));
        Courier::new(Rc::clone(keeper), push, Rc::new(Stamp::new(keeper.slots(), keeper.writer())))
    });
    assert_eq!(run(couriers[0].round(START, 0, true)).unwrap().received.len(), 1);
    assert_eq!(run(couriers[1].round(START, 0, true)).unwrap(), Default::default());
    assert_eq!(server.requests.borrow().len(), 1);
}

/// A record as some other version of this program would write it.
fn foreign(key: &str, schema: u32, reader: u32, turn: u64, body: &str) -> String {
    let header = format!("wm {schema} {reader} {turn} {}", body.len());
    let sum = envelope::sum(&[key, "\n", &header, "\n", body]);
    format!("{header} {sum}\n{body}")
}

#[test]
fn records_of_a_newer_program_are_left_alone_and_those_it_lets_us_read_are_read() {
    let device = Device::new();
    let server = Server::new(None);
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    run(keeper.finish(&Draft::new(id(), instrument()), &response(&id(), &whole()), START)).unwrap().unwrap();
    let [newer, readable] = [8, 9].map(|n| ResponseId::from_random([n; 16]));
    // A finished response for a newer reader; in one store beside an older copy that we could read.
    let key = format!("wm/1/final/{newer}");
    let ours = device.near.borrow()[&format!("wm/1/final/{}", id())].clone();
    let body = ours.split_once('\n').unwrap().1.replace(id().as_str(), newer.as_str());
    let theirs = foreign(&key, 2, 2, 5, "whatever it will be");
    device.near.borrow_mut().insert(key.clone(), theirs.clone());
    device.far.borrow_mut().insert(key.clone(), foreign(&key, 1, 1, 1, &body));
    let far_before = device.far.borrow()[&key].clone();
    // A draft that a newer program wrote so that we can still read it.
    let draft = Draft::new(readable.clone(), instrument());
    let draft_key = format!("wm/1/draft/{readable}/w1");
    let draft_body =
        what_matters::store::record::SavedDraft::write(&draft, START).replacen('{', "{\"new\":1,", 1);
    device.near.borrow_mut().insert(draft_key.clone(), foreign(&draft_key, 2, 1, 3, &draft_body));

    let again = Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [2; 16])).unwrap());
    assert_eq!(again.standing().newer, 1);
    assert_eq!(again.waiting().iter().map(|entry| entry.id.clone()).collect::<Vec<_>>(), [id()]);
    assert_eq!(again.drafts(None)[0].draft, draft);
    let draft = Draft::new(newer.clone(), instrument());
    assert_eq!(run(again.save(&draft, START)).unwrap(), Err(Closed::Newer));
    let push = Rc::new(FhirPush::new(device::BASE, None, Rc::clone(&server) as Rc<_>));
    let courier = Courier::new(Rc::clone(&again), push, Rc::new(what_matters::collect::lease::Alone));
    assert_eq!(run(courier.round(START, 0, true)).unwrap().received.len(), 1);
    assert_eq!(device.near.borrow()[&key], theirs);
    assert_eq!(device.far.borrow()[&key], far_before);
    // The draft was mirrored byte for byte.
    let as_written = foreign(&draft_key, 2, 1, 3, &draft_body);
    assert_eq!(device.near.borrow()[&draft_key], as_written);
    assert_eq!(device.far.borrow()[&draft_key], as_written);
}

#[test]
fn spoilt_stores_never_panic_or_serve_a_wrong_answer() {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    let mut draft = Draft::new(id(), instrument());
    for number in 0..QUESTIONS {
        draft.set(place(number), Held::Answers(vec![Answer::Integer(number * 10)]), keeper.writer());
    }
    run(keeper.save(&draft, START)).unwrap().unwrap();
    let other = ResponseId::from_random([8; 16]);
    let sent = response(&other, &whole());
    run(keeper.finish(&Draft::new(other.clone(), instrument()), &sent, START)).unwrap().unwrap();
    let rounds = if torture() { 100_000 } else { 10_000 };
    let mut dice = Dice::new(5);
    let (mut whole_ones, mut recovered) = (0, 0);
    for round in 0..rounds {
        let spoilt = Device::new();
        let [mut near, mut far] = [device.near.borrow().clone(), device.far.borrow().clone()];
        spoil(&mut near, &Records::new(), &mut dice);
        spoil(&mut far, &Records::new(), &mut dice);
        let unreadable = |records: &Records| -> Vec<String> {
            let broken = records.iter().filter(|(key, text)| {
                key.as_str() != "wm/1/pad" && envelope::open(key, text) == envelope::Opened::Unreadable
            });
            broken.map(|(_, text)| text.clone()).collect()
        };
        let broken = [unreadable(&near), unreadable(&far)];
        let is_whole = |key: &str| {
            [&near, &far].iter().any(|records| {
                records
                    .get(key)
                    .is_some_and(|text| matches!(envelope::open(key, text), envelope::Opened::Whole { .. }))
            })
        };
        let draft_key = format!("wm/1/draft/{}/{}", id(), keeper.writer());
        let intact = [is_whole(&draft_key), is_whole(&format!("wm/1/final/{other}"))];
        *spoilt.near.borrow_mut() = near;
        *spoilt.far.borrow_mut() = far;
        let keeper = run(Keeper::over(spoilt.near_store(), spoilt.far_store(), [2; 16])).unwrap();
        for open in keeper.drafts(None) {
            assert_eq!(open.draft, draft, "round {round}");
        }
        let found = [!keeper.drafts(None).is_empty(), keeper.parcel(&other).is_some()];
        for (intact, found) in intact.into_iter().zip(found) {
            whole_ones += usize::from(intact);
            recovered += usize::from(intact && found);
        }
        for entry in keeper.waiting() {
            assert_eq!(keeper.parcel(&entry.id).as_ref(), Some(&sent), "round {round}");
        }
        // Broken bytes are moved, not thrown away.
        for (before, after) in broken.iter().zip([&spoilt.near, &spoilt.far]) {
            for text in before {
                assert!(after.borrow().values().any(|kept| kept == text), "round {round}: {text} is gone");
            }
        }
    }
    println!(
        "{rounds} spoilt stores, {recovered} of {whole_ones} records that were whole in either store recovered"
    );
    assert_eq!(recovered, whole_ones);
}
