//! Items in their places: one node for each item, and one more for each repetition.

use crate::domain::answer::{Answer, Skip};
use crate::domain::instrument::{Item, ItemIx, ItemKind};

/// An item in its place in the answers; the repetitions of one item are several nodes. Given out once
/// and never reused within a session, so a view that outlives its node reads nothing of another's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeIx(pub u32);

impl NodeIx {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The most nodes a session grows to. A questionnaire asking for more copies at the start
/// (`questionnaire-minOccurs`) gets fewer, which [`super::check`] reports; a person's own addition is declined.
pub const MOST_NODES: usize = 50_000;

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub item: ItemIx,
    pub parent: Option<NodeIx>,
    /// Which repetition, where the item is listed by repetitions.
    pub number: Option<u32>,
    pub children: Vec<NodeIx>,
    pub answers: Vec<Answer>,
    pub typed: Option<Box<str>>,
    pub skipped: Option<Skip>,
    /// Enabled itself and everything around it.
    pub enabled: bool,
    /// Removed repetitions stay, empty, so that their index is not given out again.
    pub removed: bool,
    /// For each of the item's conditions: the nodes looked at.
    pub sources: Vec<Vec<NodeIx>>,
    /// The nodes whose conditions look at this one.
    pub watchers: Vec<NodeIx>,
}

impl Node {
    pub const fn new(item: ItemIx, parent: Option<NodeIx>, number: Option<u32>) -> Self {
        Self {
            item,
            parent,
            number,
            children: Vec::new(),
            answers: Vec::new(),
            typed: None,
            skipped: None,
            enabled: false,
            removed: false,
            sources: Vec::new(),
            watchers: Vec::new(),
        }
    }

    /// One that was removed.
    pub const fn gone(item: ItemIx, parent: Option<NodeIx>, number: Option<u32>) -> Self {
        let mut node = Self::new(item, parent, number);
        node.removed = true;
        node
    }

    pub fn is_blank(&self) -> bool {
        self.answers.is_empty() && self.typed.is_none() && self.skipped.is_none()
    }
}

/// What is read of a node that another session gave out: blank and removed.
pub(super) static NOWHERE: Node = Node::gone(ItemIx(0), None, None);

/// Whether each repetition of the item is a node of its own: repeated groups, and repeated questions of
/// every kind but a list to choose from, whose several answers are ticks in one list.
pub fn is_listed(item: &Item) -> bool {
    item.repeats
        && match &item.kind {
            ItemKind::Choice(rule) => rule.options.is_empty(),
            ItemKind::Display(_) => false,
            ItemKind::Group(_)
            | ItemKind::Boolean
            | ItemKind::Decimal(_)
            | ItemKind::Integer(_)
            | ItemKind::Date(_)
            | ItemKind::DateTime(_)
            | ItemKind::Time(_)
            | ItemKind::String(_)
            | ItemKind::Text(_)
            | ItemKind::Url(_)
            | ItemKind::Quantity(_) => true,
        }
}

/// Whether the item asks for an answer of its own: everything but groups and display texts.
pub fn is_question(item: &Item) -> bool {
    !matches!(item.kind, ItemKind::Group(_) | ItemKind::Display(_))
}
