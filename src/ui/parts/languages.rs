//! The languages to choose from, each by its own name: somebody who cannot read this page can find theirs.

use super::Example;
use crate::ui::markup::{El, Kid, Str, el};
use crate::ui::tongue::{TONGUES, Tongue};
use std::sync::{Arc, Mutex};

/// A summary that names the language shown, and opens the others. `label` is the word "language" in the
/// language shown; off English it is said in English too, for whoever helps. `choose` is told the one pressed.
pub fn languages(
    id: Str,
    label: impl Into<Str>,
    shown: &'static Tongue,
    offered: &[&'static Tongue],
    choose: impl FnMut(&'static Tongue) + Send + 'static,
) -> El {
    let choose = Arc::new(Mutex::new(choose));
    let row = |tongue: &&'static Tongue| {
        let (tongue, choose) = (*tongue, Arc::clone(&choose));
        let button = el("button")
            .class("wm-languages__choice")
            .attr("type", "button")
            .attr("lang", tongue.tag)
            .attr("dir", tongue.direction)
            .maybe("aria-current", (tongue == shown).then_some("true"))
            .text(tongue.name)
            .on("click", move |_| {
                if let Ok(mut choose) = choose.lock() {
                    choose(tongue);
                }
                true
            });
        Kid::from(el("li").kid(button))
    };
    let english = (!shown.is_english()).then(|| {
        [Kid::from(" / "), el("span").attr("lang", "en-GB").attr("dir", "ltr").text("Language").into()]
    });
    el("details")
        .class("wm-languages")
        .kid(
            el("summary")
                .class("wm-languages__summary")
                .attr("id", id)
                .text(label)
                .kids(english.into_iter().flatten())
                .text(": ")
                .kid(el("span").class("wm-languages__shown").text(shown.name)),
        )
        .kid(el("ul").class("wm-languages__list").kids(offered.iter().map(row)))
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    let all: Vec<&'static Tongue> = TONGUES.iter().collect();
    let open = languages("languages-open".into(), "Language", all[0], &all, |_| ()).flag("open", true);
    vec![("closed", languages("languages-closed".into(), "Language", all[0], &all, |_| ())), ("open", open)]
}
