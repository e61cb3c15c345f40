//! Changing one's mind: delete the unfinished answers, or keep them.

use crate::ui::act::{Act, Acts};
use crate::ui::markup::{El, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::words::{Word, Words};

/// The page; `unsent` counts finished sets of answers that still wait, which stay.
pub fn stop(words: &'static Words, acts: &Acts, unsent: usize) -> El {
    let stays = (unsent > 0).then(|| words.fill(Word::StopUnsent, &[("count", &unsent.to_string())]));
    el("div")
        .kid(heading(1, Size::L, words.say(Word::StopTitle)))
        .kid(paragraph(words.say(Word::StopBody)))
        .kids(stays.map(paragraph))
        .kid(button_group(vec![
            button(words.say(Word::StopConfirm), Look::Warning, acts.press(Act::ConfirmStop)),
            button(words.say(Word::StopCancel), Look::Secondary, acts.press(Act::CancelStop)),
        ]))
}
