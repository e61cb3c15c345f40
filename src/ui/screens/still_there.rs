//! What covers the answers on a device that many people use, once nobody has touched it for a while.

use crate::ui::act::{Act, Acts};
use crate::ui::markup::{Ask, El, Kid, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::words::{Word, Words};
use std::sync::Arc;

/// The page; `left` is how many seconds are left. They are shown, not read out: once a second would drown
/// what the page says.
pub fn still_there(words: &'static Words, acts: &Acts, left: Ask<u32>) -> El {
    let left = Arc::new(move || words.fill(Word::IdleLeft, &[("seconds", &left().to_string())]).into());
    el("div")
        .kid(heading(1, Size::L, words.say(Word::IdleTitle)))
        .kid(paragraph(words.say(Word::IdleBody)))
        .kid(el("p").attr("role", "timer").attr("aria-live", "off").kid(Kid::LiveText(left)))
        .kid(button_group(vec![
            button(words.say(Word::IdleCarryOn), Look::Primary, acts.press(Act::StillHere)),
            button(words.say(Word::IdleClear), Look::Secondary, acts.press(Act::ClearAway)),
        ]))
}
