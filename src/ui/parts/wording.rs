//! Plain words on a page: headings, paragraphs, lists.

use super::Example;
use super::label::{Size, heading_tag};
use crate::ui::markup::{El, Kid, Str, el, join};

/// A heading of `level` 1 to 6.
pub fn heading(level: u8, size: Size, words: impl Into<Str>) -> El {
    let class = size.letters().map(|letters| join(&["nhsuk-heading-", letters]));
    el(heading_tag(level)).maybe("class", class).text(words)
}

/// A paragraph.
pub fn paragraph(words: impl Into<Str>) -> El {
    el("p").text(words)
}

/// A paragraph larger than the rest, at the start of a page.
pub fn lede(words: impl Into<Str>) -> El {
    el("p").class("nhsuk-lede-text").text(words)
}

/// A list with bullets.
pub fn bullets<K: Into<Kid>>(lines: impl IntoIterator<Item = K>) -> El {
    el("ul").class("nhsuk-list nhsuk-list--bullet").kids(lines.into_iter().map(|line| el("li").kid(line)))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![(
        "page",
        el("div")
            .kid(heading(2, Size::L, "What happens first?"))
            .kid(lede("You have a talk."))
            .kid(paragraph("It can be on the phone or somewhere near you."))
            .kid(bullets(["a group near you", "advice about money"])),
    )]
}
