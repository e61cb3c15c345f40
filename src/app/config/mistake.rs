//! What can be wrong with a setting, and what whoever wrote it is told.

use crate::collect::service_key::KeyMistake;

/// What is wrong with a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The document is not JSON.
    NotJson,
    /// A setting nobody reads.
    UnknownKey,
    /// A setting that has to be there.
    Missing,
    /// It should be a list.
    NotAList,
    /// It should be an object.
    NotAnObject,
    /// It should be a text that is not empty.
    NotAText,
    /// It should be true or false.
    NotABoolean,
    /// It should be a whole number within its range.
    NotInRange,
    /// It should be a path on this site or an `https:` address (`http:` only on this very machine).
    NotAnAddress,
    /// It should be an exact origin: `https://host`, with any unusual port, and nothing after.
    NotAnOrigin,
    /// Two questionnaires have the same id, or a language is listed again.
    Twice,
    /// It should be one of a few words.
    NotAWord,
    /// It should be a colour: `#` and six hexadecimal digits.
    NotAColour,
    /// Words in this colour, or on it, would be hard to read.
    HardToRead,
    /// It should be the tag of a language that there are words in.
    UnknownLanguage,
    /// It is longer than there is room for.
    TooLong,
    /// There are more of them than there is room for.
    TooMany,
    /// It should be digits, as one dials them.
    NotAPhoneNumber,
    /// It should be one word of letters and digits.
    NotAKeyword,
    /// This release reads version 1.
    UnknownVersion,
    /// The service's key is no public key that answers can be sealed for.
    Key(KeyMistake),
    /// It should be `personal` or `shared`.
    NotADevice,
    /// A shared device needs the service's key: unsent, a response would be left readable, or lost.
    SharedWithoutKey,
}

impl Mistake {
    /// For the person who wrote the configuration, not for patients.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::NotJson => "is not JSON",
            Self::UnknownKey => "is not a setting we know",
            Self::Missing => "is missing",
            Self::NotAList => "is not a list",
            Self::NotAnObject => "is not an object",
            Self::NotAText => "is not a text, or is empty",
            Self::NotABoolean => "is neither true nor false",
            Self::NotInRange => "is not a whole number in the allowed range",
            Self::NotAnAddress => "is neither a path on this site nor an https address",
            Self::NotAnOrigin => "is not an exact https origin, like https://desk.example",
            Self::Twice => "is used twice",
            Self::SharedWithoutKey => "is shared, which needs the service's public key in collect.key",
            Self::NotAColour => "is not a colour like #005eb8",
            Self::HardToRead => "is too light: it needs a contrast of 4.5 to 1 with white",
            Self::NotAWord => "is not one of the words it may be",
            Self::UnknownLanguage => "is not a language there are words in",
            Self::NotADevice => "is neither \"personal\" nor \"shared\"",
            Self::TooLong => "is too long",
            Self::TooMany => "has too many entries",
            Self::NotAPhoneNumber => "is not a phone number",
            Self::NotAKeyword => "is not one word of letters and digits",
            Self::UnknownVersion => "is not a version we read; this release reads 1",
            Self::Key(mistake) => mistake.explanation(),
        }
    }
}
