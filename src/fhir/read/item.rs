//! Items: the walk over `item`, parents before their children, folding helps, units and scale words into the
//! question they stand under.

use super::super::refusal::{Reason, Remark};
use super::super::wire::{Element, Findings, Where};
use super::conditions::Pending;
use super::kind::{self, Traits};
use super::value_sets::AtHand;
use super::{control, elements, extensions, fold, initial, limits, safety, score, value, words};
use crate::domain::ids::LinkId;
use crate::domain::instrument::{DisplayLook, Item, ItemIx, ItemKind, Occurs};
use crate::domain::ordered::Map;
use serde_json::Value;

/// What is known of a link id.
pub struct Named {
    /// Where it was first used.
    pub path: String,
    /// Its item; `None` for words folded into another item.
    pub item: Option<ItemIx>,
    /// The item itself is refused.
    pub refused: bool,
    /// It is words, which hold no answers.
    pub words: bool,
}

/// The items of a questionnaire while they are read.
pub struct Reader<'j> {
    /// The items so far.
    pub items: Vec<Item>,
    /// Every link id so far.
    pub named: Map<&'j str, Named>,
    /// Items whose conditions are still to be read.
    pub pending: Vec<Pending<'j>>,
    /// Scores whose questions are still to be found.
    pub scores: Vec<score::Pending<'j>>,
    /// What is found on the way.
    pub found: Findings,
    /// Every item counted, folded ones too.
    pub count: usize,
    sets: AtHand<'j>,
}

impl<'j> Reader<'j> {
    /// A reader with nothing read.
    pub fn new(sets: AtHand<'j>) -> Self {
        let found = Findings::default();
        Self {
            items: Vec::new(),
            named: Map::new(),
            pending: Vec::new(),
            scores: Vec::new(),
            found,
            count: 0,
            sets,
        }
    }

    /// Reads the items under an element.
    pub fn children(&mut self, element: Element<'j, '_>, parent: Option<ItemIx>, depth: u32) -> Vec<ItemIx> {
        let list = element.list("item", &mut self.found);
        let mut children = Vec::with_capacity(list.len());
        if list.is_empty() {
            return children;
        }
        if depth > limits::DEPTH {
            self.found.refuse(element.at, Reason::TooDeep, &limits::DEPTH.to_string());
            return children;
        }
        for (index, json) in list.iter().enumerate() {
            if self.count == limits::ITEMS {
                let at = element.at.nth("item", index);
                self.found.refuse(&at, Reason::TooManyItems, &limits::ITEMS.to_string());
            }
            self.count = self.count.saturating_add(1);
            if self.count > limits::ITEMS {
                return children;
            }
            let link_id = json.get("linkId").and_then(Value::as_str);
            let at = element.at.nth("item", index).of_item(link_id);
            if let Some(item) = Element::of(json, &at, &mut self.found) {
                children.extend(self.item(item, parent, depth));
                if item.map.contains_key("item") && fold::stand_as_words(json) {
                    children.extend(self.under_words(item, parent, depth));
                }
            }
        }
        children
    }

    /// Words under words stand after them. Questions there would have no place in a response (que-1), and words
    /// under words that are not always shown would lose their condition.
    fn under_words(&mut self, element: Element<'j, '_>, parent: Option<ItemIx>, depth: u32) -> Vec<ItemIx> {
        let list = element.list("item", &mut self.found);
        let words = list.iter().all(fold::stand_as_words);
        if !words || element.map.contains_key("enableWhen") || is_true(element, "questionnaire-hidden") {
            self.found.refuse(&element.at.field("item"), Reason::ItemsUnderDisplay, "");
            return Vec::new();
        }
        if !list.is_empty() {
            self.found.note(&element.at.field("item"), Remark::WordsUnderWords, "");
        }
        self.children(element, parent, depth + 1)
    }

    /// Reads one item and what stands under it; `None` if it was folded into its parent.
    fn item(&mut self, element: Element<'j, '_>, parent: Option<ItemIx>, depth: u32) -> Option<ItemIx> {
        elements::check(element, elements::ITEM, &mut self.found);
        let before = self.found.refusals.len();
        let controls = control::of(element.map);
        let mut code = self.type_code(element);
        if fold::are_words(element, code, &controls) {
            self.found.note(element.at, Remark::QuestionAsWords, code);
            code = "display";
        }
        let link_id = self.link_id(element, code == "display");
        let above = parent.and_then(|at| self.items.get_mut(at.index()));
        if code == "display" && fold::fold(element, &controls, above, &mut self.found) {
            self.name(link_id, element.at, None, false, true);
            return None;
        }
        let at = ItemIx(self.items.len() as u32);
        let mut item = self.build(element, link_id, code, controls, parent);
        if code == "display" && self.named.contains_key(link_id) {
            item.link_id = self.other_name(link_id);
        }
        let group = matches!(item.kind, ItemKind::Group(_));
        self.items.push(item);
        self.name(link_id, element.at, Some(at), self.found.refusals.len() > before, code == "display");
        if element.map.contains_key("enableWhen") {
            self.pending.push(Pending { item: at, map: element.map, path: element.at.path() });
        }
        self.scores.extend(score::pending(element, at, &mut self.found));
        let children = match code {
            "display" => Vec::new(),
            _ => self.children(element, Some(at), depth + 1),
        };
        if group && children.is_empty() {
            self.found.note(element.at, Remark::EmptyGroup, "");
        }
        let unsaid = !matches!(code, "group" | "display");
        if let Some(item) = self.items.get_mut(at.index()) {
            item.children = children.into();
            if unsaid && item.text.is_none() && !item.hidden {
                fold::say_something(item, element.at, &mut self.found);
            }
        }
        Some(at)
    }

    /// The link id. One used before is refused, but for words, which nothing refers to and no response carries.
    fn link_id(&mut self, element: Element<'j, '_>, words: bool) -> &'j str {
        let Some(link_id) = element.text("linkId", &mut self.found) else {
            if element.get("linkId").is_none_or(Value::is_string) {
                self.found.refuse(element.at, Reason::LinkIdMissing, "");
            }
            return "";
        };
        if link_id.chars().any(char::is_control) {
            self.found.refuse(
                &element.at.field("linkId"),
                Reason::BadValue,
                "a linkId: it has control characters",
            );
        }
        let Some(first) = self.named.get(link_id) else { return link_id };
        if words || first.words {
            self.found.note(element.at, Remark::LinkIdOfWords, link_id);
            if !words && let Some(first) = self.named.remove(link_id).and_then(|first| first.item) {
                let other = self.other_name(link_id);
                if let Some(first) = self.items.get_mut(first.index()) {
                    first.link_id = other;
                }
            }
        } else {
            let path = first.path.clone();
            self.found.refuse(element.at, Reason::LinkIdRepeated, &path);
        }
        link_id
    }

    /// A name that no link id can have, for words whose own is taken: link ids have no control characters.
    fn other_name(&self, link_id: &str) -> LinkId {
        LinkId::new(&[link_id, "\u{1}", &self.items.len().to_string()].concat())
    }

    fn name(&mut self, link_id: &'j str, at: &Where, item: Option<ItemIx>, refused: bool, words: bool) {
        self.named.get_or_insert_with(link_id, || Named { path: at.path(), item, refused, words });
    }

    fn type_code(&mut self, element: Element<'j, '_>) -> &'j str {
        let code = element.text("type", &mut self.found);
        if code.is_none() && element.get("type").is_none_or(Value::is_string) {
            self.found.refuse(element.at, Reason::TypeMissing, "");
        }
        code.unwrap_or_default()
    }

    /// Whether an item around is never shown, so that nothing in it is either.
    fn is_hidden_around(&self, mut parent: Option<ItemIx>) -> bool {
        while let Some(item) = parent.and_then(|at| self.items.get(at.index())) {
            if item.hidden {
                return true;
            }
            parent = item.parent;
        }
        false
    }

    fn build(
        &mut self,
        element: Element<'j, '_>,
        link_id: &'j str,
        code: &'j str,
        controls: Vec<&'j str>,
        parent: Option<ItemIx>,
    ) -> Item {
        let found = &mut self.found;
        let flag = |name, found: &mut Findings| element.flag(name, found).unwrap_or(false);
        let (required, repeats, read_only) =
            (flag("required", found), flag("repeats", found), flag("readOnly", found));
        let hidden = is_true(element, "questionnaire-hidden") || for_display_only(element);
        if code == "display" && (required || repeats || read_only) {
            let what = "words cannot be required, repeated or read-only (que-6, que-9)";
            found.note(element.at, Remark::RuleIgnored, what);
        }
        let text = words::read(element, "text", found);
        let fixed = hidden || read_only || self.is_hidden_around(parent);
        let found = &mut self.found;
        let traits = Traits { code, controls, repeats, fixed };
        let kind = match code {
            "" => None,
            _ => kind::read(element, &traits, &mut self.sets, found),
        };
        let refused = kind.is_none();
        let kind = kind.unwrap_or(ItemKind::Display(DisplayLook::Plain));
        if !takes_max_length(&kind) && code != "display" && element.map.contains_key("maxLength") {
            let what = "maxLength is for words only (que-10)";
            found.note(element.at, Remark::RuleIgnored, what);
        }
        let fixed = traits.fixed;
        let initial = match refused {
            true => Vec::new(),
            false => initial::read(element, &kind, repeats, fixed, found),
        };
        let words_only = matches!(kind, ItemKind::Display(_));
        Item {
            link_id: LinkId::new(link_id),
            parent,
            children: Box::default(),
            prefix: words::read(element, "prefix", found),
            text,
            short_text: kind::string(element, "sdc-questionnaire-shortText", found),
            helps: Box::default(),
            support_links: support_links(element, found),
            required: required && !words_only,
            repeats: repeats && !words_only,
            read_only: read_only && !words_only,
            hidden,
            occurs: occurs(element, required, repeats, found),
            enable: None,
            initial: initial.into(),
            codes: codes(element, found),
            definition: element.text("definition", found).map(Into::into),
            safety: safety::read(element, &kind, found),
            score: None,
            self_report_only: extensions::our_flag(element, "self-report-only", found),
            kind,
        }
    }
}

fn takes_max_length(kind: &ItemKind) -> bool {
    match kind {
        ItemKind::String(_) | ItemKind::Text(_) | ItemKind::Url(_) => true,
        ItemKind::Choice(rule) => rule.open,
        ItemKind::Group(_)
        | ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::Decimal(_)
        | ItemKind::Integer(_)
        | ItemKind::Date(_)
        | ItemKind::DateTime(_)
        | ItemKind::Time(_)
        | ItemKind::Quantity(_) => false,
    }
}

/// Whether an extension of one name says `true`.
pub fn is_true(element: Element, name: &str) -> bool {
    extensions::find(element.map, name)
        .and_then(|extension| extension.get("valueBoolean"))
        .is_some_and(|value| *value == Value::Bool(true) || value.as_str() == Some("true"))
}

fn for_display_only(element: Element) -> bool {
    let mode = extensions::find(element.map, "questionnaire-usageMode")
        .and_then(|extension| extension.get("valueCode"));
    mode.and_then(Value::as_str).is_some_and(|mode| mode.starts_with("display"))
}

fn occurs(element: Element, required: bool, repeats: bool, found: &mut Findings) -> Occurs {
    let least = kind::count(element, "questionnaire-minOccurs", found);
    let most = kind::count(element, "questionnaire-maxOccurs", found);
    let least = least.unwrap_or(u32::from(required));
    if !repeats {
        return Occurs { least: least.min(1), most: Some(1) };
    }
    if let Some(most) = most
        && (most < least || most == 0)
    {
        found.refuse(element.at, Reason::LimitsCrossed, &least.to_string());
    }
    Occurs { least, most }
}

fn support_links(element: Element, found: &mut Findings) -> Box<[Box<str>]> {
    let mut links: Vec<Box<str>> = Vec::new();
    for extension in extensions::all(element.map, "questionnaire-supportLink") {
        let link = ["valueUri", "valueUrl"].iter().find_map(|name| extension.get(*name)?.as_str());
        match link {
            Some(link) if link.starts_with("https://") => links.push(link.into()),
            other => found.note(element.at, Remark::LinkNotSafe, other.unwrap_or_default()),
        }
    }
    links.into()
}

fn codes(element: Element, found: &mut Findings) -> Box<[crate::domain::answer::Coding]> {
    let mut codes = Vec::new();
    for (index, json) in element.list("code", found).iter().enumerate() {
        let at = element.at.nth("code", index);
        if let Some(coding) = Element::of(json, &at, found) {
            codes.push(value::coding(coding, found));
        }
    }
    codes.into()
}
