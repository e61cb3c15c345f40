//! What storage did, as facts: each calls for a sentence of its own.

/// Why a store did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such storage here: a web view without it, a page without a window.
    Absent,
    /// The browser will not let this page use it: cookies blocked, a sandboxed frame.
    Refused,
    /// There is no room left.
    Full,
    /// It is there, and did something else: it threw, gave back other bytes than it took, or never answered.
    Broken,
    /// We did not ask it: many people use this device, and the next one could read this record.
    Withheld,
}

#[cfg(target_arch = "wasm32")]
impl Fault {
    /// What a browser's exception says. Read by name and by code: the quota error has been a `DOMException`
    /// with code 22, with code 1014 (older Firefox), and since 2025 a class of its own.
    pub(super) fn of(thrown: &wasm_bindgen::JsValue) -> Self {
        let field = |name: &str| js_sys::Reflect::get(thrown, &name.into()).ok();
        let name = field("name").and_then(|name| name.as_string()).unwrap_or_default();
        let code = field("code").and_then(|code| code.as_f64()).unwrap_or_default();
        match name.as_str() {
            "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => Self::Full,
            "SecurityError" | "NotAllowedError" => Self::Refused,
            _ if code == 22.0 || code == 1014.0 => Self::Full,
            _ if code == 18.0 => Self::Refused,
            _ => Self::Broken,
        }
    }
}
