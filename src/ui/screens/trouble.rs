//! When the questions cannot be shown: what happened, what is safe, what to do, and the details for staff.

use crate::ui::act::{Act, Acts};
use crate::ui::words::{Word, Words};
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// The sentence for the patient.
    pub what: Word,
    /// Lines for the practice's own staff: the path and the reason of each mistake. Never an answer.
    pub details: Vec<String>,
    /// Trying again may help.
    pub can_try_again: bool,
    /// There is a start page to go to.
    pub has_start: bool,
}

/// The page.
pub fn trouble(words: &'static Words, acts: Acts, trouble: Trouble) -> impl IntoView {
    view! {
        <h1 class="nhsuk-heading-l">{words.say(Word::TroubleTitle)}</h1>
        <p>{words.say(trouble.what)}</p>
        <div class="wm-actions">
            {trouble
                .can_try_again
                .then(|| {
                    view! {
                        <button class="nhsuk-button" type="button" on:click=move |_| acts.send(Act::TryAgain)>
                            {words.say(Word::TroubleTryAgain)}
                        </button>
                    }
                })}
            {trouble
                .has_start
                .then(|| {
                    view! {
                        <button
                            class="nhsuk-button nhsuk-button--secondary"
                            type="button"
                            on:click=move |_| acts.send(Act::GoToStart)
                        >
                            {words.say(Word::TroubleGoToStart)}
                        </button>
                    }
                })}
        </div>
        {(!trouble.details.is_empty())
            .then(|| {
                view! {
                    <details class="nhsuk-details">
                        <summary class="nhsuk-details__summary">
                            <span class="nhsuk-details__summary-text">{words.say(Word::TroubleForStaff)}</span>
                        </summary>
                        <div class="nhsuk-details__text">
                            <ul class="nhsuk-list nhsuk-list--bullet wm-details-list">
                                {trouble.details.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                            </ul>
                        </div>
                    </details>
                }
            })}
    }
}
