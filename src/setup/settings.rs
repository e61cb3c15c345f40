//! What a practice has filled in, and the configuration it makes.
//!
//! The configuration is written here and read by the reader that patients' pages use, so what this page calls right
//! is right there. Settings that have no box are kept as they were taken in.

use super::advice::Advice;
use super::entry::Entry;
use super::lines;
use super::measures::Measure;
use crate::app::config::{Config, ConfigFault, built_in};
use crate::ui::tongue::{TONGUES, Tongue};
use serde_json::{Map, Value, json};

/// The form, as it is filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    words: Vec<(Entry, String)>,
    /// A banner says that this is not a real surgery.
    pub demonstration: bool,
    /// The names of the chosen measures of our own site.
    pub measures: Vec<String>,
    /// The chosen languages beside English.
    pub languages: Vec<&'static str>,
    /// Many people use one device.
    pub shared: bool,
    /// A member of staff is with the person while they answer.
    pub staff_present: bool,
    /// The configuration that was taken in, with what no box shows.
    before: Map<String, Value>,
}

impl Settings {
    /// What a new practice begins with.
    pub fn fresh() -> Self {
        Self { measures: vec!["ons4".to_owned()], ..Self::default() }
    }

    /// The words in a box.
    pub fn word(&self, entry: Entry) -> &str {
        self.words.iter().find(|(at, _)| *at == entry).map_or("", |(_, words)| words)
    }

    /// Puts words into a box.
    pub fn put(&mut self, entry: Entry, words: &str) {
        self.words.retain(|(at, _)| *at != entry);
        self.words.push((entry, words.to_owned()));
    }

    fn given(&self, entry: Entry) -> Option<&str> {
        Some(self.word(entry).trim()).filter(|words| !words.is_empty())
    }

    /// Chooses a measure, or no longer.
    pub fn choose(&mut self, id: &str, on: bool) {
        self.measures.retain(|chosen| chosen != id);
        if on {
            self.measures.push(id.to_owned());
        }
    }

    /// Offers a language, or no longer.
    pub fn speak(&mut self, tag: &'static str, on: bool) {
        self.languages.retain(|chosen| *chosen != tag);
        if on {
            self.languages.push(tag);
        }
    }

    /// Takes in a configuration.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn read(json: &str) -> Result<Self, Vec<ConfigFault>> {
        let config = Config::read(json)?;
        let document = serde_json::from_str(json).unwrap_or_default();
        let Value::Object(before) = document else { return Ok(Self::default()) };
        let at = |path: &str| Value::Object(before.clone()).pointer(path).cloned();
        let text = |path: &str| match at(path)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let mut settings = Self {
            demonstration: config.practice.demonstration,
            languages: config
                .languages
                .iter()
                .filter(|tongue| !tongue.is_english())
                .map(|tongue| tongue.tag)
                .collect(),
            shared: at("/device").is_some_and(|device| device == "shared"),
            staff_present: at("/review/collectionMode").is_some_and(|mode| mode == "staff-present"),
            ..Self::default()
        };
        let offers = at("/questionnaires");
        let offers = offers.as_ref().and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let own: Vec<Value> = offers.iter().filter(|offer| ours(offer).is_none()).cloned().collect();
        settings.measures = offers.iter().filter_map(ours).map(str::to_owned).collect();
        for (entry, words) in [
            (Entry::Practice, text("/practice/name")),
            (Entry::Phone, text("/practice/phone")),
            (Entry::LinkWorker, at("/linkWorker").as_ref().and_then(lines::english)),
            (Entry::Next, Some(lines::shown(at("/whatHappensNext").as_ref(), lines::english))),
            (Entry::Own, Some(lines::shown(Some(&Value::Array(own)), lines::questionnaire))),
            (Entry::Base, text("/collect/fhir/base")),
            (Entry::Key, at("/collect/key").and_then(|key| serde_json::to_string_pretty(&key).ok())),
            (Entry::Days, text("/keepDraftsDays")),
            (Entry::Reviewer, text("/review/reviewer")),
            (Entry::Hours, text("/review/withinHours")),
            (Entry::Places, Some(lines::shown(at("/help/cards").as_ref(), lines::place))),
        ] {
            settings.put(entry, &words.unwrap_or_default());
        }
        settings.before = before;
        Ok(settings)
    }

    /// The configuration, as JSON for people to read.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(&Value::Object(self.document())).unwrap_or_default()
    }

    fn document(&self) -> Map<String, Value> {
        let mut root = self.before.clone();
        root.insert("version".to_owned(), json!(1));
        let mut practice = part(&root, "practice");
        set(&mut practice, "name", self.given(Entry::Practice).map(Value::from));
        set(&mut practice, "phone", self.given(Entry::Phone).map(Value::from));
        set(&mut practice, "demonstration", self.demonstration.then_some(Value::Bool(true)));
        root.insert("practice".to_owned(), Value::Object(practice));

        let link_worker = self.given(Entry::LinkWorker).map(|words| self.own_words("linkWorker", words));
        set(&mut root, "linkWorker", link_worker);
        let next = lines::merged(
            self.word(Entry::Next),
            self.before.get("whatHappensNext"),
            lines::english,
            |line| line.into(),
        );
        set(&mut root, "whatHappensNext", list(next));
        root.insert("questionnaires".to_owned(), Value::Array(self.offers()));
        set(&mut root, "languages", self.tags());

        let mut collect = part(&root, "collect");
        set(&mut collect, "fhir", self.given(Entry::Base).map(|base| json!({ "base": base })));
        set(&mut collect, "key", self.given(Entry::Key).map(key));
        set(&mut root, "collect", Some(collect).filter(|part| !part.is_empty()).map(Value::Object));
        set(&mut root, "keepDraftsDays", self.given(Entry::Days).map(number));
        set(&mut root, "device", self.shared.then(|| "shared".into()));

        let mut review = Map::new();
        set(&mut review, "reviewer", self.given(Entry::Reviewer).map(Value::from));
        set(&mut review, "withinHours", self.given(Entry::Hours).map(number));
        if !review.is_empty() {
            let mode = if self.staff_present { "staff-present" } else { "immediate" };
            set(&mut review, "collectionMode", Some(mode.into()));
        }
        set(&mut root, "review", Some(review).filter(|part| !part.is_empty()).map(Value::Object));
        let before = self.before.get("help").and_then(|help| help.get("cards"));
        let places = lines::merged(self.word(Entry::Places), before, lines::place, lines::place_of);
        set(&mut root, "help", list(places).map(|cards| json!({ "cards": cards })));
        root
    }

    /// As they were taken in if they still read the same, in whatever languages; else in English.
    fn own_words(&self, key: &str, words: &str) -> Value {
        let before = self.before.get(key).filter(|before| lines::english(before).as_deref() == Some(words));
        before.cloned().unwrap_or_else(|| words.into())
    }

    /// The questionnaires, those that were there in their order, then what was chosen since.
    fn offers(&self) -> Vec<Value> {
        let before = self.before.get("questionnaires");
        let own = lines::merged(self.word(Entry::Own), before, lines::questionnaire, lines::questionnaire_of);
        let is_wanted = |offer: &&Value| match ours(offer) {
            Some(id) => self.measures.iter().any(|chosen| chosen == id),
            None => own.contains(offer),
        };
        let there = before.and_then(Value::as_array).into_iter().flatten();
        let mut offers: Vec<Value> = there.filter(is_wanted).cloned().collect();
        for id in &self.measures {
            if !offers.iter().any(|offer| ours(offer) == Some(id)) {
                offers.push(json!({ "id": id }));
            }
        }
        for offer in own {
            if !offers.contains(&offer) {
                offers.push(offer);
            }
        }
        offers
    }

    fn tags(&self) -> Option<Value> {
        let chosen = TONGUES.iter().filter(|tongue| self.languages.contains(&tongue.tag));
        let tags: Vec<Value> = chosen.map(|tongue| tongue.tag.into()).collect();
        let english = std::iter::once(Tongue::ENGLISH.tag.into());
        (!tags.is_empty()).then(|| english.chain(tags).collect())
    }

    /// What is wrong with the configuration these make: what patients' pages would refuse, or leave out.
    pub fn faults(&self) -> Vec<ConfigFault> {
        match Config::read(&self.write()) {
            Ok(config) => config.problems,
            Err(faults) => faults,
        }
    }

    /// What is right, and still not as one may think.
    pub fn advice(&self, measures: &[Measure]) -> Vec<Advice> {
        let chosen = |measure: &&Measure| self.measures.iter().any(|id| id == measure.id);
        let is_reviewed = self.given(Entry::Reviewer).is_some() && self.given(Entry::Hours).is_some();
        let unread = measures.iter().filter(chosen).filter(|measure| measure.needs_review && !is_reviewed);
        let mut advice: Vec<Advice> = unread.map(|measure| Advice::NotAsked(measure.known_as)).collect();
        if self.offers().is_empty() {
            advice.push(Advice::NothingOffered);
        }
        match (self.given(Entry::Base), self.given(Entry::Key)) {
            (None, _) => advice.push(Advice::NowhereToGo),
            (Some(_), None) => advice.push(Advice::Readable),
            (Some(_), Some(_)) => {}
        }
        if self.word(Entry::Next).trim().is_empty() {
            advice.push(Advice::NothingNext);
        }
        if !self.languages.is_empty() {
            advice.push(Advice::Drafts);
        }
        advice
    }
}

/// The name of a measure of our own site that stands without an address.
fn ours(offer: &Value) -> Option<&str> {
    let id = offer.get("id")?.as_str()?;
    let here = built_in(id)?;
    let url = offer.get("url").and_then(Value::as_str);
    url.is_none_or(|url| url == here).then_some(id)
}

fn part(root: &Map<String, Value>, key: &str) -> Map<String, Value> {
    root.get(key).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn set(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => object.insert(key.to_owned(), value),
        None => object.remove(key),
    };
}

fn list(entries: Vec<Value>) -> Option<Value> {
    (!entries.is_empty()).then_some(Value::Array(entries))
}

/// A number, or the words as they are, which the reader then refuses by name.
fn number(words: &str) -> Value {
    words.parse::<u64>().map_or_else(|_| words.into(), Value::from)
}

/// A key, or the words as they are.
fn key(words: &str) -> Value {
    serde_json::from_str(words).unwrap_or_else(|_| words.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::measures::measures;
    use super::*;

    const DEMONSTRATION: &str = include_str!("../../public/config/demonstration.json");
    const KEY: &str = r#"{"kty": "EC", "crv": "P-256", "kid": "a", "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
        "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}"#;

    fn filled() -> Settings {
        let mut settings = Settings::fresh();
        settings.put(Entry::Practice, "Riverside Practice");
        settings
    }

    fn value(settings: &Settings) -> Value {
        serde_json::from_str(&settings.write()).unwrap()
    }

    #[test]
    fn a_name_is_all_that_a_configuration_needs() {
        let paths = |settings: &Settings| -> Vec<String> {
            settings.faults().into_iter().map(|fault| fault.path).collect()
        };
        assert_eq!(paths(&Settings::fresh()), ["practice.name"]);
        assert_eq!(paths(&filled()), [""; 0]);
        let expected = json!({ "version": 1, "practice": { "name": "Riverside Practice" }, "questionnaires": [{ "id": "ons4" }] });
        assert_eq!(value(&filled()), expected);
    }

    #[test]
    fn what_is_taken_in_untouched_is_given_out_unchanged() {
        let everything = r#"{"version": 1, "practice": {"name": "A", "phone": "01632 960 001"},
            "linkWorker": {"en-GB": "connector", "pl": "doradca"}, "whatHappensNext": [{"en-GB": "We call.", "pl": "Dzwonimy."}],
            "questionnaires": [{"id": "mine", "url": "forms/mine.json"}, {"id": "ons4", "minutes": 2}],
            "languages": ["en-GB", "pl"], "keepDraftsDays": 5, "device": "shared",
            "review": {"reviewer": "duty team", "withinHours": 4, "collectionMode": "staff-present"},
            "help": {"cards": [{"heading": "Café", "points": ["warm"], "phone": "01632 960 002"}]},
            "collect": {"fhir": {"base": "https://fhir.example/r4"}, "key": KEY}}"#
            .replace("KEY", KEY);
        for json in [everything.as_str(), DEMONSTRATION] {
            let before: Value = serde_json::from_str(json).unwrap();
            let settings = Settings::read(json).unwrap();
            assert_eq!(value(&settings), before);
            assert_eq!(settings.faults(), []);
        }
    }

    #[test]
    fn a_change_touches_what_it_is_about_and_nothing_else() {
        let mut settings = Settings::read(DEMONSTRATION).unwrap();
        settings.choose("loneliness", false);
        settings.choose("phq9", true);
        settings.put(Entry::Practice, "Riverside Practice");
        let mut expected: Value = serde_json::from_str(DEMONSTRATION).unwrap();
        expected["practice"]["name"] = "Riverside Practice".into();
        let offers = expected["questionnaires"].as_array_mut().unwrap();
        offers.retain(|offer| offer["id"] != "loneliness");
        offers.push(json!({ "id": "phq9" }));
        assert_eq!(value(&settings), expected);
    }

    #[test]
    fn a_private_key_a_wrong_address_and_a_shared_device_without_a_key_are_refused_at_their_box() {
        let at = |settings: &Settings| -> Vec<Option<Entry>> {
            settings.faults().iter().map(|fault| Entry::of(&fault.path)).collect()
        };
        let mut settings = filled();
        settings.put(
            Entry::Key,
            &KEY.replace(r#""kid""#, r#""d": "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw", "kid""#),
        );
        assert_eq!(at(&settings), [Some(Entry::Key)]);
        settings.put(Entry::Key, "not a key");
        assert_eq!(at(&settings), [Some(Entry::Key)]);
        settings.put(Entry::Key, "");
        settings.shared = true;
        settings.put(Entry::Base, "http://elsewhere.example");
        assert_eq!(at(&settings), [Some(Entry::Base), Some(Entry::Key)]);
        let mut settings = filled();
        settings.put(Entry::Days, "many");
        settings.put(Entry::Places, "A place without a number");
        assert_eq!(at(&settings), [Some(Entry::Days), Some(Entry::Places)]);
    }

    #[test]
    fn a_measure_that_nobody_would_read_and_answers_that_go_nowhere_are_pointed_out() {
        let mut settings = filled();
        settings.choose("phq9", true);
        let advice = settings.advice(&measures());
        assert!(advice.contains(&Advice::NotAsked("PHQ-9")), "{advice:?}");
        assert!(advice.contains(&Advice::NowhereToGo));
        settings.put(Entry::Reviewer, "the duty team");
        settings.put(Entry::Hours, "4");
        settings.put(Entry::Base, "https://fhir.example/r4");
        settings.put(Entry::Next, "We call you.");
        assert_eq!(settings.advice(&measures()), [Advice::Readable]);
        settings.put(Entry::Key, KEY);
        assert_eq!(settings.advice(&measures()), []);
    }

    #[test]
    fn a_configuration_with_mistakes_is_not_taken_in() {
        assert!(Settings::read("{}").is_err());
        assert!(Settings::read("<!doctype html>").is_err());
    }
}
