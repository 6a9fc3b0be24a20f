//! What people put around a path: space, a method, a host, a query, a fragment.

use alloc::string::String;
use core::ops::Range;

use super::{Kind, Reading, piece};

/// Where the path stands in the text.
pub(super) fn path(reading: &mut Reading<'_>) -> Range<usize> {
    let mut path = 0..reading.text.len();
    if reading.text.trim().is_empty() {
        reading.error(path, Kind::Empty);
        return 0..0;
    }
    space(&mut path, reading);
    method(&mut path, reading);
    query_and_fragment(&mut path, reading);
    let is_url = origin(&mut path, reading);
    let text = reading.at(&path);
    if text.is_empty() && !is_url {
        reading.error(path.clone(), Kind::Empty);
    } else if !text.is_empty() && !text.starts_with(['/', '\\']) {
        let first = text.chars().next().map_or(0, char::len_utf8);
        reading.error(path.start..path.start + first, Kind::NoLeadingSlash);
    }
    path
}

fn space(path: &mut Range<usize>, reading: &mut Reading<'_>) {
    let text = reading.at(path);
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    if start > 0 {
        reading.error(0..start, Kind::SpaceAround);
    }
    if end < text.len() {
        reading.error(end..text.len(), Kind::SpaceAround);
    }
    *path = start..end;
}

/// `GET /products`.
fn method(path: &mut Range<usize>, reading: &mut Reading<'_>) {
    let text = reading.at(path);
    let method = text.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let rest = method.trim_start();
    let length = text.len() - method.len();
    if length > 0 && rest.len() < method.len() && rest.starts_with('/') {
        let start = path.end - rest.len();
        reading.error(path.start..start, Kind::Method { method: String::from(&text[..length]) });
        path.start = start;
    }
}

/// `https://example.com/products`; whether there is an origin.
fn origin(path: &mut Range<usize>, reading: &mut Reading<'_>) -> bool {
    let text = reading.at(path);
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if !is_scheme {
        return false;
    }
    let start = path.end - rest.find('/').map_or(0, |slash| rest.len() - slash);
    let after = if start == path.end { "/" } else { &reading.text[start..path.end] };
    reading.error(path.start..start, Kind::FullUrl { path: String::from(after) });
    path.start = start;
    true
}

fn query_and_fragment(path: &mut Range<usize>, reading: &mut Reading<'_>) {
    let bytes = reading.text.as_bytes();
    let (mut at, mut segment) = (path.start, path.start);
    while at < path.end {
        if let Some(end) = piece::closing(reading.at(path), at - path.start) {
            at = path.start + end;
            continue;
        }
        match bytes[at] {
            b'#' => break,
            b'?' if !is_optional_mark(bytes, segment, at, path.end) => break,
            b'/' => segment = at + 1,
            _ => {}
        }
        at += 1;
    }
    if at >= path.end {
        return;
    }
    let fragment = reading.text[at..path.end].find('#').map_or(path.end, |offset| at + offset);
    if at < fragment {
        reading.error(at..fragment, Kind::Query);
    }
    if fragment < path.end {
        reading.error(fragment..path.end, Kind::Fragment);
    }
    path.end = at;
}

/// `/:id?` and `/[id]?` mean an optional segment and no query.
fn is_optional_mark(bytes: &[u8], segment: usize, at: usize, end: usize) -> bool {
    let ends_segment = at + 1 == end || bytes[at + 1] == b'/';
    ends_segment && at > segment && (bytes[segment] == b':' || bytes[at - 1] == b']')
}
