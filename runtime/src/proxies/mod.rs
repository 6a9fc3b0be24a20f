//! Which proxies stand in front, and what is believed of what they tell.
//!
//! A header can come from anyone, so none is believed unless the other end of the connection is a proxy that the
//! application has named:
//!
//! ```
//! use rutter::{Proxies, prelude::*};
//!
//! #[route(GET, "/whoami")]
//! fn whoami(ip: ClientIp, host: Host, scheme: Scheme) -> String {
//!     format!("{ip} asked for {scheme}://{host}")
//! }
//!
//! # fn main() -> rutter::Result<()> {
//! let app = rutter::collect!().proxies(Proxies::new(["10.0.0.0/8"])?).build()?;
//! # let _ = app;
//! # Ok(())
//! # }
//! ```
//!
//! How it works: each proxy writes the address that it was asked from at the end of a list. [`Proxies::told`] reads the
//! list from that end, one element for each proxy that is trusted; what stands before, a client may have written.

mod forwarded;
mod list;
mod network;

use core::net::{IpAddr, SocketAddr};

use http::{HeaderMap, HeaderName, header::FORWARDED};

use crate::error::Result;

use network::Network;

/// The proxies in front of the application that are trusted, for [`Routes::proxies`](crate::Routes::proxies).
///
/// `X-Forwarded-For`, `X-Forwarded-Host` and `X-Forwarded-Proto` are read, or `Forwarded` (RFC 7239) after
/// [`forwarded`](Proxies::forwarded), and never both: what a proxy does not write itself, a client can.
///
/// The rules:
/// - nothing is believed of anyone but the proxies that are named here;
/// - `X-Forwarded-For` and `Forwarded` are read from their end: the first address that is no trusted proxy's is the
///   client. Where all are, the leftmost is;
/// - an element that is no address (`unknown`, `_hidden`, a mistake) ends the list: the client is who has sent it. Empty
///   elements are skipped (RFC 9110 §5.6.1);
/// - of `X-Forwarded-Host` and `X-Forwarded-Proto` the last element counts, which the proxy beside us has written. Of
///   `Forwarded` it is `host` and `proto` as the outermost trusted proxy that tells them does;
/// - a host or scheme that is none is not believed: the request's own counts.
///
/// A proxy has to write these headers on every request, over what the client has sent or behind it. Take care of
/// `X-Forwarded-Host`, which many only hand on.
///
/// ```
/// use rutter::Proxies;
///
/// let proxies = Proxies::new(["10.0.0.0/8", "fd00::/8", "127.0.0.1"])?;
/// let standard = Proxies::new(["192.0.2.1"])?.forwarded();
/// assert!(Proxies::new(["proxy.local"]).is_err());
/// # let _ = (proxies, standard);
/// # Ok::<(), rutter::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "proxies are trusted once `Routes::proxies` has them"]
pub struct Proxies {
    trusted: Vec<Network>,
    is_forwarded: bool,
}

impl Proxies {
    /// Trusts these addresses (`127.0.0.1`) and networks (`10.0.0.0/8`).
    ///
    /// # Errors
    /// When one of them is neither; the error names it.
    pub fn new<I>(proxies: I) -> Result<Self>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let trusted = proxies.into_iter().map(|text| Network::parse(text.as_ref())).collect::<Result<_>>()?;
        Ok(Proxies { trusted, is_forwarded: false })
    }

    /// Reads `Forwarded` (RFC 7239) in the place of `X-Forwarded-*`.
    pub fn forwarded(mut self) -> Self {
        self.is_forwarded = true;
        self
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(address))
    }

    /// What is to be believed of a request from this address.
    pub(crate) fn told<'h>(&self, peer: IpAddr, headers: &'h HeaderMap) -> Told<'h> {
        let client = peer.to_canonical();
        let told = Told { client, is_proxied: self.trusts(client), host: None, proto: None };
        match (told.is_proxied, self.is_forwarded) {
            (false, _) => told,
            (true, false) => self.by_x_forwarded(told, headers),
            (true, true) => self.by_forwarded(told, headers),
        }
    }

    fn by_x_forwarded<'h>(&self, mut told: Told<'h>, headers: &'h HeaderMap) -> Told<'h> {
        let mut addresses = list::backwards(headers, &X_FORWARDED_FOR, list::PLAIN);
        while self.trusts(told.client) {
            let Some(address) = addresses.next().and_then(node) else { break };
            told.client = address;
        }
        let last = |name| list::backwards(headers, name, list::PLAIN).next().and_then(text);
        (told.host, told.proto) = (last(&X_FORWARDED_HOST), last(&X_FORWARDED_PROTO));
        told
    }

    fn by_forwarded<'h>(&self, mut told: Told<'h>, headers: &'h HeaderMap) -> Told<'h> {
        let mut elements = list::backwards(headers, &FORWARDED, list::QUOTED);
        while self.trusts(told.client) {
            let Some(element) = elements.next().and_then(forwarded::parse) else { break };
            // Whoever is trusted has written it, also where it hides the address.
            (told.host, told.proto) = (element.host.or(told.host), element.proto.or(told.proto));
            let Some(address) = element.node.and_then(|node| self::node(node.as_bytes())) else { break };
            told.client = address;
        }
        told
    }
}

/// What is to be believed of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told<'h> {
    /// Who has asked first.
    pub(crate) client: IpAddr,
    /// Whether a trusted proxy stands in between.
    pub(crate) is_proxied: bool,
    /// What the proxy says was asked for, as it stands there.
    pub(crate) host: Option<&'h str>,
    pub(crate) proto: Option<&'h str>,
}

/// The address of `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:80`.
fn node(element: &[u8]) -> Option<IpAddr> {
    let element = text(element)?;
    let address = element.parse().ok().or_else(|| {
        let address: Option<SocketAddr> = element.parse().ok();
        // A zone is of the machine that wrote it, and no address of another.
        let has_zone = element.contains('%');
        address.filter(|_| !has_zone).map(|address| address.ip())
    });
    let bare = || element.strip_prefix('[')?.strip_suffix(']')?.parse().map(IpAddr::V6).ok();
    Some(address.or_else(bare)?.to_canonical())
}

fn text(element: &[u8]) -> Option<&str> {
    core::str::from_utf8(element).ok()
}

static X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
static X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
static X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

#[cfg(test)]
mod tests;
