//! The heading of a group, and what follows a repetition.

use super::At;
use crate::domain::instrument::{GroupLook, Item};
use crate::engine::node::is_listed;
use crate::engine::{Command, NodeIx, Session};
use crate::ui::markup::{El, Kid, el};
use crate::ui::parts::error_message::error_message;
use crate::ui::parts::label::{heading_tag, in_language};
use crate::ui::parts::repeat;
use crate::ui::problem_words::short_name;
use crate::ui::words::Word;
use std::sync::{Arc, Mutex};

/// A group's heading. Where the question itself is the page's heading the group's words stand above it as a
/// quiet line; elsewhere they are a heading, one level deeper for each group around.
pub(super) fn group(at: &At, item: &Item, own: Option<&str>, look: GroupLook) -> El {
    let id = at.id();
    let (words, language) = item.text.as_ref().map_or_else(Default::default, |text| at.words(text, own));
    let words = match &item.prefix {
        Some(prefix) => [prefix.in_language(&at.frame.language).0, " ", &words].concat(),
        None => words,
    };
    let depth = at.live.with(|session| around(session, at.node)).saturating_sub(at.frame.above);
    let is_caption = at.frame.is_heading && !matches!(look, GroupLook::Header | GroupLook::Footer);
    let (tag, class) = match (is_caption, depth) {
        (true, _) => ("p", "wm-caption"),
        (false, 0) => (heading_tag(at.frame.level), "nhsuk-heading-l"),
        (false, 1) => (heading_tag(at.frame.level + 1), "nhsuk-heading-m"),
        (false, _) => (heading_tag(at.frame.level + 2), "nhsuk-heading-s"),
    };
    let (prefix, wrong, error_id) = (at.say(Word::ProblemErrorPrefix), at.wrong(), [&id, "-error"].concat());
    let error = Kid::Slot(
        wrong,
        Box::new(move |words| error_message(Some(error_id.clone()), prefix.clone(), words.to_owned())),
    );
    let group = el("div").class("wm-group").attr("id", id).attr("tabindex", "-1");
    let group = if words.is_empty() {
        group
    } else {
        let words = if is_listed(item) { at.numbered(words) } else { words.into() };
        group.kid(in_language(el(tag).class(class), language.as_ref()).kid(words))
    };
    group.kids(at.help(item, own)).kid(error)
}

/// How many groups with words stand around a node.
fn around(session: &Session, node: NodeIx) -> u8 {
    let outwards = std::iter::successors(session.parent(node), |at| session.parent(*at));
    outwards.filter(|at| session.item(*at).text.is_some()).count().min(3) as u8
}

/// What follows a repetition: a way to remove it and, after the last, a way to add one. `focus` is where
/// the id of the control to go to next is put.
pub(in crate::ui) fn foot(
    at: (crate::ui::live::Live, NodeIx, &super::Frame),
    (can_remove, can_add): (bool, bool),
    focus: Arc<Mutex<Option<String>>>,
) -> El {
    let (live, node, frame) = at;
    let (name, number) = live.with(|session| {
        let place = session.repetitions(node).iter().position(|other| *other == node).unwrap_or_default();
        (short_name(session.item(node), &frame.language), (place + 1).to_string())
    });
    let mut foot = el("div").class("wm-repeat");
    let go = move |prefix: &str, which: fn(&[NodeIx]) -> Option<NodeIx>, of: NodeIx| {
        let id = live.with(|session| {
            which(session.repetitions(of)).map(|node| super::control_id(session, node, prefix))
        });
        if let Ok(mut focus) = focus.lock() {
            *focus = id;
        }
    };
    let go = Arc::new(go);
    if can_remove {
        let words = frame.words.fill(Word::ItemRemove, &[("question", &name), ("count", &number)]);
        let (go, prefix) = (Arc::clone(&go), Arc::clone(&frame.prefix));
        let remove = move || {
            let others = live.with(|session| session.repetitions(node).to_vec());
            live.send(Command::Remove { node });
            if let Some(other) = others.into_iter().find(|other| *other != node) {
                go(&prefix, |all| all.last().copied(), other);
            }
        };
        foot = foot.kid(repeat::remove(words, remove));
    }
    if can_add {
        let words = frame.words.fill(Word::ItemAdd, &[("question", &name)]);
        let prefix = Arc::clone(&frame.prefix);
        foot = foot.kid(repeat::add(words, move || {
            live.send(Command::Add { node });
            go(&prefix, |all| all.last().copied(), node);
        }));
    }
    foot
}
