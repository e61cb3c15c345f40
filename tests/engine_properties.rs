//! Whatever the form and whatever is done to it. Short by default; `WM_FUZZ=100000` sets the number of cases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "made/form.rs"]
mod form;

use form::{Bytes, command};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use what_matters::domain::answer::Place;
use what_matters::domain::ids::ResponseId;
use what_matters::domain::response::ResponseItem;
use what_matters::engine::check::{all, problems};
use what_matters::engine::evaluator::Evaluator;
use what_matters::engine::node::is_question;
use what_matters::engine::steps::{Layout, progress, steps};
use what_matters::engine::{Changes, Command, NodeIx, Session};
use what_matters::fhir::read::response::response;
use what_matters::fhir::write::{self, Header, Mode, Status};

const LAYOUTS: [Layout; 3] = [Layout::OneQuestion, Layout::Pages, Layout::All];

fn cases() -> ProptestConfig {
    let cases = std::env::var("WM_FUZZ").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn places(session: &Session) -> Vec<(Place, bool)> {
    session.in_order().map(|node| (session.place(node), session.is_enabled(node))).collect()
}

fn link_ids(items: &[ResponseItem], into: &mut Vec<String>) {
    for item in items {
        into.push(item.link_id.as_str().to_owned());
        item.answers.iter().for_each(|answer| link_ids(&answer.items, into));
        link_ids(&item.items, into);
    }
}

fn written(session: &Session) -> String {
    let header = Header {
        status: Status::Completed,
        authored: "2026-11-22T10:00:00Z".into(),
        language: "cy".into(),
        mode: Mode::Verbal,
        subject: None,
        source: None,
        help_shown: Vec::new(),
    };
    let id = ResponseId::from_random([1; 16]);
    write::response(session.instrument(), &id, &header, &session.freeze("cy"), None)
}

fn json(session: &Session) -> serde_json::Value {
    serde_json::from_str(&written(session)).unwrap()
}

/// No empty lists, objects or texts anywhere: FHIR allows none.
fn is_full(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => false,
        serde_json::Value::String(text) => !text.is_empty(),
        serde_json::Value::Array(list) => !list.is_empty() && list.iter().all(is_full),
        serde_json::Value::Object(map) => !map.is_empty() && map.values().all(is_full),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => true,
    }
}

/// Runs a case, calling `each` after every command with what was before and what came of it.
fn run(bytes: &[u8], mut each: impl FnMut(&Session, &BTreeMap<NodeIx, bool>, &Command, &Changes)) -> Session {
    let mut bytes = Bytes::new(bytes);
    let mut session = Session::new(form::form(&mut bytes));
    while !bytes.is_empty() {
        let before = session.in_order().map(|node| (node, session.is_enabled(node))).collect();
        let command = command(&mut bytes, &session);
        let changes = session.apply(command.clone());
        each(&session, &before, &command, &changes);
    }
    session
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn enablement_kept_up_equals_enablement_worked_out_anew(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        run(&bytes, |session, _, command, _| {
            let mut anew = Session::new(Rc::clone(session.instrument()));
            let misfits = anew.restore(session.kept_whole());
            assert!(misfits.is_empty(), "{misfits:?}");
            assert_eq!(places(&anew), places(session), "after {command:?}");
        });
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let session = run(&bytes, |_, _, _, _| ());
        let kept = session.kept_whole();
        let mut back = Session::new(Rc::clone(session.instrument()));
        // In any order.
        prop_assert!(back.restore(kept.iter().rev().cloned()).is_empty());
        prop_assert_eq!(back.kept_whole(), kept);
        prop_assert_eq!(json(&back), json(&session));
    }

    #[test]
    fn a_draft_of_single_changes_holds_the_whole(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut draft = BTreeMap::new();
        let session = run(&bytes, |session, _, _, changes| draft.extend(session.kept(changes)));
        let mut back = Session::new(Rc::clone(session.instrument()));
        let misfits = back.restore(draft);
        prop_assert!(misfits.is_empty(), "{:?}", misfits);
        prop_assert_eq!(back.kept_whole(), session.kept_whole());
    }

    #[test]
    fn changes_tell_exactly_what_was_switched(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        run(&bytes, |session, before, command, changes| {
            let told: BTreeSet<NodeIx> = changes.toggled.iter().copied().collect();
            for (node, was) in before {
                if session.is_present(*node) {
                    let switched = session.is_enabled(*node) != *was;
                    assert_eq!(told.contains(node), switched, "{node:?} after {command:?}");
                }
            }
        });
    }

    #[test]
    fn a_declined_command_changes_nothing(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut kept = None;
        run(&bytes, |session, _, command, changes| {
            let now = session.kept_whole();
            if let (Some(before), true) = (kept.replace(now.clone()), changes.declined.is_some()) {
                assert_eq!(before, now, "after {command:?}");
                assert!(changes.answered.is_empty() && changes.repeated.is_empty());
            }
        });
    }

    #[test]
    fn the_response_has_nothing_that_is_not_asked_and_nothing_empty(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        run(&bytes, |session, _, _, _| {
            let asked: BTreeSet<&str> = session
                .in_order()
                .filter(|node| session.is_enabled(*node))
                .map(|node| session.item(node).link_id.as_str())
                .collect();
            let mut found = Vec::new();
            link_ids(&session.freeze("cy"), &mut found);
            assert!(found.iter().all(|link_id| asked.contains(link_id.as_str())), "{found:?} {asked:?}");
            let json = json(session);
            assert!(is_full(&json), "{json}");
        });
    }

    #[test]
    fn a_response_written_and_read_back_is_written_the_same(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let session = run(&bytes, |_, _, _, _| ());
        // An empty repetition leaves no trace in FHIR, so what looks into repetitions from outside may find
        // another one nearest once the response is read back (docs/engine.md).
        if form::looks_into_repetitions(session.instrument()) {
            return Ok(());
        }
        let text = written(&session);
        let read = response(&text, session.instrument()).unwrap();
        prop_assert!(read.mismatches.is_empty(), "{:?} in {}", read.mismatches, text);
        let (back, misfits) = Session::of_response(Rc::clone(session.instrument()), read.held);
        prop_assert!(misfits.is_empty(), "{:?} in {}", misfits, text);
        prop_assert_eq!(written(&back), text, "{}", form::outline(session.instrument()));
    }

    #[test]
    fn every_question_that_can_be_answered_is_on_exactly_one_page(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let session = run(&bytes, |_, _, _, _| ());
        for layout in LAYOUTS {
            let pages = steps(&session, layout);
            let mut drawn: Vec<NodeIx> = pages.iter().flat_map(|page| page.nodes.clone()).collect();
            let count = drawn.len();
            drawn.sort();
            drawn.dedup();
            prop_assert_eq!(drawn.len(), count, "drawn twice");
            for node in session.in_order() {
                let hidden = {
                    let mut around = Some(node);
                    std::iter::from_fn(|| {
                        let at = around?;
                        around = session.parent(at);
                        Some(at)
                    })
                    .any(|at| session.item(at).hidden)
                };
                let shown = session.is_enabled(node) && !hidden;
                if is_question(session.item(node)) {
                    prop_assert_eq!(drawn.contains(&node), shown, "{:?} in {:?}", node, layout);
                } else if !shown {
                    prop_assert!(!drawn.contains(&node));
                }
            }
            for (at, page) in pages.iter().enumerate() {
                prop_assert!(page.nodes.contains(&page.key));
                let told = progress(&session, layout, &pages, at);
                prop_assert!(told.of.is_none_or(|of| of == pages.len()));
            }
        }
    }

    #[test]
    fn the_number_of_pages_once_told_holds(bytes in prop::collection::vec(any::<u8>(), 0..600), more in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut session = run(&bytes, |_, _, _, _| ());
        let pages = steps(&session, Layout::Pages);
        for at in 0..pages.len() {
            if let Some(of) = progress(&session, Layout::Pages, &pages, at).of {
                // From here on a person goes forward only.
                let ahead: Vec<NodeIx> = pages[at..].iter().flat_map(|page| page.nodes.clone()).collect();
                let mut bytes = Bytes::new(&more);
                while !bytes.is_empty() {
                    let command = command(&mut bytes, &session);
                    let node = match &command {
                        Command::Answer { node, .. } | Command::Type { node, .. } | Command::Skip { node, .. }
                        | Command::Add { node } | Command::Remove { node } => *node,
                        Command::Fill { .. } => continue,
                    };
                    if ahead.contains(&node) {
                        session.apply(command);
                        prop_assert_eq!(steps(&session, Layout::Pages).len(), of, "told on page {}: {}", at, form::outline(session.instrument()));
                    }
                }
                break;
            }
        }
    }

    #[test]
    fn problems_are_of_what_is_asked(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let session = run(&bytes, |_, _, _, _| ());
        for (node, problem) in all(&session) {
            prop_assert!(session.is_enabled(node));
            prop_assert!(problems(&session, node).contains(&problem));
        }
    }
}

/// Answers the first question it may with the number of answers elsewhere, and never rests.
struct Counter;

impl Evaluator for Counter {
    fn compute(
        &mut self,
        session: &Session,
        _: &Changes,
    ) -> Vec<(NodeIx, Vec<what_matters::domain::answer::Answer>)> {
        let count = session.in_order().filter(|node| !session.answers(*node).is_empty()).count();
        let answer = what_matters::domain::answer::Answer::Integer(count as i32);
        session.in_order().map(|node| (node, vec![answer.clone()])).collect()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_evaluator_that_never_rests_does_not_hang_the_session(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = Bytes::new(&bytes);
        let mut session = Session::with_evaluator(form::form(&mut bytes), Box::new(Counter));
        while !bytes.is_empty() {
            let command = command(&mut bytes, &session);
            session.apply(command);
        }
        let mut found = Vec::new();
        link_ids(&session.freeze("en"), &mut found);
    }
}
