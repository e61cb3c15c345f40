//! A page of a questionnaire: its items in order, each kept while it stays on the page.

use super::item::{Frame, foot, item};
use super::live::Live;
use super::markup::{Ask, Each, El, Kid, el};
use crate::engine::node::{is_listed, is_question};
use crate::engine::{NodeIx, Session};
use std::sync::{Arc, Mutex};

/// Draws a page. `nodes` are what stands on it now, in document order, as [`engine::steps`] gives them;
/// it is asked again when an item comes or goes, and only what came or went is drawn. With a single
/// question on the page its words become the page's heading.
///
/// [`engine::steps`]: crate::engine::steps
pub fn page(live: Live, nodes: Ask<Vec<NodeIx>>, frame: &Frame) -> El {
    let at_first = nodes();
    let nodes_at_first = at_first.len();
    let is_single = live.with(|session| is_single(session, &at_first));
    let frame = Frame { is_heading: is_single && frame.is_heading, ..frame.clone() };
    let focus: Arc<Mutex<Option<String>>> = Arc::default();
    let going = Arc::clone(&focus);
    let keys = Arc::new(move || {
        live.track_shape();
        let nodes = nodes();
        let epoch = u64::from(live.epoch()) << EPOCH;
        live.with(|session| keys(session, &nodes)).into_iter().map(|key| epoch | key).collect()
    });
    let draw = move |key: u64| {
        let (node, rest) = (NodeIx((key as u32) >> 3), key & 7);
        match rest {
            0 => item(live, node, &frame),
            rest => {
                let (can_remove, can_add) = (rest & REMOVE != 0, rest & ADD != 0);
                foot((live, node, &frame), (can_remove, can_add), Arc::clone(&going))
            }
        }
    };
    let class = if nodes_at_first > MANY { "wm-items wm-items--many" } else { "wm-items" };
    el("div").class(class).kid(Kid::Each(Each { keys, draw: Box::new(draw), focus }))
}

/// From how many items on the browser may leave out drawing those out of sight. Measured with 1,000 items and
/// the processor slowed four times: a click is painted in 33 ms instead of 75.
const MANY: usize = 40;

/// A key is the node's number (a session holds at most 50,000), three bits, and above them the epoch.
const EPOCH: u32 = 32;
const FOOT: u64 = 1;
const REMOVE: u64 = 2;
const ADD: u64 = 4;

fn is_single(session: &Session, nodes: &[NodeIx]) -> bool {
    let questions = nodes.iter().filter(|node| {
        let item = session.item(**node);
        is_question(item) && !item.read_only && !item.hidden
    });
    questions.count() == 1
}

/// The page's elements: a key for each node and, after all of a repetition, one for its foot, which changes
/// with what can be done there.
fn keys(session: &Session, nodes: &[NodeIx]) -> Vec<u64> {
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
