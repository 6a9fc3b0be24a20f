//! The address that a request comes from.

use core::{fmt, net::SocketAddr, ops::Deref};

use http::StatusCode;

use crate::{
    app::Known,
    body::BodySlot,
    extract::{FromRequest, RequestHead},
    reads::Reads,
    response::Problem,
};

/// The address at the other end of the connection.
///
/// Behind a proxy that is the proxy's; [`ClientIp`](crate::ClientIp) is the client's. No header is
/// believed: a layer that knows better attaches its own `ClientAddr` to the request's extensions,
/// and that one wins. Where neither a layer nor the server has told one, the answer is a 500, and
/// an `Option<ClientAddr>` is `None`.
///
/// ```
/// use rutter::ClientAddr;
///
/// fn whoami(client: ClientAddr) -> String {
///     client.ip().to_string()
/// }
/// assert_eq!(whoami(ClientAddr(([127, 0, 0, 1], 80).into())), "127.0.0.1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddr(pub SocketAddr);

impl FromRequest for ClientAddr {
    // A layer may have taken it from any header.
    const READS: Reads = Reads::HEAD.and(Reads::CLIENT);
    const READY: bool = true;
    type Rejection = Problem;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Problem> {
        other_end(&head.known()).map(ClientAddr).ok_or_else(unknown)
    }
}

/// The other end of the connection, as a layer or the server has told it.
pub(super) fn other_end(known: &Known<'_>) -> Option<SocketAddr> {
    let told: Option<&ClientAddr> = known.parts.extensions.get();
    told.map(|address| address.0).or(known.peer)
}

/// The refusal where it is not known who is at the other end.
pub(super) fn unknown() -> Problem {
    tracing::error!("neither the server nor a layer has told the client's address: answered with a 500");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
}

impl Deref for ClientAddr {
    type Target = SocketAddr;

    fn deref(&self) -> &SocketAddr {
        &self.0
    }
}

impl fmt::Display for ClientAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
