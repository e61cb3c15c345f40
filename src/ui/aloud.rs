//! Reading a page aloud: the button, and which of the device's voices speaks. What is read is in
//! `ui/passages.rs`; the app does the speaking. It never begins by itself.

use crate::ui::act::{Act, Acts};
use crate::ui::markup::{Ask, El, Kid, el};
use crate::ui::screens::explain::link;
use crate::ui::words::{Word, Words};
use std::sync::Arc;

/// How the reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aloud {
    /// It is not known yet whether this browser can read aloud. The button's room is kept.
    Unknown,
    /// This browser cannot read aloud.
    Absent,
    /// Nothing is being read.
    Quiet,
    /// This page is being read.
    Reading,
    /// It cannot be: the device has voices, and none for this language.
    NoVoice,
}

/// The button that starts the reading and stops it.
pub fn aloud(words: &'static Words, acts: &Acts, stands: Ask<Aloud>) -> El {
    let now = stands.clone();
    let label = Arc::new(move || {
        let word = match now() {
            Aloud::Reading => Word::AloudStop,
            Aloud::Unknown | Aloud::Absent | Aloud::Quiet | Aloud::NoVoice => Word::AloudRead,
        };
        words.say(word).into()
    });
    let said = Arc::new(move || match stands() {
        Aloud::NoVoice => words.say(Word::AloudNoVoice).into(),
        Aloud::Unknown | Aloud::Absent | Aloud::Quiet | Aloud::Reading => "".into(),
    });
    el("div")
        .class("wm-aloud")
        .kid(link("", acts.press(Act::ReadAloud)).kid(Kid::LiveText(label)))
        .kid(el("p").attr("role", "status").kid(Kid::LiveText(said)))
}

/// One of the device's voices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Its language; some systems write `en_GB` for `en-GB`.
    pub language: String,
    /// It speaks without a network.
    pub is_local: bool,
}

/// The voice for a language: its very own, else one of another country; of two, one that needs no network.
/// The words of a page never have to leave the device when a local voice will do.
pub fn pick(voices: &[Voice], language: &str) -> Option<usize> {
    let plain = |tag: &str| tag.replace('_', "-").to_ascii_lowercase();
    let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let wanted = plain(language);
    let fit = |voice: &Voice| {
        let has = plain(&voice.language);
        match has == wanted {
            true => Some(2),
            false => (first(&has) == first(&wanted)).then_some(0),
        }
        .map(|fit| fit + i32::from(voice.is_local))
    };
    let fits = voices.iter().enumerate().filter_map(|(at, voice)| Some((fit(voice)?, at)));
    // Of equal ones the first: devices put the person's own choice first.
    fits.max_by_key(|(fit, at)| (*fit, std::cmp::Reverse(*at))).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voices(all: &[(&str, bool)]) -> Vec<Voice> {
        all.iter()
            .map(|(language, is_local)| Voice { language: (*language).to_owned(), is_local: *is_local })
            .collect()
    }

    #[test]
    fn the_voice_is_of_the_very_language_then_of_its_kin_and_never_of_another() {
        let all = voices(&[("de-DE", true), ("en-US", true), ("en_GB", true), ("ur-PK", false)]);
        assert_eq!(pick(&all, "en-GB"), Some(2));
        assert_eq!(pick(&all, "en"), Some(1));
        assert_eq!(pick(&all, "ur"), Some(3));
        assert_eq!(pick(&all, "pa"), None);
        assert_eq!(pick(&[], "en-GB"), None);
    }

    #[test]
    fn of_two_voices_that_fit_one_that_needs_no_network_speaks_and_else_the_first() {
        assert_eq!(pick(&voices(&[("en-GB", false), ("en-GB", true)]), "en-GB"), Some(1));
        assert_eq!(pick(&voices(&[("pl", true), ("pl", true)]), "pl-PL"), Some(0));
        assert_eq!(pick(&voices(&[("en-US", true), ("en-GB", false)]), "en-GB"), Some(1));
    }

    #[test]
    fn the_button_says_what_it_will_do_and_why_it_could_not() {
        let html = |stands| aloud(Words::english(), &Acts::new(|_| ()), Arc::new(move || stands)).html();
        assert!(html(Aloud::Quiet).contains(">Read aloud</button>"));
        assert!(html(Aloud::Reading).contains(">Stop reading</button>"));
        assert!(html(Aloud::NoVoice).contains("no voice for this language"));
    }
}
