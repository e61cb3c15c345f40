//! How far along one is. Shown only when the total is certain; never a bar that jumps.

use super::Example;
use crate::ui::markup::{El, Str, el};

/// One line of words, such as “Question 3 of 9”.
pub fn progress(words: impl Into<Str>) -> El {
    el("p").class("wm-progress").text(words)
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![("plain", progress("Question 3 of 9"))]
}
