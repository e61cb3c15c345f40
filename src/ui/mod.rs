//! What a person sees. Draws `domain` and `engine`; owns no answers.

pub mod act;
pub mod aloud;
pub mod appearance;
#[cfg(target_arch = "wasm32")]
pub mod draw;
mod first_words;
#[cfg(target_arch = "wasm32")]
pub mod focus;
#[cfg(all(target_arch = "wasm32", feature = "gallery"))]
pub mod gallery;
pub mod help;
#[cfg(target_arch = "wasm32")]
pub mod item;
pub mod kept;
#[cfg(target_arch = "wasm32")]
pub mod live;
pub mod markup;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod parts;
#[cfg(target_arch = "wasm32")]
pub mod passages;
pub mod plural;
pub mod problem_words;
pub mod read_back;
pub mod rows;
pub mod saying;
pub mod screens;
pub mod shape;
pub mod tongue;
pub mod word;
pub mod words;
