//! The address of the client, also behind proxies.

use core::{fmt, net::IpAddr, ops::Deref};

use crate::{
    app::Known,
    body::BodySlot,
    extract::{FromHead, FromRequest, RequestHead, client_addr},
    proxies::Told,
    reads::Reads,
    response::Problem,
};

/// The address of the client: behind a proxy that [`Routes::proxies`](crate::Routes::proxies) names, what it tells; else
/// the other end of the connection, which is [`ClientAddr`](crate::ClientAddr).
///
/// An IPv4 address is told as one, also where it came in IPv6's form. Where neither a layer nor the server has told who
/// is at the other end, the answer is a 500, and an `Option<ClientIp>` is `None`.
///
/// ```
/// use rutter::ClientIp;
///
/// fn whoami(client: ClientIp) -> String {
///     client.to_string()
/// }
/// assert_eq!(whoami(ClientIp([203, 0, 113, 9].into())), "203.0.113.9");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientIp(pub IpAddr);

impl FromRequest for ClientIp {
    const READS: Reads = <ClientIp as FromHead<'_>>::READS;
    const READY: bool = true;
    type Rejection = Problem;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Problem> {
        ClientIp::from_head(head)
    }
}

impl FromHead<'_> for ClientIp {
    const READS: Reads = Reads::HEAD.and(Reads::CLIENT);
    type Rejection = Problem;

    fn from_head(head: &RequestHead) -> Result<Self, Problem> {
        told(&head.known()).map(|told| ClientIp(told.client)).ok_or_else(client_addr::unknown)
    }
}

impl Deref for ClientIp {
    type Target = IpAddr;

    fn deref(&self) -> &IpAddr {
        &self.0
    }
}

impl fmt::Display for ClientIp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is to be believed of a request whose other end is known.
pub(crate) fn told<'r>(known: &Known<'r>) -> Option<Told<'r>> {
    Some(known.app.proxies.told(client_addr::other_end(known)?.ip(), &known.parts.headers))
}
