//! The circumstances are the same group wherever they are asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use what_matters::domain::instrument::{Instrument, ItemKind};
use what_matters::fhir::read::{ValueSets, questionnaire};

fn read(json: &str) -> Instrument {
    questionnaire(json, &ValueSets::default()).unwrap().instrument
}

const CONTEXT: &str = include_str!("../public/instruments/context.json");

/// What is asked, with every option's code, by link id.
fn asked(instrument: &Instrument) -> Vec<(String, String, Vec<String>)> {
    let ours = instrument.items.iter().filter(|item| item.link_id.as_str().starts_with("context"));
    ours.map(|item| {
        let options = match &item.kind {
            ItemKind::Choice(rule) => {
                rule.options.iter().map(|option| option.text.as_str().to_owned()).collect()
            }
            _ => Vec::new(),
        };
        let text = item.text.as_ref().map_or("", |text| text.as_str());
        (item.link_id.to_string(), text.to_owned(), options)
    })
    .collect()
}

#[test]
fn each_questionnaire_of_ours_ends_with_the_circumstances() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/instruments");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let ours = read(&std::fs::read_to_string(&path).unwrap());
        assert_eq!(asked(&ours), asked(&read(CONTEXT)), "{}", path.display());
    }
}

#[test]
fn words_added_to_a_form_in_another_language_say_that_they_are_english() {
    let urdu = r#"{"resourceType":"Questionnaire","url":"https://a.example/q","status":"active","language":"ur",
        "item":[{"linkId":"a","type":"string","text":"آپ کے لیے کیا اہم ہے؟"}]}"#;
    let joined = read(urdu).with_appended(&read(CONTEXT)).unwrap();
    for item in joined.items.iter().filter(|item| item.link_id.as_str().starts_with("context")) {
        assert!(item.text.as_ref().unwrap().in_language("en-GB").1, "{}", item.link_id);
        if let ItemKind::Choice(rule) = &item.kind {
            assert!(rule.options.iter().all(|option| option.text.in_language("en-GB").1), "{}", item.link_id);
        }
    }
    let theirs = joined.item(joined.find("a").unwrap());
    assert!(!theirs.text.as_ref().unwrap().in_language("en-GB").1);
}
