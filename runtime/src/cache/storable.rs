//! Which answers are kept: whole ones, of some statuses, that are for everyone.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        AGE, CACHE_CONTROL, CACHE_STATUS, CONNECTION, CONTENT_LENGTH, DATE, ETAG, SET_COOKIE, TE, TRAILER,
        TRANSFER_ENCODING, UPGRADE, VARY,
    },
};
use sha2::{Digest, Sha256};

use crate::{
    cache::{Entry, shelf::Shelf},
    directive::has_directive,
    response::{NeverKept, Response},
    time::Timestamp,
};

/// Who an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// For everyone, now and later: it is kept.
    Keep,
    /// For those who wait for it; for this reason it is not kept.
    Share(&'static str),
    /// For one request alone, for this reason.
    Alone(&'static str),
}

/// Decides by status, headers and length.
pub(crate) fn fate(response: &Response, largest: u64) -> Fate {
    let (status, headers) = (response.status(), response.headers());
    if let Some(why) = is_for_one(headers) {
        return Fate::Alone(why);
    }
    if let Some(NeverKept(why)) = response.extensions().get() {
        return Fate::Alone(why);
    }
    match response.body().len() {
        None => return Fate::Alone("streams"),
        Some(len) if len > largest => return Fate::Alone("too-large"),
        Some(_) => {}
    }
    if !STORED.contains(&status) {
        return Fate::Share("status");
    }
    // RFC 9111 §5.2.2.4: it would have to be made anew each time.
    if has_directive(headers, "no-cache") {
        return Fate::Share("no-cache");
    }
    Fate::Keep
}

/// The statuses that say something lasting about a resource, and whose answers are whole.
const STORED: [StatusCode; 6] = [
    StatusCode::OK,
    StatusCode::NO_CONTENT,
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::PERMANENT_REDIRECT,
    StatusCode::NOT_FOUND,
    StatusCode::GONE,
];

fn is_for_one(headers: &HeaderMap) -> Option<&'static str> {
    if headers.contains_key(SET_COOKIE) {
        return Some("set-cookie");
    }
    // RFC 9111 §4.1: `*` matches no request at all.
    if headers.get_all(VARY).iter().any(|value| value.as_bytes().contains(&b'*')) {
        return Some("vary");
    }
    ["no-store", "private"].into_iter().find(|name| has_directive(headers, name))
}

/// The entry of an answer whose whole body is there.
pub(crate) fn entry(status: StatusCode, headers: &HeaderMap, body: &[u8], made: Timestamp, shelf: &Shelf) -> Entry {
    let named: Vec<HeaderName> = headers.get_all(CONNECTION).iter().flat_map(names).collect();
    let kept = headers.iter().filter(|(name, _)| !OF_ONE_ANSWER.contains(name) && !named.contains(name));
    let mut kept: Vec<_> = kept.map(|(name, value)| (own_name(name), own_value(value))).collect();
    if status == StatusCode::OK && !headers.contains_key(ETAG) {
        kept.push((ETAG, etag(body)));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        kept.push((CACHE_CONTROL, shelf.cache_control.clone()));
    }
    if let Some(vary) = &shelf.vary_header {
        kept.retain(|(name, value)| *name != VARY || value != vary);
        kept.push((VARY, vary.clone()));
    }
    // RFC 9110 §15.3.5: whatever the handler has written.
    let body = if status == StatusCode::NO_CONTENT { Bytes::new() } else { shared(&Bytes::copy_from_slice(body)) };
    Entry { status, headers: kept, body, made }
}

// What is kept is copied: a slice would keep alive all of what it was cut from, such as the buffer that a request was
// read into.

fn own_name(name: &HeaderName) -> HeaderName {
    HeaderName::from_bytes(name.as_str().as_bytes()).expect("it is a name already")
}

fn own_value(value: &HeaderValue) -> HeaderValue {
    let mut own = HeaderValue::from_bytes(value.as_bytes()).expect("it is a value already");
    own.set_sensitive(value.is_sensitive());
    shared(&own)
}

/// The first clone of bytes makes them shared, and knows it; the first owner looks again each time.
fn shared<T: Clone>(own: &T) -> T {
    own.clone()
}

/// What belongs to the connection or to the moment, and is written anew for each request.
static OF_ONE_ANSWER: [HeaderName; 9] =
    [AGE, CACHE_STATUS, CONNECTION, CONTENT_LENGTH, DATE, TE, TRAILER, TRANSFER_ENCODING, UPGRADE];

/// The fields that `Connection` names (RFC 9110 §7.6.1).
fn names(value: &HeaderValue) -> Vec<HeaderName> {
    let list = value.to_str().unwrap_or_default();
    list.split(',').filter_map(|name| name.trim().parse().ok()).collect()
}

/// A strong entity tag: a digest of the bytes.
fn etag(body: &[u8]) -> HeaderValue {
    let digest = Sha256::digest(body);
    let mut text = String::from("\"");
    for byte in &digest[..16] {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    text.push('"');
    HeaderValue::try_from(text).expect("letters and digits")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{body::Body, cache::CachePolicy};

    fn answer(status: u16, headers: &[(&str, &str)], body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        for (name, value) in headers {
            response.headers_mut().append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        response
    }

    #[test]
    fn what_is_kept_is_decided_by_the_status() {
        use Fate::{Keep, Share};

        let other = Share("status");
        let table = [
            (200, Keep),
            (201, other),
            (203, other),
            (204, Keep),
            (206, other),
            (301, Keep),
            (302, other),
            (307, other),
            (308, Keep),
            (400, other),
            (401, other),
            (403, other),
            (404, Keep),
            (410, Keep),
            (429, other),
            (500, other),
            (503, other),
        ];
        for (status, expected) in table {
            assert_eq!(fate(&answer(status, &[], Body::from("x")), 10), expected, "{status}");
        }
    }

    #[test]
    fn what_is_for_one_is_not_kept() {
        use Fate::{Alone, Keep, Share};

        let table = [
            (("set-cookie", "a=b"), Alone("set-cookie")),
            (("cache-control", "no-store"), Alone("no-store")),
            (("cache-control", "max-age=5, PRIVATE"), Alone("private")),
            (("cache-control", "private=\"x-user\""), Alone("private")),
            (("cache-control", "no-cache"), Share("no-cache")),
            (("cache-control", "max-age=5"), Keep),
            (("cache-control", "x-private"), Keep),
            (("cache-control", "\"no-store\""), Alone("no-store")),
            (("cache-control", "no-store;x"), Alone("no-store")),
            (("cache-control", "max-age=5, no-store x"), Alone("no-store")),
            (("vary", "*"), Alone("vary")),
            (("vary", "accept"), Keep),
            (("x-cookie", "a=b"), Keep),
        ];
        for (header, expected) in table {
            assert_eq!(fate(&answer(200, &[header], Body::from("x")), 10), expected, "{header:?}");
        }
    }

    #[test]
    fn a_directive_beside_bytes_that_are_no_text_is_seen() {
        let mut response = answer(200, &[], Body::from("x"));
        let value = HeaderValue::from_bytes(b"no-store, private, note=\"\xe9\"").unwrap();
        response.headers_mut().insert(CACHE_CONTROL, value);
        assert_eq!(fate(&response, 10), Fate::Alone("no-store"));
    }

    #[test]
    fn what_is_large_or_streams_is_not_kept() {
        assert_eq!(fate(&answer(200, &[], Body::from(vec![0; 10])), 10), Fate::Keep);
        assert_eq!(fate(&answer(200, &[], Body::from(vec![0; 11])), 10), Fate::Alone("too-large"));
    }

    #[test]
    fn an_entry_has_a_strong_entity_tag_and_says_who_may_keep_it() {
        let shelf =
            Shelf::new(0, "x", 10, CachePolicy::Static, [].into(), &[], &[crate::cache::Vary::Header("accept")]);
        let answer =
            answer(200, &[("connection", "x-hop"), ("x-hop", "1"), ("date", "x"), ("x-a", "1")], Body::empty());
        let entry = entry(StatusCode::OK, answer.headers(), b"abc", Timestamp::from_millis(0), &shelf);
        let told: Vec<String> =
            entry.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        assert_eq!(
            told,
            [
                "x-a: 1",
                "etag: \"ba7816bf8f01cfea414140de5dae2223\"",
                "cache-control: public, max-age=0, must-revalidate",
                "vary: accept",
            ]
        );
    }
}
