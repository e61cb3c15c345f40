//! Whose page this is. Our own page gives its address, its title and its history to the questions; somebody
//! else's page keeps them, and our files are not beside it.

use std::cell::RefCell;
use web_sys::Url;

thread_local! {
    /// Where our files are, on somebody else's page. One page has one copy of the code, and so one address.
    static FILES: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on the page is somebody else's, and our files are in the folder with this absolute address.
pub fn are_others(files: String) {
    FILES.replace(Some(files));
}

/// Whether the page is one of our own.
pub fn are_ours() -> bool {
    FILES.with_borrow(Option::is_none)
}

/// The address to fetch one of our files from, or a file that the configuration names: a path is below the
/// folder of our own files, wherever the element stands. `None` where the address is right as it is.
#[inline(never)]
pub fn file(url: &str) -> Option<String> {
    let folder = FILES.with_borrow(Option::clone)?;
    Url::new_with_base(url, &folder).ok().map(|url| url.href())
}
