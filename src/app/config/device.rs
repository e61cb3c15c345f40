//! Whose device it is: one person's, or many people's one after another.

use super::Mistake;
use serde_json::Value;

/// How the device is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceUse {
    /// By one person, or by people who trust each other: unfinished answers are kept.
    #[default]
    Personal,
    /// By many people one after another, such as a tablet in a waiting room: nothing is kept that the next
    /// person could read.
    Shared,
}

impl DeviceUse {
    /// Reads the setting; without one the device is personal.
    pub(super) fn read(setting: Option<&Value>) -> Result<Self, Mistake> {
        match setting.map(Value::as_str) {
            None | Some(Some("personal")) => Ok(Self::Personal),
            Some(Some("shared")) => Ok(Self::Shared),
            Some(_) => Err(Mistake::NotADevice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Mistake};

    const DEMONSTRATION: &str = include_str!("../../../public/config/demonstration.json");

    fn mistakes(device: &str) -> Vec<(String, Mistake)> {
        let config = DEMONSTRATION.replacen('{', device, 1);
        let faults = Config::read(&config).err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.path, fault.mistake)).collect()
    }

    #[test]
    fn a_shared_device_without_the_services_key_is_refused() {
        let expected = vec![("device".to_owned(), Mistake::SharedWithoutKey)];
        assert_eq!(mistakes("{\"device\": \"shared\","), expected);
        assert_eq!(mistakes("{\"device\": \"personal\","), vec![]);
    }
}
