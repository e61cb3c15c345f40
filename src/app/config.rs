//! A practice's configuration: who it is, which questionnaires it offers, where answers go.
//!
//! One JSON document a practice. Every mistake is found in one reading, each with the path to it; an
//! unknown key is a mistake, so that a misspelt setting never looks as if it were in force.
//! Where answers go comes from here alone, never from the page's address (threat T9: a link must not be
//! able to send somebody's answers elsewhere).

mod address;
mod device;
mod frame;
mod help;
mod languages;
mod mistake;
mod offer;
mod pull;
mod reader;
mod review;
mod theme;

use crate::collect::service_key::ServiceKey;
use crate::domain::help::Region;
use crate::ui::tongue::Tongue;
pub use address::is_path;
use address::is_secure;
pub use device::DeviceUse;
pub use languages::OwnWords;
pub use mistake::Mistake;
pub use offer::{Offer, built_in};
use reader::{Reader, below, element};
pub use review::{CollectionMode, Review};
use serde_json::Value;
pub use theme::Theme;

/// A practice's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Who the practice is.
    pub practice: Practice,
    /// What this area calls its link worker, as used in running text: "link worker".
    pub link_worker: OwnWords,
    /// What happens after sending, a sentence each, in order.
    pub what_happens_next: Vec<OwnWords>,
    /// The languages on offer, in order; English is always among them.
    pub languages: Vec<&'static Tongue>,
    /// The questionnaires offered, in order.
    pub questionnaires: Vec<Offer>,
    /// Where finished answers go, if anywhere.
    pub collect: Collect,
    /// How many days an unfinished draft is kept, 1..=90. Safari deletes what a page stored after seven days
    /// without a visit, so more than 7 is a wish there.
    pub keep_drafts_days: u32,
    /// Who reads the answers, and how soon; measures that require it are not asked without.
    pub review: Option<Review>,
    /// Whose device it is.
    pub device: DeviceUse,
    /// What the region adds to the help numbers.
    pub help: Option<Region>,
    /// The exact origins of pages that may have ours in a frame and are told its height.
    pub frame: Vec<String>,
    /// What the practice changes of the looks.
    pub theme: Theme,
    /// Mistakes in parts that are left out because of them, for the practice's own staff to read.
    pub problems: Vec<ConfigFault>,
}

/// The usual title.
pub const LINK_WORKER: &str = "link worker";

/// Who the practice is.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// Its name, shown at the top of each page.
    pub name: String,
    /// Its phone number, as people write it.
    pub phone: Option<String>,
    /// A banner says that this is not a real surgery.
    pub demonstration: bool,
}

/// Where finished answers go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collect {
    /// The base address of a FHIR R4 server.
    pub fhir_base: Option<String>,
    /// The exact origins that may collect: of the page around this one, or of this page for its own scripts.
    pub pull: Vec<String>,
    /// The service's public key. Where there is one, finished answers are sealed for it: nothing readable is
    /// sent, and nothing readable of them is kept.
    pub key: Option<ServiceKey>,
}

/// One mistake in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// Where: `questionnaires[0].url`; empty for the document itself.
    pub path: String,
    /// What is wrong there.
    pub mistake: Mistake,
}

impl ConfigFault {
    /// For the person who wrote the configuration: where, and what is wrong there.
    pub fn line(&self) -> String {
        [self.path.as_str(), " ", self.mistake.explanation()].concat()
    }
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn read(json: &str) -> Result<Self, Vec<ConfigFault>> {
        let mut reader = Reader::default();
        let Ok(document) = serde_json::from_str::<Value>(json) else {
            return Err(vec![ConfigFault { path: String::new(), mistake: Mistake::NotJson }]);
        };
        let config = reader.config(&document);
        match config {
            Some(config) if reader.faults.is_empty() => Ok(config),
            config => {
                reader.faults.extend(config.into_iter().flat_map(|config| config.problems));
                Err(reader.faults)
            }
        }
    }

    /// The offer with this id.
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        self.questionnaires.iter().find(|offer| offer.id == id)
    }
}

impl Reader {
    fn config(&mut self, document: &Value) -> Option<Config> {
        const KNOWN: &[&str] = &[
            "version",
            "practice",
            "linkWorker",
            "whatHappensNext",
            "questionnaires",
            "collect",
            "keepDraftsDays",
            "languages",
            "device",
            "help",
            "review",
            "theme",
            "frame",
        ];
        let root = self.object(document, "", KNOWN)?;
        if root.get("version").and_then(Value::as_u64) != Some(1) {
            self.fault("version", Mistake::UnknownVersion);
        }
        let practice = match root.get("practice") {
            Some(value) => self.practice(value),
            None => {
                self.fault("practice", Mistake::Missing);
                None
            }
        };
        let link_worker = root.get("linkWorker").and_then(|value| self.own_words(value, "linkWorker"));
        let mut what_happens_next = Vec::new();
        for (at, value) in self.list(root, "whatHappensNext").iter().enumerate() {
            what_happens_next.extend(self.own_words(value, &element("whatHappensNext", at)));
        }
        let languages = self.languages(root);
        let mut questionnaires: Vec<Offer> = Vec::new();
        for (at, value) in self.list(root, "questionnaires").iter().enumerate() {
            let path = element("questionnaires", at);
            if let Some(offer) = self.offer(value, &path) {
                if questionnaires.iter().any(|other| other.id == offer.id) {
                    self.fault(&below(&path, "id"), Mistake::Twice);
                }
                questionnaires.push(offer);
            }
        }
        let collect = root.get("collect").map(|value| self.collect(value)).unwrap_or_default();
        let review = self.review(root, collect.fhir_base.is_some());
        let keep_drafts_days = self.number(root, "", "keepDraftsDays", 90).unwrap_or(7);
        let device = DeviceUse::read(root.get("device"))
            .inspect_err(|mistake| self.fault("device", *mistake))
            .unwrap_or_default();
        if device == DeviceUse::Shared && collect.key.is_none() {
            self.fault("device", Mistake::SharedWithoutKey);
        }
        let frame = root.get("frame").map(|frame| self.frame(frame)).unwrap_or_default();
        let (theme, unclear) = root.get("theme").map(Theme::read).unwrap_or_default();
        let (help, mut problems) = match root.get("help").map(help::read) {
            None => (None, Vec::new()),
            Some(Ok(region)) => (Some(region), Vec::new()),
            Some(Err(problems)) => (None, problems),
        };
        problems.extend(unclear);
        Some(Config {
            frame,
            theme,
            device,
            practice: practice?,
            link_worker: link_worker.unwrap_or_else(|| OwnWords::from(LINK_WORKER)),
            what_happens_next,
            languages,
            questionnaires,
            collect,
            keep_drafts_days,
            review,
            help,
            problems,
        })
    }

    fn practice(&mut self, value: &Value) -> Option<Practice> {
        let object = self.object(value, "practice", &["name", "phone", "demonstration"])?;
        let name = self.text(object, "practice", "name", true);
        let phone = self.text(object, "practice", "phone", false);
        let demonstration = match object.get("demonstration") {
            None => false,
            Some(Value::Bool(yes)) => *yes,
            Some(_) => {
                self.fault("practice.demonstration", Mistake::NotABoolean);
                false
            }
        };
        Some(Practice { name: name?, phone, demonstration })
    }

    fn collect(&mut self, value: &Value) -> Collect {
        let Some(object) = self.object(value, "collect", &["fhir", "key", "pull"]) else {
            return Collect::default();
        };
        let key = object.get("key").and_then(|jwk| self.key(jwk));
        let pull = object.get("pull").map(|pull| self.pull(pull)).unwrap_or_default();
        Collect { fhir_base: object.get("fhir").and_then(|fhir| self.fhir_base(fhir)), key, pull }
    }

    #[inline(never)] // not needed for the first question of a practice without a key
    fn key(&mut self, jwk: &Value) -> Option<ServiceKey> {
        let read = ServiceKey::read(jwk).map_err(|faults| {
            for (member, mistake) in faults {
                let path = if member.is_empty() { KEY.to_owned() } else { below(KEY, &member) };
                self.fault(&path, Mistake::Key(mistake));
            }
        });
        read.ok()
    }

    fn fhir_base(&mut self, fhir: &Value) -> Option<String> {
        let fhir = self.object(fhir, "collect.fhir", &["base"])?;
        let base = self.text(fhir, "collect.fhir", "base", true);
        if base.as_deref().is_some_and(|base| !is_secure(base)) {
            self.fault("collect.fhir.base", Mistake::NotAnAddress);
        }
        base.map(|base| base.trim_end_matches('/').to_owned())
    }
}

/// Where the service's key is in the document.
const KEY: &str = "collect.key";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::service_key::KeyMistake;

    const DEMONSTRATION: &str = include_str!("../../public/config/demonstration.json");

    fn faults(json: &str) -> Vec<(String, Mistake)> {
        Config::read(json)
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|fault| (fault.path, fault.mistake))
            .collect()
    }

    #[test]
    fn the_demonstration_practice_reads() {
        let config = Config::read(DEMONSTRATION);
        let offered = config.as_ref().ok().and_then(|config| config.offer("ons4"));
        assert_eq!(offered.map(|offer| offer.url.as_str()), Some("instruments/ons4.json"));
    }

    #[test]
    fn every_mistake_is_named_with_its_path_in_one_reading() {
        let found = faults(
            r#"{"version": 2, "practise": {}, "linkWorker": 7, "keepDraftsDays": 0, "device": true, "whatHappensNext": [""],
                "questionnaires": [{"id": "a", "url": "javascript:alert(1)"}, {"id": "a", "url": "a.json"}],
                "collect": {"fhir": {"base": "http://elsewhere.example"},
                            "pull": {"origins": ["https://desk.example/", "*", "http://desk.example"]}}}"#,
        );
        for expected in [
            ("version", Mistake::UnknownVersion),
            ("practise", Mistake::UnknownKey),
            ("practice", Mistake::Missing),
            ("linkWorker", Mistake::NotAText),
            ("keepDraftsDays", Mistake::NotInRange),
            ("device", Mistake::NotADevice),
            ("whatHappensNext[0]", Mistake::NotAText),
            ("questionnaires[0].url", Mistake::NotAnAddress),
            ("questionnaires[1].id", Mistake::Twice),
            ("collect.fhir.base", Mistake::NotAnAddress),
            ("collect.pull.origins[1]", Mistake::NotAnOrigin),
        ] {
            assert!(found.contains(&(expected.0.to_owned(), expected.1)), "{expected:?} in {found:?}");
        }
    }

    #[test]
    fn the_services_key_is_read_and_a_private_one_refused_with_its_path() {
        let with = |key: &str| {
            let base = r#""fhir": {"base": "https://fhir.example/r4"}"#;
            format!(
                r#"{{"version": 1, "practice": {{"name": "P"}}, "questionnaires": [],
                    "collect": {{{base}, "key": {{"kty": "EC", "crv": "P-256", {key}
                    "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
                    "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}}}}}}"#
            )
        };
        let config = Config::read(&with(r#""kid": "2026-11","#));
        let kid = config.as_ref().ok().and_then(|config| config.collect.key.as_ref()).map(ServiceKey::kid);
        assert_eq!(kid, Some("2026-11"));
        // Nothing of a configuration with a mistake in its key is in force: least of all sending unsealed.
        let private = KeyMistake::Private;
        assert_eq!(
            faults(&with(r#""kid": "a", "d": "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw","#)),
            vec![("collect.key.d".to_owned(), Mistake::Key(private))]
        );
        assert_eq!(
            faults(&with(r#""colour": "red","#)),
            vec![
                ("collect.key.colour".to_owned(), Mistake::Key(KeyMistake::Unknown)),
                ("collect.key.kid".to_owned(), Mistake::Key(KeyMistake::Missing)),
            ]
        );
        assert_eq!(
            faults(&with(r#""kid": "a","#).replace("weNJ", "weNK")),
            vec![("collect.key".to_owned(), Mistake::Key(KeyMistake::NotOnTheCurve))]
        );
    }

    #[test]
    fn a_document_that_is_not_json_is_one_mistake() {
        assert_eq!(faults("<!doctype html>"), vec![(String::new(), Mistake::NotJson)]);
    }
}
