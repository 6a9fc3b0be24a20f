//! Requests for the tests of extractors.

use core::time::Duration;
use std::sync::Arc;

use http::request;

use crate::{
    app::App,
    body::{Body, BodySlot},
    extract::{FromRequest, Params, RequestHead},
    response::{IntoResponse, Response},
};

/// The head of a request, made as `http` makes it.
pub(super) fn head(request: request::Builder) -> RequestHead {
    let (parts, ()) = request.body(()).expect("a request that HTTP allows").into_parts();
    RequestHead {
        parts,
        decoded: None,
        params: Params::default(),
        peer: None,
        app: Arc::new(App::default()),
        later: None,
    }
}

/// What an extractor makes of a request; its refusal as an answer.
pub(super) async fn extract<T: FromRequest>(request: request::Builder, body: impl Into<Body>) -> Result<T, Response> {
    let mut slot = BodySlot::new(body.into(), 100, Duration::from_secs(1));
    T::from_request(&head(request), &mut slot).await.map_err(IntoResponse::into_response)
}

/// The status and the JSON of a refusal.
pub(super) async fn told<T: FromRequest>(request: request::Builder, body: impl Into<Body>) -> (u16, String) {
    let Err(response) = extract::<T>(request, body).await else { return (200, String::new()) };
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let text = match body.chunk().await {
        Some(chunk) => chunk.expect("a whole body").to_vec(),
        None => Vec::new(),
    };
    (status, String::from_utf8(text).expect("JSON is UTF-8"))
}
