//! `enableWhen`: when an item is asked. Resolved once all items are known.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{Element, Findings, KEEPS_NOTES, Object, Where};
use super::initial::spoken;
use super::item::Named;
use super::{circle, fit, value};
use crate::domain::answer::Answer;
use crate::domain::instrument::{ChoiceRule, Comparison, Condition, Enable, Item, ItemIx, ItemKind, Test};
use crate::domain::ordered::Map;
use serde_json::Value;

/// An item whose conditions are still to be read.
pub struct Pending<'j> {
    /// The item.
    pub item: ItemIx,
    /// Its JSON.
    pub map: &'j Object,
    /// Its path, written out.
    pub path: String,
}

/// What a condition may compare a question's answers with.
pub struct Compared {
    /// The question's type.
    pub item: &'static str,
    /// The `answer[x]` it may be compared with.
    pub answer: &'static str,
    /// Compared by `>` `<` `>=` `<=` too, and not only by `=` and `!=`.
    pub ordered: bool,
}

const fn compared(item: &'static str, answer: &'static str, ordered: bool) -> Compared {
    Compared { item, answer, ordered }
}

/// Every comparison that is read. A choice whose options are of another type compares as that type does.
pub const COMPARED: &[Compared] = &[
    compared("boolean", "Boolean", false),
    compared("decimal", "Decimal", true),
    compared("decimal", "Integer", true),
    compared("integer", "Integer", true),
    compared("integer", "Decimal", true),
    compared("date", "Date", true),
    compared("dateTime", "DateTime", true),
    compared("dateTime", "Date", true),
    compared("time", "Time", true),
    compared("string", "String", true),
    compared("text", "String", true),
    compared("url", "String", false),
    compared("choice", "Coding", false),
    compared("open-choice", "Coding", false),
    compared("open-choice", "String", true),
    compared("quantity", "Quantity", true),
];

impl Pending<'_> {
    /// The link id as the questionnaire writes it.
    pub fn link_id(&self) -> &str {
        self.map.get("linkId").and_then(Value::as_str).unwrap_or_default()
    }
}

/// Reads the conditions of all items and checks that they do not go round in a circle.
pub fn resolve(items: &mut [Item], named: &Map<&str, Named>, pending: &[Pending], found: &mut Findings) {
    let before = found.refusals.len();
    for waiting in pending {
        let at = Where::again(&waiting.path, waiting.link_id());
        let element = Element { map: waiting.map, at: &at };
        let enable = enable(element, waiting.item, items, named, found);
        if let Some(item) = items.get_mut(waiting.item.index()) {
            item.enable = enable;
        }
    }
    if !pending.is_empty() && found.refusals.len() == before {
        circle::check(items, pending, found);
    }
}

#[inline(never)] // not needed for the first question
fn enable(
    element: Element,
    item: ItemIx,
    items: &[Item],
    named: &Map<&str, Named>,
    found: &mut Findings,
) -> Option<Enable> {
    let list = element.list("enableWhen", found);
    let mut conditions = Vec::with_capacity(list.len());
    for (index, entry) in list.iter().enumerate() {
        let at = element.at.nth("enableWhen", index);
        if let Some(when) = Element::of(entry, &at, found) {
            conditions.extend(condition(when, item, items, named, found));
        }
    }
    let all = match element.text("enableBehavior", found) {
        Some("all") => true,
        Some("any") => false,
        Some(other) => {
            found.refuse(&element.at.field("enableBehavior"), Reason::BehaviourUnknown, other);
            false
        }
        None => {
            match list.len() {
                0 | 1 => (),
                2 => found.note(element.at, Remark::BehaviourAssumed, ""),
                more => found.refuse(element.at, Reason::BehaviourMissing, &more.to_string()),
            }
            false
        }
    };
    (!conditions.is_empty()).then(|| Enable { all, conditions: conditions.into() })
}

fn condition(
    when: Element,
    item: ItemIx,
    items: &[Item],
    named: &Map<&str, Named>,
    found: &mut Findings,
) -> Option<Condition> {
    if when.map.contains_key("hasAnswer") {
        found.refuse(when.at, Reason::OtherVersion, "enableWhen.hasAnswer is FHIR STU3's");
        return None;
    }
    let question = question(when, item, items, named, found);
    let operator = operator(when, found);
    let (question, asked) = question?;
    let test = match operator? {
        Operator::Exists => match value::find(when.map, "answer", when.at, found) {
            Some(typed) if typed.kind == "Boolean" => Test::Exists(when.flag(typed.name, found)?),
            _ => {
                found.refuse(when.at, Reason::ExistsNeedsBoolean, "");
                return None;
            }
        },
        Operator::Compares(comparison) => {
            let answer = answer(when, asked, comparison, found)?;
            Test::Compares(comparison, answer)
        }
    };
    Some(Condition { question, test })
}

fn question<'i>(
    when: Element,
    item: ItemIx,
    items: &'i [Item],
    named: &Map<&str, Named>,
    found: &mut Findings,
) -> Option<(ItemIx, &'i Item)> {
    let Some(link_id) = when.text("question", found) else {
        if !when.map.contains_key("question") {
            found.refuse(when.at, Reason::ConditionWithoutQuestion, "");
        }
        return None;
    };
    let place = when.at.field("question");
    let Some(known) = named.get(link_id) else {
        found.refuse(&place, Reason::ConditionQuestionMissing, link_id);
        return None;
    };
    let asked = known.item.and_then(|at| Some((at, items.get(at.index())?)));
    match asked {
        Some((at, _)) if at == item => {
            found.refuse(&place, Reason::ConditionOnItself, "");
            None
        }
        Some((at, asked)) if !matches!(asked.kind, ItemKind::Group(_) | ItemKind::Display(_)) => {
            Some((at, asked))
        }
        // An item that is itself refused stands as words: its own refusal says why.
        _ => {
            if !known.refused {
                found.refuse(&place, Reason::ConditionOnWords, link_id);
            }
            None
        }
    }
}

enum Operator {
    Exists,
    Compares(Comparison),
}

fn operator(when: Element, found: &mut Findings) -> Option<Operator> {
    let Some(code) = when.text("operator", found) else {
        if !when.map.contains_key("operator") {
            found.refuse(when.at, Reason::OperatorMissing, "");
        }
        return None;
    };
    let comparison = match code {
        "exists" => return Some(Operator::Exists),
        "=" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        ">" => Comparison::Greater,
        "<" => Comparison::Less,
        ">=" => Comparison::GreaterOrEqual,
        "<=" => Comparison::LessOrEqual,
        other => {
            found.refuse(&when.at.field("operator"), Reason::OperatorUnknown, other);
            return None;
        }
    };
    Some(Operator::Compares(comparison))
}

/// The answer a condition compares with, in the form the question gives answers.
fn answer(when: Element, asked: &Item, comparison: Comparison, found: &mut Findings) -> Option<Answer> {
    let Some(typed) = value::find(when.map, "answer", when.at, found) else {
        found.refuse(when.at, Reason::ConditionAnswerMissing, "");
        return None;
    };
    let before = found.refusals.len();
    let read = value::read(typed, when.map, when.at, found);
    if found.refusals.len() > before {
        return None;
    }
    let fitting = read.as_ref().and_then(|answer| comparable(&asked.kind, answer));
    let Some(answer) = fitting else {
        let detail =
            [typed.name, " with the answers of ", asked.link_id.as_str(), ", which are of another type"];
        found.refuse(when.at, Reason::ConditionAnswerType, &detail.concat());
        return None;
    };
    let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    if ordered && matches!(answer, Answer::Boolean(_) | Answer::Coding(_) | Answer::Url(_)) {
        found.refuse(when.at, Reason::OperatorNeedsOrder, typed.name);
        return None;
    }
    if let ItemKind::Choice(rule) = &asked.kind {
        return Some(among(rule, answer, ordered, when.at, found));
    }
    Some(answer)
}

/// As [`fit::fit`], but a condition on whole numbers may name a number with decimals, and one on a choice
/// something that is not an option.
fn comparable(kind: &ItemKind, answer: &Answer) -> Option<Answer> {
    match kind {
        ItemKind::Integer(_) if matches!(answer, Answer::Integer(_)) => Some(answer.clone()),
        ItemKind::Integer(_) => answer.number().map(Answer::Decimal),
        ItemKind::Choice(rule) => {
            let of_its_type = rule
                .options
                .iter()
                .any(|option| std::mem::discriminant(&option.value) == std::mem::discriminant(answer));
            let own_words = matches!(answer, Answer::Text(_) | Answer::Coding(_));
            (of_its_type || (rule.open || rule.options.is_empty()) && own_words).then(|| answer.clone())
        }
        ItemKind::Group(_)
        | ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::Decimal(_)
        | ItemKind::Date(_)
        | ItemKind::DateTime(_)
        | ItemKind::Time(_)
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Url(_)
        | ItemKind::Quantity(_) => fit::fit(kind, answer),
    }
}

/// The option a condition means; a note where there is none, so the condition can never be met.
fn among(rule: &ChoiceRule, answer: Answer, ordered: bool, at: &Where, found: &mut Findings) -> Answer {
    // In a list as long as this nobody leaves the system out; and looking each up would take too long.
    const LONG: usize = 500;
    if let Answer::Coding(coding) = &answer
        && !ordered
        && rule.options.len() <= LONG
        && let Some(option) = fit::by_code(rule, coding)
        && option != answer
    {
        found.note(at, Remark::ConditionSystem, coding.code.as_deref().unwrap_or_default());
        return option;
    }
    if KEEPS_NOTES && !ordered && !rule.options.is_empty() {
        let listed = rule.options.iter().any(|option| option.value == answer);
        let own_words = rule.open && matches!(answer, Answer::Text(_));
        if !(listed || own_words) {
            found.note(at, Remark::ConditionNeverTrue, &spoken(&answer));
        }
    }
    answer
}
