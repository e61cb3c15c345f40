//! Numbers: in a box, as a row of buttons, or with a unit.

use super::At;
use crate::domain::answer::{Answer, Coding, Number, Quantity};
use crate::domain::instrument::{Item, ItemKind, NumberRule, QuantityRule, Scale};
use crate::domain::text::Text;
use crate::engine::{Command, NodeIx, Session};
use crate::ui::markup::{Ask, El, Kid, Str, foreign};
use crate::ui::parts::field::Field;
use crate::ui::parts::scale::scale;
use crate::ui::parts::text_input::{Box, text_input};
use crate::ui::words::Word;
use std::sync::{Arc, Mutex};

pub(super) fn number(
    at: &At,
    item: &Item,
    own: Option<&str>,
    rule: &NumberRule,
    keyboard: &'static str,
) -> El {
    let field = at.field(item, own, hint(at, own, rule));
    match &rule.scale {
        Some(like) => buttons(at, field, own, rule, like),
        None => {
            let unit = rule.unit.as_ref().map(|unit| at.kid(unit, own));
            let like = like_box(rule, keyboard, unit.into_iter().collect());
            text_input(field, like, at.held(written), at.types())
        }
    }
}

fn hint(at: &At, own: Option<&str>, rule: &NumberRule) -> Vec<Kid> {
    rule.entry_format.iter().map(|format| at.kid(format, own)).collect()
}

fn like_box(rule: &NumberRule, keyboard: &'static str, suffix: Vec<Kid>) -> Box {
    // The number keyboard of an iPhone has no minus.
    let may_be_negative = rule.least.as_ref().is_some_and(|least| least.value() < 0.0);
    Box {
        width: Some(if rule.most.as_ref().is_some_and(|most| most.value() < 1000.0) { 3 } else { 10 }),
        keyboard: (!may_be_negative).then_some(keyboard),
        suffix,
        autocomplete: Some("off"),
        spellcheck: Some(false),
        ..Box::default()
    }
}

fn written(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Decimal(number) => Some(number.as_str().to_owned()),
        Answer::Integer(number) => Some(number.to_string()),
        Answer::Quantity(quantity) => Some(quantity.value.as_str().to_owned()),
        Answer::Boolean(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_) => None,
    }
}

/// A scale: the steps from the least to the most, as the reader has made sure they are few.
fn buttons(at: &At, field: Field, own: Option<&str>, rule: &NumberRule, like: &Scale) -> El {
    let end = |limit: &Option<Number>| limit.as_ref().map_or(0, |limit| limit.value() as i32);
    let (least, most) = (end(&rule.least), end(&rule.most));
    let values: Arc<[i32]> = (least..=most).step_by(like.step.max(1) as usize).take(101).collect();
    let words = |text: &Option<Text>| {
        let (words, language) = at.words(text.as_ref()?, own);
        Some(Str::from(language.map_or_else(|| words.clone(), |language| foreign(&language.tag, &words))))
    };
    let (live, node, shown) = (at.live, at.node, Arc::clone(&values));
    let chosen = Arc::new(move |row: usize| {
        let value = shown.get(row).copied();
        live.look(node, |session| session.answers(node).first().and_then(value_of) == value.map(f64::from))
    });
    let is_decimal = live.with(|session| matches!(session.item(node).kind, ItemKind::Decimal(_)));
    let (at, numbers) = (at.clone(), values.iter().map(|value| value.to_string().into()).collect());
    let name = field.id.clone();
    scale(field, &name, numbers, (words(&like.lower), words(&like.upper)), chosen, move |row| {
        if let Some(value) = values.get(row) {
            let answer = if is_decimal { Answer::Decimal((*value).into()) } else { Answer::Integer(*value) };
            at.answer(vec![answer]);
        }
    })
}

fn value_of(answer: &Answer) -> Option<f64> {
    match answer {
        Answer::Integer(value) => Some(f64::from(*value)),
        Answer::Decimal(number) => Some(number.value()),
        Answer::Quantity(quantity) => Some(quantity.value.value()),
        Answer::Boolean(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_) => None,
    }
}

fn unit_words(at: &At, own: Option<&str>, unit: &Coding) -> String {
    match (&unit.display, &unit.code) {
        (Some(words), _) => at.words(words, own).0,
        (None, Some(code)) => code.as_ref().to_owned(),
        (None, None) => String::new(),
    }
}

/// A number with its unit: fixed beside the box, or chosen from a list.
#[inline(never)] // not needed for the first question
pub(super) fn quantity(at: &At, item: &Item, own: Option<&str>, rule: &QuantityRule) -> El {
    let field = at.field(item, own, hint(at, own, &rule.number));
    let fixed = match (&rule.unit, &rule.units[..]) {
        (Some(unit), []) => Some(unit),
        (None, [unit]) => Some(unit),
        _ => None,
    };
    if rule.units.len() < 2 {
        let suffix = fixed.map(|unit| unit_words(at, own, unit).into());
        let like = like_box(&rule.number, "decimal", suffix.into_iter().collect());
        return text_input(field, like, at.held(written), at.types());
    }
    let prompt = (Str::Borrowed(""), at.say(Word::ItemSelectPrompt));
    let units = rule.units.iter().enumerate();
    let units = units.map(|(row, unit)| (row.to_string().into(), unit_words(at, own, unit).into()));
    let units: Vec<(Str, Str)> = std::iter::once(prompt).chain(units).collect();
    // A unit chosen before there is a number has no place in the session yet.
    let codes: Arc<[Coding]> = rule.units.to_vec().into();
    let picked: Arc<Mutex<Option<usize>>> = Arc::default();
    let unit = held_unit(at, Arc::clone(&codes), Arc::clone(&picked));
    let (typing, choosing) = (at.clone(), at.clone());
    let (typed_unit, typed_codes) = (Arc::clone(&unit), Arc::clone(&codes));
    let typed = move |text: &str| {
        let row: Option<usize> = typed_unit().parse().ok();
        typing.live.send(Command::Type { node: typing.node, text: text.to_owned() });
        put_unit(&typing, row.and_then(|row| typed_codes.get(row)));
    };
    let choose = move |row: &str| {
        let row: Option<usize> = row.parse().ok();
        if let Ok(mut picked) = picked.lock() {
            *picked = row;
        }
        put_unit(&choosing, row.and_then(|row| codes.get(row)));
    };
    crate::ui::parts::quantity::quantity(
        field,
        (at.held(written), typed),
        at.say(Word::ItemUnit),
        units,
        (unit, choose),
    )
}

/// The position of the unit the answer has, or of the one chosen before there was a number.
fn held_unit(at: &At, codes: Arc<[Coding]>, picked: Arc<Mutex<Option<usize>>>) -> Ask<Str> {
    let (live, node) = (at.live, at.node);
    Arc::new(move || {
        let held = live.look(node, |session| {
            let (_, code) =
                amount(session, node).map(|amount| (amount.system.clone(), amount.code.clone()))?;
            codes.iter().position(|unit| unit.code == code)
        });
        let picked = || picked.lock().ok().and_then(|picked| *picked);
        held.or_else(picked).map_or(Str::Borrowed(""), |row| row.to_string().into())
    })
}

fn amount(session: &Session, node: NodeIx) -> Option<&Quantity> {
    session.answers(node).iter().find_map(|answer| match answer {
        Answer::Quantity(quantity) => Some(quantity),
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::Integer(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_) => None,
    })
}

/// Gives the amount a unit, if there is an amount.
fn put_unit(at: &At, unit: Option<&Coding>) {
    let Some(before) = at.live.with(|session| amount(session, at.node).cloned()) else { return };
    let unit = unit.cloned().unwrap_or_default();
    let words = unit.display.as_ref().map(|words| words.as_str().into()).or_else(|| unit.code.clone());
    let after = Quantity { value: before.value.clone(), unit: words, system: unit.system, code: unit.code };
    if after != before {
        at.answer(vec![Answer::Quantity(after)]);
    }
}
