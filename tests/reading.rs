//! Reads hand-made questionnaires: each reason to refuse, each note, each extension.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use what_matters::domain::answer::{Answer, Number};
use what_matters::domain::instrument::{
    ChoiceLook, ChoiceRule, Comparison, GroupLook, Instrument, Item, ItemKind, NumberRule, Test, TextRule,
};
use what_matters::domain::text::Text;
use what_matters::fhir::read::{Reading, Survey, ValueSets, questionnaire, survey};
use what_matters::fhir::refusal::{Reason, Remark};

/// A questionnaire with these items.
fn form(items: &str) -> String {
    format!(
        r#"{{"resourceType":"Questionnaire","url":"https://a.example/q","status":"active","item":[{items}]}}"#
    )
}

/// A questionnaire with this beside one plain item.
fn with(elements: &str) -> String {
    format!(
        r#"{{"resourceType":"Questionnaire","url":"https://a.example/q","status":"active",{elements},
            "item":[{{"linkId":"1","type":"string","text":"?"}}]}}"#
    )
}

fn look(json: &str) -> Survey {
    survey(json, &ValueSets::default())
}

fn read(items: &str) -> Reading {
    match questionnaire(&form(items), &ValueSets::default()) {
        Ok(reading) => reading,
        Err(refusals) => panic!("{items}\nis refused: {refusals:#?}"),
    }
}

fn item<'r>(reading: &'r Reading, link_id: &str) -> &'r Item {
    let instrument = &reading.instrument;
    instrument.item(instrument.find(link_id).expect(link_id))
}

fn remarks(reading: &Reading) -> Vec<Remark> {
    reading.notes.iter().map(|note| note.remark).collect()
}

const HL7: &str = "http://hl7.org/fhir/StructureDefinition/";

fn ext(name: &str, value: &str) -> String {
    let base = if name.starts_with("sdc-") { "http://hl7.org/fhir/uv/sdc/StructureDefinition/" } else { HL7 };
    format!(r#"{{"url":"{base}{name}",{value}}}"#)
}

fn control(code: &str) -> String {
    ext("questionnaire-itemControl", &format!(r#""valueCodeableConcept":{{"coding":[{{"code":"{code}"}}]}}"#))
}

/// `(questionnaire, [(reason, linkId, path)])`: every refusal, in the order found.
fn refused() -> Vec<(String, Vec<(Reason, &'static str, &'static str)>)> {
    use Reason::*;
    let q = r#"{"linkId":"q","type":"boolean","text":"?"}"#;
    let when = |condition: &str| {
        form(&format!(r#"{q},{{"linkId":"w","type":"string","text":"?","enableWhen":[{condition}]}}"#))
    };
    let contained = |set: &str| {
        format!(
            r##"{{"resourceType":"Questionnaire","url":"https://a.example/q","status":"active",
                "contained":[{{"resourceType":"ValueSet","id":"v",{set}}}],
                "item":[{{"linkId":"1","type":"choice","text":"?","answerValueSet":"#v"}}]}}"##
        )
    };
    let deep = (0..20).fold(r#"{"linkId":"x","type":"display","text":"."}"#.to_owned(), |inner, level| {
        format!(r#"{{"linkId":"{level}","type":"group","text":"g","item":[{inner}]}}"#)
    });
    let one = |rest: &str| form(&format!(r#"{{"linkId":"1","text":"?",{rest}}}"#));
    let at = "item[0]";
    let ours = |name: &str| {
        format!(r#""extension":[{{"url":"https://what-matters.example/fhir/StructureDefinition/{name}"}}]"#)
    };
    vec![
        (" ".repeat(4_000_001), vec![(TooLarge, "", "")]),
        ("{".into(), vec![(NotJson, "", "")]),
        ("[".repeat(100_000), vec![(NotJson, "", "")]),
        ("[]".into(), vec![(WrongShape, "", "")]),
        (r#"{"resourceType":"Patient"}"#.into(), vec![(NotAQuestionnaire, "", "")]),
        ("{}".into(), vec![(NotAQuestionnaire, "", "")]),
        (form(""), vec![(NothingToAsk, "", "")]),
        (with(r#""modifierExtension":{"url":"x"}"#), vec![(ModifierExtension, "", "modifierExtension")]),
        (form("").replace("[]", "null"), vec![(NothingToAsk, "", "")]),
        (with(r#""implicitRules":"https://a.example/rules""#), vec![(ImplicitRules, "", "implicitRules")]),
        (
            with(r#""modifierExtension":[{"url":"https://a.example/m","valueBoolean":true}]"#),
            vec![(ModifierExtension, "", "modifierExtension[0]")],
        ),
        (
            one(r#""type":"choice","answerOption":[{"valueString":"a","modifierExtension":[{"url":"x"}]}]"#),
            vec![(ModifierExtension, "1", "item[0].answerOption[0].modifierExtension[0]")],
        ),
        (
            one(r#""type":"string","extension":[{"valueString":"a"}]"#),
            vec![(Missing, "1", "item[0].extension[0]")],
        ),
        (
            form(r#"{"type":"string","text":"?"},{"linkId":"","type":"string","text":"?"}"#),
            vec![
                (LinkIdMissing, "", "item[0]"),
                (LinkIdMissing, "", "item[1]"),
                (LinkIdRepeated, "", "item[1]"),
            ][..2]
                .to_vec(),
        ),
        (form(&format!("{q},{q}")), vec![(LinkIdRepeated, "q", "item[1]")]),
        (
            form(r#"{"linkId":"a\u0001","type":"string","text":"?"}"#),
            vec![(BadValue, "a\u{1}", "item[0].linkId")],
        ),
        (
            form(
                r#"{"linkId":"1","type":"display","text":".","enableWhen":[{"question":"2","operator":"exists","answerBoolean":true}],
                     "item":[{"linkId":"3","type":"display","text":"."}]},{"linkId":"2","type":"string","text":"?"}"#,
            ),
            vec![(ItemsUnderDisplay, "1", "item[0].item")],
        ),
        (form(r#"{"linkId":5,"type":"string","text":"?"}"#), vec![(WrongShape, "", "item[0].linkId")]),
        (form("7"), vec![(WrongShape, "", "item[0]")]),
        (one(r#""prefix":"a""#), vec![(TypeMissing, "1", at)]),
        (one(r#""type":"colour""#), vec![(TypeUnknown, "1", "item[0].type")]),
        (one(r#""type":"coding""#), vec![(OtherVersion, "1", "item[0].type")]),
        (one(r#""type":"string","disabledDisplay":"hidden""#), vec![(OtherVersion, "1", at)]),
        (
            one(r#""type":"choice","option":[{"valueString":"a"}]"#),
            vec![(OtherVersion, "1", at), (OptionsMissing, "1", at)],
        ),
        (one(r#""type":"boolean","initialBoolean":true"#), vec![(OtherVersion, "1", at)]),
        (one(r#""type":"attachment""#), vec![(TypeNotShown, "1", "item[0].type")]),
        (one(r#""type":"reference""#), vec![(TypeNotShown, "1", "item[0].type")]),
        (one(r#""type":"string","required":"yes""#), vec![(WrongShape, "1", "item[0].required")]),
        (form(&deep), vec![(TooDeep, "0", &NINETEEN)]),
        (
            form(&vec![r#"{"linkId":"a","type":"boolean","text":"."}"#; 5_001].join(",")),
            (1..5_000).map(|_| (LinkIdRepeated, "a", "")).chain([(TooManyItems, "", "item[5000]")]).collect(),
        ),
        (
            one(&format!(
                r#""type":"choice","answerOption":[{}]"#,
                vec![r#"{"valueInteger":1}"#; 5_001].join(",")
            )),
            vec![(TooManyOptions, "1", "item[0].answerOption")],
        ),
        (
            one(&format!(r#""type":"string","prefix":"{}""#, "x".repeat(100_001))),
            vec![(TextTooLong, "1", "item[0].prefix")],
        ),
        (
            form(
                r#"{"linkId":"1","type":"display","text":".","item":[{"linkId":"2","type":"string","text":"?"}]}"#,
            ),
            vec![(ItemsUnderDisplay, "1", "item[0].item")],
        ),
        (
            one(r#""type":"group","answerOption":[{"valueString":"a"}]"#),
            vec![(OptionsOnType, "1", "item[0].answerOption")],
        ),
        (one(r#""type":"integer","answerOption":[{"valueString":"a"}]"#), vec![(OptionsOnType, "1", at)]),
        (
            one(r#""type":"choice","answerOption":[{"valueDecimal":1.5}]"#),
            vec![(OptionsOnType, "1", "item[0].answerOption[0]")],
        ),
        (
            one(r##""type":"choice","answerOption":[{"valueString":"a"}],"answerValueSet":"#v""##),
            vec![(OptionsTwice, "1", at)],
        ),
        (one(r#""type":"choice""#), vec![(OptionsMissing, "1", at)]),
        (one(r#""type":"choice","answerOption":[]"#), vec![(OptionsMissing, "1", at)]),
        (
            one(&format!(
                r#""type":"choice","extension":[{}]"#,
                ext(
                    "sdc-questionnaire-answerExpression",
                    r#""valueExpression":{"language":"text/fhirpath"}"#
                )
            )),
            vec![(OptionsExpression, "1", at)],
        ),
        (
            one(r#""type":"choice","answerOption":[{},{"valueString":""}]"#),
            vec![
                (OptionWithoutValue, "1", "item[0].answerOption[0]"),
                (OptionWithoutValue, "1", "item[0].answerOption[1]"),
            ],
        ),
        (
            one(r#""type":"choice","answerOption":[{"valueReference":{"reference":"Patient/1"}}]"#),
            vec![(OptionReference, "1", "item[0].answerOption[0]")],
        ),
        (
            one(r#""type":"choice","answerOption":[{"valueCoding":{"system":"s"}}]"#),
            vec![(OptionWithoutWords, "1", "item[0].answerOption[0]")],
        ),
        (
            one(r#""type":"choice","answerOption":[{"valueInteger":1,"valueString":"a"}]"#),
            vec![(SeveralValues, "1", "item[0].answerOption[0]")],
        ),
        (
            one(r##""type":"choice","answerValueSet":"#v""##),
            vec![(ValueSetNotFound, "1", "item[0].answerValueSet")],
        ),
        (
            one(r#""type":"choice","answerValueSet":"https://a.example/ValueSet/v""#),
            vec![(ValueSetRemote, "1", "item[0].answerValueSet")],
        ),
        (
            contained(
                r#""compose":{"include":[{"system":"http://snomed.info/sct","filter":[{"property":"concept"}]}]}"#,
            ),
            vec![(ValueSetNotListed, "1", "item[0].answerValueSet")],
        ),
        (contained(r#""name":"x""#), vec![(ValueSetNotListed, "1", "item[0].answerValueSet")]),
        (
            contained(r#""compose":{"include":[{"valueSet":["https://a.example/other"]}]}"#),
            vec![(ValueSetRemote, "1", "item[0].answerValueSet")],
        ),
        (
            contained(r#""expansion":{"total":9,"contains":[{"code":"a","display":"A"}]}"#),
            vec![(ValueSetPartial, "1", "item[0].answerValueSet")],
        ),
        (contained(r#""compose":{"include":[]}"#), vec![(OptionsMissing, "1", "item[0].answerValueSet")]),
        (
            contained(
                r##""compose":{"include":[{"valueSet":["#v"]},{"valueSet":["#v"]},{"valueSet":["#v"]},{"valueSet":["#v"]},{"valueSet":["#v"]},{"valueSet":["#v"]}]}"##,
            ),
            vec![(ValueSetNotListed, "1", "item[0].answerValueSet")],
        ),
        (
            when(r#"{"operator":"=","answerBoolean":true}"#),
            vec![(ConditionWithoutQuestion, "w", "item[1].enableWhen[0]")],
        ),
        (
            when(r#"{"question":"no","operator":"=","answerBoolean":true}"#),
            vec![(ConditionQuestionMissing, "w", "item[1].enableWhen[0].question")],
        ),
        (
            when(r#"{"question":"w","operator":"=","answerString":"a"}"#),
            vec![(ConditionOnItself, "w", "item[1].enableWhen[0].question")],
        ),
        (
            form(
                r#"{"linkId":"d","type":"display","text":"."},
                    {"linkId":"w","type":"string","text":"?","enableWhen":[{"question":"d","operator":"exists","answerBoolean":true}]}"#,
            ),
            vec![(ConditionOnWords, "w", "item[1].enableWhen[0].question")],
        ),
        (
            when(r#"{"question":"q","answerBoolean":true}"#),
            vec![(OperatorMissing, "w", "item[1].enableWhen[0]")],
        ),
        (
            when(r#"{"question":"q","operator":"~","answerBoolean":true}"#),
            vec![(OperatorUnknown, "w", "item[1].enableWhen[0].operator")],
        ),
        (
            when(r#"{"question":"q","operator":">","answerBoolean":true}"#),
            vec![(OperatorNeedsOrder, "w", "item[1].enableWhen[0]")],
        ),
        (
            when(r#"{"question":"q","operator":"exists","answerString":"a"}"#),
            vec![(ExistsNeedsBoolean, "w", "item[1].enableWhen[0]")],
        ),
        (
            when(r#"{"question":"q","operator":"="}"#),
            vec![(ConditionAnswerMissing, "w", "item[1].enableWhen[0]")],
        ),
        (
            when(r#"{"question":"q","operator":"=","answerString":"true"}"#),
            vec![(ConditionAnswerType, "w", "item[1].enableWhen[0]")],
        ),
        (
            when(r#"{"question":"q","operator":"=","answerDate":"2026-02-30"}"#),
            vec![(BadValue, "w", "item[1].enableWhen[0].answerDate")],
        ),
        (when(r#"{"question":"q","hasAnswer":true}"#), vec![(OtherVersion, "w", "item[1].enableWhen[0]")]),
        (
            form(
                r#"{"linkId":"a","type":"string","text":"?","enableWhen":[{"question":"b","operator":"exists","answerBoolean":true}]},
                    {"linkId":"b","type":"string","text":"?","enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}]}"#,
            ),
            vec![(ConditionCycle, "a", "item[0].enableWhen")],
        ),
        (
            form(
                r#"{"linkId":"g","type":"group","text":"g","enableWhen":[{"question":"in","operator":"exists","answerBoolean":false}],
                     "item":[{"linkId":"in","type":"string","text":"?"}]}"#,
            ),
            vec![(ConditionCycle, "g", "item[0].enableWhen")],
        ),
        (
            form(&format!(
                r#"{q},{{"linkId":"w","type":"string","text":"?","enableWhen":[{0},{0},{0}]}}"#,
                r#"{"question":"q","operator":"exists","answerBoolean":true}"#
            )),
            vec![(BehaviourMissing, "w", "item[1]")],
        ),
        (
            form(&format!(
                r#"{q},{{"linkId":"w","type":"string","text":"?","enableBehavior":"some","enableWhen":[{0}]}}"#,
                r#"{"question":"q","operator":"exists","answerBoolean":true}"#
            )),
            vec![(BehaviourUnknown, "w", "item[1].enableBehavior")],
        ),
        (
            one(&format!(
                r#""type":"string","extension":[{}]"#,
                ext(
                    "sdc-questionnaire-enableWhenExpression",
                    r#""valueExpression":{"language":"text/fhirpath"}"#
                )
            )),
            vec![(EnableExpression, "1", "item[0].extension[0]")],
        ),
        (
            one(&format!(
                r#""type":"string","extension":[{}]"#,
                ext("sdc-questionnaire-subQuestionnaire", r#""valueCanonical":"https://a.example/part""#)
            )),
            vec![(NotAssembled, "1", "item[0].extension[0]")],
        ),
        (
            with(&format!(
                r#""extension":[{}]"#,
                ext("sdc-questionnaire-questionnaireAdaptive", r#""valueBoolean":true"#)
            )),
            vec![(Adaptive, "", "extension[0]")],
        ),
        (
            one(r#""type":"integer","initial":[{"valueString":"a"}]"#),
            vec![(InitialType, "1", "item[0].initial[0]")],
        ),
        (
            one(r#""type":"string","initial":[{"valueReference":{}}]"#),
            vec![(InitialType, "1", "item[0].initial[0]")],
        ),
        (
            one(r#""type":"quantity","initial":[{"valueQuantity":{"value":5,"comparator":"<"}}]"#),
            vec![(BadValue, "1", "item[0].initial[0].valueQuantity.comparator")],
        ),
        (one(r#""type":"string","initial":[{}]"#), vec![(Missing, "1", "item[0].initial[0]")]),
        (
            one(
                r#""type":"choice","readOnly":true,"answerOption":[{"valueString":"a"}],"initial":[{"valueString":"b"}]"#,
            ),
            vec![(InitialNotAnOption, "1", "item[0].initial[0]")],
        ),
        (
            one(
                r#""type":"choice","answerOption":[{"valueString":"a","initialSelected":true},{"valueString":"b","initialSelected":true}]"#,
            ),
            vec![(TooManyInitial, "1", "item[0].initial")],
        ),
        (
            one(r#""type":"string","initial":[{"valueString":"a"},{"valueString":"b"}]"#),
            vec![(TooManyInitial, "1", "item[0].initial")],
        ),
        (
            one(&format!(
                r#""type":"integer","extension":[{},{}]"#,
                ext("minValue", r#""valueInteger":5"#),
                ext("maxValue", r#""valueInteger":4"#)
            )),
            vec![(LimitsCrossed, "1", at)],
        ),
        (
            one(&format!(
                r#""type":"string","maxLength":3,"extension":[{}]"#,
                ext("minLength", r#""valueInteger":5"#)
            )),
            vec![(LimitsCrossed, "1", at)],
        ),
        (
            one(r#""type":"string""#).replacen(
                '{',
                r#"{"id":"words","extension":[{
                    "url":"https://what-matters.example/fhir/StructureDefinition/pack-required","valueBoolean":true}],"#,
                1,
            ),
            vec![(NeedsPack, "", "")],
        ),
        (
            one(&format!(r#""type":"string",{}"#, ours("safety-rule"))),
            vec![(SafetyRuleBroken, "1", "item[0].extension")],
        ),
        (
            one(&format!(r#""type":"integer",{}"#, ours("score-rule"))),
            vec![(ScoreRuleBroken, "1", "item[0].extension")],
        ),
        (
            one(&format!(r#""type":"integer",{}"#, ours("review-required"))),
            vec![(RuleMisplaced, "1", "item[0].extension[0]")],
        ),
    ]
}

/// `item[0]` twenty times.
static NINETEEN: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| vec!["item[0]"; 20].join("."));

#[test]
fn each_reason_refuses_and_says_where() {
    for (json, expected) in refused() {
        let survey = look(&json);
        let shown = json.chars().take(400).collect::<String>();
        assert!(survey.instrument.is_none(), "{shown}");
        let found: Vec<_> = survey
            .refusals
            .iter()
            .map(|refusal| (refusal.reason, refusal.link_id.as_deref().unwrap_or(""), refusal.path.as_str()))
            .collect();
        assert_eq!(found.len(), expected.len(), "{shown}\n{found:#?}");
        for ((reason, link_id, path), (wanted, wanted_id, wanted_path)) in found.iter().zip(&expected) {
            let deep = *wanted == Reason::TooDeep;
            assert_eq!(reason, wanted, "{shown}\n{found:#?}");
            if !deep {
                assert_eq!(link_id, wanted_id, "{shown}");
            }
            if !wanted_path.is_empty() {
                assert_eq!(path, wanted_path, "{shown}");
            }
        }
    }
}

#[test]
fn every_reason_has_its_case() {
    let shown: BTreeSet<Reason> =
        refused().into_iter().flat_map(|(_, expected)| expected).map(|(reason, ..)| reason).collect();
    // Files that cannot be opened are the command's; responses have a test of their own below, and packs in
    // `tests/packs.rs`.
    let elsewhere = [Reason::Unreadable, Reason::NotAResponse, Reason::PackUnlicensed, Reason::PackBroken];
    let missing: Vec<_> =
        Reason::ALL.iter().filter(|reason| !shown.contains(reason) && !elsewhere.contains(reason)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn all_refusals_are_told_at_once() {
    let survey = look(&form(
        r#"{"linkId":"a","type":"attachment","text":"?"},
           {"linkId":"g","type":"group","text":"g","item":[
             {"linkId":"b","type":"choice","text":"?"},
             {"linkId":"c","type":"string","text":"?","enableWhen":[{"question":"nowhere","operator":"=","answerString":"x"}]}]}"#,
    ));
    let told: Vec<_> =
        survey.refusals.iter().map(|refusal| (refusal.link_id.as_deref(), refusal.path.as_str())).collect();
    assert_eq!(
        told,
        [
            (Some("a"), "item[0].type"),
            (Some("b"), "item[1].item[0]"),
            (Some("c"), "item[1].item[1].enableWhen[0].question")
        ]
    );
}

#[test]
fn a_condition_on_a_refused_question_is_not_blamed_twice() {
    let survey = look(&form(
        r#"{"linkId":"a","type":"attachment","text":"?"},
           {"linkId":"c","type":"string","text":"?","enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}]}"#,
    ));
    assert_eq!(survey.refusals.len(), 1, "{:?}", survey.refusals);
}

#[test]
fn every_remark_has_its_case() {
    let sys = r#"{"linkId":"o","type":"choice","text":"?","answerOption":[{"valueCoding":{"system":"s","code":"a","display":"A"}}]}"#;
    let when = |condition: &str| {
        format!(r#"{sys},{{"linkId":"w","type":"string","text":"?","enableWhen":[{condition}]}}"#)
    };
    let one = |rest: &str| format!(r#"{{"linkId":"1","text":"?",{rest}}}"#);
    let ext_on =
        |kind: &str, extensions: &str| one(&format!(r#""type":"{kind}","extension":[{extensions}]"#));
    use Remark::*;
    let cases: Vec<(String, Remark)> = vec![
        (form(&ext_on("string", r#"{"url":"https://a.example/x","valueString":"y"}"#)), UnknownExtension),
        (form(&ext_on("string", &ext("designNote", r#""valueMarkdown":"y""#))), IgnoredExtension),
        (
            form(&ext_on("string", &ext("sdc-questionnaire-collapsible", r#""valueCode":"default-open""#))),
            DifferentExtension,
        ),
        (form(&ext_on("string", &ext("ordinalValue", r#""valueDecimal":1"#))), MisplacedExtension),
        (form(&one(r#""type":"string","colour":"red""#)), UnknownElement),
        (
            form(&ext_on(
                "string",
                &ext("sdc-questionnaire-calculatedExpression", r#""valueExpression":{}"#),
            )),
            NotComputed,
        ),
        (form(&one(r#""type":"string""#)).replace("active", "retired"), Retired),
        (form(&one(r#""type":"string""#)).replace(r#""url""#, r#""id""#), NoUrl),
        (form(r#"{"linkId":"g","type":"group","text":"g"}"#), EmptyGroup),
        (form(r#"{"linkId":"1","type":"string"}"#), NoWords),
        (
            form(&format!(
                r#"{{"linkId":"1","type":"string","item":[{{"linkId":"h","type":"display","text":"Name","extension":[{}]}}]}}"#,
                control("flyover")
            )),
            WordsElsewhere,
        ),
        (form(&one(r#""type":"integer","required":"true","initial":[{"valueInteger":"5"}]"#)), WrittenAsText),
        (form(&one(r#""type":"quantity","initial":[{"valueQuantity":{"unit":"kg"}}]"#)), AmountWithoutNumber),
        (
            form(&format!(
                r#"{{"linkId":"1","type":"string","text":"?","item":[{{"linkId":"h","type":"text","readOnly":true,"text":"Help","extension":[{}]}}]}}"#,
                control("help")
            )),
            QuestionAsWords,
        ),
        (
            form(
                r#"{"linkId":"1","type":"display","text":"A","item":[{"linkId":"2","type":"display","text":"B"}]}"#,
            ),
            WordsUnderWords,
        ),
        (
            form(
                r#"{"linkId":"1","type":"display","text":"A"},{"linkId":"1","type":"string","text":"B"},{"linkId":"1","type":"display","text":"C"}"#,
            ),
            LinkIdOfWords,
        ),
        (
            form(&one(r#""type":"string","answerOption":[{"valueCoding":{"system":"http://loinc.org"}}]"#)),
            OptionsEmpty,
        ),
        (form(&ext_on("string", &control("magic"))), ControlOther),
        (form(&ext_on("string", &control("slider"))), ControlMisplaced),
        (form(&ext_on("integer", &control("slider"))), SliderAsBox),
        (
            form(
                &sys.replace(
                    r#""text":"?""#,
                    &format!(r#""text":"?","extension":[{}]"#, control("check-box")),
                ),
            ),
            CheckBoxesForOne,
        ),
        (form(&ext_on("group", &control("gtable"))), TableAsList),
        (form(&ext_on("group", &control("tab-container"))), TabsAsHeadings),
        (
            form(&format!(
                r#"{sys},{{"linkId":"p","type":"string","text":"?","item":[{{"linkId":"h","type":"display","text":".","extension":[{}],
                   "enableWhen":[{{"question":"o","operator":"exists","answerBoolean":true}}]}}]}}"#,
                control("help")
            )),
            HelpShown,
        ),
        (form(&one(r#""type":"integer","answerOption":[{"valueInteger":1}]"#)), OptionsOnOtherType),
        (form(&one(r#""type":"boolean","answerOption":[{"valueString":"Yes"}]"#)), OptionsOnBoolean),
        (form(&one(r#""type":"choice","answerOption":[{"valueCoding":{"code":"x"}}]"#)), ShownByCode),
        (
            form(&one(r#""type":"choice","answerOption":[{"valueInteger":1},{"valueInteger":1}]"#)),
            SameOptionTwice,
        ),
        (form(&one(r#""type":"open-choice""#)), OpenWithoutOptions),
        (form(&one(r#""type":"choice","readOnly":true"#)), NoOptionsNeeded),
        (
            form(&one(&format!(
                r#""type":"choice","answerOption":[{}]"#,
                (0..61).map(|number| format!(r#"{{"valueInteger":{number}}}"#)).collect::<Vec<_>>().join(",")
            ))),
            LongList,
        ),
        (
            form(&one(
                r#""type":"choice","answerOption":[{"valueInteger":1}],"initial":[{"valueInteger":1}]"#,
            )),
            InitialWithOptions,
        ),
        (
            form(&one(
                r#""type":"choice","answerOption":[{"valueInteger":1}],"initial":[{"valueInteger":2}]"#,
            )),
            InitialDropped,
        ),
        (form(&one(r#""type":"boolean","maxLength":5"#)), RuleIgnored),
        (form(&ext_on("date", &ext("minValue", r#""valueTime":"09:00:00""#))), LimitOtherType),
        (
            form(&ext_on("date", &ext("minValue", r#""valueDate":"2026-01-01","_valueDate":{}"#))),
            LimitNotRead,
        ),
        (form(&ext_on("string", &ext("regex", r#""valueString":"(?=a)""#))), PatternNotChecked),
        (
            form(&when(
                r#"{"question":"o","operator":"exists","answerBoolean":true},{"question":"o","operator":"exists","answerBoolean":false}"#,
            )),
            BehaviourAssumed,
        ),
        (
            form(&when(r#"{"question":"o","operator":"=","answerCoding":{"system":"s","code":"z"}}"#)),
            ConditionNeverTrue,
        ),
        (form(&when(r#"{"question":"o","operator":"=","answerCoding":{"code":"a"}}"#)), ConditionSystem),
        (
            form(&ext_on("string", &ext("questionnaire-supportLink", r#""valueUri":"javascript:alert(1)""#))),
            LinkNotSafe,
        ),
    ];
    let mut shown = BTreeSet::from([ValueSetProvided]);
    for (json, remark) in cases {
        let survey = look(&json);
        assert!(survey.refusals.is_empty(), "{json}\n{:?}", survey.refusals);
        let found: Vec<_> = survey.notes.iter().map(|note| note.remark).collect();
        assert!(found.contains(&remark), "{json}\n{:?}", survey.notes);
        shown.insert(remark);
    }
    let missing: Vec<_> = Remark::ALL.iter().filter(|remark| !shown.contains(remark)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn unknown_extensions_are_counted_once_for_each_url() {
    let one = r#"{"linkId":"N","type":"string","text":"?","extension":[{"url":"https://a.example/x","valueString":"y"}]}"#;
    let reading =
        read(&(0..5).map(|number| one.replace('N', &number.to_string())).collect::<Vec<_>>().join(","));
    assert_eq!(reading.notes.len(), 1);
    assert_eq!(reading.notes[0].times, 5);
}

fn number(item: &Item) -> &NumberRule {
    match &item.kind {
        ItemKind::Integer(rule) | ItemKind::Decimal(rule) => rule,
        ItemKind::Quantity(rule) => &rule.number,
        other => panic!("{other:?}"),
    }
}

fn choice(item: &Item) -> &ChoiceRule {
    match &item.kind {
        ItemKind::Choice(rule) => rule,
        other => panic!("{other:?}"),
    }
}

fn words(item: &Item) -> &TextRule {
    match &item.kind {
        ItemKind::String(rule) | ItemKind::Text(rule) | ItemKind::Url(rule) => rule,
        other => panic!("{other:?}"),
    }
}

#[test]
fn ons4_reads_as_it_is_meant() {
    let json = std::fs::read_to_string("public/instruments/ons4.json").unwrap();
    let Reading { instrument, notes } = questionnaire(&json, &ValueSets::default()).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(instrument.id.to_string(), "https://what-matters.example/fhir/Questionnaire/ons4|1.0.0");
    assert_eq!(instrument.roots.len(), 2);
    let of = |link_id: &str| instrument.item(instrument.find(link_id).unwrap());
    let rule = number(of("ons4.satisfied"));
    let scale = rule.scale.as_ref().unwrap();
    assert_eq!(
        (rule.least.as_ref().unwrap().value(), rule.most.as_ref().unwrap().value(), scale.step),
        (0.0, 10.0, 1)
    );
    assert_eq!(scale.lower.as_ref().unwrap().as_str(), "not at all satisfied");
    assert_eq!(scale.upper.as_ref().unwrap().as_str(), "completely satisfied");
    assert_eq!(of("ons4.satisfied").short_text.as_ref().unwrap().as_str(), "Satisfied with life");
    assert!(of("ons4.satisfied").children.is_empty());
    assert!(matches!(of("context").kind, ItemKind::Group(GroupLook::Page)));
    assert!(of("context.at").hidden && of("context.at").read_only);
    assert!(of("context.helper").enable.is_some());
    assert_eq!(words(of("context.note")).most, Some(2000));
}

#[test]
fn limits_and_units_are_read() {
    let reading = read(&format!(
        r#"{{"linkId":"d","type":"decimal","text":"?","extension":[{},{},{},{},{}]}},
           {{"linkId":"q","type":"quantity","text":"?","extension":[{},{},{},{}]}},
           {{"linkId":"s","type":"string","text":"?","maxLength":8,"extension":[{},{},{}]}},
           {{"linkId":"t","type":"date","text":"?","extension":[{},{}]}},
           {{"linkId":"i","type":"integer","text":"?","item":[{{"linkId":"i.u","type":"display","text":"cups","extension":[{}]}}]}}"#,
        ext("minValue", r#""valueDecimal":0.5"#),
        ext("maxValue", r#""valueInteger":9"#),
        ext("maxDecimalPlaces", r#""valueInteger":2"#),
        ext("questionnaire-unit", r#""valueCoding":{"code":"kg","display":"kilograms"}"#),
        ext("entryFormat", r#""valueString":"for example 61.5""#),
        ext("questionnaire-unitOption", r#""valueCoding":{"code":"kg","display":"kg"}"#),
        ext("questionnaire-unitOption", r#""valueCoding":{"code":"[lb_av]","display":"lb"}"#),
        ext("sdc-questionnaire-minQuantity", r#""valueQuantity":{"value":1,"code":"kg"}"#),
        ext("sdc-questionnaire-maxQuantity", r#""valueQuantity":{"value":500,"code":"kg"}"#),
        ext("minLength", r#""valueInteger":2"#),
        ext("regex", r#""valueString":"[A-Z]+""#),
        ext("entryFormat", r#""valueString":"AB""#),
        ext("minValue", r#""valueDate":"1900-01-01""#),
        ext("maxValue", r#""valueDate":"2026-11-22""#),
        control("unit"),
    ));
    let rule = number(item(&reading, "d"));
    assert_eq!(rule.least.as_ref().map(Number::as_str), Some("0.5"));
    assert_eq!(rule.most.as_ref().map(Number::as_str), Some("9"));
    assert_eq!(rule.decimal_places, Some(2));
    assert_eq!(rule.unit.as_ref().map(Text::as_str), Some("kilograms"));
    assert_eq!(rule.entry_format.as_ref().map(Text::as_str), Some("for example 61.5"));
    let ItemKind::Quantity(quantity) = &item(&reading, "q").kind else { panic!() };
    assert_eq!(quantity.units.len(), 2);
    assert_eq!(quantity.number.most.as_ref().map(Number::as_str), Some("500"));
    let rule = words(item(&reading, "s"));
    assert_eq!((rule.least, rule.most), (Some(2), Some(8)));
    assert!(rule.pattern.as_ref().unwrap().matches("ABC") && !rule.pattern.as_ref().unwrap().matches("abc"));
    let ItemKind::Date(moment) = &item(&reading, "t").kind else { panic!() };
    assert_eq!(moment.earliest.as_deref(), Some("1900-01-01"));
    assert_eq!(number(item(&reading, "i")).unit.as_ref().map(Text::as_str), Some("cups"));
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
}

#[test]
fn options_carry_prefix_exclusiveness_weight_and_translations() {
    let reading = read(&format!(
        r#"{{"linkId":"c","type":"choice","repeats":true,"text":"?","extension":[{},{}],"answerOption":[
             {{"valueCoding":{{"system":"s","code":"a","display":"Often","_display":{{"extension":[{}]}}}},"extension":[{},{}]}},
             {{"valueCoding":{{"system":"s","code":"b","display":"Never","extension":[{}]}},"extension":[{}],"initialSelected":true}}]}}"#,
        control("check-box"),
        ext("questionnaire-choiceOrientation", r#""valueCode":"horizontal""#),
        ext(
            "translation",
            r#""extension":[{"url":"lang","valueCode":"cy"},{"url":"content","valueString":"Yn aml"}]"#
        ),
        ext("questionnaire-optionPrefix", r#""valueString":"a)""#),
        ext("ordinalValue", r#""valueDecimal":3"#),
        ext("itemWeight", r#""valueDecimal":0.5"#),
        ext("questionnaire-optionExclusive", r#""valueBoolean":true"#),
    ));
    let rule = choice(item(&reading, "c"));
    assert!(rule.horizontal && rule.look == ChoiceLook::Buttons && !rule.open);
    assert_eq!(rule.options[0].text.in_language("cy"), ("Yn aml", true));
    assert_eq!(rule.options[0].prefix.as_ref().map(Text::as_str), Some("a)"));
    assert_eq!(rule.options[0].weight.as_ref().map(Number::as_str), Some("3"));
    assert_eq!(rule.options[1].weight.as_ref().map(Number::as_str), Some("0.5"));
    assert!(!rule.options[0].exclusive && rule.options[1].exclusive);
    assert_eq!(item(&reading, "c").initial.len(), 1);
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
}

#[test]
fn options_of_every_type_are_read_in_their_own_words() {
    let reading = read(
        r#"{"linkId":"c","type":"choice","text":"?","answerOption":[{"valueInteger":3},{"valueDate":"2026-11"},
            {"valueTime":"09:30:00"},{"valueString":"soon"},{"valueCoding":{"code":"x","display":"X"}}]}"#,
    );
    let texts: Vec<_> =
        choice(item(&reading, "c")).options.iter().map(|option| option.text.as_str()).collect();
    assert_eq!(texts, ["3", "2026-11", "09:30:00", "soon", "X"]);
}

fn with_sets(contained: &str, reference: &str) -> String {
    format!(
        r#"{{"resourceType":"Questionnaire","url":"https://a.example/q","status":"active","contained":[{contained}],
            "item":[{{"linkId":"1","type":"choice","text":"?","answerValueSet":"{reference}"}},
                    {{"linkId":"2","type":"choice","text":"?","answerValueSet":"{reference}"}}]}}"#
    )
}

fn texts(instrument: &Instrument) -> Vec<&str> {
    choice(&instrument.items[0]).options.iter().map(|option| option.text.as_str()).collect()
}

#[test]
fn contained_value_sets_are_listed() {
    let composed = r##"{"resourceType":"ValueSet","id":"v","compose":{
        "include":[{"system":"s","concept":[{"code":"a","display":"A","designation":[{"language":"cy","value":"Â"}]},{"code":"b","display":"B"}]},
                   {"system":"t","concept":[{"code":"a","display":"T"}]},
                   {"system":"https://a.example/cs"},
                   {"valueSet":["#w"]}],
        "exclude":[{"system":"s","concept":[{"code":"b"}]}]}},
      {"resourceType":"ValueSet","id":"w","compose":{"include":[{"system":"u","concept":[{"code":"u","display":"U"}]}]}},
      {"resourceType":"CodeSystem","id":"cs","url":"https://a.example/cs","content":"complete",
       "concept":[{"code":"c","display":"C","concept":[{"code":"d","display":"D"}]}]}"##;
    let reading = questionnaire(&with_sets(composed, "#v"), &ValueSets::default()).unwrap();
    assert_eq!(texts(&reading.instrument), ["A", "T", "C", "D", "U"]);
    assert_eq!(choice(&reading.instrument.items[0]).options[0].text.in_language("cy-GB").0, "Â");
    let expanded = r##"{"resourceType":"ValueSet","id":"v","url":"https://a.example/v","expansion":{"total":3,"contains":[
        {"abstract":true,"code":"h","display":"H","contains":[{"system":"s","code":"a","display":"A"}]},
        {"display":"heading","contains":[{"system":"s","code":"b","display":"B"}]},
        {"system":"s","code":"c","display":"C"}]},"compose":{"include":[{"system":"s","filter":[]}]}}"##;
    for reference in ["#v", "https://a.example/v", "https://a.example/v|2"] {
        let reading = questionnaire(&with_sets(expanded, reference), &ValueSets::default()).unwrap();
        assert_eq!(texts(&reading.instrument), ["A", "B", "C"], "{reference}");
    }
}

#[test]
fn a_remote_value_set_is_read_when_it_is_supplied() {
    let json = with_sets("", "https://a.example/v|1");
    assert!(questionnaire(&json, &ValueSets::default()).is_err());
    let mut supplied = ValueSets::default();
    assert!(supplied.add(
        r#"{"resourceType":"ValueSet","url":"https://a.example/v","compose":{"include":[{"system":"s","concept":[{"code":"a","display":"A"}]}]}}"#
    ));
    assert!(!supplied.add("{}") && !supplied.add("nonsense"));
    let reading = questionnaire(&json, &supplied).unwrap();
    assert_eq!(texts(&reading.instrument), ["A"]);
    assert_eq!(remarks(&reading), [Remark::ValueSetProvided]);
}

#[test]
fn value_sets_that_include_one_another_many_times_end_in_a_refusal() {
    let includes = |next: usize| vec![format!(r##"{{"valueSet":["#v{next}"]}}"##); 60].join(",");
    let sets: Vec<_> = (0..8)
        .map(|at| {
            format!(
                r#"{{"resourceType":"ValueSet","id":"v{at}","compose":{{"include":[{}]}}}}"#,
                includes(at + 1)
            )
        })
        .collect();
    let last = r#"{"resourceType":"ValueSet","id":"v8","compose":{"include":[]}}"#;
    let survey = look(&with_sets(&format!("{},{last}", sets.join(",")), "#v0"));
    assert!(
        survey.refusals.iter().all(|refusal| refusal.reason == Reason::TooManyOptions),
        "{:?}",
        survey.refusals
    );
}

#[test]
fn conditions_take_the_type_of_their_question() {
    let reading = read(
        r#"{"linkId":"i","type":"integer","text":"?"},{"linkId":"d","type":"decimal","text":"?"},
           {"linkId":"t","type":"dateTime","text":"?"},{"linkId":"u","type":"url","text":"?"},
           {"linkId":"w","type":"group","text":"?","enableBehavior":"all","enableWhen":[
             {"question":"i","operator":">=","answerDecimal":2.5},{"question":"d","operator":"=","answerInteger":2},
             {"question":"t","operator":"<","answerDate":"2026-01-01"},{"question":"u","operator":"!=","answerString":"https://a.example"},
             {"question":"u","operator":"exists","answerBoolean":false}],
            "item":[{"linkId":"w.1","type":"string","text":"?"}]}"#,
    );
    let enable = item(&reading, "w").enable.as_ref().unwrap();
    assert!(enable.all);
    let tests: Vec<_> = enable.conditions.iter().map(|condition| &condition.test).collect();
    assert!(matches!(tests[0], Test::Compares(Comparison::GreaterOrEqual, Answer::Decimal(_))));
    assert!(matches!(tests[1], Test::Compares(Comparison::Equal, Answer::Decimal(_))));
    assert!(matches!(tests[2], Test::Compares(Comparison::Less, Answer::DateTime(_))));
    assert!(matches!(tests[3], Test::Compares(Comparison::NotEqual, Answer::Url(_))));
    assert!(matches!(tests[4], Test::Exists(false)));
}

#[test]
fn one_condition_needs_no_behaviour_and_two_mean_either() {
    let when = r#"{"question":"q","operator":"exists","answerBoolean":true}"#;
    for (conditions, notes) in [(when.to_owned(), 0), ([when, when].join(","), 1)] {
        let reading = read(&format!(
            r#"{{"linkId":"q","type":"string","text":"?"}},{{"linkId":"w","type":"string","text":"?","enableWhen":[{conditions}]}}"#
        ));
        assert_eq!(reading.notes.len(), notes);
        assert!(!item(&reading, "w").enable.as_ref().unwrap().all);
    }
}

#[test]
fn words_have_shape_and_translations() {
    let reading = read(&format!(
        r#"{{"linkId":"m","type":"display","text":"Read **this**","_text":{{"extension":[{},{}]}}}},
           {{"linkId":"x","type":"string","_text":{{"extension":[{}]}}}},
           {{"linkId":"p","type":"display","text":"same","_text":{{"extension":[{}]}}}}"#,
        ext("rendering-markdown", r#""valueMarkdown":"Read **this**""#),
        ext(
            "translation",
            r#""extension":[{"url":"lang","valueCode":"ur"},{"url":"content","valueString":"یہ پڑھیں"}]"#
        ),
        ext(
            "rendering-xhtml",
            r#""valueString":"<div><b>How</b> are &amp; were you?<script>x()</script></div>""#
        ),
        ext("rendering-xhtml", r#""valueString":"<p>same</p>""#),
    ));
    let text = item(&reading, "m").text.as_ref().unwrap();
    assert!(text.prose("en").is_some() && text.prose("ur").is_none());
    assert_eq!(text.in_language("ur"), ("یہ پڑھیں", true));
    assert_eq!(item(&reading, "x").text.as_ref().unwrap().as_str(), "How are & were you?");
    assert!(item(&reading, "p").text.as_ref().unwrap().prose("en").is_none());
}

#[test]
fn helps_fold_into_their_question_and_other_words_stay() {
    let reading = read(&format!(
        r#"{{"linkId":"q","type":"string","text":"?","item":[
             {{"linkId":"h","type":"display","text":"Help","extension":[{}]}},
             {{"linkId":"f","type":"display","text":"More","extension":[{}]}},
             {{"linkId":"l","type":"display","text":"Low","extension":[{}]}},
             {{"linkId":"d","type":"display","text":"Plain"}}]}}"#,
        control("help"),
        control("flyover"),
        control("lower"),
    ));
    let question = item(&reading, "q");
    let helps: Vec<_> = question.helps.iter().map(Text::as_str).collect();
    assert_eq!(helps, ["Help", "More"]);
    assert_eq!(question.children.len(), 2);
    assert!(reading.instrument.find("h").is_none() && reading.instrument.find("l").is_some());
}

#[test]
fn words_that_share_a_link_id_leave_it_to_the_question() {
    let reading = read(
        r#"{"linkId":"1","type":"display","text":"A","item":[{"linkId":"1","type":"display","text":"B"}]},
           {"linkId":"1","type":"string","text":"Q"},{"linkId":"1","type":"display","text":"C"},
           {"linkId":"2","type":"string","text":"?","enableWhen":[{"question":"1","operator":"exists","answerBoolean":true}]}"#,
    );
    let instrument = &reading.instrument;
    let question = instrument.find("1").unwrap();
    assert!(matches!(instrument.item(question).kind, ItemKind::String(_)));
    assert_eq!(item(&reading, "2").enable.as_ref().unwrap().conditions[0].question, question);
    let texts: Vec<_> =
        instrument.roots.iter().map(|root| instrument.item(*root).text.as_ref().unwrap().as_str()).collect();
    assert_eq!(texts, ["A", "B", "Q", "C", "?"]);
    let names: BTreeSet<_> = instrument.items.iter().map(|item| &item.link_id).collect();
    assert_eq!(names.len(), 5);
}

#[test]
fn read_only_texts_with_the_control_of_words_are_words() {
    let reading = read(&format!(
        r#"{{"linkId":"q","type":"string","text":"?","item":[
             {{"linkId":"h","type":"text","readOnly":true,"text":"Help","extension":[{}]}}]}},
           {{"linkId":"i","type":"text","readOnly":true,"text":"Read this","extension":[{}],
             "item":[{{"linkId":"i.1","type":"display","text":"and this"}}]}},
           {{"linkId":"r","type":"text","readOnly":true,"text":"Filled in","initial":[{{"valueString":"x"}}],"extension":[{}]}}"#,
        control("help"),
        control("inline"),
        control("inline"),
    ));
    assert_eq!(item(&reading, "q").helps.iter().map(Text::as_str).collect::<Vec<_>>(), ["Help"]);
    assert!(matches!(item(&reading, "i").kind, ItemKind::Display(_)));
    assert!(matches!(item(&reading, "r").kind, ItemKind::Text(_)));
    assert_eq!(reading.instrument.roots.len(), 4);
}

#[test]
fn an_expression_that_decides_what_is_asked_is_refused_whoever_defines_it() {
    let item = r#"{"linkId":"1","type":"string","text":"?","extension":[{"url":"https://a.example/my-enableWhenExpression","valueString":"x"}]}"#;
    assert_eq!(look(&form(item)).refusals[0].reason, Reason::EnableExpression);
}

#[test]
fn styles_without_meaning_refuse_nothing() {
    let modifier = |value: &str| {
        with(&format!(
            r#""modifierExtension":[{}]"#,
            ext("rendering-styleSensitive", &format!(r#""valueBoolean":{value}"#))
        ))
    };
    assert!(look(&modifier("false")).instrument.is_some());
    assert_eq!(look(&modifier("true")).refusals[0].reason, Reason::ModifierExtension);
}

#[test]
fn a_list_nobody_chooses_from_may_be_on_another_server() {
    let item = |rest: &str| {
        format!(r#"{{"linkId":"1","type":"choice","text":"?","answerValueSet":"https://a.example/v"{rest}}}"#)
    };
    assert!(look(&form(&item(""))).instrument.is_none());
    let reading = read(&item(
        r#","readOnly":true,"initial":[{"valueCoding":{"system":"s","code":"a","display":"A"}}]"#,
    ));
    assert_eq!(reading.instrument.items[0].initial.len(), 1);
}

#[test]
fn a_list_inside_what_is_never_shown_needs_no_options() {
    let reading = read(&format!(
        r#"{{"linkId":"g","type":"group","text":"g","extension":[{}],"item":[{{"linkId":"1","type":"choice","text":"?"}}]}}"#,
        ext("questionnaire-hidden", r#""valueBoolean":true"#)
    ));
    assert_eq!(remarks(&reading), [Remark::NoOptionsNeeded]);
}

#[test]
fn null_is_absent() {
    let reading = read(
        r#"{"linkId":"1","type":"string","text":"?","required":null,"item":null,"enableWhen":null,"initial":null}"#,
    );
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
}

#[test]
fn repetition_is_counted() {
    let reading = read(&format!(
        r#"{{"linkId":"g","type":"group","text":"g","repeats":true,"required":true,"extension":[{}],
             "item":[{{"linkId":"a","type":"string","text":"?"}}]}},
           {{"linkId":"m","type":"string","text":"?","repeats":true,"extension":[{}]}}"#,
        ext("questionnaire-maxOccurs", r#""valueInteger":4"#),
        ext("questionnaire-minOccurs", r#""valueInteger":2"#),
    ));
    let group = item(&reading, "g");
    assert!(group.repeats && group.occurs.least == 1 && group.occurs.most == Some(4));
    let many = item(&reading, "m");
    assert!(many.occurs.least == 2 && many.occurs.most.is_none());
    assert_eq!(item(&reading, "a").occurs.most, Some(1));
}

#[test]
fn what_is_for_display_only_is_not_shown_while_answering() {
    let reading = read(&format!(
        r#"{{"linkId":"a","type":"string","text":"?","extension":[{}]}},{{"linkId":"b","type":"string","text":"?","extension":[{}]}}"#,
        ext("questionnaire-usageMode", r#""valueCode":"display-non-empty""#),
        ext("questionnaire-usageMode", r#""valueCode":"capture""#),
    ));
    assert!(item(&reading, "a").hidden && !item(&reading, "b").hidden);
}

#[test]
fn a_long_chain_of_conditions_and_a_long_flat_form_are_read() {
    let mut items = vec![r#"{"linkId":"0","type":"boolean","text":"?"}"#.to_owned()];
    for at in 1..5_000 {
        items.push(format!(
            r#"{{"linkId":"{at}","type":"boolean","text":"?","enableWhen":[{{"question":"{}","operator":"=","answerBoolean":true}}]}}"#,
            at - 1
        ));
    }
    let reading = read(&items.join(","));
    assert_eq!(reading.instrument.items.len(), 5_000);
    let round = items[0].replace(
        r#""text":"?""#,
        r#""text":"?","enableWhen":[{"question":"4999","operator":"=","answerBoolean":true}]"#,
    );
    items[0] = round;
    let survey = look(&form(&items.join(",")));
    assert_eq!(survey.refusals.len(), 1);
    assert_eq!(survey.refusals[0].reason, Reason::ConditionCycle);
}
