//! The circumstances that travel with a score: when, where, who helped, who held the device, in which
//! language, what was left out.
//!
//! A link worker in the research says a score alone "doesn't tell us anything": people answer differently at
//! different times and in different places. So each response carries a `context` group. Our own
//! questionnaires declare it; to others it is added (`public/instruments/context.json`).
//!
//! What the app can know is never asked. Of the rest, an ordinary person at home alone says all with one press
//! ([`alone`]), and who answers several questionnaires in one sitting is asked once ([`Told`](super::told::Told)).

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

/// The questions that "I am at home, on my own" answers.
pub(super) const PLACE: &str = "context.place";
pub(super) const HOW: &str = "context.how";

/// What is never asked: for whoever reads the answers with the person, and not for the person.
const FILLED_IN: [&str; 6] =
    ["context.at", "context.weekday", LANGUAGE, "context.app", "context.device", "context.skipped"];

/// Whether the item of this link id is one that the app fills in by itself.
pub fn is_filled_in(link_id: &str) -> bool {
    FILLED_IN.contains(&link_id)
}

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
    let known = [
        vec![Answer::DateTime(moment.authored.into())],
        text(moment.weekday),
        text(&languages(session, language)),
        text(APP),
        holder.into_iter().collect(),
        left_out,
    ];
    for (link_id, answers) in FILLED_IN.into_iter().zip(known) {
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

/// The commands that say "I am at home, on my own", or at the surgery on a device that many people use, where
/// every question it answers stands among these nodes and none of them has been answered.
pub fn alone(session: &Session, nodes: &[NodeIx], is_shared: bool) -> Option<Vec<Command>> {
    let answer = |(link_id, code): (&str, &str)| {
        let node = find(session, link_id).filter(|node| nodes.contains(node) && session.is_enabled(*node))?;
        let answers = vec![option(session, link_id, code)?];
        session.answers(node).is_empty().then_some(Command::Answer { node, answers })
    };
    let place = if is_shared { "surgery" } else { "home" };
    [(PLACE, place), (HOW, "self")].into_iter().map(answer).collect()
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
pub(super) mod tests {
    use super::*;
    use crate::fhir::read::{ValueSets, questionnaire};
    use std::rc::Rc;

    pub(in crate::app) fn session() -> Session {
        let json = include_str!("../../public/instruments/ons4.json");
        let read = questionnaire(json, &ValueSets::default());
        Session::new(Rc::new(read.unwrap_or_else(|why| unreachable!("{why:?}")).instrument))
    }

    pub(in crate::app) fn choose(session: &mut Session, link_id: &str, code: &str) {
        let node = find(session, link_id).unwrap_or_else(|| unreachable!("{link_id}"));
        let answers = option(session, link_id, code).into_iter().collect();
        session.apply(Command::Answer { node, answers });
    }

    pub(in crate::app) fn codes(session: &Session, link_id: &str) -> Vec<String> {
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
        for command in alone(&session, &all, false).unwrap_or_default() {
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
        assert_eq!(alone(&session, &all[..3], false), None);
        choose(&mut session, "context.place", "surgery");
        assert_eq!(alone(&session, &all, false), None);
    }

    #[test]
    fn the_one_press_on_a_device_of_many_people_never_says_that_somebody_is_at_home() {
        let mut session = session();
        let all: Vec<NodeIx> = session.in_order().collect();
        let commands = alone(&session, &all, true).unwrap_or_default();
        commands.into_iter().for_each(|command| drop(session.apply(command)));
        assert_eq!(codes(&session, PLACE), ["surgery"]);
        assert_eq!(codes(&session, HOW), ["self"]);
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
}
