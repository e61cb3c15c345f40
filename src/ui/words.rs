//! The words of the interface: one sentence for each thing the product says, in each language.
//!
//! English is compiled in from `public/words/en-GB.json` and is complete (a test says so); another language
//! is a file of the same shape, read when it is wanted. Question texts are not here: they belong to the
//! questionnaire and its own translations.
//!
//! # A file of words
//!
//! `about` names the language and says who has checked the translation: `review` is null for a draft, else
//! the name of the person and the day. Every other entry is a key and its sentence. A sentence that changes
//! with a number may have further forms under its key, `#` and a plural category of the language:
//! `stop.unsent#one`. The one without is for all other numbers.

use super::first_words;
use super::markup::foreign;
use super::plural::{Category, category, forms};
use super::tongue::Tongue;
use super::word::KEYS;
pub use super::word::Word;
use serde_json::Value;
use std::ptr;
use std::sync::OnceLock;

/// Why a file of words cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordFault {
    /// It is not a JSON object of texts.
    Unreadable,
    /// `about` does not name one of our languages, its name and direction, and a review or null.
    About,
    /// A key is missing.
    Missing(&'static str),
    /// The form of a sentence for these numbers is missing.
    MissingForm(&'static str, Category),
    /// A key that no part of the interface says, or a form that the language does not have.
    Unknown(String),
    /// A text whose placeholders differ from the English ones.
    Placeholders(String),
}

/// Who has checked a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The native speaker's name.
    pub name: Box<str>,
    /// The day, as `2026-11-22`.
    pub date: Box<str>,
}

/// The words of one language, complete.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    tongue: &'static Tongue,
    review: Option<Review>,
    texts: Box<[Box<str>]>,
    /// Further forms of a sentence, by its position in [`KEYS`].
    forms: Box<[Form]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    of: usize,
    category: Category,
    text: Box<str>,
}

pub(super) const ENGLISH: &str = include_str!("../../public/words/en-GB.json");

impl Words {
    /// British English as far as the first question needs it. What it lacks it takes from [`Self::english`].
    pub fn at_first() -> &'static Self {
        static FIRST_WORDS: OnceLock<Words> = OnceLock::new();
        FIRST_WORDS.get_or_init(|| Self::in_english(&first_words::json()))
    }

    fn in_english(json: &str) -> Self {
        let lines = Lines::read(json).unwrap_or_default();
        Self {
            tongue: Tongue::ENGLISH,
            review: None,
            texts: lines.texts.into_iter().map(Option::unwrap_or_default).collect(),
            forms: lines.forms.into(),
        }
    }

    /// British English, compiled in.
    #[inline(never)] // not needed for the first question
    pub fn english() -> &'static Self {
        static ENGLISH_WORDS: OnceLock<Words> = OnceLock::new();
        ENGLISH_WORDS.get_or_init(|| Self::in_english(ENGLISH))
    }

    /// Reads a file of words as it is fetched: what it lacks is said in English, and marked as English for
    /// screen readers. A page and its words may be of two releases, and a gap must never be silence.
    pub fn fetched(json: &str) -> Option<Self> {
        let lines = Lines::read(json)?;
        let (tongue, review) = lines.about?;
        let english = Self::english();
        let texts = lines.texts.into_iter().zip(&english.texts);
        let texts = texts.map(|(text, own)| text.unwrap_or_else(|| foreign(Tongue::ENGLISH.tag, own).into()));
        let texts = texts.collect();
        Some(Self { tongue, review, texts, forms: lines.forms.into() })
    }

    /// Reads a file of words and finds everything that is wrong with it.
    ///
    /// # Errors
    /// Every missing or unknown key or form and every placeholder that differs from the English, all at once.
    pub fn read(json: &str) -> Result<Self, Vec<WordFault>> {
        let Some(lines) = Lines::read(json) else { return Err(vec![WordFault::Unreadable]) };
        let Some((tongue, review)) = lines.about.clone() else { return Err(vec![WordFault::About]) };
        let faults = lines.faults(tongue);
        if !faults.is_empty() {
            return Err(faults);
        }
        let texts = lines.texts.into_iter().flatten().collect();
        Ok(Self { tongue, review, texts, forms: lines.forms.into() })
    }

    /// The language.
    pub fn tongue(&self) -> &'static Tongue {
        self.tongue
    }

    /// The native speaker who has checked this translation; English, which is not one, has none.
    pub fn review(&self) -> Option<&Review> {
        self.review.as_ref()
    }

    /// Nobody has checked this translation yet: each page says so.
    pub fn is_draft(&self) -> bool {
        !self.tongue.is_english() && self.review.is_none()
    }

    /// The words as they stand in the file.
    pub fn say(&self, word: Word) -> &str {
        match self.texts.get(word as usize) {
            Some(text) if !text.is_empty() => text,
            _ if ptr::eq(self, Self::english()) => "",
            _ => Self::english().say(word),
        }
    }

    /// The words with each `{name}` replaced by its value, in the form that goes with the first value that is
    /// a whole number. A value is never searched for placeholders.
    pub fn fill(&self, word: Word, values: &[(&str, &str)]) -> String {
        if self.texts.get(word as usize).is_none_or(|text| text.is_empty()) && !ptr::eq(self, Self::english())
        {
            return Self::english().fill(word, values);
        }
        let mut out = String::new();
        let mut rest = self.form(word, values).unwrap_or_else(|| self.say(word));
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                self.put(&mut out, value);
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn form(&self, word: Word, values: &[(&str, &str)]) -> Option<&str> {
        let mut forms = self.forms.iter().filter(|form| form.of == word as usize).peekable();
        forms.peek()?;
        let number = values.iter().find_map(|(_, value)| value.parse().ok())?;
        let wanted = category(self.tongue.tag, number);
        forms.find(|form| form.category == wanted).map(|form| &*form.text)
    }

    /// A value among words that run the other way is set apart (U+2068 and U+2069, Unicode Bidirectional
    /// Algorithm): without that "020 7946" is shown as "7946 020" in Arabic.
    fn put(&self, out: &mut String, value: &str) {
        let apart = self.tongue.direction == "rtl" || value.chars().any(runs_right_to_left);
        if apart {
            out.push('\u{2068}');
        }
        out.push_str(value);
        if apart {
            out.push('\u{2069}');
        }
    }
}

/// Whether a letter is Hebrew, Arabic or of their neighbours (the blocks of Unicode that run right to left).
fn runs_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// A file of words, not yet found complete.
#[derive(Default)]
struct Lines {
    about: Option<(&'static Tongue, Option<Review>)>,
    /// By position in [`KEYS`].
    texts: Vec<Option<Box<str>>>,
    forms: Vec<Form>,
    unknown: Vec<WordFault>,
}

impl Lines {
    fn read(json: &str) -> Option<Self> {
        let Value::Object(entries) = serde_json::from_str(json).ok()? else { return None };
        let mut lines = Self { texts: vec![None; KEYS.len()], ..Self::default() };
        for (key, value) in &entries {
            if key == "about" {
                lines.about = about(value);
                continue;
            }
            let text: Box<str> = value.as_str()?.into();
            let (base, form) = key.split_once('#').map_or((&**key, None), |(base, form)| (base, Some(form)));
            let of = KEYS.iter().position(|known| *known == base);
            match (of, form, form.and_then(Category::named)) {
                (Some(of), None, _) => {
                    if let Some(place) = lines.texts.get_mut(of) {
                        *place = Some(text);
                    }
                }
                (Some(of), Some(_), Some(category)) => lines.forms.push(Form { of, category, text }),
                (Some(_), Some(_), None) | (None, ..) => lines.unknown.push(WordFault::Unknown(key.clone())),
            }
        }
        Some(lines)
    }

    /// What is wrong, beside the English: missing and unknown keys and forms, and placeholders that differ.
    fn faults(&self, tongue: &'static Tongue) -> Vec<WordFault> {
        let mut faults = self.unknown.clone();
        let english = Words::english();
        for ((at, text), (key, own)) in self.texts.iter().enumerate().zip(KEYS.iter().zip(&english.texts)) {
            match text {
                None => faults.push(WordFault::Missing(key)),
                Some(text) if placeholders(text) != placeholders(own) => {
                    faults.push(WordFault::Placeholders((*key).to_owned()));
                }
                Some(_) => {}
            }
            let has = |category| self.forms.iter().any(|form| form.of == at && form.category == category);
            if english.forms.iter().any(|form| form.of == at) || self.forms.iter().any(|form| form.of == at) {
                let missing = forms(tongue.tag).iter().filter(|category| !has(**category));
                faults.extend(missing.map(|category| WordFault::MissingForm(key, *category)));
            }
        }
        for form in &self.forms {
            let (Some(key), Some(own)) = (KEYS.get(form.of), english.texts.get(form.of)) else { continue };
            let name = [key, "#", form.category.name()].concat();
            if !forms(tongue.tag).contains(&form.category) {
                faults.push(WordFault::Unknown(name));
            } else if placeholders(&form.text).iter().any(|named| !placeholders(own).contains(named)) {
                // "1 answer" may be said without its number, so a form may have fewer.
                faults.push(WordFault::Placeholders(name));
            }
        }
        faults
    }
}

/// `{"language": "pl", "name": "Polski", "direction": "ltr", "review": null}`; the review has a name and a date.
fn about(value: &Value) -> Option<(&'static Tongue, Option<Review>)> {
    let text = |value: &Value, key: &str| value.get(key)?.as_str().map(Box::<str>::from);
    let tongue = Tongue::find(&text(value, "language")?)?;
    if *tongue.name != *text(value, "name")? || *tongue.direction != *text(value, "direction")? {
        return None;
    }
    let review = match value.get("review")? {
        Value::Null => None,
        given => Some(Review { name: text(given, "name")?, date: text(given, "date")? }),
    };
    Some((tongue, review))
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
    fn the_words_for_the_first_question_say_what_all_the_words_say() {
        let (first, all) = (Words::at_first(), Words::english());
        for (at, key) in KEYS.iter().enumerate() {
            let word = crate::ui::word::ALL[at];
            assert_eq!(first.say(word), all.say(word), "{key}");
            let values = [("count", "3"), ("link-worker", "link worker"), ("date", "1 May")];
            assert_eq!(first.fill(word, &values), all.fill(word, &values), "{key}");
        }
        let here = first.texts.iter().filter(|text| !text.is_empty()).count();
        assert!(here > 30 && here < KEYS.len() / 2, "{here} of {} come first", KEYS.len());
    }

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
        assert!(faults.contains(&WordFault::Placeholders("ask.progress".to_owned())));
        assert_eq!(Words::read("[]"), Err(vec![WordFault::Unreadable]));
    }

    #[test]
    fn a_file_that_says_nothing_of_its_language_or_something_wrong_is_refused() {
        for (with, instead) in [
            ("\"language\": \"en-GB\"", "\"language\": \"tlh\""),
            ("\"direction\": \"ltr\"", "\"direction\": \"rtl\""),
            ("\"review\": null", "\"review\": \"yes\""),
            ("\"review\": null", "\"review\": {\"name\": \"A\"}"),
        ] {
            let broken = ENGLISH.replacen(with, instead, 1);
            assert_eq!(Words::read(&broken), Err(vec![WordFault::About]), "{instead}");
            assert_eq!(Words::fetched(&broken), None, "{instead}");
        }
    }

    #[test]
    fn a_number_chooses_the_form_of_its_sentence() {
        let words = Words::english();
        let said = |count: &str| words.fill(Word::StopUnsent, &[("count", count)]);
        assert!(said("1").starts_with("1 finished set of answers has"), "{}", said("1"));
        assert!(said("2").starts_with("2 finished sets of answers have"), "{}", said("2"));
    }

    #[test]
    fn a_form_that_the_language_has_not_and_one_that_it_lacks_are_refused() {
        let broken = ENGLISH.replacen("\"stop.unsent#one\"", "\"stop.unsent#few\"", 1);
        let faults = Words::read(&broken).err().unwrap_or_default();
        assert!(faults.contains(&WordFault::Unknown("stop.unsent#few".to_owned())), "{faults:?}");
        assert!(faults.contains(&WordFault::MissingForm("stop.unsent", Category::One)), "{faults:?}");
    }

    /// A file in Urdu that has one sentence.
    fn one_sentence() -> Words {
        let json = r#"{"about": {"language": "ur", "name": "اردو", "direction": "rtl", "review": null},
            "help.surgery": "کال کریں {phone}"}"#;
        Words::fetched(json).unwrap_or_else(|| unreachable!("the file is in order"))
    }

    #[test]
    fn what_a_file_lacks_is_said_in_english_and_marked_as_english() {
        let words = one_sentence();
        assert_eq!(words.say(Word::ItemYes), foreign("en-GB", "Yes"));
        let drawn = crate::ui::markup::el("p").text(words.say(Word::ItemYes).to_owned()).html();
        assert_eq!(drawn, "<p><span lang=\"en-GB\" dir=\"ltr\">Yes</span></p>");
    }

    #[test]
    fn a_value_among_words_that_run_the_other_way_is_set_apart() {
        let said = one_sentence().fill(Word::HelpSurgery, &[("phone", "020 7946 0000")]);
        assert_eq!(said, "کال کریں \u{2068}020 7946 0000\u{2069}");
        let said = Words::english().fill(Word::ItemAdd, &[("question", "دوا")]);
        assert_eq!(said, "Add another: \u{2068}دوا\u{2069}");
    }

    #[test]
    fn a_translation_is_a_draft_until_somebody_has_put_their_name_to_it() {
        assert!(one_sentence().is_draft() && !Words::english().is_draft());
        let json = r#"{"about": {"language": "ur", "name": "اردو", "direction": "rtl",
            "review": {"name": "Reviewer", "date": "2026-11-22"}}}"#;
        assert!(Words::fetched(json).is_some_and(|words| !words.is_draft()));
    }

    #[test]
    fn no_english_sentence_is_longer_than_twenty_words() {
        let forms = Words::english().forms.iter().map(|form| &form.text);
        for text in Words::english().texts.iter().chain(forms) {
            for sentence in text.split(['.', '?', '!', ':']) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
        }
    }
}
