//! What headers say: the type of a body, and headers as types.

use http::{
    HeaderMap,
    header::{CONTENT_TYPE, HeaderValue},
};

use crate::token::is_of_token;

#[cfg(feature = "typed-headers")]
pub use typed::{TypedHeader, TypedHeaderRejection};

#[cfg(feature = "typed-headers")]
#[path = "typed_header.rs"]
mod typed;

/// What the request says the type of its body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentType<'h> {
    /// There is no header.
    Missing,
    /// There are two, or one that is no text: nobody can tell what is meant.
    Unclear,
    /// The value of the one header.
    Is(&'h str),
}

impl<'h> ContentType<'h> {
    pub(super) fn of(headers: &'h HeaderMap) -> Self {
        let Some(value) = headers.get(CONTENT_TYPE) else { return ContentType::Missing };
        // Counting is quicker than looking for a second one, and most requests repeat no header.
        if headers.len() != headers.keys_len() && headers.get_all(CONTENT_TYPE).iter().nth(1).is_some() {
            return ContentType::Unclear;
        }
        value.to_str().map_or(ContentType::Unclear, ContentType::Is)
    }

    /// Whether it is this media type, whatever its parameters.
    #[cfg_attr(not(any(feature = "form", feature = "multipart")), allow(dead_code))]
    pub(super) fn is(self, media_type: &str) -> bool {
        matches!(self, ContentType::Is(value) if essence(value).eq_ignore_ascii_case(media_type))
    }

    /// Whether it is `application/json` or ends in `+json` (RFC 6839 §3.1).
    pub(super) fn is_json(self) -> bool {
        let ContentType::Is(value) = self else { return false };
        if value == "application/json" {
            return true;
        }
        let essence = essence(value);
        if essence.eq_ignore_ascii_case("application/json") {
            return true;
        }
        let Some((kind, subtype)) = essence.split_once('/') else { return false };
        let Some((name, suffix)) = subtype.rsplit_once('+') else { return false };
        is_token(kind) && is_token(name) && suffix.eq_ignore_ascii_case("json")
    }

    /// The parameter of this name.
    #[cfg_attr(not(feature = "multipart"), allow(dead_code))]
    pub(super) fn parameter(self, name: &str) -> Option<String> {
        let ContentType::Is(value) = self else { return None };
        parameter(value, name)
    }
}

/// A value without its parameters.
fn essence(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim_matches([' ', '\t'])
}

/// The parameter of this name: `; name=token` or `; name="quoted \" text"` (RFC 9110 §5.6.6).
///
/// Only `\"` and `\\` are escapes: browsers send other backslashes in file names as they are.
pub(super) fn parameter(value: &str, wanted: &str) -> Option<String> {
    let (_, mut rest) = value.split_once(';')?;
    loop {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim_start_matches([' ', '\t', ';']).trim_end_matches([' ', '\t']);
        let (found, after) = parameter_value(after.trim_start_matches([' ', '\t']));
        if name.eq_ignore_ascii_case(wanted) {
            return Some(found);
        }
        rest = after;
    }
}

/// The value that the text begins with, and what follows its semicolon.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (token, rest) = text.split_once(';').unwrap_or((text, ""));
        return (token.trim_end_matches([' ', '\t']).to_owned(), rest);
    };
    let mut value = String::new();
    let mut letters = quoted.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => {
                let rest = quoted.get(at + 1..).unwrap_or_default();
                return (value, rest.split_once(';').map_or("", |(_, rest)| rest));
            }
            '\\' => value.push(letters.next_if(|(_, next)| matches!(next, '"' | '\\')).map_or('\\', |(_, next)| next)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// RFC 9110 §5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_of_token)
}

/// The value as text; bytes beyond ASCII may be UTF-8, as browsers send names of files.
#[cfg_attr(not(feature = "multipart"), allow(dead_code))]
pub(super) fn text(value: &HeaderValue) -> Option<&str> {
    core::str::from_utf8(value.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_its_type_or_suffix() {
        for value in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/json ;charset=\"utf-8\"",
            "application/problem+json",
            "application/vnd.api+json; version=1",
            "model/gltf+JSON",
        ] {
            assert!(ContentType::Is(value).is_json(), "{value}");
        }
        for value in [
            "",
            "json",
            "text/json",
            "text/plain",
            "application/jsonp",
            "application/json-seq",
            "application/+json",
            "/a+json",
            "application/x+json/y",
            "application/json, text/plain",
            "text/plain; a=application/json",
            "text/plain; a=\"x+json",
            "applica tion/a+json",
        ] {
            assert!(!ContentType::Is(value).is_json(), "{value}");
        }
    }

    #[test]
    fn two_types_are_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(ContentType::of(&headers), ContentType::Missing);
        headers.append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        assert!(ContentType::of(&headers).is_json());
        headers.append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        assert_eq!(ContentType::of(&headers), ContentType::Unclear);
    }

    #[test]
    fn parameters_are_found_where_they_stand() {
        for (value, expected) in [
            ("multipart/form-data; boundary=abc", Some("abc")),
            ("multipart/form-data;boundary=abc;x=y", Some("abc")),
            ("multipart/form-data; x=y ; BOUNDARY = \"a;b=c\" ", Some("a;b=c")),
            ("multipart/form-data; x=\"; boundary=evil\"; boundary=abc", Some("abc")),
            ("multipart/form-data; xboundary=evil; boundary=abc", Some("abc")),
            ("multipart/form-data; boundary=\"a\\\"b\\\\c\\d\"", Some("a\"b\\c\\d")),
            ("multipart/form-data; boundary=\"unfinished", Some("unfinished")),
            ("multipart/form-data; boundary=", Some("")),
            ("multipart/form-data; x", None),
            ("multipart/form-data", None),
        ] {
            assert_eq!(parameter(value, "boundary").as_deref(), expected, "{value}");
        }
    }
}
