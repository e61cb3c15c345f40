//! The set-up page as it is drawn: the form, the file it makes, the snippets, and the look at a page.

use super::boxes::{Hands, entry, named, owned_lines, shown, tool};
use super::entry::Entry;
use super::form::{Change, Tool};
use super::measures::Measure;
use super::preview::preview;
use super::website::{check, website};
use crate::ui::markup::{El, Kid, el};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::checkboxes::checkboxes;
use crate::ui::parts::details::details;
use crate::ui::parts::field::Field;
use crate::ui::parts::inset::inset;
use crate::ui::parts::label::{Language, Size};
use crate::ui::parts::radios::{Choice, Row, radios};
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::tongue::TONGUES;
use std::sync::Arc;

/// The id of the file to take in, which the door reads.
pub const FILE: &str = "file";
/// The id of the configuration that was made.
pub const MADE: &str = "made";

/// The whole page, below its heading.
pub fn screen(hands: &Hands, measures: &Arc<Vec<Measure>>) -> El {
    let news = hands.form.clone();
    el("div")
        .kid(el("div").attr("role", "status").kid(Kid::Slot(
            Arc::new(move || news().news.map(str::to_owned)),
            Box::new(|news| inset("", vec![paragraph(news.to_owned()).into()])),
        )))
        .kid(take_in(hands))
        .kid(section("Your practice", practice(hands)))
        .kid(section("The questions", questions(hands, measures)))
        .kid(section("Languages", vec![languages(hands)]))
        .kid(section("Where answers go", collecting(hands)))
        .kid(section("Help near you", vec![entry(hands, Entry::Places)]))
        .kid(section("How it looks", vec![looks(hands, measures)]))
        .kid(section("Your configuration", made(hands, measures)))
        .kid(section("On your website", website(hands)))
        .kid(section("Check your page", check(hands)))
}

fn section(title: &'static str, kids: Vec<El>) -> El {
    el("section").class("wm-setup__section").kid(heading(2, Size::L, title)).kids(kids)
}

fn take_in(hands: &Hands) -> El {
    let (take, refused) = (hands.act.clone(), hands.form.clone());
    let file = el("div").class("nhsuk-form-group").kid(named("Choose the file").label(FILE)).kid(
        el("input")
            .class("nhsuk-input")
            .attr("id", FILE)
            .attr("type", "file")
            .attr("accept", ".json,application/json"),
    );
    let field = Field::new("taken", named("Or paste what is in it"));
    details(
        "Begin with a configuration you have",
        vec![
            file.into(),
            tool(hands, Tool::Taken, field, true).into(),
            el("div")
                .attr("role", "status")
                .kid(Kid::Slot(
                    Arc::new(move || Some(refused().refused.join("\n")).filter(|lines| !lines.is_empty())),
                    Box::new(|lines| {
                        el("div")
                            .kid(paragraph("It has mistakes and was not taken in:"))
                            .kid(bullets(owned_lines(lines)))
                    }),
                ))
                .into(),
            button("Take it in", Look::Secondary, move || take(Change::TakeIn)).into(),
        ],
    )
}

fn practice(hands: &Hands) -> Vec<El> {
    let (chosen, act) = (hands.form.clone(), hands.act.clone());
    let demonstration = checkboxes(
        Field::new("demonstration", named("Only to try it")),
        "demonstration",
        vec![Row::Choice(Choice::new("yes", "Say on each page that this is a demonstration"))],
        Arc::new(move |_| chosen().settings.demonstration),
        move |_, on| act(Change::Demonstration(on)),
    );
    vec![
        entry(hands, Entry::Practice),
        entry(hands, Entry::Phone),
        entry(hands, Entry::LinkWorker),
        entry(hands, Entry::Next),
        demonstration,
    ]
}

fn questions(hands: &Hands, measures: &Arc<Vec<Measure>>) -> Vec<El> {
    let rows = measures.iter().map(|measure| {
        let review = "It is asked only where somebody reads the answers soon: fill in who, below.";
        let hint = measure.needs_review.then(|| Kid::from(review));
        let mut choice = Choice::new(measure.id, [&measure.title, " (", measure.known_as, ")"].concat());
        choice.hint = hint.into_iter().collect();
        Row::Choice(choice)
    });
    let (chosen, act) = (hands.form.clone(), hands.act.clone());
    let (ids, names) = (Arc::clone(measures), Arc::clone(measures));
    let field = Field::new("measures", named("Which questions to offer"))
        .hint("People choose among them on the first page.");
    let offered = checkboxes(
        field,
        "measures",
        rows.collect(),
        Arc::new(move |at| {
            let settings = chosen().settings;
            ids.get(at).is_some_and(|measure| settings.measures.iter().any(|id| id == measure.id))
        }),
        move |at, on| {
            if let Some(measure) = names.get(at) {
                act(Change::Measure(measure.id, on));
            }
        },
    );
    let (present, act) = (hands.form.clone(), hands.act.clone());
    let staff = checkboxes(
        Field::new("staff", named("While somebody answers")),
        "staff",
        vec![Row::Choice(Choice::new("present", "A member of staff is always with them"))],
        Arc::new(move |_| present().settings.staff_present),
        move |_, on| act(Change::StaffPresent(on)),
    );
    vec![offered, entry(hands, Entry::Reviewer), entry(hands, Entry::Hours), staff, entry(hands, Entry::Own)]
}

fn languages(hands: &Hands) -> El {
    let others = || TONGUES.iter().filter(|tongue| !tongue.is_english());
    let rows = others().map(|tongue| {
        let mut choice = Choice::new(tongue.tag, tongue.name);
        choice.language = Some(Language { tag: tongue.tag.into(), direction: tongue.direction });
        Row::Choice(choice)
    });
    let tags: Arc<Vec<&'static str>> = Arc::new(others().map(|tongue| tongue.tag).collect());
    let (chosen, act, of) = (hands.form.clone(), hands.act.clone(), Arc::clone(&tags));
    checkboxes(
        Field::new("languages", named("Languages beside English"))
            .hint("They are drafts that nobody has checked. Each page says so."),
        "languages",
        rows.collect(),
        Arc::new(move |at| tags.get(at).is_some_and(|tag| chosen().settings.languages.contains(tag))),
        move |at, on| {
            if let Some(tag) = of.get(at) {
                act(Change::Language(tag, on));
            }
        },
    )
}

fn collecting(hands: &Hands) -> Vec<El> {
    let (shared, act) = (hands.form.clone(), hands.act.clone());
    let row = |words: &'static str, hint: &'static str| {
        let mut choice = Choice::new(words, words);
        choice.hint = vec![hint.into()];
        Row::Choice(choice)
    };
    let devices = radios(
        Field::new("device", named("Whose device people use")),
        "device",
        vec![
            row("Their own", "They can stop and come back."),
            row(
                "One that many share, such as a tablet in the waiting room",
                "It keeps nothing readable. It needs the public key.",
            ),
        ],
        false,
        Arc::new(move |at| shared().settings.shared == (at == 1)),
        move |at| act(Change::Shared(at == 1)),
    );
    vec![entry(hands, Entry::Base), entry(hands, Entry::Key), devices, entry(hands, Entry::Days)]
}

fn looks(hands: &Hands, measures: &Arc<Vec<Measure>>) -> El {
    let (form, measures) = (hands.form.clone(), Arc::clone(measures));
    el("div")
        .kid(Kid::Slot(
            Arc::new(move || {
                let settings = form().settings;
                settings.faults().is_empty().then(|| settings.write())
            }),
            Box::new(move |json| preview(json, &measures).unwrap_or_else(|| el("div"))),
        ))
        .kid({
            let form = hands.form.clone();
            Kid::Slot(
                Arc::new(move || (!form().mistakes().is_empty()).then(|| "wrong".to_owned())),
                Box::new(|_| paragraph("It shows when nothing is missing or wrong.")),
            )
        })
}

fn made(hands: &Hands, measures: &Arc<Vec<Measure>>) -> Vec<El> {
    let (wrong, go) = (hands.form.clone(), hands.go.clone());
    let problems = el("div").attr("role", "status").kid(Kid::Slot(
        Arc::new(move || {
            let mistakes = wrong().mistakes();
            let lines: Vec<String> =
                mistakes.iter().map(|(at, words)| [at.id(), "\t", words].concat()).collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        }),
        Box::new(move |lines| {
            let items = lines.lines().filter_map(|line| line.split_once('\t')).map(|(id, words)| {
                let (go, id) = (go.clone(), id.to_owned());
                el("a").attr("href", ["#", &id].concat()).text(words.to_owned()).on("click", move |_| {
                    go(&id);
                    true
                })
            });
            el("div").kid(paragraph("Before there is a file, put these right:")).kid(bullets(items))
        }),
    ));
    let (advised, measures) = (hands.form.clone(), Arc::clone(measures));
    let advice = el("div").kid(Kid::Slot(
        Arc::new(move || {
            let advice = advised().settings.advice(&measures);
            let lines: Vec<String> = advice.iter().map(super::advice::Advice::words).collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        }),
        Box::new(|lines| {
            inset("", vec![paragraph("Did you mean it so?").into(), bullets(owned_lines(lines)).into()])
        }),
    ));
    let (form, save, copy) = (hands.form.clone(), hands.save.clone(), hands.copy.clone());
    let file = el("div").kid(Kid::Slot(
        Arc::new(move || {
            let settings = form().settings;
            settings.faults().is_empty().then(|| settings.write())
        }),
        Box::new(move |json| {
            let (save, copy) = (save.clone(), copy.clone());
            let name = "Put this file in the place of config/demonstration.json on your web server.";
            el("div").kid(shown(MADE, "The file", name, json, 12)).kid(
                el("div")
                    .class("nhsuk-button-group")
                    .kid(button("Save the file", Look::Primary, move || save()))
                    .kid(button("Copy the file", Look::Secondary, move || copy(MADE))),
            )
        }),
    ));
    vec![problems, file, advice]
}

#[cfg(test)]
mod tests {
    use super::super::form::Form;
    use super::super::measures::measures;
    use super::*;

    fn html(form: Form) -> String {
        let hands = Hands {
            form: Arc::new(move || form.clone()),
            act: Arc::new(|_| ()),
            save: Arc::new(|| ()),
            copy: Arc::new(|_| ()),
            open: Arc::new(|| ()),
            go: Arc::new(|_| ()),
        };
        screen(&hands, &Arc::new(measures())).html()
    }

    fn filled() -> Form {
        let mut form = Form::fresh();
        form.apply(Change::Put(Entry::Practice, "Riverside Practice".to_owned()));
        form
    }

    #[test]
    fn there_is_a_file_only_when_nothing_is_wrong_and_then_the_preview_shows() {
        let empty = html(Form::fresh());
        assert!(empty.contains("href=\"#practice\"") && !empty.contains("Save the file"));
        let shown = html(filled());
        assert!(shown.contains("Save the file") && shown.contains("Your link worker wants to know"));
        assert!(!shown.contains("put these right"));
    }

    #[test]
    fn a_private_key_is_not_given_out_again() {
        let mut form = filled();
        form.apply(Change::Put(
            Entry::Key,
            r#"{"kty": "EC", "crv": "P-256", "d": "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}"#.to_owned(),
        ));
        let shown = html(form);
        assert!(!shown.contains("Save the file"));
        assert_eq!(shown.matches("VEmDZp").count(), 1, "only in the box it was pasted into");
    }

    #[test]
    fn every_box_has_words_and_an_id_of_its_own() {
        let mut form = filled();
        form.apply(Change::Write(Tool::Address, "https://questions.surgery.example".to_owned()));
        let shown = html(form);
        let ids: Vec<&str> =
            shown.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for (at, id) in ids.iter().enumerate() {
            assert!(!ids.iter().skip(at + 1).any(|other| other == id), "{id} stands twice");
        }
        for control in shown.split(" for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&control), "{control}");
        }
    }
}
