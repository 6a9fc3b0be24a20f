//! What the compiler says about each mistake, and the programs that it accepts.
//!
//! A case in `fail` is the smallest program with one mistake, named by the mistake; the `.stderr` beside it is what its
//! author reads. `TRYBUILD=overwrite cargo test -p ui-tests` writes them: read them before you keep them. What the
//! macros say is the same with every compiler; what rustc says of a trait is worded by each release anew, and recorded
//! here as Rust 1.95 words it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

#[test]
fn what_keeps_the_rules_compiles_and_runs() {
    trybuild::TestCases::new().pass("pass/*.rs");
}

#[test]
fn a_mistake_is_told_as_it_is_recorded() {
    let compiler = compiler();
    if !compiler.starts_with(RECORDED) && env::var_os("CI").is_none_or(|ci| ci != "true") {
        eprintln!("SKIPPED: the errors are recorded with {RECORDED}, and this is {compiler}");
        return;
    }
    trybuild::TestCases::new().compile_fail("fail/*/*.rs");
}

#[test]
fn one_mistake_is_one_error_and_three_are_three() {
    for file in recorded() {
        let expected = if file.ends_with("three_mistakes.stderr") { 3 } else { 1 };
        let text = fs::read_to_string(&file).expect("a recorded error can be read");
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        let warnings = text.lines().filter(|line| line.starts_with("warning")).count();
        assert_eq!((errors, warnings), (expected, 0), "{}", file.display());
    }
}

#[test]
fn messages_are_lower_case_without_a_full_stop_and_never_just_invalid() {
    for file in recorded() {
        let text = fs::read_to_string(&file).expect("a recorded error can be read");
        for message in text.lines().filter_map(|line| line.strip_prefix("error: ")) {
            assert!(!message.starts_with(char::is_uppercase), "{}: {message}", file.display());
            assert!(!message.ends_with('.'), "{}: {message}", file.display());
            assert!(!message.contains("invalid"), "{}: {message}", file.display());
        }
    }
}

#[test]
fn nothing_recorded_names_a_machine() {
    for file in recorded() {
        let text = fs::read_to_string(&file).expect("a recorded error can be read");
        let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("ui-tests");
        // What the standard library looks like is shown only where its source is installed.
        for path in [root, ".cargo/registry", "$RUST", "$CARGO"] {
            assert!(!text.contains(path), "{} names {path}", file.display());
        }
    }
}

/// The release whose wording is recorded.
const RECORDED: &str = "rustc 1.95";

fn compiler() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("the compiler tells its version");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every recorded error.
fn recorded() -> Vec<PathBuf> {
    let folders = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fail"));
    let files = folders.iter().flat_map(|folder| entries(folder));
    files.filter(|file| file.extension().is_some_and(|extension| extension == "stderr")).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of cases can be read");
    entries.map(|entry| entry.expect("an entry can be read").path()).collect()
}
