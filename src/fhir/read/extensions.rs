//! The extensions we know, and what becomes of each.

use super::super::refusal::Reason;
use super::super::wire::{Element, Findings, Object};
use serde_json::Value;

/// What becomes of something the standard has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It does what the standard says.
    Supported,
    /// It is shown, in another way than its author may expect.
    Differently,
    /// It is left out of account, without harm to what is asked or recorded.
    Ignored,
    /// An expression or rule that is not computed; said in a note.
    NotComputed,
    /// The questionnaire is refused.
    Refused,
}

/// Where an extension may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    Resource,
    Item,
    Option,
    Coding,
    Words,
    Concept,
    Elsewhere,
}

/// An extension we know.
pub struct Known {
    /// The last part of its URL.
    pub name: &'static str,
    /// What becomes of it.
    pub treatment: Treatment,
    /// What it does here, for the support table.
    pub about: &'static str,
    pub(super) spots: &'static [Spot],
}

const ITEM: &[Spot] = &[Spot::Item];
const FORM: &[Spot] = &[Spot::Resource, Spot::Item];
const OPTION: &[Spot] = &[Spot::Option, Spot::Coding, Spot::Concept];
const WORDS: &[Spot] = &[Spot::Words];
const ANYWHERE: &[Spot] =
    &[Spot::Resource, Spot::Item, Spot::Option, Spot::Coding, Spot::Words, Spot::Concept, Spot::Elsewhere];

/// What a list says of its entries is for the support table; the patient's page does not carry it.
pub(super) const fn shown(about: &'static str) -> &'static str {
    if cfg!(target_arch = "wasm32") { "" } else { about }
}

const fn known(
    name: &'static str,
    spots: &'static [Spot],
    treatment: Treatment,
    about: &'static str,
) -> Known {
    Known { name, treatment, about: shown(about), spots }
}

use Treatment::{Differently, Ignored, NotComputed, Refused, Supported};

/// Every extension we know, in the order of the support table.
pub const KNOWN: &[Known] = &[
    known("questionnaire-itemControl", ITEM, Supported, "how the item is drawn; see the table of controls"),
    known("questionnaire-hidden", ITEM, Supported, "never shown; its initial value travels in the response"),
    known(
        "questionnaire-usageMode",
        ITEM,
        Supported,
        "`display` and `display-non-empty` items are not shown while answering",
    ),
    known("questionnaire-unit", ITEM, Supported, "the unit of a decimal, integer or quantity"),
    known("questionnaire-unitOption", ITEM, Supported, "the units a quantity may be given in"),
    known("questionnaire-unitValueSet", ITEM, Supported, "as unitOption, where the value set is at hand"),
    known("questionnaire-choiceOrientation", ITEM, Supported, "options side by side where there is room"),
    known("questionnaire-optionExclusive", OPTION, Supported, "choosing it clears the other options"),
    known("questionnaire-optionPrefix", OPTION, Supported, "shown before the option's words"),
    known("valueset-label", OPTION, Supported, "shown before the option's words"),
    known("questionnaire-sliderStepValue", ITEM, Supported, "the step between the buttons of a scale"),
    known("questionnaire-minOccurs", ITEM, Supported, "the fewest answers or repetitions"),
    known("questionnaire-maxOccurs", ITEM, Supported, "the most answers or repetitions"),
    known(
        "minValue",
        ITEM,
        Supported,
        "the smallest number or earliest date; not a relative or computed one",
    ),
    known("maxValue", ITEM, Supported, "the largest number or latest date; not a relative or computed one"),
    known(
        "sdc-questionnaire-minQuantity",
        ITEM,
        Supported,
        "the smallest amount, in the question's own unit",
    ),
    known("sdc-questionnaire-maxQuantity", ITEM, Supported, "the largest amount, in the question's own unit"),
    known("minLength", ITEM, Supported, "the fewest characters"),
    known("maxDecimalPlaces", ITEM, Supported, "the most digits after the point"),
    known(
        "regex",
        ITEM,
        Supported,
        "the pattern of a text, where it is in the subset our matcher reads; otherwise a note",
    ),
    known("entryFormat", ITEM, Supported, "a hint of how to write the answer"),
    known("ordinalValue", OPTION, Supported, "the option's number for scores"),
    known("itemWeight", OPTION, Supported, "the option's number for scores"),
    known("questionnaire-ordinalValue", OPTION, Supported, "the option's number for scores (an older form)"),
    known("iso21090-CO-value", OPTION, Supported, "the option's number for scores (an older form)"),
    known("valueset-ordinalValue", OPTION, Supported, "the option's number for scores (an older form)"),
    known("codesystem-ordinalValue", OPTION, Supported, "the option's number for scores (an older form)"),
    known("translation", WORDS, Supported, "the words in other languages"),
    known(
        "rendering-markdown",
        WORDS,
        Supported,
        "paragraphs, headings, lists, bold, emphasis and links; other marks as plain text",
    ),
    known(
        "rendering-xhtml",
        WORDS,
        Differently,
        "paragraphs, headings, lists, bold, emphasis and links; the rest as plain text; no images, tables or styles",
    ),
    known("sdc-questionnaire-shortText", ITEM, Supported, "a shorter name in lists of problems and answers"),
    known("questionnaire-supportLink", ITEM, Supported, "a web page that helps; `https` only"),
    known("sdc-questionnaire-openLabel", ITEM, Supported, "words beside the box for one's own answer"),
    known("questionnaire-displayCategory", ITEM, Differently, "shown as ordinary words"),
    known("sdc-questionnaire-collapsible", ITEM, Differently, "shown open"),
    known("sdc-questionnaire-columnCount", ITEM, Differently, "one column, which fits a phone"),
    known("sdc-questionnaire-width", ITEM, Differently, "one column, which fits a phone"),
    known("sdc-questionnaire-keyboard", ITEM, Differently, "the keyboard follows the item's type"),
    known("sdc-questionnaire-itemMedia", ITEM, Differently, "the picture, sound or film is not shown"),
    known(
        "sdc-questionnaire-itemAnswerMedia",
        OPTION,
        Differently,
        "the picture, sound or film is not shown",
    ),
    known("sdc-questionnaire-entryMode", FORM, Ignored, "people may answer in any order and go back"),
    known("sdc-questionnaire-optionalDisplay", ITEM, Ignored, "the item is shown"),
    known("rendering-style", ANYWHERE, Ignored, "colours and fonts are the page's own"),
    known("rendering-styleSensitive", ANYWHERE, Ignored, "colours and fonts are the page's own"),
    known("terminology-server", FORM, Ignored, "no terminology server is asked"),
    known("designNote", ANYWHERE, Ignored, "a note for authors"),
    known("preferredTerminologyServer", FORM, Ignored, "no terminology server is asked"),
    known("sdc-questionnaire-preferredTerminologyServer", FORM, Ignored, "no terminology server is asked"),
    known("variable", FORM, NotComputed, "a variable for expressions"),
    known(
        "sdc-questionnaire-calculatedExpression",
        ITEM,
        NotComputed,
        "the answer that an expression would give",
    ),
    known(
        "sdc-questionnaire-initialExpression",
        ITEM,
        NotComputed,
        "the first answer that an expression would give",
    ),
    known("questionnaire-constraint", FORM, NotComputed, "a rule between answers"),
    known("targetConstraint", FORM, NotComputed, "a rule between answers"),
    known("sdc-questionnaire-targetConstraint", FORM, NotComputed, "a rule between answers"),
    known(
        "sdc-questionnaire-candidateExpression",
        ITEM,
        NotComputed,
        "suggested answers; refused where there is nothing else to choose from",
    ),
    known(
        "sdc-questionnaire-answerExpression",
        ITEM,
        NotComputed,
        "the options; refused where there is nothing else to choose from",
    ),
    known("sdc-questionnaire-answerOptionsToggleExpression", ITEM, NotComputed, "all options are offered"),
    known("sdc-questionnaire-contextExpression", ITEM, NotComputed, "information beside the question"),
    known("sdc-questionnaire-choiceColumn", ITEM, NotComputed, "columns of an expression's options"),
    known(
        "sdc-questionnaire-lookupQuestionnaire",
        ITEM,
        NotComputed,
        "another questionnaire that would describe an answer",
    ),
    known("cqf-expression", ANYWHERE, NotComputed, "words or values that an expression would give"),
    known("cqf-calculatedValue", ANYWHERE, NotComputed, "words or values that an expression would give"),
    known(
        "sdc-questionnaire-enableWhenExpression",
        ITEM,
        Refused,
        "an expression would decide what is asked",
    ),
    known(
        "sdc-questionnaire-subQuestionnaire",
        ITEM,
        Refused,
        "the questionnaire has parts that are not in it; assemble it first",
    ),
    known("sdc-questionnaire-questionnaireAdaptive", FORM, Refused, "the next question comes from a server"),
    known("cqf-library", FORM, Ignored, "a library for expressions"),
    known("sdc-questionnaire-launchContext", FORM, Ignored, "what a record system would pass in"),
    known("launchContext", FORM, Ignored, "what a record system would pass in"),
    known("sdc-questionnaire-sourceQueries", FORM, Ignored, "what a record system would look up"),
    known("sdc-questionnaire-sourceStructureMap", FORM, Ignored, "filling in from a record"),
    known("sdc-questionnaire-itemPopulationContext", FORM, Ignored, "filling in from a record"),
    known("sdc-questionnaire-observationLinkPeriod", FORM, Ignored, "filling in from a record"),
    known("questionnaire-observationLinkPeriod", FORM, Ignored, "filling in from a record"),
    known("sdc-questionnaire-targetStructureMap", FORM, Ignored, "turning the response into other resources"),
    known(
        "sdc-questionnaire-itemExtractionContext",
        FORM,
        Ignored,
        "turning the response into other resources",
    ),
    known("sdc-questionnaire-itemContext", FORM, Ignored, "turning the response into other resources"),
    known(
        "sdc-questionnaire-observationExtract",
        ANYWHERE,
        Ignored,
        "turning the response into other resources",
    ),
    known(
        "sdc-questionnaire-observation-extract-category",
        ANYWHERE,
        Ignored,
        "turning the response into other resources",
    ),
    known("sdc-questionnaire-definitionExtract", FORM, Ignored, "turning the response into other resources"),
    known(
        "sdc-questionnaire-definitionExtractValue",
        FORM,
        Ignored,
        "turning the response into other resources",
    ),
    known("sdc-questionnaire-templateExtract", FORM, Ignored, "turning the response into other resources"),
    known("sdc-questionnaire-extractAllocateId", FORM, Ignored, "turning the response into other resources"),
    known("sdc-questionnaire-isSubject", FORM, Ignored, "an answer that names who the response is about"),
    known("sdc-questionnaire-performerType", FORM, Ignored, "who should fill the form in"),
    known(
        "sdc-questionnaire-endpoint",
        FORM,
        Ignored,
        "where answers go is for the configuration alone to say",
    ),
    known("sdc-questionnaire-assembledFrom", FORM, Ignored, "where the parts came from"),
    known("sdc-questionnaire-assemble-expectation", FORM, Ignored, "how parts are to be assembled"),
    known("sdc-questionnaire-assembleContext", FORM, Ignored, "how parts are to be assembled"),
    known("sdc-questionnaire-unitOpen", ITEM, Ignored, "units are those listed"),
    known("sdc-questionnaire-unitSupplementalSystem", ITEM, Ignored, "units are those listed"),
    known("sdc-questionnaire-referencesContained", FORM, Ignored, "which contained resources are used"),
    known("questionnaire-signatureRequired", FORM, Ignored, "no signature is taken"),
    known("questionnaire-baseType", ITEM, Ignored, "a hint for authors"),
    known("questionnaire-fhirType", ITEM, Ignored, "a hint for authors"),
    known(
        "questionnaire-referenceResource",
        ITEM,
        Ignored,
        "for questions of type reference, which are refused",
    ),
    known(
        "questionnaire-referenceProfile",
        ITEM,
        Ignored,
        "for questions of type reference, which are refused",
    ),
    known(
        "questionnaire-referenceFilter",
        ITEM,
        Ignored,
        "for questions of type reference, which are refused",
    ),
    known("mimeType", ITEM, Ignored, "for questions of type attachment, which are refused"),
    known("maxSize", ITEM, Ignored, "for questions of type attachment, which are refused"),
    known("data-absent-reason", ANYWHERE, Ignored, "why something is not there"),
];

/// Extensions of this project: their URLs are [`OURS`] and the name.
pub const OWN: &[Known] = &[
    known("why-we-ask", &[Spot::Resource], Supported, "`valueString` is shown before the first question"),
    known("what-you-get", &[Spot::Resource], Supported, "`valueString` is shown before the first question"),
    known("sensitive", ITEM, Supported, "for authors: such questions come last; `valueBoolean`"),
    known(
        "picture",
        OPTION,
        Supported,
        "`valueCode` names one of our drawings, shown beside the option's words; another name shows none",
    ),
];

/// Rules of this project. One that is malformed, or stands where it has no meaning, refuses the questionnaire:
/// each is a promise about scores or safety.
pub const RULES: &[Known] = &[
    known("score-rule", ITEM, Supported, "how a hidden, read-only number is computed from other answers"),
    known("safety-rule", ITEM, Supported, "the answers that are met at once with where to get help"),
    known(
        "review-required",
        &[Spot::Resource],
        Supported,
        "asked only where a practice says who reads it, and how soon",
    ),
    known(
        "pack-required",
        &[Spot::Resource],
        Supported,
        "scoring without words; refused until a licensed pack brings them",
    ),
    known(
        "licence-open",
        &[Spot::Resource],
        Supported,
        "the copyright line is open on every page, not folded",
    ),
    known("self-report-only", ITEM, Supported, "counts only if the person answered it themselves"),
];

/// Where the URLs of our own extensions begin.
pub const OURS: &str = "https://what-matters.example/fhir/StructureDefinition/";

/// The extensions of ours of one name on an element.
pub fn all_ours<'j>(map: &'j Object, name: &str) -> Vec<&'j Object> {
    let list = map.get("extension").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let is_it = |extension: &&Value| url_of(extension).and_then(|url| url.strip_prefix(OURS)) == Some(name);
    list.iter().filter(is_it).filter_map(Value::as_object).collect()
}

/// The first extension of ours with a name on an element.
pub fn ours<'j>(map: &'j Object, name: &str) -> Option<&'j Object> {
    all_ours(map, name).first().copied()
}

/// Whether an extension of ours says `true`.
pub fn our_flag(element: Element, name: &str, found: &mut Findings) -> bool {
    match ours(element.map, name).map(|extension| extension.get("valueBoolean")) {
        None => false,
        Some(Some(Value::Bool(flag))) => *flag,
        Some(_) => {
            found.refuse(&element.at.field("extension"), Reason::BadValue, "true or false");
            false
        }
    }
}

/// The last part of the URL of an HL7 extension; `None` for other people's.
pub fn name_of(url: &str) -> Option<&str> {
    const BASES: [&str; 3] = [
        "http://hl7.org/fhir/StructureDefinition/",
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/",
        "http://hl7.org/fhir/us/sdc/StructureDefinition/",
    ];
    BASES.iter().find_map(|base| url.strip_prefix(base))
}

/// The URL of an extension.
pub(super) fn url_of(extension: &Value) -> Option<&str> {
    extension.get("url")?.as_str()
}

/// The extensions of one name on an element.
pub fn all<'j>(map: &'j Object, name: &str) -> Vec<&'j Object> {
    let list = map.get("extension").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let named = list.iter().filter(|extension| url_of(extension).and_then(name_of) == Some(name));
    named.filter_map(Value::as_object).collect()
}

/// The first extension of one name on an element.
pub fn find<'j>(map: &'j Object, name: &str) -> Option<&'j Object> {
    all(map, name).first().copied()
}
