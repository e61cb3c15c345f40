//! One page of questions: what is wrong on it, where one is, the questions, and the ways on.

use crate::domain::answer::Skip;
use crate::domain::explanation::Slug;
use crate::ui::act::{Act, Acts};
use crate::ui::markup::{Ask, El, Kid, el, join};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::details::details;
use crate::ui::parts::error_summary::error_summary;
use crate::ui::parts::label::Size;
use crate::ui::parts::progress::progress;
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::screens::before::{Reasons, reasons};
use crate::ui::screens::explain::{link, ways_to_read};
use crate::ui::words::{Word, Words};
use std::sync::{Arc, Mutex};

/// What the page shows.
pub struct Question {
    /// The interface's words.
    pub words: &'static Words,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// The page's heading, where none of its items is it.
    pub title: Option<String>,
    /// Headings of the groups around these questions, outermost first.
    pub within: Vec<String>,
    /// Which page of how many, from one; only when the total is certain.
    pub progress: Option<(usize, usize)>,
    /// It is the first page: that nobody checks the answers is said before anything is asked.
    pub begins: bool,
    /// What was said of this question before: skipped, or to be talked about.
    pub note: Option<Word>,
    /// The questions are not in the language of the page.
    pub untranslated: bool,
    /// The questions, drawn.
    pub items: Vec<Kid>,
    /// The page's questions can be skipped one and all.
    pub ways: Ways,
    /// The page asks for the circumstances, and all of them can be said in one press: what it says.
    pub shortcut: Option<Word>,
    /// What the questionnaire says for itself.
    pub reasons: Reasons,
    /// The licence or copyright line that must be shown.
    pub licence: Option<String>,
    /// That line stands open, as the licence of a pack's words asks.
    pub licence_open: bool,
    /// The answers are kept, so that the person may come back to them.
    pub can_return: bool,
}

/// Which ways on there are besides Continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// One question: skip it, or talk about it instead.
    SkipOne,
    /// Several questions: skip those that are open, or talk about them instead.
    SkipSeveral,
    /// Nothing to skip: Continue is enough.
    Continue,
}

/// What is read again as it changes.
pub struct Live {
    /// What is wrong: the control's id and the words.
    pub errors: Ask<Vec<(String, String)>>,
    /// What is known of the last change's whereabouts.
    pub saved: Ask<Option<Word>>,
}

/// The page. `go` moves the focus to the control with an id.
pub fn question(page: Question, live: Live, acts: &Acts, go: impl FnMut(&str) + Send + 'static) -> El {
    let words = page.words;
    let step = page.progress.map(|(at, of)| {
        progress(words.fill(Word::AskProgress, &[("at", &at.to_string()), ("of", &of.to_string())]))
    });
    let skip = match page.ways {
        Ways::SkipOne => Some(Word::AskSkip),
        Ways::SkipSeveral => Some(Word::AskSkipAll),
        Ways::Continue => None,
    };
    let mut ways = vec![button(words.say(Word::AskContinue), Look::Primary, acts.press(Act::Continue))];
    if let Some(skip) = skip {
        ways.push(button(words.say(skip), Look::Secondary, acts.press(Act::Skip(Skip::PassedOver))));
        let talk = words.say(Word::AskRatherTalk);
        ways.push(button(talk, Look::Secondary, acts.press(Act::Skip(Skip::RatherTalk))));
    }
    let shortcut = page.shortcut.map(|shortcut| {
        let why = words.fill(Word::AskCircumstances, &[("link-worker", &page.link_worker)]);
        let press = button(words.say(shortcut), Look::Secondary, acts.press(Act::Alone));
        [paragraph(why), press, el("p").class("wm-or").text(words.say(Word::AskOrSayMore))]
    });
    let untranslated = page.untranslated.then(|| {
        let say = words.fill(Word::LanguageUntranslated, &[("link-worker", &page.link_worker)]);
        el("div").class("nhsuk-inset-text").kid(paragraph(say))
    });
    let link_worker = page.link_worker;
    let saved = live.saved;
    let said = Arc::new(move || match saved() {
        Some(word) => words.fill(word, &[("link-worker", &link_worker)]).into(),
        None => "".into(),
    });
    let mut about = reasons(words, page.reasons);
    let (open, folded) = page.licence.map_or((None, None), |line| match page.licence_open {
        true => (Some(licence(words, line, true)), None),
        false => (None, Some(paragraph(line))),
    });
    about.extend(folded);
    let about: Vec<Kid> = about.into_iter().map(Kid::from).collect();
    let about = (!about.is_empty()).then(|| details(words.say(Word::AskLicence), about));
    el("div")
        .kid(errors(words, live.errors, go))
        .kids(page.within.into_iter().map(|heading| el("p").class("nhsuk-caption-l wm-within").text(heading)))
        .kids(step)
        .kids(page.begins.then(|| el("p").class("nhsuk-hint").text(words.say(Word::StartNotWatched))))
        .kids(page.title.map(|title| heading(1, Size::L, title)))
        .kids(page.note.map(|note| el("div").class("nhsuk-inset-text").kid(paragraph(words.say(note)))))
        .kids(shortcut.into_iter().flatten())
        .kids(untranslated)
        .kids(page.items)
        .kid(button_group(ways).attr("data-ways", ""))
        .kid(el("p").class("wm-saved").attr("role", "status").kid(Kid::LiveText(said)))
        .kid(
            el("div")
                .class("wm-foot")
                .kids(open)
                .kids(about)
                .kids(ways_to_read(words, acts, &[(Word::StartExplainLink, Slug::FIRST)]))
                .kids(
                    page.can_return
                        .then(|| el("p").kid(link(words.say(Word::ShellLater), acts.press(Act::Later)))),
                )
                .kid(stop(words, acts)),
        )
}

/// Whose the questions are: folded away, or open where their licence asks for that.
pub fn licence(words: &'static Words, line: String, is_open: bool) -> El {
    match is_open {
        true => el("p").class("nhsuk-body-s wm-licence").text(line),
        false => details(words.say(Word::AskLicence), vec![paragraph(line).into()]),
    }
}

/// The way to change one's mind, the same on every page of questions.
pub fn stop(words: &'static Words, acts: &Acts) -> El {
    el("p").kid(link(words.say(Word::ShellStop), acts.press(Act::Stop)))
}

/// The list of what is wrong, there while something is. A line of the slot is `id`, a tab, and the words.
fn errors(
    words: &'static Words,
    errors: Ask<Vec<(String, String)>>,
    go: impl FnMut(&str) + Send + 'static,
) -> Kid {
    let go = Arc::new(Mutex::new(go));
    let lines = Arc::new(move || {
        let errors = errors();
        let lines: Vec<String> =
            errors.iter().map(|(id, words)| join(&[id, "\t", &words.replace(['\n', '\t'], " ")])).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    });
    Kid::Slot(
        lines,
        Box::new(move |lines| {
            let wrong = lines.lines().filter_map(|line| line.split_once('\t'));
            let wrong = wrong.map(|(id, words)| (words.to_owned(), id.to_owned())).collect();
            let go = go.clone();
            error_summary(words.say(Word::ProblemTitle), wrong, move |id| {
                if let Ok(mut go) = go.lock() {
                    go(id);
                }
            })
            .attr("tabindex", "-1")
            .attr("data-error-summary", "")
        }),
    )
}
