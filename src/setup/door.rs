//! The set-up page in a browser: what needs files, the clipboard and the focus. It sends nothing.

use super::boxes::Hands;
use super::form::{Change, Form, Tool};
use super::measures::measures;
use super::screen::{FILE, screen};
use crate::app::saving;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// Where the page is put: an empty element of `setup.html`.
const HOST: &str = "setup";
/// What the file is called when it is saved.
const NAME: &str = "demonstration.json";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Opens the page in its element.
pub fn open() {
    let Some(host) = document().and_then(|document| document.get_element_by_id(HOST)) else { return };
    let Ok(host) = host.dyn_into::<HtmlElement>() else { return };
    host.set_text_content(None);
    let files = host.clone();
    leptos::mount::mount_to(host, move || {
        let form = RwSignal::new(Form::fresh());
        take_files(&files, form);
        let hands = Hands {
            form: Arc::new(move || form.get()),
            act: Arc::new(move |change| form.update(|form| form.apply(change))),
            save: Arc::new(move || {
                if saving::save(NAME, "application/json", &form.get_untracked().settings.write()) {
                    form.update(|form| form.apply(Change::Saved));
                }
            }),
            copy: Arc::new(move |id| copy(form, id)),
            go: Arc::new(focus),
        };
        screen(&hands, &Arc::new(measures()))
    })
    .forget();
}

/// Takes in the file that somebody chooses. It is read here and goes nowhere.
fn take_files(host: &HtmlElement, form: RwSignal<Form>) {
    let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let file = input.filter(|input| input.id() == FILE).and_then(|input| input.files()?.get(0));
        let Some(file) = file else { return };
        spawn_local(async move {
            let Ok(text) = JsFuture::from(file.text()).await else { return };
            let text = text.as_string().unwrap_or_default();
            form.update(|form| {
                form.apply(Change::Write(Tool::Taken, text));
                form.apply(Change::TakeIn);
            });
        });
    });
    // It lives as long as the page.
    if host.add_event_listener_with_callback("change", hear.as_ref().unchecked_ref()).is_ok() {
        hear.forget();
    }
}

/// Copies what a box holds.
fn copy(form: RwSignal<Form>, id: &str) {
    let area = document().and_then(|document| document.get_element_by_id(id));
    let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
    area.select();
    let Some(window) = web_sys::window() else { return };
    let copied = window.navigator().clipboard().write_text(&area.value());
    spawn_local(async move {
        let done = if JsFuture::from(copied).await.is_ok() { Change::Copied } else { Change::NotCopied };
        form.update(|form| form.apply(done));
    });
}

fn focus(id: &str) {
    let control = document().and_then(|document| document.get_element_by_id(id));
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        // A control that is gone cannot be gone to.
        let _ = control.focus();
    }
}
