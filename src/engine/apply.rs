//! Carrying out commands.

use super::command::{Changes, Command, Declined};
use super::evaluator::MOST_ROUNDS;
use super::fit::{fit, keep_exclusive};
use super::node::{NodeIx, is_listed, is_question};
use super::session::Session;
use super::typing;
use crate::domain::answer::{Answer, Skip};
use crate::domain::instrument::{ItemIx, ItemKind};

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

    pub(super) fn fill(&mut self, node: NodeIx, answers: Vec<Answer>) -> Result<Changes, Declined> {
        self.question(node)?;
        if !is_listed(self.item(node)) {
            let answers = fit(self.item(node), answers)?;
            return Ok(self.put(node, Content { answers, ..Content::default() }));
        }
        let mut fitting = Vec::with_capacity(answers.len());
        for answer in answers {
            fitting.extend(fit(self.item(node), vec![answer])?);
        }
        let (parent, item) = (self.parent(node), self.item_ix(node));
        Ok(self.fill_list(parent, item, fitting))
    }

    /// One repetition of a question for each answer, and one empty one if there is none.
    fn fill_list(&mut self, parent: Option<NodeIx>, item: ItemIx, answers: Vec<Answer>) -> Changes {
        let before = self.children_of(parent, item).to_vec();
        let wanted = answers.len().max(1);
        let mut emptied = Vec::new();
        for node in before.iter().skip(wanted) {
            emptied.extend(self.cut(*node));
        }
        for _ in before.len()..wanted {
            if self.grow_next(parent, item).is_none() {
                break;
            }
        }
        let nodes = self.children_of(parent, item).to_vec();
        let mut values = answers.into_iter();
        for node in &nodes {
            self.put_quietly(
                *node,
                Content { answers: values.next().into_iter().collect(), ..Content::default() },
            );
        }
        let mut changes = if before == nodes {
            let watchers: Vec<NodeIx> =
                nodes.iter().flat_map(|node| &self.node(*node).watchers).copied().collect();
            Changes { toggled: self.settle(watchers), ..Changes::default() }
        } else {
            let fresh = nodes.iter().filter(|node| !before.contains(node));
            let mut again: Vec<NodeIx> = fresh.flat_map(|node| self.within(*node)).collect();
            again.extend(self.lookers_into(item));
            self.relink(again, parent)
        };
        changes.answered = nodes;
        changes.emptied = emptied;
        changes
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
        let added = if self.can_add(node) { self.grow_next(parent, item) } else { None };
        let mut again = self.within(added.ok_or(Declined::NoRoom)?);
        again.extend(self.lookers_into(item));
        Ok(self.relink(again, parent))
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
                    news.join(filled);
                }
            }
            changes.join(news.clone());
        }
        self.evaluator = Some(evaluator);
    }
}
