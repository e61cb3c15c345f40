//! What of a page is read aloud, in the order it stands there: headings, words, questions, hints and options;
//! not buttons, boxes, pictures, or what is hidden or closed.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Some words, and the language they are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub words: String,
    /// Their language; empty where the page does not say.
    pub language: String,
}

/// Elements whose words are part of the passage around them.
const WITHIN: [&str; 9] = ["a", "b", "br", "button", "em", "i", "span", "strong", "sup"];

/// Elements of which nothing is read: controls hold no words, or a person's own.
const SILENT: [&str; 7] = ["input", "textarea", "select", "script", "style", "svg", "template"];

/// What is on a page to press or to know of, rather than to read.
const APART: &str = "[hidden], [aria-hidden='true'], .wm-aloud, .wm-read, .wm-foot, .wm-saved, [data-ways], \
                     .nhsuk-button, details:not([open])";

/// The passages of a page, each short enough for a voice to say in one go.
pub fn passages(root: &Element) -> Vec<Passage> {
    let language = root.closest("[lang]").ok().flatten().and_then(|it| it.get_attribute("lang"));
    let mut found = Found { done: Vec::new(), open: String::new() };
    found.walk(root, &language.unwrap_or_default());
    found.done
}

struct Found {
    done: Vec<Passage>,
    open: String,
}

impl Found {
    fn walk(&mut self, element: &Element, language: &str) {
        let mut next = element.first_child();
        while let Some(node) = next {
            next = node.next_sibling();
            match node.dyn_ref::<Element>() {
                Some(inside) => self.enter(inside, language),
                None if node.node_type() == Node::TEXT_NODE => {
                    self.open.push_str(&node.text_content().unwrap_or_default());
                }
                None => {}
            }
        }
        if !WITHIN.contains(&tag(element).as_str()) {
            self.close(language);
        }
    }

    fn enter(&mut self, element: &Element, language: &str) {
        let tag = tag(element);
        if SILENT.contains(&tag.as_str()) || element.matches(APART).unwrap_or(true) {
            return;
        }
        let own = element.get_attribute("lang");
        if own.is_some() || !WITHIN.contains(&tag.as_str()) {
            self.close(language);
        }
        self.walk(element, own.as_deref().unwrap_or(language));
        if let Some(own) = own {
            self.close(&own);
        } else if tag == "br" {
            self.open.push(' ');
        }
    }

    fn close(&mut self, language: &str) {
        let words = self.open.split_whitespace().collect::<Vec<_>>().join(" ");
        self.open.clear();
        if !words.is_empty() {
            self.done.push(Passage { words, language: language.to_owned() });
        }
    }
}

fn tag(element: &Element) -> String {
    element.local_name()
}
