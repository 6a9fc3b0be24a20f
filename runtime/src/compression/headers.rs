//! What is said of an answer that is compressed, or could be.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, ETAG},
};

use crate::{compression::Encoding, vary::vary_by};

/// Says that an answer is compressed.
pub(crate) fn mark_encoded(headers: &mut HeaderMap, encoding: Encoding) {
    headers.insert(CONTENT_ENCODING, encoding.value());
    // Both are about the bytes as they were.
    headers.remove(CONTENT_LENGTH);
    headers.remove(ACCEPT_RANGES);
    weaken(headers);
}

/// RFC 9110 §8.8.1: other bytes of the same meaning have another strong entity tag, and may share a weak one.
pub(crate) fn weaken(headers: &mut HeaderMap) {
    if let Some(etag) = headers.get_mut(ETAG)
        && etag.as_bytes().starts_with(b"\"")
        && let Ok(weak) = HeaderValue::from_bytes(&[b"W/", etag.as_bytes()].concat())
    {
        *etag = weak;
    }
}

/// Says that another client may get another encoding (RFC 9110 §12.5.5).
pub(crate) fn mark_varying(headers: &mut HeaderMap) {
    vary_by(headers, "accept-encoding");
}

/// Whether the client has a weak entity tag, as those of compressed answers are.
pub(super) fn has_weak_tag(headers: &HeaderMap) -> bool {
    const IF_NONE_MATCH: HeaderName = http::header::IF_NONE_MATCH;

    headers.get_all(IF_NONE_MATCH).iter().any(|value| value.as_bytes().windows(3).any(|bytes| bytes == b"W/\""))
}

#[cfg(test)]
mod tests {
    use http::header::VARY;

    use super::*;

    #[test]
    fn a_strong_entity_tag_becomes_weak() {
        for (before, after) in [("\"a\"", "W/\"a\""), ("W/\"a\"", "W/\"a\""), ("\"\"", "W/\"\""), ("a", "a")] {
            let mut headers = HeaderMap::from_iter([(ETAG, HeaderValue::from_static(before))]);
            weaken(&mut headers);
            assert_eq!(headers[ETAG], after);
        }
    }

    #[test]
    fn vary_names_the_encoding_once() {
        let table: [(&[&str], &[&str]); 6] = [
            (&[], &["accept-encoding"]),
            (&["origin"], &["origin", "accept-encoding"]),
            (&["origin, Accept-Encoding"], &["origin, Accept-Encoding"]),
            (&["a", "b,accept-encoding"], &["a", "b,accept-encoding"]),
            (&["x-accept-encoding"], &["x-accept-encoding", "accept-encoding"]),
            (&["*"], &["*"]),
        ];
        for (before, after) in table {
            let mut headers: HeaderMap = before.iter().map(|value| (VARY, HeaderValue::from_static(value))).collect();
            mark_varying(&mut headers);
            assert_eq!(headers.get_all(VARY).iter().collect::<Vec<_>>(), after);
        }
    }

    #[test]
    fn what_is_about_the_bytes_as_they_were_goes() {
        let fields = [(CONTENT_LENGTH, "9"), (ACCEPT_RANGES, "bytes"), (ETAG, "\"a\"")];
        let mut headers: HeaderMap =
            fields.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
        mark_encoded(&mut headers, Encoding::Zstd);
        let mut told: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        told.sort();
        assert_eq!(told, ["content-encoding: zstd", "etag: W/\"a\""]);
    }
}
