//! The explanations people read: every file can be shown, every link in it leads somewhere, and each says it
//! shortly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use what_matters::domain::explanation::{Explanation, Part, Piece, Slug};
use what_matters::domain::picture::Picture;

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

/// As the script that makes pages of the explanations writes what it has read.
fn as_json(page: &Explanation) -> Value {
    let pieces = |pieces: &[Piece]| -> Value {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) => json!(words),
            Piece::Page(to, words) => json!({"page": to.as_str(), "words": words}),
            Piece::Site(to, words) => json!({"site": to, "words": words}),
        };
        pieces.iter().map(piece).collect()
    };
    let part = |part: &Part| match part {
        Part::Heading(words) => json!({"heading": words}),
        Part::Paragraph(words) => json!({"paragraph": pieces(words)}),
        Part::Points(points) => {
            json!({"points": points.iter().map(|point| pieces(point)).collect::<Vec<_>>()})
        }
        Part::Pictured(picture, words) => json!({"picture": picture, "words": pieces(words)}),
    };
    json!({
        "title": page.title,
        "summary": page.summary,
        "easy": page.has_easy,
        "parts": page.parts.iter().map(part).collect::<Vec<_>>(),
    })
}

#[test]
fn the_app_and_the_script_that_makes_pages_read_every_line_alike() {
    let page = Explanation::read(include_str!("fixtures/explanation.txt"), "guide").unwrap();
    let expected: Value = serde_json::from_str(include_str!("fixtures/explanation.json")).unwrap();
    assert_eq!(as_json(&page), expected, "{:#}", as_json(&page));
}

#[test]
fn easy_read_is_one_short_idea_a_line_with_one_of_our_pictures_beside_it() {
    let mut count = 0;
    for language in languages() {
        let folder = content().join(&language).join("easy");
        for name in names(&folder) {
            let read = Explanation::read(&text(&language, &format!("easy/{name}")), "link worker");
            let page = read.unwrap_or_else(|| panic!("{language}/easy/{name} does not begin with a title"));
            for part in &page.parts {
                match part {
                    Part::Heading(_) => {}
                    Part::Pictured(picture, words) => {
                        assert!(Picture::named(picture).is_some(), "{language}/easy/{name}: {picture}");
                        let words: String = words
                            .iter()
                            .map(|piece| match piece {
                                Piece::Words(words) | Piece::Page(_, words) | Piece::Site(_, words) => {
                                    &**words
                                }
                            })
                            .collect();
                        assert!(words.split_whitespace().count() <= 14, "{name}: {words}");
                    }
                    Part::Paragraph(_) | Part::Points(_) => panic!("{language}/easy/{name}: {part:?}"),
                }
            }
            count += 1;
        }
        for (of, name, page) in all() {
            let there = folder.join(format!("{name}.txt")).exists();
            assert!(of != language || page.has_easy == there, "{language}/{name} says otherwise of easy/");
        }
    }
    assert!(count >= 5);
}
