//! Answers in progress as they are kept: each with a logical clock, so that copies written by two tabs
//! join without losing a change.

use super::answer::{Held, Place};
use super::ids::{InstrumentId, ResponseId};
use super::ordered::{Map, Set};
use super::showing::Showing;

/// Orders changes without a wall clock (Lamport 1978): a later change has a larger tick; two changes at
/// the same tick are ordered by their writer's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Counts up with every change seen.
    pub tick: u64,
    /// The document that made the change: random, made at each load.
    pub writer: Box<str>,
}

/// Answers in progress to one questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The response these answers will become.
    pub id: ResponseId,
    /// The questionnaire.
    pub instrument: InstrumentId,
    /// What is held at each place, with the stamp of its last change. Taken-back answers stay, as
    /// `Held::Answers` of nothing, so that an older copy cannot bring them back.
    pub held: Map<Place, (Stamp, Held)>,
    /// Where the person was: the key of the step's first place, and when they went there.
    pub step: Option<(Stamp, Box<str>)>,
    /// Each time help was shown because of an answer.
    pub showings: Set<Showing>,
    /// The very change at each place that was met with help from which the person went on. Any other change
    /// there, in whichever window, is met with help anew.
    pub gone_on: Map<Place, Stamp>,
}

impl Draft {
    /// An empty draft.
    pub fn new(id: ResponseId, instrument: InstrumentId) -> Self {
        Self { id, instrument, held: Map::new(), step: None, showings: Set::default(), gone_on: Map::new() }
    }

    /// The largest tick seen; the next change is stamped one above it.
    pub fn tick(&self) -> u64 {
        let answers = self.held.values().map(|(stamp, _)| stamp.tick);
        let step = self.step.iter().map(|(stamp, _)| stamp.tick);
        answers.chain(step).max().unwrap_or(0)
    }

    /// Records a change by `writer`.
    pub fn set(&mut self, place: Place, held: Held, writer: &str) {
        let stamp = Stamp { tick: self.tick() + 1, writer: writer.into() };
        self.held.insert(place, (stamp, held));
    }

    /// Records that the person is at a step. Whether that is another than the draft had.
    pub fn go_to(&mut self, step: &str, writer: &str) -> bool {
        if self.step.as_ref().is_some_and(|(_, at)| &**at == step) {
            return false;
        }
        let stamp = Stamp { tick: self.tick() + 1, writer: writer.into() };
        self.step = Some((stamp, step.into()));
        true
    }

    /// Records that help was shown.
    pub fn show_help(&mut self, showing: Showing) {
        self.showings.insert(showing);
    }

    /// Records that the person went on from help shown because of what is held at `place` now.
    pub fn go_on_from(&mut self, place: Place) {
        let change = self.change_at(&place);
        self.gone_on.insert(place, change);
    }

    /// Whether the person has gone on from help shown because of what is held at `place` now.
    pub fn has_gone_on(&self, place: &Place) -> bool {
        self.gone_on.get(place).is_some_and(|change| *change == self.change_at(place))
    }

    /// The last change at a place; what the questionnaire filled in by itself is older than any change.
    fn change_at(&self, place: &Place) -> Stamp {
        let filled_in = Stamp { tick: 0, writer: "".into() };
        self.held.get(place).map_or(filled_in, |(stamp, _)| stamp.clone())
    }

    /// Joins another copy of the same draft: at each place the later change wins. The order of joining
    /// does not matter, and joining twice changes nothing.
    pub fn join(&mut self, other: &Self) {
        for (place, theirs) in &other.held {
            let ours = self.held.get(place);
            if ours.is_none_or(|ours| ours.0 < theirs.0) {
                self.held.insert(place.clone(), theirs.clone());
            }
        }
        if let Some(theirs) = &other.step
            && self.step.as_ref().is_none_or(|ours| ours.0 < theirs.0)
        {
            self.step = Some(theirs.clone());
        }
        self.showings.extend(other.showings.iter().cloned());
        for (place, theirs) in &other.gone_on {
            if self.gone_on.get(place).is_none_or(|ours| ours < theirs) {
                self.gone_on.insert(place.clone(), theirs.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Answer;
    use super::super::ids::LinkId;
    use super::super::showing::Occasion;
    use super::*;

    fn draft() -> Draft {
        Draft::new(ResponseId::from_random([7; 16]), InstrumentId::new("https://a.example/q", None))
    }

    fn place(link_id: &str) -> Place {
        Place { link_id: LinkId::new(link_id), within: vec![] }
    }

    #[test]
    fn joining_keeps_the_later_change_whichever_side_it_is_on() {
        let mut first = draft();
        first.set(place("a"), Held::Answers(vec![Answer::Integer(1)]), "w1");
        let mut second = first.clone();
        second.set(place("a"), Held::Answers(vec![Answer::Integer(2)]), "w2");
        first.set(place("b"), Held::Answers(vec![Answer::Integer(3)]), "w1");

        let (mut one, mut other) = (first.clone(), second.clone());
        one.join(&second);
        other.join(&first);
        assert_eq!(one, other);
        assert_eq!(
            one.held.get(&place("a")).map(|held| &held.1),
            Some(&Held::Answers(vec![Answer::Integer(2)]))
        );
        assert_eq!(
            one.held.get(&place("b")).map(|held| &held.1),
            Some(&Held::Answers(vec![Answer::Integer(3)]))
        );
    }

    #[test]
    fn being_where_one_was_is_no_change() {
        let mut draft = draft();
        assert!(draft.go_to("a", "w1"));
        let before = draft.clone();
        assert!(!draft.go_to("a", "w2"));
        assert_eq!(draft, before);
        assert!(draft.go_to("b", "w2"));
    }

    #[test]
    fn an_answer_taken_back_does_not_return_from_an_older_copy() {
        let mut now = draft();
        now.set(place("a"), Held::Answers(vec![Answer::Integer(1)]), "w1");
        let old = now.clone();
        now.set(place("a"), Held::Answers(vec![]), "w1");
        now.join(&old);
        assert_eq!(now.held.get(&place("a")).map(|held| &held.1), Some(&Held::Answers(vec![])));
    }

    #[test]
    fn a_later_change_is_not_one_the_person_has_gone_on_from() {
        let mut draft = draft();
        assert!(!draft.has_gone_on(&place("a")));
        draft.set(place("a"), Held::Answers(vec![Answer::Integer(1)]), "w1");
        draft.go_on_from(place("a"));
        assert!(draft.has_gone_on(&place("a")));
        draft.set(place("b"), Held::Answers(vec![Answer::Integer(1)]), "w1");
        assert!(draft.has_gone_on(&place("a")), "a change elsewhere is no change here");
        draft.set(place("a"), Held::Answers(vec![Answer::Integer(2)]), "w1");
        assert!(!draft.has_gone_on(&place("a")));
    }

    #[test]
    fn joining_keeps_every_showing_and_never_takes_going_on_for_an_answer_changed_elsewhere() {
        let showing = |at: &str| Showing { at: at.into(), occasion: Occasion::Question };
        let mut first = draft();
        first.set(place("a"), Held::Answers(vec![Answer::Integer(1)]), "w1");
        let mut second = first.clone();
        first.show_help(showing("2026-11-22T09:05:00+00:00"));
        first.go_on_from(place("a"));
        second.show_help(showing("2026-11-22T09:06:00+00:00"));
        let (mut one, mut other) = (first.clone(), second.clone());
        one.join(&second);
        other.join(&first);
        assert_eq!(one, other);
        assert_eq!(one.showings.len(), 2);
        assert!(one.has_gone_on(&place("a")));
        second.set(place("a"), Held::Answers(vec![Answer::Integer(2)]), "w2");
        one.join(&second);
        assert!(!one.has_gone_on(&place("a")));
    }
}
