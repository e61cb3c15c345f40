//! The view: which screen is drawn, with what.

use super::appearing::choices;
use super::circumstances;
use super::door::{Door, Open};
use super::framed;
use super::kept;
use super::lifespan::Lifespan;
use super::reading_aloud::audible;
use super::screen::Screen;
use crate::domain::answer::{Place, Skip};
use crate::domain::instrument::{Item, ItemKind};
use crate::engine::steps::Layout;
use crate::engine::{NodeIx, Session};
use crate::ui::act::Acts;
use crate::ui::focus;
use crate::ui::item::{self, Frame};
use crate::ui::markup::{Ask, El, Kid};
use crate::ui::page;
use crate::ui::screens::before::before;
use crate::ui::screens::check_answers::{CheckAnswers, check_answers};
use crate::ui::screens::done::{Done, done};
use crate::ui::screens::explain::{explanation, reading};
use crate::ui::screens::interruption::interruption;
use crate::ui::screens::question::{self, Question, Ways, question};
use crate::ui::screens::shell::{self, Shell, shell};
use crate::ui::screens::start::start;
use crate::ui::screens::still_there::still_there;
use crate::ui::screens::stop::stop;
use crate::ui::words::Word;
use leptos::prelude::*;
use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

/// Draws the door in its host, in the place of the static text. What is given back takes it away again.
pub fn mount(door: Rc<Door>) -> Box<dyn Any> {
    let root: Option<HtmlElement> = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("div").ok())
        .and_then(|element| element.dyn_into().ok());
    let Some(root) = root else { return Box::new(()) };
    // Fixed names and values: setting them cannot fail.
    let _ = root.set_attribute("data-app", "");
    let _ = root.set_attribute("class", "wm wm-page");
    let _ = root.set_attribute("lang", door.language());
    let _ = root.set_attribute("dir", door.words().tongue().direction);
    door.tell_language();
    if door.is_shared() {
        // What is written here is not for the device to learn or to send to a speller (threat T3).
        for helper in ["spellcheck", "writingsuggestions"] {
            let _ = root.set_attribute(helper, "false");
        }
    }
    hide_static(&door.host);
    let _ = door.host.append_child(&root);
    if door.appearance.get_untracked().is_some() {
        door.dress();
    }

    // Of its own, so that what is held here goes with the view: the door outlives it.
    let owner = Owner::new();
    let known = owner.with(|| StoredValue::new_local(door.clone()));
    let acts = Acts::new(move |act| {
        known.try_with_value(|door| door.perform(act.clone()));
    });
    let shown = door.clone();
    let handle = leptos::mount::mount_to(root.clone(), move || view(&shown, acts));
    Box::new(Mounted { _handle: Box::new(handle), _owner: owner, root })
}

struct Mounted {
    _handle: Box<dyn Any>,
    _owner: Owner,
    root: HtmlElement,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.root.remove();
    }
}

fn hide_static(host: &HtmlElement) {
    if let Ok(Some(part)) = host.query_selector(":scope > [data-static]")
        && let Ok(part) = part.dyn_into::<HtmlElement>()
    {
        part.set_hidden(true);
    }
}

fn view(door: &Rc<Door>, acts: Acts) -> impl IntoView + use<> {
    let config = door.config.borrow().clone();
    let asked = door.collecting.asked;
    let (failed, words) = (door.language_failed, door.words());
    let around = Shell {
        words: door.words(),
        practice: door.name(),
        demonstration: config.as_ref().is_some_and(|config| config.practice.demonstration),
        help: door.help(),
        languages: door.languages(),
        language_news: Arc::new(move || failed.get().then(|| words.say(Word::LanguageFailed).to_owned())),
        settings: config.is_some().then(|| choices(door, &acts)),
        prefix: PREFIX.to_owned(),
        shared: door.is_shared(),
        asked: Arc::new(move || asked.get()),
    };
    let screen = door.screen;
    let known = StoredValue::new_local(door.clone());
    let drawing = acts.clone();
    let left = door.seconds_left;
    let covered = Memo::new(move |_| left.with(Option::is_some));
    let page = move || {
        let screen = screen.get();
        if covered.get() {
            let left = Arc::new(move || left.get().unwrap_or_default());
            let cover = |door: &Rc<Door>| still_there(door.words(), &drawing, left).into_any();
            return known.try_with_value(cover);
        }
        known.try_with_value(|door| draw(door, &drawing, screen)).map(IntoAny::into_any)
    };
    let has_back: Ask<bool> = Arc::new(move || !covered.get() && screen.with(Screen::has_back));
    let host = StoredValue::new_local(door.host.clone());
    Effect::new(move |before: Option<bool>| {
        screen.track();
        covered.track();
        // Not at the start: the page has just been opened, and the focus is where the person put it.
        if before.is_some() {
            spawn_local(async move {
                leptos::task::tick().await;
                host.try_with_value(|host| focus::on_page(host));
            });
        }
        true
    });
    let whole = shell(around, &acts, has_back, focus::below(&door.host), Kid::View(page.into_any()));
    framed::placed(door, whole)
}

/// Starts the ids of our elements.
const PREFIX: &str = "wm-";

/// The id of what opens the languages.
pub fn language_id() -> String {
    shell::language_id(PREFIX)
}

fn draw(door: &Rc<Door>, acts: &Acts, screen: Screen) -> AnyView {
    match (screen, door.open.borrow().clone()) {
        (Screen::Ask(place), Some(open)) => audible(door, acts, ask(door, acts, &open, &place)).into_any(),
        (screen, open) => draw_other(door, acts, screen, open),
    }
}

/// Everything but a question, apart, so that it comes after the first one.
#[inline(never)]
fn draw_other(door: &Rc<Door>, acts: &Acts, screen: Screen, open: Option<Rc<Open>>) -> AnyView {
    match screen {
        Screen::Opening | Screen::Ask(_) => ().into_any(),
        Screen::Start => {
            let first = door.first_explanation();
            let first = first.map(|shown| explanation(door.words(), &shown, 2, acts).into());
            let page = start(door.start_page(), acts, first.into_iter().collect());
            audible(door, acts, page).into_any()
        }
        Screen::Explain(_) => {
            audible(door, acts, reading(door.words(), &door.reading.get(), acts)).into_any()
        }
        Screen::Before => open.map(|open| audible(door, acts, before(door.before(&open), acts))).into_any(),
        Screen::Help(_) => audible(door, acts, interruption(&door.interruption(), acts)).into_any(),
        Screen::Check => open.map(|open| check(door, acts, &open)).into_any(),
        Screen::Done => finished(door, acts).into_any(),
        Screen::Kept(page) => kept::draw(door, acts, page, PREFIX).into_any(),
        Screen::Later => audible(door, acts, door.later(acts)).into_any(),
        Screen::Stop => stop(door.words(), acts, door.waiting().len()).into_any(),
        Screen::Trouble(what) => door.in_trouble(acts, what).into_any(),
    }
}

fn ask(door: &Rc<Door>, acts: &Acts, open: &Open, place: &Place) -> El {
    let step = door.step_at(place);
    let nodes: Vec<NodeIx> = step.as_ref().map(|step| step.nodes.clone()).unwrap_or_default();
    let live = open.live;
    let language = door.language();
    let (ways, alone) = live.with(|session| ways(session, &nodes, door.layout));
    // The page's heading is its only question, or the group it begins with; else the form's own title.
    let begins_with_group = nodes.first().is_some_and(|node| {
        let group = |item: &Item| matches!(item.kind, ItemKind::Group(_)) && item.text.is_some();
        live.with(|session| group(session.item(*node)) && session.parent(*node).is_none())
    });
    let is_alone = door.is_alone(&nodes).is_some() && door.layout == Layout::Pages;
    let shortcut = is_alone.then(|| door.alone_here());
    // With a shortcut over the questions the group's heading stands over both.
    let lifted = nodes.first().copied().filter(|_| shortcut.is_some() && begins_with_group);
    let title = (!alone && (lifted.is_some() || !begins_with_group)).then(|| {
        let group = lifted.and_then(|node| live.with(|session| session.item(node).text.clone()));
        let own = group.or_else(|| open.opened.instrument.title.clone());
        let own = own.map(|text| door.asked(&open.opened.instrument, &text));
        own.unwrap_or_else(|| door.words().say(Word::StartTitle).to_owned())
    });
    let within = step.as_ref().map(|step| {
        let heading = |node: &NodeIx| {
            live.with(|session| {
                session.item(*node).text.as_ref().map(|text| door.asked(&open.opened.instrument, text))
            })
        };
        step.within.iter().filter_map(heading).collect::<Vec<_>>()
    });
    let frame = Frame {
        words: door.words(),
        language: language.into(),
        prefix: PREFIX.into(),
        level: if title.is_some() { 2 } else { 1 },
        above: within.as_ref().map_or(0, |within| within.len() as u8),
        is_heading: alone,
    };
    let (known, here) = (StoredValue::new_local(door.clone()), place.clone());
    let now: Ask<Vec<NodeIx>> = Arc::new(move || {
        let step = known.try_with_value(|door| door.step_at(&here)).flatten();
        let nodes = step.map(|step| step.nodes).unwrap_or_default();
        nodes.into_iter().filter(|node| Some(*node) != lifted).collect()
    });
    let items = vec![page::page(live, now, &frame).into()];
    let page = Question {
        title,
        words: door.words(),
        link_worker: door.link_worker(),
        within: within.unwrap_or_default(),
        progress: door.progress(place),
        begins: door.is_first(place),
        note: live.with(|session| note(session, &nodes)),
        untranslated: door.is_untranslated(open),
        items,
        ways,
        shortcut,
        reasons: door.reasons(&open.opened),
        licence: door.licence(&open.opened.instrument),
        licence_open: open.opened.instrument.licence_open,
        can_return: !door.is_shared(),
    };
    let (errors, saved) = (door.errors, door.saved);
    let shown = question::Live {
        errors: Arc::new(move || {
            let errors = errors.get();
            live.with(|session| {
                errors
                    .into_iter()
                    .map(|(node, words)| (item::control_id(session, node, PREFIX), words))
                    .collect()
            })
        }),
        saved: Arc::new(move || saved.get()),
    };
    question(page, shown, acts, focus::below(&door.host))
}

/// What a page says of a question that was passed over before.
fn note(session: &Session, nodes: &[NodeIx]) -> Option<Word> {
    let skipped = nodes.iter().find_map(|node| session.skipped(*node));
    skipped.map(|skip| match skip {
        Skip::PassedOver => Word::AskSkipped,
        Skip::RatherTalk => Word::AskToTalkAbout,
    })
}

/// Which ways on a page has, and whether it holds one question alone, which then is its heading.
fn ways(session: &Session, nodes: &[NodeIx], layout: Layout) -> (Ways, bool) {
    let questions = nodes.iter().filter(|node| {
        let item = session.item(**node);
        crate::engine::node::is_question(item) && !item.hidden && session.is_enabled(**node)
    });
    let open: Vec<bool> = questions
        .filter(|node| !session.item(**node).read_only)
        .map(|node| circumstances::is_ours(&session.item(*node).link_id))
        .collect();
    let whole = layout == Layout::All;
    let ways = match open.as_slice() {
        [] => Ways::Continue,
        _ if whole || open.iter().all(|ours| *ours) => Ways::Continue,
        [_] => Ways::SkipOne,
        [..] => Ways::SkipSeveral,
    };
    (ways, open.len() == 1)
}

fn check(door: &Rc<Door>, acts: &Acts, open: &Open) -> impl IntoView + use<> {
    let page = CheckAnswers {
        words: door.words(),
        link_worker: door.link_worker(),
        language: door.language().to_owned(),
        reasons: door.reasons(&open.opened),
        has_route: door.has_route(),
        licence: door.licence(&open.opened.instrument),
        licence_open: open.opened.instrument.licence_open,
        not_their_own: open.live.with(circumstances::not_their_own),
        can_print: !door.is_shared(),
    };
    let (busy, news) = (door.busy, door.unfinished);
    open.live.with(|session| {
        check_answers(&page, session, acts, Arc::new(move || busy.get()), Arc::new(move || news.get()))
    })
}

fn finished(door: &Rc<Door>, acts: &Acts) -> impl IntoView + use<> {
    let config = door.config.borrow().clone();
    let shown = Done {
        words: door.words(),
        link_worker: door.link_worker(),
        id: door.finished.borrow().clone(),
        next: config.map_or_else(Vec::new, |config| {
            config.what_happens_next.iter().map(|words| door.own_words(words)).collect()
        }),
        memory_only: door.memory_only.get() || door.kept.lifespan.get() == Lifespan::Visit,
        come_back: door.come_back(),
        sealed: door.seals(),
        shared: door.is_shared(),
        with_help: door.help_at_end.get(),
    };
    let (handover, copying) = (door.handover, door.copying);
    let told = door.answered();
    done(shown, told, acts, Arc::new(move || handover.get()), Arc::new(move || copying.get()), door.care())
}
