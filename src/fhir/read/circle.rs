//! Conditions that go round in a circle: an item asked only if another is, which is asked only if the first is.

use super::super::refusal::Reason;
use super::super::wire::{Findings, Where};
use super::conditions::Pending;
use crate::domain::instrument::{Item, ItemIx};

/// Refuses each circle once, naming its link ids. An item depends on the questions in its conditions and on
/// what it stands under, since an item inside one that is not asked has no answer either.
#[inline(never)] // not needed for the first question
pub fn check(items: &[Item], pending: &[Pending], found: &mut Findings) {
    let mut state = vec![State::New; items.len()];
    for start in 0..items.len() {
        if state.get(start) != Some(&State::New) {
            continue;
        }
        // Depth first without recursion: each entry is an item and how many of its needs were followed.
        let mut trail: Vec<(usize, usize)> = vec![(start, 0)];
        set(&mut state, start, State::Open);
        while let Some((at, followed)) = trail.pop() {
            let Some(next) = items.get(at).and_then(|item| need(item, followed)) else {
                set(&mut state, at, State::Done);
                continue;
            };
            trail.push((at, followed + 1));
            match state.get(next.index()) {
                Some(State::New) => {
                    set(&mut state, next.index(), State::Open);
                    trail.push((next.index(), 0));
                }
                Some(State::Open) => report(next, &trail, items, pending, found),
                Some(State::Done) | None => (),
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn set(states: &mut [State], at: usize, state: State) {
    if let Some(slot) = states.get_mut(at) {
        *slot = state;
    }
}

/// The `nth` thing an item depends on: first what it stands under, then the questions of its conditions.
fn need(item: &Item, nth: usize) -> Option<ItemIx> {
    let around = usize::from(item.parent.is_some());
    if nth < around {
        return item.parent;
    }
    let condition = item.enable.as_ref()?.conditions.get(nth - around)?;
    Some(condition.question)
}

fn report(
    first: ItemIx,
    trail: &[(usize, usize)],
    items: &[Item],
    pending: &[Pending],
    found: &mut Findings,
) {
    let from = trail.iter().position(|(at, _)| *at == first.index()).unwrap_or(0);
    let mut names: Vec<&str> =
        trail.iter().skip(from).filter_map(|(at, _)| Some(items.get(*at)?.link_id.as_str())).collect();
    names.extend(names.first().copied());
    let inside = |waiting: &&Pending| trail.iter().skip(from).any(|(at, _)| *at == waiting.item.index());
    let (path, link_id) = match pending.iter().find(inside) {
        Some(waiting) => (waiting.path.as_str(), waiting.link_id()),
        None => ("", ""),
    };
    found.refuse(
        &Where::again(path, link_id).field("enableWhen"),
        Reason::ConditionCycle,
        &names.join(" → "),
    );
}
