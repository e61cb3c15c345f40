//! Sending what waits: when the page is opened, when the network returns, when it is due, when asked.

use super::clock;
use super::config::Config;
use super::door::Door;
use super::screen::Screen;
use super::telling_page::Event;
use crate::collect::carrier::{Later, Pause};
use crate::collect::courier::{Courier, RoundReport};
use crate::collect::fetch::Fetch;
use crate::collect::fhir_push::FhirPush;
use crate::collect::locks;
use crate::domain::ids::ResponseId;
use crate::store::keeper::Keeper;
use crate::store::local;
use crate::store::outbox::{Entry, Fate, Reason, State};
use crate::ui::screens::done::Handover;
use crate::ui::screens::start::Waiting;
use crate::ui::words::Word;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The longest a timer is set for: browsers keep it in 31 bits of milliseconds. Then it is set again.
const LONGEST_TIMER: u64 = 3_600_000;

/// Whoever carries answers to the service, where the configuration names one.
#[inline(never)] // not needed for the first question
pub(super) fn courier(keeper: Rc<Keeper>, config: &Config) -> Option<Rc<Courier>> {
    let push = FhirPush::new(config.collect.fhir_base.as_deref()?, None, Rc::new(Fetch));
    let push = if config.collect.key.is_some() { push.sealed_only() } else { push };
    let lease = locks::browser(local::open(), keeper.writer());
    Some(Rc::new(Courier::new(keeper, Rc::new(push), lease)))
}

impl Door {
    /// Whether answers go to the service from here: the configuration says so before anything is ready to.
    pub(super) fn has_route(&self) -> bool {
        self.config.borrow().as_ref().is_some_and(|config| config.collect.fhir_base.is_some())
    }

    /// Sends what waits now, whatever was due: the page was opened, the network is said to be back.
    pub fn send_waiting(self: &Rc<Self>) {
        if let Some(courier) = self.courier.borrow().clone() {
            courier.hurry();
            self.send_round(courier);
        }
    }

    /// Tries again what failed, as the person asked.
    pub(super) fn try_again(self: &Rc<Self>) {
        let door = self.clone();
        match self.screen.get_untracked() {
            Screen::Trouble(_) => spawn_local(async move {
                let wanted = door.wanted.borrow().clone();
                if door.config.borrow().is_none() {
                    door.start().await;
                } else if let Some(url) = wanted {
                    door.open_url(url).await;
                } else {
                    door.clone().restock().await;
                    door.turn(Screen::Start);
                }
            }),
            Screen::Opening
            | Screen::Start
            | Screen::Before
            | Screen::Explain(_)
            | Screen::Ask(_)
            | Screen::Help(_)
            | Screen::Check
            | Screen::Done
            | Screen::Kept(_)
            | Screen::Later
            | Screen::Stop => {
                let Some(courier) = self.courier.borrow().clone() else { return };
                let finished = self.finished.borrow().clone();
                self.handover.set(Handover::Sending);
                spawn_local(async move {
                    if let Some(id) = finished {
                        courier.retry(&id).await;
                    }
                    courier.resume();
                    door.send_round(courier);
                });
            }
        }
    }

    fn send_round(self: &Rc<Self>, courier: Rc<Courier>) {
        self.alarm.borrow_mut().take();
        let door = self.clone();
        spawn_local(async move {
            let random = clock::random().map_or(0, |[a, b, c, d, ..]| u32::from_be_bytes([a, b, c, d]));
            let report = courier.round(clock::now(), random, online()).await;
            door.tell(&courier, &report);
            door.set_alarm(courier);
        });
    }

    /// Sets the timer for the next round.
    fn set_alarm(self: &Rc<Self>, courier: Rc<Courier>) {
        let now = clock::now();
        let Some(wake) = courier.next_wake(now, online()) else { return };
        let wait = wake.saturating_sub(now).clamp(250, LONGEST_TIMER) as u32;
        let door = Rc::downgrade(self);
        let alarm = Timeout::new(wait, move || {
            if let Some(door) = door.upgrade() {
                door.send_round(courier);
            }
        });
        *self.alarm.borrow_mut() = Some(alarm);
    }

    /// Says on the last page what became of its response, and renews the list on the first.
    fn tell(&self, courier: &Courier, report: &RoundReport) {
        for receipt in &report.received {
            self.tell_page(Event::Sent, &receipt.id);
        }
        if let Some(id) = self.finished.borrow().as_ref()
            && let Some(handover) = self.handover_of(id, courier, report)
        {
            self.handover.set(handover);
            self.offer_copy();
        }
        self.tell_received();
    }

    fn handover_of(&self, id: &ResponseId, courier: &Courier, report: &RoundReport) -> Option<Handover> {
        let keeper = self.keeper.borrow().clone()?;
        if keeper.gone().iter().any(|(gone, note)| gone == id && matches!(note.fate, Fate::Received { .. })) {
            return Some(Handover::Sent);
        }
        let entry = keeper.waiting().into_iter().find(|entry| entry.id == *id)?;
        if let State::Quarantined(reason) = entry.sending.state {
            return Some(Handover::Held(set_aside(reason)));
        }
        if let Some(pause) = report.paused.or_else(|| courier.paused(clock::now())) {
            return Some(Handover::Held(paused(pause)));
        }
        if let Some((_, later)) = report.later.iter().find(|(later, _)| later == id) {
            return Some(Handover::Waiting(put_off(*later)));
        }
        // Not its turn in this round: what was said before still holds.
        (!report.elsewhere && self.handover.get_untracked() == Handover::Sending && !online())
            .then_some(Handover::Waiting(Word::SendNetwork))
    }

    /// The finished answers that still wait, as the start page lists them.
    pub(super) fn waiting(&self) -> Vec<Waiting> {
        let Some(keeper) = self.keeper.borrow().clone() else { return Vec::new() };
        let courier = self.courier.borrow().clone();
        let pause = courier.as_ref().and_then(|courier| courier.paused(clock::now()));
        let link_worker = self.link_worker();
        let row = |entry: Entry| {
            let word = match (entry.sending.state, pause) {
                (State::Quarantined(reason), _) => set_aside(reason),
                (State::Waiting | State::InFlight(_), Some(pause)) => paused(pause),
                (State::Waiting | State::InFlight(_), None) if courier.is_none() => self.unsent(),
                (State::Waiting | State::InFlight(_), None) => Word::DoneStays,
            };
            Waiting {
                reference: entry.reference,
                date: clock::day(entry.finished_at, self.language()),
                state: self.words().fill(word, &[("link-worker", &link_worker)]),
            }
        };
        keeper.waiting().into_iter().map(row).collect()
    }

    /// The page is shown again: it may be older than the stores (another tab, the back-forward cache).
    pub(super) fn look_again(self: &Rc<Self>) {
        let visible = web_sys::window()
            .and_then(|window| window.document())
            .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible);
        let Some(keeper) = self.keeper.borrow().clone() else { return };
        if !visible {
            return;
        }
        let door = self.clone();
        spawn_local(async move {
            keeper.refresh().await;
            let open = door.open.borrow().clone();
            if let Some(open) = open {
                let id = open.draft.borrow().id.clone();
                let gone = keeper.gone().iter().any(|(gone, _)| *gone == id)
                    || keeper.waiting().iter().any(|entry| entry.id == id);
                if gone {
                    // Finished or deleted in another tab: nothing of it stays on this screen.
                    door.open.borrow_mut().take();
                    door.turn(Screen::Start);
                } else if let Some(kept) = keeper.drafts(None).into_iter().find(|kept| kept.draft.id == id) {
                    // What another tab has changed meanwhile is what is shown, before it is written on.
                    let mut joined = open.draft.borrow().clone();
                    joined.join(&kept.draft);
                    let same = joined.held == open.draft.borrow().held;
                    if !same {
                        door.take_in(open, joined);
                    }
                }
            }
            door.send_waiting();
        });
    }
}

/// The browser's opinion; it may be wrong either way.
fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

pub(super) fn set_aside(reason: Reason) -> Word {
    match reason {
        Reason::Rejected(_) | Reason::Unreadable => Word::SendNotAccepted,
        Reason::Conflict => Word::SendConflict,
        Reason::TooLarge => Word::SendTooLarge,
    }
}

pub(super) fn paused(pause: Pause) -> Word {
    match pause {
        Pause::SignIn | Pause::Closed(403) => Word::SendNotAllowed,
        Pause::Closed(_) => Word::SendNotFound,
        Pause::Unproven(_) => Word::SendUnproven,
    }
}

fn put_off(later: Later) -> Word {
    match later {
        Later { silent: true, .. } => Word::SendNetwork,
        Later { busy: true, .. } => Word::SendBusy,
        Later { unproven: true, .. } => Word::SendUnproven,
        Later { .. } => Word::SendServer,
    }
}
