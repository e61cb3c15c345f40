//! Licensed packs: with a licence and the right words they make a Questionnaire; without, never.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use what_matters::cli::pack;
use what_matters::domain::instrument::Instrument;
use what_matters::fhir::read::{ValueSets, questionnaire};
use what_matters::fhir::refusal::Reason;

const OURS: &str = "https://what-matters.example/fhir/StructureDefinition/";

/// A pack for the Lubben scale, with words made up for this test.
fn made_up() -> Value {
    let items = ["family.1", "family.2", "family.3", "friends.1", "friends.2", "friends.3"];
    let items: serde_json::Map<String, Value> =
        items.iter().map(|key| (format!("lsns6.{key}"), format!("Made up {key}").into())).collect();
    let options: serde_json::Map<String, Value> =
        (0..=5).map(|code| (code.to_string(), format!("Made up {code}").into())).collect();
    json!({"whatMattersPack": 1, "measure": "lsns6", "language": "en-GB",
        "licence": {"statement": "Used with permission for this test.", "holder": "Demonstration Surgery", "reference": "No. 1"},
        "words": {"title": "Made up", "stem": "Think of the people you know.", "items": items, "options": options}})
}

fn made(pack: &Value) -> Result<Instrument, Vec<Reason>> {
    let form = pack::questionnaire(&pack.to_string()).expect("it means to be a pack");
    form.and_then(|form| questionnaire(&form, &ValueSets::default()))
        .map(|read| read.instrument)
        .map_err(|refusals| refusals.iter().map(|refusal| refusal.reason).collect())
}

#[test]
fn a_pack_and_its_measure_make_a_questionnaire_with_its_licence_open() {
    let instrument = made(&made_up()).unwrap();
    assert!(instrument.licence_open);
    assert_eq!(
        instrument.copyright.as_deref(),
        Some("Used with permission for this test. Licensed to: Demonstration Surgery. No. 1.")
    );
    assert_eq!(instrument.id.to_string(), "https://what-matters.example/fhir/Questionnaire/lsns6|1.0.0");
    assert_eq!(instrument.title.as_ref().unwrap().as_str(), "Made up");
    assert_eq!(instrument.language.as_deref(), Some("en-GB"));
    let text = |link_id| {
        let item = instrument.item(instrument.find(link_id).unwrap());
        item.text.as_ref().unwrap().as_str().to_owned()
    };
    assert_eq!(text("lsns6"), "Think of the people you know.");
    assert_eq!(text("lsns6.friends.2"), "Made up friends.2");
    assert!(instrument.items.iter().any(|item| item.score.is_some()));
}

#[test]
fn a_pack_without_its_licence_is_refused_whatever_else_it_has() {
    for break_it in [
        |pack: &mut Value| drop(pack.as_object_mut().unwrap().remove("licence")),
        |pack: &mut Value| pack["licence"] = Value::Null,
        |pack: &mut Value| pack["licence"] = json!("granted"),
        |pack: &mut Value| drop(pack["licence"].as_object_mut().unwrap().remove("statement")),
        |pack: &mut Value| drop(pack["licence"].as_object_mut().unwrap().remove("holder")),
        |pack: &mut Value| pack["licence"]["statement"] = " \t ".into(),
        |pack: &mut Value| pack["licence"]["holder"] = 7.into(),
    ] {
        let mut pack = made_up();
        break_it(&mut pack);
        assert_eq!(made(&pack).unwrap_err(), [Reason::PackUnlicensed], "{}", pack["licence"]);
    }
}

#[test]
fn a_pack_that_does_not_fit_its_measure_word_for_word_is_refused() {
    for break_it in [
        |pack: &mut Value| pack["whatMattersPack"] = 2.into(),
        |pack: &mut Value| pack["measure"] = "lsns18".into(),
        |pack: &mut Value| pack["measure"] = "../instruments/ons4".into(),
        |pack: &mut Value| drop(pack.as_object_mut().unwrap().remove("language")),
        |pack: &mut Value| drop(pack["words"].as_object_mut().unwrap().remove("title")),
        |pack: &mut Value| drop(pack["words"]["items"].as_object_mut().unwrap().remove("lsns6.family.2")),
        |pack: &mut Value| pack["words"]["items"]["lsns6.family.4"] = "One too many".into(),
        |pack: &mut Value| pack["words"]["items"]["lsns6.family.1"] = "".into(),
        |pack: &mut Value| drop(pack["words"]["options"].as_object_mut().unwrap().remove("5")),
        |pack: &mut Value| pack["words"]["options"]["6"] = "One too many".into(),
        |pack: &mut Value| pack["bands"] = json!([]),
    ] {
        let mut pack = made_up();
        break_it(&mut pack);
        assert_eq!(made(&pack).unwrap_err(), [Reason::PackBroken], "{pack}");
    }
}

#[test]
fn words_never_change_what_a_measure_is_called_or_how_it_scores() {
    let mut pack = made_up();
    pack["words"]["items"]["lsns6.total"] = "Your score".into();
    assert_eq!(made(&pack).unwrap_err(), [Reason::PackBroken]);
    let ours: Value = serde_json::from_str(include_str!("../public/scoring/lsns6.json")).unwrap();
    let filled = pack::questionnaire(&made_up().to_string()).unwrap().unwrap();
    let filled: Value = serde_json::from_str(&filled).unwrap();
    let scores = |form: &Value| {
        let items = form["item"][0]["item"].as_array().unwrap();
        items.iter().filter(|item| item.get("answerOption").is_none()).cloned().collect::<Vec<_>>()
    };
    assert_eq!(scores(&filled), scores(&ours));
    assert_eq!(filled["extension"], json!([{"url": format!("{OURS}licence-open"), "valueBoolean": true}]));
}

#[test]
fn an_ordinary_file_is_no_pack() {
    assert!(pack::questionnaire(include_str!("../public/instruments/ons4.json")).is_none());
    assert!(pack::questionnaire("not json").is_none());
}
