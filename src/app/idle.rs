//! How long nobody has touched a device that many people use. Pure: the time is an argument.
//!
//! After [`ASK`] without a touch the page is covered and asks whether the person is still there; after [`OVER`]
//! what they wrote is cleared. The thirty seconds in between are more than the twenty, and asking again without
//! end more than the ten times, that WCAG 2.2 (success criterion 2.2.1, Timing Adjustable) asks for.

/// Without a touch for this long, the page is covered and asks; in milliseconds.
pub const ASK: u64 = 90_000;
/// Without a touch for this long, it is over; in milliseconds.
pub const OVER: u64 = 120_000;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Somebody is there.
    Here,
    /// Ask; so many whole seconds are left.
    Asking(u32),
    /// Nobody is there: clear.
    Over,
}

/// The last touch, by two clocks: one that never jumps but may stand still while a device sleeps, and the
/// device's own, which runs on but may be set. Whichever says that more time has gone is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    steady: u64,
    wall: u64,
}

impl Touch {
    /// A touch now, by both clocks, in milliseconds.
    pub fn at(steady: u64, wall: u64) -> Self {
        Self { steady, wall }
    }

    /// What is to be done by now.
    pub fn presence(self, steady: u64, wall: u64) -> Presence {
        let gone = steady.saturating_sub(self.steady).max(wall.saturating_sub(self.wall));
        match gone {
            0..ASK => Presence::Here,
            ASK..OVER => Presence::Asking((OVER - gone).div_ceil(1_000) as u32),
            OVER.. => Presence::Over,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_790_000_000_000;

    #[test]
    fn the_page_asks_after_a_minute_and_a_half_and_clears_after_two() {
        let touch = Touch::at(5_000, NOW);
        let after = |gone: u64| touch.presence(5_000 + gone, NOW + gone);
        assert_eq!(after(0), Presence::Here);
        assert_eq!(after(89_999), Presence::Here);
        assert_eq!(after(90_000), Presence::Asking(30));
        assert_eq!(after(119_999), Presence::Asking(1));
        assert_eq!(after(120_000), Presence::Over);
    }

    #[test]
    fn there_are_twenty_seconds_and_more_to_answer() {
        let asked_at = (0..OVER).find(|gone| Touch::at(0, 0).presence(*gone, 0) != Presence::Here);
        assert!(asked_at.is_some_and(|asked_at| OVER - asked_at >= 20_000), "{asked_at:?}");
    }

    #[test]
    fn a_device_that_slept_is_not_taken_for_one_in_use() {
        let touch = Touch::at(5_000, NOW);
        assert_eq!(touch.presence(5_100, NOW + 3_600_000), Presence::Over);
    }

    #[test]
    fn a_clock_that_is_put_back_clears_nothing_and_keeps_nothing_longer() {
        let touch = Touch::at(5_000, NOW);
        assert_eq!(touch.presence(6_000, NOW - 315_360_000_000), Presence::Here);
        assert_eq!(touch.presence(125_000, NOW - 315_360_000_000), Presence::Over);
    }
}
