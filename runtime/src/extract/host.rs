//! The host that the client has asked for.

use core::fmt;

use http::header::HOST;

use crate::{
    app::Known,
    body::BodySlot,
    error::{Error, Result},
    extract::{FromHead, FromRequest, RequestHead, client_ip::told},
    host::{is_host, is_loopback, split},
    reads::Reads,
    response::{IntoResponse, Place, Problem, Response},
};

/// The host that the client has asked for: a name or an address, with a port or without, in lower case. An empty
/// port (`a.example:`) is left out.
///
/// Behind a proxy that [`Routes::proxies`](crate::Routes::proxies) names, it is what that tells; else the authority of
/// the target or the header `Host`. It is well formed, but any client can send any host: compare it with your own before
/// you build links for others from it.
///
/// A request of HTTP/1.0 may have none: it is answered with a 400, and an `Option<Host>` is `None`. Whether a host is
/// believed depends on who is asking, so no answer with it is kept; one that may take `TypedHeader<headers::Host>` with
/// `vary("host")`.
///
/// ```
/// use rutter::Host;
///
/// fn shop(host: Host) -> String {
///     host.name().trim_end_matches(".shops.example").to_owned()
/// }
/// assert_eq!(shop(Host::new("Ada.shops.example:8080")?), "ada");
/// # Ok::<(), rutter::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Host(String);

impl Host {
    /// A host as a request names it: what a test gives to a handler.
    ///
    /// # Errors
    /// When it is no name or address, with a port or without.
    pub fn new(host: &str) -> Result<Self> {
        Host::parse(host).ok_or_else(|| Error::new(format!("{host:?} is no host name or address")))
    }

    /// The name or address without the port; an IPv6 address has its brackets.
    ///
    /// ```
    /// assert_eq!(rutter::Host::new("[::1]:3000")?.name(), "[::1]");
    /// # Ok::<(), rutter::Error>(())
    /// ```
    pub fn name(&self) -> &str {
        split(&self.0).0
    }

    /// The port, where one is told.
    ///
    /// ```
    /// assert_eq!(rutter::Host::new("localhost:3000")?.port(), Some(3000));
    /// assert_eq!(rutter::Host::new("localhost")?.port(), None);
    /// # Ok::<(), rutter::Error>(())
    /// ```
    pub fn port(&self) -> Option<u16> {
        split(&self.0).1?.parse().ok()
    }

    /// All of it, as `Display` writes it.
    ///
    /// ```
    /// assert_eq!(rutter::Host::new("localhost:3000")?.as_str(), "localhost:3000");
    /// # Ok::<(), rutter::Error>(())
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether everyone takes it for their own machine.
    #[cfg_attr(not(feature = "cookies"), allow(dead_code))]
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(self.name())
    }

    /// The host of a request, as far as it may be believed.
    pub(crate) fn of(known: &Known<'_>) -> Result<Host, HostRejection> {
        if let Some(host) = told(known).and_then(|told| Host::parse(told.host?)) {
            return Ok(host);
        }
        // RFC 9112 §3.2.2: the authority of the target wins over the header.
        let authority = known.parts.uri.authority().map(http::uri::Authority::as_str);
        let mut lines = known.parts.headers.get_all(HOST).iter();
        let host = match (authority, lines.next(), lines.next()) {
            (Some(authority), ..) => Some(authority),
            (None, Some(line), None) => line.to_str().ok(),
            (None, None, _) => return Err(HostRejection::Missing),
            (None, Some(_), Some(_)) => None,
        };
        host.and_then(Host::parse).ok_or(HostRejection::Malformed)
    }

    fn parse(host: &str) -> Option<Host> {
        // RFC 3986 §6.2.3: an empty port is none.
        is_host(host.as_bytes()).then(|| Host(host.strip_suffix(':').unwrap_or(host).to_ascii_lowercase()))
    }
}

impl FromRequest for Host {
    const READS: Reads = <Host as FromHead<'_>>::READS;
    const READY: bool = true;
    type Rejection = HostRejection;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, HostRejection> {
        Host::from_head(head)
    }

    fn is_absent(rejection: &HostRejection) -> bool {
        <Host as FromHead<'_>>::is_absent(rejection)
    }
}

impl FromHead<'_> for Host {
    // Whether a header is believed depends on who sends it.
    const READS: Reads = Reads::HEAD.and(Reads::CLIENT);
    type Rejection = HostRejection;

    fn from_head(head: &RequestHead) -> Result<Self, HostRejection> {
        Host::of(&head.known())
    }

    fn is_absent(rejection: &HostRejection) -> bool {
        matches!(rejection, HostRejection::Missing)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why it is not known which host a request is for: a 400.
///
/// ```
/// use rutter::{HostRejection, Problem};
///
/// let problem = Problem::from(HostRejection::Missing);
/// assert_eq!(problem.to_string(), "400 Bad Request: the header `host` is required");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostRejection {
    /// It names none.
    Missing,
    /// It names several, or something that is none.
    Malformed,
}

impl HostRejection {
    fn detail(self) -> &'static str {
        match self {
            HostRejection::Missing => "is required",
            HostRejection::Malformed => "is malformed",
        }
    }
}

impl fmt::Display for HostRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `host` {}", self.detail())
    }
}

impl From<HostRejection> for Problem {
    fn from(rejection: HostRejection) -> Self {
        Problem::bad_request(rejection.to_string()).error(Place::Header, "host", rejection.detail())
    }
}

impl IntoResponse for HostRejection {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_port_is_none() {
        for (host, expected) in [
            ("a.example:", "a.example"),
            ("[::1]:", "[::1]"),
            ("a.example:80", "a.example:80"),
            ("a.example:00080", "a.example:00080"),
        ] {
            assert_eq!(Host::new(host).unwrap().as_str(), expected, "{host}");
        }
        assert_eq!(Host::new("a.example:").unwrap(), Host::new("a.example").unwrap());
        assert!(Host::new("a.example::").is_err());
    }
}
