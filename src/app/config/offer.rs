//! The questionnaires a practice offers.

use super::reader::{Reader, below};
use super::{Mistake, is_path, is_secure};
use serde_json::Value;

/// A questionnaire on offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Its short name in links: `?instrument=ons4`.
    pub id: String,
    /// Where it is fetched from: a path on this site, or an `https:` address. Those built in need none.
    pub url: String,
    /// About how many minutes it takes; shown before it starts.
    pub minutes: Option<u32>,
}

/// The measures of our own site, by the name links use.
const BUILT_IN: [&str; 6] = ["ons4", "loneliness", "what-matters-to-me", "phq4", "phq9", "gad7"];

/// Where a measure of our own site is fetched from.
pub fn built_in(id: &str) -> Option<String> {
    BUILT_IN.contains(&id).then(|| ["instruments/", id, ".json"].concat())
}

impl Reader {
    /// One questionnaire on offer.
    pub(super) fn offer(&mut self, value: &Value, path: &str) -> Option<Offer> {
        let object = self.object(value, path, &["id", "url", "minutes"])?;
        let id = self.text(object, path, "id", true);
        let built_in = id.as_deref().and_then(built_in);
        let url = self.text(object, path, "url", built_in.is_none()).or(built_in);
        if url.as_deref().is_some_and(|url| !is_path(url) && !is_secure(url)) {
            self.fault(&below(path, "url"), Mistake::NotAnAddress);
        }
        let minutes = self.number(object, path, "minutes", 120);
        Some(Offer { id: id?, url: url?, minutes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::config::Config;

    #[test]
    fn a_built_in_questionnaire_needs_no_address() {
        let read = |id: &str| {
            let json =
                [r#"{"version": 1, "practice": {"name": "A"}, "questionnaires": [{"id": ""#, id, r#""}]}"#];
            Config::read(&json.concat())
        };
        for id in BUILT_IN {
            let config = read(id);
            let offered = config.as_ref().ok().and_then(|config| config.offer(id));
            assert_eq!(offered.map(|offer| offer.url.clone()), built_in(id));
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/public/").to_owned();
            assert!(
                std::path::Path::new(&[file, built_in(id).unwrap_or_default()].concat()).exists(),
                "{id}"
            );
        }
        assert!(read("who5").is_err(), "a pack is named by its address");
    }
}
