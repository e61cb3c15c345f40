//! An answer with a safety rule is met with help before anything that comes after it is shown: which answers,
//! on which page, and until when.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::rc::Rc;
use what_matters::domain::answer::{Answer, Coding, Place, Skip};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::{InstrumentId, LinkId, ResponseId};
use what_matters::domain::text::Text;
use what_matters::engine::safety::{due, first_before, triggered};
use what_matters::engine::steps::{Layout, steps};
use what_matters::engine::{Command, NodeIx, Session};
use what_matters::fhir::read::{ValueSets, questionnaire};

const RULE: &str = "https://what-matters.example/fhir/StructureDefinition/safety-rule";

fn options() -> Value {
    ["never", "some", "often"]
        .iter()
        .map(|code| json!({"valueCoding": {"system": "s", "code": code}}))
        .collect()
}

fn with_rule(link_id: &str, text: &str) -> Value {
    let trigger = |code: &str| json!({"url": "trigger", "valueCoding": {"system": "s", "code": code}});
    json!({
        "linkId": link_id, "type": "choice", "text": text, "answerOption": options(),
        "extension": [{"url": RULE, "extension": [trigger("some"), trigger("often")]}]
    })
}

/// Four pages: a gate, two questions with a safety rule (the second asked only if the gate says so), and words
/// of one's own.
fn form() -> Value {
    let mut second = with_rule("second", "Second");
    second["enableWhen"] = json!([{"question": "gate", "operator": "=", "answerBoolean": true}]);
    json!({"resourceType": "Questionnaire", "status": "active", "url": "https://a.example/q", "item": [
        {"linkId": "gate", "type": "boolean", "text": "Gate"},
        with_rule("first", "First"),
        second,
        {"linkId": "words", "type": "text", "text": "Words"}
    ]})
}

/// The answers and how they are kept, together as in the app.
struct Visit {
    session: Session,
    draft: Draft,
}

impl Visit {
    fn new(form: &Value) -> Self {
        let instrument = questionnaire(&form.to_string(), &ValueSets::default()).unwrap().instrument;
        let draft =
            Draft::new(ResponseId::from_random([7; 16]), InstrumentId::new("https://a.example/q", None));
        Self { session: Session::new(Rc::new(instrument)), draft }
    }

    fn node(&self, link_id: &str) -> NodeIx {
        self.session.find(&place(link_id)).unwrap()
    }

    fn does(&mut self, command: Command) {
        let changes = self.session.apply(command);
        assert_eq!(changes.declined, None);
        for (place, held) in self.session.kept(&changes) {
            self.draft.set(place, held, "w1");
        }
    }

    fn answers(&mut self, link_id: &str, code: &str, display: &str) {
        let coding = Coding {
            system: Some("s".into()),
            code: Some(code.into()),
            display: Some(Text::plain(display)),
            version: None,
        };
        let answers =
            vec![if link_id == "gate" { Answer::Boolean(code == "yes") } else { Answer::Coding(coding) }];
        self.does(Command::Answer { node: self.node(link_id), answers });
    }

    fn goes_on(&mut self) {
        for node in due(&self.session, &self.draft) {
            self.draft.go_on_from(self.session.place(node));
        }
    }

    /// The link ids of what has to be met with help now.
    fn due(&self) -> Vec<String> {
        let names = due(&self.session, &self.draft).into_iter();
        names.map(|node| self.session.item(node).link_id.to_string()).collect()
    }

    /// The page help stands after, if page `wanted` is asked for.
    fn before(&self, layout: Layout, wanted: usize) -> Option<usize> {
        first_before(&self.session, &self.draft, &steps(&self.session, layout), wanted)
    }
}

fn place(link_id: &str) -> Place {
    Place { link_id: LinkId::new(link_id), within: Vec::new() }
}

#[test]
fn an_answer_with_a_safety_rule_is_met_with_help_before_any_page_after_it_and_not_before_its_own() {
    let mut visit = Visit::new(&form());
    visit.answers("first", "some", "Some");
    assert_eq!(visit.due(), ["first"]);
    assert_eq!(visit.before(Layout::Pages, 0), None);
    assert_eq!(visit.before(Layout::Pages, 1), None, "its own page is not barred");
    for later in [2, 3, 4] {
        assert_eq!(visit.before(Layout::Pages, later), Some(1), "page {later}");
    }
}

#[test]
fn the_other_answers_are_not_met_with_help() {
    let mut visit = Visit::new(&form());
    visit.answers("first", "never", "often");
    assert_eq!(visit.due(), [""; 0], "the code decides, not the words");
    visit.does(Command::Skip { node: visit.node("first"), skip: Skip::RatherTalk });
    assert_eq!(visit.due(), [""; 0]);
}

#[test]
fn words_of_ones_own_are_not_searched() {
    let mut visit = Visit::new(&form());
    visit.does(Command::Type { node: visit.node("words"), text: "some often I want to die".to_owned() });
    assert_eq!(visit.due(), [""; 0]);
}

#[test]
fn help_once_gone_on_from_is_not_shown_again_until_the_answer_changes() {
    let mut visit = Visit::new(&form());
    visit.answers("first", "some", "Some");
    visit.goes_on();
    assert_eq!(visit.before(Layout::Pages, 4), None);
    visit.answers("first", "often", "Often");
    assert_eq!(visit.before(Layout::Pages, 2), Some(1));
    visit.answers("first", "never", "Never");
    assert_eq!(visit.before(Layout::Pages, 4), None);
    assert!(triggered(&visit.session).is_empty(), "and not at the end");
}

#[test]
fn help_gone_on_from_is_shown_at_the_end_again() {
    let mut visit = Visit::new(&form());
    visit.answers("first", "some", "Some");
    visit.goes_on();
    assert_eq!(triggered(&visit.session), [visit.node("first")]);
}

#[test]
fn an_answer_to_a_question_no_longer_asked_is_not_met_with_help() {
    let mut visit = Visit::new(&form());
    visit.answers("gate", "yes", "");
    visit.answers("second", "often", "Often");
    assert_eq!(visit.due(), ["second"]);
    visit.answers("gate", "no", "");
    assert_eq!(visit.due(), [""; 0]);
    visit.answers("gate", "yes", "");
    assert_eq!(visit.due(), ["second"], "and is once it is asked again");
}

#[test]
fn the_earliest_page_comes_first_and_one_help_page_meets_all_that_is_due() {
    let mut visit = Visit::new(&form());
    visit.answers("gate", "yes", "");
    visit.answers("second", "often", "Often");
    visit.answers("first", "some", "Some");
    assert_eq!(visit.before(Layout::Pages, 4), Some(1));
    visit.goes_on();
    assert_eq!(visit.before(Layout::Pages, 4), None);
}

#[test]
fn with_everything_on_one_page_help_comes_before_the_answers_are_checked() {
    let mut visit = Visit::new(&form());
    visit.answers("first", "some", "Some");
    assert_eq!(visit.before(Layout::All, 0), None);
    assert_eq!(visit.before(Layout::All, 1), Some(0));
}

#[test]
fn an_answer_filled_in_by_the_questionnaire_itself_is_met_with_help_too() {
    let mut form = form();
    form["item"][1]["answerOption"][1]["initialSelected"] = json!(true);
    let mut visit = Visit::new(&form);
    assert_eq!(visit.due(), ["first"]);
    visit.goes_on();
    assert_eq!(visit.due(), [""; 0]);
}

#[test]
fn a_high_total_without_the_answer_itself_is_not_met_with_help() {
    let mut visit = Visit::new(&json!({"resourceType": "Questionnaire", "status": "active", "item": [
        {"linkId": "first", "type": "choice", "text": "A", "answerOption": options()},
        {"linkId": "second", "type": "choice", "text": "B", "answerOption": options()},
        with_rule("third", "C")
    ]}));
    visit.answers("first", "often", "");
    visit.answers("second", "often", "");
    visit.answers("third", "never", "");
    assert_eq!(visit.due(), [""; 0]);
}
