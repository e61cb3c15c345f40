//! What is wrong with an answer, in words, between the question and its control.

use super::Example;
use crate::ui::markup::{El, Str, el};

/// An error message. `prefix` is read aloud before it and not shown (“Error: ”); it may be empty.
pub fn error_message(id: Option<String>, prefix: Str, words: String) -> El {
    let message = el("span").class("nhsuk-error-message").maybe("id", id);
    let message = match prefix.is_empty() {
        true => message,
        false => message.kid(el("span").class("nhsuk-u-visually-hidden").text(prefix)),
    };
    message.text(words)
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![("plain", error_message(None, "Error: ".into(), "Enter a number, like 5".into()))]
}
