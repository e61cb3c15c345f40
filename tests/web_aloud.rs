//! What of a page is read aloud, in a real browser: every word there is to read, in order, in its language, and
//! nothing else.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use leptos::mount::mount_to;
use leptos::prelude::document;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;
use what_matters::domain::explanation::{Explanation, Slug};
use what_matters::domain::picture::Picture;
use what_matters::ui::act::Acts;
use what_matters::ui::aloud::{Aloud, aloud};
use what_matters::ui::markup::{El, Kid, el};
use what_matters::ui::parts::details::details;
use what_matters::ui::parts::picture::picture;
use what_matters::ui::passages::passages;
use what_matters::ui::screens::explain::{Shown, explanation};
use what_matters::ui::words::Words;

wasm_bindgen_test_configure!(run_in_browser);

/// What is read of these elements, each passage with its language before it.
fn read(kids: Vec<El>) -> Vec<String> {
    let section: HtmlElement = document().create_element("section").unwrap().unchecked_into();
    section.set_attribute("lang", "en-GB").unwrap();
    document().body().unwrap().append_child(&section).unwrap();
    let mounted = mount_to(section.clone(), move || el("div").kids(kids));
    let found = passages(&section).into_iter().map(|it| format!("{}: {}", it.language, it.words)).collect();
    drop(mounted);
    section.remove();
    found
}

fn option(id: &'static str, words: &'static str) -> El {
    let input = el("input").attr("type", "radio").attr("id", id).attr("value", "unread");
    el("div").kid(input).kid(el("label").attr("for", id).text(words))
}

#[wasm_bindgen_test]
fn a_question_is_read_before_its_hint_and_its_options_and_not_its_buttons() {
    let question = el("fieldset")
        .kid(el("legend").kid(el("h1").text("How ").kid(el("b").text("happy")).text(" were you?")))
        .kid(el("div").class("nhsuk-hint").text("0 is not at all."))
        .kids([option("a", "0"), option("b", "1")])
        .kid(el("textarea").text("unread"));
    let ways = el("div").attr("data-ways", "").kid(el("button").text("unread"));
    let button = el("button").class("nhsuk-button").text("unread");
    let saved = el("p").class("wm-saved").text("unread");
    let foot = el("div").class("wm-foot").text("unread");
    let own = aloud(Words::english(), &Acts::new(|_| ()), Arc::new(|| Aloud::NoVoice));
    assert_eq!(
        read(vec![own, question, ways, button, saved, foot]),
        ["en-GB: How happy were you?", "en-GB: 0 is not at all.", "en-GB: 0", "en-GB: 1"]
    );
}

#[wasm_bindgen_test]
fn words_are_read_in_their_own_language() {
    let kids = vec![
        el("p").text("One."),
        el("p").attr("lang", "pl").text("Dwa."),
        el("p").text("Three ").kid(el("span").attr("lang", "ur").text("چار")).text(" five."),
    ];
    assert_eq!(read(kids), ["en-GB: One.", "pl: Dwa.", "en-GB: Three", "ur: چار", "en-GB: five."]);
}

#[wasm_bindgen_test]
fn what_is_hidden_or_closed_or_a_picture_is_not_read_and_what_is_open_is() {
    let hidden = el("p").attr("hidden", "").text("unread");
    let closed = details("unread", vec![el("p").text("unread").into()]);
    let open = details("More help", vec![el("p").text("Here.").into()]).attr("open", "");
    let pictured = el("p").kids(Picture::named("talk").map(picture)).kid(el("span").text("You talk."));
    assert_eq!(
        read(vec![hidden, closed, open, pictured]),
        ["en-GB: More help", "en-GB: Here.", "en-GB: You talk."]
    );
}

#[wasm_bindgen_test]
fn an_explanation_is_read_whole_with_the_names_of_its_links() {
    let text = "# A\n> S\n+easy\nOne [two](your-choice) three.\n- x\n- [y](your-choice)";
    let page = Arc::new(Explanation::read(text, "x").unwrap());
    let shown = Shown { slug: Slug::read("a").unwrap(), easy: false, language: "en-GB", page };
    let article = explanation(Words::english(), &shown, 1, &Acts::new(|_| ()));
    let found = read(vec![el("main").kid(Kid::El(article))]);
    assert_eq!(found, ["en-GB: A", "en-GB: S", "en-GB: One two three.", "en-GB: x", "en-GB: y"]);
}
