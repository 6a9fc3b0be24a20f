//! The handler of paths that no route has.

use core::{future::Future, pin::Pin};
use std::sync::Arc;

use crate::{
    extract::Request,
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

    pub(crate) fn call(&self, request: Request) -> Answer {
        Answer::Run((self.0)(request))
    }
}
