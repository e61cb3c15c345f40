//! The patient's door: joins the other modules. The only module that performs effects.

pub mod config;
