//! Header maps that go round: a request's map, emptied, becomes a later response's.

use std::cell::Cell;

use http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};

use crate::{body::Body, response::Response};

// hyper reuses a response's map for the connection's next request. With this one more map a
// thread settles at no allocation for headers (measured: two fewer a request).
thread_local! {
    static SPARE: Cell<Option<HeaderMap>> = const { Cell::new(None) };
}

/// A 200 answer of this media type.
#[inline]
pub(crate) fn with_type(media_type: &HeaderValue, body: Body) -> Response {
    let mut response = Response::new(body);
    if let Some(spare) = SPARE.try_with(Cell::take).ok().flatten() {
        // The map that is replaced is empty: dropping it would only look for what to free.
        core::mem::forget(core::mem::replace(response.headers_mut(), spare));
    }
    response.headers_mut().insert(CONTENT_TYPE, media_type.clone());
    response
}

/// Keeps the map of a request that has been answered.
pub(crate) fn recycle(mut headers: HeaderMap) {
    // A map that one request has blown up would cost its size at every clearing.
    if headers.capacity() == 0 || headers.capacity() > LARGEST {
        return;
    }
    headers.clear();
    let _ = SPARE.try_with(|spare| spare.set(Some(headers)));
}

const LARGEST: usize = 64;
