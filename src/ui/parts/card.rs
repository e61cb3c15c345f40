//! A block of care advice: emergency, urgent or not, always in the same shape so that it is recognised.

use super::Example;
use super::label::heading_tag;
use crate::ui::markup::{El, Kid, Str, el};

/// How soon the advice is to be acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// No hurry.
    NonUrgent,
    /// Within the day.
    Urgent,
    /// Now.
    Emergency,
}

/// A care card. `level` is the heading's level, 1 to 6; `prefix` is read aloud before the heading and not
/// shown (“Urgent advice: ”).
pub fn care_card(care: Care, level: u8, prefix: impl Into<Str>, title: impl Into<Str>, kids: Vec<Kid>) -> El {
    let class = match care {
        Care::NonUrgent => "nhsuk-card nhsuk-card--care nhsuk-card--care--non-urgent",
        Care::Urgent => "nhsuk-card nhsuk-card--care nhsuk-card--care--urgent",
        Care::Emergency => "nhsuk-card nhsuk-card--care nhsuk-card--care--emergency",
    };
    let heading = el(heading_tag(level)).class("nhsuk-card__heading").kid(
        el("span")
            .attr("role", "text")
            .kid(el("span").class("nhsuk-u-visually-hidden").text(prefix))
            .text(title),
    );
    el("div")
        .class(class)
        .kid(el("div").class("nhsuk-card--care__heading-container").kid(heading))
        .kid(el("div").class("nhsuk-card__content").kids(kids))
}

/// A quiet block with a border, for one thing among several.
pub fn card(kids: Vec<Kid>) -> El {
    el("div").class("nhsuk-card").kid(el("div").class("nhsuk-card__content").kids(kids))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let list = || {
        vec![Kid::from(
            el("ul")
                .class("nhsuk-list nhsuk-list--bullet")
                .kid(el("li").text("you feel in crisis or very upset"))
                .kid(el("li").text("you are worried about someone’s mental health")),
        )]
    };
    vec![
        ("non-urgent", care_card(Care::NonUrgent, 2, "Non-urgent advice: ", "To talk to someone", list())),
        ("urgent", care_card(Care::Urgent, 2, "Urgent advice: ", "Call 111 if:", list())),
        ("emergency", care_card(Care::Emergency, 2, "Immediate action required: ", "Call 999 if:", list())),
        ("plain", card(list())),
    ]
}
