//! The words that the first question says, cut out of the file of all words while compiling: the others come
//! with the rest of the code (docs/size.md).

use super::words::ENGLISH;

/// The words that the first question says, by how their keys begin: those of the questionnaires we bring, and of
/// what stands around them. Others ask for the whole file, which is in the rest of the code.
const FIRST: &[&[u8]] = &[
    b"ask.continue\"",
    b"ask.skip\"",
    b"ask.skip-all\"",
    b"ask.rather-talk\"",
    b"ask.progress\"",
    b"ask.explain\"",
    b"ask.licence\"",
    b"ask.not-watched\"",
    b"before.why\"",
    b"before.gives\"",
    b"help.",
    b"item.choose-several\"",
    b"language.label\"",
    b"language.link-worker\"",
    b"problem.error-prefix\"",
    b"settings.label\"",
    b"shell.skip-link\"",
    b"shell.back\"",
    b"shell.help-now\"",
    b"shell.later\"",
    b"shell.stop\"",
    b"shell.demonstration\"",
    b"shell.kept\"",
    b"start.title\"",
    b"start.explain-link\"",
    b"start.not-watched\"",
];
/// Copies of their lines: what is copied no longer needs the whole file.
static FIRST_LINES: [u8; length_of_first(ENGLISH.as_bytes())] = lines_of_first(ENGLISH.as_bytes());

/// The end of the line that begins at `from`, and whether the line is one of the [`FIRST`].
const fn line_at(text: &[u8], from: usize) -> (usize, bool) {
    let mut end = from;
    while end < text.len() && text[end] != b'\n' {
        end += 1;
    }
    let mut key = from;
    while key < end && (text[key] == b' ' || text[key] == b'"') {
        key += 1;
    }
    let mut which = 0;
    while which < FIRST.len() {
        let wanted = FIRST[which];
        let mut same = 0;
        while same < wanted.len() && key + same < end && text[key + same] == wanted[same] {
            same += 1;
        }
        if same == wanted.len() {
            return (end, true);
        }
        which += 1;
    }
    (end, false)
}

const fn length_of_first(text: &[u8]) -> usize {
    let (mut from, mut length) = (0, 0);
    while from < text.len() {
        let (end, is_first) = line_at(text, from);
        length += if is_first { end - from } else { 0 };
        from = end + 1;
    }
    length
}

const fn lines_of_first<const N: usize>(text: &[u8]) -> [u8; N] {
    let (mut from, mut at, mut out) = (0, 0, [0; N]);
    while from < text.len() {
        let (end, is_first) = line_at(text, from);
        while is_first && from < end {
            out[at] = text[from];
            at += 1;
            from += 1;
        }
        from = end + 1;
    }
    out
}

/// The first words as a file of words.
pub(super) fn json() -> String {
    let lines = str::from_utf8(&FIRST_LINES).unwrap_or_default();
    ["{", lines.trim_end_matches(','), "}"].concat()
}
