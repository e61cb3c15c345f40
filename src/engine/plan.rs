//! What follows from the questionnaire alone, worked out once when it is loaded.

use crate::domain::instrument::{Instrument, ItemIx};

#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Each item's turn when enablement is worked out: after its parent and every question its
    /// conditions look at (Kahn 1962). Items in a circle, which the reader refuses, come last.
    pub turn: Vec<u32>,
    /// Each item's position among its siblings.
    pub place: Vec<u32>,
    /// The items whose conditions look at this one, each once.
    pub dependents: Vec<Vec<ItemIx>>,
    /// The items sorted by link id, for finding one by halving.
    by_name: Vec<ItemIx>,
}

impl Plan {
    pub fn new(instrument: &Instrument) -> Self {
        let count = instrument.items.len();
        let mut place = vec![0; count];
        let families =
            std::iter::once(&instrument.roots).chain(instrument.items.iter().map(|item| &item.children));
        for family in families {
            for (at, item) in family.iter().enumerate() {
                place[item.index()] = at as u32;
            }
        }
        let mut dependents = vec![Vec::new(); count];
        let mut waits_for = vec![0_usize; count];
        for (at, item) in instrument.items.iter().enumerate() {
            waits_for[at] = usize::from(item.parent.is_some());
            let conditions = item.enable.iter().flat_map(|enable| &enable.conditions);
            for condition in conditions {
                let looking: &mut Vec<ItemIx> = &mut dependents[condition.question.index()];
                if looking.last().is_none_or(|last| last.index() != at) {
                    looking.push(ItemIx(at as u32));
                    waits_for[at] += 1;
                }
            }
        }
        let mut by_name: Vec<ItemIx> = (0..count).map(|at| ItemIx(at as u32)).collect();
        by_name.sort_by_key(|at| instrument.item(*at).link_id.as_str());
        Self { turn: turns(instrument, &dependents, waits_for), place, dependents, by_name }
    }

    pub fn find(&self, instrument: &Instrument, link_id: &str) -> Option<ItemIx> {
        let found = self.by_name.binary_search_by_key(&link_id, |at| instrument.item(*at).link_id.as_str());
        self.by_name.get(found.ok()?).copied()
    }
}

fn turns(instrument: &Instrument, dependents: &[Vec<ItemIx>], mut waits_for: Vec<usize>) -> Vec<u32> {
    let count = waits_for.len();
    let mut ready: Vec<usize> = (0..count).filter(|at| waits_for[*at] == 0).collect();
    let mut turn = vec![u32::MAX; count];
    let mut next = 0;
    while next < ready.len() {
        let at = ready[next];
        turn[at] = next as u32;
        next += 1;
        for after in instrument.items[at].children.iter().chain(&dependents[at]) {
            let left = &mut waits_for[after.index()];
            *left = left.saturating_sub(1);
            if *left == 0 && turn[after.index()] == u32::MAX {
                ready.push(after.index());
            }
        }
    }
    for left_over in turn.iter_mut().filter(|turn| **turn == u32::MAX) {
        *left_over = next as u32;
        next += 1;
    }
    turn
}
