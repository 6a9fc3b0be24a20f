//! Who is asking: what proxies tell, and what clients would have us believe.

use http::HeaderValue;
use proptest::{prelude::proptest, sample::select};

use super::*;

const FOR: &str = "x-forwarded-for";
const HOST: &str = "x-forwarded-host";
const PROTO: &str = "x-forwarded-proto";

type Headers<'h> = &'h [(&'h str, &'h str)];

fn map(headers: Headers<'_>) -> HeaderMap {
    let header = |(name, value): &(&str, &str)| {
        (name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap())
    };
    headers.iter().map(header).collect()
}

fn trusted() -> Proxies {
    Proxies::new(["10.0.0.0/8", "fd00::/8", "127.0.0.1"]).unwrap()
}

fn client(proxies: &Proxies, peer: &str, headers: Headers<'_>) -> String {
    proxies.told(peer.parse().unwrap(), &map(headers)).client.to_string()
}

#[test]
fn nobody_is_believed_who_is_not_named() {
    let spoofed: Headers<'_> =
        &[(FOR, "1.1.1.1"), (HOST, "evil"), (PROTO, "https"), ("forwarded", "for=1.1.1.1;host=evil;proto=https")];
    let own = |peer: &str| Told { client: peer.parse().unwrap(), is_proxied: false, host: None, proto: None };
    for proxies in [Proxies::default(), trusted(), trusted().forwarded()] {
        for peer in ["203.0.113.9", "2001:db8::9"] {
            assert_eq!(proxies.told(peer.parse().unwrap(), &map(spoofed)), own(peer));
        }
    }
    assert_eq!(Proxies::default().told("10.0.0.1".parse().unwrap(), &map(spoofed)), own("10.0.0.1"));
}

#[test]
fn the_client_is_the_first_from_the_end_who_is_no_proxy() {
    let table: [(&str, &[&str], &str); 29] = [
        ("10.0.0.1", &[], "10.0.0.1"),
        ("10.0.0.1", &[""], "10.0.0.1"),
        ("10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
        // What stands before it, the client has written.
        ("10.0.0.1", &["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", &["127.0.0.1, 203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        // Several lines are one list.
        ("10.0.0.1", &["1.1.1.1", "203.0.113.9", "10.0.0.2, 10.0.0.3"], "203.0.113.9"),
        // All are proxies: the leftmost.
        ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        // What is no address ends the list.
        ("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1"),
        ("10.0.0.1", &["203.0.113.9, _hidden, 10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", &["203.0.113.9, 10.0.0"], "10.0.0.1"),
        ("10.0.0.1", &["localhost"], "10.0.0.1"),
        ("10.0.0.1", &["010.0.0.5"], "10.0.0.1"),
        ("10.0.0.1", &["1.2.3.4 5.6.7.8"], "10.0.0.1"),
        ("10.0.0.1", &["1.2.3.4;x"], "10.0.0.1"),
        ("10.0.0.1", &["\"1.2.3.4\""], "10.0.0.1"),
        ("10.0.0.1", &["1.2.3.4:99999"], "10.0.0.1"),
        // Bytes that are no text hide only themselves.
        ("10.0.0.1", &["\u{e9}, 203.0.113.9"], "203.0.113.9"),
        // Empty elements are none.
        ("10.0.0.1", &["1.1.1.1,, 203.0.113.9 ,,", ",", ""], "203.0.113.9"),
        // Ports and brackets.
        ("10.0.0.1", &["203.0.113.9:5678"], "203.0.113.9"),
        ("10.0.0.1", &["2001:db8::9"], "2001:db8::9"),
        ("10.0.0.1", &["[2001:db8::9]"], "2001:db8::9"),
        ("10.0.0.1", &["[2001:db8::9]:80, fd00::1"], "2001:db8::9"),
        ("10.0.0.1", &["[2001:db8::9"], "10.0.0.1"),
        // A zone is no address of another machine.
        ("10.0.0.1", &["fe80::1%eth0"], "10.0.0.1"),
        ("10.0.0.1", &["[fe80::1%2]:80"], "10.0.0.1"),
        // IPv4 in IPv6 is IPv4.
        ("::ffff:10.0.0.1", &["::ffff:203.0.113.9, ::ffff:10.0.0.2"], "203.0.113.9"),
        ("::ffff:203.0.113.9", &["1.1.1.1"], "203.0.113.9"),
        ("fd00::1", &["203.0.113.9"], "203.0.113.9"),
    ];
    for (peer, lines, expected) in table {
        let headers: Vec<_> = lines.iter().map(|line| (FOR, *line)).collect();
        assert_eq!(client(&trusted(), peer, &headers), expected, "{peer} {lines:?}");
    }
}

#[test]
fn forwarded_is_read_by_the_same_rules() {
    let table: [(&[&str], &str); 14] = [
        (&["for=203.0.113.9"], "203.0.113.9"),
        (&["for=1.1.1.1, For=\"203.0.113.9:80\";by=_a, for=10.0.0.2"], "203.0.113.9"),
        (&["for=1.1.1.1", "for=\"[2001:db8::9]:80\"", "for=\"[fd00::2]\""], "2001:db8::9"),
        (&["for=10.0.0.3, for=10.0.0.2"], "10.0.0.3"),
        (&["for=203.0.113.9, for=unknown"], "10.0.0.1"),
        (&["for=203.0.113.9, for=\"_hidden\", for=10.0.0.2"], "10.0.0.2"),
        (&["for=203.0.113.9, host=a"], "10.0.0.1"),
        (&["for=203.0.113.9, nonsense"], "10.0.0.1"),
        (&["for=1.1.1.1;for=203.0.113.9"], "10.0.0.1"),
        (&["for=\"1.1.1.1"], "10.0.0.1"),
        // Quotes that a client leaves open.
        (&["for=\"1.1.1.1, for=203.0.113.9"], "203.0.113.9"),
        (&["for=\"1.1.1.1, for=\"[2001:db8::9]\""], "2001:db8::9"),
        (&["host=\"x, for=1.1.1.1, \";for=203.0.113.9"], "203.0.113.9"),
        (&["for=\"1.1.1.1\\\", for=203.0.113.9"], "203.0.113.9"),
    ];
    for (lines, expected) in table {
        let headers: Vec<_> = lines.iter().map(|line| ("forwarded", *line)).collect();
        assert_eq!(client(&trusted().forwarded(), "10.0.0.1", &headers), expected, "{lines:?}");
    }
}

#[test]
fn one_family_is_read_and_never_the_other() {
    let both: Headers<'_> =
        &[(FOR, "203.0.113.1"), (HOST, "x"), (PROTO, "http"), ("forwarded", "for=203.0.113.2;host=y;proto=https")];
    let told = |proxies: Proxies| {
        let headers = map(both);
        let told = proxies.told("10.0.0.1".parse().unwrap(), &headers);
        (told.client.to_string(), told.host.map(str::to_owned), told.proto.map(str::to_owned))
    };
    let own = |text: &str| Some(text.to_owned());
    assert_eq!(told(trusted()), ("203.0.113.1".to_owned(), own("x"), own("http")));
    assert_eq!(told(trusted().forwarded()), ("203.0.113.2".to_owned(), own("y"), own("https")));
    let only: Headers<'_> = &[("forwarded", "for=203.0.113.2")];
    assert_eq!(client(&trusted(), "10.0.0.1", only), "10.0.0.1");
}

#[test]
fn the_last_host_and_scheme_count() {
    let headers = map(&[(HOST, "evil"), (HOST, "evil, a.example"), (PROTO, "http, https")]);
    let told = trusted().told("10.0.0.1".parse().unwrap(), &headers);
    assert_eq!((told.host, told.proto), (Some("a.example"), Some("https")));
}

#[test]
fn the_outermost_trusted_proxy_tells_host_and_scheme() {
    for (line, expected) in [
        ("for=203.0.113.9;host=a;proto=https, for=10.0.0.2;host=b;proto=http", [Some("a"), Some("https")]),
        ("for=203.0.113.9, for=10.0.0.2;host=b;proto=http", [Some("b"), Some("http")]),
        ("for=1.1.1.1;host=evil;proto=http, for=203.0.113.9;host=a;proto=https", [Some("a"), Some("https")]),
        ("for=_hidden;host=a;proto=https, for=10.0.0.2;host=b", [Some("a"), Some("https")]),
        ("host=evil, for=unknown;host=a", [Some("a"), None]),
    ] {
        let headers = map(&[("forwarded", line)]);
        let told = trusted().forwarded().told("10.0.0.1".parse().unwrap(), &headers);
        assert_eq!([told.host, told.proto], expected, "{line}");
    }
}

#[test]
fn a_long_list_is_read_once() {
    let proxies = "10.0.0.2,".repeat(10_000);
    assert_eq!(client(&trusted(), "10.0.0.1", &[(FOR, &proxies)]), "10.0.0.2");
    let quotes = "for=\"10.0.0.2\";x=\"\\\\\\\"\",".repeat(4_000);
    assert_eq!(client(&trusted().forwarded(), "10.0.0.1", &[("forwarded", &quotes)]), "10.0.0.2");
}

proptest! {
    #[test]
    fn whatever_a_client_sends_does_not_hide_what_the_proxy_writes_behind_it(
        sent in proptest::collection::vec(select(&b"for=host,;\"\\ 1.:[]\t\xe9,,\"\""[..]), 0..100),
        is_one_line in proptest::bool::ANY,
    ) {
        for (proxies, name, written) in [
            (trusted(), "x-forwarded-for", "203.0.113.9"),
            (trusted().forwarded(), "forwarded", "for=\"203.0.113.9:80\";host=a.example"),
        ] {
            let mut headers = HeaderMap::new();
            if is_one_line {
                let line = [&sent[..], b", ", written.as_bytes()].concat();
                headers.append(name, HeaderValue::from_bytes(&line).unwrap());
            } else {
                headers.append(name, HeaderValue::from_bytes(&sent).unwrap());
                headers.append(name, HeaderValue::from_static(written));
            }
            let told = proxies.told("10.0.0.1".parse().unwrap(), &headers);
            assert_eq!(told.client.to_string(), "203.0.113.9", "{headers:?}");
            assert_eq!(told.host, (name == "forwarded").then_some("a.example"), "{headers:?}");
        }
    }

    #[test]
    fn nothing_that_is_told_makes_a_panic(
        sent in proptest::collection::vec(select(&b"for=10.2hostpy,;\"\\ :[]_\xe9"[..]), 0..100),
    ) {
        for (proxies, name) in [(trusted(), "x-forwarded-for"), (trusted().forwarded(), "forwarded")] {
            let headers = [(name.parse().unwrap(), HeaderValue::from_bytes(&sent).unwrap())].into_iter().collect();
            proxies.told("10.0.0.1".parse().unwrap(), &headers);
        }
    }
}
