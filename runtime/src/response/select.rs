//! What of an answer a request gets: all of it, a part, or the word that it has it already.

use std::{collections::VecDeque, time::SystemTime};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
        CONTENT_RANGE, CONTENT_TYPE, ETAG, LAST_MODIFIED, SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS,
    },
};

use crate::{
    app::Known,
    body::{Body, Open, Pieces},
    conditional::{Verdict, evaluate},
    range::{Asked, Piece, asked, boundary, content_range, multipart},
    response::{IntoResponse, Problem, Response},
};

/// Bytes of which a part can be sent.
pub(crate) trait Source: Send + 'static {
    /// How many there are.
    fn len(&self) -> u64;

    /// A body of these pieces of them.
    fn body(self, pieces: VecDeque<Piece>) -> Body;
}

impl Source for Bytes {
    fn len(&self) -> u64 {
        Bytes::len(self) as u64
    }

    fn body(self, pieces: VecDeque<Piece>) -> Body {
        Pieces::of(&self, pieces)
    }
}

/// A body of which a request may get a part.
pub(crate) struct Selectable<S>(pub(crate) S);

impl<S: Source> Open for Selectable<S> {
    fn settle(self: Box<Self>, known: &Known<'_>, answer: &mut Response) {
        select(&known.parts.method, &known.parts.headers, answer, self.0);
    }

    fn alone(self: Box<Self>) -> Body {
        whole(self.0)
    }

    fn len(&self) -> Option<u64> {
        Some(self.0.len())
    }
}

/// Evaluates the conditions and the ranges of a request against the answer that it would get without them.
pub(crate) fn select(method: &Method, request: &HeaderMap, answer: &mut Response, source: impl Source) {
    // RFC 9110 §13.2.1: only what would be a success is conditional. A handler that changes something has done so by now.
    if answer.status() != StatusCode::OK || !matches!(*method, Method::GET | Method::HEAD) {
        *answer.body_mut() = whole(source);
        return;
    }
    let told = answer.headers();
    match evaluate(request, || told.get(ETAG), || told.get(LAST_MODIFIED)) {
        Verdict::Serve => *answer.body_mut() = whole(source),
        Verdict::Part => select_part(method, request, answer, source),
        Verdict::NotModified => not_modified(answer),
        Verdict::Failed => refuse(answer, Problem::new(StatusCode::PRECONDITION_FAILED).into_response()),
    }
}

/// Makes a 200 the answer to the `Range` of its request.
pub(crate) fn select_part(method: &Method, request: &HeaderMap, answer: &mut Response, source: impl Source) {
    let (len, told) = (source.len(), answer.headers());
    let asked = match *method {
        Method::GET => asked(request, len, told.get(ETAG), told.get(LAST_MODIFIED), SystemTime::now()),
        // RFC 9110 §14.2: for other methods a range means nothing.
        _ => Asked::Whole,
    };
    match asked {
        Asked::Whole => *answer.body_mut() = whole(source),
        Asked::Nothing => refuse(answer, unsatisfiable(len)),
        Asked::Parts(parts) => {
            *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
            let pieces = match &parts[..] {
                [part] => {
                    answer.headers_mut().insert(CONTENT_RANGE, content_range(part, len));
                    [Piece::Slice(part.clone())].into()
                }
                parts => {
                    let boundary = boundary();
                    let media_type = format!("multipart/byteranges; boundary={boundary}");
                    let media_type = HeaderValue::try_from(media_type).expect("letters and digits");
                    let content_type = answer.headers_mut().insert(CONTENT_TYPE, media_type);
                    multipart(parts, len, content_type.as_ref(), &boundary)
                }
            };
            *answer.body_mut() = source.body(pieces);
        }
    }
}

fn whole(source: impl Source) -> Body {
    let len = source.len();
    source.body([Piece::Slice(0..len)].into())
}

/// Answers otherwise. What is said to the client, and to caches about it, stands whatever becomes of the content.
fn refuse(answer: &mut Response, refusal: Response) {
    let answered = core::mem::replace(answer, refusal);
    for (name, value) in answered.headers().iter().filter(|(name, _)| OF_THE_CLIENT.contains(name)) {
        answer.headers_mut().append(name, value.clone());
    }
}

static OF_THE_CLIENT: [HeaderName; 3] = [SET_COOKIE, VARY, CACHE_CONTROL];

/// RFC 9110 §15.5.17.
fn unsatisfiable(len: u64) -> Response {
    let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE).detail(format!("there are {len} bytes"));
    let mut answer = problem.into_response();
    let range = HeaderValue::try_from(format!("bytes */{len}")).expect("digits and marks");
    answer.headers_mut().insert(CONTENT_RANGE, range);
    answer
}

/// RFC 9110 §15.4.5: what describes the content is left out, because it is not sent.
fn not_modified(answer: &mut Response) {
    *answer.status_mut() = StatusCode::NOT_MODIFIED;
    for name in OF_CONTENT {
        answer.headers_mut().remove(name);
    }
}

static OF_CONTENT: &[HeaderName] = &[
    ACCEPT_RANGES,
    CONTENT_DISPOSITION,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    X_CONTENT_TYPE_OPTIONS,
];
