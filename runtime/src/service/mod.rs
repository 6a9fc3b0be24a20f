//! One request's journey, and the adapters that hyper and tower call.
//!
//! [`RouteService`] is a `hyper::service::Service` for requests with any body, and with the
//! feature `tower` a `tower::Service`. [`serve`] runs it on a socket.
//!
//! ```no_run
//! # use rutter::prelude::*;
//! # #[route(GET, "/")]
//! # fn home() {}
//! # async fn run() -> rutter::Result<()> {
//! let app = rutter::collect!().build()?;
//! rutter::serve(app, "127.0.0.1:3000").await
//! # }
//! ```
//!
//! The rules of the wire, which hyper leaves to services:
//! - a missing, repeated, empty or malformed `Host` is a 400; the authority of an absolute target
//!   wins over `Host` (RFC 9112 §3.2), and its scheme is `http` or `https`;
//! - a second `Content-Type`, `Content-Length` or `Authorization` is a 400;
//! - a transfer coding other than `chunked` is a 501;
//! - CONNECT and methods that no route can have are a 501;
//! - with [`serve`] and [`Server`], chunks are framed to the letter (RFC 9112 §7.1), and a head is
//!   at most 96 KiB long;
//! - no header switches anything off: `X-HTTP-Method-Override` and its like mean nothing;
//! - a panic is a 500, and the connection goes on.
//!
//! How it works: [`dispatch`](dispatch::dispatch) finds the route and calls its endpoint. A
//! handler that never waits has answered by then; one that waits leaves a future, which
//! [`RouteFuture`] holds.

mod build;
mod cached;
#[cfg(feature = "server")]
mod chunks;
#[cfg(feature = "server")]
mod connection;
mod dispatch;
#[cfg(feature = "server")]
mod door;
#[cfg(feature = "server")]
mod framing;
mod future;
#[cfg(feature = "server")]
mod leaving;
mod origins;
#[cfg(feature = "server")]
mod serve;
#[cfg(feature = "server")]
mod shutdown;
#[cfg(feature = "server")]
mod watched;
mod wire;

use core::{convert::Infallible, fmt, time::Duration};
use std::{net::SocketAddr, sync::Arc};

use http::Request;

#[cfg(feature = "compression")]
use crate::compression::Compression;
use crate::{
    app::App,
    body::{Body, BodySlot},
    cache::{Keeper, Revalidate, Shelf},
    cors::Policy,
    error::BoxError,
    extract::{Params, RequestHead},
    response::Response,
    route::{Call, Methods, Route, Slot},
    router::{MethodTable, Tree},
    routes::{Fallback, Table},
    work::Unfinished,
};

use cached::Effects;
use origins::Guard;

pub use future::RouteFuture;
#[cfg(feature = "server")]
pub use serve::{Server, serve};

/// The routes of an application as a service: what hyper and tower call.
///
/// A clone is cheap and shares everything. Time limits, and answers that are kept, need a Tokio runtime with its timer
/// (`enable_all`), as `#[tokio::main]` has it.
#[derive(Clone)]
pub struct RouteService {
    shared: Arc<Shared>,
    peer: Option<SocketAddr>,
}

/// What every request needs, made once by `build`.
struct Shared {
    tree: Tree<MethodTable>,
    places: Vec<Place>,
    /// The methods of all routes, for `OPTIONS *`.
    methods: Methods,
    fallback: Option<Fallback>,
    /// What the application says to other origins.
    cors: Option<Arc<Policy>>,
    app: Arc<App>,
    keeper: Arc<Keeper>,
    /// Whether answers are kept at all.
    keeps: bool,
    #[cfg(feature = "compression")]
    compression: Option<Compression>,
}

/// A route, and what is kept or revalidated with its answers.
struct Place {
    route: &'static Route,
    /// Where its answers are kept; none where each request runs the handler.
    shelf: Option<Arc<Shelf>>,
    /// What a success of it revalidates.
    effects: Option<Effects>,
    /// Whether its handler may leave work for when the answer has been sent.
    has_later: bool,
    /// What it says to other origins.
    guard: Option<Guard>,
}

impl RouteService {
    /// The same service for one connection, whose other end is known:
    /// [`ClientAddr`](crate::ClientAddr) reads it.
    ///
    /// ```no_run
    /// # async fn accept(app: rutter::RouteService, listener: tokio::net::TcpListener) -> rutter::Result<()> {
    /// let (stream, peer) = listener.accept().await?;
    /// let service = app.peer(peer);
    /// # let _ = (stream, service);
    /// # Ok(())
    /// # }
    /// ```
    pub fn peer(&self, peer: SocketAddr) -> Self {
        RouteService { shared: Arc::clone(&self.shared), peer: Some(peer) }
    }

    /// Puts a request where its handler will read it; which route it is for is not known yet.
    #[inline]
    fn slot<B>(&self, request: Request<B>) -> Slot
    where
        B: http_body::Body + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let (parts, body) = request.into_parts();
        let app = Arc::clone(&self.shared.app);
        let body = BodySlot::new(Body::new(body), app.limits.body, app.limits.body_idle);
        let head = RequestHead { parts, decoded: None, params: Params::default(), peer: self.peer, app, later: None };
        Slot(Some(Call { head, body }))
    }

    /// The longest that the handler of a route may run: its own option wins over the application's limit.
    #[inline]
    fn timeout(&self, route: &Route) -> Option<Duration> {
        route.policies().timeout.or(self.shared.app.limits.handler)
    }

    /// The routes, in no particular order.
    pub fn routes(&self) -> impl Iterator<Item = &'static Route> {
        self.shared.places.iter().map(|place| place.route)
    }

    /// Revalidates what is kept, from outside of a request.
    ///
    /// ```
    /// # use rutter::prelude::*;
    /// # #[route(GET, "/")]
    /// # fn home() {}
    /// let app = rutter::routes![home].build()?;
    /// app.cache().tag("products").path("/docs");
    /// # Ok::<(), rutter::BuildError>(())
    /// ```
    pub fn cache(&self) -> Revalidate {
        Revalidate::new(Arc::clone(&self.shared.keeper))
    }

    /// Ends what streams without an end of its own, such as server-sent events: call it when your accept loop stops.
    /// [`serve`](crate::serve) does so itself.
    pub fn close(&self) {
        self.shared.app.ending.begin();
    }

    /// Waits until all work that handlers have handed over is done (see [`After`](crate::After)), and what has become of
    /// the events of webhooks is written down: await it once your accept loop has stopped and its connections have ended.
    /// [`serve`](crate::serve) does so itself.
    pub async fn finished(&self) {
        self.shared.app.work.finished().await;
        self.shared.app.notes.finished().await;
    }

    /// The work that handlers have handed over and that is not done, the oldest first.
    pub fn unfinished(&self) -> Vec<Unfinished> {
        self.shared.app.work.unfinished()
    }

    /// The table of routes, for people.
    pub fn table(&self) -> Table {
        Table::new(&self.routes().collect::<Vec<_>>(), self.shared.keeps, self.shared.cors.is_some())
    }
}

impl fmt::Debug for RouteService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let routes: Vec<_> = self.routes().collect();
        f.debug_struct("RouteService").field("routes", &routes).field("peer", &self.peer).finish_non_exhaustive()
    }
}

impl<B> hyper::service::Service<Request<B>> for RouteService
where
    B: http_body::Body + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture;

    fn call(&self, request: Request<B>) -> RouteFuture {
        let mut slot = self.slot(request);
        let call = slot.call();
        match wire::refuse(&mut call.head.parts, &call.body) {
            None => dispatch::dispatch(self, &mut slot),
            Some(refusal) => origins::without_route(self, &mut slot, RouteFuture::ready(refusal)),
        }
    }
}

/// Requests through tower were made or checked by what stands in front, so a `Host` is not
/// demanded of them: axum's routers and hand-made requests have none.
#[cfg(feature = "tower")]
impl<B> tower_service::Service<Request<B>> for RouteService
where
    B: http_body::Body + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture;

    fn poll_ready(&mut self, _: &mut core::task::Context<'_>) -> core::task::Poll<Result<(), Infallible>> {
        core::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> RouteFuture {
        dispatch::dispatch(self, &mut self.slot(request))
    }
}
