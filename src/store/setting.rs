//! What a person has chosen for the page itself. Not an answer: it is kept in local storage alone, never sent,
//! and nothing is lost with it. Where nothing may be kept (a shared device) it is not kept either.

use super::keys::{EASY, PREFIX};
use super::slots::Slots;

/// Something that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The language, by its tag (BCP 47): `wm/1/set/language`.
    Language,
    /// How large the letters are, by name: `wm/1/set/text-size`.
    TextSize,
    /// Which colours the page has, by name: `wm/1/set/contrast`.
    Colours,
}

impl Setting {
    /// The key it is kept under.
    pub fn key(self) -> String {
        let name = match self {
            Self::Language => "language",
            Self::TextSize => "text-size",
            Self::Colours => "contrast",
        };
        [&set(), name].concat()
    }

    /// What was chosen on this device before. Whoever asks must find it among what can be chosen: any script on
    /// the origin can write here.
    pub fn read(self, slots: &dyn Slots) -> Option<String> {
        slots.get(&self.key()).ok().flatten()
    }

    /// Remembers a choice. Where it cannot be kept it holds for this visit.
    pub fn keep(self, slots: &dyn Slots, choice: &str) {
        let _ = slots.put(&self.key(), choice);
    }

    /// Forgets it: the usual is not written down.
    pub fn forget(self, slots: &dyn Slots) {
        let _ = slots.remove(&self.key());
    }
}

/// What the keys of settings begin with.
fn set() -> String {
    [PREFIX, "set/"].concat()
}

fn chosen(slots: &dyn Slots) -> Vec<String> {
    let mut keys = slots.keys(&set()).unwrap_or_default();
    if matches!(slots.get(EASY), Ok(Some(_))) {
        keys.push(EASY.to_owned());
    }
    keys
}

/// Whether any choice is kept on this device.
pub fn is_any_kept(slots: &dyn Slots) -> bool {
    !chosen(slots).is_empty()
}

/// Forgets every choice. Whether none is kept any more.
pub fn forget_all(slots: &dyn Slots) -> bool {
    let mut all_gone = true;
    for key in chosen(slots) {
        all_gone &= slots.remove(&key).is_ok();
    }
    all_gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::keys::Key;
    use crate::store::memory::Memory;

    #[test]
    fn a_setting_is_no_record_and_so_is_never_sent_healed_or_set_aside() {
        for (setting, key) in [
            (Setting::Language, "wm/1/set/language"),
            (Setting::TextSize, "wm/1/set/text-size"),
            (Setting::Colours, "wm/1/set/contrast"),
        ] {
            assert_eq!(setting.key(), key);
            assert_eq!(Key::parse(key), None);
        }
    }

    #[test]
    fn every_choice_can_be_forgotten_and_nothing_else_goes_with_it() {
        let slots = Memory::default();
        assert!(!is_any_kept(&slots));
        Setting::Language.keep(&slots, "ur");
        for (key, value) in
            [(EASY, ""), ("wm/1/set/of-a-later-program", "x"), ("wm/1/settled", "x"), ("set/x", "x")]
        {
            assert_eq!(slots.put(key, value), Ok(()));
        }
        assert!(is_any_kept(&slots));
        assert!(forget_all(&slots) && !is_any_kept(&slots));
        assert_eq!(Setting::Language.read(&slots), None);
        let mut left = slots.keys("").unwrap_or_default();
        left.sort();
        assert_eq!(left, ["set/x", "wm/1/settled"]);
    }
}
