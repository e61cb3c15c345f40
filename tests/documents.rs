//! What the documents tell people to do can be done: the words are on the screen, the samples are read, the commands
//! and the files are there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use what_matters::app::config::Config;
use what_matters::fhir::read;
use what_matters::setup::snippet::{WAYS, snippet};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The pieces between two marks.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close).map(|(inside, _)| inside)).collect()
}

/// What stands between each pair of a mark.
fn marked(text: &str, mark: &str) -> Vec<String> {
    text.split(mark).skip(1).step_by(2).map(in_one_line).collect()
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the set-up page and patients' pages say.
fn screens() -> String {
    let sources: String =
        files(&root().join("src/setup")).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    // A sentence may be broken over two lines of source.
    in_one_line(
        &[sources, text("public/words/en-GB.json"), text("public/index.html")].concat().replace("\\\n", " "),
    )
}

#[test]
fn every_word_that_practices_are_told_to_look_for_is_on_the_screen() {
    let guide = text("docs/practices.md");
    let screens = screens();
    // The first pair says what the marks mean.
    let bold: Vec<String> = marked(&guide, "**").into_iter().skip(1).collect();
    assert!(bold.len() > 15, "{bold:?}");
    for words in bold {
        assert!(screens.contains(&["\"", &words, "\""].concat()), "“{words}” is nowhere on the screen");
    }
    for quoted in
        guide.lines().filter_map(|line| line.strip_prefix("| \"")).filter_map(|row| row.split_once('"'))
    {
        assert!(screens.contains(quoted.0), "“{}” is nowhere on the screen", quoted.0);
    }
}

#[test]
fn every_line_that_the_set_up_page_gives_for_a_website_is_in_the_guides() {
    // The guide to embedding says more of each; both give the same lines.
    let guides = files(&root().join("docs"))
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name == "practices.md" || name == "embedding.md"));
    let guides: Vec<String> = guides.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert!(!guides.is_empty());
    for way in WAYS {
        let lines = snippet(way, "https://questions.surgery.example/");
        assert!(guides.iter().all(|guide| guide.contains(&["\n", &lines, "\n"].concat())), "{lines}");
    }
}

#[test]
fn every_sample_for_developers_is_read() {
    let guide = text("docs/developers.md");
    let samples = between(&guide, "```json\n", "```");
    assert_eq!(samples.len(), 3);
    for sample in samples {
        if sample.contains("\"resourceType\"") {
            let read = read::questionnaire(sample, &read::ValueSets::default());
            assert_eq!(read.map(|reading| reading.instrument.items.len()).ok(), Some(2), "{sample}");
        } else {
            let config = Config::read(sample).unwrap_or_else(|faults| panic!("{faults:?}"));
            assert_eq!(config.problems, []);
        }
    }
}

#[test]
fn every_extension_named_for_developers_is_one_that_is_read() {
    let guide = in_one_line(&text("docs/developers.md"));
    let (_, list) = guide.split_once("on the Questionnaire or an item: ").unwrap();
    let (list, _) = list.split_once(". [").unwrap();
    let sources: String =
        files(&root().join("src/fhir")).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    for name in marked(list, "`") {
        assert!(sources.contains(&name), "{name}");
    }
}

#[test]
fn every_command_in_the_documents_is_one_of_ours() {
    let help = std::fs::read_to_string(root().join("dev")).unwrap();
    for path in ["docs/practices.md", "docs/developers.md", "docs/hosting.md", "README.md", "CONTRIBUTING.md"]
    {
        let page = text(path);
        for command in page.split("./dev ").skip(1) {
            let name: String = command
                .chars()
                .take_while(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || *letter == '-')
                .collect();
            assert!(
                help.contains(&["\n        ", &name, ")"].concat())
                    || help.contains(&[" ", &name, " "].concat()),
                "{path}: ./dev {name}"
            );
        }
    }
}

#[test]
fn every_link_between_the_documents_leads_to_a_file() {
    let mut pages = files(&root().join("docs"));
    pages.extend(["README.md", "CONTRIBUTING.md"].map(|name| root().join(name)));
    for page in pages.into_iter().filter(|page| page.extension().is_some_and(|kind| kind == "md")) {
        let words = std::fs::read_to_string(&page).unwrap();
        for link in between(&words, "](", ")") {
            let file = link.split('#').next().unwrap();
            if file.is_empty() || link.contains("://") || link.starts_with("mailto:") || link.contains(' ') {
                continue;
            }
            assert!(page.parent().unwrap().join(file).exists(), "{}: {link}", page.display());
        }
    }
}
