//! The commands of the README answer what it says.

#![cfg(unix)]

use readme_test::Readme;

#[test]
fn the_readme_is_true() {
    Readme::new(env!("CARGO_MANIFEST_DIR"), env!("CARGO_BIN_EXE_example-user-agent")).check(6);
}
