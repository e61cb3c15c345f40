//! `what-matters answer`: types the answers of a QuestionnaireResponse into a fresh form, through the same
//! commands a person's typing goes through, and prints what the form then says.

use super::ExitCode;
use super::arguments::{self, Arguments};
use super::check::{of_file, refusal};
use super::score::{self, Scored};
use super::typed::{Typed, answers_in};
use crate::domain::ids::ResponseId;
use crate::domain::instrument::Instrument;
use crate::engine::check;
use crate::engine::node::is_listed;
use crate::engine::{Command, Declined, NodeIx, Session};
use crate::fhir::refusal::{Reason, Refusal};
use crate::fhir::write::{self, Header, Mode, Status};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::rc::Rc;

/// Runs the command; `None` if it was asked wrongly.
///
/// # Errors
///
/// When the result cannot be written.
pub fn run(arguments: &[String], out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    let Some(Arguments { json, files, supplied }) = arguments::read(arguments) else { return Ok(None) };
    let [questionnaire, response] = files[..] else { return Ok(None) };
    let survey = of_file(questionnaire, &supplied);
    let Some(instrument) = survey.instrument else { return refuse(&survey.refusals, json, out) };
    let form = std::fs::read_to_string(questionnaire).ok().and_then(|text| serde_json::from_str(&text).ok());
    let typed = match read_response(response) {
        Ok(typed) => typed,
        Err(refusal) => return refuse(&[refusal], json, out),
    };
    let outcome = fill_in(Rc::new(instrument), &form.unwrap_or_default(), &typed);
    match json {
        true => writeln!(out, "{}", outcome.as_json())?,
        false => outcome.print(out)?,
    }
    Ok(Some(0))
}

fn read_response(file: &str) -> Result<Value, Refusal> {
    let refused =
        |reason, detail: String| Refusal { reason, detail: detail.into(), link_id: None, path: file.into() };
    let text =
        std::fs::read_to_string(file).map_err(|error| refused(Reason::Unreadable, error.to_string()))?;
    let value: Value =
        serde_json::from_str(&text).map_err(|error| refused(Reason::Unreadable, error.to_string()))?;
    if value.get("resourceType").and_then(Value::as_str) == Some("QuestionnaireResponse") {
        Ok(value)
    } else {
        Err(refused(Reason::Unreadable, "not a QuestionnaireResponse".into()))
    }
}

fn refuse(refusals: &[Refusal], json: bool, out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    if json {
        let mut line = Map::new();
        line.insert("refused".into(), true.into());
        line.insert("refusals".into(), refusals.iter().map(refusal).collect());
        writeln!(out, "{}", Value::Object(line))?;
    } else {
        for refusal in refusals {
            writeln!(out, "refused  {} {refusal}", refusal.path)?;
        }
    }
    Ok(Some(1))
}

/// What the form says once everything is typed in.
pub struct Outcome {
    /// The link ids of the items asked or shown, each once, in the questionnaire's order.
    pub enabled: Vec<String>,
    /// Each problem: link id, short name.
    pub problems: Vec<(String, &'static str)>,
    /// The response as canonical JSON.
    pub response: String,
    /// What was not typed in, and why.
    pub notes: Vec<String>,
    /// The scores, with the sums open.
    pub scores: Vec<Scored>,
}

/// Types the answers of `response` into a fresh form. `form` is the questionnaire's own JSON: some of its
/// items are words folded into others, which are shown when those are.
pub fn fill_in(instrument: Rc<Instrument>, form: &Value, response: &Value) -> Outcome {
    let items = instrument.items.iter().enumerate();
    let order = items.map(|(at, item)| (item.link_id.as_str().to_owned(), at)).collect();
    let mut form_filled = Form { session: Session::new(instrument), order, notes: Vec::new() };
    form_filled.items(None, response);
    let Form { session, notes, .. } = form_filled;
    let mut enabled = Vec::new();
    let asked: BTreeSet<&str> = session
        .in_order()
        .filter(|node| session.is_enabled(*node))
        .map(|node| session.item(node).link_id.as_str())
        .collect();
    let known = session.instrument().items.iter().map(|item| item.link_id.as_str()).collect();
    list_enabled(&asked, &known, form, true, &mut enabled);
    let problems = check::all(&session)
        .into_iter()
        .map(|(node, problem)| (session.item(node).link_id.as_str().to_owned(), problem.code()))
        .collect();
    let scores = score::of_session(&session);
    Outcome { enabled, problems, response: freeze(&session, response), notes, scores }
}

fn freeze(session: &Session, typed: &Value) -> String {
    let told = |key: &str| typed.get(key).and_then(Value::as_str);
    let instrument = session.instrument();
    let language = told("language").or(instrument.language.as_deref()).unwrap_or("en");
    let status = match told("status") {
        Some("in-progress") => Status::InProgress,
        Some("amended") => Status::Amended,
        Some("stopped") => Status::Stopped,
        _ => Status::Completed,
    };
    // No clock and no randomness here: the same files always give the same bytes.
    let id = told("id").and_then(ResponseId::parse).unwrap_or_else(|| {
        let hash = crate::domain::response::Hash::of(typed.to_string().as_bytes());
        let mut bytes = [0_u8; 16];
        for (at, byte) in bytes.iter_mut().enumerate() {
            let pair = hash.as_str().get(2 * at..2 * at + 2).unwrap_or_default();
            *byte = u8::from_str_radix(pair, 16).unwrap_or_default();
        }
        ResponseId::from_random(bytes)
    });
    let header = Header {
        status,
        authored: told("authored").unwrap_or_default().into(),
        language: language.into(),
        mode: Mode::Electronic,
        subject: None,
        source: None,
        help_shown: Vec::new(),
    };
    write::response(instrument, &id, &header, &session.freeze(language), None)
}

/// Lists what is asked or shown; an item that is not `known` was folded into what it stands under.
fn list_enabled(
    asked: &BTreeSet<&str>,
    known: &BTreeSet<&str>,
    element: &Value,
    around: bool,
    enabled: &mut Vec<String>,
) {
    for item in element.get("item").and_then(Value::as_array).into_iter().flatten() {
        let Some(link_id) = item.get("linkId").and_then(Value::as_str) else { continue };
        let is_enabled = if known.contains(link_id) { asked.contains(link_id) } else { around };
        if is_enabled {
            enabled.push(link_id.to_owned());
        }
        list_enabled(asked, known, item, is_enabled, enabled);
    }
}

struct Form {
    session: Session,
    /// Each link id's position in the questionnaire.
    order: BTreeMap<String, usize>,
    notes: Vec<String>,
}

impl Form {
    /// Types in the items of one level: `above` is the node they stand under, `element` what holds them.
    fn items(&mut self, above: Option<NodeIx>, element: &Value) {
        let mut items: Vec<&Value> =
            element.get("item").and_then(Value::as_array).into_iter().flatten().collect();
        // In the questionnaire's order, whatever the response's; what it does not have comes last.
        items.sort_by_key(|item| {
            let link_id = item.get("linkId").and_then(Value::as_str).unwrap_or_default();
            self.order.get(link_id).copied().unwrap_or(usize::MAX)
        });
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for item in items {
            let Some(link_id) = item.get("linkId").and_then(Value::as_str) else {
                self.notes.push("an item without a linkId: dropped".into());
                continue;
            };
            let count = match counts.iter_mut().find(|(seen, _)| *seen == link_id) {
                Some((_, count)) => {
                    *count += 1;
                    *count
                }
                None => {
                    counts.push((link_id, 0));
                    0
                }
            };
            self.item(above, link_id, count, item);
        }
    }

    /// Types in one item, the `count`-th of its link id here.
    fn item(&mut self, above: Option<NodeIx>, link_id: &str, count: usize, item: &Value) {
        let Some(first) = self.first_here(above, link_id) else {
            return self.drop_all(link_id, item, "the questionnaire has no such item here");
        };
        if !answers_in(item).is_empty() {
            if count > 0 {
                return self.drop_all(link_id, item, "a second item for one question");
            }
            return self.question(first, link_id, item);
        }
        // A group, or a question without an answer whose items stand under it directly.
        match self.repetition(first, count) {
            Ok(node) => self.items(Some(node), item),
            Err(why) => self.drop_all(link_id, item, why_not(why)),
        }
    }

    fn first_here(&self, above: Option<NodeIx>, link_id: &str) -> Option<NodeIx> {
        let family = match above {
            Some(above) => self.session.children(above),
            None => self.session.roots(),
        };
        family.iter().copied().find(|node| self.session.item(*node).link_id.as_str() == link_id)
    }

    /// The `count`-th repetition, adding one if there is one fewer.
    fn repetition(&mut self, first: NodeIx, count: usize) -> Result<NodeIx, Declined> {
        if let Some(node) = self.session.repetitions(first).get(count) {
            return Ok(*node);
        }
        let changes = self.session.apply(Command::Add { node: first });
        match changes.declined {
            Some(why) => Err(why),
            None => self.session.repetitions(first).get(count).copied().ok_or(Declined::NoRoom),
        }
    }

    fn question(&mut self, first: NodeIx, link_id: &str, item: &Value) {
        let answers = answers_in(item);
        let by_repetitions = is_listed(self.session.item(first));
        if !by_repetitions {
            self.answer(first, link_id, answers.iter().map(|answer| Typed::of(answer)).collect());
            // What stands under a list of ticks is asked once, so a second item of one question is too many.
            let below = |answer: &&Value| answer.get("item").and_then(Value::as_array).cloned();
            let below: Vec<Value> = answers.iter().filter_map(below).flatten().collect();
            self.items(Some(first), &Value::Object(Map::from_iter([("item".to_owned(), below.into())])));
            return;
        }
        let before = self.session.repetitions(first).len();
        for (count, answer) in answers.iter().enumerate() {
            match self.repetition(first, count) {
                Ok(node) => {
                    if !self.answer(node, link_id, vec![Typed::of(answer)]) {
                        return self.drop_below(item, "what it stands under takes no answer");
                    }
                    self.items(Some(node), answer);
                }
                Err(why) => self.note(link_id, why_not(why), "answer dropped"),
            }
        }
        // Initial values beyond what was typed in are taken back.
        for _ in answers.len()..before {
            if let Some(last) = self.session.repetitions(first).last().copied() {
                self.session.apply(Command::Remove { node: last });
            }
        }
    }

    /// Answers, or types, one after the other as a person would; `false` if the question takes none at all.
    /// What was there at the start gives way.
    fn answer(&mut self, node: NodeIx, link_id: &str, typed: Vec<Typed>) -> bool {
        let item = self.session.item(node);
        let several = item.repeats && !is_listed(item);
        let mut given = 0_usize;
        for typed in typed {
            let command = match typed.for_kind(&self.session.item(node).kind) {
                Typed::Nothing => continue,
                Typed::Unknown(name) => {
                    self.note(link_id, &name, "not a value we know; dropped");
                    continue;
                }
                _ if given > 0 && !several => {
                    self.note(link_id, why_not(Declined::TooMany), "a further answer dropped");
                    continue;
                }
                Typed::Characters(text) => Command::Type { node, text },
                Typed::Answer(answer) => {
                    let before = if given > 0 { self.session.answers(node) } else { &[] };
                    Command::Answer { node, answers: before.iter().cloned().chain([answer]).collect() }
                }
            };
            if let Some(why) = self.session.apply(command).declined {
                self.note(link_id, why_not(why), "answer dropped");
                if matches!(why, Declined::Disabled | Declined::ReadOnly) {
                    return false;
                }
            } else {
                given += 1;
            }
        }
        true
    }

    fn note(&mut self, link_id: &str, why: &str, what: &str) {
        self.notes.push([link_id, ": ", why, "; ", what].concat());
    }

    /// Names the item and every one under it.
    fn drop_all(&mut self, link_id: &str, item: &Value, why: &str) {
        self.note(link_id, why, "dropped");
        self.drop_below(item, why);
    }

    fn drop_below(&mut self, item: &Value, why: &str) {
        for element in answers_in(item).into_iter().chain([item]) {
            for child in element.get("item").and_then(Value::as_array).into_iter().flatten() {
                if let Some(link_id) = child.get("linkId").and_then(Value::as_str) {
                    self.drop_all(link_id, child, why);
                }
            }
        }
    }
}

fn why_not(why: Declined) -> &'static str {
    match why {
        Declined::NoSuchNode => "there is no such place",
        Declined::NotAQuestion => "it takes no answer",
        Declined::ReadOnly => "it is read-only",
        Declined::Disabled => "it is not asked",
        Declined::WrongType => "the answer is not of its type",
        Declined::NotAnOption => "the answer is not one of its options",
        Declined::TooMany => "it takes one answer",
        Declined::NotRepeating => "it does not repeat",
        Declined::LastOne => "the last one stays",
        Declined::NoRoom => "there is no room for more",
    }
}

impl Outcome {
    /// `{"enabled":[…],"problems":[…],"response":{…},"notes":[…]}`. The response is written as it is, so
    /// that its numbers keep their digits.
    pub fn as_json(&self) -> String {
        let problems: Value = self
            .problems
            .iter()
            .map(|(link_id, problem)| {
                let mut line = Map::new();
                line.insert("linkId".into(), link_id.as_str().into());
                line.insert("problem".into(), (*problem).into());
                Value::Object(line)
            })
            .collect();
        let list = |list: &[String]| Value::from(list.to_vec()).to_string();
        [
            "{\"enabled\":",
            &list(&self.enabled),
            ",\"problems\":",
            &problems.to_string(),
            ",\"response\":",
            &self.response,
            ",\"notes\":",
            &list(&self.notes),
            "}",
        ]
        .concat()
    }

    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        for link_id in &self.enabled {
            writeln!(out, "asked    {link_id}")?;
        }
        for (link_id, problem) in &self.problems {
            writeln!(out, "problem  {link_id}: {problem}")?;
        }
        for note in &self.notes {
            writeln!(out, "note     {note}")?;
        }
        writeln!(out, "{}", self.response)
    }
}
