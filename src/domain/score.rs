//! Scores: how a number follows from answers, by a closed set of rules.
//!
//! A rule is a questionnaire's own (the reader takes it from an extension of ours), and the engine computes it.
//! Answers count by their codes' numbers or as the whole numbers they are, never by their words.

use super::instrument::ItemIx;
use super::number::Number;

/// How one score is computed.
#[derive(Clone, Debug)]
pub struct ScoreRule {
    /// The rule's name and version, as the record carries it beside the score: `phq9-total 1.0.0`.
    pub algorithm: Box<str>,
    /// The questions that count; never empty, each once.
    pub questions: Box<[Scored]>,
    /// How many of them must be answered for there to be a score: 1 to all of them.
    pub least: usize,
    /// What an unanswered question counts as, where fewer than all need be answered.
    pub unanswered: Unanswered,
    /// What becomes of the numbers.
    pub combine: Combine,
}

/// One question that counts towards a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The question: a choice whose options all have numbers, or a whole number.
    pub question: ItemIx,
    /// How it counts.
    pub counts: Counts,
}

/// How an answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// As it is.
    Plainly,
    /// Turned round: the lowest number for the highest and so on.
    Reversed,
    /// As it is, and there is no score without it: nothing is put in its place.
    Needed,
}

/// What an unanswered question counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing: it is left out of account.
    LeftOut,
    /// The mean of the answered ones; the sum is then rounded to a whole number, halves up.
    Mean,
}

/// What becomes of the numbers.
#[derive(Clone, Debug)]
pub enum Combine {
    /// Their sum, times a whole number (usually 1).
    Sum {
        /// The factor, not 0.
        times: i32,
    },
    /// The mean of the answered, rounded to so many decimal places (0 to 6), halves up.
    Mean {
        /// Digits after the point.
        places: u32,
    },
    /// Their sum, looked up in a table: each sum with what stands for it. No row, no score.
    Lookup {
        /// The rows: no sum twice.
        rows: Box<[(Number, Number)]>,
    },
}
