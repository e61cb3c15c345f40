//! XHTML in `rendering-xhtml`, read as prose: its words, with what shape they have. Styles, tables, pictures
//! and scripts are left behind; nothing of the markup reaches the page.

use crate::domain::prose::{Block, Span, is_safe_link};

/// The prose of a piece of XHTML. Markup that is not well formed gives its words all the same.
pub fn read(xhtml: &str) -> Vec<Block> {
    let mut shape = Shape::default();
    let mut rest = xhtml;
    while let Some(at) = rest.find('<') {
        let (words, markup) = rest.split_at_checked(at).unwrap_or((rest, ""));
        shape.words(words);
        if let Some(comment) = markup.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let is_tag = markup
            .chars()
            .nth(1)
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        match markup.find('>').filter(|_| is_tag) {
            Some(end) => {
                shape.tag(markup.get(1..end).unwrap_or_default());
                rest = markup.get(end + 1..).unwrap_or_default();
            }
            // No tag ends in what is left: all of it is words.
            None if is_tag => break,
            None => {
                shape.words("<");
                rest = markup.get(1..).unwrap_or_default();
            }
        }
    }
    shape.words(rest);
    shape.end_block();
    shape.blocks
}

#[derive(Default)]
struct Shape {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    words: String,
    strong: u32,
    emphasis: u32,
    link: Option<Box<str>>,
    heading: bool,
    /// Numbered or not, for each list around.
    lists: Vec<bool>,
    in_point: bool,
    /// Within an element whose words are not for people.
    unseen: u32,
}

impl Shape {
    /// Adds words, with runs of white space as one space.
    fn words(&mut self, text: &str) {
        if self.unseen > 0 {
            return;
        }
        for character in entities(text).chars() {
            if character.is_ascii_whitespace() {
                let starts = self.words.is_empty() && matches!(self.spans.last(), None | Some(Span::Break));
                if !starts && !self.words.ends_with(' ') {
                    self.words.push(' ');
                }
            } else {
                self.words.push(character);
            }
        }
    }

    fn end_span(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let words: Box<str> = std::mem::take(&mut self.words).into();
        self.spans.push(match &self.link {
            Some(to) => Span::Link { to: to.clone(), words },
            None if self.strong > 0 => Span::Strong(words),
            None if self.emphasis > 0 => Span::Emphasis(words),
            None => Span::Plain(words),
        });
    }

    fn end_block(&mut self) {
        self.end_span();
        let mut spans = std::mem::take(&mut self.spans);
        while matches!(spans.last(), Some(Span::Break)) {
            spans.pop();
        }
        if spans.iter().all(|span| span.words().trim().is_empty()) {
            return;
        }
        if let Some(Span::Plain(words)) = spans.last_mut() {
            *words = words.trim_end().into();
        }
        match self.lists.last() {
            Some(numbered) if self.in_point => match self.blocks.last_mut() {
                Some(Block::List { numbered: same, points }) if same == numbered => points.push(spans),
                _ => self.blocks.push(Block::List { numbered: *numbered, points: vec![spans] }),
            },
            _ if self.heading => self.blocks.push(Block::Heading(spans)),
            _ => self.blocks.push(Block::Paragraph(spans)),
        }
    }

    fn tag(&mut self, inside: &str) {
        let closes = inside.starts_with('/');
        let empty = inside.ends_with('/');
        let inside = inside.trim_matches('/');
        let name = inside
            .split(|end: char| !end.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let step = |count: u32| if closes { count.saturating_sub(1) } else { count.saturating_add(1) };
        match name.as_str() {
            "script" | "style" | "head" | "title" if !empty => self.unseen = step(self.unseen),
            "b" | "strong" => {
                self.end_span();
                self.strong = step(self.strong);
            }
            "i" | "em" => {
                self.end_span();
                self.emphasis = step(self.emphasis);
            }
            "a" => {
                self.end_span();
                let to = attribute(inside, "href").filter(|to| !closes && is_safe_link(to));
                self.link = to.map(Into::into);
            }
            "br" => {
                self.end_span();
                self.spans.push(Span::Break);
            }
            "td" | "th" => self.words(" "),
            "img" => self.words(&attribute(inside, "alt").unwrap_or_default()),
            "ul" | "ol" => {
                self.end_block();
                self.in_point = false;
                if closes {
                    self.lists.pop();
                } else if self.lists.len() < 20 {
                    self.lists.push(name == "ol");
                }
            }
            "li" => {
                self.end_block();
                self.in_point = !closes;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.heading = !closes;
            }
            "p" | "div" | "tr" | "table" | "section" | "article" | "hr" | "blockquote" | "dl" | "dt"
            | "dd" | "pre" => {
                self.end_block();
            }
            _ => (),
        }
    }
}

/// The value of an attribute, in either kind of quotes.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let mut rest = inside;
    loop {
        let at = rest.find(name)?;
        let before = rest.get(..at)?.chars().next_back();
        rest = rest.get(at + name.len()..)?;
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        if let (Some(value), true) = (value, before.is_some_and(char::is_whitespace)) {
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            return Some(entities(value.get(1..)?.split(quote).next()?));
        }
    }
}

/// Text with its character references read.
fn entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let name = after.get(..after.len().min(12)).or(after.get(..0)).unwrap_or_default();
        let name = if name.is_empty() { after.chars().take(12).collect() } else { name.to_owned() };
        match name.split_once(';').and_then(|(name, _)| Some((character(name)?, name.len() + 1))) {
            Some((character, length)) => {
                plain.push(character);
                rest = after.get(length..).unwrap_or_default();
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| !character.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "bull" => '•',
        "deg" => '°',
        "pound" => '£',
        "ge" => '≥',
        "le" => '≤',
        "eacute" => 'é',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "times" => '×',
        "frac12" => '½',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::prose::plain;

    #[test]
    fn shape_is_kept_and_markup_is_not() {
        let blocks = read(
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><h2>Alcohol</h2><p>One <b>unit</b> is\n  &frac12; a pint &amp; more</p>\
             <ul><li>beer</li><li><a href='https://www.nhs.uk'>wine</a></li></ul><p>See<br/>below</p></div>",
        );
        assert_eq!(plain(&blocks), "Alcohol\nOne unit is ½ a pint & more\nbeer\nwine\nSee\nbelow");
        assert!(matches!(&blocks[0], Block::Heading(_)));
        assert!(matches!(&blocks[2], Block::List { numbered: false, points } if points.len() == 2));
        assert!(format!("{blocks:?}").contains("https://www.nhs.uk"));
    }

    #[test]
    fn scripts_styles_and_unsafe_links_are_left_behind() {
        let blocks = read(
            "<style>p{color:red}</style><script>alert(1)</script><p style='x' onclick=\"go()\">Hello \
             <a href=\"javascript:alert(1)\">you</a><img src=\"x\" alt=\"a cat\"/></p><!-- not <b>this</b> -->",
        );
        assert_eq!(plain(&blocks), "Hello youa cat");
        assert!(!format!("{blocks:?}").contains("javascript"));
    }

    #[test]
    fn broken_markup_gives_its_words() {
        for (xhtml, words) in [
            ("a < b", "a < b"),
            ("<p>open", "open"),
            ("</li></ul>x", "x"),
            ("<", "<"),
            ("&unknown; &#xD800; &#65;&", "&unknown; &#xD800; A&"),
            ("<ul><li>a<li>b</ul>", "a\nb"),
            ("é&é<é", "é&é<é"),
            ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ] {
            assert_eq!(plain(&read(xhtml)), words, "{xhtml}");
        }
    }
}
