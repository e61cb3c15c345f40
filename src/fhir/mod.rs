//! The only place that knows FHIR JSON.
