//! A person's own answers, in words: on the page where they are checked, on the page after sending, and beside
//! those of an earlier visit. There are no totals, no bands and no judgement in any of them: a score is for
//! the talk with the link worker, and a number without its two ends means little to anybody.

use super::markup::foreign;
use super::problem_words::short_name;
use super::saying;
use super::words::{Word, Words};
use crate::domain::answer::Skip;
use crate::domain::instrument::ItemKind;
use crate::domain::keepsake::Line;
use crate::domain::text::{Text, primary};
use crate::engine::{NodeIx, Session};

/// A heading and the questions below it.
pub struct Section {
    /// The heading of the nearest group.
    pub heading: Option<String>,
    /// The questions, in order.
    pub asked: Vec<Asked>,
}

/// One question with what was said.
pub struct Asked {
    /// Where it stands in the session.
    pub node: NodeIx,
    /// The question and its answer in words.
    pub line: Line,
    /// The person may change it.
    pub can_change: bool,
}

/// The visible questions in document order, under the heading of the nearest group.
pub fn sections(words: &Words, language: &str, session: &Session) -> Vec<Section> {
    let mut sections = vec![Section { heading: None, asked: Vec::new() }];
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
                    let heading = Some(text.in_language(language).0.to_owned());
                    sections.push(Section { heading, asked: Vec::new() });
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
                    section.asked.push(asked(words, language, session, node));
                }
            }
        }
        ahead.extend(session.children(node).iter().rev());
    }
    sections.retain(|section| !section.asked.is_empty());
    sections
}

/// The questionnaire's own language, where what is asked at a node is not in the language shown.
pub fn in_another<'s>(shown: &str, session: &'s Session, node: NodeIx) -> Option<&'s str> {
    let own = session.instrument().language.as_deref()?;
    let differs = !primary(own).eq_ignore_ascii_case(primary(shown));
    let translated = |text: &Text| text.in_language(shown).1;
    (differs && !session.item(node).text.as_ref().is_some_and(translated)).then_some(own)
}

/// Whether what was said at a node is one of the questionnaire's own answers.
pub fn is_chosen(session: &Session, node: NodeIx) -> bool {
    matches!(session.item(node).kind, ItemKind::Choice(_)) && !session.answers(node).is_empty()
}

/// A line as it is shown where its questionnaire has words of its `own` language alone: they are marked, and so is
/// what was said where it is `chosen` from them.
pub fn marked(own: &str, chosen: bool, line: &Line) -> Line {
    let mark = |words: &str| -> Box<str> { foreign(own, words).into() };
    let said = line.said.iter().map(|said| if chosen { mark(said) } else { said.clone() });
    Line { at: line.at.clone(), asked: mark(&line.asked), said: said.collect() }
}

fn asked(words: &Words, language: &str, session: &Session, node: NodeIx) -> Asked {
    let item = session.item(node);
    let answers = session.answers(node).iter();
    let mut said: Vec<Box<str>> =
        answers.map(|answer| saying::answer(words, language, item, answer).into()).collect();
    said.extend(session.typed(node).map(Box::from));
    if said.is_empty() {
        let word = match session.skipped(node) {
            None => Word::CheckNotProvided,
            Some(Skip::PassedOver) => Word::CheckSkipped,
            Some(Skip::RatherTalk) => Word::CheckToTalkAbout,
        };
        said.push(words.say(word).into());
    }
    let line = Line { at: session.place(node).key().into(), asked: short_name(item, language).into(), said };
    Asked { node, line, can_change: !item.read_only }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Answer, Place};
    use crate::domain::ids::LinkId;
    use crate::engine::Command;
    use crate::fhir::read::{ValueSets, questionnaire};
    use std::rc::Rc;

    fn said(link_id: &str, command: impl Fn(NodeIx) -> Command) -> Vec<String> {
        let json = include_str!("../../public/instruments/ons4.json");
        let read = questionnaire(json, &ValueSets::default());
        let read = read.unwrap_or_else(|why| unreachable!("{why:?}"));
        let mut session = Session::new(Rc::new(read.instrument));
        let place = Place { link_id: LinkId::new(link_id), within: Vec::new() };
        let node = session.find(&place).unwrap_or_else(|| unreachable!("{link_id}"));
        session.apply(command(node));
        let sections = sections(Words::english(), "en-GB", &session);
        let mut asked = sections.iter().flat_map(|section| &section.asked);
        let asked = asked.find(|asked| asked.node == node).unwrap_or_else(|| unreachable!("{link_id}"));
        asked.line.said.iter().map(|said| said.to_string()).collect()
    }

    #[test]
    fn a_number_on_a_scale_is_read_back_with_both_its_ends_in_words() {
        let seven = |node| Command::Answer { node, answers: vec![Answer::Integer(7)] };
        let expected = "7 out of 10, where 0 is not at all anxious and 10 is completely anxious";
        assert_eq!(said("ons4.anxious", seven), [expected]);
    }

    #[test]
    fn what_was_left_out_is_read_back_as_the_person_put_it() {
        let skip = |skip| move |node| Command::Skip { node, skip };
        assert_eq!(said("ons4.happy", skip(Skip::PassedOver)), ["Skipped"]);
        assert_eq!(said("ons4.happy", skip(Skip::RatherTalk)), ["I would rather talk about it"]);
    }

    #[test]
    fn the_questionnaires_own_words_are_marked_and_a_persons_are_not() {
        let said = vec![Box::from("At home"), Box::from("At work")];
        let line = Line { at: "a".into(), asked: "Where?".into(), said };
        let chosen = marked("en", true, &line);
        assert_eq!(*chosen.asked, *foreign("en", "Where?"));
        assert!(chosen.said.iter().zip(&line.said).all(|(now, before)| **now == *foreign("en", before)));
        assert_eq!(marked("en", false, &line).said, line.said);
    }
}
