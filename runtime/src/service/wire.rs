//! What a request must have before its path is looked at, and hyper does not check.

use http::{
    HeaderValue, Version,
    header::HOST,
    request::Parts,
    uri::Authority,
};

use crate::response::{IntoResponse, Problem, Response};

/// Checks `Host` and makes it say what the request is for (RFC 9110 §7.2, RFC 9112 §3.2).
#[allow(clippy::result_large_err)] // The refusal is the answer; it is made once and sent.
pub(super) fn check(mut parts: Parts) -> Result<Parts, Response> {
    let mut hosts = parts.headers.get_all(HOST).iter();
    let (host, second) = (hosts.next(), hosts.next());
    if second.is_some() {
        return Err(refusal("`Host` must be sent once"));
    }
    match host {
        Some(host) if !is_host(host) => return Err(refusal("`Host` must be a host name or address, with a port or without")),
        // From HTTP/2 on the authority has a place of its own (RFC 9113 §8.3.1).
        None if parts.version == Version::HTTP_11 => return Err(refusal("`Host` is missing")),
        _ => {}
    }
    let Some(authority) = parts.uri.authority() else { return Ok(parts) };
    if authority.as_str().contains('@') {
        return Err(refusal("the target must not hold a user name"));
    }
    // RFC 9112 §3.2.2: an absolute target's authority replaces what `Host` says.
    let value = HeaderValue::from_str(authority.as_str()).map_err(|_| refusal("the target has no readable host"))?;
    parts.headers.insert(HOST, value);
    Ok(parts)
}

/// Whether this is `uri-host [ ":" port ]`, and not empty.
fn is_host(value: &HeaderValue) -> bool {
    let bytes = value.as_bytes();
    // Names, IPv4 addresses and ports are all of these; the rest is left to the full parser.
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let name = bytes.iter().position(|byte| !plain(byte)).unwrap_or(bytes.len());
    match bytes.split_at(name) {
        ([], []) => false,
        ([_, ..], []) => true,
        ([_, ..], [b':', port @ ..]) => is_port(port),
        _ => is_unusual_host(bytes),
    }
}

fn is_port(port: &[u8]) -> bool {
    // RFC 3986 §3.2.3 allows an empty port.
    port.iter().all(u8::is_ascii_digit) && (port.len() < 5 || parses_as_port(port))
}

fn parses_as_port(port: &[u8]) -> bool {
    core::str::from_utf8(port).is_ok_and(|port| port.parse::<u16>().is_ok())
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

fn refusal(detail: &'static str) -> Response {
    Problem::new(400).detail(detail).into_response()
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
