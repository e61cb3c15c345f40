native_tests() { cargo test; }
lint() { cargo clippy --all-targets -- -D warnings; }
