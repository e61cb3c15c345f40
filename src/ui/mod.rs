//! What a person sees. Draws `domain` and `engine`; owns no answers.

pub mod words;
