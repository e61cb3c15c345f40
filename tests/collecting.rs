//! Pull: what a collector can and cannot do, over every short run of what may happen and over messages made
//! to do harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::{Device, Dice, instrument, response, run};
use serde_json::{Value, json};
use std::rc::Rc;
use what_matters::collect::handshake::{Arrival, Handshake, LARGEST};
use what_matters::collect::message::Asked;
use what_matters::collect::pull::{Heard, Leases, PACE, PATIENCE, Pull, Waits};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::ResponseId;
use what_matters::domain::parcel::Parcel;
use what_matters::domain::receipt::Withdrawal;
use what_matters::store::keeper::Keeper;
use what_matters::store::outbox::Fate;

const NOW: u64 = 1_790_000_000_000;
const WRONG: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn id(number: u8) -> ResponseId {
    ResponseId::from_random([number; 16])
}

fn ours() -> Parcel {
    response(&id(1), &[("a".to_owned(), 777)])
}

/// A device with finished responses, and its keeper.
fn with(responses: &[Parcel]) -> Rc<Keeper> {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [9; 16])).unwrap();
    for response in responses {
        let draft = Draft::new(response.id().clone(), instrument());
        run(keeper.finish(&draft, response, NOW)).unwrap().unwrap();
    }
    Rc::new(keeper)
}

fn channel(keeper: &Rc<Keeper>, leases: &Rc<Leases>, name: &str) -> Pull {
    Pull::new(Rc::clone(keeper), Rc::clone(leases), name)
}

/// One message and its reply; a question to the person is answered with yes.
fn ask(pull: &Pull, message: &Value, now: u64) -> Value {
    match run(pull.hear(&message.to_string(), now)).unwrap() {
        Heard::Say(reply) => serde_json::from_str(&reply).unwrap(),
        Heard::AskPerson(waits) => serde_json::from_str(&pull.decided(waits, true, now)).unwrap(),
        other => panic!("{other:?} to {message}"),
    }
}

fn list() -> Value {
    json!({"n": 1, "type": "LIST"})
}
fn lease(id: &ResponseId, seconds: u64) -> Value {
    json!({"n": 2, "type": "LEASE", "ids": [id.as_str()], "seconds": seconds})
}
fn get(lease: u64, id: &ResponseId) -> Value {
    json!({"n": 3, "type": "GET", "lease": lease, "id": id.as_str()})
}
fn ack(lease: u64, id: &ResponseId, hash: &str, receipt: &str) -> Value {
    json!({"n": 4, "type": "ACK", "lease": lease, "id": id.as_str(), "sha256": hash, "receipt": receipt})
}

#[test]
fn a_collector_lists_leases_gets_and_acknowledges_and_then_it_is_gone_from_here() {
    let (keeper, leases) = (with(&[ours()]), Rc::default());
    let desk = channel(&keeper, &leases, "https://desk.example");
    let listed = ask(&desk, &list(), NOW);
    assert_eq!(
        listed["items"],
        json!([{"id": id(1).as_str(), "sha256": ours().hash().as_str(), "questionnaire": instrument().to_string(),
                "size": ours().bytes().len(), "sealed": false}])
    );
    assert!(!listed.to_string().contains("777"), "a list holds no answer");
    let leased = ask(&desk, &lease(&id(1), 60), NOW);
    assert_eq!((leased["type"].as_str(), &leased["ids"]), (Some("LEASED"), &json!([id(1).as_str()])));
    let number = leased["lease"].as_u64().unwrap();
    let here = ask(&desk, &get(number, &id(1)), NOW);
    assert_eq!(here["body"].as_str(), Some(ours().bytes()), "the very bytes");
    let done = ask(&desk, &ack(number, &id(1), ours().hash().as_str(), "R-1"), NOW);
    assert_eq!((done["type"].as_str(), done["n"].as_u64()), (Some("DONE"), Some(4)));
    assert!(keeper.parcel(&id(1)).is_none());
    let again = ask(&desk, &ack(number, &id(1), ours().hash().as_str(), "R-2"), NOW);
    assert_eq!((again["type"].as_str(), again["receipt"].as_str()), (Some("ALREADY"), Some("R-1")));
    let gone = keeper.gone();
    let fate = &gone.first().unwrap().1.fate;
    assert!(matches!(fate, Fate::Received { collector, .. } if &**collector == "https://desk.example"));
}

#[test]
fn a_lease_that_runs_out_gives_the_response_back() {
    let (keeper, leases) = (with(&[ours()]), Rc::default());
    let (first, second) =
        (channel(&keeper, &leases, "https://a.example"), channel(&keeper, &leases, "https://b.example"));
    let held = ask(&first, &lease(&id(1), 120), NOW)["lease"].as_u64().unwrap();
    ask(&first, &get(held, &id(1)), NOW);
    assert_eq!(ask(&second, &lease(&id(1), 120), NOW + 119_999)["ids"], json!([]));
    let late = NOW + 120_000;
    let reply = ask(&first, &ack(held, &id(1), ours().hash().as_str(), "R"), late);
    assert_eq!(reply["type"].as_str(), Some("NO_LEASE"));
    assert!(keeper.parcel(&id(1)).is_some());
    assert_eq!(ask(&second, &lease(&id(1), 1), late)["ids"], json!([id(1).as_str()]));
    // A clock that was put back does not make a lease last longer.
    let long_ago = NOW - 10 * 365 * 86_400_000;
    assert_eq!(ask(&first, &lease(&id(1), 1), long_ago)["ids"], json!([id(1).as_str()]));
}

#[test]
fn knowing_the_hash_is_not_having_it() {
    let (keeper, leases) = (with(&[ours()]), Rc::default());
    let desk = channel(&keeper, &leases, "https://desk.example");
    let hash = ask(&desk, &list(), NOW)["items"][0]["sha256"].as_str().unwrap().to_owned();
    let held = ask(&desk, &lease(&id(1), 60), NOW)["lease"].as_u64().unwrap();
    let reply = ask(&desk, &ack(held, &id(1), &hash, "R"), NOW);
    assert_eq!(reply["type"].as_str(), Some("NOT_COLLECTED"));
    assert!(keeper.parcel(&id(1)).is_some());
}

#[test]
fn a_readable_response_is_given_out_only_when_the_person_agrees() {
    let (keeper, leases) = (with(&[ours()]), Rc::default());
    let desk = channel(&keeper, &leases, "https://desk.example");
    let held = ask(&desk, &lease(&id(1), 60), NOW)["lease"].as_u64().unwrap();
    let waits = |now| match run(desk.hear(&get(held, &id(1)).to_string(), now)).unwrap() {
        Heard::AskPerson(waits) => waits,
        other => panic!("{other:?}"),
    };
    let no = desk.decided(waits(NOW), false, NOW);
    assert!(no.contains("REFUSED") && !no.contains("777"), "{no}");
    // Saying yes when the lease has run out gives nothing either; then it need not be said again.
    let late = desk.decided(waits(NOW), true, NOW + 60_000);
    assert!(late.contains("NO_LEASE") && !late.contains("777"), "{late}");
    let held = ask(&desk, &lease(&id(1), 60), NOW + 60_000)["lease"].as_u64().unwrap();
    let given = run(desk.hear(&get(held, &id(1)).to_string(), NOW + 60_000)).unwrap();
    assert!(matches!(given, Heard::Say(reply) if reply.contains("777")));
}

#[test]
fn a_sealed_response_is_given_out_without_asking_since_only_the_service_can_read_it() {
    let (keeper, leases) = (with(&[]), Rc::default());
    let sealed = Parcel::kept(id(1), instrument(), "a.b.c.d.e".to_owned(), Some("key"));
    run(keeper.finish(&Draft::new(id(1), instrument()), &sealed, NOW)).unwrap().unwrap();
    let desk = channel(&keeper, &leases, "https://desk.example");
    assert_eq!(ask(&desk, &list(), NOW)["items"][0]["sealed"], json!(true));
    let held = ask(&desk, &lease(&id(1), 60), NOW)["lease"].as_u64().unwrap();
    let Some(Heard::Say(given)) = run(desk.hear(&get(held, &id(1)).to_string(), NOW)) else { panic!() };
    assert!(given.contains("a.b.c.d.e") && given.contains("application/jose"), "{given}");
    let done = ask(&desk, &ack(held, &id(1), sealed.hash().as_str(), "R"), NOW);
    assert_eq!(done["type"].as_str(), Some("DONE"));
}

#[test]
fn where_answers_have_to_be_sealed_nothing_readable_is_listed_or_given_out() {
    let (keeper, leases) = (with(&[ours()]), Rc::default());
    let desk = channel(&keeper, &leases, "https://desk.example").sealed_only();
    assert_eq!(ask(&desk, &list(), NOW)["items"], json!([]));
    let leased = ask(&desk, &lease(&id(1), 60), NOW);
    assert_eq!(leased["ids"], json!([]));
    let reply = ask(&desk, &get(leased["lease"].as_u64().unwrap(), &id(1)), NOW);
    assert_eq!(reply["type"].as_str(), Some("GONE"));
    assert!(keeper.parcel(&id(1)).is_some());
}

/// One thing that may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Lease(usize),
    Get(usize),
    GetRefused(usize),
    Ack(usize),
    AckWrongHash(usize),
    AckOthersLease(usize),
    TimePasses,
    Withdrawn,
}

const EVERY: [Event; 14] = [
    Event::Lease(0),
    Event::Lease(1),
    Event::Get(0),
    Event::Get(1),
    Event::GetRefused(0),
    Event::GetRefused(1),
    Event::Ack(0),
    Event::Ack(1),
    Event::AckWrongHash(0),
    Event::AckWrongHash(1),
    Event::AckOthersLease(0),
    Event::AckOthersLease(1),
    Event::TimePasses,
    Event::Withdrawn,
];

/// What ought to be so, written a second time and more simply.
#[derive(Default)]
struct Model {
    holder: Option<usize>,
    given: [bool; 2],
    agreed: [bool; 2],
    first_receipt: Option<usize>,
    withdrawn: bool,
}

fn play(events: &[Event]) {
    let (keeper, leases) = (with(&[ours()]), Rc::<Leases>::default());
    let pulls =
        [channel(&keeper, &leases, "https://a.example"), channel(&keeper, &leases, "https://b.example")];
    let (mut model, mut now, mut numbers) = (Model::default(), NOW, [0, 0]);
    let hash = ours().hash().as_str().to_owned();
    for event in events {
        let here = model.first_receipt.is_none() && !model.withdrawn;
        let absent = if model.withdrawn { "GONE" } else { "ALREADY" };
        let say = |who: usize, message: &Value| ask(&pulls[who], message, now);
        match *event {
            Event::Lease(who) => {
                let reply = say(who, &lease(&id(1), 60));
                let got = reply["ids"] != json!([]);
                assert_eq!(got, here && model.holder.is_none(), "{events:?}");
                // Asked again while the old number holds it: the new one holds nothing.
                if got || model.holder != Some(who) {
                    numbers[who] = reply["lease"].as_u64().unwrap();
                }
                if got {
                    model.holder = Some(who);
                }
            }
            Event::Get(who) => {
                let reply = say(who, &get(numbers[who], &id(1)));
                let expected = match (here, model.holder == Some(who)) {
                    (false, _) => absent,
                    (true, false) => "NO_LEASE",
                    (true, true) => "HERE",
                };
                assert_eq!(reply["type"].as_str(), Some(expected), "{events:?}");
                model.given[who] |= expected == "HERE";
                model.agreed[who] |= expected == "HERE";
            }
            Event::GetRefused(who) => match run(pulls[who].hear(&get(numbers[who], &id(1)).to_string(), now))
                .unwrap()
            {
                Heard::AskPerson(waits) => {
                    assert!(here && model.holder == Some(who) && !model.agreed[who], "{events:?}");
                    let reply = pulls[who].decided(waits, false, now);
                    assert!(reply.contains("REFUSED") && !reply.contains("777"), "{events:?}");
                }
                Heard::Say(reply) => {
                    let given = reply.contains("777");
                    assert_eq!(given, here && model.holder == Some(who) && model.agreed[who], "{events:?}");
                }
                other => panic!("{other:?} in {events:?}"),
            },
            Event::Ack(who) => {
                let reply = say(who, &ack(numbers[who], &id(1), &hash, &format!("R{who}")));
                let expected = match (here, model.holder == Some(who), model.given[who]) {
                    (false, ..) => absent,
                    (true, false, _) => "NO_LEASE",
                    (true, true, false) => "NOT_COLLECTED",
                    (true, true, true) => "DONE",
                };
                assert_eq!(reply["type"].as_str(), Some(expected), "{events:?}");
                if expected == "DONE" {
                    model.first_receipt = Some(who);
                    model.holder = None;
                }
                if expected == "ALREADY" {
                    let first = format!("R{}", model.first_receipt.unwrap());
                    assert_eq!(reply["receipt"].as_str(), Some(first.as_str()), "{events:?}");
                }
            }
            Event::AckWrongHash(who) => {
                let reply = say(who, &ack(numbers[who], &id(1), WRONG, "R"));
                assert_eq!(
                    reply["type"].as_str(),
                    Some(if here { "HASH_MISMATCH" } else { absent }),
                    "{events:?}"
                );
            }
            Event::AckOthersLease(who) => {
                let other = numbers[1 - who];
                let reply = say(who, &ack(other, &id(1), &hash, "R"));
                assert_eq!(
                    reply["type"].as_str(),
                    Some(if here { "NO_LEASE" } else { absent }),
                    "{events:?}"
                );
            }
            Event::TimePasses => {
                now += 60_000;
                model.holder = None;
            }
            Event::Withdrawn => {
                let done = run(keeper.withdraw(&Withdrawal { id: id(1) }, now)).unwrap();
                assert_eq!(done.is_ok(), here, "{events:?}");
                model.withdrawn |= here;
                if here {
                    model.holder = None;
                }
            }
        }
        let still = model.first_receipt.is_none() && !model.withdrawn;
        assert_eq!(
            keeper.parcel(&id(1)).is_some(),
            still,
            "removed without cause, or kept, after {events:?}"
        );
        assert_eq!(keeper.waiting().len(), usize::from(still), "{events:?}");
    }
}

#[test]
fn in_every_short_run_of_what_two_collectors_may_do_it_is_removed_once_and_rightly() {
    use Event::{Get, Lease};
    let mut played = 0;
    for start in [&[][..], &[Lease(0), Get(0)]] {
        for a in EVERY {
            for b in EVERY {
                for c in EVERY {
                    play(&[start, &[a, b, c]].concat());
                    played += 1;
                }
            }
        }
    }
    assert_eq!(played, 2 * 14 * 14 * 14);
}

#[test]
fn in_three_thousand_longer_runs_too() {
    let mut dice = Dice::new(5);
    for _ in 0..3_000 {
        let length = 4 + dice.below(8);
        play(&(0..length).map(|_| EVERY[dice.below(EVERY.len())]).collect::<Vec<_>>());
    }
}

/// A message that is not exactly right: a right one with something changed, or rubbish.
fn hostile(dice: &mut Dice) -> String {
    let right = [list(), lease(&id(1), 60), get(1, &id(1)), ack(1, &id(1), ours().hash().as_str(), "R")];
    let mut message = right[dice.below(4)].clone();
    let object = message.as_object_mut().unwrap();
    let rubbish = |dice: &mut Dice| match dice.below(12) {
        0 => json!(null),
        1 => json!(-1),
        2 => json!(1e300),
        3 => json!("\u{0}"),
        4 => json!([]),
        5 => json!({}),
        6 => json!(["LIST", id(1).as_str()]),
        7 => json!("x".repeat(70_000)),
        8 => json!(true),
        9 => json!("../../etc"),
        10 => json!({"toString": 1, "__proto__": {"type": "LIST"}}),
        _ => json!("<script>alert(1)</script>"),
    };
    let keys: Vec<String> = object.keys().cloned().collect();
    let key = keys[dice.below(keys.len())].clone();
    match dice.below(9) {
        0 => drop(object.remove(&key)),
        1 => drop(object.insert(format!("x{}", dice.below(9)), rubbish(dice))),
        2 | 3 => drop(object.insert(key, rubbish(dice))),
        4 => {
            let text = message.to_string();
            let mut end = dice.below(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            return text[..end].to_owned();
        }
        5 => {
            let mut bytes = message.to_string().into_bytes();
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(7);
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        6 => return "[".repeat(dice.below(60_000)),
        7 => {
            return (0..dice.below(200))
                .map(|_| char::from_u32(dice.roll() % 0x11_0000).unwrap_or('?'))
                .collect();
        }
        _ => return [&message.to_string(), " ".repeat(LARGEST).as_str()].concat(),
    }
    message.to_string()
}

#[test]
fn of_a_hundred_thousand_hostile_messages_none_gets_an_answer_out_or_a_response_removed() {
    let (keeper, leases) = (with(&[ours()]), Rc::<Leases>::default());
    let mut dice = Dice::new(11);
    let (mut desk, mut now, mut closed) = (channel(&keeper, &leases, "https://evil.example"), NOW, 0);
    let (mut waiting, mut understood): (Vec<Waits>, usize) = (Vec::new(), 0);
    let mut held = 0;
    for round in 0..100_000 {
        now += u64::from(dice.roll() % 120);
        // A few are exactly right, from one to whom the person never says yes.
        let message = match round % 30 {
            0 => lease(&id(1), 60).to_string(),
            1 => get(held, &id(1)).to_string(),
            2 => ack(held, &id(1), ours().hash().as_str(), "R").to_string(),
            _ => hostile(&mut dice),
        };
        understood += usize::from(round % 30 > 2 && Asked::read(&message).is_some());
        match run(desk.hear(&message, now)).unwrap() {
            Heard::Nothing => {}
            Heard::Say(reply) => {
                assert!(!reply.contains("valueInteger"), "{message} → {reply}");
                let reply: Value = serde_json::from_str(&reply).unwrap();
                held = reply["lease"].as_u64().unwrap_or(held);
            }
            Heard::AskPerson(waits) => waiting.push(waits),
            Heard::Close => {
                closed += 1;
                desk = channel(&keeper, &leases, "https://evil.example");
            }
        }
        assert!(keeper.parcel(&id(1)).is_some(), "{message}");
    }
    assert!(closed > 300, "{closed} channels were closed");
    // One flipped bit may leave another number or receipt: understood, and of no use.
    assert!(understood < 5_000, "{understood}");
    assert!(waiting.len() > 50, "the person was asked {} times", waiting.len());
    for waits in waiting {
        assert_eq!(waits.id, id(1));
    }
}

#[test]
fn of_a_hundred_thousand_greetings_from_strangers_none_is_taken() {
    let origins = ["https://desk.example".to_owned(), "https://b.example:8443".to_owned()];
    let nonces = ["7f".repeat(16), "3c".repeat(16)];
    let mut met = Handshake::new(&origins, nonces.clone());
    let mut dice = Dice::new(3);
    let strangers = [
        "null",
        "",
        "https://desk.example.evil.example",
        "https://evil.example",
        "http://desk.example",
        "https://desk.example:8443",
        "https://b.example",
        "https://desk.example/",
    ];
    let hello = |nonce: &str| json!({"type": "HELLO", "protocol": 1, "nonce": nonce}).to_string();
    for round in 0..100_000_u32 {
        let right = hello(&nonces[dice.below(2)]);
        let stranger = strangers[dice.below(strangers.len())];
        let guess: String = (0..32).map(|_| char::from_digit(dice.roll() % 16, 16).unwrap()).collect();
        let (guessed, hostile) = (hello(&guess), hostile(&mut dice));
        let arrival = match round % 5 {
            0 => Arrival { origin: stranger, from_parent: true, ports: 1, data: &right },
            1 => Arrival { origin: &origins[dice.below(2)], from_parent: false, ports: 1, data: &right },
            2 => Arrival {
                origin: &origins[dice.below(2)],
                from_parent: true,
                ports: 2 * (dice.roll() % 2),
                data: &right,
            },
            3 => Arrival { origin: &origins[dice.below(2)], from_parent: true, ports: 1, data: &guessed },
            _ => Arrival { origin: &origins[dice.below(2)], from_parent: true, ports: 1, data: &hostile },
        };
        assert!(!met.hear(arrival), "{arrival:?}");
    }
    for (origin, nonce) in origins.iter().zip(&nonces) {
        let right = hello(nonce);
        let arrival = Arrival { origin, from_parent: true, ports: 1, data: &right };
        assert!(met.hear(arrival), "the right one is still welcome");
        assert!(!met.hear(arrival), "and not twice");
    }
}

#[test]
fn more_than_twenty_messages_a_second_are_passed_over() {
    let (keeper, leases) = (with(&[]), Rc::default());
    let desk = channel(&keeper, &leases, "https://desk.example");
    let answered =
        |now| (0..50).filter(|_| run(desk.hear(&list().to_string(), now)).unwrap() != Heard::Nothing).count();
    assert_eq!(answered(NOW), PACE as usize);
    assert_eq!(answered(NOW + 1_000), PACE as usize);
    for second in 2..9 {
        answered(NOW + second * 1_000);
    }
    assert_eq!(run(desk.hear(&list().to_string(), NOW + 60_000)), Some(Heard::Close), "after {PATIENCE}");
}

#[test]
fn only_messages_with_nothing_missing_and_nothing_more_are_understood() {
    let hash = ours().hash().as_str().to_owned();
    for right in [list(), lease(&id(1), 1), lease(&id(1), 120), get(0, &id(1)), ack(7, &id(1), &hash, "")] {
        assert!(Asked::read(&right.to_string()).is_some(), "{right}");
        for key in right.as_object().unwrap().keys() {
            let mut less = right.clone();
            less.as_object_mut().unwrap().remove(key);
            assert_eq!(Asked::read(&less.to_string()), None, "{less}");
        }
        let mut more = right.clone();
        more["more"] = json!(1);
        assert_eq!(Asked::read(&more.to_string()), None, "{more}");
    }
    for wrong in [
        lease(&id(1), 0),
        lease(&id(1), 121),
        json!({"n": 1, "type": "LEASE", "seconds": 5, "ids": []}),
        json!({"n": 1, "type": "LEASE", "seconds": 5, "ids": vec![id(1).as_str().to_owned(); 101]}),
        json!({"n": 1, "type": "LEASE", "seconds": 5, "ids": ["../x"]}),
        json!({"n": -1, "type": "LIST"}),
        json!({"n": 1, "type": "DELETE"}),
        ack(1, &id(1), &hash.to_uppercase(), "R"),
        ack(1, &id(1), &hash, &"R".repeat(201)),
    ] {
        assert_eq!(Asked::read(&wrong.to_string()), None, "{wrong}");
    }
}
