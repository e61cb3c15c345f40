//! Help before the next question: calm words, the numbers, what becomes of the answers, and every way on.
//! It names no condition, gives no rating and blocks nothing.

use crate::ui::act::{Act, Acts};
use crate::ui::help::{Help, help_cards};
use crate::ui::markup::{El, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::words::Word;

/// What the page says.
#[derive(Clone)]
pub struct Interruption {
    /// Where to get help.
    pub help: Help,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// Many people use this device: leaving it means deleting.
    pub shared: bool,
    /// Who reads the answers, and how soon, where the practice says so.
    pub review: Option<Review>,
}

/// Who reads the answers once they are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Their role, in running text: "duty link worker".
    pub who: String,
    /// Within how many hours of sending.
    pub hours: u32,
}

impl Interruption {
    /// That nobody is reading now, and who will. Said in the same words wherever help is shown.
    fn truth(&self) -> [El; 2] {
        let words = self.help.words;
        let who = match &self.review {
            Some(Review { who, hours }) => {
                words.fill(Word::PauseReview, &[("count", &hours.to_string()), ("reviewer", who)])
            }
            None => words.fill(Word::PauseNoReview, &[("link-worker", &self.link_worker)]),
        };
        [paragraph(words.say(Word::PauseNotRead)), paragraph(who)]
    }
}

/// The page between such an answer and what comes next.
pub fn interruption(page: &Interruption, acts: &Acts) -> El {
    let words = page.help.words;
    let (leave, leaving) = match page.shared {
        false => (Word::PauseLeave, Act::GoToStart),
        true => (Word::ShellStop, Act::Stop),
    };
    el("div")
        .kid(heading(1, Size::L, words.say(Word::PauseTitle)))
        .kid(paragraph(words.say(Word::PauseThanks)))
        .kids(page.truth())
        .kid(paragraph(words.say(Word::PauseNow)))
        .kids(help_cards(&page.help, 2))
        .kid(heading(2, Size::M, words.say(Word::PauseChoose)))
        .kid(paragraph(words.say(Word::PauseUpToYou)))
        .kid(button_group(vec![
            button(words.say(Word::PauseCarryOn), Look::Primary, acts.press(Act::GoOn)),
            button(words.say(Word::PauseSkipRest), Look::Secondary, acts.press(Act::SkipRest)),
            button(words.say(leave), Look::Secondary, acts.press(leaving)),
        ]))
}

/// The same help with the confirmation at the end.
pub fn help_at_the_end(page: &Interruption) -> El {
    let words = page.help.words;
    el("section")
        .kid(heading(2, Size::M, words.say(Word::PauseTitle)))
        .kids(page.truth())
        .kid(paragraph(words.say(Word::PauseNow)))
        .kids(help_cards(&page.help, 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::words::Words;

    fn page(review: Option<Review>) -> Interruption {
        let help = Help { words: Words::english(), region: None, phone: None };
        Interruption { help, link_worker: "link worker".to_owned(), shared: false, review }
    }

    #[test]
    fn help_says_that_nobody_is_reading_and_who_will_and_has_the_numbers() {
        let review = Review { who: "duty link worker".to_owned(), hours: 4 };
        let page = page(Some(review));
        for html in [interruption(&page, &Acts::new(|_| ())).html(), help_at_the_end(&page).html()] {
            assert!(html.contains("Nobody is reading your answers now."), "{html}");
            assert!(
                html.contains("The duty link worker reads them within 4 hours of when you send them."),
                "{html}"
            );
            for number in ["tel:999", "tel:111", "tel:116123"] {
                assert!(html.contains(number), "{number}: {html}");
            }
        }
    }

    #[test]
    fn without_a_reviewer_nothing_is_promised() {
        let html = help_at_the_end(&page(None)).html();
        assert!(html.contains("Your link worker sees them only after you send them."), "{html}");
    }

    #[test]
    fn help_leaves_every_way_open_and_names_no_condition() {
        let html = interruption(&page(None), &Acts::new(|_| ())).html();
        for way in ["Carry on", "Skip the rest", "Leave for now"] {
            assert!(html.contains(way), "{way}: {html}");
        }
        for word in ["suicid", "depress", "severe", "score", "risk of", "self-harm"] {
            assert!(!html.to_lowercase().contains(word), "{word}: {html}");
        }
    }

    #[test]
    fn on_a_device_of_many_people_leaving_is_deleting() {
        let html = interruption(&Interruption { shared: true, ..page(None) }, &Acts::new(|_| ())).html();
        assert!(html.contains("Stop and delete my answers") && !html.contains("Leave for now"), "{html}");
    }
}
