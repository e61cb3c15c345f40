//! How large the letters are and which colours the page has: one tap away on every page, like the languages.

use super::Example;
use crate::ui::appearance::{Appearance, Colours, TextSize};
use crate::ui::markup::{Ask, El, Kid, Str, el};
use crate::ui::words::{Word, Words};
use std::sync::{Arc, Mutex};

/// A summary that opens the choices. `now` is how the page looks, once that can be changed: the choices come then,
/// into a place that is kept for their summary, so that nothing else moves. `choose` is told how it is to look.
/// `kept` says that the choice is remembered, where it is.
pub fn settings(
    words: &'static Words,
    now: Ask<Option<Appearance>>,
    kept: bool,
    choose: impl FnMut(Appearance) + Send + 'static,
) -> El {
    let choose: Choose = Arc::new(Mutex::new(choose));
    let is = now.clone();
    let there = Arc::new(move || is().is_some().then(String::new));
    let choices = move |_: &str| choices(words, &now, kept, &choose);
    el("details")
        .class("wm-settings")
        .kid(el("summary").class("wm-settings__summary").text(words.say(Word::SettingsLabel)))
        .kid(Kid::Slot(there, Box::new(choices)))
}

type Choose = Arc<Mutex<dyn FnMut(Appearance) + Send>>;

#[inline(never)] // not needed for the first question
fn choices(words: &'static Words, now: &Ask<Option<Appearance>>, kept: bool, choose: &Choose) -> El {
    let now = now.clone();
    let now: Ask<Appearance> = Arc::new(move || now().unwrap_or_default());
    let choice = |label: Word, class: Str, with: fn(Appearance, usize) -> Appearance, at: usize| {
        let (is, set, choose) = (now.clone(), now.clone(), choose.clone());
        let pressed = Arc::new(move || {
            let now = is();
            Some(if with(now, at) == now { "true".into() } else { "false".into() })
        });
        let button = el("button").class(class).attr("type", "button").live("aria-pressed", pressed);
        button.text(words.say(label)).on("click", move |_| {
            if let Ok(mut choose) = choose.lock() {
                choose(with(set(), at));
            }
            true
        })
    };
    let row = |title: Word, choices: Vec<El>| {
        el("fieldset")
            .class("wm-settings__row")
            .kid(el("legend").text(words.say(title)))
            .kid(el("div").class("wm-settings__choices").kids(choices))
    };
    let sizes =
        SIZES.iter().enumerate().map(|(at, (label, class))| choice(*label, (*class).into(), sized, at));
    let colours = COLOURS.iter().enumerate();
    let colours = colours.map(|(at, label)| choice(*label, "wm-settings__choice".into(), coloured, at));
    el("div")
        .class("wm-settings__body")
        .kid(row(Word::SettingsText, sizes.collect()))
        .kid(row(Word::SettingsColours, colours.collect()))
        .kids(kept.then(|| el("p").text(words.say(Word::SettingsKept))))
}

/// In the order of [`TextSize::ALL`]; each button shows its own size.
const SIZES: [(Word, &str); 3] = [
    (Word::SettingsUsual, "wm-settings__choice"),
    (Word::SettingsLarge, "wm-settings__choice wm-settings__choice--large"),
    (Word::SettingsLargest, "wm-settings__choice wm-settings__choice--largest"),
];

/// In the order of [`Colours::ALL`].
const COLOURS: [Word; 3] = [Word::SettingsUsual, Word::SettingsMore, Word::SettingsDark];

fn sized(now: Appearance, at: usize) -> Appearance {
    Appearance { text: TextSize::ALL.get(at).copied().unwrap_or_default(), ..now }
}

fn coloured(now: Appearance, at: usize) -> Appearance {
    Appearance { colours: Colours::ALL.get(at).copied().unwrap_or_default(), ..now }
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let with = |now: Appearance| settings(Words::english(), Arc::new(move || Some(now)), true, |_| ());
    let large = Appearance { text: TextSize::Large, colours: Colours::More };
    vec![("closed", with(Appearance::default())), ("open", with(large).flag("open", true))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_size_and_one_choice_of_colours_are_pressed() {
        let now = Appearance { text: TextSize::Largest, colours: Colours::Dark };
        let html = settings(Words::english(), Arc::new(move || Some(now)), false, |_| ()).html();
        assert_eq!(html.matches("aria-pressed=\"true\"").count(), 2, "{html}");
        assert!(html.contains("aria-pressed=\"true\">Largest</button>"), "{html}");
        assert!(html.contains("aria-pressed=\"true\">Dark</button>"), "{html}");
        assert!(!html.contains("remember"), "a device that forgets does not say that it remembers: {html}");
    }

    #[test]
    fn before_they_can_be_changed_only_their_place_is_there() {
        let html = settings(Words::english(), Arc::new(|| None), true, |_| ()).html();
        let place = "<details class=\"wm-settings\"><summary class=\"wm-settings__summary\">Settings</summary></details>";
        assert_eq!(html, place);
    }

    #[test]
    fn choosing_a_size_leaves_the_colours_and_the_other_way_round() {
        let now = Appearance { text: TextSize::Large, colours: Colours::More };
        assert_eq!(sized(now, 2), Appearance { text: TextSize::Largest, colours: Colours::More });
        assert_eq!(coloured(now, 0), Appearance { text: TextSize::Large, colours: Colours::Usual });
        assert_eq!(SIZES.len(), TextSize::ALL.len());
        assert_eq!(COLOURS.len(), Colours::ALL.len());
    }
}
