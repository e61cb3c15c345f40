//! Whether what a service shows is what we sent.
//!
//! The same content is: equal as JSON, but for what a server may write itself (`meta`, `text` of the
//! resource: its version and its narrative), for how numbers are written (servers do turn 12.50 into 12.5)
//! and for how a point in time is written (`+00:00` or `Z`, fractions of nothing, another zone). Anything
//! else that is missing, added or changed makes it another content: words and codes most of all.

use super::instant;
use crate::domain::answer::Number;
use crate::domain::ids::ResponseId;
use serde_json::{Map, Value};

/// FHIR's system for identifiers that are URIs.
pub const URI_SYSTEM: &str = "urn:ietf:rfc:3986";

/// What some JSON is to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Our response, with our content; the server's version of it, where it tells.
    Ours(Option<Box<str>>),
    /// Under our name, with other content.
    Altered,
    /// Something else: another response, an error, another kind of document.
    Unrelated,
}

/// Compares what a service shows with what we sent. `own_id` is whether the service was to keep our id:
/// then a resource of another id is not ours; otherwise the identifier alone names it.
pub fn compare(ours: &Value, theirs: &Value, id: &ResponseId, own_id: bool) -> Likeness {
    let whole = theirs;
    let Some(theirs) = theirs.as_object() else { return Likeness::Unrelated };
    if theirs.get("resourceType").and_then(Value::as_str) != Some("QuestionnaireResponse") {
        return Likeness::Unrelated;
    }
    let same_id = theirs.get("id").and_then(Value::as_str) == Some(id.as_str());
    let named = names(theirs, id);
    if if own_id { !same_id } else { !named } {
        return Likeness::Unrelated;
    }
    let passed_over = |key: &str| matches!(key, "meta" | "text") || (key == "id" && !own_id);
    let same = ours.as_object().is_some_and(|ours| {
        let known = |object: &Map<String, Value>| object.keys().filter(|key| !passed_over(key)).count();
        let mut ours_to_find = ours.iter().filter(|(key, _)| !passed_over(key));
        known(ours) == known(theirs)
            && ours_to_find.all(|(key, value)| theirs.get(key).is_some_and(|other| equal(key, value, other)))
    });
    if same && named { Likeness::Ours(version(whole)) } else { Likeness::Altered }
}

/// Compares what a service shows with the `Binary` we sent, `ours`. There is nothing in it that a service may
/// write another way but `meta` and, in `data`, white space (FHIR R4, `base64Binary`).
pub fn compare_binary(ours: &Value, theirs: &Value, id: &ResponseId) -> Likeness {
    let text = |name: &str| theirs.get(name).and_then(Value::as_str);
    if text("resourceType") != Some("Binary") || text("id") != Some(id.as_str()) {
        return Likeness::Unrelated;
    }
    let data: String = text("data").unwrap_or_default().split_ascii_whitespace().collect();
    let same = ours.get("data").and_then(Value::as_str) == Some(&data)
        && ours.get("contentType") == theirs.get("contentType")
        && theirs
            .as_object()
            .is_some_and(|theirs| theirs.keys().all(|key| key == "meta" || ours.get(key).is_some()));
    if same { Likeness::Ours(version(theirs)) } else { Likeness::Altered }
}

fn version(resource: &Value) -> Option<Box<str>> {
    resource.get("meta")?.get("versionId")?.as_str().map(Into::into)
}

/// Whether the resource carries our identifier.
fn names(resource: &Map<String, Value>, id: &ResponseId) -> bool {
    let identifier =
        |name: &str| resource.get("identifier").and_then(|identifier| identifier.get(name)?.as_str());
    identifier("system") == Some(URI_SYSTEM)
        && identifier("value").and_then(|value| value.strip_prefix("urn:uuid:")) == Some(id.as_str())
}

/// Depth is bounded: `serde_json` reads no more than 128 levels.
fn equal(key: &str, ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(key, value)| theirs.get(key).is_some_and(|other| equal(key, value, other)))
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(ours, theirs)| equal(key, ours, theirs))
        }
        (Value::Number(ours), Value::Number(theirs)) => {
            ours == theirs
                || Number::parse(&ours.to_string())
                    .is_some_and(|ours| Some(ours) == Number::parse(&theirs.to_string()))
        }
        (Value::String(ours), Value::String(theirs)) => {
            let moment = matches!(key, "authored" | "valueDateTime" | "valueInstant");
            let instant = || instant::from_fhir(ours).filter(|_| moment);
            ours == theirs || instant().is_some_and(|ours| Some(ours) == instant::from_fhir(theirs))
        }
        _ => ours == theirs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn id() -> ResponseId {
        ResponseId::from_random([1; 16])
    }

    fn ours() -> Value {
        json!({
            "resourceType": "QuestionnaireResponse", "id": id().as_str(),
            "identifier": {"system": URI_SYSTEM, "value": format!("urn:uuid:{}", id())},
            "questionnaire": "https://a.example/q|1", "status": "completed",
            "authored": "2026-02-28T23:59:59+00:00",
            "item": [
                {"linkId": "a", "text": "How much?", "answer": [{"valueDecimal": 12.5}]},
                {"linkId": "b", "answer": [{"valueString": "2026-02-28T23:59:59+00:00"}, {"valueBoolean": true}]}
            ]
        })
    }

    fn with(change: impl FnOnce(&mut Value)) -> Value {
        let mut value = ours();
        change(&mut value);
        value
    }

    #[test]
    fn what_a_server_may_write_itself_does_not_matter() {
        let theirs = with(|value| {
            value["meta"] = json!({"versionId": "3", "lastUpdated": "2026-02-28T23:59:59Z"});
            value["text"] = json!({"status": "generated", "div": "<div/>"});
            value["authored"] = json!("2026-02-28T23:59:59.000Z");
        });
        assert_eq!(compare(&ours(), &theirs, &id(), true), Likeness::Ours(Some("3".into())));
        let reformatted = ours().to_string().replace("12.5", "12.500");
        let theirs: Value = serde_json::from_str(&reformatted).unwrap_or_default();
        assert_eq!(compare(&ours(), &theirs, &id(), true), Likeness::Ours(None));
    }

    #[test]
    fn any_other_difference_is_another_content() {
        let changes: [fn(&mut Value); 11] = [
            |value| value["item"][0]["text"] = json!("How many?"),
            |value| value["item"][0]["answer"][0]["valueDecimal"] = json!(12.6),
            |value| value["item"][1]["answer"][1]["valueBoolean"] = json!(false),
            |value| value["item"][1]["answer"][0]["valueString"] = json!("2026-02-28T23:59:59Z"),
            |value| value["item"][1]["answer"] = json!([]),
            |value| drop(value["item"].as_array_mut().map(Vec::pop)),
            |value| value["status"] = json!("amended"),
            |value| value["questionnaire"] = json!("https://a.example/q"),
            |value| value["authored"] = json!("2026-02-28T23:59:58Z"),
            |value| value["modifierExtension"] = json!([{"url": "https://a.example/not"}]),
            |value| value["identifier"]["value"] = json!("urn:uuid:other"),
        ];
        for (at, change) in changes.into_iter().enumerate() {
            assert_eq!(compare(&ours(), &with(change), &id(), true), Likeness::Altered, "change {at}");
        }
    }

    #[test]
    fn another_resource_is_not_ours() {
        for theirs in [
            json!(null),
            json!([]),
            json!({"resourceType": "OperationOutcome"}),
            with(|value| value["id"] = json!("other")),
            with(|value| value["resourceType"] = json!("Questionnaire")),
        ] {
            assert_eq!(compare(&ours(), &theirs, &id(), true), Likeness::Unrelated);
        }
    }

    #[test]
    fn a_binary_is_ours_when_it_is_the_same_bytes_under_the_same_id_and_kind() {
        let ours = json!({
            "resourceType": "Binary", "id": id().as_str(), "contentType": "application/jose", "data": "Zm9vYmFy"
        });
        let with = |change: fn(&mut Value)| {
            let mut value = ours.clone();
            change(&mut value);
            compare_binary(&ours, &value, &id())
        };
        assert_eq!(with(|_| ()), Likeness::Ours(None));
        assert_eq!(with(|value| value["meta"] = json!({"versionId": "2"})), Likeness::Ours(Some("2".into())));
        assert_eq!(with(|value| value["data"] = json!("Zm9v\n  YmFy\n")), Likeness::Ours(None));
        let altered: [fn(&mut Value); 5] = [
            |value| value["data"] = json!("Zm9vYmFz"),
            |value| value["data"] = json!(null),
            |value| drop(value.as_object_mut().map(|value| value.remove("data"))),
            |value| value["contentType"] = json!("text/plain"),
            |value| value["implicitRules"] = json!("https://a.example/other"),
        ];
        for change in altered {
            assert_eq!(with(change), Likeness::Altered);
        }
        let unrelated: [fn(&mut Value); 3] = [
            |value| value["id"] = json!("other"),
            |value| value["resourceType"] = json!("QuestionnaireResponse"),
            |value| *value = json!([]),
        ];
        for change in unrelated {
            assert_eq!(with(change), Likeness::Unrelated);
        }
    }

    #[test]
    fn under_an_id_of_the_servers_own_the_identifier_names_it() {
        let theirs = with(|value| value["id"] = json!("4711"));
        assert_eq!(compare(&ours(), &theirs, &id(), false), Likeness::Ours(None));
        let other = with(|value| value["identifier"]["value"] = json!("urn:uuid:other"));
        assert_eq!(compare(&ours(), &other, &id(), false), Likeness::Unrelated);
    }
}
