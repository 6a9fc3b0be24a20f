//! What a request must have before its path is looked at, and hyper does not check.

use http::{
    HeaderValue, Version,
    header::HOST,
    request::Parts,
    uri::Authority,
};

use crate::response::{IntoResponse, Problem, Response};

/// Checks `Host` and makes it say what the request is for (RFC 9110 §7.2, RFC 9112 §3.2). The
/// answer to a request that may not pass.
pub(super) fn refuse(parts: &mut Parts) -> Option<Response> {
    // Nearly every client sends `Host` first: looking there is quicker than hashing its name.
    let first = parts.headers.iter().next().filter(|(name, _)| *name == HOST).map(|(_, value)| value);
    match first.or_else(|| parts.headers.get(HOST)) {
        Some(host) if !is_host(host) => return refusal("`Host` must be a host name or address, with a port or without"),
        // From HTTP/2 on the authority has a place of its own (RFC 9113 §8.3.1).
        None if parts.version == Version::HTTP_11 => return refusal("`Host` is missing"),
        _ => {}
    }
    // Counting is quicker than looking for a second one, and most requests repeat no header.
    if parts.headers.len() != parts.headers.keys_len() && parts.headers.get_all(HOST).iter().nth(1).is_some() {
        return refusal("`Host` must be sent once");
    }
    let authority = parts.uri.authority()?;
    if authority.as_str().contains('@') {
        return refusal("the target must not hold a user name");
    }
    // RFC 9112 §3.2.2: an absolute target's authority replaces what `Host` says.
    let Ok(value) = HeaderValue::from_str(authority.as_str()) else { return refusal("the target has no readable host") };
    parts.headers.insert(HOST, value);
    None
}

/// Whether this is `uri-host [ ":" port ]`, and not empty.
fn is_host(value: &HeaderValue) -> bool {
    let bytes = value.as_bytes();
    let name = bytes.iter().position(|byte| !PLAIN[usize::from(*byte)]).unwrap_or(bytes.len());
    match bytes.split_at(name) {
        ([], []) => false,
        ([_, ..], []) => true,
        ([_, ..], [b':', port @ ..]) => is_port(port),
        _ => is_unusual_host(bytes),
    }
}

/// What names and IPv4 addresses are made of; the rest is left to the full parser.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        byte += 1;
    }
    plain
};

fn is_port(port: &[u8]) -> bool {
    // RFC 3986 §3.2.3 allows an empty port.
    let number = port.iter().try_fold(0_u32, |number, digit| {
        digit.is_ascii_digit().then(|| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    });
    number.is_some_and(|number| number <= u32::from(u16::MAX))
}

/// IPv6 addresses in brackets and names with rarer characters.
fn is_unusual_host(bytes: &[u8]) -> bool {
    let Ok(authority) = Authority::try_from(bytes) else { return false };
    let text = authority.as_str();
    let port = text.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.contains(']'));
    let address = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(address, _)| address);
    let is_address = address.is_none_or(|address| address.parse::<std::net::Ipv6Addr>().is_ok());
    !text.contains('@') && !authority.host().is_empty() && is_address && port.is_none_or(|port| is_port(port.as_bytes()))
}

#[allow(clippy::unnecessary_wraps)] // It ends the functions that return it.
#[cold]
fn refusal(detail: &'static str) -> Option<Response> {
    Some(Problem::new(400).detail(detail).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_with_a_port_or_without() {
        let good = ["localhost", "localhost:8080", "a.example", "127.0.0.1:80", "[::1]", "[::1]:3000", "a_b.example", "x:"];
        let bad = ["", ":80", "a b", "a/b", "a@b", "a:b", "a:99999", "[::1", "::1", "[zz]:1", "a,b", "a\"", "a?b", "a#b", "a\\b"];
        for host in good {
            assert!(is_host(&HeaderValue::from_static(host)), "{host}");
        }
        for host in bad {
            assert!(!is_host(&HeaderValue::from_static(host)), "{host}");
        }
    }
}
