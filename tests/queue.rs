//! The queue of what waits, against services that behave oddly over time: a sign-in that runs out in the middle,
//! answers in any order, a crowd of devices that come back together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::outbox::{NOW, id, outbox};
use device::{BASE, Dice, Mood, Server, run};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use what_matters::collect::carrier::{Carrier, Later, Outcome, Pause};
use what_matters::collect::courier::Courier;
use what_matters::collect::fhir_push::FhirPush;
use what_matters::collect::http::{Http, Reply, Request, Silence};
use what_matters::collect::lease::Alone;
use what_matters::collect::round;
use what_matters::domain::ids::ResponseId;
use what_matters::domain::parcel::Parcel;
use what_matters::store::keeper::Keeper;
use what_matters::store::outbox::{Reason, Sending, State};
use what_matters::store::slots::Soon;

fn courier(keeper: &Rc<Keeper>, http: Rc<dyn Http>) -> Courier {
    Courier::new(Rc::clone(keeper), Rc::new(FhirPush::new(BASE, None, http)), Rc::new(Alone))
}

/// A service whose token runs out after so many requests, and is good again when renewed.
struct Gate {
    server: Rc<Server>,
    left: Cell<usize>,
    asked: Cell<usize>,
}

impl Http for Gate {
    fn send(&self, request: Request) -> Soon<'_, Result<Reply, Silence>> {
        self.asked.set(self.asked.get() + 1);
        match self.left.get().checked_sub(1) {
            Some(left) => {
                self.left.set(left);
                self.server.send(request)
            }
            None => {
                let reply = Reply { status: 401, retry_after: None, body: String::new() };
                Box::pin(std::future::ready(Ok(reply)))
            }
        }
    }
}

#[test]
fn a_sign_in_that_runs_out_at_any_request_pauses_the_queue_and_loses_nothing() {
    for good in 0..6 {
        let keeper = outbox(0..5);
        let server = Server::new(None);
        let gate = Rc::new(Gate { server: Rc::clone(&server), left: Cell::new(good), asked: Cell::new(0) });
        let courier = courier(&keeper, Rc::clone(&gate) as Rc<dyn Http>);
        let report = run(courier.round(NOW + 10_000, 0, true)).unwrap();
        let sent = good.min(5);
        assert_eq!(report.received.len(), sent, "{good} good requests");
        assert_eq!(report.paused, (sent < 5).then_some(Pause::SignIn));
        assert_eq!(keeper.waiting().len(), 5 - sent);
        // It is not tried on and on, however often somebody looks, and counts as no attempt.
        let asked = gate.asked.get();
        for later in 1..50 {
            run(courier.round(NOW + later * round::CLOSED, 0, true)).unwrap();
        }
        assert_eq!(gate.asked.get(), asked, "{good} good requests");
        assert!(keeper.waiting().iter().all(|entry| entry.sending == Sending::NEW));
        // Refused again when somebody has it tried without a new token; then there is one.
        courier.resume();
        run(courier.round(NOW + 10_000, 0, true)).unwrap();
        gate.left.set(usize::MAX);
        courier.resume();
        run(courier.round(NOW + 10_000, 0, true)).unwrap();
        assert!(keeper.waiting().is_empty(), "{good} good requests");
        assert_eq!(server.resources.borrow().len(), 5);
    }
}

/// Says of each response what it was told to, and notes the order.
struct ByResponse(BTreeMap<ResponseId, Outcome>, RefCell<Vec<ResponseId>>);

impl Carrier for ByResponse {
    fn carry<'a>(&'a self, parcel: &'a Parcel, _: u32, _: u64) -> Soon<'a, Outcome> {
        self.1.borrow_mut().push(parcel.id().clone());
        Box::pin(std::future::ready(self.0[parcel.id()].clone()))
    }
}

#[test]
fn what_becomes_of_one_response_says_nothing_of_the_others_in_whatever_order_they_go() {
    let mut dice = Dice::new(4);
    for round in 0..500 {
        let keeper = outbox(0..9);
        let mut expected = BTreeMap::new();
        let mut outcomes = BTreeMap::new();
        for number in 0..9 {
            let parcel = keeper.parcel(&id(number)).unwrap();
            let received = what_matters::domain::receipt::Receipt {
                id: parcel.id().clone(),
                hash: parcel.hash().clone(),
                collector: BASE.into(),
                version: None,
            };
            let (outcome, state) = match dice.below(4) {
                0 => (Outcome::Received(received), None),
                1 => {
                    (Outcome::Refused(Reason::Rejected(422)), Some(State::Quarantined(Reason::Rejected(422))))
                }
                2 => (Outcome::Refused(Reason::TooLarge), Some(State::Quarantined(Reason::TooLarge))),
                _ => (Outcome::Later(Later { busy: true, ..Later::default() }), Some(State::Waiting)),
            };
            outcomes.insert(id(number), outcome);
            expected.insert(id(number), state);
        }
        let carrier = Rc::new(ByResponse(outcomes, RefCell::default()));
        let courier =
            Courier::new(Rc::clone(&keeper), Rc::clone(&carrier) as Rc<dyn Carrier>, Rc::new(Alone));
        run(courier.round(NOW + 10_000, dice.roll(), true)).unwrap();
        assert_eq!(carrier.1.borrow().len(), 9, "round {round}: each has its turn");
        let left = keeper.waiting();
        for (id, state) in expected {
            let now = left.iter().find(|entry| entry.id == id).map(|entry| entry.sending.state);
            assert_eq!(now, state, "round {round}, {id}");
        }
    }
}

#[test]
fn a_poisonous_response_at_any_place_among_fifty_is_set_aside_and_the_others_arrive() {
    for (poison, mood) in [(0, 400), (17, 409), (33, 412), (49, 413), (25, 415), (8, 422)] {
        let keeper = outbox(0..50);
        let server = Server::new(None);
        server.poison.borrow_mut().insert(id(poison).to_string(), Mood::Status(mood));
        let courier = courier(&keeper, Rc::clone(&server) as Rc<dyn Http>);
        let report = run(courier.round(NOW + 60_000, 0, true)).unwrap();
        assert_eq!(report.received.len(), 49, "{mood} at {poison}");
        let [left] = keeper.waiting().try_into().unwrap();
        assert_eq!(left.id, id(poison));
        // A conflict that is none (nothing is there) is looked into again; the rest wait for a person.
        let set_aside = matches!(left.sending.state, State::Quarantined(_));
        assert_eq!(set_aside, !matches!(mood, 409 | 412), "{mood}: {left:?}");
        assert!(keeper.parcel(&id(poison)).is_some(), "it can still be shown");
    }
}

/// The most requests in one second among a thousand devices, and the mean over the time in which they came,
/// after a service was away for so many minutes.
fn crowd(away: u64, seed: u64) -> (u32, f64) {
    let mut dice = Dice::new(seed);
    let back = NOW + away * 60_000;
    let mut seconds: BTreeMap<u64, u32> = BTreeMap::new();
    for _ in 0..1_000 {
        // Each lost the service within the same second, and goes on trying until it is back.
        let mut now = NOW + u64::from(dice.roll() % 1_000);
        let mut sending = Sending::NEW;
        let silence = Outcome::Later(Later { silent: true, ..Later::default() });
        while now < back {
            sending = round::settle(sending, &silence, now, dice.roll()).unwrap();
            now = sending.due.max(now + 1);
        }
        *seconds.entry((now - back) / 1_000).or_default() += 1;
    }
    // Over the time in which the first half of them came: the long tail would flatter the mean.
    let (mut came, mut over) = (0, 1);
    for (second, count) in &seconds {
        if came >= 500 {
            break;
        }
        came += count;
        over = second + 1;
    }
    (*seconds.values().max().unwrap(), f64::from(came) / over as f64)
}

#[test]
fn a_thousand_devices_that_find_the_service_back_come_at_three_times_the_mean_or_less() {
    for away in [10, 30, 60, 240] {
        for seed in 1..=5 {
            let (most, mean) = crowd(away, seed);
            // With few a second chance alone makes a busy one; then ten is the bound.
            let bound = (3.0 * mean).max(10.0);
            assert!(
                f64::from(most) <= bound,
                "{away} minutes, seed {seed}: {most} in a second, mean {mean:.1}"
            );
        }
    }
}
