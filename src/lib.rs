//! What Matters: a patient questionnaire component for social prescribing.
//!
//! It explains, asks, keeps the answers on the device, and hands them over exactly once.
//!
//! # The modules, and who may use whom
//!
//! ```text
//! domain   nouns; no browser, clock, randomness or prose     uses –
//! fhir     the only place that knows FHIR JSON                uses domain
//! engine   the rules; pure functions over domain              uses domain
//! store    durable bytes                                      uses domain
//! collect  handing responses to the service                   uses domain, fhir, store
//! ui       draws domain and engine; owns no answers           uses domain, engine
//! app      the patient's door; joins the others               uses all above
//! setup    the practice's set-up page, a door of its own      uses domain, fhir, ui, app
//! cli      the native command line                            uses domain, fhir, engine, collect, app
//! embed    what JavaScript sees                               uses app
//! ```
//!
//! # Invariants
//!
//! 1. `domain`, `fhir` and `engine` read no clock, no random source and no browser.
//! 2. Beyond `fhir::read` there is no unvalidated FHIR.
//! 3. Every change to an answer is an `engine::Command`.
//! 4. Only `store/local.rs` names local storage, under our prefix; never `clear`, `length` or `get_all`.
//! 5. Only the outbox deletes a finished response, and only against a matching `Receipt` or the patient's
//!    own `Withdrawal`. A finished response never expires.
//! 6. Readable answers never enter logs, events, URLs, error text or any request but the collection.
//! 7. No `inner_html`, no inline style, no inline script.
//! 8. Data never panics.
//!
//! `tests/architecture.rs` enforces the table and what of the list a reader of source text can check.

pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod collect;
pub mod domain;
#[cfg(target_arch = "wasm32")]
pub mod embed;
pub mod engine;
pub mod fhir;
pub mod setup;
pub mod store;
pub mod ui;
