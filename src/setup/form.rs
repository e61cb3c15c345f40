//! Everything on the set-up page that can change, and what each change does. The door performs what needs the
//! browser: files and the clipboard.

use super::entry::Entry;
use super::finding::Finding;
use super::looking::{Pasted, look};
use super::settings::Settings;
use super::snippet::address;
use crate::app::config::ConfigFault;

/// The page's state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// What is filled in.
    pub settings: Settings,
    /// The address of the questions, as it is typed.
    pub address: String,
    /// The page to look at.
    pub pasted: Pasted,
    /// A configuration to begin with, as it is pasted.
    pub taken: String,
    /// Why it was not taken in.
    pub refused: Vec<String>,
    /// What came of opening the page to look at from here; nothing before somebody tried.
    pub opened: Option<&'static str>,
    /// What the look at the page found; nothing before the first look.
    pub found: Option<Vec<Finding>>,
    /// What was just done, to be read out.
    pub news: Option<&'static str>,
}

/// A box beside those of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The address of the questions.
    Address,
    /// A configuration to begin with.
    Taken,
    /// The address of the page to look at.
    Page,
    /// Its source.
    Source,
    /// Its headers.
    Headers,
}

/// Something a person does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Writes in a box of the configuration.
    Put(Entry, String),
    /// Writes in another box.
    Write(Tool, String),
    /// Chooses a measure, or no longer.
    Measure(&'static str, bool),
    /// Offers a language, or no longer.
    Language(&'static str, bool),
    /// Many people use one device.
    Shared(bool),
    /// A member of staff is with the person.
    StaffPresent(bool),
    /// The page is a demonstration.
    Demonstration(bool),
    /// Takes in the configuration that was pasted.
    TakeIn,
    /// The page at this address was opened: its source, and the headers it came with.
    Opened(Pasted),
    /// The page at this address could not be opened; what its server said, if it was asked.
    NotOpened(String, Option<u16>),
    /// Looks at the page that was pasted.
    Look,
    /// The file was saved.
    Saved,
    /// Words were copied.
    Copied,
    /// The browser did not let them be copied.
    NotCopied,
}

impl Form {
    /// What a new practice begins with.
    pub fn fresh() -> Self {
        Self { settings: Settings::fresh(), ..Self::default() }
    }

    /// What a tool's box holds.
    pub fn held(&self, tool: Tool) -> &str {
        match tool {
            Tool::Address => &self.address,
            Tool::Taken => &self.taken,
            Tool::Page => &self.pasted.page,
            Tool::Source => &self.pasted.source,
            Tool::Headers => &self.pasted.headers,
        }
    }

    /// The address of the questions, if it is one.
    pub fn address(&self) -> Option<String> {
        address(&self.address)
    }

    /// The mistakes, each with the box it is about and in words.
    pub fn mistakes(&self) -> Vec<(Entry, String)> {
        let faults = self.settings.faults();
        faults.iter().map(|fault| (Entry::of(&fault.path).unwrap_or(Entry::Practice), said(fault))).collect()
    }

    /// Does what was asked.
    pub fn apply(&mut self, change: Change) {
        self.news = None;
        match change {
            Change::Put(entry, words) => self.settings.put(entry, &words),
            Change::Write(tool, words) => match tool {
                Tool::Address => self.address = words,
                Tool::Taken => self.taken = words,
                Tool::Page => {
                    self.pasted.page = words;
                    self.opened = None;
                }
                Tool::Source => self.pasted.source = words,
                Tool::Headers => self.pasted.headers = words,
            },
            Change::Measure(id, on) => self.settings.choose(id, on),
            Change::Language(tag, on) => self.settings.speak(tag, on),
            Change::Shared(on) => self.settings.shared = on,
            Change::StaffPresent(on) => self.settings.staff_present = on,
            Change::Demonstration(on) => self.settings.demonstration = on,
            Change::TakeIn => self.take_in(),
            Change::Opened(page) if page.page == self.pasted.page => {
                self.pasted = page;
                self.opened = Some("We opened it. Its source and its headers are in the boxes below.");
                self.look();
            }
            Change::NotOpened(page, status) if page == self.pasted.page => {
                self.opened = Some(match status {
                    Some(_) => {
                        "Your web server did not give us that page. Check its address, or paste its source below."
                    }
                    None => {
                        "We could not open that page. Browsers let us only where it is on the same web server as this page. Paste its source below."
                    }
                });
            }
            // The address has been changed meanwhile.
            Change::Opened(_) | Change::NotOpened(..) => {}
            Change::Look => self.look(),
            Change::Saved => self.news = Some("The file is on its way to your downloads."),
            Change::Copied => self.news = Some("Copied."),
            Change::NotCopied => {
                self.news = Some("Your browser does not let us copy. Select the words and copy them.")
            }
        }
    }

    fn look(&mut self) {
        self.found = self.address().map(|address| look(&self.pasted, &address));
    }

    fn take_in(&mut self) {
        match Settings::read(&self.taken) {
            Ok(settings) => {
                self.settings = settings;
                // It may hold a key; nothing keeps a second copy.
                self.taken = String::new();
                self.refused = Vec::new();
                self.news = Some("Your configuration was taken in. Everything below shows it.");
            }
            Err(faults) => self.refused = faults.iter().map(said).collect(),
        }
    }
}

/// A mistake in words, with the place in the configuration.
fn said(fault: &ConfigFault) -> String {
    let explanation = fault.mistake.explanation();
    match Entry::of(&fault.path) {
        Some(entry) => [entry.plain(), " ", explanation, ". (", &fault.path, ")"].concat(),
        None if fault.path.is_empty() => ["The file ", explanation, "."].concat(),
        None => ["“", &fault.path, "” ", explanation, "."].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str =
        r#"{"version": 1, "practice": {"name": "Riverside Practice"}, "questionnaires": []}"#;

    #[test]
    fn a_configuration_is_taken_in_whole_or_refused_with_every_reason() {
        let mut form = Form::fresh();
        form.apply(Change::Write(Tool::Taken, CONFIG.replace("\"version\"", "\"colour\": 1, \"version\"")));
        form.apply(Change::TakeIn);
        assert_eq!(form.refused, ["“colour” is not a setting we know."]);
        assert_eq!(form.settings, Settings::fresh());
        form.apply(Change::Write(Tool::Taken, CONFIG.to_owned()));
        form.apply(Change::TakeIn);
        assert_eq!(form.settings.word(Entry::Practice), "Riverside Practice");
        assert!(form.refused.is_empty() && form.taken.is_empty() && form.news.is_some());
    }

    #[test]
    fn mistakes_are_told_by_the_name_of_their_box() {
        let mut form = Form::fresh();
        assert_eq!(
            form.mistakes(),
            [(Entry::Practice, "Name of your practice is missing. (practice.name)".to_owned())]
        );
        form.apply(Change::Put(Entry::Practice, "A".to_owned()));
        form.apply(Change::Put(Entry::Base, "fhir.example".to_owned()));
        assert_eq!(form.mistakes().len(), 1);
        assert!(form.mistakes().iter().all(|(entry, _)| *entry == Entry::Base));
    }

    #[test]
    fn a_page_is_looked_at_only_with_the_address_of_the_questions() {
        let mut form = Form::fresh();
        form.apply(Change::Write(Tool::Source, "<p>".to_owned()));
        form.apply(Change::Look);
        assert_eq!(form.found, None);
        form.apply(Change::Write(Tool::Address, "https://questions.surgery.example".to_owned()));
        form.apply(Change::Look);
        assert_eq!(form.found, Some(vec![Finding::NoSnippet]));
    }

    #[test]
    fn a_page_that_was_opened_is_looked_at_unless_its_address_was_changed_meanwhile() {
        let mut form = Form::fresh();
        form.apply(Change::Write(Tool::Address, "https://www.surgery.example/questions/".to_owned()));
        form.apply(Change::Write(Tool::Page, "https://www.surgery.example/help".to_owned()));
        let opened =
            |page: &str| Pasted { page: page.to_owned(), source: "<p>".to_owned(), headers: String::new() };
        form.apply(Change::Opened(opened("https://www.surgery.example/")));
        form.apply(Change::NotOpened("https://www.surgery.example/".to_owned(), Some(404)));
        assert_eq!((form.held(Tool::Source), &form.found, form.opened), ("", &None, None));
        form.apply(Change::Opened(opened("https://www.surgery.example/help")));
        assert_eq!((form.held(Tool::Source), &form.found), ("<p>", &Some(vec![Finding::NoSnippet])));
        assert!(form.opened.is_some_and(|words| words.starts_with("We opened it")));
        form.apply(Change::NotOpened("https://www.surgery.example/help".to_owned(), None));
        assert!(form.opened.is_some_and(|words| words.contains("same web server")));
        assert_eq!(form.held(Tool::Source), "<p>", "what is there stays");
    }
}
