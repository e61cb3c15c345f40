//! What a carrier makes of every answer a service can give, and what the courier does about it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::outbox::{NOW, id, outbox};
use device::{BASE, Device, Dice, Mood, Server, Trouble, instrument, response, run};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;
use what_matters::collect::carrier::{Carrier, Later, Outcome, Pause};
use what_matters::collect::courier::Courier;
use what_matters::collect::fhir_push::{FhirPush, Push, Step};
use what_matters::collect::http::{Http, Reply, Request, Silence};
use what_matters::collect::lease::{Alone, Lease, Stamp};
use what_matters::collect::round;
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::ResponseId;
use what_matters::domain::parcel::Parcel;
use what_matters::domain::receipt::{Receipt, Withdrawal};
use what_matters::store::fault::Fault;
use what_matters::store::keeper::Keeper;
use what_matters::store::memory::{Memory, Unusable};
use what_matters::store::mirror::Kept;
use what_matters::store::outbox::{Fate, NotOurs, Reason, Sending, State};
use what_matters::store::slots::{Slots, Soon};

fn ours() -> Parcel {
    response(&id(1), &[("a".to_owned(), 1)])
}

fn reply(status: u16, body: &str) -> Result<Reply, Silence> {
    Ok(Reply { status, retry_after: None, body: body.to_owned() })
}

/// The bodies of the table, by name.
fn bodies() -> Vec<(&'static str, String)> {
    let right = ours().bytes().to_owned();
    vec![
        ("right", right.clone()),
        ("another id", right.replace(id(1).as_str(), id(2).as_str())),
        ("other content", right.replace("\"valueInteger\":1", "\"valueInteger\":2")),
        ("html", "<!doctype html><html><title>Log in</title></html>".to_owned()),
        ("empty", String::new()),
        ("cut", right.chars().take(right.len() - 2).collect()),
        ("outcome", r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}"#.to_owned()),
    ]
}

/// What should follow the answer to a first put, as one word: the table of how a service's answers are
/// read, written a second time and differently.
fn expected(status: u16, body: &str) -> &'static str {
    if (200..300).contains(&status) {
        return if body == "right" { "received" } else { "confirm" };
    }
    match status {
        409 | 412 => "confirm",
        405 => "post",
        400 | 415 | 422 => "rejected",
        413 => "too large",
        401 => "sign in",
        403 | 404 | 410 => "closed",
        408 | 425 | 429 | 500 | 502 | 503 | 504 => "later",
        _ => "seldom",
    }
}

fn word(step: &Step) -> &'static str {
    match step {
        Step::Ask(Request { method: "GET", url, .. }) if url.contains("?identifier=") => "search",
        Step::Ask(Request { method: "GET", url, .. }) if url.ends_with(id(1).as_str()) => "confirm",
        Step::Ask(Request { method: "POST", .. }) => "post",
        Step::Ask(Request { method: "PUT", .. }) => "put",
        Step::Ask(_) => "something else",
        Step::Done(Outcome::Received(_)) => "received",
        Step::Done(Outcome::Later(Later { silent: true, .. })) => "silence",
        Step::Done(Outcome::Later(Later { seldom: true, .. })) => "seldom",
        Step::Done(Outcome::Later(_)) => "later",
        Step::Done(Outcome::Refused(Reason::Rejected(_))) => "rejected",
        Step::Done(Outcome::Refused(Reason::Conflict)) => "conflict",
        Step::Done(Outcome::Refused(Reason::TooLarge)) => "too large",
        Step::Done(Outcome::Refused(Reason::Unreadable)) => "unreadable",
        Step::Done(Outcome::Paused(Pause::SignIn)) => "sign in",
        Step::Done(Outcome::Paused(Pause::Closed(_))) => "closed",
        Step::Done(Outcome::Paused(Pause::Unproven(_))) => "unproven",
    }
}

/// One run up to the answer of interest: `before` are the answers that lead to it.
fn after(attempt: u32, before: &[(u16, &str)], status: u16, body: &str) -> Step {
    let ours = ours();
    let (mut push, _) = Push::begin("https://fhir.example/r4", None, &ours, attempt, NOW).unwrap();
    for (status, body) in before {
        assert!(matches!(push.next(reply(*status, body)), Step::Ask(_)));
    }
    push.next(reply(status, body))
}

#[test]
fn every_answer_to_a_put_is_read_as_the_table_says() {
    let mut checked = 0;
    for status in 200..600 {
        for (name, body) in bodies() {
            assert_eq!(word(&after(1, &[], status, &body)), expected(status, name), "{status} {name}");
            checked += 1;
        }
    }
    assert_eq!(checked, 400 * 7);
}

#[test]
fn every_answer_to_a_question_whether_it_arrived_is_read_as_the_table_says() {
    for (status, lead) in [(204, ""), (200, "<html>"), (409, ""), (412, "")] {
        for asked in 200..600 {
            for (name, body) in bodies() {
                let expected = match (asked, name) {
                    (200..300, "right") => "received",
                    (200..300, "other content") => "conflict",
                    (200..300, _) => "later",
                    (401, _) => "sign in",
                    (400 | 403 | 405 | 501, _) => "unproven",
                    (404 | 410, _) => "later",
                    (408 | 425 | 429 | 500 | 502..=504, _) => "later",
                    _ => "seldom",
                };
                let step = after(1, &[(status, lead)], asked, &body);
                assert_eq!(word(&step), expected, "{status}, then {asked} {name}");
            }
        }
    }
}

#[test]
fn every_answer_to_a_look_before_sending_again_is_read_as_the_table_says() {
    for status in 200..600 {
        for (name, body) in bodies() {
            let expected = match (status, name) {
                (200..300, "right") => "received",
                (200..300, "other content") => "conflict",
                (408 | 425 | 429 | 500 | 502..=504, _) => "later",
                _ => "put",
            };
            assert_eq!(word(&after(2, &[], status, &body)), expected, "{status} {name}");
        }
    }
}

#[test]
fn every_answer_to_a_post_is_read_as_the_table_says() {
    // The service's own id is no reason to doubt; the identifier is what names it.
    let own_id = ours().bytes().replacen(id(1).as_str(), "4711", 1);
    assert_ne!(own_id, ours().bytes());
    for status in 200..600 {
        for (name, body) in bodies().into_iter().chain([("own id", own_id.clone())]) {
            let expected = match (status, name) {
                (200..300, "own id") => "received",
                (200..300, "right") => "received",
                (200..300 | 409 | 412, _) => "search",
                (405, _) => "closed",
                (status, name) => expected(status, name),
            };
            assert_eq!(word(&after(1, &[(405, "")], status, &body)), expected, "{status} {name}");
        }
    }
}

#[test]
fn a_service_that_says_it_gives_out_ids_itself_is_posted_to() {
    for (status, words) in [
        (404, "HAPI-0959: No resource exists on this server, and client-assigned IDs are not enabled."),
        (400, "Cannot perform create as update with client-assigned ID"),
        (422, "Client defined ids are not allowed"),
    ] {
        let body = format!(r#"{{"resourceType":"OperationOutcome","issue":[{{"diagnostics":"{words}"}}]}}"#);
        assert_eq!(word(&after(1, &[], status, &body)), "post", "{status}");
        // Once posted, the same words are a plain refusal: no going round in circles.
        assert_ne!(word(&after(1, &[(405, "")], status, &body)), "post", "{status}");
    }
}

#[test]
fn a_search_counts_only_what_carries_our_identifier_and_content() {
    let ours = ours().bytes().replacen(id(1).as_str(), "4711", 1);
    let altered = ours.replace("\"valueInteger\":1", "\"valueInteger\":2");
    let other = ours.replace(id(1).as_str(), id(2).as_str());
    let bundle = |resources: &[&str]| {
        let entries: Vec<String> =
            resources.iter().map(|resource| format!(r#"{{"resource":{resource}}}"#)).collect();
        format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(","))
    };
    for (resources, expected) in [
        (vec![], "later"),
        (vec![other.as_str()], "later"),
        (vec![other.as_str(), ours.as_str()], "received"),
        (vec![altered.as_str()], "conflict"),
        (vec![altered.as_str(), ours.as_str()], "received"),
    ] {
        let step = after(1, &[(405, ""), (412, "")], 200, &bundle(&resources));
        assert_eq!(word(&step), expected, "{resources:?}");
    }
}

#[test]
fn a_request_says_what_it_has_to_and_no_more() {
    let ours = ours();
    let (mut push, put) = Push::begin("https://fhir.example/r4", Some("secret"), &ours, 1, NOW).unwrap();
    assert_eq!(put.url, format!("https://fhir.example/r4/QuestionnaireResponse/{}", id(1)));
    assert_eq!(put.body.as_deref(), Some(ours.bytes()), "the frozen bytes, unchanged");
    let header = |request: &Request, name: &str| {
        let found = request.headers.iter().find(|(header, _)| *header == name);
        found.map(|(_, value)| value.clone())
    };
    assert_eq!(header(&put, "Content-Type").as_deref(), Some("application/fhir+json"));
    assert_eq!(header(&put, "Prefer").as_deref(), Some("return=representation"));
    assert_eq!(header(&put, "Authorization").as_deref(), Some("Bearer secret"));
    let Step::Ask(post) = push.next(reply(405, "")) else { panic!("no post") };
    let criteria = format!("identifier=urn:ietf:rfc:3986%7Curn:uuid:{}", id(1));
    assert_eq!(header(&post, "If-None-Exist"), Some(criteria.clone()));
    assert_eq!(post.url, "https://fhir.example/r4/QuestionnaireResponse");
    let Step::Ask(search) = push.next(reply(201, "")) else { panic!("no search") };
    assert_eq!(search.url, format!("https://fhir.example/r4/QuestionnaireResponse?{criteria}"));
    assert_eq!(search.body, None);
}

#[test]
fn bytes_that_could_not_be_recognised_again_are_not_sent_at_all() {
    let right = ours();
    let without_identifier = right.bytes().replace("urn:uuid:", "");
    for bytes in ["", "not json", "{}", &without_identifier] {
        let response = Parcel::kept(id(1), instrument(), bytes.to_owned(), None);
        let begun =
            Push::begin("https://fhir.example/r4", None, &response, 1, NOW).map(|(_, request)| request);
        assert_eq!(begun, Err(Outcome::Refused(Reason::Unreadable)), "{bytes}");
    }
}

#[test]
fn the_time_a_service_asks_for_is_honoured_up_to_a_day() {
    let asked = |text: &str| {
        let ours = ours();
        let (mut push, _) = Push::begin("https://fhir.example/r4", None, &ours, 1, 784_111_717_000).unwrap();
        let answer = Reply { status: 503, retry_after: Some(text.to_owned()), body: String::new() };
        match push.next(Ok(answer)) {
            Step::Done(Outcome::Later(later)) => later.after,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(asked("120"), Some(120_000));
    assert_eq!(asked(" 0 "), Some(0));
    assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT"), Some(60_000));
    assert_eq!(asked("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0), "a moment that has passed");
    assert_eq!(asked("99999999999999999999"), None);
    assert_eq!(asked("18446744073709551615"), Some(86_400_000));
    assert_eq!(asked("soon"), None);
    let later = Outcome::Later(Later { after: Some(120_000), ..Later::default() });
    let settled = round::settle(Sending::NEW, &later, NOW, u32::MAX).unwrap();
    assert!(settled.asked && settled.due >= NOW + 120_000 && settled.due <= NOW + 122_000);
}

/// A carrier that answers as it is told.
struct Told(RefCell<VecDeque<Outcome>>, RefCell<Vec<(ResponseId, u32)>>);

impl Told {
    fn outcomes(outcomes: Vec<Outcome>) -> Rc<Self> {
        Rc::new(Self(RefCell::new(outcomes.into()), RefCell::default()))
    }
}

impl Carrier for Told {
    fn carry<'a>(&'a self, response: &'a Parcel, attempt: u32, _: u64) -> Soon<'a, Outcome> {
        self.1.borrow_mut().push((response.id().clone(), attempt));
        let outcome = self.0.borrow_mut().pop_front().unwrap_or_else(|| received(response));
        Box::pin(std::future::ready(outcome))
    }
}

fn received(response: &Parcel) -> Outcome {
    Outcome::Received(Receipt {
        id: response.id().clone(),
        hash: response.hash().clone(),
        collector: "https://fhir.example/r4".into(),
        version: None,
    })
}

fn silent() -> Outcome {
    Outcome::Later(Later { silent: true, ..Later::default() })
}

fn courier(keeper: &Rc<Keeper>, carrier: Rc<dyn Carrier>) -> Courier {
    Courier::new(Rc::clone(keeper), carrier, Rc::new(Alone))
}

#[test]
fn one_poisonous_response_among_fifty_holds_up_none() {
    let keeper = outbox(0..50);
    let server = Server::new(None);
    server.poison.borrow_mut().insert(id(7).to_string(), Mood::Status(422));
    let push = Rc::new(FhirPush::new(BASE, None, Rc::clone(&server) as Rc<dyn Http>));
    let report = run(courier(&keeper, push).round(NOW, 0, true)).unwrap();
    assert_eq!(report.received.len(), 49);
    assert_eq!(report.quarantined, [(id(7), Reason::Rejected(422))]);
    let left = keeper.waiting();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].sending.state, State::Quarantined(Reason::Rejected(422)));
    // It can still be shown and handed over another way.
    assert_eq!(keeper.parcel(&id(7)), Some(response(&id(7), &[("a".to_owned(), 7)])));
}

#[test]
fn two_responses_that_break_every_connection_hold_up_none_for_long() {
    let keeper = outbox(0..10);
    let server = Server::new(None);
    for number in [0, 1] {
        server.poison.borrow_mut().insert(id(number).to_string(), Mood::DropBefore);
    }
    let push = Rc::new(FhirPush::new(BASE, None, Rc::clone(&server) as Rc<dyn Http>));
    let courier = courier(&keeper, push);
    let first = run(courier.round(NOW, u32::MAX, true)).unwrap();
    assert_eq!((first.received.len(), first.later.len()), (0, 2), "two silences in a row end a round");
    let wake = courier.next_wake(NOW, true).unwrap();
    assert!(wake > NOW, "and the next waits");
    // By then both are due again.
    let second = run(courier.round(wake + 60_000, u32::MAX, true)).unwrap();
    assert_eq!(second.received.len(), 8, "those tried least go first");
}

#[test]
fn nothing_is_sent_while_the_service_wants_a_sign_in_and_the_attempt_does_not_count() {
    let keeper = outbox(0..3);
    let carrier = Told::outcomes(vec![Outcome::Paused(Pause::SignIn)]);
    let courier = courier(&keeper, Rc::clone(&carrier) as Rc<dyn Carrier>);
    let report = run(courier.round(NOW, 0, true)).unwrap();
    assert_eq!(report.paused, Some(Pause::SignIn));
    assert_eq!(carrier.1.borrow().len(), 1, "the others are not tried");
    assert!(keeper.waiting().iter().all(|entry| entry.sending == Sending::NEW));
    assert_eq!(courier.next_wake(NOW, true), None);
    assert_eq!(run(courier.round(NOW + 86_400_000, 0, true)).unwrap().paused, Some(Pause::SignIn));
    courier.resume();
    assert_eq!(run(courier.round(NOW, 0, true)).unwrap().received.len(), 3);
}

#[test]
fn a_closed_service_is_asked_again_after_an_hour() {
    for pause in [Pause::Closed(404), Pause::Unproven(403)] {
        let keeper = outbox(0..2);
        let courier = courier(&keeper, Told::outcomes(vec![Outcome::Paused(pause)]));
        assert_eq!(run(courier.round(NOW, 0, true)).unwrap().paused, Some(pause));
        assert_eq!(courier.next_wake(NOW, true), Some(NOW + round::CLOSED));
        assert_eq!(run(courier.round(NOW + 1_000, 0, true)).unwrap().received.len(), 0);
        assert_eq!(run(courier.round(NOW + round::CLOSED, 0, true)).unwrap().received.len(), 2);
    }
}

#[test]
fn a_person_can_have_a_response_tried_again_that_was_set_aside() {
    let keeper = outbox(0..1);
    let courier = courier(&keeper, Told::outcomes(vec![Outcome::Refused(Reason::TooLarge)]));
    assert_eq!(run(courier.round(NOW, 0, true)).unwrap().quarantined, [(id(0), Reason::TooLarge)]);
    assert_eq!(courier.next_wake(NOW, true), None);
    assert_eq!(run(courier.round(NOW, 0, true)).unwrap().received.len(), 0);
    run(courier.retry(&id(0))).unwrap();
    assert_eq!(run(courier.round(NOW, 0, true)).unwrap().received.len(), 1);
}

#[test]
fn the_step_is_on_record_before_the_request_and_the_note_before_the_removal() {
    struct Watching(Rc<Device>, RefCell<Vec<String>>);
    impl Carrier for Watching {
        fn carry<'a>(&'a self, response: &'a Parcel, _: u32, _: u64) -> Soon<'a, Outcome> {
            for records in [&self.0.near, &self.0.far] {
                let send = records.borrow()[&format!("wm/1/send/{}", response.id())].clone();
                self.1.borrow_mut().push(send);
            }
            Box::pin(std::future::ready(received(response)))
        }
    }
    let device = Device::new();
    let keeper = Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [200; 16])).unwrap());
    run(keeper.finish(&Draft::new(id(1), instrument()), &ours(), NOW)).unwrap().unwrap();
    let watching = Rc::new(Watching(Rc::clone(&device), RefCell::default()));
    run(courier(&keeper, Rc::clone(&watching) as Rc<dyn Carrier>).round(NOW, 0, true)).unwrap();
    let seen = watching.1.borrow();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|record| record.contains("in-flight")), "{seen:?}");
    // At every moment there was the response or the note of its receipt.
    let key = |kind: &str| format!("wm/1/{kind}/{}", id(1));
    let history = device.history.borrow();
    let from = history.iter().position(|records| records.contains_key(&key("final"))).unwrap();
    for records in &history[from..] {
        assert!(records.contains_key(&key("final")) || records.contains_key(&key("gone")));
    }
    assert!(!history.last().unwrap().contains_key(&key("final")));
    let note = &history.last().unwrap()[&key("gone")];
    assert!(!note.contains("valueInteger") && !note.contains("a.example/q"), "a note has no content: {note}");
}

#[test]
fn a_receipt_for_other_bytes_removes_nothing() {
    let keeper = outbox(1..2);
    let other = response(&id(1), &[("a".to_owned(), 2)]);
    let Outcome::Received(wrong) = received(&other) else { panic!() };
    assert_eq!(run(keeper.receive(&wrong, NOW)).unwrap(), Err(NotOurs::OtherBytes));
    let courier = courier(&keeper, Told::outcomes(vec![Outcome::Received(wrong)]));
    let report = run(courier.round(NOW, 0, true)).unwrap();
    assert!(report.received.is_empty());
    assert!(keeper.parcel(&id(1)).is_some());
    let Outcome::Received(unknown) = received(&response(&id(9), &[])) else { panic!() };
    assert_eq!(run(keeper.receive(&unknown, NOW)).unwrap(), Err(NotOurs::Unknown));
}

#[test]
fn what_the_patient_deletes_is_gone_from_both_stores_and_does_not_come_back() {
    let device = Device::new();
    let open =
        |tab: u8| Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [tab; 16])).unwrap());
    let keeper = open(1);
    run(keeper.finish(&Draft::new(id(1), instrument()), &ours(), NOW)).unwrap().unwrap();
    let before = device.near.borrow().clone();
    assert!(run(keeper.withdraw(&Withdrawal { id: id(1) }, NOW)).unwrap().is_ok());
    let key = format!("wm/1/final/{}", id(1));
    assert!(!device.near.borrow().contains_key(&key) && !device.far.borrow().contains_key(&key));
    // An old copy of local storage comes back: the note in the other store wins.
    *device.near.borrow_mut() = before;
    let again = open(2);
    assert!(again.waiting().is_empty());
    assert!(!device.near.borrow().contains_key(&key));
    assert_eq!(again.gone()[0].1.fate, Fate::Withdrawn);
}

#[test]
fn what_the_patient_deletes_goes_even_when_there_is_no_room_for_a_note_of_it() {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    run(keeper.finish(&Draft::new(id(1), instrument()), &ours(), NOW)).unwrap().unwrap();
    device.trouble.set(Trouble::NoRoom);
    assert_eq!(run(keeper.withdraw(&Withdrawal { id: id(1) }, NOW)).unwrap(), Ok(Kept::Both));
    assert!(keeper.waiting().is_empty());
    for records in [&device.near, &device.far] {
        assert!(!records.borrow().contains_key(&format!("wm/1/final/{}", id(1))));
    }
}

#[test]
fn finishing_fits_in_the_room_that_was_reserved_when_local_storage_has_filled_up() {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    let pad = device.near.borrow()["wm/1/pad"].len();
    assert!(pad >= 64 * 1024);
    let draft = Draft::new(id(1), instrument());
    run(keeper.save(&draft, NOW)).unwrap().unwrap();
    device.room.set(Some(device.near_size()));
    assert_eq!(
        run(keeper.save(&Draft::new(id(2), instrument()), NOW)).unwrap(),
        Ok(Kept::IndexedOnly(Fault::Full))
    );
    assert_eq!(run(keeper.finish(&draft, &ours(), NOW)).unwrap(), Ok(Kept::Both));
    assert!(!device.near.borrow().contains_key("wm/1/pad"));
}

#[test]
fn drafts_expire_on_the_day_that_was_said_and_finished_responses_never() {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    let day = 86_400_000;
    let draft = Draft::new(id(1), instrument());
    run(keeper.save(&draft, NOW)).unwrap().unwrap();
    run(keeper.finish(&Draft::new(id(2), instrument()), &response(&id(2), &[]), NOW)).unwrap().unwrap();
    let said = keeper.drafts(None)[0].expires_at(7);
    assert_eq!(said, NOW + 7 * day);
    for early in [said - 1, NOW - 10 * 365 * day, NOW + 10 * 365 * day] {
        assert!(run(keeper.expire(early, 7)).unwrap().is_empty(), "{early}");
    }
    assert_eq!(run(keeper.expire(said, 7)).unwrap(), [id(1)]);
    assert!(keeper.drafts(None).is_empty());
    assert_eq!(keeper.waiting().len(), 1);
    assert_eq!(run(keeper.save(&draft, said)).unwrap(), Err(what_matters::store::journal::Closed::Gone));
}

#[test]
fn old_copies_that_add_nothing_are_tidied_away_and_the_others_stay() {
    use what_matters::domain::answer::{Held, Place, Skip};
    use what_matters::domain::ids::LinkId;
    let device = Device::new();
    let day = 86_400_000;
    let at = |name: &str| Place { link_id: LinkId::new(name), within: vec![] };
    let mut draft = Draft::new(id(1), instrument());
    for visit in 1..6_u8 {
        let keeper = run(Keeper::over(device.near_store(), device.far_store(), [visit; 16])).unwrap();
        draft.set(at(&format!("q{visit}")), Held::Skipped(Skip::PassedOver), keeper.writer());
        run(keeper.save(&draft, NOW + u64::from(visit))).unwrap().unwrap();
    }
    // A copy with something of its own.
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [9; 16])).unwrap();
    let mut apart = Draft::new(id(1), instrument());
    apart.set(at("apart"), Held::Skipped(Skip::RatherTalk), keeper.writer());
    run(keeper.save(&apart, NOW)).unwrap().unwrap();
    let before = keeper.drafts(None)[0].draft.clone();
    let copies = || device.near.borrow().keys().filter(|key| key.starts_with("wm/1/draft/")).count();
    assert_eq!(copies(), 6);
    run(keeper.expire(NOW + 60_000, 7)).unwrap();
    assert_eq!(copies(), 6, "a page may still be writing");
    run(keeper.expire(NOW + 2 * day, 7)).unwrap();
    assert_eq!(copies(), 2);
    assert_eq!(keeper.drafts(None)[0].draft, before);
}

#[test]
fn a_thousand_devices_that_lost_a_service_together_do_not_come_back_together() {
    let mut dice = Dice::new(3);
    // Each has failed six times: up to 128 seconds.
    let mut seconds = vec![0_u32; 128];
    for _ in 0..1_000 {
        let wait = round::backoff(6, false, dice.roll());
        seconds[(wait / 1_000) as usize] += 1;
    }
    let most = *seconds.iter().max().unwrap();
    let mean = 1_000.0 / 128.0;
    assert!(f64::from(most) <= 3.0 * mean, "{most} in one second, {mean} on average");
    // And the entries of one device draw apart.
    let draws: std::collections::BTreeSet<u32> = (0..50).map(|n| round::draw(7, &id(n), 1)).collect();
    assert_eq!(draws.len(), 50);
}

#[test]
fn waits_double_up_to_a_quarter_of_an_hour() {
    for (attempts, most) in [(0, 2_000), (1, 4_000), (2, 8_000), (8, 512_000), (9, 900_000), (60, 900_000)] {
        assert_eq!(round::backoff(attempts, false, u32::MAX), most - 1, "{attempts}");
        assert_eq!(round::backoff(attempts, false, 0), 0);
    }
    assert_eq!(round::backoff(u32::MAX, true, u32::MAX), round::LONGEST_SELDOM - 1);
}

#[test]
fn a_browser_that_says_it_is_offline_is_believed_for_a_while_and_then_not() {
    let keeper = outbox(0..1);
    let courier = courier(&keeper, Told::outcomes(vec![]));
    assert!(run(courier.round(NOW, 0, false)).unwrap().received.is_empty());
    assert_eq!(courier.next_wake(NOW, false), Some(NOW + round::LONGEST));
    assert_eq!(run(courier.round(NOW + round::LONGEST, 0, false)).unwrap().received.len(), 1);
}

#[test]
fn hurry_brings_forward_our_own_waits_but_not_what_the_service_asked_for() {
    for (after, hurried) in [(None, 1), (Some(600_000), 0)] {
        let keeper = outbox(0..1);
        let later = Outcome::Later(Later { after, ..Later::default() });
        let courier = courier(&keeper, Told::outcomes(vec![later]));
        run(courier.round(NOW, u32::MAX, true)).unwrap();
        assert!(run(courier.round(NOW + 1, 0, true)).unwrap().received.is_empty());
        courier.hurry();
        assert_eq!(run(courier.round(NOW + 1, 0, true)).unwrap().received.len(), hurried, "{after:?}");
    }
}

#[test]
fn a_clock_that_is_put_back_by_ten_years_does_not_stop_sending() {
    let ten_years = 10 * 365 * 86_400_000;
    for outcomes in [vec![silent(), silent()], vec![Outcome::Paused(Pause::Closed(403))]] {
        let keeper = outbox(0..2);
        let courier = courier(&keeper, Told::outcomes(outcomes));
        run(courier.round(NOW, u32::MAX, true)).unwrap();
        assert_eq!(run(courier.round(NOW - ten_years, 0, true)).unwrap().received.len(), 2);
    }
}

#[test]
fn a_page_that_died_while_sending_is_followed_up_by_the_next() {
    let device = Device::new();
    let open =
        |tab: u8| Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [tab; 16])).unwrap());
    let keeper = open(1);
    run(keeper.finish(&Draft::new(id(1), instrument()), &ours(), NOW)).unwrap().unwrap();
    run(keeper.mark(&id(1), round::begin(Sending::NEW, NOW))).unwrap();
    let next = open(2);
    let carrier = Told::outcomes(vec![]);
    run(courier(&next, Rc::clone(&carrier) as Rc<dyn Carrier>).round(NOW + 1, 0, true)).unwrap();
    assert_eq!(*carrier.1.borrow(), [(id(1), 2)], "as a second attempt: the first may have arrived");
}

#[test]
fn while_one_round_is_under_way_another_does_nothing_and_is_not_wanted_at_once() {
    struct Slow;
    impl Carrier for Slow {
        fn carry<'a>(&'a self, _: &'a Parcel, _: u32, _: u64) -> Soon<'a, Outcome> {
            Box::pin(std::future::pending())
        }
    }
    let keeper = outbox(0..3);
    let courier = courier(&keeper, Rc::new(Slow));
    let mut under_way = std::pin::pin!(courier.round(NOW, 0, true));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(under_way.as_mut().poll(&mut context).is_pending());
    assert!(run(courier.round(NOW, 0, true)).unwrap().elsewhere);
    assert!(courier.next_wake(NOW, true).unwrap() >= NOW + 10_000);
}

#[test]
fn a_stamp_keeps_other_tabs_out_until_it_is_given_back_or_has_run_out() {
    let slots: Rc<dyn Slots> = Rc::new(Memory::default());
    let [one, other] = ["one", "other"].map(|writer| Stamp::new(Rc::clone(&slots), writer));
    let held = run(one.take(NOW)).unwrap();
    assert!(held.is_some());
    assert!(run(other.take(NOW + 1)).unwrap().is_none());
    assert!(run(other.take(NOW + 149_999)).unwrap().is_none());
    assert!(run(other.take(NOW - 10_000_000)).unwrap().is_some(), "the stamp is from the future");
    assert!(run(one.take(NOW)).unwrap().is_some());
    let held_by_one = run(one.take(NOW)).unwrap();
    drop(held_by_one);
    assert!(run(other.take(NOW + 1)).unwrap().is_some(), "given back");
    std::mem::forget(run(one.take(NOW)).unwrap());
    assert!(run(other.take(NOW + 150_000)).unwrap().is_some(), "run out");
    slots.put("wm/1/lease", "rubbish").unwrap();
    assert!(run(one.take(NOW)).unwrap().is_some());
    let broken = Stamp::new(Rc::new(Unusable(Fault::Refused)), "one");
    assert!(run(broken.take(NOW)).unwrap().is_some(), "without a store there is no other tab to see");
}

#[test]
fn every_store_keeps_the_contract_of_slots() {
    slots_contract(&Memory::default());
    let device = Device::new();
    slots_contract(&*device.near_store());
}

fn slots_contract(slots: &dyn Slots) {
    assert_eq!(slots.get("wm/1/a"), Ok(None));
    for value in ["", "x", "two\nlines", "🙂 \u{0}"] {
        slots.put("wm/1/a", value).unwrap();
        assert_eq!(slots.get("wm/1/a").unwrap().as_deref(), Some(value));
    }
    slots.put("wm/1/b/c", "1").unwrap();
    let mut keys = slots.keys("wm/1/").unwrap();
    keys.sort();
    assert_eq!(keys, ["wm/1/a", "wm/1/b/c"]);
    assert_eq!(slots.keys("wm/1/b/").unwrap(), ["wm/1/b/c"]);
    slots.remove("wm/1/a").unwrap();
    slots.remove("wm/1/a").unwrap();
    assert_eq!(slots.get("wm/1/a"), Ok(None));
}

#[test]
fn random_services_never_make_a_response_vanish_or_double() {
    let sequences = if std::env::var_os("WM_TORTURE").is_some() { 100_000 } else { 10_000 };
    let mut dice = Dice::new(11);
    for sequence in 0..sequences {
        let keeper = outbox(0..3);
        let server = Server::new(None);
        server.own_ids.set(dice.below(4) == 0);
        let length = dice.below(12);
        let moods = (0..length).map(|_| device::EVERY_MOOD[dice.below(device::EVERY_MOOD.len())]);
        server.moods.borrow_mut().extend(moods);
        let case = format!("sequence {sequence}: {:?}", server.moods.borrow());
        let push = Rc::new(FhirPush::new(BASE, None, Rc::clone(&server) as Rc<dyn Http>));
        let courier = courier(&keeper, push);
        let mut now = NOW;
        let mut received = 0;
        while let Some(wake) = courier.next_wake(now, true) {
            now = wake.max(now);
            let report = run(courier.round(now, dice.roll(), true)).unwrap();
            received += report.received.len();
            assert!(report.quarantined.is_empty(), "{case}: {report:?}");
            // Whatever is not on the device any more is at the service.
            assert!(keeper.waiting().len() + received == 3, "{case}");
            assert!(server.resources.borrow().len() >= received, "{case}");
        }
        let resources = server.resources.borrow();
        assert_eq!((received, resources.len()), (3, 3), "{case}");
        let names: std::collections::BTreeSet<_> =
            resources.values().map(|resource| resource["identifier"]["value"].to_string()).collect();
        assert_eq!(names.len(), 3, "{case}");
    }
}
