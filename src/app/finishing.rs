//! Finishing: the answers are checked, frozen into one response, kept, and only then sent.

use super::circumstances::{self, Moment};
use super::clock;
use super::door::{Door, Open};
use super::helping;
use super::screen::Screen;
use super::telling_page::Event;
use crate::domain::parcel::Parcel;
use crate::domain::response::Response;
use crate::engine::check::{self, Problem};
use crate::engine::{NodeIx, Session};
use crate::fhir::write::{self, Header, Party, Status};
use crate::store::mirror::Kept;
use crate::store::outbox::Unfinished;
use crate::ui::screens::done::Handover;
use crate::ui::words::Word;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

impl Door {
    /// Finishes and hands over, unless something still has to be put right.
    pub(super) fn finish(self: &Rc<Self>) {
        let (Some(open), Some(keeper)) = (self.open.borrow().clone(), self.keeper.borrow().clone()) else {
            return;
        };
        if let Some(node) = open.live.with(first_in_the_way) {
            let place = open.live.with(|session| session.place(node));
            self.changing.set(true);
            self.turn(Screen::Ask(place));
            return self.go_on();
        }
        // Another window may have given an answer that has to be met with help first.
        if self.help_first(&open).is_some() {
            return self.turn(Screen::Check);
        }
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.unfinished.set(None);
        let door = self.clone();
        spawn_local(async move {
            door.settled().await;
            let response = freeze(&open, door.language(), &door.language_of(&open));
            let draft = open.draft.borrow().clone();
            let Ok(parcel) = door.wrap(response).await else {
                door.busy.set(false);
                return door.unfinished.set(Some(Word::SealFailed));
            };
            let finished = keeper.finish(&draft, &parcel, clock::now()).await;
            door.busy.set(false);
            match finished {
                Ok(kept) => door.finished(&parcel, kept),
                Err(Unfinished::ChangedElsewhere(joined)) => {
                    // The other tab's answers are shown before anything is sent.
                    door.take_in(open, *joined);
                    door.unfinished.set(Some(Word::KeptElsewhere));
                }
                Err(Unfinished::Closed(_) | Unfinished::OtherResponse) => {
                    door.unfinished.set(Some(Word::KeptElsewhere));
                }
            }
        });
    }

    fn finished(self: &Rc<Self>, parcel: &Parcel, kept: Kept) {
        self.remember_told();
        self.help_at_end.set(self.open.borrow().as_deref().is_some_and(helping::is_triggered));
        if let Some(open) = self.open.borrow().as_ref() {
            self.remember_ended(open);
        }
        self.memory_only.set(matches!(kept, Kept::Nowhere(..)));
        *self.finished.borrow_mut() = Some(parcel.id().clone());
        self.tell_page(Event::Finished, parcel.id());
        *self.open.borrow_mut() = None;
        self.saved.set(None);
        let has_route = self.has_route();
        let collected = self.is_collected();
        self.handover.set(match (has_route, collected) {
            (true, _) => Handover::Sending,
            (false, true) => Handover::ToCollect,
            (false, false) => Handover::NoRoute,
        });
        // In the place of the check page: Back must not lead to answers that are finished.
        self.replace(Screen::Done);
        self.tell_received();
        self.send_waiting();
    }
}

/// The first question with something that keeps the response from being finished. A question left open does
/// not: nobody is made to answer.
fn first_in_the_way(session: &Session) -> Option<NodeIx> {
    let mut problems = check::all(session).into_iter();
    problems
        .find(|(_, problem)| !matches!(problem, Problem::Unanswered | Problem::TooFew { .. }))
        .map(|(node, _)| node)
}

/// The response, frozen. Circumstances that only the app knows are filled in first.
/// `shown` is the language of the page, `asked` that of the questions.
fn freeze(open: &Open, shown: &str, asked: &str) -> Response {
    let authored = clock::local_date_time();
    let instrument = &open.opened.instrument;
    // In a session of its own: what is on the screen and in the draft stays as the person left it.
    let mut session = Session::new(instrument.clone());
    session.restore(open.live.with(Session::kept_whole));
    let moment = Moment { authored: &authored, weekday: clock::weekday() };
    circumstances::fill(&mut session, &moment, shown);
    let (items, mode) = (session.freeze(asked), circumstances::mode(&session));
    let id = open.draft.borrow().id.clone();
    let header = Header {
        status: Status::Completed,
        authored: authored.as_str().into(),
        language: asked.into(),
        mode,
        subject: None,
        source: Some(Party { kind: circumstances::source(&session), identifier: None }),
        help_shown: helping::showings(open, &authored),
    };
    let added = open.opened.circumstances_added.then_some(circumstances::GROUP);
    let bytes = write::response(instrument, &id, &header, &items, added);
    Response::freeze(id, instrument.id.clone(), bytes)
}
