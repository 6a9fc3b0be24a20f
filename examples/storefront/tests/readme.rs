//! The commands of the README answer what it says.

#![cfg(unix)]

use readme_test::Readme;

#[test]
fn the_readme_is_true() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    Readme::new(env!("CARGO_MANIFEST_DIR"), env!("CARGO_BIN_EXE_storefront"))
        .env("DATABASE_URL", format!("sqlite://{}/shop.db", folder.path().display()))
        .ends_on_sigterm()
        .check(65);
}
