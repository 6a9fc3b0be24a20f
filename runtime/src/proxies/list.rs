//! The elements of a list in a header, from its end.

use http::{HeaderMap, HeaderName};

/// Whether commas in quotes part nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotes(bool);

pub(super) const PLAIN: Quotes = Quotes(false);
pub(super) const QUOTED: Quotes = Quotes(true);

/// The elements of all lines with this name, the last one first, without those that are empty.
///
/// Quotes are paired from the end as well: what a client has left open must not swallow what the proxy wrote behind it.
pub(super) fn backwards<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
    quotes: Quotes,
) -> impl Iterator<Item = &'h [u8]> {
    let lines = headers.get_all(name).iter().rev();
    let elements = lines.flat_map(move |line| {
        let mut rest = Some(line.as_bytes());
        core::iter::from_fn(move || {
            let line = rest?;
            let comma = last_comma(line, quotes);
            rest = comma.map(|comma| &line[..comma]);
            Some(&line[comma.map_or(0, |comma| comma + 1)..])
        })
    });
    elements.map(<[u8]>::trim_ascii).filter(|element| !element.is_empty())
}

fn last_comma(line: &[u8], quotes: Quotes) -> Option<usize> {
    let mut in_quotes = false;
    for (at, byte) in line.iter().enumerate().rev() {
        match byte {
            b',' if !in_quotes => return Some(at),
            b'"' if quotes == QUOTED && !(in_quotes && is_escaped(&line[..at])) => in_quotes = !in_quotes,
            _ => {}
        }
    }
    None
}

/// Whether an odd number of backslashes stands before.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn elements(lines: &[&str], quotes: Quotes) -> Vec<String> {
        let name = HeaderName::from_static("x-list");
        let headers: HeaderMap =
            lines.iter().map(|line| (name.clone(), line.parse::<HeaderValue>().unwrap())).collect();
        backwards(&headers, &name, quotes).map(|element| String::from_utf8(element.to_vec()).unwrap()).collect()
    }

    #[test]
    fn several_lines_are_one_list() {
        assert_eq!(elements(&["a, b", "c"], PLAIN), ["c", "b", "a"]);
        assert_eq!(elements(&[",a,, ,b,", "", ","], PLAIN), ["b", "a"]);
        assert_eq!(elements(&[], PLAIN), [""; 0]);
    }

    #[test]
    fn a_comma_in_quotes_parts_nothing() {
        assert_eq!(elements(&["a=\"b,c\", d"], QUOTED), ["d", "a=\"b,c\""]);
        assert_eq!(elements(&["a=\"b\\\",c\", d"], QUOTED), ["d", "a=\"b\\\",c\""]);
        assert_eq!(elements(&["a=\"b,c\", d"], PLAIN), ["d", "c\"", "a=\"b"]);
    }

    #[test]
    fn what_is_left_open_swallows_nothing_behind_it() {
        assert_eq!(elements(&["for=\"evil, for=b"], QUOTED)[0], "for=b");
        assert_eq!(elements(&["for=\"evil, for=\"[::1]\""], QUOTED)[0], "for=\"[::1]\"");
    }

    #[test]
    fn many_quotes_and_backslashes_take_no_longer() {
        let line = format!("{}\"{}", "\\".repeat(40_000), "\"\\".repeat(20_000));
        assert_eq!(elements(&[&line], QUOTED).len(), 1);
    }
}
