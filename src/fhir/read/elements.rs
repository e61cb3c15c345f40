//! The elements of FHIR R4's Questionnaire, what becomes of each, and how R5 and STU3 are told apart.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{Element, Findings, KEEPS_NOTES};
use super::extensions::{Treatment, shown};

/// An element we know.
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// What becomes of it.
    pub treatment: Treatment,
    /// What it does here, for the support table.
    pub about: &'static str,
}

const fn known(name: &'static str, treatment: Treatment, about: &'static str) -> Known {
    Known { name, treatment, about: shown(about) }
}

use Treatment::{Ignored, Refused, Supported};

/// The elements of the resource.
pub const RESOURCE: &[Known] = &[
    known("resourceType", Supported, "must be Questionnaire"),
    known("id", Supported, "names the questionnaire where it has no url"),
    known("url", Supported, "names the questionnaire in every response"),
    known("version", Supported, "beside the url in every response"),
    known("title", Supported, "shown, with translations"),
    known("name", Supported, "shown where there is no title"),
    known("description", Supported, "kept"),
    known("copyright", Supported, "shown"),
    known("publisher", Supported, "kept"),
    known("language", Supported, "the language of its own words"),
    known("item", Supported, "see the table of items"),
    known("contained", Supported, "value sets and code systems it refers to"),
    known("status", Supported, "`retired` and `unknown` are noted"),
    known("implicitRules", Refused, "it would change the meaning of everything"),
    known("modifierExtension", Refused, "it would change the meaning of everything"),
    known("extension", Supported, "see the table of extensions"),
    known("meta", Ignored, ""),
    known("text", Ignored, "a description for readers of the resource"),
    known("identifier", Ignored, ""),
    known("derivedFrom", Ignored, ""),
    known("experimental", Ignored, ""),
    known("subjectType", Ignored, ""),
    known("date", Ignored, ""),
    known("contact", Ignored, ""),
    known("useContext", Ignored, ""),
    known("jurisdiction", Ignored, ""),
    known("purpose", Ignored, ""),
    known("approvalDate", Ignored, ""),
    known("lastReviewDate", Ignored, ""),
    known("effectivePeriod", Ignored, ""),
    known("code", Ignored, ""),
];

/// The elements of an item.
pub const ITEM: &[Known] = &[
    known("linkId", Supported, "must be there, and only once in the questionnaire (que-2)"),
    known("type", Supported, "see the table of types"),
    known("text", Supported, "shown, with translations; a question without words shows its linkId"),
    known("prefix", Supported, "shown before the words"),
    known("required", Supported, "the person is told; ignored on words (que-6)"),
    known("repeats", Supported, "several answers, or copies of a group; ignored on words (que-6)"),
    known("readOnly", Supported, "shown, never typed into; ignored on words (que-9)"),
    known("maxLength", Supported, "of words; ignored elsewhere (que-10)"),
    known("enableWhen", Supported, "every operator; see the reasons for what is refused"),
    known("enableBehavior", Supported, "without it two conditions mean either; three are refused (que-12)"),
    known(
        "answerOption",
        Supported,
        "integer, date, time, string and Coding; on string, text, integer, date and time items too",
    ),
    known(
        "answerValueSet",
        Supported,
        "contained, or supplied by the configuration; refused beside answerOption (que-4)",
    ),
    known(
        "initial",
        Supported,
        "of the question's type; ignored on groups and words (que-8); used beside answerOption (que-11)",
    ),
    known("item", Supported, "under groups and questions; refused under words (que-1)"),
    known("code", Supported, "kept"),
    known("definition", Supported, "carried into the response"),
    known("extension", Supported, "see the table of extensions"),
    known("modifierExtension", Refused, "it would change the item's meaning"),
    known("id", Ignored, ""),
];

/// Notes elements R4 does not have, and refuses those of other versions that would change what is asked.
pub fn check(element: Element, known: &[Known], found: &mut Findings) {
    for name in element.map.keys() {
        let plain = name.strip_prefix('_').unwrap_or(name);
        if let Some(why) = of_another_version(plain) {
            found.refuse(element.at, Reason::OtherVersion, why);
        } else if KEEPS_NOTES && plain != "fhir_comments" && known.iter().all(|known| known.name != plain) {
            found.count(element.at, Remark::UnknownElement, name);
        }
    }
}

fn of_another_version(name: &str) -> Option<&'static str> {
    match name {
        "answerConstraint" => Some("item.answerConstraint is FHIR R5's"),
        "disabledDisplay" => Some("item.disabledDisplay is FHIR R5's"),
        "option" => Some("item.option is FHIR STU3's (R4 has answerOption)"),
        "options" => Some("item.options is FHIR STU3's (R4 has answerValueSet)"),
        "initial" => None,
        _ if name.starts_with("initial") => Some("item.initial[x] outside a list is FHIR STU3's"),
        _ => None,
    }
}
