//! Everything of a request but its body.

use core::fmt;
use std::{net::SocketAddr, sync::Arc};

use http::{Extensions, HeaderMap, Method, Uri, Version, request::Parts};

use crate::{
    app::{App, Known},
    extract::{Params, Segments},
    response::Response,
    work::Later,
};

/// Everything of a request but its body: what borrowing extractors borrow from.
///
/// It outlives the handler's future, so an argument may point into it.
pub struct RequestHead {
    pub(crate) parts: Parts,
    /// The path with its escapes resolved, where it has any: what `params` point into.
    pub(crate) decoded: Option<Box<str>>,
    pub(crate) params: Params,
    pub(crate) peer: Option<SocketAddr>,
    pub(crate) app: Arc<App>,
    /// What waits until the answer has been sent, on routes that may have such.
    pub(crate) later: Option<Arc<Later>>,
}

impl RequestHead {
    /// The method.
    pub fn method(&self) -> &Method {
        &self.parts.method
    }

    /// The target as the client sent it.
    pub fn uri(&self) -> &Uri {
        &self.parts.uri
    }

    /// The version of HTTP.
    pub fn version(&self) -> Version {
        self.parts.version
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// What layers in front of Rutter have attached to the request.
    pub fn extensions(&self) -> &Extensions {
        &self.parts.extensions
    }

    /// The address at the other end of the connection, where the server told it.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    pub(crate) fn known(&self) -> Known<'_> {
        Known { parts: &self.parts, peer: self.peer, app: &self.app }
    }

    /// The value of the dynamic segment with this place in the pattern, its escapes resolved.
    #[inline]
    pub(crate) fn param(&self, index: usize) -> Option<&str> {
        self.view().param(index)
    }

    /// The segments that a catch-all took.
    pub(crate) fn rest(&self, index: usize) -> Segments<'_> {
        self.view().rest(index)
    }

    /// Settles an answer whose body depends on the request.
    #[inline]
    pub(crate) fn settle(&self, response: &mut Response) {
        settle(|| self.known(), response);
    }

    pub(crate) fn take_parts(&mut self) -> Parts {
        core::mem::replace(&mut self.parts, no_parts())
    }

    pub(crate) fn clone_parts(&self) -> Parts {
        let mut parts = no_parts();
        parts.method.clone_from(&self.parts.method);
        parts.uri.clone_from(&self.parts.uri);
        parts.version = self.parts.version;
        parts.headers.clone_from(&self.parts.headers);
        parts.extensions.clone_from(&self.parts.extensions);
        parts
    }
}

impl fmt::Debug for RequestHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RequestHead");
        debug.field("method", self.method()).field("uri", self.uri()).field("peer", &self.peer);
        // Values of headers are left out: they hold cookies and tokens.
        debug.field("headers", &self.headers().keys().map(http::HeaderName::as_str).collect::<Vec<_>>());
        debug.finish_non_exhaustive()
    }
}

/// Settles an answer whose body depends on the request.
#[inline]
pub(crate) fn settle<'r>(known: impl FnOnce() -> Known<'r>, response: &mut Response) {
    if let Some(open) = response.body_mut().take_open() {
        open.settle(&known(), response);
    }
}

/// Parts have no constructor of their own.
fn no_parts() -> Parts {
    http::Request::new(()).into_parts().0
}

impl Drop for RequestHead {
    fn drop(&mut self) {
        crate::response::recycle(&mut self.parts.headers);
    }
}
