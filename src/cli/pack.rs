//! Packs on the command line: the scoring files they complete are built in.

use crate::fhir::pack::Pack;
use crate::fhir::refusal::{Reason, Refusal};
use serde_json::Value;

/// The measures whose scoring we ship without their words.
pub const SCORING: [(&str, &str); 4] = [
    ("djg6", include_str!("../../public/scoring/djg6.json")),
    ("lsns6", include_str!("../../public/scoring/lsns6.json")),
    ("swemwbs", include_str!("../../public/scoring/swemwbs.json")),
    ("wemwbs", include_str!("../../public/scoring/wemwbs.json")),
];

/// The Questionnaire a pack makes with its measure; `None` for a file that is no pack.
///
/// # Errors
/// Every reason why the two make none.
pub fn questionnaire(text: &str) -> Option<Result<String, Vec<Refusal>>> {
    let json: Value = serde_json::from_str(text).ok()?;
    Pack::is_one(&json).then(|| {
        let pack = Pack::read(&json)?;
        match SCORING.iter().find(|(id, _)| *id == pack.measure()) {
            Some((_, scoring)) => pack.complete(scoring),
            None => Err(vec![Refusal {
                reason: Reason::PackBroken,
                detail: ["measure ", pack.measure(), " has no scoring file"].concat().into(),
                link_id: None,
                path: "measure".into(),
            }]),
        }
    })
}
