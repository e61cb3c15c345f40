//! The rules: answers in progress and what they imply. Pure functions over `domain`.
//!
//! A [`Session`] holds the answers to one questionnaire. The one way to change it is
//! [`Session::apply`] with a [`Command`]; what came of it is told as [`Changes`]. Everything else reads:
//! which items are asked ([`Session::is_enabled`]), what is wrong with an answer ([`check`]), what stands
//! on one page ([`steps`]), what the finished response says ([`Session::freeze`]).
//!
//! No clock, no randomness, no browser, no prose, no JSON. A change costs what depends on it, however
//! long the form is.

mod apply;
pub mod check;
pub mod command;
pub mod compare;
mod enable;
pub mod evaluator;
mod fit;
mod freeze;
mod grow;
pub mod kept;
pub mod node;
mod plan;
pub mod safety;
pub mod score;
pub mod session;
pub mod steps;
pub mod typing;

pub use command::{Changes, Command, Declined};
pub use node::NodeIx;
pub use session::Session;
