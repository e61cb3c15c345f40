//! What is wrong with the answers on a page, beside each question and in the list at its top.

use super::door::{Door, Open};
use super::screen::Screen;
use crate::engine::NodeIx;
use crate::engine::check::{self, Problem};
use crate::engine::steps::Step;
use crate::ui::problem_words::problem_words;
use leptos::prelude::*;

impl Door {
    /// Says what is wrong on this page again, in the language shown now.
    pub(super) fn say_problems_again(&self) {
        let (Some(open), Screen::Ask(place)) = (self.open.borrow().clone(), self.screen.get_untracked())
        else {
            return;
        };
        if let Some(step) = self.step_at(&place).filter(|_| !self.errors.with_untracked(Vec::is_empty)) {
            self.errors.set(self.problems_on(&open, &step));
        }
    }

    /// What is wrong on a page, shown beside each question and given as the lines of the list.
    pub(super) fn problems_on(&self, open: &Open, step: &Step) -> Vec<(NodeIx, String)> {
        let mut errors = Vec::new();
        for node in &step.nodes {
            let problems = open.live.with(|session| {
                if session.is_enabled(*node) { check::problems(session, *node) } else { Vec::new() }
            });
            let skipped = open.live.with(|session| session.skipped(*node).is_some());
            let problems: Vec<Problem> = problems
                .into_iter()
                .filter(|problem| !(skipped && *problem == Problem::Unanswered))
                .collect();
            for problem in &problems {
                let line = open.live.with(|session| {
                    problem_words(self.words(), problem, session.item(*node), self.language())
                });
                errors.push((*node, line));
            }
            open.live.show_problems(*node, problems);
        }
        errors
    }
}
