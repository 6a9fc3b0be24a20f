//! Conditional requests: whether a client has an answer already (RFC 9110 §13).

use core::time::Duration;
use std::time::SystemTime;

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE},
};

/// What the conditions of a GET or HEAD come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// They hold, or there are none: the answer is sent.
    Serve,
    /// The same, and the request has a `Range`: a GET may be sent a part.
    Part,
    /// The client has it: 304.
    NotModified,
    /// The client asked for another: 412.
    Failed,
}

/// Evaluates the conditions in the order of RFC 9110 §13.2.2, against what would be sent with a 200.
#[inline]
pub(crate) fn evaluate<'e>(
    headers: &HeaderMap,
    etag: impl FnOnce() -> Option<&'e HeaderValue>,
    modified: impl FnOnce() -> Option<&'e HeaderValue>,
) -> Verdict {
    let conditional = headers.keys().any(is_condition);
    if !conditional {
        return Verdict::Serve;
    }
    match decide(headers, etag(), modified()) {
        // RFC 9110 §13.2.2: last of all, and only once everything else holds.
        Verdict::Serve if headers.contains_key(RANGE) => Verdict::Part,
        verdict => verdict,
    }
}

/// Whether an `If-Range` lets the `Range` beside it count (RFC 9110 §13.1.5): there is none, or it names exactly what would
/// be sent, by a validator that is strong.
pub(crate) fn if_range_holds(
    headers: &HeaderMap,
    etag: Option<&HeaderValue>,
    modified: Option<&HeaderValue>,
    now: SystemTime,
) -> bool {
    let mut lines = headers.get_all(IF_RANGE).iter();
    let (line, None) = (lines.next(), lines.next()) else { return false };
    let Some(line) = line else { return true };
    let Some(since) = date(line) else {
        let tag = line.as_bytes().trim_ascii();
        return tag.starts_with(b"\"") && etag.is_some_and(|etag| is_same_strongly(tag, etag.as_bytes()));
    };
    // RFC 9110 §8.8.2.2: a date of less than a second ago may be followed by a change of the same date.
    let is_strong = now.duration_since(since).is_ok_and(|age| age >= Duration::from_secs(1));
    is_strong && modified.and_then(date) == Some(since)
}

// Each is compared with a constant: an array of them would be made, or read, for every header.
#[inline]
fn is_condition(name: &HeaderName) -> bool {
    *name == IF_NONE_MATCH
        || *name == IF_MODIFIED_SINCE
        || *name == IF_MATCH
        || *name == IF_UNMODIFIED_SINCE
        || *name == RANGE
}

fn decide(headers: &HeaderMap, etag: Option<&HeaderValue>, modified: Option<&HeaderValue>) -> Verdict {
    let modified = modified.and_then(date);
    if headers.contains_key(IF_MATCH) {
        if !lists(headers, &IF_MATCH, etag, is_same_strongly) {
            return Verdict::Failed;
        }
    } else if headers.get(IF_UNMODIFIED_SINCE).and_then(date).zip(modified).is_some_and(|(since, at)| at > since) {
        return Verdict::Failed;
    }
    if headers.contains_key(IF_NONE_MATCH) {
        // RFC 9110 §13.1.3: with `If-None-Match` the date says nothing.
        let has = lists(headers, &IF_NONE_MATCH, etag, is_same_weakly);
        return if has { Verdict::NotModified } else { Verdict::Serve };
    }
    match (headers.get(IF_MODIFIED_SINCE).and_then(date), modified) {
        (Some(since), Some(modified)) if modified <= since => Verdict::NotModified,
        _ => Verdict::Serve,
    }
}

fn date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
}

/// Whether a list of entity tags has this one, or is `*`.
fn lists(
    headers: &HeaderMap,
    name: &HeaderName,
    etag: Option<&HeaderValue>,
    is_same: fn(&[u8], &[u8]) -> bool,
) -> bool {
    let mut values = headers.get_all(name).iter();
    values.any(|value| {
        value.as_bytes().trim_ascii() == b"*"
            || etag.is_some_and(|etag| tags(value.as_bytes()).any(|tag| is_same(tag, etag.as_bytes())))
    })
}

/// The entity tags of a list. A comma may stand inside of one (RFC 9110 §8.8.3).
fn tags(mut list: &[u8]) -> impl Iterator<Item = &[u8]> {
    core::iter::from_fn(move || {
        let start = list.iter().position(|byte| !matches!(byte, b',' | b' ' | b'\t'))?;
        list = &list[start..];
        let open = if list.starts_with(b"W/\"") { 3 } else { usize::from(list.starts_with(b"\"")) };
        let close = match open {
            // What has no quotes is no entity tag; some clients send such.
            0 => list.iter().position(|byte| *byte == b',').unwrap_or(list.len()),
            _ => list[open..].iter().position(|byte| *byte == b'"').map_or(list.len(), |end| open + end + 1),
        };
        let (tag, rest) = list.split_at(close);
        list = rest;
        Some(tag)
    })
}

/// RFC 9110 §8.8.3.2, as `If-Match` compares.
fn is_same_strongly(one: &[u8], other: &[u8]) -> bool {
    one == other && !one.starts_with(b"W/")
}

/// RFC 9110 §8.8.3.2, as `If-None-Match` compares.
fn is_same_weakly(one: &[u8], other: &[u8]) -> bool {
    one.strip_prefix(b"W/").unwrap_or(one) == other.strip_prefix(b"W/").unwrap_or(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(headers: &[(&str, &str)], etag: Option<&str>, modified: Option<&str>) -> Verdict {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        let [etag, modified] = [etag, modified].map(|value| value.map(|value| value.parse::<HeaderValue>().unwrap()));
        evaluate(&headers, || etag.as_ref(), || modified.as_ref())
    }

    #[test]
    fn a_list_of_entity_tags_is_compared() {
        use Verdict::{Failed, NotModified, Serve};

        let strong = Some("\"a\"");
        let table = [
            (("if-none-match", "\"a\""), strong, NotModified),
            (("if-none-match", "\"b\""), strong, Serve),
            (("if-none-match", "\"b\", \"a\""), strong, NotModified),
            (("if-none-match", "\"b\",\"a\""), strong, NotModified),
            (("if-none-match", "W/\"a\""), strong, NotModified),
            (("if-none-match", "\"a\""), Some("W/\"a\""), NotModified),
            (("if-none-match", "\"x,y\", \"a\""), strong, NotModified),
            (("if-none-match", "\"b, \\\"a\\\"\""), strong, Serve),
            (("if-none-match", "*"), strong, NotModified),
            (("if-none-match", "*"), None, NotModified),
            (("if-none-match", "a"), strong, Serve),
            (("if-none-match", "\"a"), strong, Serve),
            (("if-none-match", ""), strong, Serve),
            (("if-none-match", "\"a\""), None, Serve),
            (("if-match", "\"a\""), strong, Serve),
            (("if-match", "W/\"a\""), strong, Failed),
            (("if-match", "W/\"a\""), Some("W/\"a\""), Failed),
            (("if-match", "\"b\", \"c\""), strong, Failed),
            (("if-match", "*"), strong, Serve),
        ];
        for (header, etag, expected) in table {
            assert_eq!(verdict(&[header], etag, None), expected, "{header:?} of {etag:?}");
        }
    }

    #[test]
    fn dates_are_compared_where_no_entity_tag_is() {
        use Verdict::{Failed, NotModified, Serve};

        const EARLY: &str = "Sat, 31 Jan 2026 09:00:00 GMT";
        const LATE: &str = "Sun, 01 Feb 2026 09:00:00 GMT";
        let table = [
            (vec![("if-modified-since", EARLY)], EARLY, NotModified),
            (vec![("if-modified-since", LATE)], EARLY, NotModified),
            (vec![("if-modified-since", EARLY)], LATE, Serve),
            (vec![("if-modified-since", "yesterday")], EARLY, Serve),
            (vec![("if-unmodified-since", EARLY)], LATE, Failed),
            (vec![("if-unmodified-since", LATE)], EARLY, Serve),
            (vec![("if-none-match", "\"b\""), ("if-modified-since", LATE)], EARLY, Serve),
            (vec![("if-match", "\"a\""), ("if-unmodified-since", EARLY)], LATE, Serve),
        ];
        for (headers, modified, expected) in table {
            assert_eq!(verdict(&headers, Some("\"a\""), Some(modified)), expected, "{headers:?}, {modified}");
        }
    }

    #[test]
    fn a_range_counts_once_everything_else_holds() {
        use Verdict::{Failed, NotModified, Part};

        const EARLY: &str = "Sat, 31 Jan 2026 09:00:00 GMT";
        const LATE: &str = "Sun, 01 Feb 2026 09:00:00 GMT";
        // RFC 9110 §13.2.2, step by step; the entity tag is "a" and the date the early one.
        let table = [
            (vec![], Part),
            (vec![("if-match", "\"a\"")], Part),
            (vec![("if-match", "\"b\"")], Failed),
            (vec![("if-match", "\"a\""), ("if-unmodified-since", "Fri, 30 Jan 2026 09:00:00 GMT")], Part),
            (vec![("if-unmodified-since", LATE)], Part),
            (vec![("if-unmodified-since", "Fri, 30 Jan 2026 09:00:00 GMT")], Failed),
            (vec![("if-match", "\"a\""), ("if-none-match", "\"a\"")], NotModified),
            (vec![("if-match", "\"b\""), ("if-none-match", "\"a\"")], Failed),
            (vec![("if-none-match", "\"b\"")], Part),
            (vec![("if-none-match", "\"b\""), ("if-modified-since", LATE)], Part),
            (vec![("if-modified-since", EARLY)], NotModified),
            (vec![("if-modified-since", "Fri, 30 Jan 2026 09:00:00 GMT")], Part),
            // It is looked at with the range, by `if_range_holds`.
            (vec![("if-range", "\"b\"")], Part),
        ];
        for (mut headers, expected) in table {
            headers.push(("range", "bytes=0-1"));
            assert_eq!(verdict(&headers, Some("\"a\""), Some(EARLY)), expected, "{headers:?}");
        }
    }

    #[test]
    fn an_if_range_is_compared_strongly() {
        const DATE: &str = "Sat, 31 Jan 2026 09:00:00 GMT";
        let modified: HeaderValue = DATE.parse().unwrap();
        let [at_once, later] = [0, 1].map(|age| date(&modified).unwrap() + Duration::from_secs(age));
        let table = [
            (&[][..], "\"a\"", later, true),
            (&["\"a\""], "\"a\"", at_once, true),
            (&["\"b\""], "\"a\"", later, false),
            (&["W/\"a\""], "\"a\"", later, false),
            (&["W/\"a\""], "W/\"a\"", later, false),
            (&["\"a\""], "W/\"a\"", later, false),
            // It is one entity tag and no list.
            (&["\"b\", \"a\""], "\"a\"", later, false),
            (&["*"], "\"a\"", later, false),
            (&["\"a\"", "\"a\""], "\"a\"", later, false),
            (&[DATE], "\"a\"", later, true),
            (&[DATE], "\"a\"", at_once, false),
            (&["Sat, 31 Jan 2026 09:00:01 GMT"], "\"a\"", later, false),
            (&["Sun, 01 Feb 2026 09:00:00 GMT"], "\"a\"", later, false),
        ];
        for (lines, etag, now, expected) in table {
            let headers = lines.iter().map(|line| (IF_RANGE, line.parse().unwrap())).collect();
            let holds = if_range_holds(&headers, Some(&etag.parse().unwrap()), Some(&modified), now);
            assert_eq!(holds, expected, "{lines:?} of {etag}");
        }
        let headers = [(IF_RANGE, "\"a\"".parse().unwrap())].into_iter().collect();
        assert!(!if_range_holds(&headers, None, None, later), "what has no entity tag is not known to be the same");
    }

    #[test]
    fn several_lines_are_one_list() {
        let headers = [("if-none-match", "\"b\""), ("if-none-match", "\"a\"")];
        assert_eq!(verdict(&headers, Some("\"a\""), None), Verdict::NotModified);
    }
}
