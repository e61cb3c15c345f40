//! `what-matters bench`: what reading a form and answering one question cost as forms grow.
//!
//! Flat forms are questions side by side; chained ones are each asked only if the one before was answered.
//! Every figure is the shortest of many runs: what else the machine does can only make a run longer.

use super::ExitCode;
use crate::domain::answer::Answer;
use crate::domain::instrument::Instrument;
use crate::engine::steps::{Layout, steps};
use crate::engine::{Command, NodeIx, Session};
use crate::fhir::read::{ValueSets, questionnaire};
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

const SIZES: [usize; 4] = [10, 100, 1_000, 5_000];
/// One answer among a thousand questions may cost this many times one among ten.
const MOST: f64 = 1.5;
const PASSES: usize = 20;
/// Answers timed at once: the clock is coarser than one.
const BATCH: u32 = 50;

/// A form half answered, with the question in the middle.
struct Answered {
    session: Session,
    node: NodeIx,
}

impl Answered {
    /// One answer's cost: the question is answered and taken back in turn; in the chained form the next one
    /// comes and goes with it.
    fn answer(&mut self) -> Duration {
        let Self { session, node } = self;
        let batch = shortest(100, || {
            for at in 0..BATCH {
                let answers = if at % 2 == 0 { vec![Answer::Integer(2)] } else { Vec::new() };
                session.apply(Command::Answer { node: *node, answers });
            }
            session.answers(*node).is_empty()
        });
        batch / BATCH
    }
}

struct Line {
    shape: &'static str,
    items: usize,
    read: Duration,
    first_page: Duration,
    answer: Duration,
}

/// Runs the command; `None` if it was asked wrongly. Gives 1 if an answer costs more in a long form.
///
/// # Errors
///
/// When the result cannot be written.
pub fn run(arguments: &[String], out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    let json = match arguments {
        [] => false,
        [flag] if flag == "--json" => true,
        _ => return Ok(None),
    };
    let mut lines = Vec::new();
    let mut answered = Vec::new();
    for shape in ["flat", "chained"] {
        for items in SIZES {
            let Some((line, form)) = measure(shape, items) else { return Ok(Some(1)) };
            lines.push(line);
            answered.push(form);
        }
    }
    // All sizes in turn, many times over: a busy spell of the machine then touches all of them.
    for _ in 0..PASSES {
        for (line, form) in lines.iter_mut().zip(&mut answered) {
            line.answer = line.answer.min(form.answer());
        }
    }
    if json {
        for line in &lines {
            writeln!(out, "{}", as_json(line))?;
        }
    } else {
        print(&lines, out)?;
    }
    let over = ["flat", "chained"].into_iter().any(|shape| ratio(&lines, shape, 1_000) > MOST);
    Ok(Some(u8::from(over)))
}

fn form(shape: &str, items: usize) -> String {
    let item = |at: usize| {
        let mut item = Map::new();
        item.insert("linkId".into(), format!("q{at}").into());
        item.insert("type".into(), "integer".into());
        item.insert("text".into(), format!("Question {at}").into());
        if shape == "chained" && at > 0 {
            let mut condition = Map::new();
            condition.insert("question".into(), format!("q{}", at - 1).into());
            condition.insert("operator".into(), "exists".into());
            condition.insert("answerBoolean".into(), true.into());
            item.insert("enableWhen".into(), vec![Value::Object(condition)].into());
        }
        Value::Object(item)
    };
    let mut form = Map::new();
    form.insert("resourceType".into(), "Questionnaire".into());
    form.insert("url".into(), "https://what-matters.example/fhir/Questionnaire/bench".into());
    form.insert("status".into(), "active".into());
    form.insert("item".into(), (0..items).map(item).collect());
    Value::Object(form).to_string()
}

fn measure(shape: &'static str, items: usize) -> Option<(Line, Answered)> {
    let json = form(shape, items);
    let rounds = (20_000 / items).clamp(5, 200);
    let read_once = || questionnaire(&json, &ValueSets::default()).ok().map(|reading| reading.instrument);
    let instrument: Rc<Instrument> = Rc::new(read_once()?);
    let read = shortest(rounds, || read_once().is_some());
    let first_page = shortest(rounds, || {
        let session = Session::new(Rc::clone(&instrument));
        !steps(&session, Layout::OneQuestion).is_empty()
    });
    let mut session = Session::new(instrument);
    let nodes: Vec<NodeIx> = session.in_order().collect();
    let middle = nodes.len() / 2;
    for node in nodes.iter().take(middle) {
        session.apply(Command::Answer { node: *node, answers: vec![Answer::Integer(1)] });
    }
    let node = *nodes.get(middle)?;
    Some((Line { shape, items, read, first_page, answer: Duration::MAX }, Answered { session, node }))
}

fn shortest(rounds: usize, mut work: impl FnMut() -> bool) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let start = Instant::now();
        std::hint::black_box(work());
        best = best.min(start.elapsed());
    }
    best
}

fn at(lines: &[Line], shape: &str, items: usize) -> Option<usize> {
    lines.iter().position(|line| line.shape == shape && line.items == items)
}

/// One answer among so many questions, in terms of one among ten.
fn ratio(lines: &[Line], shape: &str, items: usize) -> f64 {
    let cost = |items| {
        let line = lines.get(at(lines, shape, items)?)?;
        Some(line.answer.as_secs_f64())
    };
    cost(items).zip(cost(10)).map_or(f64::INFINITY, |(long, short)| long / short.max(1e-9))
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn per_item(line: &Line) -> f64 {
    micros(line.read + line.first_page) / line.items as f64
}

fn print(lines: &[Line], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "times in microseconds, the shortest of many runs")?;
    writeln!(
        out,
        "{:8}{:>7}{:>11}{:>12}{:>10}{:>9}{:>12}{:>9}",
        "shape", "items", "read", "first page", "per item", "growth", "one answer", "of ten's"
    )?;
    for (index, line) in lines.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        let growth = before
            .filter(|before| before.shape == line.shape)
            .map_or_else(String::new, |before| format!("{:.2}", per_item(line) / per_item(before)));
        writeln!(
            out,
            "{:8}{:>7}{:>11.1}{:>12.1}{:>10.2}{:>9}{:>12.3}{:>9.2}",
            line.shape,
            line.items,
            micros(line.read),
            micros(line.first_page),
            per_item(line),
            growth,
            micros(line.answer),
            ratio(lines, line.shape, line.items),
        )?;
    }
    Ok(())
}

fn as_json(line: &Line) -> Value {
    let mut json = Map::new();
    json.insert("shape".into(), line.shape.into());
    json.insert("items".into(), line.items.into());
    for (name, time) in [("read", line.read), ("firstPage", line.first_page), ("answer", line.answer)] {
        json.insert(format!("{name}Micros"), micros(time).into());
    }
    json.insert("perItemMicros".into(), per_item(line).into());
    Value::Object(json)
}
