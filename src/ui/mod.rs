//! What a person sees. Draws `domain` and `engine`; owns no answers.

pub mod answer_words;
#[cfg(target_arch = "wasm32")]
pub mod draw;
#[cfg(target_arch = "wasm32")]
pub mod item;
#[cfg(target_arch = "wasm32")]
pub mod live;
pub mod markup;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod parts;
pub mod problem_words;
pub mod words;
