//! The practice's set-up page (`public/setup.html`), a program of its own: no patient downloads it.

fn main() {
    #[cfg(target_arch = "wasm32")]
    what_matters::setup::door::open();
}
