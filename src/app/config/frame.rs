//! Whose pages have ours in a frame: exact origins, and nobody else hears anything.

use super::Mistake;
use super::address::is_secure;
use super::reader::{Reader, element};
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
            match origin.as_str().filter(|origin| is_origin(origin)) {
                Some(origin) => exact.push(origin.to_owned()),
                None => self.fault(&element(ORIGINS, at), Mistake::NotAnOrigin),
            }
        }
        exact
    }
}

/// An origin as browsers write it (HTML, "serialization of an origin"): scheme, host in small letters, any unusual
/// port, and nothing after it.
fn is_origin(text: &str) -> bool {
    let host = text.split_once("://").map_or("", |(_, host)| host);
    let usual = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || matches!(character, '.' | '-' | ':')
    };
    is_secure(text)
        && !host.is_empty()
        && host.chars().all(usual)
        && !host.ends_with([':', '.'])
        && !host.ends_with(":443")
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Mistake};
    use super::is_origin;

    #[test]
    fn only_exact_origins_may_have_the_page_in_a_frame() {
        for good in ["https://www.surgery.example", "https://a.example:8443", "http://localhost:8080"] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "*",
            "null",
            "https://*.example",
            "https://a.example/",
            "https://A.example",
            "http://a.example",
            "https://a.example:443",
            "https://a.example:",
            "https://",
            "a.example",
            "https://a.example?b",
            "https://a@b.example",
            " https://a.example",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }

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
