//! Turning pages: opening a questionnaire, Continue, Back, skip, change.

use super::circumstances;
use super::clock;
use super::door::{Door, Open};
use super::opening::{self, Asked, Opened};
use super::screen::{self, Entry, Screen};
use crate::domain::answer::{Place, Skip};
use crate::domain::draft::Draft;
use crate::domain::ids::ResponseId;
use crate::engine::node::is_question;
use crate::engine::{Command, NodeIx, Session};
use crate::ui::act::Act;
use crate::ui::focus;
use crate::ui::kept::Page;
use crate::ui::live::Live;
use crate::ui::words::Word;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

impl Door {
    /// Does what a person asked for.
    pub fn perform(self: &Rc<Self>, act: Act) {
        match act {
            Act::Begin(at) => self.begin(at),
            Act::BeginAfresh(at) => self.begin_afresh(at),
            Act::Explain(slug) => self.explain(slug),
            Act::ExplainEasy(slug, easy) => self.explain_easy(slug, easy),
            Act::Back => self.back(),
            Act::Continue => self.go_on(),
            Act::Skip(skip) => self.skip(skip),
            Act::Copy => self.keep_or_delete_copy(),
            Act::Print => super::address::print(),
            Act::AloneAtHome => self.tell_alone_at_home(),
            Act::Change(node) => self.change(node),
            Act::Send => self.finish(),
            Act::TryAgain => self.try_again(),
            Act::Stop => {
                self.begin_after.set(None);
                self.turn(Screen::Stop);
            }
            Act::ConfirmStop => self.discard(),
            Act::CancelStop => self.leave_stop(),
            Act::GoToStart if self.is_shared() && self.open.borrow().is_none() => self.clear_away(),
            Act::GoToStart => self.turn(Screen::Start),
            Act::Kept(wish) => self.wish(wish),
            Act::LetCollect(agreed) => self.let_collect(agreed),
            Act::Speak(tongue) => self.speak(tongue),
            Act::StillHere => self.still_here(),
            Act::ClearAway => self.clear_away(),
        }
    }

    /// The first screen of a visit: no page turn lies before it. After a reload the history still knows
    /// where the person was, and how many page turns came before.
    pub(super) fn first(&self, screen: Screen) {
        let before = Entry::showing();
        self.depth.set(before.map_or(0, |entry| entry.depth));
        Entry { depth: self.depth.get(), screen: screen.clone() }.replace();
        self.note_step(&screen);
        self.screen.set(screen);
    }

    /// After a reload, the page the person was on, if its answers are still kept here.
    pub(super) fn where_it_was(self: &Rc<Self>) -> Option<Screen> {
        let before = Entry::showing()?.screen;
        let (Screen::Ask(_) | Screen::Check) = before else { return None };
        let row = self.rows().into_iter().find(|row| row.kept_until.is_some())?;
        self.take_up(row.source.ok()?, row.url);
        Some(if let Screen::Ask(place) = before { self.nearest(place) } else { before })
    }

    /// After a reload of a page that the address opened: the page the person was on. Without any answers the
    /// draft does not know it, but the browser does.
    pub(super) fn back_to(&self, before: Entry) {
        let screen = match before.screen {
            Screen::Ask(place) if self.open.borrow().is_some() => self.nearest(place),
            Screen::Check if self.open.borrow().is_some() => Screen::Check,
            Screen::Ask(_)
            | Screen::Check
            | Screen::Before
            | Screen::Opening
            | Screen::Start
            | Screen::Explain(_)
            | Screen::Done
            | Screen::Kept(_)
            | Screen::Stop
            | Screen::Trouble(_) => return,
        };
        self.first(screen);
    }

    /// Shows a screen as a new page.
    pub(super) fn turn(&self, screen: Screen) {
        let entry = Entry { depth: self.depth.get() + 1, screen: screen.clone() };
        if entry.push() {
            self.depth.set(entry.depth);
        }
        self.show(screen);
    }

    /// Shows a screen in the place of the one before.
    pub(super) fn replace(&self, screen: Screen) {
        Entry { depth: self.depth.get(), screen: screen.clone() }.replace();
        self.show(screen);
    }

    fn show(&self, screen: Screen) {
        self.errors.set(Vec::new());
        if screen != Screen::Done {
            self.forget_ended();
        }
        self.note_step(&screen);
        self.screen.set(screen);
    }

    /// The browser went to another of our entries: Back or Forward.
    pub(super) fn arrive(self: &Rc<Self>, entry: Entry) {
        self.depth.set(entry.depth);
        let screen = match entry.screen {
            // What was answered is no longer here: sent, deleted, or another visit's.
            Screen::Before | Screen::Ask(_) | Screen::Check if self.open.borrow().is_none() => Screen::Start,
            Screen::Ask(place) => self.nearest(place),
            Screen::Explain(slug) => {
                self.look_up(&slug);
                Screen::Explain(slug)
            }
            other => other,
        };
        self.show(screen);
    }

    /// Back, in the page: as the browser's Back where a page of ours lies before, else to what comes before.
    fn back(self: &Rc<Self>) {
        if matches!(self.screen.get_untracked(), Screen::Stop) {
            return self.leave_stop();
        }
        if matches!(self.screen.get_untracked(), Screen::Kept(Page::Delete(_))) {
            return self.replace(Screen::Kept(Page::List));
        }
        if self.depth.get() > 0 && screen::back() {
            return;
        }
        let before = match self.screen.get_untracked() {
            Screen::Ask(place) => self.step_beside(&place, -1).map_or(Screen::Start, Screen::Ask),
            Screen::Check => self.last_step().map_or(Screen::Start, Screen::Ask),
            Screen::Opening
            | Screen::Start
            | Screen::Before
            | Screen::Explain(_)
            | Screen::Done
            | Screen::Kept(_)
            | Screen::Stop
            | Screen::Trouble(_) => Screen::Start,
        };
        self.replace(before);
    }

    fn leave_stop(self: &Rc<Self>) {
        self.begin_after.set(None);
        let resume = self.current_draft_step().map_or(Screen::Start, |place| self.nearest(place));
        self.replace(resume);
    }

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
    fn begin_afresh(self: &Rc<Self>, at: usize) {
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
    fn take_up(self: &Rc<Self>, opened: Opened, url: Option<String>) -> Screen {
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
        let mut session = Session::new(opened.instrument.clone());
        let Some(id) = draft.as_ref().map(|draft| draft.id.clone()).or_else(new_id) else {
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
        self.changing.set(false);
        match resume_at {
            Some(place) => self.nearest(place),
            None => self.first_page(),
        }
    }

    /// On to the next page, unless something on this one has to be put right.
    pub(super) fn go_on(self: &Rc<Self>) {
        let Some(open) = self.open.borrow().clone() else { return self.turn(Screen::Start) };
        if self.screen.get_untracked() == Screen::Before {
            return self.turn(self.first_question());
        }
        let Screen::Ask(place) = self.screen.get_untracked() else { return };
        let Some(step) = self.step_at(&place) else { return self.turn(Screen::Check) };
        let errors = self.problems_on(&open, &step);
        if errors.is_empty() {
            self.leave(&place);
        } else {
            self.errors.set(errors);
            let host = self.host.clone();
            // After the list has been drawn.
            spawn_local(async move {
                leptos::task::tick().await;
                focus::on_errors(&host);
            });
        }
    }

    /// From a page that is in order to the next one, or back to the check page.
    fn leave(self: &Rc<Self>, place: &Place) {
        if self.changing.replace(false) {
            return self.turn(Screen::Check);
        }
        let next = self.step_beside(place, 1);
        let told = next
            .as_ref()
            .and_then(|next| self.step_at(next))
            .is_some_and(|step| self.tell_again(&step.nodes));
        self.turn(next.filter(|_| !told).map_or(Screen::Check, Screen::Ask));
    }

    /// Leaves this page's open questions unanswered, on purpose.
    fn skip(self: &Rc<Self>, skip: Skip) {
        let Some(open) = self.open.borrow().clone() else { return };
        let Screen::Ask(place) = self.screen.get_untracked() else { return };
        let Some(step) = self.step_at(&place) else { return };
        let questions: Vec<NodeIx> = open.live.with(|session| {
            let can = |node: &&NodeIx| {
                let item = session.item(**node);
                let ours = circumstances::is_ours(&item.link_id);
                is_question(item) && !item.read_only && !item.hidden && !ours && session.is_enabled(**node)
            };
            step.nodes.iter().filter(can).copied().collect()
        });
        let alone = questions.len() == 1;
        for node in questions {
            let unanswered =
                open.live.with(|session| session.answers(node).is_empty() && session.typed(node).is_none());
            if alone || unanswered {
                open.live.send(Command::Skip { node, skip });
            }
        }
        self.leave(&place);
    }

    /// To one question, and with Continue back to the check page.
    fn change(self: &Rc<Self>, node: NodeIx) {
        let Some(open) = self.open.borrow().clone() else { return };
        let place = open.live.with(|session| session.place(node));
        self.changing.set(true);
        let screen = self.nearest(place);
        self.turn(screen);
    }
}

fn new_id() -> Option<ResponseId> {
    clock::random().map(ResponseId::from_random)
}
