//! Our own questionnaires say why they are asked, explain each question in words of ours, and keep what is
//! hardest to talk about for last.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use what_matters::domain::instrument::{Instrument, Item, ItemKind};
use what_matters::fhir::read::{ValueSets, questionnaire};

/// Every questionnaire that is ours to explain; `context.json` is a part of each, no questionnaire by itself.
fn ours() -> Vec<(String, Value, Instrument)> {
    fn files(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                into.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    for folder in ["public/instruments", "public/packs"] {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut paths);
    }
    let read = |path: PathBuf| {
        let json = std::fs::read_to_string(&path).unwrap();
        let value: Value = serde_json::from_str(&json).unwrap();
        (value["resourceType"] == "Questionnaire" && !path.ends_with("context.json")).then(|| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, value, questionnaire(&json, &ValueSets::default()).unwrap().instrument)
        })
    };
    let ours: Vec<_> = paths.into_iter().filter_map(read).collect();
    assert!(ours.iter().any(|(name, ..)| name == "ons4"));
    ours
}

fn is_asked(instrument: &Instrument, item: &Item) -> bool {
    let is_words = matches!(item.kind, ItemKind::Group(_) | ItemKind::Display(_));
    !is_words && !item.read_only && !instrument.is_hidden(item)
}

/// Sentences of at most twenty words, as everywhere people read.
fn is_plain(text: &str) {
    for sentence in text.split(['.', '?', '!']) {
        assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
    }
}

#[test]
fn each_says_why_it_is_asked_and_what_one_gets() {
    for (name, _, instrument) in ours() {
        for said in [&instrument.why, &instrument.gives] {
            is_plain(said.as_ref().unwrap_or_else(|| panic!("{name}")).as_str());
        }
    }
}

#[test]
fn each_question_is_explained_in_words_that_are_not_the_questions_own() {
    for (name, _, instrument) in ours() {
        for item in instrument.items.iter().filter(|item| is_asked(&instrument, item)) {
            assert!(!item.helps.is_empty(), "{name}: {} is not explained", item.link_id);
            for help in &item.helps {
                is_plain(help.as_str());
                assert_ne!(Some(help.as_str()), item.text.as_ref().map(|text| text.as_str()));
            }
        }
    }
}

const SENSITIVE: &str = "https://what-matters.example/fhir/StructureDefinition/sensitive";

/// Link ids in order, each with whether it is marked sensitive.
fn marked(item: &Value, into: &mut Vec<(String, bool)>) {
    for item in item["item"].as_array().into_iter().flatten() {
        let extensions = item["extension"].as_array().into_iter().flatten();
        let is_marked = extensions.clone().any(|extension| extension["url"] == SENSITIVE);
        into.push((item["linkId"].as_str().unwrap().to_owned(), is_marked));
        marked(item, into);
    }
}

#[test]
fn sensitive_questions_come_last() {
    for (name, json, instrument) in ours() {
        let mut items = Vec::new();
        marked(&json, &mut items);
        let is_question = |link_id: &str| {
            let item = instrument.find(link_id).map(|at| instrument.item(at));
            item.is_some_and(|item| is_asked(&instrument, item)) && !link_id.starts_with("context.")
        };
        items.retain(|(link_id, _)| is_question(link_id));
        let after: Vec<_> = items.iter().skip_while(|(_, is_marked)| !is_marked).collect();
        let easy: Vec<_> = after.iter().filter(|(_, is_marked)| !is_marked).collect();
        assert!(easy.is_empty(), "{name}: {easy:?} after a sensitive question");
    }
}

#[test]
fn questions_that_somebody_must_review_are_offered_last() {
    let json = include_str!("../public/config/demonstration.json");
    let config: Value = serde_json::from_str(json).unwrap();
    let offers = config["questionnaires"].as_array().unwrap().iter();
    let reviewed: Vec<bool> = offers
        .map(|offer| {
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("public").join(offer["url"].as_str().unwrap());
            let text = std::fs::read_to_string(path).unwrap();
            questionnaire(&text, &ValueSets::default()).unwrap().instrument.review_required
        })
        .collect();
    assert!(reviewed.is_sorted(), "{reviewed:?}");
}

#[test]
fn how_many_questions_there_are_is_said_only_where_no_answer_decides_it() {
    let count = |name: &str| {
        let (_, _, instrument) = ours().into_iter().find(|(other, ..)| other == name).unwrap();
        instrument.certain_questions(|link_id| link_id.as_str().starts_with("context"))
    };
    assert_eq!(count("ons4"), Some(4));
    assert_eq!(count("phq9"), Some(9), "a hidden total is no question");
    assert_eq!(count("what-matters-to-me"), None, "which questions follow depends on what is chosen");
}

#[test]
fn nothing_computed_is_shown_to_the_person_who_answers() {
    for (name, _, instrument) in ours() {
        for item in instrument.items.iter().filter(|item| item.read_only) {
            assert!(instrument.is_hidden(item), "{name}: {} would be read back", item.link_id);
        }
    }
}
