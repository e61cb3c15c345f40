//! What a person sees. Draws `domain` and `engine`; owns no answers.

pub mod act;
#[cfg(target_arch = "wasm32")]
pub mod draw;
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
pub mod plural;
pub mod problem_words;
pub mod read_back;
pub mod saying;
pub mod screens;
pub mod shape;
pub mod tongue;
pub mod word;
pub mod words;
