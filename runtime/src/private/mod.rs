//! Everything that generated code may name. Not public: it changes with the macros.

// A refusal is an answer: it is made once and sent.
#![allow(clippy::result_large_err)]

use http::StatusCode;

pub use inventory::submit;

pub use crate::{
    body::BodySlot,
    cache::{TagPiece, TagTemplate, Vary},
    extract::{FromHead, FromOptionalSegments, FromRequest, FromSegment, FromSegments, RequestHead},
    reads::Reads,
    response::{IntoResponse, Response},
    route::{
        Answer, Call, Endpoint, LinkSegments, LinkValue, Methods, Outcome, Policies, Registered, Route, Scope, Slot,
        Spec, merge,
    },
    routes::Source,
    state::Requirements,
};
pub use rutter_pattern::{Link, LinkError};

/// The router alone, for its property test and its benchmark.
pub mod router {
    pub use rutter_pattern::Pattern;

    pub use crate::{
        extract::{Params, Span, Spans},
        router::{BadPath, Split, Tree},
    };
}

/// Reads the value of `[name]`, the `index`th dynamic segment of the pattern.
#[inline]
pub fn segment<'r, T: FromSegment<'r>>(head: &'r RequestHead, index: usize, name: &str) -> Result<T, Response> {
    let text = head.param(index).unwrap_or_default();
    T::from_segment(text).map_err(|error| error.respond(name))
}

/// Reads the values of `[...name]`.
pub fn segments<'r, T: FromSegments<'r>>(head: &'r RequestHead, index: usize, name: &str) -> Result<T, Response> {
    T::from_segments(head.rest(index)).map_err(|error| error.respond(name))
}

/// Reads the values of `[[...name]]`.
pub fn optional_segments<'r, T>(head: &'r RequestHead, index: usize, name: &str) -> Result<T, Response>
where
    T: FromOptionalSegments<'r>,
{
    T::from_optional_segments(head.rest(index)).map_err(|error| error.respond(name))
}

/// The value that an extractor has made, or the answer of its rejection.
///
/// Generated code calls the extractor itself: a type that is none is then one error, and no second future is wrapped
/// around the first.
pub fn or_answer<T, R: IntoResponse>(made: Result<T, R>) -> Result<T, Response> {
    made.map_err(IntoResponse::into_response)
}

/// Settles the answer of a handler that waits for its request.
#[inline]
pub fn settle(head: &RequestHead, outcome: &mut Outcome) {
    if let Ok(response) = outcome {
        head.settle(response);
    }
}

/// Answers with what the handler returned.
pub fn respond(head: &RequestHead, output: impl IntoResponse) -> Outcome {
    let mut response = output.into_response();
    head.settle(&mut response);
    Ok(response)
}

/// Answers with what the handler returned; a plain 200 gets the status of `status = …`.
pub fn respond_as(head: &RequestHead, status: u16, output: impl IntoResponse) -> Outcome {
    let mut response = output.into_response();
    if let (StatusCode::OK, Ok(status)) = (response.status(), StatusCode::from_u16(status)) {
        *response.status_mut() = status;
    }
    head.settle(&mut response);
    Ok(response)
}

/// What is read once one more argument is made. A second body is an error in `cargo check`.
#[track_caller]
pub const fn body_once(before: Reads, argument: Reads) -> Reads {
    assert!(
        !(before.contains(Reads::BODY) && argument.contains(Reads::BODY)),
        "the body can be read once, and an extractor before this one reads it: \
         keep one of them, or take `Bytes` and read it twice yourself"
    );
    before.and(argument)
}

/// An argument of a handler whose answers are kept for everyone, `covered` being the path and what
/// `vary` names. Any other reading is an error in `cargo check`.
#[track_caller]
pub const fn kept(covered: Reads, argument: Reads) {
    let more = argument.without(covered);
    assert!(
        !more.contains(Reads::BODY),
        "what depends on the body of a request is not kept: take this argument away, or write `dynamic` in place of \
         `revalidate`, `tags` and `vary`"
    );
    assert!(
        more.both(Reads::CREDENTIALS.and(Reads::CLIENT)).is_nothing(),
        "what depends on who is asking (cookies, authorization, the client's address) is not kept for everyone: \
         take this argument away, or write `dynamic` in place of `revalidate`, `tags` and `vary`"
    );
    assert!(
        !more.contains(Reads::EACH),
        "what is done for each request (revalidating, work after the answer) is left out when a kept answer is served: \
         take this argument away, or write `dynamic` in place of `revalidate`, `tags` and `vary`"
    );
    assert!(
        !more.contains(Reads::QUERY),
        "a kept answer that depends on the query varies with it: add `vary(query(\"page\"))` with the names that are \
         read, or `vary(query)`"
    );
    assert!(
        !more.contains(Reads::HEAD),
        "a kept answer that depends on headers varies with them: name the ones that are read, as in \
         `vary(\"name-of-the-header\")`"
    );
}

/// The answer of a handler that is kept. One that streams is an error in `cargo check`.
#[track_caller]
pub const fn whole(streams: bool) {
    assert!(
        !streams,
        "an answer that streams is never kept: return the whole of it, or write `dynamic` in place of `revalidate`, \
         `tags` and `vary`"
    );
}

/// The link of `path`, which has no way to return an error.
#[track_caller]
pub fn link(link: Result<String, LinkError>) -> String {
    match link {
        Ok(link) => link,
        // No closure: the panic is reported where the link is written.
        Err(error) => panic!("{error}"),
    }
}

/// The route of a handler whose attribute has a mistake: what refers to it has none of its own.
pub const MISTAKEN: &Route = &Route::new(Spec {
    methods: Methods::NONE,
    pattern: "",
    name: "",
    module: "",
    package: "",
    program: None,
    file: "",
    line: 0,
    docs: "",
    reads: Reads::NOTHING,
    streams: false,
    policies: Policies::NONE,
    requires: |_| {},
    endpoint: |_| unreachable!("a program with a mistake is never run"),
});
