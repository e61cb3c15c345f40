//! One response as a code for the link worker to scan, and the box for the receipt code they read out.

use crate::domain::ids::ResponseId;
use crate::ui::act::Acts;
use crate::ui::kept::Wish;
use crate::ui::markup::{Ask, El, Kid, el, join};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::field::Field;
use crate::ui::parts::label::{Label, Size};
use crate::ui::parts::qr_code::qr_code;
use crate::ui::parts::text_input::{Box, text_input};
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::screens::kept::wish;
use crate::ui::words::{Word, Words};
use std::sync::Arc;

/// What the page shows.
pub struct Code {
    /// The interface's words.
    pub words: &'static Words,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// Which response.
    pub id: ResponseId,
    /// How many squares wide the code is, and which are dark; `None` where the response does not fit.
    pub squares: Option<(usize, Vec<bool>)>,
    /// Only the service can read it: there is no code.
    pub sealed: bool,
    /// Starts the element ids.
    pub prefix: &'static str,
}

/// The page. `typed` is what the box holds, `wrong` whether that was not the receipt code.
pub fn code(code: Code, acts: &Acts, typed: Ask<String>, wrong: Ask<bool>) -> El {
    let words = code.words;
    let named = [("link-worker", code.link_worker.as_str())];
    let title = words.fill(Word::DeviceCodeTitle, &named);
    let page = el("div").kid(heading(1, Size::L, title));
    let save =
        button(words.say(Word::DeviceSaveFile), Look::Secondary, wish(acts, Wish::Save(code.id.clone())));
    let receipt = receipt(&code.id, words, &code.link_worker, code.prefix, acts, typed, wrong);
    let Some((size, dark)) = code.squares else {
        let why = if code.sealed { Word::DeviceSealed } else { Word::DeviceCodeTooLong };
        return page.kid(paragraph(words.fill(why, &named))).kid(save).kid(receipt);
    };
    let reference = code.id.reference();
    let name = words.fill(Word::DeviceCodeName, &[("reference", &reference)]);
    let steps = [Word::DeviceCodeBright, Word::DeviceCodeStill, Word::DeviceCodeWait];
    page.kid(paragraph(words.fill(Word::DeviceCodeLead, &named)))
        .kid(bullets(steps.map(|step| words.fill(step, &named))))
        .kid(qr_code(size, &dark, name))
        .kid(receipt)
        .kid(el("section").kid(save))
}

/// The box for the receipt code, which a file has too.
fn receipt(
    id: &ResponseId,
    words: &'static Words,
    link_worker: &str,
    prefix: &'static str,
    acts: &Acts,
    typed: Ask<String>,
    wrong: Ask<bool>,
) -> El {
    let hint = words.fill(Word::DeviceReceiptHint, &[("link-worker", link_worker)]);
    let wrong: Ask<Option<String>> =
        Arc::new(move || wrong().then(|| words.say(Word::DeviceReceiptWrong).to_owned()));
    let label =
        Label { words: vec![words.say(Word::DeviceReceiptLabel).into()], size: Size::M, ..Label::default() };
    let field = Field {
        id: join(&[prefix, "receipt"]),
        label,
        hint: vec![Kid::from(hint)],
        wrong: Some(wrong),
        wrong_prefix: words.say(Word::ProblemErrorPrefix).into(),
        ..Field::default()
    };
    let like =
        Box { width: Some(10), keyboard: Some("numeric"), autocomplete: Some("off"), ..Box::default() };
    let held = Arc::new(move || typed().into());
    let to = acts.clone();
    let typing = move |text: &str| to.send(crate::ui::act::Act::Kept(Wish::Typed(text.to_owned())));
    el("div").kid(text_input(field, like, held, typing)).kid(button(
        words.say(Word::DeviceReceiptConfirm),
        Look::Primary,
        wish(acts, Wish::Confirm(id.clone())),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(squares: Option<(usize, Vec<bool>)>, wrong: bool) -> String {
        let sealed = false;
        let (words, link_worker) = (Words::english(), "link worker".to_owned());
        let id = ResponseId::from_random([1; 16]);
        let shown = Code { words, link_worker, id, squares, sealed, prefix: "wm-" };
        code(shown, &Acts::new(|_| ()), Arc::new(|| "12".to_owned()), Arc::new(move || wrong)).html()
    }

    #[test]
    fn the_code_has_a_name_and_a_box_for_the_answer_to_it() {
        let html = page(Some((1, vec![true])), false);
        assert!(html.contains("role=\"img\"") && html.contains("inputmode=\"numeric\""), "{html}");
        assert!(!html.contains("Error"), "{html}");
        assert!(page(Some((1, vec![true])), true).contains("Your answers stay on this device"));
    }

    #[test]
    fn a_response_that_does_not_fit_is_offered_as_a_file() {
        let html = page(None, false);
        assert!(html.contains("too long for a code") && html.contains("Save as a file"), "{html}");
        assert!(!html.contains("svg") && html.contains("Receipt code"), "{html}");
    }
}
