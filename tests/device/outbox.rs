//! Responses that wait on a device to be collected.

use super::{Device, instrument, response, run};
use std::rc::Rc;
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::ResponseId;
use what_matters::store::keeper::Keeper;

/// When the first of them was finished, in milliseconds since 1970.
pub const NOW: u64 = 1_790_000_000_000;

pub fn id(number: u8) -> ResponseId {
    ResponseId::from_random([number; 16])
}

/// A keeper with finished responses, one a second.
pub fn outbox(numbers: std::ops::Range<u8>) -> Rc<Keeper> {
    let device = Device::new();
    let keeper = Rc::new(run(Keeper::over(device.near_store(), device.far_store(), [200; 16])).unwrap());
    for number in numbers {
        let finished = response(&id(number), &[("a".to_owned(), i32::from(number))]);
        let draft = Draft::new(id(number), instrument());
        run(keeper.finish(&draft, &finished, NOW + u64::from(number) * 1_000)).unwrap().unwrap();
    }
    keeper
}
