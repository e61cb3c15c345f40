//! The last page: what became of the answers, in three words that are never mixed (saved, sending, sent), a
//! short reference, and what happens next.

use crate::ui::act::{Act, Acts};
use crate::ui::words::{Word, Words};
use leptos::prelude::*;

/// What became of the finished answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    /// Safe on the device, on the way.
    Sending,
    /// The service has proved that it has them; nothing of them is left here.
    Sent,
    /// Safe on the device; will be tried again. The sentence says why.
    Waiting(Word),
    /// Safe on the device; trying again by itself will not help. The sentence says why.
    Held(Word),
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
    /// The response's short reference.
    pub reference: String,
    /// Sentences of the practice's own.
    pub next: Vec<String>,
    /// The device keeps nothing: the answers are in this page's memory only.
    pub memory_only: bool,
}

/// The page.
pub fn done(done: Done, acts: Acts, handover: Signal<Handover>) -> impl IntoView {
    let words = done.words;
    let link_worker = done.link_worker;
    let memory_only = done.memory_only;
    let say = move |word: Word| words.fill(word, &[("link-worker", &link_worker)]);
    let body = move || {
        let say = say.clone();
        match handover.get() {
            Handover::Sending => view! { <p>{say(Word::DoneSendingBody)}</p> }.into_any(),
            Handover::Sent => {
                view! {
                    <p>{say(Word::DoneSentBody)}</p>
                    <p>{say(Word::DoneRemoved)}</p>
                }
                    .into_any()
            }
            Handover::Waiting(why) => {
                view! {
                    <p>{say(why)}</p>
                    <p>{say(if memory_only { Word::DoneMemoryOnly } else { Word::DoneStays })}</p>
                    {try_again(words, acts)}
                }
                    .into_any()
            }
            Handover::Held(why) => {
                view! {
                    <p>{say(why)}</p>
                    {try_again(words, acts)}
                }
                    .into_any()
            }
            Handover::NoRoute => view! { <p>{say(Word::DoneNoRoute)}</p> }.into_any(),
        }
    };
    let title = move || {
        words.say(match handover.get() {
            Handover::Sending => Word::DoneSending,
            Handover::Sent => Word::DoneSent,
            Handover::Waiting(_) | Handover::NoRoute if memory_only => Word::DoneHeld,
            Handover::Waiting(_) | Handover::NoRoute => Word::DoneSaved,
            Handover::Held(_) => Word::DoneHeld,
        })
    };
    let panel = move || {
        if handover.get() == Handover::Sent { "nhsuk-panel" } else { "nhsuk-panel wm-panel--waiting" }
    };
    view! {
        <div class=panel>
            <h1 class="nhsuk-panel__title">{title}</h1>
            <div class="nhsuk-panel__body">
                {words.say(Word::DoneReference)} <br /> <strong class="wm-reference">{done.reference}</strong>
            </div>
        </div>
        <div role="status">{body}</div>
        {(!done.next.is_empty())
            .then(|| {
                view! {
                    <h2 class="nhsuk-heading-m">{words.say(Word::DoneNextHeading)}</h2>
                    <ul class="nhsuk-list nhsuk-list--bullet">
                        {done.next.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                    </ul>
                }
            })}
        <p>
            <button class="wm-link" type="button" on:click=move |_| acts.send(Act::GoToStart)>
                {words.say(Word::TroubleGoToStart)}
            </button>
        </p>
    }
}

fn try_again(words: &'static Words, acts: Acts) -> impl IntoView {
    view! {
        <button class="nhsuk-button" type="button" on:click=move |_| acts.send(Act::TryAgain)>
            {words.say(Word::DoneTryAgain)}
        </button>
    }
}
