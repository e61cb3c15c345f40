//! Where the focus goes after a page turn or a mistake, and why.

use leptos::prelude::{StoredValue, WithValue};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

/// Moves the focus to the element with this id below `root`: the document does not look into a shadow root.
#[inline(never)] // not needed for the first question
pub fn on_id(root: &Element, id: &str) {
    let found = root.query_selector(&["[id=\"", id, "\"]"].concat()).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// What moves the focus to the element with the id it is told, below `root`.
pub fn below(root: &Element) -> impl FnMut(&str) + Send + use<> {
    let root = StoredValue::new_local(root.clone());
    move |id| {
        root.try_with_value(|root| on_id(root, id));
    }
}

/// After a page turn: the page's heading takes the focus and the page starts at the top. The heading, not the
/// first control, so that a screen reader reads the question before its answers. The static page under the app
/// has a heading too, which is hidden then and cannot take it.
pub fn on_page(root: &Element) {
    let Ok(Some(heading)) = root.query_selector("[data-app] .nhsuk-main-wrapper h1") else { return };
    if heading.get_attribute("tabindex").is_none() {
        // Setting an attribute by a fixed valid name cannot fail.
        let _ = heading.set_attribute("tabindex", "-1");
    }
    to_top(root);
    if let Ok(heading) = heading.dyn_into::<HtmlElement>() {
        let _ = heading.focus();
    }
}

/// On a page of our own that is the top of the page; on somebody else's, of what is ours on it, if that is
/// further up than one can see.
fn to_top(root: &Element) {
    if !root.get_root_node().has_type::<ShadowRoot>() {
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    } else if root.get_bounding_client_rect().top() < 0.0 {
        root.scroll_into_view();
    }
}

/// After Continue met a mistake: the list of mistakes takes the focus, so that it is read out.
pub fn on_errors(root: &Element) {
    if let Ok(Some(summary)) = root.query_selector("[data-error-summary]")
        && let Ok(summary) = summary.dyn_into::<HtmlElement>()
    {
        let _ = summary.focus();
    }
}
