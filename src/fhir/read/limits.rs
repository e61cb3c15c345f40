//! How much of a questionnaire is read at most. Beyond a limit it is refused by a typed reason.

/// The longest questionnaire, in bytes: 5,000 questions with their options, written with indents.
pub const BYTES: usize = 4_000_000;
/// The most items, counting everything.
pub const ITEMS: usize = 5_000;
/// How deep items may be nested.
pub const DEPTH: u32 = 20;
/// The most options of one question.
pub const OPTIONS: usize = 5_000;
/// The most buttons of a scale.
pub const SCALE_STEPS: i64 = 100;
/// A list longer than this is searched by typing, unless the questionnaire says how to draw it.
pub const LONG_LIST: usize = 60;
/// The most places in a response that answers are taken from.
pub const PLACES: usize = 20_000;
