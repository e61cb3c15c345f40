//! Speaking: the browser's own voices (Web Speech API, SpeechSynthesis). Absent where the browser has none.

use super::door::Door;
use crate::ui::act::Acts;
use crate::ui::aloud::{Aloud, Voice, aloud, pick};
use crate::ui::markup::{El, Kid, el};
use crate::ui::passages::{Passage, passages};
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// A page being read. Dropped, it falls silent.
pub struct Speaking {
    speech: SpeechSynthesis,
    /// Chromium forgets an utterance that nothing holds on to, and then never says that it has ended.
    utterances: Vec<SpeechSynthesisUtterance>,
    _ended: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Speaking {
    fn drop(&mut self) {
        // What is cancelled ends too; nobody is to be told of it.
        if let Some(last) = self.utterances.last() {
            last.set_onend(None);
            last.set_onerror(None);
        }
        self.speech.cancel();
    }
}

fn speech() -> Option<SpeechSynthesis> {
    let window = web_sys::window()?;
    js_sys::Reflect::get(&window, &"SpeechSynthesisUtterance".into()).ok().filter(JsValue::is_function)?;
    window.speech_synthesis().ok().filter(|speech| JsValue::from(speech).is_object())
}

/// The page with the button that reads it aloud, once it is known that the browser can. Its room is there before,
/// for a button that pushed the answers down while somebody reaches for one would make them choose another.
pub fn audible(door: &Door, acts: &Acts, page: El) -> El {
    let (stands, words, acts) = (door.aloud, door.words(), acts.clone());
    let room = (stands.get_untracked() != Aloud::Absent).then(|| {
        let can = Arc::new(move || {
            matches!(stands.get(), Aloud::Quiet | Aloud::Reading | Aloud::NoVoice).then(String::new)
        });
        let button = move |_: &str| aloud(words, &acts, Arc::new(move || stands.get()));
        el("div").class("wm-room").kid(Kid::Slot(can, Box::new(button)))
    });
    el("div").kids(room).kid(page)
}

impl Door {
    /// Reads this page aloud, or stops doing so.
    pub(super) fn read_aloud(self: &Rc<Self>) {
        let was = self.aloud.get_untracked();
        self.hush();
        if was == Aloud::Reading {
            return;
        }
        let Some(speech) = speech() else { return };
        let Ok(Some(main)) = self.host.query_selector("[data-app] .nhsuk-main-wrapper") else { return };
        match self.utter(speech, &passages(&main)) {
            Some(speaking) => {
                *self.speaking.borrow_mut() = Some(speaking);
                self.aloud.set(Aloud::Reading);
            }
            None => self.aloud.set(Aloud::NoVoice),
        }
    }

    /// Offers to read aloud, if this browser can.
    pub(super) fn can_speak(&self) {
        self.aloud.set(if speech().is_some() { Aloud::Quiet } else { Aloud::Absent });
    }

    /// Falls silent: the page has turned, or the person said so.
    pub(super) fn hush(&self) {
        self.speaking.borrow_mut().take();
        if !matches!(self.aloud.get_untracked(), Aloud::Unknown | Aloud::Absent) {
            self.aloud.set(Aloud::Quiet);
        }
    }

    /// `None` if the device has voices and none of them can say any of it.
    fn utter(self: &Rc<Self>, speech: SpeechSynthesis, passages: &[Passage]) -> Option<Speaking> {
        // Some browsers have their voices ready only after they were first asked for; a language is enough.
        let voices: Vec<SpeechSynthesisVoice> =
            speech.get_voices().iter().filter_map(|voice| voice.dyn_into().ok()).collect();
        let known: Vec<Voice> = voices
            .iter()
            .map(|voice| Voice { language: voice.lang(), is_local: voice.local_service() })
            .collect();
        let mut utterances = Vec::new();
        for passage in passages {
            let voice = pick(&known, &passage.language).and_then(|at| voices.get(at));
            if voice.is_none() && !known.is_empty() {
                continue;
            }
            let utterance = SpeechSynthesisUtterance::new_with_text(&passage.words).ok()?;
            utterance.set_lang(&passage.language);
            utterance.set_voice(voice);
            utterances.push(utterance);
        }
        let last = utterances.last()?;
        let door = Rc::downgrade(self);
        let ended = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            let door = door.clone();
            // Not here: falling silent drops this very listener.
            spawn_local(async move {
                if let Some(door) = door.upgrade() {
                    door.hush();
                }
            });
        });
        last.set_onend(Some(ended.as_ref().unchecked_ref()));
        last.set_onerror(Some(ended.as_ref().unchecked_ref()));
        speech.cancel();
        utterances.iter().for_each(|utterance| speech.speak(utterance));
        Some(Speaking { speech, utterances, _ended: ended })
    }
}
