//! An explanation: a page of plain words that a person can read before, while and after answering.
//!
//! Its file is lines, and the first mark of a line says what it is:
//!
//! ```text
//! # The title
//! > The summary, one sentence or two
//! +easy                    an Easy Read version stands in easy/
//! ## A heading
//! - a point
//! @picture One idea.       Easy Read: the picture's name, then the words beside it
//! Anything else            a paragraph
//! ```
//!
//! `[words](slug)` leads to another explanation, `[words](https://…)` to a website. `{link-worker}` stands
//! for what this area calls its link worker. There is nothing else: no file can bring markup of its own.

use super::prose::is_safe_link;

/// The name of an explanation in its address: small letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(Box<str>);

impl Slug {
    /// The list of all explanations.
    pub const INDEX: &'static str = "index";
    /// The first explanation, which is also in the page itself.
    pub const FIRST: &'static str = "what-is-social-prescribing";

    /// Reads a name; `None` if it could be anything but the name of an explanation.
    pub fn read(name: &str) -> Option<Self> {
        let ours = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        ((1..=64).contains(&name.len()) && name.bytes().all(ours)).then(|| Self(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One page of plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it is about, as a question or a few words.
    pub title: Box<str>,
    /// The whole of it in a sentence or two; empty if there is none.
    pub summary: Box<str>,
    /// There is an Easy Read version of it.
    pub has_easy: bool,
    /// What follows, in order.
    pub parts: Vec<Part>,
}

/// A part of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading(Box<str>),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// A list.
    Points(Vec<Vec<Piece>>),
    /// One idea with the picture of that name beside it.
    Pictured(Box<str>, Vec<Piece>),
}

/// Some words of a paragraph or point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(Box<str>),
    /// Words that lead to another explanation.
    Page(Slug, Box<str>),
    /// Words that lead to a website, a phone or a letter box: the address, then the words.
    Site(Box<str>, Box<str>),
}

impl Explanation {
    /// Reads a file; `None` if it does not begin with a title, as the error page of a server does not.
    pub fn read(text: &str, link_worker: &str) -> Option<Self> {
        let text = text.replace("{link-worker}", link_worker);
        let mut lines = text.lines().map(str::trim);
        let title = lines.find(|line| !line.is_empty())?.strip_prefix("# ")?;
        let mut page =
            Self { title: title.into(), summary: Box::default(), has_easy: false, parts: Vec::new() };
        let mut points = Vec::new();
        // The empty line at the end ends a list, as any line does that is not a point.
        for line in lines.chain([""]) {
            if let Some(point) = line.strip_prefix("- ") {
                points.push(pieces(point));
                continue;
            }
            if !points.is_empty() {
                page.parts.push(Part::Points(std::mem::take(&mut points)));
            }
            if let Some(summary) = line.strip_prefix("> ") {
                page.summary = summary.into();
            } else if line == "+easy" {
                page.has_easy = true;
            } else if let Some(heading) = line.strip_prefix("## ") {
                page.parts.push(Part::Heading(heading.into()));
            } else if let Some((picture, words)) = line.strip_prefix('@').and_then(|it| it.split_once(' ')) {
                page.parts.push(Part::Pictured(picture.into(), pieces(words)));
            } else if !line.is_empty() {
                page.parts.push(Part::Paragraph(pieces(line)));
            }
        }
        Some(page)
    }
}

/// Words and the links among them. A link that leads nowhere we would go leaves its words.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let parts = link.split_once("](").and_then(|(words, more)| Some((words, more.split_once(')')?)));
        let Some((words, (to, after))) = parts else { break };
        push_words(&mut pieces, before);
        if let Some(slug) = Slug::read(to) {
            pieces.push(Piece::Page(slug, words.into()));
        } else if is_safe_link(to) {
            pieces.push(Piece::Site(to.into(), words.into()));
        } else {
            push_words(&mut pieces, words);
        }
        rest = after;
    }
    push_words(&mut pieces, rest);
    pieces
}

fn push_words(pieces: &mut Vec<Piece>, words: &str) {
    if !words.is_empty() {
        pieces.push(Piece::Words(words.into()));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Piece> {
        vec![Piece::Words(text.into())]
    }

    #[test]
    fn each_line_is_what_its_first_mark_says() {
        let text = "# T\n\n> S\n+easy\nOne.\n- a\n- b\n\n## H\n@cup Two {link-worker}.\n- c";
        let page = Explanation::read(text, "guide").unwrap();
        assert_eq!((&*page.title, &*page.summary, page.has_easy), ("T", "S", true));
        assert_eq!(
            page.parts,
            [
                Part::Paragraph(words("One.")),
                Part::Points(vec![words("a"), words("b")]),
                Part::Heading("H".into()),
                Part::Pictured("cup".into(), words("Two guide.")),
                Part::Points(vec![words("c")]),
            ]
        );
    }

    #[test]
    fn what_has_no_title_is_no_explanation() {
        for text in ["", "\n\n", "<!doctype html>\n# T", "T\n# U", "#T"] {
            assert_eq!(Explanation::read(text, "x"), None, "{text}");
        }
    }

    #[test]
    fn a_link_leads_to_one_of_our_pages_or_a_safe_address_or_stays_words() {
        let slug = Slug::read("your-choice").unwrap();
        assert_eq!(
            pieces("a [b](your-choice) c [d](https://ico.org.uk)."),
            [
                Piece::Words("a ".into()),
                Piece::Page(slug, "b".into()),
                Piece::Words(" c ".into()),
                Piece::Site("https://ico.org.uk".into(), "d".into()),
                Piece::Words(".".into()),
            ]
        );
        for to in ["javascript:alert", "../x", "http://a.example", "//a.example", "A", "a.html", ""] {
            assert_eq!(pieces(&["[w](", to, ")"].concat()), words("w"), "{to}");
        }
        assert_eq!(pieces("a [b] c"), words("a [b] c"));
        assert_eq!(pieces("a [b](c"), words("a [b](c"));
    }

    #[test]
    fn a_name_can_only_be_a_name() {
        for name in ["", "a/b", "..", "A", "a.txt", "a b", "é", &"a".repeat(65)] {
            assert_eq!(Slug::read(name), None, "{name}");
        }
        assert!(Slug::read(Slug::INDEX).is_some() && Slug::read(Slug::FIRST).is_some());
    }
}
