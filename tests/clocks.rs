//! Clocks that jump: ten years either way, an hour twice a year, in the middle of whole journeys. What is sent,
//! what is kept and which change came later never depend on it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod device;

use device::{BASE, Device, Dice, EVERY_MOOD, Server, instrument, response, run};
use std::rc::Rc;
use what_matters::collect::courier::Courier;
use what_matters::collect::fhir_push::FhirPush;
use what_matters::collect::lease::Stamp;
use what_matters::collect::round;
use what_matters::domain::answer::{Answer, Held, Place};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::{LinkId, ResponseId};
use what_matters::store::journal::DAY;
use what_matters::store::keeper::Keeper;

const START: u64 = 1_790_000_000_000;
const HOUR: u64 = 3_600_000;
const TEN_YEARS: u64 = 3_652 * DAY;

fn id() -> ResponseId {
    ResponseId::from_random([7; 16])
}

fn place(number: usize) -> Place {
    Place { link_id: LinkId::new(&format!("q{number}")), within: vec![] }
}

/// A device's clock: it goes on, and sometimes jumps.
struct Clock {
    now: u64,
    jumps: u32,
}

impl Clock {
    fn look(&mut self, dice: &mut Dice) -> u64 {
        self.now += u64::from(dice.roll() % 5_000);
        match dice.below(12) {
            0 => self.now += TEN_YEARS,
            1 => self.now = self.now.saturating_sub(TEN_YEARS),
            2 => self.now += HOUR,
            3 => self.now = self.now.saturating_sub(HOUR),
            _ => return self.now,
        }
        self.jumps += 1;
        self.now
    }
}

#[test]
fn a_clock_that_jumps_at_every_step_loses_nothing_and_sends_once() {
    let journeys = if std::env::var_os("WM_TORTURE").is_some() { 20_000 } else { 2_000 };
    let (mut jumps, mut requests) = (0, 0);
    for journey in 0..journeys {
        let mut dice = Dice::new(journey);
        let mut clock = Clock { now: START, jumps: 0 };
        let device = Device::new();
        let server = Server::new(None);
        let mut expected = Vec::new();
        // Answered over three visits; each change is known to come after the one before it.
        for visit in 1..4_u8 {
            let keeper = run(Keeper::over(device.near_store(), device.far_store(), [visit; 16])).unwrap();
            let open = keeper.drafts(None).into_iter().next();
            let mut draft = open.map_or_else(|| Draft::new(id(), instrument()), |open| open.draft);
            for _ in 0..4 {
                let number = dice.below(3);
                let value = i32::try_from(dice.below(100)).unwrap();
                draft.set(place(number), Held::Answers(vec![Answer::Integer(value)]), keeper.writer());
                expected.retain(|(known, _)| *known != number);
                expected.push((number, value));
                run(keeper.save(&draft, clock.look(&mut dice))).unwrap().unwrap();
            }
        }
        let keeper = Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [9; 16])).unwrap());
        let draft = keeper.drafts(None)[0].draft.clone();
        for (number, value) in &expected {
            let (_, held) = &draft.held.get(&place(*number)).unwrap();
            assert_eq!(*held, Held::Answers(vec![Answer::Integer(*value)]), "journey {journey}");
        }
        let answers: Vec<(String, i32)> =
            expected.iter().map(|(n, value)| (format!("q{n}"), *value)).collect();
        run(keeper.finish(&draft, &response(&id(), &answers), clock.look(&mut dice))).unwrap().unwrap();
        run(keeper.expire(clock.look(&mut dice), 7)).unwrap();
        assert_eq!(keeper.waiting().len(), 1, "journey {journey}: a finished response never expires");

        let moods = (0..dice.below(5)).map(|_| EVERY_MOOD[dice.below(EVERY_MOOD.len())]).collect::<Vec<_>>();
        server.moods.borrow_mut().extend(moods);
        let push = Rc::new(FhirPush::new(BASE, None, Rc::clone(&server) as Rc<_>));
        let lease = Rc::new(Stamp::new(keeper.slots(), keeper.writer()));
        let courier = Courier::new(Rc::clone(&keeper), push, lease);
        let mut rounds = 0;
        while !keeper.waiting().is_empty() {
            let now = clock.look(&mut dice);
            let wake = courier.next_wake(now, true).expect("something waits");
            // Never later than the longest wait there is, by the clock as it stands now.
            assert!(
                wake <= now + round::LONGEST_SELDOM.max(DAY),
                "journey {journey}: {} ms away",
                wake - now
            );
            clock.now = wake.max(now);
            run(courier.round(clock.look(&mut dice), dice.roll(), true)).unwrap();
            rounds += 1;
            assert!(rounds < 200, "journey {journey}: never arrives");
        }
        assert_eq!(server.resources.borrow().len(), 1, "journey {journey}");
        jumps += clock.jumps;
        requests += server.requests.borrow().len();
    }
    println!("{journeys} journeys, {jumps} jumps of the clock, {requests} requests");
}

#[test]
fn a_draft_is_not_thrown_away_by_a_clock_that_jumped_ten_years_or_one_hour() {
    let device = Device::new();
    let keeper = run(Keeper::over(device.near_store(), device.far_store(), [1; 16])).unwrap();
    let mut draft = Draft::new(id(), instrument());
    draft.set(place(0), Held::Answers(vec![Answer::Integer(1)]), keeper.writer());
    run(keeper.save(&draft, START)).unwrap().unwrap();
    for now in [START + TEN_YEARS, START - TEN_YEARS, START + HOUR, START - HOUR, START + 7 * DAY - HOUR] {
        assert!(run(keeper.expire(now, 7)).unwrap().is_empty(), "{now}");
    }
    assert_eq!(run(keeper.expire(START + 7 * DAY, 7)).unwrap(), [id()]);
}
