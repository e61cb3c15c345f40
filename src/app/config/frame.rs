//! Whose pages have ours in a frame: exact origins, and nobody else hears anything.

use super::Mistake;
use super::address::is_secure;
use super::reader::{Reader, element};
use crate::collect::handshake::is_origin;
use serde_json::Value;

const ORIGINS: &str = "frame.origins";

impl Reader {
    /// `"frame": { "origins": ["https://www.surgery.example"] }`.
    #[inline(never)] // not needed for the first question of a practice without one
    pub(super) fn frame(&mut self, value: &Value) -> Vec<String> {
        let Some(object) = self.object(value, "frame", &["origins"]) else { return Vec::new() };
        let origins = match object.get("origins").map(Value::as_array) {
            Some(Some(origins)) => origins.as_slice(),
            Some(None) => {
                self.fault(ORIGINS, Mistake::NotAList);
                &[]
            }
            None => {
                self.fault(ORIGINS, Mistake::Missing);
                &[]
            }
        };
        let mut exact = Vec::new();
        for (at, origin) in origins.iter().enumerate() {
            match origin.as_str().filter(|origin| is_origin(origin) && is_secure(origin)) {
                Some(origin) => exact.push(origin.to_owned()),
                None => self.fault(&element(ORIGINS, at), Mistake::NotAnOrigin),
            }
        }
        exact
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Mistake};

    #[test]
    fn each_mistake_in_it_is_named() {
        let read = |frame: &str| {
            let json =
                [r#"{"version": 1, "practice": {"name": "A"}, "questionnaires": [], "frame": "#, frame, "}"];
            let faults = Config::read(&json.concat()).err().unwrap_or_default();
            faults.into_iter().map(|fault| (fault.path, fault.mistake)).collect::<Vec<_>>()
        };
        assert_eq!(read(r#"{"origins": ["https://a.example"]}"#), vec![]);
        assert_eq!(read("{}"), vec![("frame.origins".to_owned(), Mistake::Missing)]);
        assert_eq!(read(r#"{"origins": "*"}"#), vec![("frame.origins".to_owned(), Mistake::NotAList)]);
        assert_eq!(
            read(r#"{"origins": ["*"]}"#),
            vec![("frame.origins[0]".to_owned(), Mistake::NotAnOrigin)]
        );
    }
}
