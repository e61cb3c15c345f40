//! Our drawings: the sheet of them, the style that shows them and their names agree, and a questionnaire can
//! ask for nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use what_matters::domain::instrument::{Instrument, ItemKind};
use what_matters::domain::picture::NAMES;
use what_matters::fhir::read::{Reading, ValueSets, questionnaire};
use what_matters::ui::parts::field::Field;
use what_matters::ui::parts::label::Label;
use what_matters::ui::parts::radios::{Choice, Row, radios};

const DRAWINGS: &str = include_str!("../public/pictures.svg");
const STYLE: &str = include_str!("../style/parts/picture.css");

#[test]
fn each_name_is_a_row_of_the_sheet_and_has_its_row_in_the_style() {
    let rows = DRAWINGS.lines().filter_map(|line| line.strip_prefix("<g id=\""));
    for (at, (row, name)) in rows.clone().zip(NAMES).enumerate() {
        let moved = if at == 0 { String::new() } else { format!(" transform=\"translate(0 {})\"", 24 * at) };
        assert!(row.starts_with(&format!("{name}\"{moved}>")), "{name} in row {at}: {row}");
        let style = format!(".wm-picture--{name} {{ --wm-row: {at}; }}");
        assert!(STYLE.contains(&style), "{style}");
    }
    assert_eq!(rows.count(), NAMES.len());
    assert!(DRAWINGS.contains(&format!("viewBox=\"0 0 24 {}\"", 24 * NAMES.len())));
    assert!(STYLE.contains(&format!("--wm-rows: calc(1em * {});", NAMES.len())));
}

/// The large drawings, a row of 56 units each.
const SCENES: &str = include_str!("../public/scenes.svg");

#[test]
fn the_large_drawings_are_the_two_rows_that_their_style_shows() {
    let rows: Vec<&str> = SCENES.lines().filter_map(|line| line.strip_prefix("<g id=\"")).collect();
    assert!(rows.len() == 2 && rows[0].starts_with("talk\">"), "{rows:?}");
    assert!(rows[1].starts_with("onward\" transform=\"translate(0 56)\">"), "{rows:?}");
    assert!(SCENES.contains("viewBox=\"0 0 120 112\""));
    assert!(include_str!("../style/parts/scene.css").contains("100% 200%"));
}

#[test]
fn the_sheet_holds_lines_and_nothing_that_runs_or_fetches() {
    for banned in ["<script", "href", "<image", "<foreignObject", "<style", "url(", " on", "@import"] {
        assert!(!DRAWINGS.contains(banned) && !SCENES.contains(banned), "{banned}");
    }
}

fn reads(extension_url: &str, name: &str) -> Reading {
    let json = format!(
        r#"{{"resourceType":"Questionnaire","url":"https://a.example/q","status":"active","item":[
            {{"linkId":"a","type":"choice","text":"A?","answerOption":[{{
                "extension":[{{"url":"{extension_url}","valueCode":"{name}"}}],
                "valueCoding":{{"code":"x","display":"X"}}}}]}}]}}"#
    );
    questionnaire(&json, &ValueSets::default()).unwrap()
}

fn picture(instrument: &Instrument) -> Option<&'static str> {
    match &instrument.items[0].kind {
        ItemKind::Choice(rule) => rule.options[0].picture.map(|picture| picture.name()),
        _ => panic!("a choice"),
    }
}

const PICTURE: &str = "https://what-matters.example/fhir/StructureDefinition/picture";

#[test]
fn an_option_can_ask_for_one_of_our_drawings_and_for_nothing_else() {
    let read = reads(PICTURE, "home");
    assert_eq!(picture(&read.instrument), Some("home"));
    assert!(read.notes.is_empty(), "{:?}", read.notes);
    for other in ["Home", "home wm-x", "https://a.example/x.svg", ""] {
        assert_eq!(picture(&reads(PICTURE, other).instrument), None, "{other}");
    }
    assert_eq!(picture(&reads("https://a.example/picture", "home").instrument), None);
}

#[test]
fn a_picture_stands_before_the_words_and_is_not_read_aloud() {
    let read = reads(PICTURE, "home");
    let ItemKind::Choice(rule) = &read.instrument.items[0].kind else { panic!("a choice") };
    let choice = Choice { picture: rule.options[0].picture, ..Choice::new("0", "X") };
    let field = Field::new("a", Label::new("A?"));
    let html = radios(field, "a", vec![Row::Choice(choice)], false, Arc::new(|_| false), |_| ()).html();
    assert!(
        html.contains(
            "wm-pictured\" for=\"a\"><span class=\"wm-picture wm-picture--home\" aria-hidden=\"true\"></span>\
             <span>X</span></label>"
        ),
        "{html}"
    );
}
