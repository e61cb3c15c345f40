//! The measures of our own site, as a practice chooses among them.

use crate::app::config::built_in;
use crate::domain::text::Text;
use crate::fhir::read;
use crate::ui::screens::before::Reasons;

/// A measure on offer.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its name in configurations and links.
    pub id: &'static str,
    /// What staff call it.
    pub known_as: &'static str,
    /// Its title, as patients read it.
    pub title: String,
    /// It is asked only where somebody reads the answers soon.
    pub needs_review: bool,
    /// What it says for itself.
    pub reasons: Reasons,
}

/// Name, what staff call it, and the file.
const FILES: [(&str, &str, &str); 6] = [
    ("ons4", "ONS4", include_str!("../../public/instruments/ons4.json")),
    ("loneliness", "ONS loneliness", include_str!("../../public/instruments/loneliness.json")),
    ("what-matters-to-me", "our own", include_str!("../../public/instruments/what-matters-to-me.json")),
    ("phq4", "PHQ-4", include_str!("../../public/instruments/phq4.json")),
    ("phq9", "PHQ-9", include_str!("../../public/instruments/phq9.json")),
    ("gad7", "GAD-7", include_str!("../../public/instruments/gad7.json")),
];

/// The measures of our own site, in the order they are offered here. Read from the very files patients get.
pub fn measures() -> Vec<Measure> {
    let sets = read::ValueSets::default();
    let known = FILES.iter().filter(|(id, ..)| built_in(id).is_some());
    known
        .filter_map(|(id, known_as, json)| {
            let instrument = read::questionnaire(json, &sets).ok()?.instrument;
            let said = |text: &Option<Text>| text.as_ref().map(|text| text.in_language("en-GB").0.to_owned());
            Some(Measure {
                id,
                known_as,
                title: said(&instrument.title).unwrap_or_else(|| (*id).to_owned()),
                needs_review: instrument.review_required,
                reasons: Reasons { why: said(&instrument.why), gives: said(&instrument.gives) },
            })
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_of_the_site_can_be_chosen_and_says_whether_it_needs_somebody_to_read_it() {
        let measures = measures();
        assert_eq!(measures.len(), FILES.len());
        let needing: Vec<&str> =
            measures.iter().filter(|measure| measure.needs_review).map(|measure| measure.id).collect();
        assert_eq!(needing, ["phq4", "phq9", "gad7"]);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/instruments");
        let there = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        let there: Vec<String> = there.map(|name| name.into_string().unwrap()).collect();
        for name in there.iter().filter(|name| *name != "context.json") {
            assert!(measures.iter().any(|measure| [measure.id, ".json"].concat() == **name), "{name}");
        }
    }
}
