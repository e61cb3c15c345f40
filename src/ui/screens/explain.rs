//! An explanation of social prescribing: text from `public/content`, in a small closed set of lines.
//!
//! `# ` and `## ` start headings, `- ` a line of a list, anything else is a paragraph, a blank line ends one.
//! There is no other markup, so that a clinician or a translator can read and change it.

use crate::ui::markup::{El, Kid, el};
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{bullets, heading, paragraph};

/// The explanation as elements; its title is a heading of `level`.
pub fn explanation(text: &str, level: u8) -> El {
    let mut kids: Vec<Kid> = Vec::new();
    let mut list: Vec<String> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        if let Some(point) = line.strip_prefix("- ") {
            list.push(point.to_owned());
            continue;
        }
        if !list.is_empty() {
            kids.push(bullets(std::mem::take(&mut list)).into());
        }
        if let Some(title) = line.strip_prefix("# ") {
            let size = if level == 1 { Size::Xl } else { Size::L };
            kids.push(heading(level, size, title.to_owned()).into());
        } else if let Some(title) = line.strip_prefix("## ") {
            kids.push(heading(level + 1, Size::M, title.to_owned()).into());
        } else if !line.is_empty() {
            kids.push(paragraph(line.to_owned()).into());
        }
    }
    el("article").class("wm-explanation").kids(kids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_is_headings_paragraphs_and_lists() {
        assert_eq!(
            explanation("# A\n\nOne.\n- x\n- y\nTwo <b>.\n\n## B", 2).html(),
            "<article class=\"wm-explanation\"><h2 class=\"nhsuk-heading-l\">A</h2><p>One.</p>\
             <ul class=\"nhsuk-list nhsuk-list--bullet\"><li>x</li><li>y</li></ul><p>Two &lt;b&gt;.</p>\
             <h3 class=\"nhsuk-heading-m\">B</h3></article>"
        );
    }
}
