//! The parts in a real browser: what is drawn is what the native tests compare with the design system, and
//! what a person does reaches the session at once.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::{IntoView, document};
use leptos::task::tick;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement};
use what_matters::domain::answer::Answer;
use what_matters::engine::check::Problem;
use what_matters::engine::steps::{Layout, steps};
use what_matters::engine::{Command, NodeIx, Session};
use what_matters::fhir::read;
use what_matters::ui::item::{Frame, control_id};
use what_matters::ui::live::Live;
use what_matters::ui::page::page;
use what_matters::ui::parts;
use what_matters::ui::words::Words;

wasm_bindgen_test_configure!(run_in_browser);

fn section() -> HtmlElement {
    let section: HtmlElement = document().create_element("section").unwrap().unchecked_into();
    document().body().unwrap().append_child(&section).unwrap();
    section
}

/// A questionnaire with every kind of item, on one page.
struct Shown {
    live: Live,
    section: HtmlElement,
    sent: Rc<RefCell<usize>>,
    _mounted: Box<dyn std::any::Any>,
}

fn show() -> Shown {
    show_form(include_str!("fixtures/every-kind.json"))
}

fn show_form(json: &str) -> Shown {
    let reading = read::questionnaire(json, &Default::default())
        .unwrap_or_else(|refusals| panic!("{} refusals", refusals.len()));
    let sent = Rc::new(RefCell::new(0));
    let counted = Rc::clone(&sent);
    let section = section();
    let slot = Rc::new(RefCell::new(None));
    let out = Rc::clone(&slot);
    let mounted = mount_to(section.clone(), move || {
        let live =
            Live::new(Session::new(Rc::new(reading.instrument)), move |_, _| *counted.borrow_mut() += 1);
        *out.borrow_mut() = Some(live);
        let frame = Frame {
            above: 0,
            words: Words::english(),
            language: "en".into(),
            prefix: "t-".into(),
            level: 2,
            is_heading: false,
        };
        let nodes = Arc::new(move || {
            live.with(|session| steps(session, Layout::All).into_iter().flat_map(|step| step.nodes).collect())
        });
        page(live, nodes, &frame).into_view()
    });
    let live = slot.borrow_mut().take().unwrap();
    Shown { live, section, sent, _mounted: Box::new(mounted) }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.section.remove();
    }
}

impl Shown {
    fn node(&self, link_id: &str) -> NodeIx {
        let wanted = |session: &Session, node: &NodeIx| session.item(*node).link_id.as_str() == link_id;
        self.live.with(|session| session.in_order().find(|node| wanted(session, node))).unwrap()
    }

    fn input(&self, id: &str) -> HtmlInputElement {
        self.section.query_selector(&format!("[id='{id}']")).unwrap().expect(id).unchecked_into()
    }

    fn control(&self, link_id: &str) -> HtmlInputElement {
        let id = self.live.with(|session| control_id(session, self.node(link_id), "t-"));
        self.input(&id)
    }

    fn answers(&self, link_id: &str) -> Vec<Answer> {
        self.live.with(|session| session.answers(self.node(link_id)).to_vec())
    }

    fn has(&self, text: &str) -> bool {
        self.section.text_content().unwrap().contains(text)
    }
}

fn type_in(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    input.dispatch_event(&Event::new_with_event_init_dict("input", &bubbles).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn the_page_holds_the_very_html_the_native_tests_compare() {
    // Where a value stands: in the page it is a property, in printed HTML an attribute or text.
    let strip = |html: &str| {
        let html = regexless(html, " value=\"", '"');
        let html = regexless(&html, " checked=\"", '"');
        let html = regexless(&html, " selected=\"", '"');
        let mut out = String::new();
        for (at, piece) in html.split("<textarea").enumerate() {
            match piece.split_once('>') {
                Some((head, rest)) if at > 0 => {
                    out.push_str("<textarea");
                    out.push_str(head);
                    out.push('>');
                    out.push_str(&rest[rest.find("</textarea>").unwrap()..]);
                }
                _ => out.push_str(piece),
            }
        }
        out
    };
    let wanted: Vec<_> = parts::examples().into_iter().flat_map(|(_, examples)| examples).collect();
    let mut count = 0;
    for (name, example) in parts::examples().into_iter().flat_map(|(_, examples)| examples) {
        let html = wanted[count].1.html();
        let section = section();
        let mounted: UnmountHandle<_> = mount_to(section.clone(), move || example);
        assert_eq!(in_order(&strip(&section.inner_html())), in_order(&strip(&html)), "{name}");
        drop(mounted);
        assert_eq!(section.inner_html(), "", "{name} leaves nothing behind");
        section.remove();
        count += 1;
    }
    assert!(count > 50);
}

/// Without what stands between `from` and the next `to`, and them.
fn regexless(html: &str, from: &str, to: char) -> String {
    let mut pieces = html.split(from);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| out + piece.split_once(to).map_or("", |(_, rest)| rest))
}

/// Attributes in alphabetical order: what may change is put in after what does not.
fn in_order(html: &str) -> String {
    let tag = |piece: &str| {
        let Some((head, rest)) = piece.split_once('>') else { return piece.to_owned() };
        let mut parts: Vec<&str> = head.split("\" ").map(|part| part.trim_end_matches('"')).collect();
        let first = parts.remove(0);
        let (name, first) = first.split_once(' ').unwrap_or((first, ""));
        parts.push(first);
        parts.sort_unstable();
        format!("{name} {}>{rest}", parts.join("|"))
    };
    html.replace("&gt;", "›").split('<').map(tag).collect::<Vec<_>>().join("<")
}

#[wasm_bindgen_test]
async fn one_tap_on_a_scale_is_the_answer_and_nothing_is_chosen_before() {
    let shown = show();
    assert_eq!(shown.section.query_selector_all(".wm-scale__input:checked").unwrap().length(), 0);
    let id = shown.control("satisfied").id();
    shown.input(&format!("{id}-8")).click();
    assert_eq!(shown.answers("satisfied"), [Answer::Integer(7)]);
    assert_eq!(*shown.sent.borrow(), 1);
}

#[wasm_bindgen_test]
async fn what_is_typed_reaches_the_session_at_each_character_even_if_it_is_no_number() {
    let shown = show();
    let input = shown.control("people");
    for text in ["1", "12", "12x"] {
        type_in(&input, text);
    }
    assert_eq!(shown.answers("people"), []);
    assert_eq!(
        shown.live.with(|session| session.typed(shown.node("people")).map(str::to_owned)),
        Some("12x".into())
    );
    tick().await;
    assert_eq!(input.value(), "12x");
}

#[wasm_bindgen_test]
async fn a_box_someone_is_typing_in_is_not_written_to() {
    let shown = show();
    let input = shown.control("people");
    input.focus().unwrap();
    type_in(&input, "007");
    tick().await;
    assert_eq!(shown.answers("people"), [Answer::Integer(7)]);
    assert_eq!(input.value(), "007");
}

#[wasm_bindgen_test]
async fn a_question_comes_and_goes_with_its_condition_and_the_others_stay() {
    let shown = show();
    let name = shown.control("name");
    assert!(!shown.has("Who is helping you?"));
    shown.control("helped").click();
    tick().await;
    assert!(shown.has("Who is helping you?"));
    let id = shown.control("helped").id();
    shown.input(&format!("{id}-2")).click();
    tick().await;
    assert!(!shown.has("Who is helping you?"));
    assert!(name.is_same_node(Some(&shown.control("name"))));
}

#[wasm_bindgen_test]
async fn three_boxes_make_a_date() {
    let shown = show();
    let id = shown.control("born").id();
    let of = |part: &str| shown.input(&id.replace("-day", part));
    type_in(&of("-day"), "3");
    type_in(&of("-month"), "4");
    type_in(&of("-year"), "194");
    assert_eq!(shown.answers("born"), []);
    type_in(&of("-year"), "1948");
    assert_eq!(shown.answers("born"), [Answer::Date("1948-04-03".into())]);
    tick().await;
    assert_eq!([of("-day").value(), of("-month").value(), of("-year").value()], ["3", "4", "1948"]);
}

#[wasm_bindgen_test]
async fn an_exclusive_tick_clears_the_others_on_screen_too() {
    let shown = show();
    let id = shown.control("talk").id();
    shown.control("talk").click();
    shown.input(&format!("{id}-2")).click();
    // The fifth row is the word between.
    shown.input(&format!("{id}-6")).click();
    tick().await;
    let ticked = shown.section.query_selector_all(".nhsuk-checkboxes__input:checked").unwrap();
    assert_eq!(ticked.length(), 1);
    assert_eq!(shown.answers("talk").len(), 1);
}

#[wasm_bindgen_test]
async fn own_words_take_the_place_of_an_option() {
    let shown = show();
    let id = shown.control("where").id();
    shown.control("where").click();
    assert_eq!(shown.answers("where").len(), 1);
    shown.input(&format!("{id}-4")).click();
    tick().await;
    type_in(&shown.input(&format!("{id}-own")), "By the sea");
    assert_eq!(shown.answers("where"), [Answer::Text("By the sea".into())]);
    shown.input(&format!("{id}-2")).click();
    tick().await;
    assert_eq!(shown.answers("where").len(), 1);
    assert_eq!(shown.input(&format!("{id}-own")).value(), "");
}

#[wasm_bindgen_test]
async fn a_problem_is_said_beside_its_question_and_goes_when_the_answer_changes() {
    let shown = show();
    let node = shown.node("people");
    shown.live.show_problems(node, vec![Problem::NotAWholeNumber]);
    tick().await;
    let input = shown.control("people");
    let described = input.get_attribute("aria-describedby").unwrap();
    assert!(shown.input(&described).text_content().unwrap().contains("Enter a whole number"));
    assert!(input.class_name().contains("nhsuk-input--error"));
    type_in(&input, "2");
    tick().await;
    assert_eq!(input.get_attribute("aria-describedby"), None);
    assert!(!shown.has("Enter a whole number"));
}

#[wasm_bindgen_test]
async fn another_copy_takes_the_focus_and_taking_one_away_keeps_the_rest() {
    let shown = show();
    type_in(&shown.control("likes"), "Knitting");
    let button = |words: &str| -> HtmlElement {
        let all = shown.section.query_selector_all("button").unwrap();
        let all = (0..all.length()).map(|at| all.item(at).unwrap());
        all.map(|node| node.unchecked_into::<HtmlElement>())
            .find(|button| button.text_content().unwrap().starts_with(words))
            .expect(words)
    };
    button("Add another: Something").click();
    tick().await;
    let second = shown.live.with(|session| session.repetitions(shown.node("likes"))[1]);
    let focused = document().active_element().unwrap();
    assert_eq!(focused.id(), shown.live.with(|session| control_id(session, second, "t-")));
    type_in(&focused.unchecked_into(), "Singing");
    button("Remove number 1: Something").click();
    tick().await;
    assert_eq!(shown.answers("likes"), [Answer::Text("Singing".into())]);
    assert_eq!(shown.control("likes").value(), "Singing");
}

#[wasm_bindgen_test]
async fn on_a_long_page_in_parts_what_comes_leaves_the_others_alone_and_another_copy_takes_the_focus() {
    let item = |at: usize| {
        let (kind, more) = match at {
            0 => ("boolean", ""),
            44 => {
                ("integer", r#", "enableWhen": [{"question": "q0", "operator": "=", "answerBoolean": true}]"#)
            }
            50 => ("string", r#", "repeats": true"#),
            _ => ("integer", ""),
        };
        format!(r#"{{"linkId": "q{at}", "text": "Question {at}", "type": "{kind}"{more}}}"#)
    };
    let items = (0..100).map(item).collect::<Vec<_>>().join(",");
    let shown = show_form(&format!(
        r#"{{"resourceType": "Questionnaire", "url": "urn:x", "status": "active", "item": [{items}]}}"#
    ));
    assert_eq!(shown.section.query_selector_all(".wm-items > .wm-part").unwrap().length(), 5);
    let (before, beside) = (shown.control("q43"), shown.control("q45"));
    shown.control("q0").click();
    tick().await;
    assert!(shown.has("Question 44"));
    assert!(
        before.is_same_node(Some(&shown.control("q43"))) && beside.is_same_node(Some(&shown.control("q45")))
    );
    let order = shown.section.text_content().unwrap();
    let at = |words: &str| order.find(words).unwrap();
    assert!(at("Question 43") < at("Question 44") && at("Question 44") < at("Question 45"));

    type_in(&shown.control("q50"), "Knitting");
    let buttons = shown.section.query_selector_all("button").unwrap();
    let add = (0..buttons.length()).map(|at| buttons.item(at).unwrap().unchecked_into::<HtmlElement>());
    add.into_iter().find(|button| button.text_content().unwrap().starts_with("Add another")).unwrap().click();
    tick().await;
    let second = shown.live.with(|session| session.repetitions(shown.node("q50"))[1]);
    let id = shown.live.with(|session| control_id(session, second, "t-"));
    assert_eq!(document().active_element().unwrap().id(), id);
    assert_eq!(shown.control("q50").value(), "Knitting");
}

#[wasm_bindgen_test]
async fn another_session_in_its_place_is_drawn_anew() {
    let shown = show();
    type_in(&shown.control("name"), "Sam");
    let likes = shown.node("likes");
    shown.live.send(Command::Add { node: likes });
    tick().await;
    assert!(shown.has("Something you like doing, number 2"));
    let instrument = shown.live.with(|session| Rc::clone(session.instrument()));
    shown.live.replace(Session::new(instrument));
    tick().await;
    assert!(!shown.has("number 2"));
    assert_eq!(shown.control("name").value(), "");
    type_in(&shown.control("name"), "Alex");
    assert_eq!(shown.answers("name"), [Answer::Text("Alex".into())]);
}

#[wasm_bindgen_test]
async fn a_removed_page_leaves_nothing_behind() {
    let shown = show();
    let section = shown.section.clone();
    assert!(section.query_selector("input").unwrap().is_some());
    drop(shown);
    assert_eq!(section.inner_html(), "");
}
