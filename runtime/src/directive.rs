//! The directives of `Cache-Control` (RFC 9111 §5.2).

use http::{HeaderMap, header::CACHE_CONTROL};

/// Whether `Cache-Control` has a directive, with a value or without. One that is written wrong is taken as it was meant:
/// what should not be kept is not, and what should not be changed is not.
pub(crate) fn has_directive(headers: &HeaderMap, name: &str) -> bool {
    let values = headers.get_all(CACHE_CONTROL).iter();
    values.flat_map(|value| value.as_bytes().split(|byte| b",;".contains(byte))).any(|directive| {
        let word = directive.iter().filter(|byte| **byte != b'"').skip_while(|byte| byte.is_ascii_whitespace());
        let word = word.take_while(|byte| !b"= \t".contains(byte)).map(u8::to_ascii_lowercase);
        word.eq(name.bytes())
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_directive_is_read_as_it_was_meant() {
        let table: [(&[u8], bool); 16] = [
            (b"no-store", true),
            (b"No-Store", true),
            (b"max-age=5, no-store", true),
            (b"max-age=5,\tno-store\t", true),
            (b"no-store=\"x-user\"", true),
            (b"\"no-store\"", true),
            (b"no-store;x", true),
            (b"max-age=5; no-store", true),
            (b"no-store x", true),
            (b"note=\"\xe9\", no-store", true),
            (b"no-stores", false),
            (b"x-no-store", false),
            (b"no", false),
            (b"x=no-store", false),
            (b"max-age=5", false),
            (b"", false),
        ];
        for (value, expected) in table {
            let headers = HeaderMap::from_iter([(CACHE_CONTROL, HeaderValue::from_bytes(value).unwrap())]);
            assert_eq!(has_directive(&headers, "no-store"), expected, "{}", value.escape_ascii());
        }
    }

    #[test]
    fn several_lines_are_one_list() {
        let lines = ["max-age=5", "no-store"].map(|line| (CACHE_CONTROL, HeaderValue::from_static(line)));
        assert!(has_directive(&lines.into_iter().collect(), "no-store"));
        assert!(!has_directive(&HeaderMap::new(), "no-store"));
    }
}
