//! Whether the client speaks `http` or `https`.

use core::{convert::Infallible, fmt};

use crate::{
    app::Known,
    body::BodySlot,
    extract::{FromHead, FromRequest, RequestHead, client_ip::told},
    reads::Reads,
};

/// Whether the client speaks `http` or `https`.
///
/// Behind a proxy that [`Routes::proxies`](crate::Routes::proxies) names, it is what that tells. Else it is the `Scheme`
/// that a layer has attached to the request's extensions, as an accept loop with TLS does; else `http`. What the client
/// itself says is not believed.
///
/// It depends on who is asking, so no answer with it is kept.
///
/// ```
/// use rutter::Scheme;
///
/// fn canonical(scheme: Scheme) -> String {
///     format!("{scheme}://shop.example/")
/// }
/// assert_eq!(canonical(Scheme::Https), "https://shop.example/");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// `http`: anyone on the way may read it.
    Http,
    /// `https`.
    Https,
}

impl Scheme {
    /// `http` or `https`.
    ///
    /// ```
    /// assert_eq!(rutter::Scheme::Https.as_str(), "https");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Scheme::Http => "http",
            Scheme::Https => "https",
        }
    }

    /// What is said of it by who may be believed, if anything is.
    pub(crate) fn of(known: &Known<'_>) -> Option<Scheme> {
        let told = told(known).and_then(|told| Scheme::parse(told.proto?));
        told.or_else(|| known.parts.extensions.get().copied())
    }

    pub(crate) fn parse(text: &str) -> Option<Scheme> {
        [Scheme::Http, Scheme::Https].into_iter().find(|scheme| text.eq_ignore_ascii_case(scheme.as_str()))
    }
}

impl FromRequest for Scheme {
    const READS: Reads = <Scheme as FromHead<'_>>::READS;
    const READY: bool = true;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        Scheme::from_head(head)
    }
}

impl FromHead<'_> for Scheme {
    // Whether a header is believed depends on who sends it.
    const READS: Reads = Reads::HEAD.and(Reads::CLIENT);
    type Rejection = Infallible;

    fn from_head(head: &RequestHead) -> Result<Self, Infallible> {
        Ok(Scheme::of(&head.known()).unwrap_or(Scheme::Http))
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
