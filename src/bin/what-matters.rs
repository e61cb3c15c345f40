//! The native command line: reads Questionnaires and types answers without a browser.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let code =
        what_matters::cli::run(&arguments, &mut std::io::stdout().lock(), &mut std::io::stderr().lock());
    code.into()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
