//! Which items are asked: conditions, worked out in dependency order.
//!
//! Each node knows the nodes its conditions look at and the nodes that look at it, so a change visits
//! what depends on it and nothing else. An item under something that is not asked is not asked; the
//! answers of a question that is not asked count as absent.

use super::compare::holds;
use super::node::{NodeIx, is_listed, is_question};
use super::session::Session;
use crate::domain::answer::Answer;
use crate::domain::instrument::ItemIx;
use crate::domain::ordered::Set;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

impl Session {
    /// The nodes a condition at `node` on `question` looks at.
    ///
    /// R4 (`Questionnaire.item.enableWhen.question`): of several occurrences the nearest, tracing first
    /// the ancestors, then what precedes, then what follows. We first stay within the innermost
    /// repetition that holds both, so that a question later in the same repetition is nearer than one in
    /// the repetition before. The repetitions of one question are one occurrence with several answers.
    fn resolve(&self, node: NodeIx, question: ItemIx) -> Vec<NodeIx> {
        if let [only] = self.of_item[question.index()][..] {
            return if only == node { Vec::new() } else { vec![only] };
        }
        let mut path: Vec<ItemIx> =
            std::iter::successors(Some(question), |at| self.instrument.item(*at).parent).collect();
        let mut below = None;
        let mut scope = None;
        for at in self.upward(node) {
            if let Some(depth) = path.iter().position(|item| *item == self.node(at).item) {
                if depth == 0 {
                    return if at == node { Vec::new() } else { vec![at] };
                }
                path.truncate(depth);
                scope = Some(at);
                break;
            }
            below = Some(at);
        }
        let rank = |item: ItemIx| self.plan.place[item.index()];
        let precedes = below.is_some_and(|below| {
            path.last().is_some_and(|branch| rank(*branch) < rank(self.node(below).item))
        });
        while let Some(item) = path.pop() {
            let nodes = self.children_of(scope, item);
            if path.is_empty()
                && is_question(self.instrument.item(item))
                && is_listed(self.instrument.item(item))
            {
                return nodes.to_vec();
            }
            scope = if precedes { nodes.last().copied() } else { nodes.first().copied() };
            if scope.is_none() {
                return Vec::new();
            }
        }
        scope.into_iter().collect()
    }

    /// Finds anew what a node's conditions look at.
    pub(super) fn link(&mut self, node: NodeIx) {
        self.unlink_sources(node);
        let instrument = Rc::clone(&self.instrument);
        let Some(enable) = &instrument.item(self.node(node).item).enable else { return };
        let sources: Vec<Vec<NodeIx>> =
            enable.conditions.iter().map(|condition| self.resolve(node, condition.question)).collect();
        for source in sources.iter().flatten() {
            let watchers = &mut self.node_mut(*source).watchers;
            // Several conditions on one question come one after the other here, so the last tells.
            if watchers.last() != Some(&node) {
                watchers.push(node);
            }
        }
        self.node_mut(node).sources = sources;
    }

    fn unlink_sources(&mut self, node: NodeIx) {
        for source in std::mem::take(&mut self.node_mut(node).sources).into_iter().flatten() {
            self.node_mut(source).watchers.retain(|watcher| *watcher != node);
        }
    }

    /// Cuts all ties of a node that is about to go.
    pub(super) fn unlink(&mut self, node: NodeIx) {
        self.unlink_sources(node);
        for watcher in std::mem::take(&mut self.node_mut(node).watchers) {
            for sources in &mut self.node_mut(watcher).sources {
                sources.retain(|source| *source != node);
            }
        }
    }

    pub(super) fn link_all(&mut self) {
        let nodes: Vec<NodeIx> = self.in_order().collect();
        for node in nodes {
            self.link(node);
        }
    }

    /// The nodes whose conditions may look elsewhere now that repetitions of `item` came or went: what
    /// looks at anything inside it.
    pub(super) fn lookers_into(&self, item: ItemIx) -> Vec<NodeIx> {
        let mut inside = vec![item];
        let mut found = Set::new();
        while let Some(at) = inside.pop() {
            inside.extend(&self.instrument.item(at).children);
            for dependent in &self.plan.dependents[at.index()] {
                found.extend(self.of_item[dependent.index()].iter().copied());
            }
        }
        found.into_iter().collect()
    }

    fn would_be_enabled(&self, node: NodeIx) -> bool {
        let at = self.node(node);
        if at.removed || at.parent.is_some_and(|parent| !self.is_enabled(parent)) {
            return false;
        }
        let Some(enable) = &self.instrument.item(at.item).enable else { return true };
        let mut results = enable.conditions.iter().zip(&at.sources).map(|(condition, sources)| {
            let asked = sources.iter().map(|source| self.node(*source)).filter(|source| source.enabled);
            let answers: Vec<&Answer> = asked.flat_map(|source| &source.answers).collect();
            holds(&condition.test, &answers)
        });
        if enable.all { results.all(|holds| holds) } else { results.any(|holds| holds) }
    }

    /// Works enablement out for every node, from nothing.
    pub(super) fn settle_all(&mut self) {
        for node in self.in_turn() {
            self.node_mut(node).enabled = self.would_be_enabled(node);
        }
    }

    /// Works enablement out for `first` and whatever depends on it; gives the nodes where it changed.
    /// Each node is visited once, after everything it depends on.
    pub(super) fn settle(&mut self, first: impl IntoIterator<Item = NodeIx>) -> Vec<NodeIx> {
        let mut ahead: BinaryHeap<Reverse<(u32, NodeIx)>> =
            first.into_iter().map(|node| Reverse((self.turn(node), node))).collect();
        let mut toggled = Vec::new();
        while let Some(Reverse((turn, node))) = ahead.pop() {
            // A node waiting twice comes up twice in a row; the second time nothing is left to change.
            let enabled = self.would_be_enabled(node);
            if enabled == self.is_enabled(node) {
                continue;
            }
            self.node_mut(node).enabled = enabled;
            toggled.push(node);
            let at = self.node(node);
            let next = at.watchers.iter().chain(&at.children).map(|next| (self.turn(*next), *next));
            // Later turns only: with conditions in a circle this still ends.
            ahead.extend(next.filter(|next| next.0 > turn).map(Reverse));
        }
        toggled
    }

    /// Every node, each after all it depends on.
    pub(super) fn in_turn(&self) -> Vec<NodeIx> {
        let mut nodes: Vec<NodeIx> = self.in_order().collect();
        nodes.sort_by_key(|node| self.turn(*node));
        nodes
    }

    fn turn(&self, node: NodeIx) -> u32 {
        self.plan.turn[self.node(node).item.index()]
    }
}
