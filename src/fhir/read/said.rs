//! A response in words: each question as it was put, with its answers, without the questionnaire at hand.

use super::super::wire::{Findings, Object, Where};
use super::value;
use crate::domain::answer::Answer;
use serde_json::Value;

/// What a response says.
#[derive(Debug, PartialEq)]
pub struct Said {
    /// The language the questions were put in (BCP 47).
    pub language: Option<String>,
    /// Each question as it was put, with its answers.
    pub lines: Vec<(String, Vec<Answer>)>,
}

/// Each question of a `QuestionnaireResponse` in document order with its answers, those under groups and
/// other answers included, but for those with a link id that is not `wanted`; `None` if it is no response. An
/// answer of a type we never give is left out.
pub fn said(json: &str, wanted: impl Fn(&str) -> bool) -> Option<Said> {
    let response: Value = serde_json::from_str(json).ok()?;
    if response.get("resourceType").and_then(Value::as_str) != Some("QuestionnaireResponse") {
        return None;
    }
    let mut lines = Vec::new();
    let mut ahead: Vec<&Value> = list(&response, "item").iter().rev().collect();
    while let Some(item) = ahead.pop() {
        let words = |name: &str| item.get(name).and_then(Value::as_str);
        let answers = list(item, "answer");
        if !answers.is_empty() && words("linkId").is_none_or(&wanted) {
            let question = words("text").or(words("linkId")).unwrap_or_default();
            let given = answers.iter().filter_map(Value::as_object).filter_map(answer);
            lines.push((question.to_owned(), given.collect()));
        }
        ahead.extend(list(item, "item").iter().rev());
        ahead.extend(answers.iter().rev().flat_map(|answer| list(answer, "item").iter().rev()));
    }
    let language = response.get("language").and_then(Value::as_str).map(str::to_owned);
    Some(Said { language, lines })
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn answer(map: &Object) -> Option<Answer> {
    let mut found = Findings::default();
    let typed = value::find(map, "value", &Where::ROOT, &mut found)?;
    value::read(typed, map, &Where::ROOT, &mut found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_there_in_order_with_its_answers() {
        let json = r#"{"resourceType":"QuestionnaireResponse","language":"pl","item":[
            {"linkId":"g","text":"Group","item":[
                {"linkId":"a","text":"First?","answer":[{"valueInteger":7,"item":[{"linkId":"a.1","answer":[{"valueString":"why"}]}]}]},
                {"linkId":"b","text":"Skipped?"}]},
            {"linkId":"c","text":"Last?","answer":[{"valueBoolean":true},{"valueReference":{}}]}]}"#;
        let only = said(json, |link_id| link_id == "c").map(|said| said.lines.len());
        assert_eq!(only, Some(1));
        let expected = [
            ("First?", vec![Answer::Integer(7)]),
            ("a.1", vec![Answer::Text("why".into())]),
            ("Last?", vec![Answer::Boolean(true)]),
        ];
        let lines = expected.map(|(question, answers)| (question.to_owned(), answers)).to_vec();
        assert_eq!(said(json, |_| true), Some(Said { language: Some("pl".into()), lines }));
    }

    #[test]
    fn what_is_no_response_says_nothing() {
        for json in ["", "{}", "a.b.c.d.e", r#"{"resourceType":"Patient"}"#] {
            assert_eq!(said(json, |_| true), None);
        }
    }
}
