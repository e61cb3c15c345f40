//! The patient's door: joins the other modules. The only module that performs effects.

pub mod circumstances;
pub mod config;
pub mod idle;
pub mod lifespan;
pub mod told;

#[cfg(target_arch = "wasm32")]
mod address;
#[cfg(target_arch = "wasm32")]
mod appearing;
#[cfg(target_arch = "wasm32")]
mod before;
#[cfg(target_arch = "wasm32")]
mod clock;
#[cfg(target_arch = "wasm32")]
mod collecting;
#[cfg(target_arch = "wasm32")]
pub mod door;
#[cfg(target_arch = "wasm32")]
mod explaining;
#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod finishing;
#[cfg(target_arch = "wasm32")]
mod framed;
#[cfg(target_arch = "wasm32")]
mod helping;
#[cfg(target_arch = "wasm32")]
mod keeping;
#[cfg(target_arch = "wasm32")]
mod kept;
#[cfg(target_arch = "wasm32")]
mod leaving;
#[cfg(target_arch = "wasm32")]
mod listening;
#[cfg(target_arch = "wasm32")]
mod looks;
#[cfg(target_arch = "wasm32")]
mod mistakes;
#[cfg(target_arch = "wasm32")]
mod opening;
#[cfg(target_arch = "wasm32")]
mod own_copy;
#[cfg(target_arch = "wasm32")]
mod pages;
#[cfg(target_arch = "wasm32")]
mod reading_aloud;
#[cfg(target_arch = "wasm32")]
mod returning;
#[cfg(target_arch = "wasm32")]
pub mod saving;
#[cfg(target_arch = "wasm32")]
mod screen;
#[cfg(target_arch = "wasm32")]
mod sealing;
#[cfg(target_arch = "wasm32")]
mod sending;
#[cfg(target_arch = "wasm32")]
mod shared_device;
#[cfg(target_arch = "wasm32")]
mod speaking;
#[cfg(target_arch = "wasm32")]
mod starting;
#[cfg(target_arch = "wasm32")]
mod stocking;
#[cfg(target_arch = "wasm32")]
pub mod surroundings;
#[cfg(target_arch = "wasm32")]
mod taking_up;
#[cfg(target_arch = "wasm32")]
mod telling;
#[cfg(target_arch = "wasm32")]
mod telling_page;
#[cfg(target_arch = "wasm32")]
mod trail;
#[cfg(target_arch = "wasm32")]
mod turning;
#[cfg(target_arch = "wasm32")]
mod view;
