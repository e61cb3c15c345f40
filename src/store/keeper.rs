//! The one who keeps: both stores, and what is known of them in this page.

use super::fault::Fault;
use super::finished::Finished;
use super::keys::Key;
use super::mirror::{Kept, Loaded, Mirror, Record};
use super::outbox::Gone;
use super::shared::{SharedLateSlots, SharedSlots};
use super::slots::{Care, LateSlots, Slots, Soon};
use crate::domain::ids::ResponseId;
use crate::domain::ordered::{Map, Set};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What each storage is good for here, as facts: `None` means that it works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Local storage.
    pub local: Option<Fault>,
    /// IndexedDB.
    pub indexed: Option<Fault>,
    /// Unreadable records found and set aside, since the start.
    pub set_aside: usize,
    /// Records of a newer version of this program, which it leaves alone.
    pub newer: usize,
}

/// Keeps drafts and finished responses. See [`crate::store`] for the order of calls.
pub struct Keeper {
    pub(super) mirror: Mirror,
    pub(super) writer: Box<str>,
    /// The newest whole record of each key, as this page knows it.
    pub(super) known: RefCell<Map<String, Record>>,
    /// Keys that no store has taken yet.
    pub(super) unkept: RefCell<Set<String>>,
    /// Keys written for a newer program.
    newer: RefCell<Set<String>>,
    standing: Cell<Standing>,
}

impl Keeper {
    /// Opens the browser's stores. `random` names this page as a writer: fresh at every load, never kept.
    #[cfg(target_arch = "wasm32")]
    pub async fn open(random: [u8; 16]) -> Self {
        let near = super::local::open();
        let far: Rc<dyn LateSlots> = Rc::new(super::indexed::Indexed::new());
        Self::over(near, far, random).await
    }

    /// Opens the browser's stores on a device that many people use one after another: drafts and whatever
    /// else can be read stay in this page's memory.
    #[cfg(target_arch = "wasm32")]
    pub async fn open_shared(random: [u8; 16]) -> Self {
        Self::over_shared(super::local::open(), Rc::new(super::indexed::Indexed::new()), random).await
    }

    /// The same over any two stores.
    pub async fn over_shared(near: Rc<dyn Slots>, far: Rc<dyn LateSlots>, random: [u8; 16]) -> Self {
        Self::over(Rc::new(SharedSlots(near)), Rc::new(SharedLateSlots(far)), random).await
    }

    /// Keeps everything in this page's memory and nothing on the device.
    pub async fn forgetful(random: [u8; 16]) -> Self {
        let absent = super::memory::Unusable(Fault::Absent);
        Self::over(Rc::new(absent), Rc::new(absent), random).await
    }

    /// Opens over any two stores.
    pub async fn over(near: Rc<dyn Slots>, far: Rc<dyn LateSlots>, random: [u8; 16]) -> Self {
        let writer: String =
            ResponseId::from_random(random).as_str().chars().filter(|c| *c != '-').take(12).collect();
        let keeper = Self {
            mirror: Mirror::new(near, far),
            writer: writer.into(),
            known: RefCell::default(),
            unkept: RefCell::default(),
            newer: RefCell::default(),
            standing: Cell::default(),
        };
        let local = keeper.mirror.probe().err();
        keeper.standing.set(Standing { local, ..Standing::default() });
        keeper.refresh().await;
        if local.is_none() {
            keeper.mirror.reserve();
        }
        keeper
    }

    /// The store that answers at once, for a lease between tabs.
    pub fn slots(&self) -> Rc<dyn Slots> {
        self.mirror.near()
    }

    /// This page's name as a writer, to be given to `Draft::set`.
    pub fn writer(&self) -> &str {
        &self.writer
    }

    /// What each storage is good for, as of the last time it was used.
    pub fn standing(&self) -> Standing {
        self.standing.get()
    }

    /// Reads both stores again: at the start, when another tab has written (`storage` event), when the page
    /// is shown again. Heals, sets aside, finishes what was interrupted, and tries again to keep what could
    /// not be kept.
    pub async fn refresh(&self) {
        let loaded = self.mirror.load(replaced).await;
        let before = self.standing.get();
        self.standing.set(Standing {
            // That it can be read does not say that there is room; only a write that succeeds does.
            local: loaded.local.or(before.local),
            indexed: loaded.indexed,
            set_aside: before.set_aside + loaded.unreadable,
            newer: loaded.newer.len(),
        });
        let is_empty = loaded.records.keys().next().is_none() && self.known.borrow().keys().next().is_none();
        if is_empty {
            *self.newer.borrow_mut() = loaded.newer;
        } else {
            self.compare(loaded).await;
        }
    }

    /// Apart, and boxed: a device that keeps nothing of ours does without this code until the first question is
    /// shown.
    #[inline(never)]
    fn compare(&self, loaded: Loaded) -> Soon<'_, ()> {
        Box::pin(self.compared(loaded))
    }

    async fn compared(&self, loaded: Loaded) {
        let rewrite: Vec<(String, Record)> = {
            let mut known = self.known.borrow_mut();
            let missing =
                |key: &str, held: &Record| loaded.records.get(key).is_none_or(|kept| kept.turn < held.turn);
            // What this page knows and no store has any more (emptied by another script, evicted, never
            // taken) is written again: whatever is meant to go leaves a note of it, and the note wins.
            let mut rewrite: Vec<_> = known.iter().filter(|(key, held)| missing(key, held)).collect();
            let mut rewrite: Vec<_> =
                rewrite.drain(..).map(|(key, held)| (key.clone(), held.clone())).collect();
            for (key, record) in loaded.records {
                if known.get(&key).is_none_or(|held| held.turn < record.turn) {
                    known.insert(key, record);
                }
            }
            for (key, _) in replaced(&known) {
                known.remove(&key);
            }
            rewrite.retain(|(key, _)| known.contains_key(key));
            rewrite
        };
        *self.newer.borrow_mut() = loaded.newer;
        for (key, record) in rewrite {
            // Unless it was saved again, or thrown away, while the ones before it were written.
            let still = self.known.borrow().get(&key) == Some(&record);
            if still {
                self.write(&key, &record, Care::Strict).await;
            }
        }
    }

    /// Writes a record of this program's, one turn newer than the one before.
    pub(super) async fn put(&self, key: &Key, body: String, care: Care) -> Kept {
        let key = key.text();
        let record = {
            let mut known = self.known.borrow_mut();
            let turn = known.get(&key).map_or(1, |before| before.turn + 1);
            let record = Record { turn, body };
            known.insert(key.clone(), record.clone());
            record
        };
        self.write(&key, &record, care).await
    }

    async fn write(&self, key: &str, record: &Record, care: Care) -> Kept {
        let kept = self.mirror.put(key, record, care).await;
        // A record that was withheld says nothing of the stores: they were not asked.
        if kept != Kept::WITHHELD {
            self.note(kept);
        }
        if matches!(kept, Kept::Nowhere(..)) {
            self.unkept.borrow_mut().insert(key.to_owned());
        } else {
            self.unkept.borrow_mut().remove(key);
        }
        kept
    }

    /// Forgets a record here and in both stores.
    pub(super) async fn erase(&self, key: &str) -> Kept {
        self.forget(key);
        let kept = self.mirror.erase(key).await;
        self.note(kept);
        kept
    }

    /// Forgets a record here, and in each store in which its successor has been kept.
    pub(super) async fn supersede(&self, key: &str, successor: Kept) {
        self.forget(key);
        self.mirror.supersede(key, successor).await;
    }

    pub(super) fn forget(&self, key: &str) {
        self.known.borrow_mut().remove(key);
        self.unkept.borrow_mut().remove(key);
    }

    fn note(&self, kept: Kept) {
        let standing = self.standing.get();
        self.standing.set(Standing { local: kept.local().err(), indexed: kept.indexed().err(), ..standing });
    }

    /// The body of a record, as this page knows it.
    pub(super) fn body(&self, key: &Key) -> Option<String> {
        self.known.borrow().get(&key.text()).map(|record| record.body.clone())
    }

    /// Whether a newer program has a hand in this response: then this one keeps out.
    pub(super) fn is_newers(&self, id: &ResponseId) -> bool {
        self.newer
            .borrow()
            .iter()
            .filter_map(|key| Key::parse(key))
            .any(|key| key.response() == id && !matches!(key, Key::Copy(_)))
    }

    /// Keys of every record of one response. The person's own copy is none: it stays whatever becomes of it.
    pub(super) fn keys_of(&self, id: &ResponseId) -> Vec<Key> {
        let known = self.known.borrow();
        known
            .keys()
            .filter_map(|key| Key::parse(key))
            .filter(|key| key.response() == id && !matches!(key, Key::Copy(_)))
            .collect()
    }
}

/// The records whose place another has taken, with the one that took it: a draft by the finished response,
/// everything by the note of what became of it. What an interruption left standing is removed by this.
fn replaced(records: &Map<String, Record>) -> Vec<(String, String)> {
    let parsed: Vec<(Key, &String)> =
        records.keys().filter_map(|text| Some((Key::parse(text)?, text))).collect();
    let body = |key: &Key| records.get(&key.text()).map(|record| record.body.as_str());
    let mut replaced = Vec::new();
    for (key, text) in &parsed {
        let id = key.response();
        let gone = Key::Gone(id.clone());
        let finished = Key::Final(id.clone());
        let successor = match key {
            Key::Gone(_) | Key::Copy(_) => None,
            Key::Final(_) => {
                let ours = body(&gone).and_then(Gone::read);
                let same = Finished::read(body(key).unwrap_or_default());
                let replaces = ours.is_some_and(|gone| gone.replaces(same.as_ref().map(|held| held.hash())));
                replaces.then_some(gone)
            }
            Key::Send(_) => body(&gone).and_then(Gone::read).map(|_| gone),
            Key::Draft(..) | Key::Asked(_) => {
                let is_gone = body(&gone).is_some_and(|body| Gone::read(body).is_some());
                let is_final = body(&finished).is_some_and(|body| Finished::read(body).is_some());
                if is_gone { Some(gone) } else { is_final.then_some(finished) }
            }
        };
        if let Some(successor) = successor {
            replaced.push(((*text).clone(), successor.text()));
        }
    }
    // Where the successor is itself replaced, what it replaced goes with it.
    let passed_on: Map<String, String> = replaced.iter().cloned().collect();
    for (_, successor) in &mut replaced {
        if let Some(later) = passed_on.get(successor) {
            later.clone_into(successor);
        }
    }
    replaced
}
