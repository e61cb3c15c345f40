//! Scores: numbers that follow from answers by the closed set of rules in `domain::score`.
//!
//! All arithmetic is exact, in millionths. An answer counts by its code's number, never by its words: in another
//! language the score stays (a score once vanished so: LHC-Forms #206).

use super::command::Changes;
use super::evaluator::Evaluator;
use super::node::NodeIx;
use super::session::Session;
use crate::domain::answer::Answer;
use crate::domain::instrument::{Instrument, Item, ItemIx, ItemKind};
use crate::domain::number::Number;
use crate::domain::score::{Combine, Counts, ScoreRule, Scored, Unanswered};

/// Numbers are kept in millionths while they are added up.
const PLACES: u32 = 6;
const ONE: i64 = 1_000_000;

/// Computes a questionnaire's scores after every change.
pub struct Scores {
    items: Vec<ItemIx>,
}

impl Scores {
    /// For the scores of a questionnaire; most have none.
    pub fn of(instrument: &Instrument) -> Self {
        let items = instrument.items.iter().enumerate().filter(|(_, item)| item.score.is_some());
        Self { items: items.map(|(at, _)| ItemIx(at as u32)).collect() }
    }
}

impl Evaluator for Scores {
    fn compute(&mut self, session: &Session, _: &Changes) -> Vec<(NodeIx, Vec<Answer>)> {
        let mut stale = Vec::new();
        for at in &self.items {
            let (Some(node), Some(rule)) = (place(session, *at), &session.instrument().item(*at).score)
            else {
                continue;
            };
            let answers: Vec<Answer> = score(session, session.item(node), rule).into_iter().collect();
            if session.answers(node) != answers {
                stale.push((node, answers));
            }
        }
        stale
    }
}

/// What each question of a rule counts, in the rule's order; `None` where it is not answered or not asked.
pub fn counted(session: &Session, rule: &ScoreRule) -> Vec<Option<Number>> {
    let numbers = rule.questions.iter().map(|scored| worth(session, scored));
    numbers.map(|number| number.map(written)).collect()
}

/// The score, as the answer of the item it stands on; `None` where too few questions are answered.
fn score(session: &Session, stands_on: &Item, rule: &ScoreRule) -> Option<Answer> {
    let total = total(session, rule)?;
    match &stands_on.kind {
        ItemKind::Integer(_) => {
            let whole = total.scaled(0)?;
            i32::try_from(whole).ok().map(Answer::Integer)
        }
        _ => Some(Answer::Decimal(total)),
    }
}

fn total(session: &Session, rule: &ScoreRule) -> Option<Number> {
    let (mut sum, mut answered) = (0_i64, 0_usize);
    for scored in &rule.questions {
        match worth(session, scored) {
            Some(number) => {
                sum = sum.checked_add(number)?;
                answered += 1;
            }
            None if scored.counts == Counts::Needed => return None,
            None => {}
        }
    }
    if answered < rule.least || answered == 0 {
        return None;
    }
    let all = rule.questions.len();
    if answered < all && rule.unanswered == Unanswered::Mean {
        // The mean stands for each question left open, so the sum grows in proportion; then to a whole number.
        let grown = sum.checked_mul(all as i64)?;
        sum = rounded(grown, (answered as i64).checked_mul(ONE)?)?.checked_mul(ONE)?;
        answered = all;
    }
    match &rule.combine {
        Combine::Sum { times } => Some(written(sum.checked_mul(i64::from(*times))?)),
        Combine::Mean { places } => {
            let unit = 10_i64.checked_pow(PLACES.checked_sub(*places)?)?;
            let mean = rounded(sum, unit.checked_mul(answered as i64)?)?;
            Some(Number::of_scaled(mean, *places))
        }
        Combine::Lookup { rows } => {
            let wanted = written(sum);
            rows.iter().find(|(from, _)| *from == wanted).map(|(_, to)| to.clone())
        }
    }
}

/// What one question counts, in millionths.
fn worth(session: &Session, scored: &Scored) -> Option<i64> {
    let node = place(session, scored.question).filter(|node| session.is_enabled(*node))?;
    let [answer] = session.answers(node) else { return None };
    let item = session.item(node);
    let number = number(item, answer)?;
    match scored.counts {
        Counts::Plainly | Counts::Needed => Some(number),
        Counts::Reversed => {
            let (least, most) = range(item)?;
            least.checked_add(most)?.checked_sub(number)
        }
    }
}

/// The number an answer stands for, in millionths.
fn number(item: &Item, answer: &Answer) -> Option<i64> {
    match &item.kind {
        ItemKind::Choice(rule) => {
            let option = rule.options.iter().find(|option| option.value == *answer)?;
            option_number(option.weight.as_ref(), &option.value)
        }
        _ => option_number(None, answer),
    }
}

fn option_number(weight: Option<&Number>, value: &Answer) -> Option<i64> {
    match (weight, value) {
        (Some(weight), _) => weight.scaled(PLACES),
        (None, Answer::Integer(number)) => Some(i64::from(*number) * ONE),
        (None, _) => None,
    }
}

/// The lowest and the highest number an answer can stand for.
fn range(item: &Item) -> Option<(i64, i64)> {
    match &item.kind {
        ItemKind::Choice(rule) => {
            let numbers = || {
                rule.options.iter().filter_map(|option| option_number(option.weight.as_ref(), &option.value))
            };
            Some((numbers().min()?, numbers().max()?))
        }
        ItemKind::Integer(rule) => {
            Some((rule.least.as_ref()?.scaled(PLACES)?, rule.most.as_ref()?.scaled(PLACES)?))
        }
        _ => None,
    }
}

/// The one place of a question that does not repeat.
fn place(session: &Session, item: ItemIx) -> Option<NodeIx> {
    session.of_item.get(item.index())?.first().copied()
}

/// `number` divided by `by`, to the nearest whole number; halves go up, as FHIRPath's `round()` takes them.
fn rounded(number: i64, by: i64) -> Option<i64> {
    number.checked_mul(2)?.checked_add(by)?.checked_div_euclid(by.checked_mul(2)?)
}

/// A number of millionths, with the digits it needs.
fn written(mut millionths: i64) -> Number {
    let mut left = PLACES;
    while left > 0 && millionths % 10 == 0 {
        millionths /= 10;
        left -= 1;
    }
    Number::of_scaled(millionths, left)
}
