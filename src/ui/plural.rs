//! Which form of a sentence goes with a number: "1 minute", "2 minutes".
//!
//! The rules are those of the Unicode CLDR for whole numbers ("Language Plural Rules"), for the languages the
//! interface is written in. `tests/web_languages.rs` compares them with the browser's own `Intl.PluralRules`.

use crate::domain::text::primary;

/// CLDR's plural categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// `zero`
    Zero,
    /// `one`
    One,
    /// `two`
    Two,
    /// `few`
    Few,
    /// `many`
    Many,
    /// `other`, which every language has.
    Other,
}

impl Category {
    /// CLDR's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The category with a name.
    pub fn named(name: &str) -> Option<Self> {
        use Category::{Few, Many, One, Other, Two, Zero};
        [Zero, One, Two, Few, Many, Other].into_iter().find(|category| category.name() == name)
    }
}

/// The category of a whole number in a language (BCP 47). A language without a rule here follows English.
pub fn category(language: &str, number: u64) -> Category {
    use Category::{Few, Many, One, Other, Two, Zero};
    let (tens, ones) = (number % 100, number % 10);
    match (primary(language), number) {
        ("ar", 0) => Zero,
        ("ar", 2) => Two,
        (_, 1) => One,
        ("ar", _) if (3..=10).contains(&tens) => Few,
        ("ar", _) if tens >= 11 => Many,
        ("pl", _) if (2..=4).contains(&ones) && !(12..=14).contains(&tens) => Few,
        ("pl", _) => Many,
        ("ro", _) if number == 0 || (1..=19).contains(&tens) => Few,
        ("bn" | "pa" | "pt", 0) => One,
        _ => Other,
    }
}

/// The categories that whole numbers have in a language, besides that of the sentence without a category:
/// `other`, or in Polish, where no whole number is `other`, `many`.
pub fn forms(language: &str) -> &'static [Category] {
    use Category::{Few, Many, One, Two, Zero};
    match primary(language) {
        "ar" => &[Zero, One, Two, Few, Many],
        "pl" | "ro" => &[One, Few],
        _ => &[One],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_the_form_its_language_gives_it() {
        use Category::{Few, Many, One, Other, Two, Zero};
        for (language, number, expected) in [
            ("en-GB", 0, Other),
            ("en-GB", 1, One),
            ("en-GB", 21, Other),
            ("pl", 1, One),
            ("pl", 4, Few),
            ("pl", 5, Many),
            ("pl", 12, Many),
            ("pl", 22, Few),
            ("pl", 112, Many),
            ("ro", 0, Few),
            ("ro", 19, Few),
            ("ro", 20, Other),
            ("ro", 101, Few),
            ("ar", 0, Zero),
            ("ar", 2, Two),
            ("ar", 3, Few),
            ("ar", 11, Many),
            ("ar", 100, Other),
            ("ar", 103, Few),
            ("bn", 0, One),
            ("ur", 0, Other),
        ] {
            assert_eq!(category(language, number), expected, "{language} {number}");
        }
    }

    #[test]
    fn every_category_a_whole_number_has_is_among_the_forms_or_the_base() {
        for language in ["en-GB", "pl", "ro", "pa", "ur", "pt", "ar", "bn"] {
            let base = if language == "pl" { Category::Many } else { Category::Other };
            for number in 0..1000 {
                let category = category(language, number);
                assert!(category == base || forms(language).contains(&category), "{language} {number}");
            }
        }
    }
}
