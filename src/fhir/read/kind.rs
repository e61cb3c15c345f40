//! What kind of item, with the limits and looks of its kind.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{Element, Findings, Object};
use super::options::{self, Options};
use super::value_sets::{self, AtHand};
use super::{control, extensions, limits, moment, value, words};
use crate::domain::answer::{Answer, Coding, Number};
use crate::domain::instrument::{
    ChoiceLook, ChoiceRule, DisplayLook, ItemKind, MomentRule, NumberRule, QuantityRule, Scale, TextRule,
};
use crate::domain::pattern::Pattern;
use crate::domain::text::Text;

/// What was read of an item before its kind.
pub struct Traits<'j> {
    /// The `type`.
    pub code: &'j str,
    /// The codes of its control.
    pub controls: Vec<&'j str>,
    /// Several answers may be given.
    pub repeats: bool,
    /// The person cannot change its answers: hidden or read only.
    pub fixed: bool,
}

/// The kind of an item; `None` after a refusal.
pub fn read<'j>(
    element: Element<'j, '_>,
    traits: &Traits<'j>,
    sets: &mut AtHand<'j>,
    found: &mut Findings,
) -> Option<ItemKind> {
    let has_options = element.map.contains_key("answerOption") || element.map.contains_key("answerValueSet");
    let drawn_as = if has_options && traits.code != "boolean" { "choice" } else { traits.code };
    control::check(&traits.controls, drawn_as, element.at, found);
    match traits.code {
        "choice" | "open-choice" => return choice(element, traits, sets, found).map(ItemKind::Choice),
        "string" | "text" | "integer" | "date" | "time" if has_options => {
            if !options::are_empty(element) {
                return listed(element, traits, sets, found);
            }
            // Some form builders leave an option without words or code behind when a type is changed.
            found.note(element.at, Remark::OptionsEmpty, traits.code);
        }
        _ => without_options(element, traits.code, found),
    }
    Some(match traits.code {
        "group" => ItemKind::Group(control::group(&traits.controls, element.at, found)),
        "display" => ItemKind::Display(DisplayLook::Plain),
        "boolean" => ItemKind::Boolean,
        "decimal" => ItemKind::Decimal(number(element, found)),
        "integer" => ItemKind::Integer(integer(element, traits, found)),
        "date" => ItemKind::Date(moments(element, moment::is_date, found)),
        "dateTime" => ItemKind::DateTime(moments(element, moment::is_date_time, found)),
        "time" => ItemKind::Time(moments(element, moment::is_time, found)),
        "string" if traits.controls.contains(&"text-area") => ItemKind::Text(text(element, found)),
        "string" => ItemKind::String(text(element, found)),
        "text" => ItemKind::Text(text(element, found)),
        "url" => ItemKind::Url(text(element, found)),
        "quantity" => ItemKind::Quantity(quantity(element, sets, found)),
        "attachment" | "reference" => return refuse(element, Reason::TypeNotShown, traits.code, found),
        "coding" => {
            let why = "The item type coding is FHIR R5's (R4 has choice)";
            return refuse(element, Reason::OtherVersion, why, found);
        }
        other => return refuse(element, Reason::TypeUnknown, other, found),
    })
}

fn refuse<T>(element: Element, reason: Reason, detail: &str, found: &mut Findings) -> Option<T> {
    found.refuse(&element.at.field("type"), reason, detail);
    None
}

/// Options on items that have none: a yes-or-no question keeps its own two; elsewhere they would be lost.
#[inline(never)] // not needed for the first question
fn without_options(element: Element, code: &str, found: &mut Findings) {
    for name in ["answerOption", "answerValueSet"] {
        if !element.map.contains_key(name) {
            continue;
        }
        match code {
            "boolean" => found.note(&element.at.field(name), Remark::OptionsOnBoolean, ""),
            "attachment" | "reference" => (),
            _ => found.refuse(&element.at.field(name), Reason::OptionsOnType, code),
        }
    }
}

fn choice<'j>(
    element: Element<'j, '_>,
    traits: &Traits<'j>,
    sets: &mut AtHand<'j>,
    found: &mut Findings,
) -> Option<ChoiceRule> {
    let open = traits.code == "open-choice";
    let mut lack = Findings::default();
    let named = element.map.contains_key("answerValueSet") && !element.map.contains_key("answerOption");
    let options = match options::read(element, sets, if traits.fixed && named { &mut lack } else { found }) {
        // Nobody chooses, so a list on another server is not missed.
        Options::Refused if !lack.refusals.is_empty() => {
            found.note(element.at, Remark::NoOptionsNeeded, "");
            Vec::new().into()
        }
        Options::Refused => return None,
        Options::Listed(options) => options,
        Options::None if traits.fixed => {
            found.note(element.at, Remark::NoOptionsNeeded, "");
            Vec::new().into()
        }
        Options::None => {
            let computed = ["sdc-questionnaire-answerExpression", "sdc-questionnaire-candidateExpression"];
            if let Some(name) = computed.iter().find(|name| extensions::find(element.map, name).is_some()) {
                found.refuse(element.at, Reason::OptionsExpression, name);
                return None;
            }
            if !open {
                found.refuse(element.at, Reason::OptionsMissing, "");
                return None;
            }
            found.note(element.at, Remark::OpenWithoutOptions, "");
            Vec::new().into()
        }
    };
    let look = control::choice(&traits.controls, traits.repeats, element.at, found);
    let look = look.unwrap_or_else(|| {
        if options.len() <= limits::LONG_LIST {
            return ChoiceLook::Buttons;
        }
        found.note(element.at, Remark::LongList, &options.len().to_string());
        ChoiceLook::Search
    });
    let orientation = extensions::find(element.map, "questionnaire-choiceOrientation");
    let horizontal = orientation
        .and_then(|extension| extension.get("valueCode"))
        .is_some_and(|code| code.as_str() == Some("horizontal"));
    let open_label = string(element, "sdc-questionnaire-openLabel", found);
    Some(ChoiceRule { options, open, open_label, look, horizontal })
}

/// A list on a string, integer, date or time: R5 allows it, and so do other renderers; the answers keep their type.
fn listed<'j>(
    element: Element<'j, '_>,
    traits: &Traits<'j>,
    sets: &mut AtHand<'j>,
    found: &mut Findings,
) -> Option<ItemKind> {
    let rule = choice(element, traits, sets, found)?;
    let fits = |answer: &Answer| match answer {
        Answer::Text(_) => matches!(traits.code, "string" | "text"),
        Answer::Integer(_) => traits.code == "integer",
        Answer::Date(_) => traits.code == "date",
        Answer::Time(_) => traits.code == "time",
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::DateTime(_)
        | Answer::Url(_)
        | Answer::Coding(_)
        | Answer::Quantity(_) => false,
    };
    if rule.options.iter().all(|option| fits(&option.value)) {
        found.note(element.at, Remark::OptionsOnOtherType, traits.code);
        return Some(ItemKind::Choice(rule));
    }
    found.refuse(element.at, Reason::OptionsOnType, traits.code);
    None
}

/// A rule that is left out of account, with why.
fn ignore(element: Element, what: &str, found: &mut Findings) {
    found.note(element.at, Remark::RuleIgnored, what);
}

/// A text carried by an extension (`entryFormat`, `openLabel`).
pub fn string(element: Element, name: &str, found: &mut Findings) -> Option<Text> {
    let extension = extensions::find(element.map, name)?;
    let at = element.at.field("extension");
    let inner = Element { map: extension, at: &at };
    words::read(inner, "valueString", found).or_else(|| words::read(inner, "valueMarkdown", found))
}

/// A whole number that is not negative, carried by an extension.
pub fn count(element: Element, name: &str, found: &mut Findings) -> Option<u32> {
    let extension = extensions::find(element.map, name)?;
    let number = value::whole_of(extension).and_then(|number| u32::try_from(number).ok());
    if number.is_none() {
        ignore(element, &[name, " is not a whole number of 0 or more"].concat(), found);
    }
    number
}

/// The value of `minValue` or `maxValue`; a note where it is relative or computed.
fn limit(element: Element, name: &str, found: &mut Findings) -> Option<Answer> {
    let extension = extensions::find(element.map, name)?;
    let at = element.at.field("extension");
    let read = value::find(extension, "value", &at, found)
        .filter(|typed| words::beside(extension, typed.name).is_none())
        .and_then(|typed| value::read(typed, extension, &at, found));
    if read.is_none() {
        found.note(element.at, Remark::LimitNotRead, name);
    }
    read
}

fn number_limit(element: Element, name: &str, found: &mut Findings) -> Option<Number> {
    match limit(element, name, found)? {
        Answer::Integer(number) => Some(number.into()),
        Answer::Decimal(number) => Some(number),
        Answer::Quantity(quantity) => Some(quantity.value),
        Answer::Boolean(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Text(_)
        | Answer::Url(_)
        | Answer::Coding(_) => {
            found.note(element.at, Remark::LimitOtherType, name);
            None
        }
    }
}

fn number(element: Element, found: &mut Findings) -> NumberRule {
    let least = number_limit(element, "minValue", found);
    let most = number_limit(element, "maxValue", found);
    if let (Some(least), Some(most)) = (&least, &most)
        && least.compare(most).is_gt()
    {
        found.refuse(element.at, Reason::LimitsCrossed, least.as_str());
    }
    let unit =
        unit(element, found).and_then(|unit| unit.display.or_else(|| unit.code.as_deref().map(Text::plain)));
    NumberRule {
        least,
        most,
        decimal_places: count(element, "maxDecimalPlaces", found),
        unit,
        scale: None,
        entry_format: string(element, "entryFormat", found),
    }
}

fn integer(element: Element, traits: &Traits, found: &mut Findings) -> NumberRule {
    let mut rule = number(element, found);
    if !traits.controls.contains(&"slider") {
        return rule;
    }
    let step = extensions::find(element.map, "questionnaire-sliderStepValue");
    let step = match step.map(value::whole_of) {
        None => 1,
        Some(Some(step)) if step > 0 => step,
        Some(_) => {
            ignore(element, "sliderStepValue is not a whole number above 0", found);
            1
        }
    };
    let ends = rule.least.as_ref().zip(rule.most.as_ref()).map(|(least, most)| (least.value(), most.value()));
    let why = match ends {
        None => "without both ends",
        Some((least, most)) if least.fract() != 0.0 || most.fract() != 0.0 => "with ends that are not whole",
        Some((least, most)) if (most - least) / f64::from(step) > limits::SCALE_STEPS as f64 => {
            "of more than 100 steps"
        }
        Some((least, most)) if ((most - least) / f64::from(step)).fract() != 0.0 => {
            "whose steps do not reach its upper end"
        }
        Some(_) => {
            rule.scale = Some(Scale { step, lower: None, upper: None });
            return rule;
        }
    };
    found.note(element.at, Remark::SliderAsBox, why);
    rule
}

/// The fixed unit (`questionnaire-unit`).
fn unit(element: Element, found: &mut Findings) -> Option<Coding> {
    let extension = extensions::find(element.map, "questionnaire-unit")?;
    coded(element, extension, found)
}

fn coded(element: Element, extension: &Object, found: &mut Findings) -> Option<Coding> {
    let at = element.at.field("extension");
    let coding = Element::of(extension.get("valueCoding")?, &at, found)?;
    Some(value::coding(coding, found))
}

#[inline(never)] // not needed for the first question
fn quantity<'j>(element: Element<'j, '_>, sets: &mut AtHand<'j>, found: &mut Findings) -> QuantityRule {
    let mut rule = number(element, found);
    for (name, end) in [("sdc-questionnaire-minQuantity", 0), ("sdc-questionnaire-maxQuantity", 1)] {
        if let Some(limit) = number_limit(element, name, found) {
            let end = if end == 0 { &mut rule.least } else { &mut rule.most };
            *end = Some(limit);
        }
    }
    let mut units: Vec<Coding> = Vec::new();
    for extension in extensions::all(element.map, "questionnaire-unitOption") {
        units.extend(coded(element, extension, found));
    }
    if let Some(extension) = extensions::find(element.map, "questionnaire-unitValueSet") {
        let reference = ["valueCanonical", "valueUri"].iter().find_map(|name| extension.get(*name)?.as_str());
        let mut missing = Findings::default();
        match reference.and_then(|reference| sets.options(reference, element.at, &mut missing)) {
            Some(options) => units.extend(value_sets::codings(&options)),
            None => ignore(element, "unitValueSet cannot be listed, so units are typed or left out", found),
        }
    }
    QuantityRule { number: rule, units: units.into(), unit: unit(element, found) }
}

#[inline(never)] // not needed for the first question
fn moments(element: Element, is_right: fn(&str) -> bool, found: &mut Findings) -> MomentRule {
    let mut end = |name| {
        let text = match limit(element, name, found)? {
            Answer::Date(text) | Answer::DateTime(text) | Answer::Time(text) => Some(text),
            Answer::Boolean(_)
            | Answer::Decimal(_)
            | Answer::Integer(_)
            | Answer::Text(_)
            | Answer::Url(_)
            | Answer::Coding(_)
            | Answer::Quantity(_) => None,
        };
        let text = text.filter(|text| is_right(text));
        if text.is_none() {
            found.note(element.at, Remark::LimitOtherType, name);
        }
        text
    };
    let (earliest, latest) = (end("minValue"), end("maxValue"));
    if let (Some(earliest), Some(latest)) = (&earliest, &latest)
        && earliest.len() == latest.len()
        && earliest.len() <= 10
        && earliest > latest
    {
        found.refuse(element.at, Reason::LimitsCrossed, earliest);
    }
    MomentRule { earliest, latest, entry_format: string(element, "entryFormat", found) }
}

#[inline(never)] // not needed for the first question
fn text(element: Element, found: &mut Findings) -> TextRule {
    let least = count(element, "minLength", found);
    let most = element.whole("maxLength", found).and_then(|most| match u32::try_from(most) {
        Ok(0) | Err(_) => {
            ignore(element, "maxLength is not above 0", found);
            None
        }
        Ok(most) => Some(most),
    });
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        found.refuse(element.at, Reason::LimitsCrossed, &least.to_string());
    }
    TextRule {
        least,
        most,
        pattern: pattern(element, found),
        entry_format: string(element, "entryFormat", found),
    }
}

fn pattern(element: Element, found: &mut Findings) -> Option<Pattern> {
    let written = extensions::find(element.map, "regex")?.get("valueString")?.as_str()?;
    let pattern = Pattern::read(written);
    if pattern.is_none() {
        found.note(element.at, Remark::PatternNotChecked, written);
    }
    pattern
}
