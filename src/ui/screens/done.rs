//! The last page: what became of the answers, in three words that are never mixed (saved, sending, sent), a
//! short reference, and what happens next.

use crate::domain::ids::ResponseId;
use crate::ui::act::{Act, Acts};
use crate::ui::kept::{Page, Wish};
use crate::ui::markup::{Ask, El, Kid, el};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::label::Size;
use crate::ui::parts::scene::{Scene, scene};
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::screens::answered::{Answered, Copying, answered, copy_offer};
use crate::ui::screens::explain::ways_to_read;
use crate::ui::screens::kept::wish;
use crate::ui::words::{Word, Words};
use std::sync::Arc;

/// What became of the finished answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    /// Safe on the device, on the way.
    Sending,
    /// The service has proved that it has them; nothing of them is left here.
    Sent,
    /// Will be tried again by itself. The sentence says why it did not work.
    Waiting(Word),
    /// Trying again by itself will not help. The sentence says why.
    Held(Word),
    /// Somebody comes to collect them.
    ToCollect,
    /// The configuration names nowhere to send to.
    NoRoute,
}

/// What the page shows.
#[derive(Clone)]
pub struct Done {
    /// The interface's words.
    pub words: &'static Words,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// Which response.
    pub id: Option<ResponseId>,
    /// Sentences of the practice's own.
    pub next: Vec<String>,
    /// The device keeps nothing: the answers are in this page's memory only.
    pub memory_only: bool,
    /// The day, written out, by which the person should come back, where the browser deletes after that.
    pub come_back: Option<String>,
    /// They are sealed for the service: nobody at the device can read them.
    pub sealed: bool,
    /// Many people use this device.
    pub shared: bool,
    /// Help stands on the page, because of an answer.
    pub with_help: bool,
}

impl Done {
    fn title(&self, handover: Handover) -> Word {
        match handover {
            Handover::Sending => Word::DoneSending,
            Handover::Sent => Word::DoneSent,
            Handover::Waiting(_) | Handover::ToCollect | Handover::NoRoute if !self.memory_only => {
                Word::DoneSaved
            }
            Handover::Waiting(_) | Handover::ToCollect | Handover::NoRoute | Handover::Held(_) => {
                Word::DoneHeld
            }
        }
    }

    /// Whether the person's own device keeps them until something happens.
    fn waits_here(&self, handover: Handover) -> bool {
        let waits = match handover {
            Handover::Waiting(_) | Handover::Held(_) | Handover::ToCollect | Handover::NoRoute => true,
            Handover::Sending | Handover::Sent => false,
        };
        waits && !self.memory_only && !self.shared
    }

    /// What is said of it. "Safe on this device" is said only when it is.
    fn body(&self, handover: Handover) -> Vec<Word> {
        if self.shared {
            return match handover {
                Handover::Sent => vec![Word::DoneSentBody, Word::DoneHandBack],
                Handover::Sending if self.memory_only => vec![Word::DoneSharedUnsent],
                Handover::Waiting(_) | Handover::Held(_) | Handover::ToCollect | Handover::NoRoute
                    if self.memory_only =>
                {
                    vec![Word::DoneSharedUnsent]
                }
                // Locked for the service: the device keeps it, and nobody there can read it.
                Handover::Sending | Handover::Waiting(_) | Handover::ToCollect => {
                    vec![Word::DoneSharedSealed, Word::DoneHandBack]
                }
                Handover::Held(why) => vec![why],
                Handover::NoRoute => vec![Word::DoneNoRoute],
            };
        }
        match handover {
            Handover::Sending if self.memory_only => vec![Word::DoneMemoryOnly],
            Handover::Sending => vec![Word::DoneSendingBody],
            Handover::Sent => vec![Word::DoneSentBody, Word::DoneRemoved],
            Handover::Waiting(_) | Handover::Held(_) | Handover::ToCollect if self.memory_only => {
                vec![Word::DoneMemoryOnly]
            }
            Handover::Waiting(why) if self.sealed => vec![why, Word::DoneStays, Word::DoneSealed],
            Handover::Waiting(why) => vec![why, Word::DoneStays],
            Handover::Held(why) => vec![why],
            Handover::ToCollect => vec![Word::DoneToCollect],
            Handover::NoRoute => vec![Word::DoneNoRoute],
        }
    }
}

/// The page; `handover` and `copying` are read again whenever they change. `care` stands before what happens
/// next: that nobody is watching, and help where an answer asks for it.
pub fn done(
    done: Done,
    told: Option<Answered>,
    acts: &Acts,
    handover: Ask<Handover>,
    copying: Ask<Copying>,
    care: Vec<El>,
) -> El {
    let words = done.words;
    let next = (!done.next.is_empty())
        .then(|| [heading(2, Size::M, words.say(Word::DoneNextHeading)), bullets(done.next.clone())]);
    // Not beside help: whoever needs it now has not arrived.
    let pictured = (!done.with_help).then(|| scene(Scene::Onward));
    let first = ways_to_read(words, acts, &[(Word::ExplainWhatFirst, "what-happens-first")]);
    let start = button(words.say(Word::TroubleGoToStart), Look::Secondary, acts.press(Act::GoToStart));
    let reference = done.id.as_ref().map(ResponseId::reference).unwrap_or_default();
    let (id, shared) = (done.id.clone(), done.shared);
    let done = Arc::new(done);

    let (shown, now) = (done.clone(), handover.clone());
    let class = Arc::new(move || {
        let sent = now() == Handover::Sent;
        Some(if sent { "nhsuk-panel".into() } else { "nhsuk-panel wm-panel--waiting".into() })
    });
    let now = handover.clone();
    let title = Arc::new(move || words.say(shown.title(now())).into());
    let panel = el("div")
        .live("class", class)
        .kid(el("h1").class("nhsuk-panel__heading").kid(Kid::LiveText(title)))
        .kid(
            el("div")
                .class("nhsuk-panel__body")
                .text(words.say(Word::DoneReference))
                .kid(el("br"))
                .kid(el("strong").class("wm-reference").text(reference)),
        );

    let (shown, now) = (done, handover.clone());
    let body = Arc::new(move || {
        let named = [("link-worker", shown.link_worker.as_str())];
        let said = shown.body(now()).into_iter().map(|word| words.fill(word, &named));
        let come_back = shown.come_back.as_ref().filter(|_| shown.waits_here(now()));
        let come_back = come_back.map(|date| words.fill(Word::DeviceComeBack, &[("date", date)]));
        Some(said.chain(come_back).collect::<Vec<_>>().join("\n"))
    });
    let now = handover.clone();
    let again = Arc::new(move || match now() {
        Handover::Waiting(_) | Handover::Held(_) => Some(words.say(Word::DoneTryAgain).to_owned()),
        Handover::Sending | Handover::Sent | Handover::ToCollect | Handover::NoRoute => None,
    });
    // Another way, while they have not arrived by this one.
    let another = Arc::new(move || match handover() {
        Handover::Waiting(_) | Handover::Held(_) | Handover::ToCollect | Handover::NoRoute => {
            Some(words.say(Word::DeviceShowCode).to_owned())
        }
        Handover::Sending | Handover::Sent => None,
    });
    let showing = acts.clone();
    let another = id.filter(|_| !shared).map(|id| {
        let show = move |label: &str| {
            let show = wish(&showing, Wish::Open(Page::Code(id.clone())));
            button(label.to_owned(), Look::Secondary, show)
        };
        Kid::Slot(another, Box::new(show))
    });
    let (told, offer) = match told {
        Some(told) => (Some(answered(words, &told, acts)), Some(copy_offer(words, copying, acts))),
        None => (None, None),
    };
    let acts = acts.clone();
    el("div")
        .kid(panel)
        .kids(pictured)
        .kid(el("div").attr("role", "status").kid(Kid::Slot(
            body,
            Box::new(|said| el("div").kids(said.lines().map(|line| paragraph(line.to_owned())))),
        )))
        .kid(Kid::Slot(
            again,
            Box::new(move |label| button(label.to_owned(), Look::Primary, acts.press(Act::TryAgain))),
        ))
        .kids(care)
        .kids(another)
        .kids(next.into_iter().flatten())
        .kid(el("div").class("wm-read").kids(first))
        .kids(told)
        .kids(offer)
        .kid(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(handover: Handover, memory_only: bool) -> String {
        let words = Words::english();
        let (link_worker, id) = ("link worker".to_owned(), Some(ResponseId::from_random([1; 16])));
        let shown = Done {
            words,
            link_worker,
            id,
            next: Vec::new(),
            memory_only,
            come_back: Some("7 May".to_owned()),
            sealed: false,
            shared: false,
            with_help: false,
        };
        done(
            shown,
            None,
            &Acts::new(|_| ()),
            Arc::new(move || handover),
            Arc::new(|| Copying::No),
            Vec::new(),
        )
        .html()
    }

    #[test]
    fn only_a_receipt_says_sent() {
        for handover in
            [Handover::Sending, Handover::Waiting(Word::SendNetwork), Handover::ToCollect, Handover::NoRoute]
        {
            assert!(!page(handover, false).contains(">Sent<"), "{handover:?}");
        }
        assert!(page(Handover::Sent, false).contains(">Sent<"));
    }

    #[test]
    fn what_happens_first_can_be_read_after_sending_and_while_waiting() {
        for handover in [Handover::Sent, Handover::Sending, Handover::Waiting(Word::SendNetwork)] {
            assert!(page(handover, false).contains(">What happens first?</button>"), "{handover:?}");
        }
    }

    #[test]
    fn a_device_that_keeps_nothing_is_never_called_safe() {
        for handover in
            [Handover::Sending, Handover::Waiting(Word::SendNetwork), Handover::Held(Word::SendConflict)]
        {
            let html = page(handover, true);
            assert!(!html.contains("safe") && !html.contains("Saved"), "{handover:?}: {html}");
        }
    }

    #[test]
    fn where_the_browser_deletes_what_is_left_alone_the_page_says_by_when_to_come_back() {
        let says = |handover, memory_only| page(handover, memory_only).contains("by 7 May");
        for handover in [Handover::Waiting(Word::SendNetwork), Handover::ToCollect, Handover::NoRoute] {
            assert!(says(handover, false) && !says(handover, true), "{handover:?}");
        }
        assert!(!says(Handover::Sent, false) && !says(Handover::Sending, false));
    }
}
