//! Whether answers are of a question's type.

use super::command::Declined;
use super::node::is_listed;
use crate::domain::answer::{Answer, Number};
use crate::domain::instrument::{ChoiceRule, Item, ItemKind};
use crate::domain::moment::Precise;

/// The answers as they are recorded: of the question's own type, each option once and as the
/// questionnaire spells it, no blank words. Limits are not looked at here: an answer out of range is an
/// answer, and `check` says what is wrong with it.
pub(super) fn fit(item: &Item, answers: Vec<Answer>) -> Result<Vec<Answer>, Declined> {
    let mut fitting: Vec<Answer> = Vec::with_capacity(answers.len());
    for answer in answers {
        let Some(answer) = fit_one(&item.kind, answer)? else { continue };
        let is_tick = matches!(item.kind, ItemKind::Choice(_));
        if !(is_tick && fitting.contains(&answer)) {
            fitting.push(answer);
        }
    }
    let several = item.repeats && !is_listed(item);
    if fitting.len() > 1 && !several { Err(Declined::TooMany) } else { Ok(fitting) }
}

fn fit_one(kind: &ItemKind, answer: Answer) -> Result<Option<Answer>, Declined> {
    let fits = match (kind, &answer) {
        (ItemKind::Group(_) | ItemKind::Display(_), _) => return Err(Declined::NotAQuestion),
        (ItemKind::Decimal(_), Answer::Integer(number)) => {
            return Ok(Some(Answer::Decimal(Number::from(*number))));
        }
        (ItemKind::Choice(rule), _) => return fit_choice(rule, answer),
        (ItemKind::String(_) | ItemKind::Text(_), Answer::Text(words)) if is_blank(words) => return Ok(None),
        (ItemKind::Boolean, Answer::Boolean(_))
        | (ItemKind::Decimal(_), Answer::Decimal(_))
        | (ItemKind::Integer(_), Answer::Integer(_))
        | (ItemKind::String(_) | ItemKind::Text(_), Answer::Text(_))
        | (ItemKind::Quantity(_), Answer::Quantity(_)) => true,
        (ItemKind::Date(_), Answer::Date(date)) => Precise::date(date).is_some(),
        (ItemKind::DateTime(_), Answer::DateTime(moment)) => Precise::date_time(moment).is_some(),
        (ItemKind::Time(_), Answer::Time(time)) => Precise::time(time).is_some(),
        (ItemKind::Url(_), Answer::Url(url)) => is_address(url),
        (
            ItemKind::Boolean
            | ItemKind::Decimal(_)
            | ItemKind::Integer(_)
            | ItemKind::Date(_)
            | ItemKind::DateTime(_)
            | ItemKind::Time(_)
            | ItemKind::String(_)
            | ItemKind::Text(_)
            | ItemKind::Url(_)
            | ItemKind::Quantity(_),
            _,
        ) => false,
    };
    if fits { Ok(Some(answer)) } else { Err(Declined::WrongType) }
}

fn fit_choice(rule: &ChoiceRule, answer: Answer) -> Result<Option<Answer>, Declined> {
    if let Some(option) = rule.options.iter().find(|option| option.value == answer) {
        return Ok(Some(option.value.clone()));
    }
    // R4 `open-choice`: an answer is a coding or words; so too where the options are not known at all.
    let own = rule.open || rule.options.is_empty();
    match answer {
        Answer::Text(words) if own => Ok((!is_blank(&words)).then_some(Answer::Text(words))),
        Answer::Coding(_) if own => Ok(Some(answer)),
        _ => Err(Declined::NotAnOption),
    }
}

/// Nothing but white space: FHIR R4 (`string`) does not take it for a value.
pub(super) fn is_blank(words: &str) -> bool {
    words.trim().is_empty()
}

/// FHIR R4 `uri`: no white space; and, so that a sentence is not taken for an address, a dot or a colon.
pub(super) fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace) && text.contains(['.', ':'])
}

/// After one tick in a list: an exclusive option just ticked clears the others; another option ticked
/// beside an exclusive one clears that (`questionnaire-optionExclusive`).
pub(super) fn keep_exclusive(rule: &ChoiceRule, before: &[Answer], answers: &mut Vec<Answer>) {
    let is_exclusive =
        |answer: &Answer| rule.options.iter().any(|option| option.exclusive && option.value == *answer);
    if answers.len() < 2 || !answers.iter().any(is_exclusive) {
        return;
    }
    let just_ticked =
        answers.iter().rfind(|answer| is_exclusive(answer) && !before.contains(answer)).cloned();
    match just_ticked {
        Some(only) => *answers = vec![only],
        None => answers.retain(|answer| !is_exclusive(answer)),
    }
}
