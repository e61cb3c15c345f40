//! The rows of a page: a key for each of its elements, and the parts that those of a long page stand in.

use crate::engine::node::is_listed;
use crate::engine::{NodeIx, Session};

/// A key is the node's number (a session holds at most 50,000) from the fourth bit on, and from this bit on the epoch
/// of its session. The first three bits are zero for the node itself.
pub const EPOCH: u32 = 32;
/// The foot of a repetition, in place of the node.
const FOOT: u64 = 1;
/// At which it can be taken away.
pub const REMOVE: u64 = 2;
/// After which another can be added.
pub const ADD: u64 = 4;

/// How many items of the questionnaire stand in a part. A browser looks after each frame which parts are in sight:
/// with 1,000 items and the processor slowed four times that took 12 of a click's 48 ms with an item a part, and 0.4
/// with twenty.
const TOGETHER: u64 = 20;

/// The page's elements: a key for each node and, after all of a repetition, one for its foot, which changes
/// with what can be done there.
pub fn keys(session: &Session, nodes: &[NodeIx]) -> Vec<u64> {
    let mut out = Vec::with_capacity(nodes.len());
    let mut open: Vec<NodeIx> = Vec::new();
    for node in nodes {
        while let Some(last) = open.last()
            && !is_within(session, *node, *last)
        {
            out.extend(foot_key(session, *last));
            open.pop();
        }
        out.push(u64::from(node.0) << 3);
        if is_listed(session.item(*node)) {
            open.push(*node);
        }
    }
    out.extend(open.iter().rev().filter_map(|node| foot_key(session, *node)));
    out
}

fn is_within(session: &Session, node: NodeIx, around: NodeIx) -> bool {
    std::iter::successors(session.parent(node), |at| session.parent(*at)).any(|at| at == around)
}

fn foot_key(session: &Session, node: NodeIx) -> Option<u64> {
    let is_last = session.repetitions(node).last() == Some(&node);
    let remove = if session.can_remove(node) { REMOVE } else { 0 };
    let add = if is_last && session.can_add(node) { ADD } else { 0 };
    (remove + add > 0).then_some((u64::from(node.0) << 3) + FOOT + remove + add)
}

/// The elements in parts, each part with its number, in order. The number goes by the item's place in the
/// questionnaire, so that what comes and goes elsewhere moves nothing to another part, where it would be drawn anew
/// and lose the focus; what is repeated stands with what it follows.
pub fn parts(session: &Session, keys: Vec<u64>) -> Vec<(u64, Vec<u64>)> {
    let mut parts: Vec<(u64, Vec<u64>)> = Vec::new();
    for key in keys {
        let (node, epoch) = (NodeIx((key as u32) >> 3), key >> EPOCH << EPOCH);
        let own = epoch | (u64::from(session.item_ix(node).0) / TOGETHER);
        match parts.last_mut() {
            Some((part, row)) if *part >= own => row.push(key),
            _ => parts.push((own, vec![key])),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Answer, Place};
    use crate::domain::ids::LinkId;
    use crate::engine::Command;
    use crate::engine::steps::{Layout, steps};
    use crate::fhir::read::{ValueSets, questionnaire};
    use std::rc::Rc;

    /// A hundred items: the 45th is asked if the first says yes, the 50th may be given again.
    fn hundred() -> Session {
        let item = |at: usize| {
            let more = match at {
                45 => r#", "enableWhen": [{"question": "q0", "operator": "=", "answerBoolean": true}]"#,
                50 => r#", "repeats": true"#,
                _ => "",
            };
            let kind = if at == 0 { "boolean" } else { "integer" };
            format!(r#"{{"linkId": "q{at}", "text": "Question {at}", "type": "{kind}"{more}}}"#)
        };
        let items = (0..100).map(item).collect::<Vec<_>>().join(",");
        let json = format!(
            r#"{{"resourceType": "Questionnaire", "url": "urn:x", "status": "active", "item": [{items}]}}"#
        );
        let read = questionnaire(&json, &ValueSets::default());
        Session::new(Rc::new(read.unwrap_or_else(|why| unreachable!("{why:?}")).instrument))
    }

    fn node(session: &Session, link_id: &str) -> NodeIx {
        let place = Place { link_id: LinkId::new(link_id), within: Vec::new() };
        session.find(&place).unwrap_or_else(|| unreachable!("{link_id}"))
    }

    fn parts_of(session: &Session) -> Vec<(u64, Vec<u64>)> {
        let nodes: Vec<NodeIx> =
            steps(session, Layout::All).into_iter().flat_map(|step| step.nodes).collect();
        let keys = keys(session, &nodes);
        let found = parts(session, keys.clone());
        let all: Vec<u64> = found.iter().flat_map(|(_, row)| row).copied().collect();
        assert_eq!(all, keys, "each once, in order");
        assert!(found.is_sorted_by(|(one, _), (other, _)| one < other));
        found
    }

    #[test]
    fn a_long_page_stands_in_parts_of_twenty_and_what_comes_moves_nothing_to_another() {
        let mut session = hundred();
        let before = parts_of(&session);
        assert_eq!(before.iter().map(|(part, _)| *part).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert!(before.iter().all(|(_, row)| (19..=21).contains(&row.len())));
        let yes = node(&session, "q0");
        session.apply(Command::Answer { node: yes, answers: vec![Answer::Boolean(true)] });
        let more = node(&session, "q50");
        session.apply(Command::Answer { node: more, answers: vec![Answer::Integer(1)] });
        session.apply(Command::Add { node: more });
        let after = parts_of(&session);
        let part_of = |parts: &[(u64, Vec<u64>)], node: NodeIx| {
            parts
                .iter()
                .find(|(_, row)| row.iter().any(|key| key >> 3 == u64::from(node.0)))
                .map(|(part, _)| *part)
        };
        assert_eq!(part_of(&before, node(&session, "q45")), None, "it was not asked");
        assert_eq!(part_of(&after, node(&session, "q45")), Some(2));
        for at in (0..100).filter(|at| *at != 45) {
            let node = node(&session, &format!("q{at}"));
            assert_eq!(part_of(&after, node), part_of(&before, node), "question {at}");
        }
        let second = session.repetitions(more).get(1).copied();
        assert_eq!(second.and_then(|node| part_of(&after, node)), Some(2));
    }
}
