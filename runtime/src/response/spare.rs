//! Header maps that go round: a request's map, emptied, becomes a later response's.

use std::cell::RefCell;

use http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};

use crate::{body::Body, response::Response};

// hyper reuses a response's map for the connection's next request. With this one more map a
// thread settles at no allocation for headers (measured: two fewer a request).
thread_local! {
    static SPARE: RefCell<HeaderMap> = RefCell::default();
}

/// A 200 answer of this media type.
#[inline]
pub(crate) fn with_type(media_type: &HeaderValue, body: Body) -> Response {
    let mut response = Response::new(body);
    // The answer's own map is empty, and becomes the spare one: nothing is dropped.
    let _ = SPARE.try_with(|spare| core::mem::swap(response.headers_mut(), &mut spare.borrow_mut()));
    response.headers_mut().insert(CONTENT_TYPE, media_type.clone());
    response
}

/// Keeps the map of a request that has been answered.
pub(crate) fn recycle(headers: &mut HeaderMap) {
    // A map that one request has blown up would cost its size at every clearing.
    if headers.capacity() == 0 || headers.capacity() > LARGEST {
        return;
    }
    headers.clear();
    let _ = SPARE.try_with(|spare| core::mem::swap(headers, &mut spare.borrow_mut()));
}

const LARGEST: usize = 64;
