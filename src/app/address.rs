//! What the page's address may say: which questionnaire to open, how, and in which language. On somebody
//! else's page the element's own attributes say it, and the address is theirs. Where answers go is never in
//! either (threat T9).

use super::config::{Config, built_in, is_path};
use super::surroundings;
use crate::engine::steps::Layout;
use web_sys::{HtmlElement, Url, UrlSearchParams};

/// Which questionnaire the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// None: the start page.
    Nothing,
    /// The one at this address, which is on this site or in the configuration.
    At(String),
    /// One that is on another site, or an id that is neither on offer nor built in.
    Elsewhere,
}

/// Reads `?instrument=<id>` and `?questionnaire=<address on this site>`.
pub fn wanted(host: &HtmlElement, config: &Config) -> Wanted {
    if !surroundings::are_ours() {
        return wanted_of_element(host, config);
    }
    let Some(location) = web_sys::window().map(|window| window.location()) else { return Wanted::Nothing };
    let search = location.search().unwrap_or_default();
    let Ok(parameters) = UrlSearchParams::new_with_str(&search) else { return Wanted::Nothing };
    if let Some(id) = parameters.get("instrument") {
        return named(config, &id);
    }
    match parameters.get("questionnaire") {
        None => Wanted::Nothing,
        Some(address) if is_path(&address) => Wanted::At(address),
        Some(address) => {
            let ours = location.origin().unwrap_or_default();
            match Url::new(&address) {
                Ok(url) if url.origin() == ours && url.protocol().starts_with("http") => {
                    Wanted::At(url.href())
                }
                _ => Wanted::Elsewhere,
            }
        }
    }
}

/// The one with this id. Those built in open without being on offer; what needs review asks for it when it is
/// opened.
fn named(config: &Config, id: &str) -> Wanted {
    let url = config.offer(id).map(|offer| offer.url.clone()).or_else(|| built_in(id));
    url.map_or(Wanted::Elsewhere, Wanted::At)
}

#[inline(never)] // not needed for the first question of a page of our own
fn wanted_of_element(host: &HtmlElement, config: &Config) -> Wanted {
    host.get_attribute("instrument").map_or(Wanted::Nothing, |id| named(config, &id))
}

/// The language asked for: `?lang=ur`, or the attribute `language`. It counts only if the configuration
/// offers it.
pub fn language(host: &HtmlElement) -> Option<String> {
    parameter(host, "lang", "language")
}

fn parameter(host: &HtmlElement, name: &str, attribute: &str) -> Option<String> {
    if !surroundings::are_ours() {
        return host.get_attribute(attribute);
    }
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// How the form is cut into pages: `?layout=all` shows the whole of it on one page, as link workers like.
pub fn layout(host: &HtmlElement) -> Layout {
    if parameter(host, "layout", "layout").as_deref() == Some("all") { Layout::All } else { Layout::Pages }
}

/// Prints the page, where there is a printer.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Refused in a sandboxed frame; then nothing happens, as with the browser's own menu.
        let _ = window.print();
    }
}
