//! Having the questionnaires on offer at hand.

use super::config::Config;
use super::door::Door;
use js_sys::{Array, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

impl Door {
    /// Fetches the questionnaires on offer, so that the start page can name them and Start is instant. All at
    /// once: on a slow network one after the other would take as many times as long.
    pub(super) async fn stock(&self, config: &Config) {
        let shelf: Rc<RefCell<Vec<_>>> = Rc::default();
        let promises = Array::new();
        for (at, offer) in config.questionnaires.iter().enumerate() {
            let (url, shelf) = (offer.url.clone(), shelf.clone());
            promises.push(&future_to_promise(async move {
                let fetched = super::opening::fetch(&url).await;
                shelf.borrow_mut().push((at, fetched));
                Ok(JsValue::UNDEFINED)
            }));
        }
        // It cannot fail: what went wrong with each is on the shelf.
        let _ = JsFuture::from(Promise::all(&promises)).await;
        let mut came = shelf.take();
        came.sort_by_key(|(at, _)| *at);
        *self.shelf.borrow_mut() = came.into_iter().map(|(_, fetched)| fetched).collect();
    }

    /// Fetches the questionnaires again, after the network failed.
    pub(super) async fn restock(self: Rc<Self>) {
        let config = self.config.borrow().clone();
        if let Some(config) = config {
            self.stock(&config).await;
        }
    }
}
