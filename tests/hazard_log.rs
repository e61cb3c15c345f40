//! Every control in `docs/safety/hazard-log.md` names the tests that show it, and those tests exist.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const LOG: &str = include_str!("../docs/safety/hazard-log.md");

/// The fewest hazards a log of this product can have.
const FEWEST: usize = 25;

/// One hazard: its heading, and its lines as `(label, words)`.
struct Hazard {
    id: String,
    lines: Vec<(String, String)>,
}

fn hazards(log: &str) -> Vec<Hazard> {
    let blocks = log.split("\n### ").skip(1);
    blocks
        .map(|block| {
            let (heading, rest) = block.split_once('\n').unwrap_or((block, ""));
            let body = rest.split("\n## ").next().unwrap_or_default();
            let lines = body.lines().filter_map(|line| line.strip_prefix("- ")?.split_once(": "));
            let lines = lines.map(|(label, words)| (label.to_owned(), words.to_owned())).collect();
            Hazard { id: heading.split(' ').next().unwrap_or_default().to_owned(), lines }
        })
        .collect()
}

/// What is wrong with a hazard, in words.
fn faults(hazard: &Hazard, tests: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let say = |what: &str| format!("{}: {what}", hazard.id);
    for label in ["Cause", "Effect", "Control", "Evidence", "Residual"] {
        let is_there = |(known, words): &(String, String)| known == label && !words.trim().is_empty();
        if !hazard.lines.iter().any(is_there) {
            faults.push(say(&format!("no {label}")));
        }
    }
    for (at, (label, words)) in hazard.lines.iter().enumerate() {
        let next = hazard.lines.get(at + 1).map(|(label, _)| label.as_str());
        if label == "Control" && next != Some("Evidence") {
            faults.push(say(&format!("a control without evidence: {words}")));
        }
        if label != "Evidence" {
            continue;
        }
        let named: Vec<&str> = words.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            faults.push(say("evidence that names no test"));
        }
        for name in named.iter().filter(|name| !tests.contains(**name)) {
            faults.push(say(&format!("there is no test `{name}`")));
        }
    }
    faults
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Functions under a test attribute, or in `proptest!`, which marks them the same way.
fn rust_tests(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[wasm_bindgen_test]") {
            is_test = true;
        } else if let Some(rest) = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn ")) {
            if is_test {
                found.push(rest.split(['(', '<']).next().unwrap_or_default().to_owned());
            }
            is_test = false;
        } else if line.starts_with("#[ignore") {
            is_test = false;
        }
    }
    found
}

/// The titles of a journey's tests: `it("…"`.
fn titles(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in text.split("it(").skip(1) {
        let Some(quote) = rest.chars().next().filter(|mark| matches!(mark, '"' | '`')) else { continue };
        found.extend(rest[1..].split_once(quote).map(|(title, _)| title.to_owned()));
    }
    found
}

fn every_test() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for path in files(&root.join("src")).into_iter().chain(files(&root.join("tests"))) {
        let name = path.to_string_lossy().into_owned();
        // Installed packages are not ours.
        if name.contains("node_modules") {
            continue;
        }
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        if name.ends_with(".rs") {
            found.extend(rust_tests(&read(&path)));
        } else if name.ends_with(".test.mjs") {
            found.extend(titles(&read(&path)));
        }
    }
    found
}

#[test]
fn every_control_in_the_hazard_log_is_shown_by_tests_that_exist() {
    let hazards = hazards(LOG);
    assert!(hazards.len() >= FEWEST, "{} hazards", hazards.len());
    let tests = every_test();
    assert!(tests.len() > 300, "the tests were not found: {}", tests.len());
    let faults: Vec<String> = hazards.iter().flat_map(|hazard| faults(hazard, &tests)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn hazards_are_numbered_once_and_in_order() {
    let ids: Vec<String> = hazards(LOG).into_iter().map(|hazard| hazard.id).collect();
    let wanted: Vec<String> = (1..=ids.len()).map(|number| format!("H{number:02}")).collect();
    assert_eq!(ids, wanted);
}

#[test]
fn a_control_without_evidence_or_with_a_test_that_is_not_there_is_found() {
    let tests: BTreeSet<String> = ["there".to_owned()].into();
    let of = |lines: &str| {
        let log = format!("# Log\n\n### H01 Title\n- Cause: c\n- Effect: e\n{lines}");
        hazards(&log).iter().flat_map(|hazard| faults(hazard, &tests)).collect::<Vec<_>>()
    };
    assert_eq!(of("- Control: x\n- Evidence: `there`\n- Residual: r\n"), [""; 0]);
    assert_eq!(of("- Control: x\n- Evidence: `gone`\n- Residual: r\n"), ["H01: there is no test `gone`"]);
    assert_eq!(of("- Control: x\n- Evidence: plain\n- Residual: r\n"), ["H01: evidence that names no test"]);
    let two = "- Control: x\n- Control: y\n- Evidence: `there`\n- Residual: r\n";
    assert_eq!(of(two), ["H01: a control without evidence: x"]);
    assert_eq!(of("- Control: x\n- Evidence: `there`\n"), ["H01: no Residual"]);
}

#[test]
fn the_log_says_that_somebody_has_to_sign_and_that_no_compliance_is_claimed() {
    assert!(LOG.contains("Clinical Safety Officer") && LOG.contains("claims no compliance"));
}
