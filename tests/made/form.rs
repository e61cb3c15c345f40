//! Forms and commands made from random bytes: the same bytes always make the same form, and fewer bytes a
//! smaller one, so that a failing case shrinks.

use std::rc::Rc;
use what_matters::domain::answer::{Answer, Coding, Number, Quantity, Skip};
use what_matters::domain::ids::{InstrumentId, LinkId};
use what_matters::domain::instrument::{
    Choice, ChoiceRule, Comparison, Condition, DisplayLook, Enable, GroupLook, Instrument, Item, ItemIx,
    ItemKind, MomentRule, NumberRule, Occurs, QuantityRule, Test, TextRule,
};
use what_matters::domain::text::Text;
use what_matters::engine::node::{is_listed, is_question};
use what_matters::engine::{Command, NodeIx, Session};

/// Bytes read one after the other; zeros once they are used up.
pub struct Bytes<'b> {
    left: &'b [u8],
}

impl<'b> Bytes<'b> {
    pub fn new(left: &'b [u8]) -> Self {
        Self { left }
    }

    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    fn next(&mut self) -> u8 {
        match self.left.split_first() {
            Some((first, rest)) => {
                self.left = rest;
                *first
            }
            None => 0,
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.next()) % limit.max(1)
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 1
    }
}

/// A form of at most 24 items, nested at most five deep, its conditions without circles.
pub fn form(bytes: &mut Bytes) -> Rc<Instrument> {
    let count = 1 + bytes.below(24);
    let mut items: Vec<Item> = Vec::new();
    let mut roots = Vec::new();
    for at in 0..count {
        let holders: Vec<usize> = (0..at)
            .filter(|above| !matches!(items[*above].kind, ItemKind::Display(_)) && depth(&items, *above) < 4)
            .collect();
        let parent = match bytes.below(3) {
            0 => None,
            _ => holders.get(bytes.below(holders.len())).map(|above| ItemIx(*above as u32)),
        };
        let made = item(bytes, at, parent);
        match parent {
            Some(parent) => {
                let children = &mut items[parent.index()].children;
                *children = children.iter().copied().chain([ItemIx(at as u32)]).collect();
            }
            None => roots.push(ItemIx(at as u32)),
        }
        items.push(made);
    }
    for at in 0..count {
        if bytes.one_in(3) {
            let conditions: Vec<Condition> =
                (0..1 + bytes.below(2)).filter_map(|_| condition(bytes, &items)).collect();
            let all = bytes.one_in(2);
            for condition in conditions {
                if !depends(&items, condition.question.index(), at) {
                    let mut known =
                        items[at].enable.take().map_or_else(Vec::new, |enable| enable.conditions.into());
                    known.push(condition);
                    items[at].enable = Some(Enable { all, conditions: known.into() });
                }
            }
        }
    }
    Rc::new(Instrument {
        id: InstrumentId::new("https://example.org/made", Some("1")),
        title: None,
        description: None,
        why: None,
        gives: None,
        copyright: None,
        publisher: None,
        language: Some("en".into()),
        licence_open: false,
        review_required: false,
        items: items.into(),
        roots: roots.into(),
    })
}

fn depth(items: &[Item], at: usize) -> usize {
    std::iter::successors(items[at].parent, |above| items[above.index()].parent).count()
}

/// Whether `one` cannot be settled before `other` is.
fn depends(items: &[Item], one: usize, other: usize) -> bool {
    let mut ahead = vec![one];
    let mut seen = vec![false; items.len()];
    while let Some(at) = ahead.pop() {
        if at == other {
            return true;
        }
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        ahead.extend(items[at].parent.iter().map(|above| above.index()));
        let conditions = items[at].enable.iter().flat_map(|enable| &enable.conditions);
        ahead.extend(conditions.map(|condition| condition.question.index()));
    }
    false
}

fn item(bytes: &mut Bytes, at: usize, parent: Option<ItemIx>) -> Item {
    let kind = kind(bytes);
    let repeats = bytes.one_in(3) && !matches!(kind, ItemKind::Display(_));
    let least = if repeats { bytes.below(3) as u32 } else { 0 };
    let initial =
        if is_kind_of_question(&kind) && bytes.one_in(4) { vec![answer(bytes, &kind)] } else { Vec::new() };
    Item {
        link_id: LinkId::new(&format!("i{at}")),
        parent,
        children: Box::default(),
        prefix: None,
        text: Some(Text::translated("words", vec![("cy".into(), "geiriau".into())])),
        short_text: None,
        helps: Box::default(),
        support_links: Box::default(),
        kind,
        required: bytes.one_in(4),
        repeats,
        read_only: bytes.one_in(9),
        hidden: bytes.one_in(9),
        occurs: Occurs { least, most: (repeats && bytes.one_in(3)).then_some(least + 2) },
        enable: None,
        initial: initial.into(),
        codes: Box::default(),
        definition: None,
        safety: None,
        score: None,
        self_report_only: false,
    }
}

fn is_kind_of_question(kind: &ItemKind) -> bool {
    !matches!(kind, ItemKind::Group(_) | ItemKind::Display(_))
}

fn kind(bytes: &mut Bytes) -> ItemKind {
    let number =
        NumberRule { least: Some(Number::from(0)), most: Some(Number::from(5)), ..NumberRule::default() };
    match bytes.below(16) {
        0 | 1 => ItemKind::Boolean,
        2 => ItemKind::Group(GroupLook::Plain),
        3 => ItemKind::Group(GroupLook::Page),
        4 => ItemKind::Group([GroupLook::Table, GroupLook::Header, GroupLook::Footer][bytes.below(3)]),
        5 => ItemKind::Display(DisplayLook::Plain),
        6 => ItemKind::Decimal(number),
        7 => ItemKind::Integer(number),
        8 => ItemKind::Date(MomentRule::default()),
        9 => ItemKind::DateTime(MomentRule::default()),
        10 => ItemKind::Time(MomentRule::default()),
        11 => ItemKind::String(TextRule { least: Some(2), most: Some(4), ..TextRule::default() }),
        12 => ItemKind::Text(TextRule::default()),
        13 => ItemKind::Url(TextRule::default()),
        14 => ItemKind::Quantity(QuantityRule { number, ..QuantityRule::default() }),
        _ => {
            let choice = |code: u8| Choice {
                value: coding(code),
                text: Text::plain("option"),
                prefix: None,
                exclusive: code == 2,
                weight: None,
                picture: None,
            };
            ItemKind::Choice(ChoiceRule {
                options: (0..3).map(choice).collect(),
                open: bytes.one_in(2),
                ..ChoiceRule::default()
            })
        }
    }
}

fn coding(code: u8) -> Answer {
    Answer::Coding(Coding {
        system: Some("urn:made".into()),
        code: Some(char::from(b'a' + code).to_string().into()),
        version: None,
        display: Some(Text::plain("option")),
    })
}

fn pick<'t>(bytes: &mut Bytes, texts: &[&'t str]) -> &'t str {
    texts[bytes.below(texts.len())]
}

/// An answer of a kind; few values, so that conditions are often met.
fn answer(bytes: &mut Bytes, kind: &ItemKind) -> Answer {
    let number = |text: &str| Number::parse(text).unwrap();
    match kind {
        ItemKind::Boolean => Answer::Boolean(bytes.one_in(2)),
        ItemKind::Integer(_) => Answer::Integer(bytes.below(8) as i32),
        ItemKind::Decimal(_) => Answer::Decimal(number(pick(bytes, &["0", "1.50", "-2", "10.0", "1.5"]))),
        ItemKind::Date(_) => {
            Answer::Date(pick(bytes, &["2026", "2026-03", "2026-03-01", "2025-12-31"]).into())
        }
        ItemKind::DateTime(_) => {
            let texts = ["2026", "2026-03-01T12:00:00Z", "2026-03-01T13:00:00+01:00", "2026-03-01"];
            Answer::DateTime(pick(bytes, &texts).into())
        }
        ItemKind::Time(_) => Answer::Time(pick(bytes, &["09:00:00", "09:00:00.5", "17:00:00"]).into()),
        ItemKind::Url(_) => Answer::Url(pick(bytes, &["https://a.example", "urn:b"]).into()),
        ItemKind::Choice(rule) if rule.open && bytes.one_in(3) => Answer::Text("own".into()),
        ItemKind::Choice(_) => coding(bytes.below(3) as u8),
        ItemKind::Quantity(_) => {
            let unit = pick(bytes, &["kg", "g"]);
            let system = Some("http://unitsofmeasure.org".into());
            let value = number(pick(bytes, &["1", "1.0", "7"]));
            Answer::Quantity(Quantity { value, unit: Some(unit.into()), system, code: Some(unit.into()) })
        }
        ItemKind::Group(_) | ItemKind::Display(_) | ItemKind::String(_) | ItemKind::Text(_) => {
            Answer::Text(pick(bytes, &["a", "abc", "toolong", "naïve \"q\"\n\u{1}🙂"]).into())
        }
    }
}

fn condition(bytes: &mut Bytes, items: &[Item]) -> Option<Condition> {
    let questions: Vec<usize> = (0..items.len()).filter(|at| is_question(&items[*at])).collect();
    let at = *questions.get(bytes.below(questions.len()))?;
    let comparisons = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Greater,
        Comparison::Less,
        Comparison::GreaterOrEqual,
        Comparison::LessOrEqual,
    ];
    let test = match bytes.below(3) {
        0 => Test::Exists(bytes.one_in(2)),
        _ => Test::Compares(comparisons[bytes.below(6)], answer(bytes, &items[at].kind)),
    };
    Some(Condition { question: ItemIx(at as u32), test })
}

/// A command for a node made so far, now and then for one that is not there, with an answer of the right
/// type, now and then of another.
pub fn command(bytes: &mut Bytes, session: &Session) -> Command {
    let nodes: Vec<NodeIx> = session.in_order().collect();
    let node = match bytes.below(20) {
        0 => NodeIx(u32::MAX),
        _ => nodes[bytes.below(nodes.len())],
    };
    let kind = if nodes.contains(&node) { session.item(node).kind.clone() } else { ItemKind::Boolean };
    let answers = |bytes: &mut Bytes| -> Vec<Answer> {
        let kind = if bytes.one_in(9) { self::kind(bytes) } else { kind.clone() };
        (0..[1, 1, 1, 0, 2, 3][bytes.below(6)]).map(|_| answer(bytes, &kind)).collect()
    };
    match bytes.below(10) {
        0..=3 => Command::Answer { node, answers: answers(bytes) },
        4 | 5 => {
            let texts = [
                "",
                " ",
                "3",
                "12x",
                "1/3/2026",
                "/3/2026",
                "9am",
                "72 kg",
                "own",
                "https://a.example",
                "//",
                "abc",
            ];
            Command::Type { node, text: pick(bytes, &texts).into() }
        }
        6 => Command::Skip { node, skip: if bytes.one_in(2) { Skip::RatherTalk } else { Skip::PassedOver } },
        7 => Command::Add { node },
        8 => Command::Remove { node },
        _ => Command::Fill { node, answers: answers(bytes) },
    }
}

/// The form in a few words a line, for failure messages.
pub fn outline(instrument: &Instrument) -> String {
    let mut lines = String::from("\n");
    for item in &instrument.items {
        let kind = format!("{:?}", item.kind);
        let flags = [
            (item.repeats, "repeats"),
            (item.hidden, "hidden"),
            (item.read_only, "read-only"),
            (item.required, "required"),
        ];
        let flags: Vec<&str> = flags.iter().filter(|flag| flag.0).map(|flag| flag.1).collect();
        let looks: Vec<String> = item
            .enable
            .iter()
            .flat_map(|enable| &enable.conditions)
            .map(|condition| format!("{:?} {:?}", condition.question, condition.test))
            .collect();
        lines +=
            &format!("{} under {:?}: {:.16} {flags:?} when {looks:?}\n", item.link_id, item.parent, kind);
    }
    lines
}

/// Whether a condition looks at a question in repetitions that its own item does not stand in.
pub fn looks_into_repetitions(instrument: &Instrument) -> bool {
    let around =
        |at: ItemIx| std::iter::successors(instrument.item(at).parent, |at| instrument.item(*at).parent);
    (0..instrument.items.len()).map(|at| ItemIx(at as u32)).any(|at| {
        let conditions = instrument.item(at).enable.iter().flat_map(|enable| &enable.conditions);
        let mut looked = conditions.flat_map(|condition| around(condition.question));
        looked.any(|above| {
            is_listed(instrument.item(above)) && above != at && !around(at).any(|own| own == above)
        })
    })
}
