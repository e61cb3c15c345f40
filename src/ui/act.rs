//! What a person can ask of the app from a screen. A view sends an [`Act`]; only the app performs it.

use crate::domain::answer::Skip;
use crate::domain::explanation::Slug;
use crate::engine::NodeIx;
use crate::ui::appearance::Appearance;
use crate::ui::kept::Wish;
use crate::ui::tongue::Tongue;
use std::sync::Arc;

/// Something a person asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Open the questionnaire offered at this position.
    Begin(usize),
    /// Open it anew, leaving aside what was answered before.
    BeginAfresh(usize),
    /// Read an explanation.
    Explain(Slug),
    /// Read it as Easy Read, or no longer so.
    ExplainEasy(Slug, bool),
    /// Read this page aloud, or stop.
    ReadAloud,
    /// One page back.
    Back,
    /// On to the next page.
    Continue,
    /// On from help that was shown because of an answer.
    GoOn,
    /// On from it, past all other questions.
    SkipRest,
    /// Leave this page's open questions, and say so.
    Skip(Skip),
    /// Answer the circumstances with "I am on my own", at home or where a shared device stands, and go on.
    Alone,
    /// Go to one question to change its answer.
    Change(NodeIx),
    /// Finish and hand over.
    Send,
    /// Try again what failed: loading, keeping or sending.
    TryAgain,
    /// Ask whether to delete the unfinished answers.
    Stop,
    /// Delete them.
    ConfirmStop,
    /// Keep them and go back.
    CancelStop,
    /// Keep a copy of the answers just finished, or delete the one just kept.
    Copy,
    /// Print the page.
    Print,
    /// Go to the start page.
    GoToStart,
    /// Something about what is kept on this device.
    Kept(Wish),
    /// Let the page around this one collect what it asks for, or not.
    LetCollect(bool),
    /// Show everything in another language.
    Speak(&'static Tongue),
    /// Have the page look otherwise.
    Appear(Appearance),
    /// Stop for now, and come back later.
    Later,
    /// Say that one is still there, on a device that many people use.
    StillHere,
    /// Leave nothing of one's answers on it.
    ClearAway,
}

/// Where acts are sent.
#[derive(Clone)]
pub struct Acts(Arc<dyn Fn(Act) + Send + Sync>);

impl Acts {
    /// Acts go to `perform`.
    pub fn new(perform: impl Fn(Act) + Send + Sync + 'static) -> Self {
        Self(Arc::new(perform))
    }

    /// Asks for `act`.
    pub fn send(&self, act: Act) {
        (self.0)(act);
    }

    /// What a button that asks for `act` does.
    pub fn press(&self, act: Act) -> impl FnMut() + Send + use<> {
        let acts = self.clone();
        move || acts.send(act.clone())
    }
}
