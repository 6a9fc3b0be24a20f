//! Static text: which characters a segment of a path may hold.

use alloc::string::String;
use core::ops::Range;

use super::{Kind, Reading};

/// Checks static text. Neighbours with the same mistake make one error.
pub(super) fn check(range: &Range<usize>, reading: &mut Reading<'_>) {
    let text = reading.at(range);
    let mut at = 0;
    while at < text.len() {
        let (class, end) = run(text, at);
        if let Some(class) = class {
            reading.error(range.start + at..range.start + end, kind(class, &text[at..end]));
        }
        at = end;
    }
}

/// Whether static text may hold each of the characters.
pub(super) fn are_plain(text: &str) -> bool {
    text.is_empty() || run(text, 0) == (None, text.len())
}

/// The class of the character at `at`, and where its run of the same class ends.
fn run(text: &str, at: usize) -> (Option<Class>, usize) {
    let (first, mut end) = class(text, at);
    while end < text.len() {
        let (class, next) = class(text, end);
        if class != first {
            break;
        }
        end = next;
    }
    (first, end)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Stray(char),
    Wildcard,
    Escape,
    Control,
    Space,
    NonAscii,
    Other,
}

/// What is wrong with the character at `at`, `None` when a segment may hold it, and where it ends.
fn class(text: &str, at: usize) -> (Option<Class>, usize) {
    let character = text[at..].chars().next().unwrap_or_default();
    let end = at + character.len_utf8();
    let class = match character {
        // RFC 3986 §3.3, `pchar`, without escapes and without what the grammar uses: `(`, `)` and `*`.
        'A'..='Z' | 'a'..='z' | '0'..='9' => return (None, end),
        '-' | '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '+' | ',' | ';' | '=' | ':' | '@' => {
            return (None, end);
        }
        ']' | ')' | '}' | '>' => Class::Stray(character),
        '*' => Class::Wildcard,
        '%' => return (Some(Class::Escape), end + escape_length(&text[end..])),
        _ if character.is_control() => Class::Control,
        _ if character.is_whitespace() => Class::Space,
        _ if !character.is_ascii() => Class::NonAscii,
        _ => Class::Other,
    };
    (Some(class), end)
}

fn kind(class: Class, run: &str) -> Kind {
    let text = String::from(run);
    match class {
        Class::Stray(bracket) => Kind::Stray { bracket },
        Class::Wildcard => Kind::Wildcard,
        Class::Escape => Kind::Escape { text },
        Class::Control => Kind::Control { text },
        Class::Space => Kind::Space,
        Class::NonAscii => Kind::NonAscii { text },
        Class::Other => Kind::Character { text },
    }
}

/// Two hexadecimal digits after a percent sign belong to it.
fn escape_length(rest: &str) -> usize {
    let is_escape = rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if is_escape { 2 } else { 0 }
}
