//! From a questionnaire's JSON to one that can be asked, with the circumstances at its end.

use super::circumstances;
use super::fetch::{self, FetchFault};
use crate::domain::instrument::Instrument;
use crate::fhir::pack::Pack;
use crate::fhir::read;
use crate::fhir::refusal::{Reason, Refusal};
use crate::ui::screens::trouble::Trouble;
use crate::ui::words::Word;
use std::pin::Pin;
use std::rc::Rc;

/// A questionnaire that can be asked.
#[derive(Clone)]
pub struct Opened {
    /// It as it came; a draft keeps this beside the answers.
    pub json: Rc<str>,
    /// It as it is asked.
    pub instrument: Rc<Instrument>,
    /// The circumstances are not its own: they travel as an extension.
    pub circumstances_added: bool,
}

/// Why a questionnaire cannot be asked.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenFault {
    /// It did not come.
    Fetch(FetchFault),
    /// It is not JSON, or not a Questionnaire at all.
    Unreadable(Vec<Refusal>),
    /// Every reason why we cannot show all of it.
    Refused(Vec<Refusal>),
    /// It is on another site, or not on offer.
    Elsewhere,
    /// It is asked only where somebody reads the answers soon, and the practice has not said who.
    NoReview,
}

const CIRCUMSTANCES: &str = include_str!("../../public/instruments/context.json");

/// What is kept beside a draft: where the questionnaire came from, on the first line, then its JSON.
pub struct Asked {
    /// The address it was fetched from, if it was.
    pub url: String,
    /// It as it came.
    pub json: Rc<str>,
}

impl Asked {
    /// In the form that is kept.
    pub fn write(&self) -> String {
        [&self.url, "\n", &self.json].concat()
    }

    /// Reads it back.
    pub fn read(text: &str) -> Option<Self> {
        let (url, json) = text.split_once('\n')?;
        Some(Self { url: url.to_owned(), json: json.into() })
    }

    /// The questionnaire, if it can still be asked.
    pub fn open(self) -> Result<Opened, OpenFault> {
        from_json(self.json)
    }
}

/// Fetches and reads a questionnaire, or a licensed pack and the measure it completes.
///
/// # Errors
/// Why it cannot be asked.
pub async fn fetch(url: &str) -> Result<Opened, OpenFault> {
    let json = fetch::text(url).await.map_err(OpenFault::Fetch)?;
    // Before the whole of a questionnaire is read for nothing.
    if json.contains("whatMattersPack") { completed(json).await } else { from_json(json.into()) }
}

/// Apart, and boxed: a measure whose words are in a pack is never the first question's.
#[inline(never)]
fn completed(json: String) -> Pin<Box<dyn Future<Output = Result<Opened, OpenFault>>>> {
    Box::pin(async move {
        let Some(pack) = pack(&json) else { return from_json(json.into()) };
        let pack = pack.map_err(OpenFault::Refused)?;
        let scoring = ["scoring/", pack.measure(), ".json"].concat();
        let scoring = fetch::text(&scoring).await.map_err(OpenFault::Fetch)?;
        from_json(pack.complete(&scoring).map_err(OpenFault::Refused)?.into())
    })
}

/// The pack, if the file is one.
fn pack(json: &str) -> Option<Result<Pack, Vec<Refusal>>> {
    let json = serde_json::from_str(json).ok()?;
    Pack::is_one(&json).then(|| Pack::read(&json))
}

/// Reads a questionnaire.
///
/// # Errors
/// Why it cannot be asked: every reason.
pub fn from_json(json: Rc<str>) -> Result<Opened, OpenFault> {
    let sets = read::ValueSets::default();
    let reading = read::questionnaire(&json, &sets).map_err(|refusals| {
        if refusals.iter().any(|refusal| is_of_the_whole_file(refusal.reason)) {
            OpenFault::Unreadable(refusals)
        } else {
            OpenFault::Refused(refusals)
        }
    })?;
    let own = reading.instrument.with_whole_translations(circumstances::is_of_the_questionnaire);
    if own.find(circumstances::GROUP).is_some() {
        return Ok(Opened { json, instrument: Rc::new(own), circumstances_added: false });
    }
    with_circumstances(json, own)
}

/// The questions about the circumstances, with their translations.
#[inline(never)] // not needed for the first question
pub fn circumstances_in_all_languages() -> Option<Instrument> {
    let sets = read::ValueSets::default();
    read::questionnaire(CIRCUMSTANCES, &sets).ok().map(|reading| reading.instrument)
}

#[inline(never)] // not needed for the first question of ours
fn with_circumstances(json: Rc<str>, own: Instrument) -> Result<Opened, OpenFault> {
    let sets = read::ValueSets::default();
    let context = read::questionnaire(CIRCUMSTANCES, &sets).map_err(OpenFault::Unreadable)?;
    match own.with_appended(&context.instrument) {
        Ok(joined) => Ok(Opened { json, instrument: Rc::new(joined), circumstances_added: true }),
        // It uses one of the group's link ids for something of its own: it is asked as it is.
        Err(_) => Ok(Opened { json, instrument: Rc::new(own), circumstances_added: false }),
    }
}

/// Whether it is no questionnaire that we can read at all, rather than one with items we cannot show.
fn is_of_the_whole_file(reason: Reason) -> bool {
    use Reason::{NotAQuestionnaire, NotJson, OtherVersion, TooLarge, Unreadable};
    matches!(reason, Unreadable | NotJson | NotAQuestionnaire | OtherVersion | TooLarge)
}

/// One refusal for the practice's staff: where, its name in `docs/support.md`, and what it is about. The full
/// sentences are for `./dev check`; here they would cost every patient eight kilobytes.
fn line(refusal: &Refusal) -> String {
    let mut line = refusal.path.clone();
    for part in [refusal.link_id.as_deref(), Some(refusal.reason.code()), Some(&*refusal.detail)] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            line.push_str(if line.is_empty() { "" } else { " · " });
            line.push_str(part);
        }
    }
    line
}

impl OpenFault {
    /// What the patient and the practice are told of it.
    pub fn trouble(&self, has_start: bool) -> Trouble {
        let (what, refusals, can_try_again): (_, &[Refusal], _) = match self {
            Self::Fetch(FetchFault::Missing) => (Word::TroubleQuestionnaireMissing, &[], true),
            Self::Fetch(FetchFault::Network | FetchFault::Status(_)) => {
                (Word::TroubleQuestionnaireNetwork, &[], true)
            }
            Self::Unreadable(refusals) => (Word::TroubleQuestionnaireUnreadable, refusals, false),
            Self::Refused(refusals) => (Word::TroubleQuestionnaireRefused, refusals, false),
            Self::NoReview => (Word::TroubleQuestionnaireReview, &[], false),
            Self::Elsewhere => (Word::TroubleQuestionnaireElsewhere, &[], false),
        };
        let details = refusals.iter().map(line).collect();
        Trouble { what, details, can_try_again, has_start }
    }
}
