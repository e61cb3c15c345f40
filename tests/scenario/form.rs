//! The short notation for a questionnaire, written out as the FHIR JSON it stands for: indentation is
//! nesting, a line is `linkId type flag flag=value …`.

use super::value::{SYSTEM, UNITS, fhir};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

struct Line {
    depth: usize,
    words: Vec<String>,
}

/// The Questionnaire that indented lines stand for.
pub fn questionnaire(lines: &[&str]) -> Value {
    let lines: Vec<Line> = lines
        .iter()
        .map(|line| Line { depth: (line.len() - line.trim_start().len()) / 2, words: split(line.trim()) })
        .collect();
    let mut kinds = BTreeMap::new();
    for line in &lines {
        let options = ["strings", "integers", "dates", "times"]
            .into_iter()
            .find(|name| line.words.iter().any(|word| word.starts_with(&format!("{name}="))));
        kinds.insert(line.words[0].clone(), (line.words[1].clone(), options.unwrap_or("codes")));
    }
    let mut at = 0;
    let items = family(&lines, &mut at, 1, &kinds);
    json!({
        "resourceType": "Questionnaire",
        "url": "https://example.org/q",
        "version": "1",
        "status": "active",
        "language": "en-GB",
        "item": items,
    })
}

/// Words apart by spaces; quotes keep spaces in.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

type Kinds = BTreeMap<String, (String, &'static str)>;

fn family(lines: &[Line], at: &mut usize, depth: usize, kinds: &Kinds) -> Vec<Value> {
    let mut items = Vec::new();
    while let Some(line) = lines.get(*at) {
        if line.depth < depth {
            break;
        }
        assert_eq!(line.depth, depth, "indented too far: {:?}", line.words);
        *at += 1;
        let mut item = item(&line.words, kinds);
        let children = family(lines, at, depth + 1, kinds);
        if !children.is_empty() {
            item.insert("item".into(), children.into());
        }
        items.push(Value::Object(item));
    }
    items
}

fn item(words: &[String], kinds: &Kinds) -> Map<String, Value> {
    let (link_id, kind) = (&words[0], &words[1]);
    let mut item = Map::new();
    item.insert("linkId".into(), json!(link_id));
    item.insert("type".into(), json!(kind));
    item.insert("text".into(), json!(format!("Text of {link_id}")));
    let mut extensions = Vec::new();
    let mut conditions = Vec::new();
    let mut initial = Vec::new();
    for word in &words[2..] {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let core = |name: &str, kind: &str, value: Value| {
            let mut extension = Map::new();
            extension.insert("url".into(), json!(format!("{CORE}{name}")));
            extension.insert(format!("value{kind}"), value);
            Value::Object(extension)
        };
        let number = || serde_json::from_str::<Value>(value).unwrap();
        match name {
            "required" | "repeats" => drop(item.insert(name.into(), json!(true))),
            "readonly" => drop(item.insert("readOnly".into(), json!(true))),
            "hidden" => extensions.push(core("questionnaire-hidden", "Boolean", json!(true))),
            "any" | "all" => drop(item.insert("enableBehavior".into(), json!(name))),
            "text" => drop(item.insert("text".into(), json!(value))),
            "cy" => drop(item.insert("_text".into(), translation(value))),
            "definition" => drop(item.insert("definition".into(), json!(value))),
            "maxlength" => drop(item.insert("maxLength".into(), number())),
            "minlength" => extensions.push(core("minLength", "Integer", number())),
            "decimals" => extensions.push(core("maxDecimalPlaces", "Integer", number())),
            "minoccurs" => extensions.push(core("questionnaire-minOccurs", "Integer", number())),
            "maxoccurs" => extensions.push(core("questionnaire-maxOccurs", "Integer", number())),
            "regex" => extensions.push(core("regex", "String", json!(value))),
            "entry" => extensions.push(core("entryFormat", "String", json!(value))),
            "least" | "most" => {
                let (typed, limit) = match kind.as_str() {
                    "quantity" => ("Decimal", number()),
                    kind => fhir(kind, "codes", value),
                };
                extensions.push(core(if name == "least" { "minValue" } else { "maxValue" }, typed, limit));
            }
            "control" => extensions.push(core(
                "questionnaire-itemControl",
                "CodeableConcept",
                json!({"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": value}]}),
            )),
            "unit" => extensions.push(core("questionnaire-unit", "Coding", unit(value))),
            "units" => {
                extensions.extend(value.split(',').map(|code| core("questionnaire-unitOption", "Coding", unit(code))));
            }
            "openlabel" => extensions.push(json!({"url": format!("{SDC}sdc-questionnaire-openLabel"), "valueString": value})),
            "options" | "strings" | "integers" | "dates" | "times" => {
                item.insert("answerOption".into(), value.split(',').map(|code| option(name, code)).collect());
            }
            "initial" => {
                let (typed, value) = fhir(kind, kinds[link_id].1, value);
                initial.push(json!({ format!("value{typed}"): value }));
            }
            "when" => conditions.push(condition(value, kinds)),
            other => panic!("{link_id}: {other} is no flag"),
        }
    }
    for (name, list) in [("extension", extensions), ("enableWhen", conditions), ("initial", initial)] {
        if !list.is_empty() {
            item.insert(name.into(), list.into());
        }
    }
    item
}

fn unit(code: &str) -> Value {
    json!({"system": UNITS, "code": code, "display": code})
}

fn translation(text: &str) -> Value {
    json!({"extension": [{
        "url": format!("{CORE}translation"),
        "extension": [{"url": "lang", "valueCode": "cy"}, {"url": "content", "valueString": text}],
    }]})
}

/// `code`, `!code` for an exclusive one, `*code` for one selected at the start, `code~Welsh words`.
fn option(kind: &str, written: &str) -> Value {
    let code = written.trim_start_matches(['!', '*']);
    let (code, welsh) = code.split_once('~').map_or((code, None), |(code, welsh)| (code, Some(welsh)));
    let (typed, mut value) = fhir("choice", kind, code);
    if let Some(welsh) = welsh {
        value = json!({"system": SYSTEM, "code": code, "display": code, "_display": translation(welsh)});
    }
    let mut option = json!({ format!("value{typed}"): value });
    if written.contains('!') {
        option["extension"] =
            json!([{"url": format!("{CORE}questionnaire-optionExclusive"), "valueBoolean": true}]);
    }
    if written.contains('*') {
        option["initialSelected"] = json!(true);
    }
    option
}

/// `question,operator,value`.
fn condition(written: &str, kinds: &Kinds) -> Value {
    let mut parts = written.splitn(3, ',');
    let (question, operator, value) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let (kind, options) = &kinds[question];
    let (typed, value) = match (operator, kind.as_str()) {
        ("exists", _) => ("Boolean", json!(value == "yes")),
        (_, "url") => ("String", json!(value)),
        (_, kind) => fhir(kind, options, value),
    };
    json!({"question": question, "operator": operator, format!("answer{typed}"): value})
}
