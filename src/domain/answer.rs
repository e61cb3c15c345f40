//! What a person can answer, and where in a questionnaire an answer stands.

use super::ids::LinkId;
pub use super::number::Number;
use super::text::Text;

/// One answer, of one of the types a FHIR R4 Questionnaire can ask for.
/// Texts are kept exactly as typed; numbers and dates keep the characters they were written with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Yes or no.
    Boolean(bool),
    /// A number with a decimal point; keeps its digits, so 12.50 stays 12.50.
    Decimal(Number),
    /// A whole number; FHIR's `integer` is 32 bits, signed.
    Integer(i32),
    /// A calendar date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    Date(Box<str>),
    /// A date with time and zone, in FHIR's `dateTime` form.
    DateTime(Box<str>),
    /// A time of day, `hh:mm:ss`.
    Time(Box<str>),
    /// Words on one line (FHIR `string`) or several (FHIR `text`).
    Text(Box<str>),
    /// A web or other address.
    Url(Box<str>),
    /// A coded choice.
    Coding(Coding),
    /// An amount with a unit.
    Quantity(Quantity),
}

impl Answer {
    /// A whole or decimal answer as a number, with its digits.
    pub fn number(&self) -> Option<Number> {
        match self {
            Self::Decimal(number) => Some(number.clone()),
            Self::Integer(number) => Some((*number).into()),
            Self::Boolean(_)
            | Self::Date(_)
            | Self::DateTime(_)
            | Self::Time(_)
            | Self::Text(_)
            | Self::Url(_)
            | Self::Coding(_)
            | Self::Quantity(_) => None,
        }
    }
}

/// A code from a code system. Two codings are the same answer when system and code agree;
/// the display text never decides (a score once vanished in another language: LHC-Forms #206).
#[derive(Clone, Debug, Default)]
pub struct Coding {
    /// The code system's URI.
    pub system: Option<Box<str>>,
    /// The code system's version.
    pub version: Option<Box<str>>,
    /// The code itself.
    pub code: Option<Box<str>>,
    /// Words for people.
    pub display: Option<Text>,
}

impl PartialEq for Coding {
    fn eq(&self, other: &Self) -> bool {
        if self.code.is_none() && other.code.is_none() {
            let words = |coding: &Self| coding.display.as_ref().map(|text| text.as_str().to_owned());
            return self.system == other.system && words(self) == words(other);
        }
        self.system == other.system && self.code == other.code
    }
}

/// An amount: a number and, usually, a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number.
    pub value: Number,
    /// The unit in words.
    pub unit: Option<Box<str>>,
    /// The unit's code system, usually UCUM.
    pub system: Option<Box<str>>,
    /// The unit's code.
    pub code: Option<Box<str>>,
}

/// Why a person left a question without an answer, when they told us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// "Skip this question."
    PassedOver,
    /// "I would rather talk about it."
    RatherTalk,
}

impl Skip {
    /// The word used on disk and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::PassedOver => "passed-over",
            Self::RatherTalk => "rather-talk",
        }
    }

    /// Reads the word back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::PassedOver, Self::RatherTalk].into_iter().find(|skip| skip.code() == code)
    }
}

/// Where an answer stands: the question, and inside repeated groups which repetition of each,
/// outermost first. Repetitions are numbered when they are added and never renumbered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The question or group.
    pub link_id: LinkId,
    /// The number of each repetition around it, outermost first.
    pub within: Vec<u32>,
}

impl Place {
    /// One word for use as a key: `q2#`, or `q2#0.1` inside two repetitions.
    pub fn key(&self) -> String {
        let mut key = self.link_id.as_str().to_owned();
        key.push('#');
        for (at, number) in self.within.iter().enumerate() {
            if at > 0 {
                key.push('.');
            }
            key.push_str(&number.to_string());
        }
        key
    }

    /// Reads a key back; `None` if it is not one.
    pub fn from_key(key: &str) -> Option<Self> {
        let (link_id, numbers) = key.rsplit_once('#')?;
        let within = if numbers.is_empty() {
            Vec::new()
        } else {
            numbers.split('.').map(|number| number.parse().ok()).collect::<Option<_>>()?
        };
        Some(Self { link_id: LinkId::new(link_id), within })
    }
}

/// What is held at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// The answers, in order; empty when an answer was taken back.
    Answers(Vec<Answer>),
    /// What was typed, as typed, while it cannot be read as an answer of the question's type ("12x" in a
    /// number box): it is kept so that nothing typed is lost, and counts as no answer.
    Typed(Box<str>),
    /// The person said they would not answer here.
    Skipped(Skip),
    /// For a repeated group, or a repeated question with questions under it: the numbers of its
    /// repetitions, in order.
    Repetitions(Vec<u32>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_from_its_key_even_when_the_link_id_holds_a_hash() {
        for (link_id, within) in [("q2", vec![]), ("a#1", vec![]), ("a#", vec![3, 0, 12])] {
            let place = Place { link_id: LinkId::new(link_id), within };
            assert_eq!(Place::from_key(&place.key()), Some(place));
        }
    }

    #[test]
    fn codings_are_the_same_answer_whatever_their_display() {
        let coding = |display| Coding {
            system: Some("s".into()),
            code: Some("c".into()),
            display: Some(Text::plain(display)),
            version: None,
        };
        assert_eq!(coding("Yes"), coding("Ydw"));
    }
}
