//! Our extension `score-rule`: how a hidden, read-only number is computed from other answers.
//!
//! ```json
//! { "url": "https://what-matters.example/fhir/StructureDefinition/score-rule",
//!   "extension": [
//!     { "url": "algorithm", "valueString": "phq9-total 1.0.0" },
//!     { "url": "rule", "valueCode": "sum" },
//!     { "url": "item", "valueString": "phq9.1" },
//!     { "url": "needed-item", "valueString": "phq9.9" },
//!     { "url": "least-answered", "valueInteger": 7 },
//!     { "url": "unanswered", "valueCode": "mean" } ] }
//! ```
//!
//! `rule` is `sum`, `mean` or `lookup`; `times` multiplies a sum, `places` rounds a mean, each `row` of a lookup
//! has `from` and `to`; `reversed-item` turns an answer round; without `least-answered` all must be answered;
//! `unanswered` is `left-out` or `mean`. A rule that cannot be kept whole refuses the questionnaire.

use super::super::refusal::Reason;
use super::super::wire::{self, Element, Findings, Object, Where};
use super::extensions;
use super::item::Named;
use crate::domain::answer::Answer;
use crate::domain::instrument::{Item, ItemIx, ItemKind};
use crate::domain::number::Number;
use crate::domain::ordered::Map;
use crate::domain::score::{Combine, Counts, ScoreRule, Scored, Unanswered};
use serde_json::Value;

/// A score whose questions are still to be found.
pub struct Pending<'j> {
    /// Where the score stands.
    item: ItemIx,
    /// Its rule.
    rule: &'j Object,
    path: String,
    link_id: Option<&'j str>,
}

/// The rule of an item, for [`resolve`] when all items are known.
pub fn pending<'j>(element: Element<'j, '_>, item: ItemIx, found: &mut Findings) -> Option<Pending<'j>> {
    let rules = extensions::all_ours(element.map, "score-rule");
    if rules.len() > 1 {
        found.refuse(element.at, Reason::RuleMisplaced, "score-rule");
    }
    let link_id = element.map.get("linkId").and_then(Value::as_str);
    Some(Pending { item, rule: rules.first()?, path: element.at.field("extension").path(), link_id })
}

/// Reads the rules of all scores.
pub fn resolve(items: &mut [Item], named: &Map<&str, Named>, pending: &[Pending], found: &mut Findings) {
    for waiting in pending {
        let at = Where::again(&waiting.path, waiting.link_id.unwrap_or_default());
        let scores: Vec<ItemIx> = pending.iter().map(|score| score.item).collect();
        let read = Rule { items, named, scores: &scores }.read(waiting, &at, found);
        match read {
            Ok(rule) => {
                if let Some(item) = items.get_mut(waiting.item.index()) {
                    item.score = Some(Box::new(rule));
                }
            }
            Err(why) => found.refuse(&at, Reason::ScoreRuleBroken, &why),
        }
    }
}

struct Rule<'r, 'j> {
    items: &'r [Item],
    named: &'r Map<&'j str, Named>,
    scores: &'r [ItemIx],
}

type Read<T> = Result<T, String>;

impl Rule<'_, '_> {
    fn read(&self, waiting: &Pending, at: &Where, found: &mut Findings) -> Read<ScoreRule> {
        let stands_on = self.items.get(waiting.item.index()).ok_or("it stands nowhere")?;
        let whole = match stands_on.kind {
            ItemKind::Integer(_) => true,
            ItemKind::Decimal(_) => false,
            _ => return Err("it does not stand on a number".into()),
        };
        if !stands_on.read_only || !stands_on.hidden || self.repeats(waiting.item) {
            return Err("its item must be read-only and hidden, and not repeat".into());
        }
        let (mut algorithm, mut rule, mut least, mut unanswered) = (None, None, None, Unanswered::LeftOut);
        let (mut times, mut places, mut rows) = (None, None, Vec::new());
        let mut questions: Vec<Scored> = Vec::new();
        for part in (Element { map: waiting.rule, at }).list("extension", found) {
            let name = part.get("url").and_then(Value::as_str).unwrap_or_default();
            let text = || ["valueString", "valueCode"].iter().find_map(|value| part.get(*value)?.as_str());
            let number = || part.get("valueInteger").and_then(wire::whole);
            let said = match name {
                "algorithm" => set(&mut algorithm, text().filter(|text| !text.trim().is_empty())),
                "rule" => set(&mut rule, text()),
                "least-answered" => set(&mut least, number().and_then(|least| usize::try_from(least).ok())),
                "times" => set(&mut times, number().filter(|times| *times != 0)),
                "places" => set(&mut places, number().filter(|places| (0..=6).contains(places))),
                "unanswered" => match text() {
                    Some("left-out") => true,
                    Some("mean") => {
                        unanswered = Unanswered::Mean;
                        true
                    }
                    _ => false,
                },
                "row" => row(part).map(|row| rows.push(row)).is_some(),
                "item" | "reversed-item" | "needed-item" => {
                    let counts = match name {
                        "item" => Counts::Plainly,
                        "reversed-item" => Counts::Reversed,
                        _ => Counts::Needed,
                    };
                    let question = self.question(text().unwrap_or_default(), counts, whole)?;
                    if questions.iter().any(|other| other.question == question) {
                        return Err("a question counts twice".into());
                    }
                    questions.push(Scored { question, counts });
                    true
                }
                _ => false,
            };
            if !said {
                return Err(["its part ", name, " is unknown, given twice, or has a wrong value"].concat());
            }
        }
        let combine = match (rule, times, places, rows.is_empty()) {
            (Some("sum"), times, None, true) => Combine::Sum { times: times.unwrap_or(1) },
            (Some("mean"), None, places, true) if !whole || places == Some(0) => {
                Combine::Mean { places: places.unwrap_or(0).unsigned_abs() }
            }
            (Some("lookup"), None, None, false) if is_table(&rows, whole) => {
                Combine::Lookup { rows: rows.into() }
            }
            _ => return Err("its rule is not a sum, a mean or a lookup with what belongs to it".into()),
        };
        let least = least.unwrap_or(questions.len());
        if questions.is_empty() || !(1..=questions.len()).contains(&least) {
            return Err("it needs questions, and as many answers as there are at most".into());
        }
        let algorithm = algorithm.ok_or("its algorithm has no name")?.into();
        Ok(ScoreRule { algorithm, questions: questions.into(), least, unanswered, combine })
    }

    /// A question that counts: asked once, and each of its answers is a number.
    fn question(&self, link_id: &str, counts: Counts, whole: bool) -> Read<ItemIx> {
        let why = |what: &str| [link_id, what].concat();
        let at = self.named.get(link_id).and_then(|named| named.item);
        let at = at.ok_or_else(|| why(" is not a question of the questionnaire"))?;
        let item = self.items.get(at.index()).ok_or("it counts nothing")?;
        if self.repeats(at) || self.scores.contains(&at) {
            return Err(why(" repeats, or is a score itself"));
        }
        let is_fit = |number: &Number| number.scaled(6).is_some() && (!whole || number.scaled(0).is_some());
        let counts_well = match &item.kind {
            ItemKind::Choice(rule) => {
                !rule.open
                    && !rule.options.is_empty()
                    && rule.options.iter().all(|option| match (&option.weight, &option.value) {
                        (Some(weight), _) => is_fit(weight),
                        (None, Answer::Integer(_)) => true,
                        (None, _) => false,
                    })
            }
            ItemKind::Integer(rule) => {
                counts != Counts::Reversed
                    || [&rule.least, &rule.most].iter().all(|end| end.as_ref().is_some_and(is_fit))
            }
            _ => false,
        };
        if counts_well { Ok(at) } else { Err(why(" has answers that are not numbers")) }
    }

    /// Whether an item, or anything around it, may be there more than once.
    fn repeats(&self, item: ItemIx) -> bool {
        let around =
            std::iter::successors(Some(item), |at| self.items.get(at.index()).and_then(|item| item.parent));
        around.filter_map(|at| self.items.get(at.index())).any(|item| item.repeats)
    }
}

/// Sets what was not set before; `false` if it was, or if there is nothing to set.
fn set<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_first = place.is_none() && value.is_some();
    *place = value.or(place.take());
    is_first
}

fn row(part: &Value) -> Option<(Number, Number)> {
    let ends = part.get("extension")?.as_array()?;
    let end = |name: &str| {
        let mut named = ends.iter().filter(|end| end.get("url").and_then(Value::as_str) == Some(name));
        wire::number(named.next()?.get("valueDecimal")?).filter(|number| number.scaled(6).is_some())
    };
    (ends.len() == 2).then_some((end("from")?, end("to")?))
}

/// Whether no sum stands in the table twice, and what stands for it fits the score's item.
fn is_table(rows: &[(Number, Number)], whole: bool) -> bool {
    rows.len() <= 1_000
        && rows.iter().enumerate().all(|(at, (from, to))| {
            !rows[..at].iter().any(|(earlier, _)| earlier == from) && (!whole || to.scaled(0).is_some())
        })
}
