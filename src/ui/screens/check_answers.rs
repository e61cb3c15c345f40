//! All answers read back before anything is sent, each with its way to change it.

use crate::domain::keepsake::Line;
use crate::engine::{NodeIx, Session};
use crate::ui::act::{Act, Acts};
use crate::ui::markup::{Ask, El, Kid, el, foreign};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::details::details;
use crate::ui::parts::error_summary::error_summary;
use crate::ui::parts::label::Size;
use crate::ui::parts::summary_list::{Action, Row, summary_list};
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::read_back::{self, Asked, in_another, sections};
use crate::ui::screens::before::{Reasons, reasons};
use crate::ui::screens::explain::{link, ways_to_read};
use crate::ui::screens::question::{licence, stop};
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
    /// What the questionnaire says for itself.
    pub reasons: Reasons,
    /// There is somewhere to send to.
    pub has_route: bool,
    /// The licence or copyright line that must be shown.
    pub licence: Option<String>,
    /// That line stands open, as the licence of a pack's words asks.
    pub licence_open: bool,
    /// Answers that count only if the person gave them, where somebody else did: they are not sent.
    pub not_their_own: Vec<NodeIx>,
    /// A printer near by is the person's own.
    pub can_print: bool,
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
    let licence = page.licence.clone().map(|line| licence(words, line, page.licence_open));
    let named = page.link_worker.clone();
    let lead = if has_answers(session) { Word::CheckLead } else { Word::CheckNothing };
    let why = page.reasons.are_given().then(|| {
        let said = reasons(words, page.reasons.clone());
        details(words.say(Word::CheckWhatFor), said.into_iter().map(Kid::from).collect())
    });
    let consent = page
        .has_route
        .then(|| paragraph(words.fill(Word::CheckConsent, &[("link-worker", &page.link_worker)])));
    let send = words.say(if page.has_route { Word::CheckSend } else { Word::CheckFinishUnsent });
    let failed = Arc::new(move || news().map(|news| words.fill(news, &[("link-worker", &named)])));
    let still = busy.clone();
    let working = Arc::new(move || if still() { words.say(Word::CheckSending).into() } else { "".into() });
    let print = page.can_print.then(|| link(words.say(Word::ShellPrint), acts.press(Act::Print)));
    let print = print.map(|print| el("p").kid(print));
    // Not `disabled`: a disabled button loses the focus, and with it a screen reader its place.
    let off = Arc::new(move || busy().then(|| "true".into()));
    el("div")
        .kid(heading(1, Size::L, words.say(Word::CheckTitle)))
        .kid(paragraph(words.say(lead)))
        .kids(sections(words, &page.language, session).into_iter().flat_map(|section| {
            let own = section.asked.first().and_then(|asked| in_another(&page.language, session, asked.node));
            let title = section.heading.map(|words| {
                let words = own.map_or_else(|| words.clone(), |own| foreign(own, &words));
                heading(2, Size::M, words)
            });
            let rows = section.asked.into_iter().map(|asked| row(page, session, asked, acts)).collect();
            title.into_iter().chain([summary_list(rows)])
        }))
        .kids(why)
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
        .kid(el("div").class("wm-foot").kids(licence).kids(print).kid(stop(words, acts)))
}

fn has_answers(session: &Session) -> bool {
    let answered = |node: &NodeIx| {
        !session.item(*node).hidden && session.is_enabled(*node) && !session.answers(*node).is_empty()
    };
    session.in_order().any(|node| answered(&node))
}

fn row(page: &CheckAnswers, session: &Session, asked: Asked, acts: &Acts) -> Row {
    let mut line = match in_another(&page.language, session, asked.node) {
        Some(own) => read_back::marked(own, read_back::is_chosen(session, asked.node), &asked.line),
        None => asked.line,
    };
    if page.not_their_own.contains(&asked.node) {
        line.said = vec![page.words.say(Word::CheckOnlyYou).into()];
    }
    let action = asked.can_change.then(|| Action {
        words: page.words.say(Word::CheckChange).into(),
        about: line.asked.to_string().into(),
        press: Box::new(acts.press(Act::Change(asked.node))),
    });
    Row { action, ..said(&line) }
}

/// A question and its answers, read back.
pub fn said(line: &Line) -> Row {
    let said = line.said.iter().map(|said| el("p").class("wm-said").text(said.to_string()).into());
    Row { key: vec![line.asked.to_string().into()], value: said.collect(), action: None }
}
