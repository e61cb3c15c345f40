//! The explanations people read: every file can be shown, every link in it leads somewhere, and each says it
//! shortly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use what_matters::domain::explanation::{Explanation, Part, Piece, Slug};

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/content")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    names
}

fn languages() -> Vec<String> {
    fs::read_dir(content()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn text(language: &str, name: &str) -> String {
    fs::read_to_string(content().join(language).join(format!("{name}.txt"))).unwrap()
}

/// Every explanation in every language: the language, its name, and what is in it.
fn all() -> Vec<(String, String, Explanation)> {
    let mut all = Vec::new();
    for language in languages() {
        for name in names(&content().join(&language)) {
            let read = Explanation::read(&text(&language, &name), "link worker");
            let page = read.unwrap_or_else(|| panic!("{language}/{name} does not begin with a title"));
            all.push((language.clone(), name, page));
        }
    }
    all
}

fn pieces(page: &Explanation) -> Vec<Piece> {
    let of = |part: &Part| match part {
        Part::Heading(words) => vec![Piece::Words(words.clone())],
        Part::Paragraph(pieces) | Part::Pictured(_, pieces) => pieces.clone(),
        Part::Points(points) => points.concat(),
    };
    page.parts.iter().flat_map(of).collect()
}

#[test]
fn every_explanation_has_a_name_a_title_a_summary_and_something_to_say() {
    let all = all();
    assert!(all.len() >= 5);
    for (language, name, page) in all {
        assert!(Slug::read(&name).is_some(), "{language}/{name} is no name");
        assert!(!page.summary.is_empty(), "{language}/{name} has no summary");
        assert!(!page.parts.is_empty(), "{language}/{name} says nothing");
    }
}

#[test]
fn every_link_between_explanations_leads_to_one_that_is_there() {
    for (language, name, page) in all() {
        for piece in pieces(&page) {
            let Piece::Page(to, _) = piece else { continue };
            let there = content().join("en-GB").join(format!("{}.txt", to.as_str()));
            assert!(there.exists(), "{language}/{name} leads to {}", to.as_str());
        }
    }
}

#[test]
fn the_list_of_a_language_names_every_explanation_once_with_its_title_and_summary() {
    for language in languages() {
        let folder = content().join(&language);
        if !folder.join("index.txt").exists() {
            continue;
        }
        let index = text(&language, "index");
        let listed = index.lines().filter(|line| line.starts_with("- ")).count();
        let pages: Vec<String> = names(&folder).into_iter().filter(|name| name != "index").collect();
        assert_eq!(listed, pages.len(), "{language}");
        for name in pages {
            let source = text(&language, &name);
            let line_of = |mark: &str| {
                source.lines().find_map(|line| line.strip_prefix(mark)).unwrap_or_default().to_owned()
            };
            let line = format!("\n- [{}]({name}) {}\n", line_of("# "), line_of("> "));
            assert!(index.contains(&line), "{language}/index should hold: {line}");
        }
    }
}

#[test]
fn no_mark_is_left_in_what_people_read() {
    for (language, name, page) in all() {
        let mut words: Vec<String> = vec![page.title.to_string(), page.summary.to_string()];
        for piece in pieces(&page) {
            match piece {
                Piece::Words(text) | Piece::Page(_, text) | Piece::Site(_, text) => {
                    words.push(text.to_string())
                }
            }
        }
        for text in words {
            let marks = ['{', '}', '[', ']', '*', '_', '<', '>', '#', '|', '@'];
            assert!(!text.contains(marks), "{language}/{name}: {text}");
        }
    }
}

#[test]
fn no_english_sentence_of_an_explanation_is_longer_than_twenty_words() {
    for name in names(&content().join("en-GB")) {
        // In the list, a page's title is a sentence of its own.
        for sentence in text("en-GB", &name).replace(") ", ". ").split(['.', '?', '!', ':', '\n']) {
            assert!(sentence.split_whitespace().count() <= 20, "{name}: {sentence}");
        }
    }
}
