//! After finishing: a person's own answers in words, beside those of an earlier visit if they kept a copy
//! then, and a copy of these if they want one.
//!
//! None of it is shown before all is answered: what somebody said last time would change what they say now.
//! What differs is not marked, coloured or called better or worse.

use crate::domain::keepsake::{Keepsake, Pair};
use crate::ui::act::{Act, Acts};
use crate::ui::markup::{Ask, El, Kid, el};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::label::Size;
use crate::ui::parts::summary_list::summary_list;
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::screens::before::{Reasons, reasons};
use crate::ui::screens::check_answers::said;
use crate::ui::words::{Word, Words};
use std::sync::Arc;

/// What the page has of the answers; a shared device has nothing of them.
#[derive(Clone)]
pub struct Answered {
    /// The answers of now.
    pub now: Keepsake,
    /// Their day, written out.
    pub today: String,
    /// What the questionnaire says for itself.
    pub reasons: Reasons,
    /// The copy of an earlier visit's answers, and its day, written out.
    pub before: Option<(Keepsake, String)>,
}

/// How it stands with a copy of the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Copying {
    /// Not offered: the answers have not been received, or the device is shared.
    #[default]
    No,
    /// Offered.
    Offered,
    /// Being kept or deleted.
    Busy,
    /// Kept until the day, written out.
    Kept(String),
    /// Kept in one of the two stores only, until the day at most.
    Perhaps(String),
    /// It could not be kept.
    NotKept,
    /// It could not be deleted everywhere.
    NotDeleted,
    /// It was deleted, as the person asked.
    Deleted,
}

impl Copying {
    /// There is a copy to delete, rather than one to keep.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Kept(_) | Self::Perhaps(_) | Self::NotDeleted)
    }

    fn say(&self, words: &Words) -> String {
        match self {
            Self::No | Self::Offered => String::new(),
            Self::Busy => words.say(Word::KeptSaving).to_owned(),
            Self::Kept(date) => words.fill(Word::CopyKept, &[("date", date)]),
            Self::Perhaps(date) => {
                [&words.fill(Word::CopyKept, &[("date", date)]), " ", words.say(Word::KeptPerhaps)].concat()
            }
            Self::NotKept => words.say(Word::CopyNotKept).to_owned(),
            Self::NotDeleted => words.say(Word::CopyNotDeleted).to_owned(),
            Self::Deleted => words.say(Word::CopyDeleted).to_owned(),
        }
    }
}

/// The answers, with those of the earlier visit beside them where there are any.
pub fn answered(words: &'static Words, page: &Answered, acts: &Acts) -> El {
    let title = words.fill(Word::AnsweredTitle, &[("date", &page.today)]);
    let shown = match &page.before {
        None => summary_list(page.now.lines.iter().map(said).collect()),
        Some((before, day)) => el("div")
            .kid(paragraph(words.say(Word::AnsweredLead)))
            .kids(page.now.beside(before).iter().map(|pair| beside(words, pair, (day, &page.today)))),
    };
    el("section")
        .kid(heading(2, Size::M, title))
        .kid(paragraph(words.say(Word::AnsweredHere)))
        .kid(shown)
        .kids(reasons(words, Reasons { why: page.reasons.why.clone(), gives: None }))
        .kid(button(words.say(Word::ShellPrint), Look::Secondary, acts.press(Act::Print)))
}

/// One question at two visits.
fn beside(words: &'static Words, pair: &Pair, (before, today): (&str, &str)) -> El {
    let side = |word: Word, date: &str, said: Option<&[Box<str>]>| {
        let said = match said {
            Some(said) => said.iter().map(|said| said.to_string()).collect(),
            None => vec![words.say(Word::AnsweredNotAsked).to_owned()],
        };
        el("div")
            .kid(el("dt").text(words.fill(word, &[("date", date)])))
            .kids(said.into_iter().map(|said| el("dd").class("wm-said").text(said)))
    };
    el("div").class("wm-beside").kid(heading(3, Size::S, pair.asked.to_owned())).kid(
        el("dl").class("wm-beside__two").kid(side(Word::AnsweredBefore, before, pair.before)).kid(side(
            Word::AnsweredNow,
            today,
            pair.now,
        )),
    )
}

/// The offer to keep a copy; there only while it is made. The button stays the same element when it turns from
/// keeping to deleting, so that the focus stays on it.
pub fn copy_offer(words: &'static Words, copying: Ask<Copying>, acts: &Acts) -> Kid {
    let now = copying.clone();
    let there = Arc::new(move || (now() != Copying::No).then(String::new));
    let acts = acts.clone();
    let draw = move |_: &str| {
        let (status, label) = (copying.clone(), copying.clone());
        let status = Arc::new(move || status().say(words).into());
        let label = Arc::new(move || {
            words.say(if label().is_kept() { Word::CopyDelete } else { Word::CopyKeep }).into()
        });
        el("section")
            .class("wm-copy")
            .kid(heading(2, Size::M, words.say(Word::CopyTitle)))
            .kid(paragraph(words.say(Word::CopyOffer)))
            .kid(paragraph(words.say(Word::CopyCare)))
            .kid(paragraph(words.say(Word::CopySafari)))
            .kid(button("", Look::Secondary, acts.press(Act::Copy)).kid(Kid::LiveText(label)))
            .kid(el("p").class("wm-saved").attr("role", "status").kid(Kid::LiveText(status)))
    };
    Kid::Slot(there, Box::new(draw))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{InstrumentId, ResponseId};
    use crate::domain::keepsake::Line;

    fn keepsake(number: u8, said: &str) -> Keepsake {
        Keepsake {
            id: ResponseId::from_random([number; 16]),
            instrument: InstrumentId::new("https://a.example/q", None),
            title: "Q".into(),
            at: u64::from(number),
            lines: vec![Line { at: "a#".into(), asked: "Happy".into(), said: vec![said.into()] }],
        }
    }

    fn page(before: Option<&str>) -> String {
        let before = before.map(|said| (keepsake(1, said), "3 May 2026".to_owned()));
        let page = Answered {
            now: keepsake(2, "7 out of 10"),
            today: "22 November 2026".to_owned(),
            reasons: Reasons::default(),
            before,
        };
        answered(Words::english(), &page, &Acts::new(|_| ())).html()
    }

    #[test]
    fn an_earlier_visit_stands_beside_this_one_with_both_days_and_no_judgement() {
        let html = page(Some("4 out of 10"));
        for said in ["3 May 2026", "22 November 2026", "4 out of 10", "7 out of 10", "Happy"] {
            assert!(html.contains(said), "{said}: {html}");
        }
        let bare: String = html.to_lowercase();
        for judging in
            ["better", "worse", "improve", "change", "score", "total", "low", "high", "↑", "↓", "+3", "wrong"]
        {
            assert!(!bare.contains(judging), "{judging}: {html}");
        }
    }

    #[test]
    fn without_a_copy_nothing_is_said_of_an_earlier_visit() {
        let html = page(None);
        assert!(html.contains("7 out of 10"));
        assert!(!html.contains("Before") && !html.contains("Last time"), "{html}");
    }

    fn offer(copying: Copying) -> String {
        el("div")
            .kid(copy_offer(Words::english(), Arc::new(move || copying.clone()), &Acts::new(|_| ())))
            .html()
    }

    #[test]
    fn a_copy_is_said_to_be_kept_only_when_it_is() {
        assert_eq!(offer(Copying::No), "<div></div>");
        for copying in [Copying::Offered, Copying::Busy, Copying::NotKept, Copying::Deleted] {
            let html = offer(copying.clone());
            assert!(!html.contains("is kept on this device until"), "{copying:?}: {html}");
            assert!(html.contains("Keep a copy on this device"), "{copying:?}");
        }
        let kept = offer(Copying::Kept("22 November 2027".to_owned()));
        assert!(kept.contains("until 22 November 2027") && kept.contains("Delete the copy"), "{kept}");
        let perhaps = offer(Copying::Perhaps("22 November 2027".to_owned()));
        assert!(perhaps.contains("may not keep it"), "{perhaps}");
    }
}
