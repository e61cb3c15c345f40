//! What the start page shows: the questionnaires on offer, what was begun, what waits, and how answers are kept.

use super::door::Door;
use super::keeping::Row;
use super::lifespan::Lifespan;
use crate::store::fault::Fault;
use crate::store::keeper::Standing;
use crate::ui::screens::start::{Offered, Start};
use crate::ui::words::Word;

impl Door {
    /// The start page as things stand.
    pub(super) fn start_page(&self) -> Start {
        let title = |row: &Row| {
            let instrument = row.source.as_ref().ok().map(|opened| &opened.instrument);
            let own = instrument.and_then(|own| own.title.as_ref().map(|text| self.asked(own, text)));
            own.or_else(|| row.id.clone()).unwrap_or_default()
        };
        let offered = self
            .rows()
            .iter()
            .map(|row| Offered {
                title: title(row),
                reasons: row.source.as_ref().map(|opened| self.reasons(opened)).unwrap_or_default(),
                minutes: row.minutes,
                kept: row.kept_until.map(|until| {
                    if self.is_shared() {
                        return self.words().say(Word::KeptShared).to_owned();
                    }
                    self.words().fill(Word::StartKeptUntil, &[("date", &self.sure_day(until))])
                }),
            })
            .collect();
        let standing = self.keeper.borrow().as_ref().map(|keeper| keeper.standing()).unwrap_or_default();
        Start {
            words: self.words(),
            link_worker: self.link_worker(),
            offered,
            waiting: self.waiting(),
            storage: said_of_keeping(self, standing),
            news: self.news.borrow_mut().take(),
        }
    }
}

/// What to say beforehand of how answers are kept here and sent from here.
fn said_of_keeping(door: &Door, standing: Standing) -> Vec<Word> {
    let mut say = if door.is_shared() { vec![Word::StartShared] } else { storage(standing) };
    if say.is_empty() && door.kept.lifespan.get() == Lifespan::Visit {
        say.push(Word::StorageFrame);
    }
    say.extend(door.sealing_trouble());
    say
}

/// What to say of storage: nothing while both stores work; that answers may not stay when one does; that
/// they are not kept, and why, when neither does.
fn storage(standing: Standing) -> Vec<Word> {
    let mut say = Vec::new();
    match (standing.local, standing.indexed) {
        (None, None) => {}
        (Some(fault), Some(_)) => say.push(match fault {
            Fault::Absent => Word::StorageAbsent,
            Fault::Refused => Word::StorageRefused,
            Fault::Full => Word::StorageFull,
            Fault::Broken => Word::StorageBroken,
            Fault::Withheld => Word::StartShared,
        }),
        (None, Some(_)) | (Some(_), None) => say.push(Word::StorageOne),
    }
    if standing.set_aside > 0 {
        say.push(Word::KeptRecoveredNone);
    }
    say
}
