//! Answers, said back to the person as they gave them.

use super::problem_words::moment_words;
use super::words::{Word, Words};
use crate::domain::answer::Answer;
use crate::domain::instrument::{Choice, Item, ItemKind};

/// The answers to an item in words, one a line of the list. `language` is the language shown (BCP 47).
pub fn answer_words(words: &Words, item: &Item, answers: &[Answer], language: &str) -> Vec<String> {
    let options: &[Choice] = match &item.kind {
        ItemKind::Choice(rule) => &rule.options,
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
        | ItemKind::Quantity(_) => &[],
    };
    answers
        .iter()
        .map(|answer| match options.iter().find(|option| option.value == *answer) {
            Some(option) => option.text.in_language(language).0.to_owned(),
            None => one(words, item, answer, language),
        })
        .collect()
}

fn one(words: &Words, item: &Item, answer: &Answer, language: &str) -> String {
    let with_unit = |mut number: String| {
        if let ItemKind::Integer(rule) | ItemKind::Decimal(rule) = &item.kind
            && let Some(unit) = &rule.unit
        {
            number.push(' ');
            number.push_str(unit.in_language(language).0);
        }
        number
    };
    match answer {
        Answer::Boolean(yes) => words.say(if *yes { Word::ItemYes } else { Word::ItemNo }).to_owned(),
        Answer::Decimal(number) => with_unit(number.as_str().to_owned()),
        Answer::Integer(number) => with_unit(number.to_string()),
        Answer::Date(moment) | Answer::DateTime(moment) | Answer::Time(moment) => moment_words(moment),
        Answer::Text(text) | Answer::Url(text) => text.as_ref().to_owned(),
        Answer::Coding(coding) => match (&coding.display, &coding.code) {
            (Some(display), _) => display.in_language(language).0.to_owned(),
            (None, Some(code)) => code.as_ref().to_owned(),
            (None, None) => String::new(),
        },
        Answer::Quantity(quantity) => match quantity.unit.as_ref().or(quantity.code.as_ref()) {
            Some(unit) => [quantity.value.as_str(), " ", unit].concat(),
            None => quantity.value.as_str().to_owned(),
        },
    }
}
