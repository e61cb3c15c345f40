//! Which language everything is shown in: chosen at the start, changed at any time, remembered.
//!
//! A change draws the page anew from what the door knows. Answers, what is typed, the page and its place in
//! the browser's history are not part of the view, so nothing of them changes.

use super::address;
use super::circumstances;
use super::config::{Config, LINK_WORKER, OwnWords};
use super::door::{Door, Open};
use super::fetch;
use super::opening;
use super::screen::Screen;
use super::view;
use crate::domain::instrument::Instrument;
use crate::domain::text::{Text, primary};
use crate::store::setting::Setting;
use crate::ui::focus;
use crate::ui::markup::foreign;
use crate::ui::tongue::Tongue;
use crate::ui::words::{Word, Words};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

thread_local! {
    /// Every file of words that has been fetched, for as long as the page is open: the view borrows them, and
    /// somebody who tries two languages goes back and forth without a network.
    static FETCHED: RefCell<Vec<&'static Words>> = const { RefCell::new(Vec::new()) };
}

impl Door {
    /// Takes the language to begin in, before the first screen. Where its words do not come, it is English.
    pub(super) async fn speak_first(self: &Rc<Self>, config: &Config) {
        let keeper = self.keeper.borrow().clone();
        let before = keeper.and_then(|keeper| Setting::Language.read(&*keeper.slots()));
        let first = config.first_language(address::language(&self.host).as_deref(), before.as_deref());
        match words(first).await {
            Some(words) => self.words.set(words),
            None => self.language_failed.set(true),
        }
        self.fetch_first_explanation().await;
    }

    /// Shows everything in another language, as the person asked. Of two asked for one after the other, the
    /// last one counts.
    pub(super) fn speak(self: &Rc<Self>, tongue: &'static Tongue) {
        self.next_language.set(Some(tongue));
        let door = self.clone();
        spawn_local(async move {
            let words = words(tongue).await;
            if door.next_language.get() != Some(tongue) {
                return;
            }
            let Some(words) = words else { return door.language_failed.set(true) };
            door.note_languages(tongue);
            door.language_failed.set(false);
            door.hush();
            door.words.set(words);
            if !tongue.is_english() {
                door.translate_circumstances();
            }
            // Which language somebody reads is theirs, too: a device that many people use forgets it.
            if let Some(keeper) = door.keeper.borrow().as_ref().filter(|_| !door.is_shared()) {
                Setting::Language.keep(&*keeper.slots(), tongue.tag);
            }
            door.fetch_first_explanation().await;
            if door.words().tongue() != tongue {
                return;
            }
            if let Screen::Explain(slug) = door.screen.get_untracked() {
                door.look_up(&slug);
            }
            door.say_problems_again();
            door.clone().remount();
            leptos::task::tick().await;
            focus::on_id(&door.host, &view::language_id());
            door.look_ahead().await;
        });
    }

    /// The circumstances in the language shown: they are our own words, and a questionnaire carries them in
    /// English only, so that its first question is not longer in coming.
    #[inline(never)] // not needed for the first question
    pub(super) fn translate_circumstances(&self) {
        let open = self.open.borrow().clone();
        if let (Some(open), Some(words)) = (open, opening::circumstances_in_all_languages()) {
            open.live.learn(&words);
        }
    }

    /// On a device that many people use, the next person begins in the practice's first language.
    pub(super) fn forget_language(self: &Rc<Self>) {
        let first = self.config.borrow().as_ref().map(|config| config.first_language(None, None));
        if let Some(first) = first.filter(|first| self.is_shared() && *first != self.words().tongue()) {
            self.speak(first);
        }
    }

    /// Once answers have been given, every language they were given in is on record.
    fn note_languages(&self, next: &'static Tongue) {
        let Some(open) = self.open.borrow().clone() else { return };
        let now = self.language();
        let record = open.live.with(|session| circumstances::languages_so_far(session, now, next.tag));
        if let Some(command) = record {
            open.live.send(command);
        }
    }

    /// What this area calls its link worker, in the language shown: the practice's own word for it, else the
    /// usual one, else the practice's English one.
    pub(super) fn link_worker(&self) -> String {
        let words = self.words();
        let config = self.config.borrow();
        let Some(config) = config.as_ref() else { return words.say(Word::LanguageLinkWorker).to_owned() };
        match config.link_worker.given(words.tongue().tag) {
            Some(given) => given.to_owned(),
            None if config.link_worker.english() == LINK_WORKER => {
                words.say(Word::LanguageLinkWorker).to_owned()
            }
            None => self.own_words(&config.link_worker),
        }
    }

    /// A practice's own words in the language shown, or in English and marked as English.
    pub(super) fn own_words(&self, words: &OwnWords) -> String {
        match words.given(self.language()) {
            Some(given) => given.to_owned(),
            None => foreign(Tongue::ENGLISH.tag, words.english()),
        }
    }

    /// The languages on offer; none where English is the only one.
    pub(super) fn languages(&self) -> Vec<&'static Tongue> {
        let config = self.config.borrow();
        let languages = config.as_ref().map(|config| config.languages.clone()).unwrap_or_default();
        if languages.len() > 1 { languages } else { Vec::new() }
    }

    /// The language a questionnaire's own words are shown in: the one of the page where all its words are
    /// there, else its own.
    pub(super) fn language_of(&self, open: &Open) -> String {
        let (instrument, shown) = (&open.opened.instrument, self.language());
        match &instrument.language {
            Some(own) if !circumstances::speaks(instrument, shown) => own.to_string(),
            Some(_) | None => shown.to_owned(),
        }
    }

    /// Words of a questionnaire, marked where they are not in the language shown.
    pub(super) fn asked(&self, instrument: &Instrument, text: &Text) -> String {
        match text.in_language(self.language()) {
            (words, true) => words.to_owned(),
            (words, false) => self.in_its_own_words(instrument, words),
        }
    }

    /// Words that a questionnaire has in its own language alone, such as its licence.
    pub(super) fn in_its_own_words(&self, instrument: &Instrument, words: &str) -> String {
        match instrument.language.as_deref() {
            Some(own) if !same(own, self.language()) => foreign(own, words),
            Some(_) | None => words.to_owned(),
        }
    }

    /// The line that says whose a questionnaire is.
    pub(super) fn licence(&self, instrument: &Instrument) -> Option<String> {
        instrument.copyright.as_deref().map(|line| self.in_its_own_words(instrument, line))
    }

    /// The questions are not in the language of the page: they stay in their own, and the page says so.
    pub(super) fn is_untranslated(&self, open: &Open) -> bool {
        !same(&self.language_of(open), self.language())
    }
}

/// Whether two tags are of one language (BCP 47: their first parts).
pub(super) fn same(one: &str, other: &str) -> bool {
    primary(one).eq_ignore_ascii_case(primary(other))
}

/// The words of a language, fetched if they are not here yet; `None` if they do not come or are no words.
async fn words(tongue: &'static Tongue) -> Option<&'static Words> {
    if tongue.is_english() {
        return Some(Words::english());
    }
    let here = FETCHED.with_borrow(|all| all.iter().copied().find(|words| words.tongue() == tongue));
    if here.is_some() {
        return here;
    }
    let text = fetch::text(&["words/", tongue.tag, ".json"].concat()).await.ok()?;
    let words: &'static Words = Box::leak(Box::new(Words::fetched(&text)?));
    if words.tongue() != tongue {
        return None;
    }
    FETCHED.with_borrow_mut(|all| all.push(words));
    Some(words)
}
