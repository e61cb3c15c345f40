//! Records that could not be read: listed, given out as they are, and removed when the person says so.

use super::keeper::Keeper;
use super::keys;
use super::mirror::Kept;
use crate::domain::ordered::Map;

/// What could not be read, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The key it is set aside under.
    pub key: String,
    /// The very text.
    pub text: String,
}

impl Keeper {
    /// Everything that was set aside in either store, each once.
    pub async fn set_aside(&self) -> Vec<Aside> {
        let mut found: Map<String, String> = Map::new();
        let near = self.mirror.near();
        for key in near.keys(keys::SET_ASIDE).unwrap_or_default() {
            if let Ok(Some(text)) = near.get(&key) {
                found.insert(key, text);
            }
        }
        for (key, text) in self.mirror.far().entries(keys::SET_ASIDE).await.unwrap_or_default() {
            found.insert(key, text);
        }
        found.into_iter().map(|(key, text)| Aside { key, text }).collect()
    }

    /// Removes what was set aside, as the person asked. Whether all of it is gone from both stores.
    pub async fn erase_set_aside(&self) -> bool {
        let mut all_gone = true;
        for aside in self.set_aside().await {
            all_gone &= self.mirror.erase(&aside.key).await == Kept::Both;
        }
        all_gone
    }
}
