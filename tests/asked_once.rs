//! Nothing is asked twice of somebody in one sitting (WCAG 2.2, success criterion 3.3.7, Redundant Entry): no
//! question comes twice in a questionnaire, nor in two that a practice would offer together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Measures that share questions word for word, so that a practice offers the one or the other: see
/// `docs/safety/deployer-checklist.md`.
const INSTEAD: [(&str, &str); 2] = [("gad7", "phq4"), ("phq4", "phq9")];

/// What a questionnaire asks, by what tells that two questions are one: each code, and the words.
fn asked(json: &Value) -> Vec<String> {
    let mut asked = Vec::new();
    for item in json["item"].as_array().into_iter().flatten() {
        // The circumstances are asked once in a sitting and told again by the page (`app/telling.rs`).
        if item["linkId"] == "context" {
            continue;
        }
        let hides = |extension: &Value| {
            extension["url"].as_str().is_some_and(|url| url.ends_with("/questionnaire-hidden"))
                && extension["valueBoolean"] == true
        };
        let is_hidden = item["extension"].as_array().into_iter().flatten().any(hides);
        if !matches!(item["type"].as_str(), Some("group" | "display")) && !is_hidden {
            asked.extend(item["text"].as_str().map(|words| format!("“{words}”")));
            let codes = item["code"].as_array().into_iter().flatten();
            asked.extend(codes.map(|code| format!("{}|{}", code["system"], code["code"])));
        }
        asked.extend(self::asked(item));
    }
    asked
}

fn measures() -> BTreeMap<String, Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    let packs = std::fs::read_dir(root.join("packs")).unwrap().map(|pack| pack.unwrap().path());
    let folders = packs.chain([root.join("instruments")]);
    let files =
        folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .filter_map(|path| {
            let json: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (json["resourceType"] == "Questionnaire").then(|| (name, asked(&json)))
        })
        .collect()
}

/// The pairs that ask the same; a questionnaire that asks the same twice is a pair with itself.
fn pairs(measures: &BTreeMap<String, Vec<String>>) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    for (at, (name, asked)) in measures.iter().enumerate() {
        if asked.iter().enumerate().any(|(at, one)| asked[at + 1..].contains(one)) {
            pairs.push((name.as_str(), name.as_str()));
        }
        for (other, also) in measures.iter().skip(at + 1) {
            if asked.iter().any(|one| also.contains(one)) {
                pairs.push((name.as_str(), other.as_str()));
            }
        }
    }
    pairs
}

#[test]
fn no_question_comes_twice_in_a_questionnaire_or_in_two_offered_together() {
    let measures = measures();
    assert!(measures.len() >= 7 && measures.values().filter(|asked| !asked.is_empty()).count() >= 7);
    assert_eq!(pairs(&measures), INSTEAD);
}

#[test]
fn a_question_that_comes_twice_is_seen_by_its_words_and_by_its_code() {
    let code = r#"[{"system":"s","code":"c"}]"#;
    let form = |items: &str| asked(&serde_json::from_str(&format!(r#"{{"item":[{items}]}}"#)).unwrap());
    let a = form(&format!(r#"{{"linkId":"1","type":"string","text":"A?","code":{code}}}"#));
    let nested = form(&format!(
        r#"{{"linkId":"g","type":"group","item":[{{"linkId":"2","type":"text","text":"B?","code":{code}}}]}}"#
    ));
    let twice =
        form(r#"{"linkId":"1","type":"string","text":"A?"},{"linkId":"2","type":"string","text":"A?"}"#);
    let context =
        form(r#"{"linkId":"context","type":"group","item":[{"linkId":"3","type":"string","text":"A?"}]}"#);
    let all = [("a", a), ("b", nested), ("c", twice), ("d", context)];
    let all = all.into_iter().map(|(name, asked)| (name.to_owned(), asked)).collect();
    assert_eq!(pairs(&all), [("a", "b"), ("a", "c"), ("c", "c")]);
}

#[test]
fn what_the_demonstration_offers_asks_nothing_twice_and_the_checklist_names_what_would() {
    let config: Value = serde_json::from_str(include_str!("../public/config/demonstration.json")).unwrap();
    let offered: Vec<&str> =
        config["questionnaires"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    for (one, other) in INSTEAD {
        assert!(!(offered.contains(&one) && offered.contains(&other)), "{one} and {other}");
    }
    let checklist = include_str!("../docs/safety/deployer-checklist.md");
    assert!(checklist.contains("PHQ-4 is not offered beside GAD-7 or PHQ-9"), "the checklist says so");
}
