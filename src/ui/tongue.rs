//! The languages the interface is written in, each by its tag and its own name, so that they can be offered
//! before any of their words are fetched. Which of them a practice offers is in its configuration.

use crate::domain::text::primary;

/// A language the interface is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue {
    /// Its tag (BCP 47), as in the configuration and in the names of its files.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

const fn ltr(tag: &'static str, name: &'static str) -> Tongue {
    Tongue { tag, name, direction: "ltr" }
}

const fn rtl(tag: &'static str, name: &'static str) -> Tongue {
    Tongue { tag, name, direction: "rtl" }
}

/// British English first, in which the interface is complete by construction; then seven of the most spoken
/// main languages in England and Wales (Census 2021), the most spoken first.
pub const TONGUES: [Tongue; 8] = [
    ltr("en-GB", "English"),
    ltr("pl", "Polski"),
    ltr("ro", "Română"),
    ltr("pa", "ਪੰਜਾਬੀ"),
    rtl("ur", "اردو"),
    ltr("pt", "Português"),
    rtl("ar", "العربية"),
    ltr("bn", "বাংলা"),
];

impl Tongue {
    /// British English.
    pub const ENGLISH: &'static Self = &TONGUES[0];

    /// The language with this tag.
    pub fn find(tag: &str) -> Option<&'static Self> {
        TONGUES.iter().find(|tongue| tongue.tag.eq_ignore_ascii_case(tag))
    }

    /// Whether this is the language the interface is first written in.
    pub fn is_english(&self) -> bool {
        self.tag == Self::ENGLISH.tag
    }
}

/// Which way a language is written.
pub fn direction(tag: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 11] = ["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];
    let is = |other: &&str| other.eq_ignore_ascii_case(primary(tag));
    let script = tag.split('-').nth(1).unwrap_or_default();
    if RIGHT_TO_LEFT.iter().any(is) || script.eq_ignore_ascii_case("arab") { "rtl" } else { "ltr" }
}
