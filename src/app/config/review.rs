//! Who reads the answers, and how soon: without it, measures that can tell of danger are not asked.
//!
//! A score or an answer on such a measure lies on the device until it is collected. So the practice says who
//! reviews, within how many hours, and that answers reach them at once or that staff are present.

use super::reader::{Reader, below};
use super::{Config, Mistake};
use crate::domain::instrument::Instrument;
use crate::ui::markup::foreign;
use crate::ui::screens::interruption;
use crate::ui::tongue::Tongue;
use serde_json::{Map, Value};

/// Who reads the answers, and how soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Who: a person's role, as people call it.
    pub reviewer: String,
    /// Within how many hours of sending, 1 to 72.
    pub within_hours: u32,
    /// How the answers reach them.
    pub collection_mode: CollectionMode,
}

/// How answers reach who reviews them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionMode {
    /// They are sent as soon as they are finished, so there must be somewhere to send them.
    Immediate,
    /// A member of staff is with the person.
    StaffPresent,
}

const PATH: &str = "review";

impl Reader {
    /// The part `review`. Mistakes in it refuse the configuration: it is a promise about safety.
    pub(super) fn review(&mut self, root: &Map<String, Value>, sends: bool) -> Option<Review> {
        self.given_review(root.get(PATH)?, sends)
    }

    #[inline(never)] // not needed for the first question
    fn given_review(&mut self, value: &Value, sends: bool) -> Option<Review> {
        let known = ["reviewer", "withinHours", "collectionMode"];
        let object = self.object(value, PATH, &known)?;
        let reviewer = self.text(object, PATH, "reviewer", true);
        let within_hours = self.number(object, PATH, "withinHours", 72);
        if object.get("withinHours").is_none() {
            self.fault(&below(PATH, "withinHours"), Mistake::Missing);
        }
        let collection_mode = match self.text(object, PATH, "collectionMode", true).as_deref() {
            Some("immediate") => {
                if !sends {
                    self.fault("collect.fhir", Mistake::Missing);
                }
                Some(CollectionMode::Immediate)
            }
            Some("staff-present") => Some(CollectionMode::StaffPresent),
            Some(_) => {
                self.fault(&below(PATH, "collectionMode"), Mistake::NotAWord);
                None
            }
            None => None,
        };
        Some(Review { reviewer: reviewer?, within_hours: within_hours?, collection_mode: collection_mode? })
    }
}

impl Config {
    /// Who reads the answers and how soon, for the page that shows help because of one. The role is in the
    /// practice's own words, which are English.
    pub fn reviewer(&self, language: &str) -> Option<interruption::Review> {
        let review = self.review.as_ref()?;
        let who = match Tongue::find(language) {
            Some(tongue) if !tongue.is_english() => foreign(Tongue::ENGLISH.tag, &review.reviewer),
            Some(_) | None => review.reviewer.clone(),
        };
        Some(interruption::Review { who, hours: review.within_hours })
    }

    /// Whether a questionnaire may be asked here: one that requires review only where the practice says who
    /// reviews, and how soon.
    pub fn may_ask(&self, instrument: &Instrument) -> bool {
        !instrument.review_required || self.review.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::read::{ValueSets, questionnaire};
    use crate::ui::act::Acts;
    use crate::ui::help::Help;
    use crate::ui::words::Words;

    fn config(review: &str, collect: &str) -> Result<Config, Vec<(String, Mistake)>> {
        let json = [r#"{"version": 1, "practice": {"name": "A"}"#, review, collect, "}"].concat();
        Config::read(&json)
            .map_err(|faults| faults.into_iter().map(|fault| (fault.path, fault.mistake)).collect())
    }

    const SENDS: &str = r#", "collect": {"fhir": {"base": "https://a.example"}}"#;

    #[test]
    fn measures_that_need_review_are_asked_only_where_the_practice_says_who_and_how_soon() {
        let read = |json| questionnaire(json, &ValueSets::default()).map(|read| read.instrument);
        let ons4 = read(include_str!("../../../public/instruments/ons4.json"));
        for measure in [
            include_str!("../../../public/instruments/phq4.json"),
            include_str!("../../../public/instruments/phq9.json"),
            include_str!("../../../public/instruments/gad7.json"),
        ] {
            let measure = read(measure);
            let (Ok(measure), Ok(ons4)) = (&measure, &ons4) else { unreachable!("both are read") };
            let review = r#", "review": {"reviewer": "duty link worker", "withinHours": 4, "collectionMode": "immediate"}"#;
            let without = config("", SENDS);
            let with = config(review, SENDS);
            assert_eq!(without.as_ref().map(|config| config.may_ask(measure)), Ok(false));
            assert_eq!(without.as_ref().map(|config| config.may_ask(ons4)), Ok(true));
            assert_eq!(with.as_ref().map(|config| config.may_ask(measure)), Ok(true));
        }
    }

    #[test]
    fn help_that_an_answer_brings_up_names_the_reviewer_of_the_configuration() {
        let review = r#", "review": {"reviewer": "duty link worker", "withinHours": 4, "collectionMode": "immediate"}"#;
        let Ok(config) = config(review, SENDS) else { unreachable!("it is in order") };
        let help = Help { words: Words::english(), region: None, phone: None };
        let review = config.reviewer("en-GB");
        let page =
            interruption::Interruption { help, link_worker: "link worker".to_owned(), shared: false, review };
        let html = interruption::interruption(&page, &Acts::new(|_| ())).html();
        assert!(html.contains("The duty link worker reads them within 4 hours"), "{html}");
        let in_urdu = config.reviewer("ur").map(|review| review.who);
        assert_eq!(in_urdu, Some(foreign("en-GB", "duty link worker")));
        let none = super::tests::config("", SENDS).ok().and_then(|config| config.reviewer("en-GB"));
        assert_eq!(none, None, "nobody is promised whom the practice has not named");
    }

    #[test]
    fn a_review_that_promises_too_little_refuses_the_configuration() {
        let review = |inside: &str| [r#", "review": {"#, inside, "}"].concat();
        for (inside, sends, path, mistake) in [
            (r#""withinHours": 4, "collectionMode": "immediate""#, true, "review.reviewer", Mistake::Missing),
            (
                r#""reviewer": "a", "collectionMode": "immediate""#,
                true,
                "review.withinHours",
                Mistake::Missing,
            ),
            (r#""reviewer": "a", "withinHours": 4"#, true, "review.collectionMode", Mistake::Missing),
            (
                r#""reviewer": " ", "withinHours": 4, "collectionMode": "immediate""#,
                true,
                "review.reviewer",
                Mistake::NotAText,
            ),
            (
                r#""reviewer": "a", "withinHours": 73, "collectionMode": "immediate""#,
                true,
                "review.withinHours",
                Mistake::NotInRange,
            ),
            (
                r#""reviewer": "a", "withinHours": 4, "collectionMode": "later""#,
                true,
                "review.collectionMode",
                Mistake::NotAWord,
            ),
            (
                r#""reviewer": "a", "withinHours": 4, "collectionMode": "immediate", "by": 1"#,
                true,
                "review.by",
                Mistake::UnknownKey,
            ),
            (
                r#""reviewer": "a", "withinHours": 4, "collectionMode": "immediate""#,
                false,
                "collect.fhir",
                Mistake::Missing,
            ),
        ] {
            let read = config(&review(inside), if sends { SENDS } else { "" });
            assert_eq!(read.err(), Some(vec![(path.to_owned(), mistake)]), "{inside}");
        }
        let present = r#""reviewer": "a", "withinHours": 4, "collectionMode": "staff-present""#;
        assert!(config(&review(present), "").is_ok_and(|config| config.review.is_some()));
    }
}
