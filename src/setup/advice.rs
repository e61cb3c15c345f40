//! What a configuration leaves open: nothing is wrong, and it may not be what the practice means.

/// Something to think about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// This measure is not asked, because nobody is named who reads the answers soon.
    NotAsked(&'static str),
    /// No questionnaire is on offer.
    NothingOffered,
    /// There is nowhere to send answers.
    NowhereToGo,
    /// Answers travel and wait readable, because there is no key.
    Readable,
    /// The last page says nothing of what happens next.
    NothingNext,
    /// Languages are on offer whose words nobody has checked.
    Drafts,
}

impl Advice {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::NotAsked(name) => [
                name,
                " will not be asked. It needs somebody who reads the answers within some hours: fill in who, and how soon.",
            ]
            .concat(),
            Self::NothingOffered => "No questions are on offer. People can read, and answer nothing.".to_owned(),
            Self::NowhereToGo => {
                "Answers have nowhere to go. They wait on the person’s device until you give an address, \
                 or are handed over by code or file."
                    .to_owned()
            }
            Self::Readable => {
                "Without a key, answers that wait on a device can be read by whoever holds it.".to_owned()
            }
            Self::NothingNext => "People are not told what happens after they send their answers.".to_owned(),
            Self::Drafts => {
                "Nobody has checked the translations yet. Each page in another language says so. \
                 Ask somebody who speaks it to read it first."
                    .to_owned()
            }
        }
    }
}
