//! Responses as FHIR JSON: the bytes themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::rc::Rc;
use what_matters::domain::answer::{Answer, Place, Skip};
use what_matters::domain::ids::{LinkId, ResponseId};
use what_matters::domain::instrument::Instrument;
use what_matters::domain::response::Hash;
use what_matters::domain::showing::{Occasion, Showing};
use what_matters::engine::{Command, NodeIx, Session};
use what_matters::fhir::read::response::response;
use what_matters::fhir::read::{ValueSets, questionnaire};
use what_matters::fhir::write::{self, CONTEXT, Header, Mode, Party, PartyKind, Status};

fn read(form: &Value) -> Instrument {
    questionnaire(&form.to_string(), &ValueSets::default()).unwrap().instrument
}

fn form(items: Value) -> Instrument {
    read(
        &json!({"resourceType": "Questionnaire", "url": "https://a.example/q", "version": "2", "status": "active", "item": items}),
    )
}

fn context() -> Instrument {
    let items = json!([{"linkId": "context", "type": "group", "item": [
        {"linkId": "context.place", "type": "choice", "text": "Where?", "answerOption": [
            {"valueCoding": {"system": "s", "code": "home", "display": "At home"}},
            {"valueCoding": {"system": "s", "code": "out", "display": "Out"}}
        ]},
        {"linkId": "context.helper", "type": "string", "text": "Who?", "enableWhen": [
            {"question": "context.place", "operator": "=", "answerCoding": {"system": "s", "code": "out"}}
        ]},
        {"linkId": "context.skipped", "type": "string", "repeats": true, "readOnly": true}
    ]}]);
    form(items)
}

fn node(session: &Session, link_id: &str) -> NodeIx {
    session.find(&Place { link_id: LinkId::new(link_id), within: vec![] }).unwrap()
}

fn answer(session: &mut Session, link_id: &str, value: Answer) {
    let node = node(session, link_id);
    assert_eq!(session.apply(Command::Answer { node, answers: vec![value] }).declined, None);
}

fn header() -> Header {
    Header {
        status: Status::Completed,
        authored: "2026-11-22T10:00:00+00:00".into(),
        language: "en-GB".into(),
        mode: Mode::Electronic,
        subject: None,
        source: None,
        help_shown: Vec::new(),
    }
}

fn id() -> ResponseId {
    ResponseId::from_random([0; 16])
}

const HEAD: &str = concat!(
    r#"{"resourceType":"QuestionnaireResponse","id":"00000000-0000-4000-8000-000000000000","language":"en-GB","#,
    r#""extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode","#,
    r#""valueCodeableConcept":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationMode","#,
    r#""code":"ELECTRONIC","display":"electronic data"}]}}],"#,
    r#""identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:00000000-0000-4000-8000-000000000000"},"#,
    r#""questionnaire":"https://a.example/q|2","status":"completed","authored":"2026-11-22T10:00:00+00:00""#,
);

#[test]
fn a_response_is_written_in_the_order_of_the_standard_without_white_space() {
    let instrument = Rc::new(form(json!([
        {"linkId": "g", "type": "group", "text": "Group", "definition": "https://a.example/d#g", "item": [
            {"linkId": "d", "type": "decimal", "text": "How \"much\"?", "item": [{"linkId": "w", "type": "text"}]},
            {"linkId": "u", "type": "url", "text": "Where?"},
            {"linkId": "none", "type": "string", "text": "Left open"}
        ]}
    ])));
    let mut session = Session::new(instrument.clone());
    let d = node(&session, "d");
    session.apply(Command::Type { node: d, text: "12.50".into() });
    answer(&mut session, "w", Answer::Text("a\\b\n\tżółć 🙂".into()));
    answer(&mut session, "u", Answer::Url("https://b.example/?q=1".into()));
    let written = write::response(&instrument, &id(), &header(), &session.freeze("en"), None);
    let items = concat!(
        r#","item":[{"linkId":"g","definition":"https://a.example/d#g","text":"Group","item":["#,
        r#"{"linkId":"d","text":"How \"much\"?","answer":[{"valueDecimal":12.50,"item":["#,
        r#"{"linkId":"w","text":"w","answer":[{"valueString":"a\\b\n\tżółć 🙂"}]}]}]},"#,
        r#"{"linkId":"u","text":"Where?","answer":[{"valueUri":"https://b.example/?q=1"}]}]}]}"#,
    );
    assert_eq!(written, [HEAD, items].concat());
    // The same answers give the same bytes.
    let again = write::response(&instrument, &id(), &header(), &session.freeze("en"), None);
    assert_eq!(Hash::of(again.as_bytes()), Hash::of(written.as_bytes()));
}

#[test]
fn a_response_without_answers_has_no_items() {
    let instrument = Rc::new(form(json!([{"linkId": "q", "type": "string", "text": "Q"}])));
    let mut session = Session::new(instrument.clone());
    let q = node(&session, "q");
    session.apply(Command::Skip { node: q, skip: Skip::RatherTalk });
    assert_eq!(session.freeze("en").len(), 1, "the skip is known");
    let written = write::response(&instrument, &id(), &header(), &session.freeze("en"), None);
    assert_eq!(written, [HEAD, "}"].concat());
}

#[test]
fn the_header_names_people_by_kind_and_identifier_only() {
    let instrument = form(json!([{"linkId": "q", "type": "string", "text": "Q"}]));
    let party = |kind, identifier| Some(Party { kind, identifier });
    let header = Header {
        status: Status::Stopped,
        mode: Mode::Verbal,
        subject: party(PartyKind::Patient, Some(("urn:tokens".into(), "7\"K".into()))),
        source: party(PartyKind::Practitioner, None),
        ..header()
    };
    let json: Value = serde_json::from_str(&write::response(&instrument, &id(), &header, &[], None)).unwrap();
    let identifier = json!({"system": "urn:tokens", "value": "7\"K"});
    assert_eq!(json["subject"], json!({"type": "Patient", "identifier": identifier}));
    assert_eq!(json["source"], json!({"type": "Practitioner"}));
    assert_eq!(json["status"], "stopped");
    assert_eq!(json.pointer("/extension/0/valueCodeableConcept/coding/0/code").unwrap(), "VERBAL");
    for status in [Status::InProgress, Status::Amended, Status::Completed, Status::Stopped] {
        assert!(["in-progress", "amended", "completed", "stopped"].contains(&status.code()));
    }
}

#[test]
fn the_circumstances_of_a_questionnaire_without_a_place_for_them_travel_in_an_extension() {
    let published = form(json!([{"linkId": "q", "type": "string", "text": "Q"}]));
    let joined = Rc::new(published.with_appended(&context()).unwrap());
    assert_eq!(joined.id, published.id);
    let mut session = Session::new(joined.clone());
    answer(&mut session, "q", Answer::Text("mine".into()));
    let place = node(&session, "context.place");
    let out = match &session.item(place).kind {
        what_matters::domain::instrument::ItemKind::Choice(rule) => rule.options[1].value.clone(),
        _ => panic!("not a list"),
    };
    // Its condition came along and looks at its own question.
    assert!(!session.is_enabled(node(&session, "context.helper")));
    answer(&mut session, "context.place", out);
    answer(&mut session, "context.helper", Answer::Text("a friend".into()));
    let skipped = node(&session, "context.skipped");
    let texts = vec![Answer::Text("a passed-over".into()), Answer::Text("b rather-talk".into())];
    session.apply(Command::Fill { node: skipped, answers: texts });

    let text = write::response(&published, &id(), &header(), &session.freeze("en"), Some("context"));
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["item"], json!([{"linkId": "q", "text": "Q", "answer": [{"valueString": "mine"}]}]));
    assert_eq!(
        json["extension"][1],
        json!({"url": CONTEXT, "extension": [
            {"url": "place", "valueCoding": {"system": "s", "code": "out", "display": "Out"}},
            {"url": "helper", "valueString": "a friend"},
            {"url": "skipped", "valueString": "a passed-over"},
            {"url": "skipped", "valueString": "b rather-talk"},
        ]})
    );

    // And back again.
    let read = response(&text, &joined).unwrap();
    assert_eq!(read.mismatches, []);
    let (back, misfits) = Session::of_response(joined, read.held);
    assert_eq!(misfits, []);
    assert_eq!(write::response(&published, &id(), &header(), &back.freeze("en"), Some("context")), text);
}

#[test]
fn nothing_of_the_circumstances_is_written_when_there_are_none() {
    let published = form(json!([{"linkId": "q", "type": "string", "text": "Q"}]));
    let session = Session::new(Rc::new(published.with_appended(&context()).unwrap()));
    let text = write::response(&published, &id(), &header(), &session.freeze("en"), Some("context"));
    assert_eq!(text, [HEAD, "}"].concat());
}

#[test]
fn a_questionnaire_that_uses_our_link_ids_is_not_appended_to() {
    let other = form(
        json!([{"linkId": "x", "type": "group", "item": [{"linkId": "context.place", "type": "string", "text": "P"}]}]),
    );
    let clash = other.with_appended(&context()).map(|_| ()).unwrap_err();
    assert_eq!(clash, [LinkId::new("context.place")]);
}

#[test]
fn each_time_help_was_shown_is_said_with_its_moment_and_nothing_of_the_answer() {
    let instrument = form(json!([{"linkId": "q", "type": "string", "text": "Q"}]));
    let showing = |at: &str, occasion| Showing { at: at.into(), occasion };
    let help_shown = vec![
        showing("2026-11-22T10:00:00+00:00", Occasion::Question),
        showing("2026-11-22T10:05:00+00:00", Occasion::End),
    ];
    let header = Header { help_shown, ..header() };
    let json: Value = serde_json::from_str(&write::response(&instrument, &id(), &header, &[], None)).unwrap();
    let shown = |at: &str, occasion: &str| {
        json!({
            "url": "https://what-matters.example/fhir/StructureDefinition/help-shown",
            "extension": [{"url": "at", "valueDateTime": at}, {"url": "occasion", "valueCode": occasion}]
        })
    };
    let extensions = json["extension"].as_array().unwrap();
    assert_eq!(
        extensions[1..],
        [shown("2026-11-22T10:00:00+00:00", "question"), shown("2026-11-22T10:05:00+00:00", "end")]
    );
}
