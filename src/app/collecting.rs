//! Being collected from: by the page around this one over a channel, or by the element's own methods.
//! [`crate::collect::pull`] decides; the person agrees; events carry ids and counts alone.

use super::clock;
use super::door::Door;
use super::screen::Screen;
use crate::collect::handshake::{Arrival, Handshake};
use crate::collect::message;
use crate::collect::pull::{Heard, Leases, Pull, Waits};
use crate::domain::ids::ResponseId;
use crate::store::keeper::Keeper;
use crate::store::outbox::Fate;
use crate::ui::kept::Page;
use crate::ui::screens::done::Handover;
use crate::ui::words::Word;
use js_sys::{Array, Object, Promise, Reflect};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort, Window};

/// Tells the collector; `None` where the question was not understood.
type Tell = Box<dyn FnOnce(Option<String>)>;

/// A question to the person: may this collector have this response?
struct Question {
    pull: Rc<Pull>,
    origin: Rc<str>,
    waits: Waits,
    tell: Tell,
}

/// A collector's channel.
struct Channel {
    port: MessagePort,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

/// Who collects, and what they wait for.
pub struct State {
    leases: Rc<Leases>,
    met: RefCell<Handshake>,
    channels: RefCell<Vec<Channel>>,
    /// For scripts on the page itself, through the element's methods.
    own: RefCell<Option<(Rc<str>, Rc<Pull>)>>,
    questions: RefCell<Vec<Question>>,
    /// How many finished responses waited when that was last told.
    known: Cell<usize>,
    /// The first question: the collector's origin and the response's reference.
    pub(super) asked: RwSignal<Option<(String, String)>>,
}

impl State {
    /// Nobody collects yet.
    pub fn new() -> Self {
        Self {
            leases: Rc::default(),
            met: RefCell::default(),
            channels: RefCell::default(),
            own: RefCell::default(),
            questions: RefCell::default(),
            known: Cell::new(0),
            asked: RwSignal::new(None),
        }
    }

    /// Takes every channel away.
    pub fn close(&self) {
        for channel in self.channels.take() {
            channel.port.set_onmessage(None);
            channel.port.close();
        }
        self.questions.take();
        self.own.take();
    }
}

impl Door {
    /// Offers itself to the origins of the configuration: to the page around this one, and, where the page's
    /// own origin is among them, to scripts on the page itself.
    pub(super) fn meet_collectors(&self) {
        let origins =
            self.config.borrow().as_ref().map(|config| config.collect.pull.clone()).unwrap_or_default();
        let (Some(window), Some(keeper)) = (web_sys::window(), self.keeper.borrow().clone()) else { return };
        self.collecting.known.set(keeper.waiting().len());
        let own = window.location().origin().unwrap_or_default();
        if origins.contains(&own) {
            let pull = self.pull(keeper, &own);
            *self.collecting.own.borrow_mut() = Some((own.into(), Rc::new(pull)));
        }
        let Some(around) = around(&window) else { return };
        let nonces: Option<Vec<String>> = origins
            .iter()
            .map(|_| Some(ResponseId::from_random(clock::random()?).as_str().to_owned()))
            .collect();
        let Some(nonces) = nonces else { return };
        let met = Handshake::new(&origins, nonces);
        let known = known_around(&window);
        for (origin, ready) in
            met.ready().into_iter().filter(|(origin, _)| may_be_around(origin, known.as_deref()))
        {
            // Dropped by the browser unless the page around us is of that very origin.
            let _ = around.post_message(&ready.into(), &origin);
        }
        *self.collecting.met.borrow_mut() = met;
    }

    /// Whether the configuration names somebody who collects.
    pub(super) fn is_collected(&self) -> bool {
        self.config.borrow().as_ref().is_some_and(|config| !config.collect.pull.is_empty())
    }

    /// What waits without being sent: why, in words.
    pub(super) fn unsent(&self) -> Word {
        if self.is_collected() { Word::DoneToCollect } else { Word::DoneNoRoute }
    }

    fn pull(&self, keeper: Rc<Keeper>, collector: &str) -> Pull {
        let pull = Pull::new(keeper, self.collecting.leases.clone(), collector);
        let sealed = self.config.borrow().as_ref().is_some_and(|config| config.collect.key.is_some());
        if sealed { pull.sealed_only() } else { pull }
    }

    /// A message from another window.
    pub(super) fn hear_window(self: &Rc<Self>, event: &MessageEvent) {
        let (Some(window), Some(keeper)) = (web_sys::window(), self.keeper.borrow().clone()) else { return };
        let Some(data) = event.data().as_string() else { return };
        let (origin, ports) = (event.origin(), event.ports());
        let from_parent = match (event.source(), around(&window)) {
            (Some(source), Some(around)) => Object::is(&source, &around),
            (None, _) | (_, None) => false,
        };
        let arrival = Arrival { origin: &origin, from_parent, ports: ports.length(), data: &data };
        if !self.collecting.met.borrow_mut().hear(arrival) {
            return;
        }
        let Ok(port) = ports.get(0).dyn_into::<MessagePort>() else { return };
        let pull = Rc::new(self.pull(keeper, &origin));
        let (door, origin, answer) = (Rc::downgrade(self), Rc::<str>::from(origin), port.clone());
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(door) = door.upgrade() else { return };
            let answer = answer.clone();
            let tell: Tell = Box::new(move |reply| {
                if let Some(reply) = reply {
                    let _ = answer.post_message(&reply.into());
                }
            });
            // What is not text is not understood, as text that says nothing is not.
            let said = event.data().as_string().unwrap_or_default();
            door.hear_collector(pull.clone(), origin.clone(), said, tell);
        });
        port.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        self.collecting.channels.borrow_mut().push(Channel { port, _hear: hear });
        self.announce();
    }

    /// A question by the element's own methods. The promise is refused where nobody may collect this way, and
    /// where the question is not understood.
    pub fn collector_asks(self: &Rc<Self>, question: String) -> Promise {
        let own = self.collecting.own.borrow().clone();
        let mut begin = |resolve: js_sys::Function, reject: js_sys::Function| {
            let Some((origin, pull)) = own.clone() else {
                let _ = reject.call0(&JsValue::NULL);
                return;
            };
            let tell: Tell = Box::new(move |reply| {
                let _ = match reply {
                    Some(reply) => resolve.call1(&JsValue::NULL, &reply.into()),
                    None => reject.call0(&JsValue::NULL),
                };
            });
            self.hear_collector(pull, origin, question.clone(), tell);
        };
        Promise::new(&mut begin)
    }

    fn hear_collector(self: &Rc<Self>, pull: Rc<Pull>, origin: Rc<str>, said: String, tell: Tell) {
        let door = self.clone();
        spawn_local(async move {
            let waited = door.waiting_ids();
            match pull.hear(&said, clock::now()).await {
                Heard::Say(reply) => {
                    tell(Some(reply));
                    door.tell_page_of_collected(&waited, &origin);
                    door.tell_received();
                }
                Heard::AskPerson(waits) => {
                    door.collecting.questions.borrow_mut().push(Question { pull, origin, waits, tell });
                    door.show_question();
                }
                Heard::Nothing | Heard::Close => tell(None),
            }
        });
    }

    /// The person said yes or no to the first question.
    pub(super) fn let_collect(&self, agreed: bool) {
        let first = {
            let mut questions = self.collecting.questions.borrow_mut();
            if questions.is_empty() { None } else { Some(questions.remove(0)) }
        };
        if let Some(Question { pull, waits, tell, .. }) = first {
            tell(Some(pull.decided(waits, agreed, clock::now())));
        }
        self.show_question();
    }

    fn show_question(&self) {
        let questions = self.collecting.questions.borrow();
        let first = questions.first();
        self.collecting.asked.set(first.map(|first| (first.origin.to_string(), first.waits.id.reference())));
    }

    /// Something may have been received: says so on the last page, renews the lists, and tells collectors.
    pub(super) fn tell_received(&self) {
        let Some(keeper) = self.keeper.borrow().clone() else { return };
        let received = |id: &ResponseId| {
            keeper.gone().iter().any(|(gone, note)| gone == id && matches!(note.fate, Fate::Received { .. }))
        };
        if self.finished.borrow().as_ref().is_some_and(received)
            && self.handover.get_untracked() != Handover::Sent
        {
            self.handover.set(Handover::Sent);
        }
        let screen = self.screen.get_untracked();
        let shown = self.collecting.known.replace(keeper.waiting().len());
        if shown != keeper.waiting().len() {
            if matches!(screen, Screen::Start | Screen::Kept(Page::List)) {
                self.screen.set(screen);
            }
            self.announce();
        }
    }

    /// Tells collectors which responses wait: ids and a count, never what is in them.
    pub(super) fn announce(&self) {
        let Some(keeper) = self.keeper.borrow().clone() else { return };
        let ids = keeper.waiting().into_iter().map(|entry| entry.id).collect::<Vec<_>>();
        for channel in self.collecting.channels.borrow().iter() {
            let _ = channel.port.post_message(&message::waiting(&ids).into());
        }
        if self.collecting.own.borrow().is_some() {
            let detail = Object::new();
            let list: Array = ids.iter().map(|id| JsValue::from(id.as_str())).collect();
            for (key, value) in [("count", JsValue::from(list.length())), ("ids", list.into())] {
                // Setting a plain property of a fresh object cannot fail.
                let _ = Reflect::set(&detail, &key.into(), &value);
            }
            self.tell_host("what-matters-waiting", &detail, true);
        }
    }
}

/// The window around this one, if this one is in a frame.
pub(super) fn around(window: &Window) -> Option<Window> {
    let parent = window.parent().ok()??;
    (!Object::is(&parent, window)).then_some(parent)
}

/// Whether the page around this one may be of this origin. A browser that knows who is around us is not made to
/// report a message to anybody else as a mistake.
pub(super) fn may_be_around(origin: &str, known: Option<&str>) -> bool {
    known.is_none_or(|known| known == origin)
}

/// The origin of the page around this one, where the browser tells (Firefox does not).
pub(super) fn known_around(window: &Window) -> Option<String> {
    let origins = Reflect::get(&window.location(), &"ancestorOrigins".into()).ok()?;
    Reflect::get_u32(&origins, 0).ok()?.as_string()
}
