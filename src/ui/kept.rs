//! What a person can ask for on the pages that show what is kept on this device.

use crate::domain::ids::ResponseId;

/// Which of these pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// All that is kept.
    List,
    /// One response as a code to scan.
    Code(ResponseId),
    /// One response in words.
    Answers(ResponseId),
    /// Delete, or keep?
    Delete(Doomed),
}

/// What is to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doomed {
    /// Answers in progress.
    Draft(ResponseId),
    /// A finished response.
    Finished(ResponseId),
    /// A copy the person keeps for themselves.
    Copy(ResponseId),
    /// What could not be read.
    Unreadable,
    /// What was chosen of how the page reads: the language, Easy Read.
    Choices,
    /// All of it.
    Everything,
}

/// Something a person asked for there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// One of the pages.
    Open(Page),
    /// One response as a file for the service.
    Save(ResponseId),
    /// One response as plain words, for the person.
    SaveWords(ResponseId),
    /// All of it as one file.
    SaveEverything,
    /// What is in the box for the receipt code.
    Typed(String),
    /// To have that code checked.
    Confirm(ResponseId),
    /// To delete it, having been asked.
    Delete(Doomed),
}
