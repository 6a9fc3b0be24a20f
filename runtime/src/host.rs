//! What `Host` may say (RFC 3986 §3.2).

use core::net::IpAddr;

/// Whether this is `uri-host [ ":" port ]`, and not empty.
///
/// RFC 3986 §3.2.2 allows more than is taken here: `%41` and `!$&'()*+,;=` in names, which no
/// resolver knows and which software behind or before us may split at.
#[inline]
pub(crate) fn is_host(bytes: &[u8]) -> bool {
    let name = bytes.iter().position(|byte| !PLAIN[usize::from(*byte)]).unwrap_or(bytes.len());
    match bytes.split_at(name) {
        ([], [b'[', rest @ ..]) => is_address(rest),
        ([], _) => false,
        (_, rest) => is_port(rest),
    }
}

/// The name or address without its port, and the port; of what [`is_host`] accepts.
pub(crate) fn split(host: &str) -> (&str, Option<&str>) {
    // The colons of an IPv6 address stand in brackets.
    let end = host.rfind(']').map_or(0, |bracket| bracket + 1);
    match host[end..].find(':') {
        Some(colon) => (&host[..end + colon], Some(&host[end + colon + 1..])),
        None => (host, None),
    }
}

/// Whether everyone takes this name or address for their own machine (RFC 6761 §6.3).
#[cfg_attr(not(feature = "cookies"), allow(dead_code))]
pub(crate) fn is_loopback(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// What names and IPv4 addresses are made of.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'~');
        byte += 1;
    }
    plain
};

/// What follows the `[` of an IPv6 address.
fn is_address(rest: &[u8]) -> bool {
    let Ok(rest) = core::str::from_utf8(rest) else { return false };
    let Some((address, port)) = rest.split_once(']') else { return false };
    address.parse::<core::net::Ipv6Addr>().is_ok() && is_port(port.as_bytes())
}

/// Nothing, or `:` and a port, which may be empty (RFC 3986 §3.2.3).
fn is_port(rest: &[u8]) -> bool {
    let [b':', port @ ..] = rest else { return rest.is_empty() };
    let mut number = 0;
    for byte in port {
        number = number * 10 + u32::from(byte.wrapping_sub(b'0'));
        if !byte.is_ascii_digit() || number > u32::from(u16::MAX) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_with_a_port_or_without() {
        let good = [
            "localhost",
            "localhost:8080",
            "a.example",
            "a.example.",
            "127.0.0.1:80",
            "[::1]",
            "[::1]:3000",
            "a_b.example",
            "xn--caf-dma.example",
            "x:",
            "x:00080",
            "a~b",
        ];
        let bad = [
            "",
            ":80",
            ":",
            "a b",
            "a/b",
            "a@b",
            "a:b",
            "a:99999",
            "a:80:80",
            "a:+80",
            "[::1",
            "::1",
            "[zz]:1",
            "[]",
            "[::1]x",
            "[::1]:x",
            "[fe80::1%25eth0]",
            "[v1.x]",
            "a[::1]",
            "a,b",
            "a;b",
            "a\"",
            "a?b",
            "a#b",
            "a\\b",
            "a%2eb",
            "a*",
            "a=b",
            "a'b",
            "caf\u{e9}",
        ];
        for host in good {
            assert!(is_host(host.as_bytes()), "{host}");
        }
        for host in bad {
            assert!(!is_host(host.as_bytes()), "{host}");
        }
    }

    #[test]
    fn a_port_stands_behind_the_name() {
        for (host, expected) in [
            ("a", ("a", None)),
            ("a:80", ("a", Some("80"))),
            ("a:", ("a", Some(""))),
            ("[::1]", ("[::1]", None)),
            ("[::1]:80", ("[::1]", Some("80"))),
        ] {
            assert_eq!(split(host), expected, "{host}");
        }
    }

    #[test]
    fn some_names_are_everyones_own_machine() {
        for name in ["localhost", "LOCALHOST", "localhost.", "shop.localhost", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(is_loopback(name), "{name}");
        }
        for name in
            ["", "localhost.example", "notlocalhost", "127.0.0.1.example", "128.0.0.1", "0.0.0.0", "[::2]", "127.1"]
        {
            assert!(!is_loopback(name), "{name}");
        }
    }
}
