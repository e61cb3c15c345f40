//! A questionnaire we can show: valid by construction, in the order it is asked.
//!
//! An [`Instrument`] is made by `fhir::read` only. Link ids are unique, conditions point at items that
//! exist and can be compared, and every option has a value of its question's type.

use super::answer::{Answer, Coding, Number};
use super::ids::{InstrumentId, LinkId};
use super::ordered::Set;
use super::pattern::Pattern;
use super::picture::Picture;
use super::safety::SafetyRule;
use super::score::ScoreRule;
use super::text::Text;
use std::rc::Rc;

/// An item's position in [`Instrument::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemIx(pub u32);

impl ItemIx {
    /// The position as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A questionnaire, read and found to be one we can show in full.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Its canonical URL and version.
    pub id: InstrumentId,
    /// Its title for people.
    pub title: Option<Text>,
    /// What it is for, in the publisher's words.
    pub description: Option<Text>,
    /// Why it is asked, for the person who is asked (our extension `why-we-ask`).
    pub why: Option<Text>,
    /// What the person gets from answering (our extension `what-you-get`).
    pub gives: Option<Text>,
    /// The licence or copyright line that must be shown.
    pub copyright: Option<Box<str>>,
    /// Who publishes it.
    pub publisher: Option<Box<str>>,
    /// The language its own words are in (BCP 47), where it says so.
    pub language: Option<Box<str>>,
    /// The licence line stands open with every question, as the licence of a pack's words asks.
    pub licence_open: bool,
    /// It is asked only where somebody reads the answers soon, and the practice says who.
    pub review_required: bool,
    /// Every item, parents before their children, in the order asked.
    pub items: Box<[Item]>,
    /// The outermost items.
    pub roots: Box<[ItemIx]>,
}

impl Instrument {
    /// The item at a position.
    pub fn item(&self, at: ItemIx) -> &Item {
        &self.items[at.index()]
    }

    /// The item with a link id.
    pub fn find(&self, link_id: &str) -> Option<ItemIx> {
        let at = self.items.iter().position(|item| item.link_id.as_str() == link_id)?;
        Some(ItemIx(at as u32))
    }

    /// How many questions it asks everybody, leaving `apart` out; `None` where answers decide what is asked,
    /// so that no number would be true.
    pub fn certain_questions(&self, apart: impl Fn(&LinkId) -> bool) -> Option<usize> {
        let mut count = 0;
        for item in self.items.iter().filter(|item| !apart(&item.link_id) && !self.is_hidden(item)) {
            if matches!(item.kind, ItemKind::Display(_)) {
                continue;
            }
            let is_group = matches!(item.kind, ItemKind::Group(_));
            if item.enable.is_some() || is_group && item.repeats {
                return None;
            }
            count += usize::from(!is_group && !item.read_only);
        }
        Some(count)
    }

    /// Whether an item, or a group around it, is never shown.
    pub fn is_hidden(&self, item: &Item) -> bool {
        item.hidden || item.parent.is_some_and(|parent| self.is_hidden(self.item(parent)))
    }

    /// This questionnaire with the outermost items of another after its own, under this one's name: for
    /// asking about the circumstances at the end of a questionnaire that has no place for them.
    ///
    /// # Errors
    /// The link ids that both have.
    pub fn with_appended(&self, other: &Self) -> Result<Self, Vec<LinkId>> {
        let ours: Set<&LinkId> = self.items.iter().map(|item| &item.link_id).collect();
        let theirs = other.items.iter().map(|item| &item.link_id);
        let clash: Vec<LinkId> = theirs.filter(|link_id| ours.contains(link_id)).cloned().collect();
        if !clash.is_empty() {
            return Err(clash);
        }
        let shift = |at: &ItemIx| ItemIx(at.0 + self.items.len() as u32);
        let moved = |item: &Item| {
            let mut item = item.clone();
            item.parent = item.parent.as_ref().map(shift);
            item.children.iter_mut().for_each(|child| *child = shift(child));
            for condition in item.enable.iter_mut().flat_map(|enable| &mut enable.conditions) {
                condition.question = shift(&condition.question);
            }
            for scored in item.score.iter_mut().flat_map(|score| &mut score.questions) {
                scored.question = shift(&scored.question);
            }
            item
        };
        Ok(Self {
            items: self.items.iter().cloned().chain(other.items.iter().map(moved)).collect(),
            roots: self.roots.iter().copied().chain(other.roots.iter().map(shift)).collect(),
            ..self.clone()
        })
    }
}

/// A question, a group of questions, or words between them.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name within the questionnaire.
    pub link_id: LinkId,
    /// The group or question it stands under.
    pub parent: Option<ItemIx>,
    /// What stands under it, in order. Helps, units and scale labels are not here: see the fields below.
    pub children: Box<[ItemIx]>,
    /// A number or letter shown before the words.
    pub prefix: Option<Text>,
    /// The question, the group's heading or the words to show.
    pub text: Option<Text>,
    /// A shorter name for lists of errors and answers (`sdc-questionnaire-shortText`).
    pub short_text: Option<Text>,
    /// Words that help with this item (`display` children with item control `help` or `flyover`).
    pub helps: Box<[Text]>,
    /// Web pages that help (`questionnaire-supportLink`), `https:` only.
    pub support_links: Box<[Box<str>]>,
    /// What kind of item it is, with the rules of its kind.
    pub kind: ItemKind,
    /// An answer is wanted before finishing.
    pub required: bool,
    /// More than one answer, or more than one copy of a group, may be given.
    pub repeats: bool,
    /// Shown, never typed into.
    pub read_only: bool,
    /// Never shown (`questionnaire-hidden`); its answers still travel.
    pub hidden: bool,
    /// How many answers or copies there must and may be (`questionnaire-minOccurs`, `-maxOccurs`).
    pub occurs: Occurs,
    /// When it is asked at all.
    pub enable: Option<Enable>,
    /// What is already filled in at the start.
    pub initial: Box<[Answer]>,
    /// What the item means, as codes.
    pub codes: Box<[Coding]>,
    /// FHIR's `definition`, carried into the response.
    pub definition: Option<Box<str>>,
    /// The answers that are met at once with where to get help.
    pub safety: Option<Box<SafetyRule>>,
    /// How its answer is computed from others: a read-only, hidden number.
    pub score: Option<Box<ScoreRule>>,
    /// It and what stands under it count only if the person answered it themselves.
    pub self_report_only: bool,
}

/// How often an item may be answered or copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurs {
    /// The fewest.
    pub least: u32,
    /// The most; `None` is no limit.
    pub most: Option<u32>,
}

/// What kind of item, with the rules of that kind. Matched without a default arm everywhere, so that a
/// new kind makes the compiler print the list of places to visit.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// Items under one heading.
    Group(GroupLook),
    /// Words only.
    Display(DisplayLook),
    /// Yes or no.
    Boolean,
    /// A number with decimals.
    Decimal(NumberRule),
    /// A whole number.
    Integer(NumberRule),
    /// A calendar date.
    Date(MomentRule),
    /// A date and time.
    DateTime(MomentRule),
    /// A time of day.
    Time(MomentRule),
    /// One line of words.
    String(TextRule),
    /// Several lines of words.
    Text(TextRule),
    /// An address.
    Url(TextRule),
    /// One or several of a list, perhaps with the person's own words.
    Choice(ChoiceRule),
    /// An amount with a unit.
    Quantity(QuantityRule),
}

/// How a group is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupLook {
    /// A heading with its items below.
    Plain,
    /// Its items share one page (item control `page`).
    Page,
    /// Answers in a grid; shown as a readable list on a phone (item controls `table`, `gtable`, `htable`, `atable`, `grid`).
    Table,
    /// Words before everything else.
    Header,
    /// Words after everything else.
    Footer,
}

/// How words between questions are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayLook {
    /// A paragraph.
    Plain,
    /// Important words set apart.
    Inset,
}

/// Limits and look of a number.
#[derive(Clone, Debug, Default)]
pub struct NumberRule {
    /// The smallest allowed (`minValue`).
    pub least: Option<Number>,
    /// The largest allowed (`maxValue`).
    pub most: Option<Number>,
    /// The most digits after the point (`maxDecimalPlaces`).
    pub decimal_places: Option<u32>,
    /// A unit shown after the box (`questionnaire-unit` or a `unit` display child).
    pub unit: Option<Text>,
    /// Asked as a row of big buttons from `least` to `most` (item control `slider`).
    pub scale: Option<Scale>,
    /// A hint of how to write it (`entryFormat`).
    pub entry_format: Option<Text>,
}

/// A number asked as big buttons. `NumberRule::least` and `most` are then both present and at most
/// 100 steps apart.
#[derive(Clone, Debug, Default)]
pub struct Scale {
    /// The step between buttons, at least 1 (`questionnaire-sliderStepValue`).
    pub step: i32,
    /// Words for the low end (item control `lower`).
    pub lower: Option<Text>,
    /// Words for the high end (item control `upper`).
    pub upper: Option<Text>,
}

/// Limits of a date, time or both, in the answer's own form; compared as text of equal precision.
#[derive(Clone, Debug, Default)]
pub struct MomentRule {
    /// The earliest allowed (`minValue`).
    pub earliest: Option<Box<str>>,
    /// The latest allowed (`maxValue`).
    pub latest: Option<Box<str>>,
    /// A hint of how to write it (`entryFormat`).
    pub entry_format: Option<Text>,
}

/// Limits of words.
#[derive(Clone, Debug, Default)]
pub struct TextRule {
    /// The fewest characters (`minLength`).
    pub least: Option<u32>,
    /// The most characters (`maxLength`), counted as Unicode scalar values.
    pub most: Option<u32>,
    /// A pattern the whole answer must match (`regex`).
    pub pattern: Option<Pattern>,
    /// A hint of how to write it (`entryFormat`).
    pub entry_format: Option<Text>,
}

/// The list a person chooses from.
#[derive(Clone, Debug, Default)]
pub struct ChoiceRule {
    /// What can be chosen, in order. Questions that share a value set share its list: 5,000 questions with
    /// 5,000 options each stay small.
    pub options: Rc<[Choice]>,
    /// The person may also write their own (`open-choice`).
    pub open: bool,
    /// Words beside the box for one's own answer (`sdc-questionnaire-openLabel`).
    pub open_label: Option<Text>,
    /// How the list is drawn.
    pub look: ChoiceLook,
    /// Options stand side by side where there is room (`questionnaire-choiceOrientation`).
    pub horizontal: bool,
}

/// How a list is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChoiceLook {
    /// Radio buttons, or checkboxes when several may be chosen.
    #[default]
    Buttons,
    /// A drop-down (item control `drop-down`).
    DropDown,
    /// A box that narrows the list as one types (item control `autocomplete`).
    Search,
}

/// One thing that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The answer that choosing it gives.
    pub value: Answer,
    /// Its words.
    pub text: Text,
    /// A letter or number shown before the words (`questionnaire-optionPrefix`).
    pub prefix: Option<Text>,
    /// Choosing it clears the others (`questionnaire-optionExclusive`).
    pub exclusive: bool,
    /// Its numeric value for scores (`ordinalValue`, `itemWeight`).
    pub weight: Option<Number>,
    /// A drawing shown beside the words (our extension `picture`).
    pub picture: Option<Picture>,
}

/// Limits and units of an amount.
#[derive(Clone, Debug, Default)]
pub struct QuantityRule {
    /// Limits and decimals of the number.
    pub number: NumberRule,
    /// The units to choose from (`questionnaire-unitOption`); empty when the unit is fixed or absent.
    pub units: Box<[Coding]>,
    /// The fixed unit (`questionnaire-unit`).
    pub unit: Option<Coding>,
}

/// When an item is asked.
#[derive(Clone, Debug)]
pub struct Enable {
    /// All of the conditions must hold, or any one of them (`enableBehavior`).
    pub all: bool,
    /// The conditions; never empty.
    pub conditions: Box<[Condition]>,
}

/// One condition on another question's answer.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The question looked at.
    pub question: ItemIx,
    /// What must be true of it.
    pub test: Test,
}

/// What a condition asks of an answer.
#[derive(Clone, Debug)]
pub enum Test {
    /// The question has (`true`) or has no (`false`) answer.
    Exists(bool),
    /// Some answer compares so with the value. FHIR R4 lets one of several answers satisfy it;
    /// `!=` holds when no answer equals the value and there is an answer.
    Compares(Comparison, Answer),
}

/// FHIR's comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `>`
    Greater,
    /// `<`
    Less,
    /// `>=`
    GreaterOrEqual,
    /// `<=`
    LessOrEqual,
}
