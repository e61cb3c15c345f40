//! Markup as plain data: what a part looks like, what it listens to, and which bits of it may change.
//!
//! # Why not `view!`
//!
//! A part written with `view!` is a type of its own, and each of its elements brings its own drawing code.
//! Here every part gives the same type, [`El`], and `ui/draw.rs` holds the one routine that puts it into the
//! page as a Leptos view. It costs one small function per part instead of one type tree per part, parts are
//! tested natively against the design system's published HTML, and a question with eleven buttons has one
//! reactive effect instead of eleven. What would change our mind: Leptos erasing element types by itself
//! without a box per attribute.

use super::tongue::direction;
use std::borrow::Cow;
use std::sync::{Arc, Mutex};

/// Words or an attribute's value.
pub type Str = Cow<'static, str>;

/// Something read again whenever what it reads has changed.
pub type Ask<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Words of another language than those around them, as a text that can stand among others: drawing them
/// makes an element with their language and direction. What sets them apart are noncharacters, which Unicode
/// keeps for a program's own use, so that no text meant for people has them.
pub fn foreign(tag: &str, words: &str) -> String {
    ["\u{FDD0}", tag, "\u{FDD2}", words, "\u{FDD1}"].concat()
}

/// An element: its attributes, what it listens to, and what stands in it.
///
/// One pointer wide, and built by functions that are not inlined: a page is hundreds of these calls, and each
/// would otherwise move the whole element about (measured: see docs/size.md).
pub struct El(pub(crate) Box<Inside>);

/// What an element is.
pub(crate) struct Inside {
    pub(crate) tag: &'static str,
    pub(crate) attrs: Vec<(&'static str, Attr)>,
    pub(crate) hears: Vec<(&'static str, Hear)>,
    pub(crate) kids: Vec<Kid>,
}

/// One thing inside an element.
pub enum Kid {
    /// An element.
    El(El),
    /// Words.
    Text(Str),
    /// Words that may change.
    LiveText(Ask<Str>),
    /// An element that is there only while there are words for it, drawn anew when they change.
    Slot(Ask<Option<String>>, Box<dyn Fn(&str) -> El + Send>),
    /// A row of elements that come and go. It must be the only thing in its element.
    Each(Each),
    /// Any other Leptos view.
    #[cfg(target_arch = "wasm32")]
    View(leptos::prelude::AnyView),
}

/// A row of elements, each with a key. An element with a key that stays is kept as it is.
pub struct Each {
    /// The keys, in order, each once; an order once given does not change.
    pub keys: Ask<Vec<u64>>,
    /// Draws the element of a key.
    pub draw: Box<dyn Fn(u64) -> El + Send>,
    /// The id of an element in the row to move the focus to once the row is in order.
    pub focus: Arc<Mutex<Option<String>>>,
}

/// The value of an attribute or property.
pub(crate) enum Attr {
    /// Never changes.
    Fixed(Str),
    /// May change; absent while `None`.
    Live(Ask<Option<Str>>),
    /// What a text box, list or text area holds: a property, so that it wins over what was typed before.
    Value(Ask<Str>),
    /// The same, put in even while someone is typing in the box.
    FirmValue(Ask<Str>),
    /// Whether a button or box is chosen: a property.
    Checked(Ask<bool>),
}

/// Does something about an event; `true` keeps the browser from doing its own.
pub(crate) type Hear = Box<dyn FnMut(&Happening) -> bool + Send>;

/// What the listener is told about an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happening {
    /// The id of the element it happened to, which may stand deep inside the one that listens.
    pub id: String,
    /// What that element holds.
    pub value: String,
    /// Whether that element is chosen.
    pub checked: bool,
    /// The key pressed, by the browser's name for it (`ArrowDown`), for key events.
    pub key: String,
}

/// A new element.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(Box::new(Inside { tag, attrs: Vec::new(), hears: Vec::new(), kids: Vec::new() }))
}

impl El {
    /// Sets an attribute. An attribute may be set once.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: impl Into<Str>) -> Self {
        self.0.attrs.push((name, Attr::Fixed(value.into())));
        self
    }

    /// Sets the class.
    #[inline(never)]
    pub fn class(self, class: impl Into<Str>) -> Self {
        self.attr("class", class)
    }

    /// Sets an attribute if there is a value for it.
    #[inline(never)]
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Str>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets an attribute without a value, such as `disabled`.
    #[inline(never)]
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// An attribute that may change.
    #[inline(never)]
    pub fn live(mut self, name: &'static str, value: Ask<Option<Str>>) -> Self {
        self.0.attrs.push((name, Attr::Live(value)));
        self
    }

    /// What the control holds.
    #[inline(never)]
    pub fn value(mut self, value: Ask<Str>) -> Self {
        self.0.attrs.push(("value", Attr::Value(value)));
        self
    }

    /// What the control holds, put in even while someone is typing in it: for boxes that fill in a choice.
    #[inline(never)]
    pub fn firm_value(mut self, value: Ask<Str>) -> Self {
        self.0.attrs.push(("value", Attr::FirmValue(value)));
        self
    }

    /// Whether the control is chosen.
    #[inline(never)]
    pub fn checked(mut self, checked: Ask<bool>) -> Self {
        self.0.attrs.push(("checked", Attr::Checked(checked)));
        self
    }

    /// Listens to an event here or on anything inside. The listener gives `true` to keep the browser from
    /// doing what it does by itself.
    pub fn on(self, event: &'static str, hear: impl FnMut(&Happening) -> bool + Send + 'static) -> Self {
        self.hear(event, Box::new(hear))
    }

    #[inline(never)]
    fn hear(mut self, event: &'static str, hear: Hear) -> Self {
        self.0.hears.push((event, hear));
        self
    }

    /// Puts something inside, at the end.
    #[inline(never)]
    pub fn kid(mut self, kid: impl Into<Kid>) -> Self {
        self.0.kids.push(kid.into());
        self
    }

    /// Puts several things inside, at the end.
    pub fn kids<K: Into<Kid>>(mut self, kids: impl IntoIterator<Item = K>) -> Self {
        for kid in kids {
            self = self.kid(kid);
        }
        self
    }

    /// Puts words inside, at the end.
    #[inline(never)]
    pub fn text(self, text: impl Into<Str>) -> Self {
        self.kid(Kid::Text(text.into()))
    }

    /// The markup as HTML, as it stands now. Other Leptos views inside are left out. Used by tests.
    pub fn html(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    /// `chosen` is the value of the list (`select`) this element stands in.
    fn write(&self, out: &mut String, chosen: Option<&str>) {
        out.push('<');
        out.push_str(self.0.tag);
        let mut held: Option<Str> = None;
        for (name, attr) in &self.0.attrs {
            let value = match attr {
                Attr::Fixed(value) => Some(unmarked(value.clone())),
                Attr::Live(ask) => ask().map(unmarked),
                Attr::Value(ask) | Attr::FirmValue(ask) => {
                    held = Some(ask());
                    held.clone().filter(|value| self.0.tag == "input" && !value.is_empty())
                }
                Attr::Checked(ask) => ask().then_some(Cow::Borrowed("")),
            };
            if let Some(value) = value {
                attribute(out, name, &value);
                if *name == "value" && self.0.tag == "option" && chosen == Some(&value) {
                    attribute(out, "selected", "");
                }
            }
        }
        out.push('>');
        if matches!(self.0.tag, "input" | "hr" | "br" | "img") {
            return;
        }
        if self.0.tag == "textarea" {
            escape(out, held.as_deref().unwrap_or_default());
        }
        for kid in &self.0.kids {
            match kid {
                Kid::El(el) => el.write(out, held.as_deref().or(chosen)),
                Kid::Text(text) => {
                    for (tag, words) in pieces(text) {
                        match tag {
                            Some(tag) => in_tongue(tag, words).write(out, None),
                            None => escape(out, words),
                        }
                    }
                }
                Kid::LiveText(ask) => escape(out, &unmarked(ask())),
                Kid::Slot(ask, draw) => {
                    if let Some(words) = ask() {
                        draw(&words).write(out, None);
                    }
                }
                Kid::Each(each) => {
                    (each.keys)().into_iter().for_each(|key| (each.draw)(key).write(out, None))
                }
                #[cfg(target_arch = "wasm32")]
                Kid::View(_) => {}
            }
        }
        out.push_str("</");
        out.push_str(self.0.tag);
        out.push('>');
    }
}

impl From<El> for Kid {
    fn from(el: El) -> Self {
        Self::El(el)
    }
}

impl From<Str> for Kid {
    fn from(text: Str) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Kid {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&'static str> for Kid {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

/// Text in pieces, each with the tag of its language where [`foreign`] gave it one.
pub(crate) fn pieces(text: &str) -> Vec<(Option<&str>, &str)> {
    let mut pieces = Vec::new();
    let (mut tag, mut rest) = (None, text);
    while let Some(at) = rest.find(['\u{FDD0}', '\u{FDD1}']) {
        let (before, mark) = rest.split_at(at);
        pieces.push((tag, before));
        (tag, rest) = match mark.strip_prefix('\u{FDD0}') {
            Some(inside) => {
                inside.split_once('\u{FDD2}').map_or((None, inside), |(tag, words)| (Some(tag), words))
            }
            None => (None, mark.trim_start_matches('\u{FDD1}')),
        };
    }
    pieces.push((tag, rest));
    pieces.retain(|(_, words)| !words.is_empty());
    pieces
}

/// Text without the marks of [`foreign`], for a place that holds text alone.
pub(crate) fn unmarked(text: Str) -> Str {
    if text.contains('\u{FDD0}') {
        pieces(&text).into_iter().map(|(_, words)| words).collect::<String>().into()
    } else {
        text
    }
}

/// Words in the language of a tag, as an element.
pub(crate) fn in_tongue(tag: &str, words: &str) -> El {
    el("span").attr("lang", tag.to_owned()).attr("dir", direction(tag)).text(words.to_owned())
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// Joins pieces into one text: ids, classes.
pub fn join(pieces: &[&str]) -> String {
    let mut out = String::with_capacity(pieces.iter().map(|piece| piece.len()).sum());
    for piece in pieces {
        out.push_str(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_stay_words() {
        let html = el("p").attr("title", "\"><script>").text("<img src=x onerror=alert(1)>&").html();
        assert_eq!(html, "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;img src=x onerror=alert(1)&gt;&amp;</p>");
    }

    #[test]
    fn words_of_another_language_are_marked_wherever_they_stand_in_a_text() {
        let text = ["Twój ", &foreign("en-GB", "link worker"), " ma ", &foreign("ur", "<b>"), "."].concat();
        assert_eq!(
            el("p").attr("title", text.clone()).text(text).html(),
            "<p title=\"Twój link worker ma &lt;b&gt;.\">Twój <span lang=\"en-GB\" dir=\"ltr\">link worker</span> ma \
             <span lang=\"ur\" dir=\"rtl\">&lt;b&gt;</span>.</p>"
        );
        for broken in ["\u{FDD0}", "\u{FDD1}", "a\u{FDD0}b", "a\u{FDD1}b\u{FDD2}"] {
            assert!(!el("p").text(broken.to_owned()).html().contains('\u{FDD0}'), "{broken:?}");
        }
    }

    #[test]
    fn a_slot_is_there_only_while_it_has_words() {
        let slot = |words: Option<&str>| {
            let words = words.map(str::to_owned);
            el("div").kid(Kid::Slot(
                Arc::new(move || words.clone()),
                Box::new(|words| el("b").text(words.to_owned())),
            ))
        };
        assert_eq!(slot(None).html(), "<div></div>");
        assert_eq!(slot(Some("no")).html(), "<div><b>no</b></div>");
    }
}
