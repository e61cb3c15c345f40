//! A long list that narrows as one types. What is typed is not an answer until a row is chosen, unless the
//! question takes the person's own words.

use super::At;
use super::choice::{option_words, values};
use crate::domain::answer::Answer;
use crate::domain::instrument::{ChoiceRule, Item};
use crate::engine::Command;
use crate::ui::markup::{Ask, El, Kid, Str};
use crate::ui::parts::search::{Search, matches, option_id};
use crate::ui::words::Word;
use std::sync::{Arc, Mutex};

/// The most rows shown at once; more letters narrow it further.
const MOST_ROWS: usize = 30;

#[derive(Default)]
struct State {
    /// What is in the box while it is not the chosen row's words.
    typed: Option<String>,
    open: bool,
    /// The row the arrow keys stand on, as a position in the whole list.
    active: Option<usize>,
}

struct Box {
    at: At,
    options: Vec<String>,
    folded: Vec<String>,
    values: Arc<[Answer]>,
    takes_own: bool,
    label: String,
    state: Mutex<State>,
}

/// What this shows is the session's and the box's own, so whoever draws it looks out for the node.
type Shared = Arc<Box>;

#[inline(never)] // not needed for the first question
pub(super) fn search(at: &At, item: &Item, own: Option<&str>, rule: &ChoiceRule) -> El {
    let options: Vec<String> = rule.options.iter().map(|option| option_words(at, own, option)).collect();
    let shared: Shared = Arc::new(Box {
        at: at.clone(),
        folded: options.iter().map(|words| folded(words)).collect(),
        options,
        values: values(rule),
        takes_own: rule.open,
        label: super::short_name(item, &at.frame.language),
        state: Mutex::default(),
    });
    let mut field = at.field(item, own, vec![at.say(Word::ItemSearchHint).into()]);
    field.wrong = field.wrong.map(|wrong| -> Ask<Option<String>> {
        let shared = Arc::clone(&shared);
        Arc::new(move || wrong().or_else(|| shared.unmatched()))
    });
    let id = field.id.clone();
    let like = Search {
        held: ask(&shared, Box::held),
        active: {
            let (shared, id) = (Arc::clone(&shared), id.clone());
            Arc::new(move || shared.read(|state| state.active).map(|row| option_id(&id, row).into()))
        },
        open: ask(&shared, |shared| shared.read(|state| state.open)),
        status: ask(&shared, Box::status),
        list: list(&shared, id),
    };
    let (typing, keys, leaving) = (Arc::clone(&shared), Arc::clone(&shared), shared);
    crate::ui::parts::search::search(
        field,
        like,
        move |text| typing.typed(text),
        move |happening| keys.key(&happening.key),
        move || leaving.leave(),
    )
}

fn ask<T>(shared: &Shared, read: fn(&Box) -> T) -> Ask<T>
where
    T: 'static,
{
    let shared = Arc::clone(shared);
    Arc::new(move || {
        shared.at.live.track(shared.at.node);
        read(&shared)
    })
}

/// The list is drawn anew when the rows or the active row change; the key says which they are.
fn list(shared: &Shared, id: String) -> Kid {
    let (keyed, drawn) = (Arc::clone(shared), Arc::clone(shared));
    let key = move || {
        keyed.at.live.track(keyed.at.node);
        let (open, active) = keyed.read(|state| (state.open, state.active));
        open.then(|| [&keyed.held(), "\n", &active.map_or_else(String::new, |row| row.to_string())].concat())
    };
    Kid::Slot(
        Arc::new(key),
        std::boxed::Box::new(move |_| {
            let rows = drawn.rows();
            let words = |row: &usize| drawn.options.get(*row).cloned().map(Kid::from).into_iter().collect();
            let shown = rows.iter().map(|row| (*row, words(row))).collect();
            let choosing = Arc::clone(&drawn);
            let none = drawn.at.say(Word::ItemSearchNone);
            let active = drawn.read(|state| state.active);
            matches(&id, drawn.label.clone().into(), shown, active, none, move |row| choosing.choose(row))
        }),
    )
}

impl Box {
    fn read<R: Default>(&self, read: impl FnOnce(&State) -> R) -> R {
        self.state.lock().map(|state| read(&state)).unwrap_or_default()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        if let Ok(mut state) = self.state.lock() {
            change(&mut state);
        }
        self.at.live.touch(self.at.node);
    }

    /// The words of the answer there is.
    fn answered(&self) -> String {
        self.at.live.with(|session| match session.answers(self.at.node).first() {
            None => String::new(),
            Some(answer) => match self.values.iter().position(|value| value == answer) {
                Some(row) => self.options.get(row).cloned().unwrap_or_default(),
                None => match answer {
                    Answer::Text(text) => text.as_ref().to_owned(),
                    Answer::Boolean(_)
                    | Answer::Decimal(_)
                    | Answer::Integer(_)
                    | Answer::Date(_)
                    | Answer::DateTime(_)
                    | Answer::Time(_)
                    | Answer::Url(_)
                    | Answer::Coding(_)
                    | Answer::Quantity(_) => String::new(),
                },
            },
        })
    }

    fn held(&self) -> Str {
        self.read(|state| state.typed.clone()).unwrap_or_else(|| self.answered()).into()
    }

    /// Rows that match what is typed: those that begin with it first.
    fn rows(&self) -> Vec<usize> {
        let wanted = folded(self.held().trim());
        let begins = self.folded.iter().enumerate().filter(|(_, words)| words.starts_with(&wanted));
        let holds = self.folded.iter().enumerate();
        let holds = holds.filter(|(_, words)| !words.starts_with(&wanted) && words.contains(&wanted));
        begins.chain(holds).map(|(row, _)| row).take(MOST_ROWS).collect()
    }

    fn status(&self) -> Str {
        if !self.read(|state| state.open) {
            return Str::Borrowed("");
        }
        match self.rows().len() {
            0 => self.at.say(Word::ItemSearchNone),
            count => self.at.frame.words.fill(Word::ItemSearchCount, &[("count", &count.to_string())]).into(),
        }
    }

    /// Said when the box was left with words that are not in the list.
    fn unmatched(&self) -> Option<String> {
        let left =
            self.read(|state| !state.open && state.typed.as_ref().is_some_and(|typed| !typed.is_empty()));
        left.then(|| self.at.frame.words.say(Word::ProblemNotAnOption).to_owned())
    }

    fn typed(&self, text: &str) {
        let had_answer = self.at.live.with(|session| !session.answers(self.at.node).is_empty());
        self.change(|state| {
            *state = State { typed: Some(text.to_owned()), open: !text.trim().is_empty(), active: None }
        });
        if self.takes_own {
            self.at.live.send(Command::Type { node: self.at.node, text: text.to_owned() });
        } else if had_answer {
            self.at.answer(Vec::new());
        }
    }

    fn choose(&self, row: usize) {
        let Some(value) = self.values.get(row).cloned() else { return };
        self.change(|state| *state = State::default());
        self.at.answer(vec![value]);
    }

    fn key(&self, key: &str) -> bool {
        let (open, active) = self.read(|state| (state.open, state.active));
        let rows = self.rows();
        let place = active.and_then(|active| rows.iter().position(|row| *row == active));
        let step = |place: Option<usize>| place.and_then(|place| rows.get(place).copied());
        match key {
            "ArrowDown" => {
                let next = place.map_or(0, |place| (place + 1).min(rows.len().saturating_sub(1)));
                let next = step(Some(next));
                self.change(|state| (state.open, state.active) = (true, next));
                true
            }
            "ArrowUp" => {
                let before = step(place.and_then(|place| place.checked_sub(1)));
                self.change(|state| state.active = before);
                open
            }
            "Enter" => match active {
                Some(row) if open => {
                    self.choose(row);
                    true
                }
                _ => false,
            },
            "Escape" => {
                self.change(|state| (state.open, state.active) = (false, None));
                open
            }
            _ => false,
        }
    }

    /// Words that are a row's own count as choosing it.
    fn leave(&self) {
        let wanted = folded(self.held().trim());
        let row = self.folded.iter().position(|words| *words == wanted);
        match row {
            Some(row) if self.read(|state| state.typed.is_some()) => self.choose(row),
            _ => self.change(|state| {
                (state.open, state.active) = (false, None);
                if wanted.is_empty() || self.takes_own {
                    state.typed = None;
                }
            }),
        }
    }
}

/// Words without the difference of capitals, by the browser: the tables for it are already there.
fn folded(words: &str) -> String {
    js_sys::JsString::from(words).to_lower_case().into()
}
