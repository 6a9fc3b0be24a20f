//! Names of headers, in constants and in what clients send.

use bytes::Bytes;
use http::HeaderValue;

use crate::token::is_of_token;

/// Ends a constant, or a program, where one of them cannot be the name of a header.
#[track_caller]
pub(super) const fn are_names(names: &[&str], of_star: &'static str) {
    let mut place = 0;
    while place < names.len() {
        let name = names[place].as_bytes();
        if let b"*" = name {
            panic!("{}", of_star);
        }
        let mut at = 0;
        while at < name.len() && is_of_token(name[at]) {
            at += 1;
        }
        assert!(
            !name.is_empty() && at == name.len(),
            "each header is a name by itself: write letters, digits and dashes, such as `x-request-id`"
        );
        place += 1;
    }
}

/// Names of headers with commas between them, on one line or several: nothing else is said back to a client. Empty
/// elements are passed over (RFC 9110 §5.6.1.2).
pub(super) fn list<'v>(lines: impl IntoIterator<Item = &'v HeaderValue>) -> Option<HeaderValue> {
    let names = lines.into_iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    let mut list = Vec::new();
    for name in names.map(<[u8]>::trim_ascii).filter(|name| !name.is_empty()) {
        if name == b"*" || !name.iter().copied().all(is_of_token) {
            return None;
        }
        if !list.is_empty() {
            list.extend_from_slice(b", ");
        }
        list.extend_from_slice(name);
    }
    HeaderValue::from_maybe_shared(Bytes::from(list)).ok().filter(|list| !list.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Option<String> {
        let lines: Vec<_> = lines.iter().map(|line| HeaderValue::from_bytes(line.as_bytes()).unwrap()).collect();
        list(&lines).map(|list| list.to_str().unwrap().to_owned())
    }

    #[test]
    fn only_a_list_of_names_is_said_back() {
        for (lines, expected) in [
            (&["x"][..], "x"),
            (&["content-type,X-Request-Id"], "content-type, X-Request-Id"),
            (&["a , b"], "a, b"),
            (&["a,"], "a"),
            (&[",a,, ,b,"], "a, b"),
            (&["a", "b,c"], "a, b, c"),
            (&["", "a"], "a"),
        ] {
            assert_eq!(told(lines).as_deref(), Some(expected), "{lines:?}");
        }
        for lines in [
            &[][..],
            &[""],
            &[","],
            &["a b"],
            &["*"],
            &["a, *"],
            &["a", "*"],
            &["a;b"],
            &["a:b"],
            &["a\""],
            &["\u{e9}"],
        ] {
            assert_eq!(told(lines), None, "{lines:?}");
        }
    }
}
