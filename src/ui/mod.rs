//! What a person sees. Draws `domain` and `engine`; owns no answers.

#[cfg(target_arch = "wasm32")]
pub mod draw;
#[cfg(target_arch = "wasm32")]
pub mod live;
pub mod markup;
pub mod parts;
pub mod words;
