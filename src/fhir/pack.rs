//! Licensed packs: the words of a measure whose scoring we ship and whose words we may not.
//!
//! A scoring file is a Questionnaire without words, marked `pack-required` (`public/scoring/<id>.json`). A
//! practice that holds a licence writes a pack (schema: `public/schema/pack.json`); the two make one ordinary
//! Questionnaire. Without the licence's statement and its holder there is none, and both are its `copyright`,
//! which is shown with every question.

use super::refusal::{Reason, Refusal};
use crate::domain::ordered::Set;
use serde_json::{Map, Value};

/// The version of packs that is read.
const VERSION: u64 = 1;

/// The mark of a scoring file.
const REQUIRED: &str = "https://what-matters.example/fhir/StructureDefinition/pack-required";

/// The mark of a questionnaire whose licence stands open on every page.
const OPEN: &str = "https://what-matters.example/fhir/StructureDefinition/licence-open";

/// A pack, read and found to be licensed.
#[derive(Debug)]
pub struct Pack {
    measure: Box<str>,
    language: Box<str>,
    copyright: String,
    words: Map<String, Value>,
}

impl Pack {
    /// Whether a file means to be a pack rather than a Questionnaire.
    pub fn is_one(json: &Value) -> bool {
        json.get("whatMattersPack").is_some()
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// Every mistake in it; a missing licence above all.
    pub fn read(json: &Value) -> Result<Self, Vec<Refusal>> {
        let mut faults = Faults::default();
        let known = ["whatMattersPack", "measure", "language", "licence", "words"];
        let root = faults.object(Some(json), "", &known);
        if root.get("whatMattersPack").and_then(Value::as_u64) != Some(VERSION) {
            faults.add(Reason::PackBroken, "whatMattersPack", "is not 1, the version that is read");
        }
        let measure = faults.text(&root, "", "measure", Reason::PackBroken);
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !measure.bytes().all(plain) {
            faults.add(Reason::PackBroken, "measure", "is not the name of a scoring file");
        }
        let language = faults.text(&root, "", "language", Reason::PackBroken);
        let licence = faults.object(root.get("licence"), "licence", &["statement", "holder", "reference"]);
        let statement = faults.text(&licence, "licence.", "statement", Reason::PackUnlicensed);
        let holder = faults.text(&licence, "licence.", "holder", Reason::PackUnlicensed);
        let reference = licence.get("reference").and_then(Value::as_str).unwrap_or_default();
        let words = faults.object(root.get("words"), "words", &["title", "stem", "items", "options"]);
        if !faults.list.is_empty() {
            return Err(faults.list);
        }
        let mut copyright = [&statement, " Licensed to: ", &holder, "."].concat();
        if !reference.trim().is_empty() {
            copyright.push_str(&[" ", reference, "."].concat());
        }
        Ok(Self { measure: measure.into(), language: language.into(), copyright, words })
    }

    /// The scoring file it completes: `swemwbs` for `scoring/swemwbs.json`.
    pub fn measure(&self) -> &str {
        &self.measure
    }

    /// Puts the words into the scoring file and gives the Questionnaire, as JSON.
    ///
    /// # Errors
    /// Where the two do not fit each other word for word.
    pub fn complete(&self, scoring: &str) -> Result<String, Vec<Refusal>> {
        let mut faults = Faults::default();
        let mut form = match serde_json::from_str(scoring) {
            Ok(Value::Object(form)) if form.get("id").and_then(Value::as_str) == Some(self.measure()) => form,
            _ => {
                faults.add(Reason::PackBroken, "measure", "is not the measure of the scoring file");
                return Err(faults.list);
            }
        };
        // The mark that words are missing gives way to the one that their licence is shown.
        for extension in form.get_mut("extension").and_then(Value::as_array_mut).into_iter().flatten() {
            if extension.get("url").and_then(Value::as_str) == Some(REQUIRED)
                && let Some(extension) = extension.as_object_mut()
            {
                extension.insert("url".to_owned(), OPEN.into());
            }
        }
        let title = faults.text(&self.words, "words.", "title", Reason::PackBroken);
        for (name, text) in [
            ("title", title),
            ("language", self.language.to_string()),
            ("copyright", self.copyright.clone()),
            ("status", "active".to_owned()),
        ] {
            form.insert(name.to_owned(), Value::String(text));
        }
        let mut filling = Filling { faults, pack: self, items: Set::new(), options: Set::new() };
        let group = form.get_mut("item").and_then(Value::as_array_mut).and_then(|items| items.first_mut());
        if let Some(group) = group {
            filling.group(group);
        }
        filling.check_all_used();
        if filling.faults.list.is_empty() {
            Ok(Value::Object(form).to_string())
        } else {
            Err(filling.faults.list)
        }
    }
}

/// Words on their way into a form, and which of them were used.
struct Filling<'p> {
    faults: Faults,
    pack: &'p Pack,
    items: Set<String>,
    options: Set<String>,
}

impl Filling<'_> {
    fn group(&mut self, group: &mut Value) {
        let stem = self.pack.words.get("stem").and_then(Value::as_str).map(str::trim).unwrap_or_default();
        if let (Some(map), false) = (group.as_object_mut(), stem.is_empty()) {
            map.insert("text".to_owned(), stem.into());
        }
        let items = group.get_mut("item").and_then(Value::as_array_mut);
        for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
            if item.get("answerOption").is_some() {
                self.question(item);
            }
        }
    }

    fn question(&mut self, item: &mut Map<String, Value>) {
        let link_id = item.get("linkId").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(text) = self.word("items", &link_id) {
            item.insert("text".to_owned(), text);
        }
        self.items.insert(link_id);
        let options = item.get_mut("answerOption").and_then(Value::as_array_mut);
        for coding in options.into_iter().flatten().filter_map(|option| option.get_mut("valueCoding")) {
            let code = coding.get("code").and_then(Value::as_str).unwrap_or_default().to_owned();
            let text = self.word("options", &code);
            if let (Some(text), Some(coding)) = (text, coding.as_object_mut()) {
                coding.insert("display".to_owned(), text);
            }
            self.options.insert(code);
        }
    }

    /// The words for a key; a missing one is told once.
    fn word(&mut self, list: &str, key: &str) -> Option<Value> {
        let found = self.pack.words.get(list).and_then(|words| words.get(key)).and_then(Value::as_str);
        if found.is_none_or(|words| words.trim().is_empty()) {
            let is_new = if list == "items" { true } else { !self.options.contains(key) };
            if is_new {
                self.faults.add(Reason::PackBroken, &["words.", list, ".", key].concat(), "is missing");
            }
            return None;
        }
        found.map(Value::from)
    }

    /// Words that belong to nothing are a sign that the pack is for another measure.
    fn check_all_used(&mut self) {
        for (list, used) in [("items", &self.items), ("options", &self.options)] {
            let given = self.pack.words.get(list).and_then(Value::as_object).into_iter().flat_map(Map::keys);
            for key in given.filter(|key| !used.contains(key.as_str())) {
                self.faults.add(
                    Reason::PackBroken,
                    &["words.", list, ".", key].concat(),
                    "is not in the measure",
                );
            }
        }
    }
}

/// What is wrong with a pack.
#[derive(Default)]
struct Faults {
    list: Vec<Refusal>,
}

impl Faults {
    fn add(&mut self, reason: Reason, path: &str, what: &str) {
        let detail = if path.is_empty() { what.into() } else { [path, " ", what].concat() };
        self.list.push(Refusal { reason, detail: detail.into(), link_id: None, path: path.to_owned() });
    }

    fn object(&mut self, value: Option<&Value>, path: &str, known: &[&str]) -> Map<String, Value> {
        let Some(Value::Object(map)) = value else {
            let reason = if path == "licence" { Reason::PackUnlicensed } else { Reason::PackBroken };
            self.add(reason, path, "is missing, or is not an object");
            return Map::new();
        };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            self.add(Reason::PackBroken, key, "is not a part of a pack");
        }
        map.clone()
    }

    fn text(&mut self, map: &Map<String, Value>, above: &str, key: &str, reason: Reason) -> String {
        let text = map.get(key).and_then(Value::as_str).map(str::trim).unwrap_or_default();
        if text.is_empty() && !(above == "licence." && map.is_empty()) {
            self.add(reason, &[above, key].concat(), "is missing");
        }
        text.to_owned()
    }
}
