//! The circumstances that travel with a score: when, where, who helped, in which language, what was left out.
//!
//! A link worker in the research says a score alone "doesn't tell us anything": people answer differently at
//! different times and in different places. So each response carries a `context` group. Our own
//! questionnaires declare it; to others it is added (`public/instruments/context.json`).

use super::clock;
use crate::domain::answer::{Answer, Place};
use crate::domain::ids::LinkId;
use crate::engine::{Command, NodeIx, Session};
use crate::fhir::write::Mode;

/// The group's link id, which no other questionnaire may use for something else.
pub const GROUP: &str = "context";

/// This app and its release, as the record names it.
const APP: &str = concat!("What Matters ", env!("CARGO_PKG_VERSION"));

/// Fills in what only the app knows, at the moment of finishing. `authored` is the local date and time.
pub fn fill(session: &mut Session, authored: &str, language: &str) {
    let left_out = left_out(session);
    let text = |words: &str| vec![Answer::Text(words.into())];
    for (link_id, answers) in [
        ("context.at", vec![Answer::DateTime(authored.into())]),
        ("context.weekday", text(clock::weekday())),
        ("context.language", text(language)),
        ("context.app", text(APP)),
        ("context.skipped", left_out),
    ] {
        if let Some(node) = find(session, link_id) {
            session.apply(Command::Fill { node, answers });
        }
    }
}

/// How the answers were given, from what the person said of it: read out or on the phone is by voice.
pub fn mode(session: &Session) -> Mode {
    let how = find(session, "context.how").and_then(|node| session.answers(node).first());
    match how {
        Some(Answer::Coding(coding)) if matches!(coding.code.as_deref(), Some("read-aloud" | "phone")) => {
            Mode::Verbal
        }
        _ => Mode::Electronic,
    }
}

/// Whether this is one of the group's own items.
pub fn is_ours(link_id: &LinkId) -> bool {
    link_id.as_str().strip_prefix(GROUP).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn find(session: &Session, link_id: &str) -> Option<NodeIx> {
    session.find(&Place { link_id: LinkId::new(link_id), within: Vec::new() })
}

/// Each question left out on purpose, with how: `ons4.happy rather-talk`. FHIR has no settled place for this
/// on an item without an answer, so it travels here.
fn left_out(session: &Session) -> Vec<Answer> {
    session
        .in_order()
        .filter(|node| session.is_enabled(*node) && !is_ours(&session.item(*node).link_id))
        .filter_map(|node| {
            let skip = session.skipped(node)?;
            let link_id = session.item(node).link_id.as_str();
            Some(Answer::Text([link_id, " ", skip.code()].concat().into()))
        })
        .collect()
}
