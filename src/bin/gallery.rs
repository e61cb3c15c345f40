//! The gallery as a page of its own (`./dev gallery`). The address says what is shown: `#parts`;
//! `#every-kind,en` (a questionnaire with every kind of item, and the language shown); `#flat,1000` (so many
//! items on one page).

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
fn main() {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    let (what, rest) =
        hash.trim_start_matches('#').split_once(',').unwrap_or((hash.trim_start_matches('#'), ""));
    let rest = rest.to_owned();
    match what {
        "every-kind" => show(include_str!("../../tests/fixtures/every-kind.json").to_owned(), rest),
        "flat" => show(flat(rest.parse().unwrap_or(10)), "en".to_owned()),
        _ => leptos::mount::mount_to_body(what_matters::ui::gallery::gallery),
    }
}

/// Reads a questionnaire and shows all of it.
#[cfg(target_arch = "wasm32")]
fn show(json: String, language: String) {
    use what_matters::engine::Session;
    use what_matters::fhir::read;
    use what_matters::ui::{gallery, live::Live, markup};
    leptos::mount::mount_to_body(move || match read::questionnaire(&json, &Default::default()) {
        Ok(reading) => {
            let live = Live::new(Session::new(std::rc::Rc::new(reading.instrument)), |_, _| ());
            gallery::questionnaire(live, &language)
        }
        Err(refusals) => markup::el("p").text(refusals.len().to_string()),
    });
}

/// A questionnaire of `count` scales, choices and lines in turn.
#[cfg(target_arch = "wasm32")]
fn flat(count: usize) -> String {
    let item = |at: usize| {
        let kind = match at % 3 {
            0 => {
                r#""type":"choice","answerOption":[{"valueString":"Yes"},{"valueString":"Sometimes"},{"valueString":"No"}]"#
            }
            1 => r#""type":"string""#,
            _ => r#""type":"integer""#,
        };
        [
            r#"{"linkId":""#,
            &at.to_string(),
            r#"","text":"Question "#,
            &at.to_string(),
            r#"",""#,
            &kind[1..],
            "}",
        ]
        .concat()
    };
    let items: Vec<String> = (0..count).map(item).collect();
    let head = r#"{"resourceType":"Questionnaire","url":"https://example.org/flat","version":"1","status":"active","language":"en","title":"Flat","item":["#;
    [head, &items.join(","), "]}"].concat()
}
