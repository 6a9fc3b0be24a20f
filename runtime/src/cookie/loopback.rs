//! Whether browser and server are plainly on one machine, so that a cookie may do without `Secure`.

use http::{
    HeaderName,
    header::{FORWARDED, VIA},
};

use crate::{
    app::Known,
    extract::{Host, Scheme, told},
};

/// Whether a request has come over `http` from the machine that it is answered on, with nothing in between.
pub(super) fn is_own_machine(known: &Known<'_>) -> bool {
    let is_asked_for = Host::of(known).is_ok_and(|host| host.is_loopback());
    is_asked_for
        && match told(known) {
            // The proxy has to say all of it: a `Host` may be its own.
            Some(told) if told.is_proxied => {
                told.client.is_loopback()
                    && told.host.is_some()
                    && told.proto.and_then(Scheme::parse) == Some(Scheme::Http)
            }
            Some(told) => told.client.is_loopback() && is_direct(known),
            None => is_direct(known),
        }
}

/// Whether nothing says `https`, or that a proxy has been on the way.
fn is_direct(known: &Known<'_>) -> bool {
    Scheme::of(known) != Some(Scheme::Https)
        && known.parts.uri.scheme() != Some(&http::uri::Scheme::HTTPS)
        && !known.parts.headers.keys().any(is_of_a_proxy)
}

fn is_of_a_proxy(name: &HeaderName) -> bool {
    *name == FORWARDED || *name == VIA || name.as_str() == "x-real-ip" || name.as_str().starts_with("x-forwarded-")
}

#[cfg(test)]
mod tests {
    use http::{Request, request};

    use super::*;
    use crate::{app::App, extract::ClientAddr, proxies::Proxies};

    fn is_own(request: request::Builder, peer: Option<&str>, proxies: &[&str]) -> bool {
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let app = App { proxies: Proxies::new(proxies).unwrap(), ..App::default() };
        let peer = peer.map(|peer| peer.parse().unwrap());
        is_own_machine(&Known { parts: &parts, peer, app: &app })
    }

    fn to(host: &str) -> request::Builder {
        Request::get("/").header("host", host)
    }

    #[test]
    fn it_is_asked_for_and_asked_from_by_loopback() {
        for host in ["localhost", "localhost:3000", "shop.localhost:3000", "127.0.0.1:3000", "127.1.2.3", "[::1]:3000"]
        {
            assert!(is_own(to(host), None, &[]), "{host}");
            for peer in ["127.0.0.1:5000", "127.0.0.2:5000", "[::1]:5000", "[::ffff:127.0.0.1]:5000"] {
                assert!(is_own(to(host), Some(peer), &[]), "{host} {peer}");
            }
            for peer in ["10.0.0.1:5000", "192.0.2.1:80", "[fe80::1]:80", "0.0.0.0:1"] {
                assert!(!is_own(to(host), Some(peer), &[]), "{host} {peer}");
            }
        }
        for host in
            ["shop.example", "localhost.example", "10.0.0.1", "192.168.0.1:3000", "0.0.0.0", "[::2]", "user@localhost"]
        {
            assert!(!is_own(to(host), Some("127.0.0.1:5000"), &[]), "{host}");
        }
        assert!(!is_own(Request::get("/"), None, &[]), "no host");
        assert!(!is_own(to("localhost").header("host", "a"), None, &[]), "two hosts");
    }

    #[test]
    fn a_header_of_a_proxy_says_that_it_is_not() {
        for name in ["forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "X-Forwarded-Server", "x-real-ip"] {
            assert!(!is_own(to("localhost").header(name, "x"), Some("127.0.0.1:5000"), &[]), "{name}");
        }
    }

    #[test]
    fn https_says_that_it_is_not() {
        let target = |target: &str| Request::get(target).header("host", "localhost");
        assert!(is_own(target("http://localhost/"), None, &[]));
        assert!(!is_own(target("https://localhost/"), None, &[]));
        assert!(!is_own(to("localhost").extension(Scheme::Https), None, &[]));
        assert!(is_own(to("localhost").extension(Scheme::Http), None, &[]));
        assert!(!is_own(to("localhost").extension(ClientAddr(([192, 0, 2, 1], 80).into())), Some("127.0.0.1:1"), &[]));
    }

    #[test]
    fn a_proxy_that_is_named_decides_by_what_it_tells() {
        let proxied = |headers: &[(&str, &str)]| {
            let request = headers.iter().fold(to("localhost"), |request, (name, value)| request.header(*name, *value));
            is_own(request, Some("127.0.0.1:5000"), &["127.0.0.1"])
        };
        let (host, proto, from) = ("x-forwarded-host", "x-forwarded-proto", "x-forwarded-for");
        assert!(proxied(&[(host, "localhost:8080"), (proto, "http"), (from, "127.0.0.1")]));
        assert!(proxied(&[(host, "localhost:8080"), (proto, "http")]));
        for told in [
            &[][..],
            &[(proto, "http")],
            &[(host, "localhost")],
            &[(host, "shop.example"), (proto, "http")],
            &[(host, "localhost"), (proto, "https")],
            &[(host, "localhost"), (proto, "javascript")],
            &[(host, "localhost"), (proto, "http"), (from, "203.0.113.9")],
        ] {
            assert!(!proxied(told), "{told:?}");
        }
    }
}
