//! What is kept on this device: each set of answers, how it stands in words, and what can be done with it.

use crate::domain::ids::ResponseId;
use crate::ui::act::{Act, Acts};
use crate::ui::kept::{Doomed, Page, Wish};
use crate::ui::markup::{El, Kid, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::card::card;
use crate::ui::parts::inset::inset;
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::words::{Word, Words};

/// What the page shows.
#[derive(Clone)]
pub struct Kept {
    /// The interface's words.
    pub words: &'static Words,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// Something that was just done.
    pub news: Option<String>,
    /// Finished responses that nobody has confirmed, the oldest first.
    pub finished: Vec<Finished>,
    /// Answers in progress.
    pub drafts: Vec<Draft>,
    /// Copies of their own that the person chose to keep, the newest first.
    pub copies: Vec<OwnCopy>,
    /// How many records could not be read.
    pub unreadable: usize,
    /// A choice of how the page reads is kept, such as the language.
    pub choices: bool,
    /// The day, written out, by which the person should come back, where the browser deletes after that.
    pub come_back: Option<String>,
    /// What has left: its reference, and the day, written out.
    pub sent: Vec<(String, String)>,
}

/// One finished response.
#[derive(Clone)]
pub struct Finished {
    /// Which.
    pub id: ResponseId,
    /// The questionnaire's title, where it is known.
    pub title: Option<String>,
    /// The day it was finished, written out.
    pub date: String,
    /// How it stands.
    pub standing: Standing,
    /// Only the service can read it.
    pub sealed: bool,
}

/// How a finished response stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits to be sent. The sentence says what happens next.
    Saved(Word),
    /// It was shown as a code or saved as a file on this day, written out.
    Shown(String),
    /// It could not be sent. The sentence says why, and what to do.
    Held(Word),
    /// No store took it: it goes with the page.
    MemoryOnly,
}

/// Answers in progress.
#[derive(Clone)]
pub struct Draft {
    /// Which.
    pub id: ResponseId,
    /// The questionnaire's title, where it is known.
    pub title: Option<String>,
    /// The day they are kept until, written out.
    pub until: String,
}

/// A copy the person chose to keep.
#[derive(Clone)]
pub struct OwnCopy {
    /// Of which response.
    pub id: ResponseId,
    /// The questionnaire's title.
    pub title: String,
    /// The day it was finished, written out.
    pub date: String,
    /// The day it is kept until, written out.
    pub until: String,
}

/// The page.
pub fn kept(page: Kept, acts: &Acts) -> El {
    let words = page.words;
    let count = page.finished.len() + page.drafts.len() + page.copies.len() + page.unreadable;
    let drawing = Drawing { words, link_worker: &page.link_worker, acts };
    let section = |title: Word, kids: Vec<El>| {
        (!kids.is_empty()).then(|| el("section").kid(heading(2, Size::M, words.say(title))).kids(kids))
    };
    let finished = page.finished.iter().map(|finished| drawing.finished(finished)).collect();
    let drafts = page.drafts.iter().map(|draft| drawing.draft(draft)).collect();
    let unreadable = (page.unreadable > 0).then(|| drawing.unreadable(page.unreadable));
    let copies = page.copies.iter().map(|copy| drawing.copy(copy)).collect();
    let choices = page.choices.then(|| drawing.choices());
    let come_back = page.come_back.filter(|_| count > 0);
    let come_back = come_back.map(|date| paragraph(words.fill(Word::DeviceComeBack, &[("date", &date)])));
    let all = (count > 0).then(|| {
        button_group(vec![
            button(words.say(Word::DeviceSaveEverything), Look::Secondary, wish(acts, Wish::SaveEverything)),
            button(
                words.say(Word::DeviceDeleteEverything),
                Look::Warning,
                wish(acts, Wish::Open(Page::Delete(Doomed::Everything))),
            ),
        ])
    });
    let sent = page.sent.iter().map(|(reference, date)| {
        words.fill(Word::DeviceSentRow, &[("reference", reference.as_str()), ("date", date.as_str())])
    });
    let sent: Vec<El> = if page.sent.is_empty() {
        Vec::new()
    } else {
        vec![bullets(sent), paragraph(words.say(Word::DeviceNotes))]
    };
    el("div")
        .kids(page.news.map(|news| inset("", vec![paragraph(news).into()]).attr("role", "status")))
        .kid(heading(1, Size::L, words.say(Word::ShellKept)))
        .kid(paragraph(words.say(if count == 0 { Word::DeviceNothing } else { Word::DeviceLead })))
        .kids(come_back)
        .kids(section(Word::DeviceFinishedHeading, finished))
        .kids(section(Word::DeviceDraftsHeading, drafts))
        .kids(section(Word::DeviceCopiesHeading, copies))
        .kids(section(Word::DeviceUnreadableHeading, unreadable.into_iter().collect()))
        .kids(section(Word::DeviceChoicesHeading, choices.into_iter().collect()))
        .kids(section(Word::DeviceAllHeading, all.into_iter().collect()))
        .kids(section(Word::DeviceSentHeading, sent))
        .kid(button(words.say(Word::TroubleGoToStart), Look::Secondary, acts.press(Act::GoToStart)))
}

/// What a button that asks for `wish` does.
pub fn wish(acts: &Acts, wish: Wish) -> impl FnMut() + Send + use<> {
    acts.press(Act::Kept(wish))
}

struct Drawing<'a> {
    words: &'static Words,
    link_worker: &'a str,
    acts: &'a Acts,
}

impl Drawing<'_> {
    /// A button that says which response it is for to those who do not see what it stands under.
    fn button(&self, word: Word, look: Look, id: &ResponseId, does: Wish) -> El {
        let about = el("span").class("nhsuk-u-visually-hidden").text([" ", &id.reference()].concat());
        button(self.words.say(word), look, wish(self.acts, does)).kid(about)
    }

    fn say(&self, word: Word) -> String {
        self.words.fill(word, &[("link-worker", self.link_worker)])
    }

    fn title(&self, id: &ResponseId, title: Option<&String>) -> El {
        let reference = id.reference();
        let reference = self.words.fill(Word::DeviceReference, &[("reference", &reference)]);
        let words = title.map_or_else(|| reference.clone(), |title| [title, " · ", &reference].concat());
        heading(3, Size::S, words)
    }

    fn finished(&self, row: &Finished) -> El {
        let words = self.words;
        let on = words.fill(Word::DeviceFinishedOn, &[("date", &row.date)]);
        let (state, body) = match &row.standing {
            Standing::Saved(next) => (Word::DoneSaved, self.say(*next)),
            Standing::Shown(date) => {
                let said =
                    words.fill(Word::DeviceShownBody, &[("date", date), ("link-worker", self.link_worker)]);
                (Word::DeviceShown, said)
            }
            Standing::Held(why) => (Word::DoneHeld, self.say(*why)),
            Standing::MemoryOnly => (Word::DoneHeld, self.say(Word::DoneMemoryOnly)),
        };
        let id = &row.id;
        let open = |page: Page| Wish::Open(page);
        let mut buttons = Vec::new();
        if row.sealed {
            buttons.push(self.button(Word::DeviceSaveFile, Look::Secondary, id, Wish::Save(id.clone())));
            let confirm = open(Page::Code(id.clone()));
            buttons.push(self.button(Word::DeviceHasReceipt, Look::Secondary, id, confirm));
        } else {
            let show = open(Page::Code(id.clone()));
            buttons.push(self.button(Word::DeviceShowCode, Look::Secondary, id, show));
            buttons.push(self.button(Word::DeviceSaveFile, Look::Secondary, id, Wish::Save(id.clone())));
            let read = open(Page::Answers(id.clone()));
            buttons.push(self.button(Word::DeviceRead, Look::Secondary, id, read));
        }
        let delete = open(Page::Delete(Doomed::Finished(id.clone())));
        buttons.push(self.button(Word::DeviceDelete, Look::Secondary, id, delete));
        let sealed = row.sealed.then(|| paragraph(self.say(Word::DeviceSealed)));
        let mut kids: Vec<Kid> = vec![
            self.title(id, row.title.as_ref()).into(),
            el("p").kid(el("strong").class("wm-standing").text(words.say(state))).into(),
            paragraph([&on, " ", &body].concat()).into(),
        ];
        kids.extend(sealed.map(Kid::from));
        kids.push(button_group(buttons).into());
        card(kids)
    }

    fn draft(&self, row: &Draft) -> El {
        let until = self.words.fill(Word::StartKeptUntil, &[("date", &row.until)]);
        let delete = Wish::Open(Page::Delete(Doomed::Draft(row.id.clone())));
        card(vec![
            self.title(&row.id, row.title.as_ref()).into(),
            paragraph(until).into(),
            button_group(vec![self.button(Word::DeviceDelete, Look::Secondary, &row.id, delete)]).into(),
        ])
    }

    fn copy(&self, row: &OwnCopy) -> El {
        let values = [("date", row.date.as_str()), ("until", row.until.as_str())];
        let read = Wish::Open(Page::Answers(row.id.clone()));
        let delete = Wish::Open(Page::Delete(Doomed::Copy(row.id.clone())));
        card(vec![
            self.title(&row.id, Some(&row.title)).into(),
            paragraph(self.words.fill(Word::DeviceCopyBody, &values)).into(),
            button_group(vec![
                self.button(Word::DeviceRead, Look::Secondary, &row.id, read),
                self.button(Word::DeviceDelete, Look::Secondary, &row.id, delete),
            ])
            .into(),
        ])
    }

    /// Forgotten at once: they are no answers, and chosen again in a moment.
    fn choices(&self) -> El {
        let forget = wish(self.acts, Wish::Delete(Doomed::Choices));
        card(vec![
            paragraph(self.words.say(Word::DeviceChoicesBody)).into(),
            button_group(vec![button(self.words.say(Word::DeviceChoicesForget), Look::Secondary, forget)])
                .into(),
        ])
    }

    fn unreadable(&self, count: usize) -> El {
        let values = [("count", &*count.to_string()), ("link-worker", self.link_worker)];
        let delete = wish(self.acts, Wish::Open(Page::Delete(Doomed::Unreadable)));
        card(vec![
            paragraph(self.words.fill(Word::DeviceUnreadableBody, &values)).into(),
            button_group(vec![button(self.words.say(Word::DeviceDelete), Look::Secondary, delete)]).into(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(standing: Standing, sealed: bool) -> String {
        let words = Words::english();
        let id = ResponseId::from_random([1; 16]);
        let row = Finished {
            id,
            title: Some("Four questions".to_owned()),
            date: "1 May".to_owned(),
            standing,
            sealed,
        };
        let page = Kept {
            words,
            link_worker: "link worker".to_owned(),
            news: None,
            finished: vec![row],
            drafts: Vec::new(),
            copies: Vec::new(),
            unreadable: 0,
            choices: false,
            come_back: None,
            sent: Vec::new(),
        };
        kept(page, &Acts::new(|_| ())).html()
    }

    #[test]
    fn saved_shown_and_not_sent_are_never_mixed_and_nothing_kept_is_called_sent() {
        let saved = page(Standing::Saved(Word::DoneStays), false);
        let shown = page(Standing::Shown("2 May".to_owned()), false);
        let held = page(Standing::Held(Word::SendConflict), false);
        let states = ["Saved on this device", "Shown, not confirmed", "Not sent"];
        for (html, own) in [&saved, &shown, &held].into_iter().zip(states) {
            for state in states {
                let strong = ["<strong class=\"wm-standing\">", state, "</strong>"].concat();
                assert_eq!(html.contains(&strong), state == own, "{state} in {html}");
            }
            assert!(!html.contains(">Sent<"), "{html}");
        }
    }

    #[test]
    fn a_sealed_response_can_be_saved_and_deleted_and_is_not_offered_for_reading() {
        let html = page(Standing::Saved(Word::DoneStays), true);
        assert!(html.contains("Save as a file") && html.contains("Delete"));
        assert!(!html.contains("Read my answers") && !html.contains("Show as a code"), "{html}");
    }

    #[test]
    fn a_response_that_no_store_took_is_not_called_saved() {
        let html = page(Standing::MemoryOnly, false);
        assert!(!html.contains("Saved on this device") && html.contains("Not sent"), "{html}");
    }
}
