//! Explanations: fetched when they are wanted, kept while the page is open.

use super::door::Door;
use super::fetch;
use super::screen::Screen;
use crate::domain::explanation::{Explanation, Slug};
use crate::store::keys::EASY;
use crate::ui::focus;
use crate::ui::screens::explain::{Reading, Shown};
use crate::ui::tongue::Tongue;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

const ENGLISH: &str = Tongue::ENGLISH.tag;

/// The explanation that is in the page itself, compiled in: it is there without a network.
const FIRST: &str = include_str!("../../public/content/en-GB/what-is-social-prescribing.txt");

/// What people ask most, fetched once the first page stands: a few kilobytes, and then there without a network.
const ASKED_MOST: [&str; 4] =
    ["why-was-i-asked", "who-is-a-link-worker", "what-happens-first", "who-sees-my-answers"];

/// The explanations that there are in every language. The others, and Easy Read, are in English only: they are
/// not asked for in vain. `tests/languages.rs` holds the list to the folders.
fn is_translated(slug: &Slug) -> bool {
    slug.as_str() == Slug::FIRST || ASKED_MOST.contains(&slug.as_str())
}

impl Door {
    /// The explanation on the first page: in the language shown if it has come, else the one in the page itself.
    pub(super) fn first_explanation(&self) -> Option<Shown> {
        self.kept(&Slug::read(Slug::FIRST)?, false, self.language()).or_else(|| self.compiled_in())
    }

    /// Fetches it in the language shown.
    pub(super) async fn fetch_first_explanation(&self) {
        if let Some(slug) = Slug::read(Slug::FIRST) {
            self.fetch_explanation(&slug, false).await;
        }
    }

    fn compiled_in(&self) -> Option<Shown> {
        let page = Arc::new(Explanation::read(FIRST, &self.link_worker())?);
        Some(Shown { slug: Slug::read(Slug::FIRST)?, easy: false, language: ENGLISH, page })
    }

    /// Turns to an explanation; again, if it is showing and did not come.
    pub(super) fn explain(self: &Rc<Self>, slug: Slug) {
        self.look_up(&slug);
        let screen = Screen::Explain(slug);
        if self.screen.get_untracked() != screen {
            self.turn(screen);
        }
    }

    /// The screen of an explanation that the browser's history led to, looked up.
    pub(super) fn looked_up(self: &Rc<Self>, slug: Slug) -> Screen {
        self.look_up(&slug);
        Screen::Explain(slug)
    }

    /// Turns to it as Easy Read or no longer so. The choice holds for the explanations that follow.
    pub(super) fn explain_easy(self: &Rc<Self>, slug: Slug, easy: bool) {
        self.easy.set(easy);
        // The next person at a shared device has not chosen it.
        if let Some(keeper) = self.keeper.borrow().as_ref().filter(|_| !self.is_shared()) {
            let slots = keeper.slots();
            // A device that does not remember it asks again the next time; nothing is lost.
            let _ = if easy { slots.put(EASY, "") } else { slots.remove(EASY) };
        }
        self.explain(slug);
    }

    /// As the person chose on an earlier visit.
    pub(super) fn recall_easy(&self) {
        let keeper = self.keeper.borrow();
        self.easy.set(keeper.as_ref().is_some_and(|keeper| matches!(keeper.slots().get(EASY), Ok(Some(_)))));
    }

    /// Makes an explanation the one that is read: at once if it is here, else when it comes.
    pub(super) fn look_up(self: &Rc<Self>, slug: &Slug) {
        self.hush();
        if let Some(shown) = self.on_the_shelf(slug) {
            self.reading.set(Reading::Here(shown));
            return self.focus_on_heading();
        }
        self.reading.set(Reading::Fetching);
        let (door, slug) = (self.clone(), slug.clone());
        spawn_local(async move {
            let shown = door.fetch_shown(&slug).await;
            if door.screen.try_get_untracked() == Some(Screen::Explain(slug.clone())) {
                door.reading.set(shown.map_or(Reading::Failed(slug), Reading::Here));
                door.focus_on_heading();
            }
        });
    }

    /// Fetches what is asked most, so that it can be read when the network has gone.
    pub(super) async fn look_ahead(self: Rc<Self>) {
        for name in [Slug::INDEX].into_iter().chain(ASKED_MOST) {
            if let Some(slug) = Slug::read(name) {
                self.fetch_explanation(&slug, false).await;
            }
        }
    }

    fn focus_on_heading(&self) {
        let host = self.host.clone();
        spawn_local(async move {
            leptos::task::tick().await;
            focus::on_page(&host);
        });
    }

    /// What can be shown of it without fetching anything.
    fn on_the_shelf(&self, slug: &Slug) -> Option<Shown> {
        let shown = self.kept(slug, false, self.language())?;
        if self.easy.get() && shown.page.has_easy {
            return self.kept(slug, true, self.language());
        }
        Some(shown)
    }

    fn kept(&self, slug: &Slug, easy: bool, language: &str) -> Option<Shown> {
        if !easy && language == ENGLISH && slug.as_str() == Slug::FIRST {
            return self.compiled_in();
        }
        let kept = self.explanations.borrow();
        let same = |kept: &&Shown| kept.slug == *slug && kept.easy == easy && kept.language == language;
        kept.iter().find(same).cloned()
    }

    /// It as it is wanted; where the Easy Read version does not come, the other.
    async fn fetch_shown(&self, slug: &Slug) -> Option<Shown> {
        let shown = self.fetch_explanation(slug, false).await?;
        if self.easy.get()
            && shown.page.has_easy
            && let Some(easy) = self.fetch_explanation(slug, true).await
        {
            return Some(easy);
        }
        Some(shown)
    }

    /// In the language of the page, or else in English: not every language has every explanation.
    async fn fetch_explanation(&self, slug: &Slug, easy: bool) -> Option<Shown> {
        for language in [self.language(), ENGLISH] {
            if let Some(shown) = self.kept(slug, easy, language) {
                return Some(shown);
            }
            if language != ENGLISH && (easy || !is_translated(slug)) {
                continue;
            }
            let folder = if easy { "/easy/" } else { "/" };
            let address = ["content/", language, folder, slug.as_str(), ".txt"].concat();
            let Ok(text) = fetch::text(&address).await else { continue };
            let Some(page) = Explanation::read(&text, &self.link_worker()) else { continue };
            let shown = Shown { slug: slug.clone(), easy, language, page: Arc::new(page) };
            self.explanations.borrow_mut().push(shown.clone());
            return Some(shown);
        }
        None
    }
}
