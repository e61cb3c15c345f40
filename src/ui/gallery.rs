//! Every part with every example on one page: for looking at, for the browser tests and for the
//! accessibility run. Built only with the feature `gallery`.

use super::item::Frame;
use super::live::Live;
use super::markup::{El, Kid, el};
use super::page::page;
use super::parts;
use super::parts::button::{Look, button};
use super::words::{Word, Words};
use crate::engine::check::problems;
use crate::engine::steps::{Layout, steps};
use std::sync::Arc;

/// The gallery. Each example stands in a `section` whose `data-example` is `part/name`.
pub fn gallery() -> El {
    let sections = parts::examples().into_iter().flat_map(|(part, examples)| {
        let title = el("h2").class("nhsuk-heading-m").text(part);
        let examples = examples.into_iter().map(move |(name, example)| {
            let name = [part, "/", name].concat();
            Kid::from(el("section").attr("data-example", name).kid(example))
        });
        std::iter::once(Kid::from(title)).chain(examples)
    });
    frame(vec![el("h1").class("nhsuk-heading-xl").text("Parts").into()].into_iter().chain(sections).collect())
}

/// A whole questionnaire on one page, as the parts draw it, in one language. The button at its end shows what
/// is wrong with the answers.
pub fn questionnaire(live: Live, language: &str) -> El {
    let frame_of = Frame {
        words: words_in(language),
        language: language.into(),
        prefix: "g-".into(),
        level: 2,
        is_heading: false,
        above: 0,
    };
    let title = live.with(|session| {
        let title = session.instrument().title.as_ref();
        title.map_or_else(String::new, |title| title.in_language(language).0.to_owned())
    });
    let nodes = Arc::new(move || {
        live.with(|session| steps(session, Layout::All).into_iter().flat_map(|step| step.nodes).collect())
    });
    let title = el("h1").class("nhsuk-heading-xl").text(title);
    let check = button(frame_of.words.say(Word::AskContinue), Look::Primary, move || {
        let found: Vec<_> = live.with(|session| {
            let asked = session.in_order().filter(|node| session.is_enabled(*node));
            asked.map(|node| (node, problems(session, node))).collect()
        });
        found.into_iter().for_each(|(node, problems)| live.show_problems(node, problems));
    });
    frame(vec![title.into(), page(live, nodes, &frame_of).into(), check.into()])
        .attr("lang", language.to_owned())
        .attr("dir", super::tongue::direction(language))
}

/// The words of the interface in the gallery's second language, or in English.
fn words_in(language: &str) -> &'static Words {
    let arabic = Words::fetched(include_str!("../../public/words/ar.json"));
    let arabic = arabic.filter(|words| words.tongue().tag == language);
    arabic.map_or_else(Words::english, |words| Box::leak(Box::new(words)))
}

fn frame(kids: Vec<Kid>) -> El {
    let main = el("main").class("nhsuk-main-wrapper").kids(kids);
    el("div").class("wm wm-page").kid(el("div").class("nhsuk-width-container").kid(main))
}
