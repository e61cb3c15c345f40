//! The way back: a `QuestionnaireResponse` as answers in their places, to resume, amend or look back on.
//! What does not fit the questionnaire as it is today is told, never dropped silently.

use super::super::refusal::{Reason, Refusal};
use super::super::wire::{Element, Findings, Object, Where};
use super::super::write::CONTEXT;
use super::initial::spoken;
use super::{fit, limits, value};
use crate::domain::answer::{Answer, Held, Place};
use crate::domain::instrument::{Instrument, Item, ItemIx, ItemKind};
use crate::domain::ordered::Map;
use serde_json::Value;

/// A response read back.
#[derive(Debug)]
pub struct Answered {
    /// What the response names as its questionnaire, as `canonical|version`.
    pub questionnaire: Option<Box<str>>,
    /// The answers, and the repetitions they stand in: each list of repetitions before what is in it.
    pub held: Vec<(Place, Held)>,
    /// What did not fit.
    pub mismatches: Vec<Mismatch>,
}

/// Something in a response that has no place in the questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What is wrong.
    pub why: Why,
    /// The link id in the response.
    pub link_id: Box<str>,
    /// Where in the response, such as `item[0].answer[1]`.
    pub path: String,
    /// The answer in a few words, where it is about one.
    pub answer: Option<Box<str>>,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The questionnaire has no item of this link id.
    NoSuchItem,
    /// The item stands elsewhere in the questionnaire.
    Misplaced,
    /// The answer is of another type than the question's.
    OtherType,
    /// The answer is not one of the options.
    NotAnOption,
    /// There are more answers or copies than the questionnaire allows.
    TooMany,
    /// It cannot be read at all.
    Unreadable,
}

impl Why {
    /// In words, for the person who looks after the questionnaire.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoSuchItem => "the questionnaire has no such item",
            Self::Misplaced => "the item stands elsewhere in the questionnaire",
            Self::OtherType => "the answer is of another type than the question's",
            Self::NotAnOption => "the answer is not one of the options",
            Self::TooMany => "there are more answers or copies than may be given",
            Self::Unreadable => "it cannot be read",
        }
    }
}

/// Reads a response against a questionnaire.
///
/// # Errors
///
/// What is not a `QuestionnaireResponse` at all, or is beyond our limits.
pub fn response(json: &str, instrument: &Instrument) -> Result<Answered, Vec<Refusal>> {
    let mut found = Findings::default();
    if json.len() > limits::BYTES {
        found.refuse(&Where::ROOT, Reason::TooLarge, &json.len().to_string());
        return Err(found.refusals);
    }
    let value: Value = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            found.refuse(&Where::ROOT, Reason::NotJson, &error.to_string());
            return Err(found.refusals);
        }
    };
    let resource_type = value.get("resourceType").and_then(Value::as_str);
    let (Some(map), Some("QuestionnaireResponse")) = (value.as_object(), resource_type) else {
        found.refuse(&Where::ROOT, Reason::NotAResponse, resource_type.unwrap_or("without a resourceType"));
        return Err(found.refusals);
    };
    let index = instrument.items.iter().enumerate();
    let index = index.map(|(at, item)| (item.link_id.as_str(), ItemIx(at as u32))).collect();
    let mut reader =
        Reader { instrument, index, held: Map::new(), order: Vec::new(), mismatches: Vec::new() };
    reader.items(Element { map, at: &Where::ROOT }, None, &[]);
    reader.context(map);
    let Reader { mut held, order, mismatches, .. } = reader;
    let held = order.into_iter().filter_map(|place| Some((place.clone(), held.remove(&place)?))).collect();
    let questionnaire = map.get("questionnaire").and_then(Value::as_str).map(Into::into);
    Ok(Answered { questionnaire, held, mismatches })
}

struct Reader<'i> {
    instrument: &'i Instrument,
    index: Map<&'i str, ItemIx>,
    held: Map<Place, Held>,
    order: Vec<Place>,
    mismatches: Vec<Mismatch>,
}

impl<'i> Reader<'i> {
    /// The items under a group, an answer or the response itself. `within` are the repetitions around them.
    fn items(&mut self, under: Element, parent: Option<ItemIx>, within: &[u32]) {
        let mut copies: Map<ItemIx, u32> = Map::new();
        for (index, json) in list(under.map, "item").iter().enumerate() {
            let link_id = json.get("linkId").and_then(Value::as_str);
            let at = under.at.nth("item", index).of_item(link_id);
            let Some(map) = json.as_object() else {
                self.mismatch(Why::Unreadable, &at, None);
                continue;
            };
            let element = Element { map, at: &at };
            let Some(ix) = link_id.and_then(|link_id| self.index.get(link_id).copied()) else {
                self.lose(Why::NoSuchItem, element);
                continue;
            };
            let item = self.instrument.item(ix);
            if item.parent != parent {
                self.lose(Why::Misplaced, element);
                continue;
            }
            let copy = copies.get_or_insert_with(ix, || 0);
            let number = *copy;
            *copy = copy.saturating_add(1);
            self.item(element, ix, item, number, within);
        }
    }

    fn item(&mut self, element: Element, ix: ItemIx, item: &'i Item, number: u32, within: &[u32]) {
        match &item.kind {
            ItemKind::Group(_) if item.repeats => {
                let within = self.repetition(item, within, number);
                self.items(element, Some(ix), &within);
            }
            ItemKind::Group(_) if number > 0 => self.lose(Why::TooMany, element),
            ItemKind::Group(_) => self.items(element, Some(ix), within),
            ItemKind::Display(_) => {
                if !list(element.map, "answer").is_empty() {
                    self.lose(Why::OtherType, element);
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
            | ItemKind::Quantity(_) => self.question(element, ix, item, within),
        }
    }

    fn question(&mut self, element: Element, ix: ItemIx, item: &'i Item, within: &[u32]) {
        for (index, json) in list(element.map, "answer").iter().enumerate() {
            let at = element.at.nth("answer", index);
            let Some(map) = json.as_object() else {
                self.mismatch(Why::Unreadable, &at, None);
                continue;
            };
            let answer = Element { map, at: &at };
            let value = self.value(answer, item);
            let below = !list(map, "item").is_empty();
            if !is_listed(item) {
                self.add(item, within, value, &at);
                self.items(answer, Some(ix), within);
            } else if value.is_some() || below {
                let number = self.next_number(item, within);
                let within = self.repetition(item, within, number);
                self.add(item, &within, value, &at);
                self.items(answer, Some(ix), &within);
            }
        }
        // R4 puts what stands under a question under its answer; some writers put it under the question.
        self.items(element, Some(ix), within);
    }

    /// An answer in the form its question gives answers; `None` after a mismatch, or where there is no value.
    fn value(&mut self, answer: Element, item: &Item) -> Option<Answer> {
        let mut found = Findings::default();
        let typed = value::find(answer.map, "value", answer.at, &mut found)?;
        let Some(read) =
            value::read(typed, answer.map, answer.at, &mut found).filter(|_| found.refusals.is_empty())
        else {
            let why = if found.refusals.is_empty() { Why::OtherType } else { Why::Unreadable };
            self.mismatch(why, answer.at, None);
            return None;
        };
        let fitting = fit::fit(&item.kind, &read);
        if fitting.is_none() {
            let is_choice = matches!(item.kind, ItemKind::Choice(_));
            let why = if is_choice { Why::NotAnOption } else { Why::OtherType };
            self.mismatch(why, answer.at, Some(&read));
        }
        fitting
    }

    fn add(&mut self, item: &Item, within: &[u32], value: Option<Answer>, at: &Where) {
        let Some(value) = value else { return };
        let place = Place { link_id: item.link_id.clone(), within: within.to_vec() };
        let several = item.repeats && !is_listed(item);
        match self.held.get_mut(&place) {
            Some(Held::Answers(answers)) if several && !answers.contains(&value) => answers.push(value),
            Some(_) => self.mismatch(Why::TooMany, at, Some(&value)),
            None if self.order.len() >= limits::PLACES => self.mismatch(Why::TooMany, at, Some(&value)),
            None => self.hold(place, Held::Answers(vec![value])),
        }
    }

    fn hold(&mut self, place: Place, held: Held) {
        if self.order.len() >= limits::PLACES {
            return;
        }
        self.order.push(place.clone());
        self.held.insert(place, held);
    }

    /// Notes a repetition and gives the numbers within it. Answers and lists never share a place: a repeated
    /// question's answers stand one deeper than its list.
    fn repetition(&mut self, item: &Item, within: &[u32], number: u32) -> Vec<u32> {
        let place = Place { link_id: item.link_id.clone(), within: within.to_vec() };
        if let Some(Held::Repetitions(numbers)) = self.held.get_mut(&place) {
            numbers.push(number);
        } else {
            self.hold(place, Held::Repetitions(vec![number]));
        }
        let mut inner = within.to_vec();
        inner.push(number);
        inner
    }

    fn next_number(&self, item: &Item, within: &[u32]) -> u32 {
        let place = Place { link_id: item.link_id.clone(), within: within.to_vec() };
        if let Some(Held::Repetitions(numbers)) = self.held.get(&place) { numbers.len() as u32 } else { 0 }
    }

    fn mismatch(&mut self, why: Why, at: &Where, answer: Option<&Answer>) {
        let link_id = at.link_id().unwrap_or_default().into();
        let answer = answer.map(|answer| spoken(answer).into());
        self.mismatches.push(Mismatch { why, link_id, path: at.path(), answer });
    }

    /// Tells that an item has no place, and each answer under it.
    fn lose(&mut self, why: Why, element: Element) {
        let answers = list(element.map, "answer");
        if answers.is_empty() {
            self.mismatch(why, element.at, None);
        }
        for (index, json) in answers.iter().enumerate() {
            let at = element.at.nth("answer", index);
            let Some(map) = json.as_object() else { continue };
            let mut found = Findings::default();
            let value = value::find(map, "value", &at, &mut found)
                .and_then(|typed| value::read(typed, map, &at, &mut found));
            self.mismatch(why, &at, value.as_ref());
            self.lose_under(why, Element { map, at: &at });
        }
        self.lose_under(why, element);
    }

    fn lose_under(&mut self, why: Why, element: Element) {
        for (index, json) in list(element.map, "item").iter().enumerate() {
            let link_id = json.get("linkId").and_then(Value::as_str);
            let at = element.at.nth("item", index).of_item(link_id);
            if let Some(map) = json.as_object() {
                self.lose(why, Element { map, at: &at });
            }
        }
    }

    /// The circumstances that were kept in an extension, where the questionnaire has places for them now.
    fn context(&mut self, map: &Object) {
        for extension in list(map, "extension") {
            if extension.get("url").and_then(Value::as_str) != Some(CONTEXT) {
                continue;
            }
            for part in extension.as_object().map_or(&[][..], |extension| list(extension, "extension")) {
                let (Some(part), Some(name)) = (part.as_object(), part.get("url").and_then(Value::as_str))
                else {
                    continue;
                };
                let at = Where::ROOT.field("extension").of_item(Some(name));
                let groups =
                    self.instrument.roots.iter().map(|root| self.instrument.item(*root).link_id.as_str());
                let place = groups
                    .map(|group| [group, ".", name].concat())
                    .find_map(|link_id| self.index.get(link_id.as_str()));
                let Some(item) = place.map(|ix| self.instrument.item(*ix)) else {
                    self.mismatch(Why::NoSuchItem, &at, None);
                    continue;
                };
                let value = self.value(Element { map: part, at: &at }, item);
                if is_listed(item) {
                    let number = self.next_number(item, &[]);
                    let within = self.repetition(item, &[], number);
                    self.add(item, &within, value, &at);
                } else {
                    self.add(item, &[], value, &at);
                }
            }
        }
    }
}

/// Whether each answer is a repetition of its own: repeated questions that are not lists to tick.
fn is_listed(item: &Item) -> bool {
    item.repeats && !matches!(&item.kind, ItemKind::Choice(rule) if !rule.options.is_empty())
}

fn list<'j>(map: &'j Object, name: &str) -> &'j [Value] {
    map.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
