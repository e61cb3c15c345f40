//! Answers that must not wait: which ones are met at once with where to get help.

use super::answer::Answer;

/// The answers of one question that are met at once, before the next question, with where to get help now.
///
/// Nobody watches the answers as they are given, so the page itself has to answer them (house rule for item 9
/// of the PHQ-9: any answer above "Not at all"). It is decided by codes, never by words or by a total.
#[derive(Clone, Debug)]
pub struct SafetyRule {
    /// The answers; never empty, and each one of the question's options.
    pub triggers: Box<[Answer]>,
}

impl SafetyRule {
    /// Whether one of these answers is met with help.
    pub fn is_triggered_by(&self, answers: &[Answer]) -> bool {
        answers.iter().any(|answer| self.triggers.contains(answer))
    }
}
