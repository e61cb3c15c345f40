//! The only place that knows FHIR JSON.

pub mod write;
