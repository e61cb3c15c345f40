//! Which screen is showing, and how it is written in the browser's history.
//!
//! A page turn adds an entry to the history whose *state* names the screen, so that the browser's Back turns
//! one page back. The address and the title never change with it, and no answer is ever in it. The history of
//! somebody else's page is left alone: there the trail of screens is our own (`app/trail.rs`).

use super::surroundings;
use crate::domain::answer::Place;
use crate::domain::explanation::Slug;
use crate::domain::ids::ResponseId;
use crate::ui::kept::Page;
use crate::ui::screens::trouble::Trouble;
use wasm_bindgen::JsValue;

/// Which screen is showing.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Before the first screen is known: the page's own static text.
    Opening,
    /// What this is, and Start.
    Start,
    /// The explanation of this name.
    Explain(Slug),
    /// Why the open questionnaire is asked.
    Before,
    /// The page with the question at this place.
    Ask(Place),
    /// Help because of an answer on the page with this question, before whatever comes next.
    Help(Place),
    /// All answers read back.
    Check,
    /// What became of the answers.
    Done,
    /// Stopping for now: what is kept, and until when.
    Later,
    /// Delete, or keep?
    Stop,
    /// What is kept on this device.
    Kept(Page),
    /// Something is in the way.
    Trouble(Trouble),
}

impl Screen {
    /// Whether Back may lead to it.
    pub fn is_one_to_come_back_to(&self) -> bool {
        match self {
            Self::Opening | Self::Trouble(_) | Self::Done | Self::Later | Self::Stop => false,
            Self::Start
            | Self::Explain(_)
            | Self::Before
            | Self::Ask(_)
            | Self::Help(_)
            | Self::Check
            | Self::Kept(_) => true,
        }
    }

    /// Whether it has a way back of its own.
    pub fn has_back(&self) -> bool {
        match self {
            Self::Before
            | Self::Ask(_)
            | Self::Help(_)
            | Self::Check
            | Self::Explain(_)
            | Self::Kept(_)
            | Self::Later
            | Self::Stop => true,
            Self::Opening | Self::Start | Self::Done | Self::Trouble(_) => false,
        }
    }
}

/// A screen as the history names it, with how many entries of ours stand before it.
pub struct Entry {
    /// How many page turns lie before it in this visit.
    pub depth: u32,
    /// The screen.
    pub screen: Screen,
}

/// Marks our own entries among a page's.
const OURS: &str = "what-matters/1 ";

impl Entry {
    /// The entry's state; `None` for a screen that is not one to come back to.
    fn state(&self) -> Option<String> {
        let screen = match &self.screen {
            Screen::Opening | Screen::Trouble(_) | Screen::Done | Screen::Later | Screen::Stop => {
                return None;
            }
            Screen::Start => "start".to_owned(),
            Screen::Kept(Page::Delete(_)) => return None,
            Screen::Kept(Page::List) => "kept".to_owned(),
            Screen::Kept(Page::Code(id)) => ["code ", id.as_str()].concat(),
            Screen::Kept(Page::Answers(id)) => ["answers ", id.as_str()].concat(),
            Screen::Explain(slug) => ["explain ", slug.as_str()].concat(),
            Screen::Before => "before".to_owned(),
            Screen::Check => "check".to_owned(),
            // The history does not tell that help was shown: it would tell of the answer.
            Screen::Ask(place) | Screen::Help(place) => ["ask ", &place.key()].concat(),
        };
        Some([OURS, &self.depth.to_string(), " ", &screen].concat())
    }

    /// Reads an entry's state; `None` if it is not one of ours.
    pub fn read(state: &JsValue) -> Option<Self> {
        let text = state.as_string()?;
        let (depth, screen) = text.strip_prefix(OURS)?.split_once(' ')?;
        let screen = match screen {
            "start" => Screen::Start,
            "before" => Screen::Before,
            "check" => Screen::Check,
            "kept" => Screen::Kept(Page::List),
            other => match other.split_once(' ')? {
                ("explain", name) => Screen::Explain(Slug::read(name)?),
                ("code", id) => Screen::Kept(Page::Code(ResponseId::parse(id)?)),
                ("answers", id) => Screen::Kept(Page::Answers(ResponseId::parse(id)?)),
                ("ask", key) => Screen::Ask(Place::from_key(key)?),
                _ => return None,
            },
        };
        Some(Self { depth: depth.parse().ok()?, screen })
    }

    /// The entry that is showing, if it is one of ours: after a reload, the page the person was on.
    pub fn showing() -> Option<Self> {
        Self::read(&history()?.state().ok()?)
    }

    /// Writes the entry over the one that is showing.
    pub fn replace(&self) {
        if let (Some(history), Some(state)) = (history(), self.state()) {
            // Refused only in a page without an origin; then Back leaves the page, and nothing is lost.
            let _ = history.replace_state_with_url(&state.into(), "", None);
        }
    }

    /// Adds the entry after the one that is showing. A screen one does not come back to adds nothing.
    pub fn push(&self) -> bool {
        let (Some(history), Some(state)) = (history(), self.state()) else { return false };
        history.push_state_with_url(&state.into(), "", None).is_ok()
    }
}

fn history() -> Option<web_sys::History> {
    if !surroundings::are_ours() {
        return None;
    }
    web_sys::window()?.history().ok()
}

/// Loads the page anew in the place of the entry that is showing, so that Back finds no older copy of it.
pub fn begin_page_anew() {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    // Without the fragment: an address that differs in that alone is not loaded.
    let address = [location.pathname(), location.search()].map(Result::unwrap_or_default).concat();
    // Refused only where a frame may not navigate itself; the page has been cleared already.
    let _ = location.replace(&address);
}

/// One entry back.
pub fn back() -> bool {
    history().is_some_and(|history| history.back().is_ok())
}
