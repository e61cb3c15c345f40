//! The session as the views see it: a question is looked at again only when it changed.
//!
//! One session, one trigger a node. A change notifies the nodes it names and nothing else, so one answer
//! costs the same among ten items and among a thousand.

use crate::domain::answer::Answer;
use crate::domain::instrument::Instrument;
use crate::domain::ordered::Map;
use crate::engine::check::Problem;
use crate::engine::{Changes, Command, NodeIx, Session};
use leptos::prelude::{ArcTrigger, LocalStorage, Notify, StoredValue, Track, WithValue};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// A live session. Copies are the same session.
#[derive(Clone, Copy)]
pub struct Live(StoredValue<Inner, LocalStorage>);

type OnChange = Box<dyn Fn(&Session, &Changes)>;

struct Inner {
    session: RefCell<Session>,
    /// By node; made when the node is first looked at.
    triggers: RefCell<Vec<Option<ArcTrigger>>>,
    shape: ArcTrigger,
    problems: RefCell<Map<NodeIx, Vec<Problem>>>,
    ahead: RefCell<VecDeque<Command>>,
    busy: Cell<bool>,
    /// Counts the sessions there have been.
    epoch: Cell<u32>,
    on_change: OnChange,
}

impl Inner {
    fn trigger(&self, node: NodeIx) -> ArcTrigger {
        let at = node.0 as usize;
        let mut triggers = self.triggers.borrow_mut();
        if triggers.len() <= at {
            triggers.resize(at + 1, None);
        }
        match triggers.get_mut(at) {
            Some(slot) => slot.get_or_insert_default().clone(),
            None => ArcTrigger::new(),
        }
    }

    fn notify(&self, node: NodeIx) {
        let trigger = self.triggers.borrow().get(node.0 as usize).cloned().flatten();
        if let Some(trigger) = trigger {
            trigger.notify();
        }
    }

    /// Commands sent while another is being carried out (from `on_change`) wait for their turn.
    fn send(&self, command: Command) {
        self.ahead.borrow_mut().push_back(command);
        if self.busy.replace(true) {
            return;
        }
        loop {
            let next = self.ahead.borrow_mut().pop_front();
            let Some(command) = next else { break };
            let changes = self.session.borrow_mut().apply(command);
            self.tell(&changes);
            (self.on_change)(&self.session.borrow(), &changes);
        }
        self.busy.set(false);
    }

    fn tell(&self, changes: &Changes) {
        for node in &changes.answered {
            self.problems.borrow_mut().remove(node);
        }
        let around = changes.repeated.iter().flatten();
        for node in changes.answered.iter().chain(&changes.toggled).chain(around) {
            self.notify(*node);
        }
        if !changes.toggled.is_empty() || !changes.repeated.is_empty() {
            self.shape.notify();
        }
    }
}

impl Live {
    /// Makes a session live. `on_change` is told of every command carried out, after the views.
    pub fn new(session: Session, on_change: impl Fn(&Session, &Changes) + 'static) -> Self {
        Self(StoredValue::new_local(Inner {
            session: RefCell::new(session),
            triggers: RefCell::default(),
            shape: ArcTrigger::new(),
            problems: RefCell::default(),
            ahead: RefCell::default(),
            busy: Cell::new(false),
            epoch: Cell::new(0),
            on_change: Box::new(on_change),
        }))
    }

    /// Carries a command out and lets those who look at what it changed look again.
    pub fn send(&self, command: Command) {
        // A late event of a page that is gone finds no session; there is nothing left to change.
        let _ = self.0.try_with_value(|inner| inner.send(command));
    }

    /// Reads the session without looking out for changes.
    pub fn with<R>(&self, read: impl FnOnce(&Session) -> R) -> R {
        self.0.with_value(|inner| read(&inner.session.borrow()))
    }

    /// Takes translations over from another questionnaire. Views drawn before do not change.
    #[inline(never)] // not needed for the first question
    pub fn learn(&self, from: &Instrument) {
        self.0.with_value(|inner| inner.session.borrow_mut().learn(from));
    }

    /// Replaces the whole session, for example by one with what was kept. A node of the old one says nothing
    /// about the new, so its views are never told anything again; a page draws itself anew.
    pub fn replace(&self, session: Session) {
        self.0.with_value(|inner| {
            *inner.session.borrow_mut() = session;
            inner.problems.borrow_mut().clear();
            inner.triggers.borrow_mut().clear();
            inner.epoch.set(inner.epoch.get().wrapping_add(1));
            inner.shape.notify();
        });
    }

    /// Looks out for changes of one node: its answers, what was typed, whether it is asked, what stands
    /// under it, and its problems.
    pub fn track(&self, node: NodeIx) {
        self.0.with_value(|inner| inner.trigger(node)).track();
    }

    /// Which session this is, counted from 0 by [`Self::replace`].
    pub fn epoch(&self) -> u32 {
        self.0.with_value(|inner| inner.epoch.get())
    }

    /// Looks out for items coming and going anywhere.
    pub fn track_shape(&self) {
        self.0.with_value(|inner| inner.shape.clone()).track();
    }

    /// Lets those who look at a node look again.
    pub fn touch(&self, node: NodeIx) {
        let _ = self.0.try_with_value(|inner| inner.notify(node));
    }

    /// Reads something of one node, looking out for its changes.
    pub fn look<R>(&self, node: NodeIx, read: impl FnOnce(&Session) -> R) -> R {
        self.track(node);
        self.with(read)
    }

    /// The node's answers.
    pub fn answers(&self, node: NodeIx) -> Vec<Answer> {
        self.look(node, |session| session.answers(node).to_vec())
    }

    /// What was typed and could not be read.
    pub fn typed(&self, node: NodeIx) -> Option<String> {
        self.look(node, |session| session.typed(node).map(str::to_owned))
    }

    /// Whether the node is asked.
    pub fn is_enabled(&self, node: NodeIx) -> bool {
        self.look(node, |session| session.is_enabled(node))
    }

    /// What stands under the node.
    pub fn children(&self, node: NodeIx) -> Vec<NodeIx> {
        self.look(node, |session| session.children(node).to_vec())
    }

    /// Shows problems beside a question, until its answer changes. None of them takes them away.
    pub fn show_problems(&self, node: NodeIx, problems: Vec<Problem>) {
        self.0.with_value(|inner| {
            let mut shown = inner.problems.borrow_mut();
            if shown.get(&node).is_none_or(Vec::is_empty) && problems.is_empty() {
                return;
            }
            shown.insert(node, problems);
            drop(shown);
            inner.notify(node);
        });
    }

    /// The problems shown beside a question.
    pub fn problems(&self, node: NodeIx) -> Vec<Problem> {
        self.track(node);
        self.0.with_value(|inner| inner.problems.borrow().get(&node).cloned().unwrap_or_default())
    }
}
