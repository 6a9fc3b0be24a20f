//! Names of params: identifiers that may name an argument.

use alloc::{borrow::ToOwned as _, string::String};
use core::ops::Range;

use super::{Kind, Reading};

/// Checks a name, and remembers it when it may name an argument.
pub(super) fn read(range: Range<usize>, reading: &mut Reading<'_>) {
    let name = reading.at(&range);
    if name == "_" {
        reading.error(range, Kind::Underscore);
    } else if !is_identifier(name) {
        let kind = Kind::Name { name: name.to_owned(), instead: suggestion(name, "id") };
        reading.error(range, kind);
    } else if KEYWORDS.contains(&name) {
        reading.error(range, Kind::Keyword { name: name.to_owned() });
    } else {
        reading.names.push((name, range));
    }
}

/// The nearest name that may name an argument, and `fallback` where there is none.
pub(super) fn suggestion(text: &str, fallback: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix("r#").unwrap_or(text);
    // `id:u64`, `id=int`: the type is the argument's.
    let untyped = text.split([':', '=']).next().unwrap_or(text);
    let text = if untyped.trim().is_empty() { text } else { untyped };
    let mut name = String::new();
    let mut gap = false;
    for character in text.chars() {
        if is_word(character) {
            if gap && !name.is_empty() {
                name.push('_');
            }
            gap = false;
            name.push(character);
        } else {
            gap = true;
        }
    }
    if name.trim_matches('_').is_empty() {
        return fallback.to_owned();
    }
    if name.starts_with(|character: char| character.is_ascii_digit()) {
        name.insert(0, '_');
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

fn is_identifier(name: &str) -> bool {
    name.chars().all(is_word) && !name.starts_with(|character: char| character.is_ascii_digit())
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The Rust Reference, "Keywords": the strict and the reserved ones of every edition up to 2024.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
