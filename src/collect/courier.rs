//! Sends what is due: the outbox, a carrier and a lease joined.

use super::carrier::{Carrier, Later, Outcome, Pause};
use super::lease::Lease;
use super::round;
use crate::domain::ids::ResponseId;
use crate::domain::receipt::Receipt;
use crate::store::keeper::Keeper;
use crate::store::outbox::{Reason, State};
use std::cell::Cell;
use std::rc::Rc;

/// How long to leave it to the tab that is sending before looking again, in milliseconds.
const ELSEWHERE: u64 = 15_000;

/// What became of one round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundReport {
    /// Arrived, proven, and removed from this device.
    pub received: Vec<Receipt>,
    /// Set aside, and why.
    pub quarantined: Vec<(ResponseId, Reason)>,
    /// Sent without proof of arrival; they will be sent again.
    pub later: Vec<(ResponseId, Later)>,
    /// Nothing is taken at present.
    pub paused: Option<Pause>,
    /// Another tab, or another call, is sending: nothing was done here.
    pub elsewhere: bool,
}

/// Sends finished responses to one service.
pub struct Courier {
    keeper: Rc<Keeper>,
    carrier: Rc<dyn Carrier>,
    lease: Rc<dyn Lease>,
    /// Why nothing is taken, and until when that is believed.
    pause: Cell<Option<(Pause, u64)>>,
    /// Nothing answers, or another tab is sending: not before this time.
    hush: Cell<u64>,
    hurry: Cell<bool>,
    sending: Cell<bool>,
}

impl Courier {
    /// Joins an outbox, a way to carry, and the right to send.
    pub fn new(keeper: Rc<Keeper>, carrier: Rc<dyn Carrier>, lease: Rc<dyn Lease>) -> Self {
        Self {
            keeper,
            carrier,
            lease,
            pause: Cell::new(None),
            hush: Cell::new(0),
            hurry: Cell::new(false),
            sending: Cell::new(false),
        }
    }

    /// Sends what is due. `random` is uniform; `online` is the browser's opinion.
    pub async fn round(&self, now: u64, random: u32, online: bool) -> RoundReport {
        let mut report = RoundReport::default();
        if self.sending.replace(true) {
            report.elsewhere = true;
            return report;
        }
        let _done = Done(&self.sending);
        report.paused = self.paused(now);
        if report.paused.is_some() || !self.speaks(now) {
            return report;
        }
        let Some(_lease) = self.lease.take(now).await else {
            // It may be about to finish, or it may have died with a stamp that still counts.
            self.hush.set(now.saturating_add(ELSEWHERE));
            report.elsewhere = true;
            return report;
        };
        // Another tab may have sent, finished or deleted since we last looked.
        self.keeper.refresh().await;
        let hurry = self.hurry.replace(false);
        let waiting = self.keeper.waiting();
        let mut silences = 0;
        for entry in round::due_now(&waiting, now, online, hurry) {
            let Some(parcel) = self.keeper.parcel(&entry.id) else { continue };
            let before = entry.sending;
            let begun = round::begin(before, now);
            self.keeper.mark(&entry.id, begun).await;
            let outcome = self.carrier.carry(&parcel, begun.attempts, now).await;
            let random = round::draw(random, &entry.id, begun.attempts);
            let settled = match &outcome {
                Outcome::Received(receipt) => match self.keeper.receive(receipt, now).await {
                    Ok(_) => {
                        report.received.push(receipt.clone());
                        None
                    }
                    // A receipt for other bytes is none.
                    Err(_) => round::settle(before, &Outcome::Later(Default::default()), now, random),
                },
                Outcome::Later(_) | Outcome::Refused(_) | Outcome::Paused(_) => {
                    round::settle(before, &outcome, now, random)
                }
            };
            if let Some(settled) = settled {
                // Unless the patient deleted it meanwhile.
                if self.keeper.parcel(&entry.id).is_some() {
                    self.keeper.mark(&entry.id, settled).await;
                }
                if let State::Quarantined(reason) = settled.state {
                    report.quarantined.push((entry.id.clone(), reason));
                }
            }
            match outcome {
                Outcome::Received(_) | Outcome::Refused(_) => silences = 0,
                Outcome::Later(later) => {
                    report.later.push((entry.id.clone(), later));
                    silences = if later.silent { silences + 1 } else { 0 };
                    if silences == 2 {
                        // Not these two: everything. The rest would only wait for nothing, one by one.
                        self.hush.set(settled.map_or(now, |settled| settled.due));
                        break;
                    }
                }
                Outcome::Paused(pause) => {
                    let until = match pause {
                        Pause::SignIn => u64::MAX,
                        Pause::Closed(_) | Pause::Unproven(_) => now.saturating_add(round::CLOSED),
                    };
                    self.pause.set(Some((pause, until)));
                    report.paused = Some(pause);
                    break;
                }
            }
        }
        report
    }

    /// When to call [`Self::round`] next, in milliseconds since 1970; `None` when nothing waits that could
    /// be sent by itself.
    pub fn next_wake(&self, now: u64, online: bool) -> Option<u64> {
        let hurry = self.hurry.get();
        let waiting = self.keeper.waiting();
        let first = waiting.iter().filter_map(|entry| round::due(entry, now, online, hurry)).min()?;
        let hush = if self.speaks(now) { 0 } else { self.hush.get() };
        let hush = if self.sending.get() { hush.max(now.saturating_add(ELSEWHERE)) } else { hush };
        match self.pause.get() {
            Some((Pause::SignIn, _)) => None,
            Some((_, until)) if self.paused(now).is_some() => Some(first.max(until)),
            _ => Some(first.max(hush).max(now)),
        }
    }

    /// Lets the next round send what waits by our own choice: the page was loaded or shown, the network is
    /// said to be back, a person pressed a button.
    pub fn hurry(&self) {
        self.hurry.set(true);
        self.hush.set(0);
    }

    /// Ends a pause: there is a new token, or a person wants it tried.
    pub fn resume(&self) {
        self.pause.set(None);
        self.hurry();
    }

    /// Lets a person try a response again that was set aside.
    pub async fn retry(&self, id: &ResponseId) {
        let entry = self.keeper.waiting().into_iter().find(|entry| entry.id == *id);
        if let Some(entry) = entry
            && let State::Quarantined(_) = entry.sending.state
        {
            let again = crate::store::outbox::Sending {
                state: State::Waiting,
                due: 0,
                asked: false,
                ..entry.sending
            };
            self.keeper.mark(id, again).await;
        }
    }

    /// Why nothing is taken at present.
    pub fn paused(&self, now: u64) -> Option<Pause> {
        let (pause, until) = self.pause.get()?;
        let put_back = pause != Pause::SignIn && until > now.saturating_add(round::CLOSED);
        (now < until && !put_back).then_some(pause)
    }

    /// Whether the silence is over, or is longer than any we ever kept: then the clock was put back.
    fn speaks(&self, now: u64) -> bool {
        let hush = self.hush.get();
        hush <= now || hush > now.saturating_add(round::LONGEST)
    }
}

/// Clears the mark however the round ends, also when it is dropped half-way.
struct Done<'a>(&'a Cell<bool>);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
