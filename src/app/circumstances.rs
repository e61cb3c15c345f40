//! The circumstances that travel with a score: when, where, who helped, who held the device, in which
//! language, what was left out.
//!
//! A link worker in the research says a score alone "doesn't tell us anything": people answer differently at
//! different times and in different places. So each response carries a `context` group. Our own
//! questionnaires declare it; to others it is added (`public/instruments/context.json`).
//!
//! What the app can know is never asked. Of the rest, an ordinary person at home alone says all with one press
//! ([`ALONE_AT_HOME`]), and who answers several questionnaires in one sitting is asked once ([`Told`]).

use crate::domain::answer::{Answer, Coding, Place};
use crate::domain::ids::LinkId;
use crate::domain::instrument::{Instrument, Item, ItemKind};
use crate::engine::{Command, NodeIx, Session};
use crate::fhir::write::{Mode, PartyKind};

/// The group's link id, which no other questionnaire may use for something else.
pub const GROUP: &str = "context";

/// Which languages the page was shown in while it was answered.
const LANGUAGE: &str = "context.language";

/// This app and its release, as the record names it.
const APP: &str = concat!("What Matters ", env!("CARGO_PKG_VERSION"));

/// What "I am at home, on my own" answers: the question and the code of its option.
pub const ALONE_AT_HOME: [(&str, &str); 2] = [("context.place", "home"), ("context.how", "self")];

/// The questions whose answers hold for the whole sitting; the note is about one set of answers alone.
const OF_THE_SITTING: [&str; 3] = ["context.place", "context.how", "context.helper"];

/// How long a sitting may last, in milliseconds, before the circumstances are asked again: an hour.
const SITTING: u64 = 3_600_000;

/// What the clock says at the moment of finishing.
pub struct Moment<'a> {
    /// The local date and time with its offset, in FHIR's `dateTime` form.
    pub authored: &'a str,
    /// The local day of the week in English.
    pub weekday: &'a str,
}

/// Fills in what only the app knows, at the moment of finishing.
pub fn fill(session: &mut Session, moment: &Moment, language: &str) {
    let (mut left_out, holder) = (left_out(session), holder(session));
    for node in not_their_own(session) {
        let link_id = session.item(node).link_id.as_str();
        left_out.push(Answer::Text([link_id, " ", FOR_SOMEONE].concat().into()));
        session.apply(Command::Fill { node, answers: Vec::new() });
    }
    let text = |words: &str| vec![Answer::Text(words.into())];
    for (link_id, answers) in [
        ("context.at", vec![Answer::DateTime(moment.authored.into())]),
        ("context.weekday", text(moment.weekday)),
        ("context.language", text(&languages(session, language))),
        ("context.app", text(APP)),
        ("context.device", holder.into_iter().collect()),
        ("context.skipped", left_out),
    ] {
        if let Some(node) = find(session, link_id) {
            session.apply(Command::Fill { node, answers });
        }
    }
}

/// Every language the page was shown in since the first answer, in that order, then `shown`.
fn languages(session: &Session, shown: &str) -> String {
    let before = find(session, LANGUAGE).and_then(|node| match session.answers(node).first() {
        Some(Answer::Text(before)) => Some(before.to_string()),
        Some(_) | None => None,
    });
    match before {
        Some(before) if before.rsplit(", ").next() != Some(shown) => [&before, ", ", shown].concat(),
        Some(before) => before,
        None => shown.to_owned(),
    }
}

/// What records that the page turns from one language to another, once something has been answered.
pub fn languages_so_far(session: &Session, now: &str, next: &str) -> Option<Command> {
    let node = find(session, LANGUAGE)?;
    let is_answered = |node: &NodeIx| {
        !session.answers(*node).is_empty()
            || session.typed(*node).is_some()
            || session.skipped(*node).is_some()
    };
    let begun = session.in_order().any(|node| is_answered(&node) && !session.item(node).hidden);
    let so_far = [&languages(session, now), ", ", next].concat();
    begun.then(|| Command::Fill { node, answers: vec![Answer::Text(so_far.into())] })
}

/// Whether the questionnaire's own words, those of the circumstances aside, are all there in a language.
pub fn speaks(instrument: &Instrument, language: &str) -> bool {
    instrument.speaks(language, is_of_the_questionnaire)
}

/// Whether an item is the questionnaire's own and shown: no part of the circumstances.
pub fn is_of_the_questionnaire(item: &Item) -> bool {
    !is_ours(&item.link_id) && !item.hidden
}

/// How the answers were given, from what the person said of it: read out or on the phone is by voice.
pub fn mode(session: &Session) -> Mode {
    if is_put_in_by_another(session) { Mode::Verbal } else { Mode::Electronic }
}

/// The code of `context.how` that says somebody answered in the person's place. Such answers are another's
/// opinion: to a question that is for the person alone they are no answer (ONS takes none by proxy).
const FOR_SOMEONE: &str = "answered-for-me";

/// The questions that only the person can answer, where somebody else has answered them.
pub fn not_their_own(session: &Session) -> Vec<NodeIx> {
    if !is_answered_for(session) {
        return Vec::new();
    }
    let for_them_alone = |node: NodeIx| {
        std::iter::successors(Some(node), |at| session.parent(*at))
            .any(|around| session.item(around).self_report_only)
    };
    let answered = |node: &NodeIx| session.is_enabled(*node) && !session.answers(*node).is_empty();
    session.in_order().filter(answered).filter(|node| for_them_alone(*node)).collect()
}

/// Who gave the answers: the patient, or whoever answered for them.
pub fn source(session: &Session) -> PartyKind {
    let helper = find(session, "context.helper").and_then(|node| session.answers(node).first());
    let is_staff =
        matches!(helper, Some(Answer::Coding(coding)) if coding.code.as_deref() == Some("link-worker"));
    match (is_answered_for(session), is_staff) {
        (false, _) => PartyKind::Patient,
        (true, false) => PartyKind::RelatedPerson,
        (true, true) => PartyKind::Practitioner,
    }
}

fn is_answered_for(session: &Session) -> bool {
    how(session).and_then(|how| how.code.as_deref()) == Some(FOR_SOMEONE)
}

/// Who held the device: the other person where they put the answers in, else the patient; unknown where
/// nobody said how they answered.
fn holder(session: &Session) -> Option<Answer> {
    how(session)?;
    let by_another = is_put_in_by_another(session) || is_answered_for(session);
    option(session, "context.device", if by_another { "helper" } else { "patient" })
}

fn is_put_in_by_another(session: &Session) -> bool {
    matches!(how(session).and_then(|how| how.code.as_deref()), Some("read-aloud" | "phone"))
}

fn how(session: &Session) -> Option<&Coding> {
    match find(session, "context.how").and_then(|node| session.answers(node).first())? {
        Answer::Coding(coding) => Some(coding),
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::Integer(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Quantity(_) => None,
    }
}

/// Whether this is one of the group's own items.
pub fn is_ours(link_id: &LinkId) -> bool {
    link_id.as_str().strip_prefix(GROUP).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The commands that say "I am at home, on my own", where every question it answers stands among these nodes
/// and none of them has been answered.
pub fn alone_at_home(session: &Session, nodes: &[NodeIx]) -> Option<Vec<Command>> {
    let answer = |(link_id, code): (&str, &str)| {
        let node = find(session, link_id).filter(|node| nodes.contains(node) && session.is_enabled(*node))?;
        let answers = vec![option(session, link_id, code)?];
        session.answers(node).is_empty().then_some(Command::Answer { node, answers })
    };
    ALONE_AT_HOME.into_iter().map(answer).collect()
}

/// The circumstances one person told in this sitting, in the page's memory only.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    at: u64,
    answers: Vec<(&'static str, Vec<Answer>)>,
}

impl Told {
    /// What was told in a session finished now; `now` in milliseconds since 1970. `None` unless where and how
    /// were both said.
    pub fn of(session: &Session, now: u64) -> Option<Self> {
        let said = |link_id| find(session, link_id).map(|node| session.answers(node)).unwrap_or_default();
        if ALONE_AT_HOME.iter().any(|(link_id, _)| said(link_id).is_empty()) {
            return None;
        }
        let answers = OF_THE_SITTING.into_iter().map(|link_id| (link_id, said(link_id).to_vec()));
        Some(Self { at: now, answers: answers.filter(|(_, said)| !said.is_empty()).collect() })
    }

    /// Says it again in another questionnaire of the same sitting, so that it is not asked twice. Nothing is
    /// said again an hour later, nor over an answer, nor where the question has no such option. The answers
    /// are given in this order, since one asks for the next.
    pub fn again(&self, session: &Session, now: u64) -> Vec<(&'static str, Vec<Answer>)> {
        let first = OF_THE_SITTING.iter().filter_map(|link_id| find(session, link_id));
        let is_open = first.clone().all(|node| session.answers(node).is_empty());
        let is_there = |(link_id, said): &(&'static str, Vec<Answer>)| {
            find(session, link_id).is_some_and(|node| said.iter().all(|answer| has(session, node, answer)))
        };
        let in_time = now.checked_sub(self.at).is_some_and(|since| since <= SITTING);
        if in_time && is_open && self.answers.iter().all(is_there) {
            self.answers.clone()
        } else {
            Vec::new()
        }
    }
}

/// The node of an item of the group.
pub fn find(session: &Session, link_id: &str) -> Option<NodeIx> {
    session.find(&Place { link_id: LinkId::new(link_id), within: Vec::new() })
}

/// The answer that choosing the option with a code gives.
fn option(session: &Session, link_id: &str, code: &str) -> Option<Answer> {
    let node = find(session, link_id)?;
    let ItemKind::Choice(rule) = &session.item(node).kind else { return None };
    let is_it =
        |answer: &Answer| matches!(answer, Answer::Coding(coding) if coding.code.as_deref() == Some(code));
    rule.options.iter().map(|option| &option.value).find(|value| is_it(value)).cloned()
}

fn has(session: &Session, node: NodeIx, answer: &Answer) -> bool {
    let ItemKind::Choice(rule) = &session.item(node).kind else { return false };
    rule.options.iter().any(|option| option.value == *answer)
}

/// Each question left out on purpose, with how: `ons4.happy rather-talk`. FHIR has no settled place for this
/// on an item without an answer, so it travels here.
fn left_out(session: &Session) -> Vec<Answer> {
    session
        .in_order()
        .filter(|node| session.is_enabled(*node) && !is_ours(&session.item(*node).link_id))
        .filter_map(|node| {
            let skip = session.skipped(node)?;
            let link_id = session.item(node).link_id.as_str();
            Some(Answer::Text([link_id, " ", skip.code()].concat().into()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::read::{ValueSets, questionnaire};
    use std::rc::Rc;

    fn session() -> Session {
        let json = include_str!("../../public/instruments/ons4.json");
        let read = questionnaire(json, &ValueSets::default());
        Session::new(Rc::new(read.unwrap_or_else(|why| unreachable!("{why:?}")).instrument))
    }

    fn choose(session: &mut Session, link_id: &str, code: &str) {
        let node = find(session, link_id).unwrap_or_else(|| unreachable!("{link_id}"));
        let answers = option(session, link_id, code).into_iter().collect();
        session.apply(Command::Answer { node, answers });
    }

    fn codes(session: &Session, link_id: &str) -> Vec<String> {
        let answers = find(session, link_id).map(|node| session.answers(node)).unwrap_or_default();
        let code = |answer: &Answer| match answer {
            Answer::Coding(coding) => coding.code.as_deref().unwrap_or_default().to_owned(),
            other => format!("{other:?}"),
        };
        answers.iter().map(code).collect()
    }

    const NOON: Moment = Moment { authored: "2026-11-22T12:00:00+00:00", weekday: "Sunday" };

    #[test]
    fn one_press_says_all_that_there_is_to_say_of_somebody_at_home_alone() {
        let mut session = session();
        let all: Vec<NodeIx> = session.in_order().collect();
        for command in alone_at_home(&session, &all).unwrap_or_default() {
            session.apply(command);
        }
        fill(&mut session, &NOON, "en-GB");
        for (link_id, code) in
            [("context.place", "home"), ("context.how", "self"), ("context.device", "patient")]
        {
            assert_eq!(codes(&session, link_id), [code], "{link_id}");
        }
        assert!(matches!(mode(&session), Mode::Electronic));
        assert!(!find(&session, "context.helper").is_some_and(|node| session.is_enabled(node)));
        for link_id in ["context.at", "context.weekday", "context.language", "context.app"] {
            assert_eq!(codes(&session, link_id).len(), 1, "{link_id}");
        }
    }

    #[test]
    fn the_one_press_is_not_offered_over_an_answer_or_away_from_its_questions() {
        let mut session = session();
        let all: Vec<NodeIx> = session.in_order().collect();
        assert_eq!(alone_at_home(&session, &all[..3]), None);
        choose(&mut session, "context.place", "surgery");
        assert_eq!(alone_at_home(&session, &all), None);
    }

    #[test]
    fn who_held_the_device_follows_from_how_the_answers_were_given() {
        for (how, held, by_voice) in [
            ("self", "patient", false),
            ("beside", "patient", false),
            ("read-aloud", "helper", true),
            ("phone", "helper", true),
        ] {
            let mut session = session();
            choose(&mut session, "context.how", how);
            fill(&mut session, &NOON, "en-GB");
            assert_eq!(codes(&session, "context.device"), [held], "{how}");
            assert_eq!(matches!(mode(&session), Mode::Verbal), by_voice, "{how}");
        }
        let mut unsaid = session();
        fill(&mut unsaid, &NOON, "en-GB");
        assert_eq!(codes(&unsaid, "context.device"), Vec::<String>::new());
    }

    fn answered(session: &mut Session, link_id: &str) -> NodeIx {
        let node = find(session, link_id).unwrap_or_else(|| unreachable!("{link_id}"));
        session.apply(Command::Answer { node, answers: vec![Answer::Integer(7)] });
        node
    }

    #[test]
    fn ons4_is_never_answered_by_proxy() {
        let mut session = session();
        let happy = answered(&mut session, "ons4.happy");
        for how in ["self", "beside", "read-aloud", "phone"] {
            choose(&mut session, "context.how", how);
            assert_eq!(not_their_own(&session), [], "{how}: the answers are the person's own");
            assert_eq!(source(&session), PartyKind::Patient, "{how}");
        }
        choose(&mut session, "context.how", FOR_SOMEONE);
        assert_eq!(not_their_own(&session), [happy]);
        fill(&mut session, &NOON, "en-GB");
        assert_eq!(session.answers(happy), []);
        assert_eq!(codes(&session, "context.skipped"), ["Text(\"ons4.happy answered-for-me\")"]);
        assert_eq!(codes(&session, "context.device"), ["helper"]);
        assert!(matches!(mode(&session), Mode::Electronic));
        assert_eq!(source(&session), PartyKind::RelatedPerson);
        choose(&mut session, "context.helper", "link-worker");
        assert_eq!(source(&session), PartyKind::Practitioner);
    }

    #[test]
    fn a_measure_that_is_not_for_the_person_alone_keeps_what_a_proxy_said() {
        let json = include_str!("../../public/instruments/loneliness.json");
        let read = questionnaire(json, &ValueSets::default());
        let mut session =
            Session::new(Rc::new(read.unwrap_or_else(|why| unreachable!("{why:?}")).instrument));
        choose(&mut session, "loneliness.lonely", "never");
        choose(&mut session, "context.how", FOR_SOMEONE);
        fill(&mut session, &NOON, "en-GB");
        assert_eq!(codes(&session, "loneliness.lonely"), ["never"]);
        assert_eq!(codes(&session, "context.skipped"), Vec::<String>::new());
    }

    #[test]
    fn the_circumstances_are_told_once_in_a_sitting_and_the_note_is_not_carried_over() {
        let mut first = session();
        choose(&mut first, "context.place", "surgery");
        assert_eq!(Told::of(&first, 0), None, "not before how is said too");
        choose(&mut first, "context.how", "beside");
        choose(&mut first, "context.helper", "link-worker");
        if let Some(node) = find(&first, "context.note") {
            first.apply(Command::Type { node, text: "in pain".to_owned() });
        }
        let told = Told::of(&first, 1_000).unwrap_or_else(|| unreachable!("told"));

        let mut second = session();
        for (link_id, answers) in told.again(&second, 1_000 + SITTING) {
            if let Some(node) = find(&second, link_id) {
                second.apply(Command::Answer { node, answers });
            }
        }
        assert_eq!(codes(&second, "context.place"), ["surgery"]);
        assert_eq!(codes(&second, "context.how"), ["beside"]);
        assert_eq!(codes(&second, "context.helper"), ["link-worker"]);
        assert_eq!(codes(&second, "context.note"), Vec::<String>::new());

        assert!(told.again(&second, 1_000).is_empty(), "not over answers");
        assert!(told.again(&session(), 1_001 + SITTING).is_empty(), "not after an hour");
        assert!(told.again(&session(), 0).is_empty(), "not by a clock that went back");
    }
}
