//! Where the focus goes after a page turn or a mistake, and why.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves the focus to the element with this id.
pub fn on_id(id: &str) {
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        // An element that cannot take the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// After a page turn: the page's heading takes the focus and the page starts at the top. The heading, not the
/// first control, so that a screen reader reads the question before its answers. The static page under the app
/// has a heading too, which is hidden then and cannot take it.
pub fn on_page(root: &Element) {
    let Ok(Some(heading)) = root.query_selector("[data-app] main h1") else { return };
    if heading.get_attribute("tabindex").is_none() {
        // Setting an attribute by a fixed valid name cannot fail.
        let _ = heading.set_attribute("tabindex", "-1");
    }
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    if let Ok(heading) = heading.dyn_into::<HtmlElement>() {
        let _ = heading.focus();
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
