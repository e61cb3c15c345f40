//! Who may collect: exact origins, and nobody else.

use super::Mistake;
use super::address::is_secure;
use super::reader::{Reader, element};
use crate::collect::handshake::is_origin;
use serde_json::Value;

impl Reader {
    /// The exact origins that may collect.
    pub(super) fn pull(&mut self, value: &Value) -> Vec<String> {
        let Some(object) = self.object(value, "collect.pull", &["origins"]) else { return Vec::new() };
        let origins = match object.get("origins").map(Value::as_array) {
            Some(Some(origins)) => origins.as_slice(),
            Some(None) => {
                self.fault("collect.pull.origins", Mistake::NotAList);
                &[]
            }
            None => {
                self.fault("collect.pull.origins", Mistake::Missing);
                &[]
            }
        };
        let mut exact = Vec::new();
        for (at, origin) in origins.iter().enumerate() {
            match origin.as_str().filter(|origin| is_origin(origin) && is_secure(origin)) {
                Some(origin) => exact.push(origin.to_owned()),
                None => self.fault(&element("collect.pull.origins", at), Mistake::NotAnOrigin),
            }
        }
        exact
    }
}
