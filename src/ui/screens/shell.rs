//! What stands around every page: the practice's name, help now, Back, the page itself.

use crate::ui::act::{Act, Acts};
use crate::ui::help::{Help, help_now};
use crate::ui::kept::{Page, Wish};
use crate::ui::markup::{Ask, El, Kid, el, in_tongue, join};
use crate::ui::parts::back_link::back_link;
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::label::Size;
use crate::ui::parts::languages::languages;
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::screens::explain::link;
use crate::ui::tongue::Tongue;
use crate::ui::words::{Word, Words};
use std::sync::Arc;

/// What every page shows.
pub struct Shell {
    /// The interface's words.
    pub words: &'static Words,
    /// The practice's name, or the product's where it is not known.
    pub practice: String,
    /// A banner says that this is not a real surgery.
    pub demonstration: bool,
    /// Where to get help now.
    pub help: Help,
    /// The languages to choose from; none where there is one alone.
    pub languages: Vec<&'static Tongue>,
    /// What to say of a language that did not come.
    pub language_news: Ask<Option<String>>,
    /// How the page looks, and changing that, where it can be.
    pub settings: Option<El>,
    /// Starts the element ids, so that two elements on a page differ.
    pub prefix: String,
    /// A device that many people use: what is kept on it is not shown.
    pub shared: bool,
    /// Who asks to collect, and the response's reference, while somebody does.
    pub asked: Ask<Option<(String, String)>>,
}

/// The page around `page`; `has_back` says whether Back is there now. `skip` moves the focus to the id it is
/// given: the address belongs to the page and stays as it is.
pub fn shell(
    shell: Shell,
    acts: &Acts,
    has_back: Ask<bool>,
    mut skip: impl FnMut(&str) + Send + 'static,
    page: impl Into<Kid>,
) -> El {
    let words = shell.words;
    let main_id = join(&[&shell.prefix, "main"]);
    let skip_to = main_id.clone();
    let banner = shell.demonstration.then(|| {
        let words = el("div").class("nhsuk-width-container").text(words.say(Word::ShellDemonstration));
        el("div").class("wm-banner").kid(words)
    });
    let back = acts.clone();
    let (asked, letting) = (shell.asked, acts.clone());
    let asked = Arc::new(move || asked().map(|(origin, reference)| join(&[&origin, "\n", &reference])));
    let question = Kid::Slot(
        asked,
        Box::new(move |asked| {
            let (origin, reference) = asked.split_once('\n').unwrap_or_default();
            collecting(words, &letting, origin, reference)
        }),
    );
    let languages = (!shell.languages.is_empty()).then(|| {
        let speak = acts.clone();
        let choose = move |tongue| speak.send(Act::Speak(tongue));
        let label = words.say(Word::LanguageLabel);
        languages(language_id(&shell.prefix).into(), label, words.tongue(), &shell.languages, choose)
    });
    let failed = el("div")
        .class("nhsuk-width-container")
        .attr("role", "status")
        .kid(Kid::Slot(shell.language_news, Box::new(|news| paragraph(news.to_owned()))));
    el("div")
        .kid(
            // The skip link and the banner are in the header too: whatever is on a page is in a landmark.
            el("header")
                .class("wm-header")
                .kid(
                    el("a")
                        .class("nhsuk-skip-link")
                        .attr("href", join(&["#", &main_id]))
                        .text(words.say(Word::ShellSkipLink))
                        .on("click", move |_| {
                            skip(&skip_to);
                            true
                        }),
                )
                .kid(
                    el("div")
                        .class("nhsuk-width-container wm-header__row")
                        .kid(el("span").class("wm-header__name").text(shell.practice))
                        .kid(help_now(&shell.help))
                        .kids(languages)
                        .kids(shell.settings),
                )
                .kid(failed)
                .kids(banner)
                .kid(el("div").attr("role", "status").kid(question)),
        )
        .kid(
            el("div")
                .class("nhsuk-width-container")
                .kid(Kid::Slot(
                    Arc::new(move || has_back().then(|| words.say(Word::ShellBack).to_owned())),
                    Box::new(move |label| back_link(label.to_owned(), back.press(Act::Back))),
                ))
                .kid(
                    el("main")
                        .class("nhsuk-main-wrapper")
                        .attr("id", main_id)
                        .attr("tabindex", "-1")
                        .kid(page),
                ),
        )
        .kids(foot(words, shell.shared, acts))
}

/// One foot on every page: the way to what is kept, unless many people use the device, and that nobody has
/// checked this translation, unless somebody has.
fn foot(words: &'static Words, shared: bool, acts: &Acts) -> Option<El> {
    let open = || link(words.say(Word::ShellKept), acts.press(Act::Kept(Wish::Open(Page::List))));
    let kept = (!shared).then(|| el("div").class("nhsuk-width-container").kid(open()));
    let draft = words.is_draft().then(|| draft(words));
    let is_there = kept.is_some() || draft.is_some();
    is_there.then(|| el("footer").class("wm-footer").kids(kept).kids(draft))
}

/// Somebody wants to collect a response that they could read: only if the person agrees.
fn collecting(words: &'static Words, acts: &Acts, origin: &str, reference: &str) -> El {
    el("section").class("wm-collecting").kid(
        el("div")
            .class("nhsuk-width-container")
            .kid(heading(2, Size::S, words.fill(Word::CollectAsk, &[("origin", origin)])))
            .kid(paragraph(words.fill(Word::CollectBody, &[("reference", reference)])))
            .kid(button_group(vec![
                button(words.say(Word::CollectGive), Look::Primary, acts.press(Act::LetCollect(true))),
                button(words.say(Word::CollectNot), Look::Secondary, acts.press(Act::LetCollect(false))),
            ])),
    )
}

/// The same as a part of somebody else's page, which has a banner and a main part of its own: one region, named
/// `label`, whose parts are no landmarks.
#[inline(never)] // not needed for the first question of a page of our own
pub fn within_a_page(mut shell: El, label: &str) -> El {
    shell.0.tag = "section";
    shell.0.kids.iter_mut().for_each(no_landmark);
    shell.attr("aria-label", label.to_owned())
}

fn no_landmark(kid: &mut Kid) {
    if let Kid::El(el) = kid {
        if matches!(el.0.tag, "header" | "main" | "footer") {
            el.0.tag = "div";
        }
        el.0.kids.iter_mut().for_each(no_landmark);
    }
}

/// The id of what opens the languages.
pub fn language_id(prefix: &str) -> String {
    join(&[prefix, "language"])
}

/// Nobody has checked this translation: said in it and in English, at the foot of every page.
fn draft(words: &'static Words) -> El {
    let english = Words::english();
    let english = in_tongue(english.tongue().tag, english.say(Word::LanguageDraft));
    el("div").class("wm-draft").kid(
        el("div")
            .class("nhsuk-width-container")
            .kid(paragraph(words.say(Word::LanguageDraft)))
            .kid(el("p").kid(english)),
    )
}
