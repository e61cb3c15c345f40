//! The nouns of the product: questionnaires we can show, answers people give, and what becomes of them.
//!
//! Nothing here reads a clock, a random source, a browser or a file, and nothing here is a sentence for
//! people. What each value may be is decided where it is made, so the rest of the code need not ask again.

pub mod answer;
pub mod draft;
pub mod explanation;
pub mod help;
pub mod hex;
pub mod ids;
pub mod instrument;
pub mod keepsake;
pub mod moment;
pub mod number;
pub mod ordered;
pub mod parcel;
pub mod pattern;
pub mod picture;
pub mod prose;
pub mod receipt;
pub mod response;
pub mod safety;
pub mod score;
pub mod showing;
pub mod text;
pub mod translation;
