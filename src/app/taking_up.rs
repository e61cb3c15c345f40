//! Taking up a questionnaire: from the start page or from the page's address, with what was answered before.

use super::clock;
use super::door::{Door, Open};
use super::opening::{self, Asked, OpenFault, Opened};
use super::screen::Screen;
use crate::domain::answer::Place;
use crate::domain::draft::Draft;
use crate::engine::Session;
use crate::ui::live::Live;
use crate::ui::words::Word;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

impl Door {
    /// Opens the questionnaire at a position of the start page's list.
    pub(super) fn begin(self: &Rc<Self>, at: usize) {
        let rows = self.rows();
        // The only questionnaire on offer has said on the start page why it is asked.
        let alone = rows.len() == 1;
        let Some(row) = rows.into_iter().nth(at) else { return };
        match row.source {
            Ok(opened) => match self.take_up(opened, row.url) {
                Screen::Before if alone => self.turn(self.first_question()),
                screen => self.turn(screen),
            },
            Err(fault) => self.turn(Screen::Trouble(fault.trouble(true))),
        }
    }

    /// Anew: what was answered before is deleted first, and only if the person says so.
    pub(super) fn begin_afresh(self: &Rc<Self>, at: usize) {
        let Some(Ok(opened)) = self.rows().into_iter().nth(at).map(|row| row.source) else { return };
        self.take_up(opened, None);
        self.begin_after.set(Some(at));
        self.turn(Screen::Stop);
    }

    /// Fetches and opens the questionnaire at an address of this site.
    pub(super) async fn open_url(self: Rc<Self>, url: String) {
        *self.wanted.borrow_mut() = Some(url.clone());
        let fetched = opening::fetch(&url).await;
        let screen = match fetched {
            Ok(opened) => self.take_up(opened, Some(url)),
            // Without a network, what was begun here before can go on.
            Err(fault) => match self.kept_from(&url) {
                Some(opened) => self.take_up(opened, Some(url)),
                None => Screen::Trouble(fault.trouble(true)),
            },
        };
        // An address that names a questionnaire goes straight to its first question.
        self.first(if screen == Screen::Before { self.first_question() } else { screen });
    }

    /// Makes a questionnaire the open one, with what was answered before, and gives the
    /// screen to show.
    pub(super) fn take_up(self: &Rc<Self>, opened: Opened, url: Option<String>) -> Screen {
        let Some(keeper) = self.keeper.borrow().clone() else { return Screen::Start };
        let kept = keeper.drafts(Some(&opened.instrument.id)).into_iter().next();
        // The draft's own questionnaire wins: a new version cannot change the question under an answer.
        let (opened, draft) = match kept {
            Some(kept) => {
                let own =
                    kept.instrument.as_deref().and_then(Asked::read).and_then(|asked| asked.open().ok());
                (own.unwrap_or(opened), Some(kept.draft))
            }
            None => (opened, None),
        };
        if self.config.borrow().as_ref().is_none_or(|config| !config.may_ask(&opened.instrument)) {
            return Screen::Trouble(OpenFault::NoReview.trouble(true));
        }
        let mut session = Session::new(opened.instrument.clone());
        let Some(id) = draft.as_ref().map(|draft| draft.id.clone()).or_else(clock::new_id) else {
            return Screen::Start;
        };
        let draft = draft.unwrap_or_else(|| Draft::new(id, opened.instrument.id.clone()));
        let held = draft.held.iter().map(|(place, (_, held))| (place.clone(), held.clone()));
        let misfits = session.restore(held);
        self.saved.set((!misfits.is_empty()).then_some(Word::KeptMisfit));
        let resume_at = draft.step.as_ref().and_then(|(_, key)| Place::from_key(key));

        let door = Rc::downgrade(self);
        let live = self.owner.with(|| {
            Live::new(session, move |session, changes| {
                if let Some(door) = door.upgrade() {
                    door.keep(session, changes);
                }
            })
        });
        let open = Open { url, opened, live, draft: RefCell::new(draft), asked_kept: Cell::new(false) };
        *self.open.borrow_mut() = Some(Rc::new(open));
        if !self.words().tongue().is_english() {
            self.translate_circumstances();
        }
        self.changing.set(false);
        let open = self.open.borrow().clone();
        if let Some(help) = open.and_then(|open| self.help_first(&open)) {
            return help;
        }
        match resume_at {
            Some(place) => self.nearest(place),
            None => self.first_page(),
        }
    }
}
