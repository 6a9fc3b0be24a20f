//! What holds for any text at all, whether it is a pattern or not.

mod common;

use proptest::{collection::vec, prelude::*, sample::select};
use rutter_pattern::Pattern;

use crate::common::patterns;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_text_is_a_pattern_or_has_mistakes_within_it(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn segments_that_are_almost_right_are_read_by_the_grammar(segments in vec(select(SEGMENTS), 1..5)) {
        check(&format!("/{}", segments.join("/")))?;
    }

    #[test]
    fn any_text_of_the_grammar_is_a_pattern_or_has_mistakes_within_it(pieces in vec(select(PIECES), 0..12)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn a_path_without_groups_is_a_pattern_of_the_same_segments(pattern in patterns()) {
        let path = Pattern::parse(&pattern.path()).expect("a path is a pattern");

        prop_assert_eq!(path.segments(), pattern.segments());
        prop_assert_eq!(path.as_str(), pattern.path());
    }
}

/// The grammar once more, as short as it can be said.
fn is_pattern(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('/') else { return false };
    let mut names = Vec::new();
    let mut ended = false;
    rest.is_empty() || rest.split('/').all(|segment| is_segment(segment, &mut names, &mut ended))
}

/// `ended` once there was a catch-all, after which only groups may come.
fn is_segment<'t>(segment: &'t str, names: &mut Vec<&'t str>, ended: &mut bool) -> bool {
    let within = |open: &str, close: &str| segment.strip_prefix(open)?.strip_suffix(close);
    if let Some(group) = within("(", ")") {
        return !group.is_empty() && group.chars().all(is_plain);
    }
    let after_the_end = std::mem::replace(ended, segment.starts_with("[...") || segment.starts_with("[[...") || *ended);
    let name = within("[[...", "]]").or_else(|| within("[...", "]")).or_else(|| within("[", "]"));
    let is_form = if let Some(name) = name {
        let is_new = !names.contains(&name);
        names.push(name);
        is_new && is_name(name)
    } else {
        let is_dots = matches!(segment, "" | "." | "..") || segment.starts_with("...");
        !is_dots && !segment.starts_with(':') && segment.chars().all(is_plain)
    };
    is_form && !after_the_end
}

fn is_name(name: &str) -> bool {
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let is_keyword = ["type", "gen"].contains(&name);
    !matches!(name, "" | "_")
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(is_word)
        && !is_keyword
}

fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~!$&'+,;=:@".contains(character)
}

/// What patterns, and what comes close to them, are made of.
const PIECES: &[&str] = &[
    "/",
    "/",
    "/",
    "\\",
    "[",
    "]",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    "...",
    "..",
    ".",
    "…",
    ":",
    "*",
    "+",
    "?",
    "#",
    "%",
    "%2F",
    "a",
    "b",
    "id",
    "type",
    "_",
    "-",
    "1",
    " ",
    "\n",
    "\0",
    "ü",
    "日",
    "\u{301}",
    "\u{202e}",
    "GET ",
    "https://",
    "path",
    "=",
    "\"",
    "`",
    "[id]",
    "[...path]",
    "[[...path]]",
    "(shop)",
    "\u{feff}",
];

/// Whole segments, right and wrong.
const SEGMENTS: &[&str] = &[
    "a",
    "b",
    "a-b",
    "items:batch",
    "[id]",
    "[slug]",
    "[type]",
    "[_]",
    "[2a]",
    "[]",
    "[[id]]",
    "[...path]",
    "[..path]",
    "[[...path]]",
    "[[...rest]]",
    "[...id]",
    "(shop)",
    "()",
    "(a)(b)",
    "(.)",
    "v[id]",
    "[id]]",
    "[[id]",
    "...",
    "..",
    ".",
    "...a.b",
    ":id",
    "*",
    "{id}",
    "a?",
    "a b",
    "",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    let parsed = Pattern::parse(text);
    prop_assert_eq!(parsed.is_ok(), is_pattern(text), "{:?}", text);
    let Err(errors) = parsed else { return Ok(()) };
    prop_assert!(!errors.is_empty());
    prop_assert!(errors.is_sorted_by_key(|error| error.range().start));
    for error in &errors {
        prop_assert!(text.get(error.range()).is_some(), "{:?} of {:?}", error.range(), text);
        let message = error.message();
        prop_assert!(!message.contains(char::is_control));
        prop_assert!(!message.contains("invalid") && !message.ends_with('.'));
        let drawn = error.to_string();
        let lines: Vec<&str> = drawn.split('\n').collect();
        prop_assert_eq!(lines.len(), 3);
        prop_assert_eq!(lines[0], message);
        prop_assert!(lines[1].starts_with("    ") && lines[2].starts_with("    "));
        prop_assert!(lines[2].trim_start_matches(' ').bytes().all(|byte| byte == b'^'));
        prop_assert!(lines[2].ends_with('^'));
    }
    Ok(())
}
