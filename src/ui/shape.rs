//! Words with a shape, drawn as elements: paragraphs, headings, lists, words set off or linked. Nothing of
//! them is ever markup.

use super::markup::{El, Kid, el};
use super::parts::label::{Language, heading_tag, in_language};
use crate::domain::prose::{Block, Span};

/// The blocks one after another; headings in them are of `level`.
pub fn blocks(blocks: &[Block], language: Option<&Language>, level: u8) -> Vec<El> {
    let draw = |block: &Block| match block {
        Block::Paragraph(words) => in_language(el("p"), language).kids(spans(words)),
        Block::Heading(words) => {
            in_language(el(heading_tag(level)).class("nhsuk-heading-s"), language).kids(spans(words))
        }
        Block::List { numbered, points } => {
            let (tag, class) = if *numbered {
                ("ol", "nhsuk-list nhsuk-list--number")
            } else {
                ("ul", "nhsuk-list nhsuk-list--bullet")
            };
            let points = points.iter().map(|words| el("li").kids(spans(words)));
            in_language(el(tag).class(class), language).kids(points)
        }
    };
    blocks.iter().map(draw).collect()
}

/// All of it on one line, for a place that holds only words: the name of a control.
pub fn inline(blocks: &[Block]) -> Vec<Kid> {
    let mut kids = Vec::new();
    let lines = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(words) | Block::Heading(words) => std::slice::from_ref(words),
        Block::List { points, .. } => points,
    });
    for (at, words) in lines.enumerate() {
        if at > 0 {
            kids.push(el("br").into());
        }
        kids.extend(spans(words));
    }
    kids
}

fn spans(words: &[Span]) -> Vec<Kid> {
    let draw = |span: &Span| match span {
        Span::Plain(words) => words.to_string().into(),
        Span::Strong(words) => el("strong").text(words.to_string()).into(),
        Span::Emphasis(words) => el("em").text(words.to_string()).into(),
        Span::Link { to, words } => {
            let link = el("a").class("nhsuk-link").attr("href", to.to_string()).attr("target", "_blank");
            link.attr("rel", "noopener noreferrer").text(words.to_string()).into()
        }
        Span::Break => el("br").into(),
    };
    words.iter().map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::prose::markdown;

    fn html(text: &str) -> String {
        blocks(&markdown(text), None, 3).iter().map(El::html).collect()
    }

    #[test]
    fn a_shape_is_drawn_as_elements() {
        assert_eq!(html("**Now** and *then*"), "<p><strong>Now</strong> and <em>then</em></p>");
        assert_eq!(
            html("- one\n- two"),
            "<ul class=\"nhsuk-list nhsuk-list--bullet\"><li>one</li><li>two</li></ul>"
        );
    }

    #[test]
    fn markup_in_a_shape_stays_words_and_only_safe_links_lead_anywhere() {
        let drawn = html("<img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](https://a.example)");
        assert!(!drawn.contains("<img") && !drawn.contains("href=\"javascript"), "{drawn}");
        assert!(drawn.contains("href=\"https://a.example\""), "{drawn}");
    }

    #[test]
    fn on_one_line_every_word_is_still_there() {
        let line: String = inline(&markdown("# A\n\nb **c**\n\n- d"))
            .into_iter()
            .map(|kid| el("i").kid(kid).html())
            .collect();
        for word in ["A", "b ", "c", "d"] {
            assert!(line.contains(word), "{line}");
        }
    }
}
