//! The circumstances of one sitting: who answers several questionnaires one after the other is asked once.

use super::circumstances::{HOW, PLACE, find};
use crate::domain::answer::Answer;
use crate::domain::instrument::ItemKind;
use crate::engine::{NodeIx, Session};

/// The questions whose answers hold for the whole sitting; the note is about one set of answers alone.
const OF_THE_SITTING: [&str; 3] = ["context.place", "context.how", "context.helper"];

/// How long a sitting may last, in milliseconds, before the circumstances are asked again: an hour.
const SITTING: u64 = 3_600_000;

/// The circumstances one person told in this sitting, in the page's memory only.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    at: u64,
    answers: Vec<(&'static str, Vec<Answer>)>,
}

impl Told {
    /// What was told in a session finished now; `now` in milliseconds since 1970. `None` unless where and how
    /// were both said.
    pub fn of(session: &Session, now: u64) -> Option<Self> {
        let said = |link_id| find(session, link_id).map(|node| session.answers(node)).unwrap_or_default();
        if [PLACE, HOW].iter().any(|link_id| said(link_id).is_empty()) {
            return None;
        }
        let answers = OF_THE_SITTING.into_iter().map(|link_id| (link_id, said(link_id).to_vec()));
        Some(Self { at: now, answers: answers.filter(|(_, said)| !said.is_empty()).collect() })
    }

    /// Says it again in another questionnaire of the same sitting, so that it is not asked twice. Nothing is
    /// said again an hour later, nor over an answer, nor where the question has no such option. The answers
    /// are given in this order, since one asks for the next.
    pub fn again(&self, session: &Session, now: u64) -> Vec<(&'static str, Vec<Answer>)> {
        let first = OF_THE_SITTING.iter().filter_map(|link_id| find(session, link_id));
        let is_open = first.clone().all(|node| session.answers(node).is_empty());
        let is_there = |(link_id, said): &(&'static str, Vec<Answer>)| {
            find(session, link_id).is_some_and(|node| said.iter().all(|answer| has(session, node, answer)))
        };
        let in_time = now.checked_sub(self.at).is_some_and(|since| since <= SITTING);
        if in_time && is_open && self.answers.iter().all(is_there) {
            self.answers.clone()
        } else {
            Vec::new()
        }
    }
}

fn has(session: &Session, node: NodeIx, answer: &Answer) -> bool {
    let ItemKind::Choice(rule) = &session.item(node).kind else { return false };
    rule.options.iter().any(|option| option.value == *answer)
}

#[cfg(test)]
mod tests {
    use super::super::circumstances::tests::{choose, codes, session};
    use super::*;
    use crate::engine::Command;

    #[test]
    fn the_circumstances_are_told_once_in_a_sitting_and_the_note_is_not_carried_over() {
        let mut first = session();
        choose(&mut first, "context.place", "surgery");
        assert_eq!(Told::of(&first, 0), None, "not before how is said too");
        choose(&mut first, "context.how", "beside");
        choose(&mut first, "context.helper", "link-worker");
        if let Some(node) = find(&first, "context.note") {
            first.apply(Command::Type { node, text: "in pain".to_owned() });
        }
        let told = Told::of(&first, 1_000).unwrap_or_else(|| unreachable!("told"));

        let mut second = session();
        for (link_id, answers) in told.again(&second, 1_000 + SITTING) {
            if let Some(node) = find(&second, link_id) {
                second.apply(Command::Answer { node, answers });
            }
        }
        assert_eq!(codes(&second, "context.place"), ["surgery"]);
        assert_eq!(codes(&second, "context.how"), ["beside"]);
        assert_eq!(codes(&second, "context.helper"), ["link-worker"]);
        assert_eq!(codes(&second, "context.note"), Vec::<String>::new());

        assert!(told.again(&second, 1_000).is_empty(), "not over answers");
        assert!(told.again(&session(), 1_001 + SITTING).is_empty(), "not after an hour");
        assert!(told.again(&session(), 0).is_empty(), "not by a clock that went back");
    }
}
