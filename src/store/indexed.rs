//! IndexedDB as a late store: one database, one object store, strings by key.
//!
//! Written against `web-sys` directly: the four requests used here are less than any wrapper crate. The
//! browser's own resolve and reject functions are hung on the requests, so nothing of ours is called back
//! after we stopped waiting.
//!
//! IndexedDB has been seen to hang (Safari, first open after start), to close under memory pressure (iOS)
//! and to be missing or refused. None of that may hold up a person who is answering: every wait has an end,
//! and after one that ended without an answer the store is left alone for a while.

use super::fault::Fault;
use super::keys::PREFIX;
use super::slots::{Care, LateSlots, Soon};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

const DATABASE: &str = "what-matters";
const STORE: &str = "records";
/// Longest wait for what is there, in milliseconds: the page is waiting to begin.
const PATIENCE_TO_READ: u32 = 2_000;
/// Longest wait for a change, in milliseconds: nobody is kept from answering, and a busy phone can take
/// seconds without anything being wrong.
const PATIENCE_TO_WRITE: u32 = 6_000;
/// How long a store that did not answer is left alone, in milliseconds.
const REST: f64 = 10_000.0;

/// The database, opened at first use and again whenever the browser has closed it.
pub struct Indexed {
    database: Rc<RefCell<Option<IdbDatabase>>>,
    /// Left alone until then, in milliseconds since 1970.
    resting_until: Cell<f64>,
}

impl Default for Indexed {
    fn default() -> Self {
        Self::new()
    }
}

impl Indexed {
    /// Nothing is opened before it is used.
    pub fn new() -> Self {
        Self { database: Rc::default(), resting_until: Cell::new(0.0) }
    }

    /// Does `work` with an end to the waiting.
    async fn within<T>(
        &self,
        patience: u32,
        work: impl Future<Output = Result<T, JsValue>>,
    ) -> Result<T, Fault> {
        let now = js_sys::Date::now();
        let resting = self.resting_until.get() - now;
        // More than a rest away is a clock that was put back.
        if resting > 0.0 && resting <= REST {
            return Err(Fault::Broken);
        }
        let mut work = pin!(work);
        let mut alarm = pin!(TimeoutFuture::new(patience));
        let first = poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
        });
        match first.await {
            Some(Ok(value)) => Ok(value),
            Some(Err(thrown)) if thrown.is_null() => Err(Fault::Absent),
            Some(Err(thrown)) => Err(Fault::of(&thrown)),
            None => {
                self.resting_until.set(js_sys::Date::now() + REST);
                Err(Fault::Broken)
            }
        }
    }

    /// A transaction and its object store; opens the database if it has to, and once more if the browser
    /// has closed it without telling.
    async fn begin(&self, mode: &str, care: Care) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let open = self.database.borrow().clone();
        if let Some(database) = open {
            match transaction(&database, mode, care) {
                Ok(begun) => return Ok(begun),
                Err(_) => self.database.borrow_mut().take(),
            };
        }
        let database = open_database(&self.database).await?;
        // Two that asked at once have each opened one: the later stays.
        if let Some(other) = self.database.borrow_mut().replace(database.clone()) {
            let_go(&other);
        }
        transaction(&database, mode, care)
    }

    /// Writes, and waits until the transaction is committed, not only asked for.
    async fn change(
        &self,
        care: Care,
        ask: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
    ) -> Result<(), JsValue> {
        let (transaction, store) = self.begin("readwrite", care).await?;
        let request = ask(&store)?;
        let mut committed = |resolve: Function, reject: Function| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        };
        let committed = JsFuture::from(Promise::new(&mut committed)).await;
        // The transaction's own error says more than the event: a commit can fail for want of room.
        committed.map(drop).map_err(|event| {
            let error = transaction.error().map(JsValue::from);
            error.or_else(|| request.error().ok().flatten().map(JsValue::from)).unwrap_or(event)
        })
    }
}

/// Closed when nobody uses it any more.
impl Drop for Indexed {
    fn drop(&mut self) {
        if let Some(database) = self.database.borrow_mut().take() {
            let_go(&database);
        }
    }
}

impl LateSlots for Indexed {
    fn entries<'a>(&'a self, prefix: &'a str) -> Soon<'a, Result<Vec<(String, String)>, Fault>> {
        let work = async move {
            let (_transaction, store) = self.begin("readonly", Care::Relaxed).await?;
            let keys = answer(&store.get_all_keys()?);
            let values = answer(&store.get_all()?);
            let (keys, values): (Array, Array) =
                (keys.await?.unchecked_into(), values.await?.unchecked_into());
            let pairs = keys.iter().zip(values.iter());
            let pairs = pairs.filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?)));
            Ok(pairs.filter(|(key, _)| key.starts_with(prefix)).collect())
        };
        Box::pin(self.within(PATIENCE_TO_READ, work))
    }

    fn put<'a>(&'a self, key: &'a str, value: &'a str, care: Care) -> Soon<'a, Result<(), Fault>> {
        if !key.starts_with(PREFIX) {
            return Box::pin(std::future::ready(Err(Fault::Refused)));
        }
        let work = self.change(care, move |store| store.put_with_key(&value.into(), &key.into()));
        Box::pin(self.within(PATIENCE_TO_WRITE, work))
    }

    fn remove<'a>(&'a self, key: &'a str) -> Soon<'a, Result<(), Fault>> {
        let work = self.change(Care::Strict, move |store| store.delete(&key.into()));
        Box::pin(self.within(PATIENCE_TO_WRITE, work))
    }
}

/// Closes a database; what is under way is finished first (IndexedDB 3.0, 5.2). Left as it is, it and the function
/// it calls would hold each other for ever.
fn let_go(database: &IdbDatabase) {
    database.set_onclose(None);
    database.set_onversionchange(None);
    database.close();
}

/// Opens in whatever version is there: a newer program may have raised it.
async fn open_database(slot: &Rc<RefCell<Option<IdbDatabase>>>) -> Result<IdbDatabase, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let request = window.indexed_db()?.ok_or(JsValue::NULL)?.open(DATABASE)?;
    // Called by the browser when the database is new; handed over for good, because that can be later than
    // we are prepared to wait. It holds nothing: one that knew the request, or that wasm-bindgen's
    // `once_into_js` keeps until it is called, would stay for ever on a device that has a database already.
    let upgrade: JsValue = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let request = event.target().map(JsCast::unchecked_into::<IdbRequest>);
        if let Some(Ok(database)) = request.map(|request| request.result()) {
            // It can only fail if the store is there already, which is as good.
            let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
        }
    })
    .into_js_value();
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let opened = answer(&request).await;
    // Else the request would hold the function it never calls.
    request.set_onupgradeneeded(None);
    let database: IdbDatabase = opened?.unchecked_into();

    let slot = Rc::clone(slot);
    let closing = database.clone();
    // Closed by the browser, or in the way of a newer program that wants to change the database.
    let close: JsValue = Closure::<dyn Fn()>::new(move || {
        closing.close();
        slot.borrow_mut().take();
    })
    .into_js_value();
    database.set_onclose(Some(close.unchecked_ref()));
    database.set_onversionchange(Some(close.unchecked_ref()));
    Ok(database)
}

fn transaction(
    database: &IdbDatabase,
    mode: &str,
    care: Care,
) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
    let durability = match care {
        Care::Relaxed => "relaxed",
        Care::Strict => "strict",
    };
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &durability.into())?;
    // Called by name: web-sys has no stable form of this with options. Browsers that know none ignore them.
    let begin: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    let begun: IdbTransaction =
        begin.call3(database, &STORE.into(), &mode.into(), &options)?.unchecked_into();
    let store = begun.object_store(STORE)?;
    Ok((begun, store))
}

/// What a request answers.
fn answer(request: &IdbRequest) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
    let request = request.clone();
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    async move {
        match JsFuture::from(promise).await {
            Ok(_) => request.result(),
            Err(event) => Err(request.error().ok().flatten().map_or(event, JsValue::from)),
        }
    }
}
