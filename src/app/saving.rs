//! Saving a file where the person's downloads go.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// Hands a file to the browser to be saved. Whether the browser took it; what it then does with it, such as
/// asking where to, it tells nobody.
pub fn save(name: &str, media: &str, text: &str) -> bool {
    offer(name, media, text).is_ok()
}

fn offer(name: &str, media: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&text.into());
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let address =
        Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &options)?)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlElement = document.create_element("a")?.unchecked_into();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    // The browser holds on to the blob while it saves it: revoking only forgets the address.
    gloo_timers::callback::Timeout::new(60_000, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}
