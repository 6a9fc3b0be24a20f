//! JSON as an answer.

use std::cell::Cell;

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use crate::{
    extract::Json,
    response::{IntoResponse, Problem, Refine, Response, with_type},
};

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match with_scratch(|scratch| serde_json::to_writer(scratch, &self.0)) {
            Ok(bytes) => with_type(&JSON, bytes.into()),
            Err(error) => Problem::from(error).into_response(),
        }
    }
}

impl<T: Serialize> Refine for Json<T> {}

// A vector grows by doubling: six allocations for a kilobyte. Written into one that is kept and
// copied out, it is one of the right size.
thread_local! {
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

fn with_scratch<E>(write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<Bytes, E> {
    // Taken and put back: what writes may itself write JSON.
    let mut scratch = SCRATCH.try_with(Cell::take).unwrap_or_default();
    let written = write(&mut scratch);
    if scratch.capacity() > LARGEST {
        return written.map(|()| Bytes::from(scratch));
    }
    let bytes = Bytes::copy_from_slice(&scratch);
    scratch.clear();
    let _ = SCRATCH.try_with(|kept| kept.set(scratch));
    written.map(|()| bytes)
}

static JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What a thread keeps for the next answer: 64 KiB.
const LARGEST: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::Serializer;

    use super::*;

    #[test]
    fn json_is_written_with_its_type() {
        let answer = Json([1, 2]).into_response();
        assert_eq!(answer.headers()["content-type"], "application/json");
        assert_eq!(answer.body().len(), Some(5));
    }

    #[test]
    fn an_answer_within_an_answer_is_written() {
        struct Nested;
        impl Serialize for Nested {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let inner = Json([1, 2, 3]).into_response().body().len();
                inner.serialize(serializer)
            }
        }
        assert_eq!(Json([Nested, Nested]).into_response().body().len(), Some(5));
    }

    #[test]
    fn a_large_answer_is_whole_and_not_kept() {
        let text = "x".repeat(100_000);
        assert_eq!(Json(&text).into_response().body().len(), Some(100_002));
        assert_eq!(Json("").into_response().body().len(), Some(2));
    }

    #[test]
    fn what_cannot_be_written_is_a_500_and_leaves_no_trace() {
        let keys = HashMap::from([((1, 2), "a key of JSON is a text")]);
        assert_eq!(Json(keys).into_response().status(), 500);
        assert_eq!(Json("").into_response().body().len(), Some(2));
    }
}
