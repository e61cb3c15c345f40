//! Copies of their own answers that people keep: they outlive the sending, are no part of it, and go when the
//! person says so, whatever the stores and other tabs do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod device;

use device::outbox::id;
use device::{Device, Trouble, instrument, response, run};
use std::rc::Rc;
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::InstrumentId;
use what_matters::domain::keepsake::{Keepsake, Line};
use what_matters::domain::receipt::Receipt;
use what_matters::store::fault::Fault;
use what_matters::store::journal::DAY;
use what_matters::store::keeper::Keeper;
use what_matters::store::mirror::Kept;

const NOW: u64 = 1_790_000_000_000;

fn copy(number: u8, at: u64) -> Keepsake {
    let line = |asked: &str, said: &[&str]| Line {
        at: [asked, "#"].concat().into(),
        asked: asked.into(),
        said: said.iter().map(|said| (*said).into()).collect(),
    };
    Keepsake {
        id: id(number),
        instrument: instrument(),
        title: "Four questions".into(),
        at,
        lines: vec![line("happy", &["7 out of 10"]), line("note", &["in pain, \u{1f642} \"x\"\n", "b"])],
    }
}

async fn open(device: &Rc<Device>, writer: u8) -> Keeper {
    Keeper::over(device.near_store(), device.far_store(), [writer; 16]).await
}

fn holds(device: &Device, words: &str) -> bool {
    let has = |text: &String| text.contains(words);
    device.near.borrow().values().any(has) || device.far.borrow().values().any(has)
}

#[test]
fn a_copy_comes_back_word_for_word_at_the_next_visit_from_either_store() {
    for lost in ["none", "near", "far"] {
        let device = Device::new();
        run(async {
            assert_eq!(open(&device, 1).await.keep_copy(&copy(1, NOW)).await, Kept::Both);
            match lost {
                "near" => device.near.borrow_mut().clear(),
                "far" => device.far.borrow_mut().clear(),
                _ => {}
            }
            assert_eq!(open(&device, 2).await.copies(), [copy(1, NOW)], "{lost} lost");
        })
        .unwrap();
    }
}

#[test]
fn a_copy_is_there_after_its_response_was_received_and_is_never_among_what_is_sent() {
    let device = Device::new();
    run(async {
        let keeper = open(&device, 1).await;
        let parcel = response(&id(1), &[("q0".to_owned(), 1)]);
        keeper.finish(&Draft::new(id(1), instrument()), &parcel, NOW).await.unwrap();
        keeper.keep_copy(&copy(1, NOW)).await;
        assert_eq!(keeper.waiting().len(), 1, "the response alone waits");
        let hash = parcel.hash().clone();
        let receipt = Receipt { id: id(1), hash, collector: "c".into(), version: None };
        keeper.receive(&receipt, NOW).await.unwrap();
        assert!(keeper.waiting().is_empty());
        let later = open(&device, 2).await;
        assert!(later.waiting().is_empty() && later.drafts(None).is_empty());
        assert_eq!(later.copies(), [copy(1, NOW)]);
    })
    .unwrap();
}

#[test]
fn a_deleted_copy_leaves_no_word_and_another_tab_does_not_bring_it_back() {
    let device = Device::new();
    run(async {
        let (tab, other) = (open(&device, 1).await, open(&device, 2).await);
        tab.keep_copy(&copy(1, NOW)).await;
        other.refresh().await;
        assert_eq!(other.copies().len(), 1);
        assert_eq!(tab.delete_copy(&id(1)).await, Kept::Both);
        assert!(tab.copies().is_empty() && !holds(&device, "happy"));
        other.refresh().await;
        assert!(other.copies().is_empty() && !holds(&device, "happy"), "the other tab");
        assert!(open(&device, 3).await.copies().is_empty());
    })
    .unwrap();
}

#[test]
fn deleting_says_where_it_failed_and_takes_the_copy_from_the_store_that_works() {
    let device = Device::new();
    run(async {
        let keeper = open(&device, 1).await;
        keeper.keep_copy(&copy(1, NOW)).await;
        device.trouble.set(Trouble::FarFails { from: 0, fault: Fault::Broken });
        assert_eq!(keeper.delete_copy(&id(1)).await, Kept::LocalOnly(Fault::Broken));
        assert!(!device.near.borrow().values().any(|text| text.contains("happy")));
    })
    .unwrap();
}

#[test]
fn the_copy_before_is_the_newest_earlier_one_of_the_same_questionnaire_in_any_version() {
    let device = Device::new();
    run(async {
        let keeper = open(&device, 1).await;
        let now = copy(9, NOW);
        assert_eq!(keeper.copy_before(&now), None);
        let other = InstrumentId::new("https://a.example/other", None);
        let newer = InstrumentId::new(instrument().url(), Some("99"));
        keeper.keep_copy(&copy(1, NOW - 3 * DAY)).await;
        keeper.keep_copy(&Keepsake { instrument: newer.clone(), ..copy(2, NOW - 2 * DAY) }).await;
        keeper.keep_copy(&Keepsake { instrument: other, ..copy(3, NOW - DAY) }).await;
        keeper.keep_copy(&now).await;
        let before = keeper.copy_before(&now).unwrap();
        assert_eq!((before.id, before.instrument), (id(2), newer));
    })
    .unwrap();
}

#[test]
fn a_copy_goes_by_itself_after_a_year_and_not_a_moment_sooner() {
    let device = Device::new();
    run(async {
        let keeper = open(&device, 1).await;
        keeper.keep_copy(&copy(1, NOW)).await;
        for early in [0, NOW, NOW + 365 * DAY - 1] {
            keeper.expire_copies(early).await;
            assert_eq!(keeper.copies().len(), 1, "{early}");
        }
        keeper.expire_copies(NOW + 365 * DAY).await;
        assert!(keeper.copies().is_empty() && !holds(&device, "happy"));
    })
    .unwrap();
}

#[test]
fn a_spoilt_copy_is_set_aside_and_spoils_nothing_else() {
    let device = Device::new();
    run(async {
        let keeper = open(&device, 1).await;
        keeper.keep_copy(&copy(1, NOW)).await;
        keeper.keep_copy(&copy(2, NOW + 1)).await;
        for records in [&device.near, &device.far] {
            for (key, text) in records.borrow_mut().iter_mut() {
                if key.ends_with(id(1).as_str()) {
                    *text = text.replace("happy", "angry");
                }
            }
        }
        let later = open(&device, 2).await;
        assert_eq!(later.copies(), [copy(2, NOW + 1)]);
        assert!(later.standing().set_aside > 0);
    })
    .unwrap();
}
