//! The boxes a practice writes in: what each is called, what it is for, and which part of the configuration it is.

/// A box for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The practice's name.
    Practice,
    /// Its phone number.
    Phone,
    /// What the link worker is called here.
    LinkWorker,
    /// What happens after sending, a sentence a line.
    Next,
    /// Questionnaires that are not of our own site, one a line.
    Own,
    /// Where answers go.
    Base,
    /// The service's public key.
    Key,
    /// How many days unfinished answers are kept.
    Days,
    /// Who reads the answers.
    Reviewer,
    /// Within how many hours.
    Hours,
    /// Places to get help, one a line.
    Places,
}

/// Every box, in the order of the form.
pub const ENTRIES: [Entry; 11] = [
    Entry::Practice,
    Entry::Phone,
    Entry::LinkWorker,
    Entry::Next,
    Entry::Own,
    Entry::Reviewer,
    Entry::Hours,
    Entry::Base,
    Entry::Key,
    Entry::Days,
    Entry::Places,
];

impl Entry {
    /// The id of its control.
    pub fn id(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Phone => "phone",
            Self::LinkWorker => "link-worker",
            Self::Next => "next",
            Self::Own => "own",
            Self::Base => "base",
            Self::Key => "key",
            Self::Days => "days",
            Self::Reviewer => "reviewer",
            Self::Hours => "hours",
            Self::Places => "places",
        }
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Practice => "Name of your practice",
            Self::Phone => "Phone number of your practice (optional)",
            Self::LinkWorker => "What you call your link worker (optional)",
            Self::Next => "What happens after somebody sends their answers",
            Self::Own => "Other questionnaires (optional)",
            Self::Base => "Address of the service that receives answers",
            Self::Key => "Public key of that service",
            Self::Days => "How many days to keep answers that are not finished",
            Self::Reviewer => "Who reads the answers",
            Self::Hours => "Within how many hours",
            Self::Places => "Places to get help near you (optional)",
        }
    }

    /// The same within a sentence.
    pub fn plain(self) -> &'static str {
        self.label().trim_end_matches(" (optional)")
    }

    /// What to write in it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Practice => "It stands at the top of every page.",
            Self::Phone => "People who cannot answer here call this number.",
            Self::LinkWorker => {
                "As in a sentence, such as “community connector”. Left empty, it is “link worker”."
            }
            Self::Next => "One short sentence a line. It shows after sending. Promise only what you do.",
            Self::Own => {
                "One a line: a short name, its address, and minutes if you like. For example: \
                 garden-survey forms/garden.json 3. The WHO-5 is who5 packs/who5/who5.json; its licence forbids \
                 commercial use."
            }
            Self::Base => {
                "The base address of a FHIR R4 server. It starts with https. Left empty, answers wait on the device."
            }
            Self::Key => {
                "Paste the public key (a JWK). Answers are then sealed, so that only the service can read them. \
                 Never paste the private key."
            }
            Self::Days => "1 to 90. Left empty, it is 7. Safari deletes them after 7 days without a visit.",
            Self::Reviewer => {
                "A role, such as “the duty link worker”. Some measures are not asked without it."
            }
            Self::Hours => "1 to 72, counted from sending.",
            Self::Places => {
                "One a line: what it is called, then a comma, then its number. For example: \
                 Riverside crisis café, 01632 960 001. To text: Riverside line, text HELLO to 85258. \
                 999, 111 and Samaritans are always shown first."
            }
        }
    }

    /// Several lines rather than one.
    pub fn is_long(self) -> bool {
        match self {
            Self::Next | Self::Own | Self::Key | Self::Places => true,
            Self::Practice
            | Self::Phone
            | Self::LinkWorker
            | Self::Base
            | Self::Days
            | Self::Reviewer
            | Self::Hours => false,
        }
    }

    /// The box that a mistake at this path of the configuration is about.
    pub fn of(path: &str) -> Option<Self> {
        let table = [
            ("practice.phone", Self::Phone),
            ("practice", Self::Practice),
            ("linkWorker", Self::LinkWorker),
            ("whatHappensNext", Self::Next),
            ("questionnaires", Self::Own),
            ("collect.key", Self::Key),
            ("collect", Self::Base),
            // A shared device needs the service's key.
            ("device", Self::Key),
            ("keepDraftsDays", Self::Days),
            ("review.withinHours", Self::Hours),
            ("review", Self::Reviewer),
            ("help", Self::Places),
        ];
        table.into_iter().find(|(start, _)| path.starts_with(start)).map(|(_, entry)| entry)
    }
}
