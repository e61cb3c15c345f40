//! The patient's door: everything one mounted element knows, and how it starts.

use super::address::{self, Wanted};
use super::clock;
use super::config::{Config, ConfigFault, DeviceUse};
use super::fetch::{self, FetchFault};
use super::framed::Framed;
use super::idle::Touch;
use super::lifespan;
use super::listening::Listening;
use super::opening::{OpenFault, Opened};
use super::own_copy::Ended;
use super::reading_aloud::Speaking;
use super::screen::{Entry, Screen};
use super::sending;
use super::told::Told;
use super::view;
use crate::collect::courier::Courier;
use crate::domain::draft::Draft;
use crate::domain::ids::ResponseId;
use crate::engine::NodeIx;
use crate::engine::steps::Layout;
use crate::store::keeper::Keeper;
use crate::store::keys::PREFIX;
use crate::store::local;
use crate::store::slots::Soon;
use crate::ui::aloud::Aloud;
use crate::ui::appearance::Appearance;
use crate::ui::live::Live;
use crate::ui::screens::answered::Copying;
use crate::ui::screens::done::Handover;
use crate::ui::screens::explain::{Reading, Shown};
use crate::ui::screens::trouble::Trouble;
use crate::ui::tongue::Tongue;
use crate::ui::words::{Word, Words};
use gloo_timers::callback::{Interval, Timeout};
use js_sys::Promise;
use leptos::prelude::*;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;

/// A questionnaire in progress.
pub struct Open {
    /// Where it was fetched from; `None` when it was resumed from what was kept.
    pub url: Option<String>,
    /// The questionnaire.
    pub opened: Opened,
    /// Its answers, live.
    pub live: Live,
    /// Its answers, as they are kept.
    pub draft: RefCell<Draft>,
    /// The questionnaire itself has been kept beside the answers, in both stores.
    pub asked_kept: Cell<bool>,
}

/// Everything one mounted element knows. Signals live as long as `owner`.
pub struct Door {
    pub(super) host: HtmlElement,
    /// Its address, or the settings themselves: an address never begins with a brace.
    pub(super) config_url: String,
    /// How forms are cut into pages here.
    pub(super) layout: Layout,
    /// Settles when all of the code has come.
    all_here: Promise,
    pub(super) owner: Owner,
    /// The words of the language shown now.
    pub(super) words: Cell<&'static Words>,
    /// The language last asked for.
    pub(super) next_language: Cell<Option<&'static Tongue>>,
    /// Its words did not come.
    pub(super) language_failed: RwSignal<bool>,

    pub(super) config: RefCell<Option<Rc<Config>>>,
    pub(super) keeper: RefCell<Option<Rc<Keeper>>>,
    pub(super) courier: RefCell<Option<Rc<Courier>>>,
    /// The questionnaires on offer, in the configuration's order, each as it came.
    pub(super) shelf: RefCell<Vec<Result<Opened, OpenFault>>>,
    pub(super) open: RefCell<Option<Rc<Open>>>,
    /// The response on the last page.
    pub(super) finished: RefCell<Option<ResponseId>>,
    /// Something to say once on the start page.
    pub(super) news: RefCell<Option<String>>,
    /// What trying again means on a page of trouble.
    pub(super) wanted: RefCell<Option<String>>,
    /// What to begin once the open draft has been deleted.
    pub(super) begin_after: Cell<Option<usize>>,
    /// The answers on the last page, in words.
    pub(super) ended: RefCell<Option<Rc<Ended>>>,
    /// The circumstances told in this sitting.
    pub(super) told: RefCell<Option<Told>>,
    /// Continue leads back to the check page.
    pub(super) changing: Cell<bool>,
    /// Where the person was going when help came first.
    pub(super) after_help: RefCell<Option<Screen>>,
    /// An answer just finished has a safety rule.
    pub(super) help_at_end: Cell<bool>,
    /// The screens before this one, on somebody else's page.
    pub(super) trail: RefCell<Vec<Screen>>,
    /// The page around ours, where that is in a frame and may be told.
    pub(super) framed: RefCell<Option<Framed>>,
    /// The browser may not keep answers in this frame.
    pub(super) frame_forgets: RwSignal<bool>,
    /// The element has gone: nothing is drawn any more.
    gone: Cell<bool>,
    /// Page turns of this visit that lie in the browser's history before this one.
    pub(super) depth: Cell<u32>,

    pub(super) screen: RwSignal<Screen>,
    /// What is wrong on this page, as the list at its top shows it.
    pub(super) errors: RwSignal<Vec<(NodeIx, String)>>,
    /// What is known of the last change's whereabouts.
    pub(super) saved: RwSignal<Option<Word>>,
    /// The finished answers are being kept.
    pub(super) busy: RwSignal<bool>,
    /// The explanation that is being read.
    pub(super) reading: RwSignal<Reading>,
    /// Explanations are wanted as Easy Read.
    pub(super) easy: Cell<bool>,
    /// The explanations that were fetched.
    pub(super) explanations: RefCell<Vec<Shown>>,
    /// What is being read aloud.
    pub(super) speaking: RefCell<Option<Speaking>>,
    /// How that stands.
    pub(super) aloud: RwSignal<Aloud>,
    /// How the page looks; `None` until all of the code is here, which is what changes it.
    pub(super) appearance: RwSignal<Option<Appearance>>,
    /// Why finishing failed.
    pub(super) unfinished: RwSignal<Option<Word>>,
    /// How it stands with a copy of the answers on the last page.
    pub(super) copying: RwSignal<Copying>,
    /// What became of the finished answers.
    pub(super) handover: RwSignal<Handover>,

    /// What the pages about what is kept know.
    pub(super) kept: super::kept::State,
    /// Who collects, and what they wait for.
    pub(super) collecting: super::collecting::State,

    /// The finished answers are in this page's memory only.
    pub(super) memory_only: Cell<bool>,
    /// When an unsaved draft is tried again, in milliseconds from its last try.
    pub(super) next_try: Cell<u32>,
    pub(super) again: RefCell<Option<Timeout>>,
    pub(super) saving: Cell<bool>,
    pub(super) unsaved: Cell<bool>,
    pub(super) alarm: RefCell<Option<Timeout>>,
    pub(super) listening: RefCell<Option<Listening>>,
    /// When the device was last touched; looked at where many people use it.
    pub(super) touch: Cell<Touch>,
    pub(super) watch: RefCell<Option<Interval>>,
    /// Nobody seems to be there: the answers are covered, and cleared in so many seconds.
    pub(super) seconds_left: RwSignal<Option<u32>>,
    mounted: RefCell<Option<Box<dyn Any>>>,
}

impl Door {
    /// A door in `host`, not yet open.
    pub fn new(host: HtmlElement, config_url: String, all_here: Promise) -> Rc<Self> {
        let owner = Owner::new();
        owner.with(|| {
            Rc::new(Self {
                layout: address::layout(&host),
                host,
                config_url,
                all_here,
                owner: owner.clone(),
                words: Cell::new(Words::at_first()),
                next_language: Cell::new(None),
                language_failed: RwSignal::new(false),
                config: RefCell::default(),
                keeper: RefCell::default(),
                courier: RefCell::default(),
                shelf: RefCell::default(),
                open: RefCell::default(),
                finished: RefCell::default(),
                news: RefCell::default(),
                wanted: RefCell::default(),
                begin_after: Cell::new(None),
                ended: RefCell::default(),
                told: RefCell::default(),
                changing: Cell::new(false),
                after_help: RefCell::default(),
                help_at_end: Cell::new(false),
                trail: RefCell::default(),
                framed: RefCell::default(),
                frame_forgets: RwSignal::new(false),
                gone: Cell::new(false),
                depth: Cell::new(0),
                screen: RwSignal::new(Screen::Opening),
                errors: RwSignal::new(Vec::new()),
                saved: RwSignal::new(None),
                busy: RwSignal::new(false),
                reading: RwSignal::new(Reading::Fetching),
                easy: Cell::new(false),
                explanations: RefCell::default(),
                speaking: RefCell::default(),
                aloud: RwSignal::new(Aloud::Unknown),
                appearance: RwSignal::new(None),
                unfinished: RwSignal::new(None),
                copying: RwSignal::new(Copying::No),
                handover: RwSignal::new(Handover::Sending),
                kept: super::kept::State::new(),
                collecting: super::collecting::State::new(),
                memory_only: Cell::new(false),
                next_try: Cell::new(super::keeping::FIRST_TRY),
                again: RefCell::default(),
                saving: Cell::new(false),
                unsaved: Cell::new(false),
                alarm: RefCell::default(),
                listening: RefCell::default(),
                touch: Cell::new(Touch::at(0, 0)),
                watch: RefCell::default(),
                seconds_left: RwSignal::new(None),
                mounted: RefCell::default(),
            })
        })
    }

    /// Reads the configuration, opens the stores and shows the first screen. Only a questionnaire that the
    /// address names, on a device that keeps nothing of ours, is shown before all of the code has come; what
    /// that runs is the first of the two modules (`.dev/first-question.txt`).
    pub async fn start(self: Rc<Self>) {
        let fetched = fetch::settings(&self.config_url).await;
        let read = fetched.as_deref().map(Config::read);
        let Ok(Ok(config)) = read else { return self.without_configuration(read) };
        let config = Rc::new(config);
        *self.config.borrow_mut() = Some(config.clone());

        let wanted = address::wanted(&self.host, &config);
        let is_new_here = local::open().keys(PREFIX).is_ok_and(|keys| keys.is_empty());
        let in_english = config.first_language(address::language(&self.host).as_deref(), None).is_english();
        let is_plain = is_new_here
            && in_english
            && config.device == DeviceUse::Personal
            && matches!(wanted, Wanted::At(_));
        if !is_plain {
            self.all_here().await;
        }
        // What only others need is boxed: its code is then no part of this.
        match clock::random() {
            Some(random) if config.device == DeviceUse::Personal => {
                let keeper = Rc::new(Keeper::open(random).await);
                self.expire(&keeper, config.keep_drafts_days).await;
                *self.keeper.borrow_mut() = Some(keeper);
            }
            random => self.keep_nothing(config.device, random).await,
        }
        if !is_plain {
            let speak: Soon<'_, ()> = Box::pin(self.speak_first(&config));
            speak.await;
            self.recall_appearance();
        }
        if let Wanted::At(url) = &wanted {
            let before = Entry::showing();
            self.clone().open_url(url.clone()).await;
            if let Some(before) = before {
                self.back_to(before);
            }
            self.clone().mount_once();
        }
        self.all_here().await;
        self.go_about(config, wanted);
    }

    /// Waits for all of the code. Where it does not come, what needs it asks for it again, and the loader then
    /// says so on the page.
    pub(super) async fn all_here(&self) {
        let _ = JsFuture::from(self.all_here.clone()).await;
    }

    #[inline(never)]
    fn without_configuration(self: Rc<Self>, read: Result<Result<Config, Vec<ConfigFault>>, &FetchFault>) {
        let (what, details, can_try_again) = match read {
            Ok(Ok(_)) => return,
            Ok(Err(faults)) => {
                (Word::TroubleConfigurationUnreadable, faults.iter().map(ConfigFault::line).collect(), false)
            }
            Err(FetchFault::Missing) => (Word::TroubleConfigurationMissing, Vec::new(), true),
            Err(FetchFault::Network | FetchFault::Status(_)) => {
                (Word::TroubleConfigurationNetwork, Vec::new(), true)
            }
        };
        spawn_local(async move {
            self.all_here().await;
            self.stuck(what, details, can_try_again);
        });
    }

    /// The start page, if the address names no questionnaire, and what goes on beside the screens: hearing the
    /// window, sending, fetching ahead.
    #[inline(never)]
    fn go_about(self: Rc<Self>, config: Rc<Config>, wanted: Wanted) {
        spawn_local(async move {
            if wanted == Wanted::Elsewhere {
                self.clone().show_first(Screen::Trouble(OpenFault::Elsewhere.trouble(true)));
            }
            if self.listening.borrow().is_none() && !self.gone.get() {
                *self.listening.borrow_mut() = Some(Listening::new(&self));
            }
            self.recall_easy();
            self.recall_appearance();
            self.can_speak();
            let keeper = self.keeper.borrow().clone();
            if let Some(keeper) = &keeper {
                keeper.expire_copies(clock::now()).await;
                keeper.forget_old_notes(clock::now()).await;
                self.seal_what_waits(keeper).await;
            }
            *self.courier.borrow_mut() = keeper.and_then(|keeper| sending::courier(keeper, &config));
            self.meet_collectors();
            self.kept.lifespan.set(lifespan::here());
            self.settle_in_frame();
            self.stock(&config).await;
            if wanted == Wanted::Nothing {
                let screen = match self.kept_again().await {
                    Some(screen) => screen,
                    None => self.where_it_was().unwrap_or(Screen::Start),
                };
                self.clone().show_first(screen);
            }
            self.send_waiting();
            self.look_ahead().await;
        });
    }

    /// The words of the language shown now.
    pub(super) fn words(&self) -> &'static Words {
        self.words.get()
    }

    /// The tag of the language shown now (BCP 47).
    pub(super) fn language(&self) -> &'static str {
        self.words().tongue().tag
    }

    fn stuck(self: Rc<Self>, what: Word, details: Vec<String>, can_try_again: bool) {
        self.show_first(Screen::Trouble(Trouble { what, details, can_try_again, has_start: false }));
    }

    fn show_first(self: Rc<Self>, screen: Screen) {
        self.clone().first(screen);
        self.mount_once();
    }

    /// Puts the app in the place of the static text, once.
    pub(super) fn mount_once(self: Rc<Self>) {
        if self.mounted.borrow().is_none() && !self.gone.get() {
            let handle = view::mount(self.clone());
            *self.mounted.borrow_mut() = Some(handle);
        }
    }

    /// Draws everything anew, as in another language. What is open and answered stays.
    pub(super) fn remount(self: Rc<Self>) {
        if self.mounted.borrow_mut().take().is_some() {
            self.mount_once();
        }
    }

    /// Takes the view away. What is being saved or sent goes on; the signals it tells of it go with the last
    /// hold on the door.
    pub fn unmount(&self) {
        self.gone.set(true);
        self.listening.borrow_mut().take();
        self.framed.borrow_mut().take();
        self.collecting.close();
        self.speaking.borrow_mut().take();
        self.alarm.borrow_mut().take();
        self.again.borrow_mut().take();
        self.watch.borrow_mut().take();
        self.mounted.borrow_mut().take();
        self.open.borrow_mut().take();
    }
}
