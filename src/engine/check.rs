//! What is wrong with an answer, as facts. Sentences are made of them elsewhere; nothing here forces an
//! answer: a person may go on whatever is found.

use super::compare::{numbers, order};
use super::node::{NodeIx, is_listed, is_question};
use super::session::Session;
use super::typing::{self, NotADay, NotWhole};
use crate::domain::answer::{Answer, Number};
use crate::domain::instrument::{ChoiceRule, Item, ItemKind, MomentRule, NumberRule, QuantityRule, TextRule};
use crate::domain::text::Text;
use std::cmp::Ordering;

/// Something wrong with an answer, or with there being none.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// An answer is wanted (`required`), or, on a group, at least one in it.
    Unanswered,
    /// What was typed is not a number.
    NotANumber,
    /// What was typed is a number, but not a whole one.
    NotAWholeNumber,
    /// The number is below the least allowed.
    TooLow {
        /// The least allowed.
        least: Number,
    },
    /// The number is above the most allowed.
    TooHigh {
        /// The most allowed.
        most: Number,
    },
    /// More digits after the point than allowed.
    TooManyDecimals {
        /// How many are allowed.
        most: u32,
    },
    /// What was typed is not a date, or no such day exists.
    NotADate,
    /// Parts of the date are missing.
    DateIncomplete {
        /// The day is missing.
        day: bool,
        /// The month is missing.
        month: bool,
        /// The year is missing.
        year: bool,
    },
    /// What was typed is not a date with a time.
    NotADateTime,
    /// What was typed is not a time of day.
    NotATime,
    /// The date or time is before the earliest allowed.
    TooEarly {
        /// The earliest allowed, as the questionnaire writes it.
        earliest: Box<str>,
    },
    /// The date or time is after the latest allowed.
    TooLate {
        /// The latest allowed, as the questionnaire writes it.
        latest: Box<str>,
    },
    /// Fewer characters than wanted.
    TooShort {
        /// The fewest.
        least: u32,
    },
    /// More characters than allowed.
    TooLong {
        /// The most.
        most: u32,
    },
    /// The words do not have the form wanted.
    DoesNotMatch {
        /// That form in words, where the questionnaire gives it.
        format: Option<Text>,
    },
    /// What was typed is not an address.
    NotAUrl,
    /// Fewer answers or copies than wanted.
    TooFew {
        /// The fewest.
        least: u32,
    },
    /// More answers or copies than allowed.
    TooMany {
        /// The most.
        most: u32,
    },
    /// An option that excludes the others is chosen with others.
    ExclusiveMixed,
    /// The amount has no unit and there are several to choose from.
    UnitMissing,
}

impl Problem {
    /// Its short fixed name, for reports and keys.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::NotANumber => "not-a-number",
            Self::NotAWholeNumber => "not-a-whole-number",
            Self::TooLow { .. } => "too-low",
            Self::TooHigh { .. } => "too-high",
            Self::TooManyDecimals { .. } => "too-many-decimals",
            Self::NotADate => "not-a-date",
            Self::DateIncomplete { .. } => "date-incomplete",
            Self::NotADateTime => "not-a-date-time",
            Self::NotATime => "not-a-time",
            Self::TooEarly { .. } => "too-early",
            Self::TooLate { .. } => "too-late",
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } => "too-long",
            Self::DoesNotMatch { .. } => "does-not-match",
            Self::NotAUrl => "not-a-url",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } => "too-many",
            Self::ExclusiveMixed => "exclusive-mixed",
            Self::UnitMissing => "unit-missing",
        }
    }
}

/// The problems of one node; none for a node that is not asked. What concerns all repetitions of an item
/// together (an answer wanted, too few, too many) is a problem of the first.
pub fn problems(session: &Session, node: NodeIx) -> Vec<Problem> {
    let mut found = Vec::new();
    if !session.is_enabled(node) {
        return found;
    }
    let item = session.item(node);
    wanted(session, node, item, &mut found);
    if let Some(typed) = session.typed(node) {
        found.extend(typed_problem(item, typed));
    }
    for answer in session.answers(node) {
        answer_problems(item, answer, &mut found);
    }
    if let ItemKind::Choice(rule) = &item.kind
        && is_mixed(rule, session.answers(node))
    {
        found.push(Problem::ExclusiveMixed);
    }
    found
}

/// Every problem there is, in document order, of what is asked at present, hidden items among them.
pub fn all(session: &Session) -> Vec<(NodeIx, Problem)> {
    session
        .in_order()
        .flat_map(|node| problems(session, node).into_iter().map(move |problem| (node, problem)))
        .collect()
}

/// Whether there is an answer at this node or at anything asked under it.
pub fn is_answered_within(session: &Session, node: NodeIx) -> bool {
    let mut ahead = vec![node];
    while let Some(at) = ahead.pop() {
        if session.is_enabled(at) {
            if !session.answers(at).is_empty() {
                return true;
            }
            ahead.extend(session.children(at));
        }
    }
    false
}

/// Whether the node stands in a further copy of a group with nothing answered in it. Such a copy leaves no
/// trace in the response, so nothing is wanting there.
fn is_in_empty_copy(session: &Session, node: NodeIx) -> bool {
    session.upward(node).skip(1).any(|around| {
        let is_further =
            is_listed(session.item(around)) && session.repetitions(around).first() != Some(&around);
        is_further && !is_answered_within(session, around)
    })
}

/// What `required`, `minOccurs` and `maxOccurs` say.
fn wanted(session: &Session, node: NodeIx, item: &Item, found: &mut Vec<Problem>) {
    let listed = is_listed(item);
    let one = [node];
    let nodes = if listed { session.repetitions(node) } else { &one };
    if nodes.first() != Some(&node) || matches!(item.kind, ItemKind::Display(_)) {
        return;
    }
    let answered = |node: &NodeIx| {
        if is_question(item) {
            !session.answers(*node).is_empty()
        } else {
            is_answered_within(session, *node)
        }
    };
    let count = match (listed, is_question(item)) {
        (false, true) => session.answers(node).len(),
        (true, _) => nodes.iter().filter(|node| answered(node)).count(),
        (false, false) => usize::from(answered(&node)),
    };
    // Typed characters that cannot be read have a problem of their own.
    let typed = nodes.iter().any(|node| session.typed(*node).is_some_and(|typed| !typed.trim().is_empty()));
    if item.required && count == 0 {
        if !typed && !is_in_empty_copy(session, node) {
            found.push(Problem::Unanswered);
        }
        return;
    }
    let least = item.occurs.least;
    if item.repeats && count > 0 && count < least as usize && !typed {
        found.push(Problem::TooFew { least });
    }
    if let Some(most) = item.occurs.most
        && item.repeats
        && count > most as usize
    {
        found.push(Problem::TooMany { most });
    }
}

fn typed_problem(item: &Item, typed: &str) -> Option<Problem> {
    if typed.trim().is_empty() {
        return None;
    }
    match &item.kind {
        ItemKind::Integer(rule) => typing::whole_number(typed).err().map(|why| match why {
            NotWhole::NotANumber => Problem::NotANumber,
            NotWhole::Fraction => Problem::NotAWholeNumber,
            NotWhole::TooLow => {
                Problem::TooLow { least: rule.least.clone().unwrap_or_else(|| Number::from(i32::MIN)) }
            }
            NotWhole::TooHigh => {
                Problem::TooHigh { most: rule.most.clone().unwrap_or_else(|| Number::from(i32::MAX)) }
            }
        }),
        ItemKind::Decimal(_) => Some(Problem::NotANumber),
        ItemKind::Quantity(_) => Some(Problem::NotANumber),
        ItemKind::Date(_) => date_problem(typed),
        ItemKind::DateTime(_) => {
            let day = typed.trim().split(' ').next().unwrap_or_default();
            let day = if day.contains('/') { date_problem(day) } else { None };
            Some(day.unwrap_or(Problem::NotADateTime))
        }
        ItemKind::Time(_) => Some(Problem::NotATime),
        ItemKind::Url(_) => Some(Problem::NotAUrl),
        ItemKind::Group(_)
        | ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Choice(_) => None,
    }
}

fn date_problem(typed: &str) -> Option<Problem> {
    typing::date(typed).err().map(|why| match why {
        NotADay::NoSuchDay => Problem::NotADate,
        NotADay::Missing { day, month, year } => Problem::DateIncomplete { day, month, year },
    })
}

fn answer_problems(item: &Item, answer: &Answer, found: &mut Vec<Problem>) {
    match (&item.kind, answer) {
        (ItemKind::Integer(rule), Answer::Integer(number)) => {
            number_problems(rule, &Number::from(*number), found);
        }
        (ItemKind::Decimal(rule), Answer::Decimal(number)) => number_problems(rule, number, found),
        (ItemKind::Quantity(rule), Answer::Quantity(quantity)) => {
            number_problems(&rule.number, &quantity.value, found);
            if wants_unit(rule) && quantity.unit.is_none() && quantity.code.is_none() {
                found.push(Problem::UnitMissing);
            }
        }
        (ItemKind::Date(rule) | ItemKind::DateTime(rule) | ItemKind::Time(rule), answer) => {
            moment_problems(rule, answer, found);
        }
        (ItemKind::String(rule) | ItemKind::Text(rule), Answer::Text(words))
        | (ItemKind::Url(rule), Answer::Url(words)) => text_problems(rule, words, found),
        (
            ItemKind::Group(_)
            | ItemKind::Display(_)
            | ItemKind::Boolean
            | ItemKind::Decimal(_)
            | ItemKind::Integer(_)
            | ItemKind::String(_)
            | ItemKind::Text(_)
            | ItemKind::Url(_)
            | ItemKind::Choice(_)
            | ItemKind::Quantity(_),
            _,
        ) => {}
    }
}

fn wants_unit(rule: &QuantityRule) -> bool {
    rule.units.len() > 1 || (!rule.units.is_empty() && rule.unit.is_some())
}

fn number_problems(rule: &NumberRule, number: &Number, found: &mut Vec<Problem>) {
    if let Some(least) = &rule.least
        && numbers(number, least) == Some(Ordering::Less)
    {
        found.push(Problem::TooLow { least: least.clone() });
    }
    if let Some(most) = &rule.most
        && numbers(number, most) == Some(Ordering::Greater)
    {
        found.push(Problem::TooHigh { most: most.clone() });
    }
    if let Some(most) = rule.decimal_places
        && number.decimal_places() > most as usize
    {
        found.push(Problem::TooManyDecimals { most });
    }
}

/// A date known to the month only is too early when the whole month is.
fn moment_problems(rule: &MomentRule, answer: &Answer, found: &mut Vec<Problem>) {
    let against = |limit: &str| {
        let limit = match answer {
            Answer::Time(_) => Answer::Time(limit.into()),
            _ => Answer::DateTime(limit.into()),
        };
        order(answer, &limit)
    };
    if let Some(earliest) = &rule.earliest
        && against(earliest) == Some(Ordering::Less)
    {
        found.push(Problem::TooEarly { earliest: earliest.clone() });
    }
    if let Some(latest) = &rule.latest
        && against(latest) == Some(Ordering::Greater)
    {
        found.push(Problem::TooLate { latest: latest.clone() });
    }
}

fn text_problems(rule: &TextRule, words: &str, found: &mut Vec<Problem>) {
    let count = words.chars().count();
    if let Some(least) = rule.least
        && count < least as usize
    {
        found.push(Problem::TooShort { least });
    }
    if let Some(most) = rule.most
        && count > most as usize
    {
        found.push(Problem::TooLong { most });
    }
    if let Some(pattern) = &rule.pattern
        && !pattern.matches(words)
    {
        found.push(Problem::DoesNotMatch { format: rule.entry_format.clone() });
    }
}

/// Cannot come about by ticking, only by what was filled in or brought back.
fn is_mixed(rule: &ChoiceRule, answers: &[Answer]) -> bool {
    answers.len() > 1 && rule.options.iter().any(|option| option.exclusive && answers.contains(&option.value))
}
