//! Words with a shape: paragraphs, headings and lists, with words set off or linked. A closed set, so that
//! drawing it needs no markup and nothing in it can run.

/// One piece of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A heading within the prose.
    Heading(Vec<Span>),
    /// A list; numbered if so.
    List {
        /// Numbered from 1.
        numbered: bool,
        /// What stands at each point.
        points: Vec<Vec<Span>>,
    },
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Ordinary words.
    Plain(Box<str>),
    /// Important words.
    Strong(Box<str>),
    /// Words said with stress.
    Emphasis(Box<str>),
    /// Words that lead somewhere: `https:`, `tel:` or `mailto:` only.
    Link {
        /// Where to.
        to: Box<str>,
        /// The words.
        words: Box<str>,
    },
    /// A new line within the paragraph.
    Break,
}

impl Span {
    /// The words without their look.
    pub fn words(&self) -> &str {
        match self {
            Self::Plain(words) | Self::Strong(words) | Self::Emphasis(words) | Self::Link { words, .. } => {
                words
            }
            Self::Break => "\n",
        }
    }
}

/// Whether a link may be followed from a patient's page.
pub fn is_safe_link(to: &str) -> bool {
    let lower = to.get(..8).unwrap_or(to).to_ascii_lowercase();
    let known = lower.starts_with("https://") || lower.starts_with("tel:") || lower.starts_with("mailto:");
    known && !to.chars().any(|character| character.is_control() || character.is_whitespace())
}

/// The words alone, a line for each block or point.
pub fn plain(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let line = |spans: &[Span]| spans.iter().map(Span::words).collect::<String>();
    for block in blocks {
        match block {
            Block::Paragraph(spans) | Block::Heading(spans) => lines.push(line(spans)),
            Block::List { points, .. } => lines.extend(points.iter().map(|point| line(point))),
        }
    }
    lines.join("\n")
}

/// Reads the part of Markdown that has a place here; other marks stay as they are written.
pub fn markdown(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = String::new();
    for line in text.lines() {
        let trimmed = line.trim();
        let begins = if trimmed.is_empty() { Some(None) } else { beginning(trimmed).map(Some) };
        let Some(begins) = begins else {
            if !open.is_empty() || !continue_point(&mut blocks, line) {
                open.push_str(line.trim_start());
                open.push('\n');
            }
            continue;
        };
        close(&mut open, &mut blocks);
        match begins {
            None => blocks.push(Block::Paragraph(Vec::new())),
            Some(Beginning::Heading(words)) => blocks.push(Block::Heading(spans(words))),
            Some(Beginning::Point { numbered, words }) => match blocks.last_mut() {
                Some(Block::List { numbered: same, points }) if *same == numbered => {
                    points.push(spans(words))
                }
                _ => blocks.push(Block::List { numbered, points: vec![spans(words)] }),
            },
        }
    }
    close(&mut open, &mut blocks);
    // Empty paragraphs stood for blank lines, which end a list.
    blocks.retain(|block| !matches!(block, Block::Paragraph(spans) if spans.is_empty()));
    blocks
}

enum Beginning<'t> {
    Heading(&'t str),
    Point { numbered: bool, words: &'t str },
}

fn beginning(line: &str) -> Option<Beginning<'_>> {
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes)
        && let Some(words) = line.get(hashes..).and_then(|rest| rest.strip_prefix(' '))
    {
        return Some(Beginning::Heading(words.trim()));
    }
    if let Some(words) = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(Beginning::Point { numbered: false, words: words.trim() });
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let words = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))?;
    (1..=3).contains(&digits).then(|| Beginning::Point { numbered: true, words: words.trim() })
}

fn close(open: &mut String, blocks: &mut Vec<Block>) {
    if !open.is_empty() {
        blocks.push(Block::Paragraph(spans(open.trim_end_matches('\n'))));
        open.clear();
    }
}

/// A line under a point with nothing at its head belongs to the point.
fn continue_point(blocks: &mut [Block], line: &str) -> bool {
    match blocks.last_mut() {
        Some(Block::List { points, .. }) => {
            if let Some(point) = points.last_mut() {
                point.push(Span::Plain(" ".into()));
                point.extend(spans(line.trim()));
            }
            true
        }
        Some(Block::Paragraph(_) | Block::Heading(_)) | None => false,
    }
}

/// The words of one paragraph: bold, emphasis, links, escapes and line ends.
fn spans(text: &str) -> Vec<Span> {
    let mut spans = Spans::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (taken, span) = match first {
            '\\' => escaped(rest, &mut spans),
            '*' | '_' => marked(near(rest), first, spans.ends_in_word()).unwrap_or((0, None)),
            '[' => link(near(rest)).unwrap_or((0, None)),
            '!' if rest.starts_with("![") => image(near(rest), &mut spans),
            '<' => bare_link(near(rest)).unwrap_or((0, None)),
            '\n' => line_end(&mut spans),
            _ => (0, None),
        };
        if let Some(span) = span {
            spans.push(span);
        }
        let step = if taken > 0 { taken } else { first.len_utf8() };
        if taken == 0 {
            spans.plain.push(first);
        }
        rest = rest.get(step..).unwrap_or_default();
    }
    spans.finish()
}

#[derive(Default)]
struct Spans {
    done: Vec<Span>,
    plain: String,
}

impl Spans {
    fn push(&mut self, span: Span) {
        if !self.plain.is_empty() {
            self.done.push(Span::Plain(std::mem::take(&mut self.plain).into()));
        }
        self.done.push(span);
    }

    fn ends_in_word(&self) -> bool {
        // Beyond ASCII everything counts as a letter: Unicode's tables would cost every patient kilobytes.
        self.plain.chars().next_back().is_some_and(|mark| mark.is_ascii_alphanumeric() || !mark.is_ascii())
    }

    fn finish(mut self) -> Vec<Span> {
        if !self.plain.is_empty() {
            self.done.push(Span::Plain(self.plain.into()));
        }
        self.done
    }
}

/// How far ahead a mark's other half is looked for, in bytes: longer than any bold sentence, short enough that
/// a text of nothing but marks is read in no time.
const NEAR: usize = 2_000;

fn near(rest: &str) -> &str {
    let end = (0..=NEAR.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end));
    end.and_then(|end| rest.get(..end)).unwrap_or_default()
}

/// What was taken of the text, in bytes (0: nothing), and the span it makes.
type Taken = (usize, Option<Span>);

fn escaped(rest: &str, spans: &mut Spans) -> Taken {
    match rest.chars().nth(1) {
        Some('\n') => (2, Some(Span::Break)),
        Some(mark) if mark.is_ascii_punctuation() => {
            spans.plain.push(mark);
            (2, None)
        }
        _ => (0, None),
    }
}

/// A line end is a space, or a new line after two spaces.
fn line_end(spans: &mut Spans) -> Taken {
    let new_line = spans.plain.ends_with("  ");
    spans.plain.truncate(spans.plain.trim_end().len());
    if new_line {
        return (1, Some(Span::Break));
    }
    spans.plain.push(' ');
    (1, None)
}

/// `**words**`, `__words__`, `*words*`, `_words_`. Underscores within a word are part of it.
fn marked(rest: &str, mark: char, in_word: bool) -> Option<Taken> {
    if mark == '_' && in_word {
        return None;
    }
    for width in [3, 2, 1] {
        let fence: String = std::iter::repeat_n(mark, width).collect();
        let Some(inner) = rest.strip_prefix(fence.as_str()) else { continue };
        let Some(end) = inner.find(fence.as_str()).filter(|end| *end > 0) else { continue };
        let words = inner.get(..end)?;
        if words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace) {
            continue;
        }
        let words: Box<str> = words.replace('\n', " ").into();
        let span = if width == 1 { Span::Emphasis(words) } else { Span::Strong(words) };
        return Some((end + 2 * width, Some(span)));
    }
    None
}

/// `[words](https://…)`; a link we would not follow leaves its words.
fn link(rest: &str) -> Option<Taken> {
    let (words, after) = rest.get(1..)?.split_once("](")?;
    let (to, _) = after.split_once(')')?;
    if words.contains(['[', ']']) || to.contains('(') {
        return None;
    }
    let taken = words.len() + to.len() + 4;
    let words: Box<str> = words.replace(['*', '\n'], " ").trim().into();
    let target = to.split_whitespace().next().unwrap_or_default();
    let span = match is_safe_link(target) {
        true => Span::Link { to: target.into(), words },
        false => Span::Plain(words),
    };
    Some((taken, Some(span)))
}

/// Pictures are not shown; their words are.
fn image(rest: &str, spans: &mut Spans) -> Taken {
    let parts = rest.get(2..).and_then(|rest| rest.split_once("]("));
    let Some((words, to)) = parts.and_then(|(words, after)| Some((words, after.split_once(')')?.0))) else {
        return (0, None);
    };
    spans.plain.push_str(words);
    (words.len() + to.len() + 5, None)
}

/// `<https://…>`
fn bare_link(rest: &str) -> Option<Taken> {
    let (to, _) = rest.get(1..)?.split_once('>')?;
    is_safe_link(to).then(|| (to.len() + 2, Some(Span::Link { to: to.into(), words: to.into() })))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    fn says(words: &str) -> Vec<Span> {
        vec![Span::Plain(words.into())]
    }

    #[test]
    fn markdown_gives_paragraphs_headings_and_lists() {
        let blocks = markdown(
            "# About you\n\nOne line\nand another.\n\n- a\n- b\n  more\n\n1. first\n2. second\n\nEnd",
        );
        assert_eq!(
            blocks,
            [
                Block::Heading(says("About you")),
                Block::Paragraph(says("One line and another.")),
                Block::List {
                    numbered: false,
                    points: vec![
                        says("a"),
                        vec![Span::Plain("b".into()), Span::Plain(" ".into()), Span::Plain("more".into())]
                    ],
                },
                Block::List { numbered: true, points: vec![says("first"), says("second")] },
                Block::Paragraph(says("End")),
            ]
        );
    }

    #[test]
    fn words_are_set_off_and_linked() {
        let blocks =
            markdown("a **bold** and *soft* word, [NHS](https://www.nhs.uk) snake_case_name 2*3*4 \\*");
        let [Block::Paragraph(spans)] = blocks.as_slice() else { panic!("{blocks:?}") };
        assert!(
            spans.contains(&Span::Strong("bold".into())) && spans.contains(&Span::Emphasis("soft".into()))
        );
        assert!(spans.contains(&Span::Link { to: "https://www.nhs.uk".into(), words: "NHS".into() }));
        assert!(plain(&blocks).contains("snake_case_name") && plain(&blocks).ends_with('*'), "{blocks:?}");
    }

    #[test]
    fn links_that_could_run_leave_only_their_words() {
        for to in [
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "data:text/html,x",
            "http://a.example",
            "//a.example",
            "https://a\u{1}b",
        ] {
            let blocks = markdown(&["[words](", to, ")"].concat());
            assert!(!format!("{blocks:?}").contains("Link"), "{to}: {blocks:?}");
        }
        assert!(
            is_safe_link("tel:111")
                && is_safe_link("HTTPS://www.nhs.uk")
                && is_safe_link("mailto:a@b.example")
        );
    }

    #[test]
    fn odd_markdown_keeps_every_word() {
        for text in [
            "**",
            "* *",
            "[a](",
            "![x](y",
            "<",
            "\\",
            "a  \nb",
            "***both***",
            "__",
            "é**ü**",
            "[[a]](b)",
            "- ",
            "#",
        ] {
            let words: String = text.chars().filter(|mark| mark.is_alphanumeric()).collect();
            let kept: String = plain(&markdown(text)).chars().filter(|mark| mark.is_alphanumeric()).collect();
            if !text.starts_with("![") {
                assert_eq!(kept, words, "{text}");
            }
        }
    }
}
