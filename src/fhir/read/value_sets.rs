//! Value sets at hand: contained in the questionnaire, or supplied by the configuration. Nothing is fetched.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{Findings, Object, Where};
use super::{extensions, limits, options, words};
use crate::domain::answer::{Answer, Coding};
use crate::domain::instrument::Choice;
use crate::domain::ordered::{Map, Set};
use crate::domain::text::Text;
use serde_json::Value;
use std::cell::Cell;
use std::rc::Rc;

/// Value sets (and code systems) that the configuration supplies, found by their `url`.
#[derive(Default, Debug)]
pub struct ValueSets {
    resources: Vec<Value>,
}

impl ValueSets {
    /// Adds a ValueSet or CodeSystem, or a Bundle of them, as JSON. `false` if it is none of these.
    pub fn add(&mut self, json: &str) -> bool {
        let Ok(resource) = serde_json::from_str::<Value>(json) else { return false };
        match resource.get("resourceType").and_then(Value::as_str) {
            Some("ValueSet" | "CodeSystem") => self.resources.push(resource),
            Some("Bundle") => {
                let entries = resource.get("entry").and_then(Value::as_array).into_iter().flatten();
                self.resources.extend(entries.filter_map(|entry| entry.get("resource").cloned()));
            }
            _ => return false,
        }
        true
    }
}

/// The options of a value set, or the refusal already written down.
type Listed = Option<Rc<[Choice]>>;

/// What a questionnaire can refer to, with what was listed before.
pub struct AtHand<'j> {
    contained: &'j [Value],
    supplied: &'j ValueSets,
    listed: Map<&'j str, Listed>,
    /// Steps left: value sets that include one another many times over must not take for ever.
    budget: Cell<usize>,
}

/// How deep value sets may include one another.
const NESTED: u32 = 8;

/// How many steps listing all value sets of one questionnaire may take: a blink on a slow phone.
const BUDGET: usize = 200_000;

impl<'j> AtHand<'j> {
    /// The contained resources of a questionnaire, and those supplied.
    pub fn new(contained: &'j [Value], supplied: &'j ValueSets) -> Self {
        Self { contained, supplied, listed: Map::new(), budget: Cell::new(BUDGET) }
    }

    /// The options of the value set named by an `answerValueSet`. Each is listed once and shared.
    pub fn options(&mut self, reference: &'j str, at: &Where, found: &mut Findings) -> Option<Rc<[Choice]>> {
        if let Some(Some(options)) = self.listed.get(reference) {
            return Some(Rc::clone(options));
        }
        let options = self.list(reference, at, found);
        self.listed.insert(reference, options.clone());
        options
    }

    fn list(&self, reference: &str, at: &Where, found: &mut Findings) -> Option<Rc<[Choice]>> {
        let mut choices = Vec::new();
        let set = self.find("ValueSet", reference);
        let Some((set, supplied)) = set else {
            let reason =
                if reference.starts_with('#') { Reason::ValueSetNotFound } else { Reason::ValueSetRemote };
            found.refuse(at, reason, reference);
            return None;
        };
        if supplied {
            found.count(at, Remark::ValueSetProvided, reference);
        }
        match self.expand(set, NESTED, &mut choices) {
            Err(Lack::NotListed) => found.refuse(at, Reason::ValueSetNotListed, reference),
            Err(Lack::Partial) => found.refuse(at, Reason::ValueSetPartial, reference),
            Err(Lack::Missing(url)) => found.refuse(at, Reason::ValueSetRemote, &url),
            Err(Lack::TooMany) => {
                found.refuse(at, Reason::TooManyOptions, &limits::OPTIONS.to_string());
            }
            Ok(()) if choices.is_empty() => found.refuse(at, Reason::OptionsMissing, ""),
            Ok(()) => {
                if options::check_words(&mut choices, at, found) {
                    options::check_twice(&choices, at, found);
                    return Some(choices.into());
                }
            }
        }
        None
    }

    /// A resource by `#id` (contained) or by its url; and whether it was supplied.
    fn find(&self, kind: &str, reference: &str) -> Option<(&'j Object, bool)> {
        let is = |resource: &&Value, key: &str, value: &str| {
            let text = |key: &str| resource.get(key).and_then(Value::as_str);
            text("resourceType") == Some(kind) && text(key) == Some(value)
        };
        if let Some(id) = reference.strip_prefix('#') {
            let hash_kept = |resource: &&Value| is(resource, "id", id) || is(resource, "id", reference);
            return Some((self.contained.iter().find(hash_kept)?.as_object()?, false));
        }
        let url = reference.split('|').next().unwrap_or(reference);
        if let Some(resource) = self.contained.iter().find(|resource| is(resource, "url", url)) {
            return Some((resource.as_object()?, false));
        }
        let resource = self.supplied.resources.iter().find(|resource| is(resource, "url", url))?;
        Some((resource.as_object()?, true))
    }

    fn expand(&self, set: &'j Object, nested: u32, into: &mut Vec<Choice>) -> Result<(), Lack> {
        let listed = set.get("expansion").and_then(Value::as_object);
        if let Some(expansion) = listed
            && let Some(contains) = array(expansion, "contains")
        {
            let before = into.len();
            contained_codes(contains, NESTED, into)?;
            self.spend(into.len() - before)?;
            let total = expansion.get("total").and_then(Value::as_u64).unwrap_or(0);
            let listed = (into.len() - before) as u64;
            return if total > listed && listed > 0 { Err(Lack::Partial) } else { Ok(()) };
        }
        let compose = set.get("compose").and_then(Value::as_object).ok_or(Lack::NotListed)?;
        for include in array(compose, "include").unwrap_or_default() {
            self.include(include.as_object().ok_or(Lack::NotListed)?, nested, into)?;
        }
        for exclude in array(compose, "exclude").unwrap_or_default() {
            let mut out = Vec::new();
            self.include(exclude.as_object().ok_or(Lack::NotListed)?, nested, &mut out)?;
            self.spend(into.len())?;
            let gone: Set<String> = out.iter().map(|choice| options::key(&choice.value)).collect();
            into.retain(|choice| !gone.contains(&options::key(&choice.value)));
        }
        Ok(())
    }

    /// The codes of one `include`: those it lists, else all of the value sets it names, else all of its code
    /// system. Value sets beside codes or beside each other mean those in all of them (R4, ValueSet.compose).
    fn include(&self, include: &'j Object, nested: u32, into: &mut Vec<Choice>) -> Result<(), Lack> {
        self.spend(1)?;
        let odd = |name| include.get(name).is_some_and(|part: &Value| !part.is_array());
        if include.contains_key("filter") || odd("concept") || odd("valueSet") {
            return Err(Lack::NotListed);
        }
        let system = include.get("system").and_then(Value::as_str);
        let mut codes = Vec::new();
        let own = match array(include, "concept") {
            Some(concepts) => {
                let mut defined = Map::new();
                if let Some((system, _)) = system.and_then(|system| self.find("CodeSystem", system)) {
                    definitions(array(system, "concept").unwrap_or_default(), NESTED, &mut defined);
                    self.spend(defined.len())?;
                }
                self.spend(concepts.len())?;
                for concept in concepts.iter().filter_map(Value::as_object) {
                    let code = concept.get("code").and_then(Value::as_str).unwrap_or_default();
                    push(&mut codes, choice(concept, system, defined.get(code).copied()))?;
                }
                true
            }
            None => match system {
                Some(url) => {
                    let (system, _) = self.find("CodeSystem", url).ok_or(Lack::NotListed)?;
                    if !matches!(system.get("content").and_then(Value::as_str), None | Some("complete")) {
                        return Err(Lack::NotListed);
                    }
                    concepts(array(system, "concept").unwrap_or_default(), url, NESTED, &mut codes)?;
                    self.spend(codes.len())?;
                    true
                }
                None => false,
            },
        };
        let mut narrowed = own;
        for url in array(include, "valueSet").unwrap_or_default().iter().filter_map(Value::as_str) {
            let nested = nested.checked_sub(1).ok_or(Lack::NotListed)?;
            let (set, _) = self.find("ValueSet", url).ok_or_else(|| Lack::Missing(url.into()))?;
            let mut inner = Vec::new();
            self.expand(set, nested, &mut inner)?;
            self.spend(inner.len())?;
            if narrowed {
                let kept: Set<String> = inner.iter().map(|choice| options::key(&choice.value)).collect();
                codes.retain(|code| kept.contains(&options::key(&code.value)));
            } else {
                codes = inner;
                narrowed = true;
            }
        }
        for code in codes {
            push(into, code)?;
        }
        Ok(())
    }
}

impl AtHand<'_> {
    fn spend(&self, steps: usize) -> Result<(), Lack> {
        let left = self.budget.get().checked_sub(steps).ok_or(Lack::TooMany)?;
        self.budget.set(left);
        Ok(())
    }
}

/// Why a value set gives no list.
enum Lack {
    NotListed,
    Partial,
    Missing(Box<str>),
    TooMany,
}

fn push(into: &mut Vec<Choice>, choice: Choice) -> Result<(), Lack> {
    if into.len() >= limits::OPTIONS {
        return Err(Lack::TooMany);
    }
    into.push(choice);
    Ok(())
}

fn array<'j>(map: &'j Object, name: &str) -> Option<&'j [Value]> {
    map.get(name)?.as_array().map(Vec::as_slice)
}

/// The codes of an expansion. Abstract entries and those without a code are headings: only what is under them counts.
fn contained_codes(contains: &[Value], depth: u32, into: &mut Vec<Choice>) -> Result<(), Lack> {
    for entry in contains.iter().filter_map(Value::as_object) {
        let heading =
            entry.get("abstract").and_then(Value::as_bool) == Some(true) || !entry.contains_key("code");
        if !heading {
            push(into, choice(entry, entry.get("system").and_then(Value::as_str), None))?;
        }
        if let Some(inner) = array(entry, "contains") {
            let depth = depth.checked_sub(1).ok_or(Lack::TooMany)?;
            contained_codes(inner, depth, into)?;
        }
    }
    Ok(())
}

/// The codes of a code system, with those under them.
fn concepts(list: &[Value], system: &str, depth: u32, into: &mut Vec<Choice>) -> Result<(), Lack> {
    for concept in list.iter().filter_map(Value::as_object) {
        push(into, choice(concept, Some(system), None))?;
        if let Some(inner) = array(concept, "concept") {
            let depth = depth.checked_sub(1).ok_or(Lack::TooMany)?;
            concepts(inner, system, depth, into)?;
        }
    }
    Ok(())
}

/// One concept as an option. Its words are its own, else those of its code system.
fn choice(concept: &Object, system: Option<&str>, defined: Option<&Object>) -> Choice {
    let text = |name| concept.get(name).and_then(Value::as_str).filter(|text: &&str| !text.is_empty());
    let code = text("code");
    let words_of = |concept: &Object| {
        let display = concept.get("display").and_then(Value::as_str).filter(|text| !text.is_empty())?;
        let mut pairs = words::beside(concept, "display").map(words::translations).unwrap_or_default();
        pairs.extend(designations(concept));
        Some(Text::translated(display, pairs))
    };
    let display = words_of(concept).or_else(|| defined.and_then(words_of));
    let coding = Coding {
        system: system.map(Into::into),
        version: None,
        code: code.map(Into::into),
        display: display.clone(),
    };
    Choice {
        value: Answer::Coding(coding),
        text: display.unwrap_or_default(),
        prefix: extensions::find(concept, "valueset-label")
            .or_else(|| extensions::find(concept, "questionnaire-optionPrefix"))
            .and_then(|label| label.get("valueString")?.as_str())
            .map(Text::plain),
        exclusive: extensions::find(concept, "questionnaire-optionExclusive")
            .is_some_and(|extension| extension.get("valueBoolean") == Some(&Value::Bool(true))),
        weight: options::weight(concept).or_else(|| defined.and_then(options::weight)),
        picture: options::picture(concept).or_else(|| defined.and_then(options::picture)),
    }
}

/// The concepts of a code system by their codes.
fn definitions<'j>(list: &'j [Value], depth: u32, into: &mut Map<&'j str, &'j Object>) {
    for concept in list.iter().filter_map(Value::as_object) {
        if let Some(code) = concept.get("code").and_then(Value::as_str) {
            into.get_or_insert_with(code, || concept);
        }
        if let (Some(inner), Some(depth)) = (array(concept, "concept"), depth.checked_sub(1)) {
            definitions(inner, depth, into);
        }
    }
}

/// The designations of a concept that have a language: its words in other languages.
fn designations(concept: &Object) -> Vec<(Box<str>, Box<str>)> {
    let list = array(concept, "designation").unwrap_or_default().iter();
    let pairs = list.filter_map(|designation| {
        let text =
            |name| designation.get(name).and_then(Value::as_str).filter(|text: &&str| !text.is_empty());
        Some((text("language")?.into(), text("value")?.into()))
    });
    pairs.collect()
}

/// An element's list of units from a value set (`questionnaire-unitValueSet`), as codings.
pub fn codings(options: &[Choice]) -> Vec<Coding> {
    let codings = options.iter().filter_map(|choice| {
        if let Answer::Coding(coding) = &choice.value { Some(coding.clone()) } else { None }
    });
    codings.collect()
}
