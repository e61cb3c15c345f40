//! The one way answers change, and what a change came to.

use super::node::NodeIx;
use crate::domain::answer::{Answer, Place, Skip};

/// Something to do to the answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A person's answers replace what was there and clear what was typed or skipped. None of them means
    /// the answer is taken back. Ticking an exclusive option clears the others, and the other way round.
    Answer {
        /// The question.
        node: NodeIx,
        /// All of its answers.
        answers: Vec<Answer>,
    },
    /// Typed characters: read by the kind of question into an answer, or held as typed (see
    /// [`super::check`] for what is then wrong with them). In a list with a box for one's own words they
    /// are those words, and ticks stay.
    Type {
        /// The question.
        node: NodeIx,
        /// Everything in the box.
        text: String,
    },
    /// The person will not answer here. Clears the answers. It satisfies no requirement.
    Skip {
        /// The question.
        node: NodeIx,
        /// How they put it.
        skip: Skip,
    },
    /// One more repetition of the repeated item this node is a repetition of, after the last.
    Add {
        /// Any of the repetitions.
        node: NodeIx,
    },
    /// Takes this repetition away, with all that was answered in it. The last one stays.
    Remove {
        /// The repetition.
        node: NodeIx,
    },
    /// Answers given by the app, not the person: allowed on read-only, hidden and disabled items. Of a
    /// question asked by repetitions these are the answers of all of them, however many there were.
    Fill {
        /// The question; any of its repetitions.
        node: NodeIx,
        /// All of its answers.
        answers: Vec<Answer>,
    },
}

/// What a command came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Nodes whose answers, typed text or skip changed.
    pub answered: Vec<NodeIx>,
    /// Nodes that are now asked and were not, or the other way round. In an order in which every node
    /// comes after what it depends on.
    pub toggled: Vec<NodeIx>,
    /// Nodes whose list of children changed; `None` is the list of roots.
    pub repeated: Vec<Option<NodeIx>>,
    /// Places that went with a removed repetition and held something: what was kept of them is to be emptied.
    pub emptied: Vec<Place>,
    /// Why nothing happened.
    pub declined: Option<Declined>,
}

impl Changes {
    pub(super) fn declined(why: Declined) -> Self {
        Self { declined: Some(why), ..Self::default() }
    }

    /// Adds what came of a further command.
    pub fn join(&mut self, further: Self) {
        self.answered.extend(further.answered);
        self.toggled.extend(further.toggled);
        self.repeated.extend(further.repeated);
        self.emptied.extend(further.emptied);
        self.declined = self.declined.or(further.declined);
    }
}

/// Why a command changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declined {
    /// No such node, or its repetition was removed.
    NoSuchNode,
    /// A group or a display text takes no answer.
    NotAQuestion,
    /// The item is shown, never typed into.
    ReadOnly,
    /// The item is not asked as things stand.
    Disabled,
    /// An answer is not of the question's type.
    WrongType,
    /// An answer is not one of the options.
    NotAnOption,
    /// Several answers to a question that takes one.
    TooMany,
    /// The item does not repeat.
    NotRepeating,
    /// The last repetition cannot be taken away.
    LastOne,
    /// There are as many repetitions as the questionnaire, or this engine, allows.
    NoRoom,
}
