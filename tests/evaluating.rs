//! The seam for computed values, with a small evaluator behind it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;
use std::cell::Cell;
use std::rc::Rc;
use what_matters::domain::answer::{Answer, Held, Place};
use what_matters::domain::ids::LinkId;
use what_matters::domain::instrument::Instrument;
use what_matters::engine::evaluator::{Evaluator, MOST_ROUNDS};
use what_matters::engine::{Changes, Command, Declined, NodeIx, Session};
use what_matters::fhir::read::{ValueSets, questionnaire};

fn form() -> Rc<Instrument> {
    let form = json!({"resourceType": "Questionnaire", "status": "active", "url": "https://a.example/q", "item": [
        {"linkId": "a", "type": "integer", "text": "A", "initial": [{"valueInteger": 2}]},
        {"linkId": "b", "type": "integer", "text": "B"},
        {"linkId": "sum", "type": "integer", "text": "Sum", "readOnly": true},
        {"linkId": "twice", "type": "integer", "text": "Twice", "readOnly": true},
        {"linkId": "high", "type": "string", "text": "High?", "enableWhen": [{"question": "twice", "operator": ">", "answerInteger": 20}]}
    ]});
    Rc::new(questionnaire(&form.to_string(), &ValueSets::default()).unwrap().instrument)
}

fn place(link_id: &str) -> Place {
    Place { link_id: LinkId::new(link_id), within: vec![] }
}

fn node(session: &Session, link_id: &str) -> NodeIx {
    session.find(&place(link_id)).unwrap()
}

fn number(session: &Session, link_id: &str) -> Option<i32> {
    match session.answers(node(session, link_id)) {
        [Answer::Integer(number)] => Some(*number),
        _ => None,
    }
}

/// The sum of two answers, and twice that sum: a value computed from a computed one.
struct Sum(Rc<Cell<usize>>);

impl Evaluator for Sum {
    fn compute(&mut self, session: &Session, _: &Changes) -> Vec<(NodeIx, Vec<Answer>)> {
        self.0.set(self.0.get() + 1);
        let sum = number(session, "a").zip(number(session, "b")).map(|(a, b)| a + b);
        let twice = number(session, "sum").map(|sum| 2 * sum);
        let stale = [("sum", sum), ("twice", twice)]
            .into_iter()
            .filter(|(link_id, value)| number(session, link_id) != *value);
        stale
            .map(|(link_id, value)| {
                (node(session, link_id), value.map(Answer::Integer).into_iter().collect())
            })
            .collect()
    }
}

#[test]
fn computed_values_follow_every_change_and_decide_what_is_asked() {
    let calls = Rc::new(Cell::new(0));
    let mut session = Session::with_evaluator(form(), Box::new(Sum(Rc::clone(&calls))));
    assert_eq!(calls.get(), 1, "asked once at the start");
    let (b, high) = (node(&session, "b"), node(&session, "high"));
    let changes = session.apply(Command::Answer { node: b, answers: vec![Answer::Integer(9)] });
    assert_eq!((number(&session, "sum"), number(&session, "twice")), (Some(11), Some(22)));
    assert_eq!(changes.answered, [b, node(&session, "sum"), node(&session, "twice")]);
    assert_eq!(changes.toggled, [high]);
    let kept = session.kept(&changes);
    assert!(kept.contains(&(place("sum"), Held::Answers(vec![Answer::Integer(11)]))));
    let changes = session.apply(Command::Answer { node: b, answers: vec![] });
    assert_eq!((number(&session, "sum"), number(&session, "twice")), (None, None));
    assert_eq!(changes.toggled, [high]);
}

#[test]
fn computed_values_are_computed_again_when_answers_come_back() {
    let mut session = Session::with_evaluator(form(), Box::new(Sum(Rc::default())));
    let stale = [
        (place("b"), Held::Answers(vec![Answer::Integer(1)])),
        (place("sum"), Held::Answers(vec![Answer::Integer(99)])),
    ];
    assert_eq!(session.restore(stale), []);
    assert_eq!((number(&session, "sum"), number(&session, "twice")), (Some(3), Some(6)));
}

#[test]
fn a_person_cannot_type_over_a_computed_value() {
    let mut session = Session::with_evaluator(form(), Box::new(Sum(Rc::default())));
    let sum = node(&session, "sum");
    assert_eq!(
        session.apply(Command::Type { node: sum, text: "5".into() }).declined,
        Some(Declined::ReadOnly)
    );
}

/// Always has something to say.
struct Restless(Rc<Cell<usize>>);

impl Evaluator for Restless {
    fn compute(&mut self, session: &Session, _: &Changes) -> Vec<(NodeIx, Vec<Answer>)> {
        self.0.set(self.0.get() + 1);
        vec![(node(session, "sum"), vec![Answer::Integer(self.0.get() as i32)])]
    }
}

#[test]
fn an_evaluator_that_never_rests_is_asked_only_so_often() {
    let calls = Rc::new(Cell::new(0));
    let mut session = Session::with_evaluator(form(), Box::new(Restless(Rc::clone(&calls))));
    assert_eq!(calls.get(), MOST_ROUNDS);
    let b = node(&session, "b");
    session.apply(Command::Answer { node: b, answers: vec![Answer::Integer(1)] });
    assert_eq!(calls.get(), 2 * MOST_ROUNDS);
}
