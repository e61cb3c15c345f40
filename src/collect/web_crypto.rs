//! Sealing by the browser's own cryptography: WebCrypto, which every browser has on pages that came over
//! HTTPS or from this very machine, and on no others.

use super::jwe::{self, Jwe};
use super::service_key::ServiceKey;
use crate::domain::parcel::Parcel;
use crate::domain::response::Response;
use crate::store::slots::Soon;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

/// Why a response was not sealed. It is not kept in the outbox and not sent then; its draft stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealFault {
    /// This page has no cryptography: it came over plain HTTP, or the browser is very old.
    Absent,
    /// The browser has it and would not do it.
    Failed,
}

impl From<JsValue> for SealFault {
    fn from(_: JsValue) -> Self {
        Self::Failed
    }
}

/// Whether this page can seal at all.
pub fn is_available() -> bool {
    cryptography().is_some()
}

/// Seals a response for `key`. Each call makes a key pair of its own, used once and never kept, so that the
/// same response sealed twice is two texts that have nothing in common.
///
/// # Errors
/// Why it could not be sealed.
pub async fn seal(key: &ServiceKey, response: Response) -> Result<Parcel, SealFault> {
    let (crypto, subtle) = cryptography().ok_or(SealFault::Absent)?;

    let agree = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())])?;
    // Not extractable: what it agrees upon can be had, itself it cannot. Its public half always can.
    let pair = subtle.generate_key_with_object(&agree, false, &list(&["deriveBits"]))?;
    let pair = given(pair).await?;
    let half = |name: &str| Reflect::get(&pair, &name.into())?.dyn_into::<CryptoKey>();
    let (private, public) = (half("privateKey")?, half("publicKey")?);
    let public = bytes(&given(subtle.export_key("raw", &public)?).await?);

    let theirs = Uint8Array::from(key.point().as_slice());
    let theirs = subtle.import_key_with_object("raw", &theirs, &agree, false, &list(&[]))?;
    let theirs = given(theirs).await?;
    let with = object(&[("name", "ECDH".into()), ("public", theirs)])?;
    let shared = bytes(&given(subtle.derive_bits_with_object(&with, &private, 256)?).await?);

    if shared.len() != 32 {
        // A key from anything less could never be agreed upon again.
        return Err(SealFault::Failed);
    }

    let begun = Jwe::begin(key, response.id(), response.instrument(), &public).ok_or(SealFault::Failed)?;
    let cipher = object(&[("name", "AES-GCM".into())])?;
    let content = Uint8Array::from(begun.content_key(&shared).as_slice());
    let content = subtle.import_key_with_object("raw", &content, &cipher, false, &list(&["encrypt"]))?;
    let content: CryptoKey = given(content).await?.dyn_into()?;
    let mut iv = [0; 12];
    crypto.get_random_values_with_u8_array(&mut iv)?;
    for (name, value) in [("iv", &iv), ("additionalData", begun.additional())] as [(&str, &[u8]); 2] {
        Reflect::set(&cipher, &name.into(), &Uint8Array::from(value))?;
    }
    let plaintext = Uint8Array::from(jwe::padded(response.bytes()).as_slice());
    let sealed = subtle.encrypt_with_object_and_buffer_source(&cipher, &content, &plaintext)?;
    let sealed = begun.close(&iv, &bytes(&given(sealed).await?)).ok_or(SealFault::Failed)?;
    Ok(Parcel::sealed(response, key.kid(), sealed))
}

fn cryptography() -> Option<(Crypto, SubtleCrypto)> {
    let crypto = web_sys::window()?.crypto().ok()?;
    // Declared to be always there, and undefined outside secure contexts.
    let subtle = crypto.subtle();
    (!subtle.is_undefined()).then_some((crypto, subtle))
}

fn object(members: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

fn list(usages: &[&str]) -> Array {
    usages.iter().map(|usage| JsValue::from(*usage)).collect()
}

/// What a promise gives. Boxed, so that waiting is compiled once and not six times.
fn given(promise: Promise) -> Soon<'static, Result<JsValue, JsValue>> {
    Box::pin(JsFuture::from(promise))
}

/// What is in an `ArrayBuffer`.
fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}
