//! The house stands on its floors: a module uses only those that are named before it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Bottom up, as ARCHITECTURE.md draws it; what stands on one floor is ordered as well.
const FLOORS: [&[&str]; 8] = [
    &[
        "error",
        "secret",
        "percent",
        "token",
        "vary",
        "chance",
        "time",
        "reads",
        "limits",
        "host",
        "proxies",
        "methods",
        "state",
        "conditional",
        "directive",
        "range",
        "ending",
        "work",
        "app",
        "body",
    ],
    &["response", "extract"],
    &["compression", "cache", "file", "after", "sse", "cookie", "cors", "user_agent", "webhook"],
    &["route", "router"],
    &["routes"],
    &["service"],
    &["testing", "prelude", "private"],
    &["lib"],
];

#[test]
fn a_module_uses_only_the_floors_below_it() {
    let order: Vec<&str> = FLOORS.concat();
    let mut wrong = Vec::new();
    for file in sources(&root()) {
        let module = module_of(&file);
        let place = |name: &str| order.iter().position(|other| *other == name);
        let own = place(&module).unwrap_or_else(|| panic!("`{module}` stands on no floor"));
        for used in used_modules(&file) {
            if place(&used).is_some_and(|used| used > own) {
                wrong.push(format!("{} uses `{used}`, which stands above `{module}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_floor_is_there() {
    let modules: Vec<String> = sources(&root()).iter().map(|file| module_of(file)).collect();
    for module in FLOORS.concat() {
        assert!(modules.iter().any(|other| other == module), "no file of `{module}`");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the entry can be read").path());
    paths.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// `src/extract/json.rs` -> `extract`, `src/reads.rs` -> `reads`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root()).expect("a source file");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a file names in its code: `crate::body::Body`, and the names
/// in `use crate::{body::Body, …}`. Names that `lib` re-exports count as modules of `lib`.
fn used_modules(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("the file can be read");
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut modules = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        let rest = &code[at + "crate::".len()..];
        if before == Some('$') || before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(list) => modules.extend(top_level_names(list)),
            None => modules.push(name_at(rest)),
        }
    }
    modules
}

fn top_level_names(list: &str) -> Vec<String> {
    let mut names = vec![name_at(list.trim_start())];
    let mut depth = 0;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name_at(list[at + 1..].trim_start())),
            _ => {}
        }
    }
    names
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
