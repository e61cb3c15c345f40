//! Carrying out commands.

use super::command::{Changes, Command, Declined};
use super::evaluator::MOST_ROUNDS;
use super::fit::{fit, keep_exclusive};
use super::node::{MOST_NODES, NodeIx, is_listed, is_question};
use super::session::Session;
use super::typing;
use crate::domain::answer::{Answer, Skip};
use crate::domain::instrument::ItemKind;

/// What a question holds: answers, or what was typed instead, or that it was skipped.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Content {
    pub answers: Vec<Answer>,
    pub typed: Option<Box<str>>,
    pub skipped: Option<Skip>,
}

impl Session {
    /// Carries a command out. A command that cannot be heeded changes nothing and says why.
    pub fn apply(&mut self, command: Command) -> Changes {
        let done = match command {
            Command::Answer { node, answers } => self.answer(node, answers),
            Command::Type { node, text } => self.type_text(node, &text),
            Command::Skip { node, skip } => self
                .writable(node)
                .map(|()| self.put(node, Content { skipped: Some(skip), ..Content::default() })),
            Command::Add { node } => self.add(node),
            Command::Remove { node } => self.remove(node),
            Command::Fill { node, answers } => self.fill(node, answers),
        };
        match done {
            Ok(mut changes) => {
                self.compute(&mut changes);
                changes
            }
            Err(why) => Changes::declined(why),
        }
    }

    fn answer(&mut self, node: NodeIx, answers: Vec<Answer>) -> Result<Changes, Declined> {
        self.writable(node)?;
        let mut answers = fit(self.item(node), answers)?;
        if let ItemKind::Choice(rule) = &self.item(node).kind {
            keep_exclusive(rule, self.answers(node), &mut answers);
        }
        Ok(self.put(node, Content { answers, ..Content::default() }))
    }

    fn type_text(&mut self, node: NodeIx, text: &str) -> Result<Changes, Declined> {
        self.writable(node)?;
        let mut content = typing::read(self.item(node), self.answers(node), text)?;
        if let ItemKind::Choice(rule) = &self.item(node).kind {
            keep_exclusive(rule, self.answers(node), &mut content.answers);
        }
        Ok(self.put(node, content))
    }

    fn fill(&mut self, node: NodeIx, answers: Vec<Answer>) -> Result<Changes, Declined> {
        self.question(node)?;
        let answers = fit(self.item(node), answers)?;
        Ok(self.put(node, Content { answers, ..Content::default() }))
    }

    fn question(&self, node: NodeIx) -> Result<(), Declined> {
        if !self.is_present(node) {
            Err(Declined::NoSuchNode)
        } else if is_question(self.item(node)) {
            Ok(())
        } else {
            Err(Declined::NotAQuestion)
        }
    }

    fn writable(&self, node: NodeIx) -> Result<(), Declined> {
        self.question(node)?;
        if self.item(node).read_only {
            Err(Declined::ReadOnly)
        } else if self.is_enabled(node) {
            Ok(())
        } else {
            Err(Declined::Disabled)
        }
    }

    /// Puts content in place and works out what follows.
    fn put(&mut self, node: NodeIx, content: Content) -> Changes {
        self.put_quietly(node, content);
        let watchers = self.node(node).watchers.clone();
        Changes { answered: vec![node], toggled: self.settle(watchers), ..Changes::default() }
    }

    pub(super) fn put_quietly(&mut self, node: NodeIx, content: Content) {
        let at = self.node_mut(node);
        at.answers = content.answers;
        at.typed = content.typed;
        at.skipped = content.skipped;
    }

    fn repetition(&self, node: NodeIx) -> Result<(), Declined> {
        if !self.is_present(node) {
            return Err(Declined::NoSuchNode);
        }
        let item = self.item(node);
        if !is_listed(item) {
            Err(Declined::NotRepeating)
        } else if item.read_only {
            Err(Declined::ReadOnly)
        } else if self.is_enabled(node) {
            Ok(())
        } else {
            Err(Declined::Disabled)
        }
    }

    fn add(&mut self, node: NodeIx) -> Result<Changes, Declined> {
        self.repetition(node)?;
        let (parent, item) = (self.parent(node), self.item_ix(node));
        let number = self.next_number.get(&(parent, item)).copied().unwrap_or_default();
        if !self.can_add(node) || self.nodes.len() >= MOST_NODES || number == u32::MAX {
            return Err(Declined::NoRoom);
        }
        let first = self.nodes.len() as u32;
        let added = self.grow(parent, item, Some(number));
        self.join_family(parent, added);
        let mut fresh: Vec<NodeIx> = (first..self.nodes.len() as u32).map(NodeIx).collect();
        fresh.extend(self.lookers_into(item));
        Ok(self.relink(fresh, parent))
    }

    fn remove(&mut self, node: NodeIx) -> Result<Changes, Declined> {
        self.repetition(node)?;
        if self.repetitions(node).len() < 2 {
            return Err(Declined::LastOne);
        }
        let (parent, item) = (self.parent(node), self.item_ix(node));
        let emptied = self.cut(node);
        let lookers = self.lookers_into(item);
        Ok(Changes { emptied, ..self.relink(lookers, parent) })
    }

    fn relink(&mut self, nodes: Vec<NodeIx>, parent: Option<NodeIx>) -> Changes {
        for node in &nodes {
            self.link(*node);
        }
        Changes { toggled: self.settle(nodes), repeated: vec![parent], ..Changes::default() }
    }

    /// Lets the evaluator fill in what follows, and adds what came of it to `changes`.
    pub(super) fn compute(&mut self, changes: &mut Changes) {
        let Some(mut evaluator) = self.evaluator.take() else { return };
        let mut news = changes.clone();
        for _ in 0..MOST_ROUNDS {
            let computed = evaluator.compute(self, &news);
            if computed.is_empty() {
                break;
            }
            news = Changes::default();
            for (node, answers) in computed {
                if let Ok(filled) = self.fill(node, answers) {
                    news.answered.extend(filled.answered);
                    news.toggled.extend(filled.toggled);
                }
            }
            changes.answered.extend(&news.answered);
            changes.toggled.extend(&news.toggled);
        }
        self.evaluator = Some(evaluator);
    }
}
