//! The handler of paths that no route has.

use core::{future::Future, net::SocketAddr, pin::Pin};
use std::sync::Arc;

use http::request::Parts;

use crate::{
    app::{App, Known},
    extract::{Request, settle},
    response::{IntoResponse, Response},
    route::Answer,
};

/// The handler of paths that no route has, erased.
#[derive(Clone)]
pub(crate) struct Fallback(Arc<dyn Fn(Request) -> Pending + Send + Sync>);

type Pending = Pin<Box<dyn Future<Output = Response> + Send>>;

impl Fallback {
    pub(crate) fn new<F, T>(fallback: F) -> Self
    where
        F: Fn(Request) -> T + Send + Sync + 'static,
        T: Future<Output: IntoResponse> + Send + 'static,
    {
        Fallback(Arc::new(move |request| {
            let answer = fallback(request);
            Box::pin(async move { answer.await.into_response() })
        }))
    }

    /// Calls it. Its answer is settled by what is known of the request besides, which it has taken.
    pub(crate) fn call(&self, request: Request, parts: Parts, peer: Option<SocketAddr>, app: Arc<App>) -> Answer {
        let answer = (self.0)(request);
        Answer::Run(Box::pin(async move {
            let mut response = answer.await;
            settle(|| Known { parts: &parts, peer, app: &app }, &mut response);
            response
        }))
    }
}
