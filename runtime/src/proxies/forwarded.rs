//! One element of `Forwarded`: `for=192.0.2.60;proto=https;host=example.com` (RFC 7239 §4).

/// What one proxy tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Element<'h> {
    /// Who has asked it.
    pub(super) node: Option<&'h str>,
    pub(super) host: Option<&'h str>,
    pub(super) proto: Option<&'h str>,
}

/// Reads an element; `None` for one that is malformed or says something twice.
pub(super) fn parse(element: &[u8]) -> Option<Element<'_>> {
    let mut rest = core::str::from_utf8(element).ok()?;
    let mut parsed = Element::default();
    let mut by = None;
    loop {
        // Some proxies end an element with a semicolon.
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() {
            return Some(parsed);
        }
        let (name, after) = rest.split_once('=')?;
        let (value, after) = value(after)?;
        let place = match () {
            () if name.eq_ignore_ascii_case("for") => &mut parsed.node,
            () if name.eq_ignore_ascii_case("host") => &mut parsed.host,
            () if name.eq_ignore_ascii_case("proto") => &mut parsed.proto,
            () if name.eq_ignore_ascii_case("by") => &mut by,
            () if name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"') && !name.is_empty() => {
                rest = after;
                continue;
            }
            () => return None,
        };
        if place.replace(value).is_some() {
            return None;
        }
        rest = after;
    }
}

/// The value that the text begins with, and what follows its semicolon. Neither an address nor a host needs an escape,
/// so they are left as they are, and it is neither.
fn value(text: &str) -> Option<(&str, &str)> {
    let (value, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_at(end_of_quotes(quoted)?),
        // RFC 7239 §4 would have brackets and colons in quotes; some proxies leave these away.
        None => text.split_at(text.find([';', ' ', '\t', '"']).unwrap_or(text.len())),
    };
    let rest = rest.strip_prefix('"').filter(|_| text.starts_with('"')).unwrap_or(rest).trim_start_matches([' ', '\t']);
    match rest.strip_prefix(';') {
        Some(rest) => Some((value, rest)),
        None => rest.is_empty().then_some((value, "")),
    }
}

fn end_of_quotes(quoted: &str) -> Option<usize> {
    let mut bytes = quoted.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at),
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_tells_what_it_names() {
        for (element, expected) in [
            ("for=192.0.2.60", [Some("192.0.2.60"), None, None]),
            ("For=192.0.2.60;PROTO=https;host=a.example", [Some("192.0.2.60"), Some("a.example"), Some("https")]),
            ("for=\"[2001:db8::1]:80\" ; by=_x", [Some("[2001:db8::1]:80"), None, None]),
            ("for=[2001:db8::1]", [Some("[2001:db8::1]"), None, None]),
            ("proto=http;host=\"a.example:81\";", [None, Some("a.example:81"), Some("http")]),
            ("host=\"a\\\"b\"", [None, Some("a\\\"b"), None]),
            ("secret=\";host=evil\";host=good", [None, Some("good"), None]),
            ("x=1;for=_hidden", [Some("_hidden"), None, None]),
        ] {
            let [node, host, proto] = expected;
            assert_eq!(parse(element.as_bytes()), Some(Element { node, host, proto }), "{element}");
        }
    }

    #[test]
    fn an_element_that_is_malformed_tells_nothing() {
        for element in [
            "192.0.2.60",
            "for=1.2.3.4;for=5.6.7.8",
            "host=a;HOST=b",
            "for=\"1.2.3.4",
            "for=\"1.2.3.4\"x",
            "for=1.2.3.4 host=a",
            "for=a\"b\"",
            "=1",
            "f or=1.2.3.4",
            "for =1.2.3.4",
        ] {
            assert_eq!(parse(element.as_bytes()), None, "{element}");
        }
        assert_eq!(parse(b"for=1.2.3.4;x=\xff"), None);
    }
}
