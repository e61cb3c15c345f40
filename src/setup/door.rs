//! The set-up page in a browser: what needs files, the clipboard, the focus, and the practice's own page. It sends
//! nothing.

use super::boxes::Hands;
use super::form::{Change, Form, Tool};
use super::looking::Pasted;
use super::measures::measures;
use super::screen::{FILE, screen};
use crate::app::saving;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, Response, Url,
};

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
            open: Arc::new(move || open_page(form)),
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

/// Opens the practice's page as a stranger sees it, when somebody asks for it. Browsers let us where it is on the web
/// server this page comes from; elsewhere our own policy forbids it.
fn open_page(form: RwSignal<Form>) {
    let page = form.with_untracked(|form| form.pasted.page.clone());
    spawn_local(async move {
        let change = match fetched(&page).await {
            Ok((source, headers)) => Change::Opened(Pasted { page, source, headers }),
            Err(status) => Change::NotOpened(page, status),
        };
        form.update(|form| form.apply(change));
    });
}

/// The source and the headers of a page, or what its server said instead, if it was asked.
async fn fetched(page: &str) -> Result<(String, String), Option<u16>> {
    let url = Url::new(page.trim()).map_err(|_| None)?;
    if !["https:", "http:"].contains(&url.protocol().as_str()) {
        return Err(None);
    }
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    let window = web_sys::window().ok_or(None)?;
    let answer =
        JsFuture::from(window.fetch_with_str_and_init(&url.href(), &init)).await.map_err(|_| None)?;
    let response: Response = answer.dyn_into().map_err(|_| None)?;
    if !response.ok() {
        return Err(Some(response.status()));
    }
    let mut headers = String::new();
    for pair in js_sys::try_iter(&response.headers()).ok().flatten().into_iter().flatten().flatten() {
        let pair: js_sys::Array = pair.unchecked_into();
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            headers.extend([name.as_str(), ": ", &value, "\n"]);
        }
    }
    let source = JsFuture::from(response.text().map_err(|_| None)?).await.map_err(|_| None)?;
    Ok((source.as_string().unwrap_or_default(), headers))
}

fn focus(id: &str) {
    let control = document().and_then(|document| document.get_element_by_id(id));
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        // A control that is gone cannot be gone to.
        let _ = control.focus();
    }
}
