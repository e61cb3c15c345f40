//! The native command line: reads Questionnaires and types answers without a browser.

fn main() {}
