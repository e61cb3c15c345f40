//! Every language says all that English says, as a draft that says it is one, and never hides a number.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::sync::Arc;
use what_matters::domain::explanation::Explanation;
use what_matters::domain::instrument::Instrument;
use what_matters::fhir::read::{ValueSets, questionnaire};
use what_matters::ui::act::Acts;
use what_matters::ui::help::{Help, help_now};
use what_matters::ui::markup::Kid;
use what_matters::ui::screens::shell::{Shell, shell};
use what_matters::ui::tongue::{TONGUES, Tongue, direction};
use what_matters::ui::words::{Word, WordFault, Words};

const PUBLIC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/public");

fn file(tongue: &Tongue) -> String {
    fs::read_to_string(format!("{PUBLIC}/words/{}.json", tongue.tag)).unwrap()
}

fn others() -> impl Iterator<Item = &'static Tongue> {
    TONGUES.iter().filter(|tongue| !tongue.is_english())
}

fn words(tongue: &Tongue) -> &'static Words {
    Box::leak(Box::new(Words::fetched(&file(tongue)).unwrap()))
}

#[test]
fn every_language_is_complete_and_says_nothing_more() {
    let mut wrong = Vec::new();
    for tongue in &TONGUES {
        for fault in Words::read(&file(tongue)).err().unwrap_or_default() {
            let (key, what) = match fault {
                WordFault::Unreadable => (String::new(), "is no JSON object of texts"),
                WordFault::About => {
                    ("about".to_owned(), "does not name the language, its name, direction and review")
                }
                WordFault::Missing(key) => (key.to_owned(), "is missing"),
                WordFault::MissingForm(key, category) => (format!("{key}#{}", category.name()), "is missing"),
                WordFault::Unknown(key) => (key, "is not said anywhere"),
                WordFault::Placeholders(key) => (key, "has other placeholders than the English"),
            };
            wrong.push(format!("public/words/{}.json: {key} {what}", tongue.tag));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn there_is_a_file_for_each_language_and_none_besides() {
    let mut found: Vec<String> = fs::read_dir(format!("{PUBLIC}/words"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut known: Vec<&str> = TONGUES.iter().map(|tongue| tongue.tag).collect();
    known.sort_unstable();
    assert_eq!(found, known);
    for tongue in &TONGUES {
        assert_eq!(direction(tongue.tag), tongue.direction, "{}", tongue.tag);
    }
}

#[test]
fn a_translation_is_in_its_own_script() {
    for (tag, script) in [
        ("pa", '\u{A00}'..='\u{A7F}'),
        ("bn", '\u{980}'..='\u{9FF}'),
        ("ur", '\u{600}'..='\u{6FF}'),
        ("ar", '\u{600}'..='\u{6FF}'),
    ] {
        let words = words(Tongue::find(tag).unwrap());
        for word in [Word::StartTitle, Word::AskContinue, Word::HelpEmergency, Word::LanguageDraft] {
            assert!(words.say(word).chars().any(|letter| script.contains(&letter)), "{tag} {word:?}");
        }
    }
}

fn page(words: &'static Words) -> String {
    let shown = Shell {
        words,
        practice: "Elm Surgery".to_owned(),
        demonstration: false,
        help: Help { words, region: None, phone: Some("01632 960 001".to_owned()) },
        languages: TONGUES.iter().collect(),
        language_news: Arc::new(|| None),
        settings: None,
        prefix: "wm-".to_owned(),
        shared: false,
        asked: Arc::new(|| None),
    };
    shell(shown, &Acts::new(|_| ()), Arc::new(|| true), |_| (), Kid::Text("PAGE".into())).html()
}

#[test]
fn a_draft_says_so_on_every_page_in_its_language_and_in_english() {
    let english = Words::english().say(Word::LanguageDraft);
    for tongue in others() {
        let words = words(tongue);
        assert!(words.is_draft(), "{}: a review is recorded; name it in docs/languages.md too", tongue.tag);
        let html = page(words);
        assert!(html.contains(words.say(Word::LanguageDraft)), "{}", tongue.tag);
        assert!(
            html.contains(&format!("<span lang=\"en-GB\" dir=\"ltr\">{english}</span>")),
            "{}",
            tongue.tag
        );
    }
    assert!(!page(Words::english()).contains(english), "English is no translation");
}

#[test]
fn a_translation_that_somebody_has_put_their_name_to_is_no_draft() {
    let tongue = Tongue::find("pl").unwrap();
    let reviewed = r#""review": { "name": "Reviewer", "date": "2026-11-22" }"#;
    let file = file(tongue).replacen("\"review\": null", reviewed, 1);
    let words: &'static Words = Box::leak(Box::new(Words::fetched(&file).unwrap()));
    assert!(!page(words).contains(Words::english().say(Word::LanguageDraft)));
}

#[test]
fn every_language_is_offered_on_every_page_by_its_own_name() {
    for shown in &TONGUES {
        let html = page(words(shown));
        for tongue in &TONGUES {
            let current = if tongue == shown { " aria-current=\"true\"" } else { "" };
            let choice = format!(
                "lang=\"{}\" dir=\"{}\"{current}>{}</button>",
                tongue.tag, tongue.direction, tongue.name
            );
            assert!(html.contains(&choice), "{} on {}: {html}", tongue.tag, shown.tag);
        }
    }
}

#[test]
fn help_now_says_the_english_numbers_in_english_whatever_the_language() {
    let help =
        |words| help_now(&Help { words, region: None, phone: Some("01632 960 001".to_owned()) }).html();
    for tongue in others() {
        let html = help(words(tongue));
        let (own, english) =
            html.split_once("<div class=\"wm-help__english\" lang=\"en-GB\" dir=\"ltr\">").expect(tongue.tag);
        for number in ["tel:999", "tel:111", "tel:116123", "tel:01632960001"] {
            assert!(own.contains(number), "{}: {number}", tongue.tag);
            assert!(english.contains(number), "{}: {number} in English", tongue.tag);
        }
        for word in [Word::HelpEmergencyLife, Word::HelpUrgentDistress, Word::HelpNotWatched] {
            assert!(english.contains(Words::english().say(word)), "{}: {word:?}", tongue.tag);
        }
    }
}

#[test]
fn numbers_in_words_that_run_right_to_left_keep_their_order() {
    for tongue in others().filter(|tongue| tongue.direction == "rtl") {
        let words = words(tongue);
        let said = words.fill(Word::HelpSurgery, &[("phone", "01632 960 001")]);
        assert!(said.contains("\u{2068}01632 960 001\u{2069}"), "{}: {said}", tongue.tag);
        for word in [Word::ProblemNotADate, Word::ItemDateHint] {
            assert!(words.say(word).contains("\u{2066}27 3 2026\u{2069}"), "{} {word:?}", tongue.tag);
        }
    }
}

#[test]
fn the_core_explanations_are_there_in_every_language_and_lead_where_the_english_ones_lead() {
    let read =
        |tag: &str, slug: &str| fs::read_to_string(format!("{PUBLIC}/content/{tag}/{slug}.txt")).unwrap();
    let links = |text: &str| -> Vec<String> {
        text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default().to_owned()).collect()
    };
    for slug in [
        "what-is-social-prescribing",
        "why-was-i-asked",
        "who-is-a-link-worker",
        "what-happens-first",
        "who-sees-my-answers",
    ] {
        let english = read("en-GB", slug);
        let shape = |text: &str| -> Vec<String> {
            let page = Explanation::read(text, "link worker").unwrap();
            page.parts
                .iter()
                .map(|part| format!("{part:?}").split('(').next().unwrap_or_default().to_owned())
                .collect()
        };
        for tongue in others() {
            let text = read(tongue.tag, slug);
            assert_eq!(shape(&text), shape(&english), "{} {slug}", tongue.tag);
            assert_eq!(links(&text), links(&english), "{} {slug}", tongue.tag);
            let stop = words(tongue).say(Word::ShellStop);
            assert!(slug != "who-sees-my-answers" || text.contains(stop), "{}: “{stop}”", tongue.tag);
        }
    }
}

#[test]
fn no_language_has_an_explanation_that_is_not_asked_for() {
    let asked = include_str!("../src/app/explaining.rs");
    for tongue in others() {
        let mut files: Vec<String> = fs::read_dir(format!("{PUBLIC}/content/{}", tongue.tag))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        assert_eq!(files.len(), 5, "{}: {files:?}", tongue.tag);
        for slug in files.iter().map(|file| file.trim_end_matches(".txt")) {
            let first = slug == "what-is-social-prescribing";
            assert!(first || asked.contains(&format!("\"{slug}\"")), "{}: {slug}", tongue.tag);
        }
    }
}

#[test]
fn a_half_translated_questionnaire_stays_in_its_own_words() {
    let form = |second: &str| {
        let json = format!(
            r#"{{"resourceType":"Questionnaire","url":"https://a.example/q","version":"1","status":"active","language":"en",
            "item":[{{"linkId":"a","type":"boolean","text":"Well?","_text":{{"extension":[{}]}}}},
            {{"linkId":"b","type":"choice","text":"Why?","_text":{{"extension":[{}]}},"answerOption":[{{"valueString":"5"}}]}}]}}"#,
            translation("Dobrze?"),
            second
        );
        let reading = questionnaire(&json, &ValueSets::default()).unwrap();
        reading.instrument.with_whole_translations(|_| true)
    };
    let words =
        |form: &Instrument, at: usize| form.items[at].text.as_ref().unwrap().in_language("pl").0.to_owned();
    let whole = form(&translation("Dlaczego?"));
    assert!(whole.speaks("pl", |_| true) && whole.speaks("en-GB", |_| true) && !whole.speaks("ur", |_| true));
    assert_eq!((words(&whole, 0), words(&whole, 1)), ("Dobrze?".to_owned(), "Dlaczego?".to_owned()));
    let half = form("");
    assert!(!half.speaks("pl", |_| true));
    assert_eq!((words(&half, 0), words(&half, 1)), ("Well?".to_owned(), "Why?".to_owned()));
}

fn translation(words: &str) -> String {
    format!(
        r#"{{"url":"http://hl7.org/fhir/StructureDefinition/translation",
        "extension":[{{"url":"lang","valueCode":"pl"}},{{"url":"content","valueString":"{words}"}}]}}"#
    )
}
