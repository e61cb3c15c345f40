//! One finished response in the person's own words: to read, to print, to save for themselves.

use crate::domain::ids::ResponseId;
use crate::ui::act::Acts;
use crate::ui::kept::Wish;
use crate::ui::markup::{El, Kid, el, unmarked};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::label::Size;
use crate::ui::parts::summary_list::{Row, summary_list};
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::screens::kept::wish;
use crate::ui::words::{Word, Words};

/// What the page shows.
pub struct OwnAnswers {
    /// The interface's words.
    pub words: &'static Words,
    /// Which response.
    pub id: ResponseId,
    /// The day it was finished, written out.
    pub date: String,
    /// Each question with its answers, as they were given, marked where they are not in the language shown; `None`
    /// where they cannot be read here.
    pub said: Option<Vec<(String, Vec<String>)>>,
}

impl OwnAnswers {
    fn lines(&self) -> impl Iterator<Item = &(String, Vec<String>)> {
        self.said.iter().flatten().filter(|(_, answers)| !answers.is_empty())
    }

    /// The same as plain text, for a file.
    pub fn text(&self) -> String {
        let reference = self.id.reference();
        let mut text = [
            self.words.say(Word::DeviceAnswersTitle),
            "\n",
            &self.words.fill(Word::DeviceReference, &[("reference", &reference)]),
            "\n",
            &self.words.fill(Word::DeviceFinishedOn, &[("date", &self.date)]),
            "\n",
        ]
        .concat();
        for (question, answers) in self.lines() {
            text.push('\n');
            text.push_str(&unmarked(question.clone().into()));
            for answer in answers {
                text.push_str("\n    ");
                text.push_str(&unmarked(answer.clone().into()).replace('\n', "\n    "));
            }
            text.push('\n');
        }
        text
    }
}

/// The page.
pub fn own_answers(page: &OwnAnswers, acts: &Acts) -> El {
    let words = page.words;
    let reference = page.id.reference();
    let top = el("div")
        .kid(heading(1, Size::L, words.say(Word::DeviceAnswersTitle)))
        .kid(paragraph(words.fill(Word::DeviceReference, &[("reference", &reference)])))
        .kid(paragraph(words.fill(Word::DeviceFinishedOn, &[("date", &page.date)])));
    if page.said.is_none() {
        return top.kid(paragraph(words.say(Word::DeviceAnswersUnreadable)));
    }
    let rows = page.lines().map(|(question, answers)| Row {
        key: vec![question.clone().into()],
        value: answers.iter().map(|said| Kid::from(el("p").class("wm-said").text(said.clone()))).collect(),
        action: None,
    });
    let rows: Vec<Row> = rows.collect();
    let none = rows.is_empty().then(|| paragraph(words.say(Word::CheckNothing)));
    let save = button(
        words.say(Word::DeviceSaveWords),
        Look::Secondary,
        wish(acts, Wish::SaveWords(page.id.clone())),
    );
    top.kids(none).kid(summary_list(rows)).kid(save)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(said: Option<Vec<(String, Vec<String>)>>) -> OwnAnswers {
        let id = ResponseId::from_random([1; 16]);
        OwnAnswers { words: Words::english(), id, date: "1 May 2026".to_owned(), said }
    }

    #[test]
    fn each_answered_question_is_there_and_one_left_out_is_not() {
        let said = vec![
            ("How are you?".to_owned(), vec!["Well.\nMostly.".to_owned(), "Yes".to_owned()]),
            ("Left out".to_owned(), Vec::new()),
        ];
        let page = page(Some(said));
        let html = own_answers(&page, &Acts::new(|_| ())).html();
        assert!(
            html.contains("How are you?") && html.contains("Yes") && !html.contains("Left out"),
            "{html}"
        );
        assert!(page.text().contains("How are you?\n    Well.\n    Mostly.\n    Yes\n"), "{}", page.text());
    }

    #[test]
    fn what_cannot_be_read_is_said_to_be_so() {
        let html = own_answers(&page(None), &Acts::new(|_| ())).html();
        assert!(html.contains("cannot show") && !html.contains("<dl"), "{html}");
    }
}
