//! Reading a FHIR R4 Questionnaire into an [`Instrument`], or refusing it with every reason at once.
//!
//! What is refused is what would make us show or record something wrong. What is only ignored, shown
//! differently or not computed is told in notes. The lists in `elements`, `extensions`, `control` and
//! `refusal` decide, and `docs/support.md` is printed from them.
//!
//! Source: FHIR R4 (4.0.1) Questionnaire with its invariants que-0 to que-13, ValueSet, and SDC 3.0.0.

mod circle;
pub mod conditions;
pub mod control;
pub mod elements;
pub mod extensions;
mod fit;
mod fold;
mod initial;
mod item;
pub mod item_type;
mod kind;
pub mod limits;
mod moment;
mod options;
mod questionnaire;
pub mod response;
mod safety;
pub mod said;
mod score;
mod value;
mod value_sets;
mod walk;
mod words;
mod xhtml;

pub use questionnaire::{Survey, survey};
pub use value_sets::ValueSets;

use super::refusal::{Note, Refusal};
use crate::domain::instrument::Instrument;

/// A questionnaire we can show, and what is worth saying about it.
#[derive(Debug)]
pub struct Reading {
    /// What we can show.
    pub instrument: Instrument,
    /// What is ignored, shown differently or not computed; empty in WASM without the feature `notes`.
    pub notes: Vec<Note>,
}

/// Reads a questionnaire. `supplied` are value sets the configuration brings; nothing is fetched.
///
/// # Errors
///
/// Every reason why it cannot be shown as it is meant, each with its place.
pub fn questionnaire(json: &str, supplied: &ValueSets) -> Result<Reading, Vec<Refusal>> {
    let survey = survey(json, supplied);
    match survey.instrument {
        Some(instrument) => Ok(Reading { instrument, notes: survey.notes }),
        None => Err(survey.refusals),
    }
}
