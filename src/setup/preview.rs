//! How the first page and the last look with these settings, drawn by the very code that draws them for patients.
//! It cannot be pressed, and keeps nothing.

use super::measures::Measure;
use crate::app::config::Config;
use crate::ui::act::Acts;
use crate::ui::help::{Help, help_cards};
use crate::ui::markup::{El, el};
use crate::ui::parts::inset::inset;
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::screens::before::Reasons;
use crate::ui::screens::start::{Offered, Start, start};
use crate::ui::words::Words;

/// The preview of a configuration; `None` while it has mistakes.
pub fn preview(json: &str, measures: &[Measure]) -> Option<El> {
    let config = Config::read(json).ok()?;
    let words = Words::english();
    let is_reviewed = config.review.is_some();
    let known = |id: &str| measures.iter().find(|measure| measure.id == id);
    let asked = config
        .questionnaires
        .iter()
        .filter(|offer| is_reviewed || known(&offer.id).is_none_or(|measure| !measure.needs_review));
    let offered = asked
        .map(|offer| Offered {
            title: known(&offer.id).map_or_else(|| offer.id.clone(), |measure| measure.title.clone()),
            reasons: known(&offer.id).map_or_else(Reasons::default, |measure| measure.reasons.clone()),
            minutes: offer.minutes,
            kept: None,
        })
        .collect();
    let link_worker = config.link_worker.english().to_owned();
    let first = Start { words, link_worker, offered, waiting: Vec::new(), storage: Vec::new(), news: None };
    let next = config.what_happens_next.iter().map(|words| words.english().to_owned());
    let help = Help { words, region: config.help.clone(), phone: config.practice.phone.clone() };
    let part = |title: &'static str| heading(3, Size::S, title);
    let demonstration = config
        .practice
        .demonstration
        .then(|| inset("", vec![paragraph("A banner says that this is a demonstration.").into()]));
    Some(
        el("div")
            .kid(part("At the top of each page"))
            .kid(
                el("div")
                    .class("wm-preview")
                    .kid(paragraph(config.practice.name.clone()))
                    .kids(demonstration),
            )
            .kid(part("The first page"))
            // Not to be pressed or reached: the headings in it are another page's.
            .kid(el("div").class("wm-preview").attr("inert", "").attr("aria-hidden", "true").kid(start(
                first,
                &Acts::new(|_| ()),
                Vec::new(),
            )))
            .kid(part("After sending"))
            .kid(el("div").class("wm-preview").kid(bullets(next)))
            .kid(part("Need help now?"))
            .kid(el("div").class("wm-preview").attr("inert", "").kids(help_cards(&help, 4))),
    )
}

#[cfg(test)]
mod tests {
    use super::super::measures::measures;
    use super::*;

    fn html(rest: &str) -> String {
        let json = [r#"{"version": 1, "practice": {"name": "Riverside Practice"}, "#, rest, "}"].concat();
        preview(&json, &measures()).map(|el| el.html()).unwrap_or_default()
    }

    #[test]
    fn it_shows_what_patients_will_see() {
        let shown = html(
            r#""linkWorker": "community connector", "whatHappensNext": ["We call you."], "questionnaires": [{"id": "loneliness"}],
               "help": {"cards": [{"heading": "Riverside café", "phone": "01632 960 001"}]}"#,
        );
        for words in [
            "Riverside Practice",
            "Your community connector wants to know",
            "We call you.",
            "Riverside café",
            "01632960001",
            "tel:999",
        ] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
    }

    #[test]
    fn a_measure_that_would_not_be_asked_does_not_show_and_mistakes_show_nothing() {
        let both = r#""questionnaires": [{"id": "phq9"}, {"id": "ons4"}, {"id": "loneliness"}]"#;
        assert!(!html(both).contains("Nine questions"));
        let reviewed =
            [both, r#", "review": {"reviewer": "A", "withinHours": 4, "collectionMode": "staff-present"}"#]
                .concat();
        assert!(html(&reviewed).contains("Nine questions"));
        assert_eq!(html(r#""questionnaires": 7"#), "");
    }
}
