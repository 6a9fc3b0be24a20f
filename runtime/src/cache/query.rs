//! The pairs of a query that belong to a key: read, put in order, and written again.

use std::borrow::Cow;

use crate::{
    cache::Vary,
    percent::{push, resolved},
};

/// A name and a value, their escapes resolved.
pub(super) type Pair<'q> = (Cow<'q, [u8]>, Cow<'q, [u8]>);

/// The pairs that `vary` names: all of them by their names, or each name in turn. Values of one name stay in their
/// order. `None` where an escape is none, or there are too many: the handler will say so.
pub(super) fn pairs<'q>(query: &'q str, vary: &[Vary], limit: usize) -> Option<Vec<Pair<'q>>> {
    let mut pairs: Vec<Pair<'q>> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((decoded(name)?, decoded(value)?));
        if pairs.len() > limit {
            return None;
        }
    }
    if !vary.contains(&Vary::WholeQuery) {
        pairs.retain(|(name, _)| vary.iter().any(|vary| is_of(*vary, name)));
    }
    // Stable: what stands twice keeps its order.
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    Some(pairs)
}

fn is_of(vary: Vary, name: &[u8]) -> bool {
    matches!(vary, Vary::Query(varied) if varied.as_bytes() == name)
}

/// The text with its escapes resolved and `+` for a blank; it must be UTF-8.
fn decoded(text: &str) -> Option<Cow<'_, [u8]>> {
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return Some(Cow::Borrowed(text.as_bytes()));
    }
    let blanks = text.replace('+', " ");
    let bytes = resolved(blanks.as_bytes()).collect::<Option<Vec<u8>>>()?;
    core::str::from_utf8(&bytes).ok()?;
    Some(Cow::Owned(bytes))
}

/// Writes pairs as a query again.
pub(super) fn write(pairs: &[Pair<'_>], query: &mut String) {
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            query.push('&');
        }
        escape(name, query);
        query.push('=');
        escape(value, query);
    }
}

fn escape(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        push(text, *byte, byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(query: &str, vary: &[Vary]) -> Option<String> {
        let mut text = String::new();
        write(&pairs(query, vary, 5)?, &mut text);
        Some(text)
    }

    #[test]
    fn queries_that_mean_the_same_are_written_the_same() {
        let whole = [Vary::WholeQuery];
        for query in ["a=1&b=2", "b=2&a=1", "&&a=1&b=2&", "%61=1&b=%32", "a=1&b=2&"] {
            assert_eq!(written(query, &whole).as_deref(), Some("a=1&b=2"), "{query}");
        }
        assert_eq!(written("q=a+b", &whole), written("q=a%20b", &whole));
    }

    #[test]
    fn queries_that_differ_are_written_differently() {
        let queries = ["", "a=1", "a=1&a=2", "a=2&a=1", "a=1%26b", "a=1&b", "a=%2B", "a=+", "A=1", "a%3D1"];
        for (index, query) in queries.iter().enumerate() {
            for other in &queries[index + 1..] {
                assert_ne!(written(query, &[Vary::WholeQuery]), written(other, &[Vary::WholeQuery]), "{query} {other}");
            }
        }
    }

    #[test]
    fn only_what_is_named_is_there() {
        let vary = [Vary::Query("page"), Vary::Query("q"), Vary::Header("accept")];
        assert_eq!(written("x=1&q=a&page=2&y=3&page=1", &vary).as_deref(), Some("page=2&page=1&q=a"));
        assert_eq!(written("x=1", &vary).as_deref(), Some(""));
    }

    #[test]
    fn what_is_malformed_has_no_key() {
        for query in ["a=%", "a=%zz", "a=%FF", "%C3=1", "a&b&c&d&e&f"] {
            assert_eq!(written(query, &[Vary::WholeQuery]), None, "{query}");
        }
    }
}
