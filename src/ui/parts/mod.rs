//! The parts a page is made of: one NHS design system component per file, written from its published HTML
//! (nhsuk-frontend 10.6.1, MIT), and a few of our own. Each gives an [`El`](super::markup::El) and shows
//! itself in `examples()`, which the gallery, the browser tests and the accessibility run all read.

pub mod back_link;
pub mod button;
pub mod card;
pub mod checkboxes;
pub mod date_input;
pub mod details;
pub mod error_message;
pub mod error_summary;
pub mod field;
pub mod fieldset;
pub mod hint;
pub mod inset;
pub mod label;
pub mod languages;
pub mod panel;
pub mod picture;
pub mod progress;
pub mod qr_code;
pub mod quantity;
pub mod radios;
pub mod repeat;
pub mod scale;
pub mod scene;
pub mod search;
pub mod select;
pub mod settings;
pub mod summary_list;
pub mod text_input;
pub mod textarea;
pub mod time_input;
pub mod wording;

use super::markup::El;

/// A part as it may look, with a name that says what it shows.
pub type Example = (&'static str, El);

/// Every example of every part, under the part's name.
pub fn examples() -> Vec<(&'static str, Vec<Example>)> {
    vec![
        ("back-link", back_link::examples()),
        ("button", button::examples()),
        ("card", card::examples()),
        ("checkboxes", checkboxes::examples()),
        ("date-input", date_input::examples()),
        ("details", details::examples()),
        ("error-message", error_message::examples()),
        ("error-summary", error_summary::examples()),
        ("fieldset", fieldset::examples()),
        ("hint", hint::examples()),
        ("inset", inset::examples()),
        ("label", label::examples()),
        ("languages", languages::examples()),
        ("panel", panel::examples()),
        ("picture", picture::examples()),
        ("progress", progress::examples()),
        ("qr-code", qr_code::examples()),
        ("quantity", quantity::examples()),
        ("radios", radios::examples()),
        ("repeat", repeat::examples()),
        ("scale", scale::examples()),
        ("scene", scene::examples()),
        ("search", search::examples()),
        ("select", select::examples()),
        ("settings", settings::examples()),
        ("summary-list", summary_list::examples()),
        ("text-input", text_input::examples()),
        ("textarea", textarea::examples()),
        ("time-input", time_input::examples()),
        ("wording", wording::examples()),
    ]
}
