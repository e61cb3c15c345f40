//! Reads responses back into answers in their places, and tells what does not fit.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::rc::Rc;
use what_matters::domain::answer::{Answer, Held, Number, Place};
use what_matters::domain::ids::{LinkId, ResponseId};
use what_matters::domain::instrument::Instrument;
use what_matters::engine::Session;
use what_matters::fhir::read::response::{Answered, Why, response};
use what_matters::fhir::read::{ValueSets, questionnaire};
use what_matters::fhir::refusal::Reason;
use what_matters::fhir::write::{self, Header, Mode, Status};

fn instrument() -> Instrument {
    let json = r#"{"resourceType":"Questionnaire","url":"https://a.example/q","version":"2","status":"active","item":[
        {"linkId":"name","type":"string","text":"Name?"},
        {"linkId":"weight","type":"decimal","text":"Weight?"},
        {"linkId":"mood","type":"choice","text":"Mood?","answerOption":[
            {"valueCoding":{"system":"s","code":"up","display":"Up"}},{"valueCoding":{"system":"s","code":"down","display":"Down"}}],
         "item":[{"linkId":"mood.why","type":"text","text":"Why?"}]},
        {"linkId":"likes","type":"choice","repeats":true,"text":"Likes?","answerOption":[{"valueString":"tea"},{"valueString":"walks"}]},
        {"linkId":"pet","type":"group","repeats":true,"text":"Pet","item":[
            {"linkId":"pet.name","type":"string","text":"Its name?"},
            {"linkId":"pet.nick","type":"string","repeats":true,"text":"Nicknames?","item":[
                {"linkId":"pet.nick.by","type":"string","text":"Whose?"}]}]},
        {"linkId":"end","type":"group","text":"End","item":[{"linkId":"end.note","type":"text","text":"Note?"}]}]}"#;
    questionnaire(json, &ValueSets::default()).unwrap().instrument
}

fn read(items: &str) -> Answered {
    let json = format!(
        r#"{{"resourceType":"QuestionnaireResponse","questionnaire":"https://a.example/q|1","status":"completed","item":[{items}]}}"#
    );
    response(&json, &instrument()).unwrap()
}

fn place(link_id: &str, within: &[u32]) -> Place {
    Place { link_id: LinkId::new(link_id), within: within.to_vec() }
}

fn text(words: &str) -> Answer {
    Answer::Text(words.into())
}

#[test]
fn answers_come_back_to_their_places() {
    let read = read(
        r#"{"linkId":"name","text":"Name?","answer":[{"valueString":"Anon"}]},
           {"linkId":"weight","answer":[{"valueDecimal":61.50}]},
           {"linkId":"mood","answer":[{"valueCoding":{"system":"s","code":"up","display":"Hoch"},
              "item":[{"linkId":"mood.why","answer":[{"valueString":"Sun"}]}]}]},
           {"linkId":"likes","answer":[{"valueString":"tea"},{"valueString":"walks"}]},
           {"linkId":"pet","item":[{"linkId":"pet.name","answer":[{"valueString":"Tom"}]}]},
           {"linkId":"pet","item":[{"linkId":"pet.name","answer":[{"valueString":"Kit"}]},
              {"linkId":"pet.nick","answer":[{"valueString":"K"},{"valueString":"Kitty","item":[{"linkId":"pet.nick.by","answer":[{"valueString":"me"}]}]}]}]},
           {"linkId":"end","item":[{"linkId":"end.note","answer":[{"valueString":"Bye"}]}]}"#,
    );
    assert!(read.mismatches.is_empty(), "{:?}", read.mismatches);
    assert_eq!(read.questionnaire.as_deref(), Some("https://a.example/q|1"));
    let find = |link_id: &str, within: &[u32]| {
        let place = place(link_id, within);
        read.held.iter().find(|(held_at, _)| *held_at == place).map(|(_, held)| held.clone())
    };
    let answers = |answers: &[Answer]| Some(Held::Answers(answers.to_vec()));
    assert_eq!(find("name", &[]), answers(&[text("Anon")]));
    assert_eq!(find("weight", &[]), answers(&[Answer::Decimal(Number::parse("61.5").unwrap())]));
    let Some(Held::Answers(weight)) = find("weight", &[]) else { panic!() };
    assert!(matches!(&weight[..], [Answer::Decimal(number)] if number.as_str() == "61.50"));
    let Some(Held::Answers(mood)) = find("mood", &[]) else { panic!() };
    assert!(
        matches!(&mood[..], [Answer::Coding(coding)] if coding.display.as_ref().unwrap().as_str() == "Up")
    );
    assert_eq!(find("mood.why", &[]), answers(&[text("Sun")]));
    assert_eq!(find("likes", &[]), answers(&[text("tea"), text("walks")]));
    assert_eq!(find("pet", &[]), Some(Held::Repetitions(vec![0, 1])));
    assert_eq!(find("pet.name", &[1]), answers(&[text("Kit")]));
    assert_eq!(find("pet.nick", &[1]), Some(Held::Repetitions(vec![0, 1])));
    assert_eq!(find("pet.nick", &[1, 1]), answers(&[text("Kitty")]));
    assert_eq!(find("pet.nick.by", &[1, 1]), answers(&[text("me")]));
    assert_eq!(find("end.note", &[]), answers(&[text("Bye")]));
}

#[test]
fn what_does_not_fit_is_told_with_its_place_and_answer() {
    for (items, expected) in [
        (
            r#"{"linkId":"gone","answer":[{"valueInteger":3,"item":[{"linkId":"under","answer":[{"valueString":"x"}]}]}]}"#,
            vec![
                (Why::NoSuchItem, "gone", "item[0].answer[0]", Some("3")),
                (Why::NoSuchItem, "under", "item[0].answer[0].item[0].answer[0]", Some("x")),
            ],
        ),
        (
            r#"{"linkId":"end.note","answer":[{"valueString":"x"}]}"#,
            vec![(Why::Misplaced, "end.note", "item[0].answer[0]", Some("x"))],
        ),
        (
            r#"{"linkId":"name","answer":[{"valueInteger":3}]}"#,
            vec![(Why::OtherType, "name", "item[0].answer[0]", Some("3"))],
        ),
        (
            r#"{"linkId":"name","answer":[{"valueReference":{}}]}"#,
            vec![(Why::OtherType, "name", "item[0].answer[0]", None)],
        ),
        (
            r#"{"linkId":"name","answer":[{"valueString":3}]}"#,
            vec![(Why::Unreadable, "name", "item[0].answer[0]", None)],
        ),
        (
            r#"{"linkId":"mood","answer":[{"valueCoding":{"system":"s","code":"left"}}]}"#,
            vec![(Why::NotAnOption, "mood", "item[0].answer[0]", Some("left"))],
        ),
        (
            r#"{"linkId":"name","answer":[{"valueString":"a"},{"valueString":"b"}]}"#,
            vec![(Why::TooMany, "name", "item[0].answer[1]", Some("b"))],
        ),
        (
            r#"{"linkId":"end","item":[]},{"linkId":"end","item":[{"linkId":"end.note","answer":[{"valueString":"x"}]}]}"#,
            vec![
                (Why::TooMany, "end", "item[1]", None),
                (Why::TooMany, "end.note", "item[1].item[0].answer[0]", Some("x")),
            ],
        ),
        (r#"7"#, vec![(Why::Unreadable, "", "item[0]", None)]),
    ] {
        let told = read(items).mismatches;
        let told: Vec<_> = told
            .iter()
            .map(|told| (told.why, &*told.link_id, told.path.as_str(), told.answer.as_deref()))
            .collect();
        assert_eq!(told, expected, "{items}");
    }
}

#[test]
fn what_is_no_response_is_refused() {
    for (json, reason) in [
        ("nonsense", Reason::NotJson),
        ("[]", Reason::NotAResponse),
        (r#"{"resourceType":"Questionnaire"}"#, Reason::NotAResponse),
        (&" ".repeat(4_000_001), Reason::TooLarge),
    ] {
        let refusals = response(json, &instrument()).unwrap_err();
        assert_eq!(refusals.iter().map(|refusal| refusal.reason).collect::<Vec<_>>(), [reason]);
    }
}

#[test]
fn a_response_read_back_and_written_again_is_the_same() {
    let instrument = Rc::new(instrument());
    let items = r#"{"linkId":"name","answer":[{"valueString":"Anon"}]},
        {"linkId":"mood","answer":[{"valueCoding":{"system":"s","code":"down"},"item":[{"linkId":"mood.why","answer":[{"valueString":"Rain"}]}]}]},
        {"linkId":"likes","answer":[{"valueString":"walks"},{"valueString":"tea"}]},
        {"linkId":"pet","item":[{"linkId":"pet.name","answer":[{"valueString":"Tom"}]}]},
        {"linkId":"pet","item":[{"linkId":"pet.nick","answer":[{"valueString":"K","item":[{"linkId":"pet.nick.by","answer":[{"valueString":"me"}]}]},{"valueString":"L"}]}]}"#;
    let header = Header {
        status: Status::Completed,
        authored: "2026-11-22T09:30:00+00:00".into(),
        language: "en-GB".into(),
        mode: Mode::Electronic,
        subject: None,
        source: None,
        help_shown: Vec::new(),
    };
    let id = ResponseId::from_random([3; 16]);
    let written = |read: Answered| {
        let mut session = Session::new(Rc::clone(&instrument));
        let misfits = session.restore(read.held);
        assert!(misfits.is_empty(), "{misfits:?}");
        write::response(&instrument, &id, &header, &session.freeze("en-GB"), None)
    };
    let first = written(read(items));
    let second = written(response(&first, &instrument).unwrap());
    assert_eq!(first, second);
    for word in ["Anon", "Rain", "Down", "walks", "tea", "Tom", "\"K\"", "\"me\"", "\"L\""] {
        assert!(first.contains(word), "{word} in {first}");
    }
}
