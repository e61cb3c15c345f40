//! The native command line: each command in a file of its own. Reads files and prints; knows no browser.

pub mod answer;
mod arguments;
pub mod bench;
pub mod check;
mod configuration;
pub mod pack;
pub mod receive;
pub mod score;
pub mod support;
mod typed;

use std::io::Write;

/// What every command gives the shell: 0 is well, 1 is "refused" or "a difference", 2 is "asked wrongly".
pub type ExitCode = u8;

const USAGE: &str = "\
usage:
  what-matters check [--json] [--value-set FILE]... FILE...   what would become of each Questionnaire or configuration
  what-matters support                                        what is read of FHIR, as docs/support.md
  what-matters answer [--json] [--value-set FILE]... QUESTIONNAIRE RESPONSE
                                                              types the answers of a response into a fresh form
  what-matters receive [--into FOLDER] FILE                   stores a scanned code or a saved file, then gives
                                                              the receipt code; FILE may be - for what is typed
  what-matters score [--json] [--value-set FILE]... QUESTIONNAIRE RESPONSES
                                                              the scores of each response (one a line), with the
                                                              sums open; for staff, never for patients
  what-matters bench [--json]                                 what forms cost as they grow
";

/// Runs the command named by the first argument.
pub fn run(arguments: &[String], out: &mut dyn Write, err: &mut dyn Write) -> ExitCode {
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("", arguments),
    };
    let done = match name {
        "answer" => answer::run(rest, out),
        "bench" => bench::run(rest, out),
        "check" => check::run(rest, out),
        "receive" => receive::run(rest, out),
        "score" => score::run(rest, out),
        "support" => support::run(rest, out),
        _ => Ok(None),
    };
    match done {
        Ok(Some(code)) => code,
        Ok(None) => {
            // Nothing more can be said if even this cannot be written.
            let _ = err.write_all(USAGE.as_bytes());
            2
        }
        // A closed pipe (`… | head`) ends the command quietly.
        Err(_) => 2,
    }
}
