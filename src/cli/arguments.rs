//! The arguments that every command about Questionnaires takes.

use crate::fhir::read::ValueSets;

/// What was asked for.
#[derive(Default)]
pub struct Arguments<'a> {
    /// One line of JSON for each file instead of words.
    pub json: bool,
    /// The files, in order.
    pub files: Vec<&'a str>,
    /// Value sets beside them.
    pub supplied: ValueSets,
}

/// Reads `[--json] [--value-set FILE]... FILE...`; `None` if it was asked wrongly.
pub fn read(arguments: &[String]) -> Option<Arguments<'_>> {
    let mut read = Arguments::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--json" => read.json = true,
            "--value-set" => {
                let added = rest.next().and_then(|file| std::fs::read_to_string(file).ok());
                if !added.is_some_and(|text| read.supplied.add(&text)) {
                    return None;
                }
            }
            option if option.starts_with("--") => return None,
            file => read.files.push(file),
        }
    }
    Some(read)
}
