//! Fetching the configuration and questionnaires: public files, asked for without credentials.

use super::surroundings;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReferrerPolicy, RequestCredentials, RequestInit, Response};

/// Why a file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchFault {
    /// No answer: no network, a timeout, or a refusal by the browser.
    Network,
    /// The server says there is no such file (404 or 410).
    Missing,
    /// The server answered with another status that is not success.
    Status(u16),
}

/// Longest wait for a small public file, in milliseconds; after it a slow network counts as none, and the
/// person is told so and can try again.
const WITHIN: u32 = 30_000;

/// The settings at an address, or those given themselves: an address never begins with a brace.
///
/// # Errors
/// As [`text`].
pub async fn settings(given: &str) -> Result<String, FetchFault> {
    if given.starts_with('{') { Ok(given.to_owned()) } else { text(given).await }
}

/// The text of a file.
///
/// # Errors
/// What the network or the server did; a redirect is followed, since these files carry nothing of anybody's.
pub async fn text(url: &str) -> Result<String, FetchFault> {
    let window = web_sys::window().ok_or(FetchFault::Network)?;
    let abort = AbortController::new().map_err(|_| FetchFault::Network)?;
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&abort.signal()));
    let _timeout = Timeout::new(WITHIN, move || abort.abort());

    let elsewhere = surroundings::file(url);
    let url = elsewhere.as_deref().unwrap_or(url);
    let response =
        JsFuture::from(window.fetch_with_str_and_init(url, &init)).await.map_err(|_| FetchFault::Network)?;
    let response: Response = response.dyn_into().map_err(|_| FetchFault::Network)?;
    match response.status() {
        404 | 410 => return Err(FetchFault::Missing),
        status if !response.ok() => return Err(FetchFault::Status(status)),
        _ => {}
    }
    let text = response.text().map_err(|_| FetchFault::Network)?;
    let text = JsFuture::from(text).await.map_err(|_| FetchFault::Network)?;
    text.as_string().ok_or(FetchFault::Network)
}
