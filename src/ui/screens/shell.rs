//! What stands around every page: the practice's name, help now, Back, the page itself.

use crate::ui::act::{Act, Acts};
use crate::ui::focus;
use crate::ui::words::{Word, Words};
use leptos::prelude::*;

/// What every page shows.
#[derive(Clone)]
pub struct Shell {
    /// The interface's words.
    pub words: &'static Words,
    /// The practice's name.
    pub practice: String,
    /// A banner says that this is not a real surgery.
    pub demonstration: bool,
    /// The practice's phone number.
    pub phone: Option<String>,
    /// Starts the element ids, so that two elements on a page differ.
    pub prefix: &'static str,
}

/// The page around `page`; `has_back` says whether Back is there now.
pub fn shell(shell: Shell, acts: Acts, has_back: Signal<bool>, page: impl IntoView + 'static) -> impl IntoView {
    let words = shell.words;
    let main_id = [shell.prefix, "main"].concat();
    let skip_to = main_id.clone();
    view! {
        <a
            class="nhsuk-skip-link"
            href=["#", &main_id].concat()
            on:click=move |event| {
                // The address belongs to the page; only the focus moves.
                event.prevent_default();
                focus::on_id(&skip_to);
            }
        >
            {words.say(Word::ShellSkipLink)}
        </a>
        <header class="wm-header">
            <div class="nhsuk-width-container wm-header__row">
                <span class="wm-header__name">{shell.practice}</span>
                {help_now(words, shell.phone)}
            </div>
        </header>
        {shell
            .demonstration
            .then(|| {
                view! {
                    <div class="wm-banner">
                        <div class="nhsuk-width-container">{words.say(Word::ShellDemonstration)}</div>
                    </div>
                }
            })}
        <div class="nhsuk-width-container">
            <Show when=move || has_back.get()>
                <button type="button" class="nhsuk-back-link wm-back-link" on:click=move |_| acts.send(Act::Back)>
                    {words.say(Word::ShellBack)}
                </button>
            </Show>
            <main class="nhsuk-main-wrapper" id=main_id tabindex="-1">
                {page}
            </main>
        </div>
    }
}

/// Help now: the same words in the same place on every page, without any request (facts: 999, 111 option 2
/// and Samaritans serve England).
fn help_now(words: &'static Words, phone: Option<String>) -> impl IntoView {
    let bullets = move |heading: Word, lines: &'static [Word]| {
        view! {
            <h2 class="nhsuk-heading-s">{words.say(heading)}</h2>
            <ul class="nhsuk-list nhsuk-list--bullet">
                {lines.iter().map(|line| view! { <li>{words.say(*line)}</li> }).collect_view()}
            </ul>
        }
    };
    let samaritans = words.say(Word::HelpSamaritans).split_once("116 123").unwrap_or_default();
    view! {
        <details class="wm-help">
            <summary class="wm-help__summary">{words.say(Word::ShellHelpNow)}</summary>
            <div class="wm-help__body">
                <p>{words.say(Word::HelpNotWatched)}</p>
                {bullets(
                    Word::HelpEmergency,
                    &[Word::HelpEmergencyLife, Word::HelpEmergencyHarmed, Word::HelpEmergencySafe],
                )}
                {bullets(Word::HelpUrgent, &[Word::HelpUrgentDistress, Word::HelpUrgentWorried])}
                <p>{words.say(Word::HelpUrgentAlways)}</p>
                <h2 class="nhsuk-heading-s">{words.say(Word::HelpTalk)}</h2>
                <p>{samaritans.0}<a href="tel:116123">"116 123"</a>{samaritans.1}</p>
                {phone.map(|phone| view! { <p>{words.fill(Word::HelpSurgery, &[("phone", &phone)])}</p> })}
            </div>
        </details>
    }
}
