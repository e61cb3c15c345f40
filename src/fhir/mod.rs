//! The only place that knows FHIR JSON.

pub mod pack;
pub mod read;
pub mod refusal;
pub mod wire;
pub mod write;
