//! Forms and drafts that ask for too much.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::rc::Rc;
use what_matters::domain::answer::{Answer, Held, Place};
use what_matters::domain::ids::LinkId;
use what_matters::domain::instrument::Instrument;
use what_matters::engine::check::{Problem, all};
use what_matters::engine::kept::Why;
use what_matters::engine::node::MOST_NODES;
use what_matters::engine::steps::{Layout, steps};
use what_matters::engine::{Command, Declined, NodeIx, Session};
use what_matters::fhir::read::{ValueSets, questionnaire};

fn form(items: Value) -> Rc<Instrument> {
    let form = json!({"resourceType": "Questionnaire", "status": "active", "url": "https://a.example/q", "item": items});
    Rc::new(questionnaire(&form.to_string(), &ValueSets::default()).unwrap().instrument)
}

fn least(count: u32) -> Value {
    json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs", "valueInteger": count}])
}

fn place(link_id: &str, within: &[u32]) -> Place {
    Place { link_id: LinkId::new(link_id), within: within.to_vec() }
}

/// Groups in groups, each of which wants a billion copies.
fn greedy() -> Rc<Instrument> {
    let group = |name: &str, item: Value| {
        json!([{"linkId": name, "type": "group", "text": name, "repeats": true, "required": true,
            "extension": least(1_000_000_000), "item": item}])
    };
    let question = json!([{"linkId": "q", "type": "string", "text": "Q"}]);
    form(group("a", group("b", group("c", question))))
}

#[test]
fn a_form_that_wants_a_billion_copies_gets_what_there_is_room_for() {
    let mut session = Session::new(greedy());
    let count = session.in_order().count();
    // Room for the first of everything is always made.
    assert!((MOST_NODES..MOST_NODES + 10).contains(&count), "{count}");
    let a = session.roots()[0];
    assert_eq!(session.apply(Command::Add { node: a }).declined, Some(Declined::NoRoom));
    assert!(!session.can_add(a));
    let q = session.in_order().find(|node| session.item(*node).link_id.as_str() == "q").unwrap();
    session.apply(Command::Answer { node: q, answers: vec![Answer::Text("one".into())] });
    assert!(
        all(&session).iter().any(|(node, problem)| *node == a && matches!(problem, Problem::TooFew { .. }))
    );
    assert_eq!(steps(&session, Layout::OneQuestion).len(), 1);
}

#[test]
fn a_draft_that_wants_a_million_copies_is_told_there_is_no_room() {
    let people = form(json!([{"linkId": "p", "type": "group", "text": "P", "repeats": true, "item": [
        {"linkId": "q", "type": "string", "text": "Q"}
    ]}]));
    let mut session = Session::new(people);
    let misfits = session.restore([(place("p", &[]), Held::Repetitions((0..1_000_000).rev().collect()))]);
    assert_eq!(misfits.len(), 1);
    assert_eq!(misfits[0].why, Why::Unfit(Declined::NoRoom));
    assert!(session.in_order().count() <= MOST_NODES + 10);
}

#[test]
fn a_draft_full_of_nonsense_comes_back_as_far_as_it_makes_sense() {
    let people = form(json!([
        {"linkId": "p", "type": "group", "text": "P", "repeats": true, "item": [{"linkId": "q", "type": "integer", "text": "Q"}]},
        {"linkId": "w", "type": "display", "text": "W"}
    ]));
    let mut session = Session::new(people);
    let one = || Held::Answers(vec![Answer::Integer(1)]);
    let nonsense = [
        (place("nowhere", &[]), one(), Why::NoSuchItem),
        (place("p", &[]), Held::Repetitions(vec![]), Why::NoSuchRepetition),
        (place("p", &[7, 7]), Held::Repetitions(vec![1]), Why::NoSuchRepetition),
        (place("p", &[]), Held::Repetitions(vec![u32::MAX]), Why::NoSuchRepetition),
        (place("q", &[]), Held::Repetitions(vec![1]), Why::Unfit(Declined::NotRepeating)),
        (place("q", &[9]), one(), Why::NoSuchRepetition),
        (place("q", &[0, 0]), one(), Why::NoSuchRepetition),
        (place("q", &[]), one(), Why::NoSuchRepetition),
        (place("q", &[0]), Held::Answers(vec![Answer::Boolean(true)]), Why::Unfit(Declined::WrongType)),
        (
            place("q", &[0]),
            Held::Answers(vec![Answer::Integer(1), Answer::Integer(2)]),
            Why::Unfit(Declined::TooMany),
        ),
        (place("p", &[0]), one(), Why::Unfit(Declined::NotAQuestion)),
        (place("w", &[]), one(), Why::Unfit(Declined::NotAQuestion)),
    ];
    for (place, held, why) in nonsense {
        let misfits = session.restore([(place.clone(), held.clone())]);
        assert_eq!(misfits.len(), 1, "{place:?} {held:?}");
        assert_eq!((&misfits[0].place, &misfits[0].held, misfits[0].why), (&place, &held, why));
    }
    assert_eq!(session.restore([(place("q", &[0]), one()), (place("q", &[5]), Held::Answers(vec![]))]), []);
    assert_eq!(session.answers(session.find(&place("q", &[0])).unwrap()), [Answer::Integer(1)]);
}

#[test]
fn a_node_of_another_session_reads_as_blank_and_takes_nothing() {
    let mut session = Session::new(form(json!([{"linkId": "q", "type": "string", "text": "Q"}])));
    let far = NodeIx(4_000_000_000);
    assert!(session.answers(far).is_empty() && session.children(far).is_empty() && !session.is_enabled(far));
    assert!(!session.is_present(far) && session.repetitions(far).is_empty());
    for command in [Command::Add { node: far }, Command::Type { node: far, text: "x".into() }] {
        assert_eq!(session.apply(command).declined, Some(Declined::NoSuchNode));
    }
}

#[test]
fn a_form_of_five_thousand_questions_in_one_chain_can_be_answered_to_its_end() {
    let item = |at: usize| match at {
        0 => json!({"linkId": "q0", "type": "integer", "text": "Q"}),
        at => json!({"linkId": format!("q{at}"), "type": "integer", "text": "Q",
            "enableWhen": [{"question": format!("q{}", at - 1), "operator": "exists", "answerBoolean": true}]}),
    };
    let mut session = Session::new(form((0..5_000).map(item).collect()));
    let nodes: Vec<NodeIx> = session.in_order().collect();
    for node in &nodes {
        let changes = session.apply(Command::Answer { node: *node, answers: vec![Answer::Integer(1)] });
        assert_eq!(changes.declined, None);
        assert!(changes.toggled.len() <= 1);
    }
    // Taking the first back switches all the others off at once, and giving it again brings them back.
    let changes = session.apply(Command::Answer { node: nodes[0], answers: vec![] });
    assert_eq!(changes.toggled.len(), 4_999);
    assert_eq!(session.freeze("en").len(), 0);
    let changes = session.apply(Command::Answer { node: nodes[0], answers: vec![Answer::Integer(2)] });
    assert_eq!(changes.toggled.len(), 4_999);
    assert_eq!(session.freeze("en").len(), 5_000);
}
