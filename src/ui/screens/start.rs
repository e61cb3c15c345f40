//! The first page: what this is, how long it takes, who sees it, and Start.

use crate::domain::explanation::Slug;
use crate::ui::act::{Act, Acts};
use crate::ui::markup::{El, Kid, el, join};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::inset::inset;
use crate::ui::parts::label::Size;
use crate::ui::parts::scene::{Scene, scene};
use crate::ui::parts::wording::{bullets, heading, lede, paragraph};
use crate::ui::screens::before::{Reasons, minutes, reasons};
use crate::ui::screens::explain::ways_to_read;
use crate::ui::words::{Word, Words};

/// One questionnaire on offer.
#[derive(Clone)]
pub struct Offered {
    /// Its title.
    pub title: String,
    /// What it says for itself; shown here where it is the only one.
    pub reasons: Reasons,
    /// About how many minutes it takes.
    pub minutes: Option<u32>,
    /// Answers to it were begun: how long they are kept, in words.
    pub kept: Option<String>,
}

/// One finished set of answers that still waits.
#[derive(Clone)]
pub struct Waiting {
    /// Its short reference.
    pub reference: String,
    /// The day it was finished, written out.
    pub date: String,
    /// What happened to it, in words.
    pub state: String,
}

/// What the page shows.
#[derive(Clone)]
pub struct Start {
    /// The interface's words.
    pub words: &'static Words,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// The questionnaires, in order.
    pub offered: Vec<Offered>,
    /// Finished answers not yet sent.
    pub waiting: Vec<Waiting>,
    /// What to say of the device's storage: that it does not keep answers, that some were unreadable.
    pub storage: Vec<Word>,
    /// Something that was just done, such as deleting.
    pub news: Option<String>,
}

/// The start page; `explanation` stands below it.
pub fn start(start: Start, acts: &Acts, explanation: Vec<Kid>) -> El {
    let words = start.words;
    let named = [("link-worker", start.link_worker.as_str())];
    let alone = start.offered.len() == 1;
    let about = |offered: &Offered| offered.minutes.map(|count| minutes(words, count));
    let mut facts: Vec<String> = start.offered.iter().filter(|_| alone).filter_map(about).collect();
    facts.push(words.say(Word::StartSkip).to_owned());
    facts.push(words.fill(Word::StartWhoSees, &named));
    facts.push(words.say(Word::StartNotWatched).to_owned());
    let apart = |say: String| inset("", vec![paragraph(say).into()]);

    let mut page = el("div")
        .kids(start.news.map(|news| apart(news).attr("role", "status")))
        .kid(scene(Scene::Talk))
        .kid(heading(1, Size::Xl, words.say(Word::StartTitle)))
        .kid(lede(words.fill(Word::StartLead, &named)))
        .kid(bullets(facts))
        .kids(start.storage.iter().map(|storage| apart(words.fill(*storage, &named))));
    page = match start.offered.len() {
        0 => page.kid(paragraph(words.say(Word::StartNone))),
        1 => page,
        _ => page.kid(heading(2, Size::M, words.say(Word::StartChoose))),
    };
    page.kids(
        start.offered.into_iter().enumerate().map(|(at, offered)| offer(words, acts, at, offered, alone)),
    )
    .kids(waiting(words, acts, start.waiting))
    .kid(el("div").class("wm-read").kids(ways_to_read(words, acts, &READ)))
    .kids(explanation)
}

/// What people ask most before they start, and the way to the rest.
const READ: [(Word, &str); 3] = [
    (Word::ExplainWhyAsked, "why-was-i-asked"),
    (Word::ExplainWhoSees, "who-sees-my-answers"),
    (Word::ExplainMore, Slug::INDEX),
];

fn offer(words: &'static Words, acts: &Acts, at: usize, offered: Offered, alone: bool) -> El {
    let resumes = offered.kept.is_some();
    let begin = if resumes { Word::StartResume } else { Word::StartBegin };
    // Beside others of the same name, each says what it starts to those who hear it away from its heading. It
    // begins with the words that are seen, so that speaking them presses it.
    let named = |label: Word, look, act| {
        let whose =
            (!alone).then(|| el("span").class("nhsuk-u-visually-hidden").text(join(&[" ", &offered.title])));
        button(words.say(label), look, acts.press(act)).kids(whose)
    };
    let mut buttons = vec![named(begin, Look::Primary, Act::Begin(at))];
    if resumes {
        buttons.push(named(Word::StartAfresh, Look::Secondary, Act::BeginAfresh(at)));
    }
    let mut offer = el("div").class("wm-offer");
    if alone {
        offer = offer.kids(reasons(words, offered.reasons));
    } else {
        offer = offer
            .kid(heading(3, Size::S, offered.title))
            .kids(offered.minutes.map(|count| paragraph(minutes(words, count))));
    }
    offer.kid(button_group(buttons)).kids(offered.kept.map(|kept| el("p").class("nhsuk-hint").text(kept)))
}

fn waiting(words: &'static Words, acts: &Acts, waiting: Vec<Waiting>) -> Option<El> {
    if waiting.is_empty() {
        return None;
    }
    let rows = waiting.into_iter().map(|row| {
        let values = [
            ("reference", row.reference.as_str()),
            ("date", row.date.as_str()),
            ("state", row.state.as_str()),
        ];
        words.fill(Word::StartWaitingRow, &values)
    });
    Some(
        el("section")
            .class("wm-waiting")
            .kid(heading(2, Size::M, words.say(Word::StartWaitingHeading)))
            .kid(bullets(rows))
            .kid(button(words.say(Word::DoneTryAgain), Look::Secondary, acts.press(Act::TryAgain))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(offered: Vec<Offered>, waiting: Vec<Waiting>) -> String {
        let words = Words::english();
        let link_worker = "community connector".to_owned();
        let shown = Start { words, link_worker, offered, waiting, storage: Vec::new(), news: None };
        start(shown, &Acts::new(|_| ()), Vec::new()).html()
    }

    #[test]
    fn the_practices_own_title_for_the_link_worker_is_used() {
        assert!(page(Vec::new(), Vec::new()).contains("Your community connector wants to know"));
    }

    #[test]
    fn a_draft_offers_to_carry_on_and_says_until_when_it_is_kept() {
        let kept = Words::english().fill(Word::StartKeptUntil, &[("date", "29 November 2026")]);
        let offered = Offered {
            title: "Four".to_owned(),
            reasons: Reasons::default(),
            minutes: Some(2),
            kept: Some(kept),
        };
        let html = page(vec![offered], Vec::new());
        assert!(html.contains("Carry on where you stopped") && html.contains("Start again"));
        assert!(html.contains("kept on this device until 29 November 2026"));
        assert!(html.contains("It takes about 2 minutes."));
    }

    #[test]
    fn of_several_start_buttons_each_says_what_it_starts() {
        let offered = |title: &str, kept: Option<&str>| Offered {
            title: title.to_owned(),
            reasons: Reasons::default(),
            minutes: None,
            kept: kept.map(str::to_owned),
        };
        let hidden = |label: &str, title: &str| {
            [label, "<span class=\"nhsuk-u-visually-hidden\"> ", title, "</span></button>"].concat()
        };
        let html = page(vec![offered("Four", None), offered("Lonely", Some("until"))], Vec::new());
        for button in [
            hidden("Start", "Four"),
            hidden("Carry on where you stopped", "Lonely"),
            hidden("Start again", "Lonely"),
        ] {
            assert!(html.contains(&button), "{button}: {html}");
        }
        let one = page(vec![offered("Four", None)], Vec::new());
        assert!(one.contains(">Start</button>"), "{one}");
    }

    #[test]
    fn answers_that_wait_are_named_with_their_reference() {
        let row =
            Waiting { reference: "7K4-QXM".to_owned(), date: "today".to_owned(), state: "S".to_owned() };
        assert!(page(Vec::new(), vec![row]).contains("Reference 7K4-QXM, finished on today. S"));
    }
}
