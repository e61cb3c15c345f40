//! `what-matters bench`: what reading a form and answering one question cost as forms grow.
//!
//! Flat forms are questions side by side; chained ones are each asked only if the one before was answered.
//! Each round measures every size in turn, so that whatever else the machine does falls on all of them; the
//! figures are medians over the rounds. What one answer costs beside one among ten is the median of what it
//! was in each round.

use super::ExitCode;
use crate::domain::answer::Answer;
use crate::domain::instrument::Instrument;
use crate::engine::steps::{Layout, steps};
use crate::engine::{Command, NodeIx, Session};
use crate::fhir::read::{ValueSets, questionnaire};
use serde_json::{Map, Value};
use std::hint::black_box;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Instant;

const SHAPES: [&str; 2] = ["flat", "chained"];
const SIZES: [usize; 4] = [10, 100, 1_000, 5_000];
/// Odd, so that one of them is the middle one.
const ROUNDS: usize = 101;
/// Answers measured at once: the clock is coarser than one.
const ANSWERS: u32 = 400;
/// One answer among a thousand questions may cost this many times one among ten.
const MOST: f64 = 1.5;

/// One size of one shape. Times are in microseconds.
struct Line {
    shape: &'static str,
    items: usize,
    read: f64,
    first_page: f64,
    answer: f64,
    /// One answer, in terms of one among ten.
    of_tens: f64,
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
    for shape in SHAPES {
        match measure(shape) {
            Some(measured) => lines.extend(measured),
            None => return Ok(Some(1)),
        }
    }
    if json {
        for line in &lines {
            writeln!(out, "{}", as_json(line))?;
        }
    } else {
        print(&lines, out)?;
    }
    let over = lines.iter().any(|line| line.items == 1_000 && line.of_tens > MOST);
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

/// A form that is read, first shown and answered again and again.
struct Subject {
    items: usize,
    json: String,
    instrument: Rc<Instrument>,
    session: Session,
    /// The question in the middle; all before it are answered.
    node: NodeIx,
    given: bool,
    reads: Vec<f64>,
    first_pages: Vec<f64>,
    answers: Vec<f64>,
}

impl Subject {
    /// `None` if the form is refused.
    fn new(shape: &str, items: usize) -> Option<Self> {
        let json = form(shape, items);
        let instrument = Rc::new(questionnaire(&json, &ValueSets::default()).ok()?.instrument);
        let mut session = Session::new(Rc::clone(&instrument));
        let nodes: Vec<NodeIx> = session.in_order().collect();
        let (before, node) = (nodes.get(..nodes.len() / 2)?, *nodes.get(nodes.len() / 2)?);
        for node in before {
            session.apply(Command::Answer { node: *node, answers: vec![Answer::Integer(1)] });
        }
        let times = || Vec::with_capacity(ROUNDS);
        let (reads, first_pages, answers) = (times(), times(), times());
        Some(Self { items, json, instrument, session, node, given: false, reads, first_pages, answers })
    }

    fn read(&mut self) {
        let time = micros(|| questionnaire(&self.json, &ValueSets::default()).is_ok());
        self.reads.push(time);
    }

    /// The session as it begins, and the pages it makes.
    fn first_page(&mut self) {
        let time = micros(|| {
            let session = Session::new(Rc::clone(&self.instrument));
            steps(&session, Layout::OneQuestion).len()
        });
        self.first_pages.push(time);
    }

    /// Gives an answer and takes it back in turn; in a chained form the next question comes and goes with it.
    fn answer(&mut self) {
        let time = micros(|| {
            for _ in 0..ANSWERS {
                self.given = !self.given;
                let answers = if self.given { vec![Answer::Integer(2)] } else { Vec::new() };
                black_box(self.session.apply(Command::Answer { node: self.node, answers }));
            }
        });
        self.answers.push(time / f64::from(ANSWERS));
    }
}

fn measure(shape: &'static str) -> Option<Vec<Line>> {
    let mut subjects: Vec<Subject> =
        SIZES.into_iter().map(|items| Subject::new(shape, items)).collect::<Option<_>>()?;
    for _ in 0..ROUNDS {
        subjects.iter_mut().for_each(Subject::read);
        subjects.iter_mut().for_each(Subject::first_page);
        subjects.iter_mut().for_each(Subject::answer);
    }
    let tens = subjects.first()?.answers.clone();
    let line = |subject: Subject| {
        let ratios = subject.answers.iter().zip(&tens).map(|(long, short)| long / short.max(1e-6)).collect();
        Line {
            shape,
            items: subject.items,
            read: median(subject.reads),
            first_page: median(subject.first_pages),
            of_tens: median(ratios),
            answer: median(subject.answers),
        }
    };
    Some(subjects.into_iter().map(line).collect())
}

/// Once beforehand, so that nobody pays for memory that a larger form has just given back.
fn micros<T>(mut work: impl FnMut() -> T) -> f64 {
    black_box(work());
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64() * 1e6
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// Reading and the first page, for each item.
fn per_item(line: &Line) -> f64 {
    (line.read + line.first_page) / line.items as f64
}

/// A table in Markdown, as `docs/bench.md` keeps it.
fn print(lines: &[Line], out: &mut dyn Write) -> io::Result<()> {
    let head = ["Shape", "Items", "Read", "First page", "Per item", "Growth", "One answer", "Of ten's"];
    let [shape, items, read, first_page, each, growth, answer, of_tens] = head;
    writeln!(out, "Medians of {ROUNDS} interleaved rounds, in microseconds.\n")?;
    writeln!(
        out,
        "| {shape:7} | {items:>5} | {read:>9} | {first_page:>10} | {each:>8} | {growth:>6} | {answer:>10} | {of_tens:>8} |"
    )?;
    writeln!(
        out,
        "|---------|------:|----------:|-----------:|---------:|-------:|-----------:|---------:|"
    )?;
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| lines.get(before));
        let before = before.filter(|before| before.shape == line.shape);
        let growth =
            before.map_or_else(String::new, |before| format!("{:.2}", per_item(line) / per_item(before)));
        writeln!(
            out,
            "| {:7} | {:>5} | {:>9.1} | {:>10.1} | {:>8.2} | {growth:>6} | {:>10.3} | {:>8.2} |",
            line.shape,
            line.items,
            line.read,
            line.first_page,
            per_item(line),
            line.answer,
            line.of_tens,
        )?;
    }
    Ok(())
}

fn as_json(line: &Line) -> Value {
    let mut json = Map::new();
    json.insert("shape".into(), line.shape.into());
    json.insert("items".into(), line.items.into());
    let figures = [
        ("readMicros", line.read),
        ("firstPageMicros", line.first_page),
        ("perItemMicros", per_item(line)),
        ("answerMicros", line.answer),
        ("answerOfTens", line.of_tens),
    ];
    json.extend(figures.map(|(name, figure)| (name.to_owned(), figure.into())));
    Value::Object(json)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_measured_are_read_whole_and_chained_as_they_say() {
        for shape in SHAPES {
            let subject = Subject::new(shape, 100).unwrap();
            assert_eq!(subject.instrument.items.len(), 100);
            // Half are answered; of a chain, one more is asked.
            let asked = subject.session.in_order().filter(|node| subject.session.is_enabled(*node)).count();
            assert_eq!(asked, if shape == "flat" { 100 } else { 51 });
        }
    }

    #[test]
    fn the_answer_measured_is_taken_and_opens_the_next_question_of_a_chain() {
        let mut subject = Subject::new("chained", 10).unwrap();
        let asked = |session: &Session| session.in_order().filter(|node| session.is_enabled(*node)).count();
        assert_eq!(asked(&subject.session), 6);
        let answers = vec![Answer::Integer(2)];
        let changes = subject.session.apply(Command::Answer { node: subject.node, answers });
        assert!(changes.declined.is_none());
        assert_eq!(asked(&subject.session), 7);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
    }
}
