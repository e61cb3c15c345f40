//! All answers read back before anything is sent, each with its way to change it.

use crate::domain::instrument::ItemKind;
use crate::domain::keepsake::Line;
use crate::domain::text::{Text, primary};
use crate::engine::{NodeIx, Session};
use crate::ui::act::{Act, Acts};
use crate::ui::markup::{Ask, El, Kid, el, foreign};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::details::details;
use crate::ui::parts::error_summary::error_summary;
use crate::ui::parts::label::Size;
use crate::ui::parts::summary_list::{Action, Row, summary_list};
use crate::ui::parts::wording::{heading, paragraph};
use crate::ui::read_back::{Asked, sections};
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
            let own = section.asked.first().and_then(|asked| in_another(page, session, asked.node));
            let title = section.heading.map(|words| heading(2, Size::M, marked(own, &words)));
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

/// The questionnaire's own language, where a question is shown in it and the page is in another.
fn in_another<'s>(page: &CheckAnswers, session: &'s Session, node: NodeIx) -> Option<&'s str> {
    let own = session.instrument().language.as_deref()?;
    let differs = !primary(own).eq_ignore_ascii_case(primary(&page.language));
    let translated = |text: &Text| text.in_language(&page.language).1;
    (differs && !session.item(node).text.as_ref().is_some_and(translated)).then_some(own)
}

fn marked(own: Option<&str>, words: &str) -> String {
    own.map_or_else(|| words.to_owned(), |own| foreign(own, words))
}

fn row(page: &CheckAnswers, session: &Session, mut asked: Asked, acts: &Acts) -> Row {
    let own = in_another(page, session, asked.node);
    let question = marked(own, &asked.line.asked);
    asked.line.asked = question.as_str().into();
    if matches!(session.item(asked.node).kind, ItemKind::Choice(_)) && !session.answers(asked.node).is_empty()
    {
        asked.line.said = asked.line.said.iter().map(|said| marked(own, said).into()).collect();
    }
    if page.not_their_own.contains(&asked.node) {
        asked.line.said = vec![page.words.say(Word::CheckOnlyYou).into()];
    }
    let action = asked.can_change.then(|| Action {
        words: page.words.say(Word::CheckChange).into(),
        about: question.clone().into(),
        press: Box::new(acts.press(Act::Change(asked.node))),
    });
    Row { action, ..said(&asked.line) }
}

/// A question and its answers, read back.
pub fn said(line: &Line) -> Row {
    let said = line.said.iter().map(|said| el("p").class("wm-said").text(said.to_string()).into());
    Row { key: vec![line.asked.to_string().into()], value: said.collect(), action: None }
}
