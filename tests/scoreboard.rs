//! Holds `docs/scoreboard.md` to the tests there are: every row is there, each names tests that exist, gives a
//! figure, and says which change of one line makes it go red.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every row there has to be.
fn wanted() -> Vec<String> {
    let rows = |letter: char, most: u32| (1..=most).map(move |number| format!("{letter}{number}"));
    rows('R', 14).chain(rows('C', 9)).chain(rows('S', 10)).chain(["P1".to_owned()]).collect()
}

/// The cells of each row, by its ID.
fn rows(page: &str) -> BTreeMap<String, Vec<String>> {
    let mut rows = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<String> =
            line.trim().trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
        let id = cells[0].clone();
        if id != "ID" {
            assert!(rows.insert(id.clone(), cells).is_none(), "{id} is there twice");
        }
    }
    rows
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "node_modules") {
                files(&path, ending, found);
            }
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

/// The names of every test there is: functions marked as tests, and titles of journeys as they are written.
fn tests() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut rust, mut journeys) = (Vec::new(), Vec::new());
    files(&root.join("src"), ".rs", &mut rust);
    files(&root.join("tests"), ".rs", &mut rust);
    files(&root.join("tests"), ".test.mjs", &mut journeys);
    let mut names = Vec::new();
    for path in rust {
        let text = fs::read_to_string(path).unwrap();
        for (at, _) in text.match_indices("test]") {
            // What stands between the mark and the function is attributes and comments.
            let Some((before, after)) = text[at..].split_once("fn ") else { continue };
            if before.lines().skip(1).all(|line| {
                let line = line.trim();
                line.is_empty() || line.starts_with("#[") || line.starts_with("//") || line == "async"
            }) {
                names.extend(after.split('(').next().map(str::to_owned));
            }
        }
    }
    for path in journeys {
        let text = fs::read_to_string(path).unwrap();
        for quote in ['"', '`'] {
            for piece in text.split(&format!("it({quote}")).skip(1) {
                names.extend(piece.split(quote).next().map(str::to_owned));
            }
        }
    }
    names
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn breaches(page: &str, tests: &[String]) -> Vec<String> {
    let rows = rows(page);
    let mut wrong = Vec::new();
    for id in wanted() {
        let Some(cells) = rows.get(&id) else {
            wrong.push(format!("{id} is not there"));
            continue;
        };
        let [_, what, named, figure, red] = cells.as_slice() else {
            wrong.push(format!("{id} has {} cells", cells.len()));
            continue;
        };
        for (cell, name) in [(what, "what it is"), (figure, "a figure"), (red, "what makes it red")] {
            if cell.is_empty() || cell == "–" {
                wrong.push(format!("{id} does not say {name}"));
            }
        }
        if !figure.contains(|letter: char| letter.is_ascii_digit()) {
            wrong.push(format!("{id}: \"{figure}\" is no figure"));
        }
        let named = quoted(named);
        if named.is_empty() {
            wrong.push(format!("{id} names no test"));
        }
        for name in named {
            if !tests.iter().any(|test| test == name) {
                wrong.push(format!("{id} names `{name}`, which is no test"));
            }
        }
    }
    wrong
}

#[test]
fn every_row_of_the_scoreboard_is_held_by_tests_that_exist() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scoreboard.md")).unwrap();
    let wrong = breaches(&page, &tests());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_row_that_is_missing_empty_or_names_no_test_is_found() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scoreboard.md")).unwrap();
    let tests = tests();
    let row = |id: &str| page.lines().find(|line| line.starts_with(&format!("| {id} |"))).unwrap().to_owned();
    let without = page.replace(&row("R2"), "");
    assert!(breaches(&without, &tests).contains(&"R2 is not there".to_owned()));
    let renamed = row("R9").replace('`', "`no_such_");
    assert!(
        breaches(&page.replace(&row("R9"), &renamed), &tests)
            .iter()
            .any(|it| it.starts_with("R9 names `no_such"))
    );
    let bare = "| C3 | a poison among fifty | none | many | – |";
    let wrong = breaches(&page.replace(&row("C3"), bare), &tests);
    for expected in ["C3 names no test", "C3: \"many\" is no figure", "C3 does not say what makes it red"] {
        assert!(wrong.contains(&expected.to_owned()), "{expected} in {wrong:?}");
    }
}
