//! A practice's configuration, as `what-matters check` tells of it: what is refused, and what is left out.

use crate::app::config::{Config, ConfigFault};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// What became of a configuration.
pub struct Checked {
    /// Why it is refused; empty if it is not.
    pub refused: Vec<ConfigFault>,
    /// Mistakes in parts that are left out: the rest is used.
    pub left_out: Vec<ConfigFault>,
}

/// Checks a configuration; `None` for a file that is none, such as a Questionnaire.
pub fn check(json: &str) -> Option<Checked> {
    let document: Value = serde_json::from_str(json).ok()?;
    let is_one = document.get("resourceType").is_none()
        && ["practice", "questionnaires", "collect"].iter().any(|key| document.get(key).is_some());
    is_one.then(|| match Config::read(json) {
        Ok(config) => Checked { refused: Vec::new(), left_out: config.problems },
        Err(refused) => Checked { refused, left_out: Vec::new() },
    })
}

impl Checked {
    /// As one line of JSON.
    pub fn line(&self, file: &str) -> Value {
        let facts = |faults: &[ConfigFault]| -> Value {
            let fact = |fault: &ConfigFault| {
                let mut fact = Map::new();
                fact.insert("path".into(), fault.path.clone().into());
                fact.insert("mistake".into(), fault.mistake.explanation().into());
                Value::Object(fact)
            };
            faults.iter().map(fact).collect()
        };
        let mut line = Map::new();
        line.insert("file".into(), file.into());
        line.insert("ok".into(), self.refused.is_empty().into());
        line.insert("refusals".into(), facts(&self.refused));
        line.insert("leftOut".into(), facts(&self.left_out));
        Value::Object(line)
    }

    /// In words.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn print(&self, file: &str, out: &mut dyn Write) -> io::Result<()> {
        let verdict = if self.refused.is_empty() { "can be used" } else { "is refused" };
        writeln!(out, "{file}: this configuration {verdict}")?;
        for (what, faults) in [("refused ", &self.refused), ("left out", &self.left_out)] {
            for ConfigFault { path, mistake } in faults {
                writeln!(out, "  {what} {path} {}", mistake.explanation())?;
            }
        }
        if self.left_out.iter().any(|fault| fault.path.starts_with("help")) {
            writeln!(out, "  The built-in help numbers are shown alone, since this part has mistakes.")?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_with_a_broken_region_block_can_be_used_and_says_what_is_left_out() {
        let json = r#"{"version": 1, "practice": {"name": "P"}, "help": {"cards": [{"heading": "A"}]}}"#;
        let checked = check(json).unwrap();
        let mut out = Vec::new();
        checked.print("c.json", &mut out).unwrap();
        let said = String::from_utf8(out).unwrap();
        assert!(said.contains("c.json: this configuration can be used"), "{said}");
        assert!(said.contains("left out help.cards[0].phone is missing"), "{said}");
        assert!(said.contains("built-in help numbers"), "{said}");
    }

    #[test]
    fn a_questionnaire_is_no_configuration() {
        assert!(check(r#"{"resourceType": "Questionnaire", "practice": {}}"#).is_none());
        assert!(check("not JSON").is_none());
        assert!(!check(r#"{"practice": {}}"#).unwrap().refused.is_empty());
    }
}
