//! Whole pages: what is on each, in which order. They send [`super::act::Act`]s and own nothing.

pub mod answered;
pub mod before;
pub mod check_answers;
pub mod code;
pub mod delete;
pub mod done;
pub mod explain;
pub mod interruption;
pub mod kept;
pub mod later;
pub mod own_answers;
pub mod question;
pub mod shell;
pub mod start;
pub mod still_there;
pub mod stop;
pub mod trouble;
