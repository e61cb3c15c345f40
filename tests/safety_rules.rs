//! Safety rules: read whole, or the questionnaire is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use what_matters::domain::answer::{Answer, Coding};
use what_matters::domain::text::Text;
use what_matters::fhir::read::{ValueSets, questionnaire};
use what_matters::fhir::refusal::Reason;

const OURS: &str = "https://what-matters.example/fhir/StructureDefinition/";

fn coding(code: &str) -> Value {
    json!({"system": "s", "code": code, "display": code})
}

fn form(extension: Value) -> Value {
    json!({"resourceType": "Questionnaire", "status": "active", "url": "https://a.example/q", "item": [{
        "linkId": "a", "type": "choice", "text": "?", "extension": [extension],
        "answerOption": [{"valueCoding": coding("no")}, {"valueCoding": coding("yes")}]
    }]})
}

fn rule(triggers: Value) -> Value {
    json!({"url": format!("{OURS}safety-rule"), "extension": triggers})
}

fn reasons(form: &Value) -> Vec<Reason> {
    let read = questionnaire(&form.to_string(), &ValueSets::default());
    read.err().unwrap_or_default().iter().map(|refusal| refusal.reason).collect()
}

#[test]
fn an_answer_triggers_by_its_code_in_any_words() {
    let form = form(rule(json!([{"url": "trigger", "valueCoding": {"system": "s", "code": "yes"}}])));
    let instrument = questionnaire(&form.to_string(), &ValueSets::default()).unwrap().instrument;
    let rule = instrument.items[0].safety.as_ref().unwrap();
    let answer = |code: &str, display: &str| {
        Answer::Coding(Coding {
            system: Some("s".into()),
            code: Some(code.into()),
            display: Some(Text::plain(display)),
            version: None,
        })
    };
    assert!(rule.is_triggered_by(&[answer("yes", "Ydw")]));
    assert!(!rule.is_triggered_by(&[answer("no", "yes")]));
    assert!(!rule.is_triggered_by(&[]));
}

#[test]
fn a_safety_rule_that_cannot_be_kept_refuses_the_questionnaire() {
    let trigger = json!({"url": "trigger", "valueCoding": {"system": "s", "code": "yes"}});
    assert_eq!(reasons(&form(rule(json!([trigger])))), []);
    for broken in [
        rule(json!([])),
        rule(json!([{"url": "trigger"}])),
        rule(json!([trigger, {"url": "trigger", "valueCoding": {"system": "s", "code": "maybe"}}])),
        rule(json!([trigger, {"url": "trigger", "valueCoding": {"system": "other", "code": "yes"}}])),
        rule(json!([trigger, {"url": "threshold", "valueInteger": 1}])),
        json!({"url": format!("{OURS}safety-rule"), "valueBoolean": true}),
    ] {
        assert_eq!(reasons(&form(broken.clone())), [Reason::SafetyRuleBroken], "{broken}");
    }
}

#[test]
fn a_rule_of_ours_where_it_would_not_be_read_refuses_the_questionnaire() {
    let trigger = json!([{"url": "trigger", "valueCoding": {"system": "s", "code": "yes"}}]);
    let mut on_the_form = form(rule(trigger.clone()));
    on_the_form["extension"] = json!([rule(trigger.clone())]);
    assert_eq!(reasons(&on_the_form), [Reason::RuleMisplaced]);
    let mut on_an_option = form(rule(trigger.clone()));
    on_an_option["item"][0]["answerOption"][1]["extension"] = json!([rule(trigger.clone())]);
    assert_eq!(reasons(&on_an_option), [Reason::RuleMisplaced]);
    let mut twice = form(rule(trigger.clone()));
    twice["item"][0]["extension"].as_array_mut().unwrap().push(rule(trigger));
    assert_eq!(reasons(&twice), [Reason::RuleMisplaced]);
    for name in ["review-required", "self-report-only"] {
        let at = if name == "review-required" { "/item/0" } else { "" };
        let mut wrong =
            form(rule(json!([{"url": "trigger", "valueCoding": {"system": "s", "code": "yes"}}])));
        wrong.pointer_mut(at).unwrap()["extension"] =
            json!([{"url": format!("{OURS}{name}"), "valueBoolean": true}]);
        assert_eq!(reasons(&wrong), [Reason::RuleMisplaced], "{name}");
    }
}

#[test]
fn a_question_that_is_not_a_choice_has_no_safety_rule() {
    let mut words = form(rule(json!([{"url": "trigger", "valueString": "yes"}])));
    words["item"][0]["type"] = "string".into();
    words["item"][0].as_object_mut().unwrap().remove("answerOption");
    assert_eq!(reasons(&words), [Reason::SafetyRuleBroken]);
}

#[test]
fn review_is_required_where_the_questionnaire_says_so() {
    for (value, expected) in [(json!(true), Ok(true)), (json!(false), Ok(false)), (json!("yes"), Err(()))] {
        let mut form = form(rule(json!([{"url": "trigger", "valueCoding": {"system": "s", "code": "yes"}}])));
        form["extension"] = json!([{"url": format!("{OURS}review-required"), "valueBoolean": value}]);
        let read = questionnaire(&form.to_string(), &ValueSets::default());
        assert_eq!(read.map(|read| read.instrument.review_required).map_err(drop), expected);
    }
}
