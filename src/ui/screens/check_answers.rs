//! All answers read back before anything is sent, each with its way to change it.

use crate::domain::answer::Skip;
use crate::domain::instrument::ItemKind;
use crate::engine::{NodeIx, Session};
use crate::ui::act::{Act, Acts};
use crate::ui::markup::{Ask, El, Kid, el};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::error_summary::error_summary;
use crate::ui::parts::label::Size;
use crate::ui::parts::summary_list::{Action, Row, summary_list};
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::problem_words::short_name;
use crate::ui::saying;
use crate::ui::screens::explain::ways_to_read;
use crate::ui::screens::question::stop;
use crate::ui::words::{Word, Words};
use std::sync::Arc;

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

/// A heading and the lines below it.
struct Section {
    heading: Option<String>,
    rows: Vec<Row>,
}

/// The page; `busy` is on while the finished answers are being kept, `news` says why that failed.
pub fn check_answers(
    page: &CheckAnswers,
    session: &Session,
    acts: &Acts,
    busy: Ask<bool>,
    news: Ask<Option<Word>>,
) -> El {
    let words = page.words;
    let named = page.link_worker.clone();
    let lead = if has_answers(session) { Word::CheckLead } else { Word::CheckNothing };
    let consent = page
        .has_route
        .then(|| paragraph(words.fill(Word::CheckConsent, &[("link-worker", &page.link_worker)])));
    let send = words.say(if page.has_route { Word::CheckSend } else { Word::CheckFinishUnsent });
    let failed = Arc::new(move || news().map(|news| words.fill(news, &[("link-worker", &named)])));
    let still = busy.clone();
    let working = Arc::new(move || if still() { words.say(Word::CheckSending).into() } else { "".into() });
    // Not `disabled`: a disabled button loses the focus, and with it a screen reader its place.
    let off = Arc::new(move || busy().then(|| "true".into()));
    el("div")
        .kid(heading(1, Size::L, words.say(Word::CheckTitle)))
        .kid(paragraph(words.say(lead)))
        .kids(sections(page, session, acts).into_iter().flat_map(|section| {
            let title = section.heading.map(|words| heading(2, Size::M, words));
            title.into_iter().chain([summary_list(section.rows)])
        }))
        .kids(consent)
        .kids(ways_to_read(words, acts, &[(Word::ExplainWhoSees, "who-sees-my-answers")]))
        .kid(Kid::Slot(
            failed,
            Box::new(move |why| {
                error_summary(words.say(Word::ProblemTitle), vec![(why.to_owned(), String::new())], |_| ())
            }),
        ))
        .kid(button(send, Look::Primary, acts.press(Act::Send)).live("aria-disabled", off))
        .kid(el("p").class("wm-saved").attr("role", "status").kid(Kid::LiveText(working)))
        .kid(el("div").class("wm-foot").kid(stop(words, acts)))
}

fn has_answers(session: &Session) -> bool {
    let answered = |node: &NodeIx| {
        !session.item(*node).hidden && session.is_enabled(*node) && !session.answers(*node).is_empty()
    };
    session.in_order().any(|node| answered(&node))
}

/// The visible questions in document order, under the heading of the nearest group.
fn sections(page: &CheckAnswers, session: &Session, acts: &Acts) -> Vec<Section> {
    let mut sections = vec![Section { heading: None, rows: Vec::new() }];
    let mut ahead: Vec<NodeIx> = session.roots().iter().rev().copied().collect();
    while let Some(node) = ahead.pop() {
        let item = session.item(node);
        if item.hidden || !session.is_enabled(node) {
            continue;
        }
        match &item.kind {
            ItemKind::Display(_) => {}
            ItemKind::Group(_) => {
                if let Some(text) = &item.text {
                    let heading = Some(text.in_language(&page.language).0.to_owned());
                    sections.push(Section { heading, rows: Vec::new() });
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
                if let Some(section) = sections.last_mut() {
                    section.rows.push(row(page, session, node, acts));
                }
            }
        }
        ahead.extend(session.children(node).iter().rev());
    }
    sections.retain(|section| !section.rows.is_empty());
    sections
}

fn row(page: &CheckAnswers, session: &Session, node: NodeIx, acts: &Acts) -> Row {
    let item = session.item(node);
    let question = short_name(item, &page.language);
    let mut said: Vec<String> = session
        .answers(node)
        .iter()
        .map(|answer| saying::answer(page.words, &page.language, item, answer))
        .collect();
    said.extend(session.typed(node).map(str::to_owned));
    if said.is_empty() {
        let word = match session.skipped(node) {
            None => Word::CheckNotProvided,
            Some(Skip::PassedOver) => Word::CheckSkipped,
            Some(Skip::RatherTalk) => Word::CheckToTalkAbout,
        };
        said.push(page.words.say(word).to_owned());
    }
    let action = (!item.read_only).then(|| Action {
        words: page.words.say(Word::CheckChange).into(),
        about: question.clone().into(),
        press: Box::new(acts.press(Act::Change(node))),
    });
    Row {
        key: vec![question.into()],
        value: said.into_iter().map(|said| el("p").class("wm-said").text(said).into()).collect(),
        action,
    }
}
