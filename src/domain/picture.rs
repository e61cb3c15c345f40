//! The drawings of this project: a closed set, so that no questionnaire and no text can name anything else.
//!
//! A picture never says anything alone. It stands beside words and is not read aloud.

/// One of our drawings; they are the rows of `public/pictures.svg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture(&'static str);

/// Their names, in the order of the rows.
pub const NAMES: [&str; 34] = [
    "family",
    "home",
    "money",
    "work",
    "learning",
    "health",
    "feelings",
    "travel",
    "activities",
    "caring",
    "safety",
    "something-else",
    "talk",
    "link-worker",
    "surgery",
    "phone",
    "calendar",
    "clock",
    "private",
    "yes",
    "no",
    "urgent",
    "send",
    "group",
    "outdoors",
    "question",
    "device",
    "write",
    "tea",
    "bin",
    "medicine",
    "bed",
    "video",
    "together",
];

impl Picture {
    /// The drawing with this name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|known| **known == name).map(|known| Self(known))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_drawing_we_have_can_be_named() {
        assert_eq!(Picture::named("home").map(Picture::name), Some("home"));
        for other in ["", "Home", "home ", "home urgent", "../home", "url(x)"] {
            assert_eq!(Picture::named(other), None, "{other}");
        }
    }
}
