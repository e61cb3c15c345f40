//! A device and a service that go wrong to order: two stores, a browser that dies, and a FHIR server that
//! drops, lies and forgets.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod outbox;

use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use what_matters::collect::http::{Http, Reply, Request, Silence};
use what_matters::domain::ids::{InstrumentId, ResponseId};
use what_matters::domain::parcel::Parcel;
use what_matters::store::fault::Fault;
use what_matters::store::slots::{Care, LateSlots, Slots, Soon};

pub type Records = BTreeMap<String, String>;

/// Runs to the end, or to the point where nothing will ever answer again: `None` is a death.
pub fn run<T>(work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    // Everything here is ready at once or never: a second look would see no more than the first.
    match work.as_mut().poll(&mut context) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// What goes wrong, counted in calls to either store or the service.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    None,
    /// The browser dies at this call, before or after it took effect.
    Die {
        at: usize,
        done: bool,
    },
    /// This call fails, having taken effect or not.
    Fail {
        at: usize,
        fault: Fault,
        done: bool,
    },
    /// Local storage fails from this call on.
    NearFails {
        from: usize,
        fault: Fault,
    },
    /// IndexedDB fails from this call on.
    FarFails {
        from: usize,
        fault: Fault,
    },
    /// Neither store takes anything more; both let go of what they have.
    NoRoom,
    /// This call fails; at that later one the browser dies.
    FailThenDie {
        at: usize,
        fault: Fault,
        die: usize,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Near,
    Far,
    Net,
}

enum Turn {
    Go,
    Fail { fault: Fault, done: bool },
    Die { done: bool },
}

/// What is left of a device when a browser dies.
pub struct Device {
    pub near: RefCell<Records>,
    pub far: RefCell<Records>,
    /// Local storage after each change of it.
    pub history: RefCell<Vec<Records>>,
    pub calls: Cell<usize>,
    pub trouble: Cell<Trouble>,
    /// The most that local storage takes, in UTF-16 units of keys and values.
    pub room: Cell<Option<usize>>,
    dead: Cell<bool>,
}

impl Device {
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            near: RefCell::default(),
            far: RefCell::default(),
            history: RefCell::new(vec![Records::new()]),
            calls: Cell::new(0),
            trouble: Cell::new(Trouble::None),
            room: Cell::new(None),
            dead: Cell::new(false),
        })
    }

    pub fn with(trouble: Trouble) -> Rc<Self> {
        let device = Self::new();
        device.trouble.set(trouble);
        device
    }

    pub fn is_dead(&self) -> bool {
        self.dead.get()
    }

    /// Switched on again, with nothing going wrong any more.
    pub fn restart(&self) {
        self.dead.set(false);
        self.trouble.set(Trouble::None);
    }

    /// What local storage holds, in UTF-16 units of keys and values.
    pub fn near_size(&self) -> usize {
        let units = |text: &str| text.encode_utf16().count();
        self.near.borrow().iter().map(|(key, value)| units(key) + units(value)).sum()
    }

    pub fn near_store(self: &Rc<Self>) -> Rc<dyn Slots> {
        Rc::new(Near(Rc::clone(self)))
    }

    pub fn far_store(self: &Rc<Self>) -> Rc<dyn LateSlots> {
        Rc::new(Far(Rc::clone(self)))
    }

    fn turn(&self, which: Which) -> Turn {
        if self.dead.get() {
            return Turn::Die { done: false };
        }
        let call = self.calls.get();
        self.calls.set(call + 1);
        match self.trouble.get() {
            Trouble::Die { at, done } if call == at => {
                self.dead.set(true);
                Turn::Die { done }
            }
            Trouble::FailThenDie { die, .. } if call == die => {
                self.dead.set(true);
                Turn::Die { done: false }
            }
            Trouble::Fail { at, fault, done } if call == at => Turn::Fail { fault, done },
            Trouble::FailThenDie { at, fault, .. } if call == at => Turn::Fail { fault, done: false },
            Trouble::NearFails { from, fault } if call >= from && which == Which::Near => {
                Turn::Fail { fault, done: false }
            }
            Trouble::FarFails { from, fault } if call >= from && which == Which::Far => {
                Turn::Fail { fault, done: false }
            }
            _ => Turn::Go,
        }
    }
}

struct Near(Rc<Device>);

impl Near {
    fn change(&self, change: impl FnOnce(&mut Records)) -> Result<(), Fault> {
        let apply = |change: &mut dyn FnMut(&mut Records)| {
            change(&mut self.0.near.borrow_mut());
            let now = self.0.near.borrow().clone();
            self.0.history.borrow_mut().push(now);
        };
        let mut change = Some(change);
        let mut once = |records: &mut Records| change.take().unwrap()(records);
        match self.0.turn(Which::Near) {
            Turn::Go => {
                apply(&mut once);
                Ok(())
            }
            // The standard has it that a failed write of local storage leaves the old value.
            Turn::Fail { fault, .. } => Err(fault),
            Turn::Die { done } => {
                if done {
                    apply(&mut once);
                }
                Err(Fault::Broken)
            }
        }
    }

    fn look<T>(&self, look: impl FnOnce(&Records) -> T) -> Result<T, Fault> {
        match self.0.turn(Which::Near) {
            Turn::Go => Ok(look(&self.0.near.borrow())),
            Turn::Fail { fault, .. } => Err(fault),
            Turn::Die { .. } => Err(Fault::Broken),
        }
    }
}

impl Slots for Near {
    fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        self.look(|records| records.get(key).cloned())
    }

    fn put(&self, key: &str, value: &str) -> Result<(), Fault> {
        assert!(key.starts_with("wm/1/"), "a foreign key was written: {key}");
        let fits = |room: usize| {
            let old = self.0.near.borrow().get(key).map_or(0, |old| key.len() + old.encode_utf16().count());
            self.0.near_size() - old + key.len() + value.encode_utf16().count() <= room
        };
        if matches!(self.0.trouble.get(), Trouble::NoRoom) || !self.0.room.get().is_none_or(fits) {
            return Err(Fault::Full);
        }
        self.change(|records| drop(records.insert(key.to_owned(), value.to_owned())))
    }

    fn remove(&self, key: &str) -> Result<(), Fault> {
        assert!(key.starts_with("wm/1/"), "a foreign key was removed: {key}");
        self.change(|records| drop(records.remove(key)))
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Fault> {
        self.look(|records| records.keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

struct Far(Rc<Device>);

impl Far {
    /// A write that fails may still have been committed: the answer came too late.
    fn change(&self, change: impl FnOnce(&mut Records)) -> Soon<'_, Result<(), Fault>> {
        match self.0.turn(Which::Far) {
            Turn::Go => {
                change(&mut self.0.far.borrow_mut());
                Box::pin(std::future::ready(Ok(())))
            }
            Turn::Fail { fault, done } => {
                if done {
                    change(&mut self.0.far.borrow_mut());
                }
                Box::pin(std::future::ready(Err(fault)))
            }
            Turn::Die { done } => {
                if done {
                    change(&mut self.0.far.borrow_mut());
                }
                Box::pin(std::future::pending())
            }
        }
    }
}

impl LateSlots for Far {
    fn entries<'a>(&'a self, prefix: &'a str) -> Soon<'a, Result<Vec<(String, String)>, Fault>> {
        match self.0.turn(Which::Far) {
            Turn::Go => {
                let far = self.0.far.borrow();
                let found = far.iter().filter(|(key, _)| key.starts_with(prefix));
                let found = found.map(|(key, value)| (key.clone(), value.clone())).collect();
                Box::pin(std::future::ready(Ok(found)))
            }
            Turn::Fail { fault, .. } => Box::pin(std::future::ready(Err(fault))),
            Turn::Die { .. } => Box::pin(std::future::pending()),
        }
    }

    fn put<'a>(&'a self, key: &'a str, value: &'a str, _: Care) -> Soon<'a, Result<(), Fault>> {
        assert!(key.starts_with("wm/1/"), "a foreign key was written: {key}");
        if matches!(self.0.trouble.get(), Trouble::NoRoom) {
            return Box::pin(std::future::ready(Err(Fault::Full)));
        }
        self.change(|records| drop(records.insert(key.to_owned(), value.to_owned())))
    }

    fn remove<'a>(&'a self, key: &'a str) -> Soon<'a, Result<(), Fault>> {
        self.change(|records| drop(records.remove(key)))
    }
}

/// What the service does to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Well,
    /// The connection drops before anything is done.
    DropBefore,
    /// It is done, and the connection drops.
    DropAfter,
    /// It is done, and the answer breaks off in the middle.
    Truncate,
    /// It is done, and nothing is shown.
    NoContent,
    /// A captive portal: 200, a page, and nothing done.
    Portal,
    /// A status, an empty answer, and nothing done.
    Status(u16),
}

pub const EVERY_MOOD: [Mood; 9] = [
    Mood::Well,
    Mood::DropBefore,
    Mood::DropAfter,
    Mood::Truncate,
    Mood::NoContent,
    Mood::Portal,
    Mood::Status(500),
    Mood::Status(429),
    Mood::Status(412),
];

/// A FHIR server that keeps QuestionnaireResponses and Binaries.
pub struct Server {
    pub resources: RefCell<BTreeMap<String, Value>>,
    /// What it does to the next requests; well when there is no more.
    pub moods: RefCell<VecDeque<Mood>>,
    pub requests: RefCell<Vec<Request>>,
    /// It gives out ids itself.
    pub own_ids: Cell<bool>,
    /// Ids for which it always answers so.
    pub poison: RefCell<BTreeMap<String, Mood>>,
    device: Option<Rc<Device>>,
}

impl Server {
    pub fn new(device: Option<&Rc<Device>>) -> Rc<Self> {
        Rc::new(Self {
            resources: RefCell::default(),
            moods: RefCell::default(),
            requests: RefCell::default(),
            own_ids: Cell::new(false),
            poison: RefCell::default(),
            device: device.cloned(),
        })
    }

    fn act(&self, request: &Request) -> (u16, Value) {
        let below = request.url.strip_prefix("https://fhir.example/r4/").expect("our base");
        let path = ["QuestionnaireResponse", "Binary"].iter().find_map(|kind| below.strip_prefix(kind));
        let path = path.expect("a kind of ours");
        let mut resources = self.resources.borrow_mut();
        let body = || serde_json::from_str::<Value>(request.body.as_deref().unwrap()).unwrap();
        let named = |resources: &BTreeMap<String, Value>, criteria: &str| -> Vec<Value> {
            let value = criteria.strip_prefix("identifier=urn:ietf:rfc:3986%7C").expect("our criteria");
            resources.values().filter(|resource| resource["identifier"]["value"] == value).cloned().collect()
        };
        let mut keep = |id: &str, mut resource: Value| {
            let before = resources
                .get(id)
                .map(|old| old["meta"]["versionId"].as_str().unwrap().parse::<u32>().unwrap());
            let version = before.unwrap_or(0) + 1;
            resource["id"] = json!(id);
            resource["meta"] =
                json!({"versionId": version.to_string(), "lastUpdated": "2026-01-01T00:00:00Z"});
            resources.insert(id.to_owned(), resource.clone());
            (if before.is_some() { 200 } else { 201 }, resource)
        };
        match (request.method, path) {
            ("PUT", _) if self.own_ids.get() => (405, json!({"resourceType": "OperationOutcome"})),
            ("PUT", path) => keep(&path[1..], body()),
            ("POST", "") => {
                let criteria =
                    request.headers.iter().find(|(name, _)| *name == "If-None-Exist").expect("a condition");
                match named(&resources, &criteria.1).as_slice() {
                    [] => {
                        let id = format!("server-{}", resources.len());
                        let mut keep = |id: &str, mut resource: Value| {
                            resource["id"] = json!(id);
                            resources.insert(id.to_owned(), resource.clone());
                            (201, resource)
                        };
                        keep(&id, body())
                    }
                    [one] => (200, one.clone()),
                    _ => (412, Value::Null),
                }
            }
            ("GET", path) => match path.strip_prefix('?') {
                Some(criteria) => {
                    let found =
                        named(&resources, criteria).into_iter().map(|resource| json!({"resource": resource}));
                    (
                        200,
                        json!({"resourceType": "Bundle", "type": "searchset", "entry": found.collect::<Vec<_>>()}),
                    )
                }
                None => match resources.get(&path[1..]) {
                    Some(resource) => (200, resource.clone()),
                    None => (404, json!({"resourceType": "OperationOutcome"})),
                },
            },
            (method, _) => panic!("{method}"),
        }
    }
}

fn said(status: u16, body: String) -> Result<Reply, Silence> {
    Ok(Reply { status, retry_after: None, body })
}

impl Http for Server {
    fn send(&self, request: Request) -> Soon<'_, Result<Reply, Silence>> {
        self.requests.borrow_mut().push(request.clone());
        if let Some(device) = &self.device
            && let Turn::Die { done } = device.turn(Which::Net)
        {
            if done {
                self.act(&request);
            }
            return Box::pin(std::future::pending());
        }
        let poison =
            self.poison.borrow().iter().find(|(id, _)| request.url.contains(*id)).map(|(_, mood)| *mood);
        let mood = poison.or_else(|| self.moods.borrow_mut().pop_front()).unwrap_or(Mood::Well);
        let reply = match mood {
            Mood::Well => {
                let (status, body) = self.act(&request);
                said(status, body.to_string())
            }
            Mood::DropBefore => Err(Silence),
            Mood::DropAfter => {
                self.act(&request);
                Err(Silence)
            }
            Mood::Truncate => {
                let (status, body) = self.act(&request);
                let body = body.to_string();
                said(status, body.chars().take(body.len() / 2).collect())
            }
            Mood::NoContent => {
                self.act(&request);
                said(204, String::new())
            }
            Mood::Portal => said(200, "<!doctype html><title>Log in to the network</title>".to_owned()),
            Mood::Status(status) => said(status, String::new()),
        };
        Box::pin(std::future::ready(reply))
    }
}

pub const BASE: &str = "https://fhir.example/r4/";

pub fn instrument() -> InstrumentId {
    InstrumentId::new("https://a.example/q", Some("1"))
}

/// A finished response with these answers, as `(linkId, number)`.
pub fn response(id: &ResponseId, answers: &[(String, i32)]) -> Parcel {
    let items: Vec<Value> = answers
        .iter()
        .map(|(link_id, value)| json!({"linkId": link_id, "answer": [{"valueInteger": value}]}))
        .collect();
    let resource = json!({
        "resourceType": "QuestionnaireResponse", "id": id.as_str(),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": format!("urn:uuid:{id}")},
        "questionnaire": instrument().to_string(), "status": "completed",
        "authored": "2026-11-22T08:00:00+00:00", "item": items,
    });
    Parcel::kept(id.clone(), instrument(), resource.to_string(), None)
}

/// The answers in a resource.
pub fn answers(resource: &Value) -> Vec<(String, i32)> {
    let items = resource["item"].as_array().unwrap();
    items
        .iter()
        .map(|item| {
            let value = item["answer"][0]["valueInteger"].as_i64().unwrap();
            (item["linkId"].as_str().unwrap().to_owned(), i32::try_from(value).unwrap())
        })
        .collect()
}

/// Small, fast and the same everywhere: xorshift64* (Vigna 2016).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.roll() as usize % most.max(1)
    }
}
