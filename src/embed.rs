//! What JavaScript sees: one element mounted, and taken away again.

use crate::app::door::Door;
use crate::app::surroundings;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

/// A mounted element. `free()` takes it away; what is kept on the device stays.
#[wasm_bindgen]
pub struct Mounted {
    door: Rc<Door>,
}

/// Opens the door in `host`, with the practice's configuration at the address `config`. What stands in the
/// host stays visible until the first screen is ready. `all_here` settles when all of the code has come: until
/// then only what the first question needs is sure to be there. On somebody else's page `files` is the absolute
/// address of the folder our files are in; on our own there is none, and the history, the title and the address
/// are ours.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, config: String, all_here: Promise, files: Option<String>) -> Mounted {
    if let Some(files) = files {
        surroundings::are_others(files);
    }
    let door = Door::new(host, config, all_here);
    spawn_local(door.clone().start());
    Mounted { door }
}

#[wasm_bindgen]
impl Mounted {
    /// What the element's own methods ask on behalf of a script on the page: a message of `docs/collecting.md`,
    /// and its reply. Refused where the configuration does not name the page's own origin.
    pub fn ask(&self, question: String) -> js_sys::Promise {
        self.door.collector_asks(question)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.door.unmount();
    }
}
