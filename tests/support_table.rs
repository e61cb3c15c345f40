//! Holds `docs/support.md` to the lists the reader uses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use what_matters::cli::support::table;
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
