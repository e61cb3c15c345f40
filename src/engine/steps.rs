//! Which visible items make one page, and how far along a page is.

use super::node::{NodeIx, is_listed, is_question};
use super::session::Session;
use crate::domain::instrument::{GroupLook, Item, ItemIx, ItemKind};

/// How the form is cut into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One question a page, whatever the questionnaire says of pages.
    OneQuestion,
    /// A page for each group with item control `page`; one question a page elsewhere.
    Pages,
    /// Everything on one page.
    All,
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is drawn on it, in document order, each node once: words, headings, questions. A group here
    /// means its heading; what is shown in it is listed after it.
    pub nodes: Vec<NodeIx>,
    /// The first question a person can answer here; where there is none, the first node.
    pub key: NodeIx,
    /// The groups around the key that are not among `nodes`, outermost first: whose headings were shown
    /// on an earlier page.
    pub within: Vec<NodeIx>,
}

/// How far along a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The page, counted from 0.
    pub at: usize,
    /// How many there are; `None` while an answer on this page or a later one can change it.
    pub of: Option<usize>,
}

/// At most this many questions under a question share its page, and only if none of them depends on an
/// answer: what an answer opens up comes as a page of its own, so that nothing moves under the finger.
const MOST_BESIDE: usize = 3;

/// The pages as things stand.
///
/// Words, and questions nobody can answer because they are read-only, go with the next question of their
/// group, else with the one before. Hidden items make no page. A table and a repeated group or question
/// with all its repetitions are one page: there is one place to add another.
pub fn steps(session: &Session, layout: Layout) -> Vec<Step> {
    let (waiting, header, footer) = (Vec::new(), Vec::new(), Vec::new());
    let mut pages = Pages { session, layout, steps: Vec::new(), waiting, header, footer };
    match layout {
        Layout::All => {
            for node in session.roots() {
                pages.lay_whole(*node);
            }
            let nodes = std::mem::take(&mut pages.waiting);
            pages.turn(nodes);
        }
        Layout::OneQuestion | Layout::Pages => {
            pages.lay_family(session.roots());
            let mut rest = std::mem::take(&mut pages.waiting);
            rest.append(&mut pages.footer);
            match pages.steps.last_mut() {
                Some(last) => last.nodes.append(&mut rest),
                None => pages.turn(rest),
            }
            match pages.steps.first_mut() {
                Some(first) => drop(first.nodes.splice(0..0, std::mem::take(&mut pages.header))),
                None => {
                    let header = std::mem::take(&mut pages.header);
                    pages.turn(header);
                }
            }
        }
    }
    pages.steps
}

struct Pages<'s> {
    session: &'s Session,
    layout: Layout,
    steps: Vec<Step>,
    /// Shown with the next question.
    waiting: Vec<NodeIx>,
    /// Shown before everything else.
    header: Vec<NodeIx>,
    /// Shown after everything else.
    footer: Vec<NodeIx>,
}

fn is_shown(session: &Session, node: NodeIx) -> bool {
    session.is_enabled(node) && !session.item(node).hidden
}

fn is_answerable(item: &Item) -> bool {
    is_question(item) && !item.read_only
}

/// Whether everything in the group stands on one page.
fn is_whole(item: &Item, layout: Layout) -> bool {
    match &item.kind {
        ItemKind::Group(GroupLook::Table) => true,
        ItemKind::Group(GroupLook::Page) => layout == Layout::Pages || item.repeats,
        ItemKind::Group(GroupLook::Plain | GroupLook::Header | GroupLook::Footer) => item.repeats,
        ItemKind::Display(_)
        | ItemKind::Boolean
        | ItemKind::Decimal(_)
        | ItemKind::Integer(_)
        | ItemKind::Date(_)
        | ItemKind::DateTime(_)
        | ItemKind::Time(_)
        | ItemKind::String(_)
        | ItemKind::Text(_)
        | ItemKind::Url(_)
        | ItemKind::Choice(_)
        | ItemKind::Quantity(_) => false,
    }
}

impl Pages<'_> {
    fn lay_family(&mut self, family: &[NodeIx]) {
        for node in family {
            if is_shown(self.session, *node) {
                self.lay(*node);
            }
        }
    }

    fn lay(&mut self, node: NodeIx) {
        let session = self.session;
        let item = session.item(node);
        if is_whole(item, self.layout) {
            self.lay_list(node, Self::lay_whole);
        } else if let ItemKind::Group(look) = item.kind {
            self.lay_group(node, look);
        } else if is_answerable(item) {
            self.lay_list(node, Self::lay_beside);
            for repetition in self.list_of(node) {
                self.lay_after(repetition);
            }
        } else {
            self.waiting.push(node);
            self.lay_family(session.children(node));
        }
    }

    fn lay_group(&mut self, node: NodeIx, look: GroupLook) {
        let session = self.session;
        let before = self.steps.len();
        match look {
            GroupLook::Header if !asks_anything(session, node) => {
                return gather(session, node, &mut self.header);
            }
            GroupLook::Footer if !asks_anything(session, node) => {
                return gather(session, node, &mut self.footer);
            }
            GroupLook::Header | GroupLook::Footer | GroupLook::Plain | GroupLook::Page | GroupLook::Table => {
            }
        }
        self.waiting.push(node);
        self.lay_family(session.children(node));
        if self.steps.len() > before
            && let Some(last) = self.steps.last_mut()
        {
            last.nodes.append(&mut self.waiting);
        }
    }

    /// All repetitions on one page, laid out at the first of them.
    fn lay_list(&mut self, node: NodeIx, lay: fn(&mut Self, NodeIx)) {
        let nodes = self.list_of(node);
        if nodes.is_empty() {
            return;
        }
        let before = self.waiting.len();
        for repetition in nodes {
            lay(self, repetition);
        }
        // A heading with nothing shown under it makes no page.
        let is_heading = |node: &NodeIx| matches!(self.session.item(*node).kind, ItemKind::Group(_));
        if !self.waiting.iter().skip(before).all(is_heading) {
            let nodes = std::mem::take(&mut self.waiting);
            self.turn(nodes);
        }
    }

    /// The node, or, at the first shown repetition, all that are shown; none at the others.
    fn list_of(&self, node: NodeIx) -> Vec<NodeIx> {
        if !is_listed(self.session.item(node)) {
            return vec![node];
        }
        let all = self.session.repetitions(node).iter().copied();
        let shown: Vec<NodeIx> = all.filter(|node| is_shown(self.session, *node)).collect();
        if shown.first() == Some(&node) { shown } else { Vec::new() }
    }

    fn lay_whole(&mut self, node: NodeIx) {
        gather(self.session, node, &mut self.waiting);
    }

    /// A question with the words under it and, if they are few and always asked, the questions under it.
    fn lay_beside(&mut self, node: NodeIx) {
        self.waiting.push(node);
        let together = stay_beside(self.session, node);
        for child in self.session.children(node) {
            if together || matches!(self.session.item(*child).kind, ItemKind::Display(_)) {
                gather(self.session, *child, &mut self.waiting);
            }
        }
    }

    /// The questions under a question that do not share its page.
    fn lay_after(&mut self, node: NodeIx) {
        if stay_beside(self.session, node) {
            return;
        }
        for child in self.session.children(node) {
            let is_words = matches!(self.session.item(*child).kind, ItemKind::Display(_));
            if !is_words && is_shown(self.session, *child) {
                self.lay(*child);
            }
        }
    }

    fn turn(&mut self, nodes: Vec<NodeIx>) {
        let session = self.session;
        let question = nodes.iter().copied().find(|node| is_answerable(session.item(*node)));
        let Some(key) = question.or(nodes.first().copied()) else { return };
        let around = session.upward(key).skip(1);
        let mut within: Vec<NodeIx> =
            around.filter(|node| !is_question(session.item(*node)) && !nodes.contains(node)).collect();
        within.reverse();
        self.steps.push(Step { nodes, key, within });
    }
}

/// The node and everything shown under it.
fn gather(session: &Session, node: NodeIx, into: &mut Vec<NodeIx>) {
    let mut ahead = vec![node];
    while let Some(at) = ahead.pop() {
        if is_shown(session, at) {
            into.push(at);
            ahead.extend(session.children(at).iter().rev());
        }
    }
}

fn asks_anything(session: &Session, group: NodeIx) -> bool {
    let mut ahead = vec![session.item_ix(group)];
    while let Some(at) = ahead.pop() {
        let item = session.instrument().item(at);
        if is_question(item) {
            return true;
        }
        ahead.extend(&item.children);
    }
    false
}

fn stay_beside(session: &Session, node: NodeIx) -> bool {
    let under =
        |at: ItemIx| session.instrument().item(at).children.iter().map(|at| session.instrument().item(*at));
    let asked = || under(session.item_ix(node)).filter(|child| !matches!(child.kind, ItemKind::Display(_)));
    asked().count() <= MOST_BESIDE
        && asked().all(|child| is_question(child) && child.enable.is_none() && child.children.is_empty())
}

/// How far along page `at` of `steps` is. The number of pages is told only when no condition and no
/// repetition from this page on can change it.
pub fn progress(session: &Session, layout: Layout, steps: &[Step], at: usize) -> Progress {
    let known = layout == Layout::All || is_settled(session, layout, steps, at);
    Progress { at, of: known.then_some(steps.len()) }
}

fn is_settled(session: &Session, layout: Layout, steps: &[Step], at: usize) -> bool {
    let mut is_ahead = vec![false; session.nodes.len()];
    for node in steps.iter().skip(at).flat_map(|step| &step.nodes) {
        let item = session.item(*node);
        is_ahead[node.index()] = is_answerable(item) || (is_listed(item) && !item.read_only);
    }
    // A question on a page already passed may still come and go with answers ahead, and pages with it.
    let mut is_open = vec![false; session.nodes.len()];
    session.in_turn().into_iter().all(|node| {
        let at = session.node(node);
        // Another copy makes its own questions the nearest to what looks at them from outside.
        let around = at.parent.is_some_and(|parent| {
            is_open[parent.index()] || (is_ahead[parent.index()] && is_listed(session.item(parent)))
        });
        let mut sources = at.sources.iter().flatten();
        let open = around || sources.any(|source| is_ahead[source.index()] || is_open[source.index()]);
        is_open[node.index()] = open;
        let item = session.item(node);
        let opens_pages =
            is_ahead[node.index()] && is_listed(item) && is_question(item) && !stay_beside(session, node);
        let changes = opens_pages || (open && makes_pages(session, layout, node));
        !changes
    })
}

/// Whether a page comes or goes with this node.
fn makes_pages(session: &Session, layout: Layout, node: NodeIx) -> bool {
    if session.upward(node).any(|around| session.item(around).hidden) {
        return false;
    }
    // Inside a page that is there anyway nothing comes or goes but what is on it.
    let page = session.upward(node).skip(1).find(|around| is_whole(session.item(*around), layout));
    match page {
        Some(page) => !session.item(page).children.iter().any(|child| always_shows(session, *child)),
        None => !matches!(session.item(node).kind, ItemKind::Display(_)),
    }
}

/// Whether words or a question are shown here whatever is answered.
fn always_shows(session: &Session, at: ItemIx) -> bool {
    let item = session.instrument().item(at);
    let always = item.enable.is_none() && !item.hidden;
    let is_group = matches!(item.kind, ItemKind::Group(_));
    always && (!is_group || item.children.iter().any(|child| always_shows(session, *child)))
}
