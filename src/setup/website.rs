//! What the set-up page says of a practice's website: the snippets for it, and the look at a page that has one.

use super::boxes::{Hands, named, owned_lines, shown, tool};
use super::finding::Weight;
use super::form::{Change, Tool};
use super::snippet::{WAYS, Way, snippet};
use crate::ui::markup::{El, Kid, el};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::field::Field;
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{bullets, heading, paragraph};
use std::sync::Arc;

/// The address of the questions, and the snippets for it.
pub fn website(hands: &Hands) -> Vec<El> {
    let field = Field::new("address", named("The address of your questions"))
        .hint("Where the files of What Matters are on the web. It starts with https.");
    let (form, copy) = (hands.form.clone(), hands.copy.clone());
    let ways = el("div").kid(Kid::Slot(
        Arc::new(move || form().address()),
        Box::new(move |address| el("div").kids(WAYS.map(|way| way_on(way, address, copy.clone())))),
    ));
    vec![tool(hands, Tool::Address, field, false), ways]
}

fn way_on(way: Way, address: &str, copy: Arc<dyn Fn(&str) + Send + Sync>) -> El {
    let id = match way {
        Way::Link => "snippet-link",
        Way::Frame => "snippet-frame",
        Way::Element => "snippet-element",
        Way::WordPress => "snippet-wordpress",
    };
    let text = snippet(way, address);
    let rows = text.lines().count().try_into().unwrap_or(u8::MAX).saturating_add(5);
    let press = el("span")
        .text("Copy")
        .kid(el("span").class("nhsuk-u-visually-hidden").text([": ", way.title()].concat()));
    let press = el("button")
        .class("nhsuk-button nhsuk-button--secondary")
        .attr("type", "button")
        .kid(press)
        .on("click", move |_| {
            copy(id);
            true
        });
    el("div").class("wm-setup__way").kid(shown(id, way.title(), way.when(), &text, rows)).kid(press)
}

/// The look at a page.
pub fn check(hands: &Hands) -> Vec<El> {
    let source = Field::new("source", named("The source of your page"))
        .hint("Open the page on a computer, press Ctrl and U, select all of it, copy it and paste it here.");
    let page = Field::new("page", named("The address of your page")).hint(
        "On the same web server as this form, we can open it for you. Elsewhere, paste its source below.",
    );
    let (open, opened) = (hands.open.clone(), hands.form.clone());
    let came = el("div").attr("role", "status").kid(Kid::Slot(
        Arc::new(move || opened().opened.map(str::to_owned)),
        Box::new(|words| paragraph(words.to_owned())),
    ));
    let headers = Field::new("headers", named("The headers it is sent with (optional)"))
        .hint("For whoever runs your website: what curl -sI prints.");
    let (look, found, is_ready) = (hands.act.clone(), hands.form.clone(), hands.form.clone());
    let result = el("div").attr("role", "status").kid(Kid::Slot(
        Arc::new(move || {
            let found = found().found?;
            let lines: Vec<String> = found
                .iter()
                .map(|finding| {
                    let weight = match finding.weight() {
                        Weight::Stops => "Put right: ",
                        Weight::Warns => "Better: ",
                        Weight::Good => "Good: ",
                    };
                    [weight, &finding.words()].concat()
                })
                .collect();
            Some(lines.join("\n"))
        }),
        Box::new(|lines| {
            el("div").kid(heading(3, Size::S, "What we found")).kid(bullets(owned_lines(lines)))
        }),
    ));
    let needs = el("div").kid(Kid::Slot(
        Arc::new(move || is_ready().address().is_none().then(|| "address".to_owned())),
        Box::new(|_| paragraph("First fill in the address of your questions, above.")),
    ));
    vec![
        tool(hands, Tool::Page, page, false),
        button("Open my page", Look::Secondary, move || open()),
        came,
        tool(hands, Tool::Source, source, true),
        tool(hands, Tool::Headers, headers, true),
        needs,
        button("Look at my page", Look::Secondary, move || look(Change::Look)),
        result,
    ]
}
