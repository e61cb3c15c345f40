//! Generated and mutated questionnaires and responses: each is read or refused, none stops the reader, and
//! what is read keeps every promise `domain::instrument` makes. `WM_FUZZ=100000` sets the number of cases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::rc::Rc;
use what_matters::domain::answer::{Answer, Held};
use what_matters::domain::ids::ResponseId;
use what_matters::domain::instrument::{Instrument, Item, ItemKind, Test};
use what_matters::engine::Session;
use what_matters::fhir::read::response::response;
use what_matters::fhir::read::{ValueSets, limits, survey};
use what_matters::fhir::write::{self, Header, Mode, Status};

fn cases() -> u32 {
    std::env::var("WM_FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(400)
}

/// Small fast random numbers (xorshift64*), so that a case is known by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.roll(list.len())]
    }
}

const TYPES: [&str; 19] = [
    "group",
    "group",
    "display",
    "boolean",
    "decimal",
    "integer",
    "date",
    "dateTime",
    "time",
    "string",
    "text",
    "url",
    "choice",
    "choice",
    "open-choice",
    "quantity",
    "attachment",
    "reference",
    "question",
];
const CONTROLS: [&str; 16] = [
    "slider",
    "radio-button",
    "check-box",
    "drop-down",
    "autocomplete",
    "text-area",
    "page",
    "gtable",
    "help",
    "unit",
    "lower",
    "upper",
    "header",
    "footer",
    "flyover",
    "unheard-of",
];
const EXTENSIONS: [&str; 22] = [
    "questionnaire-itemControl",
    "questionnaire-hidden",
    "minValue",
    "maxValue",
    "maxDecimalPlaces",
    "minLength",
    "regex",
    "entryFormat",
    "questionnaire-minOccurs",
    "questionnaire-maxOccurs",
    "questionnaire-unit",
    "questionnaire-unitOption",
    "questionnaire-sliderStepValue",
    "questionnaire-choiceOrientation",
    "questionnaire-supportLink",
    "ordinalValue",
    "questionnaire-optionExclusive",
    "questionnaire-optionPrefix",
    "translation",
    "rendering-xhtml",
    "rendering-markdown",
    "questionnaire-usageMode",
];
const KINDS: [&str; 14] = [
    "Boolean",
    "Decimal",
    "Integer",
    "Date",
    "DateTime",
    "Time",
    "String",
    "Uri",
    "Coding",
    "Quantity",
    "Code",
    "Markdown",
    "CodeableConcept",
    "Reference",
];

fn odd(dice: &mut Dice) -> Value {
    match dice.roll(9) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1.5),
        4 => json!(""),
        5 => json!([]),
        6 => json!({}),
        7 => json!("é\u{202e}\u{0}<script>"),
        _ => json!([{"a": 1}, null, "x"]),
    }
}

fn value(dice: &mut Dice, kind: &str) -> Value {
    if dice.one_in(40) {
        return odd(dice);
    }
    match kind {
        "Boolean" => json!(dice.one_in(2)),
        "Decimal" => json!(dice.roll(100) as f64 / 8.0),
        "Integer" => json!(dice.roll(12)),
        "Date" => json!(dice.pick(&["2026", "2026-11", "2026-11-22", "1999-02-29"])),
        "DateTime" => {
            json!(dice.pick(&["2026-11-22T09:30:00Z", "2026-11-22", "2026-11-22T09:30:00+01:00", "now"]))
        }
        "Time" => json!(dice.pick(&["09:30:00", "23:59:59.5", "9am"])),
        "Coding" => {
            json!({"system": "s", "code": *dice.pick(&["a", "b", "c"]), "display": *dice.pick(&["A", "B", ""])})
        }
        "Quantity" => json!({"value": dice.roll(50), "unit": "kg", "code": "kg"}),
        "CodeableConcept" => json!({"coding": [{"code": *dice.pick(&CONTROLS)}]}),
        "Reference" => json!({"reference": "Patient/1"}),
        "Uri" => json!(dice.pick(&["https://a.example", "javascript:x"])),
        _ => json!(dice.pick(&["a", "b", "[a-z]+", "(?=x)", "<p>x</p>", "**x**", "horizontal", "display"])),
    }
}

fn typed(dice: &mut Dice, prefix: &str, kind: &str) -> Value {
    let kind = if dice.one_in(12) { *dice.pick(&KINDS) } else { kind };
    let mut map = Map::new();
    map.insert([prefix, kind].concat(), value(dice, kind));
    if dice.one_in(30) {
        let other = *dice.pick(&KINDS);
        map.insert([prefix, other].concat(), value(dice, other));
    }
    Value::Object(map)
}

fn extension(dice: &mut Dice) -> Value {
    let name = *dice.pick(&EXTENSIONS);
    let kind = match name {
        "questionnaire-itemControl" => "CodeableConcept",
        "questionnaire-hidden" | "questionnaire-optionExclusive" => "Boolean",
        "questionnaire-unit" | "questionnaire-unitOption" => "Coding",
        "questionnaire-supportLink" => "Uri",
        "minValue" | "maxValue" => *dice.pick(&["Integer", "Integer", "Decimal", "Date"]),
        "ordinalValue" => "Decimal",
        "regex" | "entryFormat" | "questionnaire-optionPrefix" | "rendering-xhtml" => "String",
        "rendering-markdown" => "Markdown",
        "questionnaire-choiceOrientation" | "questionnaire-usageMode" => "Code",
        _ => "Integer",
    };
    let mut extension = typed(dice, "value", kind);
    extension["url"] = match dice.roll(60) {
        0 => odd(dice),
        1 => json!("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"),
        2 => json!("https://a.example/unknown"),
        _ => json!(["http://hl7.org/fhir/StructureDefinition/", name].concat()),
    };
    extension
}

fn kind_of(item_type: &str) -> &'static str {
    match item_type {
        "boolean" => "Boolean",
        "decimal" => "Decimal",
        "integer" => "Integer",
        "date" => "Date",
        "dateTime" => "DateTime",
        "time" => "Time",
        "choice" | "open-choice" => "Coding",
        "quantity" => "Quantity",
        "url" => "Uri",
        _ => "String",
    }
}

/// A few items, each likely to be right. `known` are the link ids and types so far.
fn items(dice: &mut Dice, depth: usize, known: &mut Vec<(String, &'static str)>) -> Value {
    let mut list = Vec::new();
    for _ in 0..1 + dice.roll(4) {
        let most = if dice.one_in(9) { 19 } else { 16 };
        let offered = if depth > 3 { &TYPES[2..16] } else { &TYPES[..most] };
        let item_type = *dice.pick(offered);
        let link_id = if dice.one_in(60) { "1".to_owned() } else { (known.len() + 1).to_string() };
        let mut item = json!({"linkId": link_id, "type": item_type, "text": "?"});
        if !known.is_empty() && dice.one_in(3) {
            let conditions: Vec<_> = (0..1 + dice.roll(2)).map(|_| condition(dice, known)).collect();
            item["enableWhen"] = json!(conditions);
            item["enableBehavior"] = json!(dice.pick(&["all", "any"]));
        }
        known.push((link_id, item_type));
        if matches!(item_type, "choice" | "open-choice") && dice.one_in(5) {
            item["answerValueSet"] = json!("#v");
        } else if matches!(item_type, "choice" | "open-choice") {
            item["answerOption"] = (0..1 + dice.roll(4)).map(|_| typed(dice, "value", "Coding")).collect();
        }
        if dice.one_in(3) {
            item["extension"] = (0..1 + dice.roll(3)).map(|_| extension(dice)).collect();
        }
        for flag in ["required", "repeats", "readOnly"] {
            if dice.one_in(6) {
                item[flag] = json!(true);
            }
        }
        if dice.one_in(8) {
            item["initial"] = json!([typed(dice, "value", kind_of(item_type))]);
        }
        if item_type == "group" || depth < 4 && dice.one_in(6) {
            item["item"] = items(dice, depth + 1, known);
        }
        if dice.one_in(80) {
            let name = *dice.pick(&[
                "linkId",
                "type",
                "text",
                "item",
                "answerOption",
                "enableWhen",
                "maxLength",
                "prefix",
                "option",
            ]);
            item[name] = odd(dice);
        }
        list.push(item);
    }
    Value::Array(list)
}

fn condition(dice: &mut Dice, known: &[(String, &'static str)]) -> Value {
    let (question, item_type) = dice.pick(known).clone();
    let operator = *dice.pick(&["=", "!=", "exists", ">", "<", ">=", "<=", "=", "exists", "~"]);
    let kind = if operator == "exists" { "Boolean" } else { kind_of(item_type) };
    let mut condition = typed(dice, "answer", kind);
    condition["question"] = json!(question);
    condition["operator"] = json!(operator);
    condition
}

/// A value set of each kind there is.
fn value_set(dice: &mut Dice) -> Value {
    let concept = |dice: &mut Dice| match dice.roll(9) {
        0 => odd(dice),
        1 => json!({"code": "z"}),
        _ => {
            json!({"code": *dice.pick(&["a", "b", "c"]), "display": "A", "designation": [{"language": "cy", "value": "Â"}]})
        }
    };
    let concepts: Vec<_> = (0..dice.roll(4)).map(|_| concept(dice)).collect();
    let include = match dice.roll(6) {
        0 => json!({"system": "s"}),
        1 => json!({"valueSet": ["#v"]}),
        2 => json!({"system": "cs", "concept": concepts}),
        3 => json!({"system": "s", "filter": odd(dice)}),
        _ => json!({"system": "s", "concept": concepts}),
    };
    match dice.roll(4) {
        0 => json!({"resourceType": "ValueSet", "id": "v", "expansion": {"contains": concepts}}),
        1 => {
            json!({"resourceType": "ValueSet", "id": "v", "compose": {"include": [include], "exclude": [include]}})
        }
        _ => json!({"resourceType": "ValueSet", "id": "v", "compose": {"include": [include, include]}}),
    }
}

fn generated(dice: &mut Dice) -> Value {
    let items = items(dice, 0, &mut Vec::new());
    let sets = json!([value_set(dice), {"resourceType": "CodeSystem", "url": "cs", "concept": [{"code": "a", "display": "A"}]}]);
    json!({"resourceType": "Questionnaire", "url": "https://a.example/q", "status": "active", "contained": sets, "item": items})
}

/// Changes something somewhere: a value replaced, a member renamed, removed or copied to another place.
fn mutate(dice: &mut Dice, root: &mut Value) {
    let mut at = root;
    for _ in 0..dice.roll(10) {
        let deeper = match at {
            Value::Array(list) if !list.is_empty() => dice.roll(list.len()).into(),
            Value::Object(map) if !map.is_empty() => Some(dice.roll(map.len())),
            _ => None,
        };
        let Some(index) = deeper else { break };
        at = match at {
            Value::Array(list) => &mut list[index],
            Value::Object(map) => map.values_mut().nth(index).unwrap(),
            _ => unreachable!(),
        };
    }
    match (dice.roll(4), &mut *at) {
        (0, _) => *at = odd(dice),
        (1, Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(dice.roll(map.len())).unwrap().clone();
            map.remove(&key);
        }
        (2, Value::Array(list)) if !list.is_empty() => {
            let copy = list[dice.roll(list.len())].clone();
            list.push(copy);
        }
        (3, Value::Object(map)) => {
            let inner = Value::Object(map.clone());
            map.insert(
                dice.pick(&["item", "extension", "valueCoding", "modifierExtension", "_text"]).to_string(),
                json!([inner]),
            );
        }
        _ => *at = odd(dice),
    }
}

/// Holds an instrument to what its documentation promises.
fn check(instrument: &Instrument) {
    let mut seen = BTreeSet::new();
    assert!(!instrument.items.is_empty() && instrument.items.len() <= limits::ITEMS);
    for (at, item) in instrument.items.iter().enumerate() {
        assert!(seen.insert(item.link_id.as_str()), "{} twice", item.link_id);
        assert!(item.parent.is_none_or(|parent| parent.index() < at), "a child before its parent");
        for child in &item.children {
            assert_eq!(instrument.item(*child).parent.map(|parent| parent.index()), Some(at));
        }
        assert!(item.occurs.most.is_none_or(|most| most >= item.occurs.least));
        assert!(item.initial.len() <= 1 || item.repeats);
        for condition in item.enable.iter().flat_map(|enable| enable.conditions.iter()) {
            let asked = instrument.item(condition.question);
            assert!(condition.question.index() != at);
            assert!(!matches!(asked.kind, ItemKind::Group(_) | ItemKind::Display(_)));
            if let Test::Compares(_, answer) = &condition.test {
                assert!(of_type(asked, answer), "{answer:?} on {:?}", asked.kind);
            }
        }
        for answer in &item.initial {
            assert!(of_type(item, answer), "{answer:?} in {:?}", item.kind);
        }
        kind_keeps_its_promises(instrument, item);
    }
    let under: BTreeSet<_> =
        instrument.items.iter().flat_map(|item| item.children.iter()).chain(&instrument.roots).collect();
    assert_eq!(under.len(), instrument.items.len(), "every item stands somewhere, once");
}

fn kind_keeps_its_promises(instrument: &Instrument, item: &Item) {
    match &item.kind {
        ItemKind::Integer(rule) => {
            if let Some(scale) = &rule.scale {
                let (least, most) =
                    (rule.least.as_ref().unwrap().value(), rule.most.as_ref().unwrap().value());
                assert!(scale.step >= 1 && most >= least && (most - least) / f64::from(scale.step) <= 100.0);
            }
        }
        ItemKind::Choice(rule) => {
            let around =
                std::iter::successors(Some(item), |item| item.parent.map(|parent| instrument.item(parent)));
            let fixed = item.read_only || around.into_iter().any(|item| item.hidden);
            assert!(rule.open || !rule.options.is_empty() || fixed);
            assert!(rule.options.iter().all(|option| !option.text.as_str().is_empty()));
        }
        _ => (),
    }
}

fn of_type(item: &Item, answer: &Answer) -> bool {
    match (&item.kind, answer) {
        (ItemKind::Boolean, Answer::Boolean(_))
        | (ItemKind::Decimal(_), Answer::Decimal(_))
        | (ItemKind::Integer(_), Answer::Integer(_) | Answer::Decimal(_))
        | (ItemKind::Date(_), Answer::Date(_))
        | (ItemKind::DateTime(_), Answer::DateTime(_))
        | (ItemKind::Time(_), Answer::Time(_))
        | (ItemKind::String(_) | ItemKind::Text(_), Answer::Text(_))
        | (ItemKind::Url(_), Answer::Url(_))
        | (ItemKind::Quantity(_), Answer::Quantity(_)) => true,
        (ItemKind::Choice(rule), answer) => {
            let own = matches!(answer, Answer::Text(_) | Answer::Coding(_));
            let listed = rule
                .options
                .iter()
                .any(|option| std::mem::discriminant(&option.value) == std::mem::discriminant(answer));
            listed || rule.options.is_empty() || rule.open && own
        }
        _ => false,
    }
}

/// Every path in a report leads somewhere in the file, or to the parent of what is missing there.
fn leads_somewhere(root: &Value, path: &str) -> bool {
    let mut at = root;
    let mut steps = path.split('.').filter(|step| !step.is_empty()).peekable();
    while let Some(step) = steps.next() {
        let (name, index) = match step.split_once('[') {
            Some((name, index)) => (name, index.trim_end_matches(']').parse::<usize>().ok()),
            None => (step, None),
        };
        let next = at.get(name).and_then(|next| index.map_or(Some(next), |index| next.get(index)));
        match next {
            Some(next) => at = next,
            None => return steps.peek().is_none(),
        }
    }
    true
}

fn read_or_refuse(text: &str, root: Option<&Value>) -> Option<Instrument> {
    let survey = survey(text, &ValueSets::default());
    assert_eq!(survey.instrument.is_some(), survey.refusals.is_empty());
    for refusal in &survey.refusals {
        assert!(!refusal.to_string().is_empty());
        // A link id may itself hold dots; no part of a path is made of one.
        assert!(root.is_none_or(|root| leads_somewhere(root, &refusal.path)), "{refusal:?}");
    }
    for note in &survey.notes {
        assert!(!note.to_string().is_empty() && note.times > 0);
    }
    survey.instrument.inspect(|instrument| {
        check(instrument);
        ask(instrument);
    })
}

/// What is read can be asked, and what it starts with is written and read back.
fn ask(instrument: &Instrument) {
    let mut session = Session::new(Rc::new(instrument.clone()));
    let header = Header {
        status: Status::InProgress,
        authored: "2026-11-22T09:30:00Z".into(),
        language: "en".into(),
        mode: Mode::Electronic,
        subject: None,
        source: None,
        help_shown: Vec::new(),
    };
    let written =
        write::response(instrument, &ResponseId::from_random([1; 16]), &header, &session.freeze("en"), None);
    let read = response(&written, instrument).expect("a response");
    assert!(read.mismatches.is_empty(), "{:?}\n{written}", read.mismatches);
    let misfits = session.restore(read.held);
    assert!(misfits.is_empty(), "{misfits:?}\n{written}");
}

/// A response that may or may not fit.
fn answered(dice: &mut Dice, instrument: &Instrument) -> Value {
    let mut items = Vec::new();
    for _ in 0..dice.roll(8) {
        let item = &instrument.items[dice.roll(instrument.items.len())];
        items.push(answered_item(dice, instrument, item, 0));
    }
    json!({"resourceType": "QuestionnaireResponse", "item": items})
}

fn answered_item(dice: &mut Dice, instrument: &Instrument, item: &Item, depth: usize) -> Value {
    let kind = match &item.kind {
        ItemKind::Boolean => "Boolean",
        ItemKind::Integer(_) => "Integer",
        ItemKind::Choice(_) => "Coding",
        _ => *dice.pick(&KINDS),
    };
    let below: Vec<_> = match depth {
        0..4 => item
            .children
            .iter()
            .map(|child| answered_item(dice, instrument, instrument.item(*child), depth + 1))
            .collect(),
        _ => Vec::new(),
    };
    let mut answer = typed(dice, "value", kind);
    answer["item"] = json!(below);
    json!({"linkId": item.link_id.as_str(), "answer": [answer, typed(dice, "value", kind)], "item": below})
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_questionnaire_is_read_or_refused(seed in 1..u64::MAX) {
        let mut dice = Dice(seed);
        let questionnaire = generated(&mut dice);
        if let Some(instrument) = read_or_refuse(&questionnaire.to_string(), Some(&questionnaire)) {
            let answers = answered(&mut dice, &instrument).to_string();
            let read = response(&answers, &instrument).expect("a response");
            let mut places = BTreeSet::new();
            for (place, held) in &read.held {
                prop_assert!(places.insert(place), "{place:?} twice");
                prop_assert!(instrument.find(place.link_id.as_str()).is_some());
                prop_assert!(!matches!(held, Held::Answers(answers) if answers.is_empty()));
            }
        }
    }

    #[test]
    fn a_mutated_questionnaire_is_read_or_refused(seed in 1..u64::MAX, ons4 in any::<bool>()) {
        let mut dice = Dice(seed);
        let mut questionnaire = match ons4 {
            true => serde_json::from_str(include_str!("../public/instruments/ons4.json")).unwrap(),
            false => generated(&mut dice),
        };
        for _ in 0..=dice.roll(6) {
            mutate(&mut dice, &mut questionnaire);
        }
        read_or_refuse(&questionnaire.to_string(), Some(&questionnaire));
    }

    #[test]
    fn cut_and_garbled_text_is_read_or_refused(seed in 1..u64::MAX) {
        let mut dice = Dice(seed);
        let mut bytes = generated(&mut dice).to_string().into_bytes();
        for _ in 0..=dice.roll(5) {
            if bytes.is_empty() {
                break;
            }
            let at = dice.roll(bytes.len());
            match dice.roll(3) {
                0 => bytes[at] = *dice.pick(b"{}[]\",:0e-\\n\xff"),
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
        read_or_refuse(&String::from_utf8_lossy(&bytes), None);
    }
}

#[test]
fn enough_of_what_is_generated_is_read() {
    let read = (1..400_u64).filter(|seed| {
        let text = generated(&mut Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))).to_string();
        read_or_refuse(&text, None).is_some()
    });
    let share = read.count();
    assert!((60..360).contains(&share), "{share} of 399 are read: the generator has lost its balance");
}
