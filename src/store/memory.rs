//! Stores that keep nothing beyond the page: memory, and one that is always in the same trouble.

use super::fault::Fault;
use super::slots::{Care, LateSlots, Slots, Soon};
use crate::domain::ordered::Map;
use std::cell::RefCell;

/// Records in memory: gone with the page. For tests, and for a device that must forget.
#[derive(Debug, Default)]
pub struct Memory {
    records: RefCell<Map<String, String>>,
}

impl Slots for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        Ok(self.records.borrow().get(key).cloned())
    }

    fn put(&self, key: &str, value: &str) -> Result<(), Fault> {
        self.records.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Fault> {
        self.records.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Fault> {
        Ok(self.records.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

impl LateSlots for Memory {
    fn entries<'a>(&'a self, prefix: &'a str) -> Soon<'a, Result<Vec<(String, String)>, Fault>> {
        let records = self.records.borrow();
        let found = records.iter().filter(|(key, _)| key.starts_with(prefix));
        let found = found.map(|(key, value)| (key.clone(), value.clone())).collect();
        Box::pin(std::future::ready(Ok(found)))
    }

    fn put<'a>(&'a self, key: &'a str, value: &'a str, _: Care) -> Soon<'a, Result<(), Fault>> {
        Box::pin(std::future::ready(Slots::put(self, key, value)))
    }

    fn remove<'a>(&'a self, key: &'a str) -> Soon<'a, Result<(), Fault>> {
        Box::pin(std::future::ready(Slots::remove(self, key)))
    }
}

/// A store that answers everything with one fault: what stands in for storage that could not be opened.
#[derive(Clone, Copy, Debug)]
pub struct Unusable(pub Fault);

impl Slots for Unusable {
    fn get(&self, _: &str) -> Result<Option<String>, Fault> {
        Err(self.0)
    }

    fn put(&self, _: &str, _: &str) -> Result<(), Fault> {
        Err(self.0)
    }

    fn remove(&self, _: &str) -> Result<(), Fault> {
        Err(self.0)
    }

    fn keys(&self, _: &str) -> Result<Vec<String>, Fault> {
        Err(self.0)
    }
}

impl LateSlots for Unusable {
    fn entries<'a>(&'a self, _: &'a str) -> Soon<'a, Result<Vec<(String, String)>, Fault>> {
        Box::pin(std::future::ready(Err(self.0)))
    }

    fn put<'a>(&'a self, _: &'a str, _: &'a str, _: Care) -> Soon<'a, Result<(), Fault>> {
        Box::pin(std::future::ready(Err(self.0)))
    }

    fn remove<'a>(&'a self, _: &'a str) -> Soon<'a, Result<(), Fault>> {
        Box::pin(std::future::ready(Err(self.0)))
    }
}
