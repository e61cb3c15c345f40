//! Puts an [`El`] into the page as a Leptos view.
//!
//! Everything that may change in one tree is kept up by one effect. It runs again when anything read by
//! the tree changes, and touches only what differs; so typing in a box never replaces the box.

use super::markup::{Attr, El, Happening, Kid, Str, in_tongue, pieces, unmarked};
use leptos::prelude::{AddAnyAttr, AnyView, Mountable, Render, RenderEffect, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Mutex;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node,
};

/// A listener: where, for which event, and what it calls.
type Heard = (Element, &'static str, Closure<dyn FnMut(Event)>);

/// An element in the page, with what keeps it working.
pub struct Drawn {
    node: Node,
    hears: Vec<Heard>,
    /// Cleared when this goes: an effect that was already on its way then finds nothing to do.
    alive: Rc<Cell<bool>>,
    /// Take away what comes and goes inside.
    clears: Vec<Box<dyn Fn()>>,
    /// Held only so that they go when this does.
    _keeps: (Vec<<AnyView as Render>::State>, Option<RenderEffect<()>>),
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.alive.set(false);
        for clear in &self.clears {
            clear();
        }
        // A listener that outlives its closure throws when the browser still tells it of a late event
        // (Chromium sends `change` and `focusout` while a focused box is being removed).
        for (node, event, hear) in &self.hears {
            let _ = node.remove_event_listener_with_callback(event, hear.as_ref().unchecked_ref());
        }
    }
}

/// Something to look at again when what the tree reads has changed.
type Patch = Box<dyn FnMut()>;

struct Drawing {
    document: Document,
    hears: Vec<Heard>,
    views: Vec<<AnyView as Render>::State>,
    patches: Vec<Patch>,
    clears: Vec<Box<dyn Fn()>>,
}

impl Drawing {
    fn element(&mut self, el: El) -> Option<Element> {
        let el = *el.0;
        let node = match el.tag {
            // The tags of pictures mean nothing outside their own namespace.
            "svg" | "path" => self.document.create_element_ns(Some("http://www.w3.org/2000/svg"), el.tag),
            _ => self.document.create_element(el.tag),
        };
        let node = node.ok()?;
        for (name, attr) in el.attrs {
            self.attribute(&node, name, attr);
        }
        for (event, mut hear) in el.hears {
            let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                if hear(&happening(&event)) {
                    event.prevent_default();
                }
            });
            if node.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
                self.hears.push((node.clone(), event, closure));
            }
        }
        for kid in el.kids {
            self.kid(&node, kid);
        }
        Some(node)
    }

    fn attribute(&mut self, node: &Element, name: &'static str, attr: Attr) {
        let node = node.clone();
        match attr {
            Attr::Fixed(value) => drop(node.set_attribute(name, &unmarked(value))),
            Attr::Live(ask) => {
                let mut last: Option<Str> = None;
                self.patches.push(Box::new(move || {
                    let now = ask().map(unmarked);
                    if now != last {
                        let _ = match &now {
                            Some(value) => node.set_attribute(name, value),
                            None => node.remove_attribute(name),
                        };
                        last = now;
                    }
                }));
            }
            Attr::Value(ask) => self.patches.push(Box::new(move || {
                let now = ask();
                if !is_typed_in(&node) {
                    hold(&node, &now);
                }
            })),
            Attr::FirmValue(ask) => self.patches.push(Box::new(move || hold(&node, &ask()))),
            Attr::Checked(ask) => self.patches.push(Box::new(move || {
                if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
                    let now = ask();
                    if input.checked() != now {
                        input.set_checked(now);
                    }
                }
            })),
        }
    }

    fn kid(&mut self, node: &Element, kid: Kid) {
        match kid {
            Kid::El(el) => {
                if let Some(inner) = self.element(el) {
                    let _ = node.append_child(&inner);
                }
            }
            Kid::Text(text) => {
                for (tag, words) in pieces(&text) {
                    match tag {
                        Some(tag) => self.kid(node, in_tongue(tag, words).into()),
                        None => drop(node.append_child(&self.document.create_text_node(words))),
                    }
                }
            }
            Kid::LiveText(ask) => {
                let text = self.document.create_text_node("");
                let _ = node.append_child(&text);
                let mut last = Str::Borrowed("");
                self.patches.push(Box::new(move || {
                    let now = unmarked(ask());
                    if now != last {
                        text.set_data(&now);
                        last = now;
                    }
                }));
            }
            Kid::Slot(ask, draw) => {
                let place = self.document.create_text_node("");
                let _ = node.append_child(&place);
                let shown: Rc<RefCell<Option<(String, Drawn)>>> = Rc::default();
                let cleared = Rc::clone(&shown);
                self.clears.push(Box::new(move || drop(cleared.take())));
                self.patches.push(Box::new(move || {
                    let now = ask();
                    let mut shown = shown.borrow_mut();
                    if now.as_deref() == shown.as_ref().map(|(words, _)| words.as_str()) {
                        return;
                    }
                    if let Some((_, mut old)) = shown.take() {
                        old.unmount();
                    }
                    if let (Some(words), Some(parent)) = (now, place.parent_element()) {
                        let mut new = draw(&words).build();
                        new.mount(&parent, Some(&place));
                        *shown = Some((words, new));
                    }
                }));
            }
            Kid::Each(each) => {
                let row: Rc<RefCell<Vec<(u64, Drawn)>>> = Rc::default();
                let cleared = Rc::clone(&row);
                self.clears.push(Box::new(move || drop(cleared.take())));
                let (parent, draw, focus) = (node.clone(), each.draw, each.focus);
                let keys = each.keys;
                self.patches.push(Box::new(move || {
                    let keys = keys();
                    line_up(&parent, &mut row.borrow_mut(), &keys, &draw);
                    focus_on(&parent, &focus);
                }));
            }
            Kid::View(view) => {
                let mut state = view.build();
                state.mount(node, None);
                self.views.push(state);
            }
        }
    }
}

/// Makes the elements in `parent` those of `keys`, in that order, keeping the elements there are.
fn line_up(parent: &Element, row: &mut Vec<(u64, Drawn)>, keys: &[u64], draw: &dyn Fn(u64) -> El) {
    if row.iter().map(|(key, _)| key).eq(keys) {
        return;
    }
    let mut wanted = keys.to_vec();
    wanted.sort_unstable();
    row.retain_mut(|(key, drawn)| {
        let stays = wanted.binary_search(key).is_ok();
        if !stays {
            drawn.unmount();
        }
        stays
    });
    // Those that stay are in the order of `keys`, so one walk along both puts the new ones between them.
    let mut old = std::mem::take(row).into_iter().peekable();
    for key in keys {
        let drawn = match old.next_if(|(other, _)| other == key) {
            Some((_, drawn)) => drawn,
            None => {
                let drawn = draw(*key).build();
                let before = old.peek().map(|(_, next)| &next.node);
                let _ = parent.insert_before(&drawn.node, before);
                drawn
            }
        };
        row.push((*key, drawn));
    }
    for (_, mut left) in old {
        left.unmount();
    }
}

fn focus_on(parent: &Element, wish: &Mutex<Option<String>>) {
    if let Ok(mut wish) = wish.lock()
        && let Some(id) = wish.as_ref()
        // Of several rows the one that has it.
        && let Ok(Some(found)) = parent.query_selector(&["[id=\"", id, "\"]"].concat())
    {
        *wish = None;
        drop(wish);
        let _ = found.unchecked_into::<HtmlElement>().focus();
    }
}

/// Whether someone is typing in a box. It is then left alone: what they typed is already in the session, and
/// writing it back would move the caret and break composition (Japanese, Chinese, Korean).
fn is_typed_in(node: &Element) -> bool {
    if node.has_type::<HtmlSelectElement>() {
        return false;
    }
    let root = node.get_root_node();
    let focused = match root.dyn_ref::<web_sys::ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => node.owner_document().and_then(|document| document.active_element()),
    };
    focused.as_ref() == Some(node)
}

/// Makes a control hold a value.
fn hold(node: &Element, value: &str) {
    if let Some(list) = node.dyn_ref::<HtmlSelectElement>() {
        if list.value() != value {
            list.set_value(value);
        }
    } else if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
        if input.value() != value {
            input.set_value(value);
        }
    } else if let Some(area) = node.dyn_ref::<HtmlTextAreaElement>()
        && area.value() != value
    {
        area.set_value(value);
    }
}

fn happening(event: &Event) -> Happening {
    let mut out = Happening::default();
    if let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() {
        out.key = key.key();
    }
    let Some(target) = event.target() else { return out };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        out.value = input.value();
        out.checked = input.checked();
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        out.value = area.value();
    } else if let Some(list) = target.dyn_ref::<HtmlSelectElement>() {
        out.value = list.value();
    }
    if let Some(element) = target.dyn_ref::<Element>() {
        out.id = element.id();
    }
    out
}

impl Render for El {
    type State = Drawn;

    fn build(self) -> Drawn {
        let document = leptos::prelude::document();
        let mut drawing = Drawing {
            document: document.clone(),
            hears: Vec::new(),
            views: Vec::new(),
            patches: Vec::new(),
            clears: Vec::new(),
        };
        let node = drawing.element(self);
        let Drawing { hears, views, mut patches, clears, .. } = drawing;
        let alive = Rc::new(Cell::new(true));
        let still = Rc::clone(&alive);
        let effect = (!patches.is_empty()).then(|| {
            RenderEffect::new(move |_| {
                if still.get() {
                    for patch in &mut patches {
                        patch();
                    }
                }
            })
        });
        // Every tag is one of ours, so `create_element` does not refuse; an empty text stands in if it did.
        let node = node.map_or_else(|| document.create_text_node("").into(), Node::from);
        Drawn { node, hears, alive, clears, _keeps: (views, effect) }
    }

    fn rebuild(self, state: &mut Drawn) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        if let Some(parent) = self.node.parent_node() {
            let _ = parent.remove_child(&self.node);
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        let _ = parent.insert_before(&self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.node.parent_element() {
            Some(parent) => {
                child.mount(&parent, Some(&self.node));
                true
            }
            None => false,
        }
    }

    fn elements(&self) -> Vec<Element> {
        self.node.dyn_ref::<Element>().cloned().into_iter().collect()
    }
}

/// Parts say all their attributes themselves: one put on from outside is left out.
impl AddAnyAttr for El {
    type Output<SomeNewAttr: Attribute> = El;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> El
    where
        El: RenderHtml,
    {
        self
    }
}

impl RenderHtml for El {
    type AsyncOutput = El;
    type Owned = El;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> El {
        self
    }

    fn to_html_with_buf(self, buf: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        buf.push_str(&self.html());
    }

    /// There is no server: what is drawn is always built.
    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Drawn {
        self.build()
    }

    fn into_owned(self) -> El {
        self
    }
}
