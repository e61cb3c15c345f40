//! A request and what came of it, without the browser: so that what is decided can be tested natively.

use crate::store::slots::Soon;

/// Longest wait for one answer, in milliseconds.
pub const PATIENCE: u32 = 30_000;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `PUT` or `POST`.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: Option<String>,
}

/// What answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After`, where the service lets the page read it.
    pub retry_after: Option<String>,
    /// What it said; empty when it broke off.
    pub body: String,
}

/// Nothing answered: no network, a refused connection, a redirect, a preflight that failed, or too slow.
/// A browser does not tell which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence;

/// Sends requests. Never follows a redirect, sends no cookies and no referrer, keeps nothing in a cache,
/// and gives up after [`PATIENCE`].
pub trait Http {
    /// Sends one request.
    fn send(&self, request: Request) -> Soon<'_, Result<Reply, Silence>>;
}
