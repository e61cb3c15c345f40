//! The seam for computed values. The expressions a questionnaire carries (FHIRPath, score rules) are not
//! this engine's business; whoever computes them is asked after every change and fills in what follows.

use super::command::Changes;
use super::node::NodeIx;
use super::session::Session;
use crate::domain::answer::Answer;

/// Computes answers from other answers.
pub trait Evaluator {
    /// The answers that follow from the session as it now stands. Called once at the start with no
    /// changes, then after every change, and again after its own answers were filled in, until it has
    /// none to give or [`MOST_ROUNDS`] are over. Each is filled in as [`super::Command::Fill`] would.
    fn compute(&mut self, session: &Session, changes: &Changes) -> Vec<(NodeIx, Vec<Answer>)>;
}

/// How many times in a row an evaluator is asked after one change: enough for values computed from
/// computed values, and an end for two that chase each other.
pub const MOST_ROUNDS: usize = 8;
