//! An item of a questionnaire as a part of the page: the only place where the kind of an item decides what
//! is drawn. There is no default arm, so that a new kind makes the compiler ask what it looks like.

mod choice;
mod group;
mod moment;
mod number;
mod search;
mod words;

pub(super) use group::foot;

use super::live::Live;
use super::markup::{Ask, El, Kid, Str, el};
use super::parts::details::details;
use super::parts::field::{Field, Wrong};
use super::parts::label::{Label, Language, Size};
use super::problem_words::{problem_words, short_name};
use super::shape;
use super::tongue::direction;
use super::words::{Word, Words};
use crate::domain::answer::Answer;
use crate::domain::instrument::{Item, ItemKind};
use crate::domain::text::{Text, primary};
use crate::engine::node::{is_listed, is_question};
use crate::engine::{Command, NodeIx, Session};
use std::sync::Arc;

/// What the page around an item is like.
#[derive(Clone)]
pub struct Frame {
    /// The words of the interface.
    pub words: &'static Words,
    /// The language shown (BCP 47).
    pub language: Arc<str>,
    /// Stands before every id, so that two questionnaires in one document do not share ids.
    pub prefix: Arc<str>,
    /// The heading level the page starts at, 1 to 6.
    pub level: u8,
    /// How many groups around the whole page are told above it, and are no headings on it.
    pub above: u8,
    /// The question's words are the page's heading.
    pub is_heading: bool,
}

/// Draws one node: a heading, words, or a question with what it has been answered. Nodes under it are not
/// drawn; [`page`](super::page::page) draws a whole page. Nothing is drawn for hidden items.
pub fn item(live: Live, node: NodeIx, frame: &Frame) -> El {
    let at = At { live, node, frame: frame.clone() };
    live.with(|session| draw(&at, session, session.item(node)))
}

fn draw(at: &At, session: &Session, item: &Item) -> El {
    let own = session.instrument().language.as_deref();
    if item.hidden {
        return el("div").attr("hidden", "");
    }
    if item.read_only && is_question(item) {
        return words::given(at, item, own);
    }
    match &item.kind {
        ItemKind::Group(look) => group::group(at, item, own, *look),
        ItemKind::Display(look) => words::display(at, item, own, *look),
        ItemKind::Boolean => choice::boolean(at, item, own),
        ItemKind::Decimal(rule) => number::number(at, item, own, rule, "decimal"),
        ItemKind::Integer(rule) => number::number(at, item, own, rule, "numeric"),
        ItemKind::Date(rule) => moment::date(at, item, own, rule),
        ItemKind::DateTime(rule) => moment::date_time(at, item, own, rule),
        ItemKind::Time(rule) => moment::time(at, item, own, rule),
        ItemKind::String(rule) => words::line(at, item, own, rule, None),
        ItemKind::Text(rule) => words::lines(at, item, own, rule),
        ItemKind::Url(rule) => words::line(at, item, own, rule, Some("url")),
        ItemKind::Choice(rule) => choice::choice(at, item, own, rule),
        ItemKind::Quantity(rule) => number::quantity(at, item, own, rule),
    }
}

/// The id of the first control of a node's part, where the error summary leads.
pub fn control_id(session: &Session, node: NodeIx, prefix: &str) -> String {
    let id = node_id(prefix, node);
    if !session.is_present(node) {
        return id;
    }
    match &session.item(node).kind {
        ItemKind::Date(_) | ItemKind::DateTime(_) => [&id, "-day"].concat(),
        ItemKind::Group(_)
        | ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::Decimal(_)
        | ItemKind::Integer(_)
        | ItemKind::Time(_)
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Url(_)
        | ItemKind::Choice(_)
        | ItemKind::Quantity(_) => id,
    }
}

fn node_id(prefix: &str, node: NodeIx) -> String {
    [prefix, "q", &node.0.to_string()].concat()
}

/// A node, where it is drawn.
#[derive(Clone)]
struct At {
    live: Live,
    node: NodeIx,
    frame: Frame,
}

impl At {
    fn id(&self) -> String {
        node_id(&self.frame.prefix, self.node)
    }

    fn say(&self, word: Word) -> Str {
        self.frame.words.say(word).into()
    }

    /// Words in the language shown, and, where only the questionnaire's own are there, their language.
    fn words(&self, text: &Text, own: Option<&str>) -> (String, Option<Language>) {
        let (words, translated) = text.in_language(&self.frame.language);
        (words.to_owned(), (!translated).then(|| self.foreign(own)).flatten())
    }

    fn foreign(&self, own: Option<&str>) -> Option<Language> {
        let own = own.filter(|own| !primary(own).eq_ignore_ascii_case(primary(&self.frame.language)))?;
        Some(Language { tag: own.to_owned().into(), direction: direction(own) })
    }

    /// Words as paragraphs, in their shape where they have one.
    fn shown(&self, text: &Text, own: Option<&str>) -> Vec<El> {
        let (words, language) = self.words(text, own);
        match text.prose(&self.frame.language) {
            Some(shape) => shape::blocks(shape, language.as_ref(), self.frame.level.saturating_add(1).min(6)),
            None => words::paragraphs(&words, language.as_ref()),
        }
    }

    /// Words as something to put into an element, marked where their language differs.
    fn kid(&self, text: &Text, own: Option<&str>) -> Kid {
        let (words, language) = self.words(text, own);
        match language {
            None => words.into(),
            language => super::parts::label::in_language(el("span"), language.as_ref()).text(words).into(),
        }
    }

    /// The question's words as the name of its control.
    fn label(&self, item: &Item, own: Option<&str>) -> Label {
        let (mut words, language) = match &item.text {
            Some(text) => self.words(text, own),
            None => (short_name(item, &self.frame.language), None),
        };
        if let Some(prefix) = &item.prefix {
            words = [prefix.in_language(&self.frame.language).0, " ", &words].concat();
        }
        let shape = item.text.as_ref().and_then(|text| text.prose(&self.frame.language));
        let words = match shape {
            Some(shape) if !is_listed(item) && item.prefix.is_none() => shape::inline(shape),
            _ if is_listed(item) => vec![self.numbered(words)],
            _ => vec![words.into()],
        };
        let (heading, size) = match self.frame.is_heading {
            true => (Some(self.frame.level), Size::L),
            false => (None, Size::S),
        };
        Label { words, heading, size, id: None, language }
    }

    /// Words followed by the number of the repetition, while there are several.
    fn numbered(&self, words: String) -> Kid {
        let at = self.clone();
        Kid::LiveText(Arc::new(move || {
            at.live.track_shape();
            let (place, count) = at.live.with(|session| {
                // The shape may have changed because the whole session did.
                if !session.is_present(at.node) {
                    return (None, 0);
                }
                let all = session.repetitions(at.node);
                (all.iter().position(|other| *other == at.node), all.len())
            });
            match place {
                Some(place) if count > 1 => {
                    let number = (place + 1).to_string();
                    at.frame.words.fill(Word::ItemCopy, &[("question", &words), ("count", &number)]).into()
                }
                _ => words.clone().into(),
            }
        }))
    }

    /// Everything around the question's control.
    fn field(&self, item: &Item, own: Option<&str>, hint: Vec<Kid>) -> Field {
        Field {
            id: self.id(),
            label: self.label(item, own),
            hint,
            help: self.help(item, own),
            wrong: Some(self.wrong()),
            wrong_prefix: self.say(Word::ProblemErrorPrefix),
            described_by: None,
        }
    }

    fn help(&self, item: &Item, own: Option<&str>) -> Vec<El> {
        let mut kids: Vec<Kid> = Vec::new();
        for help in &item.helps {
            kids.extend(self.shown(help, own).into_iter().map(Kid::El));
        }
        for link in &item.support_links {
            let link = el("a")
                .class("nhsuk-link")
                .attr("href", String::from(link.as_ref()))
                .attr("target", "_blank")
                .attr("rel", "noopener noreferrer")
                .text(self.say(Word::AskMoreHelp));
            kids.push(el("p").kid(link).into());
        }
        if kids.is_empty() { Vec::new() } else { vec![details(self.say(Word::AskExplain), kids)] }
    }

    /// What is wrong with the answer, in words.
    fn wrong(&self) -> Wrong {
        let at = self.clone();
        Arc::new(move || {
            let problems = at.live.problems(at.node);
            let problem = problems.first()?;
            let language = &at.frame.language;
            Some(
                at.live
                    .with(|session| problem_words(at.frame.words, problem, session.item(at.node), language)),
            )
        })
    }

    /// What was typed, or the first answer as `show` has it.
    fn held(&self, show: fn(&Answer) -> Option<String>) -> Ask<Str> {
        let (live, node) = (self.live, self.node);
        Arc::new(move || {
            live.look(node, |session| {
                let answer = || session.answers(node).iter().find_map(show);
                session.typed(node).map(str::to_owned).or_else(answer).unwrap_or_default().into()
            })
        })
    }

    /// Hands over everything in a box at each change.
    fn types(&self) -> impl FnMut(&str) + Send + 'static {
        let (live, node) = (self.live, self.node);
        move |text| live.send(Command::Type { node, text: text.to_owned() })
    }

    fn answer(&self, answers: Vec<Answer>) {
        self.live.send(Command::Answer { node: self.node, answers });
    }
}
