//! `what-matters score`: the scores of responses with their sums open, and the bands a staff member may look
//! them up in. Bands are in no part of the patient's page (`public/staff/bands.json`).

use super::ExitCode;
use super::answer::fill_in;
use super::arguments::{self, Arguments};
use super::check::{of_file, refusal};
use crate::domain::answer::{Answer, Number};
use crate::domain::score::{Combine, Counts, ScoreRule, Unanswered};
use crate::engine::{Session, score};
use crate::fhir::refusal::{Reason, Refusal};
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::rc::Rc;

/// A score and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The score's own link id.
    pub link_id: String,
    /// The algorithm's name and version.
    pub algorithm: String,
    /// Each question with what it counts; `None` where it is not answered.
    pub counted: Vec<(String, Option<Number>)>,
    /// What is done with them, in words.
    pub rule: String,
    /// The score; `None` where too few questions are answered.
    pub result: Option<Number>,
}

/// The scores of a session, in the questionnaire's order.
pub fn of_session(session: &Session) -> Vec<Scored> {
    let instrument = session.instrument();
    let of_node = |node| {
        let item = session.item(node);
        let rule = item.score.as_ref()?;
        let names = rule.questions.iter().map(|scored| instrument.item(scored.question).link_id.to_string());
        Some(Scored {
            link_id: item.link_id.to_string(),
            algorithm: rule.algorithm.to_string(),
            counted: names.zip(score::counted(session, rule)).collect(),
            rule: in_words(rule),
            result: session.answers(node).first().and_then(Answer::number),
        })
    };
    session.in_order().filter_map(of_node).collect()
}

fn in_words(rule: &ScoreRule) -> String {
    let mut words = match &rule.combine {
        Combine::Sum { times: 1 } => "the sum".to_owned(),
        Combine::Sum { times } => format!("the sum times {times}"),
        Combine::Mean { places } => format!("the mean to {places} decimal places"),
        Combine::Lookup { .. } => "the sum, looked up in a table".to_owned(),
    };
    let all = rule.questions.len();
    if rule.least < all {
        words.push_str(&format!("; at least {} of {all} answered", rule.least));
        if rule.unanswered == Unanswered::Mean {
            words.push_str(", the mean of the others for the rest, to a whole number");
        }
    }
    if rule.questions.iter().any(|scored| scored.counts == Counts::Reversed) {
        words.push_str("; some turned round");
    }
    words
}

const BANDS: &str = include_str!("../../public/staff/bands.json");

/// The band a number falls in, with its source; `None` where no band is verified.
pub fn band(questionnaire: &str, link_id: &str, number: &Number) -> Option<(String, String)> {
    let bands: Value = serde_json::from_str(BANDS).ok()?;
    let of_item = bands.get("measures")?.as_array()?.iter().find(|measure| {
        let says = |key: &str| measure.get(key).and_then(Value::as_str);
        says("questionnaire") == Some(questionnaire) && says("item") == Some(link_id)
    })?;
    let end = |band: &Value, key: &str| Number::parse(&band.get(key)?.to_string());
    let band = of_item.get("bands")?.as_array()?.iter().find(|band| {
        let is_within =
            |(from, to): (Number, Number)| from.compare(number).is_le() && to.compare(number).is_ge();
        end(band, "from").zip(end(band, "to")).is_some_and(is_within)
    })?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Some((text(band, "label")?, text(of_item, "source")?))
}

/// Runs the command; `None` if it was asked wrongly.
///
/// # Errors
///
/// When the result cannot be written.
pub fn run(arguments: &[String], out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    let Some(Arguments { json, files, supplied }) = arguments::read(arguments) else { return Ok(None) };
    let [questionnaire, responses] = files[..] else { return Ok(None) };
    let survey = of_file(questionnaire, &supplied);
    let Some(instrument) = survey.instrument else { return refuse(&survey.refusals, out) };
    let instrument = Rc::new(instrument);
    let text = match std::fs::read_to_string(responses) {
        Ok(text) => text,
        Err(error) => return refuse(&[unreadable(responses, &error.to_string())], out),
    };
    // One response in a file, or one on each line.
    let whole = serde_json::from_str::<Value>(&text).ok();
    let each = match whole {
        Some(one) => vec![Ok(one)],
        None => text.lines().filter(|line| !line.is_empty()).map(serde_json::from_str).collect(),
    };
    for (at, response) in each.into_iter().enumerate() {
        let response: Value = match response {
            Ok(response) => response,
            Err(error) => {
                return refuse(&[unreadable(&format!("{responses}:{}", at + 1), &error.to_string())], out);
            }
        };
        let outcome = fill_in(instrument.clone(), &Value::Null, &response);
        match json {
            true => writeln!(out, "{}", line(&outcome.scores, &outcome.notes))?,
            false => print(instrument.id.url(), &outcome.scores, out)?,
        }
    }
    Ok(Some(0))
}

fn unreadable(file: &str, why: &str) -> Refusal {
    Refusal { reason: Reason::Unreadable, detail: why.into(), link_id: None, path: file.into() }
}

fn refuse(refusals: &[Refusal], out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    for one in refusals {
        writeln!(out, "{}", refusal(one))?;
    }
    Ok(Some(1))
}

/// `{"scores":{"phq4.total":7},"notes":[…]}`; `null` where there is no score.
fn line(scores: &[Scored], notes: &[String]) -> String {
    let mut line = Map::new();
    let mut by_name = Map::new();
    for scored in scores {
        let result = scored.result.as_ref().and_then(|number| serde_json::from_str(number.as_str()).ok());
        by_name.insert(scored.link_id.clone(), result.unwrap_or_default());
    }
    line.insert("scores".into(), Value::Object(by_name));
    line.insert("notes".into(), Value::from(notes.to_vec()));
    Value::Object(line).to_string()
}

fn print(questionnaire: &str, scores: &[Scored], out: &mut dyn Write) -> io::Result<()> {
    for scored in scores {
        let result = scored.result.as_ref().map_or("no score", |number| number.as_str());
        writeln!(out, "{}: {result} ({})", scored.link_id, scored.algorithm)?;
        for (link_id, number) in &scored.counted {
            let number = number.as_ref().map_or("not answered", |number| number.as_str());
            writeln!(out, "  {link_id}: {number}")?;
        }
        writeln!(out, "  {}", scored.rule)?;
        if let Some((label, source)) =
            scored.result.as_ref().and_then(|number| band(questionnaire, &scored.link_id, number))
        {
            writeln!(out, "  for staff: {label} ({source})")?;
        }
    }
    Ok(())
}
