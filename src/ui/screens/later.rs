//! Stopping for now: what is kept, until when, and how to come back. Nobody has to finish in one go.

use crate::ui::act::{Act, Acts};
use crate::ui::markup::{El, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::screens::question::stop;
use crate::ui::words::{Word, Words};

/// What has become of the answers so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// There are none yet.
    Nothing,
    /// They are in both stores until this day, written out.
    Until(String),
    /// The browser keeps them badly or not at all: what is said of that.
    Badly(Word),
}

/// The page.
pub fn later(words: &'static Words, keeping: &Keeping, acts: &Acts) -> El {
    let said = match keeping {
        Keeping::Nothing => vec![words.say(Word::CheckNothing).to_owned()],
        Keeping::Badly(why) => vec![words.say(*why).to_owned(), words.say(Word::LaterUnsent).to_owned()],
        Keeping::Until(day) => vec![
            words.fill(Word::StartKeptUntil, &[("date", day)]),
            words.say(Word::LaterBack).to_owned(),
            words.say(Word::LaterThen).to_owned(),
            words.say(Word::LaterUnsent).to_owned(),
        ],
    };
    el("div")
        .kid(heading(1, Size::L, words.say(Word::LaterTitle)))
        .kids(said.into_iter().map(paragraph))
        .kid(button_group(vec![
            button(words.say(Word::PauseCarryOn), Look::Primary, acts.press(Act::CancelStop)),
            button(words.say(Word::TroubleGoToStart), Look::Secondary, acts.press(Act::GoToStart)),
        ]))
        .kid(el("div").class("wm-foot").kid(stop(words, acts)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(keeping: &Keeping) -> String {
        later(Words::english(), keeping, &Acts::new(|_| ())).html()
    }

    #[test]
    fn who_stops_for_now_is_told_until_when_answers_are_kept_and_that_nothing_was_sent() {
        let html = html(&Keeping::Until("29 November 2026".to_owned()));
        for said in ["kept on this device until 29 November 2026", "same browser", "Nothing has been sent"] {
            assert!(html.contains(said), "{said}: {html}");
        }
        assert!(html.contains("Stop and delete my answers"), "{html}");
    }

    #[test]
    fn nothing_is_said_to_be_kept_that_is_not() {
        for keeping in
            [Keeping::Nothing, Keeping::Badly(Word::StorageAbsent), Keeping::Badly(Word::KeptNowhere)]
        {
            let html = html(&keeping);
            assert!(!html.contains("are kept on this device") && !html.contains("same browser"), "{html}");
        }
    }
}
