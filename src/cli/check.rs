//! `what-matters check`: reads Questionnaires and configurations and prints what would become of each.

use super::ExitCode;
use super::arguments::{self, Arguments};
use super::{configuration, pack};
use crate::fhir::read::{Survey, ValueSets, survey};
use crate::fhir::refusal::{Note, Reason, Refusal};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Runs the command; `None` if it was asked wrongly.
///
/// # Errors
///
/// When the result cannot be written.
pub fn run(arguments: &[String], out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    let Some(Arguments { json, files, supplied }) = arguments::read(arguments) else { return Ok(None) };
    if files.is_empty() {
        return Ok(None);
    }
    let mut refused = false;
    for file in files {
        if let Some(checked) = std::fs::read_to_string(file).ok().as_deref().and_then(configuration::check) {
            refused |= !checked.refused.is_empty();
            match json {
                true => writeln!(out, "{}", checked.line(file))?,
                false => checked.print(file, out)?,
            }
            continue;
        }
        let survey = of_file(file, &supplied);
        refused |= survey.instrument.is_none();
        match json {
            true => writeln!(out, "{}", line(file, &survey))?,
            false => print(file, &survey, out)?,
        }
    }
    Ok(Some(u8::from(refused)))
}

/// What becomes of a file; one that cannot be read is a refusal too. A pack is put together with its measure.
pub fn of_file(file: &str, supplied: &ValueSets) -> Survey {
    match std::fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => match pack::questionnaire(&text) {
            None => survey(&text, supplied),
            Some(Ok(form)) => survey(&form, supplied),
            Some(Err(refusals)) => Survey { instrument: None, refusals, notes: Vec::new(), items: 0 },
        },
        Ok(Err(error)) => unreadable(&error.utf8_error().to_string()),
        Err(error) => unreadable(&error.to_string()),
    }
}

fn unreadable(why: &str) -> Survey {
    let refusal =
        Refusal { reason: Reason::Unreadable, detail: why.into(), link_id: None, path: String::new() };
    Survey { instrument: None, refusals: vec![refusal], notes: Vec::new(), items: 0 }
}

fn line(file: &str, survey: &Survey) -> Value {
    let mut line = Map::new();
    line.insert("file".into(), file.into());
    line.insert("ok".into(), survey.instrument.is_some().into());
    line.insert("refusals".into(), survey.refusals.iter().map(refusal).collect());
    line.insert("notes".into(), survey.notes.iter().map(note).collect());
    line.insert("items".into(), survey.items.into());
    Value::Object(line)
}

/// A refusal as JSON: `linkId` (or null), `path`, `reason` in words and `code`, its short fixed name.
pub fn refusal(refusal: &Refusal) -> Value {
    fact(refusal.link_id.as_deref(), &refusal.path, "reason", refusal.to_string(), refusal.reason.code())
}

/// A note as JSON: `linkId` (or null), `path`, `note` in words and `code`, its short fixed name.
pub fn note(note: &Note) -> Value {
    fact(note.link_id.as_deref(), &note.path, "note", note.to_string(), note.remark.code())
}

fn fact(link_id: Option<&str>, path: &str, name: &str, words: String, code: &str) -> Value {
    let mut fact = Map::new();
    fact.insert("linkId".into(), link_id.map_or(Value::Null, Value::from));
    fact.insert("path".into(), path.into());
    fact.insert(name.into(), words.into());
    fact.insert("code".into(), code.into());
    Value::Object(fact)
}

fn print(file: &str, survey: &Survey, out: &mut dyn Write) -> io::Result<()> {
    let verdict = if survey.instrument.is_some() { "can be shown" } else { "is refused" };
    writeln!(out, "{file}: {verdict} ({} items)", survey.items)?;
    for refusal in &survey.refusals {
        writeln!(out, "  refused  {}{refusal}", place(refusal.link_id.as_deref(), &refusal.path))?;
    }
    for note in &survey.notes {
        writeln!(out, "  note     {}{note}", place(note.link_id.as_deref(), &note.path))?;
    }
    Ok(())
}

fn place(link_id: Option<&str>, path: &str) -> String {
    match (link_id, path) {
        (None, "") => String::new(),
        (None, path) => format!("{path}: "),
        (Some(link_id), path) => format!("{link_id} ({path}): "),
    }
}
