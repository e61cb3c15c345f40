//! What is kept on this device: looking at it, showing it, saving it, deleting it.

use super::circumstances;
use super::clock;
use super::door::Door;
use super::lifespan::Lifespan;
use super::opening::Asked;
use super::saving;
use super::screen::{Entry as Shown, Screen};
use super::sending::{paused, set_aside};
use super::speaking::same;
use crate::collect::file::File;
use crate::collect::{code, file, qr};
use crate::domain::answer::Answer;
use crate::domain::ids::{InstrumentId, ResponseId};
use crate::domain::keepsake::Keepsake;
use crate::domain::parcel::Parcel;
use crate::domain::receipt::{Receipt, Withdrawal};
use crate::fhir::read::said::said;
use crate::store::aside::Aside;
use crate::store::fault::Fault;
use crate::store::journal::{DAY, OpenDraft};
use crate::store::keeper::Keeper;
use crate::store::mirror::Kept;
use crate::store::outbox::{Entry, Fate, State as Sent};
use crate::store::record::SavedDraft;
use crate::store::setting;
use crate::ui::act::Acts;
use crate::ui::kept::{Doomed, Page, Wish};
use crate::ui::markup::{El, foreign};
use crate::ui::saying;
use crate::ui::screens::code::{Code, code as code_page};
use crate::ui::screens::delete::{Loss, delete};
use crate::ui::screens::kept::{self as list, Standing, kept};
use crate::ui::screens::own_answers::{OwnAnswers, own_answers};
use crate::ui::words::Word;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The most notes of what was sent that are listed, the newest first.
const MOST_NOTES: usize = 20;

/// What these pages know besides the stores.
pub struct State {
    /// What is in the box for the receipt code.
    typed: RwSignal<String>,
    /// That was not it.
    wrong: RwSignal<bool>,
    /// How long this browser keeps what is stored.
    pub(super) lifespan: Cell<Lifespan>,
    /// What could not be read, as of the last look.
    aside: RefCell<Vec<Aside>>,
}

impl State {
    /// Nothing typed, nothing looked at.
    pub fn new() -> Self {
        Self {
            typed: RwSignal::new(String::new()),
            wrong: RwSignal::new(false),
            lifespan: Cell::default(),
            aside: RefCell::default(),
        }
    }
}

impl Door {
    /// Does what a person asked for on these pages.
    pub(super) fn wish(self: &Rc<Self>, wish: Wish) {
        let Some(keeper) = self.keeper.borrow().clone() else { return };
        // What others left on a device that many people use is nobody's business.
        if self.is_shared() {
            return;
        }
        let door = self.clone();
        match wish {
            Wish::Open(page) => spawn_local(async move { door.open_kept(&keeper, page).await }),
            Wish::Save(id) => {
                let Some(parcel) = keeper.parcel(&id) else { return };
                if save(&file::one(&parcel)) {
                    let sealed = parcel.is_sealed();
                    let word = if sealed { Word::DeviceSealedFileSaved } else { Word::DeviceFileSaved };
                    spawn_local(async move {
                        keeper.mark_shown(&id, clock::now()).await;
                        door.kept_news(word);
                    });
                }
            }
            Wish::SaveWords(id) => {
                if let Some(page) = self.own_answers(&id) {
                    save(&file::words(&id, page.text()));
                }
            }
            Wish::SaveEverything => {
                let parcels: Vec<_> =
                    keeper.waiting().iter().filter_map(|entry| keeper.parcel(&entry.id)).collect();
                let drafts = keeper.drafts(None);
                let drafts: Vec<_> =
                    drafts.iter().map(|open| SavedDraft::write(&open.draft, open.saved_at)).collect();
                save(&file::everything(&parcels, &drafts, &keeper.copies(), &self.kept.aside.borrow()));
            }
            Wish::Typed(text) => {
                self.kept.wrong.set(false);
                self.kept.typed.set(text);
            }
            Wish::Confirm(id) => spawn_local(async move { door.confirm(&keeper, id).await }),
            Wish::Delete(doomed) => spawn_local(async move {
                let all_gone = door.delete(&keeper, doomed).await;
                door.look_aside().await;
                door.kept_news(if all_gone { Word::DeviceDeleted } else { Word::DeviceNotDeleted });
            }),
        }
    }

    async fn open_kept(self: &Rc<Self>, keeper: &Keeper, page: Page) {
        self.kept.typed.set(String::new());
        self.kept.wrong.set(false);
        match &page {
            Page::List => {
                keeper.refresh().await;
                self.look_aside().await;
                if matches!(self.screen.get_untracked(), Screen::Kept(Page::Delete(_))) {
                    return self.replace(Screen::Kept(page));
                }
            }
            // From now on it may have arrived without our hearing of it.
            Page::Code(id) if self.squares(id).is_some() => drop(keeper.mark_shown(id, clock::now()).await),
            Page::Code(_) | Page::Answers(_) | Page::Delete(_) => {}
        }
        self.turn(Screen::Kept(page));
    }

    /// After a reload of one of these pages: the list.
    pub(super) async fn kept_again(&self) -> Option<Screen> {
        let was_here = Shown::showing().is_some_and(|before| matches!(before.screen, Screen::Kept(_)));
        if !was_here || self.is_shared() {
            return None;
        }
        self.look_aside().await;
        Some(Screen::Kept(Page::List))
    }

    /// Looks for what could not be read.
    pub(super) async fn look_aside(&self) {
        let keeper = self.keeper.borrow().clone();
        if let Some(keeper) = keeper {
            let aside = keeper.set_aside().await;
            *self.kept.aside.borrow_mut() = aside;
        }
    }

    /// Shows the list again, with something to say first.
    fn kept_news(self: &Rc<Self>, word: Word) {
        let said = self.words().fill(word, &[("link-worker", &self.link_worker())]);
        *self.news.borrow_mut() = Some(said);
        self.replace(Screen::Kept(Page::List));
    }

    /// Whoever reads out the receipt code has decoded every byte: as good as any other receipt.
    async fn confirm(self: &Rc<Self>, keeper: &Keeper, id: ResponseId) {
        let Some(parcel) = keeper.parcel(&id) else { return self.kept_news(Word::DeviceNothing) };
        if !code::is_receipt_code(&self.kept.typed.get_untracked(), &id, parcel.hash()) {
            return self.kept.wrong.set(true);
        }
        let receipt = Receipt {
            hash: parcel.hash().clone(),
            collector: "receipt code".into(),
            version: Some(code::receipt_code(&id, parcel.hash()).into()),
            id,
        };
        // Refused only for other bytes than these, which they are.
        let _ = keeper.receive(&receipt, clock::now()).await;
        self.tell_received();
        self.kept_news(Word::DeviceConfirmed);
    }

    /// Whether nothing of it is left in either store.
    async fn delete(self: &Rc<Self>, keeper: &Keeper, doomed: Doomed) -> bool {
        match doomed {
            Doomed::Finished(id) => {
                let erased = keeper.withdraw(&Withdrawal { id }, clock::now()).await;
                erased.is_ok_and(is_gone)
            }
            Doomed::Draft(id) => self.delete_draft(keeper, &id).await,
            Doomed::Copy(id) => is_gone(keeper.delete_copy(&id).await),
            Doomed::Unreadable => keeper.erase_set_aside().await,
            Doomed::Choices => setting::forget_all(&*keeper.slots()),
            Doomed::Everything => {
                let mut all_gone = keeper.erase_set_aside().await;
                all_gone &= setting::forget_all(&*keeper.slots());
                for entry in keeper.waiting() {
                    let erased = keeper.withdraw(&Withdrawal { id: entry.id }, clock::now()).await;
                    all_gone &= erased.is_ok_and(is_gone);
                }
                for copy in keeper.copies() {
                    all_gone &= is_gone(keeper.delete_copy(&copy.id).await);
                }
                for open in keeper.drafts(None) {
                    all_gone &= self.delete_draft(keeper, &open.draft.id).await;
                }
                all_gone
            }
        }
    }

    async fn delete_draft(self: &Rc<Self>, keeper: &Keeper, id: &ResponseId) -> bool {
        let is_open = self.open.borrow().as_ref().is_some_and(|open| open.draft.borrow().id == *id);
        if is_open {
            self.open.borrow_mut().take();
            self.settled().await;
        }
        keeper.discard(id, clock::now()).await.is_ok_and(is_gone)
    }

    /// The day, written out, by which the person should come back, where the browser deletes after that.
    pub(super) fn come_back(&self) -> Option<String> {
        Some(clock::day(self.kept.lifespan.get().sure_until(clock::now())?, self.language()))
    }

    /// A day, written out, until which something is kept: no later than this browser can be trusted with it.
    pub(super) fn sure_day(&self, until: u64) -> String {
        clock::day(self.kept.lifespan.get().no_later(until, clock::now()), self.language())
    }

    fn parcel(&self, id: &ResponseId) -> Option<Parcel> {
        self.keeper.borrow().as_ref()?.parcel(id)
    }

    fn is_sealed(&self, id: &ResponseId) -> bool {
        self.parcel(id).is_some_and(|parcel| parcel.is_sealed())
    }

    fn squares(&self, id: &ResponseId) -> Option<qr::Squares> {
        let parcel = self.parcel(id)?;
        // What is sealed has been padded, and does not shrink: it never fits.
        if parcel.is_sealed() { None } else { qr::squares(&code::text(parcel.bytes())?) }
    }

    /// A finished response in words, or else the person's own copy of it.
    fn own_answers(&self, id: &ResponseId) -> Option<OwnAnswers> {
        let keeper = self.keeper.borrow().clone()?;
        let (words, language) = (self.words(), self.language());
        if let Some(entry) = keeper.waiting().into_iter().find(|entry| entry.id == *id) {
            let for_the_person = |link_id: &str| !circumstances::is_filled_in(link_id);
            let said = said(keeper.parcel(id)?.bytes(), for_the_person).map(|said| {
                let own = said.language.as_deref().filter(|own| !same(own, language));
                let put = |words: String| own.map_or(words.clone(), |own| foreign(own, &words));
                let say = |answer: &Answer| {
                    let words = saying::alone(words, language, answer);
                    // What was written by hand is in a language that nobody has told us.
                    if matches!(answer, Answer::Coding(_)) { put(words) } else { words }
                };
                let lines = said.lines.into_iter();
                lines.map(|(asked, answers)| (put(asked), answers.iter().map(say).collect())).collect()
            });
            let date = clock::day(entry.finished_at, language);
            return Some(OwnAnswers { words, id: id.clone(), date, said });
        }
        let copy = keeper.copies().into_iter().find(|copy| copy.id == *id)?;
        let lines = copy.lines.iter();
        let said =
            lines.map(|line| (line.asked.to_string(), line.said.iter().map(ToString::to_string).collect()));
        let date = clock::day(copy.at, language);
        Some(OwnAnswers { words, id: id.clone(), date, said: Some(said.collect()) })
    }

    /// The title of a questionnaire that is on offer.
    fn title_of(&self, instrument: &InstrumentId) -> Option<String> {
        let shelf = self.shelf.borrow();
        let opened = shelf.iter().flatten().find(|opened| opened.instrument.id.url() == instrument.url())?;
        Some(self.asked(&opened.instrument, opened.instrument.title.as_ref()?))
    }

    fn finished_row(&self, entry: &Entry) -> list::Finished {
        let courier = self.courier.borrow().clone();
        let pause = courier.as_ref().and_then(|courier| courier.paused(clock::now()));
        let standing = match (entry.on_device, entry.sending.shown, entry.sending.state, pause) {
            (false, ..) => Standing::MemoryOnly,
            (true, Some(shown), ..) => Standing::Shown(clock::day(shown, self.language())),
            (true, None, Sent::Quarantined(reason), _) => Standing::Held(set_aside(reason)),
            (true, None, Sent::Waiting | Sent::InFlight(_), Some(pause)) => Standing::Held(paused(pause)),
            (true, None, Sent::Waiting | Sent::InFlight(_), None) => {
                Standing::Saved(if courier.is_some() { Word::DoneStays } else { self.unsent() })
            }
        };
        list::Finished {
            id: entry.id.clone(),
            title: self.title_of(&entry.instrument),
            date: clock::day(entry.finished_at, self.language()),
            standing,
            sealed: self.is_sealed(&entry.id),
        }
    }

    fn copy_row(&self, copy: &Keepsake) -> list::OwnCopy {
        list::OwnCopy {
            id: copy.id.clone(),
            title: copy.title.to_string(),
            date: clock::day(copy.at, self.language()),
            until: self.sure_day(copy.kept_until()),
        }
    }

    fn draft_row(&self, open: &OpenDraft) -> list::Draft {
        let days = self.config.borrow().as_ref().map_or(7, |config| config.keep_drafts_days);
        let own = || Asked::read(open.instrument.as_deref()?)?.open().ok();
        let title = self.title_of(&open.draft.instrument).or_else(|| {
            let opened = own()?;
            Some(self.asked(&opened.instrument, opened.instrument.title.as_ref()?))
        });
        let until = self.sure_day(open.expires_at(days));
        list::Draft { id: open.draft.id.clone(), title, until }
    }
}

/// Whether the browser took the file to be saved.
fn save(file: &File) -> bool {
    saving::save(&file.name, file.media, &file.text)
}

/// A store that cannot be used has nothing of ours left that this page could know of.
fn is_gone(kept: Kept) -> bool {
    let gone = |done| !matches!(done, Err(Fault::Full | Fault::Broken));
    gone(kept.local()) && gone(kept.indexed())
}

/// Draws one of these pages.
pub fn draw(door: &Rc<Door>, acts: &Acts, page: Page, prefix: &'static str) -> El {
    let words = door.words();
    let keeper = door.keeper.borrow().clone();
    let (waiting, drafts) = keeper.as_ref().map(|it| (it.waiting(), it.drafts(None))).unwrap_or_default();
    let unreadable = door.kept.aside.borrow().len();
    let copies = keeper.as_ref().map(|it| it.copies()).unwrap_or_default();
    match page {
        Page::List => {
            let mut gone = keeper.as_ref().map(|it| it.gone()).unwrap_or_default();
            gone.retain(|(_, note)| matches!(note.fate, Fate::Received { .. }));
            gone.sort_by_key(|(_, note)| std::cmp::Reverse(note.day));
            gone.truncate(MOST_NOTES);
            let sent =
                gone.iter().map(|(id, note)| (id.reference(), clock::day(note.day * DAY, door.language())));
            let list = list::Kept {
                words,
                link_worker: door.link_worker(),
                news: door.news.borrow_mut().take(),
                finished: waiting.iter().map(|it| door.finished_row(it)).collect(),
                drafts: drafts.iter().map(|open| door.draft_row(open)).collect(),
                copies: copies.iter().map(|copy| door.copy_row(copy)).collect(),
                unreadable,
                choices: keeper.as_ref().is_some_and(|it| setting::is_any_kept(&*it.slots())),
                come_back: door.come_back(),
                sent: sent.collect(),
            };
            kept(list, acts)
        }
        Page::Code(id) => {
            let squares = door.squares(&id).map(|squares| (squares.size, squares.dark));
            let sealed = door.is_sealed(&id);
            let shown = Code { words, link_worker: door.link_worker(), id, squares, sealed, prefix };
            let (typed, wrong) = (door.kept.typed, door.kept.wrong);
            code_page(shown, acts, Arc::new(move || typed.get()), Arc::new(move || wrong.get()))
        }
        Page::Answers(id) => match door.own_answers(&id) {
            Some(page) => own_answers(&page, acts),
            None => draw(door, acts, Page::List, prefix),
        },
        Page::Delete(doomed) => {
            let loss = match &doomed {
                Doomed::Choices => Loss::default(),
                Doomed::Finished(_) => Loss { unsent: 1, ..Loss::default() },
                Doomed::Draft(_) => Loss { drafts: 1, ..Loss::default() },
                Doomed::Copy(_) => Loss { copies: 1, ..Loss::default() },
                Doomed::Unreadable => Loss { unreadable, ..Loss::default() },
                Doomed::Everything => {
                    Loss { unsent: waiting.len(), drafts: drafts.len(), copies: copies.len(), unreadable }
                }
            };
            delete(words, acts, &doomed, loss)
        }
    }
}
