//! One of our drawings beside words: for people who find pictures easier than reading. It is the colour of
//! the words around it and says nothing to a screen reader, which has the words.

use super::Example;
use crate::domain::picture::{NAMES, Picture};
use crate::ui::markup::{El, el, join};

/// The drawing, as large as the words around it make it.
pub fn picture(picture: Picture) -> El {
    let class = join(&["wm-picture wm-picture--", picture.name()]);
    el("span").class(class).attr("aria-hidden", "true")
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let beside = |name: &&'static str| {
        let drawing = Picture::named(name).map(picture);
        el("p").class("wm-pictured").kids(drawing).kid(el("span").text(*name))
    };
    vec![("all", el("div").kids(NAMES.iter().map(beside)))]
}
