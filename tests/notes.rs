//! The notes of what became of responses: kept for as long as something could come back, and no longer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::outbox::NOW;
use device::{Device, instrument, response, run};
use std::rc::Rc;
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::ResponseId;
use what_matters::domain::receipt::{Receipt, Withdrawal};
use what_matters::store::journal::DAY;
use what_matters::store::keeper::Keeper;
use what_matters::store::notes::{MOST_NOTES, NOTES_DAYS, SETTLED_DAYS};

fn id(number: u32) -> ResponseId {
    let mut bytes = [7; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    ResponseId::from_random(bytes)
}

async fn open(device: &Rc<Device>, writer: u8) -> Keeper {
    Keeper::over(device.near_store(), device.far_store(), [writer; 16]).await
}

/// Finishes a response at `now` and has it received at once.
async fn received(keeper: &Keeper, id: &ResponseId, now: u64) {
    let parcel = response(id, &[("a".to_owned(), 7)]);
    keeper.finish(&Draft::new(id.clone(), instrument()), &parcel, now).await.unwrap();
    let receipt =
        Receipt { id: id.clone(), hash: parcel.hash().clone(), collector: "x".into(), version: None };
    keeper.receive(&receipt, now).await.unwrap();
}

fn note(device: &Device, id: &ResponseId) -> (bool, bool) {
    let key = format!("wm/1/gone/{id}");
    (device.near.borrow().contains_key(&key), device.far.borrow().contains_key(&key))
}

#[test]
fn a_note_stays_four_hundred_days_and_then_goes_from_both_stores() {
    let device = Device::new();
    run(async {
        received(&open(&device, 1).await, &id(1), NOW).await;
        open(&device, 2).await.forget_old_notes(NOW + (NOTES_DAYS - 1) * DAY).await;
        assert_eq!(note(&device, &id(1)), (true, true));
        let keeper = open(&device, 3).await;
        keeper.forget_old_notes(NOW + NOTES_DAYS * DAY).await;
        assert_eq!(note(&device, &id(1)), (false, false));
        keeper.refresh().await;
        assert!(keeper.gone().is_empty() && keeper.waiting().is_empty());
        assert_eq!(note(&device, &id(1)), (false, false), "and does not come back");
    })
    .unwrap();
}

#[test]
fn a_note_stays_while_a_store_still_holds_something_of_its_response_or_cannot_be_read() {
    for store in ["near", "far"] {
        let device = Device::new();
        run(async {
            let keeper = open(&device, 1).await;
            let parcel = response(&id(1), &[("a".to_owned(), 7)]);
            keeper.finish(&Draft::new(id(1), instrument()), &parcel, NOW).await.unwrap();
            let key = format!("wm/1/final/{}", id(1));
            let finished = device.near.borrow()[&key].clone();
            keeper.withdraw(&Withdrawal { id: id(1) }, NOW).await.unwrap();
            // One that was not reachable when the response went comes back with it, while the page is open.
            let put = |text: String| match store {
                "near" => device.near.borrow_mut().insert(key.clone(), text),
                _ => device.far.borrow_mut().insert(key.clone(), text),
            };
            put(finished);
            keeper.forget_old_notes(NOW + NOTES_DAYS * DAY).await;
            assert_eq!(note(&device, &id(1)), (true, true), "{store}");
            // The next look finds the note, and what it says wins.
            keeper.refresh().await;
            assert!(keeper.waiting().is_empty(), "{store}");
            keeper.forget_old_notes(NOW + NOTES_DAYS * DAY).await;
            assert_eq!(note(&device, &id(1)), (false, false), "{store}");
        })
        .unwrap();
    }
}

#[test]
fn of_very_many_notes_the_newest_stay_and_none_goes_in_its_first_week() {
    let device = Device::new();
    let most = u32::try_from(MOST_NOTES).unwrap();
    run(async {
        let keeper = open(&device, 1).await;
        for number in 0..most + 5 {
            received(&keeper, &id(number), NOW + u64::from(number / 500) * DAY).await;
        }
        let last = NOW + 2 * DAY;
        keeper.forget_old_notes(last).await;
        assert_eq!(keeper.gone().len(), MOST_NOTES + 5);
        keeper.forget_old_notes(last + SETTLED_DAYS * DAY).await;
        assert_eq!(keeper.gone().len(), MOST_NOTES);
        for number in most..most + 5 {
            assert_eq!(note(&device, &id(number)), (true, true), "the newest");
        }
    })
    .unwrap();
}
