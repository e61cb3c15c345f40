//! No configuration, and no file of words, yields a help block without the built-in numbers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Value, json};
use what_matters::app::config::Config;
use what_matters::ui::act::Acts;
use what_matters::ui::help::{Help, help_cards, help_now};
use what_matters::ui::markup::{El, Kid};
use what_matters::ui::screens::shell::{Shell, shell};
use what_matters::ui::words::Words;

const NUMBERS: [&str; 3] = ["999", "111", "116123"];

fn help(json: &str) -> Help {
    // As the page does: what cannot be read at all leaves the built-in numbers alone.
    let config = Config::read(json).ok();
    let region = config.as_ref().and_then(|config| config.help.clone());
    Help { words: Words::english(), region, phone: config.and_then(|config| config.practice.phone) }
}

/// The built-in block stands whole at the head of what is shown, and each number calls.
fn assert_whole(help: &Help) -> Result<(), TestCaseError> {
    let built_in = help_now(&Help { words: help.words, region: None, phone: None }).html();
    let shown = help_now(help).html();
    let head = built_in.strip_suffix("</div></details>").unwrap();
    prop_assert!(shown.starts_with(head), "{shown}");
    let cards: String = help_cards(help, 2).iter().map(El::html).collect();
    for number in NUMBERS {
        for html in [&shown, &cards] {
            prop_assert!(html.contains(&format!("<a href=\"tel:{number}\"")), "{number}: {html}");
        }
    }
    Ok(())
}

/// Any JSON at all, with the names the reader knows more often than others.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just("999".to_owned()),
        Just("".to_owned()),
        Just("<script>".to_owned()),
        Just("85258".to_owned()),
        Just("</div></details>".to_owned()),
        ".{0,12}",
        "[0-9 +()-]{0,18}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let name = prop_oneof![
            Just("cards"),
            Just("heading"),
            Just("points"),
            Just("phone"),
            Just("text"),
            Just("keyword"),
            Just("number"),
            Just("hide"),
            Just("replace")
        ]
        .prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// A block that is nearly always right, so that blocks that are shown are tried too.
fn likely() -> impl Strategy<Value = Value> {
    let phone = prop_oneof![9 => "0[0-9]{9}".prop_map(Value::from), 1 => Just(Value::Null)];
    let card = (".{1,130}", prop::collection::vec(".{1,20}", 0..3), phone, any::<bool>()).prop_map(
        |(heading, points, phone, texts)| {
            let mut card = json!({"heading": heading, "phone": phone});
            if !points.is_empty() {
                card["points"] = json!(points);
            }
            if texts {
                card["text"] = json!({"keyword": "CALMER", "number": "85258"});
            }
            card
        },
    );
    prop::collection::vec(card, 1..6).prop_map(|cards| json!({"cards": cards}))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn no_configuration_hides_a_built_in_number(block in prop_oneof![any_json(), likely()], phone in ".{0,12}") {
        let config = json!({"version": 1, "practice": {"name": "P", "phone": phone}, "help": block});
        assert_whole(&help(&config.to_string()))?;
    }

    #[test]
    fn no_document_at_all_hides_a_built_in_number(document in any_json()) {
        assert_whole(&help(&document.to_string()))?;
    }
}

#[test]
fn a_block_that_is_right_is_shown() {
    let config = json!({"version": 1, "practice": {"name": "P"}, "help": {"cards": [
        {"heading": "To text someone", "text": {"keyword": "CALMER", "number": "85258"}}]}});
    assert!(help_now(&help(&config.to_string())).html().contains("Text CALMER to 85258"));
}

#[test]
fn help_now_stands_right_after_the_name_whatever_the_page() {
    let shown = Shell {
        words: Words::english(),
        practice: "Elm Surgery".to_owned(),
        demonstration: false,
        help: help("{}"),
        languages: Vec::new(),
        language_news: std::sync::Arc::new(|| None),
        settings: None,
        prefix: "wm-".to_owned(),
        shared: false,
        asked: std::sync::Arc::new(|| None),
    };
    let drawn =
        shell(shown, &Acts::new(|_| ()), std::sync::Arc::new(|| true), |_| (), Kid::Text("PAGE".into()));
    let html = drawn.html();
    let name = html.find("Elm Surgery").unwrap();
    let after = &html[name + "Elm Surgery</span>".len()..];
    assert!(after.starts_with("<details class=\"wm-help\">"), "{after}");
    assert!(html.find("</details>") < html.find("Back"), "before Back");
    assert!(html.find("</details>") < html.find("PAGE"), "before the page");
}

#[test]
fn every_language_says_the_built_in_numbers() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/words");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let words: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for (key, number) in
            [("help.emergency", "999"), ("help.urgent", "111"), ("help.samaritans", "116 123")]
        {
            // A language that does not say it yet falls back to the English sentence.
            let Some(sentence) = words.get(key).and_then(Value::as_str) else { continue };
            assert!(sentence.contains(number), "{}: {key} lacks {number}", path.display());
        }
        read += 1;
    }
    assert!(read > 0);
}
