//! When the questions cannot be shown: what happened, what is safe, what to do, and the details for staff.

use crate::ui::act::{Act, Acts};
use crate::ui::markup::{El, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::details::details;
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::words::{Word, Words};

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// The sentence for the patient.
    pub what: Word,
    /// Lines for the practice's own staff: the path and the reason of each mistake. Never an answer.
    pub details: Vec<String>,
    /// Trying again may help.
    pub can_try_again: bool,
    /// There is a start page to go to.
    pub has_start: bool,
}

/// The page.
pub fn trouble(words: &'static Words, acts: &Acts, trouble: Trouble) -> El {
    let mut buttons = Vec::new();
    if trouble.can_try_again {
        buttons.push(button(words.say(Word::TroubleTryAgain), Look::Primary, acts.press(Act::TryAgain)));
    }
    if trouble.has_start {
        buttons.push(button(words.say(Word::TroubleGoToStart), Look::Secondary, acts.press(Act::GoToStart)));
    }
    let lines = (!trouble.details.is_empty())
        .then(|| details(words.say(Word::TroubleForStaff), vec![bullets(trouble.details).into()]));
    el("div")
        .kid(heading(1, Size::L, words.say(Word::TroubleTitle)))
        .kid(paragraph(words.say(trouble.what)))
        .kid(button_group(buttons))
        .kids(lines)
}
