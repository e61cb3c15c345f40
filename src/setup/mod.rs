//! The practice's set-up page: a form that writes a configuration, the snippets for a website, and a look at the
//! page they were pasted into. Everything happens in this browser; nothing is sent.
//!
//! A door of its own (`public/setup.html`, `src/bin/setup.rs`), so that a patient downloads none of it. Its words
//! are for staff, and stand here beside what they are about.

pub mod advice;
pub mod boxes;
pub mod entry;
pub mod finding;
pub mod form;
pub mod lines;
pub mod looking;
pub mod measures;
pub mod page_source;
pub mod policy;
pub mod preview;
pub mod screen;
pub mod settings;
pub mod snippet;
pub mod website;

#[cfg(target_arch = "wasm32")]
pub mod door;
