//! Which languages a practice offers, and its own words in them.

use super::reader::{Reader, below, element};
use super::{Config, Mistake};
use crate::domain::text::primary;
use crate::ui::tongue::Tongue;
use serde_json::{Map, Value};

/// A practice's own words: in English, and in other languages where it gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnWords {
    english: String,
    others: Vec<(&'static str, String)>,
}

impl OwnWords {
    /// Words in English.
    pub fn english(&self) -> &str {
        &self.english
    }

    /// The words in this language, if the practice gives them.
    pub fn given(&self, tag: &str) -> Option<&str> {
        if primary(tag) == "en" {
            return Some(&self.english);
        }
        self.others.iter().find(|(other, _)| *other == tag).map(|(_, words)| words.as_str())
    }
}

impl From<&str> for OwnWords {
    fn from(english: &str) -> Self {
        Self { english: english.to_owned(), others: Vec::new() }
    }
}

impl Config {
    /// The language to begin in: the one the page's address asks for, else the one chosen on this device
    /// before, else the first. Only languages on offer count.
    pub fn first_language(&self, asked: Option<&str>, before: Option<&str>) -> &'static Tongue {
        let offered = |tag: &str| self.languages.iter().find(|tongue| tongue.tag.eq_ignore_ascii_case(tag));
        let wanted = asked.and_then(offered).or_else(|| before.and_then(offered));
        wanted.or_else(|| self.languages.first()).copied().unwrap_or(Tongue::ENGLISH)
    }
}

impl Reader {
    /// `"languages": ["en-GB", "pl"]`. A translation that nobody has checked is shown only where a practice
    /// names it here. English is always on offer, at the end if it is not named.
    pub(super) fn languages(&mut self, root: &Map<String, Value>) -> Vec<&'static Tongue> {
        let mut languages: Vec<&'static Tongue> = Vec::new();
        for (at, value) in self.list(root, "languages").iter().enumerate() {
            let path = element("languages", at);
            match value.as_str().map(Tongue::find) {
                None => self.fault(&path, Mistake::NotAText),
                Some(None) => self.fault(&path, Mistake::UnknownLanguage),
                Some(Some(tongue)) if languages.contains(&tongue) => self.fault(&path, Mistake::Twice),
                Some(Some(tongue)) => languages.push(tongue),
            }
        }
        if !languages.contains(&Tongue::ENGLISH) {
            languages.push(Tongue::ENGLISH);
        }
        languages
    }

    /// A practice's words: a text in English, or an object of texts by language, English among them.
    pub(super) fn own_words(&mut self, value: &Value, path: &str) -> Option<OwnWords> {
        let Some(object) = value.as_object() else {
            let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
            if text.is_none() {
                self.fault(path, Mistake::NotAText);
            }
            return text.map(OwnWords::from);
        };
        self.own_words_by_language(object, path)
    }

    #[inline(never)] // not needed for the first question
    fn own_words_by_language(&mut self, object: &Map<String, Value>, path: &str) -> Option<OwnWords> {
        let mut words = OwnWords::default();
        for key in object.keys() {
            let Some(tongue) = Tongue::find(key) else {
                self.fault(&below(path, key), Mistake::UnknownLanguage);
                continue;
            };
            let Some(text) = self.text(object, path, key, true) else { continue };
            if tongue.is_english() {
                words.english = text;
            } else {
                words.others.push((tongue.tag, text));
            }
        }
        if !object.contains_key(Tongue::ENGLISH.tag) {
            self.fault(&below(path, Tongue::ENGLISH.tag), Mistake::Missing);
        }
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(more: &str) -> Result<Config, Vec<(String, Mistake)>> {
        let json = [r#"{"version": 1, "practice": {"name": "A"}"#, more, "}"].concat();
        Config::read(&json)
            .map_err(|faults| faults.into_iter().map(|fault| (fault.path, fault.mistake)).collect())
    }

    fn tags(more: &str) -> Vec<&'static str> {
        read(more)
            .map(|config| config.languages.iter().map(|tongue| tongue.tag).collect())
            .unwrap_or_default()
    }

    #[test]
    fn only_english_is_on_offer_until_a_practice_names_more() {
        assert_eq!(tags(""), ["en-GB"]);
        assert_eq!(tags(r#", "languages": []"#), ["en-GB"]);
        assert_eq!(tags(r#", "languages": ["pl", "en-GB", "ur"]"#), ["pl", "en-GB", "ur"]);
        assert_eq!(tags(r#", "languages": ["pl"]"#), ["pl", "en-GB"]);
    }

    #[test]
    fn a_language_we_have_no_words_in_is_refused_with_its_place() {
        let faults = read(r#", "languages": ["en-GB", "tlh", "pl", "pl", 7]"#).err().unwrap_or_default();
        let expected = [
            ("languages[1]", Mistake::UnknownLanguage),
            ("languages[3]", Mistake::Twice),
            ("languages[4]", Mistake::NotAText),
        ];
        assert_eq!(faults, expected.map(|(path, mistake)| (path.to_owned(), mistake)));
    }

    #[test]
    fn a_language_that_is_not_on_offer_is_never_begun_in() {
        let Ok(config) = read(r#", "languages": ["en-GB", "pl", "ur"]"#) else { unreachable!() };
        assert_eq!(config.first_language(None, None).tag, "en-GB");
        assert_eq!(config.first_language(Some("ur"), Some("pl")).tag, "ur");
        assert_eq!(config.first_language(Some("ar"), Some("pl")).tag, "pl");
        assert_eq!(config.first_language(Some("ar"), Some("bn")).tag, "en-GB");
    }

    #[test]
    fn a_practice_may_say_its_words_in_several_languages() {
        let Ok(config) = read(r#", "linkWorker": {"en-GB": "community connector", "pl": "doradca"}"#) else {
            unreachable!()
        };
        assert_eq!(config.link_worker.given("pl"), Some("doradca"));
        assert_eq!(config.link_worker.given("ur"), None);
        assert_eq!(config.link_worker.english(), "community connector");
        let faults = read(r#", "linkWorker": {"pl": "", "tlh": "x"}"#).err().unwrap_or_default();
        for expected in [
            ("linkWorker.pl", Mistake::NotAText),
            ("linkWorker.tlh", Mistake::UnknownLanguage),
            ("linkWorker.en-GB", Mistake::Missing),
        ] {
            assert!(faults.contains(&(expected.0.to_owned(), expected.1)), "{expected:?} in {faults:?}");
        }
    }
}
