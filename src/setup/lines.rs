//! Lists that a practice writes one line at a time, and what else a configuration may say of an entry.
//!
//! A configuration can hold more than a line does: another language, a note below a place. An entry whose line
//! was not touched is kept as it was.

use serde_json::{Map, Value, json};

/// The entries for these lines: as they were, where a line still reads as one did; else made from the line.
pub fn merged(
    text: &str,
    before: Option<&Value>,
    read: impl Fn(&Value) -> Option<String>,
    make: impl Fn(&str) -> Value,
) -> Vec<Value> {
    let before: Vec<(String, &Value)> = before
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some((read(entry)?, entry)))
        .collect();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let same = before.iter().find(|(was, _)| was == line);
            same.map_or_else(|| make(line), |(_, entry)| (*entry).clone())
        })
        .collect()
}

/// The lines of a list.
pub fn shown(list: Option<&Value>, read: impl Fn(&Value) -> Option<String>) -> String {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    entries.filter_map(read).collect::<Vec<_>>().join("\n")
}

/// A practice's own words in English: a text, or one of several by language.
pub fn english(words: &Value) -> Option<String> {
    let text = words.as_str().or_else(|| words.get("en-GB")?.as_str());
    text.map(str::to_owned)
}

/// A questionnaire on offer as a line: its name, its address, and how many minutes it takes.
pub fn questionnaire(offer: &Value) -> Option<String> {
    let mut line = offer.get("id")?.as_str()?.to_owned();
    if let Some(url) = offer.get("url").and_then(Value::as_str) {
        line = [&line, " ", url].concat();
    }
    if let Some(minutes) = offer.get("minutes").and_then(Value::as_u64) {
        line = [&line, " ", &minutes.to_string()].concat();
    }
    Some(line)
}

/// The questionnaire of a line.
pub fn questionnaire_of(line: &str) -> Value {
    let mut words = line.split_whitespace();
    let mut offer = Map::new();
    offer.insert("id".to_owned(), Value::from(words.next().unwrap_or_default()));
    for word in words {
        match word.parse::<u32>() {
            Ok(minutes) => offer.insert("minutes".to_owned(), Value::from(minutes)),
            Err(_) => offer.insert("url".to_owned(), Value::from(word)),
        };
    }
    Value::Object(offer)
}

/// A place to get help as a line: what it is called, then its phone number or what to text.
pub fn place(card: &Value) -> Option<String> {
    let heading = card.get("heading")?.as_str()?;
    let contact = match (card.get("phone").and_then(Value::as_str), card.get("text")) {
        (Some(phone), _) => phone.to_owned(),
        (None, Some(text)) => {
            ["text ", text.get("keyword")?.as_str()?, " to ", text.get("number")?.as_str()?].concat()
        }
        (None, None) => return None,
    };
    Some([heading, ", ", &contact].concat())
}

/// The place of a line.
pub fn place_of(line: &str) -> Value {
    let (heading, contact) = line.rsplit_once(',').unwrap_or((line, ""));
    let (heading, contact) = (heading.trim(), contact.trim());
    let text = contact.strip_prefix("text ").and_then(|rest| rest.split_once(" to "));
    match text {
        Some((keyword, number)) => {
            json!({ "heading": heading, "text": { "keyword": keyword.trim(), "number": number.trim() } })
        }
        None => json!({ "heading": heading, "phone": contact }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_touched_keeps_what_a_line_cannot_say() {
        let before = json!([{ "en-GB": "We call you.", "pl": "Zadzwonimy." }, "You decide."]);
        let text = shown(Some(&before), english);
        assert_eq!(text, "We call you.\nYou decide.");
        let make = |line: &str| Value::from(line);
        let after = merged("You decide.\n\n We call you. \nNew", Some(&before), english, make);
        assert_eq!(
            after,
            [json!("You decide."), json!({ "en-GB": "We call you.", "pl": "Zadzwonimy." }), json!("New")]
        );
    }

    #[test]
    fn a_line_and_its_entry_say_the_same() {
        for (line, offer) in [
            ("own forms/own.json", json!({ "id": "own", "url": "forms/own.json" })),
            (
                "who5 packs/who5/who5.json 2",
                json!({ "id": "who5", "url": "packs/who5/who5.json", "minutes": 2 }),
            ),
        ] {
            assert_eq!(questionnaire_of(line), offer);
            assert_eq!(questionnaire(&offer).as_deref(), Some(line));
        }
        for (line, card) in [
            (
                "Riverside, café and garden, 01632 960 001",
                json!({ "heading": "Riverside, café and garden", "phone": "01632 960 001" }),
            ),
            (
                "If you would rather text, text CALMER to 85258",
                json!({ "heading": "If you would rather text", "text": { "keyword": "CALMER", "number": "85258" } }),
            ),
        ] {
            assert_eq!(place_of(line), card);
            assert_eq!(place(&card).as_deref(), Some(line));
        }
    }
}
