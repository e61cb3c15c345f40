//! Telling the page around the element what happens: names of events and ids, never an answer.
//!
//! The element's own event `what-matters` carries one text, `<event> <id>`; `public/embed.js` makes of it what
//! `docs/embedding.md` lists.

use super::door::Door;
use crate::domain::ids::ResponseId;
use crate::store::journal::Closed;
use crate::store::mirror::Kept;
use crate::store::outbox::Fate;
use crate::ui::act::Acts;
use crate::ui::markup::El;
use crate::ui::screens::trouble::{Trouble, trouble};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// What happens that a page may want to know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The first answer of a response was given.
    Started,
    /// Answers are in both stores.
    Saved,
    /// A response was finished, and is kept.
    Finished,
    /// The service has shown that it has it.
    Sent,
    /// A page that collects has shown that it has it.
    Collected,
}

impl Event {
    fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Saved => "saved",
            Self::Finished => "finished",
            Self::Sent => "sent",
            Self::Collected => "collected",
        }
    }
}

/// What stands in the way, which a page may want to know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InTheWay {
    /// The configuration did not come, or has mistakes.
    Configuration,
    /// The questionnaire did not come, or cannot be asked.
    Questionnaire,
    /// Neither store keeps answers.
    Storage,
}

impl InTheWay {
    fn name(self) -> &'static str {
        match self {
            Self::Configuration => "error configuration",
            Self::Questionnaire => "error questionnaire",
            Self::Storage => "error storage",
        }
    }
}

impl Door {
    /// Tells the page that this happened to a response.
    #[inline(never)] // not needed for the first question
    pub(super) fn tell_page(&self, event: Event, id: &ResponseId) {
        self.say_to_page(&[event.name(), " ", id.as_str()].concat());
    }

    /// Tells the page what became of a save.
    pub(super) fn tell_page_of_saving(&self, outcome: Result<Kept, Closed>, id: &ResponseId) {
        match outcome {
            Ok(Kept::Both) => self.tell_page(Event::Saved, id),
            Ok(Kept::Nowhere(..)) => self.tell_page_of_trouble(InTheWay::Storage),
            Ok(Kept::LocalOnly(_) | Kept::IndexedOnly(_))
            | Err(Closed::Finished | Closed::Gone | Closed::Newer) => {}
        }
    }

    /// The responses that wait here.
    pub(super) fn waiting_ids(&self) -> Vec<ResponseId> {
        let keeper = self.keeper.borrow();
        let waiting = keeper.as_ref().map(|keeper| keeper.waiting()).unwrap_or_default();
        waiting.into_iter().map(|entry| entry.id).collect()
    }

    /// Tells the page which of those that waited `origin` has shown to have collected.
    pub(super) fn tell_page_of_collected(&self, waited: &[ResponseId], origin: &str) {
        let gone = self.keeper.borrow().as_ref().map(|keeper| keeper.gone()).unwrap_or_default();
        for (id, note) in gone.iter().filter(|(id, _)| waited.contains(id)) {
            if matches!(&note.fate, Fate::Received { collector, .. } if **collector == *origin) {
                self.tell_page(Event::Collected, id);
            }
        }
    }

    /// Tells the page what stands in the way.
    #[inline(never)] // not needed for the first question
    pub(super) fn tell_page_of_trouble(&self, what: InTheWay) {
        self.say_to_page(what.name());
    }

    /// The page that says what is in the way, which the page around hears of too. What leaves nothing to start
    /// with is the configuration.
    pub(super) fn in_trouble(&self, acts: &Acts, what: Trouble) -> El {
        self.tell_page_of_trouble(if what.has_start {
            InTheWay::Questionnaire
        } else {
            InTheWay::Configuration
        });
        trouble(self.words(), acts, what)
    }

    fn say_to_page(&self, said: &str) {
        self.tell_host("what-matters", &said.into(), false);
        self.tell_page_around(said);
    }

    /// Dispatches an event at the element.
    pub(super) fn tell_host(&self, name: &str, detail: &JsValue, bubbles: bool) {
        let init = CustomEventInit::new();
        init.set_detail(detail);
        init.set_bubbles(bubbles);
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            // It cannot be cancelled, and a listener that throws is the page's own affair.
            let _ = self.host.dispatch_event(&event);
        }
    }
}
