//! Where to get help in a crisis: the numbers that are always shown, and what a region may add to them.
//!
//! The built-in numbers serve England. A configuration can add cards below them, such as a text line of its
//! own; nothing it says can take a built-in number away.

/// Life at risk, anywhere in the UK.
pub const EMERGENCY: &str = "999";
/// NHS 111, whose option 2 is for mental health: England, all ages, day and night (healthwatchwestberks;
/// shsc.nhs.uk).
pub const URGENT: &str = "111";
/// Samaritans: free, day and night, with the digits grouped as the NHS service manual writes them.
pub const SAMARITANS: &str = "116 123";

/// The most cards a region may add: with more, the numbers would be hard to find.
pub const MOST_CARDS: usize = 4;
/// The most lines on one of them.
pub const MOST_POINTS: usize = 6;
/// The longest heading or line, in characters.
pub const MOST_LETTERS: usize = 120;

/// What a region adds to the built-in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its cards, in order; never empty.
    pub cards: Vec<Card>,
}

/// One more place to get help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Who helps, or when to turn to them.
    pub heading: String,
    /// What to know, a line each.
    pub points: Vec<String>,
    /// The number to call.
    pub call: Option<Phone>,
    /// The word to text, and where to.
    pub text: Option<TextLine>,
}

/// A service reached by text message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// The word to send: letters and digits.
    pub keyword: String,
    /// Where to.
    pub number: Phone,
}

/// A phone number as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(Box<str>);

impl Phone {
    /// Reads a number: 3 to 15 digits (ITU-T E.164 allows 15), grouped by spaces, hyphens or brackets, with a
    /// plus only in front.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let rest = text.strip_prefix('+').unwrap_or(text);
        let shaped = rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'-' | b'(' | b')'));
        ((3..=15).contains(&digits) && shaped).then(|| Self(text.into()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a phone dials it: digits, and the plus in front if there is one.
    pub fn dialled(&self) -> String {
        self.0.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_digits_however_they_are_grouped() {
        for (written, dialled) in
            [("999", "999"), (" 116 123 ", "116123"), ("+44 (0)20 7946-0000", "+4402079460000")]
        {
            assert_eq!(Phone::parse(written).map(|phone| phone.dialled()).as_deref(), Some(dialled));
        }
        for wrong in
            ["", "99", "1234567890123456", "call 999", "999;ext=1", "99+9", "https://a.example", "٩٩٩"]
        {
            assert_eq!(Phone::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_built_in_numbers_are_numbers() {
        for number in [EMERGENCY, URGENT, SAMARITANS] {
            assert_eq!(Phone::parse(number).map(|phone| phone.as_str().to_owned()).as_deref(), Some(number));
        }
    }
}
