//! Holds `docs/support.md` to the lists the reader uses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use what_matters::cli::support::table;
use what_matters::fhir::read::conditions::COMPARED;
use what_matters::fhir::read::extensions::{KNOWN as EXTENSIONS, Treatment};
use what_matters::fhir::read::{ValueSets, item_type, questionnaire};
use what_matters::fhir::refusal::Reason;

#[test]
fn the_support_page_is_what_the_reader_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/support.md");
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(page == table(), "docs/support.md is stale: run `cargo run -q -- support > docs/support.md`");
}

/// An item of a type, with what that type cannot do without.
fn form(code: &str, extension: &str) -> String {
    let options = match code {
        "choice" => r#","answerOption":[{"valueString":"a"},{"valueString":"b"}]"#,
        _ => "",
    };
    format!(
        r#"{{"resourceType":"Questionnaire","status":"active","url":"https://a.example/q",
            "item":[{{"linkId":"1","text":"?","type":"{code}"{options}{extension}}}]}}"#
    )
}

#[test]
fn every_item_type_is_treated_as_the_table_says() {
    for known in item_type::KNOWN {
        let read = questionnaire(&form(known.code, ""), &ValueSets::default());
        match known.treatment {
            Treatment::Supported => assert!(read.is_ok(), "{}: {read:?}", known.code),
            Treatment::Refused => {
                let reasons: Vec<_> = read.unwrap_err().iter().map(|refusal| refusal.reason).collect();
                assert!(matches!(reasons[..], [Reason::TypeNotShown | Reason::TypeUnknown]), "{reasons:?}");
            }
            other => panic!("{}: {other:?}", known.code),
        }
    }
}

#[test]
fn every_comparison_is_read_or_refused_as_the_table_says() {
    let values = [
        ("Boolean", "true"),
        ("Decimal", "1.5"),
        ("Integer", "1"),
        ("Date", r#""2026-11-22""#),
        ("DateTime", r#""2026-11-22T09:30:00Z""#),
        ("Time", r#""09:30:00""#),
        ("String", r#""https://a.example""#),
        ("Coding", r#"{"system":"s","code":"a"}"#),
        ("Quantity", r#"{"value":1,"code":"kg"}"#),
        ("Reference", "{}"),
    ];
    let mut read = 0;
    for known in item_type::KNOWN.iter().filter(|known| known.treatment == Treatment::Supported) {
        if matches!(known.code, "group" | "display") {
            continue;
        }
        let options = match known.code {
            "choice" | "open-choice" => {
                r#","answerOption":[{"valueCoding":{"system":"s","code":"a","display":"A"}}]"#
            }
            _ => "",
        };
        for (answer, value) in values {
            for operator in ["=", "!=", ">", "<", ">=", "<="] {
                let form = format!(
                    r#"{{"resourceType":"Questionnaire","status":"active","url":"https://a.example/q","item":[
                        {{"linkId":"1","text":"?","type":"{}"{options}}},
                        {{"linkId":"2","text":"?","type":"string","enableWhen":[
                            {{"question":"1","operator":"{operator}","answer{answer}":{value}}}]}}]}}"#,
                    known.code
                );
                let listed = COMPARED.iter().find(|row| row.item == known.code && row.answer == answer);
                let equality = matches!(operator, "=" | "!=");
                let expected = listed.is_some_and(|row| row.ordered || equality);
                let found = questionnaire(&form, &ValueSets::default());
                assert_eq!(found.is_ok(), expected, "{} {operator} answer{answer}: {found:?}", known.code);
                read += usize::from(expected);
            }
        }
    }
    let listed: usize = COMPARED.iter().map(|row| if row.ordered { 6 } else { 2 }).sum();
    assert_eq!(read, listed);
}

#[test]
fn every_extension_is_treated_as_the_table_says() {
    for known in EXTENSIONS {
        let base =
            if known.name.starts_with("sdc-") { "uv/sdc/StructureDefinition" } else { "StructureDefinition" };
        let extension = format!(
            r#","extension":[{{"url":"http://hl7.org/fhir/{base}/{}","valueBoolean":true}}]"#,
            known.name
        );
        let read = questionnaire(&form("integer", &extension), &ValueSets::default());
        match known.treatment {
            Treatment::Refused => assert!(read.is_err(), "{}", known.name),
            Treatment::Supported => assert!(read.is_ok(), "{}: {read:?}", known.name),
            Treatment::Differently | Treatment::Ignored | Treatment::NotComputed => {
                assert_eq!(read.expect(known.name).notes.len(), 1, "{}", known.name);
            }
        }
    }
}
