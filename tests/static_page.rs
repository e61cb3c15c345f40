//! The page as it stands before and without WASM says the same as the app does afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use what_matters::ui::help::{Help, help_now};
use what_matters::ui::words::{Word, Words};

const PAGE: &str = include_str!("../public/index.html");
const EXPLANATION: &str = include_str!("../public/content/en-GB/what-is-social-prescribing.txt");

/// The texts of the elements named, in order, between two marks of the page.
fn texts(html: &str, tags: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let Some(tag) = tags.iter().find(|tag| {
            after.strip_prefix(**tag).is_some_and(|more| more.starts_with('>') || more.starts_with(' '))
        }) else {
            continue;
        };
        let (_, inner) = after.split_once('>').expect("the tag ends");
        let (inner, _) = inner.split_once(&format!("</{tag}>")).expect("the element ends");
        found.push(plain(inner));
    }
    found
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        text.push_str(if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) });
    }
    text.replace("&amp;", "&")
}

#[test]
fn the_explanation_on_the_page_is_the_explanation_in_the_content_file() {
    let (_, article) = PAGE.split_once("<article").expect("the page has an explanation");
    let (article, _) = article.split_once("</article>").expect("which ends");
    let on_the_page: Vec<String> =
        texts(article, &["h2", "h3", "p", "li"]).into_iter().filter(|text| !text.trim().is_empty()).collect();
    let in_the_file: Vec<String> = EXPLANATION
        .lines()
        .filter(|line| !line.is_empty() && *line != "+easy")
        .map(|line| line.trim_start_matches(['#', '>', '-', ' ']).replace("{link-worker}", "link worker"))
        .collect();
    assert_eq!(on_the_page, in_the_file);
}

#[test]
fn help_now_on_the_page_is_help_now_in_the_app() {
    let (_, help) = PAGE.split_once("<details class=\"wm-help\">").expect("the page has help now");
    let (help, _) = help.split_once("</details>").expect("which ends");
    let on_the_page: String = help.lines().map(str::trim).collect();
    let built_in = Help { words: Words::english(), region: None, phone: None };
    let in_the_app = help_now(&built_in).html();
    assert_eq!(format!("<details class=\"wm-help\">{on_the_page}</details>"), in_the_app);
}

#[test]
fn the_welcome_on_the_page_is_the_welcome_of_the_app() {
    let words = Words::english();
    let lead = words.fill(Word::StartLead, &[("link-worker", "link worker")]);
    for text in
        [words.say(Word::StartTitle), &lead, words.say(Word::StartSkip), words.say(Word::StartNotWatched)]
    {
        assert!(texts(PAGE, &["h1", "p", "li"]).iter().any(|found| found == text), "{text}");
    }
}

#[test]
fn the_ways_to_the_other_explanations_are_those_of_the_app_and_need_no_script() {
    for (word, to) in [
        (Word::ExplainWhyAsked, "about/why-was-i-asked.html"),
        (Word::ExplainWhoSees, "about/who-sees-my-answers.html"),
        (Word::ExplainMore, "about/"),
    ] {
        let way = format!("<a href=\"{to}\">{}</a>", Words::english().say(word));
        assert!(PAGE.contains(&way), "{way}");
    }
}

#[test]
fn the_page_has_no_script_or_style_written_into_it() {
    assert!(!PAGE.contains("<style") && !PAGE.contains(" style=") && !PAGE.contains("javascript:"));
    for script in PAGE.split("<script").skip(1) {
        let (attributes, inside) = script.split_once('>').expect("the tag ends");
        assert!(attributes.contains("src="), "{attributes}");
        assert!(inside.starts_with("</script>"));
    }
    let handlers = ["onclick", "onload", "onerror", "onsubmit"];
    assert!(handlers.iter().all(|handler| !PAGE.contains(handler)));
}
