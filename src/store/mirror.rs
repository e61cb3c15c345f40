//! Local storage and IndexedDB as one store.
//!
//! # Why two
//!
//! Chromium commits local storage to disk no sooner than five seconds after a change: a browser killed
//! before that loses what the page has already called saved. IndexedDB commits at once. Either may also be
//! missing, refused, full or emptied on its own. So every record goes to both, and where the two disagree
//! the later turn of a whole record wins.
//!
//! # Rules
//!
//! * A write is: local storage, read back, IndexedDB, and only then an answer.
//! * In each store, a record is removed only after the record that takes its place is in *that* store: a
//!   store that is rolled back then still holds the one or the other.
//! * An unreadable record is copied aside before anything is written over it; where it cannot be copied it
//!   stays. A record for a newer program is left alone in both stores.

use super::envelope::{self, Opened};
use super::fault::Fault;
use super::keys::{self, Key};
use super::slots::{Care, LateSlots, Slots, Soon};
use crate::domain::ordered::{Map, Set};
use std::rc::Rc;

/// Where a record has been kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In both stores: it outlives the browser being killed.
    Both,
    /// In local storage only; what IndexedDB did. The browser may lose the last seconds if it is killed.
    LocalOnly(Fault),
    /// In IndexedDB only; what local storage did.
    IndexedOnly(Fault),
    /// Nowhere but in this page's memory; what local storage and IndexedDB did.
    Nowhere(Fault, Fault),
}

impl Kept {
    /// In this page's memory only, by our own rule for devices that many people use.
    pub const WITHHELD: Self = Self::Nowhere(Fault::Withheld, Fault::Withheld);

    pub(super) fn from(near: Result<(), Fault>, far: Result<(), Fault>) -> Self {
        match (near, far) {
            (Ok(()), Ok(())) => Self::Both,
            (Ok(()), Err(far)) => Self::LocalOnly(far),
            (Err(near), Ok(())) => Self::IndexedOnly(near),
            (Err(near), Err(far)) => Self::Nowhere(near, far),
        }
    }

    /// What local storage did.
    pub fn local(self) -> Result<(), Fault> {
        match self {
            Self::Both | Self::LocalOnly(_) => Ok(()),
            Self::IndexedOnly(fault) | Self::Nowhere(fault, _) => Err(fault),
        }
    }

    /// What IndexedDB did.
    pub fn indexed(self) -> Result<(), Fault> {
        match self {
            Self::Both | Self::IndexedOnly(_) => Ok(()),
            Self::LocalOnly(fault) | Self::Nowhere(_, fault) => Err(fault),
        }
    }
}

/// A whole record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Larger is newer, among the records of one key.
    pub turn: u64,
    /// What it holds.
    pub body: String,
}

/// Names, among the newest records, those that another record has taken the place of:
/// `(replaced, successor)`.
pub type Replaced = fn(&Map<String, Record>) -> Vec<(String, String)>;

/// What both stores hold together.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The newest whole record of each key.
    pub records: Map<String, Record>,
    /// Keys whose record is for a newer program.
    pub newer: Set<String>,
    /// How many unreadable records were found.
    pub unreadable: usize,
    /// What local storage did, if not its work.
    pub local: Option<Fault>,
    /// What IndexedDB did, if not its work.
    pub indexed: Option<Fault>,
}

/// Both stores.
#[derive(Clone)]
pub struct Mirror {
    near: Rc<dyn Slots>,
    far: Rc<dyn LateSlots>,
}

impl Mirror {
    /// Joins a store that answers at once and one that answers later.
    pub fn new(near: Rc<dyn Slots>, far: Rc<dyn LateSlots>) -> Self {
        Self { near, far }
    }

    /// The store that answers at once.
    pub fn near(&self) -> Rc<dyn Slots> {
        Rc::clone(&self.near)
    }

    /// The store that answers later.
    pub fn far(&self) -> Rc<dyn LateSlots> {
        Rc::clone(&self.far)
    }

    /// Whether local storage takes, gives back and lets go of a small value.
    pub fn probe(&self) -> Result<(), Fault> {
        put_checked(&*self.near, keys::PROBE, "1")?;
        self.near.remove(keys::PROBE)
    }

    /// Writes one record to both stores.
    pub async fn put(&self, key: &str, record: &Record, care: Care) -> Kept {
        let text = envelope::wrap(key, record.turn, &record.body);
        let mut near = put_checked(&*self.near, key, &text);
        if near == Err(Fault::Full) && care == Care::Strict {
            // What the pad was kept for. `reserve` makes a new one at the next start.
            let _ = self.near.remove(keys::PAD);
            near = put_checked(&*self.near, key, &text);
        }
        let far = self.far.put(key, &text, care).await;
        Kept::from(near, far)
    }

    /// Removes a record from both stores: for what the patient wants gone, whatever the state of either.
    pub async fn erase(&self, key: &str) -> Kept {
        let near = self.near.remove(key);
        let far = self.far.remove(key).await;
        Kept::from(near, far)
    }

    /// Removes every record whose key begins with one of these from both stores, where they let us.
    pub async fn sweep(&self, prefixes: &[String]) {
        for prefix in prefixes {
            for key in self.near.keys(prefix).unwrap_or_default() {
                let _ = self.near.remove(&key);
            }
            for (key, _) in self.far.entries(prefix).await.unwrap_or_default() {
                let _ = self.far.remove(&key).await;
            }
        }
    }

    /// Removes a record from each of the stores in which its successor has been kept.
    pub async fn supersede(&self, key: &str, successor: Kept) {
        if successor.local().is_ok() {
            let _ = self.near.remove(key);
        }
        if successor.indexed().is_ok() {
            let _ = self.far.remove(key).await;
        }
    }

    /// Keeps some room free in local storage, unless it is there already or does not fit.
    pub fn reserve(&self) {
        /// In UTF-16 units, of the 5,242,880 a browser allows an origin: several finished responses.
        const ROOM: usize = 64 * 1024;
        if self.near.get(keys::PAD) == Ok(None) {
            let _ = self.near.put(keys::PAD, &"0".repeat(ROOM));
        }
    }

    /// Reads both stores, sets unreadable records aside, and heals the poorer store from the richer.
    ///
    /// Records that are replaced are not healed and not returned, and are removed from each store that
    /// holds the successor.
    pub async fn load(&self, replaced: Replaced) -> Loaded {
        let (far, indexed) = match self.far.entries(keys::PREFIX).await {
            Ok(entries) => (entries.into_iter().filter(|(key, _)| Key::parse(key).is_some()).collect(), None),
            Err(fault) => (Map::new(), Some(fault)),
        };
        // Last, and without a pause until it is healed: what another tab writes in between is not undone.
        let (near, local) = all_of(&*self.near);
        let loaded = Loaded { local, indexed, ..Loaded::default() };
        if near.keys().next().is_none() && far.keys().next().is_none() {
            return loaded;
        }
        self.heal(near, far, loaded, replaced).await
    }

    /// Apart, and boxed: a device that keeps nothing of ours does without this code until the first question is
    /// shown.
    #[inline(never)]
    fn heal<'a>(
        &'a self,
        near: Map<String, String>,
        far: Map<String, String>,
        loaded: Loaded,
        replaced: Replaced,
    ) -> Soon<'a, Loaded> {
        Box::pin(self.healed(near, far, loaded, replaced))
    }

    async fn healed(
        &self,
        near: Map<String, String>,
        far: Map<String, String>,
        mut loaded: Loaded,
        replaced: Replaced,
    ) -> Loaded {
        let (local, indexed) = (loaded.local, loaded.indexed);
        let every: Set<&String> = near.keys().chain(far.keys()).collect();
        // Healed with the very bytes that were found, also where a later program wrote them for us to read.
        let mut texts: Map<&String, &String> = Map::new();
        for &key in &every {
            for text in [near.get(key), far.get(key)].into_iter().flatten() {
                match envelope::open(key, text) {
                    Opened::Whole { turn, body } => {
                        if loaded.records.get(key).is_none_or(|best| best.turn < turn) {
                            loaded.records.insert(key.clone(), Record { turn, body: body.to_owned() });
                            texts.insert(key, text);
                        }
                    }
                    Opened::Newer => {
                        loaded.newer.insert(key.clone());
                    }
                    Opened::Unreadable => loaded.unreadable += 1,
                }
            }
        }
        let replaced = replaced(&loaded.records);
        for (key, _) in &replaced {
            loaded.records.remove(key);
        }

        let replaced_key = |key: &String| replaced.iter().any(|(ghost, _)| ghost == key);
        let mut in_near = Set::new();
        let mut in_far = Set::new();
        let to_heal: Vec<(&String, Option<&String>)> = every
            .into_iter()
            .filter(|key| !loaded.newer.contains(*key) && !replaced_key(key))
            .map(|key| (key, texts.get(key).copied()))
            .collect();
        for (key, best) in &to_heal {
            if local.is_none() && self.heal_near(key, near.get(*key), best.map(String::as_str)) {
                in_near.insert(*key);
            }
        }
        for (key, best) in &to_heal {
            if indexed.is_none() && self.heal_far(key, far.get(*key), best.map(String::as_str)).await {
                in_far.insert(*key);
            }
        }
        for (ghost, successor) in &replaced {
            if in_near.contains(successor) && near.contains_key(ghost) {
                let _ = self.near.remove(ghost);
            }
            if in_far.contains(successor) && far.contains_key(ghost) {
                let _ = self.far.remove(ghost).await;
            }
        }
        loaded
    }

    /// Whether local storage holds the best record in the end.
    fn heal_near(&self, key: &str, found: Option<&String>, best: Option<&str>) -> bool {
        if let Some(text) = found
            && to_set_aside(key, text, best)
        {
            let aside = keys::set_aside(key, &envelope::sum(&[text]));
            if put_checked(&*self.near, &aside, text).is_err() {
                return false;
            }
            if best.is_none() {
                let _ = self.near.remove(key);
            }
        }
        best.is_some_and(|best| {
            found.is_some_and(|text| text == best) || put_checked(&*self.near, key, best).is_ok()
        })
    }

    /// Whether IndexedDB holds the best record in the end.
    async fn heal_far(&self, key: &str, found: Option<&String>, best: Option<&str>) -> bool {
        if let Some(text) = found
            && to_set_aside(key, text, best)
        {
            let aside = keys::set_aside(key, &envelope::sum(&[text]));
            if self.far.put(&aside, text, Care::Strict).await.is_err() {
                return false;
            }
            if best.is_none() {
                let _ = self.far.remove(key).await;
            }
        }
        let Some(best) = best else { return false };
        if found.is_some_and(|text| text == best) {
            return true;
        }
        // Whoever has written to local storage since it was read is about to write here too, and newer.
        let unchanged = self.near.get(key).map_or(true, |now| now.is_none_or(|now| now == best));
        unchanged && self.far.put(key, best, Care::Strict).await.is_ok()
    }
}

/// Whether what was found may not be written over without a copy: it cannot be read, or it claims to be as
/// new as the best and is something else.
fn to_set_aside(key: &str, found: &str, best: Option<&str>) -> bool {
    match envelope::open(key, found) {
        Opened::Unreadable => true,
        Opened::Newer => false,
        Opened::Whole { turn, .. } => best.is_some_and(|best| {
            best != found
                && matches!(envelope::open(key, best), Opened::Whole { turn: other, .. } if turn == other)
        }),
    }
}

/// Writes and reads back.
fn put_checked(slots: &dyn Slots, key: &str, text: &str) -> Result<(), Fault> {
    slots.put(key, text)?;
    match slots.get(key)? {
        Some(back) if back == text => Ok(()),
        _ => Err(Fault::Broken),
    }
}

/// Every record of ours, and what went wrong if something did. Nothing is believed of a store that failed
/// half-way.
fn all_of(slots: &dyn Slots) -> (Map<String, String>, Option<Fault>) {
    let read = || {
        let mut found = Map::new();
        for key in slots.keys(keys::PREFIX)? {
            if Key::parse(&key).is_some()
                && let Some(text) = slots.get(&key)?
            {
                found.insert(key, text);
            }
        }
        Ok(found)
    };
    match read() {
        Ok(found) => (found, None),
        Err(fault) => (Map::new(), Some(fault)),
    }
}
