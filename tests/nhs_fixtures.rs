//! Our parts against the design system's own published examples: the same options must give the same HTML.
//!
//! `tests/fixtures/nhsuk.json` holds the examples of nhsuk-frontend 10.6.1 that our parts are meant to match,
//! and under `left_out` the names of the others with the reason. Compared after sorting attributes and
//! dropping white space, with these differences by design: no `data-module` (the design system's script is
//! not used), `aria-controls` and `aria-expanded` are set from the start rather than by that script, and
//! buttons are `type="button"`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::sync::Arc;
use what_matters::ui::markup::{Ask, El, Kid, Str};
use what_matters::ui::parts::button::Look;
use what_matters::ui::parts::date_input::{date_boxes, date_input};
use what_matters::ui::parts::field::Field;
use what_matters::ui::parts::label::{Label, Size};
use what_matters::ui::parts::radios::{Choice, Row, radios};
use what_matters::ui::parts::summary_list::{Action, Row as Line, summary_list};
use what_matters::ui::parts::text_input::{Box as Like, text_input};
use what_matters::ui::parts::{
    back_link, button, checkboxes, details, error_message, error_summary, fieldset, hint, inset, panel,
    select, textarea,
};

/// HTML with sorted attributes and without white space that means nothing.
fn normal(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words(&mut out, &rest[..at]);
        let end = at + rest[at..].find('>').expect("a tag ends");
        tag(&mut out, rest[at + 1..end].trim_end_matches('/'));
        rest = &rest[end + 1..];
    }
    words(&mut out, rest);
    out
}

fn words(out: &mut String, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "‹").replace("&gt;", "›");
    out.push_str(&text.replace("&amp;", "&"));
}

fn tag(out: &mut String, tag: &str) {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let stop = rest.find(['=', ' ']).unwrap_or(rest.len());
        let key = rest[..stop].to_owned();
        rest = &rest[stop..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').expect("a quoted value ends");
            words(&mut value, &quoted[..end]);
            rest = &quoted[end + 1..];
        }
        let key = if key == "data-aria-controls" { "aria-controls".to_owned() } else { key };
        let dropped = matches!(key.as_str(), "data-module" | "aria-expanded")
            || (key == "type" && name == "button")
            || (key == "autocomplete" && value == "off");
        if !dropped {
            attributes.push(format!("{key}={value:?}"));
        }
    }
    attributes.sort();
    out.push('<');
    out.push_str(name);
    for attribute in attributes {
        out.push(' ');
        out.push_str(&attribute);
    }
    out.push('>');
}

/// Raw HTML in the options stands as a mark in what we draw, and is put back for comparing.
#[derive(Default)]
struct Raw(Vec<String>);

impl Raw {
    fn mark(&mut self, html: &str) -> String {
        self.0.push(normal(html));
        format!("@{}@", self.0.len() - 1)
    }

    fn put_back(&self, html: String) -> String {
        self.0.iter().enumerate().fold(html, |html, (at, raw)| html.replace(&format!("@{at}@"), raw))
    }

    /// Words given as a string, as `text` or as `html`.
    fn kids(&mut self, value: &Value) -> Vec<Kid> {
        if let Some(text) = value.as_str() {
            return vec![text.to_owned().into()];
        }
        if let Some(html) = value["html"].as_str() {
            return vec![self.mark(html).into()];
        }
        value["text"].as_str().map(|text| text.to_owned().into()).into_iter().collect()
    }

    fn label(&mut self, value: &Value) -> Label {
        let size = match value["size"].as_str() {
            None => Size::Plain,
            Some("s") => Size::S,
            Some("m") => Size::M,
            Some("l") => Size::L,
            Some("xl") => Size::Xl,
            Some(other) => panic!("size {other}"),
        };
        let id = value["id"].as_str().map(|id| Str::from(id.to_owned()));
        match value["heading"].as_str() {
            Some(heading) => {
                Label { words: vec![heading.to_owned().into()], heading: Some(1), size, id, language: None }
            }
            None => {
                let heading =
                    if value["heading"] == true { Some(1) } else { value["heading"]["level"].as_u64() };
                let heading = heading.map(|level| level as u8);
                Label { words: self.kids(value), heading, size, id, language: None }
            }
        }
    }

    fn field(&mut self, options: &Value) -> Field {
        let id = ["idPrefix", "id", "name"].iter().find_map(|key| options[key].as_str()).unwrap_or_default();
        let label = match &options["fieldset"] {
            Value::Null => self.label(&options["label"]),
            set => self.label(&set["legend"]),
        };
        let mut field = Field::new(id, label);
        field.hint = self.kids(&options["hint"]);
        match &options["errorMessage"] {
            Value::Null => field,
            Value::Bool(_) => field.wrong(""),
            message => {
                let words = message.as_str().or(message["text"].as_str()).expect("words").to_owned();
                field.wrong(words.leak())
            }
        }
    }

    fn rows(&mut self, options: &Value) -> (Vec<Row>, Vec<bool>) {
        let all_disabled = options["disabled"].as_bool().unwrap_or(false);
        let values = &options["values"];
        let (mut rows, mut chosen) = (Vec::new(), Vec::new());
        for item in options["items"].as_array().expect("items") {
            let value = item["value"].as_str().unwrap_or_default();
            let is_value = options["value"].as_str() == Some(value) && !value.is_empty()
                || values.as_array().is_some_and(|list| list.iter().any(|one| one.as_str() == Some(value)));
            chosen.push(item["checked"].as_bool().unwrap_or(is_value));
            if let Some(words) = item["divider"].as_str() {
                rows.push(Row::Divider(words.to_owned().into()));
                continue;
            }
            rows.push(Row::Choice(Choice {
                value: value.to_owned().into(),
                words: self.kids(item),
                picture: None,
                hint: self.kids(&item["hint"]),
                language: None,
                disabled: item["disabled"].as_bool().unwrap_or(all_disabled),
                then: item["conditional"]["html"].as_str().map(|html| {
                    let html = html.to_owned();
                    what_matters::ui::markup::el("then").text(self.mark(&html))
                }),
            }));
        }
        (rows, chosen)
    }
}

fn text(options: &Value, key: &str) -> String {
    options[key].as_str().unwrap_or_default().to_owned()
}

fn held(words: String) -> Ask<Str> {
    Arc::new(move || words.clone().into())
}

fn draw(component: &str, options: &Value, raw: &mut Raw) -> El {
    match component {
        "radios" | "checkboxes" => {
            let (rows, chosen) = raw.rows(options);
            let (field, name) = (raw.field(options), text(options, "name"));
            let chosen = Arc::new(move |at: usize| chosen.get(at) == Some(&true));
            if component == "radios" {
                radios(field, &name, rows, options["inline"] == true, chosen, |_| ())
            } else {
                checkboxes::checkboxes(field, &name, rows, chosen, |_, _| ())
            }
        }
        "date-input" => {
            let boxes = date_boxes("Day".into(), "Month".into(), "Year".into());
            date_input(raw.field(options), boxes, Arc::new(|_| "".into()), |_, _| ())
        }
        "input" => {
            let like = Like {
                name: text(options, "name").into(),
                width: options["width"].as_u64().map(|width| width as u8),
                prefix: raw.kids(&options["prefix"]),
                suffix: raw.kids(&options["suffix"]),
                keyboard: options["inputmode"].as_str().map(|mode| &*mode.to_owned().leak()),
                autocomplete: options["autocomplete"].as_str().map(|what| &*what.to_owned().leak()),
                spellcheck: options["spellcheck"].as_bool(),
                read_only: false,
            };
            text_input(raw.field(options), like, held(text(options, "value")), |_| ())
        }
        "textarea" => {
            let name = text(options, "name").into();
            textarea::textarea(raw.field(options), name, 5, held(String::new()), None, |_| ())
        }
        "select" => {
            let items = options["items"].as_array().expect("items");
            let list =
                items.iter().map(|item| (text(item, "value").into(), text(item, "text").into())).collect();
            let chosen = items.iter().find(|item| item["selected"] == true).map(|item| text(item, "value"));
            let chosen = chosen.unwrap_or_else(|| text(options, "value"));
            select::select(raw.field(options), text(options, "name").into(), list, held(chosen), |_| ())
        }
        "button" => {
            let look = match options["variant"].as_str() {
                None => Look::Primary,
                Some("secondary") => Look::Secondary,
                Some("warning") => Look::Warning,
                Some(other) => panic!("variant {other}"),
            };
            match (options["href"].as_str(), options["small"] == true) {
                (Some(href), _) => button::button_link(text(options, "text"), look, href.to_owned()),
                (None, true) => button::small_button(text(options, "text"), look, || ()),
                (None, false) => button::button(text(options, "text"), look, || ()),
            }
        }
        "back-link" => back_link::back_link(text(options, "text"), || ()),
        "details" => {
            let summary = raw.kids(&options["summary"]).remove(0);
            let body = raw.kids(options);
            details::details(summary, body).flag("open", options["open"] == true)
        }
        "inset-text" => {
            let body = match options["text"].as_str() {
                Some(text) => vec![what_matters::ui::markup::el("p").text(text.to_owned()).into()],
                None => raw.kids(options),
            };
            inset::inset("Information: ", body)
        }
        "error-message" => {
            let prefix = match options["visuallyHiddenText"].as_str() {
                None => "Error: ".to_owned(),
                Some("") => String::new(),
                Some(words) => format!("{words}: "),
            };
            let words = raw.kids(options).into_iter().map(|kid| match kid {
                Kid::Text(text) => text.into_owned(),
                _ => panic!("not words"),
            });
            error_message::error_message(None, prefix.into(), words.collect())
        }
        "hint" => hint::hint(None, raw.kids(options)),
        "label" => raw.label(options).label(""),
        "legend" => raw.label(options).legend(),
        "fieldset" => fieldset::fieldset(raw.label(&options["legend"]), vec![]),
        "panel" => {
            let heading = &options["heading"];
            let title = heading.as_str().or(heading["text"].as_str()).expect("a heading").to_owned();
            panel::panel(title, heading["level"].as_u64().unwrap_or(1) as u8, raw.kids(options))
        }
        "error-summary" => {
            let heading = &options["heading"];
            let title = match heading["html"].as_str() {
                Some(html) => raw.mark(html),
                None => heading.as_str().or(heading["text"].as_str()).expect("a heading").to_owned(),
            };
            let lines = options["errorList"].as_array().expect("lines").iter();
            let lines = lines.map(|line| (text(line, "text"), text(line, "href")[1..].to_owned()));
            error_summary::error_summary(title, lines.collect(), |_| ())
        }
        "summary-list" => summary_list(
            options["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| Line {
                    key: raw.kids(&row["key"]),
                    value: raw.kids(&row["value"]),
                    action: row["actions"]["items"].get(0).map(|action| Action {
                        words: text(action, "text").into(),
                        about: text(action, "visuallyHiddenText").into(),
                        press: Box::new(|| ()),
                    }),
                })
                .collect(),
        ),
        other => panic!("component {other}"),
    }
}

#[test]
fn every_part_gives_the_html_the_design_system_publishes() {
    let fixtures: Value = serde_json::from_str(include_str!("fixtures/nhsuk.json")).unwrap();
    let mut compared = 0;
    let mut differing = Vec::new();
    for (component, examples) in fixtures["components"].as_object().unwrap() {
        for example in examples.as_array().unwrap() {
            let options = &example["options"];
            let mut raw = Raw::default();
            let drawn = draw(component, options, &mut raw).html();
            let ours = raw.put_back(normal(&drawn));
            let ours = ours.replace("<then>", "").replace("</then>", "");
            // Our actions are handled where they stand and lead to no address.
            let theirs = normal(example["html"].as_str().unwrap()).replace("#/change", "#");
            compared += 1;
            if ours != theirs {
                differing
                    .push(format!("{component}: {}\n  ours   {ours}\n  theirs {theirs}", example["name"]));
            }
        }
    }
    assert!(differing.is_empty(), "{} of {compared} differ\n{}", differing.len(), differing.join("\n"));
    assert!(compared > 150, "only {compared} compared");
}

#[test]
fn every_example_left_out_has_a_reason() {
    let fixtures: Value = serde_json::from_str(include_str!("fixtures/nhsuk.json")).unwrap();
    for (reason, names) in fixtures["left_out"].as_object().unwrap() {
        assert!(reason.len() > 5 && !names.as_array().unwrap().is_empty(), "{reason}");
    }
}

#[test]
fn ids_are_unique_within_the_gallery() {
    let mut seen = std::collections::BTreeSet::new();
    for (part, examples) in what_matters::ui::parts::examples() {
        assert!(!examples.is_empty(), "{part}");
        for (name, example) in examples {
            for piece in example.html().split(" id=\"").skip(1) {
                let id = piece.split('"').next().unwrap().to_owned();
                assert!(seen.insert(id.clone()), "{part}, {name}: {id} stands twice");
            }
        }
    }
}
