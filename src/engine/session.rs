//! Answers in progress to one questionnaire, and what they imply.

use super::command::Changes;
use super::evaluator::Evaluator;
use super::kept::Misfit;
use super::node::{MOST_NODES, NOWHERE, Node, NodeIx, is_listed, is_question};
use super::plan::Plan;
use super::score::Scores;
use crate::domain::answer::{Answer, Held, Place, Skip};
use crate::domain::instrument::{Instrument, Item, ItemIx};
use crate::domain::ordered::Map;
use std::rc::Rc;

/// The answers in progress. Reading a removed node gives a blank, disabled one without children.
pub struct Session {
    pub(super) instrument: Rc<Instrument>,
    pub(super) plan: Plan,
    pub(super) nodes: Vec<Node>,
    pub(super) roots: Vec<NodeIx>,
    /// The nodes of each item that are not removed, in the order they were made.
    pub(super) of_item: Vec<Vec<NodeIx>>,
    /// The number the next repetition gets, by parent and item.
    pub(super) next_number: Map<(Option<NodeIx>, ItemIx), u32>,
    pub(super) evaluator: Option<Box<dyn Evaluator>>,
    /// New nodes start with the questionnaire's initial values.
    pub(super) fills_initial: bool,
}

impl Session {
    /// A fresh session: initial values are filled in, and scores are computed.
    pub fn new(instrument: Rc<Instrument>) -> Self {
        let scores = Box::new(Scores::of(&instrument));
        Self::with_evaluator(instrument, scores)
    }

    /// A fresh session whose computed values come from `evaluator`.
    pub fn with_evaluator(instrument: Rc<Instrument>, evaluator: Box<dyn Evaluator>) -> Self {
        Self::grown(instrument, evaluator, true)
    }

    fn grown(instrument: Rc<Instrument>, evaluator: Box<dyn Evaluator>, fills_initial: bool) -> Self {
        let mut session = Self {
            plan: Plan::new(&instrument),
            nodes: Vec::with_capacity(instrument.items.len()),
            roots: Vec::new(),
            of_item: vec![Vec::new(); instrument.items.len()],
            next_number: Map::new(),
            evaluator: Some(evaluator),
            fills_initial,
            instrument,
        };
        session.grow_all();
        session.link_all();
        session.settle_all();
        session.compute(&mut Changes::default());
        session
    }

    /// A session that holds a whole response brought back (`fhir::read::response`), and what did not fit.
    /// There are no initial values in it: a question without an answer there was left without one. Scores are
    /// computed anew.
    pub fn of_response(
        instrument: Rc<Instrument>,
        held: impl IntoIterator<Item = (Place, Held)>,
    ) -> (Self, Vec<Misfit>) {
        let scores = Box::new(Scores::of(&instrument));
        let mut session = Self::grown(instrument, scores, false);
        let misfits = session.restore(held);
        session.fills_initial = true;
        (session, misfits)
    }

    /// Takes the translations of another questionnaire's same words over; nothing of the answers changes.
    #[inline(never)] // not needed for the first question
    pub fn learn(&mut self, from: &Instrument) {
        Rc::make_mut(&mut self.instrument).learn(from);
    }

    /// The questionnaire.
    pub fn instrument(&self) -> &Rc<Instrument> {
        &self.instrument
    }

    /// The outermost nodes, in the order asked.
    pub fn roots(&self) -> &[NodeIx] {
        &self.roots
    }

    /// What stands under a node, in the order asked; the repetitions of an item stand together.
    pub fn children(&self, node: NodeIx) -> &[NodeIx] {
        &self.node(node).children
    }

    /// The group or question a node stands under.
    pub fn parent(&self, node: NodeIx) -> Option<NodeIx> {
        self.node(node).parent
    }

    /// The item a node is a place of.
    pub fn item(&self, node: NodeIx) -> &Item {
        self.instrument.item(self.node(node).item)
    }

    /// The position of that item in the questionnaire.
    pub fn item_ix(&self, node: NodeIx) -> ItemIx {
        self.node(node).item
    }

    /// The answers held, whether or not the question is asked at present.
    pub fn answers(&self, node: NodeIx) -> &[Answer] {
        &self.node(node).answers
    }

    /// What was typed and cannot be read as an answer, as it was typed.
    pub fn typed(&self, node: NodeIx) -> Option<&str> {
        self.node(node).typed.as_deref()
    }

    /// How the person passed over the question, if they did.
    pub fn skipped(&self, node: NodeIx) -> Option<Skip> {
        self.node(node).skipped
    }

    /// Whether the item is asked or shown as things stand: itself and everything around it.
    pub fn is_enabled(&self, node: NodeIx) -> bool {
        self.node(node).enabled
    }

    /// Whether the node is still there: `false` once its repetition was removed.
    pub fn is_present(&self, node: NodeIx) -> bool {
        self.nodes.get(node.index()).is_some_and(|node| !node.removed)
    }

    /// All repetitions of the item this node is a repetition of, in order, this one among them;
    /// only itself where the item does not repeat by nodes.
    pub fn repetitions(&self, node: NodeIx) -> &[NodeIx] {
        let Node { item, parent, removed, .. } = *self.node(node);
        if removed {
            return &[];
        }
        self.children_of(parent, item)
    }

    /// Whether [`super::Command::Add`] would be heeded here.
    pub fn can_add(&self, node: NodeIx) -> bool {
        let item = self.item(node);
        let most = item.occurs.most.map_or(usize::MAX, |most| most as usize);
        let room = self.repetitions(node).len() < most && self.nodes.len() < MOST_NODES;
        is_listed(item) && !item.read_only && self.is_enabled(node) && room
    }

    /// Whether [`super::Command::Remove`] would be heeded here.
    pub fn can_remove(&self, node: NodeIx) -> bool {
        let item = self.item(node);
        is_listed(item) && !item.read_only && self.is_enabled(node) && self.repetitions(node).len() > 1
    }

    /// Where the node stands, in the form that is kept.
    pub fn place(&self, node: NodeIx) -> Place {
        let mut within: Vec<u32> = self.upward(node).filter_map(|at| self.node(at).number).collect();
        within.reverse();
        Place { link_id: self.item(node).link_id.clone(), within }
    }

    /// The node at a place, if there is one. A question asked by repetitions is found without its own
    /// number too: its first repetition.
    pub fn find(&self, place: &Place) -> Option<NodeIx> {
        let item = self.plan.find(&self.instrument, place.link_id.as_str())?;
        let mut numbers = place.within.iter();
        let found = match self.is_whole_list(item, place) {
            true => *self.children_of(self.parent_at(item, &mut numbers)?, item).first()?,
            false => self.descend(item, &mut numbers)?,
        };
        numbers.next().is_none().then_some(found)
    }

    /// Whether the place names all repetitions of a question together: its own number is not given.
    pub(super) fn is_whole_list(&self, item: ItemIx, place: &Place) -> bool {
        let around = std::iter::successors(Some(item), |at| self.instrument.item(*at).parent);
        let numbers = around.filter(|at| is_listed(self.instrument.item(*at))).count();
        let item = self.instrument.item(item);
        is_listed(item) && is_question(item) && place.within.len() + 1 == numbers
    }

    /// The node an item's places stand under, outer `None` if there is none there.
    pub(super) fn parent_at<'n>(
        &self,
        item: ItemIx,
        numbers: &mut impl Iterator<Item = &'n u32>,
    ) -> Option<Option<NodeIx>> {
        match self.instrument.item(item).parent {
            Some(parent) => self.descend(parent, numbers).map(Some),
            None => Some(None),
        }
    }

    /// The node and everything under it, in document order.
    pub(super) fn within(&self, node: NodeIx) -> Vec<NodeIx> {
        InOrder { session: self, ahead: vec![node] }.collect()
    }

    /// Every node that is there, in document order.
    pub fn in_order(&self) -> InOrder<'_> {
        InOrder { session: self, ahead: self.roots.iter().rev().copied().collect() }
    }

    pub(super) fn node(&self, node: NodeIx) -> &Node {
        self.nodes.get(node.index()).unwrap_or(&NOWHERE)
    }

    pub(super) fn node_mut(&mut self, node: NodeIx) -> &mut Node {
        &mut self.nodes[node.index()]
    }

    /// The node, then its parent, and so on outwards.
    pub(super) fn upward(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> + '_ {
        std::iter::successors(Some(node), |at| self.node(*at).parent)
    }

    pub(super) fn family(&self, parent: Option<NodeIx>) -> &[NodeIx] {
        parent.map_or(&self.roots, |parent| &self.node(parent).children)
    }

    /// The nodes of one item under one parent. Found by halving, since a form may be flat and long.
    pub(super) fn children_of(&self, parent: Option<NodeIx>, item: ItemIx) -> &[NodeIx] {
        let family = self.family(parent);
        let place = |node: &NodeIx| self.plan.place[self.node(*node).item.index()];
        let wanted = self.plan.place[item.index()];
        let from = family.partition_point(|node| place(node) < wanted);
        let count = family[from..].partition_point(|node| place(node) == wanted);
        &family[from..from + count]
    }

    /// Follows the questionnaire's structure from a root down to `item`, taking a number at each
    /// repetition.
    pub(super) fn descend<'n>(
        &self,
        item: ItemIx,
        numbers: &mut impl Iterator<Item = &'n u32>,
    ) -> Option<NodeIx> {
        let parent = self.parent_at(item, numbers)?;
        let nodes = self.children_of(parent, item);
        if is_listed(self.instrument.item(item)) {
            let number = *numbers.next()?;
            nodes.iter().copied().find(|node| self.node(*node).number == Some(number))
        } else {
            nodes.first().copied()
        }
    }
}

/// See [`Session::in_order`].
pub struct InOrder<'s> {
    session: &'s Session,
    ahead: Vec<NodeIx>,
}

impl Iterator for InOrder<'_> {
    type Item = NodeIx;

    fn next(&mut self) -> Option<NodeIx> {
        let node = self.ahead.pop()?;
        self.ahead.extend(self.session.children(node).iter().rev());
        Some(node)
    }
}
