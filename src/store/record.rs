//! The JSON form of answers in progress, as they are kept. Lossless for every answer; walked by hand, so
//! that a field a later program adds is passed over instead of refused.
//!
//! Reading back is all or nothing: a draft of which one answer cannot be read is not a shorter draft.

use crate::domain::answer::{Answer, Coding, Held, Number, Place, Quantity, Skip};
use crate::domain::draft::{Draft, Stamp};
use crate::domain::ids::{InstrumentId, ResponseId};
use crate::domain::showing::{Occasion, Showing};
use crate::domain::text::Text;
use serde_json::{Map, Value};

/// A draft as it stood when it was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedDraft {
    /// The answers.
    pub draft: Draft,
    /// When, in milliseconds since 1970 by the device's clock.
    pub saved_at: u64,
}

impl SavedDraft {
    /// As JSON.
    pub fn write(draft: &Draft, saved_at: u64) -> String {
        let held = draft.held.iter().map(|(place, (stamp, held))| {
            let mut entry = stamped(stamp);
            entry.insert("at".into(), place.key().into());
            let (kind, value) = match held {
                Held::Answers(answers) => ("answers", answers.iter().map(write_answer).collect()),
                Held::Typed(text) => ("typed", text_value(text)),
                Held::Skipped(skip) => ("skipped", skip.code().into()),
                Held::Repetitions(numbers) => ("repetitions", numbers.iter().copied().collect()),
            };
            entry.insert(kind.into(), value);
            Value::Object(entry)
        });
        let mut record = Map::new();
        record.insert("id".into(), draft.id.as_str().into());
        record.insert("instrument".into(), write_instrument_id(&draft.instrument));
        record.insert("saved_at".into(), saved_at.into());
        record.insert("held".into(), held.collect());
        if let Some((stamp, at)) = &draft.step {
            let mut step = stamped(stamp);
            step.insert("at".into(), text_value(at));
            record.insert("step".into(), step.into());
        }
        if !draft.showings.is_empty() {
            let showings = draft.showings.iter().map(|showing| {
                let mut entry = Map::new();
                entry.insert("at".into(), text_value(&showing.at));
                entry.insert("occasion".into(), showing.occasion.code().into());
                Value::Object(entry)
            });
            record.insert("showings".into(), showings.collect());
        }
        if !draft.gone_on.is_empty() {
            let gone_on = draft.gone_on.iter().map(|(place, stamp)| {
                let mut entry = stamped(stamp);
                entry.insert("at".into(), place.key().into());
                Value::Object(entry)
            });
            record.insert("gone_on".into(), gone_on.collect());
        }
        Value::Object(record).to_string()
    }

    /// Reads it back; `None` when any of it is not what we would have written.
    pub fn read(text: &str) -> Option<Self> {
        let record: Value = serde_json::from_str(text).ok()?;
        let id = ResponseId::parse(record.get("id")?.as_str()?)?;
        let mut draft = Draft::new(id, read_instrument_id(record.get("instrument")?)?);
        for entry in record.get("held")?.as_array()? {
            let place = Place::from_key(entry.get("at")?.as_str()?)?;
            draft.held.insert(place, (read_stamp(entry)?, read_held(entry)?));
        }
        if let Some(step) = record.get("step") {
            draft.step = Some((read_stamp(step)?, step.get("at")?.as_str()?.into()));
        }
        for entry in list(&record, "showings")? {
            let occasion = Occasion::from_code(entry.get("occasion")?.as_str()?)?;
            draft.show_help(Showing { at: entry.get("at")?.as_str()?.into(), occasion });
        }
        for entry in list(&record, "gone_on")? {
            draft.gone_on.insert(Place::from_key(entry.get("at")?.as_str()?)?, read_stamp(entry)?);
        }
        Some(Self { draft, saved_at: record.get("saved_at")?.as_u64()? })
    }
}

/// The entries of a list that may be absent; `None` when it is no list.
fn list<'r>(record: &'r Value, key: &str) -> Option<&'r [Value]> {
    record.get(key).map_or(Some(&[]), |list| list.as_array().map(Vec::as_slice))
}

/// `{"url": …, "version": …}`.
pub fn write_instrument_id(id: &InstrumentId) -> Value {
    let mut value = Map::new();
    value.insert("url".into(), id.url().into());
    put(&mut value, "version", id.version());
    value.into()
}

/// Reads it back.
pub fn read_instrument_id(value: &Value) -> Option<InstrumentId> {
    Some(InstrumentId::new(value.get("url")?.as_str()?, read_text(value, "version")?.as_deref()))
}

fn stamped(stamp: &Stamp) -> Map<String, Value> {
    let mut value = Map::new();
    value.insert("tick".into(), stamp.tick.into());
    value.insert("writer".into(), text_value(&stamp.writer));
    value
}

fn read_stamp(value: &Value) -> Option<Stamp> {
    Some(Stamp { tick: value.get("tick")?.as_u64()?, writer: value.get("writer")?.as_str()?.into() })
}

fn read_held(entry: &Value) -> Option<Held> {
    if let Some(answers) = entry.get("answers") {
        return answers.as_array()?.iter().map(read_answer).collect::<Option<_>>().map(Held::Answers);
    }
    if let Some(text) = entry.get("typed") {
        return Some(Held::Typed(text.as_str()?.into()));
    }
    if let Some(code) = entry.get("skipped") {
        return Skip::from_code(code.as_str()?).map(Held::Skipped);
    }
    let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
    entry.get("repetitions")?.as_array()?.iter().map(number).collect::<Option<_>>().map(Held::Repetitions)
}

/// One answer: an object whose only key says its type.
fn write_answer(answer: &Answer) -> Value {
    let (kind, value) = match answer {
        Answer::Boolean(value) => ("boolean", Value::Bool(*value)),
        // As text: the digits are the answer, and no JSON reader on the way may round them.
        Answer::Decimal(number) => ("decimal", number.as_str().into()),
        Answer::Integer(value) => ("integer", (*value).into()),
        Answer::Date(text) => ("date", text_value(text)),
        Answer::DateTime(text) => ("dateTime", text_value(text)),
        Answer::Time(text) => ("time", text_value(text)),
        Answer::Text(text) => ("text", text_value(text)),
        Answer::Url(text) => ("url", text_value(text)),
        Answer::Coding(coding) => ("coding", write_coding(coding)),
        Answer::Quantity(quantity) => ("quantity", write_quantity(quantity)),
    };
    let mut object = Map::new();
    object.insert(kind.into(), value);
    object.into()
}

fn read_answer(value: &Value) -> Option<Answer> {
    let (kind, value) = value.as_object()?.iter().next()?;
    let text = || value.as_str().map(Box::from);
    match kind.as_str() {
        "boolean" => value.as_bool().map(Answer::Boolean),
        "decimal" => Number::parse(value.as_str()?).map(Answer::Decimal),
        "integer" => i32::try_from(value.as_i64()?).ok().map(Answer::Integer),
        "date" => text().map(Answer::Date),
        "dateTime" => text().map(Answer::DateTime),
        "time" => text().map(Answer::Time),
        "text" => text().map(Answer::Text),
        "url" => text().map(Answer::Url),
        "coding" => read_coding(value).map(Answer::Coding),
        "quantity" => read_quantity(value).map(Answer::Quantity),
        _ => None,
    }
}

fn write_coding(coding: &Coding) -> Value {
    let mut value = Map::new();
    put(&mut value, "system", coding.system.as_deref());
    put(&mut value, "version", coding.version.as_deref());
    put(&mut value, "code", coding.code.as_deref());
    if let Some(display) = &coding.display {
        value.insert("display".into(), display.as_str().into());
        if !display.translations().is_empty() {
            let pairs = display.translations().iter();
            let pairs = pairs.map(|(tag, words)| Value::Array(vec![text_value(tag), text_value(words)]));
            value.insert("translations".into(), pairs.collect());
        }
    }
    value.into()
}

fn read_coding(value: &Value) -> Option<Coding> {
    let display = match read_text(value, "display")? {
        None => None,
        Some(words) => {
            let pair = |pair: &Value| Some((pair.get(0)?.as_str()?.into(), pair.get(1)?.as_str()?.into()));
            let translations = match value.get("translations") {
                None => Vec::new(),
                Some(pairs) => pairs.as_array()?.iter().map(pair).collect::<Option<_>>()?,
            };
            Some(Text::translated(&words, translations))
        }
    };
    Some(Coding {
        system: read_text(value, "system")?,
        version: read_text(value, "version")?,
        code: read_text(value, "code")?,
        display,
    })
}

fn write_quantity(quantity: &Quantity) -> Value {
    let mut value = Map::new();
    value.insert("value".into(), quantity.value.as_str().into());
    put(&mut value, "unit", quantity.unit.as_deref());
    put(&mut value, "system", quantity.system.as_deref());
    put(&mut value, "code", quantity.code.as_deref());
    value.into()
}

fn read_quantity(value: &Value) -> Option<Quantity> {
    Some(Quantity {
        value: Number::parse(value.get("value")?.as_str()?)?,
        unit: read_text(value, "unit")?,
        system: read_text(value, "system")?,
        code: read_text(value, "code")?,
    })
}

fn text_value(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn put(object: &mut Map<String, Value>, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        object.insert(key.to_owned(), text.into());
    }
}

/// `Some(None)` when there is no such field, `None` when it is there and is not text.
fn read_text(value: &Value, key: &str) -> Option<Option<Box<str>>> {
    match value.get(key) {
        None => Some(None),
        Some(text) => text.as_str().map(|text| Some(text.into())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::ids::LinkId;

    fn place(link_id: &str, within: &[u32]) -> Place {
        Place { link_id: LinkId::new(link_id), within: within.to_vec() }
    }

    /// Every kind of answer and of holding, with awkward texts.
    fn full() -> Draft {
        let mut draft = Draft::new(
            ResponseId::from_random([3; 16]),
            InstrumentId::new("https://a.example/q", Some("1|0")),
        );
        let awkward = " \u{0}\t\n\"\\ é e\u{301} 🙂 \u{2028}<script>";
        let coding = Coding {
            system: Some("http://loinc.org".into()),
            version: Some("2".into()),
            code: Some("LA6568-5".into()),
            display: Some(Text::translated(
                "Yes",
                vec![("cy".into(), "Ydw".into()), ("cy".into(), "Ie".into())],
            )),
        };
        let quantity = |unit: Option<&str>| {
            Answer::Quantity(Quantity {
                value: Number::parse("-0.10e-3").unwrap(),
                unit: unit.map(Into::into),
                system: None,
                code: unit.map(Into::into),
            })
        };
        let answers = vec![
            Answer::Boolean(true),
            Answer::Boolean(false),
            Answer::Decimal(Number::parse("12345678901234567890.1234567890123456700").unwrap()),
            Answer::Integer(i32::MIN),
            Answer::Integer(i32::MAX),
            Answer::Date("2026-02".into()),
            Answer::DateTime("2026-02-28T23:59:59.999+01:00".into()),
            Answer::Time("07:30:00".into()),
            Answer::Text(awkward.into()),
            Answer::Text("".into()),
            Answer::Url("https://a.example/?q=1#x".into()),
            Answer::Coding(coding),
            Answer::Coding(Coding { display: Some(Text::plain("own words")), ..Coding::default() }),
            Answer::Coding(Coding::default()),
            quantity(Some("kg")),
            quantity(None),
        ];
        draft.set(place("all", &[]), Held::Answers(answers), "w1");
        draft.set(place("taken#back", &[0, 7]), Held::Answers(vec![]), "w2");
        draft.set(place("typed", &[]), Held::Typed("12x".into()), "w1");
        draft.set(place("passed", &[]), Held::Skipped(Skip::PassedOver), "w1");
        draft.set(place("talk", &[1]), Held::Skipped(Skip::RatherTalk), "w1");
        draft.set(place("group", &[]), Held::Repetitions(vec![0, 2, u32::MAX]), "w1");
        draft.go_to("typed#", "w2");
        for occasion in [Occasion::Question, Occasion::End] {
            draft.show_help(Showing { at: "2026-11-22T09:05:00+00:00".into(), occasion });
        }
        draft.go_on_from(place("talk", &[1]));
        draft
    }

    #[test]
    fn every_answer_comes_back_as_it_was_kept() {
        let draft = full();
        let text = SavedDraft::write(&draft, 1_790_000_000_000);
        let back = SavedDraft::read(&text).unwrap();
        assert_eq!(back.saved_at, 1_790_000_000_000);
        assert_eq!(back.draft, draft);
        // Equality of numbers and codings is by value; the characters must be the same too.
        assert_eq!(format!("{:?}", back.draft), format!("{draft:?}"));
    }

    #[test]
    fn a_draft_of_which_a_part_cannot_be_read_is_not_read_at_all() {
        let text = SavedDraft::write(&full(), 1);
        let record: Value = serde_json::from_str(&text).unwrap();
        for (path, wrong) in [
            ("/id", "x".into()),
            ("/instrument", Value::Null),
            ("/saved_at", "1".into()),
            ("/held/0/at", "no hash".into()),
            ("/held/0/tick", (-1).into()),
            ("/held/0/answers/2/decimal", "1,5".into()),
            ("/held/0/answers/3/integer", 2_147_483_648_u64.into()),
            ("/held/0/answers/0", Value::Null),
            ("/held/0/answers/11/coding/display", 1.into()),
            ("/step/at", Value::Null),
            ("/showings/0/occasion", "elsewhere".into()),
            ("/gone_on/0/at", "no hash".into()),
        ] {
            let mut record = record.clone();
            *record.pointer_mut(path).unwrap() = wrong;
            assert_eq!(SavedDraft::read(&record.to_string()), None, "{path}");
        }
    }

    #[test]
    fn fields_of_a_later_program_are_passed_over() {
        let text = SavedDraft::write(&full(), 1);
        let later = text.replacen('{', r#"{"mood":[1,{"x":null}],"#, 1);
        assert_eq!(SavedDraft::read(&later).unwrap().draft, full());
    }
}
