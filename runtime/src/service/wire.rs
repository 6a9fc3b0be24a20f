//! What a request must have before its path is looked at, and hyper does not check.
//!
//! Each rule looks at what most requests do not have, or at what must be read anyway: a plain GET
//! pays for one look at `Host` and a few comparisons.

use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Version,
    header::{AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING},
    request::Parts,
    uri::{Scheme, Uri},
};

use crate::{
    body::BodySlot,
    host::is_host,
    response::{IntoResponse, Problem, Response},
};

/// The answer to a request that may not pass; one that may has a `Host` that says what it is for.
pub(super) fn refuse(parts: &mut Parts, body: &BodySlot) -> Option<Response> {
    match host_of(parts, body) {
        Ok(None) => None,
        Ok(Some(host)) => {
            parts.headers.insert(HOST, host);
            None
        }
        Err(refusal) => Some(refusal.answer(parts.version)),
    }
}

/// Holds a request to the rules. The `Host` that an absolute target sets in the place of what was
/// sent.
#[inline]
fn host_of(parts: &Parts, body: &BodySlot) -> Result<Option<HeaderValue>, Refusal> {
    no_tunnel(&parts.method)?;
    one_host(parts)?;
    // Counting is quicker than looking for a second one, and most requests repeat no header.
    if parts.headers.len() != parts.headers.keys_len() {
        nothing_twice(&parts.headers)?;
    }
    if body.is_of_unknown_length() {
        only_chunked(&parts.headers)?;
    }
    match parts.uri.authority() {
        None => Ok(None),
        Some(_) => authority_of(&parts.uri).map(Some),
    }
}

/// What follows a CONNECT may belong to the tunnel and not be a request (RFC 9110 §9.3.6).
fn no_tunnel(method: &Method) -> Result<(), Refusal> {
    if *method == Method::CONNECT {
        return Err(Refusal { status: 501, detail: "no tunnels are made here" });
    }
    Ok(())
}

/// There is a `Host`, and it is well formed (RFC 9110 §7.2, RFC 9112 §3.2).
#[inline]
fn one_host(parts: &Parts) -> Result<(), Refusal> {
    // Nearly every client sends `Host` first: looking there is quicker than hashing its name.
    let first = parts.headers.iter().next().filter(|(name, _)| *name == HOST).map(|(_, value)| value);
    match first.or_else(|| parts.headers.get(HOST)) {
        Some(host) if is_host(host.as_bytes()) => Ok(()),
        Some(_) => Err(bad("`Host` must be a host name or address, with a port or without")),
        None => match parts.version {
            Version::HTTP_09 | Version::HTTP_10 => Ok(()),
            // RFC 9112 §3.2: an absolute target is no substitute.
            Version::HTTP_11 => Err(NO_HOST),
            // From HTTP/2 on the authority has a place of its own (RFC 9113 §8.3.1).
            _ if parts.uri.authority().is_some() => Ok(()),
            _ => Err(NO_HOST),
        },
    }
}

/// No header stands twice whose first value and last value would mean different requests
/// (RFC 9110 §5.3): a front may have read the other one.
#[cold]
fn nothing_twice(headers: &HeaderMap) -> Result<(), Refusal> {
    for (name, detail) in ONCE {
        if headers.get_all(name).iter().nth(1).is_some() {
            return Err(bad(detail));
        }
    }
    Ok(())
}

const ONCE: [(HeaderName, &str); 4] = [
    (HOST, "`Host` must be sent once"),
    (CONTENT_LENGTH, "`Content-Length` must be sent once"),
    (CONTENT_TYPE, "`Content-Type` must be sent once"),
    (AUTHORIZATION, "`Authorization` must be sent once"),
];

/// A body of unknown length is `chunked`, once, and nothing else (RFC 9112 §6.1). hyper looks at
/// the last coding only, and would hand on what an unknown one made of the body.
#[cold]
fn only_chunked(headers: &HeaderMap) -> Result<(), Refusal> {
    let mut values = headers.get_all(TRANSFER_ENCODING).iter();
    match (values.next(), values.next()) {
        // From HTTP/2 on there are no codings.
        (None, _) => Ok(()),
        (Some(value), None) if is_chunked(value.as_bytes()) => Ok(()),
        _ if headers.get_all(TRANSFER_ENCODING).iter().all(names_no_other) => {
            Err(bad("the transfer coding `chunked` must be applied once"))
        }
        _ => Err(Refusal { status: 501, detail: "the only transfer coding that is known here is `chunked`" }),
    }
}

fn is_chunked(coding: &[u8]) -> bool {
    coding.eq_ignore_ascii_case(b"chunked")
}

/// Whether a list names `chunked` only. RFC 9110 §5.6.1 would have empty elements ignored; in the
/// one header that decides where a request ends they are only sent to mislead.
fn names_no_other(value: &HeaderValue) -> bool {
    let codings = value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    codings.into_iter().all(|coding| coding.is_empty() || is_chunked(coding))
}

/// The authority of an absolute target, which replaces what `Host` says (RFC 9112 §3.2.2).
#[cold]
fn authority_of(uri: &Uri) -> Result<HeaderValue, Refusal> {
    // RFC 9112 §3.2.3: a target that is an authority alone is CONNECT's.
    let Some(scheme) = uri.scheme() else { return Err(bad("the target must be a path or an absolute URI")) };
    if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS {
        return Err(bad("the scheme of the target must be `http` or `https`"));
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    match HeaderValue::from_str(authority) {
        Ok(host) if is_host(authority.as_bytes()) => Ok(host),
        _ => Err(bad("the target must name a host name or address, with a port or without, and no user")),
    }
}

/// Why a request may not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Refusal {
    status: u16,
    detail: &'static str,
}

const NO_HOST: Refusal = bad("`Host` is missing");

const fn bad(detail: &'static str) -> Refusal {
    Refusal { status: 400, detail }
}

impl Refusal {
    #[cold]
    fn answer(self, version: Version) -> Response {
        let mut response = Problem::new(self.status).detail(self.detail).into_response();
        close(&mut response, version);
        response
    }
}

/// Says that the connection ends with this answer: whoever sent such a head may mean something
/// else by what follows it. From HTTP/2 on a connection is no sequence of requests.
pub(super) fn close(response: &mut Response, version: Version) {
    if version <= Version::HTTP_11 {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;

    use super::*;
    use crate::body::Body;

    /// The status of the refusal, and the `Host` that goes on.
    fn pass(request: http::request::Builder, body: Body) -> Result<Option<String>, u16> {
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        match refuse(&mut parts, &slot(body)) {
            Some(refusal) => Err(refusal.status().as_u16()),
            None => Ok(parts.headers.get(HOST).map(|host| host.to_str().expect("text").to_owned())),
        }
    }

    fn slot(body: Body) -> BodySlot {
        BodySlot::new(body, u64::MAX, core::time::Duration::MAX)
    }

    #[test]
    fn a_host_is_there_from_http_1_1_on() {
        for (version, target, passes) in [
            (Version::HTTP_10, "/", true),
            (Version::HTTP_11, "/", false),
            (Version::HTTP_11, "http://a/", false),
            (Version::HTTP_2, "/", false),
            (Version::HTTP_2, "http://a/", true),
        ] {
            let request = Request::get(target).version(version);
            assert_eq!(pass(request, Body::empty()).is_ok(), passes, "{version:?} {target}");
        }
    }

    #[test]
    fn a_header_that_decides_stands_once() {
        for name in ["host", "content-length", "content-type", "authorization"] {
            let request = Request::get("/").header("host", "a").header(name, "a").header(name, "a");
            assert_eq!(pass(request, Body::empty()), Err(400), "{name}");
        }
        let request = Request::get("/").header("host", "a").header("accept", "a").header("accept", "b");
        assert_eq!(pass(request, Body::empty()), Ok(Some("a".to_owned())));
    }

    #[test]
    fn a_body_of_unknown_length_is_chunked_and_nothing_else() {
        let stream = || Body::stream(Once(Some(Ok(Bytes::from_static(b"x")))));
        for (codings, expected) in [
            (&[][..], None),
            (&["chunked"], None),
            (&["Chunked"], None),
            (&["gzip, chunked"], Some(501)),
            (&["identity, chunked"], Some(501)),
            (&["chunked;a=b, chunked"], Some(501)),
            (&["cow", "chunked"], Some(501)),
            (&["chunked, chunked"], Some(400)),
            (&[", chunked"], Some(400)),
            (&["chunked,"], Some(400)),
            (&["chunked", "chunked"], Some(400)),
            (&["", "chunked"], Some(400)),
        ] {
            let request = Request::post("/").header("host", "a");
            let request = codings.iter().fold(request, |request, coding| request.header("transfer-encoding", *coding));
            assert_eq!(pass(request, stream()).err(), expected, "{codings:?}");
        }
    }

    #[test]
    fn the_authority_of_an_absolute_target_is_the_host() {
        for (target, expected) in [
            ("/", Ok("a")),
            ("http://b", Ok("b")),
            ("http://b:81/x", Ok("b:81")),
            ("HTTPS://[::1]:81/", Ok("[::1]:81")),
            ("ftp://b/", Err(400)),
            ("ws://b/", Err(400)),
            ("http://user@b/", Err(400)),
            ("http://b,c/", Err(400)),
            ("http://b:99999/", Err(400)),
            ("b:80", Err(400)),
        ] {
            let request = Request::get(target).header("host", "a");
            assert_eq!(pass(request, Body::empty()), expected.map(|host| Some(host.to_owned())), "{target}");
        }
    }

    #[test]
    fn a_tunnel_is_a_501_and_the_end_of_its_connection() {
        for (version, target, closes) in
            [(Version::HTTP_11, "a:80", true), (Version::HTTP_11, "/", true), (Version::HTTP_2, "a:80", false)]
        {
            let request = Request::connect(target).version(version).header("host", "a:80");
            let (mut parts, ()) = request.body(()).expect("a request").into_parts();
            let refusal = refuse(&mut parts, &slot(Body::empty())).expect("a refusal");
            assert_eq!((refusal.status().as_u16(), refusal.headers().contains_key("connection")), (501, closes));
        }
    }

    struct Once(Option<Result<Bytes, crate::error::BoxError>>);

    impl futures_core::Stream for Once {
        type Item = Result<Bytes, crate::error::BoxError>;

        fn poll_next(
            mut self: core::pin::Pin<&mut Self>,
            _: &mut core::task::Context<'_>,
        ) -> core::task::Poll<Option<Self::Item>> {
            core::task::Poll::Ready(self.0.take())
        }
    }
}
