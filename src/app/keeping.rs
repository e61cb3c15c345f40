//! Keeping the answers as they are given: each change goes into the draft at once and to the stores at once;
//! "Saved" is said only when both stores have it.

use super::clock;
use super::door::{Door, Open};
use super::lifespan::Lifespan;
use super::opening::{Asked, OpenFault, Opened};
use super::screen::Screen;
use super::telling_page::Event;
use crate::domain::draft::Draft;
use crate::engine::{Changes, Session};
use crate::store::journal::{Closed, OpenDraft};
use crate::store::mirror::Kept;
use crate::ui::words::Word;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// When a save that one of the stores refused is first tried again, in milliseconds: a little after the ten
/// seconds for which a silent store is left alone.
pub const FIRST_TRY: u32 = 11_000;
/// The longest wait between two such tries, in milliseconds.
const LAST_TRY: u32 = 120_000;

/// One line of the start page's list.
pub struct Row {
    /// The questionnaire, or why it cannot be asked.
    pub source: Result<Opened, OpenFault>,
    /// Where it is fetched from, when it is on offer.
    pub url: Option<String>,
    /// Its id in the configuration, when it is on offer there.
    pub id: Option<String>,
    /// About how many minutes it takes.
    pub minutes: Option<u32>,
    /// Answers to it were begun; until when they are kept, in milliseconds since 1970.
    pub kept_until: Option<u64>,
}

impl Door {
    /// Records a change and has it saved.
    pub(super) fn keep(self: &Rc<Self>, session: &Session, changes: &Changes) {
        let (Some(open), Some(keeper)) = (self.open.borrow().clone(), self.keeper.borrow().clone()) else {
            return;
        };
        let kept = session.kept(changes);
        if kept.is_empty() {
            return;
        }
        if open.draft.borrow().held.is_empty() {
            self.tell_page(Event::Started, &open.draft.borrow().id);
        }
        for (place, held) in kept {
            open.draft.borrow_mut().set(place, held, keeper.writer());
        }
        self.save(open);
    }

    /// Notes which page the person is on, so that coming back comes back to it. Alone it begins no draft:
    /// looking at a question leaves nothing behind, and looking at a draft again writes no new copy of it.
    pub(super) fn note_step(self: &Rc<Self>, screen: &Screen) {
        let (Screen::Ask(place), Some(open)) = (screen, self.open.borrow().clone()) else { return };
        let Some(keeper) = self.keeper.borrow().clone() else { return };
        let moved = open.draft.borrow_mut().go_to(&place.key(), keeper.writer());
        let begun = !open.draft.borrow().held.is_empty();
        if begun && moved {
            self.save(open);
        }
    }

    /// Saves the draft, one write after another: while one is under way the next waits, and takes all
    /// changes made meanwhile.
    pub(super) fn save(self: &Rc<Self>, open: Rc<Open>) {
        self.unsaved.set(true);
        if self.saving.replace(true) {
            return;
        }
        let Some(keeper) = self.keeper.borrow().clone() else { return };
        let door = self.clone();
        // While a store is out of order each try is not announced anew: the sentence that says so stays.
        if !matches!(
            self.saved.get_untracked(),
            Some(Word::KeptPerhaps | Word::KeptNowhere | Word::KeptShared)
        ) {
            self.saved.set(Some(Word::KeptSaving));
        }
        spawn_local(async move {
            let mut outcome = None;
            while door.unsaved.replace(false) {
                let draft = open.draft.borrow().clone();
                let kept = keeper.save(&draft, clock::now()).await;
                // After the answers: an interruption between the two leaves answers that can be read. Once
                // both stores have it, it is not written again with every answer.
                if !open.asked_kept.get() {
                    let asked =
                        Asked { url: open.url.clone().unwrap_or_default(), json: open.opened.json.clone() };
                    let asked = keeper.keep_instrument(&draft.id, &asked.write()).await;
                    open.asked_kept.set(matches!(asked, Ok(Kept::Both)));
                }
                outcome = Some(kept);
            }
            door.saving.set(false);
            if let Some(outcome) = outcome {
                door.saved.set(Some(said(outcome, door.kept.lifespan.get())));
                door.tell_page_of_saving(outcome, &open.draft.borrow().id);
                match outcome {
                    // What is withheld on purpose is not tried again.
                    Ok(Kept::Both | Kept::WITHHELD) => door.next_try.set(FIRST_TRY),
                    Ok(Kept::LocalOnly(_) | Kept::IndexedOnly(_) | Kept::Nowhere(..)) => {
                        door.save_later(&open)
                    }
                    Err(Closed::Finished | Closed::Gone | Closed::Newer) => {}
                }
            }
        });
    }

    /// A store that did not take the draft may have been busy: tries again without being asked, ever less
    /// often, for as long as this questionnaire is open.
    fn save_later(self: &Rc<Self>, open: &Rc<Open>) {
        let wait = self.next_try.get();
        self.next_try.set((wait * 2).min(LAST_TRY));
        let (door, open) = (Rc::downgrade(self), Rc::downgrade(open));
        let again = Timeout::new(wait, move || {
            let (Some(door), Some(open)) = (door.upgrade(), open.upgrade()) else { return };
            let still = door.open.borrow().as_ref().is_some_and(|now| Rc::ptr_eq(now, &open));
            if still {
                door.save(open);
            }
        });
        *self.again.borrow_mut() = Some(again);
    }

    /// Shows answers that another page of this questionnaire has joined with ours.
    pub(super) fn take_in(self: &Rc<Self>, open: Rc<Open>, joined: Draft) {
        let held = joined.held.iter().map(|(place, (_, held))| (place.clone(), held.clone()));
        let mut session = Session::new(open.opened.instrument.clone());
        session.restore(held);
        open.live.replace(session);
        if !self.words().tongue().is_english() {
            self.translate_circumstances();
        }
        // They speak of places of the session before.
        self.errors.set(Vec::new());
        *open.draft.borrow_mut() = joined;
        self.save(open);
    }

    /// Waits until no save is under way, so that none can land after the response that takes its place.
    pub(super) async fn settled(&self) {
        while self.saving.get() {
            gloo_timers::future::TimeoutFuture::new(5).await;
        }
    }

    /// Deletes the open draft, as the person asked.
    pub(super) fn discard(self: &Rc<Self>) {
        let (Some(open), Some(keeper)) = (self.open.borrow_mut().take(), self.keeper.borrow().clone()) else {
            return;
        };
        let door = self.clone();
        spawn_local(async move {
            door.settled().await;
            let id = open.draft.borrow().id.clone();
            // What was never begun is not there to delete; `Closed` says the same of what has gone already.
            let _ = keeper.discard(&id, clock::now()).await;
            door.saved.set(None);
            if let Some(at) = door.begin_after.take() {
                return door.begin(at);
            }
            *door.news.borrow_mut() = Some(door.words().say(Word::StopDone).to_owned());
            door.turn(Screen::Start);
        });
    }

    /// The questionnaire that was begun here before from an address that cannot be fetched now.
    pub(super) fn kept_from(&self, url: &str) -> Option<Opened> {
        let keeper = self.keeper.borrow().clone()?;
        let kept = keeper.drafts(None).into_iter().filter_map(|kept| Asked::read(&kept.instrument?));
        kept.into_iter().find(|asked| asked.url == url)?.open().ok()
    }

    /// The start page's list: what the configuration offers, then what was begun and is not on offer.
    pub(super) fn rows(&self) -> Vec<Row> {
        let (Some(config), Some(keeper)) = (self.config.borrow().clone(), self.keeper.borrow().clone())
        else {
            return Vec::new();
        };
        let mut drafts = keeper.drafts(None);
        let mut rows: Vec<Row> = Vec::new();
        for (offer, source) in config.questionnaires.iter().zip(self.shelf.borrow().iter()) {
            // Of an offer that cannot be fetched now, what was begun from the same address can go on.
            let is_its = |kept: &OpenDraft| match source {
                Ok(opened) => kept.draft.instrument.url() == opened.instrument.id.url(),
                Err(_) => asked(kept).is_some_and(|asked| asked.url == offer.url),
            };
            let begun = drafts.iter().find(|kept| is_its(kept));
            let kept_until = begun.map(|kept| kept.expires_at(config.keep_drafts_days));
            let source = match (source, begun.and_then(asked)) {
                (Err(_), Some(asked)) => asked.open(),
                (source, _) => source.clone(),
            };
            drafts.retain(|kept| !is_its(kept));
            let (url, id) = (Some(offer.url.clone()), Some(offer.id.clone()));
            rows.push(Row { source, url, id, minutes: offer.minutes, kept_until });
        }
        for kept in drafts {
            let kept_until = Some(kept.expires_at(config.keep_drafts_days));
            let Some(asked) = asked(&kept) else { continue };
            let url = Some(asked.url.clone());
            rows.push(Row { source: asked.open(), url, id: None, minutes: None, kept_until });
        }
        rows
    }
}

fn asked(kept: &OpenDraft) -> Option<Asked> {
    Asked::read(kept.instrument.as_deref()?)
}

/// What to say of a save: "Saved" only when both stores have it, and are not emptied when the page is left.
fn said(outcome: Result<Kept, Closed>, lifespan: Lifespan) -> Word {
    match outcome {
        Ok(Kept::Both) if lifespan == Lifespan::Visit => Word::KeptPerhaps,
        Ok(Kept::Both) => Word::KeptSaved,
        Ok(Kept::LocalOnly(_) | Kept::IndexedOnly(_)) => Word::KeptPerhaps,
        Ok(Kept::WITHHELD) => Word::KeptShared,
        Ok(Kept::Nowhere(..)) => Word::KeptNowhere,
        Err(Closed::Finished | Closed::Gone | Closed::Newer) => Word::KeptElsewhere,
    }
}
