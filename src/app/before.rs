//! What is said before the first question, and where it is said: on the start page when only one questionnaire
//! is on offer, else on a page of its own. Nothing is said twice, and nothing to somebody who carries on.

use super::circumstances;
use super::door::{Door, Open};
use super::opening::Opened;
use super::screen::Screen;
use crate::domain::text::Text;
use crate::ui::screens::before::{Before, Reasons};
use crate::ui::words::Word;

impl Door {
    /// What a questionnaire says for itself, in the language shown.
    pub(super) fn reasons(&self, opened: &Opened) -> Reasons {
        let said = |text: &Option<Text>| text.as_ref().map(|text| self.asked(&opened.instrument, text));
        Reasons { why: said(&opened.instrument.why), gives: said(&opened.instrument.gives) }
    }

    /// The first page of the open questionnaire, for somebody who has not begun it.
    pub(super) fn first_page(&self) -> Screen {
        let open = self.open.borrow().clone();
        let says = open.is_some_and(|open| self.reasons(&open.opened).are_given());
        if says { Screen::Before } else { self.first_question() }
    }

    /// The page with its first question.
    pub(super) fn first_question(&self) -> Screen {
        self.first_step().map_or(Screen::Check, Screen::Ask)
    }

    /// What the page before the first question shows.
    pub(super) fn before(&self, open: &Open) -> Before {
        let instrument = &open.opened.instrument;
        let title = instrument.title.as_ref().map(|text| self.asked(instrument, text));
        let config = self.config.borrow().clone();
        let offer = config.as_ref().and_then(|config| {
            config.questionnaires.iter().find(|offer| Some(&offer.url) == open.url.as_ref())
        });
        Before {
            words: self.words(),
            link_worker: self.link_worker(),
            title: title.unwrap_or_else(|| self.words().say(Word::StartTitle).to_owned()),
            reasons: self.reasons(&open.opened),
            questions: instrument.certain_questions(circumstances::is_ours),
            minutes: offer.and_then(|offer| offer.minutes),
        }
    }
}
