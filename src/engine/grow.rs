//! Making and removing nodes.

use super::node::{MOST_NODES, Node, NodeIx, is_listed};
use super::session::Session;
use crate::domain::answer::Place;
use crate::domain::instrument::ItemIx;
use std::rc::Rc;

impl Session {
    pub(super) fn grow_all(&mut self) {
        let instrument = Rc::clone(&self.instrument);
        for item in &instrument.roots {
            self.grow_first(None, *item);
        }
    }

    /// The nodes an item starts with: one, or as many repetitions as its initial values or `minOccurs`
    /// ask for, while there is room.
    fn grow_first(&mut self, parent: Option<NodeIx>, at: ItemIx) {
        let instrument = Rc::clone(&self.instrument);
        let item = instrument.item(at);
        let count = if is_listed(item) {
            let most = item.occurs.most.map_or(usize::MAX, |most| most.max(1) as usize);
            (item.occurs.least as usize).min(most).max(item.initial.len()).max(1)
        } else {
            1
        };
        for number in 0..count {
            if number > 0 && self.nodes.len() >= MOST_NODES {
                break;
            }
            let node = self.grow(parent, at, is_listed(item).then_some(number as u32));
            self.join_family(parent, node);
        }
    }

    /// A node and everything under it, with initial values, not yet among its parent's children.
    /// Of a question listed by repetitions the n-th repetition gets the n-th initial value.
    pub(super) fn grow(&mut self, parent: Option<NodeIx>, at: ItemIx, number: Option<u32>) -> NodeIx {
        let instrument = Rc::clone(&self.instrument);
        let item = instrument.item(at);
        let node = NodeIx(self.nodes.len() as u32);
        let mut made = Node::new(at, parent, number);
        made.answers = match number {
            Some(number) => item.initial.get(number as usize).cloned().into_iter().collect(),
            None => item.initial.to_vec(),
        };
        if !self.fills_initial {
            made.answers.clear();
        }
        self.nodes.push(made);
        self.of_item[at.index()].push(node);
        if let Some(number) = number {
            let next = self.next_number.get_or_insert_with((parent, at), u32::default);
            *next = (*next).max(number.saturating_add(1));
        }
        for child in &item.children {
            self.grow_first(Some(node), *child);
        }
        node
    }

    /// One more repetition after the last, if there is room for one.
    pub(super) fn grow_next(&mut self, parent: Option<NodeIx>, item: ItemIx) -> Option<NodeIx> {
        let number = self.next_number.get(&(parent, item)).copied().unwrap_or_default();
        if self.nodes.len() >= MOST_NODES || number == u32::MAX {
            return None;
        }
        let node = self.grow(parent, item, Some(number));
        self.join_family(parent, node);
        Some(node)
    }

    /// Puts a node among its parent's children: after the last of its item and before the next item.
    pub(super) fn join_family(&mut self, parent: Option<NodeIx>, node: NodeIx) {
        let place = |session: &Self, node: NodeIx| session.plan.place[session.node(node).item.index()];
        let wanted = place(self, node);
        let at = self.family(parent).partition_point(|sibling| place(self, *sibling) <= wanted);
        match parent {
            Some(parent) => self.node_mut(parent).children.insert(at, node),
            None => self.roots.insert(at, node),
        }
    }

    /// Takes a node and everything under it out of the form, and tells the places that held something.
    pub(super) fn cut(&mut self, node: NodeIx) -> Vec<Place> {
        let mut emptied = Vec::new();
        let mut ahead = vec![node];
        let mut doomed = Vec::new();
        while let Some(at) = ahead.pop() {
            if !self.node(at).is_blank() {
                emptied.push(self.place(at));
            }
            emptied.extend(self.lists_under(Some(at)).into_iter().map(|(place, _)| place));
            ahead.extend(self.children(at));
            doomed.push(at);
        }
        self.leave_family(self.parent(node), node);
        for at in doomed {
            let Node { item, parent, number, .. } = *self.node(at);
            self.unlink(at);
            self.of_item[item.index()].retain(|other| *other != at);
            *self.node_mut(at) = Node::gone(item, parent, number);
        }
        emptied
    }

    /// Takes a node from among its parent's children.
    pub(super) fn leave_family(&mut self, parent: Option<NodeIx>, node: NodeIx) {
        match parent {
            Some(parent) => self.node_mut(parent).children.retain(|child| *child != node),
            None => self.roots.retain(|child| *child != node),
        }
    }
}
