//! Sealing finished answers for the service, where the configuration has its key.

use super::door::Door;
use crate::collect::web_crypto::{self, SealFault};
use crate::domain::parcel::Parcel;
use crate::domain::response::Response;
use crate::store::keeper::Keeper;
use crate::ui::words::Word;

impl Door {
    /// A finished response as it is kept and sent: sealed where the service has a key, plain where it has
    /// none. There is no third way: what cannot be sealed for a service with a key is neither kept nor sent.
    pub(super) async fn wrap(&self, response: Response) -> Result<Parcel, SealFault> {
        let config = self.config.borrow().clone();
        match config.and_then(|config| config.collect.key.clone()) {
            Some(key) => web_crypto::seal(&key, response).await,
            None => Ok(Parcel::plain(response)),
        }
    }

    /// Seals what was finished before the service had a key. What cannot be sealed now stays as it is, and is
    /// not sent.
    pub(super) async fn seal_what_waits(&self, keeper: &Keeper) {
        if !self.seals() {
            return;
        }
        for entry in keeper.waiting() {
            if let Some(response) = keeper.parcel(&entry.id).and_then(Parcel::open)
                && let Ok(sealed) = self.wrap(response).await
            {
                keeper.seal(&sealed).await;
            }
        }
    }

    /// Whether finished answers are sealed before they are kept.
    pub(super) fn seals(&self) -> bool {
        self.config.borrow().as_ref().is_some_and(|config| config.collect.key.is_some())
    }

    /// What to say beforehand where sealing is wanted and cannot be done here.
    pub(super) fn sealing_trouble(&self) -> Option<Word> {
        (self.seals() && !web_crypto::is_available()).then_some(Word::SealAbsent)
    }
}
