//! A page of a questionnaire: its items in order, each kept while it stays on the page.

use super::item::{Frame, foot, item};
use super::live::Live;
use super::markup::{Ask, Each, El, Kid, el};
use super::rows::{ADD, EPOCH, REMOVE, keys, parts};
use crate::engine::node::is_question;
use crate::engine::{NodeIx, Session};
use leptos::prelude::{ArcMemo, With};
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
    let keys: Ask<Vec<u64>> = Arc::new(move || {
        live.track_shape();
        let nodes = nodes();
        let epoch = u64::from(live.epoch()) << EPOCH;
        live.with(|session| keys(session, &nodes)).into_iter().map(|key| epoch | key).collect()
    });
    let draw: Draw = Arc::new(move |key: u64| {
        let (node, rest) = (NodeIx((key as u32) >> 3), key & 7);
        match rest {
            0 => item(live, node, &frame),
            rest => {
                let (can_remove, can_add) = (rest & REMOVE != 0, rest & ADD != 0);
                foot((live, node, &frame), (can_remove, can_add), Arc::clone(&going))
            }
        }
    });
    if nodes_at_first > MANY { in_parts(live, keys, draw, focus) } else { row("wm-items", keys, draw, focus) }
}

type Draw = Arc<dyn Fn(u64) -> El + Send + Sync>;
type Focus = Arc<Mutex<Option<String>>>;

fn row(class: &'static str, keys: Ask<Vec<u64>>, draw: Draw, focus: Focus) -> El {
    el("div").class(class).kid(Kid::Each(Each { keys, draw: Box::new(move |key| draw(key)), focus }))
}

/// From how many items on they stand in parts, so that the browser may leave out drawing those out of sight.
const MANY: usize = 40;

#[inline(never)] // not needed for the first question
fn in_parts(live: Live, keys: Ask<Vec<u64>>, draw: Draw, focus: Focus) -> El {
    let all = ArcMemo::new(move |_| {
        let keys = keys();
        live.with(|session| parts(session, keys))
    });
    let part_of = all.clone();
    let draw_part: Draw = Arc::new(move |part| {
        let all = part_of.clone();
        let own = move |all: &Vec<(u64, Vec<u64>)>| {
            all.iter().find(|(it, _)| *it == part).map(|(_, keys)| keys.clone()).unwrap_or_default()
        };
        row("wm-part", Arc::new(move || all.with(own)), Arc::clone(&draw), Arc::clone(&focus))
    });
    let part_keys = Arc::new(move || all.with(|all| all.iter().map(|(part, _)| *part).collect()));
    row("wm-items", part_keys, draw_part, Arc::default())
}

fn is_single(session: &Session, nodes: &[NodeIx]) -> bool {
    let questions = nodes.iter().filter(|node| {
        let item = session.item(**node);
        is_question(item) && !item.read_only && !item.hidden
    });
    questions.count() == 1
}
