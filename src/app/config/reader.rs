//! Reading settings one by one: each mistake is written down with its path, and the reading goes on.

use super::{ConfigFault, Mistake};
use serde_json::{Map, Value};

/// Reads a document, writing down every mistake and going on.
#[derive(Default)]
pub(super) struct Reader {
    /// The mistakes so far.
    pub(super) faults: Vec<ConfigFault>,
}

impl Reader {
    /// Writes a mistake down.
    pub(super) fn fault(&mut self, path: &str, mistake: Mistake) {
        self.faults.push(ConfigFault { path: path.to_owned(), mistake });
    }

    /// An object with no keys but those known.
    pub(super) fn object<'v>(
        &mut self,
        value: &'v Value,
        path: &str,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.fault(path, Mistake::NotAnObject);
            return None;
        };
        for key in object.keys() {
            if !known.contains(&key.as_str()) {
                self.fault(&below(path, key), Mistake::UnknownKey);
            }
        }
        Some(object)
    }

    /// A text that is not blank; `wanted` if it has to be there.
    pub(super) fn text(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        key: &str,
        wanted: bool,
    ) -> Option<String> {
        match object.get(key) {
            None if wanted => {
                self.fault(&below(path, key), Mistake::Missing);
                None
            }
            None => None,
            Some(value) => match value.as_str().map(str::trim) {
                Some(text) if !text.is_empty() => Some(text.to_owned()),
                _ => {
                    self.fault(&below(path, key), Mistake::NotAText);
                    None
                }
            },
        }
    }

    /// A whole number from 1 to `most`.
    pub(super) fn number(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        key: &str,
        most: u32,
    ) -> Option<u32> {
        let value = object.get(key)?;
        match value.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) if (1..=most).contains(&number) => Some(number),
            _ => {
                self.fault(&below(path, key), Mistake::NotInRange);
                None
            }
        }
    }

    /// A list; empty where there is none.
    pub(super) fn list<'v>(&mut self, object: &'v Map<String, Value>, key: &str) -> &'v [Value] {
        match object.get(key) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.fault(key, Mistake::NotAList);
                &[]
            }
        }
    }
}

/// The path of a setting inside another.
pub(super) fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { [path, ".", key].concat() }
}

/// The path of one of a list.
pub(super) fn element(path: &str, at: usize) -> String {
    [path, "[", &at.to_string(), "]"].concat()
}
