//! What a region adds to the help numbers.
//!
//! It fails closed: any mistake in it, however small, and none of it is shown. The built-in numbers stand
//! either way, and the rest of the configuration is used. A half-read block could name a service without its
//! number, which is worse for someone in a crisis than no block.

use super::reader::{Reader, below, element};
use super::{ConfigFault, Mistake};
use crate::domain::help::{Card, MOST_CARDS, MOST_LETTERS, MOST_POINTS, Phone, Region, TextLine};
use serde_json::{Map, Value};

/// Reads the setting `help`: the whole of it, or every mistake in it.
#[inline(never)] // not needed for the first question
pub(super) fn read(value: &Value) -> Result<Region, Vec<ConfigFault>> {
    let mut reader = Reader::default();
    let region = region(&mut reader, value);
    match region {
        Some(region) if reader.faults.is_empty() => Ok(region),
        _ => Err(reader.faults),
    }
}

fn region(reader: &mut Reader, value: &Value) -> Option<Region> {
    let object = reader.object(value, "help", &["cards"])?;
    let Some(cards) = object.get("cards") else {
        reader.fault("help.cards", Mistake::Missing);
        return None;
    };
    let list = some(reader, cards, "help.cards", MOST_CARDS)?;
    let cards = list.iter().enumerate().filter_map(|(at, value)| {
        let path = element("help.cards", at);
        card(reader, value, &path)
    });
    Some(Region { cards: cards.collect() })
}

/// A list with one thing in it or more, and at most `most`.
fn some<'v>(reader: &mut Reader, value: &'v Value, path: &str, most: usize) -> Option<&'v [Value]> {
    let Some(list) = value.as_array() else {
        reader.fault(path, Mistake::NotAList);
        return None;
    };
    if list.is_empty() {
        reader.fault(path, Mistake::Missing);
    } else if list.len() > most {
        reader.fault(path, Mistake::TooMany);
    }
    Some(list)
}

fn card(reader: &mut Reader, value: &Value, path: &str) -> Option<Card> {
    let object = reader.object(value, path, &["heading", "points", "phone", "text"])?;
    let heading = reader.text(object, path, "heading", true);
    if heading.as_deref().is_some_and(is_long) {
        reader.fault(&below(path, "heading"), Mistake::TooLong);
    }
    let points_path = below(path, "points");
    let list = object.get("points").and_then(|value| some(reader, value, &points_path, MOST_POINTS));
    let mut points = Vec::new();
    for (at, value) in list.unwrap_or_default().iter().enumerate() {
        let path = element(&points_path, at);
        match value.as_str().map(str::trim) {
            Some(line) if is_long(line) => reader.fault(&path, Mistake::TooLong),
            Some(line) if !line.is_empty() => points.push(line.to_owned()),
            _ => reader.fault(&path, Mistake::NotAText),
        }
    }
    let call = object.contains_key("phone").then(|| phone(reader, object, path, "phone")).flatten();
    let text = object.get("text").and_then(|value| text_line(reader, value, &below(path, "text")));
    if !object.contains_key("phone") && !object.contains_key("text") {
        reader.fault(&below(path, "phone"), Mistake::Missing);
    }
    Some(Card { heading: heading?, points, call, text })
}

fn text_line(reader: &mut Reader, value: &Value, path: &str) -> Option<TextLine> {
    let object = reader.object(value, path, &["keyword", "number"])?;
    let keyword = reader.text(object, path, "keyword", true);
    let plain = |word: &str| word.len() <= 20 && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if keyword.as_deref().is_some_and(|keyword| !plain(keyword)) {
        reader.fault(&below(path, "keyword"), Mistake::NotAKeyword);
    }
    let number = phone(reader, object, path, "number");
    Some(TextLine { keyword: keyword?, number: number? })
}

fn phone(reader: &mut Reader, object: &Map<String, Value>, path: &str, key: &str) -> Option<Phone> {
    let text = reader.text(object, path, key, true)?;
    let phone = Phone::parse(&text);
    if phone.is_none() {
        reader.fault(&below(path, key), Mistake::NotAPhoneNumber);
    }
    phone
}

fn is_long(text: &str) -> bool {
    text.chars().count() > MOST_LETTERS
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::Config;
    use super::*;

    fn config(help: &str) -> Config {
        Config::read(&[r#"{"version": 1, "practice": {"name": "P"}, "help": "#, help, "}"].concat()).unwrap()
    }

    fn problems(help: &str) -> Vec<(String, Mistake)> {
        let config = config(help);
        assert_eq!(config.help, None, "a block with a mistake is not shown: {help}");
        config.problems.into_iter().map(|fault| (fault.path, fault.mistake)).collect()
    }

    /// The text line of the North East and North Cumbria (tewv.nhs.uk, 17 October 2025).
    const REGION: &str = r#"{"cards": [{"heading": "To text someone", "points": ["Day or night"],
        "text": {"keyword": "CALMER", "number": "85258"}}]}"#;

    #[test]
    fn a_region_adds_its_text_line() {
        let config = config(REGION);
        assert_eq!(config.problems, Vec::new());
        let card = config.help.unwrap().cards.remove(0);
        assert_eq!((card.heading.as_str(), card.call), ("To text someone", None));
        let text = card.text.unwrap();
        assert_eq!((text.keyword.as_str(), text.number.as_str()), ("CALMER", "85258"));
    }

    #[test]
    fn any_mistake_in_the_region_block_leaves_all_of_it_out_and_is_listed_with_its_path() {
        for (help, path, mistake) in [
            ("[]", "help", Mistake::NotAnObject),
            ("null", "help", Mistake::NotAnObject),
            ("{}", "help.cards", Mistake::Missing),
            (r#"{"cards": []}"#, "help.cards", Mistake::Missing),
            (r#"{"cards": {}}"#, "help.cards", Mistake::NotAList),
            (r#"{"cards": [{"heading": "A"}]}"#, "help.cards[0].phone", Mistake::Missing),
            (r#"{"cards": [{"phone": "111"}]}"#, "help.cards[0].heading", Mistake::Missing),
            (
                r#"{"cards": [{"heading": "A", "phone": "x"}]}"#,
                "help.cards[0].phone",
                Mistake::NotAPhoneNumber,
            ),
            (r#"{"cards": [{"heading": "A", "phone": null}]}"#, "help.cards[0].phone", Mistake::NotAText),
            (
                r#"{"cards": [{"heading": "A", "phone": "111", "points": [""]}]}"#,
                "help.cards[0].points[0]",
                Mistake::NotAText,
            ),
            (
                r#"{"cards": [{"heading": "A", "text": {"keyword": "A B", "number": "85258"}}]}"#,
                "help.cards[0].text.keyword",
                Mistake::NotAKeyword,
            ),
            (
                r#"{"cards": [{"heading": "A", "text": {"keyword": "A"}}]}"#,
                "help.cards[0].text.number",
                Mistake::Missing,
            ),
            (
                r#"{"cards": [{"heading": "A", "phone": "111", "link": "x"}]}"#,
                "help.cards[0].link",
                Mistake::UnknownKey,
            ),
            (
                r#"{"cards": [{"heading": "A", "phone": "111"}], "hide": ["999"]}"#,
                "help.hide",
                Mistake::UnknownKey,
            ),
        ] {
            assert!(problems(help).contains(&(path.to_owned(), mistake)), "{help}: {:?}", problems(help));
        }
    }

    #[test]
    fn a_block_too_long_to_find_the_numbers_in_is_left_out() {
        let card = r#"{"heading": "A", "phone": "111"}"#;
        let five = format!(r#"{{"cards": [{}]}}"#, [card; MOST_CARDS + 1].join(","));
        assert!(problems(&five).contains(&("help.cards".to_owned(), Mistake::TooMany)));
        let long =
            format!(r#"{{"cards": [{{"heading": "{}", "phone": "111"}}]}}"#, "a".repeat(MOST_LETTERS + 1));
        assert!(problems(&long).contains(&("help.cards[0].heading".to_owned(), Mistake::TooLong)));
    }

    #[test]
    fn one_good_card_beside_a_broken_one_is_left_out_with_it() {
        let both = r#"{"cards": [{"heading": "A", "phone": "111"}, {"heading": "B", "phone": ""}]}"#;
        assert_eq!(problems(both), vec![("help.cards[1].phone".to_owned(), Mistake::NotAText)]);
    }
}
