//! The browser's own locks between tabs (Web Locks): released by the browser when a tab dies.

use super::lease::{Held, Lease, Stamp};
use crate::store::slots::{Slots, Soon};
use js_sys::{Function, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "wm/1/lease";

/// The best lease there is here: the browser's locks, or a stamp in `slots`. Over plain HTTP, in older
/// browsers and in some frames there are none.
pub fn browser(slots: Rc<dyn Slots>, writer: &str) -> Rc<dyn Lease> {
    let navigator = web_sys::window().map(|window| window.navigator());
    let manager = navigator.and_then(|navigator| Reflect::get(&navigator, &"locks".into()).ok());
    match manager {
        Some(manager) if manager.is_object() => Rc::new(Locks { manager, stamp: Stamp::new(slots, writer) }),
        _ => Rc::new(Stamp::new(slots, writer)),
    }
}

struct Locks {
    manager: JsValue,
    /// For where asking for a lock throws, as in a sandboxed frame.
    stamp: Stamp,
}

impl Lease for Locks {
    fn take(&self, now: u64) -> Soon<'_, Option<Held>> {
        Box::pin(async move {
            match JsFuture::from(self.request()).await {
                // The release function, or null while another tab has the lock.
                Ok(release) => release.dyn_into::<Function>().ok().map(|release| {
                    Held::new(move || {
                        let _ = release.call0(&JsValue::NULL);
                    })
                }),
                Err(_) => self.stamp.take(now).await,
            }
        })
    }
}

impl Locks {
    /// A promise of the function that gives the lock back. The lock is held for as long as the promise that
    /// its callback returns is open, so that promise's own `resolve` is what gives it back.
    fn request(&self) -> Promise {
        Promise::new(&mut |answer, refuse| {
            let answer_later = answer.clone();
            let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
                if lock.is_null() {
                    let _ = answer_later.call1(&JsValue::NULL, &JsValue::NULL);
                    return JsValue::UNDEFINED;
                }
                Promise::new(&mut |release, _| {
                    let _ = answer_later.call1(&JsValue::NULL, &release);
                })
                .into()
            });
            let asked = (|| {
                let options = Object::new();
                Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE)?;
                let request: Function = Reflect::get(&self.manager, &"request".into())?.dyn_into()?;
                let over = request.call3(&self.manager, &NAME.into(), &options, &granted)?;
                // It rejects where locks are forbidden. When it resolves all is over, and `answer`, which has
                // been called by then, does nothing.
                let then: Function = Reflect::get(&over, &"then".into())?.dyn_into()?;
                then.call2(&over, &answer, &refuse)
            })();
            if let Err(thrown) = asked {
                let _ = refuse.call1(&JsValue::NULL, &thrown);
            }
        })
    }
}
