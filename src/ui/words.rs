//! The words of the interface: one sentence for each thing the product says, in each language.
//!
//! English is compiled in from `public/words/en-GB.json` and is complete (a test says so); another language
//! is a file of the same shape, read when it is wanted. Question texts are not here: they belong to the
//! questionnaire and its own translations.

use super::word::KEYS;
pub use super::word::Word;
use serde_json::Value;
use std::sync::OnceLock;

/// Why a file of words cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordFault {
    /// It is not a JSON object of texts.
    Unreadable,
    /// A key is missing.
    Missing(&'static str),
    /// A key that no part of the interface says.
    Unknown(String),
    /// A text whose placeholders differ from the English ones.
    Placeholders(&'static str),
}

/// The words of one language, complete.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    texts: Box<[Box<str>]>,
}

const ENGLISH: &str = include_str!("../../public/words/en-GB.json");

impl Words {
    /// British English, compiled in.
    pub fn english() -> &'static Self {
        static ENGLISH_WORDS: OnceLock<Words> = OnceLock::new();
        ENGLISH_WORDS.get_or_init(|| {
            let (texts, _) = lines(ENGLISH).unwrap_or_default();
            Self { texts: texts.into_iter().map(Option::unwrap_or_default).collect() }
        })
    }

    /// Reads a file of words.
    ///
    /// # Errors
    /// Every missing or unknown key and every placeholder that differs from the English, all at once.
    pub fn read(json: &str) -> Result<Self, Vec<WordFault>> {
        let Some((texts, mut faults)) = lines(json) else { return Err(vec![WordFault::Unreadable]) };
        for (at, text) in texts.iter().enumerate() {
            match text {
                None => faults.push(WordFault::Missing(KEYS[at])),
                Some(text) if placeholders(text) != placeholders(&Self::english().texts[at]) => {
                    faults.push(WordFault::Placeholders(KEYS[at]));
                }
                Some(_) => {}
            }
        }
        if faults.is_empty() {
            Ok(Self { texts: texts.into_iter().flatten().collect() })
        } else {
            Err(faults)
        }
    }

    /// The words as they stand in the file.
    pub fn say(&self, word: Word) -> &str {
        self.texts.get(word as usize).map_or("", |text| text)
    }

    /// The words with each `{name}` replaced by its value. A value is never searched for placeholders.
    pub fn fill(&self, word: Word, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.say(word);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                out.push_str(value);
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// The texts by position in [`KEYS`], and a fault for each unknown key; `None` if it is not an object of texts.
fn lines(json: &str) -> Option<(Vec<Option<Box<str>>>, Vec<WordFault>)> {
    let Value::Object(entries) = serde_json::from_str(json).ok()? else { return None };
    let mut texts = vec![None; KEYS.len()];
    let mut faults = Vec::new();
    for (key, value) in &entries {
        let text = value.as_str()?;
        match KEYS.iter().position(|known| known == key) {
            Some(at) => texts[at] = Some(text.into()),
            None => faults.push(WordFault::Unknown(key.clone())),
        }
    }
    Some((texts, faults))
}

/// The `{names}` in a text, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_words_are_complete_and_hold_nothing_more() {
        assert_eq!(Words::read(ENGLISH).as_ref(), Ok(Words::english()));
    }

    #[test]
    fn each_placeholder_is_filled_and_a_value_is_never_searched_again() {
        let words = Words::english();
        assert_eq!(words.fill(Word::AskProgress, &[("at", "{of}"), ("of", "4")]), "Page {of} of 4");
    }

    #[test]
    fn a_file_with_a_missing_key_an_extra_key_and_a_lost_placeholder_says_all_three() {
        let broken =
            ENGLISH.replacen("\"item.yes\"", "\"item.aye\"", 1).replacen("Page {at} of {of}", "Page {at}", 1);
        let faults = Words::read(&broken).err().unwrap_or_default();
        assert!(faults.contains(&WordFault::Missing("item.yes")));
        assert!(faults.contains(&WordFault::Unknown("item.aye".to_owned())));
        assert!(faults.contains(&WordFault::Placeholders("ask.progress")));
        assert_eq!(Words::read("[]"), Err(vec![WordFault::Unreadable]));
    }

    #[test]
    fn no_english_sentence_is_longer_than_twenty_words() {
        for text in &Words::english().texts {
            for sentence in text.split(['.', '?', '!', ':']) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
        }
    }
}
