//! Explanations: fetched when they are wanted, kept while the page is open.

use super::door::Door;
use super::fetch::{self, FetchFault};
use super::screen::Screen;
use crate::domain::explanation::{Explanation, Slug};
use crate::ui::focus;
use crate::ui::screens::explain::Reading;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The explanation that is in the page itself, compiled in: it is there without a network.
const FIRST: &str = include_str!("../../public/content/en-GB/what-is-social-prescribing.txt");

/// What people ask most, fetched once the first page stands: a few kilobytes, and then there without a network.
const AHEAD: [&str; 5] =
    [Slug::INDEX, "why-was-i-asked", "who-is-a-link-worker", "what-happens-first", "who-sees-my-answers"];

impl Door {
    /// The explanation that stands on the first page: in the language shown, if it has come.
    pub(super) fn first_explanation(&self) -> Option<Arc<Explanation>> {
        self.on_the_shelf(&Slug::read(Slug::FIRST)?)
    }

    /// Fetches that explanation in the language shown; in English it is in the page itself.
    pub(super) async fn fetch_first_explanation(self: Rc<Self>) {
        if self.words().tongue().is_english() {
            return;
        }
        let Some(slug) = Slug::read(Slug::FIRST) else { return };
        let Ok(text) = fetch::text(&address(self.language(), &slug)).await else { return };
        if let Some(page) = Explanation::read(&text, &self.link_worker()) {
            self.explanations.borrow_mut().push((slug, Arc::new(page)));
        }
    }

    /// Turns to an explanation; again, if it is showing and did not come.
    pub(super) fn explain(self: &Rc<Self>, slug: Slug) {
        self.look_up(&slug);
        let screen = Screen::Explain(slug);
        if self.screen.get_untracked() != screen {
            self.turn(screen);
        }
    }

    /// Makes an explanation the one that is read: at once if it is here, else when it comes.
    pub(super) fn look_up(self: &Rc<Self>, slug: &Slug) {
        if let Some(page) = self.on_the_shelf(slug) {
            return self.reading.set(Reading::Here(page));
        }
        self.reading.set(Reading::Fetching);
        let (door, slug) = (self.clone(), slug.clone());
        spawn_local(async move {
            let page = door.clone().fetch_explanation(&slug).await;
            if door.screen.try_get_untracked() == Some(Screen::Explain(slug.clone())) {
                door.reading.set(page.map_or(Reading::Failed(slug), Reading::Here));
                leptos::task::tick().await;
                focus::on_page(&door.host);
            }
        });
    }

    /// Fetches what is asked most, so that it can be read when the network has gone.
    pub(super) async fn look_ahead(self: Rc<Self>) {
        for name in AHEAD {
            if let Some(slug) = Slug::read(name) {
                self.clone().fetch_explanation(&slug).await;
            }
        }
    }

    fn on_the_shelf(&self, slug: &Slug) -> Option<Arc<Explanation>> {
        let kept = self.explanations.borrow();
        if let Some((_, page)) = kept.iter().find(|(kept, _)| kept == slug) {
            return Some(page.clone());
        }
        let page = Explanation::read((slug.as_str() == Slug::FIRST).then_some(FIRST)?, &self.link_worker())?;
        Some(Arc::new(Explanation { foreign: !self.words().tongue().is_english(), ..page }))
    }

    async fn fetch_explanation(self: Rc<Self>, slug: &Slug) -> Option<Arc<Explanation>> {
        if let Some(page) = self.on_the_shelf(slug) {
            return Some(page);
        }
        let language = self.language();
        let (text, foreign) = match fetch::text(&address(language, slug)).await {
            // Not every language has every explanation; English has.
            Err(FetchFault::Missing) => (fetch::text(&address("en-GB", slug)).await, true),
            other => (other, false),
        };
        let page = Explanation { foreign, ..Explanation::read(&text.ok()?, &self.link_worker())? };
        let page = Arc::new(page);
        if self.language() != language {
            return None;
        }
        self.explanations.borrow_mut().push((slug.clone(), page.clone()));
        Some(page)
    }
}

fn address(language: &str, slug: &Slug) -> String {
    ["content/", language, "/", slug.as_str(), ".txt"].concat()
}
