//! `what-matters answer`: the command itself, on files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::path::PathBuf;
use what_matters::cli::run;

fn file(name: &str, content: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn answer(name: &str, form: &str, typed: &str) -> (u8, Value) {
    let form = file(&format!("{name}.q.json"), form);
    let typed = file(&format!("{name}.r.json"), typed);
    let arguments = ["answer", "--json", form.to_str().unwrap(), typed.to_str().unwrap()].map(str::to_owned);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(&arguments, &mut out, &mut err);
    (code, serde_json::from_slice(&out).unwrap())
}

fn form(items: Value) -> String {
    json!({"resourceType": "Questionnaire", "status": "active", "url": "https://a.example/q", "item": items})
        .to_string()
}

fn typed(items: Value) -> String {
    json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}).to_string()
}

#[test]
fn answers_are_typed_in_document_order_and_what_does_not_fit_is_named() {
    let form = form(json!([
        {"linkId": "late", "type": "string", "text": "L", "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": true}]},
        {"linkId": "a", "type": "boolean", "text": "A"},
        {"linkId": "b", "type": "string", "text": "B", "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": true}]},
        {"linkId": "c", "type": "string", "text": "C", "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": false}]},
        {"linkId": "fixed", "type": "string", "text": "F", "readOnly": true, "initial": [{"valueString": "as it was"}]},
        {"linkId": "n", "type": "integer", "text": "N", "required": true},
        {"linkId": "g", "type": "group", "text": "G", "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": false}], "item": [
            {"linkId": "g.q", "type": "string", "text": "GQ"}
        ]}
    ]));
    let typed = typed(json!([
        {"linkId": "late", "answer": [{"valueString": "too early"}]},
        {"linkId": "a", "answer": [{"valueBoolean": true}]},
        {"linkId": "b", "answer": [{"valueString": "yes"}]},
        {"linkId": "c", "answer": [{"valueString": "no"}]},
        {"linkId": "fixed", "answer": [{"valueString": "changed"}]},
        {"linkId": "n", "answer": [{"valueString": "12x"}]},
        {"linkId": "g", "item": [{"linkId": "g.q", "answer": [{"valueString": "hidden"}]}]},
        {"linkId": "nowhere", "answer": [{"valueString": "x", "item": [{"linkId": "deeper", "answer": [{"valueInteger": 1}]}]}]}
    ]));
    let (code, told) = answer("order", &form, &typed);
    assert_eq!(code, 0);
    assert_eq!(told["enabled"], json!(["late", "a", "b", "fixed", "n"]));
    assert_eq!(told["problems"], json!([{"linkId": "n", "problem": "not-a-number"}]));
    let items: Vec<&str> = told["response"]["item"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["linkId"].as_str().unwrap())
        .collect();
    assert_eq!(items, ["a", "b", "fixed"]);
    assert_eq!(told["response"]["item"][2]["answer"][0]["valueString"], "as it was");
    let notes: Vec<&str> =
        told["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect();
    for (at, link_id) in ["late", "c", "fixed", "g.q", "nowhere", "deeper"].iter().enumerate() {
        assert!(notes[at].starts_with(&format!("{link_id}: ")), "{notes:?}");
    }
    assert_eq!(notes.len(), 6);
}

#[test]
fn repetitions_are_added_as_the_response_has_them() {
    let form = form(json!([
        {"linkId": "g", "type": "group", "text": "G", "repeats": true, "item": [
            {"linkId": "s", "type": "string", "text": "S", "repeats": true, "initial": [{"valueString": "i"}, {"valueString": "j"}],
             "item": [{"linkId": "t", "type": "decimal", "text": "T"}]}
        ]}
    ]));
    let typed = typed(json!([
        {"linkId": "g", "item": [{"linkId": "s", "answer": [
            {"valueString": "a", "item": [{"linkId": "t", "answer": [{"valueDecimal": 1.5}]}]},
            {"valueString": "b"}, {"valueString": "c"}
        ]}]},
        {"linkId": "g", "item": [{"linkId": "s", "answer": [{"valueString": "d"}]}]}
    ]));
    let (code, told) = answer("repeats", &form, &typed.replace("1.5", "1.50"));
    assert_eq!((code, &told["notes"]), (0, &json!([])));
    assert_eq!(
        told["response"]["item"],
        serde_json::from_str::<Value>(
            &json!([
                {"linkId": "g", "text": "G", "item": [{"linkId": "s", "text": "S", "answer": [
                    {"valueString": "a", "item": [{"linkId": "t", "text": "T", "answer": [{"valueDecimal": 1.5}]}]},
                    {"valueString": "b"}, {"valueString": "c"}
                ]}]},
                {"linkId": "g", "text": "G", "item": [{"linkId": "s", "text": "S", "answer": [{"valueString": "d"}]}]}
            ])
            .to_string()
            .replace("1.5", "1.50")
        )
        .unwrap()
    );
}

#[test]
fn a_response_in_another_order_is_typed_in_the_order_of_the_form() {
    let form = form(json!([
        {"linkId": "a", "type": "boolean", "text": "A"},
        {"linkId": "b", "type": "string", "text": "B", "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": true}]}
    ]));
    let typed = typed(
        json!([{"linkId": "b", "answer": [{"valueString": "x"}]}, {"linkId": "a", "answer": [{"valueBoolean": true}]}]),
    );
    let (_, told) = answer("unsorted", &form, &typed);
    assert_eq!(told["notes"], json!([]));
    assert_eq!(told["response"]["item"][1]["answer"][0]["valueString"], "x");
}

#[test]
fn options_are_ticked_one_after_the_other() {
    let exclusive = json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive", "valueBoolean": true}]);
    let coding = |code: &str| json!({"system": "urn:s", "code": code, "display": code.to_uppercase()});
    let options = json!([
        {"valueCoding": coding("a"), "initialSelected": true}, {"valueCoding": coding("b")},
        {"valueCoding": coding("none"), "extension": exclusive}
    ]);
    let form = form(json!([
        {"linkId": "m", "type": "choice", "text": "M", "repeats": true, "answerOption": options},
        {"linkId": "one", "type": "choice", "text": "One", "answerOption": options}
    ]));
    let pick =
        |codes: &[Value]| codes.iter().map(|coding| json!({"valueCoding": coding})).collect::<Vec<_>>();
    let codes = |told: &Value, at: usize| -> Vec<String> {
        let answers = told["response"]["item"][at]["answer"].as_array().unwrap();
        answers.iter().map(|answer| answer["valueCoding"]["code"].as_str().unwrap().to_owned()).collect()
    };
    let typed = |many: &[Value], one: &[Value]| {
        typed(json!([{"linkId": "m", "answer": pick(many)}, {"linkId": "one", "answer": pick(one)}]))
    };
    let (_, told) =
        answer("ticks-1", &form, &typed(&[coding("none"), coding("b")], &[coding("b"), coding("a")]));
    assert_eq!((codes(&told, 0), codes(&told, 1)), (vec!["b".into()], vec!["b".into()]));
    assert_eq!(told["notes"].as_array().unwrap().len(), 1);
    // Meant by code or by words alone; one that is not there is named, the others stay.
    let by_code = json!({"code": "b"});
    let by_words = json!({"display": "A"});
    let (_, told) = answer("ticks-2", &form, &typed(&[by_code, by_words, coding("zz")], &[coding("zz")]));
    assert_eq!((codes(&told, 0), codes(&told, 1)), (vec!["b".into(), "a".into()], vec!["a".into()]));
    assert_eq!(told["notes"].as_array().unwrap().len(), 2);
}

#[test]
fn words_folded_into_others_are_enabled_with_them() {
    let control = json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}}]);
    let form = form(json!([
        {"linkId": "a", "type": "boolean", "text": "A"},
        {"linkId": "b", "type": "string", "text": "B", "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": true}],
         "item": [{"linkId": "b.help", "type": "display", "text": "Help", "extension": control}]}
    ]));
    let (_, told) = answer("folded-off", &form, &typed(json!([])));
    assert_eq!(told["enabled"], json!(["a"]));
    let (_, told) =
        answer("folded-on", &form, &typed(json!([{"linkId": "a", "answer": [{"valueBoolean": true}]}])));
    assert_eq!(told["enabled"], json!(["a", "b", "b.help"]));
}

#[test]
fn a_refused_questionnaire_and_an_unreadable_response_are_refusals() {
    let refused = form(json!([{"linkId": "a", "type": "attachment", "text": "A"}]));
    let (code, told) = answer("refused", &refused, &typed(json!([])));
    assert_eq!((code, &told["refused"]), (1, &json!(true)));
    assert_eq!(told["refusals"][0]["linkId"], "a");
    assert!(told["refusals"][0]["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
    let fine = form(json!([{"linkId": "a", "type": "string", "text": "A"}]));
    for bad in ["", "{", "[]", "{\"resourceType\":\"Patient\"}"] {
        let (code, told) = answer("bad", &fine, bad);
        assert_eq!((code, &told["refused"]), (1, &json!(true)), "{bad}");
    }
}

#[test]
fn strange_responses_are_named_and_never_stop_the_command() {
    let form = form(
        json!([{"linkId": "a", "type": "integer", "text": "A", "item": [{"linkId": "b", "type": "string", "text": "B"}]}]),
    );
    for strange in [
        json!([{}]),
        json!([{"linkId": "a", "answer": [{"valueReference": {}}]}]),
        json!([{"linkId": "a", "answer": {"valueInteger": 3}}]),
        json!([{"linkId": "a", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}]),
        json!([{"linkId": "a", "answer": [null, 3, "x"]}]),
        json!([{"linkId": "a", "item": [{"linkId": "b", "answer": [{"valueString": "under the question"}]}]}]),
        json!([{"linkId": "a", "answer": [{"valueInteger": 1}]}, {"linkId": "a", "answer": [{"valueInteger": 2}]}]),
        json!({"linkId": "a"}),
        json!([[["a"]]]),
    ] {
        let (code, told) = answer("strange", &form, &typed(strange));
        assert_eq!(code, 0);
        assert!(told["response"]["resourceType"].is_string());
    }
}

#[test]
fn questions_under_a_list_of_ticks_are_typed_once_and_the_rest_is_named() {
    let (system, control) = ("urn:s", "http://hl7.org/fhir/questionnaire-item-control");
    let form = form(json!([
        {"linkId": "q", "type": "choice", "text": "Q", "repeats": true,
         "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
             "valueCodeableConcept": {"coding": [{"system": control, "code": "check-box"}]}}],
         "answerOption": [{"valueCoding": {"system": system, "code": "a", "display": "A"}},
             {"valueCoding": {"system": system, "code": "b", "display": "B"}}],
         "item": [{"linkId": "more", "type": "string", "text": "M"}, {"linkId": "other", "type": "string", "text": "O"}]}
    ]));
    let below = |link_id: &str, words: &str| json!({"linkId": link_id, "answer": [{"valueString": words}]});
    let typed = typed(json!([{"linkId": "q", "answer": [
        {"valueCoding": {"system": system, "code": "a"}, "item": [below("more", "first")]},
        {"valueCoding": {"system": system, "code": "b"}, "item": [below("more", "second"), below("other", "kept")]}
    ]}]));
    let (_, told) = answer("ticks", &form, &typed);
    assert_eq!(told["notes"], json!(["more: a second item for one question; dropped"]));
    let items = &told["response"]["item"][0]["answer"][0]["item"];
    assert_eq!(items[0]["answer"][0]["valueString"], "first");
    assert_eq!(items[1]["answer"][0]["valueString"], "kept");
}
