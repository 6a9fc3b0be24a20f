//! What is an origin, what only looks like one, and what is said about it.

use super::*;
use crate::cors::{Cors, fault::Fault};

#[test]
fn an_origin_has_a_scheme_a_host_and_perhaps_a_port() {
    for (text, scheme, host, port) in [
        ("https://app.example.com", "https", "app.example.com", None),
        ("http://localhost:5173", "http", "localhost", Some(5173)),
        ("http://127.0.0.1:3000", "http", "127.0.0.1", Some(3000)),
        ("http://[::1]:3000", "http", "[::1]", Some(3000)),
        ("https://[2001:db8::1]", "https", "[2001:db8::1]", None),
        ("https://xn--bcher-kva.example", "https", "xn--bcher-kva.example", None),
        ("https://a_b.example:8443", "https", "a_b.example", Some(8443)),
        ("http://a.example:443", "http", "a.example", Some(443)),
        ("https://a.example:80", "https", "a.example", Some(80)),
        ("https://a.example:65535", "https", "a.example", Some(65535)),
        ("https://1.example", "https", "1.example", None),
        (
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
            "chrome-extension",
            "abcdefghijklmnopabcdefghijklmnop",
            None,
        ),
        ("capacitor://localhost", "capacitor", "localhost", None),
        ("tauri://localhost", "tauri", "localhost", None),
        (
            "moz-extension://0e6bcdde-9d0e-4b5c-8b5f-1d2a3b4c5d6e",
            "moz-extension",
            "0e6bcdde-9d0e-4b5c-8b5f-1d2a3b4c5d6e",
            None,
        ),
        ("tauri://localhost:80", "tauri", "localhost", Some(80)),
    ] {
        let origin = Origin::parse(text).expect(text);
        assert_eq!((origin.scheme(), origin.host(), origin.port()), (scheme, host, port), "{text}");
        assert_eq!(origin.as_str(), text);
    }
}

/// None of these is written as a browser writes an origin.
const NO_ORIGINS: &[&str] = &[
    "",
    " ",
    "null",
    "*",
    "NULL",
    "undefined",
    "app.example.com",
    "//app.example.com",
    "://app.example.com",
    "https:",
    "https:/",
    "https://",
    "https:/app.example.com",
    "https:app.example.com",
    "https//app.example.com",
    "https:///app.example.com",
    "https:\\\\app.example.com",
    "HTTPS://app.example.com",
    "Https://app.example.com",
    "https://App.example.com",
    "https://app.example.COM",
    "https://app.example.com:443",
    "http://app.example.com:80",
    "wss://app.example.com:443",
    "https://app.example.com:",
    "https://app.example.com:0",
    "https://app.example.com:0443",
    "https://app.example.com:+443",
    "https://app.example.com:65536",
    "https://app.example.com:99999999999",
    "https://app.example.com:80:81",
    "https://app.example.com:8080a",
    "https://app.example.com:a",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://app.example.com?",
    "https://app.example.com#",
    "https://app.example.com\\",
    "https://app.example.com\\@evil.com",
    "https://user@app.example.com",
    "https://user:password@app.example.com",
    "https://app.example.com@evil.com",
    "https://evil.com#@app.example.com",
    "https://app.example.com ",
    " https://app.example.com",
    "https://app.example.com\t",
    "https://app.\texample.com",
    "https://app.example.com\0",
    "https://app.example.com\0.evil.com",
    "https://app.example.com\n",
    "https://app.example.com\u{7f}",
    "https://app.example.com https://evil.com",
    "https://evil.com https://app.example.com",
    "https://app.example.com,https://evil.com",
    "https://app.example.com, https://app.example.com",
    "https://app.example.com;",
    "https://app.example.com.",
    "https://.app.example.com",
    "https://app..example.com",
    "https://.",
    "https://app%2eexample.com",
    "https://app.example.com%00",
    "https://app.example.com%20",
    "https://app\u{3002}example.com",
    "https://app\u{ff0e}example.com",
    "https://\u{430}pp.example.com",
    "https://b\u{fc}cher.example",
    "https://app.example.com\u{200b}",
    "https://*.example.com",
    "https://app.example.com*",
    "https://evil.com`.example.com",
    "https://evil.com{.example.com",
    "https://evil.com!.example.com",
    "https://evil.com$.example.com",
    "https://evil.com'.example.com",
    "https://evil.com(.example.com",
    "https://evil.com=.example.com",
    "https://evil.com^.example.com",
    "https://evil.com|.example.com",
    "https://evil.com<.example.com",
    "https://evil.com\".example.com",
    "http://127.1",
    "http://2130706433",
    "http://0x7f000001",
    "http://0177.0.0.1",
    "http://127.0.0.01",
    "http://256.0.0.1",
    "http://[::1",
    "http://::1",
    "http://[::1]a",
    "http://[0:0:0:0:0:0:0:1]",
    "http://[::0001]",
    "http://[::FFFF]",
    "http://[::ffff:127.0.0.1]",
    "http://[fe80::1%25eth0]",
    "http://[]",
    "1https://app.example.com",
    "ht_tps://app.example.com",
    "file://",
    "data:text/html,x",
    "blob:https://app.example.com",
    "about:blank",
];

#[test]
fn what_only_looks_like_an_origin_is_none() {
    assert!(NO_ORIGINS.len() > 60);
    for text in NO_ORIGINS {
        assert!(Origin::sent(text.as_bytes()).is_none(), "{text:?}");
        assert!(Origin::parse(text).is_err(), "{text:?}");
    }
    assert!(Origin::sent(b"https://app.example.com\xff").is_none());
}

#[test]
fn a_message_says_what_to_write() {
    for (text, message) in [
        ("", "an origin is missing: write one, such as `https://app.example.com`"),
        ("*", "`*` is no origin: for every origin write `Cors::any()`"),
        ("null", "`null` cannot be allowed: it is sent by pages that anybody has put into a sandbox"),
        ("https://a.example/", "`https://a.example/` has a path: write `https://a.example`"),
        ("https://a.example?x", "`https://a.example?x` has a path: write `https://a.example`"),
        (
            "https://a.example:443",
            "`https://a.example:443` names the port that its scheme has anyway: write `https://a.example`",
        ),
        ("a.example", "`a.example` has no scheme: write `https://a.example`"),
        ("localhost:5173", "`localhost:5173` has no scheme: write `http://localhost:5173`"),
        ("https://A.example", "`https://A.example` has capital letters: browsers send origins in small ones"),
        ("https://me@a.example", "`https://me@a.example` names a user: write no more than `a.example` behind `://`"),
        (
            "https://a.example https://b.example",
            "`https://a.example https://b.example` is more than one origin: write each by itself",
        ),
        (
            "https://*.example.com",
            "`https://*.example.com` has a `*`, which stands for nothing here: write \
             `Cors::matching(|origin| origin.scheme() == \"https\" && origin.host().ends_with(\".example.com\"))`",
        ),
        (
            "https://b\u{fc}cher.example",
            "`https://b\u{fc}cher.example` is not in ASCII: write the name as browsers send it, beginning with `xn--`",
        ),
        (
            "http://127.1",
            "`http://127.1` has an address as no browser sends it: write four numbers, such as `http://127.0.0.1`",
        ),
        (
            "http://[::01]",
            "`http://[::01]` has an address as no browser sends it: write its shortest form, such as `http://[::1]`",
        ),
        (
            "https://a.example:99999",
            "`https://a.example:99999` has no port as browsers send one: write a number from 1 to 65535, or none",
        ),
        (
            "https://a.example.",
            "`https://a.example.` has no host as browsers send one: write letters, digits and dashes between single dots, \
             such as `https://app.example.com`",
        ),
        ("https:a", "`https:a` is no origin: write a scheme and a host, such as `https://app.example.com`"),
    ] {
        assert_eq!(Origin::parse(text).unwrap_err().to_string(), message, "{text}");
    }
}

#[test]
fn a_list_names_the_one_that_is_wrong() {
    assert!(Cors::parse("https://a.example,http://localhost:5173 , tauri://localhost").is_ok());
    for (list, message) in [
        ("https://a.example, b.example", "`b.example` has no scheme: write `https://b.example`"),
        ("https://a.example,", "an origin is missing: write one, such as `https://app.example.com`"),
        ("", "an origin is missing: write one, such as `https://app.example.com`"),
        (
            "https://a.example; https://b.example",
            "`https://a.example; https://b.example` is more than one origin: write each by itself",
        ),
    ] {
        assert_eq!(Cors::parse(list).unwrap_err().to_string(), message, "{list}");
    }
}

#[test]
#[should_panic(expected = "`https://a.example/` has a path: write `https://a.example`")]
fn a_wrong_origin_ends_a_program_that_has_it() {
    let origins: &'static [&'static str] = Box::leak(Box::new(["https://a.example/"]));
    let _ = Cors::origins(origins);
}

#[test]
#[should_panic(expected = "a text is no origin")]
fn a_message_that_is_too_long_is_another() {
    let text = "\u{fc}".repeat(600);
    Fault::NotAscii.panic(text.leak());
}
