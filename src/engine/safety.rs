//! Which answers are met with help at once: those a questionnaire's own safety rules name, by code. Never a
//! total, never what somebody wrote in words of their own.

use super::node::NodeIx;
use super::session::Session;
use super::steps::Step;
use crate::domain::draft::Draft;

/// The questions whose answer, as it is now, has to be met with help, in the order asked. A question that is
/// not asked as things stand is not among them, whatever was once answered there.
pub fn triggered(session: &Session) -> Vec<NodeIx> {
    let is_triggered = |node: &NodeIx| {
        let item = session.item(*node);
        let rule = item.safety.as_ref().filter(|_| !item.hidden && session.is_enabled(*node));
        rule.is_some_and(|rule| rule.is_triggered_by(session.answers(*node)))
    };
    session.in_order().filter(is_triggered).collect()
}

/// Those of them that the person has not gone on from yet.
pub fn due(session: &Session, draft: &Draft) -> Vec<NodeIx> {
    let still = |node: &NodeIx| !draft.has_gone_on(&session.place(*node));
    triggered(session).into_iter().filter(still).collect()
}

/// The page whose answer has to be met with help before page `wanted` is shown, as positions in `steps`;
/// `wanted` is `steps.len()` for what comes after the last page.
pub fn first_before(session: &Session, draft: &Draft, steps: &[Step], wanted: usize) -> Option<usize> {
    let page = |node: NodeIx| steps.iter().position(|step| step.nodes.contains(&node)).unwrap_or(0);
    let pages = due(session, draft).into_iter().map(page);
    pages.min().filter(|at| *at < wanted)
}
