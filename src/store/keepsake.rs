//! Copies of their own answers that people chose to keep.
//!
//! A copy is apart from the response it was made of: sending, receiving and deleting the response leave it
//! alone, and it is never sent. It is there until the person deletes it or a year has passed. What a deleted
//! copy leaves behind is an empty record in its place, since another tab, which still knows the copy, would
//! otherwise put it back ([`Keeper::refresh`]).

use super::journal::DAY;
use super::keeper::Keeper;
use super::keys::Key;
use super::mirror::Kept;
use super::record;
use super::slots::Care;
use crate::domain::ids::ResponseId;
use crate::domain::keepsake::{Keepsake, Line};
use serde_json::{Map, Value};

/// How many days a copy is kept.
pub const KEPT_DAYS: u64 = 365;

/// What stands in the place of a deleted copy.
const DELETED: &str = "{}";

impl Keepsake {
    /// As it is kept.
    pub fn write(&self) -> String {
        let text = |text: &str| Value::String(text.to_owned());
        let line = |line: &Line| {
            let mut value = Map::new();
            value.insert("at".into(), text(&line.at));
            value.insert("asked".into(), text(&line.asked));
            value.insert("said".into(), line.said.iter().map(|said| text(said)).collect());
            Value::Object(value)
        };
        let mut record = Map::new();
        record.insert("id".into(), self.id.as_str().into());
        record.insert("instrument".into(), record::write_instrument_id(&self.instrument));
        record.insert("title".into(), text(&self.title));
        record.insert("finished_at".into(), self.at.into());
        record.insert("lines".into(), self.lines.iter().map(line).collect());
        Value::Object(record).to_string()
    }

    /// Reads it back; `None` when any of it is not what we would have written, and for a deleted one.
    fn read(text: &str) -> Option<Self> {
        let record: Value = serde_json::from_str(text).ok()?;
        let said = |said: &Value| said.as_str().map(Box::from);
        let line = |line: &Value| {
            Some(Line {
                at: line.get("at")?.as_str()?.into(),
                asked: line.get("asked")?.as_str()?.into(),
                said: line.get("said")?.as_array()?.iter().map(said).collect::<Option<_>>()?,
            })
        };
        Some(Self {
            id: ResponseId::parse(record.get("id")?.as_str()?)?,
            instrument: record::read_instrument_id(record.get("instrument")?)?,
            title: record.get("title")?.as_str()?.into(),
            at: record.get("finished_at")?.as_u64()?,
            lines: record.get("lines")?.as_array()?.iter().map(line).collect::<Option<_>>()?,
        })
    }

    /// When it is deleted by itself, in milliseconds since 1970.
    pub fn kept_until(&self) -> u64 {
        self.at.saturating_add(KEPT_DAYS * DAY)
    }
}

impl Keeper {
    /// Keeps a copy, as the person asked. Say "kept" according to what comes back.
    pub async fn keep_copy(&self, copy: &Keepsake) -> Kept {
        self.put(&Key::Copy(copy.id.clone()), copy.write(), Care::Strict).await
    }

    /// Every copy kept here, the newest first.
    pub fn copies(&self) -> Vec<Keepsake> {
        let known = self.known.borrow();
        let is_copy = |text: &str| matches!(Key::parse(text), Some(Key::Copy(_)));
        let copies = known.iter().filter(|(text, _)| is_copy(text));
        let mut copies: Vec<Keepsake> =
            copies.filter_map(|(_, record)| Keepsake::read(&record.body)).collect();
        copies.sort_by_key(|copy| std::cmp::Reverse(copy.at));
        copies
    }

    /// The newest copy of answers to a questionnaire, in any of its versions, other than `now`'s own.
    pub fn copy_before(&self, now: &Keepsake) -> Option<Keepsake> {
        let is_earlier = |copy: &Keepsake| {
            copy.instrument.url() == now.instrument.url() && copy.id != now.id && copy.at < now.at
        };
        self.copies().into_iter().find(is_earlier)
    }

    /// Deletes a copy, as the person asked. What comes back says in which stores it is gone.
    pub async fn delete_copy(&self, id: &ResponseId) -> Kept {
        let key = Key::Copy(id.clone());
        let kept = self.put(&key, DELETED.to_owned(), Care::Strict).await;
        if matches!(kept, Kept::Both) { kept } else { self.erase(&key.text()).await }
    }

    /// Deletes the copies that are a year old. To be called at the start. Copies that seem to be from the
    /// future are a sign of a wrong clock and stay.
    pub async fn expire_copies(&self, now: u64) {
        for copy in self.copies() {
            if now >= copy.kept_until() {
                self.delete_copy(&copy.id).await;
            }
        }
    }
}
