//! The headless second client: plays every `tests/scenarios/*.txt` through the engine's own commands.
//! `tests/scenarios/README.md` explains the lines.
//!
//! After every command of every scenario it also holds that enablement equals working it out anew, that
//! keeping and restoring gives the same session, and that the response written is read as JSON without
//! anything that is not asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "scenario/form.rs"]
mod form;
#[path = "scenario/play.rs"]
mod play;
#[path = "scenario/value.rs"]
mod value;

use std::path::Path;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios"))
}

fn files() -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_scenario_plays_as_written() {
    let mut failures = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        failures.extend(play::play(&text, folder()).into_iter().map(|failure| format!("{name}:{failure}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn there_are_at_least_sixty_scenarios_each_with_something_to_hold() {
    let files = files();
    assert!(files.len() >= 60, "{} scenarios", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let held = text.lines().filter(|line| play::is_claim(line)).count();
        assert!(held >= 1, "{} claims too little", file.display());
    }
}

#[test]
fn a_scenario_that_claims_what_is_not_so_fails() {
    let form = "A title\n\nform\n  a boolean\n  b integer when=a,=,yes most=5\n\n";
    for claim in [
        "b is asked",
        "answer a = yes\nb is not asked",
        "a holds yes",
        "problem b too-high",
        "answer a = yes\nanswer b = 7\nno problems",
        "response has a = yes",
        "answer a = yes\nresponse lacks a",
        "steps a | b",
        "declined read-only",
        "progress 1 of 9",
        "answer a = yes\nanswer b = nonsense",
        "no such line",
        "answer nowhere = yes",
    ] {
        let failures = play::play(&format!("{form}{claim}"), folder());
        assert!(!failures.is_empty(), "{claim}");
    }
}

#[test]
#[ignore = "writes files; ./dev e2e runs it, for another renderer to read the same forms"]
fn the_forms_are_written_out_for_a_second_opinion() {
    let target = std::path::PathBuf::from(std::env::var("WHAT_MATTERS_SCENARIO_FORMS").unwrap());
    let _ = std::fs::remove_dir_all(&target);
    std::fs::create_dir_all(&target).unwrap();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.with_extension("json");
        std::fs::write(target.join(name.file_name().unwrap()), play::questionnaire_of(&text, folder()))
            .unwrap();
    }
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), files().len());
}
