//! What is kept of a session between visits, and bringing it back.

use super::apply::Content;
use super::command::{Changes, Declined};
use super::fit::fit;
use super::node::{MOST_NODES, NodeIx, is_listed, is_question};
use super::session::Session;
use crate::domain::answer::{Held, Place};
use crate::domain::instrument::ItemIx;

/// Something kept that has no place in this session. It is told, never dropped silently.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    /// Where it was kept.
    pub place: Place,
    /// What was kept.
    pub held: Held,
    /// Why it does not fit.
    pub why: Why,
}

/// Why something kept does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The questionnaire has no such item there.
    NoSuchItem,
    /// The item is there, the repetition is not.
    NoSuchRepetition,
    /// The item cannot hold this.
    Unfit(Declined),
}

impl Session {
    /// What to keep for one question: what was typed, else how it was skipped, else its answers.
    pub fn held(&self, node: NodeIx) -> Held {
        let at = self.node(node);
        match (&at.typed, at.skipped) {
            (Some(typed), _) => Held::Typed(typed.clone()),
            (None, Some(skip)) => Held::Skipped(skip),
            (None, None) => Held::Answers(at.answers.clone()),
        }
    }

    /// Everything to write down after a change: the questions answered, the lists of repetitions that
    /// changed, and the places emptied.
    pub fn kept(&self, changes: &Changes) -> Vec<(Place, Held)> {
        let present = changes.answered.iter().filter(|node| self.is_present(**node));
        let answered = present.map(|node| (self.place(*node), self.held(*node)));
        let emptied = changes.emptied.iter().map(|place| (place.clone(), Held::Answers(Vec::new())));
        let repeated = changes.repeated.iter().flat_map(|parent| self.lists_under(*parent));
        repeated.chain(emptied).chain(answered).collect()
    }

    /// Everything there is to keep, each repeated list before what is in it.
    pub fn kept_whole(&self) -> Vec<(Place, Held)> {
        let mut kept = self.lists_under(None);
        for node in self.in_order() {
            if is_question(self.item(node)) {
                kept.push((self.place(node), self.held(node)));
            }
            kept.extend(self.lists_under(Some(node)));
        }
        kept
    }

    /// The numbers of the repetitions of each repeated item directly under a node.
    pub(super) fn lists_under(&self, parent: Option<NodeIx>) -> Vec<(Place, Held)> {
        let mut lists: Vec<(Place, Held)> = Vec::new();
        let mut last = None;
        for node in self.family(parent) {
            let Some(number) = self.node(*node).number else { continue };
            if last == Some(self.item_ix(*node))
                && let Some((_, Held::Repetitions(numbers))) = lists.last_mut()
            {
                numbers.push(number);
                continue;
            }
            last = Some(self.item_ix(*node));
            let mut place = self.place(*node);
            place.within.pop();
            lists.push((place, Held::Repetitions(vec![number])));
        }
        lists
    }

    /// Brings back what was kept, whatever its order: repetitions first, outermost first. Answers to
    /// questions not asked at present come back too, unseen. What does not fit is returned.
    pub fn restore(&mut self, held: impl IntoIterator<Item = (Place, Held)>) -> Vec<Misfit> {
        let (mut lists, contents): (Vec<_>, Vec<_>) =
            held.into_iter().partition(|(_, held)| matches!(held, Held::Repetitions(_)));
        lists.sort_by_key(|(place, _)| place.within.len());
        let mut misfits = Vec::new();
        for (place, held) in lists.into_iter().chain(contents) {
            if let Err(why) = self.restore_one(&place, &held) {
                misfits.push(Misfit { place, held, why });
            }
        }
        self.link_all();
        self.settle_all();
        self.compute(&mut Changes::default());
        misfits
    }

    fn restore_one(&mut self, place: &Place, held: &Held) -> Result<(), Why> {
        let item = self.plan.find(&self.instrument, place.link_id.as_str()).ok_or(Why::NoSuchItem)?;
        if let Held::Repetitions(numbers) = held {
            return self.restore_list(item, place, numbers);
        }
        let node = match self.find(place) {
            Some(node) => node,
            // What was emptied together with its repetition.
            None if matches!(held, Held::Answers(answers) if answers.is_empty()) => return Ok(()),
            None => return Err(Why::NoSuchRepetition),
        };
        if !is_question(self.item(node)) {
            return Err(Why::Unfit(Declined::NotAQuestion));
        }
        if let Held::Answers(answers) = held
            && self.is_whole_list(item, place)
        {
            return self.fill(node, answers.clone()).map(drop).map_err(Why::Unfit);
        }
        let content = match held {
            Held::Answers(answers) => {
                let answers = fit(self.item(node), answers.clone()).map_err(Why::Unfit)?;
                Content { answers, ..Content::default() }
            }
            Held::Typed(typed) => Content { typed: Some(typed.clone()), ..Content::default() },
            Held::Skipped(skip) => Content { skipped: Some(*skip), ..Content::default() },
            Held::Repetitions(_) => return Err(Why::NoSuchItem),
        };
        self.put_quietly(node, content);
        Ok(())
    }

    /// Makes the repetitions of an item those that were kept, in that order.
    fn restore_list(&mut self, item: ItemIx, place: &Place, numbers: &[u32]) -> Result<(), Why> {
        if !is_listed(self.instrument.item(item)) {
            return Err(Why::Unfit(Declined::NotRepeating));
        }
        let mut outer = place.within.iter();
        let parent = self.parent_at(item, &mut outer).ok_or(Why::NoSuchRepetition)?;
        let wanted = each_once(numbers);
        if outer.next().is_some() || wanted.is_empty() || wanted.contains(&u32::MAX) {
            return Err(Why::NoSuchRepetition);
        }
        let mut left = self.children_of(parent, item).to_vec();
        let (mut joined, mut all_made) = (false, true);
        for number in wanted {
            let node = match left.iter().position(|node| self.node(*node).number == Some(number)) {
                Some(at) => {
                    let node = left.remove(at);
                    self.leave_family(parent, node);
                    node
                }
                None if self.nodes.len() < MOST_NODES => self.grow(parent, item, Some(number)),
                None => {
                    all_made = false;
                    continue;
                }
            };
            self.join_family(parent, node);
            joined = true;
        }
        for node in left.into_iter().filter(|_| joined) {
            self.cut(node);
        }
        if all_made { Ok(()) } else { Err(Why::Unfit(Declined::NoRoom)) }
    }
}

/// The numbers in their order, each where it first stands. By sorting: a kept list may be any length.
fn each_once(numbers: &[u32]) -> Vec<u32> {
    let mut placed: Vec<(u32, usize)> =
        numbers.iter().enumerate().map(|(at, number)| (*number, at)).collect();
    placed.sort_unstable();
    placed.dedup_by_key(|(number, _)| *number);
    placed.sort_unstable_by_key(|(_, at)| *at);
    placed.into_iter().map(|(number, _)| number).collect()
}
