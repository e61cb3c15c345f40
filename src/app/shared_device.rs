//! A device that many people use one after another: nobody sees what the one before them wrote (threats T1, T2).
//!
//! The stores withhold what can be read (`store/shared.rs`). Here the page itself is cleared: when it is left,
//! when nobody has touched it for a while, when the person is done.

use super::clock;
use super::config::DeviceUse;
use super::door::Door;
use super::idle::{Presence, Touch};
use super::screen::{self, Screen};
use super::surroundings;
use crate::store::keeper::Keeper;
use crate::store::slots::Soon;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

impl Door {
    /// Whether many people use this device.
    pub(super) fn is_shared(&self) -> bool {
        self.config.borrow().as_ref().is_some_and(|config| config.device == DeviceUse::Shared)
    }

    /// A device that keeps no answers, because many people use it, or because it has no random source: without one
    /// two responses could share a name.
    #[inline(never)]
    pub(super) fn keep_nothing(self: &Rc<Self>, device: DeviceUse, random: Option<[u8; 16]>) -> Soon<'_, ()> {
        Box::pin(async move {
            let keeper = match random {
                Some(random) => Keeper::open_shared(random).await,
                None => Keeper::forgetful([0; 16]).await,
            };
            match device {
                DeviceUse::Personal => {}
                DeviceUse::Shared => {
                    keeper.forget_answers(clock::now()).await;
                    self.watch_for_absence();
                }
            }
            *self.keeper.borrow_mut() = Some(Rc::new(keeper));
        })
    }

    /// From now on, looks every second whether anybody is still there.
    pub(super) fn watch_for_absence(self: &Rc<Self>) {
        self.touched();
        let door = Rc::downgrade(self);
        let watch = Interval::new(1_000, move || {
            if let Some(door) = door.upgrade() {
                door.look_for_somebody();
            }
        });
        *self.watch.borrow_mut() = Some(watch);
    }

    /// Somebody touched the device. While the page asks, only its buttons count: a passer-by who leans on it
    /// is not the person whose answers are behind it.
    pub(super) fn touched(&self) {
        if self.seconds_left.get_untracked().is_none() {
            self.touch.set(Touch::at(clock::steady(), clock::now()));
        }
    }

    /// Somebody said that they are still there.
    pub(super) fn still_here(&self) {
        self.seconds_left.set(None);
        self.touched();
    }

    fn look_for_somebody(self: &Rc<Self>) {
        let answers = self.open.borrow().is_some();
        if self.busy.get_untracked() || !(answers || self.screen.get_untracked() == Screen::Done) {
            return self.touched();
        }
        match self.touch.get().presence(clock::steady(), clock::now()) {
            Presence::Here => {}
            Presence::Asking(left) if answers => self.seconds_left.set(Some(left)),
            // The last page has nothing of the answers on it.
            Presence::Asking(_) => {}
            Presence::Over => self.clear_away(),
        }
    }

    /// Leaves nothing of the person on the page and, on a page of our own, begins it anew.
    pub(super) fn clear_away(self: &Rc<Self>) {
        self.put_away();
        let only_here = self
            .keeper
            .borrow()
            .as_ref()
            .is_some_and(|keeper| keeper.waiting().iter().any(|entry| !entry.on_device));
        // A finished response that is in this page's memory alone goes on being sent from there.
        if surroundings::are_ours() && !only_here {
            screen::begin_page_anew();
        }
    }

    /// Takes every answer off the page, at once.
    pub(super) fn put_away(self: &Rc<Self>) {
        self.open.borrow_mut().take();
        self.finished.borrow_mut().take();
        self.news.borrow_mut().take();
        self.told.borrow_mut().take();
        self.again.borrow_mut().take();
        self.begin_after.set(None);
        self.changing.set(false);
        self.easy.set(false);
        self.saved.set(None);
        self.unfinished.set(None);
        self.seconds_left.set(None);
        self.replace(Screen::Start);
        self.forget_language();
        self.forget_appearance();
        if let Some(keeper) = self.keeper.borrow().clone() {
            spawn_local(async move { keeper.forget_answers(clock::now()).await });
        }
    }
}
