//! Handing finished responses to the service, exactly once.
//!
//! # The order of calls
//!
//! ```text
//! let push = FhirPush::new(base, token, Rc::new(Fetch))        how to reach one service
//! let courier = Courier::new(keeper, Rc::new(push), lease)     lease: `locks::browser(…)`
//! courier.round(now, random, online).await                     sends what is due; a report of what became of it
//! courier.next_wake(now, online)                               when to call `round` again
//! courier.hurry()                                              before a round because of load, `online`, a button
//! courier.resume()                                             after a pause: a new token, or a person asked
//! ```
//!
//! The transport may deliver twice and the service must not mind: the id is ours, the bytes are frozen. The
//! pure parts ([`round`], [`fhir_push`], [`same`]) decide; [`carrier`]s act; only [`courier`] joins them with
//! the store. A status code is never proof: a [`crate::domain::receipt::Receipt`] is made when the service
//! itself has shown our id, our identifier and our content.

pub mod base45;
pub mod base64;
pub mod carrier;
pub mod code;
pub mod courier;
pub mod curve;
pub mod deflate;
#[cfg(target_arch = "wasm32")]
pub mod fetch;
pub mod fhir_push;
pub mod file;
pub mod handshake;
pub mod http;
#[cfg(not(target_arch = "wasm32"))]
pub mod inflate;
pub mod instant;
pub mod jwe;
pub mod lease;
#[cfg(target_arch = "wasm32")]
pub mod locks;
pub mod message;
pub mod pull;
pub mod qr;
#[cfg(not(target_arch = "wasm32"))]
pub mod receive;
pub mod round;
pub mod same;
pub mod service_key;
#[cfg(target_arch = "wasm32")]
pub mod web_crypto;
