//! All answers read back before anything is sent, each with its way to change it.

use crate::domain::instrument::ItemKind;
use crate::domain::answer::Skip;
use crate::engine::session::{NodeIx, Session};
use crate::ui::act::{Act, Acts};
use crate::ui::saying;
use crate::ui::words::{Word, Words};
use leptos::prelude::*;

/// What the page shows besides the answers.
#[derive(Clone)]
pub struct CheckAnswers {
    /// The interface's words.
    pub words: &'static Words,
    /// What this area calls its link worker.
    pub link_worker: String,
    /// The language the questions are shown in.
    pub language: String,
    /// There is somewhere to send to.
    pub has_route: bool,
}

/// One line: a question and what was said to it.
struct Line {
    node: NodeIx,
    question: String,
    said: Vec<String>,
}

/// A heading and the lines below it.
struct Section {
    heading: Option<String>,
    lines: Vec<Line>,
}

/// The page; `busy` is on while the finished answers are being kept, `news` says why that failed.
pub fn check_answers(
    page: CheckAnswers,
    session: &Session,
    acts: Acts,
    busy: Signal<bool>,
    news: Signal<Option<Word>>,
) -> impl IntoView {
    let words = page.words;
    let sections = sections(&page, session);
    let nothing = !session_has_answers(session, session.roots());
    let consent = words.fill(Word::CheckConsent, &[("link-worker", &page.link_worker)]);
    let send = if page.has_route { Word::CheckSend } else { Word::CheckFinishUnsent };
    view! {
        <h1 class="nhsuk-heading-l">{words.say(Word::CheckTitle)}</h1>
        <p>{words.say(if nothing { Word::CheckNothing } else { Word::CheckLead })}</p>
        {sections.into_iter().map(|section| summary(words, acts, section)).collect_view()}
        {page.has_route.then(|| view! { <p>{consent}</p> })}
        {move || {
            news.get()
                .map(|news| {
                    view! {
                        <div class="nhsuk-error-summary" role="alert" tabindex="-1" data-error-summary="">
                            <h2 class="nhsuk-error-summary__title">{words.say(Word::ProblemTitle)}</h2>
                            <div class="nhsuk-error-summary__body">
                                <p>{words.say(news)}</p>
                            </div>
                        </div>
                    }
                })
        }}
        <button
            class="nhsuk-button"
            type="button"
            aria-disabled=move || busy.get().then_some("true")
            on:click=move |_| {
                // Not `disabled`: a disabled button loses the focus and with it the reader's place.
                if !busy.get_untracked() {
                    acts.send(Act::Send);
                }
            }
        >
            {words.say(send)}
        </button>
        <p class="nhsuk-hint" role="status">{move || busy.get().then(|| words.say(Word::CheckSending))}</p>
    }
}

fn session_has_answers(session: &Session, nodes: &[NodeIx]) -> bool {
    nodes.iter().any(|&node| {
        let item = session.item(node);
        (!item.hidden && session.is_enabled(node) && !session.answers(node).is_empty())
            || session_has_answers(session, session.children(node))
    })
}

/// The visible questions in document order, under the heading of the nearest group.
fn sections(page: &CheckAnswers, session: &Session) -> Vec<Section> {
    let mut sections = vec![Section { heading: None, lines: Vec::new() }];
    let mut open: Vec<NodeIx> = session.roots().iter().rev().copied().collect();
    while let Some(node) = open.pop() {
        let item = session.item(node);
        if item.hidden || !session.is_enabled(node) {
            continue;
        }
        match &item.kind {
            ItemKind::Display(_) => {}
            ItemKind::Group(_) => {
                if let Some(text) = &item.text {
                    let heading = Some(text.in_language(&page.language).0.to_owned());
                    sections.push(Section { heading, lines: Vec::new() });
                }
            }
            ItemKind::Boolean
            | ItemKind::Decimal(_)
            | ItemKind::Integer(_)
            | ItemKind::Date(_)
            | ItemKind::DateTime(_)
            | ItemKind::Time(_)
            | ItemKind::String(_)
            | ItemKind::Text(_)
            | ItemKind::Url(_)
            | ItemKind::Choice(_)
            | ItemKind::Quantity(_) => {
                let line = line(page, session, node);
                if let Some(section) = sections.last_mut() {
                    section.lines.push(line);
                }
            }
        }
        open.extend(session.children(node).iter().rev());
    }
    sections.retain(|section| !section.lines.is_empty());
    sections
}

fn line(page: &CheckAnswers, session: &Session, node: NodeIx) -> Line {
    let item = session.item(node);
    let text = item.short_text.as_ref().or(item.text.as_ref());
    let question =
        text.map_or_else(|| item.link_id.to_string(), |text| text.in_language(&page.language).0.to_owned());
    let mut said: Vec<String> = session
        .answers(node)
        .iter()
        .map(|answer| saying::answer(page.words, &page.language, item, answer))
        .collect();
    if let Some(typed) = session.typed(node) {
        said.push(typed.to_owned());
    }
    if said.is_empty() {
        let word = match session.skipped(node) {
            None => Word::CheckNotProvided,
            Some(Skip::PassedOver) => Word::CheckSkipped,
            Some(Skip::RatherTalk) => Word::CheckToTalkAbout,
        };
        said.push(page.words.say(word).to_owned());
    }
    Line { node, question, said }
}

fn summary(words: &'static Words, acts: Acts, section: Section) -> impl IntoView {
    let row = move |line: Line| {
        let change = words.fill(Word::CheckChangeWhat, &[("question", &line.question)]);
        let node = line.node;
        view! {
            <div class="nhsuk-summary-list__row">
                <dt class="nhsuk-summary-list__key">{line.question}</dt>
                <dd class="nhsuk-summary-list__value">
                    {line.said.into_iter().map(|said| view! { <p class="wm-said">{said}</p> }).collect_view()}
                </dd>
                <dd class="nhsuk-summary-list__actions">
                    <button
                        class="wm-link"
                        type="button"
                        aria-label=change
                        on:click=move |_| acts.send(Act::Change(node))
                    >
                        {words.say(Word::CheckChange)}
                    </button>
                </dd>
            </div>
        }
    };
    view! {
        {section.heading.map(|heading| view! { <h2 class="nhsuk-heading-m">{heading}</h2> })}
        <dl class="nhsuk-summary-list">{section.lines.into_iter().map(row).collect_view()}</dl>
    }
}
