//! Requests by the browser's `fetch`.

use super::http::{Http, PATIENCE, Reply, Request, Silence};
use crate::store::slots::Soon;
use gloo_timers::future::TimeoutFuture;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, Response,
};

/// Sends requests: no cookies, no referrer, no cache, no redirect, and an end to the waiting.
pub struct Fetch;

impl Http for Fetch {
    fn send(&self, request: Request) -> Soon<'_, Result<Reply, Silence>> {
        Box::pin(async move {
            let controller = AbortController::new().map_err(|_| Silence)?;
            let mut answer = pin!(ask(&request, controller.signal()));
            let mut alarm = pin!(TimeoutFuture::new(PATIENCE));
            let first = poll_fn(|context| match answer.as_mut().poll(context) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
            });
            match first.await {
                Some(answer) => answer.map_err(|_| Silence),
                None => {
                    controller.abort();
                    Err(Silence)
                }
            }
        })
    }
}

async fn ask(request: &Request, signal: AbortSignal) -> Result<Reply, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers(&headers);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&signal));
    if let Some(body) = &request.body {
        init.set_body(&body.as_str().into());
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(&request.url, &init)).await?.unchecked_into();
    let retry_after = response.headers().get("Retry-After").ok().flatten();
    // A body that breaks off is no body: what it would have said has to be asked for.
    let body = match response.text() {
        Ok(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()),
        Err(_) => None,
    };
    Ok(Reply { status: response.status(), retry_after, body: body.unwrap_or_default() })
}
