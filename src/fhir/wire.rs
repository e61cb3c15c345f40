//! Reading JSON with its place at hand: a small typed look at a `serde_json::Value` that writes down what
//! is wrong and goes on, so that every refusal of a questionnaire is found in one pass.
//!
//! Paths are kept as links on the stack and written out only when something is reported.

use super::refusal::{Note, Reason, Refusal, Remark};
use crate::domain::answer::Number;
use crate::domain::ordered;
use serde_json::{Map, Value};

/// A JSON object.
pub type Object = Map<String, Value>;

/// The longest text taken from a questionnaire, in bytes. The longest public one seen (a consent text) is
/// near 20,000.
pub const TEXT_BYTES: usize = 100_000;

/// Whether remarks are written down. The patient's page tells them to nobody, so its WASM does without them;
/// the native command, and a page built with the feature `notes`, keep them.
pub const KEEPS_NOTES: bool = cfg!(any(not(target_arch = "wasm32"), feature = "notes"));

/// A place in the JSON: `item[2].item[0].answerOption[1]`.
#[derive(Clone, Copy, Debug)]
pub struct Where<'p> {
    above: Option<&'p Where<'p>>,
    name: &'p str,
    index: Option<usize>,
    link_id: Option<&'p str>,
}

impl<'p> Where<'p> {
    /// The resource itself.
    pub const ROOT: Where<'static> = Where { above: None, name: "", index: None, link_id: None };

    /// A place whose path was written out before.
    pub fn again(path: &'p str, link_id: &'p str) -> Self {
        Where { above: None, name: path, index: None, link_id: Some(link_id) }
    }

    /// An element here.
    pub fn field(&'p self, name: &'p str) -> Where<'p> {
        Where { above: Some(self), name, index: None, link_id: None }
    }

    /// One of several elements here.
    pub fn nth(&'p self, name: &'p str, index: usize) -> Where<'p> {
        Where { above: Some(self), name, index: Some(index), link_id: None }
    }

    /// The same place, known to be the item with this link id.
    pub fn of_item(self, link_id: Option<&'p str>) -> Where<'p> {
        Where { link_id, ..self }
    }

    /// The link id of the nearest item around.
    pub fn link_id(&self) -> Option<&'p str> {
        let mut here = self;
        loop {
            match (here.link_id, here.above) {
                (Some(link_id), _) => return Some(link_id),
                (None, Some(above)) => here = above,
                (None, None) => return None,
            }
        }
    }

    /// The path written out; empty for the resource itself.
    pub fn path(&self) -> String {
        let mut steps = vec![self];
        while let Some(above) = steps.last().and_then(|step| step.above) {
            steps.push(above);
        }
        let mut path = String::new();
        for step in steps.iter().rev().filter(|step| !step.name.is_empty()) {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(step.name);
            if let Some(index) = step.index {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
        }
        path
    }
}

/// What was found wrong, and what was found worth saying.
#[derive(Default, Debug)]
pub struct Findings {
    /// Why the questionnaire is refused; empty if it is not.
    pub refusals: Vec<Refusal>,
    /// What is ignored, shown differently or not computed.
    pub notes: Vec<Note>,
    counted: ordered::Map<(Remark, Box<str>), usize>,
}

impl Findings {
    /// Writes down a reason to refuse. `detail` fills the reason's words.
    pub fn refuse(&mut self, at: &Where, reason: Reason, detail: &str) {
        let link_id = at.link_id().map(Into::into);
        self.refusals.push(Refusal { reason, detail: clip(detail), link_id, path: at.path() });
    }

    /// Writes down a remark. `detail` fills the remark's words.
    #[inline]
    pub fn note(&mut self, at: &Where, remark: Remark, detail: &str) {
        if KEEPS_NOTES {
            self.keep_note(at, remark, detail);
        }
    }

    fn keep_note(&mut self, at: &Where, remark: Remark, detail: &str) {
        let link_id = at.link_id().map(Into::into);
        self.notes.push(Note { remark, detail: clip(detail), link_id, path: at.path(), times: 1 });
    }

    /// Writes a remark down once for each detail, and counts.
    #[inline]
    pub fn count(&mut self, at: &Where, remark: Remark, detail: &str) {
        if KEEPS_NOTES {
            self.keep_count(at, remark, detail);
        }
    }

    fn keep_count(&mut self, at: &Where, remark: Remark, detail: &str) {
        // A file of nothing but different extensions is told of the first few hundred, and of the rest together.
        const MOST: usize = 500;
        let known = self.counted.get(&(remark, clip(detail))).is_some();
        let detail = if known || self.counted.len() < MOST { detail } else { "(others)" };
        let at_note = *self.counted.get_or_insert_with((remark, clip(detail)), || self.notes.len());
        match self.notes.get_mut(at_note) {
            Some(note) => note.times = note.times.saturating_add(1),
            None => self.keep_note(at, remark, detail),
        }
    }
}

/// Details are quoted from the file: keep reports readable when the file is hostile.
fn clip(detail: &str) -> Box<str> {
    const MOST: usize = 300;
    match detail.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", detail.get(..end).unwrap_or_default()).into(),
        None => detail.into(),
    }
}

/// A JSON object and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Element<'j, 'p> {
    /// The object.
    pub map: &'j Object,
    /// Where it stands.
    pub at: &'p Where<'p>,
}

impl<'j, 'p> Element<'j, 'p> {
    /// The value as an object, or a refusal.
    pub fn of(value: &'j Value, at: &'p Where<'p>, found: &mut Findings) -> Option<Self> {
        match value {
            Value::Object(map) => Some(Self { map, at }),
            _ => {
                found.refuse(at, Reason::WrongShape, "an object");
                None
            }
        }
    }

    /// What stands under a name. Some programs write `null` for what is absent.
    pub fn get(self, name: &str) -> Option<&'j Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// A text; an empty one counts as absent (FHIR forbids empty strings).
    pub fn text(self, name: &str, found: &mut Findings) -> Option<&'j str> {
        match self.get(name)? {
            Value::String(text) if text.len() > TEXT_BYTES => {
                found.refuse(&self.at.field(name), Reason::TextTooLong, &text.len().to_string());
                None
            }
            Value::String(text) => (!text.is_empty()).then_some(text.as_str()),
            _ => self.wrong(name, "a text in quotes", found),
        }
    }

    /// `true` or `false`.
    pub fn flag(self, name: &str, found: &mut Findings) -> Option<bool> {
        match self.get(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text == "true" || text == "false" => {
                found.note(&self.at.field(name), Remark::WrittenAsText, text);
                Some(text == "true")
            }
            _ => self.wrong(name, "true or false", found),
        }
    }

    /// A whole number of 32 bits (FHIR `integer`).
    pub fn whole(self, name: &str, found: &mut Findings) -> Option<i32> {
        let value = self.get(name)?;
        if let Value::String(text) = value
            && let Ok(number) = text.parse()
        {
            found.note(&self.at.field(name), Remark::WrittenAsText, text);
            return Some(number);
        }
        match whole(value) {
            Some(number) => Some(number),
            None => self.wrong(name, "a whole number", found),
        }
    }

    /// A number with its digits.
    pub fn number(self, name: &str, found: &mut Findings) -> Option<Number> {
        let value = self.get(name)?;
        if let Value::String(text) = value
            && let Some(number) = Number::parse(text)
        {
            found.note(&self.at.field(name), Remark::WrittenAsText, text);
            return Some(number);
        }
        match number(value) {
            Some(number) => Some(number),
            None => self.wrong(name, "a number", found),
        }
    }

    /// A list; nothing if absent.
    pub fn list(self, name: &str, found: &mut Findings) -> &'j [Value] {
        match self.get(name) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => self.wrong(name, "a list", found).unwrap_or_default(),
        }
    }

    fn wrong<T>(self, name: &str, expected: &str, found: &mut Findings) -> Option<T> {
        found.refuse(&self.at.field(name), Reason::WrongShape, expected);
        None
    }
}

/// A JSON number that is a 32-bit whole number.
pub fn whole(value: &Value) -> Option<i32> {
    match value {
        Value::Number(number) => number.as_i64().and_then(|number| i32::try_from(number).ok()),
        _ => None,
    }
}

/// A JSON number with its digits.
pub fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Number::parse(&number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_fhir_writes_it_and_knows_its_item() {
        let item = Where::ROOT.nth("item", 2).of_item(Some("a"));
        let inner = item.nth("item", 0);
        let option = inner.nth("answerOption", 1);
        assert_eq!(option.path(), "item[2].item[0].answerOption[1]");
        assert_eq!(option.link_id(), Some("a"));
        assert_eq!(Where::ROOT.path(), "");
        assert_eq!(Where::again("item[4]", "q").field("initial").path(), "item[4].initial");
    }

    #[test]
    fn a_wrong_shape_is_written_down_and_reading_goes_on() {
        let json = serde_json::json!({"text": 5, "required": "yes", "maxLength": 1.5, "item": {}});
        let mut found = Findings::default();
        let element = Element::of(&json, &Where::ROOT, &mut found).expect("an object");
        assert_eq!(element.text("text", &mut found), None);
        assert_eq!(element.flag("required", &mut found), None);
        assert_eq!(element.whole("maxLength", &mut found), None);
        assert!(element.list("item", &mut found).is_empty());
        let paths: Vec<_> = found.refusals.iter().map(|refusal| refusal.path.as_str()).collect();
        assert_eq!(paths, ["text", "required", "maxLength", "item"]);
    }

    #[test]
    fn a_number_keeps_its_digits() {
        let json: Value = serde_json::from_str("12.50").expect("a number");
        assert_eq!(number(&json).as_ref().map(Number::as_str), Some("12.50"));
    }
}
