//! Lists to choose from.

use super::At;
use super::words::{own_words, own_words_beside};
use crate::domain::answer::Answer;
use crate::domain::instrument::{Choice, ChoiceLook, ChoiceRule, Item};
use crate::engine::Command;
use crate::ui::markup::{El, Kid, Str};
use crate::ui::parts::checkboxes::checkboxes;
use crate::ui::parts::radios::{self, Chosen, Row, radios};
use crate::ui::parts::select::select;
use crate::ui::words::Word;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Yes or no.
#[inline(never)] // not needed for the first question
pub(super) fn boolean(at: &At, item: &Item, own: Option<&str>) -> El {
    let rows = [("yes", Word::ItemYes), ("no", Word::ItemNo)]
        .map(|(value, word)| Row::Choice(radios::Choice::new(value, at.say(word))));
    let (live, node) = (at.live, at.node);
    let chosen: Chosen = Arc::new(move |row| {
        live.look(node, |session| session.answers(node).first() == Some(&Answer::Boolean(row == 0)))
    });
    let field = at.field(item, own, Vec::new());
    let (name, at) = (field.id.clone(), at.clone());
    radios(field, &name, rows.into(), true, chosen, move |row| at.answer(vec![Answer::Boolean(row == 0)]))
}

/// One or several of a list.
#[inline(never)] // not needed for the first question
pub(super) fn choice(at: &At, item: &Item, own: Option<&str>, rule: &ChoiceRule) -> El {
    if rule.options.is_empty() {
        return own_words(at, item, own);
    }
    match rule.look {
        // A drop-down or a search takes one; several are ticked in a list.
        ChoiceLook::DropDown if !item.repeats && !rule.open => drop_down(at, item, own, rule),
        ChoiceLook::Search if !item.repeats => super::search::search(at, item, own, rule),
        ChoiceLook::Buttons | ChoiceLook::DropDown | ChoiceLook::Search => buttons(at, item, own, rule),
    }
}

/// An option's words, after its letter or number.
pub(super) fn option_words(at: &At, own: Option<&str>, option: &Choice) -> String {
    let words = at.words(&option.text, own).0;
    match &option.prefix {
        Some(prefix) => [prefix.in_language(&at.frame.language).0, " ", &words].concat(),
        None => words,
    }
}

pub(super) fn values(rule: &ChoiceRule) -> Arc<[Answer]> {
    rule.options.iter().map(|option| option.value.clone()).collect()
}

fn drop_down(at: &At, item: &Item, own: Option<&str>, rule: &ChoiceRule) -> El {
    let prompt = (Str::Borrowed(""), at.say(Word::ItemSelectPrompt));
    let options = rule.options.iter().enumerate();
    let options = options.map(|(row, option)| (row.to_string().into(), option_words(at, own, option).into()));
    let options: Vec<(Str, Str)> = std::iter::once(prompt).chain(options).collect();
    let (values, live, node) = (values(rule), at.live, at.node);
    let held = {
        let values = Arc::clone(&values);
        Arc::new(move || -> Str {
            let row = live.look(node, |session| {
                let answer = session.answers(node).first()?;
                values.iter().position(|value| value == answer)
            });
            row.map_or(Str::Borrowed(""), |row| row.to_string().into())
        })
    };
    let (field, at) = (at.field(item, own, Vec::new()), at.clone());
    select(field, "".into(), options, held, move |row| {
        let value = row.parse().ok().and_then(|row: usize| values.get(row).cloned());
        at.answer(value.into_iter().collect());
    })
}

/// What a row of the list stands for.
#[derive(Clone, Copy, PartialEq)]
enum Means {
    Option(usize),
    OwnWords,
    Nothing,
}

fn buttons(at: &At, item: &Item, own: Option<&str>, rule: &ChoiceRule) -> El {
    let (mut rows, mut means) = (Vec::new(), Vec::new());
    let mut before_was_exclusive = true;
    for (row, option) in rule.options.iter().enumerate() {
        if option.exclusive && !before_was_exclusive {
            rows.push(Row::Divider(at.say(Word::ItemOr)));
            means.push(Means::Nothing);
        }
        before_was_exclusive = option.exclusive;
        let language = at.words(&option.text, own).1;
        let words: Kid = option_words(at, own, option).into();
        let choice = radios::Choice::new(row.to_string(), words);
        rows.push(Row::Choice(radios::Choice { language, picture: option.picture, ..choice }));
        means.push(Means::Option(row));
    }
    let values = values(rule);
    if rule.open {
        rows.push(Row::Choice(own_row(at, own, rule, Arc::clone(&values))));
        means.push(Means::OwnWords);
    }
    let means: Arc<[Means]> = means.into();
    // Whether the box for one's own words was opened and is still empty.
    let is_open = Arc::new(AtomicBool::new(false));
    let chosen = chosen(at, Arc::clone(&means), Arc::clone(&values), Arc::clone(&is_open));
    let hint = if item.repeats { vec![at.say(Word::ItemChooseSeveral).into()] } else { Vec::new() };
    let field = at.field(item, own, hint);
    let (name, at, repeats) = (field.id.clone(), at.clone(), item.repeats);
    let choose = move |row: usize, on: bool| match means.get(row) {
        None | Some(Means::Nothing) => {}
        Some(Means::OwnWords) => {
            is_open.store(on, Ordering::Relaxed);
            if !repeats {
                at.answer(Vec::new());
            } else if !on {
                at.live.send(Command::Type { node: at.node, text: String::new() });
            }
            at.live.touch(at.node);
        }
        Some(Means::Option(option)) => {
            let Some(value) = values.get(*option) else { return };
            if repeats {
                let mut answers = at.live.with(|session| session.answers(at.node).to_vec());
                answers.retain(|answer| answer != value);
                if on {
                    answers.push(value.clone());
                }
                at.answer(answers);
            } else {
                is_open.store(false, Ordering::Relaxed);
                at.answer(vec![value.clone()]);
            }
        }
    };
    if repeats {
        checkboxes(field, &name, rows, chosen, choose)
    } else {
        let short = rule.horizontal && rule.options.len() == 2 && !rule.open;
        radios(field, &name, rows, short, chosen, move |row| choose(row, true))
    }
}

fn chosen(at: &At, means: Arc<[Means]>, values: Arc<[Answer]>, is_open: Arc<AtomicBool>) -> Chosen {
    let (live, node) = (at.live, at.node);
    Arc::new(move |row| {
        live.look(node, |session| {
            let answers = session.answers(node);
            match means.get(row) {
                None | Some(Means::Nothing) => false,
                Some(Means::Option(option)) => {
                    values.get(*option).is_some_and(|value| answers.contains(value))
                }
                Some(Means::OwnWords) => {
                    is_open.load(Ordering::Relaxed) || answers.iter().any(|answer| !values.contains(answer))
                }
            }
        })
    })
}

fn own_row(at: &At, own: Option<&str>, rule: &ChoiceRule, values: Arc<[Answer]>) -> radios::Choice {
    let words = match &rule.open_label {
        Some(label) => at.kid(label, own),
        None => at.say(Word::ItemOwnAnswer).into(),
    };
    let is_option = Arc::new(move |answer: &Answer| values.contains(answer));
    let beside = own_words_beside(at, at.say(Word::ItemOwnAnswerLabel), is_option);
    radios::Choice { then: Some(beside), ..radios::Choice::new("own", words) }
}
