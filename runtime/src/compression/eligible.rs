//! Which answers are compressed: by status, headers and length.

use http::{
    HeaderMap, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE},
};

use crate::directive::has_directive;

/// Whether an answer of this length is worth compressing, and may be. A stream has no length.
pub(crate) fn is_compressible(status: StatusCode, headers: &HeaderMap, len: Option<u64>, least: u64) -> bool {
    let is_short = len.is_some_and(|len| len < least.max(1));
    !is_short && has_whole_body(status, headers) && has_text(headers) && !is_fixed(headers)
}

/// Whether a 304 or a 206 may stand for an answer that is compressible. Neither need tell the media type of that: a 206 of
/// several parts has one of its own.
pub(super) fn may_stand_for_text(headers: &HeaderMap) -> bool {
    let is_silent = essence(headers).is_none_or(|essence| essence.eq_ignore_ascii_case(b"multipart/byteranges"));
    (is_silent || has_text(headers)) && !is_fixed(headers)
}

/// RFC 9110 §15.3.7: a 206 is a part of bytes that the client counts as they are.
fn has_whole_body(status: StatusCode, headers: &HeaderMap) -> bool {
    !status.is_informational()
        && !headers.contains_key(CONTENT_RANGE)
        && !matches!(
            status,
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED
        )
}

/// Whether the bytes have to be sent as they are: encoded already, described by a digest, or not to be transformed.
fn is_fixed(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_ENCODING)
        || DIGESTS.iter().any(|name| headers.contains_key(*name))
        // RFC 9110 §7.7, RFC 9111 §5.2.2.6.
        || has_directive(headers, "no-transform")
}

/// RFC 9530 §2, and what came before it.
const DIGESTS: [&str; 4] = ["content-digest", "repr-digest", "digest", "content-md5"];

/// Whether the media type is one of text, or of what is as repetitive. An answer without one may be anything.
fn has_text(headers: &HeaderMap) -> bool {
    let Some(essence) = essence(headers) else { return false };
    let has_prefix =
        |prefix: &str| essence.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()));
    let has_suffix = |suffix: &str| {
        let start = essence.len().checked_sub(suffix.len());
        start.is_some_and(|start| essence[start..].eq_ignore_ascii_case(suffix.as_bytes()))
    };
    if essence.eq_ignore_ascii_case(b"text/event-stream") {
        return false;
    }
    has_prefix("text/")
        || SUFFIXES.iter().any(|suffix| has_suffix(suffix))
        || TYPES.iter().any(|name| essence.eq_ignore_ascii_case(name.as_bytes()))
}

/// The media type without its parameters.
fn essence(headers: &HeaderMap) -> Option<&[u8]> {
    let value = headers.get(CONTENT_TYPE)?.as_bytes();
    Some(value.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii())
}

/// The structured syntaxes that are text (RFC 6839, RFC 9512).
const SUFFIXES: [&str; 4] = ["+json", "+xml", "+yaml", "+json-seq"];

const TYPES: [&str; 24] = [
    "application/dns-json",
    "application/ecmascript",
    "application/graphql",
    "application/javascript",
    "application/json",
    "application/json-seq",
    "application/jsonl",
    "application/ndjson",
    "application/rtf",
    "application/sql",
    "application/toml",
    "application/vnd.ms-fontobject",
    "application/wasm",
    "application/x-javascript",
    "application/x-ndjson",
    "application/x-sh",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/yaml",
    "font/otf",
    "font/ttf",
    "image/bmp",
    "image/vnd.microsoft.icon",
    "image/x-icon",
];

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let field = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        fields.iter().map(field).collect()
    }

    #[test]
    fn the_media_type_says_whether_it_is_worth_it() {
        let table = [
            ("text/plain; charset=utf-8", true),
            ("text/html", true),
            ("TEXT/CSV ; header=present", true),
            ("text/event-stream", false),
            ("Text/Event-Stream; charset=utf-8", false),
            ("application/json", true),
            ("Application/JSON;charset=utf-8", true),
            ("application/problem+json", true),
            ("application/vnd.api+JSON", true),
            ("application/atom+xml", true),
            ("application/javascript", true),
            ("application/wasm", true),
            ("image/svg+xml", true),
            ("image/png", false),
            ("image/jpeg", false),
            ("video/mp4", false),
            ("audio/mpeg", false),
            ("font/woff2", false),
            ("font/woff", false),
            ("font/ttf", true),
            ("application/zip", false),
            ("application/gzip", false),
            ("application/pdf", false),
            ("application/octet-stream", false),
            ("application/jsonx", false),
            ("application/x-text/plain", false),
            ("multipart/form-data; boundary=text/plain", false),
            ("text", false),
            ("", false),
        ];
        for (value, expected) in table {
            assert_eq!(has_text(&headers(&[("content-type", value)])), expected, "{value}");
        }
        assert!(!has_text(&HeaderMap::new()));
    }

    #[test]
    fn what_has_to_stay_as_it_is_stays() {
        let table = [
            (("x-a", "1"), true),
            (("content-encoding", "gzip"), false),
            (("content-encoding", "identity"), false),
            (("content-range", "bytes 0-9/10"), false),
            (("cache-control", "no-transform"), false),
            (("cache-control", "max-age=5, No-Transform"), false),
            (("cache-control", "no-transform;x"), false),
            (("cache-control", "max-age=5, no-transformer"), true),
            (("content-digest", "sha-256=:YQ==:"), false),
            (("repr-digest", "sha-256=:YQ==:"), false),
        ];
        for (field, expected) in table {
            let headers = headers(&[("content-type", "text/plain"), field]);
            assert_eq!(is_compressible(StatusCode::OK, &headers, None, 1_024), expected, "{field:?}");
        }
    }

    #[test]
    fn what_is_short_or_has_no_body_of_its_own_is_left() {
        let table = [
            (200, Some(1_023), false),
            (200, Some(1_024), true),
            (200, None, true),
            (200, Some(0), false),
            (201, None, true),
            (404, None, true),
            (500, None, true),
            (101, None, false),
            (204, None, false),
            (205, None, false),
            (206, None, false),
            (304, None, false),
        ];
        for (status, len, expected) in table {
            let status = StatusCode::from_u16(status).unwrap();
            let headers = headers(&[("content-type", "text/plain")]);
            assert_eq!(is_compressible(status, &headers, len, 1_024), expected, "{status}, {len:?}");
        }
    }

    #[test]
    fn what_tells_no_media_type_may_stand_for_text() {
        let table: [(&[(&str, &str)], bool); 9] = [
            (&[], true),
            (&[("content-type", "text/html; charset=utf-8")], true),
            (&[("content-type", "video/mp4")], false),
            (&[("content-type", "text/csv"), ("content-range", "bytes 0-9/10000")], true),
            (&[("content-type", "video/mp4"), ("content-range", "bytes 0-9/10000")], false),
            (&[("content-type", "Multipart/ByteRanges; boundary=7")], true),
            (&[("content-type", "multipart/mixed; boundary=7")], false),
            (&[("content-type", "multipart/byteranges; boundary=7"), ("content-encoding", "gzip")], false),
            (&[("cache-control", "no-transform")], false),
        ];
        for (fields, expected) in table {
            assert_eq!(may_stand_for_text(&headers(fields)), expected, "{fields:?}");
        }
    }

    #[test]
    fn no_bytes_are_never_compressed() {
        assert!(!is_compressible(StatusCode::OK, &headers(&[("content-type", "text/plain")]), Some(0), 0));
    }
}
