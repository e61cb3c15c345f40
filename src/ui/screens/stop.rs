//! Changing one's mind: delete the unfinished answers, or keep them.

use crate::ui::act::{Act, Acts};
use crate::ui::words::{Word, Words};
use leptos::prelude::*;

/// The page; `unsent` counts finished sets of answers that still wait, which stay.
pub fn stop(words: &'static Words, acts: Acts, unsent: usize) -> impl IntoView {
    let stays = match unsent {
        0 => None,
        1 => Some(words.say(Word::StopUnsentOne).to_owned()),
        more => Some(words.fill(Word::StopUnsent, &[("count", &more.to_string())])),
    };
    view! {
        <h1 class="nhsuk-heading-l">{words.say(Word::StopTitle)}</h1>
        <p>{words.say(Word::StopBody)}</p>
        {stays.map(|stays| view! { <p>{stays}</p> })}
        <div class="wm-actions">
            <button
                class="nhsuk-button nhsuk-button--warning"
                type="button"
                on:click=move |_| acts.send(Act::ConfirmStop)
            >
                {words.say(Word::StopConfirm)}
            </button>
            <button
                class="nhsuk-button nhsuk-button--secondary"
                type="button"
                on:click=move |_| acts.send(Act::CancelStop)
            >
                {words.say(Word::StopCancel)}
            </button>
        </div>
    }
}
