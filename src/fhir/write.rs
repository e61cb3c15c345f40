//! A finished response as a FHIR R4 `QuestionnaireResponse`.
//!
//! The JSON is canonical: elements in the order the standard lists them, no white space, numbers with the
//! digits they were given with. The same response always gives the same bytes, so their hash can stand
//! for it.

use crate::domain::answer::{Answer, Coding, Quantity};
use crate::domain::hex;
use crate::domain::ids::ResponseId;
use crate::domain::instrument::Instrument;
use crate::domain::response::{ResponseAnswer, ResponseItem};
use crate::domain::showing::Showing;
use crate::domain::text::Text;

/// Where the circumstances of a response go when its questionnaire has no place for them: one nested
/// extension for each answer, its `url` the link id without the appended group's own name.
pub const CONTEXT: &str = "https://what-matters.example/fhir/StructureDefinition/context";

/// When and where the person was shown where to get help because of an answer (safety rule): one for each time,
/// with nested `at` and `occasion`. It says what was shown; it is no rating of the person.
pub const HELP_SHOWN: &str = "https://what-matters.example/fhir/StructureDefinition/help-shown";

/// On the item of a score: the name and version of the algorithm that computed it (`valueString`).
pub const ALGORITHM: &str = "https://what-matters.example/fhir/StructureDefinition/score-algorithm";

/// R4 standard extension: how the answers were given.
const COMPLETION_MODE: &str = "http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode";
/// The code system that extension is bound to (R4 value set `questionnaireresponse-mode`).
const PARTICIPATION_MODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";

/// What is said of a response as a whole.
#[derive(Clone, Debug)]
pub struct Header {
    /// How far it is.
    pub status: Status,
    /// When it was finished: a FHIR `dateTime` with seconds and the offset of the person's own clock.
    pub authored: Box<str>,
    /// The language shown (BCP 47).
    pub language: Box<str>,
    /// How the answers were given.
    pub mode: Mode,
    /// Whom they are about, if an invitation says.
    pub subject: Option<Party>,
    /// Who gave them.
    pub source: Option<Party>,
    /// Each time help was shown because of an answer, the earliest first.
    pub help_shown: Vec<Showing>,
}

/// `QuestionnaireResponse.status`, of which a patient's device gives these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not finished.
    InProgress,
    /// Finished.
    Completed,
    /// Finished, and changed since.
    Amended,
    /// Given up.
    Stopped,
}

impl Status {
    /// The standard's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Amended => "amended",
            Self::Stopped => "stopped",
        }
    }
}

/// How the answers were given (HL7 v3 `ParticipationMode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The person typed them.
    Electronic,
    /// The person said them, and another typed.
    Verbal,
}

/// A person the response names, by kind and perhaps by an identifier; never by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// What kind of person.
    pub kind: PartyKind,
    /// `(system, value)` of an identifier that the service knows, such as a one-time token.
    pub identifier: Option<(Box<str>, Box<str>)>,
}

/// Kinds of persons, by the FHIR resource that would describe them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyKind {
    /// The patient.
    Patient,
    /// Family, a friend, a carer.
    RelatedPerson,
    /// A link worker or another professional.
    Practitioner,
}

impl PartyKind {
    fn resource(self) -> &'static str {
        match self {
            Self::Patient => "Patient",
            Self::RelatedPerson => "RelatedPerson",
            Self::Practitioner => "Practitioner",
        }
    }
}

/// The canonical JSON. `appended` names the outermost item of a group of ours that the questionnaire does
/// not declare (see [`Instrument::with_appended`]); its answers go into the [`CONTEXT`] extension.
/// Items passed over, groups with nothing in them and blank texts are left out.
pub fn response(
    instrument: &Instrument,
    id: &ResponseId,
    header: &Header,
    items: &[ResponseItem],
    appended: Option<&str>,
) -> String {
    let mut json = Json::default();
    json.open('{');
    json.text("resourceType", "QuestionnaireResponse");
    json.text("id", id.as_str());
    json.text("language", &header.language);
    json.key("extension");
    json.open('[');
    completion_mode(&mut json, header.mode);
    if let Some(group) = appended {
        for item in items.iter().filter(|item| item.link_id.as_str() == group && says_something(item)) {
            context(&mut json, item);
        }
    }
    header.help_shown.iter().for_each(|showing| help_shown(&mut json, showing));
    json.close(']');
    json.key("identifier");
    json.open('{');
    json.text("system", "urn:ietf:rfc:3986");
    json.text("value", &["urn:uuid:", id.as_str()].concat());
    json.close('}');
    json.text("questionnaire", &canonical(instrument));
    json.text("status", header.status.code());
    party(&mut json, "subject", header.subject.as_ref());
    json.text("authored", &header.authored);
    party(&mut json, "source", header.source.as_ref());
    write_items(&mut json, items.iter().filter(|item| appended != Some(item.link_id.as_str())));
    json.close('}');
    json.written
}

/// `url|version`; nothing for a questionnaire without a URL.
fn canonical(instrument: &Instrument) -> String {
    if instrument.id.url().is_empty() { String::new() } else { instrument.id.to_string() }
}

fn completion_mode(json: &mut Json, mode: Mode) {
    let (code, display) = match mode {
        Mode::Electronic => ("ELECTRONIC", "electronic data"),
        Mode::Verbal => ("VERBAL", "verbal"),
    };
    json.open('{');
    json.text("url", COMPLETION_MODE);
    json.key("valueCodeableConcept");
    json.open('{');
    json.key("coding");
    json.open('[');
    let coding = Coding {
        system: Some(PARTICIPATION_MODE.into()),
        version: None,
        code: Some(code.into()),
        display: Some(Text::plain(display)),
    };
    json.coding(&coding);
    json.close(']');
    json.close('}');
    json.close('}');
}

fn help_shown(json: &mut Json, showing: &Showing) {
    json.open('{');
    json.key("extension");
    json.open('[');
    for (url, key, value) in
        [("at", "valueDateTime", &*showing.at), ("occasion", "valueCode", showing.occasion.code())]
    {
        json.open('{');
        json.text("url", url);
        json.text(key, value);
        json.close('}');
    }
    json.close(']');
    json.text("url", HELP_SHOWN);
    json.close('}');
}

fn context(json: &mut Json, group: &ResponseItem) {
    json.open('{');
    json.key("extension");
    json.open('[');
    context_of(json, group, group.link_id.as_str());
    json.close(']');
    json.text("url", CONTEXT);
    json.close('}');
}

fn context_of(json: &mut Json, item: &ResponseItem, group: &str) {
    let link_id = item.link_id.as_str();
    let name = link_id.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')).unwrap_or(link_id);
    for answer in &item.answers {
        if let Some(value) = &answer.value {
            json.open('{');
            json.text("url", name);
            json.answer(value);
            json.close('}');
        }
    }
    let below = item.answers.iter().flat_map(|answer| &answer.items).chain(&item.items);
    below.for_each(|item| context_of(json, item, group));
}

fn party(json: &mut Json, key: &str, party: Option<&Party>) {
    let Some(Party { kind, identifier }) = party else { return };
    json.key(key);
    json.open('{');
    json.text("type", kind.resource());
    if let Some((system, value)) = identifier {
        json.key("identifier");
        json.open('{');
        json.text("system", system);
        json.text("value", value);
        json.close('}');
    }
    json.close('}');
}

fn says_something(item: &ResponseItem) -> bool {
    item.answers.iter().any(answers_something) || item.items.iter().any(says_something)
}

fn answers_something(answer: &ResponseAnswer) -> bool {
    answer.value.is_some() || answer.items.iter().any(says_something)
}

fn write_items<'i>(json: &mut Json, items: impl Iterator<Item = &'i ResponseItem>) {
    let mut items = items.filter(|item| says_something(item)).peekable();
    if items.peek().is_none() {
        return;
    }
    json.key("item");
    json.open('[');
    for item in items {
        json.open('{');
        if let Some(algorithm) = &item.algorithm {
            json.key("extension");
            json.open('[');
            json.open('{');
            json.text("url", ALGORITHM);
            json.text("valueString", algorithm);
            json.close('}');
            json.close(']');
        }
        json.text("linkId", item.link_id.as_str());
        json.text("definition", item.definition.as_deref().unwrap_or_default());
        json.text("text", item.text.as_deref().unwrap_or_default());
        let mut answers = item.answers.iter().filter(|answer| answers_something(answer)).peekable();
        if answers.peek().is_some() {
            json.key("answer");
            json.open('[');
            for answer in answers {
                json.open('{');
                if let Some(value) = &answer.value {
                    json.answer(value);
                }
                write_items(json, answer.items.iter());
                json.close('}');
            }
            json.close(']');
        }
        write_items(json, item.items.iter());
        json.close('}');
    }
    json.close(']');
}

/// JSON as it is being written.
#[derive(Default)]
struct Json {
    written: String,
}

impl Json {
    /// A comma, unless something has just been opened or named.
    fn comma(&mut self) {
        if !matches!(self.written.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.written.push(',');
        }
    }

    fn open(&mut self, bracket: char) {
        self.comma();
        self.written.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.written.push(bracket);
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.string(key);
        self.written.push(':');
    }

    /// A member with a text; nothing if it is blank, which FHIR does not allow.
    fn text(&mut self, key: &str, text: &str) {
        if !text.trim().is_empty() {
            self.key(key);
            self.string(text);
        }
    }

    fn string(&mut self, text: &str) {
        self.written.push('"');
        for letter in text.chars() {
            match letter {
                '"' => self.written.push_str("\\\""),
                '\\' => self.written.push_str("\\\\"),
                '\n' => self.written.push_str("\\n"),
                '\r' => self.written.push_str("\\r"),
                '\t' => self.written.push_str("\\t"),
                control if control < ' ' => {
                    self.written.push_str("\\u00");
                    hex::push(&mut self.written, control as u8);
                }
                other => self.written.push(other),
            }
        }
        self.written.push('"');
    }

    /// `value[x]` with its answer.
    fn answer(&mut self, answer: &Answer) {
        match answer {
            Answer::Boolean(value) => {
                self.key("valueBoolean");
                self.written.push_str(if *value { "true" } else { "false" });
            }
            Answer::Decimal(value) => {
                self.key("valueDecimal");
                self.written.push_str(value.as_str());
            }
            Answer::Integer(value) => {
                self.key("valueInteger");
                self.written.push_str(&value.to_string());
            }
            Answer::Date(value) => self.text("valueDate", value),
            Answer::DateTime(value) => self.text("valueDateTime", value),
            Answer::Time(value) => self.text("valueTime", value),
            Answer::Text(value) => self.text("valueString", value),
            Answer::Url(value) => self.text("valueUri", value),
            Answer::Coding(value) => {
                self.key("valueCoding");
                self.coding(value);
            }
            Answer::Quantity(value) => self.quantity(value),
        }
    }

    fn optional(&mut self, key: &str, text: Option<&str>) {
        self.text(key, text.unwrap_or_default());
    }

    fn coding(&mut self, coding: &Coding) {
        self.open('{');
        self.optional("system", coding.system.as_deref());
        self.optional("version", coding.version.as_deref());
        self.optional("code", coding.code.as_deref());
        self.optional("display", coding.display.as_ref().map(Text::as_str));
        self.close('}');
    }

    fn quantity(&mut self, quantity: &Quantity) {
        self.key("valueQuantity");
        self.open('{');
        self.key("value");
        self.written.push_str(quantity.value.as_str());
        self.optional("unit", quantity.unit.as_deref());
        self.optional("system", quantity.system.as_deref());
        self.optional("code", quantity.code.as_deref());
        self.close('}');
    }
}
