//! The value of a `Location` header, from any text.

use std::borrow::Cow;

use http::HeaderValue;

use crate::percent::push;

/// The text as a URI reference: what no URI may hold is percent-encoded.
///
/// `None` where it holds a control character: a line break would split the answer, and browsers
/// drop tabs and line breaks from a URL before they read it.
pub(super) fn location(text: Cow<'_, str>) -> Option<HeaderValue> {
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        return None;
    }
    if text.bytes().all(is_allowed) {
        return HeaderValue::try_from(text.into_owned()).ok();
    }
    let mut encoded = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        push(&mut encoded, byte, is_allowed(byte));
    }
    HeaderValue::try_from(encoded).ok()
}

/// RFC 3986 §2: reserved and unreserved characters, and `%`, which begins an escape. A backslash
/// is none of them, and browsers take it for a slash.
fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_uri_may_hold_is_encoded() {
        for (text, expected) in [
            ("/products/7?from=list#top", "/products/7?from=list#top"),
            ("https://example.com/a", "https://example.com/a"),
            ("/a%20b", "/a%20b"),
            ("/a b", "/a%20b"),
            ("/café", "/caf%C3%A9"),
            ("/\\evil.example", "/%5Cevil.example"),
            ("/<\"`{|}^>", "/%3C%22%60%7B%7C%7D%5E%3E"),
        ] {
            assert_eq!(location(text.into()).as_ref().map(HeaderValue::as_bytes), Some(expected.as_bytes()), "{text}");
        }
    }

    #[test]
    fn control_characters_are_refused() {
        for text in ["/a\r\nset-cookie: b=c", "/a\nb", "/a\tb", "/a\0", "/a\u{7f}"] {
            assert_eq!(location(text.into()), None, "{text:?}");
        }
    }
}
