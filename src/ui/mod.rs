//! What a person sees. Draws `domain` and `engine`; owns no answers.

pub mod act;
#[cfg(target_arch = "wasm32")]
pub mod draw;
#[cfg(target_arch = "wasm32")]
pub mod focus;
#[cfg(target_arch = "wasm32")]
pub mod live;
pub mod markup;
pub mod parts;
pub mod saying;
pub mod screens;
pub mod word;
pub mod words;
