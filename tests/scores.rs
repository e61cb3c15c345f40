//! Scores: each rule's arithmetic, and each way a rule may be broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::rc::Rc;
use what_matters::domain::answer::{Answer, Coding, Held, Number, Place, Skip};
use what_matters::domain::ids::LinkId;
use what_matters::domain::instrument::Instrument;
use what_matters::domain::text::Text;
use what_matters::engine::{Command, NodeIx, Session};
use what_matters::fhir::read::{ValueSets, questionnaire};
use what_matters::fhir::refusal::Reason;

const OURS: &str = "https://what-matters.example/fhir/StructureDefinition/";

/// The parts of a rule: `[["algorithm", "x 1"], ["rule", "sum"], ["item", "a"], ["least-answered", 2]]`.
fn rule(parts: &Value) -> Value {
    let parts: Vec<Value> = parts
        .as_array()
        .unwrap()
        .iter()
        .map(|part| match (&part[0], &part[1]) {
            (name, Value::Array(row)) => json!({"url": name, "extension": [
                {"url": "from", "valueDecimal": row[0]}, {"url": "to", "valueDecimal": row[1]}]}),
            (name, Value::Number(number)) => json!({"url": name, "valueInteger": number}),
            (name, text) => json!({"url": name, "valueString": text}),
        })
        .collect();
    json!({"url": format!("{OURS}score-rule"), "extension": parts})
}

fn hidden() -> Value {
    json!({"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": true})
}

fn choice(link_id: &str) -> Value {
    let option = |code: &str, weight: &str| {
        let weight: Value = serde_json::from_str(weight).unwrap();
        json!({"valueCoding": {"system": "s", "code": code, "display": code},
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": weight}]})
    };
    json!({"linkId": link_id, "type": "choice", "text": link_id,
        "answerOption": [option("no", "0"), option("some", "1.5"), option("much", "3")]})
}

fn whole(link_id: &str) -> Value {
    let end = |name: &str, value: i32| json!({"url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "valueInteger": value});
    json!({"linkId": link_id, "type": "integer", "text": link_id,
        "extension": [end("minValue", 1), end("maxValue", 5)]})
}

fn form(kind: &str, parts: &Value) -> Value {
    json!({"resourceType": "Questionnaire", "status": "active", "url": "https://a.example/q", "item": [
        choice("c"), whole("i"), whole("j"),
        {"linkId": "many", "type": "integer", "text": "?", "repeats": true},
        {"linkId": "words", "type": "string", "text": "?"},
        {"linkId": "score", "type": kind, "text": "Score", "readOnly": true, "extension": [rule(parts), hidden()]}
    ]})
}

fn session(form: &Value) -> Session {
    Session::new(Rc::new(read(form)))
}

fn read(form: &Value) -> Instrument {
    questionnaire(&form.to_string(), &ValueSets::default()).unwrap().instrument
}

fn node(session: &Session, link_id: &str) -> NodeIx {
    session.find(&Place { link_id: LinkId::new(link_id), within: vec![] }).unwrap()
}

fn give(session: &mut Session, link_id: &str, answer: Answer) {
    let node = node(session, link_id);
    let changes = session.apply(Command::Answer { node, answers: vec![answer] });
    assert_eq!(changes.declined, None);
}

fn code(code: &str, display: &str) -> Answer {
    Answer::Coding(Coding {
        system: Some("s".into()),
        code: Some(code.into()),
        display: Some(Text::plain(display)),
        version: None,
    })
}

fn score(session: &Session) -> Option<String> {
    match session.answers(node(session, "score")) {
        [] => None,
        [Answer::Integer(number)] => Some(number.to_string()),
        [Answer::Decimal(number)] => Some(number.as_str().to_owned()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sum_counts_numbers_and_the_numbers_of_codes_whatever_their_words() {
    let parts = json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "c"], ["item", "i"]]);
    let mut session = session(&form("decimal", &parts));
    assert_eq!(score(&session), None);
    give(&mut session, "c", code("some", "Rywfaint"));
    assert_eq!(score(&session), None, "all are needed");
    give(&mut session, "i", Answer::Integer(4));
    assert_eq!(score(&session).as_deref(), Some("5.5"));
    let node = node(&session, "i");
    session.apply(Command::Skip { node, skip: Skip::PassedOver });
    assert_eq!(score(&session), None, "a score does not outlive an answer");
}

#[test]
fn a_reversed_question_counts_from_the_other_end() {
    let parts =
        json!([["algorithm", "x 1"], ["rule", "sum"], ["reversed-item", "c"], ["reversed-item", "i"]]);
    let mut session = session(&form("decimal", &parts));
    give(&mut session, "c", code("much", ""));
    give(&mut session, "i", Answer::Integer(2));
    assert_eq!(score(&session).as_deref(), Some("4"), "3 counts 0, and 2 of 1 to 5 counts 4");
}

#[test]
fn a_sum_may_be_multiplied() {
    let parts = json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "i"], ["times", 4]]);
    let mut session = session(&form("integer", &parts));
    give(&mut session, "i", Answer::Integer(5));
    assert_eq!(score(&session).as_deref(), Some("20"));
}

#[test]
fn a_mean_is_of_the_answered_and_rounds_halves_up() {
    let parts = json!([
        ["algorithm", "x 1"],
        ["rule", "mean"],
        ["item", "c"],
        ["item", "i"],
        ["item", "j"],
        ["least-answered", 2],
        ["places", 1]
    ]);
    let mut session = session(&form("decimal", &parts));
    give(&mut session, "c", code("some", ""));
    assert_eq!(score(&session), None);
    give(&mut session, "i", Answer::Integer(2));
    assert_eq!(score(&session).as_deref(), Some("1.8"), "1.75");
    give(&mut session, "j", Answer::Integer(1));
    assert_eq!(score(&session).as_deref(), Some("1.5"));
}

#[test]
fn a_sum_is_looked_up_and_what_is_not_in_the_table_has_no_score() {
    let mut parts = json!([["algorithm", "x 1"], ["rule", "lookup"], ["item", "i"], ["row", [1, 7]]]);
    let row: Value = serde_json::from_str(r#"["row", [2, 9.50]]"#).unwrap();
    parts.as_array_mut().unwrap().push(row);
    let mut session = session(&form("decimal", &parts));
    give(&mut session, "i", Answer::Integer(2));
    assert_eq!(score(&session).as_deref(), Some("9.50"), "as the table writes it");
    give(&mut session, "i", Answer::Integer(3));
    assert_eq!(score(&session), None);
}

#[test]
fn the_mean_stands_in_for_a_few_open_questions_and_never_for_one_that_is_needed() {
    let parts = json!([
        ["algorithm", "x 1"],
        ["rule", "sum"],
        ["item", "i"],
        ["item", "j"],
        ["needed-item", "c"],
        ["least-answered", 2],
        ["unanswered", "mean"]
    ]);
    let mut session = session(&form("decimal", &parts));
    give(&mut session, "i", Answer::Integer(2));
    give(&mut session, "j", Answer::Integer(3));
    assert_eq!(score(&session), None, "the needed one is open");
    give(&mut session, "c", code("some", ""));
    assert_eq!(score(&session).as_deref(), Some("6.5"), "nothing is missing, so nothing is rounded");
    let node = node(&session, "j");
    session.apply(Command::Answer { node, answers: vec![] });
    assert_eq!(score(&session).as_deref(), Some("5"), "3.5 and a mean of 1.75 are 5.25");
}

#[test]
fn a_question_that_is_not_asked_does_not_count() {
    let parts =
        json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "i"], ["item", "j"], ["least-answered", 1]]);
    let mut form = form("integer", &parts);
    form["item"][2]["enableWhen"] = json!([{"question": "i", "operator": ">", "answerInteger": 2}]);
    let mut session = session(&form);
    give(&mut session, "i", Answer::Integer(3));
    give(&mut session, "j", Answer::Integer(5));
    assert_eq!(score(&session).as_deref(), Some("8"));
    give(&mut session, "i", Answer::Integer(1));
    assert_eq!(score(&session).as_deref(), Some("1"));
}

#[test]
fn a_score_kept_or_brought_back_is_computed_anew() {
    let parts = json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "i"]]);
    let held = || {
        let place = |link_id| Place { link_id: LinkId::new(link_id), within: vec![] };
        [("i", 4), ("score", 99)]
            .map(|(id, number)| (place(id), Held::Answers(vec![Answer::Integer(number)])))
    };
    let mut kept = session(&form("integer", &parts));
    assert_eq!(kept.restore(held()), []);
    assert_eq!(score(&kept).as_deref(), Some("4"));
    let (brought, misfits) = Session::of_response(Rc::new(read(&form("integer", &parts))), held());
    assert_eq!((score(&brought).as_deref(), misfits.len()), (Some("4"), 0));
}

#[test]
fn a_score_survives_in_a_questionnaire_that_another_is_added_to() {
    let parts = json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "i"]]);
    let scored = read(&form("integer", &parts));
    let other = json!({"resourceType": "Questionnaire", "status": "active", "url": "https://a.example/other",
        "item": [{"linkId": "before", "type": "string", "text": "?"}]});
    let joined = read(&other).with_appended(&scored).unwrap();
    let mut session = Session::new(Rc::new(joined));
    give(&mut session, "i", Answer::Integer(4));
    assert_eq!(score(&session).as_deref(), Some("4"));
}

#[test]
fn every_way_a_rule_may_be_broken_refuses_the_questionnaire() {
    let whole_rule = json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "i"]]);
    assert!(questionnaire(&form("integer", &whole_rule).to_string(), &ValueSets::default()).is_ok());
    for (about, parts) in [
        ("no name", json!([["rule", "sum"], ["item", "i"]])),
        ("a blank name", json!([["algorithm", " "], ["rule", "sum"], ["item", "i"]])),
        ("two names", json!([["algorithm", "x"], ["algorithm", "y"], ["rule", "sum"], ["item", "i"]])),
        ("no rule", json!([["algorithm", "x"], ["item", "i"]])),
        ("another rule", json!([["algorithm", "x"], ["rule", "product"], ["item", "i"]])),
        ("no questions", json!([["algorithm", "x"], ["rule", "sum"]])),
        ("a question that is not there", json!([["algorithm", "x"], ["rule", "sum"], ["item", "z"]])),
        (
            "a question twice",
            json!([["algorithm", "x"], ["rule", "sum"], ["item", "i"], ["reversed-item", "i"]]),
        ),
        ("a question that repeats", json!([["algorithm", "x"], ["rule", "sum"], ["item", "many"]])),
        ("words", json!([["algorithm", "x"], ["rule", "sum"], ["item", "words"]])),
        ("itself", json!([["algorithm", "x"], ["rule", "sum"], ["item", "score"]])),
        (
            "more answers than questions",
            json!([["algorithm", "x"], ["rule", "sum"], ["item", "i"], ["least-answered", 2]]),
        ),
        ("no answers", json!([["algorithm", "x"], ["rule", "sum"], ["item", "i"], ["least-answered", 0]])),
        ("times nothing", json!([["algorithm", "x"], ["rule", "sum"], ["item", "i"], ["times", 0]])),
        ("a sum with a table", json!([["algorithm", "x"], ["rule", "sum"], ["item", "i"], ["row", [1, 1]]])),
        ("a lookup without a table", json!([["algorithm", "x"], ["rule", "lookup"], ["item", "i"]])),
        (
            "a sum twice in the table",
            json!([["algorithm", "x"], ["rule", "lookup"], ["item", "i"], ["row", [1, 1]], ["row", [1, 2]]]),
        ),
        ("fractions for a whole number", json!([["algorithm", "x"], ["rule", "sum"], ["item", "c"]])),
        (
            "a mean with places for a whole number",
            json!([["algorithm", "x"], ["rule", "mean"], ["item", "i"], ["places", 1]]),
        ),
        ("too many places", json!([["algorithm", "x"], ["rule", "mean"], ["item", "i"], ["places", 7]])),
        ("an unknown part", json!([["algorithm", "x"], ["rule", "sum"], ["item", "i"], ["weighting", "2"]])),
        (
            "an unknown way of filling in",
            json!([["algorithm", "x"], ["rule", "sum"], ["item", "i"], ["unanswered", "zero"]]),
        ),
    ] {
        let refused = questionnaire(&form("integer", &parts).to_string(), &ValueSets::default());
        let reasons: Vec<Reason> = refused.expect_err(about).iter().map(|refusal| refusal.reason).collect();
        assert_eq!(reasons, [Reason::ScoreRuleBroken], "{about}");
    }
}

#[test]
fn a_score_that_a_person_could_see_or_type_over_is_refused() {
    let parts = json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "i"]]);
    let whole_form = form("integer", &parts);
    let refused = |form: &Value| {
        questionnaire(&form.to_string(), &ValueSets::default())
            .is_err_and(|refusals| refusals.iter().any(|refusal| refusal.reason == Reason::ScoreRuleBroken))
    };
    assert!(!refused(&whole_form));
    let mut shown = whole_form.clone();
    shown["item"][5]["extension"].as_array_mut().unwrap().pop();
    assert!(refused(&shown));
    let mut writable = whole_form.clone();
    writable["item"][5].as_object_mut().unwrap().remove("readOnly");
    assert!(refused(&writable));
    assert!(refused(&form("string", &parts)));
}

#[test]
fn numbers_stay_exact_where_floating_point_would_not() {
    let parts = json!([["algorithm", "x 1"], ["rule", "sum"], ["item", "c"], ["item", "d"], ["item", "e"]]);
    let mut form = form("decimal", &parts);
    let tenth = |link_id: &str| {
        let mut item = choice(link_id);
        item["answerOption"][0]["extension"][0]["valueDecimal"] = serde_json::from_str("0.1").unwrap();
        item
    };
    let items = form["item"].as_array_mut().unwrap();
    items[0] = tenth("c");
    items.splice(1..1, [tenth("d"), tenth("e")]);
    let mut session = session(&form);
    for link_id in ["c", "d", "e"] {
        give(&mut session, link_id, code("no", ""));
    }
    assert_eq!(score(&session).as_deref(), Some("0.3"));
    assert!(Number::parse("0.3").unwrap() == Number::parse("0.30").unwrap());
}
