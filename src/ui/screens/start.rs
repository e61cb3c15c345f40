//! The first page: what this is, how long it takes, who sees it, and Start.

use crate::ui::act::{Act, Acts};
use crate::ui::words::{Word, Words};
use leptos::prelude::*;

/// One questionnaire on offer.
#[derive(Clone)]
pub struct Offered {
    /// Its title.
    pub title: String,
    /// About how many minutes it takes.
    pub minutes: Option<u32>,
    /// Unfinished answers to it are kept, until the day named if one is known.
    pub unfinished: Option<Option<String>>,
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
    /// What to say of the device's storage, when it does not keep answers.
    pub storage: Option<Word>,
    /// Something that was just done, such as deleting.
    pub news: Option<String>,
}

/// The start page; `explanation` stands below it.
pub fn start(start: Start, acts: Acts, explanation: impl IntoView + 'static) -> impl IntoView {
    let words = start.words;
    let named = [("link-worker", start.link_worker.as_str())];
    let lead = words.fill(Word::StartLead, &named);
    let sees = words.fill(Word::StartWhoSees, &named);
    let minutes = match start.offered.as_slice() {
        [only] => only.minutes.map(|count| minutes(words, count)),
        _ => None,
    };
    let one = start.offered.len() == 1;
    view! {
        {start.news.map(|news| view! { <div class="nhsuk-inset-text" role="status"><p>{news}</p></div> })}
        <h1 class="nhsuk-heading-xl">{words.say(Word::StartTitle)}</h1>
        <p class="nhsuk-lede-text">{lead}</p>
        <ul class="nhsuk-list nhsuk-list--bullet">
            {minutes.map(|minutes| view! { <li>{minutes}</li> })}
            <li>{words.say(Word::StartSkip)}</li>
            <li>{sees}</li>
            <li>{words.say(Word::StartNotWatched)}</li>
        </ul>
        {start.storage.map(|storage| view! { <div class="nhsuk-inset-text"><p>{words.say(storage)}</p></div> })}
        {start.offered.is_empty().then(|| view! { <p>{words.say(Word::StartNone)}</p> })}
        {(!one && !start.offered.is_empty())
            .then(|| view! { <h2 class="nhsuk-heading-m">{words.say(Word::StartChoose)}</h2> })}
        {start
            .offered
            .into_iter()
            .enumerate()
            .map(|(at, offered)| offer(words, acts, at, offered, one))
            .collect_view()}
        {waiting(words, acts, start.waiting)}
        {explanation.into_any()}
    }
}

fn minutes(words: &Words, count: u32) -> String {
    if count == 1 {
        words.say(Word::StartMinutesOne).to_owned()
    } else {
        words.fill(Word::StartMinutes, &[("count", &count.to_string())])
    }
}

fn offer(words: &'static Words, acts: Acts, at: usize, offered: Offered, alone: bool) -> impl IntoView {
    let resumes = offered.unfinished.is_some();
    let until = offered.unfinished.flatten().map(|date| words.fill(Word::StartKeptUntil, &[("date", &date)]));
    view! {
        <div class="wm-offer">
            {(!alone)
                .then(|| {
                    view! {
                        <h3 class="nhsuk-heading-s">{offered.title}</h3>
                        {offered.minutes.map(|count| view! { <p>{minutes(words, count)}</p> })}
                    }
                })}
            <div class="wm-actions">
                <button class="nhsuk-button" type="button" on:click=move |_| acts.send(Act::Begin(at))>
                    {words.say(if resumes { Word::StartResume } else { Word::StartBegin })}
                </button>
                {resumes
                    .then(|| {
                        view! {
                            <button
                                class="nhsuk-button nhsuk-button--secondary"
                                type="button"
                                on:click=move |_| acts.send(Act::BeginAfresh(at))
                            >
                                {words.say(Word::StartAfresh)}
                            </button>
                        }
                    })}
            </div>
            {until.map(|until| view! { <p class="nhsuk-hint">{until}</p> })}
        </div>
    }
}

fn waiting(words: &'static Words, acts: Acts, waiting: Vec<Waiting>) -> impl IntoView {
    (!waiting.is_empty()).then(|| {
        let rows = waiting.into_iter().map(|row| {
            let values =
                [("reference", row.reference.as_str()), ("date", row.date.as_str()), ("state", row.state.as_str())];
            view! { <li>{words.fill(Word::StartWaitingRow, &values)}</li> }
        });
        view! {
            <section class="wm-waiting">
                <h2 class="nhsuk-heading-m">{words.say(Word::StartWaitingHeading)}</h2>
                <ul class="nhsuk-list nhsuk-list--bullet">{rows.collect_view()}</ul>
                <button
                    class="nhsuk-button nhsuk-button--secondary"
                    type="button"
                    on:click=move |_| acts.send(Act::TryAgain)
                >
                    {words.say(Word::DoneTryAgain)}
                </button>
            </section>
        }
    })
}
