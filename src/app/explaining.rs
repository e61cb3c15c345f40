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
    /// The explanation in the page itself.
    pub(super) fn first_explanation(&self) -> Option<Explanation> {
        Explanation::read(FIRST, &self.link_worker())
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
        if slug.as_str() == Slug::FIRST {
            return self.first_explanation().map(Arc::new);
        }
        let kept = self.explanations.borrow();
        kept.iter().find(|(kept, _)| kept == slug).map(|(_, page)| page.clone())
    }

    async fn fetch_explanation(self: Rc<Self>, slug: &Slug) -> Option<Arc<Explanation>> {
        if let Some(page) = self.on_the_shelf(slug) {
            return Some(page);
        }
        let text = match fetch::text(&address(self.language(), slug)).await {
            // Not every language has every explanation; English has.
            Err(FetchFault::Missing) => fetch::text(&address("en-GB", slug)).await,
            other => other,
        };
        let page = Arc::new(Explanation::read(&text.ok()?, &self.link_worker())?);
        self.explanations.borrow_mut().push((slug.clone(), page.clone()));
        Some(page)
    }
}

fn address(language: &str, slug: &Slug) -> String {
    ["content/", language, "/", slug.as_str(), ".txt"].concat()
}
