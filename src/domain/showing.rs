//! That a person was shown where to get help, and when: what was shown, never a judgement of the person.

/// Help was shown because of an answer that has a safety rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Showing {
    /// When: a FHIR `dateTime` with seconds and the offset of the device's own clock.
    pub at: Box<str>,
    /// Where in the questionnaire.
    pub occasion: Occasion,
}

/// Where in the questionnaire help was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// Between the answer and the next page.
    Question,
    /// With the confirmation at the end.
    End,
}

impl Occasion {
    /// The word used on disk and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::End => "end",
        }
    }

    /// Reads the word back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Question, Self::End].into_iter().find(|occasion| occasion.code() == code)
    }
}
