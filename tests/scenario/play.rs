//! Plays one scenario and tells every line that does not hold.

use super::{form, value};
use serde_json::Value;
use std::path::Path;
use std::rc::Rc;
use what_matters::domain::answer::{Place, Skip};
use what_matters::domain::ids::{LinkId, ResponseId};
use what_matters::domain::instrument::Instrument;
use what_matters::engine::check::{all, problems};
use what_matters::engine::steps::{Layout, progress, steps};
use what_matters::engine::{Changes, Command, NodeIx, Session};
use what_matters::fhir::read::response::response;
use what_matters::fhir::read::{ValueSets, questionnaire};
use what_matters::fhir::write::{self, Header, Mode, Status};

/// Whether a line claims something (rather than does something).
pub fn is_claim(line: &str) -> bool {
    let starts = ["problem ", "no problem", "response ", "steps ", "declined ", "progress "];
    starts.iter().any(|start| line.starts_with(start))
        || [" is asked", " is not asked", " holds ", " shows "].iter().any(|part| line.contains(part))
}

struct Player {
    session: Session,
    last: Changes,
    language: String,
    layout: Layout,
}

type Held = Result<(), String>;

/// The form as a FHIR Questionnaire, and the number of lines up to its end.
fn form_of(lines: &[&str], folder: &Path) -> (String, usize) {
    let start = lines.iter().position(|line| line.starts_with("form")).unwrap_or(0);
    let form: Vec<&str> =
        lines.iter().skip(start + 1).take_while(|line| line.starts_with("  ")).copied().collect();
    let json = match lines[start].strip_prefix("form ") {
        Some(file) => std::fs::read_to_string(folder.join(file)).unwrap(),
        None => form::questionnaire(&form).to_string(),
    };
    (json, start + 1 + form.len())
}

/// The form of a scenario as a FHIR Questionnaire.
pub fn questionnaire_of(text: &str, folder: &Path) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    form_of(&lines, folder).0
}

/// Every line that fails, as `number: line: why`.
pub fn play(text: &str, folder: &Path) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let (json, begin) = form_of(&lines, folder);
    let instrument = match questionnaire(&json, &ValueSets::default()) {
        Ok(reading) => Rc::new(reading.instrument),
        Err(refusals) => return vec![format!("{begin}: refused: {refusals:?}")],
    };
    let (last, layout) = (Changes::default(), Layout::Pages);
    let mut player = Player { session: Session::new(instrument), last, language: "en-GB".into(), layout };
    let mut failures = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(begin) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(why) = player.line(line).and_then(|()| player.always()) {
            failures.push(format!("{}: {line}: {why}", at + 1));
        }
    }
    failures
}

fn expect(what: bool, why: impl FnOnce() -> String) -> Held {
    if what { Ok(()) } else { Err(why()) }
}

fn list(text: &str) -> Vec<&str> {
    if text == "nothing" { Vec::new() } else { text.split("; ").collect() }
}

impl Player {
    fn node(&self, place: &str) -> Result<NodeIx, String> {
        let key = if place.contains('#') { place.to_owned() } else { format!("{place}#") };
        let place = Place::from_key(&key).unwrap_or(Place { link_id: LinkId::new(place), within: vec![] });
        // A repeated item named without a number is its first repetition.
        let first = Place { within: [&place.within[..], &[0]].concat(), ..place.clone() };
        self.session
            .find(&place)
            .or_else(|| self.session.find(&first))
            .ok_or_else(|| format!("no place {key}"))
    }

    /// `\n` stands for a new line, `␣` for a space at an end.
    fn line(&mut self, line: &str) -> Held {
        let line = &line.replace("\\n", "\n").replace('␣', " ");
        if let Some(done) = self.command(line) {
            self.last = done?;
            return Ok(());
        }
        self.claim(line)
    }

    fn command(&mut self, line: &str) -> Option<Result<Changes, String>> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (place, text) = rest.split_once(" =").map_or((rest, ""), |(place, text)| (place, text));
        let text = text.strip_prefix(' ').unwrap_or(text);
        match verb {
            "language" => self.language = rest.into(),
            "layout" => {
                self.layout = match rest {
                    "one" => Layout::OneQuestion,
                    "all" => Layout::All,
                    _ => Layout::Pages,
                };
            }
            "reload" => {
                let kept = self.session.kept_whole();
                let mut fresh = Session::new(Rc::clone(self.session.instrument()));
                let misfits = fresh.restore(kept);
                self.session = fresh;
                return Some(if misfits.is_empty() {
                    Ok(Changes::default())
                } else {
                    Err(format!("{misfits:?}"))
                });
            }
            // Sent, and opened again from what was sent.
            "amend" => {
                let read = match response(&self.json().to_string(), self.session.instrument()) {
                    Ok(read) if read.mismatches.is_empty() => read,
                    other => return Some(Err(format!("{other:?}"))),
                };
                let (session, misfits) =
                    Session::of_response(Rc::clone(self.session.instrument()), read.held);
                self.session = session;
                return Some(if misfits.is_empty() {
                    Ok(Changes::default())
                } else {
                    Err(format!("{misfits:?}"))
                });
            }
            "answer" | "fill" | "type" | "skip" | "add" | "remove" => {
                return Some(self.make(verb, place, text).map(|command| self.session.apply(command)));
            }
            _ => return None,
        }
        Some(Ok(Changes::default()))
    }

    fn make(&self, verb: &str, place: &str, text: &str) -> Result<Command, String> {
        let (place, how) = match verb {
            "skip" => place.split_once(' ').unwrap_or((place, "passed-over")),
            _ => (place, ""),
        };
        let node = self.node(place)?;
        let answers = || -> Result<Vec<_>, String> {
            list(text).into_iter().map(|text| value::answer(self.session.item(node), text)).collect()
        };
        Ok(match verb {
            "answer" => Command::Answer { node, answers: answers()? },
            "fill" => Command::Fill { node, answers: answers()? },
            "type" => Command::Type { node, text: text.to_owned() },
            "skip" => Command::Skip { node, skip: Skip::from_code(how).ok_or("no such skip")? },
            "add" => Command::Add { node },
            _ => Command::Remove { node },
        })
    }

    fn claim(&mut self, line: &str) -> Held {
        if let Some(place) = line.strip_suffix(" is asked") {
            return self.asked(place, true);
        }
        if let Some(place) = line.strip_suffix(" is not asked") {
            return self.asked(place, false);
        }
        if line == "no problems" {
            let found = all(&self.session);
            return expect(found.is_empty(), || format!("{found:?}"));
        }
        if let Some(place) = line.strip_prefix("no problem ") {
            let found = problems(&self.session, self.node(place)?);
            return expect(found.is_empty(), || format!("{found:?}"));
        }
        if let Some((place, code)) = line.strip_prefix("problem ").and_then(|rest| rest.split_once(' ')) {
            let found: Vec<_> =
                problems(&self.session, self.node(place)?).iter().map(|one| one.code()).collect();
            return expect(found.contains(&code), || format!("{found:?}"));
        }
        if let Some(wanted) = line.strip_prefix("declined ") {
            let found = self.last.declined.map(|why| dashed(&format!("{why:?}")));
            return expect(found.as_deref() == Some(wanted), || format!("{found:?}"));
        }
        if let Some(wanted) = line.strip_prefix("steps ") {
            let found = self.steps();
            return expect(found == wanted, || found);
        }
        if let Some(wanted) = line.strip_prefix("progress ") {
            return self.progress(wanted);
        }
        if let Some(wanted) = line.strip_prefix("response ") {
            return self.response(wanted);
        }
        if let Some((place, wanted)) = line.split_once(" holds ") {
            let node = self.node(place)?;
            let found: Vec<String> = self.session.answers(node).iter().map(value::spoken).collect();
            return expect(found == list(wanted), || format!("{found:?}"));
        }
        if let Some((place, wanted)) = line.split_once(" shows ") {
            let found = self.session.typed(self.node(place)?).unwrap_or("nothing").to_owned();
            return expect(found == wanted, || found);
        }
        Err("no such line".into())
    }

    fn asked(&self, place: &str, wanted: bool) -> Held {
        let node = self.node(place)?;
        expect(self.session.is_enabled(node) == wanted, || format!("asked: {}", !wanted))
    }

    fn name(&self, node: NodeIx) -> String {
        self.session.place(node).key().trim_end_matches('#').to_owned()
    }

    fn steps(&self) -> String {
        let steps = steps(&self.session, self.layout);
        let names = |step: &what_matters::engine::steps::Step| {
            step.nodes.iter().map(|node| self.name(*node)).collect::<Vec<_>>().join(", ")
        };
        steps.iter().map(names).collect::<Vec<_>>().join(" | ")
    }

    /// `2 of 5`, counted from one; `2 of ?` where the number is not told.
    fn progress(&self, wanted: &str) -> Held {
        let at = wanted.split_once(' ').and_then(|(at, _)| at.parse::<usize>().ok()).ok_or("which page?")?;
        let pages = steps(&self.session, self.layout);
        let told = progress(&self.session, self.layout, &pages, at - 1);
        let found = format!("{at} of {}", told.of.map_or_else(|| "?".into(), |of| of.to_string()));
        expect(found == wanted, || found)
    }

    fn json(&self) -> Value {
        let header = Header {
            status: Status::Completed,
            authored: "2026-11-22T10:00:00+00:00".into(),
            language: self.language.as_str().into(),
            mode: Mode::Electronic,
            subject: None,
            source: None,
            help_shown: Vec::new(),
        };
        let items = self.session.freeze(&self.language);
        let id = ResponseId::from_random([7; 16]);
        let text = write::response(self.session.instrument(), &id, &header, &items, None);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// `items a, b`, `has a = 1; 2`, `lacks a`, `text a = words`, `says /pointer = words`.
    fn response(&self, wanted: &str) -> Held {
        let json = self.json();
        let mut found = Vec::new();
        collect(&json, &mut found);
        if let Some(link_ids) = wanted.strip_prefix("items ") {
            let names: Vec<&str> = found.iter().filter_map(|item| item["linkId"].as_str()).collect();
            return expect(names.join(", ") == link_ids, || names.join(", "));
        }
        let named = |link_id: &str| -> Vec<&&Value> {
            found.iter().filter(|item| item["linkId"].as_str() == Some(link_id)).collect()
        };
        if wanted == "has nothing" {
            return expect(found.is_empty(), || format!("{found:?}"));
        }
        if let Some(link_id) = wanted.strip_prefix("lacks ") {
            return expect(named(link_id).is_empty(), || "it is there".into());
        }
        let (what, wanted) = wanted.split_once(" = ").ok_or("no such line")?;
        if let Some(pointer) = what.strip_prefix("says ") {
            let said =
                json.pointer(pointer).map(|said| said.as_str().map_or(said.to_string(), str::to_owned));
            return expect(said.as_deref() == Some(wanted), || format!("{said:?} in {json}"));
        }
        if let Some(link_id) = what.strip_prefix("text ") {
            let texts: Vec<_> = named(link_id).iter().filter_map(|item| item["text"].as_str()).collect();
            return expect(texts == [wanted], || format!("{texts:?}"));
        }
        let link_id = what.strip_prefix("has ").ok_or("no such line")?;
        let answers: Vec<String> = named(link_id)
            .iter()
            .flat_map(|item| item["answer"].as_array().into_iter().flatten())
            .filter_map(value::spoken_json)
            .collect();
        expect(answers == list(wanted), || format!("{answers:?}"))
    }

    /// What holds after every line, whatever the scenario.
    fn always(&self) -> Held {
        let mut fresh = Session::new(Rc::clone(self.session.instrument()));
        let misfits = fresh.restore(self.session.kept_whole());
        expect(misfits.is_empty(), || format!("does not come back: {misfits:?}"))?;
        expect(fresh.kept_whole() == self.session.kept_whole(), || "comes back changed".into())?;
        let asked = |session: &Session| -> Vec<(Place, bool)> {
            session.in_order().map(|node| (session.place(node), session.is_enabled(node))).collect()
        };
        let (anew, now) = (asked(&fresh), asked(&self.session));
        expect(anew == now, || format!("worked out anew: {anew:?}, now: {now:?}"))?;
        let mut items = Vec::new();
        let json = self.json();
        collect(&json, &mut items);
        let stray =
            items.iter().filter_map(|item| item["linkId"].as_str()).find(|link_id| !self.is_asked(link_id));
        expect(stray.is_none(), || format!("the response has {stray:?}, which is not asked"))
    }

    fn is_asked(&self, link_id: &str) -> bool {
        let instrument: &Instrument = self.session.instrument();
        let at = instrument.find(link_id);
        self.session
            .in_order()
            .any(|node| Some(self.session.item_ix(node)) == at && self.session.is_enabled(node))
    }
}

fn collect<'j>(json: &'j Value, into: &mut Vec<&'j Value>) {
    for item in json["item"].as_array().into_iter().flatten() {
        into.push(item);
        for answer in item["answer"].as_array().into_iter().flatten() {
            collect(answer, into);
        }
        collect(item, into);
    }
}

/// `ReadOnly` as `read-only`.
fn dashed(name: &str) -> String {
    let mut dashed = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !dashed.is_empty() {
            dashed.push('-');
        }
        dashed.extend(letter.to_lowercase());
    }
    dashed
}
