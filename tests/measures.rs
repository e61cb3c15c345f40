//! The measures we ship: word for word, with their codes, and each scoring as its worked examples say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use what_matters::cli::pack::SCORING;
use what_matters::cli::score::band;
use what_matters::domain::answer::{Answer, Coding, Number, Place};
use what_matters::domain::ids::LinkId;
use what_matters::domain::instrument::{Instrument, Item, ItemKind};
use what_matters::engine::{Command, Session};
use what_matters::fhir::pack::Pack;
use what_matters::fhir::read::{ValueSets, questionnaire};

fn public() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public")
}

fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(public().join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

/// A pack with words of our own for any scoring file: its keys.
fn made_up_pack(scoring: &Value) -> Value {
    let (mut items, mut options) = (json!({}), json!({}));
    for item in scoring["item"][0]["item"].as_array().unwrap() {
        for option in item["answerOption"].as_array().into_iter().flatten() {
            items[item["linkId"].as_str().unwrap()] = "made-up words".into();
            options[option["valueCoding"]["code"].as_str().unwrap()] = "made-up words".into();
        }
    }
    json!({"whatMattersPack": 1, "measure": scoring["id"], "language": "en-GB",
        "licence": {"statement": "Made up for a test.", "holder": "A test"},
        "words": {"title": "Made up", "stem": "Made up", "items": items, "options": options}})
}

fn read(path: &Path) -> Instrument {
    let text = fs::read_to_string(path).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let text = match path.parent().is_some_and(|folder| folder.ends_with("scoring")) {
        true => Pack::read(&made_up_pack(&json)).unwrap().complete(&text).unwrap(),
        false => text,
    };
    let read = questionnaire(&text, &ValueSets::default());
    read.unwrap_or_else(|why| panic!("{}: {why:#?}", path.display())).instrument
}

fn shipped() -> Vec<(PathBuf, Instrument)> {
    let all = [files("instruments"), files("packs/who5"), files("scoring")].concat();
    all.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

fn item<'i>(instrument: &'i Instrument, link_id: &str) -> &'i Item {
    instrument.item(instrument.find(link_id).unwrap_or_else(|| panic!("{link_id}")))
}

/// `(code, words, number)` of each option.
fn options(item: &Item) -> Vec<(String, String, Option<String>)> {
    let ItemKind::Choice(rule) = &item.kind else { panic!("{}", item.link_id) };
    let option = |option: &what_matters::domain::instrument::Choice| {
        let Answer::Coding(Coding { code, .. }) = &option.value else { panic!("{option:?}") };
        let weight = option.weight.as_ref().map(|weight| weight.as_str().to_owned());
        (code.clone().unwrap().into(), option.text.as_str().to_owned(), weight)
    };
    rule.options.iter().map(option).collect()
}

fn words(instrument: &Instrument, link_ids: &[&str]) -> Vec<String> {
    link_ids.iter().map(|id| item(instrument, id).text.as_ref().unwrap().as_str().to_owned()).collect()
}

#[test]
fn every_measure_with_a_score_has_worked_examples_and_keeps_to_them() {
    let mut worked = 0;
    for (path, instrument) in shipped() {
        let has_scores = instrument.items.iter().any(|item| item.score.is_some());
        let id = path.file_stem().unwrap().to_str().unwrap();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/worked/{id}.json"));
        assert_eq!(has_scores, file.exists(), "{id}");
        if !has_scores {
            continue;
        }
        let document: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        assert!(path.ends_with(document["questionnaire"].as_str().unwrap()));
        let mut scored = Vec::new();
        let instrument = Rc::new(instrument);
        for example in document["examples"].as_array().unwrap() {
            let mut session = Session::new(instrument.clone());
            let node = |session: &Session, link_id: &str| {
                session.find(&Place { link_id: LinkId::new(link_id), within: vec![] }).expect(link_id)
            };
            for (link_id, code) in example["answers"].as_object().unwrap() {
                let at = node(&session, link_id);
                let ItemKind::Choice(rule) = &session.item(at).kind else { panic!("{link_id}") };
                let chosen = rule.options.iter().map(|option| option.value.clone()).find(|value| {
                    matches!(value, Answer::Coding(coding) if coding.code.as_deref() == code.as_str())
                });
                let answers = vec![chosen.unwrap_or_else(|| panic!("{link_id} has no {code}"))];
                assert_eq!(session.apply(Command::Answer { node: at, answers }).declined, None);
            }
            for (link_id, expected) in example["scores"].as_object().unwrap() {
                let answers = session.answers(node(&session, link_id));
                let found = answers.first().and_then(Answer::number);
                let found = found.as_ref().map(Number::as_str);
                assert_eq!(found, expected.as_str(), "{id} {link_id}: {}", example["about"]);
                scored.push(link_id.clone());
                worked += 1;
            }
        }
        for item in instrument.items.iter().filter(|item| item.score.is_some()) {
            assert!(scored.iter().any(|id| *id == item.link_id.as_str()), "{} has no example", item.link_id);
        }
    }
    assert!(worked > 40, "{worked}");
}

#[test]
fn every_measure_says_what_it_is_whose_it_is_and_which_version() {
    for (path, instrument) in shipped() {
        let at = path.display();
        if path.ends_with("context.json") {
            continue;
        }
        assert!(instrument.id.version().is_some_and(|version| version.split('.').count() == 3), "{at}");
        // Our own needs no line: it is under the project's licence.
        let ours = path.ends_with("what-matters-to-me.json");
        assert!(ours || instrument.copyright.as_ref().is_some_and(|licence| licence.len() > 20), "{at}");
        assert!(instrument.description.is_some() && instrument.title.is_some(), "{at}");
        for item in instrument.items.iter().filter(|item| item.score.is_some()) {
            let algorithm = &item.score.as_ref().unwrap().algorithm;
            let (name, version) = algorithm.split_once(' ').unwrap();
            assert!(!name.is_empty() && version.split('.').count() == 3, "{at}: {algorithm}");
        }
    }
}

#[test]
fn ons4_is_four_results_word_for_word_and_no_total() {
    let ons4 = read(&public().join("instruments/ons4.json"));
    assert!(ons4.items.iter().all(|item| item.score.is_none()));
    assert!(item(&ons4, "ons4").self_report_only);
    let ids = ["ons4.satisfied", "ons4.worthwhile", "ons4.happy", "ons4.anxious"];
    assert_eq!(
        words(&ons4, &ids),
        [
            "Overall, how satisfied are you with your life nowadays?",
            "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
            "Overall, how happy did you feel yesterday?",
            "On a scale where 0 is 'not at all anxious' and 10 is 'completely anxious', overall, how anxious did you feel yesterday?",
        ]
    );
    for id in ids {
        let ItemKind::Integer(rule) = &item(&ons4, id).kind else { panic!("{id}") };
        assert_eq!((&rule.least, &rule.most), (&Some(Number::from(0)), &Some(Number::from(10))));
    }
}

#[test]
fn loneliness_asks_the_three_before_the_direct_question() {
    let loneliness = read(&public().join("instruments/loneliness.json"));
    let ids = ["companionship", "left-out", "isolated", "lonely"].map(|id| format!("loneliness.{id}"));
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let places: Vec<_> = ids.iter().map(|id| loneliness.find(id).unwrap()).collect();
    assert!(places.is_sorted());
    assert_eq!(
        words(&loneliness, &ids),
        [
            "How often do you feel that you lack companionship?",
            "How often do you feel left out?",
            "How often do you feel isolated from others?",
            "How often do you feel lonely?",
        ]
    );
    let ucla: Vec<_> = options(item(&loneliness, ids[0])).into_iter().map(|(_, words, _)| words).collect();
    assert_eq!(ucla, ["Hardly ever or never", "Some of the time", "Often"]);
    let direct = options(item(&loneliness, ids[3]));
    assert!(direct.iter().all(|(_, _, weight)| weight.is_none()), "the direct question has no score");
    let direct: Vec<_> = direct.into_iter().map(|(_, words, _)| words).collect();
    assert_eq!(direct, ["Often/always", "Some of the time", "Occasionally", "Hardly ever", "Never"]);
}

/// The items of one of the family: LOINC code and words, in order.
fn family(id: &str) -> Vec<(String, String)> {
    let instrument = read(&public().join(format!("instruments/{id}.json")));
    assert!(instrument.review_required, "{id}");
    assert!(instrument.copyright.as_ref().unwrap().contains("No permission required to reproduce"));
    assert!(instrument.copyright.as_ref().unwrap().contains("LOINC is copyright Regenstrief Institute"));
    assert_eq!(
        item(&instrument, id).text.as_ref().unwrap().as_str(),
        "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    );
    let asked =
        |item: &&Item| item.link_id.as_str().starts_with(id) && matches!(item.kind, ItemKind::Choice(_));
    let questions = instrument.items.iter().filter(asked);
    let expected = [
        ("LA6568-5", "Not at all", "0"),
        ("LA6569-3", "Several days", "1"),
        ("LA6570-1", "More than half the days", "2"),
        ("LA6571-9", "Nearly every day", "3"),
    ]
    .map(|(code, words, number)| (code.to_owned(), words.to_owned(), Some(number.to_owned())));
    questions
        .map(|item| {
            // Two known errors of transcription: "Not at all sure", and "More days than not" (LA18938-3).
            assert_eq!(options(item), expected, "{}", item.link_id);
            let code = item.codes[0].code.as_ref().unwrap().to_string();
            (code, item.text.as_ref().unwrap().as_str().to_owned())
        })
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(code, words)| ((*code).to_owned(), (*words).to_owned())).collect()
}

#[test]
fn the_phq_9_is_word_for_word_and_its_last_question_is_met_with_help() {
    let expected = pairs(&[
        ("44250-9", "Little interest or pleasure in doing things"),
        ("44255-8", "Feeling down, depressed, or hopeless"),
        ("44259-0", "Trouble falling or staying asleep, or sleeping too much"),
        ("44254-1", "Feeling tired or having little energy"),
        ("44251-7", "Poor appetite or overeating"),
        (
            "44258-2",
            "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        ),
        ("44252-5", "Trouble concentrating on things, such as reading the newspaper or watching television"),
        (
            "44253-3",
            "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual",
        ),
        ("44260-8", "Thoughts that you would be better off dead or of hurting yourself in some way"),
    ]);
    assert_eq!(family("phq9"), expected);
    let phq9 = read(&public().join("instruments/phq9.json"));
    let codes: Vec<_> = phq9.items.iter().filter(|item| item.safety.is_some()).collect();
    assert_eq!(codes.len(), 1);
    let last = codes[0];
    assert_eq!(last.link_id.as_str(), "phq9.9");
    let ItemKind::Choice(rule) = &last.kind else { panic!() };
    let met: Vec<bool> = rule
        .options
        .iter()
        .map(|option| last.safety.as_ref().unwrap().is_triggered_by(std::slice::from_ref(&option.value)))
        .collect();
    assert_eq!(met, [false, true, true, true], "any answer above \"Not at all\"");
}

#[test]
fn the_gad_7_is_word_for_word() {
    let expected = pairs(&[
        ("69725-0", "Feeling nervous, anxious or on edge"),
        ("68509-9", "Not being able to stop or control worrying"),
        ("69733-4", "Worrying too much about different things"),
        ("69734-2", "Trouble relaxing"),
        ("69735-9", "Being so restless that it is hard to sit still"),
        ("69689-8", "Becoming easily annoyed or irritable"),
        ("69736-7", "Feeling afraid as if something awful might happen"),
    ]);
    assert_eq!(family("gad7"), expected);
}

#[test]
fn the_phq_4_asks_the_anxiety_pair_first() {
    let expected = pairs(&[
        ("69725-0", "Feeling nervous, anxious or on edge"),
        ("68509-9", "Not being able to stop or control worrying"),
        ("44250-9", "Little interest or pleasure in doing things"),
        ("44255-8", "Feeling down, depressed, or hopeless"),
    ]);
    assert_eq!(family("phq4"), expected);
}

#[test]
fn the_who_5_keeps_its_own_order_of_answers_and_its_own_licence() {
    let who5 = read(&public().join("packs/who5/who5.json"));
    let answers = options(item(&who5, "who5.1"));
    let words: Vec<_> = answers.iter().map(|(_, words, _)| words.as_str()).collect();
    assert_eq!(
        words,
        [
            "All of the time",
            "Most of the time",
            "More than half of the time",
            "Less than half of the time",
            "Some of the time",
            "At no time"
        ]
    );
    let numbers: Vec<_> = answers.iter().map(|(_, _, number)| number.as_deref().unwrap()).collect();
    assert_eq!(numbers, ["5", "4", "3", "2", "1", "0"]);
    assert!(who5.copyright.as_ref().unwrap().contains("CC BY-NC-SA 3.0 IGO"));
    let licence = fs::read_to_string(public().join("packs/who5/LICENCE.txt")).unwrap();
    assert!(licence.contains("CC BY-NC-SA 3.0 IGO") && licence.contains("MIT"));
}

#[test]
fn scoring_files_have_no_words_of_the_measures() {
    for (id, scoring) in SCORING {
        let scoring: Value = serde_json::from_str(scoring).unwrap();
        let group = &scoring["item"][0];
        assert!(group.get("text").is_none(), "{id}");
        for item in group["item"].as_array().unwrap() {
            if let Some(options) = item.get("answerOption") {
                assert!(item.get("text").is_none(), "{id} {}", item["linkId"]);
                assert!(
                    options.as_array().unwrap().iter().all(|one| one["valueCoding"].get("display").is_none())
                );
            }
        }
        assert!(questionnaire(&scoring.to_string(), &ValueSets::default()).is_err(), "{id} alone is refused");
    }
    assert_eq!(SCORING.len(), files("scoring").len());
}

#[test]
fn bands_are_for_staff_and_the_anxiety_band_is_turned_round() {
    let ons4 = "https://what-matters.example/fhir/Questionnaire/ons4";
    let label = |item, number| band(ons4, item, &Number::from(number)).unwrap().0;
    assert_eq!(label("ons4.satisfied", 3), "low");
    assert_eq!(label("ons4.anxious", 3), "low", "2 or 3 is low anxiety");
    assert_eq!(label("ons4.satisfied", 1), "low");
    assert_eq!(label("ons4.anxious", 1), "very low");
    assert_eq!(label("ons4.happy", 9), "very high");
    assert_eq!(label("ons4.anxious", 6), "high");
    // Every number a score or a question can be falls in exactly one band, where there are bands.
    let bands: Value =
        serde_json::from_str(&fs::read_to_string(public().join("staff/bands.json")).unwrap()).unwrap();
    for measure in bands["measures"].as_array().unwrap() {
        let ends: Vec<(i64, i64)> = measure["bands"]
            .as_array()
            .unwrap()
            .iter()
            .map(|band| (band["from"].as_i64().unwrap(), band["to"].as_i64().unwrap()))
            .collect();
        assert_eq!(ends[0].0, 0, "{}", measure["item"]);
        assert!(ends.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0), "{}", measure["item"]);
        assert!(measure["source"].as_str().is_some_and(|source| source.len() > 10));
        let url = measure["questionnaire"].as_str().unwrap();
        let (_, instrument) = shipped().into_iter().find(|(_, one)| one.id.url() == url).unwrap();
        assert!(instrument.find(measure["item"].as_str().unwrap()).is_some(), "{}", measure["item"]);
    }
}

#[test]
fn no_band_is_in_anything_a_patient_reads() {
    let bands: Value =
        serde_json::from_str(&fs::read_to_string(public().join("staff/bands.json")).unwrap()).unwrap();
    let labels: Vec<String> = bands["measures"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|measure| measure["bands"].as_array().unwrap())
        .map(|band| band["label"].as_str().unwrap().to_owned())
        .filter(|label| label.contains(' ') && label != "very high" && label != "very low")
        .chain(["severity".to_owned(), "caseness".to_owned()])
        .collect();
    let english = fs::read_to_string(public().join("words/en-GB.json")).unwrap();
    let read = [english].into_iter().chain(
        [files("instruments"), files("packs/who5"), files("scoring")]
            .concat()
            .into_iter()
            .map(|file| fs::read_to_string(file).unwrap()),
    );
    for text in read {
        for label in &labels {
            assert!(!text.contains(label.as_str()), "{label}");
        }
    }
}
