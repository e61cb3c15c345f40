//! The pages of the open questionnaire: which there are now, and which comes before or after which.

use super::door::Door;
use super::screen::Screen;
use crate::domain::answer::Place;
use crate::engine::steps::{self, Step};

impl Door {
    pub(super) fn steps(&self) -> Vec<Step> {
        let Some(open) = self.open.borrow().clone() else { return Vec::new() };
        open.live.with(|session| steps::steps(session, self.layout))
    }

    pub(super) fn place_of(&self, step: &Step) -> Option<Place> {
        let open = self.open.borrow().clone()?;
        Some(open.live.with(|session| session.place(step.key)))
    }

    /// The page a place is on now.
    pub(super) fn step_at(&self, place: &Place) -> Option<Step> {
        let steps = self.steps();
        let at = self.position(&steps, place)?;
        steps.into_iter().nth(at)
    }

    pub(super) fn position(&self, steps: &[Step], place: &Place) -> Option<usize> {
        let open = self.open.borrow().clone()?;
        let node = open.live.with(|session| session.find(place))?;
        steps
            .iter()
            .position(|step| step.key == node)
            .or_else(|| steps.iter().position(|step| step.nodes.contains(&node)))
    }

    /// How far along a page is, when that can be said truthfully.
    pub(super) fn progress(&self, place: &Place) -> Option<(usize, usize)> {
        let steps = self.steps();
        let at = self.position(&steps, place)?;
        let open = self.open.borrow().clone()?;
        let progress = open.live.with(|session| steps::progress(session, self.layout, &steps, at));
        progress.of.filter(|of| *of > 1).map(|of| (progress.at + 1, of))
    }

    /// Whether a place is on the first page of questions.
    pub(super) fn is_first(&self, place: &Place) -> bool {
        self.position(&self.steps(), place) == Some(0)
    }

    pub(super) fn first_step(&self) -> Option<Place> {
        self.place_of(self.steps().first()?)
    }

    pub(super) fn last_step(&self) -> Option<Place> {
        self.place_of(self.steps().last()?)
    }

    pub(super) fn step_beside(&self, place: &Place, by: isize) -> Option<Place> {
        let steps = self.steps();
        let at = self.position(&steps, place)?;
        self.place_of(steps.get(at.checked_add_signed(by)?)?)
    }

    /// The page a place is on, or the first page if it is on none now.
    pub(super) fn nearest(&self, place: Place) -> Screen {
        let on = self.step_at(&place).and_then(|step| self.place_of(&step));
        on.or_else(|| self.first_step()).map_or(Screen::Check, Screen::Ask)
    }

    pub(super) fn current_draft_step(&self) -> Option<Place> {
        let open = self.open.borrow().clone()?;
        let draft = open.draft.borrow();
        draft.step.as_ref().and_then(|(_, key)| Place::from_key(key))
    }
}
