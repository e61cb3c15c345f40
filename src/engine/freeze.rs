//! What a finished response says: the items asked, with their answers, in the questionnaire's own
//! structure.

use super::node::{NodeIx, is_question};
use super::session::Session;
use crate::domain::answer::{Answer, Coding};
use crate::domain::instrument::{Item, ItemKind};
use crate::domain::response::{ResponseAnswer, ResponseItem};
use crate::domain::text::Text;

impl Session {
    /// The items asked at present and answered, or passed over by choice; words in `language` where the
    /// questionnaire has them in it. A repeated group is an item for each repetition, a repeated question
    /// one item with several answers. What stands under a question stands under its answer; under several
    /// ticks of one list, under the first; where there is none, under an answer without a value.
    pub fn freeze(&self, language: &str) -> Vec<ResponseItem> {
        self.freeze_family(self.roots(), language)
    }

    fn freeze_family(&self, family: &[NodeIx], language: &str) -> Vec<ResponseItem> {
        let mut items: Vec<ResponseItem> = Vec::new();
        let mut last = None;
        for node in family {
            let Some(frozen) = self.freeze_node(*node, language) else { continue };
            let item = self.item_ix(*node);
            let joins = last == Some(item) && is_question(self.item(*node));
            match items.last_mut().filter(|_| joins) {
                Some(question) => {
                    question.answers.extend(frozen.answers);
                    question.skipped = question.skipped.filter(|_| question.answers.is_empty());
                }
                None => items.push(frozen),
            }
            last = Some(item);
        }
        items
    }

    fn freeze_node(&self, node: NodeIx, language: &str) -> Option<ResponseItem> {
        let item = self.item(node);
        if !self.is_enabled(node) || matches!(item.kind, ItemKind::Display(_)) {
            return None;
        }
        let mut below = self.freeze_family(self.children(node), language);
        let mut frozen = ResponseItem {
            link_id: item.link_id.clone(),
            text: item.text.as_ref().map(|text| text.in_language(language).0.into()),
            definition: item.definition.clone(),
            algorithm: item.score.as_ref().map(|score| score.algorithm.clone()),
            answers: Vec::new(),
            items: Vec::new(),
            skipped: None,
        };
        if is_question(item) {
            for answer in self.answers(node) {
                let value = Some(in_words(item, answer, language));
                frozen.answers.push(ResponseAnswer { value, items: std::mem::take(&mut below) });
            }
            if !below.is_empty() {
                frozen.answers.push(ResponseAnswer { value: None, items: below });
            }
            frozen.skipped =
                self.skipped(node).filter(|_| frozen.answers.iter().all(|answer| answer.value.is_none()));
        } else {
            frozen.items = below;
        }
        let says_something =
            !frozen.answers.is_empty() || !frozen.items.is_empty() || frozen.skipped.is_some();
        says_something.then_some(frozen)
    }
}

/// A coded answer with the words it was shown with.
fn in_words(item: &Item, answer: &Answer, language: &str) -> Answer {
    let Answer::Coding(coding) = answer else { return answer.clone() };
    let words = coding.display.as_ref().or_else(|| match &item.kind {
        ItemKind::Choice(rule) => {
            rule.options.iter().find(|option| option.value == *answer).map(|option| &option.text)
        }
        _ => None,
    });
    let display = words.map(|words| Text::plain(words.in_language(language).0));
    Answer::Coding(Coding { display, ..coding.clone() })
}
