//! Before the first question of one questionnaire: why it is asked, what one gets from it, how long it takes
//! and who sees the answers.
//!
//! Link workers in the research would not ask for answers that serve others only. So a questionnaire says for
//! itself what it is for; one that does not say begins with its first question.

use crate::ui::act::{Act, Acts};
use crate::ui::markup::{El, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::screens::explain::ways_to_read;
use crate::ui::words::{Word, Words};

/// Why a questionnaire is asked and what comes of it, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// Why it is asked.
    pub why: Option<String>,
    /// What the person gets.
    pub gives: Option<String>,
}

impl Reasons {
    /// Whether it says anything.
    pub fn are_given(&self) -> bool {
        self.why.is_some() || self.gives.is_some()
    }
}

/// What the page shows.
pub struct Before {
    /// The interface's words.
    pub words: &'static Words,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// The questionnaire's title.
    pub title: String,
    /// What it says for itself.
    pub reasons: Reasons,
    /// How many questions it asks, where that is certain.
    pub questions: Option<usize>,
    /// About how many minutes it takes, where the practice says so.
    pub minutes: Option<u32>,
}

/// The page.
pub fn before(page: Before, acts: &Acts) -> El {
    let words = page.words;
    let questions = page.questions.filter(|count| *count > 0);
    let facts =
        [questions.map(|count| how_many(words, count)), page.minutes.map(|count| minutes(words, count))];
    let length: Vec<String> = facts.into_iter().flatten().collect();
    let length = (!length.is_empty()).then(|| length.join(" "));
    let sees = words.fill(Word::StartWhoSees, &[("link-worker", &page.link_worker)]);
    let rest = [words.say(Word::StartSkip).to_owned(), sees, words.say(Word::StartNotWatched).to_owned()];
    el("div")
        .kid(heading(1, Size::L, page.title))
        .kids(reasons(words, page.reasons))
        .kid(bullets(length.into_iter().chain(rest)))
        .kid(button_group(vec![button(
            words.say(Word::StartBegin),
            Look::Primary,
            acts.press(Act::Continue),
        )]))
        .kids(ways_to_read(words, acts, &[(Word::ExplainWhoSees, "who-sees-my-answers")]))
}

/// What a questionnaire says for itself, under headings of their own.
pub fn reasons(words: &'static Words, reasons: Reasons) -> Vec<El> {
    let said = [(Word::BeforeWhy, reasons.why), (Word::BeforeGives, reasons.gives)];
    let said = said.into_iter().filter_map(|(title, text)| Some((title, text?)));
    said.flat_map(|(title, text)| [heading(2, Size::S, words.say(title)), paragraph(text)]).collect()
}

/// How long it takes, in a sentence.
pub fn minutes(words: &Words, count: u32) -> String {
    words.fill(Word::StartMinutes, &[("count", &count.to_string())])
}

fn how_many(words: &Words, count: usize) -> String {
    words.fill(Word::BeforeQuestions, &[("count", &count.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(reasons: Reasons, questions: Option<usize>, minutes: Option<u32>) -> String {
        let (words, link_worker) = (Words::english(), "link worker".to_owned());
        let title = "Four questions".to_owned();
        before(Before { words, link_worker, title, reasons, questions, minutes }, &Acts::new(|_| ())).html()
    }

    #[test]
    fn the_page_says_why_what_for_how_long_and_who_sees_it() {
        let given = Reasons { why: Some("Because.".to_owned()), gives: Some("A talk.".to_owned()) };
        let html = page(given, Some(4), Some(2));
        for said in [
            "Why we ask",
            "Because.",
            "What you get",
            "A talk.",
            "There are 4 questions.",
            "about 2 minutes",
            "sees your answers",
            "skip any question",
        ] {
            assert!(html.contains(said), "{said}: {html}");
        }
    }

    #[test]
    fn no_number_is_said_that_may_not_be_true() {
        let html = page(Reasons { why: Some("Because.".to_owned()), gives: None }, None, None);
        assert!(
            !html.contains("There are") && !html.contains("minutes") && !html.contains("What you get"),
            "{html}"
        );
    }
}
