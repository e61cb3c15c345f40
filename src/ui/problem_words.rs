//! What is wrong with an answer, said to the person: the same words beside the question and in the list at
//! the top of the page.

use super::words::{Word, Words};
use crate::domain::answer::Number;
use crate::domain::instrument::{Item, ItemKind};
use crate::engine::check::Problem;

/// One problem of an item's answer, in words. `language` is the language shown (BCP 47).
pub fn problem_words(words: &Words, problem: &Problem, item: &Item, language: &str) -> String {
    let say = |word| words.say(word).to_owned();
    let count = |word, name: &'static str, value: u32| words.fill(word, &[(name, &value.to_string())]);
    let number = |word, name: &'static str, value: &Number| words.fill(word, &[(name, value.as_str())]);
    match problem {
        Problem::Unanswered => {
            words.fill(Word::ProblemUnanswered, &[("question", &short_name(item, language))])
        }
        Problem::NotANumber => say(Word::ProblemNotANumber),
        Problem::NotAWholeNumber => say(Word::ProblemNotAWholeNumber),
        Problem::TooLow { least } => number(Word::ProblemTooLow, "least", least),
        Problem::TooHigh { most } => number(Word::ProblemTooHigh, "most", most),
        Problem::TooManyDecimals { most: 0 } => say(Word::ProblemTooManyDecimalsNone),
        Problem::TooManyDecimals { most } => count(Word::ProblemTooManyDecimals, "most", *most),
        Problem::NotADate => say(Word::ProblemNotADate),
        Problem::DateIncomplete { day: true, month: false, year: false } => say(Word::ProblemDateNoDay),
        Problem::DateIncomplete { day: false, month: true, year: false } => say(Word::ProblemDateNoMonth),
        Problem::DateIncomplete { day: false, month: false, year: true } => say(Word::ProblemDateNoYear),
        Problem::DateIncomplete { .. } => say(Word::ProblemNotADate),
        Problem::NotADateTime => say(Word::ProblemNotADateTime),
        Problem::NotATime => say(Word::ProblemNotATime),
        Problem::TooEarly { earliest } => {
            words.fill(Word::ProblemTooEarly, &[("earliest", &moment_words(earliest))])
        }
        Problem::TooLate { latest } => words.fill(Word::ProblemTooLate, &[("latest", &moment_words(latest))]),
        Problem::TooShort { least } => count(Word::ProblemTooShort, "least", *least),
        Problem::TooLong { most } => count(Word::ProblemTooLong, "most", *most),
        Problem::DoesNotMatch { format: Some(format) } => {
            words.fill(Word::ProblemDoesNotMatchFormat, &[("format", format.in_language(language).0)])
        }
        Problem::DoesNotMatch { format: None } => say(Word::ProblemDoesNotMatch),
        Problem::NotAUrl => say(Word::ProblemNotAnAddress),
        Problem::TooFew { least } => count(Word::ProblemTooFew, "least", *least),
        Problem::TooMany { most } => count(Word::ProblemTooMany, "most", *most),
        Problem::ExclusiveMixed => {
            words.fill(Word::ProblemExclusive, &[("option", exclusive_option(item, language))])
        }
        Problem::UnitMissing => say(Word::ProblemUnitMissing),
    }
}

/// An item's short name for lists: its short text, else its words, else its link id.
pub fn short_name(item: &Item, language: &str) -> String {
    let text = item.short_text.as_ref().or(item.text.as_ref());
    text.map_or(item.link_id.as_str(), |text| text.in_language(language).0).to_owned()
}

/// A date or time in FHIR's form as people write it: `27 3 2026`, `14:30`, `27 3 2026, 14:30`.
/// The zone is left out: people mean their own.
pub fn moment_words(moment: &str) -> String {
    let (day, clock) = match moment.split_once('T') {
        Some((day, clock)) => (day, clock),
        None if moment.contains(':') => ("", moment),
        None => (moment, ""),
    };
    let mut parts: Vec<&str> = day.split('-').map(|part| part.trim_start_matches('0')).collect();
    parts.reverse();
    let mut out = parts.join(" ");
    let clock: Vec<&str> = clock.split(':').take(2).collect();
    if let [hour, minute] = clock[..] {
        out.push_str(if out.is_empty() { "" } else { ", " });
        out.push_str(hour);
        out.push(':');
        out.push_str(minute);
    }
    out
}

fn exclusive_option<'i>(item: &'i Item, language: &str) -> &'i str {
    match &item.kind {
        ItemKind::Choice(rule) => rule
            .options
            .iter()
            .find(|option| option.exclusive)
            .map_or("", |option| option.text.in_language(language).0),
        ItemKind::Group(_)
        | ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::Decimal(_)
        | ItemKind::Integer(_)
        | ItemKind::Date(_)
        | ItemKind::DateTime(_)
        | ItemKind::Time(_)
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Url(_)
        | ItemKind::Quantity(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_people_write_them() {
        assert_eq!(moment_words("2026-03-01"), "1 3 2026");
        assert_eq!(moment_words("2026-03"), "3 2026");
        assert_eq!(moment_words("14:30:00"), "14:30");
        assert_eq!(moment_words("2026-12-01T09:05:00+00:00"), "1 12 2026, 09:05");
    }
}
